-- Procedure that holds on every marketplace: what is decided stays decided, and weak evidence carries
-- nothing alone.

local e = item "evidence"

-- PR-10
rule "pr.already_decided" {
  title  = "What was decided for good is not decided again",
  issue  = "finally_decided", side = "for", each = "item",
  clause = "N-05", layer = "practice", strength = "strict",
  when   = case.decided_elsewhere:is(true),
  unless = case.decision_tainted:is(true),
  because = "Another case decided the same payment for good.",
}

-- PR-08. Some marketplaces make this a rule of their own; elsewhere it is practice.
rule "pr.weak_form" {
  title  = "Retyped, cropped or partial evidence carries no weight alone",
  issue  = "evidence_excluded", side = "for", each = "evidence",
  clause = "F-10", layer = "practice", strength = "weighs",
  when   = all { e.weak_form:is(true), no { e.corroborated:is(true) } },
  unless = e.original_produced:is(true),
  because = "The piece is {e.capture}, nothing independent shows the same, and the original was not produced.",
}

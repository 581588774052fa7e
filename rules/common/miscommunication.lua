-- Miscommunication: whose reading stands, and whether both want to go on.
--
-- MC-01 (no common reading) makes a share due and stands in shares.lua with its remedy. The ladder
-- of readings is SC-06 in scope.lua.

local m = item "milestone"

-- MC-02a
rule "mc.client_let_it_stand" {
  title  = "The client left a question open, or knew the freelancer's reading",
  issue  = "freelancer_reading", side = "for", each = "milestone",
  clause = "OURS", layer = "practice", strength = "presumption",
  when   = any {
    all { m.term_asked_unanswered:is(true), m.term_asker:is "freelancer" },
    m.one_side_knew:is "client",
  },
  unless = m.question_material:is(false),
  beats  = { "sc.ladder_client" },
  because = "The client did not answer the freelancer's question, or knew how the freelancer read the term and let it stand.",
}

-- MC-02b
rule "mc.freelancer_let_it_stand" {
  title  = "The freelancer left a question open, or knew the client's reading",
  issue  = "freelancer_reading", side = "against", each = "milestone",
  clause = "OURS", layer = "practice", strength = "presumption",
  when   = any {
    all { m.term_asked_unanswered:is(true), m.term_asker:is "client" },
    m.one_side_knew:is "freelancer",
  },
  unless = m.question_material:is(false),
  beats  = { "sc.ladder_freelancer" },
  because = "The freelancer did not answer the client's question, or knew how the client read the term and let it stand.",
}

-- MC-03
rule "mc.replan" {
  title  = "Both want to go on",
  issue  = "both_continue", side = "for", each = "case",
  clause = "OURS", layer = "practice", strength = "advisory",
  when   = all { case.both_continue:is(true), contract.ended_at:absent() },
  unless = case.trust_gone:is(true),
  because = "Both sides want to go on, and the contract is open.",
}

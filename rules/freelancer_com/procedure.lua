-- What a delivery is, and the form of the procedure.

local i = item "item"
local m = item "milestone"
local e = item "evidence"

-- K-01. The arbitrators look at the evidence and the correspondence: anything sent is a delivery.
rule "link.k01" {
  title  = "What was sent is a delivery",
  issue  = "delivered", side = "for", each = "milestone",
  clause = "F-01", layer = "platform",
  when   = m.submission.exists:is(true),
  because = "Work was delivered.",
}

-- NP-03
undercut "link.k01" {
  id     = "np.sham_delivery",
  title  = "An empty or unusable delivery delivers nothing",
  each   = "milestone",
  clause = "V-08", layer = "practice",
  when   = any { m.submission.blank:is(true), no { m.submission.usable:is(true) } },
  because = "What was sent was empty or could not be used.",
}

-- An approval is an acceptance, though silence is none.
rule "np.approved" {
  title  = "The client approved the work",
  issue  = "accepted", side = "for", each = "milestone",
  clause = "OURS", layer = "practice", strength = "strict",
  when   = m.review.approved:is(true),
  unless = issue.fraud_by_freelancer:upheld(),
  because = "The client approved the work on {m.review.at}.",
}

rule "link.k05" {
  title  = "Accepted work is to be paid",
  issue  = "payment_due", side = "for", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = all { issue.accepted:upheld(), no { m.used_after_rejection:is(true), issue.infringement:upheld() } },
  because = "The work was accepted.",
}

-- PR-07
rule "pr.evidence_closed" {
  title  = "Nothing new after the time for evidence",
  issue  = "evidence_excluded", side = "for", each = "evidence",
  clause = "F-09", layer = "platform", strength = "strict",
  when   = e.late:is(true),
  unless = e.admitted_late:is(true),
  because = "The piece came on {e.submitted_at}, after the time for evidence ended on {procedure.evidence_closed_at}.",
}

-- PR-13
rule "pr.withdrawn" {
  title  = "The filer cancelled the dispute",
  issue  = "withdrawn", side = "for", each = "case",
  clause = "F-06", layer = "platform", strength = "strict",
  when   = case.withdrawn_at:known(),
  because = "The {case.filed_by}, who filed the dispute, cancelled it on {case.withdrawn_at}.",
}

-- PR-14
rule "pr.settled" {
  title  = "Both accepted a figure",
  issue  = "settled", side = "for", each = "item",
  clause = "F-02", layer = "platform", strength = "strict",
  when   = all { case.both_settled:is(true), i.settled_to_freelancer:known() },
  unless = procedure.settlement_forced:is(true),
  because = "Both sides accepted {i.settled_to_freelancer} for the freelancer.",
}

flag "beyond_funded" {
  each = "item", clause = "F-01",
  when = all {
    i.beyond_funded:more_than(share(i.held, 0, 1)),
    no { i.released_to_freelancer:is(true) },
  },
  because = "{i.beyond_funded} of the claim is not held, and only milestone payments that are held can be disputed.",
}

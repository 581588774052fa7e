-- Links that rest on Upwork's own provisions. They outrank the links of practice: what was accepted
-- is not reopened for visible defects, and who ends the contract gives the balance away.

local m = item "milestone"

rule "link.k01" {
  title  = "A submission is a delivery",
  issue  = "delivered", side = "for", each = "milestone",
  clause = "U-FP-01", layer = "platform",
  when   = m.submission.exists:is(true),
  because = "Work was delivered.",
}

-- Infringing work earns nothing even if it was accepted.
rule "link.k05" {
  title  = "Accepted work is to be paid",
  issue  = "payment_due", side = "for", each = "milestone",
  clause = "U-FP-01", layer = "platform",
  when   = all { issue.accepted:upheld(), no { m.used_after_rejection:is(true) } },
  unless = issue.infringement:upheld(),
  because = "The work was accepted.",
}

rule "link.k06" {
  title  = "Refused work that was used without a proved defect is to be paid",
  issue  = "payment_due", side = "for", each = "milestone",
  clause = "U-FP-16", layer = "platform",
  when   = all {
    issue.accepted:upheld(),
    m.used_after_rejection:is(true),
    no { issue.defect_proved:upheld() },
  },
  unless = issue.infringement:upheld(),
  because = "The client refused the work and used it all the same, and no defect is proved.",
}

rule "link.k16" {
  title  = "A freelancer who ends the contract gives the balance back",
  issue  = "refund_due", side = "for", each = "milestone",
  clause = "U-FP-28", layer = "platform",
  when   = m.end_gives_up:is(true),
  unless = issue.accepted:upheld(),
  because = "The freelancer ended the contract while {m.held} was held, and the work was not accepted.",
}

rule "link.k17" {
  title  = "Accepted work is not refunded",
  issue  = "refund_due", side = "against", each = "milestone",
  clause = "U-FP-01", layer = "platform",
  when   = issue.accepted:upheld(),
  unless = any { issue.infringement:upheld(), issue.fraud_by_freelancer:upheld() },
  because = "The work was accepted.",
}

rule "link.k22" {
  title  = "A balance that was given up is not due",
  issue  = "payment_due", side = "against", each = "milestone",
  clause = "U-FP-28", layer = "platform",
  when   = m.end_gives_up:is(true),
  unless = issue.accepted:upheld(),
  because = "The freelancer ended the contract while {m.held} was held, and the work was not accepted.",
}

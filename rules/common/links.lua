-- Links: how one answer bears on the next question. Structure, not policy; each carries a label
-- upward. A marketplace's own rulebook adds the links that rest on its own provisions, at layer
-- platform, and those outrank the ones here: what was accepted is not reopened for visible defects.

local m = item "milestone"

-- Delivery and conformity ---------------------------------------------------------------------

rule "link.k02" {
  title  = "Every essential criterion met is essentials met",
  issue  = "essential_met", side = "for", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = m.essential_all_met:is(true),
  because = "Every essential criterion is met or was waived.",
}

-- K-24: what is partly met is met if the freelancer's reading of the unclear term is the right one.
rule "link.k24" {
  title  = "An essential met on the reading that stands is met",
  issue  = "essential_met", side = "for", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = all {
    m.term_ambiguous:is(true),
    issue.freelancer_reading:upheld(),
    no { m.essential_unmet:is(true) },
  },
  because = "No essential criterion is missed outright, and the freelancer's reading of the unclear term stands.",
}

rule "link.k03" {
  title  = "Essentials met, nothing measurable missed and no defect is conformity",
  issue  = "conforms", side = "for", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = all {
    issue.essential_met:upheld(),
    no { m.measurable_unmet:is(true) },
    no { m.defects_proved:is(true) },
  },
  unless = all { contract.taste_is_test:is(true), m.review.reason:is "taste" },
  because = "The essentials are met, no measurable criterion is missed, and no defect is proved.",
}

rule "link.k04" {
  title  = "A defect that is there and is not the client's own doing is proved",
  issue  = "defect_proved", side = "for", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = all { m.defects_proved:is(true), no { m.defect_by_client:is(true) } },
  because = "A defect is there, it is not mended, and the client did not cause it.",
}

-- Payment -------------------------------------------------------------------------------------

rule "link.k07" {
  title  = "Delivered and conforming work is to be paid",
  issue  = "payment_due", side = "for", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = all { issue.delivered:upheld(), issue.conforms:upheld() },
  because = "The work was delivered and meets what was agreed.",
}

rule "link.k08" {
  title  = "A proved defect stands against the full price",
  issue  = "payment_due", side = "against", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = issue.defect_proved:upheld(),
  unless = issue.accepted:upheld(),
  because = "A defect is proved, and the work was not accepted.",
}

rule "link.k09" {
  title  = "Infringing work earns nothing",
  issue  = "payment_due", side = "against", each = "milestone",
  clause = "V-05", layer = "practice",
  when   = issue.infringement:upheld(),
  beats  = { "link.k07", "np.no_reason_to_withhold", "ql.taste_only" },
  because = "The work infringes, so its price is not due.",
}

rule "link.k10" {
  title  = "A reading that fails stands against the full price",
  issue  = "payment_due", side = "against", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = all { issue.freelancer_reading:rejected(), m.term_ambiguous:is(true) },
  unless = issue.accepted:upheld(),
  beats  = { "link.k07", "np.no_reason_to_withhold", "ql.taste_only" },
  because = "A term is unclear and the freelancer's reading of it does not stand.",
}

-- K-23: the other face of link.k13.
rule "link.k23" {
  title  = "A material breach stands against the price",
  issue  = "payment_due", side = "against", each = "milestone",
  clause = "L1", layer = "practice",
  when   = issue.breach_material:upheld(),
  unless = issue.accepted:upheld(),
  beats  = { "link.k07", "np.no_reason_to_withhold", "ql.taste_only" },
  because = "The freelancer's breach goes to the root, and the work was not accepted.",
}

-- Time ----------------------------------------------------------------------------------------

rule "link.k11" {
  title  = "A day past the date is late",
  issue  = "late", side = "for", each = "milestone",
  clause = "OURS", layer = "practice",
  when   = m.days_late:more_than(0),
  because = "The work came, or stays away, {m.days_late} days past {m.due_at}.",
}

-- Refund --------------------------------------------------------------------------------------

rule "link.k12" {
  title  = "Worthless work is refunded",
  issue  = "refund_due", side = "for", each = "milestone",
  clause = "V-05", layer = "practice",
  when   = issue.worthless:upheld(),
  because = "What was delivered is of no use.",
}

rule "link.k13" {
  title  = "A material breach undoes the price",
  issue  = "refund_due", side = "for", each = "milestone",
  clause = "L1", layer = "practice",
  when   = issue.breach_material:upheld(),
  unless = issue.accepted:upheld(),
  because = "The freelancer's breach goes to the root, and the work was not accepted.",
}

rule "link.k14" {
  title  = "Infringing work is refunded",
  issue  = "refund_due", side = "for", each = "milestone",
  clause = "V-05", layer = "practice",
  when   = issue.infringement:upheld(),
  because = "The work infringes.",
}

rule "link.k15" {
  title  = "Abandoned work without a usable part is refunded",
  issue  = "refund_due", side = "for", each = "milestone",
  clause = "V-05", layer = "practice",
  when   = all { issue.abandoned:upheld(), no { m.submission.usable:is(true) } },
  because = "The work was given up and nothing usable was left.",
}

-- The links to `part_due` stand in shares.lua, beside the remedies that price them.

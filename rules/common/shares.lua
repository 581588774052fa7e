-- Shares: the rules that make a part of the price due, each beside the remedy that prices it.
--
-- A remedy cannot ask whether a rule applied, so rule and remedy share one condition here. Amounts
-- are whole minor units; `share` multiplies first, divides once, and rounds half up on the
-- freelancer's part. Every share ends inside nothing .. what is held.

local m = item "milestone"

local nothing = share(m.amount, 0, 1)

-- S6: what the client proves from the same contract is set off; a mere claim is not.
local set_off = choose {
  { m.cross_claim:at_standing "established", first_known(m.cross_claim, nothing) },
  nothing,
}

local function within_held(amount)
  return min(m.held, max(nothing, amount - set_off))
end

-- Formulas --------------------------------------------------------------------------------------

-- S1: the price times the value of what is there.
local by_value = share(m.amount, m.value, 10000)

-- S2: the price less the cost to mend, but never less than the value, if there is a measure of it.
local missing_value = first_known(share(m.amount, 10000 - m.value, 10000), m.fix_cost)
local price_less_mending = m.amount - min(m.fix_cost, missing_value)

-- S2c: a client who refused the cure bears what it costs more than the freelancer's own mending.
local price_less_own_mending = m.amount - min(m.freelancer_fix_cost, m.fix_cost, missing_value)

-- S3: the work that is proved, with the price as ceiling; a client who repudiates loses the ceiling.
-- While no more is held than the price, what is held is the ceiling either way.
local work_done = choose {
  { m.held:at_most(m.amount), m.proved_work_value },
  { m.client_repudiated:is(true), m.proved_work_value },
  min(m.amount, m.proved_work_value),
}
local extra_work = choose {
  { issue.extra_payable:upheld(), first_known(m.extra_hours_price, nothing) },
  nothing,
}

-- S5: the deduction for lateness that was agreed. It exists only where such a term does.
local late_deduction = min(contract.late_rate_day * m.days_late_net,
  first_known(contract.late_cap, contract.late_rate_day * m.days_late_net))

-- S9: what both readings share, and half of what the freelancer spent in reliance.
local common_part = share(m.amount, m.common_reading_share, 10000)
  + share(first_known(m.reliance_cost, nothing), 1, 2)

-- A cure was refused ----------------------------------------------------------------------------

local cure_refused = all {
  issue.defect_proved:upheld(),
  m.cure_refused:is(true),
  no { m.failed_cures:at_least(param.failed_cures) },
}

-- QL-03
rule "ql.cure_refused" {
  title  = "Who refuses a fair cure bears what it would have saved",
  issue  = "part_due", side = "for", each = "milestone",
  clause = "L9", layer = "practice", strength = "weighs",
  when   = cure_refused,
  because = "A defect is proved, and the client refused to have it mended without good reason.",
}

-- R-24
remedy "price_less_own_cost" {
  each = "milestone", outcome = "split", clause = "L9",
  when = all { issue.part_due:upheld(), cure_refused },
  freelancer = within_held(price_less_own_mending),
  beats = { "price_less_cost_to_fix", "pay_for_value" },
  because = "The price less what mending would have cost the freelancer ({m.freelancer_fix_cost}), as the client refused the cure.",
}

-- A defect is left ------------------------------------------------------------------------------

local small_defect_left = all {
  issue.defect_proved:upheld(),
  issue.cure_owed:rejected(),
  m.essential_all_met:is(true),
  m.defects_small:is(true),
  no { m.cure_refused:is(true) },
}

-- QL-04. QL-05 defeats it: worthless work has no price to deduct from.
rule "ql.price_less_cost" {
  title  = "Work complete in substance earns the price less the cost to mend",
  issue  = "part_due", side = "for", each = "milestone",
  clause = "L2", layer = "practice", strength = "presumption",
  when   = small_defect_left,
  unless = issue.worthless:upheld(),
  because = "A defect is left that is not fundamental, the essentials are met, and no cure is owed any more.",
}

local used_with_defect = all {
  issue.accepted:upheld(),
  m.used_after_rejection:is(true),
  issue.defect_proved:upheld(),
}

rule "link.k21" {
  title  = "Defective work that the client used is paid for its value",
  issue  = "part_due", side = "for", each = "milestone",
  clause = "L2", layer = "practice",
  when   = used_with_defect,
  because = "The client refused the work, used it all the same, and a defect is proved.",
}

-- R-23
remedy "price_less_cost_to_fix" {
  each = "milestone", outcome = "split", clause = "L2",
  when = all { issue.part_due:upheld(), any { small_defect_left, used_with_defect } },
  freelancer = within_held(price_less_mending),
  beats = { "pay_for_value" },
  because = "The price of {m.amount} less the cost to mend ({m.fix_cost}), and no more than the value that is missing.",
}

-- An essential is missing, the reading does not stand, or the work was given up ---------------------

local reading_fails = all { issue.freelancer_reading:rejected(), m.term_ambiguous:is(true) }

local of_some_value = all {
  issue.delivered:upheld(),
  any { issue.essential_met:rejected(), reading_fails },
  m.value:at_least(param.worthless_below),
  no { issue.accepted:upheld() },
}

rule "link.k18" {
  title  = "Work of some value is paid for its value, though not as agreed",
  issue  = "part_due", side = "for", each = "milestone",
  clause = "L4", layer = "practice",
  when   = of_some_value,
  because = "An essential criterion fails, or the reading behind the work does not stand, but it is worth {m.value} of the price.",
}

local usable_part_left = all { issue.abandoned:upheld(), m.submission.usable:is(true) }

rule "link.k19" {
  title  = "The usable part of abandoned work is paid for",
  issue  = "part_due", side = "for", each = "milestone",
  clause = "L4", layer = "practice",
  when   = usable_part_left,
  because = "The work was given up, but a usable part was left.",
}

-- R-25
remedy "pay_for_value" {
  each = "milestone", outcome = "split", clause = "L4",
  when = all { issue.part_due:upheld(), any { of_some_value, usable_part_left } },
  freelancer = within_held(by_value),
  because = "Of {m.amount} the share that the criteria give to what is there: {m.value}.",
}

-- The client prevented the work, or its needs changed ---------------------------------------------

local prevented_after_work = all { issue.client_prevented:upheld(), case.work_shown:is(true) }

rule "link.k20" {
  title  = "Work done before the client prevented the rest is paid for",
  issue  = "part_due", side = "for", each = "milestone",
  clause = "L5", layer = "practice",
  when   = prevented_after_work,
  because = "The client prevented the work, and some of it was done.",
}

-- R-26
remedy "pay_for_work_done" {
  each = "milestone", outcome = "split", clause = "L5",
  when = all { issue.part_due:upheld(), prevented_after_work },
  freelancer = within_held(work_done + extra_work),
  beats = { "pay_for_value" },
  because = "The work that is proved is worth {m.proved_work_value}, and the client prevented the rest.",
}

local needs_changed = all {
  contract.ended_by:is "client",
  contract.end_reason:is "changed_needs",
  case.work_shown:is(true),
}

-- NP-10
rule "np.changed_needs" {
  title  = "A client whose needs changed pays for what was done",
  issue  = "part_due", side = "for", each = "milestone",
  clause = "P-04", layer = "practice", strength = "presumption",
  when   = needs_changed,
  because = "The client ended the contract because its needs changed, and work had been done.",
}

-- R-27
remedy "pay_for_changed_needs" {
  each = "milestone", outcome = "split", clause = "P-04",
  when = all { issue.part_due:upheld(), needs_changed },
  freelancer = within_held(max(first_known(by_value, nothing), first_known(work_done, nothing))),
  beats = { "pay_for_value" },
  because = "The client's needs changed: the better of the value delivered and the work proved ({m.proved_work_value}) is paid.",
}

-- No common reading -------------------------------------------------------------------------------

local no_common_reading = all {
  m.term_ambiguous:is(true),
  no { issue.freelancer_reading:upheld() },
  m.reading_ladder:is "neither",
  m.one_side_knew:is "neither",
  no { m.term_asked_unanswered:is(true) },
}

-- MC-01
rule "mc.no_common_reading" {
  title  = "Two fair readings and nobody to blame share the loss",
  issue  = "part_due", side = "for", each = "milestone",
  clause = "OURS", layer = "practice", strength = "presumption",
  when   = no_common_reading,
  because = "The term is unclear, no step of the ladder settles it, and neither side knew how the other read it.",
}

-- R-28
remedy "share_the_misunderstanding" {
  each = "milestone", outcome = "split", clause = "OURS",
  when = all { issue.part_due:upheld(), no_common_reading },
  freelancer = within_held(common_part),
  beats = { "pay_for_value" },
  because = "The part common to both readings is paid, and half of the cost spent in reliance.",
}

-- Due, but late -------------------------------------------------------------------------------------

-- S5: the whole is due, the delay is a minor breach, and a deduction for it was agreed.
remedy "price_less_lateness" {
  each = "milestone", outcome = "split", clause = "OURS",
  when = all {
    issue.payment_due:upheld(),
    issue.late:upheld(),
    no { issue.excused_delay:upheld(), issue.lateness_waived:upheld(), issue.breach_material:upheld() },
    contract.late_rate_day:known(),
    m.days_late_net:more_than(0),
  },
  freelancer = within_held(m.amount - late_deduction),
  beats = { "release_in_full", "price_less_cross_claim", "ask_for_evidence", "run_the_test" },
  because = "The price is due, less the agreed deduction for {m.days_late_net} days of delay.",
}

-- Due, but the client proves a claim of its own -----------------------------------------------------

-- S6. What is held covers the price first: only what reaches into it is returned.
remedy "price_less_cross_claim" {
  each = "milestone", outcome = "split", clause = "OURS",
  when = all {
    issue.payment_due:upheld(),
    m.cross_claim:at_standing "established",
    m.cross_claim:more_than(m.amount - first_known(m.released, nothing) - m.held),
    m.cross_claim:more_than(nothing),
  },
  freelancer = within_held(m.amount - first_known(m.released, nothing)),
  beats = { "release_in_full", "ask_for_evidence", "run_the_test" },
  because = "The price is due, less the {m.cross_claim} that the client proves from the same contract.",
}

-- Non-payment: is the price due, and what speaks for or against it besides quality.
--
-- What a marketplace itself says of approval, silence and released money is in its own rulebook.
-- NP-10 makes a share due and stands in shares.lua with its remedy.

local i = item "item"
local m = item "milestone"

-- NP-05
rule "np.nothing_delivered" {
  title  = "Nothing was delivered by the date",
  issue  = "refund_due", side = "for", each = "milestone",
  clause = "P-01", layer = "practice", strength = "presumption", -- also V-05
  when   = all {
    case.as_of:after(m.due_at),
    no { m.submission.exists:is(true) },
    m.days_late_net:more_than(0),
  },
  unless = any { issue.excused_delay:upheld(), issue.part_due:upheld() },
  because = "Nothing was delivered by {m.due_at}, and {m.days_late_net} days of the delay are the freelancer's.",
}

-- NP-06
rule "np.no_reason_to_withhold" {
  title  = "Delivered essentials and no stated fault leave no reason to withhold",
  issue  = "payment_due", side = "for", each = "milestone",
  clause = "G-04", layer = "practice", strength = "presumption",
  when   = all {
    issue.delivered:upheld(),
    issue.essential_met:upheld(),
    no { m.review.specific:is(true) },
  },
  unless = any {
    issue.defect_proved:upheld(),
    issue.worthless:upheld(),
    issue.fraud_by_freelancer:upheld(),
    contract.taste_is_test:is(true),
  },
  because = "The essentials were delivered, and the client did not say point by point what is wrong.",
}

-- NP-07
rule "np.essential_unmet" {
  title  = "A missing essential stands against the full price",
  issue  = "payment_due", side = "against", each = "milestone",
  clause = "N-02", layer = "practice", strength = "presumption",
  when   = m.essential_unmet:is(true),
  unless = any { issue.accepted:upheld(), issue.client_prevented:upheld() },
  because = "An essential criterion is not met and was not given up.",
}

-- NP-11
rule "np.no_work_no_pay" {
  title  = "An order ended before any work is refunded",
  issue  = "refund_due", side = "for", each = "milestone",
  clause = "OURS", layer = "practice", strength = "presumption",
  when   = all {
    contract.ended_by:is "client",
    no { m.submission.exists:is(true) },
    no { case.work_shown:is(true) },
  },
  unless = m.reliance_cost:more_than(share(m.amount, 0, 1)),
  because = "The client ended the contract before anything was delivered or shown to be done.",
}

-- NP-12. It never divides money: a reviewer decides, and a lower sum for prompt pay is refused.
flag "mandatory_law" {
  each = "item", clause = "N-08",
  when = all {
    case.jurisdiction:is "US-NY",
    contract.price:at_least(param.law_price),
    time_between(i.completed_at, case.as_of):more_than(param.law_pay_after),
    i.unpaid_days:more_than(0),
    no { contract.pay_date:known() },
  },
  because = "The act on paying freelancers may apply: {i.unpaid_days} days have passed unpaid since completion.",
}

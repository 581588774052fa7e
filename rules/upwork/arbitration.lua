-- Arbitration: an offer to both, not an appeal by one. What nobody, one or both sides paying means
-- is in silence.lua and in the states.

local i = item "item"

-- R-14, OC-01. While the time runs, the merits are advice. A default outranks the offer.
remedy "offer_arbitration" {
  each = "item", stratum = "silence", outcome = "offer_arbitration", clause = "U-AR-01",
  when = all {
    procedure.nonresolution_at:known(),
    case.fixed:is(true),
    case.as_of:at_most(due.arbitration_pay),
    no {
      issue.client_defaulted:upheld(),
      issue.freelancer_defaulted:upheld(),
      issue.silence_returns:upheld(),
    },
  },
  because = "No division was accepted: each side may pay {param.arbitration_fee} by {due.arbitration_pay}. One payer receives the sum, no payer returns it to the client.",
}

-- R-18
remedy "wait_for_the_arbitrator" {
  each = "item", stratum = "silence", outcome = "stay", clause = "U-AR-01",
  when = all {
    procedure.nonresolution_at:known(),
    case.client_paid_fee_in_time:is(true),
    case.freelancer_paid_fee_in_time:is(true),
  },
  beats = { "offer_arbitration" },
  next = { actor = "platform", step = "wait for the arbitrator's award" },
  because = "Both sides paid for arbitration in time, and the arbitrator decides.",
}

-- Step 10 of the process: what the arbitrator decided is not decided again. A settlement, another final
-- decision and a chargeback come before; they stand in the guard, because `beats` of practice names
-- no remedy of a marketplace.
remedy "award_is_final" {
  each = "item", stratum = "bar", outcome = "dismiss", clause = "U-AR-09",
  when = all {
    procedure.award_at:known(),
    no { issue.settled:upheld(), issue.finally_decided:upheld(), issue.chargeback_pending:upheld() },
  },
  beats = { "withdrawn_pays_hours", "withdrawn_changes_nothing", "wrong_forum", "out_of_time" },
  next = { actor = "platform", step = "carry out the award, and close the case" },
  because = "The arbitrator's award of {procedure.award_at} is final.",
}

flag "fee_exceeds_claim" {
  clause = "U-AR-07", -- also U-AR-06
  when = all {
    procedure.nonresolution_at:known(),
    case.fixed:is(true),
    param.arbitration_fee:at_least(case.disputed),
  },
  because = "The arbitration fee of {param.arbitration_fee} is not less than the {case.disputed} in dispute.",
}

-- Two clauses of 2020 contradict each other. It stays a flag, never a default of money against both.
flag "nonpayer_suspended" {
  clause = "U-AR-04", -- also U-AR-10
  when = all {
    procedure.nonresolution_at:known(),
    case.as_of:after(due.arbitration_pay),
    no { all { case.client_paid_fee_in_time:is(true), case.freelancer_paid_fee_in_time:is(true) } },
    param.arbitration_nonpayer_suspended:is(true),
  },
  because = "The text of that time suspends a side that does not pay, and another clause only returns the money: a human decides.",
}

-- Which of two texts holds changes no division, only what the payer may choose: a flag.
flag "payer_may_go_on" {
  each = "item", clause = "U-AR-05",
  when = all {
    procedure.nonresolution_at:known(),
    any {
      all { issue.client_defaulted:upheld(), case.freelancer_paid_fee_in_time:is(true) },
      all { issue.freelancer_defaulted:upheld(), case.client_paid_fee_in_time:is(true) },
    },
    param.arbitration_payer_may_go_on:is(true),
  },
  because = "By one of two texts the side that paid may pay the whole fee and go on to arbitration in place of taking the sum: ask it.",
}

-- EN-03
flag "violation" {
  clause = "U-AR-09", -- also U-EN-01, U-EN-02
  when = case.uncured_violation:is(true),
  because = "An award is not honoured, or a chargeback or a payment off the platform is not put right: a human decides what follows.",
}

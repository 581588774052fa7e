-- Remedies: what follows from the answers. Divisions by formula stand in shares.lua.
--
-- A remedy without `freelancer` divides nothing: the sum stays held, and the ruling says so. Bars
-- outrank silence, and silence outranks the merits; inside a stratum `beats` decides, and two
-- remedies that differ and do not beat one another go to a human (refer).

local i = item "item"

local nothing = share(i.held, 0, 1)

-- Bars --------------------------------------------------------------------------------------------

-- R-01
remedy "settled" {
  each = "item", stratum = "bar", outcome = "settled", clause = "OURS",
  when = issue.settled:upheld(),
  freelancer = min(i.held, i.settled_to_freelancer),
  beats = { "decided_elsewhere", "wait_for_the_bank", "withdrawn_pays_hours",
    "withdrawn_changes_nothing", "wrong_forum", "out_of_time" },
  because = "Both sides accepted {i.settled_to_freelancer} for the freelancer.",
}

-- R-02
remedy "decided_elsewhere" {
  each = "item", stratum = "bar", outcome = "dismiss", clause = "N-05",
  when = issue.finally_decided:upheld(),
  beats = { "wait_for_the_bank", "withdrawn_pays_hours", "withdrawn_changes_nothing",
    "wrong_forum", "out_of_time" },
  because = "The same payment was decided for good in another case.",
}

-- R-03
remedy "wait_for_the_bank" {
  each = "item", stratum = "bar", outcome = "stay", clause = "N-05",
  when = issue.chargeback_pending:upheld(),
  beats = { "withdrawn_pays_hours", "withdrawn_changes_nothing", "wrong_forum", "out_of_time" },
  next = { actor = "platform", step = "wait for the bank's decision on the same payment" },
  because = "A bank procedure of {i.chargeback_filed_at} runs on this payment, and nobody recovers twice.",
}

-- R-04
remedy "withdrawn_pays_hours" {
  each = "item", stratum = "bar", outcome = "release_full", clause = "OURS",
  when = all { issue.withdrawn:upheld(), case.hourly:is(true) },
  freelancer = i.held,
  beats = { "withdrawn_changes_nothing", "wrong_forum", "out_of_time" },
  because = "The dispute was withdrawn on {case.withdrawn_at}; the hours are paid as usual.",
}

-- R-05
remedy "withdrawn_changes_nothing" {
  each = "item", stratum = "bar", outcome = "no_change", clause = "OURS",
  when = all { issue.withdrawn:upheld(), case.fixed:is(true) },
  beats = { "wrong_forum", "out_of_time" },
  because = "The dispute was withdrawn on {case.withdrawn_at}.",
}

-- R-06
remedy "wrong_forum" {
  each = "item", stratum = "bar", outcome = "ineligible", clause = "OURS",
  when = issue.wrong_forum:upheld(),
  beats = { "out_of_time" },
  because = "This procedure cannot hear the claim.",
}

-- R-07
remedy "out_of_time" {
  each = "item", stratum = "bar", outcome = "out_of_time", clause = "OURS",
  when = issue.out_of_time:upheld(),
  because = "The window for this procedure was missed.",
}

-- Silence -----------------------------------------------------------------------------------------

-- R-10
remedy "default_for_freelancer" {
  each = "item", stratum = "silence", outcome = "default_freelancer", clause = "OURS",
  when = issue.client_defaulted:upheld(),
  freelancer = i.capped_claim,
  because = "The client was told in time and did not act, so {i.capped_claim} goes to the freelancer.",
}

-- R-11
remedy "default_for_client" {
  each = "item", stratum = "silence", outcome = "default_client", clause = "OURS",
  when = issue.freelancer_defaulted:upheld(),
  freelancer = i.held - i.capped_claim,
  because = "The freelancer was told in time and did not act, so {i.capped_claim} goes back to the client.",
}

-- R-12
remedy "silence_returns" {
  each = "item", stratum = "silence", outcome = "refund_full", clause = "OURS",
  when = all { issue.silence_returns:upheld(), i.held:more_than(nothing) },
  freelancer = nothing,
  because = "Nobody, or not the freelancer, acted in time, and policy returns the money.",
}

-- R-13
remedy "silence_releases" {
  each = "item", stratum = "silence", outcome = "release_full", clause = "OURS",
  when = issue.silence_releases:upheld(),
  freelancer = i.held,
  because = "The client did not answer the request for release, and policy releases the money.",
}

-- R-15
remedy "silence_leaves_nothing" {
  each = "item", stratum = "silence", outcome = "no_change", clause = "OURS",
  when = all { issue.silence_returns:upheld(), i.held:is(nothing) },
  because = "Policy would return the money, but none is held.",
}

-- Merits ------------------------------------------------------------------------------------------

-- R-20
remedy "release_in_full" {
  each = "item", outcome = "release_full", clause = "OURS",
  when = issue.payment_due:upheld(),
  freelancer = i.held,
  beats = { "price_less_cost_to_fix", "price_less_own_cost", "pay_for_value", "pay_for_work_done",
    "pay_for_changed_needs", "share_the_misunderstanding", "ask_for_evidence", "run_the_test" },
  because = "The whole price is due, so all that is held goes to the freelancer.",
}

-- R-21
remedy "refund_in_full" {
  each = "item", outcome = "refund_full", clause = "OURS",
  when = issue.refund_due:upheld(),
  freelancer = nothing,
  beats = { "price_less_cost_to_fix", "price_less_own_cost", "pay_for_value", "pay_for_work_done",
    "pay_for_changed_needs", "share_the_misunderstanding", "ask_for_evidence", "run_the_test" },
  because = "The whole is to go back, so all that is held goes to the client.",
}

-- R-22. Mending comes before asking on: it costs the client nothing and divides nothing.
remedy "mend" {
  each = "item", outcome = "revise", clause = "P-02",
  when = issue.cure_owed:upheld(),
  beats = { "price_less_cost_to_fix", "pay_for_value", "ask_for_evidence", "run_the_test",
    "claim_of_client_fails", "claim_of_freelancer_fails" },
  next = { actor = "freelancer", step = "mend the defects named; if that is missed or fails, the price less the cost to mend is due",
    due = case.as_of + param.cure_period },
  because = "A defect is proved that can still be mended, within {param.cure_period}.",
}

-- Nothing is held, and nothing was released that could be asked back: there is nothing to divide.
remedy "nothing_held" {
  each = "item", outcome = "no_change", clause = "OURS",
  when = all {
    i.held:is(nothing),
    no { all { case.filed_by:is "client", i.released_to_freelancer:is(true) } },
  },
  beats = { "release_in_full", "refund_in_full", "mend", "replan",
    "price_less_cost_to_fix", "price_less_own_cost", "pay_for_value", "pay_for_work_done",
    "pay_for_changed_needs", "share_the_misunderstanding", "price_less_lateness", "price_less_cross_claim",
    "ask_for_evidence", "run_the_test", "ask_to_contact",
    "claim_of_client_fails", "balance_returns", "claim_of_freelancer_fails" },
  because = "Nothing is held for this item, so nothing can be divided.",
}

-- R-30
remedy "released_stays" {
  each = "item", outcome = "no_change", clause = "OURS",
  when = issue.released_final:upheld(),
  beats = { "release_in_full", "refund_in_full", "mend", "replan",
    "price_less_cost_to_fix", "price_less_own_cost", "pay_for_value", "pay_for_work_done",
    "pay_for_changed_needs", "share_the_misunderstanding", "price_less_lateness", "price_less_cross_claim",
    "ask_for_evidence", "run_the_test", "ask_to_contact", "claim_of_client_fails" },
  because = "The money was released by {i.released_by} on {i.released_at}, and stays released.",
}

-- R-31. A range, not a point: nobody can be made to pay back.
remedy "mediate_released" {
  each = "item", outcome = "mediate", clause = "OURS",
  when = all {
    case.filed_by:is "client",
    i.released_to_freelancer:is(true),
    issue.released_final:rejected(),
  },
  beats = { "release_in_full", "refund_in_full", "mend", "replan",
    "price_less_cost_to_fix", "price_less_own_cost", "pay_for_value", "pay_for_work_done",
    "pay_for_changed_needs", "share_the_misunderstanding", "price_less_lateness", "price_less_cross_claim",
    "ask_for_evidence", "run_the_test", "ask_to_contact", "claim_of_client_fails" },
  next = { actor = "platform", step = "mediate, around the price less the cost to mend" },
  because = "The money was released, but what came out since then reopens it for mediation.",
}

-- R-32. Money that is due, and a defect to mend, come first: they stand in the guard, because
-- `beats` goes on from remedy to remedy, and a plan must not carry payment past a refund.
remedy "replan" {
  each = "item", outcome = "replan", clause = "OURS",
  when = all {
    issue.both_continue:upheld(),
    no { issue.payment_due:upheld(), issue.cure_owed:upheld() },
  },
  beats = { "refund_in_full", "price_less_cost_to_fix", "price_less_own_cost", "pay_for_value",
    "pay_for_work_done", "pay_for_changed_needs", "share_the_misunderstanding",
    "ask_for_evidence", "run_the_test", "ask_to_contact",
    "claim_of_client_fails", "balance_returns", "claim_of_freelancer_fails" },
  next = { actor = "filer", step = "propose a new date, and a price if the work changed" },
  because = "Both sides want to go on: a new date and price by consent come before money.",
}

-- R-33, PR-15. Once the time for evidence is over, the burden decides. What to ask, and of whom, is in
-- the list of missing facts; the state of the procedure says who acts.
local decided_later = { "price_less_cost_to_fix", "price_less_own_cost", "pay_for_value",
  "pay_for_work_done", "pay_for_changed_needs", "share_the_misunderstanding",
  "claim_of_client_fails", "balance_returns", "claim_of_freelancer_fails" }

remedy "ask_for_evidence" {
  each = "item", outcome = "request_evidence", clause = "N-07",
  when = all {
    i.decisive_unknown:is(true),
    -- Who says that the time for evidence is over must show it: a silent file does not.
    no { all {
      procedure.evidence_closed_at:at_standing "established",
      case.as_of:at_least(procedure.evidence_closed_at),
    } },
  },
  beats = decided_later,
  because = "A fact that can change the outcome is missing, and it can still be had.",
}

-- R-33, QL-10
remedy "run_the_test" {
  each = "item", outcome = "request_evidence", clause = "F-11",
  when = i.defect_testable:is(true),
  beats = decided_later,
  because = "The parties disagree about a defect that can be checked by running or opening the file.",
}

-- R-34. It only ever waits, and for no case in which an answer stands already.
remedy "ask_to_contact" {
  each = "item", outcome = "request_contact", clause = "N-05",
  when = all {
    issue.contact_missing:upheld(),
    case.as_of:before(case.filed_at + param.contact_reply),
    no {
      issue.payment_due:upheld(),
      issue.refund_due:upheld(),
      issue.part_due:upheld(),
      issue.cure_owed:upheld(),
    },
  },
  beats = { "ask_for_evidence", "run_the_test", "claim_of_client_fails", "balance_returns",
    "claim_of_freelancer_fails" },
  next = { actor = "filer", step = "tell the other side what is wrong and let it reply",
    due = case.filed_at + param.contact_reply },
  because = "No attempt to reach the other side before filing is on record.",
}

-- R-35
remedy "claim_of_client_fails" {
  each = "item", outcome = "dismiss", clause = "OURS",
  when = all {
    case.filed_by:is "client",
    issue.refund_due:rejected(),
    issue.part_due:rejected(),
    issue.payment_due:rejected(),
  },
  because = "The client's claim is not made out.",
}

-- R-36
remedy "balance_returns" {
  each = "item", outcome = "refund_full", clause = "OURS",
  when = all {
    case.filed_by:is "freelancer",
    i.ended_with_balance:is(true),
    issue.payment_due:rejected(),
    issue.part_due:rejected(),
  },
  freelancer = nothing,
  because = "The client ended the contract with a balance, and the freelancer's claim to it is not made out.",
}

-- R-37
remedy "claim_of_freelancer_fails" {
  each = "item", outcome = "dismiss", clause = "OURS",
  when = all {
    case.filed_by:is "freelancer",
    no { i.ended_with_balance:is(true) },
    issue.payment_due:rejected(),
    issue.part_due:rejected(),
    issue.refund_due:rejected(),
  },
  because = "The freelancer's claim is not made out; the sum stays held.",
}

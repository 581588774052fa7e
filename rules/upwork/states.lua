-- States: who acts next, and what silence does. Each is a row of the life cycle: fixed price first,
-- then hourly, then the routes that are left when this procedure is closed. A later state beats the
-- earlier ones, but a review that still runs beats a dispute about it.

local i = item "item"
local m = item "milestone"
local w = item "week"

local contract_open = contract.ended_at:absent()
local money_held = m.held:more_than(share(m.held, 0, 1))
local money_left = i.held:more_than(share(i.held, 0, 1))

-- Whether an answer came is not asserted here: a fact that nobody recorded is neither an answer nor
-- silence.
local answer_not_on_record = no { procedure.response:at_standing "established" }

-- Fixed price -------------------------------------------------------------------------------------

-- FUNDED
fallback "state.funded" {
  title = "The money is in escrow, and nothing is submitted",
  each = "milestone", outcome = "refund_full", clause = "U-FP-19",
  when = all {
    case.fixed:is(true), contract_open, money_held,
    no { m.submission.formal:is(true), answer_not_on_record },
  },
  next = { actor = "freelancer", step = "submit the work with the submit action", due = m.due_at },
  because = "If nothing happens for {param.dormant_after}, the contract is dormant, and a balance that nobody asks for returns.",
}

-- SUBMITTED
fallback "state.submitted" {
  title = "The client reviews the submission",
  each = "milestone", outcome = "release_full", clause = "U-FP-01",
  when = all {
    case.fixed:is(true), contract_open, money_held,
    m.submission.formal:is(true),
    m.review.action:absent(),
    case.as_of:before(due.review),
  },
  next = { actor = "client", step = "approve the submission or ask for changes", due = due.review },
  beats = { "state.funded", "state.disputed", "state.review", "state.proposed_client",
    "state.proposed_freelancer" },
  because = "A submission that is not answered by {due.review} is approved, and the money goes to the freelancer.",
}

-- REFUND_REQUESTED
fallback "state.refund_requested" {
  title = "The client asked for the money back",
  each = "milestone", outcome = "refund_full", clause = "U-FP-06",
  when = all {
    case.fixed:is(true), money_held,
    m.refund_requested_at:known(),
    m.refund_answer:absent(),
    case.as_of:at_most(due.refund_answer),
    no { case.filed_by:is "freelancer" },
  },
  next = { actor = "freelancer", step = "approve the refund or dispute it", due = due.refund_answer },
  beats = { "state.funded" },
  because = "A refund request that is not answered by {due.refund_answer} is granted.",
}

-- FILED. Every state that holds beside it comes before it.
fallback "state.filed" {
  title = "The dispute is filed, and whether the other side answered is not on record",
  outcome = "no_change", clause = "U-FP-07",
  when = all { case.fixed:is(true), case.filed_at:known(), answer_not_on_record },
  next = { actor = "platform", step = "ask the other side to answer, and put on record that it was told and what it said" },
  because = "Nobody defaults without notice: the sum stays held.",
}

-- DISPUTED
fallback "state.disputed" {
  title = "The client has been asked to answer the dispute",
  outcome = "default_freelancer", clause = "U-FP-07",
  when = all {
    case.fixed:is(true),
    case.forum:is "escrow_dispute",
    case.filed_by:is "freelancer",
    procedure.response:absent(),
    case.as_of:at_most(due.dispute_answer),
  },
  next = { actor = "client", step = "accept the dispute, or decline it with a statement and files", due = due.dispute_answer },
  beats = { "state.funded", "state.refund_requested" },
  because = "A dispute that is not answered by {due.dispute_answer} releases the sum to the freelancer.",
}

-- The time is over, but the client was not told of it in time: it runs from the telling
fallback "state.not_told" {
  title = "The client was not told of the dispute",
  outcome = "no_change", clause = "U-FP-07",
  when = all {
    case.fixed:is(true),
    case.forum:is "escrow_dispute",
    case.filed_by:is "freelancer",
    procedure.response:absent(),
    procedure.nonresolution_at:absent(),
    case.as_of:after(due.dispute_answer),
    no { notified.dispute_answer:is(true) },
  },
  next = { actor = "platform", step = "tell the client of the dispute and give it time to answer" },
  beats = { "state.funded", "state.refund_requested" },
  because = "Nobody defaults without notice: the sum stays held.",
}

-- REVIEW: here a recommendation is what the process asks for
fallback "state.review" {
  title = "The dispute is reviewed",
  outcome = "no_change", clause = "U-FP-10",
  when = all {
    case.fixed:is(true),
    case.forum:is "escrow_dispute",
    procedure.response:is "decline",
    procedure.proposal_at:absent(),
    procedure.nonresolution_at:absent(),
    no { issue.withdrawn:upheld() },
  },
  next = { actor = "platform", step = "review both statements and the files, then propose a division that binds nobody",
    due = procedure.response_at + param.proposal_period },
  beats = { "state.funded", "state.refund_requested", "state.disputed" },
  because = "Without a proposal nothing moves: the sum stays held.",
}

-- PROPOSED
local proposal_open = all {
  case.fixed:is(true),
  procedure.proposal_at:known(),
  procedure.nonresolution_at:absent(),
  case.as_of:at_most(due.proposal_answer),
}

fallback "state.proposed_client" {
  title = "A division is proposed, and the client has not answered",
  outcome = "offer_arbitration", clause = "U-FP-10",
  when = all { proposal_open, procedure.proposal_client:absent() },
  next = { actor = "client", step = "accept or decline the proposed division", due = due.proposal_answer },
  beats = { "state.funded", "state.refund_requested", "state.disputed", "state.review",
    "state.proposed_freelancer" },
  because = "Silence accepts nothing: arbitration is offered, and if nobody then pays for it the money returns to the client.",
}

fallback "state.proposed_freelancer" {
  title = "A division is proposed, and the freelancer has not answered",
  outcome = "offer_arbitration", clause = "U-FP-10",
  when = all { proposal_open, procedure.proposal_freelancer:absent() },
  next = { actor = "freelancer", step = "accept or decline the proposed division", due = due.proposal_answer },
  beats = { "state.funded", "state.refund_requested", "state.disputed", "state.review" },
  because = "Silence accepts nothing: arbitration is offered, and if nobody then pays for it the money returns to the client.",
}

-- Between PROPOSED and NON_RESOLVED: silence is no acceptance
fallback "state.proposal_failed" {
  title = "The proposed division was not accepted by both",
  outcome = "no_change", clause = "U-FP-10",
  when = all {
    case.fixed:is(true),
    procedure.proposal_at:known(),
    procedure.nonresolution_at:absent(),
    any {
      case.as_of:after(due.proposal_answer),
      procedure.proposal_client:is "decline",
      procedure.proposal_freelancer:is "decline",
    },
    no { case.both_settled:is(true), issue.withdrawn:upheld() },
  },
  next = { actor = "platform", step = "give notice that the dispute is not resolved, and offer arbitration" },
  beats = { "state.funded", "state.refund_requested", "state.disputed", "state.review",
    "state.proposed_client", "state.proposed_freelancer" },
  because = "Until that notice nobody can pay for arbitration: the sum stays held.",
}

-- NON_RESOLVED
local fee_open = all {
  case.fixed:is(true),
  procedure.nonresolution_at:known(),
  case.as_of:at_most(due.arbitration_pay),
}
local earlier_states = { "state.filed", "state.funded", "state.submitted", "state.refund_requested",
  "state.disputed", "state.review", "state.proposed_client", "state.proposed_freelancer" }

fallback "state.nobody_paid" {
  title = "Arbitration is offered, and nobody has paid the fee",
  outcome = "refund_full", clause = "U-AR-02",
  when = all { fee_open, case.fees_paid:is(0) },
  next = { actor = "freelancer", step = "agree to arbitration and pay the fee", due = due.arbitration_pay },
  beats = earlier_states,
  because = "If neither side pays for arbitration by {due.arbitration_pay}, the money goes to the client.",
}

fallback "state.freelancer_paid" {
  title = "Arbitration is offered, and only the freelancer has paid the fee",
  outcome = "default_freelancer", clause = "U-AR-03",
  when = all { fee_open, procedure.fee_paid_freelancer:known(), procedure.fee_paid_client:absent() },
  next = { actor = "client", step = "agree to arbitration and pay the fee", due = due.arbitration_pay },
  beats = earlier_states,
  because = "If the client does not pay for arbitration by {due.arbitration_pay}, the sum sought goes to the freelancer.",
}

fallback "state.client_paid" {
  title = "Arbitration is offered, and only the client has paid the fee",
  outcome = "default_client", clause = "U-AR-03",
  when = all { fee_open, procedure.fee_paid_client:known(), procedure.fee_paid_freelancer:absent() },
  next = { actor = "freelancer", step = "agree to arbitration and pay the fee", due = due.arbitration_pay },
  beats = earlier_states,
  because = "If the freelancer does not pay for arbitration by {due.arbitration_pay}, the sum sought goes to the client.",
}

-- ARBITRATION
fallback "state.arbitration" {
  title = "Both have paid, and the arbitrator decides",
  outcome = "no_change", clause = "U-AR-01",
  when = all {
    case.fixed:is(true),
    procedure.nonresolution_at:known(),
    case.client_paid_fee_in_time:is(true),
    case.freelancer_paid_fee_in_time:is(true),
    procedure.award_at:absent(),
    no { issue.withdrawn:upheld() },
  },
  next = { actor = "platform", step = "give the arbitrator the file, and wait for the award" },
  beats = earlier_states,
  because = "Until the award the sum stays held.",
}

-- AWARDED: no time is published in which an award must be honoured
fallback "state.awarded" {
  title = "The arbitrator has decided",
  outcome = "no_change", clause = "U-AR-09",
  when = all { procedure.award_at:known(), procedure.award_honoured_at:absent() },
  next = { actor = "platform", step = "carry out the award, and close the case", due = procedure.award_at + param.award_honour },
  beats = earlier_states,
  because = "An award is final: what it says is carried out, and nothing here changes it.",
}

-- DORMANT
fallback "state.dormant" {
  title = "The contract is dormant",
  each = "milestone", outcome = "refund_full", clause = "U-FP-19",
  when = all {
    case.forum:is "dormant",
    case.dormant:is(true), money_held,
    m.release_requested_at:absent(),
  },
  next = { actor = "freelancer", step = "ask for the release of the balance", due = due.dormant_ladder_done },
  beats = { "state.funded" },
  because = "A dormant balance that nobody asks for by {due.dormant_ladder_done} returns to the client.",
}

fallback "state.dormant_release_asked" {
  title = "The contract is dormant, and the freelancer asked for the money",
  each = "milestone", outcome = "release_full", clause = "U-FP-19",
  when = all {
    case.forum:is "dormant",
    case.dormant:is(true), money_held,
    m.release_requested_at:known(),
    m.release_answer:absent(),
  },
  next = { actor = "client", step = "approve or dispute the release", due = due.dormant_release_answer },
  beats = { "state.funded", "state.dormant" },
  because = "A release request that is not answered by {due.dormant_release_answer} is granted.",
}

-- MEDIATION
fallback "state.mediation" {
  title = "The case is in mediation",
  outcome = "no_change", clause = "U-FP-11", -- also U-FP-13
  when = case.forum:is "mediation",
  next = { actor = "platform", step = "mediate; nothing is ruled", due = case.filed_at + param.mediation_max },
  beats = { "state.filed", "route.mediation", "route.voluntary_refund" },
  because = "A mediation that fails closes, and nothing changes.",
}

-- Hourly ------------------------------------------------------------------------------------------

local hours_unanswered = all {
  case.forum:is "hourly_dispute",
  procedure.response:absent(),
  case.as_of:at_most(due.hourly_answer),
}

fallback "state.hours_filed" {
  title = "The hours are disputed, and whether the freelancer answered is not on record",
  outcome = "no_change", clause = "U-HR-14",
  when = all { case.hourly:is(true), case.filed_at:known(), answer_not_on_record },
  next = { actor = "platform", step = "ask the freelancer to answer, and put on record that it was told and what it said" },
  because = "Nobody defaults without notice: the hours stay held.",
}

fallback "state.hours_disputed" {
  title = "The freelancer has been asked about the hours",
  outcome = "hourly_apportion", clause = "U-HR-12",
  when = all { hours_unanswered, param.hourly_default_regime:is "merits_on_record" },
  next = { actor = "freelancer", step = "accept the dispute, or decline it with an explanation", due = due.hourly_answer },
  because = "If the freelancer does not answer by {due.hourly_answer}, the record decides segment by segment.",
}

fallback "state.hours_disputed_before" {
  title = "The freelancer has been asked about the hours",
  outcome = "refund_full", clause = "U-HR-11", -- also U-HR-10
  when = all {
    hours_unanswered,
    param.hourly_default_regime:one_of { "claimant_wins", "claimant_wins_and_suspend" },
  },
  next = { actor = "freelancer", step = "accept the dispute, or decline it with an explanation", due = due.hourly_answer },
  because = "If the freelancer does not answer by {due.hourly_answer}, all disputed hours are refunded.",
}

fallback "state.hours_review" {
  title = "The hours are reviewed",
  each = "week", outcome = "hourly_apportion", clause = "U-HR-13",
  when = all {
    case.forum:is "hourly_dispute",
    procedure.response:is "decline",
    no { issue.withdrawn:upheld(), issue.out_of_time:upheld(), issue.wrong_forum:upheld() },
  },
  next = { actor = "platform", step = "test the segments",
    due = procedure.response_at + param.hourly_review },
  because = "The platform tests each segment, pays those that qualify and returns the rest.",
}

-- Routes when this procedure is closed ------------------------------------------------------------

local closed_here = any {
  issue.out_of_time:upheld(),
  issue.wrong_forum:upheld(),
  issue.released_final:upheld(),
}
local hourly_states = { "state.filed", "state.hours_filed", "state.hours_disputed", "state.hours_disputed_before", "state.hours_review" }

-- Fixed price before anything could be disputed
fallback "route.client_alone" {
  title = "Nothing can be filed",
  each = "milestone", outcome = "no_change", clause = "E-01",
  when = all { case.fixed:is(true), case.filed_by:is "freelancer", issue.wrong_forum:upheld() },
  next = { actor = "freelancer", step = "ask the client to release the price; it alone decides" },
  beats = earlier_states,
  because = "Whether the price is paid is the client's choice: nothing moves without it.",
}

-- Released money within the look-back
fallback "route.mediation" {
  title = "This procedure is closed, and mediation is open",
  each = "item", outcome = "no_change", clause = "U-FP-13",
  when = all {
    closed_here,
    i.released_at:known(),
    case.as_of:at_most(i.released_at + param.mediation_lookback),
  },
  next = { actor = "client", step = "ask for mediation; the mediator rules nothing",
    due = i.released_at + param.mediation_lookback },
  beats = hourly_states,
  because = "If nobody asks for mediation, released money stays released.",
}

-- Hours that were missed in the window, within the look-back of their payment
fallback "route.hours_mediation" {
  title = "The window for hours is closed, and mediation is open",
  each = "week", outcome = "no_change", clause = "U-HR-15",
  when = all {
    closed_here,
    case.hourly:is(true),
    w.released_at:absent(),
    case.as_of:at_most(w.paid_at + param.mediation_lookback),
  },
  next = { actor = "client", step = "ask for mediation; the platform cannot force a refund",
    due = w.paid_at + param.mediation_lookback },
  beats = hourly_states,
  because = "After the window the hours are paid as usual, and a refund can only be asked for.",
}

-- Later: the freelancer may give money back, and nobody can make it
fallback "route.voluntary_refund" {
  title = "This procedure is closed, and a refund can only be asked for",
  each = "item", outcome = "no_change", clause = "U-FP-15",
  when = all {
    closed_here,
    i.released_at:known(),
    case.as_of:after(i.released_at + param.mediation_lookback),
    case.as_of:at_most(i.released_at + param.refund_window_support),
  },
  next = { actor = "client", step = "ask the freelancer for a refund, in the product or through support",
    due = i.released_at + param.refund_window },
  beats = hourly_states,
  because = "The freelancer decides freely: without its consent nothing changes.",
}

-- A fixed-price payment that is too old for mediation
fallback "route.arbitration" {
  title = "This procedure is closed, and arbitration is open",
  each = "item", outcome = "no_change", clause = "U-FP-14",
  when = all { case.fixed:is(true), issue.out_of_time:upheld(), no { money_left } },
  next = { actor = "filer", step = "ask for arbitration" },
  beats = { "state.filed", "route.voluntary_refund", "state.mediation" },
  because = "A payment too old for mediation can only go to arbitration.",
}

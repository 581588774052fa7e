-- States: who acts next, and what silence does.

local nobody_paid = all { procedure.fee_paid_client:absent(), procedure.fee_paid_freelancer:absent() }

-- STAGE1
fallback "state.client_answers" {
  title = "The employer has been asked to answer the dispute",
  outcome = "default_freelancer", clause = "F-03",
  when = all {
    case.filed_by:is "freelancer",
    procedure.response:absent(),
    case.as_of:at_most(due.employer_answer),
  },
  next = { actor = "client", step = "accept the figure or contest it", due = due.employer_answer },
  because = "A dispute that the client does not answer by {due.employer_answer} gives the milestone to the freelancer.",
}

fallback "state.freelancer_answers" {
  title = "The freelancer has been asked to answer the dispute",
  outcome = "default_client", clause = "F-04",
  when = all {
    case.filed_by:is "client",
    procedure.response:absent(),
    case.as_of:at_most(due.freelancer_answer),
  },
  next = { actor = "freelancer", step = "accept the figure or contest it", due = due.freelancer_answer },
  because = "A dispute that the freelancer does not answer by {due.freelancer_answer} gives the milestone back to the client.",
}

-- STAGE2
fallback "state.negotiation" {
  title = "Both have spoken and negotiate",
  outcome = "no_change", clause = "F-05",
  when = all { procedure.response:is "decline", nobody_paid, no { issue.withdrawn:upheld() } },
  next = { actor = "filer", step = "improve the offer, or pay for arbitration" },
  because = "Negotiation has no end: the sum stays held until somebody pays or both settle.",
}

-- STAGE3
fallback "state.client_matches" {
  title = "The freelancer paid the arbitration fee, and the employer is to match it",
  outcome = "default_freelancer", clause = "F-07",
  when = all {
    procedure.fee_paid_freelancer:known(),
    procedure.fee_paid_client:absent(),
    case.as_of:at_most(due.match_fee),
  },
  next = { actor = "client", step = "match the arbitration fee", due = due.match_fee },
  because = "A fee that is not matched by {due.match_fee} gives the milestone to the freelancer.",
}

fallback "state.freelancer_matches" {
  title = "The employer paid the arbitration fee, and the freelancer is to match it",
  outcome = "default_client", clause = "F-07",
  when = all {
    procedure.fee_paid_client:known(),
    procedure.fee_paid_freelancer:absent(),
    case.as_of:at_most(due.match_fee),
  },
  next = { actor = "freelancer", step = "match the arbitration fee", due = due.match_fee },
  because = "A fee that is not matched by {due.match_fee} gives the milestone back to the client.",
}

-- Invoices, acceptance and released money, as PeoplePerHour publishes them. A formal submission is the
-- invoice; a gig is an offer, everything else a job.

local i = item "item"

fact "due.review" {
  is = i.submission.at + choose {
    { contract.type:is "gig", param.auto_pay_offer },
    param.auto_pay_job,
  },
}

-- K-01
rule "link.k01" {
  title  = "What was sent is a delivery",
  issue  = "delivered", side = "for", each = "item",
  clause = "P-06", layer = "platform",
  when   = i.submission.exists:is(true),
  because = "Work was delivered.",
}

-- NP-01
rule "np.approved" {
  title  = "The client approved the work",
  issue  = "accepted", side = "for", each = "item",
  clause = "P-06", layer = "platform", strength = "strict",
  when   = i.review.approved:is(true),
  unless = issue.fraud_by_freelancer:upheld(),
  because = "The client approved the work on {i.review.at}.",
}

-- NP-02, in this marketplace's form
rule "np.deemed_approval" {
  title  = "An invoice that is not answered is paid",
  issue  = "accepted", side = "for", each = "item",
  clause = "P-06", layer = "platform", strength = "presumption",
  when   = all {
    i.submission.formal:is(true),
    any { i.review.action:absent(), no { i.review.in_time:is(true) } },
    case.as_of:at_least(due.review),
  },
  unless = any { issue.fraud_by_freelancer:upheld(), issue.infringement:upheld() },
  because = "The client did not answer the invoice of {i.submission.at} by {due.review}.",
}

-- NP-03
undercut { "np.deemed_approval", "link.k01" } {
  id     = "np.sham_delivery",
  title  = "An empty or unusable delivery starts no clock and delivers nothing",
  each   = "item",
  clause = "V-08", layer = "practice",
  when   = any { i.submission.blank:is(true), no { i.submission.usable:is(true) } },
  because = "What was sent on {i.submission.at} was empty or could not be used.",
}

-- K-05
rule "link.k05" {
  title  = "Accepted work is to be paid",
  issue  = "payment_due", side = "for", each = "item",
  clause = "P-06", layer = "platform",
  when   = all { issue.accepted:upheld(), no { i.used_after_rejection:is(true) } },
  unless = issue.infringement:upheld(),
  because = "The work was accepted.",
}

-- NP-09
rule "np.released_is_final" {
  title  = "Money that left escrow stays where it is",
  issue  = "released_final", side = "for", each = "item",
  clause = "P-07", layer = "platform", strength = "presumption",
  when   = all { i.released_to_freelancer:is(true), case.filed_by:is "client" },
  unless = any { issue.infringement:upheld(), issue.fraud_by_freelancer:upheld() },
  because = "The money was released on {i.released_at}.",
}

fallback "state.invoiced" {
  title = "The invoice waits for the buyer",
  each = "item", outcome = "release_full", clause = "P-06",
  when = all { i.submission.formal:is(true), i.review.action:absent(), case.as_of:before(due.review) },
  next = { actor = "client", step = "answer the invoice", due = due.review },
  because = "An invoice that is not answered by {due.review} is paid.",
}

fallback "state.refund_requested" {
  title = "The buyer asked for the money back",
  each = "item", outcome = "no_change", clause = "P-05",
  when = all {
    i.refund_requested_at:known(), i.refund_answer:absent(),
    param.default_regime:is "adjudicator_decides",
  },
  next = { actor = "freelancer", step = "answer the refund request", due = i.refund_requested_at + param.refund_decide },
  beats = { "state.invoiced" },
  because = "If the freelancer does not answer, the platform decides; silence decides nothing.",
}

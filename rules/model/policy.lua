-- The smallest complete policy: four questions, six rules and an exception to one of them, the
-- remedies that follow from the answers, and what happens if nobody acts.

local m = item "milestone"

-- Questions ----------------------------------------------------------------------------------------

issue "client_defaulted" { each = "milestone", claimant = "freelancer", burden = "freelancer", standard = "clear",
  title = "The client missed its time to answer the dispute" }
issue "accepted" { each = "milestone", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The work was accepted, expressly or by silence" }
issue "defect_proved" { each = "milestone", claimant = "client", burden = "client", standard = "balance",
  title = "A defect is there and not mended" }
issue "payment_due" { each = "milestone", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The whole price is due" }

-- Rules --------------------------------------------------------------------------------------------

rule "client_silent" {
  title  = "A dispute that the client leaves unanswered is lost",
  issue  = "client_defaulted", side = "for",
  clause = "M-02", layer = "platform", strength = "strict",
  when   = all {
    case.filed_by:is "freelancer",
    procedure.response:absent(),
    case.as_of:after(due.dispute_answer),
    notified.dispute_answer:is(true),
  },
  because = "The client was told of the dispute and did not answer it by {due.dispute_answer}.",
}

rule "approved" {
  title  = "The client approved the submission",
  issue  = "accepted", side = "for",
  clause = "M-01", layer = "platform", strength = "strict",
  when   = all { m.submission.formal:is(true), m.review.action:is "approve" },
  because = "The client approved the submission of {m.submission.at}.",
}

rule "silence_approves" {
  title  = "A submission that the client leaves unanswered is approved",
  issue  = "accepted", side = "for",
  clause = "M-01", layer = "platform", strength = "presumption",
  when   = all {
    m.submission.formal:is(true),
    m.review.action:absent(),
    case.as_of:at_least(due.review),
  },
  because = "The client did not answer the submission of {m.submission.at} within {param.review_period}.",
}

undercut "silence_approves" {
  id     = "empty_submission",
  title  = "An empty submission starts no clock",
  clause = "M-01", layer = "platform",
  when   = m.submission.blank:is(true),
  because = "What was submitted on {m.submission.at} was empty.",
}

rule "defect_found" {
  title  = "A defect that is there and not mended is proved",
  issue  = "defect_proved", side = "for",
  clause = "M-03", layer = "platform",
  when   = m.defects_proved:is(true),
  because = "A defect is there and not mended.",
}

rule "accepted_is_due" {
  title  = "Accepted work is to be paid",
  issue  = "payment_due", side = "for",
  clause = "M-01", layer = "platform",
  when   = issue.accepted:upheld(),
  because = "The work was accepted.",
}

rule "defect_stands_against" {
  title  = "A defect stands against the full price, unless the work was accepted",
  issue  = "payment_due", side = "against",
  clause = "M-03", layer = "platform",
  when   = issue.defect_proved:upheld(),
  unless = issue.accepted:upheld(),
  because = "A defect is proved, and the work was not accepted.",
}

-- Remedies -----------------------------------------------------------------------------------------

local nothing = share(m.held, 0, 1)

remedy "default_for_freelancer" {
  each = "milestone", stratum = "silence", outcome = "default_freelancer", clause = "M-02",
  when = issue.client_defaulted:upheld(),
  freelancer = m.capped_claim,
  because = "The client did not answer, so {m.capped_claim} goes to the freelancer.",
}

remedy "release_in_full" {
  each = "milestone", outcome = "release_full", clause = "M-01",
  when = issue.payment_due:upheld(),
  freelancer = m.held,
  beats = { "halves" },
  because = "The whole price is due.",
}

remedy "price_less_cost_to_fix" {
  each = "milestone", outcome = "split", clause = "M-03",
  when = all { issue.payment_due:rejected(), issue.defect_proved:upheld() },
  freelancer = max(nothing, m.held - m.fix_cost),
  because = "What is held, less the cost to mend ({m.fix_cost}).",
}

remedy "halves" {
  each = "milestone", outcome = "split", clause = "M-04",
  when = all { issue.payment_due:rejected(), m.held:at_most(param.small_pot) },
  freelancer = share(m.held, 1, 2),
  beats = { "price_less_cost_to_fix", "claim_fails" },
  because = "No more than {param.small_pot} is held, so it is halved.",
}

remedy "claim_fails" {
  each = "milestone", outcome = "dismiss", clause = "M-01",
  when = all { issue.payment_due:rejected(), issue.defect_proved:rejected() },
  because = "Nothing shows that the price is due; the sum stays held.",
}

-- If nobody acts -----------------------------------------------------------------------------------

fallback "under_review" {
  title = "The client reviews the submission",
  each = "milestone", outcome = "release_full", clause = "M-01",
  when = all {
    m.submission.formal:is(true),
    m.review.action:absent(),
    case.as_of:before(due.review),
  },
  next = { actor = "client", step = "approve the submission or ask for changes", due = due.review },
  beats = { "disputed", "answered" },
  because = "A submission that is not answered by {due.review} is approved.",
}

fallback "disputed" {
  title = "The client has been asked to answer the dispute",
  outcome = "default_freelancer", clause = "M-02",
  when = all {
    case.filed_by:is "freelancer",
    procedure.response:absent(),
    case.as_of:at_most(due.dispute_answer),
  },
  next = { actor = "client", step = "answer the dispute", due = due.dispute_answer },
  beats = { "answered" },
  because = "A dispute that is not answered by {due.dispute_answer} releases the sum.",
}

fallback "answered" {
  title = "The client has answered, and the dispute is reviewed",
  outcome = "no_change", clause = "M-02",
  when = procedure.response:known(),
  next = { actor = "reviewer", step = "recommend a division" },
  because = "Without a decision the sum stays held.",
}

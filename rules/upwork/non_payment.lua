-- Approval, silence and released money, as Upwork publishes them.

local i = item "item"
local m = item "milestone"

-- NP-01
rule "np.approved" {
  title  = "The client approved the submission",
  issue  = "accepted", side = "for", each = "milestone",
  clause = "U-FP-01", layer = "platform", strength = "strict",
  when   = all { m.submission.formal:is(true), m.review.approved:is(true) },
  unless = issue.fraud_by_freelancer:upheld(),
  because = "The client approved the submission on {m.review.at}.",
}

-- NP-02. At the last instant of the period the approval applies.
rule "np.deemed_approval" {
  title  = "Silence after a formal submission is approval",
  issue  = "accepted", side = "for", each = "milestone",
  clause = "U-FP-01", layer = "platform", strength = "presumption", -- also U-PC-04
  when   = all {
    m.submission.formal:is(true),
    any { m.review.action:absent(), no { m.review.in_time:is(true) } },
    case.as_of:at_least(due.review),
  },
  unless = any { issue.fraud_by_freelancer:upheld(), issue.infringement:upheld() },
  because = "The client neither approved nor asked for changes within {param.review_period} of the submission on {m.submission.at}.",
}

-- NP-03. A later real delivery becomes the submission, and this falls away.
undercut { "np.deemed_approval", "link.k01" } {
  id     = "np.sham_delivery",
  title  = "An empty or unusable delivery starts no clock and delivers nothing",
  each   = "milestone",
  clause = "V-08", layer = "practice",
  when   = any { m.submission.blank:is(true), no { m.submission.usable:is(true) } },
  because = "What was submitted on {m.submission.at} was empty or could not be used, so the review period never started.",
}

-- NP-04
rule "np.chat_only" {
  title  = "Work sent in a message is not submitted",
  issue  = "accepted", side = "against", each = "milestone",
  clause = "U-FP-02", layer = "platform", strength = "strict",
  when   = m.submission.chat_only:is(true),
  unless = m.review.approved:is(true),
  because = "The work came by message, without the platform's submit action, so silence approves nothing; it still shows that work was done.",
}

-- NP-09
rule "np.released_is_final" {
  title  = "Released money stays released",
  issue  = "released_final", side = "for", each = "item",
  clause = "U-FP-16", layer = "platform", strength = "presumption", -- also U-FP-15
  when   = all {
    i.released_to_freelancer:is(true),
    case.filed_by:is "client",
    i.released_by:one_of { "client", "auto" },
  },
  unless = any { issue.infringement:upheld(), issue.fraud_by_freelancer:upheld() },
  because = "The money was released by {i.released_by} on {i.released_at}; releasing says that the work was reviewed.",
}

-- QL-08
undercut { "np.released_is_final", "pr.payment_too_old" } {
  id     = "ql.hidden_defect",
  title  = "A defect that nobody could see is not covered by the release",
  each   = "item",
  clause = "OURS", layer = "practice",
  when   = all {
    i.released_to_freelancer:is(true),
    i.defect_hidden:is(true),
    issue.defect_proved:upheld(),
  },
  unless = i.defect_by_client:is(true),
  because = "A defect that could not be found in the review was reported within {param.hidden_defect_window} of the release.",
}

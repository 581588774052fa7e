-- Hours: each segment is tested alone, and quality is no test.

local s = item "segment"
local w = item "week"

local badge_shown = any {
  s.badge_held:is(true),
  no { param.badge_needed:on(s.item.paid_at):is(true) },
}

-- What HR-03 says of the other side: a finding of idleness that rests on low activity alone is none.
local not_idle = any { no { s.idle:is(true) }, s.low_activity_only:is(true) }

-- HR-01
rule "hr.protected" {
  title  = "A tracked segment that passes every test is protected",
  issue  = "protected", side = "for", each = "segment",
  clause = "U-HR-06", layer = "platform", strength = "strict", -- also U-HR-07
  when   = all {
    s.source:is "tracker",
    s.screenshot:is(true),
    s.related:is "yes",
    s.memo:is "adequate",
    not_idle,
    no { s.over_limit:is(true) },
    s.account_good:is(true),
    s.billing_verified:is(true),
    badge_shown,
  },
  unless = any { issue.fraud_by_freelancer:upheld(), case.freelancer_complicit:is(true) },
  because = "Tracked, with screenshot and adequate memo, related, not idle, within the limit, and both accounts in order when it was paid.",
}

-- HR-02: one rule for each test, so that a segment that is returned names its own reason.
local failed_tests = {
  { id = "hr.manual", clause = "U-HR-08", title = "Manual time is not protected",
    when = s.source:is "manual",
    because = "The time was entered by hand." },
  { id = "hr.not_related", clause = "U-HR-08", title = "Time that does not belong to the contract is not protected",
    when = s.related:is "no",
    because = "What the segment shows does not belong to the contract." },
  { id = "hr.poor_memo", clause = "U-HR-08", title = "Time without an adequate memo is not protected",
    when = s.memo:one_of { "none", "generic" },
    because = "The memo is {s.memo}." },
  { id = "hr.idle", clause = "U-HR-08", title = "Idle time is not protected",
    when = s.idle:is(true),
    because = "The segment is idle or empty." },
  { id = "hr.over_limit", clause = "U-HR-18", title = "Time above the weekly limit is not protected",
    when = s.over_limit:is(true),
    because = "The segment lies above the weekly limit of the contract." },
  { id = "hr.bad_standing", clause = "U-HR-07", title = "Time is not protected unless both accounts were in order",
    when = any { no { s.account_good:is(true) }, no { s.billing_verified:is(true) } },
    because = "The freelancer's account or the client's billing was not in order when the week was paid." },
}

for _, test in ipairs(failed_tests) do
  rule(test.id) {
    title  = test.title,
    issue  = "protected", side = "against", each = "segment",
    clause = test.clause, layer = "platform", strength = "strict",
    when   = test.when,
    because = test.because,
  }
end

-- HR-03
undercut "hr.idle" {
  id     = "hr.low_activity_is_not_idle",
  title  = "Low activity alone is not idleness",
  each   = "segment",
  clause = "U-HR-19", layer = "guidance",
  when   = s.low_activity_only:is(true),
  because = "The task was {s.task_kind}, which makes few events, and the screenshots are no long unchanged run.",
}

-- Written leave for manual or extra time binds the parties, not the protection.
flag "claim_outside_protection" {
  each = "segment", clause = "U-HR-08",
  when = all {
    s.extra_authorised:is(true),
    any { s.source:is "manual", s.over_limit:is(true) },
  },
  because = "The client allowed this time in writing: a claim between the parties, outside the protection; mediate.",
}

-- S-H: protected minutes at the agreed rate, and whatever of the week is not in dispute.
local protected_sum = share(contract.rate_hour, w.protected, 60)
local not_disputed = max(share(w.held, 0, 1),
  w.held - first_known(share(contract.rate_hour, w.disputed, 60), w.held))
local paid_hours = min(w.held, protected_sum + not_disputed)

-- R-16
remedy "hours_on_record" {
  each = "week", stratum = "silence", outcome = "hourly_apportion", clause = "U-HR-12",
  when = all {
    case.hourly:is(true),
    procedure.response:absent(),
    case.as_of:after(due.hourly_answer),
    notified.hourly_answer:is(true),
    param.hourly_default_regime:is "merits_on_record",
  },
  freelancer = paid_hours,
  because = "The freelancer did not answer, but the record decides: {w.protected} of {w.disputed} disputed minutes qualify.",
}

-- R-29. Answered or not: where silence is no default (in time still, or not told), the record decides.
remedy "pay_protected_time" {
  each = "week", outcome = "hourly_apportion", clause = "U-HR-14",
  when = case.hourly:is(true),
  freelancer = paid_hours,
  beats = { "nothing_held", "ask_for_evidence", "run_the_test", "ask_to_contact", "claim_of_client_fails" },
  because = "Segment by segment: {w.protected} of {w.disputed} disputed minutes qualify.",
}

-- The oldest text also suspended the account. Suspending is for a human.
flag "suspension_on_silence" {
  each = "week", clause = "U-HR-10",
  when = all {
    issue.silence_returns:upheld(),
    param.hourly_default_regime:is "claimant_wins_and_suspend",
  },
  because = "The text of that time also suspends an account that leaves disputed hours unanswered: a human decides.",
}

-- Silence: each side has its own time to answer, and who does not answer loses the milestone; so does
-- who does not match the other side's arbitration fee. The rules count the time as it was first set;
-- notice and extensions are PR-12 at the end.

local m = item "milestone"

-- DF-03a
rule "df.employer_silent" {
  title  = "A client who does not answer loses the milestone",
  issue  = "client_defaulted", side = "for", each = "milestone",
  clause = "F-03", layer = "platform", strength = "strict",
  when   = all {
    case.filed_by:is "freelancer",
    procedure.response:absent(),
    case.as_of:after(case.filed_at + param.employer_answer),
    param.default_regime:is "claimant_wins",
  },
  unless = issue.fraud_by_freelancer:upheld(),
  because = "The client was told of the dispute over {m.claimed} and did not answer it by {due.employer_answer}.",
}

-- DF-03b
rule "df.freelancer_silent" {
  title  = "A freelancer who does not answer loses the milestone",
  issue  = "freelancer_defaulted", side = "for", each = "milestone",
  clause = "F-04", layer = "platform", strength = "strict",
  when   = all {
    case.filed_by:is "client",
    procedure.response:absent(),
    case.as_of:after(case.filed_at + param.freelancer_answer),
    param.default_regime:is "claimant_wins",
  },
  unless = issue.fraud_by_client:upheld(),
  because = "The freelancer was told of the dispute over {m.claimed} and did not answer it by {due.freelancer_answer}.",
}

-- DF-04a, DF-04b: here the other side matches the fee, or loses
rule "df.only_freelancer_paid" {
  title  = "The client did not match the fee",
  issue  = "client_defaulted", side = "for", each = "milestone",
  clause = "F-07", layer = "platform", strength = "strict",
  when   = all {
    procedure.fee_paid_freelancer:known(),
    no { procedure.fee_paid_client:at_most(procedure.fee_paid_freelancer + param.match_fee) },
    case.as_of:after(procedure.fee_paid_freelancer + param.match_fee),
  },
  because = "The freelancer paid the arbitration fee on {procedure.fee_paid_freelancer}, and the client did not match it by {due.match_fee}.",
}

rule "df.only_client_paid" {
  title  = "The freelancer did not match the fee",
  issue  = "freelancer_defaulted", side = "for", each = "milestone",
  clause = "F-07", layer = "platform", strength = "strict",
  when   = all {
    procedure.fee_paid_client:known(),
    no { procedure.fee_paid_freelancer:at_most(procedure.fee_paid_client + param.match_fee) },
    case.as_of:after(procedure.fee_paid_client + param.match_fee),
  },
  because = "The client paid the arbitration fee on {procedure.fee_paid_client}, and the freelancer did not match it by {due.match_fee}.",
}

-- R-18
remedy "wait_for_the_verdict" {
  each = "item", stratum = "silence", outcome = "stay", clause = "F-07",
  when = all { case.client_paid_fee_in_time:is(true), case.freelancer_paid_fee_in_time:is(true) },
  next = { actor = "platform", step = "give the verdict" },
  because = "Both sides paid for arbitration in time, and the verdict is awaited.",
}

-- PR-12
local function extended(name)
  return some("deadlines", function(d)
    return all { d.name:is(name), d.extended_to:known() }
  end)
end

local deadlines = {
  { rule = "df.employer_silent", name = "dispute_answer",
    told = notified.dispute_answer, covered = case.as_of:at_most(due.employer_answer) },
  { rule = "df.freelancer_silent", name = "dispute_answer",
    told = notified.dispute_answer, covered = case.as_of:at_most(due.freelancer_answer) },
  { rule = "df.only_freelancer_paid", name = "match_fee", told = notified.match_fee,
    covered = any { case.as_of:at_most(due.match_fee), case.client_paid_fee_in_time:is(true) } },
  { rule = "df.only_client_paid", name = "match_fee", told = notified.match_fee,
    covered = any { case.as_of:at_most(due.match_fee), case.freelancer_paid_fee_in_time:is(true) } },
}

for _, deadline in ipairs(deadlines) do
  undercut(deadline.rule) {
    id     = "pr.no_default_without_notice." .. deadline.rule,
    title  = "No default without notice, or within an extension",
    each   = "milestone",
    clause = "OURS", layer = "practice",
    when   = any {
      no { deadline.told:is(true) },
      all { extended(deadline.name), deadline.covered },
    },
    because = "The side was not told of the deadline in time, or a recorded extension covers what it did.",
  }
end

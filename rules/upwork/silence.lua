-- Silence: what policy does when a side does not act, and why it does not do so without notice.
--
-- A default needs the platform's record that nothing came (absent). It applies only after the last
-- instant, never at it. The rules count the time as it was first set; that the side was told of it,
-- and that no extension covers what it did, is PR-12 at the end: undercutters, so that the reasons
-- show why no default was taken.

local m = item "milestone"

local refund_answer_set = m.refund_requested_at + param.refund_answer
local dispute_answer_set = case.filed_at + param.dispute_answer
local hourly_answer_set = case.filed_at + param.hourly_answer
local arbitration_pay_set = procedure.nonresolution_at + param.arbitration_pay

local dormant_release_set = m.release_requested_at + param.dormant_release_answer

-- The ladder of dormancy starts at the last sign of life, of which there are two kinds.
local last_sign = max(first_known(contract.last_due_at, contract.last_activity_at),
  first_known(contract.last_activity_at, contract.last_due_at))
local dormant_ladder_set = last_sign + param.dormant_after + param.dormant_client_answer
  + param.dormant_freelancer_answer

local function paid_as_first_set(fee) return fee:at_most(arbitration_pay_set) end

-- PR-03
rule "pr.refund_request_unanswered" {
  title  = "A refund request that stays unanswered is granted",
  issue  = "silence_returns", side = "for", each = "milestone",
  clause = "U-FP-06", layer = "platform", strength = "strict", -- also U-DC-01
  when   = all {
    case.fixed:is(true),
    m.ended_with_balance:is(true),
    case.filed_by:is "freelancer",
    case.filed_at:after(refund_answer_set),
    m.refund_answer:absent(),
  },
  because = "The freelancer did not answer the refund request of {m.refund_requested_at} by {due.refund_answer}.",
}

-- DF-01
rule "df.client_silent" {
  title  = "A dispute that the client leaves unanswered releases the sum",
  issue  = "client_defaulted", side = "for", each = "milestone",
  clause = "U-FP-07", layer = "platform", strength = "strict",
  when   = all {
    case.fixed:is(true),
    case.forum:is "escrow_dispute",
    case.filed_by:is "freelancer",
    procedure.response:absent(),
    case.as_of:after(dispute_answer_set),
    param.default_regime:is "claimant_wins",
  },
  unless = issue.fraud_by_freelancer:upheld(),
  because = "The client was told of the dispute and did not answer it by {due.dispute_answer}.",
}

-- DF-02. Where silence is judged on the record this rule is silent, and hourly.lua decides.
rule "df.hourly_silent" {
  title  = "Disputed hours that the freelancer does not defend are refunded",
  issue  = "silence_returns", side = "for", each = "week",
  clause = "U-HR-11", layer = "platform", strength = "strict", -- also U-HR-10, U-HR-12
  when   = all {
    case.forum:is "hourly_dispute",
    procedure.response:absent(),
    case.as_of:after(hourly_answer_set),
    param.hourly_default_regime:one_of { "claimant_wins", "claimant_wins_and_suspend" },
  },
  because = "The freelancer was told of the dispute and did not answer it by {due.hourly_answer}.",
}

-- DF-04a
rule "df.only_freelancer_paid" {
  title  = "Only the freelancer paid for arbitration",
  issue  = "client_defaulted", side = "for", each = "milestone",
  clause = "U-AR-03", layer = "platform", strength = "strict",
  when   = all {
    procedure.nonresolution_at:known(),
    case.freelancer_paid_fee_in_time:is(true),
    no { paid_as_first_set(procedure.fee_paid_client) },
    case.as_of:after(arbitration_pay_set),
  },
  because = "The freelancer paid for arbitration by {due.arbitration_pay}, and the client did not.",
}

-- DF-04b
rule "df.only_client_paid" {
  title  = "Only the client paid for arbitration",
  issue  = "freelancer_defaulted", side = "for", each = "milestone",
  clause = "U-AR-03", layer = "platform", strength = "strict",
  when   = all {
    procedure.nonresolution_at:known(),
    case.client_paid_fee_in_time:is(true),
    no { paid_as_first_set(procedure.fee_paid_freelancer) },
    case.as_of:after(arbitration_pay_set),
  },
  because = "The client paid for arbitration by {due.arbitration_pay}, and the freelancer did not.",
}

-- DF-05
rule "df.nobody_paid" {
  title  = "Nobody paid for arbitration",
  issue  = "silence_returns", side = "for", each = "milestone",
  clause = "U-AR-02", layer = "platform", strength = "strict",
  when   = all {
    procedure.nonresolution_at:known(),
    no { paid_as_first_set(procedure.fee_paid_client) },
    no { paid_as_first_set(procedure.fee_paid_freelancer) },
    case.as_of:after(arbitration_pay_set),
  },
  because = "Neither side paid for arbitration by {due.arbitration_pay}.",
}

-- DF-07a
rule "df.dormant_release" {
  title  = "A release request on a dormant contract that stays unanswered is granted",
  issue  = "silence_releases", side = "for", each = "milestone",
  clause = "U-FP-19", layer = "platform", strength = "strict", -- also U-FP-26
  when   = all {
    case.forum:is "dormant",
    case.dormant:is(true),
    m.release_requested_at:known(),
    m.release_answer:absent(),
    case.as_of:after(dormant_release_set),
  },
  because = "The contract is dormant, and the client did not answer the request of {m.release_requested_at} by {due.dormant_release_answer}.",
}

-- DF-07b
rule "df.dormant_return" {
  title  = "A dormant balance that nobody asks for returns",
  issue  = "silence_returns", side = "for", each = "milestone",
  clause = "U-FP-19", layer = "platform", strength = "strict", -- also U-FP-26
  when   = all {
    case.forum:is "dormant",
    case.dormant:is(true),
    m.release_requested_at:absent(),
    case.as_of:after(dormant_ladder_set),
  },
  because = "The contract is dormant, and nobody asked for the balance by {due.dormant_ladder_done}.",
}

-- BR-04
rule "br.catalog_inputs" {
  title  = "A catalog order whose inputs never came is refunded",
  issue  = "silence_returns", side = "for", each = "milestone",
  clause = "U-PC-01", layer = "platform", strength = "strict",
  when   = all {
    contract.type:is "catalog",
    contract.inputs_required:is(true),
    contract.inputs_received_at:absent(),
    case.as_of:after(due.inputs),
  },
  because = "The client did not give the inputs that the order needs by {due.inputs}.",
}

-- PR-12 -------------------------------------------------------------------------------------------
-- No default without notice, and none while a recorded extension covers the act: one undercutter for
-- each deadline.

local function extended(name)
  return some("deadlines", function(d)
    return all { d.name:is(name), d.extended_to:known() }
  end)
end

local deadlines = {
  { rule = "pr.refund_request_unanswered", each = "milestone", name = "refund_answer",
    told = notified.refund_answer, covered = no { m.filed_after_refund_answer:is(true) } },
  { rule = "df.client_silent", each = "milestone", name = "dispute_answer",
    told = notified.dispute_answer, covered = case.as_of:at_most(due.dispute_answer) },
  { rule = "df.hourly_silent", each = "week", name = "hourly_answer",
    told = notified.hourly_answer, covered = case.as_of:at_most(due.hourly_answer) },
  { rule = "df.only_freelancer_paid", each = "milestone", name = "arbitration_pay",
    told = notified.arbitration_pay,
    covered = any { case.as_of:at_most(due.arbitration_pay), case.client_paid_fee_in_time:is(true) } },
  { rule = "df.only_client_paid", each = "milestone", name = "arbitration_pay",
    told = notified.arbitration_pay,
    covered = any { case.as_of:at_most(due.arbitration_pay), case.freelancer_paid_fee_in_time:is(true) } },
  { rule = "df.nobody_paid", each = "milestone", name = "arbitration_pay",
    told = notified.arbitration_pay,
    covered = any { case.as_of:at_most(due.arbitration_pay), case.fees_paid:more_than(0) } },
  { rule = "df.dormant_release", each = "milestone", name = "dormant",
    told = notified.dormant, covered = case.as_of:at_most(due.dormant_release_answer) },
  { rule = "df.dormant_return", each = "milestone", name = "dormant",
    told = notified.dormant, covered = case.as_of:at_most(due.dormant_ladder_done) },
}

for _, deadline in ipairs(deadlines) do
  undercut(deadline.rule) {
    id     = "pr.no_default_without_notice." .. deadline.rule,
    title  = "No default without notice, or within an extension",
    each   = deadline.each,
    clause = "U-AR-11", layer = "practice", -- also U-FP-08
    when   = any {
      no { deadline.told:is(true) },
      all { extended(deadline.name), deadline.covered },
    },
    because = "The side was not told of the deadline in time, or a recorded extension covers what it did.",
  }
end

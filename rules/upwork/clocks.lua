-- Clocks of Upwork: when each time to act ends, whether it was told of, and what follows.
--
-- Every due date is its start plus a dated parameter, or the last recorded extension of that
-- deadline if that is later. Nothing here reads a clock but case.as_of. A notice counts if at least
-- half of the period was left when it was sent.

local m = item "item"

local function extended(name, instant)
  local extension = latest("deadlines", function(d) return d.extended_to end,
    { where = function(d) return d.name:is(name) end })
  return max(instant, first_known(extension, instant))
end

-- The later of two moments, of which either may not exist.
local function later(a, b)
  return max(first_known(a, b), first_known(b, a))
end

-- Fixed price ------------------------------------------------------------------------------------

fact "due.review" { is = extended("review", m.submission.at + param.review_period) }
fact "due.refund_answer" { is = extended("refund_answer", m.refund_requested_at + param.refund_answer) }
fact "due.dispute_answer" { is = extended("dispute_answer", case.filed_at + param.dispute_answer) }
fact "due.proposal_answer" { is = extended("proposal_answer", procedure.proposal_at + param.proposal_answer) }
fact "due.arbitration_pay" { is = extended("arbitration_pay", procedure.nonresolution_at + param.arbitration_pay) }
fact "due.inputs" { is = contract.formed_at + param.inputs_due }

fact "due.extension_used" {
  is = some("deadlines", function(d) return d.extended_to:known() end),
}

-- Hourly. The window opens on the Monday after the week and closes at the end of the named minute on
-- its Friday; both are in UTC, and the parameter's date is that Monday.

local w = item "week"
local next_monday = w.starts_on + calendar_days(7)

fact "due.hourly_answer" { is = extended("hourly_answer", case.filed_at + param.hourly_answer) }
fact "due.hourly_window_opens" { is = next_monday + param.hourly_window_opens:on(next_monday) }
fact "due.hourly_window_closes" { is = next_monday + param.hourly_window_closes:on(next_monday) }
fact "week.filed_in_window" {
  is = all {
    case.filed_at:at_least(due.hourly_window_opens),
    case.filed_at:before(due.hourly_window_closes + minutes(1)),
  },
}

-- Dormancy ---------------------------------------------------------------------------------------

local last_sign = later(contract.last_due_at, contract.last_activity_at)
local dormant_since = last_sign + param.dormant_after

fact "case.dormant" { is = all { case.as_of:at_least(dormant_since), case.held:more_than(share(case.held, 0, 1)) } }
fact "due.dormant_release_answer" {
  is = extended("dormant", m.release_requested_at + param.dormant_release_answer),
}
fact "due.dormant_ladder_done" {
  is = extended("dormant", dormant_since + param.dormant_client_answer + param.dormant_freelancer_answer),
}

-- Notices ----------------------------------------------------------------------------------------

-- A notice of a deadline to one side, sent while half of the period was left:
-- due - sent >= period / 2, written without a division.
local function told(side, deadline, start, period, due_at)
  return some("notices", function(n)
    return all {
      n.deadline:is(deadline),
      n.to:is(side),
      (due_at + time_between(n.sent_at, due_at)):at_least(n.sent_at + time_between(start, start + period)),
    }
  end)
end

local function told_of_dispute(side)
  return told(side, "dispute_answer", case.filed_at, param.dispute_answer, due.dispute_answer)
end

local function told_of_fee(side)
  return told(side, "arbitration_pay", procedure.nonresolution_at, param.arbitration_pay, due.arbitration_pay)
end

fact "notified.refund_answer" {
  is = told("freelancer", "refund_answer", m.refund_requested_at, param.refund_answer, due.refund_answer),
}
fact "notified.dispute_answer" {
  is = any {
    all { case.filed_by:is "client", told_of_dispute "freelancer" },
    all { case.filed_by:is "freelancer", told_of_dispute "client" },
  },
}
fact "notified.hourly_answer" {
  is = told("freelancer", "hourly_answer", case.filed_at, param.hourly_answer, due.hourly_answer),
}
fact "notified.arbitration_pay" { is = all { told_of_fee "client", told_of_fee "freelancer" } }

-- Two notices of dormancy to a side, each not before its day.
local function told_of_dormancy(side)
  local function at_or_after(day)
    return function(n)
      return all { n.deadline:is "dormant", n.to:is(side), n.sent_at:at_least(last_sign + day) }
    end
  end
  local function sent(n) return n.sent_at end
  local first = earliest("notices", sent, { where = at_or_after(param.dormant_notice_1) })
  local second = latest("notices", sent, { where = at_or_after(param.dormant_notice_2) })
  return first:before(second)
end

fact "notified.dormant" { is = all { told_of_dormancy "client", told_of_dormancy "freelancer" } }

-- What follows from the clocks -------------------------------------------------------------------

fact "item.filed_after_refund_answer" {
  is = all { case.filed_by:is "freelancer", case.filed_at:after(due.refund_answer) },
}

fact "case.released_30d" {
  is = some("items", function(i)
    return procedure.contacted_support_at:at_most(i.released_at + param.mediation_lookback)
  end),
}
fact "item.too_old_for_mediation" {
  is = all {
    m.held:is(share(m.held, 0, 1)),
    procedure.contacted_support_at:after(m.released_at + param.mediation_lookback),
  },
}

local function paid_in_time(fee) return fee:at_most(due.arbitration_pay) end
local function one_if(condition) return choose { { condition, 1 }, 0 } end

-- Not paid is not in time, but only once the time is over; until then there is no answer.
local function fee_in_time(fee)
  return choose {
    { fee:known(), paid_in_time(fee) },
    { case.as_of:after(due.arbitration_pay), fee:known() },
  }
end

fact "case.fees_paid" {
  is = one_if(paid_in_time(procedure.fee_paid_client)) + one_if(paid_in_time(procedure.fee_paid_freelancer)),
}
fact "case.client_paid_fee_in_time" { is = fee_in_time(procedure.fee_paid_client) }
fact "case.freelancer_paid_fee_in_time" { is = fee_in_time(procedure.fee_paid_freelancer) }

fact "case.uncured_violation" {
  is = any {
    some("conduct", function(c)
      return all { c.found:is(true), c.kind:one_of { "chargeback", "off_platform_pay" }, c.cured_at:absent() }
    end),
    all {
      procedure.award_at:known(),
      procedure.award_honoured_at:absent(),
      case.as_of:after(procedure.award_at + param.award_honour),
    },
  },
}

-- Clocks of Freelancer.com: when each time to act ends, and whether it was told of.

local i = item "item"

local function extended(name, instant)
  local extension = latest("deadlines", function(d) return d.extended_to end,
    { where = function(d) return d.name:is(name) end })
  return max(instant, first_known(extension, instant))
end

-- No time to review is published, and silence approves nothing: an answer is in time when it comes.
fact "due.review" { is = max(first_known(i.review.at, case.as_of), case.as_of) }

fact "due.employer_answer" { is = extended("dispute_answer", case.filed_at + param.employer_answer) }
fact "due.freelancer_answer" { is = extended("dispute_answer", case.filed_at + param.freelancer_answer) }

-- The fee is matched, counted from whichever side paid first.
local paid_by_client = procedure.fee_paid_client
local paid_by_freelancer = procedure.fee_paid_freelancer
local first_paid = min(first_known(paid_by_client, paid_by_freelancer), first_known(paid_by_freelancer, paid_by_client))

fact "due.match_fee" { is = extended("match_fee", first_paid + param.match_fee) }

-- Told, if a notice was sent while half of the period was left: due - sent >= period / 2.
local function told(side, name, start, period, due_at)
  return some("notices", function(n)
    return all {
      n.deadline:is(name),
      n.to:is(side),
      (due_at + time_between(n.sent_at, due_at)):at_least(n.sent_at + time_between(start, start + period)),
    }
  end)
end

fact "notified.dispute_answer" {
  is = any {
    all {
      case.filed_by:is "freelancer",
      told("client", "dispute_answer", case.filed_at, param.employer_answer, due.employer_answer),
    },
    all {
      case.filed_by:is "client",
      told("freelancer", "dispute_answer", case.filed_at, param.freelancer_answer, due.freelancer_answer),
    },
  },
}

local function told_to_match(side)
  return told(side, "match_fee", first_paid, param.match_fee, due.match_fee)
end

-- Who paid first needs no telling; that the other side paid as well, too late, undoes no notice.
fact "notified.match_fee" {
  is = any {
    all { paid_by_freelancer:known(), no { paid_by_client:before(paid_by_freelancer) }, told_to_match "client" },
    all { paid_by_client:known(), no { paid_by_freelancer:before(paid_by_client) }, told_to_match "freelancer" },
  },
}

local function paid_in_time(fee) return fee:at_most(due.match_fee) end

fact "case.client_paid_fee_in_time" { is = paid_in_time(paid_by_client) }
fact "case.freelancer_paid_fee_in_time" { is = paid_in_time(paid_by_freelancer) }

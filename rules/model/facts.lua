-- What this rulebook asks of a case: the derived facts that its rules read, computed from what the
-- case says. The meaning of each is in the vocabulary.

local m = item "milestone"

local function formal(d) return all { d.formal:is(true), d.at:at_most(case.as_of) } end
local function when_sent(d) return d.at end

fact "item.submission.formal" { is = some("deliveries", formal) }
fact "item.submission.at" { is = latest("deliveries", when_sent, { where = formal }) }
fact "item.submission.blank" {
  is = latest("deliveries", when_sent, { where = formal, give = function(d) return d.blank end }),
}

-- Only an answer to the last submission, with the marketplace's function, is an answer.
fact "item.review.action" {
  is = latest("reviews", function(r) return r.at end, {
    where = function(r) return all { r.formal:is(true), r.delivery.at:is(m.submission.at) } end,
    give = function(r) return r.action end,
  }),
}

local function left(d) return all { d.exists:is(true), d.cured_at:absent() } end

fact "item.defects_proved" { is = some("defects", left) }
fact "item.fix_cost" { is = sum("defects", function(d) return d.fix_cost end, { where = left }) }
fact "item.capped_claim" { is = min(m.claimed, m.held) }

fact "due.review" { is = m.submission.at + param.review_period }
fact "due.dispute_answer" { is = case.filed_at + param.dispute_answer }

-- Told, if a notice went to the client before its time ended.
fact "notified.dispute_answer" {
  is = some("notices", function(n)
    return all {
      n.deadline:is "dispute_answer",
      n.to:is "client",
      n.sent_at:before(due.dispute_answer),
    }
  end),
}

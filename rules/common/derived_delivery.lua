-- Submission, answer, revisions, use: what was sent, what the client said to it and did with it.
--
-- A formal submission starts the client's time to review. Only a formal answer, or an approval in
-- any form, is an answer to it. Every marketplace's rulebook defines `due.review` for itself.

local m = item "item"

local function when_sent(d) return d.at end
local function sent(d) return d.at:at_most(case.as_of) end
local function formal(d) return all { d.formal:is(true), sent(d) } end

-- Something of the last formal submission, or of the last delivery of any kind.
local function submission(what) return latest("deliveries", when_sent, { where = formal, give = what }) end
local function delivery(what) return latest("deliveries", when_sent, { where = sent, give = what }) end

fact "item.submission.exists" { is = some("deliveries", sent) }
fact "item.submission.formal" { is = some("deliveries", formal) }
fact "item.submission.at" { is = submission() }
fact "item.submission.blank" { is = submission(function(d) return d.blank end) }
fact "item.submission.usable" {
  is = choose {
    { m.submission.formal:is(true), submission(function(d) return d.usable end) },
    delivery(function(d) return d.usable end),
  },
}
fact "item.submission.chat_only" { is = all { m.submission.exists:is(true), m.submission.formal:is(false) } }

-- The answer to the submission; where nothing was submitted formally, to the last delivery.

local judged_at = first_known(m.submission.at, delivery())

local function answers(r)
  return all {
    r.delivery.at:is(judged_at),
    r.at:at_most(case.as_of),
    any { r.formal:is(true), r.action:is "approve" },
  }
end

local function answer(what) return latest("reviews", function(r) return r.at end, { where = answers, give = what }) end

fact "item.review.at" { is = answer() }
fact "item.review.action" { is = answer(function(r) return r.action end) }
fact "item.review.reason" { is = answer(function(r) return r.reason end) }
fact "item.review.specific" { is = answer(function(r) return r.specific end) }
fact "item.review.obvious" { is = answer(function(r) return r.obvious end) }
fact "item.review.approved" { is = m.review.action:is "approve" }
fact "item.review.in_time" { is = m.review.at:at_most(due.review) }

local asked = answer(function(r) return r.specifics_asked_at end)
local given = answer(function(r) return r.specifics_given_at end)

fact "item.review.specifics_refused" {
  is = any {
    all { asked:known(), given:absent(), case.as_of:at_least(asked + param.specifics_answer) },
    given:after(asked + param.specifics_answer),
  },
}

-- Use. What others do with the work through the client is the client's use.

local function by_client(u) return u.by:one_of { "client", "third_party" } end

fact "item.used" { is = some("uses", by_client) }
fact "item.used_after_rejection" {
  is = all {
    m.used:is(true),
    m.review.action:one_of { "request_changes", "reject" },
    m.review.in_time:is(true),
  },
}
fact "item.use_excused" {
  is = every("uses", function(u) return any { u.reserved:is(true), u.urgent:is(true) } end, { where = by_client }),
}

-- Revisions. A round that was offered and declined is a round that was given.

local function round(r) return any { r.done_at:known(), r.declined_by_client:is(true) } end
local function when_asked(r) return r.asked_at end

local last_round_asked = latest("revisions", when_asked, { where = round })

fact "item.iterations" { is = count("revisions", round) }
fact "item.iterations_owed" { is = max(param.min_iterations, first_known(contract.revisions_included, 0)) }
fact "item.further_requests_taste" {
  is = every("revisions", function(r) return r.kind:one_of { "taste", "outside" } end,
    { where = function(r) return r.asked_at:after(last_round_asked) end }),
}

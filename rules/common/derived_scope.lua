-- Scope and terms: what was asked beside the contract, and what its unclear words mean.

local m = item "item"

-- Changes ----------------------------------------------------------------------------------------

local function accepted(c)
  return all { c.accepted_by_client:known(), c.accepted_by_freelancer:known() }
end

local function agreed(c) return all { accepted(c), c.mode:is "express" } end
local function extra(c) return all { c.scope:is "outside", c.performed:is(true) } end

local function replacement(c)
  return all { c.scope:is "replaces", c.asked_by:is "client", c.performed:is(true) }
end

local function some_change(which, condition)
  return some("changes", function(c) return all { which(c), condition(c) } end)
end

fact "item.complaint_outside" {
  is = all {
    m.review.reason:is "extra_scope",
    some("changes", function(c) return all { c.scope:is "outside", no { accepted(c) } } end),
  },
}
fact "item.change_agreed" { is = some("changes", agreed) }
fact "item.change_forced" { is = some_change(agreed, function(c) return c.forced:is(true) end) }

fact "item.extra_done" { is = some("changes", extra) }
fact "item.extra_unpriced" {
  is = every("changes", function(c)
    return all { c.priced_before_work:is(false), no { c.promised_later:is(true) } }
  end, { where = extra }),
}
fact "item.extra_known_chargeable" {
  is = some_change(extra, function(c) return c.known_chargeable:is(true) end),
}

fact "item.requirement_replaced" { is = some("changes", replacement) }
fact "item.replacement_reserved" {
  is = some_change(replacement, function(c) return c.reserved:is(true) end),
}

-- The ladder of interpretation: plain words, the specific before the general, the later before the
-- earlier, the parties' conduct, the usage of the trade, and at last against whoever wrote the
-- term. A step that is not known keeps the ladder open: nobody jumps over it.

local t = item "term"

local function ladder(readings)
  local steps = {}
  for _, reading in ipairs(readings) do
    steps[#steps + 1] = { reading:is "client", "client" }
    steps[#steps + 1] = { reading:is "freelancer", "freelancer" }
  end
  steps[#steps + 1] = { t.drafted_by:is "client", "freelancer" }
  steps[#steps + 1] = { t.drafted_by:is "freelancer", "client" }
  steps[#steps + 1] = "neither"
  return choose(steps)
end

fact "term.ladder_reading" {
  is = ladder { t.plain_reading, t.specific_reading, t.later_reading, t.conduct_reading, t.usage_reading },
}

-- The contested term of an item is the one that is unclear. Where several are, and they point
-- different ways, they point no way.

local function unclear(x) return x.clarity:one_of { "ambiguous", "silent" } end

local function some_unclear(condition)
  return some("terms", function(x) return all { unclear(x), condition(x) } end)
end

local reads_client = some_unclear(function(x) return x.ladder_reading:is "client" end)
local reads_freelancer = some_unclear(function(x) return x.ladder_reading:is "freelancer" end)
local client_knew = some_unclear(function(x) return x.client_knew:is(true) end)
local freelancer_knew = some_unclear(function(x) return x.freelancer_knew:is(true) end)

fact "item.term_ambiguous" { is = some("terms", unclear) }
fact "item.reading_ladder" {
  is = choose {
    { all { reads_freelancer, no { reads_client } }, "freelancer" },
    { all { reads_client, no { reads_freelancer } }, "client" },
    "neither",
  },
}

-- Who knew how the other side read it, and said nothing. Where both did, there is no one side.
fact "item.one_side_knew" {
  is = choose {
    { all { freelancer_knew, no { client_knew } }, "freelancer" },
    { all { client_knew, no { freelancer_knew } }, "client" },
    { no { client_knew, freelancer_knew }, "neither" },
  },
}

local function unanswered(x)
  local answer_due = x.asked_at + param.question_answer
  return all {
    x.asked_at:known(),
    case.as_of:after(answer_due),
    any { x.answered_at:absent(), x.answered_at:after(answer_due) },
  }
end

fact "item.term_asked_unanswered" { is = some_unclear(unanswered) }
fact "item.term_asker" {
  is = latest("terms", function(x) return x.asked_at end,
    { where = unclear, give = function(x) return x.asked_by end }),
}
fact "item.question_material" { is = some_unclear(function(x) return x.question_material:is(true) end) }

-- Breach. Five circumstances weigh; with two broken terms the graver one counts.

local function broken(x) return x.broken:is(true) end
local function one_if(condition) return choose { { condition, 1 }, 0 } end

local function breach_factors(x)
  return one_if(x.benefit_lost:is(true))
    + one_if(x.money_makes_good:is(false))
    + one_if(x.forfeiture:is(false))
    + one_if(x.cure_likely:is(false))
    + one_if(x.good_faith:is(false))
end

local function broken_by(side)
  return some("terms", function(x) return all { broken(x), x.obligor:is(side) } end)
end

fact "item.term_broken" { is = some("terms", broken) }
fact "item.breach_factors" { is = largest("terms", breach_factors, { where = broken }) }
fact "item.breach_by" {
  is = choose {
    { broken_by "freelancer", "freelancer" },
    { broken_by "client", "client" },
  },
}

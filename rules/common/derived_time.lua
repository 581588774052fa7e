-- Time: how late, by whose fault, and whether the freelancer is still there.
--
-- Days are whole days of 24 hours. A change that both agreed moves the date by its days; that is
-- computed by taking the days off the lateness, which comes to the same.

local m = item "item"

local function real(d) return all { no { d.blank:is(true) }, d.at:at_most(case.as_of) } end

local first_delivery = earliest("deliveries", function(d) return d.at end, { where = real })
local done_or_now = first_known(first_delivery, case.as_of)

local agreed_days = sum("changes", function(c) return c.days_delta end, {
  where = function(c)
    return all { c.accepted_by_client:known(), c.accepted_by_freelancer:known(), c.mode:is "express" }
  end,
})

-- Without a due date nothing is late.
fact "item.days_late" {
  is = choose {
    { m.due_at:absent(), 0 },
    max(days_between(m.due_at, done_or_now) - agreed_days, 0),
  },
}

-- The client's own delay: the days, from the contract to the delivery, on which an input was
-- outstanding that the client owed and had been asked for. Days that overlap count once.

local function owed(i) return i.owed_by:is "client" end

fact "item.days_client_gap" {
  is = covered_days("inputs",
    function(i) return max(first_known(i.needed_at, i.asked_at), i.asked_at) end,
    function(i) return first_known(i.given_at, case.as_of) end,
    {
      where = function(i) return all { owed(i), i.asked_at:known() } end,
      from = contract.formed_at,
      until_ = done_or_now,
    }),
}
fact "item.days_late_net" { is = max(m.days_late - m.days_client_gap, 0) }
fact "item.input_gap" { is = m.days_client_gap:more_than(0) }
fact "item.input_never_asked" {
  is = some("inputs", function(i)
    return all {
      owed(i),
      i.asked_at:absent(),
      first_known(i.given_at, case.as_of):after(i.needed_at),
    }
  end),
}

-- Late work that the client took: it approved it, asked for more after the date, or paid for what
-- came later, and reserved nothing in writing.

local approved = some("reviews", function(r) return r.action:is "approve" end)
local more_asked = some("changes", function(c)
  return all { c.asked_by:is "client", c.asked_at:after(m.due_at) }
end)
local later_one_paid = some("case.milestones", function(other)
  return all {
    other.due_at:after(m.due_at),
    other.released_by:is "client",
    other.released_at:after(first_delivery),
  }
end)
local reserved = any {
  some("uses", function(u) return u.reserved:is(true) end),
  some("changes", function(c) return c.reserved:is(true) end),
}

fact "item.taken_late" {
  is = all {
    first_delivery:after(m.due_at),
    any { approved, more_asked, later_one_paid },
    no { reserved },
  },
}

-- A sign of the freelancer is a message, a delivery, or an answer to somebody who tried.

local last_message = latest("messages", function(w) return w.at end,
  { where = function(w) return w.by:is "freelancer" end })
local last_delivery = latest("deliveries", function(d) return d.at end)
local last_answer = latest("contacts", function(c) return c.answered_at end,
  { where = function(c) return c.by:one_of { "client", "platform" } end })

fact "item.silent_after_due" {
  is = time_between(
    max(m.due_at, first_known(last_message, m.due_at), first_known(last_delivery, m.due_at),
      first_known(last_answer, m.due_at)),
    case.as_of),
}
fact "item.attempts_after_due" {
  is = count("contacts", function(c)
    return all { c.by:one_of { "client", "platform" }, c.at:after(m.due_at), c.answered_at:absent() }
  end),
}

-- Hours: what speaks for a segment of tracked time, and the minutes that come of it.
--
-- Standing is judged at the moment when the week was due to be paid, from the platform's record of
-- what each account was from when until when.

local s = item "segment"

local function stood(party, kind, state)
  local paid_at = s.item.paid_at
  return some("standings", function(x)
    local ended = x["until"]
    return all {
      x.party:is(party),
      x.kind:is(kind),
      x.state:is(state),
      x.from:at_most(paid_at),
      any { ended:absent(), ended:after(paid_at) },
    }
  end)
end

fact "segment.account_good" { is = stood("freelancer", "account", "good") }
fact "segment.billing_verified" { is = stood("client", "billing", "verified") }
fact "segment.badge_held" { is = stood("freelancer", "identity_badge", "verified") }

-- Nobody publishes how few key strokes are few, so there is no number here: a reviewer who finds
-- idleness looks past the count. What the fact says is that the task explains a low one.
fact "segment.low_activity_only" {
  is = all {
    s.task_kind:one_of { "reading", "call", "thinking" },
    no { s.long_empty:is(true) },
  },
}

-- The disputed minutes of a week, by what became of their segments. Only remedies and flags read
-- these: they come after the question of protection.

local function minutes_of(label)
  return sum("segments", function(x) return x.length end,
    { where = function(x) return all { x.disputed:is(true), label(x) } end })
end

fact "week.protected" { is = minutes_of(function(x) return issue.protected:upheld(x) end) }
fact "week.unprotected" { is = minutes_of(function(x) return issue.protected:rejected(x) end) }
fact "week.undecided" { is = minutes_of(function(x) return issue.protected:open(x) end) }

fact "week.filed_right_way" { is = case.filed_via:is "in_product" }

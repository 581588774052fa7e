-- Money of an item: what is held, claimed, released, and what was earned by the hour.

local m = item "item"

local nothing = share(m.amount, 0, 1)
local holds = m.held:more_than(nothing)

fact "item.ended_with_balance" { is = all { contract.ended_by:is "client", holds } }
fact "item.end_gives_up" { is = all { contract.ended_by:is "freelancer", holds } }
fact "item.released_to_freelancer" { is = all { m.released:more_than(nothing), m.held:is(nothing) } }

-- A claim beyond what is held, or beyond the minutes that were billed.
fact "item.over_claim" {
  is = any {
    m.claimed:more_than(m.held),
    some("case.weeks", function(w) return all { w:is(m), w.disputed:more_than(w.invoiced) } end),
  },
}
fact "item.capped_claim" { is = min(m.claimed, m.held) }
fact "item.beyond_funded" { is = m.claimed - min(m.claimed, m.held) }

fact "item.chargeback_open" {
  is = all { m.chargeback_filed_at:known(), m.chargeback_state:is "open" },
}
fact "item.unpaid_days" {
  is = choose { { m.released:is(nothing), days_between(m.completed_at, case.as_of) }, 0 },
}
fact "item.proved_work_value" {
  is = share(first_known(contract.rate_hour, m.fair_rate_hour), m.work_minutes_proved, 60),
}

-- A sound little policy. Each broken file stands beside it and adds one fault.
source "S1" { title = "The terms", grade = "A" }
provision "T-1" { title = "Silence is approval", source = "S1", layer = "platform" }

param "review_period" {
  title = "Time to review", anchor = "contract_formed",
  { from = "2017-01-01", value = calendar_days(14), source = "S1" },
}
param "regime" {
  title = "What silence means", anchor = "filed",
  { from = "unknown", to = "2023-12-31", value = "claimant_wins", source = "S1" },
  { from = "2024-01-01", value = "on_record", source = "S1" },
}
param "badge" {
  title = "A badge is needed", anchor = "event",
  { from = "unknown", value = true, source = "OURS" },
}

issue "payment_due" {
  title = "Payment is due", each = "item",
  claimant = "freelancer", burden = "freelancer", standard = "balance",
}
issue "fraud" {
  title = "There is fraud", each = "case", claimant = "client", burden = "client", standard = "clear",
}

local m = item "item"

fact "item.approved" {
  is = latest("reviews", function(r) return r.delivery.at end,
    { give = function(r) return r.action end }):is "approve",
}
fact "item.rounds" { is = count("deliveries", function(d) return d.at:known() end) }
fact "case.fixed" { is = contract.type:is "fixed" }
fact "due.review" { is = item "milestone".submitted_at + param.review_period }
fact "client.liked" { is = client.rating:more_than(9000) }

rule "pay.silence" {
  title = "Silence is approval", issue = "payment_due", side = "for", each = "milestone",
  clause = "T-1", layer = "platform",
  when = all { m.blank:is(false), case.as_of:at_least(due.review), case.fixed:is(true) },
  unless = issue.fraud:upheld(),
  because = "Nobody answered within {param.review_period} of {m.submitted_at}.",
}
rule "pay.record" {
  title = "The record decides", issue = "payment_due", side = "against",
  clause = "T-1", layer = "platform",
  when = all { param.regime:is "on_record", m.rounds:at_most(1), m.approved:is(false) },
}
rule "fraud.badge" {
  title = "Without a badge", issue = "fraud", side = "for", clause = "T-1", layer = "practice",
  when = param.badge:on(contract.formed_at):is(true),
}
remedy "release" {
  each = "item", outcome = "release_full", when = issue.payment_due:upheld(), freelancer = m.held,
}
flag "liked" { when = client.liked:is(true) }

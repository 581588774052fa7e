local m = item "item"

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "milestones",
  clause = "T-1", layer = "platform",
  when = m.blank:is(true),
}

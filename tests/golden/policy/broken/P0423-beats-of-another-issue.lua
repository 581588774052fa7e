local m = item "item"

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  beats = { "fraud.badge" },
  when = m.blank:is(true),
}

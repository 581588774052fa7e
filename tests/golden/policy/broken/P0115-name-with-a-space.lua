local m = item "item"

rule "pay silence" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  when = m.blank:is(true),
}

local m = item "item"

rule "x" {
  title = "x", issue = "payment_deu", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  when = m.blank:is(true),
}

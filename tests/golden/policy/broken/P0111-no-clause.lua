local m = item "item"
rule "x" {
  title = "x", issue = "payment_due", side = "for", layer = "platform",
  when = m.blank:is(true),
}

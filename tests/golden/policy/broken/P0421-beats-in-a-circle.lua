local m = item "item"

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  beats = { "y" },
  when = m.blank:is(true),
}

rule "y" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  beats = { "z" },
  when = m.used:is(true),
}

rule "z" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  beats = { "x" },
  when = m.blank:is(false),
}

local m = item "item"

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  from = "2023-02-30", anchor = "filed",
  when = m.blank:is(true),
}

local m = item "item"

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "milestone",
  clause = "T-1", layer = "platform",
  when = some("segments", function(s) return s.idle:is(true) end),
}

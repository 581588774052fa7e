local m = item "item"

rule "x" {
  title = "x", issue = "fraud", side = "for", each = "case",
  clause = "T-1", layer = "platform",
  when = some("items", function(i) return issue.payment_due:upheld(i) end),
}

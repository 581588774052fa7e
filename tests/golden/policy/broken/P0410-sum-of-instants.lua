local m = item "item"

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  when = param.review_period:less_than(case.as_of - m.submitted_at),
}

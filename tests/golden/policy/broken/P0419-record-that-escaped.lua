local kept
local m = item "item"
local some_delivery = some("deliveries", function(d) kept = d return d.at:known() end)
flag "f" { each = "item", when = some_delivery }

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  when = kept.at:known(),
}

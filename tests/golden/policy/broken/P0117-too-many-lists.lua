local m = item "item"
local function nested(level)
  if level == 8 then return m.blank:is(true) end
  return some("case.deliveries", function(d) return nested(level + 1) end)
end

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  when = nested(0),
}

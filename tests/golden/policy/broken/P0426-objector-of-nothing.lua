issue "y" { title = "y", each = "item", claimant = "client", burden = "objector", standard = "some" }
local m = item "item"

rule "x" {
  title = "x", issue = "y", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  when = m.blank:is(true),
}

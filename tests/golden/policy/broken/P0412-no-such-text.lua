local m = item "item"

rule "x" {
  title = "x", issue = "payment_due", side = "for", each = "item",
  clause = "T-1", layer = "platform",
  when = param.regime:one_of { "claimant_wins", "on_the_record" },
}

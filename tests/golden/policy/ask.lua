local m = item "item"

flag "ask.more" {
  each = "item",
  when = predicate {
    reads = { m.held, m.amount },
    test = function(held, amount) return held > amount end,
  },
}
flag "ask.forever" {
  each = "item",
  when = predicate {
    reads = { m.held },
    test = function(held) while held do end return true end,
  },
}

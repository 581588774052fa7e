local m = item "item"
undercut { "pay.record", "pay.silense" } { id = "u", clause = "T-1", when = m.blank:is(true) }

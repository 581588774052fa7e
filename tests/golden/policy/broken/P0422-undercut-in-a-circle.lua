local m = item "item"
undercut { "pay.record", "v" } { id = "u", clause = "T-1", when = m.blank:is(true) }
undercut "u" { id = "v", clause = "T-1", when = m.used:is(true) }

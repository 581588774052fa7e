local m = item "item"
undercut "pay.record" { id = "pay.silence", clause = "T-1", when = m.blank:is(true) }

flag "x" { each = "item", when = item "item".days_late:more_than(0) }

flag "x" { each = "item", when = item "item".decisive:is(true) }
fact "item.decisive" { is = item "item".blank:is(true) }

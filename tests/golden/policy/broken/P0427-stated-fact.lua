fact "item.blank" { is = no { item "item".used:is(true) } }

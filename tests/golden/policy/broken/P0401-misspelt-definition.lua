fact "item.round" { is = count("deliveries", function(d) return d.at:known() end) }

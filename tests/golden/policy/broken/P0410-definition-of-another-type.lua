fact "item.fee" { is = count("deliveries", function(d) return d.at:known() end) }

param "x" { title = "x", anchor = "filed", { from = "unknown", value = clock "Mon 25:00", source = "S1" } }
flag "x" { when = case.as_of:after(contract.ends_on + param.x) }

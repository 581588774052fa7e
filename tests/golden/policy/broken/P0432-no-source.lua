param "x" { title = "x", anchor = "filed", { from = "unknown", value = 3 } }
flag "f" { when = param.x:is(1) }

param "x" { title = "x", anchor = "filed", { from = "unknown", value = 3, source = "S1" } }

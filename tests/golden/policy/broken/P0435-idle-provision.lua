provision "T-2" { title = "x", source = "S1", layer = "law" }

provision "T-2" { title = "x", source = "S1", layer = "law" }
provision "T-3" { title = "x", source = "S1", layer = "law", uncited = "It only explains." }

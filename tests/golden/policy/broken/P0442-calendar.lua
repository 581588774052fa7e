calendar "c" { free = { "sat", "sonday" }, from = "2020-01-01", to = "2030-12-31", source = "S1" }

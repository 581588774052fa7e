provision "T-9" { title = "x", source = { "S1", "S9" }, layer = "law" }
flag "x" { when = issue.fraud:upheld(), clause = "T-9" }

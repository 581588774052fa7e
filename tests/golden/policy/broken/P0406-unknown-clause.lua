flag "x" { when = issue.fraud:upheld(), clause = "T-2" }

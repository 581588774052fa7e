remedy "x" { each = "delivery", outcome = "stay", when = issue.fraud:upheld() }

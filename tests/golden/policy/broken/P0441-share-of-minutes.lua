remedy "x" { each = "week", outcome = "split", when = issue.payment_due:upheld(), freelancer = item "week".minutes }

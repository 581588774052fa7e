remedy "x" { each = "item", outcome = "release_ful", when = issue.payment_due:upheld() }

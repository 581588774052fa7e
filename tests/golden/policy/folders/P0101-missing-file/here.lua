local here = true

flag "x" { when = contract.rate_hour:is(usd "1.2.3") }

param "x" {
  title = "x", anchor = "filed",
  { form = "2017-01-01", from = "2017-01-01", value = 3, source = "S1" },
}
flag "f" { when = param.x:is(1) }

param "x" {
  title = "x", anchor = "filed",
  { from = "2017-01-01", to = "2019-12-31", value = 3, source = "S1" },
  { from = "2020-01-01", value = calendar_days(3), source = "S1" },
}
flag "f" { when = param.x:is(1) }

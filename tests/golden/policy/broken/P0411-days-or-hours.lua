param "x" {
  title = "x", anchor = "filed",
  { from = "unknown", to = "2019-12-31", value = calendar_days(2), source = "S1" },
  { from = "2020-01-01", value = hours(48), source = "S1" },
}
flag "f" { when = case.as_of:after(contract.ends_on + param.x) }

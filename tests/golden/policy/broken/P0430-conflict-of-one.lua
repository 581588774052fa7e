param "x" {
  title = "x", anchor = "filed",
  { from = "unknown", conflict = { { value = 3, source = "S1" } } },
}
flag "f" { when = case.fixed:is(true) }

-- What the fictional marketplace publishes, and its numbers. Nothing here is anybody's real policy.

source "M1" { grade = "A", title = "The model marketplace's rules of 2020", checked = "2026-11-24" }
source "M2" { grade = "A", title = "The same, in the version of 2024", checked = "2026-11-24" }

provision "M-01" { layer = "platform", source = { "M1", "M2" }, number = "14 days; 10 days since 2024",
  title = "A submission that the client leaves unanswered is approved" }
provision "M-02" { layer = "platform", source = "M1", number = "4 days",
  title = "A dispute that the client leaves unanswered releases the sum" }
provision "M-03" { layer = "platform", source = "M1",
  title = "A defect reduces the price by what it costs to mend" }
provision "M-04" { layer = "platform", source = "M2", number = "USD 50.00",
  title = "A small sum is divided in halves" }

param "review_period" {
  title = "Time the client has to review a submission", anchor = "contract_formed",
  { from = "2020-01-01", to = "2023-12-31", value = calendar_days(14), source = "M1" },
  { from = "2024-01-01", value = calendar_days(10), source = "M2" },
}

param "dispute_answer" {
  title = "Client's time to answer a dispute", anchor = "filed",
  { from = "2020-01-01", value = calendar_days(4), source = "M1" },
}

param "small_pot" {
  title = "Sum up to which what is held is halved", anchor = "filed",
  { from = "2024-01-01", value = usd "50.00", source = "M2" },
}

param "override_second_above" {
  title = "Sum moved by overrides above which a second reviewer signs", anchor = "filed",
  { from = "2020-01-01", value = usd "250.00", source = "M1" },
}

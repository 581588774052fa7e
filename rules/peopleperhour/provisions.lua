-- What PeoplePerHour publishes, in our own short words, and its numbers. The job-done test, taste,
-- waiting for the buyer and changed needs (P-01 to P-04) are cited by practice already, and declared
-- there. No affiliation, no legal advice.

source "P3" { grade = "A", title = "A help page on cancelling a job",
  address = "support.peopleperhour.com/hc/en-us/articles/205218147-Cancellations-Refunds" }
source "P5" { grade = "A", title = "A help page on escrow",
  address = "support.peopleperhour.com/hc/en-us/articles/205217357-Escrow" }
source "P6" { grade = "A", title = "A help page for buyers who are not happy",
  address = "support.peopleperhour.com/hc/en-us/articles/205217397-I-am-not-happy-..." }
source "P7" { grade = "A", title = "A help page on money that left escrow",
  address = "support.peopleperhour.com/hc/en-us/articles/205217467-Funds-have-left-Escrow" }
source "P8" { grade = "A", title = "A help page on a lost dispute",
  address = "support.peopleperhour.com/hc/en-us/articles/205218417-I-ve-lost-a-Dispute..." }

provision "P-05" { layer = "platform", source = { "P2", "P3" }, number = "3 days",
  title = "A refund request that is rejected or not answered is decided by the platform" }
provision "P-06" { layer = "platform", source = { "P5", "P6" }, number = "7 days on offers; 15 or 30 days on jobs",
  title = "An invoice that is not answered is paid" }
provision "P-07" { layer = "platform", source = { "P7", "P8" },
  title = "Money that left escrow has no formal way back" }

param "default_regime" {
  title = "What the respondent's silence means", anchor = "filed",
  { from = "unknown", value = "adjudicator_decides", source = "P2" }, -- also P3
}
param "auto_pay_offer" {
  title = "Time after which an unanswered invoice on an offer is paid", anchor = "event",
  { from = "unknown", value = calendar_days(7), source = "P5", certainty = "unit_inferred" }, -- also P6
}
param "auto_pay_job" {
  title = "Time after which an unanswered invoice on a job is paid", anchor = "event",
  { from = "unknown", conflict = { -- two pages of one help centre
      { value = calendar_days(15), source = "P5" },
      { value = calendar_days(30), source = "P6" } } },
}
param "refund_decide" {
  title = "Time to answer a refund request before the platform decides", anchor = "filed",
  { from = "unknown", value = calendar_days(3), source = "P2", certainty = "unit_inferred" }, -- also P3
}

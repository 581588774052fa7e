-- What Freelancer.com publishes, in our own short words, and its numbers with their sources.
--
-- The policy was read in a full copy (grade C) and in help pages; no page gives a date. Its rules on
-- the form of evidence and on testing files (F-10, F-11) are cited by practice already, and declared
-- there. No affiliation, no legal advice.

source "F2" { grade = "A", title = "A help page on disputes",
  address = "www.freelancer.com/faq/topic.php?code=disputes" }
source "F3" { grade = "A", title = "An older help page on disputes",
  address = "www.freelancer.ph/faq/topic.php?id=25" }
source "F4" { grade = "A", title = "A support page on the dispute service",
  address = "www.freelancer.com/support/payments/dispute-resolution-service-32237" }
source "F5" { grade = "A", title = "A support page on the dispute services",
  address = "www.my.freelancer.com/support/Payments/dispute-resolution-services" }

provision "F-01" { layer = "platform", source = { "F2", "F4" },
  title = "Only milestone payments that are not released can be disputed, by either side" }
provision "F-02" { layer = "platform", source = { "F1", "F5" }, number = "nil to the disputed sum",
  title = "The filer names a figure, and the other side may accept it" }
provision "F-03" { layer = "platform", source = { "F1", "F2", "F3" }, number = "14 days; older: 7 days",
  title = "A client who does not answer loses the milestone" }
provision "F-04" { layer = "platform", source = { "F1", "F2", "F3" }, number = "4 days",
  title = "A freelancer who does not answer loses the milestone" }
provision "F-05" { layer = "platform", source = "F4",
  title = "Negotiation has no end until somebody pays or both settle" }
provision "F-06" { layer = "platform", source = "F1",
  title = "Only the filer can cancel" }
provision "F-07" { layer = "platform", source = "F1", number = "4 days",
  title = "When one side pays for arbitration, the other matches the fee or loses" }
provision "F-08" { layer = "platform", source = "F1", number = "5 % each",
  title = "The fee is a share of the sum, and the winner gets it back",
  uncited = "Between each party and the platform; a ruling divides what is held." }
provision "F-09" { layer = "platform", source = { "F1", "F4" },
  title = "Nothing new is taken once the time for evidence is over" }

calendar "business" { free = { "sat", "sun" }, from = "2015-01-01", to = "2035-12-31", source = "OURS" }

param "default_regime" {
  title = "What the respondent's silence means", anchor = "filed",
  { from = "unknown", value = "claimant_wins", source = "F1" },
}
param "employer_answer" {
  title = "Client's time to answer a dispute", anchor = "filed",
  { from = "unknown", value = calendar_days(14), source = "F2", certainty = "unit_inferred",
    note = "An older page says 7 days (F3); nobody says when that ended." }, -- also F1
}
param "freelancer_answer" {
  title = "Freelancer's time to answer a dispute", anchor = "filed",
  { from = "unknown", value = calendar_days(4), source = "F2", certainty = "unit_inferred" }, -- also F1, F3
}
param "match_fee" {
  title = "The other side's time to match the arbitration fee", anchor = "filed",
  { from = "unknown", value = calendar_days(4), source = "F1", certainty = "copy" },
}

-- Upwork's numbers, each with the period in which it was published.
--
-- Escrow text goes by the date on which the contract was formed, protection and windows by the date
-- of the event, and procedure by the date of filing; no page says the last, it is our reading. Texts
-- that disagree are declared as a conflict: both are tried on the case.

-- Fixed price, catalog, direct: the money --------------------------------------------------------

param "review_period" {
  title = "Time the client has to review a submission", anchor = "contract_formed",
  { from = "unknown", seen = "2017-08-10", value = calendar_days(14), source = "U14" }, -- also U16
}
param "refund_answer" {
  title = "Freelancer's time to answer a refund request", anchor = "contract_formed",
  { from = "unknown", seen = "2018-01-01", to = "2020-12-20", value = calendar_days(7), source = "U11", certainty = "unit_inferred" },
  { from = "2020-12-21", value = calendar_days(7), source = "U10" }, -- also U11
}
param "inputs_due" {
  title = "Client's time to give the inputs of a catalog order", anchor = "contract_formed",
  { from = "2020-12-21", value = hours(48), source = "U10" }, -- also U32
}
param "dormant_after" {
  title = "Inactivity until a contract is dormant", anchor = "contract_formed",
  { from = "unknown", seen = "2017-08-10", value = calendar_days(90), source = "U16" }, -- also U15
}
param "dormant_notice_1" {
  title = "First notice of dormancy, counted from the last activity", anchor = "contract_formed",
  { from = "unknown", value = calendar_days(76), source = "U15", note = "From the later version of the page." },
}
param "dormant_notice_2" {
  title = "Second notice of dormancy, counted from the last activity", anchor = "contract_formed",
  { from = "unknown", value = calendar_days(83), source = "U15", note = "From the later version of the page." },
}
param "dormant_client_answer" {
  title = "Client's time once a contract is dormant", anchor = "contract_formed",
  { from = "unknown", seen = "2017-08-10", value = calendar_days(7), source = "U16" }, -- also U15
}
param "dormant_freelancer_answer" {
  title = "Freelancer's time after that", anchor = "contract_formed",
  { from = "unknown", seen = "2017-08-10", value = calendar_days(7), source = "U16" }, -- also U15
}
param "dormant_release_answer" {
  title = "Client's time to answer a request for release of a dormant balance", anchor = "contract_formed",
  { from = "unknown", value = calendar_days(14), source = "U15", note = "From the later version of the page." },
}

-- Fixed price, catalog, direct: the procedure ----------------------------------------------------

param "default_regime" {
  title = "What the respondent's silence means", anchor = "filed",
  { from = "unknown", value = "claimant_wins", source = "U2" }, -- also U1, U6; hourly has its own
}
param "dispute_answer" {
  title = "Client's time to answer a dispute", anchor = "filed",
  { from = "unknown", to = "2020-12-31", value = calendar_days(7), source = "U1", certainty = "inferred", note = "The page does not say which days." },
  { from = "2021-01-01", to = "2023-12-04", value = business_days(5), source = "U2", certainty = "inferred" },
  { from = "2023-12-05", conflict = { -- the release note against the help page of the same process
      { value = calendar_days(5), source = "U6" },
      { value = business_days(5), source = "U2" } } },
}
param "proposal_period" {
  title = "Time for the proposed division", anchor = "filed",
  { from = "2023-12-05", value = calendar_days(2), source = "U6", certainty = "unit_inferred" },
}
param "proposal_answer" {
  title = "Each side's time to answer the proposal", anchor = "filed",
  { from = "2023-12-05", value = calendar_days(2), source = "U6", certainty = "unit_inferred" },
}
param "mediation_max" {
  title = "Longest mediation", anchor = "filed",
  { from = "unknown", to = "2023-12-04", conflict = {
      { value = calendar_days(21), source = "U11" },
      { value = calendar_days(30), source = "U2" } } },
}
param "mediation_lookback" {
  title = "How old a payment may be for mediation", anchor = "filed",
  { from = "unknown", seen = "2016-10-11", value = calendar_days(30), source = "U9", -- also U8, U40
    note = "The texts agree on the days; they differ in what else mediation asks for (U-FP-13, U-FP-14)." },
}
param "refund_window" {
  title = "Time to ask in the product for a voluntary refund", anchor = "event",
  { from = "unknown", conflict = { -- the longer one may be the route through support
      { value = calendar_days(180), source = "U13" },
      { value = calendar_days(365), source = "U31" } } },
}
param "refund_window_support" {
  title = "Time to ask support for a voluntary refund", anchor = "event",
  { from = "unknown", value = calendar_days(365), source = "U12" },
}

-- Hourly ------------------------------------------------------------------------------------------

param "hourly_window_opens" {
  title = "Start of the review window", anchor = "event",
  { from = "unknown", value = clock "Mon 12:00", source = "U24" },
}
param "hourly_window_closes" {
  title = "Last minute of the review window", anchor = "event",
  { from = "unknown", value = clock "Fri 23:59", source = "U24", note = "Read as through the end of that minute." },
}
param "hourly_answer" {
  title = "Freelancer's time to answer an hourly dispute", anchor = "filed",
  { from = "unknown", to = "2023-02-20", value = business_days(3), source = "U21", certainty = "inferred" },
  { from = "2023-02-21", to = "2024-04-21", conflict = { -- the day of the change is not known
      { value = business_days(3), source = "U21" },
      { value = calendar_days(3), source = "U22" } } },
  { from = "2024-04-22", value = calendar_days(3), source = "U22", certainty = "inferred", note = "Dated by the change of the page on direct contracts (U47)." },
}
param "hourly_default_regime" {
  title = "What the freelancer's silence means in an hourly dispute", anchor = "filed",
  { from = "unknown", to = "2016-12-31", value = "claimant_wins_and_suspend", source = "U20", certainty = "inferred" },
  { from = "2017-01-01", to = "2023-02-20", value = "claimant_wins", source = "U21", certainty = "inferred" }, -- also U23
  { from = "2023-02-21", value = "merits_on_record", source = "U23", certainty = "inferred", note = "The page gives the day; the year is inferred." },
}
param "hourly_review" {
  title = "The platform's time to review hours", anchor = "filed",
  { from = "unknown", to = "2023-02-20", value = business_days(4), source = "U21", certainty = "inferred" },
  { from = "2023-02-21", value = business_days(1), source = "U22", certainty = "inferred" },
}
param "badge_needed" {
  title = "Whether protection needs the identity badge", anchor = "event",
  { from = "unknown", to = "2022-10-31", value = false, source = "U25", certainty = "inferred" },
  { from = "2022-11-01", value = true, source = "U25", certainty = "inferred" }, -- also U27
}

-- Arbitration -------------------------------------------------------------------------------------

param "arbitration_pay" {
  title = "Time to agree to arbitration and pay", anchor = "filed",
  { from = "unknown", seen = "2018-01-01", to = "2022-12-31", value = business_days(5), source = "U34", certainty = "inferred", note = "The respondent's time." },
  { from = "2023-01-01", value = calendar_days(7), source = "U7", certainty = "inferred" },
}
param "arbitration_fee" {
  title = "Arbitration fee, each party", anchor = "filed",
  { from = "2016-01-01", to = "2021-12-31", value = usd "291.00", source = "U38", certainty = "inferred" }, -- also U35, U43
  { from = "2022-01-01", value = usd "337.50", source = "U41", certainty = "reported", note = "First seen on 2025-04-07." },
}
param "arbitration_nonpayer_suspended" {
  title = "Whether the side that does not pay is suspended", anchor = "filed",
  { from = "unknown", seen = "2018-01-01", to = "2022-12-31", value = true, source = "U34", certainty = "inferred" },
  { from = "2023-01-01", value = false, source = "U7", certainty = "inferred" }, -- also U40
}
param "arbitration_payer_may_go_on" {
  title = "Whether the only side that paid may pay the whole fee and go on", anchor = "filed",
  { from = "unknown", to = "2022-12-31", value = false, source = "U7", certainty = "inferred" },
  { from = "2023-01-01", conflict = { -- a blog against the help page, which only gives the money to the payer
      { value = true, source = "U40" },
      { value = false, source = "U7" } } },
}
param "award_honour" {
  title = "Time to honour an award", anchor = "filed", type = "duration",
  { from = "unknown", value = "unknown", source = "U7", note = "The page gives none." },
}

-- The questions of a dispute, from the bars to the three questions of payment at the end.
--
-- Each is asked once per money item, per segment, per piece of evidence or per case. The burden is
-- who loses if the question stays open; the standard is what must be shown. Clocks, bars and fraud
-- need `clear`, because they end a case without a look at the merits. Until acceptance the
-- freelancer shows conformity (`conforms`); after it the client shows a defect (`defect_proved`).

-- Conduct and ownership

issue "fraud_by_freelancer" { each = "case", claimant = "client", burden = "client", standard = "clear",
  title = "The freelancer's evidence or claim is false, or it took part in fraud" }
issue "fraud_by_client" { each = "case", claimant = "freelancer", burden = "freelancer", standard = "clear",
  title = "The client's evidence or claim is false" }
issue "infringement" { each = "item", claimant = "client", burden = "client", standard = "clear",
  title = "The work is plagiarised or infringes" }

-- Bars: phrased so that nobody has to prove the normal case

issue "wrong_forum" { each = "case", claimant = "respondent", burden = "respondent", standard = "clear",
  title = "This procedure cannot hear the claim" }
issue "out_of_time" { each = "item", claimant = "respondent", burden = "respondent", standard = "clear",
  title = "The window was missed, extensions counted" }
issue "finally_decided" { each = "item", claimant = "respondent", burden = "respondent", standard = "clear",
  title = "The payment was decided for good elsewhere" }
issue "chargeback_pending" { each = "item", claimant = "respondent", burden = "respondent", standard = "clear",
  title = "A bank procedure runs on the same payment" }
issue "settled" { each = "item", claimant = "respondent", burden = "respondent", standard = "clear",
  title = "Both accepted a division" }
issue "withdrawn" { each = "case", claimant = "respondent", burden = "respondent", standard = "clear",
  title = "The filer withdrew" }
issue "contact_missing" { each = "case", claimant = "respondent", burden = "respondent", standard = "some",
  title = "The filer did not try the other side first" }
issue "evidence_excluded" { each = "evidence", claimant = "objector", burden = "objector", standard = "some",
  title = "The piece carries no weight alone" }

-- Silence

issue "client_defaulted" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "clear",
  title = "The client missed its time and policy gives the money to the freelancer" }
issue "freelancer_defaulted" { each = "item", claimant = "client", burden = "client", standard = "clear",
  title = "The freelancer missed its time and policy gives the money to the client" }
issue "silence_returns" { each = "item", claimant = "client", burden = "client", standard = "clear",
  title = "Policy returns the money because nobody, or not the freelancer, acted" }
issue "silence_releases" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "clear",
  title = "Policy releases the money because the client did not act" }

-- Delivery and acceptance

issue "delivered" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "Real work was delivered" }
issue "accepted" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The work was accepted expressly, by silence, or by use" }
issue "released_final" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "Released money stays released" }

-- Quality and scope

issue "essential_met" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "Every essential criterion is met or waived" }
issue "conforms" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The work meets what was agreed" }
issue "defect_proved" { each = "item", claimant = "client", burden = "client", standard = "balance",
  title = "A defect is there, not mended, and not caused by the client" }
issue "worthless" { each = "item", claimant = "client", burden = "client", standard = "balance",
  title = "What was delivered is of no use" }
issue "cure_owed" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The freelancer still has a fair chance to mend" }
issue "scope_changed" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "Both agreed a change" }
issue "extra_payable" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "Work outside the scope is to be paid" }
issue "freelancer_reading" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "Of two readings of a term the freelancer's stands" }

-- Time and breach

issue "late" { each = "item", claimant = "client", burden = "client", standard = "balance",
  title = "The work is past its date as amended" }
issue "excused_delay" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The delay is the client's" }
issue "lateness_waived" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The client took the late work without reserve" }
issue "abandoned" { each = "item", claimant = "client", burden = "client", standard = "balance",
  title = "The freelancer gave up the work" }
issue "breach_material" { each = "item", claimant = "client", burden = "client", standard = "balance",
  title = "The freelancer's breach goes to the root" }
issue "client_prevented" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The client made performance impossible" }

-- Hours

issue "protected" { each = "segment", claimant = "freelancer", burden = "freelancer", standard = "clear",
  title = "The time segment meets every test of hourly protection" }

-- The ends

issue "both_continue" { each = "case", claimant = "filer", burden = "filer", standard = "some",
  title = "Both sides want to go on" }
issue "part_due" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "A share is due" }
issue "refund_due" { each = "item", claimant = "client", burden = "client", standard = "balance",
  title = "The whole is to go back" }
issue "payment_due" { each = "item", claimant = "freelancer", burden = "freelancer", standard = "balance",
  title = "The whole is due" }

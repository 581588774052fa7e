-- Where practice comes from, what it may cite, and its numbers.
--
-- No marketplace publishes a standard of proof, a burden or a way to compute a split. What stands
-- here fills that gap. A rule that another marketplace publishes for itself binds nobody here: it
-- is cited as practice, never as platform policy. Numbers of source OURS are proposals of this
-- project: change them freely, and keep the mark.

-- Sources ------------------------------------------------------------------------------------

source "OURS" { grade = "OURS", title = "Proposal of this project" }

source "L1" { grade = "L", title = "Five circumstances that make a failure material",
  address = "oranburg.law/K/rules/r2d-241/" }
source "L2" { grade = "L", title = "Substantial performance of a contract",
  address = "legalclarity.org/when-does-substantial-performance-of-a-contract-occur" }
source "L3" { grade = "L", title = "Substantial completion in building contracts",
  address = "nhconstructionlaw.com/blog/78-substantial-completion-whence-it-came-why-it-matters" }
source "L4" { grade = "L", title = "Divisible contracts, and paying for a benefit received",
  address = "brainscape.com/flashcards/contracts-15707766/packs/21986843" }
source "L5" { grade = "L", title = "The value of work done, and the price as its ceiling",
  address = "docslib.org/doc/7869348" }
source "L6" { grade = "L", title = "New York City's act on paying freelancers",
  address = "thefashionlaw.com/freelance-isnt-free-act/" }
source "L7" { grade = "L", title = "Burdens and standards of proof in a formal model",
  address = "rozenbergquarterly.com/issa-proceedings-2010-a-formal-model-of-legal-proofs-standard-and-burdens" }
source "L8" { grade = "L", title = "Notes of the United Nations on resolving disputes online",
  address = "uncitral.un.org/texts/onlinedispute" }
source "L9" { grade = "L", title = "How unclear terms are read, and why notice and cure come first",
  address = "fticonsultingllc.com/insights/articles/vanilla-tech-contract-may-not-vanilla-trained-expert.html" }

source "N2" { grade = "C", title = "Card rules: not as described",
  address = "justt.ai/chargeback-reason-codes/visa/13-3-..." }
source "N5" { grade = "C", title = "A payment service's buyer protection",
  address = "lawinsider.com/clause/transaction-eligibility-for-paypal-buyer-protection/_1" }
source "N9" { grade = "L", title = "Domain name panels: the first showing and who must then come forward",
  address = "iplegalcorner.com/missing-evidence-in-failing-to-prove-prima-facie-case" }

source "F1" { grade = "C", title = "A milestone dispute policy, in a full copy",
  address = "GitHub longtime55/researchfreelancer.com : user_agent.php @a53c3355" }
source "G1" { grade = "A", title = "An arbitration page: what arbitrators look at",
  address = "guru.com/help/employer-help-center/disputes-gurus/arbitration/" }
source "G6" { grade = "C", title = "An arbitration page, in a copy: form and time of evidence",
  address = "GitHub jyyblue1987/upwork-opensource : .../freelancer-help/escalating-dispute-arbitration.php" }
source "P1" { grade = "A", title = "A help page: who is entitled to a refund",
  address = "support.peopleperhour.com/hc/en-us/articles/205217407-Am-I-entitled-to-a-refund-" }
source "P2" { grade = "A", title = "A help page: how to ask for a refund",
  address = "support.peopleperhour.com/hc/en-us/articles/205217417-How-do-I-request-a-refund-" }
source "P4" { grade = "A", title = "A help page: cancelling and refunds",
  address = "support.peopleperhour.com/hc/en-us/articles/205217307-Cancellations-Refunds" }
source "V1" { grade = "A", title = "A post on how cancellations are handled",
  address = "community.fiverr.com/home/blogs/understanding-how-fiverr-handles-cancellations-2025-06-02" }
source "V4" { grade = "C", title = "A help page on cancelling an order, in a copy",
  address = "deleteaccounts.net/what-are-valid-reasons-to-cancel-my-fiverr-order/" }
source "V6" { grade = "D", title = "A forum on empty deliveries",
  address = "forum.fiverr.com/t/355699" }

-- Provisions ---------------------------------------------------------------------------------

provision "OURS" { title = "Practice proposed by this project", source = "OURS", layer = "practice" }
provision "L1" { title = "Five factors make a breach material", source = "L1", layer = "practice", number = "5 factors" }
provision "L2" { title = "Nearly complete work in good faith earns the price less the cost to mend", source = { "L2", "L3" }, layer = "practice" }
provision "L4" { title = "Parts that stand alone are paid alone; a benefit kept is paid for", source = "L4", layer = "practice" }
provision "L5" { title = "Work done is worth its reasonable value, with the price as ceiling", source = "L5", layer = "practice" }
provision "L9" { title = "Plain words, the special, the later, conduct, usage, then against the drafter; notice before consequence", source = "L9", layer = "practice" }

provision "N-02" { title = "Work that is not as described need not be paid in full", source = "N2", layer = "practice",
  number = "15 days' wait, 120 days to claim" }
provision "N-05" { title = "Contact first; what is closed stays closed; nobody recovers twice", source = "N5", layer = "practice",
  number = "180 days to open, 20 days to escalate" }
provision "N-07" { title = "A first showing shifts the duty to come forward, not the burden of proof", source = "N9", layer = "practice" }
provision "N-08" { title = "Freelancers are paid by the agreed date, or soon after completion", source = "L6", layer = "law",
  number = "USD 800.00 in 120 days; 30 days; double damages" }

provision "F-10" { title = "Whole threads as screenshots or mail files; retyped text is refused", source = { "F1", "G6" }, layer = "practice" }
provision "F-11" { title = "The team may open and test the delivered files", source = "F1", layer = "practice" }
provision "G-04" { title = "What was expected, what was said, and whether work was delivered decide", source = "G1", layer = "practice" }
provision "P-01" { title = "The agreed thing in the agreed time, or the money back", source = "P1", layer = "practice" }
provision "P-02" { title = "A complaint of taste ends when further rounds were given", source = { "P1", "P2" }, layer = "practice",
  number = "2 rounds" }
provision "P-03" { title = "Nobody is late while waiting for the buyer's input", source = "P1", layer = "practice" }
provision "P-04" { title = "A buyer whose needs changed pays for the time spent", source = { "P1", "P4" }, layer = "practice" }
provision "V-03" { title = "Personal taste cancels nothing; promise, errors and communication count", source = "V1", layer = "practice" }
provision "V-05" { title = "Late and silent, nothing delivered, files missing or withheld, infringement: the order is cancelled", source = "V4", layer = "practice" }
provision "V-06" { title = "Revisions for taste, or threats of a bad review to get more, are abuse", source = "V4", layer = "practice" }
provision "V-08" { title = "An empty delivery does not stop the clock", source = "V6", layer = "practice" }

-- Numbers of practice -------------------------------------------------------------------------
-- What a marketplace publishes itself (review periods, times to answer, what silence means:
-- `default_regime`) is declared by its own rulebook.

param "override_second_above" {
  title = "Sum moved by overrides above which a second reviewer signs", anchor = "event",
  { from = "unknown", value = usd "250.00", source = "OURS", note = "No rule reads it; 'amicus override' does." },
}
param "min_iterations" {
  title = "Rounds of revision that end a complaint of taste", anchor = "event",
  { from = "unknown", value = 2, source = "OURS", note = "The one published figure (P-02), generalised." },
}
param "specifics_answer" {
  title = "Time to say what exactly is wrong", anchor = "event",
  { from = "unknown", value = calendar_days(3), source = "OURS", note = "Shorter than any review period." },
}
param "question_answer" {
  title = "Time to answer a question about a term", anchor = "event",
  { from = "unknown", value = calendar_days(3), source = "OURS", note = "As for specifics." },
}
param "abandon_after" {
  title = "Silence after the due date that counts as giving up", anchor = "event",
  { from = "unknown", value = calendar_days(7), source = "OURS" },
}
param "abandon_attempts" {
  title = "Unanswered attempts to reach the freelancer", anchor = "event",
  { from = "unknown", value = 2, source = "OURS", note = "Two attempts are published by one marketplace." },
}
param "worthless_below" {
  title = "Value below which work counts as worthless", anchor = "event",
  { from = "unknown", value = bps(2000), source = "OURS" },
}
param "cure_period" {
  title = "Time to mend; a term of the contract outranks it", anchor = "event",
  { from = "unknown", value = calendar_days(7), source = "OURS" },
}
param "failed_cures" {
  title = "Failed attempts that end the right to mend", anchor = "event",
  { from = "unknown", value = 2, source = "OURS" },
}
param "hidden_defect_window" {
  title = "Time after release to report a defect that could not be seen", anchor = "event",
  { from = "unknown", value = calendar_days(30), source = "OURS", note = "As long as mediation usually looks back." },
}
param "material_factors" {
  title = "Factors of five that make a breach material", anchor = "event",
  { from = "unknown", value = 3, source = "OURS", note = "The majority of the five (L1)." },
}
param "contact_reply" {
  title = "Time to let the other side reply before the next step", anchor = "event",
  { from = "unknown", value = calendar_days(3), source = "OURS" },
}

-- The one law that practice knows. It raises a flag and never divides money.
param "law_price" {
  title = "Price from which the act on paying freelancers applies", anchor = "contract_formed",
  { from = "unknown", value = usd "800.00", source = "L6", note = "In any 120 days." },
}
param "law_pay_after" {
  title = "Time to pay after completion, if no date is agreed", anchor = "contract_formed",
  { from = "unknown", value = calendar_days(30), source = "L6" },
}

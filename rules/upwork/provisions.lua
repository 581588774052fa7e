-- What Upwork publishes: where it stands, and each provision in our own short words.
--
-- Help pages are not the contract. The full escrow text was not available; its content is put
-- together from help pages, staff posts that quote it, release notes and copies. Grades: A the
-- platform's page, B its staff, C a copy, D users and blogs; D alone decides no money. Numbering has
-- gaps: ids are never used again. No affiliation, no legal advice.

-- Sources ----------------------------------------------------------------------------------------

source "U1" { grade = "A", title = "A help page on how an escrow dispute is handled, oldest version",
  address = "support.upwork.com/hc/en-us/articles/211062068-How-do-you-handle-a-fixed-price-contract-escrow-dispute-" }
source "U2" { grade = "A", title = "A help page on answering an escrow dispute, two later versions",
  address = "support.upwork.com/hc/en-us/articles/211062068-Respond-to-an-Escrow-Dispute" }
source "U3" { grade = "A", title = "A help page on disputing a milestone that is not released, oldest version",
  address = "support.upwork.com/hc/en-us/articles/211068528-Dispute-Non-Release-of-a-Milestone-Payment" }
source "U4" { grade = "A", title = "The same page, middle version: disputes on active contracts",
  address = "support.upwork.com/hc/en-us/articles/211068528" }
source "U5" { grade = "A", title = "The same page, latest version read",
  address = "support.upwork.com/hc/en-us/articles/211068528-Dispute-non-release-of-a-milestone-payment" }
source "U6" { grade = "B", title = "A release note of 2023-12-05 on the shortened dispute process",
  address = "community.upwork.com/t5/Product-Release-Notes/Streamlined-dispute-experience-for-fixed-price-contracts/ba-p/1478163" }
source "U7" { grade = "A", title = "A help page on arbitration",
  address = "support.upwork.com/hc/en-us/articles/14044146250259-Arbitration" }
source "U8" { grade = "A", title = "A help page on mediation",
  address = "support.upwork.com/hc/en-us/articles/360000361107-Mediation-Assistance" }
source "U9" { grade = "B", title = "A staff post on disputes, 2016-10-11, updated 2020-12-21",
  address = "community.upwork.com/t5/Announcements/Facts-about-Disputes/ba-p/258942" }
source "U10" { grade = "B", title = "A staff post on the new terms of 2020-12-21",
  address = "community.upwork.com/t5/Announcements/2020-TOS-Updates/m-p/856471" }
source "U11" { grade = "A", title = "A help page on getting an escrow refund",
  address = "support.upwork.com/hc/en-us/articles/211062058" }
source "U12" { grade = "A", title = "A help page on asking for a refund of released money",
  address = "support.upwork.com/hc/en-us/articles/211062088-Request-a-refund-from-the-freelancer-or-agency" }
source "U13" { grade = "A", title = "The summary of the help section on disputes",
  address = "support.upwork.com/hc/en-us/sections/360002670934-Disputes" }
source "U14" { grade = "A", title = "A help page on escrow for fixed-price jobs",
  address = "support.upwork.com/hc/en-us/articles/211068208-Escrow-for-Fixed-Price-Jobs" }
source "U15" { grade = "A", title = "A help page on dormant contracts, an older and a later version",
  address = "support.upwork.com/hc/en-us/articles/360000990208-Contracts-Gone-Dormant" }
source "U16" { grade = "B", title = "A forum thread of 2017-08-10 that quotes the dormant section, with staff on the review period" } -- no address was carried
source "U20" { grade = "A", title = "A help page on disputed hours, oldest version",
  address = "support.upwork.com/hc/en-us/articles/211068588-What-happens-if-my-client-disputes-my-hours-" }
source "U21" { grade = "A", title = "The same page, middle version",
  address = "support.upwork.com/hc/en-us/articles/211068588" }
source "U22" { grade = "A", title = "The same page, latest version read",
  address = "support.upwork.com/hc/en-us/articles/211068588-Client-disputed-my-hours" }
source "U23" { grade = "B", title = "A release note on the hourly dispute process, of a 21 February",
  address = "community.upwork.com/t5/Product-Release-Notes/Hourly-Dispute-Process-Update/ba-p/1257316" }
source "U24" { grade = "A", title = "A help page on disputing hours, three versions",
  address = "support.upwork.com/hc/en-us/articles/211062158-Disputes-on-hourly-contracts" }
source "U25" { grade = "A", title = "A help page on hourly protection, an older and the latest version",
  address = "support.upwork.com/hc/en-us/articles/211068288-Hourly-Payment-Protection" }
source "U26" { grade = "A", title = "A help page on hourly protection for clients",
  address = "support.upwork.com/hc/en-us/articles/211062138-Upwork-Hourly-Protection-for-Clients" }
source "U27" { grade = "B", title = "A staff post on the agreement for hourly, bonus and expense payments",
  address = "community.upwork.com/t5/Announcements/Update-to-Hourly-Bonus-and-Expense-Payment-Agreement-with-Escrow/ba-p/1168399" }
source "U28" { grade = "A", title = "Help pages on the work diary",
  address = "support.upwork.com/hc/en-us/articles/211068518-Use-Your-Work-Diary" }
source "U29" { grade = "A", title = "A help page on chargebacks",
  address = "support.upwork.com/hc/en-us/articles/14085353385747-Chargebacks" }
source "U30" { grade = "A", title = "A help page on resolving issues with a contract",
  address = "support.upwork.com/hc/en-us/articles/23344415143699-Resolving-issues-with-a-contract" }
source "U31" { grade = "A", title = "A help page on freelancers who do not respond",
  address = "support.upwork.com/hc/en-us/articles/17976590234899--Manage-unresponsive-freelancers" }
source "U32" { grade = "A", title = "Help pages on catalog projects",
  address = "support.upwork.com/hc/en-us/articles/4407886701459-Manage-Your-Project" }
source "U33" { grade = "A", title = "Help pages on violations and account holds",
  address = "support.upwork.com/hc/en-us/articles/211067618-Freelancer-Violations-and-Account-Holds" }
source "U34" { grade = "B", title = "A staff post that quotes the arbitration section",
  address = "community.upwork.com/t5/New-to-Upwork/Arbitration-request/m-p/488552" }
source "U35" { grade = "D", title = "A forum post on the arbitration fee",
  address = "community.upwork.com/t5/New-to-Upwork/arbitration-fee/m-p/369333" }
source "U36" { grade = "B", title = "A forum thread that quotes the clause for when neither side pays" } -- no address was carried
source "U37" { grade = "B", title = "A moderator's post: the side that pays receives the money",
  address = "community.upwork.com/t5/Clients/Not-paying-fixed-rate-contract-Particular-Case/td-p/662047" }
source "U38" { grade = "B", title = "A moderator's post of 2018 on the arbitration provider" } -- no address was carried
source "U40" { grade = "D", title = "A blog on changes of mediation",
  address = "etcetera.kiev.ua/blog/dispute-mediation-policy-changes-on-upwork-what-is-important-to-know/" }
source "U41" { grade = "D", title = "Users' posts of 2025 on the arbitration fee" } -- no address was carried
source "U42" { grade = "D", title = "A forum thread of 2020-04-23 on two clauses that contradict each other" } -- no address was carried
source "U43" { grade = "D", title = "A blog of 2019 on the escrow instructions",
  address = "lancebase.com/threads/fixed-price-escrow-instructions-on-upwork.11564/" }
source "U44" { grade = "D", title = "An article on who owns the work product",
  address = "terms.law/2023/07/23/upworks-terms-ownership-of-freelancers-work-product" }
source "U44b" { grade = "B", title = "A staff post on the default contract terms",
  address = "community.upwork.com/t5/New-to-Upwork/Optional-Service-Contract-Terms/td-p/557138" }
source "U46" { grade = "A", title = "A help section in which escrow is renamed",
  address = "support.upwork.com/hc/en-us/sections/30241086870675-Upwork-Trust-Safety" }
source "U47" { grade = "A", title = "A help page on disputes of direct contracts, three versions",
  address = "support.upwork.com/hc/en-us/articles/4412149966611-Direct-Contracts-Disputes" }
source "U48" { grade = "A", title = "A help page on direct contracts",
  address = "support.upwork.com/hc/en-us/articles/360025200853-Direct-Contracts-with-freelancers" }
source "E1" { grade = "D", title = "A comparison of oDesk, Elance and vWorker, from before 2014",
  address = "theemployersguide.com/freelance-job-site-comparison" }
source "C1" { grade = "C", title = "A copy of the fixed-price payment agreement on another site, 2024-07-01",
  address = "zalow.com/fixed-price-payment-agreement" }

-- Fixed price -----------------------------------------------------------------------------------

provision "U-FP-01" { layer = "platform", source = { "U14", "U2", "U16" }, number = "14 days",
  title = "A formal submission that the client leaves unanswered is approved" }
provision "U-FP-02" { layer = "platform", source = { "U14", "U43" },
  title = "Only the platform's submit action starts the clock, and only its request for changes answers it" }
provision "U-FP-03" { layer = "platform", source = { "U14", "U43", "U31" }, number = "at least USD 5.00 a milestone",
  title = "Only money in escrow can be disputed" }
provision "U-FP-04" { layer = "platform", source = { "U14", "U11" },
  title = "What is not released of a milestone stays in escrow",
  uncited = "Nothing moves without an act, which is what every outcome starts from." }
provision "U-FP-05" { layer = "platform", source = { "U3", "U4", "U5" },
  title = "A freelancer may dispute a balance at the end, a refusal, or a part-release",
  uncited = "Who may file is asked by the platform's form; a balance given back is U-FP-28." }
provision "U-FP-06" { layer = "platform", source = { "U5", "U10", "U11" }, number = "7 days",
  title = "A refund request that the freelancer leaves unanswered is granted" }
provision "U-FP-07" { layer = "platform", source = { "U1", "U2", "U6" }, number = "7 days; 5 business days; 5 days",
  title = "A dispute that the client leaves unanswered releases the sum" }
provision "U-FP-08" { layer = "platform", source = "U3", number = "2 attempts",
  title = "A client who missed two contacts lost the funds (older text)",
  uncited = "Superseded: the later texts count days, not attempts." }
provision "U-FP-09" { layer = "platform", source = { "U5", "U2" }, number = "once",
  title = "Statements and files go in once, at filing or with the answer" }
provision "U-FP-10" { layer = "platform", source = "U6", number = "2 days and 2 days",
  title = "Staff propose a division that binds nobody; each side may accept it" }
provision "U-FP-11" { layer = "platform", source = { "U11", "U2" }, number = "21 days; 30 days",
  title = "How long mediation may take (two pages differ)" }
provision "U-FP-13" { layer = "platform", source = { "U8", "U9" }, number = "30 days",
  title = "Released money: mediation if the payment is recent, and no ruling" }
provision "U-FP-14" { layer = "platform", source = "U40", number = "30 days",
  title = "Payments older than the look-back go only to arbitration" }
provision "U-FP-15" { layer = "platform", source = { "U12", "U13" }, number = "180 days; 365 days",
  title = "A refund of released money may be asked for; the freelancer decides" }
provision "U-FP-16" { layer = "guidance", source = "U30",
  title = "Releasing money says that the work was reviewed; unpaid work is not to be used" }
provision "U-FP-17" { layer = "guidance", source = { "U30", "U31" },
  title = "Let the freelancer address every concern before any other step",
  uncited = "Advice before a dispute; the cure itself is practice (ql.cure_first)." }
provision "U-FP-18" { layer = "guidance", source = "U4",
  title = "Talk to the other side first, in the platform's messages" }
provision "U-FP-19" { layer = "platform", source = { "U15", "U16" }, number = "90 days; notices on days 76 and 83; 7, 7 and 14 days",
  title = "A dormant contract: notices, then each side's time, then the balance returns" }
provision "U-FP-21" { layer = "platform", source = "U43", number = "5 days",
  title = "Released money is held before it can be withdrawn",
  uncited = "About withdrawal, after the dispute." }
provision "U-FP-22" { layer = "platform", source = { "U10", "C1" },
  title = "New escrow text binds contracts formed after its date",
  uncited = "Says how the parameters are anchored: contract_formed." }
provision "U-FP-23" { layer = "platform", source = { "U44", "U44b" },
  title = "Default contract terms apply where nothing else was agreed",
  uncited = "The default terms are facts of the case like any other term." }
provision "U-FP-24" { layer = "platform", source = "U33",
  title = "Failing to perform, or overstating one's skills, is a violation",
  uncited = "A violation is for the platform's staff; a ruling divides money." }
provision "U-FP-25" { layer = "platform", source = "U46",
  title = "Escrow is called project funds in the interface",
  uncited = "Only a name." }
provision "U-FP-26" { layer = "platform", source = { "U16", "U15" },
  title = "Which acts count against dormancy; a message does not",
  uncited = "Goes into contract.last_activity_at, which the platform records." }
provision "U-FP-27" { layer = "platform", source = "U31", number = "14 days",
  title = "The client may reject a payment request",
  uncited = "A rejected request is a review like any other." }
provision "U-FP-28" { layer = "platform", source = "U16",
  title = "A freelancer who closes the contract gives the balance back" }

-- Project catalog -------------------------------------------------------------------------------

provision "U-PC-01" { layer = "platform", source = { "U10", "U32" }, number = "48 hours",
  title = "An order whose inputs never come is cancelled and refunded" }
provision "U-PC-02" { layer = "platform", source = "U32",
  title = "The delivery clock starts when the inputs arrive",
  uncited = "Goes into item.days_late_net, together with every other gap of the client." }
provision "U-PC-03" { layer = "platform", source = "U32", number = "24 hours",
  title = "The freelancer may cancel soon after the inputs arrive",
  uncited = "The freelancer's choice; what follows is U-FP-28." }
provision "U-PC-04" { layer = "platform", source = "U32", number = "14 days",
  title = "The review rule of fixed price holds for orders too",
  uncited = "The same number as U-FP-01, which is cited." }
provision "U-PC-05" { layer = "platform", source = "U32",
  title = "If work has begun, the freelancer may keep a part and dispute the cancellation",
  uncited = "What then is due is asked like every early end (np.changed_needs)." }

-- Direct contracts ------------------------------------------------------------------------------

provision "U-DC-01" { layer = "platform", source = "U47", number = "7 days",
  title = "Fixed price: the freelancer may dispute a cancellation without full payment",
  uncited = "The same right as on the marketplace, U-FP-05." }
provision "U-DC-02" { layer = "platform", source = { "U47", "U48" }, number = "3 days; older: 4 days to dispute",
  title = "Hourly: only the client files; the freelancer answers",
  uncited = "The same answer as U-HR-01; the clocks differ and are not merged." }
provision "U-DC-03" { layer = "platform", source = "U47",
  title = "A dispute pauses the contract",
  uncited = "About the contract's state, not its money." }
provision "U-DC-04" { layer = "platform", source = "U47", number = "21 days",
  title = "Time to decide (older page)",
  uncited = "An older time for the platform's own decision, which has no consequence." }

-- Hourly ----------------------------------------------------------------------------------------

provision "U-HR-01" { layer = "platform", source = "U24", number = "Monday 12:00 to Friday 23:59 UTC",
  title = "Hours of last week can be disputed only in the review window" }
provision "U-HR-02" { layer = "platform", source = "U24",
  title = "A ticket or a refund request is no filing" }
provision "U-HR-03" { layer = "platform", source = { "U24", "U30" },
  title = "An hourly dispute is about hours, not about quality" }
provision "U-HR-04" { layer = "platform", source = "U24", number = "the week's minutes",
  title = "No more time can be disputed than was logged",
  uncited = "Cited with U-FP-03 by claim_capped." }
provision "U-HR-05" { layer = "platform", source = { "U22", "U24" }, number = "0 hours",
  title = "Filing pauses the contract and holds the payment",
  uncited = "The payment is held while it runs, which is where a case starts." }
provision "U-HR-06" { layer = "platform", source = { "U25", "U27" },
  title = "What a protected segment needs: all of it" }
provision "U-HR-07" { layer = "platform", source = "U27",
  title = "Good standing is judged at the time of the payment" }
provision "U-HR-08" { layer = "platform", source = { "U25", "U26" },
  title = "What is never protected: manual, idle, over the limit, unrelated, without a memo, fraud" }
provision "U-HR-09" { layer = "platform", source = { "U21", "U22" }, number = "3 business days; 3 days",
  title = "The freelancer's time to answer",
  uncited = "Gives the time in param.hourly_answer; the consequences are U-HR-10 to U-HR-12." }
provision "U-HR-10" { layer = "platform", source = "U20",
  title = "Silence: all refunded and the account suspended (oldest text)" }
provision "U-HR-11" { layer = "platform", source = { "U21", "U23" },
  title = "Silence: all disputed hours refunded (middle text)" }
provision "U-HR-12" { layer = "platform", source = { "U23", "U22" },
  title = "Silence: decided on the record; qualifying hours are paid" }
provision "U-HR-13" { layer = "platform", source = { "U21", "U22" }, number = "4 business days; 1 business day",
  title = "The platform's time to review" }
provision "U-HR-14" { layer = "platform", source = "U22",
  title = "Accepted: refunded; withdrawn: paid as usual; else segment by segment" }
provision "U-HR-15" { layer = "platform", source = { "U24", "U9" }, number = "30 days",
  title = "After the window the platform may only ask, and mediate" }
provision "U-HR-16" { layer = "platform", source = { "U7", "U35" },
  title = "Arbitration is for fixed price only",
  uncited = "Why no hourly state offers arbitration." }
provision "U-HR-17" { layer = "platform", source = "U21",
  title = "Too many disputes may suspend an agency",
  uncited = "A matter of accounts; a ruling divides money." }
provision "U-HR-18" { layer = "platform", source = "U28", number = "10-minute segments; locked Monday 12:00 UTC",
  title = "How time is billed and the diary kept" }
provision "U-HR-19" { layer = "guidance", source = "U28",
  title = "Low activity alone is no proof of idleness" }

-- Arbitration and enforcement -------------------------------------------------------------------

provision "U-AR-01" { layer = "platform", source = "U7", number = "7 days",
  title = "A notice of non-resolution leads to an offer: agree and pay in time" }
provision "U-AR-02" { layer = "platform", source = { "U36", "U7" },
  title = "Nobody pays: the money in escrow goes to the client" }
provision "U-AR-03" { layer = "platform", source = { "U7", "U34", "U37" },
  title = "One pays: the sum sought goes to the one who paid" }
provision "U-AR-04" { layer = "platform", source = "U34", number = "5 business days",
  title = "A respondent who did not pay was suspended (older text)" }
provision "U-AR-05" { layer = "platform", source = { "U40", "U7" },
  title = "Suspension is for dishonoured awards; either side may pay the whole fee" }
provision "U-AR-06" { layer = "platform", source = { "U35", "U38", "U43" }, number = "USD 291.00 each",
  title = "The fee, older: three equal shares",
  uncited = "The older fee, in param.arbitration_fee; the flag cites the later one." }
provision "U-AR-07" { layer = "platform", source = { "U41", "U2", "U7" }, number = "USD 337.50 a party",
  title = "The fee, later" }
provision "U-AR-08" { layer = "platform", source = { "U38", "U35" },
  title = "The fee is not returned once arbitration starts",
  uncited = "Why the fee is never part of a division." }
provision "U-AR-09" { layer = "platform", source = "U7",
  title = "The award is final; not honouring it suspends the account" }
provision "U-AR-10" { layer = "platform", source = "U42",
  title = "Two clauses contradict each other where nobody pays (2020)",
  uncited = "Two clauses of one text: a flag, and no default of money against both." }
provision "U-AR-11" { layer = "platform", source = "U36",
  title = "Deadlines were extended by hand" }
provision "U-AR-12" { layer = "platform", source = "U41", number = "50 %",
  title = "Users report proposals of one half whatever the merits",
  uncited = "What users report is no rule." }
provision "U-EN-01" { layer = "platform", source = "U29",
  title = "A chargeback suspends until it is repaid; use a dispute instead" }
provision "U-EN-02" { layer = "platform", source = { "U12", "U33" },
  title = "Paying or refunding off the platform is a violation",
  uncited = "A violation is for the platform's staff; a ruling divides money." }
provision "U-EN-03" { layer = "platform", source = "U33", number = "30 days",
  title = "Notices of low satisfaction",
  uncited = "A matter of accounts; a ruling divides money." }

-- Lineage: Upwork was oDesk until 2015 -------------------------------------------------------------

provision "E-01" { layer = "platform", source = "E1",
  title = "On oDesk's fixed-price contracts the client alone decided on payment, and nothing could be disputed" }

-- Calendar ----------------------------------------------------------------------------------------
-- No page publishes holidays, so a business day is Monday to Friday.

calendar "business" { free = { "sat", "sun" }, from = "2015-01-01", to = "2035-12-31", source = "OURS" }

-- Procedure: which claim belongs where, by when, and in what form.

local i = item "item"
local w = item "week"
local e = item "evidence"

-- PR-01
rule "pr.hours_not_quality" {
  title  = "An hourly dispute does not hear quality",
  issue  = "wrong_forum", side = "for", each = "case",
  clause = "U-HR-03", layer = "platform", strength = "strict",
  when   = all { case.forum:is "hourly_dispute", case.only_quality:is(true) },
  because = "The only ground is quality, and an hourly dispute is about hours.",
}

-- The page speaks of the time before 2014. What was published between then and 2017 is not known, so
-- the rule ends where its source does, and later contracts are marked as uncertain by the clocks.
rule "pr.odesk_client_decides" {
  title  = "On oDesk a fixed price was paid as the client saw fit",
  issue  = "wrong_forum", side = "for", each = "case",
  clause = "E-01", layer = "platform", strength = "strict",
  to     = "2013-12-31", anchor = "contract_formed",
  when   = all { case.fixed:is(true), case.filed_by:is "freelancer" },
  because = "The contract was formed on {contract.formed_at}, when the client alone decided whether to pay a fixed price and nothing could be disputed.",
}

-- PR-02, in its two arms. What comes next (mediation, a voluntary refund) is a route in states.lua.
rule "pr.hourly_window" {
  title  = "Hours are disputed in the review window",
  issue  = "out_of_time", side = "for", each = "week",
  clause = "U-HR-01", layer = "platform", strength = "strict", -- also U-HR-15
  when   = all {
    case.hourly:is(true),
    case.filed_by:is "client",
    no { w.filed_in_window:is(true) },
  },
  because = "The claim was filed on {case.filed_at}, and the window for that week was {due.hourly_window_opens} to {due.hourly_window_closes}.",
}

rule "pr.hourly_form" {
  title  = "A ticket or a refund request is no hourly dispute",
  issue  = "out_of_time", side = "for", each = "week",
  clause = "U-HR-02", layer = "platform", strength = "strict",
  when   = all {
    case.hourly:is(true),
    case.filed_by:is "client",
    no { w.filed_right_way:is(true) },
  },
  because = "The claim came by {case.filed_via}, not with the dispute form.",
}

-- PR-04
rule "pr.payment_too_old" {
  title  = "A payment released too long ago is not mediated",
  issue  = "out_of_time", side = "for", each = "item",
  clause = "U-FP-13", layer = "platform", strength = "strict", -- also U-FP-14
  when   = i.too_old_for_mediation:is(true),
  unless = issue.fraud_by_freelancer:upheld(),
  because = "The money was released on {i.released_at}, more than {param.mediation_lookback} before support was asked.",
}

-- PR-05. Where nothing is held there is nothing to cap: that is beyond_funded, or money released.
flag "claim_capped" {
  each = "item", clause = "U-FP-03", -- also U-HR-04
  when = all { i.over_claim:is(true), i.held:more_than(share(i.held, 0, 1)) },
  because = "More is claimed than is held or was billed: the claim counts as {i.capped_claim}.",
}

-- PR-06. Never a bar.
rule "pr.contact_first" {
  title  = "The other side is asked first",
  issue  = "contact_missing", side = "for", each = "case",
  clause = "U-FP-18", layer = "guidance", strength = "advisory", -- also N-01, N-05
  when   = no { case.contact_before_filing:is(true) },
  unless = case.other_side_unreachable:is(true),
  because = "No attempt to reach the other side before {case.filed_at} is on record.",
}

-- PR-07
rule "pr.evidence_closed" {
  title  = "Evidence goes in once",
  issue  = "evidence_excluded", side = "for", each = "evidence",
  clause = "U-FP-09", layer = "platform", strength = "strict",
  from   = "2023-12-05", anchor = "filed",
  when   = e.late:is(true),
  unless = e.admitted_late:is(true),
  because = "The piece came on {e.submitted_at}, after the time for evidence ended on {procedure.evidence_closed_at}.",
}

-- PR-09. If the other side admits the fact, its standing is established without the piece.
rule "pr.off_platform" {
  title  = "What was said elsewhere carries little alone",
  issue  = "evidence_excluded", side = "for", each = "evidence",
  clause = "U-FP-18", layer = "guidance", strength = "weighs", -- also P-08
  when   = all { e.off_platform_unverified:is(true), no { e.corroborated:is(true) } },
  because = "The piece was made off the platform, is {e.authenticity}, and nothing independent shows the same.",
}

-- PR-11
rule "pr.chargeback" {
  title  = "A chargeback comes before the dispute",
  issue  = "chargeback_pending", side = "for", each = "item",
  clause = "U-EN-01", layer = "platform", strength = "strict", -- also N-05
  when   = i.chargeback_open:is(true),
  because = "A chargeback of {i.chargeback_filed_at} is open on this payment.",
}

-- PR-13
rule "pr.withdrawn" {
  title  = "The filer withdrew",
  issue  = "withdrawn", side = "for", each = "case",
  clause = "U-HR-14", layer = "platform", strength = "strict",
  when   = case.withdrawn_at:known(),
  because = "The {case.filed_by} withdrew on {case.withdrawn_at}.",
}

-- PR-14
rule "pr.settled" {
  title  = "Both accepted a division",
  issue  = "settled", side = "for", each = "item",
  clause = "U-FP-10", layer = "platform", strength = "strict",
  when   = all { case.both_settled:is(true), i.settled_to_freelancer:known() },
  unless = procedure.settlement_forced:is(true),
  because = "Both sides accepted {i.settled_to_freelancer} for the freelancer.",
}

-- NP-08. A finding and advice: nothing beyond what is held can be divided.
flag "beyond_funded" {
  each = "item", clause = "U-FP-03",
  when = all {
    i.beyond_funded:more_than(share(i.held, 0, 1)),
    no { i.released_to_freelancer:is(true) },
  },
  because = "{i.beyond_funded} of the claim was never funded, and only money in escrow can be disputed here.",
}

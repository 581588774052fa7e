-- Facts of the case as a whole: its money, its contract, what else is known of it.
--
-- A derived fact is computed once, from what the case says, and is always shown with that. Nothing
-- is assumed: where the case is silent on something that matters, the fact stays open.

local function same_side(a, b)
  return any { all { a:is "client", b:is "client" }, all { a:is "freelancer", b:is "freelancer" } }
end

fact "case.only_quality" { is = case.grounds:has_only { "quality" } }
fact "case.held" { is = sum("items", function(i) return i.held end) }
fact "case.disputed" { is = sum("items", function(i) return i.claimed end) }
fact "case.fixed" { is = contract.type:one_of { "fixed", "catalog", "direct_fixed", "gig" } }
fact "case.hourly" { is = contract.type:one_of { "hourly", "direct_hourly" } }

-- A try by whichever way counts, and so does any message to the other side on the marketplace.
fact "case.contact_before_filing" {
  is = any {
    some("contacts", function(c)
      return all { same_side(c.by, case.filed_by), c.at:before(case.filed_at) }
    end),
    some("messages", function(w)
      return all { same_side(w.by, case.filed_by), w.at:before(case.filed_at), w.on_platform:is(true) }
    end),
  },
}

fact "case.both_settled" {
  is = any {
    all { procedure.proposal_client:is "accept", procedure.proposal_freelancer:is "accept" },
    procedure.settled_at:known(),
  },
}

local function decided(r)
  return all { r.same_payment:is(true), r.final:is(true) }
end

fact "case.decided_elsewhere" { is = some("related", decided) }
fact "case.decision_tainted" {
  is = some("related", function(r) return all { decided(r), r.fraud_on_process:is(true) } end),
}

-- Conduct. Only what a reviewer found counts; an accusation is none.

local DECEIT = { "false_evidence", "misrepresentation", "impersonation" }

local function deceit_by_client(c)
  return all { c.found:is(true), c.by:is "client", c.kind:one_of(DECEIT) }
end

local function complicity(c)
  return all { c.found:is(true), c.by:is "freelancer", c.kind:is "complicity" }
end

local function deceit_by_freelancer(c)
  return any { all { c.found:is(true), c.by:is "freelancer", c.kind:one_of(DECEIT) }, complicity(c) }
end

fact "case.client_misconduct" { is = some("conduct", deceit_by_client) }
fact "case.freelancer_misconduct" { is = some("conduct", deceit_by_freelancer) }
fact "case.freelancer_complicit" { is = some("conduct", complicity) }
fact "case.misconduct_mistake" {
  is = every("conduct", function(c) return c.honest_mistake:is(true) end,
    { where = function(c) return any { deceit_by_client(c), deceit_by_freelancer(c) } end }),
}
fact "case.pressure_found" {
  is = some("conduct", function(c)
    return all { c.found:is(true), c.kind:one_of { "threat_review", "withholding_files" } }
  end),
}

-- Evidence: what is wrong with the form, the origin or the time of a piece.

local e = item "evidence"

fact "evidence.late" { is = e.submitted_at:after(procedure.evidence_closed_at) }
fact "evidence.weak_form" {
  is = any {
    e.capture:is "retyped",
    all {
      any { e.capture:is "screenshot_crop", e.completeness:is "excerpt" },
      e.content_contested:is(true),
    },
  },
}
fact "evidence.off_platform_unverified" {
  is = all { e.on_platform:is(false), e.authenticity:one_of { "unverified", "challenged" } },
}

-- Value and defects: what was delivered, measured against what was agreed.
--
-- Criteria carry weights that add up to 10000 for each item. An item without any criterion on
-- record is not worthless and not perfect, it is unmeasured: its value stays open until somebody
-- says that nothing was agreed by which it could be measured.

local m = item "item"

-- Criteria ---------------------------------------------------------------------------------------

local function essential(c) return c.essential:is(true) end
local function measurable(c) return c.measurable:is(true) end

-- A criterion that was replaced is given up: the client had something else made in its place, or
-- both agreed on it in words, and the client did not keep the old one in writing.
local function replaced(c)
  return some("changes", function(x)
    return all {
      x.replaces:is(c),
      no { x.reserved:is(true) },
      any {
        all { x.scope:is "replaces", x.asked_by:is "client", x.performed:is(true) },
        all { x.mode:is "express", x.accepted_by_client:known(), x.accepted_by_freelancer:known() },
      },
    }
  end)
end

local function met(c) return any { c.result:is "met", c.waived:is(true), replaced(c) } end

local has_criteria = some("criteria", function(c) return c.item:known() end)

local function all_met(which)
  return all { any { has_criteria, m.without_criteria:is(true) }, every("criteria", met, { where = which }) }
end

fact "item.essential_all_met" { is = all_met(essential) }
fact "item.measurable_all_met" { is = all_met(measurable) }
fact "item.measurable_unmet" {
  is = some("criteria", function(c) return all { measurable(c), c.result:is "not_met", no { met(c) } } end),
}

-- That a replacement gave an essential up is an argument against the rule that reads this
-- (sc.replaced_requirement). It stays visible as one, and so is left out here.
fact "item.essential_unmet" {
  is = some("criteria", function(c)
    return all { essential(c), c.result:is "not_met", no { c.waived:is(true) } }
  end),
}

local function earned(c)
  return c.weight * choose {
    { met(c), 10000 },
    { c.result:is "partly", c.met_bps },
    0,
  }
end

-- With nothing agreed there is no value, which is not the same as a value of nothing.
local no_value = largest("criteria", function(c) return c.weight end)

fact "item.value" {
  is = choose {
    { m.submission.exists:is(false), bps(0) },
    { has_criteria, share(bps(1), sum("criteria", earned), 10000) },
    { m.without_criteria:is(true), no_value },
  },
}

-- Defects. What counts is what is really there and not yet mended. -----------------------------------

local function proved(d) return all { d.exists:is(true), d.cured_at:absent() } end

local function some_defect(condition)
  return some("defects", function(d) return all { proved(d), condition(d) } end)
end

local function every_defect(condition) return every("defects", condition, { where = proved }) end
local function total(cost) return sum("defects", cost, { where = proved }) end

fact "item.defects_proved" { is = some("defects", proved) }
fact "item.defects_curable" { is = every_defect(function(d) return d.curable:is(true) end) }
fact "item.defects_small" {
  is = every_defect(function(d) return d.severity:one_of { "cosmetic", "minor", "major" } end),
}
fact "item.defect_fundamental" { is = some_defect(function(d) return d.severity:is "fundamental" end) }
fact "item.defect_by_client" { is = some_defect(function(d) return d.caused_by_client:is(true) end) }
fact "item.defect_hidden" {
  is = some_defect(function(d)
    return all {
      d.discoverable:is(false),
      d.reported_at:at_most(m.released_at + param.hidden_defect_window),
    }
  end),
}
fact "item.defect_testable" {
  is = some("defects", function(d) return all { d.exists:contested(), d.testable:is(true) } end),
}
fact "item.fix_cost" { is = total(function(d) return d.fix_cost end) }
fact "item.freelancer_fix_cost" { is = total(function(d) return d.freelancer_fix_cost end) }
fact "item.cure_refused" {
  is = some_defect(function(d)
    return all { d.cure_refused:is(true), no { d.cure_refusal_reason:is(true) } }
  end),
}
fact "item.failed_cures" {
  is = first_known(largest("defects", function(d) return d.failed_cures end, { where = proved }), 0),
}

-- The reference evaluator: the decision model, sections 1, 2 and 4, as plainly as it can be said. It shares
-- nothing with the engine: it reads the generator's tables, not the engine's image, and it enumerates
-- where the engine reasons. Values, lists and conditions are in evaluate.lua, standings in standing.lua.

local E = require "evaluate"

local R = { raw = E.raw, ABSENT = E.ABSENT, UNKNOWN = E.UNKNOWN }

local YES, MAYBE, NO = E.YES, E.MAYBE, E.NO
local OPEN, ABSENT = E.OPEN, E.ABSENT
local raw, read, evaluate, holds, bound = E.raw, E.read, E.evaluate, E.holds, E.bound
local records_of, root, anchor_date, in_period, truth = E.records_of, E.root, E.anchor_date, E.in_period, E.truth

local LAYER = { practice = 1, guidance = 2, contract = 3, platform = 4, law = 5 }
local STRATUM = { merits = 1, silence = 2, bar = 3 }

-- Issues (section 2, steps 1 to 8) ------------------------------------------------------------------

-- Step 1: whether a rule is in force.
local function in_force(world, rule, proof)
  if not rule.anchor then return YES end
  local date = anchor_date(world, rule.anchor, proof)
  if date == OPEN then return MAYBE end
  return truth(date ~= ABSENT and in_period(date, rule))
end

-- Step 2: app(r) = when and not unless and no applicable undercutter, of what the issue asks about.
local function applies(world, rule, about, proof, seen)
  if seen[rule] then return seen[rule].value end
  local record = bound(world, rule.each, about)
  if not record then return NO end
  local env = { v0 = record, about = about, proof = proof }
  local own = math.min(in_force(world, rule, proof), holds(world, env, rule.when))
  if rule.unless then own = math.min(own, -holds(world, env, rule.unless)) end
  local undercut = NO
  local by = {}
  for _, other in ipairs(world.book.undercutters[rule] or {}) do
    if own ~= NO then
      local value = applies(world, other, about, proof, seen)
      undercut = math.max(undercut, value)
      if value == YES then by[other] = true end
    end
  end
  local finding = { rule = rule, own = own, undercut = undercut, value = math.min(own, -undercut), by = by }
  seen[rule] = finding
  table.insert(seen, finding)
  return finding.value
end

-- Step 3.
local function outranks(book, a, b)
  if a.layer ~= b.layer then return LAYER[a.layer] > LAYER[b.layer] end
  return book.beats[a] ~= nil and book.beats[a][b] == true
end

local function at_least(findings, side, value)
  local out = {}
  for _, finding in ipairs(findings) do
    if finding.rule.side == side and finding.value >= value then table.insert(out, finding.rule) end
  end
  return out
end

local function some_outranks(book, rules, rule)
  for _, other in ipairs(rules) do
    if outranks(book, other, rule) then return true end
  end
  return false
end

local function defends(book, pros, cons)
  if #pros == 0 then return false end
  for _, con in ipairs(cons) do
    if not some_outranks(book, pros, con) then return false end
  end
  return true
end

-- Steps 4 and 5.
local function label_of(book, findings, proof)
  local ignored = proof == "some"
  local cons = function(value) return ignored and {} or at_least(findings, "against", value) end
  if defends(book, at_least(findings, "for", YES), cons(MAYBE)) then return "upheld" end
  if not defends(book, at_least(findings, "for", MAYBE), cons(YES)) then return "rejected" end
  return "open"
end

-- Step 6: rules of equal rank on both sides apply, and none is outranked.
local function is_conflict(book, findings)
  local pros, cons = at_least(findings, "for", YES), at_least(findings, "against", YES)
  local function left(ours, theirs)
    for _, rule in ipairs(ours) do
      if not some_outranks(book, theirs, rule) then return true end
    end
    return false
  end
  return left(pros, cons) and left(cons, pros)
end

local function named_party(world, record, name)
  local value, standing = raw(world, record, name)
  if standing ~= "unknown" and standing ~= "contested" and standing ~= "absent" then return value end
end

local OTHER = { client = "freelancer", freelancer = "client" }

-- Roles: who filed and who did not; and of a piece of evidence the side that did not submit it.
local function party(world, name, record)
  if name == "filer" then return named_party(world, root(world), "case.filed_by") end
  if name == "respondent" then return OTHER[named_party(world, root(world), "case.filed_by")] end
  if name == "objector" then return OTHER[named_party(world, record, "submitted_by")] end
  return name
end

-- Step 8: an open issue is lost by the side with the burden; if nobody knows who that is, by the claimant.
local function lost(world, issue, record)
  if issue.burden == issue.claimant then return "rejected" end
  local burden, claimant = party(world, issue.burden, record), party(world, issue.claimant, record)
  local is_other = burden and claimant and burden ~= claimant
  return is_other and "upheld" or "rejected"
end

local function argue(world, issue, record)
  local seen = {}
  for _, rule in ipairs(issue.rules) do applies(world, rule, record, issue.standard, seen) end
  return seen
end

-- Labels of all issues. `taken`: each as the recommendation takes it, with what it is asked of below.
local function label_all(world)
  world.results = {}
  for _, issue in ipairs(world.book.issues) do
    world.results[issue] = {}
    for _, record in ipairs(issue.each == "case" and { root(world) } or records_of(world, issue.each)) do
      local findings = argue(world, issue, record)
      local label = label_of(world.book, findings, issue.standard)
      local claim = world.claims and world.claims[issue.name .. "|" .. record.id]
      if claim and (label == "open" or world.is_taken) then label = claim end
      local result = { label = label, taken = label, findings = findings, on_burden = label == "open" }
      if label == "open" then result.taken = lost(world, issue, record) end
      result.conflict = label == "rejected" and issue.standard ~= "some" and is_conflict(world.book, findings)
      local forced = world.forced and world.forced[issue] and world.forced[issue][record]
      if forced then result.taken = forced end
      world.results[issue][record] = result
    end
  end
  return world.results
end

-- Remedies (steps 9 and 10) -------------------------------------------------------------------------

local function amount(world, item, name)
  if item == root(world) then return 0 end
  local value = read(world, item, name, "balance")
  if value == OPEN or value == ABSENT or value < 0 then return 0 end
  return value
end

local function divide(world, remedy, item)
  local held = amount(world, item, "held")
  local kept = { held = held, to_freelancer = 0, to_client = 0, fees = 0, stays_held = held, known = true }
  if not remedy.freelancer then return kept end
  local env = { v0 = bound(world, remedy.each, item), about = item, proof = "balance" }
  local part = evaluate(world, env, remedy.freelancer)
  if part == OPEN or part == ABSENT then
    kept.known = false
    return kept
  end
  local fees = math.min(amount(world, item, "fee"), held)
  local left = held - fees
  part = math.max(0, math.min(part, left))
  return { held = held, to_freelancer = part, to_client = left - part, fees = fees, stays_held = 0, known = true }
end

local function remedy_outranks(book, a, b)
  if a.stratum ~= b.stratum then return STRATUM[a.stratum] > STRATUM[b.stratum] end
  return book.beats[a] ~= nil and book.beats[a][b] == true
end

local function same(a, b)
  for _, part in ipairs { "held", "to_freelancer", "to_client", "fees", "stays_held", "known", "outcome" } do
    if a[part] ~= b[part] then return false end
  end
  return true
end

local function nothing(world, item, outcome)
  local held = amount(world, item, "held")
  return { held = held, to_freelancer = 0, to_client = 0, fees = 0, stays_held = held, outcome = outcome }
end

local function remedies_that_hold(world, item)
  local holding, is_open = {}, false
  for _, remedy in ipairs(world.book.remedies) do
    local record = bound(world, remedy.each, item)
    local env = { v0 = record, about = item, proof = "balance" }
    local guard = record and holds(world, env, remedy.when) or NO
    if guard == YES then table.insert(holding, remedy) end
    is_open = is_open or guard == MAYBE
  end
  return holding, is_open
end

local function decide_item(world, item)
  local holding, is_open = remedies_that_hold(world, item)
  if #holding == 0 then
    local asks = is_open or item == root(world)
    return nothing(world, item, asks and "request_evidence" or "no_rule")
  end
  local taken
  for _, remedy in ipairs(holding) do
    local is_beaten = false
    for _, other in ipairs(holding) do is_beaten = is_beaten or remedy_outranks(world.book, other, remedy) end
    if not is_beaten then
      local division = divide(world, remedy, item)
      division.outcome = remedy.outcome
      if taken and not same(taken, division) then return nothing(world, item, "refer") end
      taken = division
    end
  end
  if not taken.known then taken.outcome = "request_evidence" end
  taken.known = nil
  return taken
end

local function decide_items(world)
  local out = {}
  local items = records_of(world, "item")
  for _, item in ipairs(#items > 0 and items or { root(world) }) do out[item] = decide_item(world, item) end
  return out
end

-- Doubts: a contradiction refers an item if settling it the other way decides the item otherwise -----

-- What one evaluation knows: the case and what is said otherwise of it, what was computed so far, which
-- reading of a parameter is tried, and whether issues answer as the recommendation takes them.
local function world_of(book, case, settled, overlay)
  return { book = book, case = case, settled = settled, overlay = overlay, reading = {}, used = {}, is_taken = true,
    lists = {}, known = { some = {}, balance = {}, clear = {} } }
end

local function compare_items(differs, base, other)
  for item, result in pairs(base) do
    local twin = other[item]
    if not same(result, twin) then differs[item] = true end
  end
end

local function try(world, differs, items, changes)
  local trial = world_of(world.book, world.case, world.settled, world.overlay)
  trial.claims = world.claims
  for key, value in pairs(changes) do trial[key] = value end
  label_all(trial)
  compare_items(differs, items, decide_items(trial))
  return trial
end

-- Each issue with a conflict taken as upheld, alone, and all together.
local function try_conflicts(world, differs, items)
  local all, count = {}, 0
  for issue, by_record in pairs(world.results) do
    for record, result in pairs(by_record) do
      if result.conflict then
        count = count + 1
        all[issue] = all[issue] or {}
        all[issue][record] = "upheld"
        try(world, differs, items, { forced = { [issue] = { [record] = "upheld" } } })
      end
    end
  end
  if count > 1 then try(world, differs, items, { forced = all }) end
end

-- Every combination of readings of the published texts that were used, and of those that turn up then. Beyond
-- a documented limit the engine refers all items; which texts it has used by then depends on its short cuts,
-- so the reference cannot say. returns whether it can.
local READINGS_MOST = 16

local function try_readings(world, differs, items)
  local versions, is_listed = {}, {}
  local function list(used)
    for version in pairs(used) do
      if not is_listed[version] then
        is_listed[version] = true
        table.insert(versions, version)
      end
    end
  end
  list(world.used)
  local number, count = 0, 1
  while number < count and count <= READINGS_MOST do
    count = 1
    local reading, rest = {}, number
    for _, version in ipairs(versions) do
      reading[version] = rest % #version.values + 1
      rest = rest // #version.values
      count = count * #version.values
    end
    if number < count and number > 0 then list(try(world, differs, items, { reading = reading }).used) end
    number = number + 1
    count = 1
    for _, version in ipairs(versions) do count = count * #version.values end
  end
  return count <= READINGS_MOST
end

-- Findings for people -------------------------------------------------------------------------------

local function status_of(finding, lost_side)
  if finding.own == NO then return "not_applied" end
  if finding.undercut == YES then return finding.own == YES and "undercut" or "not_applied" end
  if finding.own == MAYBE or finding.undercut == MAYBE then return "waiting" end
  return finding.rule.side == lost_side and "defeated" or "applied"
end

local function statuses(result)
  local out, struck = {}, {}
  local lost_side = result.taken == "upheld" and "against" or "for"
  for _, finding in ipairs(result.findings) do
    local status = status_of(finding, lost_side)
    out[finding.rule] = status
    if status == "undercut" then
      for other in pairs(finding.by) do struck[other] = true end
    end
  end
  for _, finding in ipairs(result.findings) do -- an undercutter that takes nothing out is no reason
    local rule = finding.rule
    if rule.targets and out[rule] == "applied" and not struck[rule] then out[rule] = "not_applied" end
  end
  return out
end

-- All together --------------------------------------------------------------------------------------

local function name_issues(out, book, taken, facts)
  for _, issue in ipairs(book.issues) do
    for record, result in pairs(taken[issue]) do
      local name = issue.name .. "|" .. record.id
      out.issues[name] = { label = facts[issue][record].label, taken = result.taken, on_burden = result.on_burden,
        conflict = result.conflict }
      for rule, status in pairs(out.findings and statuses(result) or {}) do
        if status ~= "not_applied" then out.findings[name .. "|" .. rule.id] = status end
      end
    end
  end
end

-- Whether the burden decided anything. If not, the recommendation takes every label as the facts give it.
local function is_any_lost(world)
  for _, by_record in pairs(world.results) do
    for _, result in pairs(by_record) do
      if result.on_burden then return true end
    end
  end
  return false
end

local function label_by_facts(world)
  local facts = world_of(world.book, world.case, world.settled, world.overlay)
  facts.is_taken, facts.claims = false, world.claims
  label_all(facts)
  return facts
end

-- Decide a case. returns issues, findings and items, by names as the engine's table has them.
--
-- overlay  values, ABSENT or UNKNOWN by record and fact, instead of what the case says; or nil
-- settled  standings of the case that were worked out before: a table that is filled; or nil
-- brief    leave the findings out
-- claims   labels, by the name of the result, that hold whatever the unknown facts are (step 7); or nil
function R.decide(book, case, overlay, settled, brief, claims)
  settled = settled or {}
  local world = world_of(book, case, settled, overlay)
  world.claims = claims
  label_all(world)
  local items = decide_items(world)
  local differs = {}
  try_conflicts(world, differs, items)
  local is_sure = try_readings(world, differs, items)
  local facts = is_any_lost(world) and label_by_facts(world) or world
  local out = { issues = {}, findings = not brief and {} or nil, items = {} }
  name_issues(out, book, world.results, facts.results)
  for item, result in pairs(items) do
    out.items[item.id] = differs[item] and nothing(world, item, "refer") or result
  end
  out.has_readings, out.is_sure = next(world.used) ~= nil, is_sure
  return out
end

-- Step 7, by trying it all: the label of a result under every completion of the unknown facts of few values.
-- A fact has one value at all standards. Gives "open" if two completions differ, or if one stays open, which
-- then waits for something of many values; nil if that takes more than `most` evaluations.
function R.whatever(book, case, overlay, settled, name, most)
  local left = most
  local given = {}
  for record, facts in pairs(overlay or {}) do
    given[record] = {}
    for fact, value in pairs(facts) do given[record][fact] = value end
  end
  local function agree()
    left = left - 1
    if left < 0 then return nil end
    local world = world_of(book, case, settled, given)
    world.is_taken, world.missed = false, {}
    label_all(world)
    local label
    for _, issue in ipairs(book.issues) do
      for record, result in pairs(world.results[issue]) do
        if issue.name .. "|" .. record.id == name then label = result.label end
      end
    end
    if label ~= "open" then return label end
    local slot = table.remove(world.missed)
    while slot and not E.few_values(slot) do slot = table.remove(world.missed) end
    if not slot then return "open" end
    given[slot.record] = given[slot.record] or {}
    local was = given[slot.record][slot.name]
    local agreed
    for _, value in ipairs(E.few_values(slot)) do
      given[slot.record][slot.name] = value
      local end_label = agree()
      if end_label == nil or end_label == "open" or (agreed and agreed ~= end_label) then
        agreed = end_label and "open"
        break
      end
      agreed = end_label
    end
    given[slot.record][slot.name] = was
    return agreed
  end
  return agree()
end

-- The whole case's outcome from those of its items.
function R.outcome(items)
  local first, agreed
  for _, item in pairs(items) do
    if item.outcome == "refer" then return "refer" end
    if first == nil then first, agreed = item.outcome, true end
    agreed = agreed and item.outcome == first
  end
  return agreed and first or "split"
end

return R

-- Random cases: a few records, and of each fact either nothing, or that it does not exist, or what
-- one or several people say of it, with evidence or without.

local V = require "vocabulary"

local C = {}

local random = math.random
local DAY = 86400
local FIRST_DAY = 20089 * DAY -- 2025-01-01

local function pick(list) return list[random(#list)] end
local function chance(percent) return random(100) <= percent end

local MONEY = { 0, 2500, 3333, 5000, 10001, 20000 }
local HOURS = { 0, 0, 0, 6, 23 }

-- Values that a fact may have, for random choice and for completions.
local function value_of(fact)
  if fact.type == "bool" then return chance(50) end
  if fact.type == "enum" then return pick(fact.options.of) end
  if fact.type == "int" then return random(0, 4) end
  if fact.type == "money" then return pick(MONEY) end
  if fact.type == "duration" then return pick { DAY, 2 * DAY, 36 * 3600, 10 * DAY } end
  if fact.name == "at" then return FIRST_DAY + random(88, 90) * DAY end -- records of a list tie now and then
  if fact.type == "instant" then return FIRST_DAY + random(60, 120) * DAY + pick(HOURS) * 3600 end
  if fact.type == "list_of_enum" then
    local set = {}
    for _, word in ipairs(fact.options.of) do
      if chance(40) then set[word] = true end
    end
    if next(set) == nil then set[fact.options.of[1]] = true end
    return set
  end
  return pick { "ada", "bo", "cy" }
end
C.value_of = value_of

-- Several pieces, or none.
local function cites_of(evidence)
  local out = {}
  for _, piece in ipairs(evidence) do
    if chance(30) then table.insert(out, piece) end
  end
  return out
end

-- What is said of a fact: nil for nothing.
local function said_of(case, fact, unknown)
  local roll = random(100)
  if roll <= unknown then return nil end
  if roll <= unknown + 6 and fact.kind ~= "evidence" then return { absent = true } end
  if roll <= unknown + 6 + (94 - unknown) // 2 then
    return { { is = value_of(fact), says = fact.options.finding and "reviewer" or nil } }
  end
  local out, spoken = {}, {}
  for _ = 1, random(1, 2) do
    local says = pick { "client", "freelancer", "client", "freelancer", "client", "freelancer", "expert", "reviewer", "platform" }
    if not spoken[says] and not (says == "platform" and fact.options.finding) then
      spoken[says] = true
      table.insert(out, { is = value_of(fact), says = says, cites = cites_of(case.evidence) })
    end
  end
  return #out > 0 and out or nil
end
C.said_of = said_of

local function give_facts(case, record, unknown)
  for _, fact in ipairs(V.of[record.kind]) do
    if not fact.derived and not fact.options.engine then record.facts[fact.name] = said_of(case, fact, unknown) end
  end
end

local function add_record(case, kind, number)
  local record = { kind = kind, id = V.kinds[kind].prefix .. number, facts = {} }
  record.facts.id = { { is = record.id } }
  table.insert(case.records, record)
  return record
end

local function give_money(case, item)
  local held = V.of.item.held
  item.facts.held = chance(90) and { { is = pick { 0, 5000, 10001, 20000, 33333 } } } or said_of(case, held, 50)
  if chance(40) then item.facts.fee = chance(80) and { { is = pick { 0, 500, 2500 } } } or said_of(case, V.of.item.fee, 50) end
end

local function add_items(case, unknown)
  for _, kind in ipairs { "milestone", "bonus" } do
    local most = kind == "milestone" and pick { 0, 1, 1, 1, 2 } or pick { 0, 0, 1 }
    for number = 1, most do
      local item = add_record(case, kind, number)
      give_money(case, item)
      give_facts(case, item, unknown)
      table.insert(case.items, item)
    end
  end
end

local function add_owned(case, kind, owners, unknown)
  if #owners == 0 then return end
  for number = 1, pick { 0, 1, 1, 2, 2 } do
    local record = add_record(case, kind, number)
    local owner = { is = pick(owners) }
    if chance(10) then owner.says, owner.cites = pick { "client", "freelancer" }, {} end
    if chance(95) then record.facts[V.kinds[kind].owner] = { owner } end
    give_facts(case, record, unknown)
  end
end

local function add_evidence(case)
  for number = 1, pick { 0, 1, 2, 3 } do
    local piece = add_record(case, "evidence", number)
    for _, name in ipairs { "submitted_by", "capture", "authenticity", "both_visible" } do
      if chance(70) then piece.facts[name] = said_of(case, V.of.evidence[name], 10) end
      if piece.facts[name] then
        for _, statement in ipairs(piece.facts[name]) do statement.cites = nil end
      end
    end
    table.insert(case.evidence, piece)
  end
end

local function add_root(case, unknown)
  local root = case.root
  root.facts["case.id"] = { { is = "C1" } }
  root.facts["case.as_of"] = { { is = FIRST_DAY + random(121, 150) * DAY } }
  root.facts["case.filed_at"] = chance(92) and { { is = FIRST_DAY + random(60, 120) * DAY } }
    or said_of(case, V.of.case["case.filed_at"], 40)
  root.facts["contract.formed_at"] = chance(85) and { { is = FIRST_DAY + random(30, 100) * DAY } }
    or said_of(case, V.of.case["contract.formed_at"], 40)
  root.facts["case.filed_by"] = chance(92) and { { is = pick { "client", "freelancer" } } }
    or said_of(case, V.of.case["case.filed_by"], 40)
  give_facts(case, root, unknown)
end

-- A case by chance; `unknown`: how many facts of a hundred nobody speaks of.
function C.random(unknown)
  local case = { records = {}, items = {}, evidence = {}, none = {} }
  case.root = { kind = "case", id = "", facts = {} }
  table.insert(case.records, case.root)
  add_evidence(case)
  add_items(case, unknown)
  local milestones = {}
  for _, item in ipairs(case.items) do
    if item.kind == "milestone" then table.insert(milestones, item) end
  end
  add_owned(case, "delivery", milestones, unknown)
  add_owned(case, "defect", case.items, unknown)
  local has_defect = false
  for _, record in ipairs(case.records) do has_defect = has_defect or record.kind == "defect" end
  if not has_defect and chance(50) then case.none.defect = true end
  add_root(case, unknown)
  return case
end

return C

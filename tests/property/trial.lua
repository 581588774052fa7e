-- Trials: a rulebook, a case, and a seed for the choices that a property makes itself; what the engine
-- makes of them; and how two results are compared.

local engine = require "engine"
local V = require "vocabulary"
local W = require "write"
local R = require "reference"

local T = {}

local random = math.random
local VOCABULARY = engine.vocabulary(V.yaml())

local function pick(list) return list[random(#list)] end

local function shuffle(list)
  for i = #list, 2, -1 do
    local k = random(i)
    list[i], list[k] = list[k], list[i]
  end
  return list
end

local function sorted(map)
  local out = {}
  for key in pairs(map) do table.insert(out, key) end
  table.sort(out)
  return out
end

-- Trials --------------------------------------------------------------------------------------------

-- The engine's rulebook of a trial. A rulebook that does not compile is no trial.
local function book_of(trial)
  if not trial.made then
    local made, faults = engine.book(VOCABULARY, W.script(trial.book))
    if not made then error({ unfit = faults }) end
    trial.made = made
  end
  return trial.made
end

local function load(made, case)
  local subject, faults = made:case(W.case(case))
  if not subject then error({ unfit = faults }) end
  return subject
end

local function case_of(trial) return load(book_of(trial), trial.case) end

-- Whether everything in `a` is in `b`.
local equal

function equal(a, b)
  for key, x in pairs(a) do
    local y = b[key]
    if x ~= y and not (type(x) == "table" and type(y) == "table" and equal(x, y)) then return false end
  end
  return true
end

-- What two results say differently; nil if nothing. `parts`: which of issues, findings, items.
local function differences(want, got, parts)
  parts = parts or (want.findings and { "issues", "findings", "items" }) or { "issues", "items" }
  local is_equal = true
  local has_findings = false
  for _, part in ipairs(parts) do
    is_equal = is_equal and equal(want[part], got[part])
    has_findings = has_findings or part == "findings"
  end
  is_equal = is_equal and (not has_findings or equal(got.findings, want.findings))
  if is_equal then return nil end
  local out = {}
  local function compare(a, b, path)
    for _, key in ipairs(sorted(a)) do
      local x, y = a[key], b[key]
      if type(x) == "table" then
        compare(x, type(y) == "table" and y or {}, path .. "." .. tostring(key))
      elseif x ~= y then
        table.insert(out, ("%s.%s: want %s, got %s"):format(path, key, tostring(x), tostring(y)))
      end
    end
  end
  for _, part in ipairs(parts) do
    compare(want[part], got[part], part)
  end
  for name, status in pairs(has_findings and got.findings or {}) do
    if not want.findings[name] then table.insert(out, ("findings.%s: want none, got %s"):format(name, status)) end
  end
  return #out > 0 and table.concat(out, "\n") or nil
end

-- P6: of every result that is looked at.
local function conserved(result)
  for name, item in pairs(result.items) do
    local sum = item.to_freelancer + item.to_client + item.fees + item.stays_held
    local least = math.min(item.to_freelancer, item.to_client, item.fees, item.stays_held)
    if sum ~= item.held or least < 0 or item.to_freelancer > item.held then
      return ("item '%s': %d of %d, least part %d"):format(name, sum, item.held, least)
    end
  end
end

local function masked(bytes)
  return (bytes:gsub('"digest":"%x+"', '"digest":""'))
end

-- What a ruling says without what it says is missing.
local function decided(bytes)
  local missing = '"missing":%[{.-}%],"next"'
  return masked(bytes):gsub(missing, '"next"')
end

-- Where two texts begin to differ.
local function first_difference(a, b)
  if a == b then return nil end
  if masked(a) ~= masked(b) then a, b = masked(a), masked(b) end
  local at = 1
  while a:sub(at, at) == b:sub(at, at) do at = at + 1 end
  local from = math.max(1, at - 120)
  return ("bytes differ at %d:\n  %s\n  %s"):format(at, a:sub(from, at + 80), b:sub(from, at + 80))
end

-- Facts that a completion can give a value: { record, name, fact }, with their standing.
local function slots(case)
  local out = {}
  for _, record in ipairs(case.records) do
    for _, fact in ipairs(V.of[record.kind]) do
      local fixed = fact.derived or fact.type == "id" or fact.type == "ref" or fact.path == "case.as_of"
      if not fixed and record.kind ~= "evidence" then table.insert(out, { record = record, fact = fact }) end
    end
  end
  return out
end

local function record_path(record)
  return record.kind == "case" and "" or V.kinds[record.kind].list .. "." .. record.id
end

local function patch(slot, value)
  if slot.fact.type == "text" then value = nil end
  if type(value) == "table" then -- a set, as bits
    local bits = 0
    for i, word in ipairs(slot.fact.options.of) do
      if value[word] then bits = bits | 1 << (i - 1) end
    end
    value = bits
  end
  return { record = record_path(slot.record), fact = slot.fact.name, to = value }
end

-- The paths of facts that a rulebook names anywhere.
local function named(book)
  local out = { ["item.held"] = true, ["item.fee"] = true, ["case.filed_at"] = true, ["contract.formed_at"] = true,
    ["case.filed_by"] = true }
  local seen = {}
  local function walk(node)
    if type(node) ~= "table" or seen[node] then return end
    seen[node] = true
    if node.meta then out[node.meta.path] = true end
    for key, inner in pairs(node) do if key ~= "meta" then walk(inner) end end
  end
  for _, list in ipairs { book.rules, book.remedies, book.definitions } do walk(list) end
  return out
end

-- Facts that are not established. What counts at some standard only has a value already, which a completion
-- may establish and not change: `value`; what counts at none has none.
local function unknown_slots(trial)
  local names, out = named(trial.book), {}
  local world = { case = trial.case, settled = {} }
  for _, slot in ipairs(slots(trial.case)) do
    if names[slot.fact.path] and slot.fact.type ~= "text" then
      local value, standing = R.raw(world, slot.record, slot.fact.name)
      if standing ~= "established" and standing ~= "absent" then
        slot.value = value
        table.insert(out, slot)
      end
    end
  end
  return out
end

local function asks_standings(trial)
  local seen = {}
  local function walk(node)
    if type(node) ~= "table" or seen[node] then return false end
    seen[node] = true
    if node[1] == "contested" or node[1] == "at_standing" then return true end
    for _, inner in pairs(node) do if walk(inner) then return true end end
    return false
  end
  return walk(trial.book.rules) or walk(trial.book.definitions)
end

-- Labels that are definite in `before` and something else in `after`.
local function undone(before, after)
  for _, name in ipairs(sorted(before.issues)) do
    local was, is = before.issues[name].label, after.issues[name].label
    if was ~= "open" and was ~= is then return ("issue %s was %s, and became %s"):format(name, was, is) end
  end
end

local function say_patches(patches)
  local out = {}
  for _, one in ipairs(patches) do table.insert(out, ("%s %s = %s"):format(one.record, one.fact, tostring(one.to))) end
  return table.concat(out, "\n")
end

T.VOCABULARY = VOCABULARY
T.pick = pick
T.shuffle = shuffle
T.sorted = sorted
T.load = load
T.case_of = case_of
T.differences = differences
T.conserved = conserved
T.masked = masked
T.decided = decided
T.first_difference = first_difference
T.slots = slots
T.record_path = record_path
T.patch = patch
T.unknown_slots = unknown_slots
T.asks_standings = asks_standings
T.undone = undone
T.say_patches = say_patches

return T

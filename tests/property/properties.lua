-- The properties of section 4 of the decision model, each a function of a trial. It gives nil, or what is
-- wrong.

local engine = require "engine"
local V = require "vocabulary"
local B = require "rulebook"
local C = require "cases"
local W = require "write"
local R = require "reference"
local T = require "trial"
local copy = require("shrink").copy

local P = {}

local random = math.random
local VOCABULARY = T.VOCABULARY
local DAY = 86400

local pick, shuffle, sorted = T.pick, T.shuffle, T.sorted
local load, case_of = T.load, T.case_of
local differences, conserved, masked, decided, first_difference = T.differences, T.conserved, T.masked, T.decided,
  T.first_difference
local slots, record_path, patch, unknown_slots = T.slots, T.record_path, T.patch, T.unknown_slots
local asks_standings, undone, say_patches = T.asks_standings, T.undone, T.say_patches

-- Step 7 ------------------------------------------------------------------------------------------

-- Whether the engine looks at all completions of the unknown facts before it leaves an issue open.
local COMPLETES = true

-- Labels that the engine gives where the reference, by Kleene's values, has none. They are claims that the
-- label is the same whatever the unknown facts are.
local function claims_of(want, got)
  local claims = nil
  for name, result in pairs(want.issues) do
    if result.label == "open" and got.issues[name].label ~= "open" then
      claims = claims or {}
      claims[name] = got.issues[name].label
    end
  end
  return claims
end

-- Compare what the reference says with what the engine says; the engine's claims are taken as they are, and
-- tried by `prove`.
local function compare(trial, overlay, settled, got, is_brief)
  local want = R.decide(trial.book, trial.case, overlay, settled, is_brief)
  local all = nil
  for _ = 1, COMPLETES and #trial.book.issues or 0 do
    local claims = claims_of(want, got)
    if not claims then break end
    all = all or {}
    for name, label in pairs(claims) do all[name] = label end
    want = R.decide(trial.book, trial.case, overlay, settled, is_brief, all)
  end
  local is_vague = not want.is_sure or (all and want.has_readings) -- other readings have other claims
  local parts = is_vague and { "issues" } or nil
  return differences(want, got, parts), want, all
end

-- Try claims by enumeration, where facts of few values settle them; and whether the engine missed one.
local function prove(trial, overlay, settled, got, claims)
  if not COMPLETES or asks_standings(trial) then return nil end
  for name, result in pairs(got.issues) do
    if claims and claims[name] or result.label == "open" then
      local label = R.whatever(trial.book, trial.case, overlay, settled, name, 300)
      if label and label ~= "open" and label ~= result.label then
        return ("whatever the unknown facts are, issue %s is %s; the engine says %s"):format(name, label, result.label)
      end
    end
  end
end

-- Partial cases -------------------------------------------------------------------------------------

-- What is said otherwise than in the case: most often nothing at all. By record and fact; and as patches.
local function otherwise(case)
  local overlay, patches = {}, {}
  for _, slot in ipairs(slots(case)) do
    if random(100) <= 30 and slot.fact.type ~= "text" then
      local roll = random(100)
      local value, to = R.UNKNOWN, nil
      if roll > 60 and roll <= 70 then
        value, to = R.ABSENT, "absent"
      elseif roll > 70 then
        value = C.value_of(slot.fact)
        to = value
      end
      overlay[slot.record] = overlay[slot.record] or {}
      overlay[slot.record][slot.fact.name] = value
      table.insert(patches, patch(slot, to))
    end
  end
  return overlay, patches
end

-- The case as it would be written with an overlay.
local function with_overlay(case, overlay)
  local map = {}
  for record, facts in pairs(overlay) do
    for name, value in pairs(facts) do
      local said
      if value == R.ABSENT then
        said = { absent = true }
      elseif value ~= R.UNKNOWN then
        said = { { is = value, says = V.of[record.kind][name].options.finding and "reviewer" or nil } }
      end
      table.insert(map, { record, name, said })
    end
  end
  for _, row in ipairs(map) do row[1].facts[row[2]] = row[3] end
  return case
end

-- Compare some partial cases made of a trial's case with the reference. returns nil, or a trial that
-- differs and what differs.
function P.partial(trial, count)
  math.randomseed(trial.seed, 78)
  local subject = case_of(trial)
  local settled = {}
  for number = 1, count do
    local overlay, patches = otherwise(trial.case)
    local is_brief = number % 4 > 0 -- findings are most of the work of comparing
    local is_decided, got = pcall(subject.decide, subject, patches, is_brief)
    local wrong, claims
    if is_decided then
      local _
      wrong, _, claims = compare(trial, overlay, settled, got, is_brief)
      wrong = wrong or conserved(got) or number == 1 and prove(trial, overlay, settled, got, claims) or nil
    else
      wrong = got
    end
    if wrong then
      local other = copy({ case = trial.case, overlay = overlay })
      return { book = trial.book, made = trial.made, case = with_overlay(other.case, other.overlay), seed = trial.seed },
        wrong .. "\n" .. say_patches(patches)
    end
  end
end

-- The properties ------------------------------------------------------------------------------------

-- Order of declarations and files, of facts, statements, citations and records.
function P.P1(trial)
  local subject = case_of(trial)
  local declarations = shuffle(W.declarations(trial.book))
  local half = random(0, #declarations)
  local one = W.head .. table.concat(declarations, "\n", 1, half)
  local two = W.head .. table.concat(declarations, "\n", half + 1)
  local made, faults = engine.book(VOCABULARY, one, two)
  if not made then return "shuffled, it does not compile: " .. faults end
  local wrong = first_difference(subject:bytes(), load(made, trial.case):bytes())
  if wrong then return "declarations shuffled: " .. wrong end
  local other = copy({ case = trial.case }).case
  local rest = { table.unpack(other.records, 2) }
  other.records = { other.root, table.unpack(shuffle(rest)) }
  for _, record in ipairs(other.records) do
    record.order = shuffle(sorted(record.facts))
    for _, said in pairs(record.facts) do
      shuffle(said)
      for _, statement in ipairs(said) do
        if statement.cites then shuffle(statement.cites) end
      end
    end
  end
  return differences(subject:decide(), load(trial.made, other):decide())
end

local function values_of(slot)
  local type = slot.fact.type
  if slot.value ~= nil then return { slot.value } end
  if type == "bool" then return { true, false } end
  if type == "enum" then return slot.fact.options.of end
  local out, seen = {}, {}
  for _ = 1, 4 do
    local value = C.value_of(slot.fact)
    if _G.type(value) == "table" or not seen[value] then
      table.insert(out, value)
      if _G.type(value) ~= "table" then seen[value] = true end
    end
  end
  return out
end

-- A definite label stays, whatever the unknown facts turn out to be.
function P.P2(trial)
  if asks_standings(trial) then return nil end
  local subject, unknown = case_of(trial), unknown_slots(trial)
  local before = subject:decide()
  local values, count = {}, 1
  for i, slot in ipairs(unknown) do
    values[i] = values_of(slot)
    count = count * #values[i]
  end
  local is_exhaustive = #unknown <= 10 and count <= (trial.most or 256)
  for n = 0, is_exhaustive and count - 1 or 24 do
    local patches = {}
    for i, slot in ipairs(unknown) do
      local value
      if is_exhaustive then
        value = values[i][n % #values[i] + 1]
        n = n // #values[i]
      else
        value = slot.value == nil and random(8) == 1 and "absent" or pick(values[i])
      end
      patches[i] = patch(slot, value)
    end
    local wrong = undone(before, subject:decide(patches))
    if wrong then return wrong .. "\n" .. say_patches(patches) end
  end
end

-- As facts are added one by one, a label becomes definite at most once.
function P.P3(trial)
  if asks_standings(trial) then return nil end
  local subject, unknown = case_of(trial), shuffle(unknown_slots(trial))
  local before, patches = subject:decide(), {}
  for i = 1, math.min(#unknown, 10) do
    local slot = unknown[i]
    local value = slot.value == nil and random(8) == 1 and "absent" or pick(values_of(slot))
    table.insert(patches, patch(slot, value))
    local after = subject:decide(patches)
    local wrong = undone(before, after)
    if wrong then return wrong .. "\n" .. say_patches(patches) end
    before = after
  end
end

-- An applicable rule for an issue never un-upholds it.
function P.P4(trial)
  local before = case_of(trial):decide()
  local other = copy({ book = trial.book }).book
  local issue = pick(other.issues)
  table.insert(other.rules, { id = "added", issue = issue.name, side = "for", each = issue.each, beats = {},
    layer = pick { "practice", "contract", "law" }, when = { "known", { "fact", false, "case.as_of" } } })
  local made, faults = engine.book(VOCABULARY, W.script(other))
  if not made then return faults end
  local after = load(made, trial.case):decide()
  for name, result in pairs(before.issues) do
    if name:match("^" .. issue.name .. "|") and result.label == "upheld" and after.issues[name].label ~= "upheld" then
      return ("issue %s was upheld, and with one more argument for it is %s"):format(name, after.issues[name].label)
    end
  end
end

local HEIGHT = { rejected = 1, open = 2, upheld = 3 }

-- In a monotone theory a case that is better for the claimant in every fact goes no worse.
function P.P5(trial)
  if not trial.book.style.monotone then return nil end
  local subject = case_of(trial)
  local before, patches = subject:decide(), {}
  local world = { case = trial.case, settled = {} }
  for _, slot in ipairs(slots(trial.case)) do
    local value, standing = R.raw(world, slot.record, slot.fact.name)
    if B.FAVOUR[slot.fact.path] and standing ~= "absent" and random(3) == 1 then
      local is_known = standing == "established"
      local better = slot.fact.type == "int" and (is_known and value + random(0, 3) or 9)
      if slot.fact.type == "bool" then better = true end
      table.insert(patches, patch(slot, better))
    end
  end
  local after = subject:decide(patches)
  for _, name in ipairs(sorted(before.issues)) do
    local was, is = before.issues[name].label, after.issues[name].label
    if HEIGHT[is] < HEIGHT[was] then
      return ("issue %s was %s, and a better case makes it %s\n%s"):format(name, was, is, say_patches(patches))
    end
  end
end

-- Money is conserved, no part is negative, and nobody gets more than is held.
function P.P6(trial)
  local result = case_of(trial):decide()
  local totals = { items = { all = result.totals } }
  local held = 0
  for _, item in pairs(result.items) do held = held + item.held end
  if held ~= result.totals.held then return "the total is not the sum of the items" end
  return conserved(result) or conserved(totals)
end

local function rename_book(book)
  local function new(name) return "x" .. name end
  local seen = {}
  local function walk(node)
    if type(node) ~= "table" or seen[node] then return end
    seen[node] = true
    if node[1] == "issue" or node[1] == "param" then node[2] = new(node[2]) end
    for key, inner in pairs(node) do if key ~= "meta" then walk(inner) end end
  end
  for _, list in ipairs { "rules", "remedies" } do
    for _, one in ipairs(book[list]) do
      one.id = new(one.id)
      one.issue = one.issue and new(one.issue)
      one.beats = W.map(one.beats, new)
      one.targets = one.targets and W.map(one.targets, new)
    end
  end
  walk { book.rules, book.remedies, book.definitions }
  for _, list in ipairs { book.issues, book.params } do
    for _, one in ipairs(list) do
      list[one.name] = nil
      one.name = new(one.name)
      list[one.name] = one
    end
  end
  return B.link(book)
end

-- Other names of rules, issues, parameters and records, and another currency, change only names.
function P.P7(trial)
  local before = case_of(trial):bytes()
  local other = copy({ book = trial.book, case = trial.case })
  rename_book(other.book)
  for i = 2, #other.case.records do
    local record = other.case.records[i]
    record.id = "X" .. record.id
    record.facts.id = { { is = record.id } }
  end
  W.currency = "EUR"
  local script, text = W.script(other.book), W.case(other.case)
  W.currency = "USD"
  local made, faults = engine.book(VOCABULARY, script)
  if not made then return "renamed, it does not compile: " .. faults end
  local subject, why = made:case(text)
  if not subject then return why end
  local after = subject:bytes():gsub("EUR", "USD"):gsub("x([rimp]%d)", "%1"):gsub("x(%l+_%d)", "%1"):gsub("X(%u%d)", "%1")
  return first_difference(masked(before), masked(after))
end

local function double_rule(book)
  local rule = pick(book.rules)
  local twin = {}
  for key, value in pairs(rule) do twin[key] = value end
  twin.id = rule.id .. "d"
  for _, other in ipairs(book.rules) do
    for _, list in ipairs { other.beats, other.targets or {} } do
      for i = #list, 1, -1 do
        if list[i] == rule.id then table.insert(list, twin.id) end
      end
    end
  end
  table.insert(book.rules, twin)
end

local function double_evidence(case)
  if #case.evidence == 0 then return end
  local piece = pick(case.evidence)
  local twin = { kind = "evidence", id = "E9", facts = {} }
  for name, said in pairs(piece.facts) do twin.facts[name] = said end
  twin.facts.id = { { is = "E9" } }
  for _, record in ipairs(case.records) do
    for _, said in pairs(record.facts) do
      for _, statement in ipairs(said) do
        for _, cited in ipairs(statement.cites or {}) do
          if cited == piece then
            table.insert(statement.cites, twin)
            break
          end
        end
      end
    end
  end
  table.insert(case.records, twin)
  table.insert(case.evidence, twin)
end

-- Whether a rulebook asks how many pieces there are, or the like.
local function counts_evidence(book)
  local seen = {}
  local function walk(node)
    if type(node) ~= "table" or seen[node] then return false end
    seen[node] = true
    if node.kind == "evidence" and node.var then return true end
    for _, inner in pairs(node) do if walk(inner) then return true end end
    return false
  end
  return walk(book.rules) or walk(book.remedies) or walk(book.definitions)
end

-- A rule or a piece of evidence said twice changes nothing.
function P.P8(trial)
  local before = case_of(trial):decide()
  local other = copy({ book = trial.book, case = trial.case })
  double_evidence(other.case)
  local after = load(trial.made, other.case):decide()
  for name in pairs(after.findings) do -- the second piece has questions of its own
    if name:find("|E9|", 1, true) then after.findings[name] = nil end
  end
  local wrong = not counts_evidence(trial.book) and differences(before, after)
  if wrong then return "evidence twice: " .. wrong end
  if #other.book.rules == 0 then return nil end
  double_rule(other.book)
  local made, faults = engine.book(VOCABULARY, W.script(other.book))
  if not made then return "with a rule twice it does not compile: " .. faults end
  wrong = differences(before, load(made, trial.case):decide(), { "issues", "items" })
  return wrong and "rule twice: " .. wrong
end

-- Facts that the ruling did not look at. Two facts are known to count without being reads, see
-- engine/decide/README.md: who filed the case names the side with a burden, and a fee that nobody
-- mentions is none.
local function unread(trial, subject)
  local reads, out = subject:reads(), {}
  reads["|case.filed_by"] = true
  for _, item in ipairs(trial.case.items) do reads[record_path(item) .. "|fee"] = true end
  for _, slot in ipairs(slots(trial.case)) do
    if not reads[record_path(slot.record) .. "|" .. slot.fact.name] then table.insert(out, slot) end
  end
  return out
end

-- Facts outside the read set can be anything: not a byte of the ruling changes.
function P.P9(trial)
  local subject, patches = case_of(trial), {}
  for _, slot in ipairs(unread(trial, subject)) do
    if random(2) == 1 then
      local value = random(3) == 1 and "absent" or C.value_of(slot.fact)
      table.insert(patches, patch(slot, value))
    end
  end
  local wrong = first_difference(decided(subject:bytes()), decided(subject:bytes(patches)))
  return wrong and wrong .. "\n" .. say_patches(patches)
end

-- The engine says what the reference says.
function P.P11(trial)
  local got, settled = case_of(trial):decide(), {}
  local wrong, want, claims = compare(trial, nil, settled, got)
  if wrong then return wrong end
  local outcome = R.outcome(want.items)
  if outcome ~= got.outcome and want.is_sure and not claims then return ("the case: want %s, got %s"):format(outcome, got.outcome) end
  return conserved(got) or prove(trial, nil, settled, got, claims)
end

-- The same once more, and from the case as the engine itself writes it.
function P.P12(trial)
  local subject = case_of(trial)
  local bytes = subject:bytes()
  local again, faults = trial.made:case(subject:json())
  if not again then return "the engine's own JSON does not load: " .. faults end
  return first_difference(bytes, subject:bytes()) or first_difference(bytes, again:bytes())
end

-- With only what was looked at known, the ruling is the same.
function P.P13(trial)
  local subject = case_of(trial)
  local patches = {}
  for i, slot in ipairs(unread(trial, subject)) do patches[i] = patch(slot, nil) end
  local wrong = first_difference(decided(subject:bytes()), decided(subject:bytes(patches)))
  return wrong and wrong .. "\n" .. say_patches(patches)
end

local function shift(book, case, by)
  local function moved(seconds)
    return (seconds == math.mininteger or seconds == math.maxinteger) and seconds or seconds + by
  end
  for _, param in ipairs(book.params) do
    for _, version in ipairs(param.versions) do version.from, version.to = moved(version.from), moved(version.to) end
  end
  for _, rule in ipairs(book.rules) do
    if rule.anchor then rule.from, rule.to = moved(rule.from), moved(rule.to) end
  end
  for _, record in ipairs(case.records) do
    for name, said in pairs(record.facts) do
      if V.of[record.kind][name].type == "instant" then
        for _, statement in ipairs(said) do statement.is = statement.is + by end
      end
    end
  end
end

-- All dates later or earlier by the same number of days: nothing but dates changes.
function P.P14(trial)
  local before = case_of(trial):decide()
  local other = copy({ book = trial.book, case = trial.case })
  shift(other.book, other.case, random(-400, 400) * DAY)
  local made, faults = engine.book(VOCABULARY, W.script(other.book))
  if not made then return "shifted, it does not compile: " .. faults end
  return differences(before, load(made, other.case):decide())
end

-- Who the parties are changes nothing but the digest of the case.
function P.P15(trial)
  local other = copy({ case = trial.case }).case
  local facts = other.root.facts
  for _, name in ipairs { "name", "country", "rating" } do
    local one, two = "client." .. name, "freelancer." .. name
    facts[one], facts[two] = facts[two], facts[one]
  end
  local subject = case_of(trial)
  return first_difference(masked(subject:bytes()), masked(load(trial.made, other):bytes()))
end

-- Try a property on a trial. returns what is wrong or nil, whether the trial was fit at all, and
-- whether something raised an error.
function P.try(name, trial)
  math.randomseed(trial.seed, 77)
  local is_done, wrong = xpcall(P[name], function(fault)
    if type(fault) == "table" then return fault end
    return { raised = debug.traceback(tostring(fault), 2) }
  end, trial)
  if is_done then return wrong, true end
  return wrong.raised or wrong.unfit, wrong.unfit == nil, wrong.raised ~= nil
end

return P

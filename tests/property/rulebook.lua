-- Random rulebooks: dated parameters, derived facts, issues that ask issues, rules for and against
-- with layers, ranks, periods and exceptions, undercutters in chains, remedies in strata.
--
-- Declarations name each other by names, so that the shrinker can take one out. What is derived from
-- the names (who undercuts whom, who outranks whom through others) is made by `link`.

local V = require "vocabulary"
local G = require "conditions"

local B = {}

local random, pick, chance = math.random, G.pick, G.chance
local DAY = 86400
local FIRST_DAY = 20089 * DAY -- 2025-01-01

local VALUES = {
  int = { 0, 1, 2, 3 },
  money = { 0, 2500, 5000, 10001 },
  duration = { DAY, 3 * DAY, 36 * 3600, 10 * DAY },
}

local function values_of(type)
  if chance(6) then return { "unknown" } end
  local values = { pick(VALUES[type]) }
  if chance(12) then values[2] = pick(VALUES[type]) end
  return values
end

-- Versions: one that always holds; two with a seam; or one that begins and ends.
local function versions_of(type)
  local roll = random(100)
  if roll <= 55 then return { { from = math.mininteger, to = math.maxinteger, values = values_of(type) } } end
  local seam = FIRST_DAY + random(40, 110) * DAY
  if roll <= 85 then
    return { { from = math.mininteger, to = seam - 1, values = values_of(type) },
      { from = seam, to = math.maxinteger, values = values_of(type) } }
  end
  return { { from = seam - 60 * DAY, to = seam - 1, values = values_of(type) } }
end

local function add_params(book)
  for _, type in ipairs { "int", "money", "duration" } do
    for i = 1, 2 do
      local param = { name = type .. "_" .. i, type = type, versions = versions_of(type),
        anchor = pick { "contract_formed", "filed", "filed", "event" } }
      table.insert(book.params, param)
      book.params[param.name] = param
    end
  end
end

local function scope_of(book, each, issues)
  return { book = book, each = each, vars = {}, issues = issues or {}, derived = #V.derived }
end

local function add_definitions(book)
  for i, row in ipairs(V.derived) do
    if chance(80) then
      local scope = scope_of(book, row[1]:match("^(%w+)%."))
      scope.derived, scope.is_definition = i - 1, true
      book.definitions[row[1]] = row[2] == "bool" and G.condition(scope, 2) or G.expression(scope, row[2], 2)
    end
  end
end

local LAYERS = { "practice", "practice", "practice", "guidance", "contract", "platform", "law" }
local PARTIES = { "client", "freelancer", "client", "freelancer", "filer", "respondent" }

local function add_issues(book)
  for i = 1, random(1, 4) do
    local issue = { name = "i" .. i, each = pick { "item", "item", "item", "milestone", "milestone", "case", "delivery", "evidence" },
      claimant = pick(PARTIES), standard = pick { "some", "balance", "balance", "balance", "clear" } }
    if issue.each == "evidence" and chance(60) then issue.claimant = "objector" end
    issue.layer = pick(LAYERS) -- of most of its rules
    issue.burden = chance(70) and issue.claimant or pick(PARTIES)
    table.insert(book.issues, issue)
    book.issues[issue.name] = issue
  end
end

local ARGUES = {
  item = { "item", "item", "item", "milestone", "bonus", "case" },
  milestone = { "milestone", "milestone", "case" },
  delivery = { "delivery", "delivery", "case" },
  evidence = { "evidence", "evidence", "case" },
  case = { "case" },
}

local function lower_issues(book, issue)
  local out = {}
  for _, other in ipairs(book.issues) do
    if other == issue then return out end
    table.insert(out, other.name)
  end
  return out
end

local function give_period(rule)
  rule.anchor = pick { "contract_formed", "filed" }
  local seam = FIRST_DAY + random(40, 110) * DAY
  rule.from, rule.to = math.mininteger, math.maxinteger
  if chance(50) then rule.from = seam else rule.to = seam - 1 end
end

-- Among rules of one group only those made earlier are beaten, so no circle arises.
local function give_beats(rule, rules, is_group)
  rule.beats = {}
  for _, other in ipairs(rules) do
    if is_group(other) and chance(45) then table.insert(rule.beats, other.id) end
  end
end

local function add_rule(book, issue)
  local rule = { id = "r" .. (#book.rules + 1), issue = issue.name, side = chance(60) and "for" or "against",
    each = pick(ARGUES[issue.each]), layer = chance(60) and issue.layer or pick(LAYERS) }
  local scope = scope_of(book, rule.each, lower_issues(book, issue))
  rule.when = G.condition(scope, 2)
  if chance(20) then rule.unless = G.condition(scope, 1) end
  if chance(12) then give_period(rule) end
  give_beats(rule, book.rules, function(other) return other.issue == rule.issue and other.layer == rule.layer end)
  table.insert(book.rules, rule)
end

local function add_undercutter(book)
  local targets = {}
  for _, rule in ipairs(book.rules) do
    local issue = rule.issue or rule.of_issue
    local fits = #targets == 0 or (targets[1].of == issue and targets[1].each == rule.each)
    if fits and chance(30) then table.insert(targets, { id = rule.id, of = issue, each = rule.each }) end
  end
  if #targets == 0 then return end
  local issue = book.issues[targets[1].of]
  local rule = { id = "r" .. (#book.rules + 1), targets = {}, of_issue = issue.name, layer = "practice", beats = {},
    each = chance(75) and targets[1].each or "case" }
  for _, target in ipairs(targets) do table.insert(rule.targets, target.id) end
  local scope = scope_of(book, rule.each, lower_issues(book, issue))
  rule.when = G.condition(scope, 1)
  if chance(15) then rule.unless = G.condition(scope, 0) end
  table.insert(book.rules, rule)
end

local function add_rules(book)
  for _, issue in ipairs(book.issues) do
    for _ = 1, random(1, 5) do add_rule(book, issue) end
    if chance(40) then add_undercutter(book) end
    if chance(15) then add_undercutter(book) end
  end
end

local OUTCOMES = { "release_full", "refund_full", "split", "release_full" }

local function add_remedy(book)
  local remedy = { id = "m" .. (#book.remedies + 1), each = pick { "item", "item", "item", "milestone", "case" },
    outcome = pick(OUTCOMES), stratum = pick { "merits", "merits", "merits", "silence", "bar" } }
  local all = {}
  for _, issue in ipairs(book.issues) do table.insert(all, issue.name) end
  local scope = scope_of(book, remedy.each, all)
  scope.may_ask_open = true
  remedy.when = G.condition(scope, 1)
  if chance(80) then remedy.freelancer = G.expression(scope, "money", 2) else remedy.outcome = "stay" end
  if remedy.freelancer and remedy.freelancer[1] == "const" then remedy.freelancer = { "param", "money_1" } end
  give_beats(remedy, book.remedies, function(other) return other.stratum == remedy.stratum end)
  table.insert(book.remedies, remedy)
end

-- A rulebook by chance. The state of math.random decides all of it.
function B.random()
  local book = { params = {}, definitions = {}, issues = {}, rules = {}, remedies = {},
    style = { standings = chance(25) } }
  add_params(book)
  add_definitions(book)
  add_issues(book)
  add_rules(book)
  for _ = 1, random(1, 4) do add_remedy(book) end
  return B.link(book)
end

-- Monotone theories ---------------------------------------------------------------------------------

-- Facts of which more (true, a greater number) is better for whoever claims.
B.FAVOUR = { ["contract.written"] = true, ["contract.kept"] = true, ["contract.rounds"] = true,
  ["item.accepted"] = true, ["milestone.done"] = true, ["milestone.late"] = true, ["delivery.formal"] = true,
  ["delivery.parts"] = true, ["bonus.agreed"] = true }

-- A condition that a better case can only make true (sign true), or only make false.
local function monotone_condition(book, each, variable, issues, is_for, depth)
  local function atom()
    if #issues > 0 and chance(30) then
      local issue = book.issues[pick(issues)]
      local fits = issue.each == "case" or V.is(each, issue.each)
      if fits and variable ~= "v1" then return { "issue", issue.name, is_for and "upheld" or "rejected" } end
    end
    if variable ~= "v1" and each ~= "bonus" and chance(20) then
      return { pick { "some", "every" }, kind = "delivery", var = "v1", narrow = V.is(each, "item"),
        body = monotone_condition(book, "delivery", "v1", issues, is_for, 0) }
    end
    local found = {}
    for _, fact in ipairs(V.of[each]) do
      if B.FAVOUR[fact.path] then table.insert(found, { "fact", each ~= "case" and variable, fact.name, meta = fact }) end
    end
    local fact = pick(found)
    if fact.meta.type == "bool" then return { "cmp", "is", fact, { "const", is_for, "bool" } } end
    return { "cmp", is_for and "at_least" or "less_than", fact, { "param", "int_" .. random(2) } }
  end
  if depth == 0 or chance(40) then return atom() end
  local node = { pick { "all", "any" } }
  for i = 2, random(2, 4) do node[i] = monotone_condition(book, each, variable, issues, is_for, depth - 1) end
  return node
end

local function add_monotone_rules(book)
  for _, issue in ipairs(book.issues) do
    for _ = 1, random(2, 5) do
      local rule = { id = "r" .. (#book.rules + 1), issue = issue.name, side = chance(55) and "for" or "against",
        each = pick(ARGUES[issue.each]), layer = pick(LAYERS) }
      local lower = lower_issues(book, issue)
      rule.when = monotone_condition(book, rule.each, "v0", lower, rule.side == "for", 2)
      if chance(25) then rule.unless = monotone_condition(book, rule.each, "v0", lower, rule.side ~= "for", 1) end
      give_beats(rule, book.rules, function(other) return other.issue == rule.issue and other.layer == rule.layer end)
      table.insert(book.rules, rule)
    end
  end
end

-- A rulebook in which whatever is better for the claimant helps every rule for an issue and hurts every
-- rule against it.
function B.monotone()
  local book = { params = {}, definitions = {}, issues = {}, rules = {}, remedies = {},
    style = { standings = false, monotone = true } }
  add_params(book)
  add_issues(book)
  for _, issue in ipairs(book.issues) do
    if issue.each == "evidence" then issue.each, issue.claimant, issue.burden = "case", "client", "client" end
  end
  add_monotone_rules(book)
  for _ = 1, random(1, 3) do add_remedy(book) end
  return B.link(book)
end

-- `beats` through others, inside a group.
local function close(list, beats)
  local by_id = {}
  for _, one in ipairs(list) do by_id[one.id] = one end
  local function reach(from, one)
    for _, id in ipairs(one.beats) do
      local other = by_id[id]
      if other and not beats[from][other] then
        beats[from][other] = true
        reach(from, other)
      end
    end
  end
  for _, one in ipairs(list) do
    beats[one] = {}
    reach(one, one)
  end
end

-- What follows from the names: rules of issues, undercutters of rules, ranks.
function B.link(book)
  book.undercutters, book.beats = {}, {}
  for _, issue in ipairs(book.issues) do issue.rules = {} end
  local by_id = {}
  for _, rule in ipairs(book.rules) do
    by_id[rule.id] = rule
    if rule.issue then table.insert(book.issues[rule.issue].rules, rule) end
  end
  for _, rule in ipairs(book.rules) do
    for _, id in ipairs(rule.targets or {}) do
      local target = by_id[id]
      if target then
        book.undercutters[target] = book.undercutters[target] or {}
        table.insert(book.undercutters[target], rule)
      end
    end
  end
  close(book.rules, book.beats)
  close(book.remedies, book.beats)
  return book
end

return B

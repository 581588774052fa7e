-- Random conditions and expressions: trees that `write` can say in the rule language and `reference`
-- can evaluate.
--
-- A scope says what may be spoken of: `each` (the kind of record that the declaration ranges over),
-- `vars` (records of the lists around), `issues` (names that may be asked), `derived` (how many of
-- the vocabulary's derived facts are defined so far), `is_definition` (numbers may stand bare) and
-- the rulebook's `style`.

local V = require "vocabulary"

local G = {}

local random = math.random

local function pick(list) return list[random(#list)] end
local function chance(percent) return random(100) <= percent end
G.pick, G.chance = pick, chance

local condition, expression

-- Records in hand: { variable or false for the root, kind }.
local function records(scope)
  local out = { { false, "case" } }
  if scope.each ~= "case" then
    table.insert(out, { "v0", scope.each })
    table.insert(out, { "v0", scope.each }) -- twice as likely
  end
  for _, var in ipairs(scope.vars) do
    table.insert(out, var)
    table.insert(out, var)
    table.insert(out, var)
  end
  return out
end

local function may_read(scope, fact)
  if fact.options.silent or fact.type == "id" or fact.type == "text" then return false end
  if not fact.derived then return true end
  for i = 1, scope.derived do
    if V.derived[i][1] == fact.path then return true end
  end
  return false
end

-- A fact of a type, or nil.
local function fact_of(scope, type)
  local record = pick(records(scope))
  local found = {}
  for _, fact in ipairs(V.of[record[2]]) do
    if fact.type == type and may_read(scope, fact) then table.insert(found, { "fact", record[1], fact.name, meta = fact }) end
  end
  local owner = V.kinds[record[2]] and V.kinds[record[2]].owner
  if owner then
    for _, fact in ipairs(V.of[V.kinds[record[2]].owner_kind]) do
      if fact.type == type and may_read(scope, fact) and chance(30) then
        table.insert(found, { "follow", record[1], owner, fact.name, meta = fact })
      end
    end
  end
  return #found > 0 and pick(found) or nil
end

local function param_of(scope, type)
  local found = {}
  for _, param in ipairs(scope.book.params) do
    if param.type == type then table.insert(found, param) end
  end
  local param = pick(found)
  local node = { "param", param.name }
  if param.anchor == "event" and chance(70) then node.on = fact_of(scope, "instant") end
  return node
end

local DEFINED = { int = { 0, 1, 2, 3 }, money = { 0, 2500, 10001 }, duration = { 86400, 5 * 86400, 36 * 3600 } }

local function bare(scope, type)
  if type == "int" and chance(40) then return { "const", random(0, 1), type } end
  if scope.is_definition and DEFINED[type] then return { "const", pick(DEFINED[type]), type } end
  return param_of(scope, type)
end

-- A list node: which list, its variable, whether it is narrowed to the declaration's record, where.
local function list_of(scope, op, depth)
  local kind = pick { "delivery", "delivery", "delivery", "defect", "defect", "defect", "milestone", "evidence" }
  local variable = "v" .. (#scope.vars + 1)
  local is_item = V.is(scope.each, "item")
  local fits = is_item and V.kinds[kind].owner and (V.is(scope.each, V.kinds[kind].owner_kind)
    or V.is(V.kinds[kind].owner_kind, scope.each))
  local node = { op, kind = kind, var = variable, narrow = fits and chance(75) or false }
  local inner = {}
  for key, value in pairs(scope) do inner[key] = value end
  inner.vars = { table.unpack(scope.vars) }
  table.insert(inner.vars, { variable, kind })
  if chance(45) then node.where = condition(inner, math.min(depth - 1, 1)) end
  return node, inner
end

-- A fact of the list's own record; nil if it has none of that type.
local function member_fact(inner, type)
  local var = inner.vars[#inner.vars]
  local found = {}
  for _, fact in ipairs(V.of[var[2]]) do
    if fact.type == type and may_read(inner, fact) then table.insert(found, { "fact", var[1], fact.name, meta = fact }) end
  end
  return #found > 0 and pick(found) or nil
end

-- The days of a span that the records' times cover: from `at` on, to some instant of each.
local function covered(scope, depth)
  local node, inner = list_of(scope, "covered_days", depth)
  node.body = member_fact(inner, "instant")
  if not node.body then return nil end
  node.give = expression(inner, "instant", 0)
  node.from, node.until_ = expression(scope, "instant", 0), expression(scope, "instant", 0)
  return node
end

local function list_number(scope, type, depth)
  if type == "int" and chance(20) then return covered(scope, depth) end
  local op = type == "int" and pick { "count", "sum", "largest" } or pick { "sum", "largest" }
  local node, inner = list_of(scope, op, depth)
  if op == "count" then
    node.where = node.where or condition(inner, 0)
    return node
  end
  node.body = member_fact(inner, type)
  return node.body and node or nil
end

local function list_extreme(scope, type, depth)
  local node, inner = list_of(scope, pick { "earliest", "latest" }, depth)
  node.body = member_fact(inner, type == "instant" and "instant" or pick { "instant", "int", "money" })
  if not node.body then return nil end
  if type ~= node.body.meta.type or chance(50) then
    node.give = member_fact(inner, type)
    if not node.give then return nil end
  end
  return node
end

-- A node of two parts. Two bare numbers would meet while the file is loaded, and be no expression.
local function two(scope, op, a, b)
  if a[1] == "const" and b[1] == "const" then a = param_of(scope, a[3]) end
  return { op, a, b }
end

-- An expression of two parts, by type.
local TWO = {
  int = function(scope, depth)
    local op = pick { "add", "sub", "mul", "days" }
    local of = op == "days" and "instant" or "int"
    return two(scope, op, expression(scope, of, depth - 1), expression(scope, of, depth - 1))
  end,
  money = function(scope, depth)
    local op = pick { "add", "sub", "mul", "share", "share" }
    local a = expression(scope, "money", depth - 1)
    if op == "share" then
      local n = chance(50) and { "const", random(0, 7), "int" } or expression(scope, "int", 0)
      return { op, a, n, { "const", random(1, 7), "int" } }
    end
    return two(scope, op, a, expression(scope, op == "mul" and "int" or "money", depth - 1))
  end,
  instant = function(scope, depth)
    return { pick { "add", "add", "sub" }, expression(scope, "instant", depth - 1), expression(scope, "duration", 0) }
  end,
  duration = function(scope, depth)
    if chance(30) then return { "add", expression(scope, "duration", 0), expression(scope, "duration", 0) } end
    return { "time", expression(scope, "instant", depth - 1), expression(scope, "instant", depth - 1) }
  end,
}

local function some_of(scope, type, depth)
  local node = { pick { "min", "max", "first_known" } }
  for i = 1, random(2, 3) do node[i + 1] = expression(scope, type, depth - 1) end
  return node
end

local function choice(scope, type, depth)
  local node = { "choose", rows = {} }
  for i = 1, random(1, 2) do node.rows[i] = { condition(scope, depth - 1), expression(scope, type, depth - 1) } end
  node.otherwise = expression(scope, type, depth - 1)
  return node
end

-- An expression of a type; depth bounds its nesting.
function expression(scope, type, depth)
  local roll = random(100)
  local node
  if depth > 0 and roll <= 20 then
    node = TWO[type](scope, depth)
  elseif depth > 0 and roll <= 30 then
    node = some_of(scope, type, depth)
  elseif depth > 0 and roll <= 35 then
    node = choice(scope, type, depth)
  elseif depth > 0 and #scope.vars < 2 and roll <= 55 then
    if type == "int" or type == "money" then node = list_number(scope, type, depth) end
    if not node and type ~= "duration" and chance(70) then node = list_extreme(scope, type, depth) end
  elseif roll <= 68 and type ~= "instant" then
    node = bare(scope, type)
  end
  if node then return node end
  node = fact_of(scope, type) or fact_of(scope, type)
  if node then return node end
  if type == "instant" then return { "fact", false, "case.filed_at", meta = V.of.case["case.filed_at"] } end
  return bare(scope, type)
end
G.expression = expression

-- Atoms ---------------------------------------------------------------------------------------------

local function of_bool(scope)
  local fact = fact_of(scope, "bool") or fact_of(scope, "bool")
  return fact and { "cmp", chance(85) and "is" or "is_not", fact, { "const", chance(65), "bool" } }
end

local function of_enum(scope)
  local fact = fact_of(scope, "enum")
  if not fact then return nil end
  local members = fact.meta.options.of
  if chance(30) then return { "one_of", fact, { members[1], members[#members] } } end
  return { "cmp", pick { "is", "is", "is_not" }, fact, { "const", pick(members), "enum" } }
end

local function of_set(scope)
  local fact = fact_of(scope, "list_of_enum")
  if not fact then return nil end
  local members = fact.meta.options.of
  if chance(60) then return { "has", fact, pick(members) } end
  return { "has_only", fact, { pick(members), members[1] } }
end

local ORDERS = { "less_than", "at_most", "more_than", "at_least" }

local function of_number(scope, depth)
  local type = pick { "int", "int", "money", "duration" }
  local left = expression(scope, type, depth)
  if left[1] == "const" then left = fact_of(scope, type) or param_of(scope, type) end
  return { "cmp", chance(80) and pick(ORDERS) or pick { "is", "is_not" }, left, expression(scope, type, depth - 1) }
end

local function of_instant(scope, depth)
  local left, right = expression(scope, "instant", depth), expression(scope, "instant", depth)
  if chance(20) then return { "within", left, param_of(scope, "duration"), right } end
  return { "cmp", pick { "before", "after", "at_most", "at_least", "is" }, left, right }
end

local function any_fact(scope)
  local type = pick { "bool", "enum", "int", "money", "instant", "duration", "list_of_enum" }
  return fact_of(scope, type) or fact_of(scope, "bool")
end

local function of_presence(scope)
  local fact = any_fact(scope)
  return fact and { pick { "known", "absent" }, fact }
end

local function of_standing(scope)
  local fact = any_fact(scope)
  if not fact or fact[1] ~= "fact" or fact.meta.derived or not scope.book.style.standings then return nil end
  if chance(50) then return { "contested", fact } end
  return { "at_standing", fact, pick { "claimed", "supported", "established" } }
end

-- The records whose issue can be asked: the declaration's own, or one of a list around.
local function of_issue(scope)
  if #scope.issues == 0 then return nil end
  local issue = scope.book.issues[pick(scope.issues)]
  local label = scope.may_ask_open and chance(15) and "open" or pick { "upheld", "upheld", "rejected" }
  for i = #scope.vars, 1, -1 do
    if V.is(scope.vars[i][2], issue.each) and chance(60) then
      return { "issue", issue.name, label, of = scope.vars[i][1] }
    end
  end
  local owner = V.kinds[scope.each] and V.kinds[scope.each].owner_kind
  local fits = issue.each == "case" or V.is(scope.each, issue.each) or (owner and V.is(owner, issue.each))
  return fits and { "issue", issue.name, label } or nil
end

local function of_list(scope, depth)
  if #scope.vars >= 2 then return nil end
  local node, inner = list_of(scope, pick { "some", "some", "every" }, depth)
  node.body = condition(inner, depth - 1)
  return node
end

local ATOMS = {
  of_bool, of_bool, of_bool, of_bool, of_enum, of_enum, of_set, of_number, of_number, of_instant, of_presence,
  of_standing, of_issue, of_issue, of_issue, of_list, of_list,
}

local function atom(scope, depth)
  for _ = 1, 8 do
    local node = pick(ATOMS)(scope, depth)
    if node then return node end
  end
  return { "cmp", "is", { "fact", false, "contract.kept", meta = V.of.case["contract.kept"] }, { "const", true, "bool" } }
end

-- A condition; depth bounds its nesting.
function condition(scope, depth)
  if depth > 0 and chance(45) then
    local node = { pick { "all", "all", "any", "any", "no" } }
    for i = 1, random(1, 3) do node[i + 1] = condition(scope, depth - 1) end
    return node
  end
  return atom(scope, math.max(depth, 0))
end
G.condition = condition

return G

-- Rulebooks as rule files, cases as JSON.

local V = require "vocabulary"

local W = {}

local DAY = 86400

local function date(seconds) return os.date("!%Y-%m-%d", seconds) end
local function instant(seconds) return os.date("!%Y-%m-%dT%H:%M:%SZ", seconds) end

W.currency = "USD" -- of rulebook and case; the properties change it

local function money(minor) return ("%s%d.%02d"):format(minor < 0 and "-" or "", math.abs(minor) // 100, math.abs(minor) % 100) end

local function duration(seconds)
  if seconds % DAY == 0 then return seconds // DAY, "calendar_days" end
  return seconds // 3600, "hours"
end

-- Conditions and expressions ------------------------------------------------------------------------

local say

local function quoted(words)
  local out = {}
  for i, word in ipairs(words) do out[i] = ('"%s"'):format(word) end
  return "{" .. table.concat(out, ", ") .. "}"
end

local function constant(value, type)
  if type == "money" then return ('money "%s %s"'):format(W.currency, money(value)) end
  if type == "duration" then
    local count, unit = duration(value)
    return ("%s(%d)"):format(unit, count)
  end
  return type == "enum" and ('"%s"'):format(value) or tostring(value)
end

local function variable(name) return name == "v0" and "m" or name end

local function each_of(node, from, separator)
  local out = {}
  for i = from, #node do table.insert(out, say(node[i])) end
  return table.concat(out, separator)
end

local function infix(sign)
  return function(node) return ("(%s %s %s)"):format(say(node[2]), sign, say(node[3])) end
end

local function call(name)
  return function(node) return ("%s(%s)"):format(name, each_of(node, 2, ", ")) end
end

local function braces(name)
  return function(node) return ("%s{%s}"):format(name, each_of(node, 2, ", ")) end
end

local function list(node)
  local function lambda(body) return ("function(%s) return %s end"):format(node.var, say(body)) end
  local name = V.kinds[node.kind].list
  if not node.narrow and V.kinds[node.kind].owner then name = "case." .. name end
  local options = {}
  if node.where and node[1] ~= "count" then table.insert(options, "where = " .. lambda(node.where)) end
  if node.give then table.insert(options, "give = " .. lambda(node.give)) end
  local tail = #options > 0 and ", {" .. table.concat(options, ", ") .. "}" or ""
  local body = node[1] == "count" and node.where or node.body
  return ('%s("%s", %s%s)'):format(node[1], name, lambda(body), tail)
end

local function covered(node)
  local where = node.where and (", where = function(%s) return %s end"):format(node.var, say(node.where)) or ""
  local name = V.kinds[node.kind].list
  if not node.narrow and V.kinds[node.kind].owner then name = "case." .. name end
  return ('covered_days("%s", function(%s) return %s end, function(%s) return %s end, {from = %s, until_ = %s%s})'):format(
    name, node.var, say(node.body), node.var, say(node.give), say(node.from), say(node.until_), where)
end

local function choose(node)
  local out = {}
  for i, row in ipairs(node.rows) do out[i] = ("{%s, %s}"):format(say(row[1]), say(row[2])) end
  return ("choose{%s, %s}"):format(table.concat(out, ", "), say(node.otherwise))
end

local SAY = {
  fact = function(node) return (node[2] and variable(node[2]) .. "." or "") .. node[3] end,
  follow = function(node) return ("%s.%s.%s"):format(variable(node[2]), node[3], node[4]) end,
  param = function(node) return "param." .. node[2] .. (node.on and (":on(%s)"):format(say(node.on)) or "") end,
  const = function(node) return constant(node[2], node[3]) end,
  add = infix "+",
  sub = infix "-",
  mul = infix "*",
  days = call "days_between",
  time = call "time_between",
  min = call "min",
  max = call "max",
  share = call "share",
  first_known = call "first_known",
  choose = choose,
  all = braces "all",
  any = braces "any",
  no = braces "no",
  cmp = function(node) return ("%s:%s(%s)"):format(say(node[3]), node[2], say(node[4])) end,
  within = function(node) return ("%s:within(%s, %s)"):format(say(node[2]), say(node[3]), say(node[4])) end,
  one_of = function(node) return ("%s:one_of%s"):format(say(node[2]), quoted(node[3])) end,
  has = function(node) return ('%s:has("%s")'):format(say(node[2]), node[3]) end,
  has_only = function(node) return ("%s:has_only%s"):format(say(node[2]), quoted(node[3])) end,
  known = function(node) return say(node[2]) .. ":known()" end,
  absent = function(node) return say(node[2]) .. ":absent()" end,
  contested = function(node) return say(node[2]) .. ":contested()" end,
  at_standing = function(node) return ('%s:at_standing("%s")'):format(say(node[2]), node[3]) end,
  issue = function(node) return ("issue.%s:%s(%s)"):format(node[2], node[3], node.of and variable(node.of) or "") end,
  some = list, every = list, count = list, sum = list, earliest = list, latest = list, largest = list,
  covered_days = covered,
}

function say(node) return SAY[node[1]](node) end
W.say = say

-- Declarations --------------------------------------------------------------------------------------

local function version(param, one)
  local fields = { one.from == math.mininteger and 'from = "unknown"' or ('from = "%s"'):format(date(one.from)) }
  if one.to ~= math.maxinteger then table.insert(fields, ('to = "%s"'):format(date(one.to))) end
  local values = {}
  for i, value in ipairs(one.values) do
    values[i] = value == "unknown" and '"unknown"' or constant(value, param.type)
  end
  if #values == 1 then
    table.insert(fields, ('value = %s, source = "S"'):format(values[1]))
  else
    local reading = '{ value = %s, source = "S" }'
    table.insert(fields, ("conflict = { %s, %s }"):format(reading:format(values[1]), reading:format(values[2])))
  end
  return "  { " .. table.concat(fields, ", ") .. " },"
end

local function say_param(param)
  local out = { ('param "%s" {\n  title = "t", anchor = "%s", type = "%s",'):format(param.name, param.anchor, param.type) }
  for _, one in ipairs(param.versions) do table.insert(out, version(param, one)) end
  return table.concat(out, "\n") .. "\n}"
end

local function say_issue(issue)
  return ('issue "%s" { title = "t", each = "%s", claimant = "%s", burden = "%s", standard = "%s" }'):format(
    issue.name, issue.each, issue.claimant, issue.burden, issue.standard)
end

local function period(rule)
  if not rule.anchor then return "" end
  return ('  anchor = "%s",%s%s\n'):format(rule.anchor,
    rule.from ~= math.mininteger and (' from = "%s",'):format(date(rule.from)) or "",
    rule.to ~= math.maxinteger and (' to = "%s",'):format(date(rule.to)) or "")
end

local function existing(ids, book_list)
  local out = {}
  for _, id in ipairs(ids) do
    for _, one in ipairs(book_list) do
      if one.id == id then table.insert(out, id) end
    end
  end
  return out
end

local function say_rule(rule, rules)
  local unless = rule.unless and ("  unless = %s,\n"):format(say(rule.unless)) or ""
  if rule.targets then
    return ('undercut(%s) {\n  id = "%s", title = "t", each = "%s", clause = "T-practice",\n  when = %s,\n%s}'):format(
      quoted(existing(rule.targets, rules)), rule.id, rule.each, say(rule.when), unless)
  end
  return ('rule "%s" {\n  title = "t", issue = "%s", side = "%s", each = "%s", clause = "T-%s", layer = "%s",\n'
    .. '  beats = %s,\n%s  when = %s,\n%s}'):format(
    rule.id, rule.issue, rule.side, rule.each, rule.layer, rule.layer, quoted(existing(rule.beats, rules)), period(rule),
    say(rule.when), unless)
end

local function say_remedy(remedy, remedies)
  return ('remedy "%s" {\n  each = "%s", outcome = "%s", stratum = "%s", clause = "T-practice", beats = %s,\n  when = %s,\n%s}'):format(
    remedy.id, remedy.each, remedy.outcome, remedy.stratum, quoted(existing(remedy.beats, remedies)), say(remedy.when),
    remedy.freelancer and ("  freelancer = %s,\n"):format(say(remedy.freelancer)) or "")
end

local function sorted_keys(map)
  local out = {}
  for key in pairs(map) do
    if type(key) == "string" then table.insert(out, key) end
  end
  table.sort(out)
  return out
end

-- The declarations of a rulebook, each a text.
function W.declarations(book)
  local out = { 'source "S" { title = "t", grade = "OURS" }' }
  for _, layer in ipairs { "law", "platform", "contract", "guidance", "practice" } do
    table.insert(out, ('provision "T-%s" { title = "t", source = "S", layer = "%s" }'):format(layer, layer))
  end
  for _, param in ipairs(book.params) do table.insert(out, say_param(param)) end
  for _, path in ipairs(sorted_keys(book.definitions)) do
    local node = book.definitions[path]
    table.insert(out, ('fact "%s" { is = %s }'):format(path, say(node)))
  end
  for _, issue in ipairs(book.issues) do table.insert(out, say_issue(issue)) end
  for _, rule in ipairs(book.rules) do
    if not rule.targets or #existing(rule.targets, book.rules) > 0 then table.insert(out, say_rule(rule, book.rules)) end
  end
  for _, remedy in ipairs(book.remedies) do table.insert(out, say_remedy(remedy, book.remedies)) end
  return out
end

W.head = 'local m = item "milestone"\n'

function W.script(book) return W.head .. table.concat(W.declarations(book), "\n") .. "\n" end

-- Cases ---------------------------------------------------------------------------------------------

local function json_text(text) return '"' .. text .. '"' end

local function json_value(fact, value)
  if fact.type == "bool" then return tostring(value) end
  if fact.type == "int" then return tostring(value) end
  if fact.type == "money" then return json_text(W.currency .. " " .. money(value)) end
  if fact.type == "instant" then return json_text(instant(value)) end
  if fact.type == "duration" then return json_text(("%d %s"):format(duration(value))) end
  if fact.type == "ref" then return json_text(value.id) end
  if fact.type == "list_of_enum" then return "[" .. table.concat(W.map(sorted_keys(value), json_text), ",") .. "]" end
  return json_text(value)
end

function W.map(items, how)
  local out = {}
  for i, item in ipairs(items) do out[i] = how(item) end
  return out
end

local function json_statement(fact, statement)
  if not statement.says and not statement.cites then return json_value(fact, statement.is) end
  local cites = statement.cites and #statement.cites > 0
    and ',"cites":[' .. table.concat(W.map(statement.cites, function(piece) return json_text(piece.id) end), ",") .. "]" or ""
  return ('{"is":%s,"says":%s%s}'):format(json_value(fact, statement.is), json_text(statement.says or "platform"), cites)
end

local function json_fact(fact, said)
  if #said == 1 then return json_statement(fact, said[1]) end
  return "[" .. table.concat(W.map(said, function(one) return json_statement(fact, one) end), ",") .. "]"
end

-- A table with dotted names as nested objects is not needed: names inside a kind have no dots here.
local function json_record(record, strip)
  local out = {}
  for _, name in ipairs(record.order or sorted_keys(record.facts)) do
    local said = record.facts[name]
    if said and not said.absent and (not strip or name:match("^(%w+)%.") == strip) then
      local fact = V.of[record.kind][name]
      table.insert(out, json_text(strip and name:match("%.(.+)$") or name) .. ":" .. json_fact(fact, said))
    end
  end
  return "{" .. table.concat(out, ",") .. "}"
end

local function record_path(record, name)
  return record.kind == "case" and name or ("%s.%s.%s"):format(V.kinds[record.kind].list, record.id, name)
end
W.record_path = record_path

local function json_absent(case)
  local out = {}
  for _, record in ipairs(case.records) do
    for _, name in ipairs(sorted_keys(record.facts)) do
      if record.facts[name].absent then
        table.insert(out, ('{"fact":"%s","reason":"none"}'):format(record_path(record, name)))
      end
    end
  end
  for _, kind in ipairs(sorted_keys(case.none)) do
    table.insert(out, ('{"fact":"%s","reason":"none"}'):format(V.kinds[kind].list))
  end
  return out
end

-- A case as the engine reads it.
function W.case(case)
  local out = { '"amicus":"case/1"' }
  for _, section in ipairs { "case", "contract", "client", "freelancer" } do
    local text = json_record(case.root, section)
    if text ~= "{}" then table.insert(out, json_text(section) .. ":" .. text) end
  end
  for _, kind in ipairs(V.order) do
    local records = {}
    for _, record in ipairs(case.records) do
      if record.kind == kind then table.insert(records, json_record(record)) end
    end
    if #records > 0 then table.insert(out, json_text(V.kinds[kind].list) .. ":[" .. table.concat(records, ",") .. "]") end
  end
  local absent = json_absent(case)
  if #absent > 0 then table.insert(out, '"absent":[' .. table.concat(absent, ",") .. "]") end
  return "{" .. table.concat(out, ",") .. "}"
end

return W

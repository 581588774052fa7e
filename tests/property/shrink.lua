-- The shrinker: a rulebook and a case that break a property, made smaller as long as they break it.
--
-- It knows nothing of the property: every step takes something out of a copy (a rule, a branch of a
-- condition, a record, a fact, what is said of it), and a step that does not compile, or no longer
-- fails, is dropped.

local B = require "rulebook"
local V = require "vocabulary"

local S = {}

-- A copy in which what was one table is one table.
local function copy(value, seen)
  if type(value) ~= "table" then return value end
  if seen[value] then return seen[value] end
  local out = {}
  seen[value] = out
  for key, inner in pairs(value) do out[copy(key, seen)] = copy(inner, seen) end
  return out
end

-- What is of all trials, and stays one.
local SHARED = {}
for _, facts in pairs(V.of) do
  for _, fact in ipairs(facts) do SHARED[fact] = fact end
end
for _, mark in pairs(require "evaluate") do
  if type(mark) == "table" then SHARED[mark] = mark end
end

function S.copy(trial) return copy(trial, setmetatable({}, { __index = SHARED })) end

local CONDITIONS = {}
for _, op in ipairs { "all", "any", "no", "cmp", "within", "one_of", "has", "has_only", "known", "absent", "contested",
  "at_standing", "issue", "some", "every" } do CONDITIONS[op] = true end

-- Call how(holder, key, node) for each condition and expression below a place.
local function visit(holder, key, how)
  local node = holder[key]
  if type(node) ~= "table" then return end
  how(holder, key, node)
  for i = 2, #node do
    if type(node[i]) == "table" and type(node[i][1]) == "string" and node[1] ~= "one_of" and node[1] ~= "has_only" then
      visit(node, i, how)
    end
  end
  for _, name in ipairs { "where", "body", "give", "otherwise", "from", "until_" } do
    if node[name] then visit(node, name, how) end
  end
  for _, row in ipairs(node.rows or {}) do
    visit(row, 1, how)
    visit(row, 2, how)
  end
end

local function roots(book)
  local out = {}
  for _, rule in ipairs(book.rules) do
    table.insert(out, { rule, "when" })
    if rule.unless then table.insert(out, { rule, "unless" }) end
  end
  for _, remedy in ipairs(book.remedies) do
    table.insert(out, { remedy, "when" })
    if remedy.freelancer then table.insert(out, { remedy, "freelancer" }) end
  end
  for path in pairs(book.definitions) do table.insert(out, { book.definitions, path }) end
  table.sort(out, function(a, b) return tostring(a[2]) < tostring(b[2]) end)
  return out
end

-- Steps are functions of a trial's copy, made from the numbers of the original.

local function nth_place(trial, n)
  local count, found = 0, nil
  for _, root in ipairs(roots(trial.book)) do
    visit(root[1], root[2], function(holder, key, node)
      count = count + 1
      if count == n then found = { holder, key, node } end
    end)
  end
  return found, count
end

local PLAIN = { "cmp", "is", { "fact", false, "contract.kept" }, { "const", true, "bool" } }

local function node_steps(trial, steps)
  local _, count = nth_place(trial, 0)
  for n = 1, count do
    local place = nth_place(trial, n)
    local node = place[3]
    for _, name in ipairs { "where", "give" } do
      if node[name] and (name == "where" or node[1] ~= "covered_days") then
        table.insert(steps, function(t) nth_place(t, n)[3][name] = nil end)
      end
    end
    for i = 2, #node do
      if type(node[i]) == "table" and type(node[i][1]) == "string" then
        if CONDITIONS[node[1]] == CONDITIONS[node[i][1]] then
          table.insert(steps, function(t)
            local at = nth_place(t, n)
            at[1][at[2]] = at[3][i]
          end)
        end
        if node[1] == "all" or node[1] == "any" or node[1] == "no" then
          table.insert(steps, function(t) table.remove(nth_place(t, n)[3], i) end)
        end
      end
    end
    for _, name in ipairs { "body", "where", "otherwise" } do
      if type(node[name]) == "table" and CONDITIONS[node[1]] == CONDITIONS[node[name][1]] then
        table.insert(steps, function(t)
          local at = nth_place(t, n)
          at[1][at[2]] = at[3][name]
        end)
      end
    end
    if CONDITIONS[node[1]] and node[1] ~= "cmp" then
      table.insert(steps, function(t)
        local at = nth_place(t, n)
        at[1][at[2]] = copy(PLAIN, {})
      end)
    end
  end
end

local function forget_issue(book, name)
  for i = #book.rules, 1, -1 do
    if book.rules[i].issue == name or book.rules[i].of_issue == name then table.remove(book.rules, i) end
  end
  for i = #book.issues, 1, -1 do
    if book.issues[i].name == name then table.remove(book.issues, i) end
  end
  book.issues[name] = nil
end

local function book_steps(trial, steps)
  local book = trial.book
  for _, list in ipairs { "rules", "remedies" } do
    for i = #book[list], 1, -1 do
      table.insert(steps, function(t) table.remove(t.book[list], i) end)
    end
  end
  for _, issue in ipairs(book.issues) do
    table.insert(steps, function(t) forget_issue(t.book, issue.name) end)
  end
  for path in pairs(book.definitions) do
    table.insert(steps, function(t) t.book.definitions[path] = nil end)
  end
  for i, param in ipairs(book.params) do
    table.insert(steps, function(t)
      table.remove(t.book.params, i)
      t.book.params[param.name] = nil
    end)
    if #param.versions > 1 then
      table.insert(steps, function(t)
        local versions = t.book.params[i].versions
        versions[2] = nil
        versions[1].from, versions[1].to = math.mininteger, math.maxinteger
      end)
    end
    for v, version in ipairs(param.versions) do
      if #version.values > 1 then
        table.insert(steps, function(t) t.book.params[i].versions[v].values[2] = nil end)
      end
    end
  end
  for i, rule in ipairs(book.rules) do
    for _, field in ipairs { "unless", "anchor" } do
      if rule[field] then
        table.insert(steps, function(t) t.book.rules[i][field] = nil end)
      end
    end
    if #rule.beats > 0 then
      table.insert(steps, function(t) t.book.rules[i].beats = {} end)
    end
  end
  for i, remedy in ipairs(book.remedies) do
    if #remedy.beats > 0 then
      table.insert(steps, function(t) t.book.remedies[i].beats = {} end)
    end
  end
end

-- Take a record out, with whatever points to it.
local function drop_record(case, i)
  local gone = table.remove(case.records, i)
  for _, list in ipairs { "items", "evidence" } do
    for k = #case[list], 1, -1 do
      if case[list][k] == gone then table.remove(case[list], k) end
    end
  end
  for _, record in ipairs(case.records) do
    for name, said in pairs(record.facts) do
      for k = #said, 1, -1 do
        local statement = said[k]
        if statement.is == gone then table.remove(said, k) end
        for c = #(statement.cites or {}), 1, -1 do
          if statement.cites[c] == gone then table.remove(statement.cites, c) end
        end
      end
      if #said == 0 and not said.absent then record.facts[name] = nil end
    end
  end
end

local function case_steps(trial, steps)
  for i = #trial.case.records, 2, -1 do
    table.insert(steps, function(t) drop_record(t.case, i) end)
  end
  for i, record in ipairs(trial.case.records) do
    local names = {}
    for name in pairs(record.facts) do table.insert(names, name) end
    table.sort(names)
    for _, name in ipairs(names) do
      if name ~= "id" and name ~= "case.id" and name ~= "case.as_of" then
        table.insert(steps, function(t) t.case.records[i].facts[name] = nil end)
      end
      local said = record.facts[name]
      if #said > 0 and (said[1].says or #said > 1) then
        table.insert(steps, function(t) t.case.records[i].facts[name] = { { is = t.case.records[i].facts[name][1].is } } end)
      end
      for k = 1, #said do
        if said[k].cites and #said[k].cites > 0 then
          table.insert(steps, function(t) t.case.records[i].facts[name][k].cites = nil end)
        end
      end
    end
  end
end

-- The smallest trial found that still fails; `fails(trial)` gives a message or nil.
function S.shrink(trial, fails)
  local tries, smaller = 0, true
  while smaller and tries < 6000 do
    smaller = false
    local steps = {}
    book_steps(trial, steps)
    case_steps(trial, steps)
    node_steps(trial, steps)
    for _, step in ipairs(steps) do
      local candidate = S.copy(trial)
      candidate.made = nil
      local is_sound = pcall(step, candidate)
      tries = tries + 1
      if is_sound and pcall(B.link, candidate.book) and fails(candidate) then
        trial, smaller = candidate, true
        break
      end
    end
  end
  return trial, tries
end

return S

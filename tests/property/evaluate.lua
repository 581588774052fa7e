-- Facts, lists, expressions and conditions for the reference: what the policy author's book says of each
-- operator, as plainly as it can be said.
--
-- A value is a Lua value, OPEN (cannot be known) or ABSENT (known not to exist). Truth is a number:
-- YES 1, MAYBE 0, NO -1; so `all` is the least, `any` the greatest, `no` the opposite of `any`.

local V = require "vocabulary"
local standing_of = require "standing"

local E = {}

local OPEN, ABSENT = { "open" }, { "absent" }
local YES, MAYBE, NO = 1, 0, -1
local UNKNOWN = { "unknown" } -- in an overlay: nobody speaks of it
E.OPEN, E.ABSENT, E.UNKNOWN = OPEN, ABSENT, UNKNOWN
E.YES, E.MAYBE, E.NO = YES, MAYBE, NO

local COUNTS = {
  some = { established = true, supported = true, claimed = true },
  balance = { established = true, supported = true },
  clear = { established = true },
}
local STRENGTH = { unknown = 0, contested = 1, claimed = 2, supported = 3, established = 4, absent = 5 }
local DAY = 86400

local function truth(is_true) return is_true and YES or NO end

-- Facts ---------------------------------------------------------------------------------------------

-- Value and standing of a stored fact, whatever the standard. An overlay says otherwise than the case.
local function raw(world, record, name)
  local over = world.overlay and world.overlay[record] and world.overlay[record][name]
  if over ~= nil then
    if over == ABSENT then return nil, "absent" end
    if over == UNKNOWN then return nil, "unknown" end
    return over, "established"
  end
  local known = world.settled[record]
  if not known then
    known = {}
    world.settled[record] = known
  end
  local pair = known[name]
  if not pair then
    local value, standing = standing_of(world.case, record, name)
    pair = { value, standing }
    known[name] = pair
  end
  return pair[1], pair[2]
end
E.raw = raw

local evaluate, holds

local function define(world, record, fact, proof)
  local definition = world.book.definitions[fact.path]
  if not definition then return OPEN end
  local inner = { v0 = record, about = record, proof = proof }
  if fact.type ~= "bool" then return evaluate(world, inner, definition) end
  local result = holds(world, inner, definition)
  if result == MAYBE then return OPEN end
  return result == YES
end

-- What a derived fact is does not change within a world, so it is computed once for each standard.
local function derived(world, record, fact, proof)
  local known = world.known[proof][record]
  if not known then
    known = {}
    world.known[proof][record] = known
  end
  local value = known[fact]
  if value == nil then
    value = define(world, record, fact, proof)
    known[fact] = value
  end
  return value
end

local function read(world, record, name, proof)
  local fact = V.of[record.kind][name]
  if not fact then return ABSENT end
  if fact.derived then return derived(world, record, fact, proof) end
  local value, standing = raw(world, record, name)
  if standing == "absent" then return ABSENT end
  if not COUNTS[proof][standing] then
    if world.missed then table.insert(world.missed, { record = record, name = name, fact = fact }) end
    return OPEN
  end
  return value
end

-- The values that a fact of few values can have, none at all among them; nil if it has many.
function E.few_values(slot)
  local out = { ABSENT }
  if slot.fact.type == "bool" then
    table.insert(out, true)
    table.insert(out, false)
  elseif slot.fact.type == "enum" then
    for _, word in ipairs(slot.fact.options.of) do table.insert(out, word) end
  else
    return nil
  end
  return out
end

local function root(world) return world.case.root end

-- The date that picks a version: of the contract, or of the filing.
local function anchor_date(world, anchor, proof)
  return read(world, root(world), anchor == "contract_formed" and "contract.formed_at" or "case.filed_at", proof)
end

local function in_period(date, version) return date >= version.from and date <= version.to end

-- The version of a parameter at a date. One that holds always holds whatever the date.
local function version_of(param, date)
  for _, version in ipairs(param.versions) do
    local always = version.from == math.mininteger and version.to == math.maxinteger
    if always or (date ~= OPEN and date ~= ABSENT and in_period(date, version)) then return version end
  end
end

local function parameter(world, env, node)
  local param = world.book.params[node[2]]
  local date
  if node.on then
    date = evaluate(world, env, node.on)
  else
    date = anchor_date(world, param.anchor, env.proof)
  end
  local version = version_of(param, date)
  if not version then return OPEN end
  if #version.values > 1 then world.used[version] = true end
  local value = version.values[world.reading[version] or 1]
  if value == "unknown" then return OPEN end
  return value
end

-- Both operands; or the result at once, if one of them does not exist or cannot be known.
local function both(world, env, left, right)
  local a, b = evaluate(world, env, left), evaluate(world, env, right)
  if a == ABSENT or b == ABSENT then return nil, nil, ABSENT end
  if a == OPEN or b == OPEN then return nil, nil, OPEN end
  return a, b
end

-- Lists ---------------------------------------------------------------------------------------------

local function records_of(world, kind)
  local out = world.lists[kind]
  if out then return out end
  out = {}
  world.lists[kind] = out
  for _, record in ipairs(world.case.records) do
    if V.is(record.kind, kind) then table.insert(out, record) end
  end
  return out
end

-- Nobody says that the list ends where the case ends.
local function may_grow(world, kind)
  if V.kinds[kind].recorded or world.case.none[kind] then return false end
  return #records_of(world, kind) == 0
end

-- The members of a list with how surely each is in it; and whether there may be more.
local function members(world, env, node)
  local out = {}
  local kind, variable = node.kind, node.var
  local outer = env[variable]
  for _, record in ipairs(records_of(world, kind)) do
    env[variable] = record
    local is_in = YES
    if node.narrow then
      local owner = read(world, record, V.kinds[kind].owner, env.proof)
      is_in = owner == OPEN and MAYBE or truth(owner == env.v0)
    end
    if node.where and is_in ~= NO then is_in = math.min(is_in, holds(world, env, node.where)) end
    if is_in ~= NO then table.insert(out, { record = record, is_in = is_in }) end
  end
  env[variable] = outer
  return out, may_grow(world, kind)
end

local function of_member(world, env, node, member, body, how)
  local outer = env[node.var]
  env[node.var] = member.record
  local result = how(world, env, body)
  env[node.var] = outer
  return result
end

local function quantified(world, env, node)
  local list, grows = members(world, env, node)
  local sign = node[1] == "some" and 1 or -1 -- every is the opposite of some opposite
  local result = grows and MAYBE or NO
  for _, member in ipairs(list) do
    local body = node.body and of_member(world, env, node, member, node.body, holds) or YES
    result = math.max(result, math.min(member.is_in, sign * body))
  end
  return sign * result
end

local function counted(world, env, node)
  local list, grows = members(world, env, node)
  for _, member in ipairs(list) do
    if member.is_in == MAYBE then return OPEN end
  end
  return grows and OPEN or #list
end

local function summed(world, env, node)
  local list, grows = members(world, env, node)
  local sum = 0
  for _, member in ipairs(list) do
    local value = of_member(world, env, node, member, node.body, evaluate)
    if value == OPEN then return OPEN end
    if value ~= ABSENT then
      if member.is_in == MAYBE and value ~= 0 then return OPEN end
      sum = sum + value
    end
  end
  return grows and OPEN or sum
end

-- earliest, latest, largest: the given values of all that could be first must agree.
local function extreme(world, env, node)
  local list, grows = members(world, env, node)
  if grows then return OPEN end
  local sign = node[1] == "earliest" and -1 or 1
  local best, perhaps = nil, nil
  for _, member in ipairs(list) do
    member.by = of_member(world, env, node, member, node.body, evaluate)
    if member.by == OPEN then return OPEN end
    if member.by ~= ABSENT then
      if member.is_in == YES and (not best or sign * member.by > sign * best) then best = member.by end
      if member.is_in == MAYBE and (not perhaps or sign * member.by > sign * perhaps) then perhaps = member.by end
    end
  end
  if perhaps and (not best or sign * perhaps >= sign * best) then return OPEN end
  if not best then return ABSENT end
  if not node.give then return best end
  local given
  for _, member in ipairs(list) do
    if member.is_in == YES and member.by == best then
      local value = of_member(world, env, node, member, node.give, evaluate)
      if value == OPEN or (given ~= nil and given ~= value) then return OPEN end
      given = value
    end
  end
  return given
end

-- The days of a span that the union of the records' times covers. A record without an end lasts to that of
-- the span.
local function covered(world, env, node)
  local from, until_, early = both(world, env, node.from, node.until_)
  if early then return early end
  local list, grows = members(world, env, node)
  local is_covered, points = {}, {}
  for _, member in ipairs(list) do
    local a = of_member(world, env, node, member, node.body, evaluate)
    local b = of_member(world, env, node, member, node.give, evaluate)
    if a ~= ABSENT then
      if a == OPEN or b == OPEN then return OPEN end
      a, b = math.max(a, from), math.min(b == ABSENT and until_ or b, until_)
      if a < b and member.is_in == MAYBE then return OPEN end
      if a < b then
        table.insert(is_covered, { a, b })
        table.insert(points, a)
        table.insert(points, b)
      end
    end
  end
  table.sort(points)
  local seconds = 0
  for i = 2, #points do -- between two points nothing begins or ends
    for _, span in ipairs(is_covered) do
      if span[1] <= points[i - 1] and points[i] <= span[2] then
        seconds = seconds + points[i] - points[i - 1]
        break
      end
    end
  end
  return grows and OPEN or seconds // DAY
end

-- Expressions ---------------------------------------------------------------------------------------

local function operator(how)
  return function(world, env, node)
    local a, b, early = both(world, env, node[2], node[3])
    if early then return early end
    return how(a, b)
  end
end

local function half_up(a, n, d)
  local product = a * n
  local sign = (product < 0) ~= (d < 0) and -1 or 1
  product, d = math.abs(product), math.abs(d)
  return sign * ((2 * product + d) // (2 * d))
end

local function share(world, env, node)
  local a, b, c = evaluate(world, env, node[2]), evaluate(world, env, node[3]), evaluate(world, env, node[4])
  if a == ABSENT or b == ABSENT or c == ABSENT then return ABSENT end
  if a == OPEN or b == OPEN or c == OPEN or c == 0 then return OPEN end
  if (a * b) % c ~= 0 then env.rounded = true end
  return half_up(a, b, c)
end

local function least_or_greatest(world, env, node)
  local sign = node[1] == "min" and -1 or 1
  local best = ABSENT
  for i = 2, #node do
    local value = evaluate(world, env, node[i])
    if value == OPEN then return OPEN end
    if value ~= ABSENT and (best == ABSENT or sign * value > sign * best) then best = value end
  end
  return best
end

local function choose(world, env, node)
  for _, row in ipairs(node.rows) do
    local condition = holds(world, env, row[1])
    if condition == MAYBE then return OPEN end
    if condition == YES then return evaluate(world, env, row[2]) end
  end
  return evaluate(world, env, node.otherwise)
end

local function first_known(world, env, node)
  for i = 2, #node do
    local value = evaluate(world, env, node[i])
    if value ~= ABSENT then return value end
  end
  return ABSENT
end

local function fact(world, env, node)
  return read(world, node[2] and env[node[2]] or root(world), node[3], env.proof)
end

-- A fact of the record that a ref points to.
local function followed(world, env, node)
  local record = read(world, env[node[2]], node[3], env.proof)
  if record == OPEN or record == ABSENT then return record end
  return read(world, record, node[4], env.proof)
end

local EXPRESSIONS = {
  fact = fact,
  follow = followed,
  param = parameter,
  const = function(_, _, node) return node[2] end,
  record = function(_, env, node) return env[node[2]] end,
  add = operator(function(a, b) return a + b end),
  sub = operator(function(a, b) return a - b end),
  mul = operator(function(a, b) return a * b end),
  days = operator(function(a, b) return b > a and (b - a) // DAY or 0 end),
  time = operator(function(a, b) return b > a and b - a or 0 end),
  min = least_or_greatest,
  max = least_or_greatest,
  share = share,
  choose = choose,
  first_known = first_known,
  count = counted,
  sum = summed,
  earliest = extreme,
  latest = extreme,
  largest = extreme,
  covered_days = covered,
}

function evaluate(world, env, node) return EXPRESSIONS[node[1]](world, env, node) end

-- Conditions ----------------------------------------------------------------------------------------

local ORDERS = {
  is = function(a, b) return a == b end,
  is_not = function(a, b) return a ~= b end,
  less_than = function(a, b) return a < b end,
  at_most = function(a, b) return a <= b end,
  more_than = function(a, b) return a > b end,
  at_least = function(a, b) return a >= b end,
  before = function(a, b) return a < b end,
  after = function(a, b) return a > b end,
}

local function compared(world, env, node)
  local a, b, early = both(world, env, node[3], node[4])
  if early then return early == OPEN and MAYBE or NO end
  return truth(ORDERS[node[2]](a, b))
end

local function within(world, env, node)
  local a, b, early = both(world, env, node[2], node[4])
  if early then return early == OPEN and MAYBE or NO end
  local span = evaluate(world, env, node[3])
  if span == OPEN then return MAYBE end
  return truth(span ~= ABSENT and math.abs(a - b) <= span)
end

-- A test of one value that knows what to say of an absent one.
local function test(how)
  return function(world, env, node)
    local value = evaluate(world, env, node[2])
    if value == OPEN then return MAYBE end
    return truth(how(value, node))
  end
end

local function is_one_of(value, node)
  for _, word in ipairs(node[3]) do
    if value == word then return true end
  end
  return false
end

local function has(value, node) return value ~= ABSENT and value[node[3]] == true end

local function has_only(value, node)
  if value == ABSENT or next(value) == nil then return false end
  for word in pairs(value) do
    if not is_one_of(word, node) then return false end
  end
  return true
end

-- The issue's record for what a record is about: itself, its money item, or the case.
local function bound(world, kind, record)
  if kind == "case" then return root(world) end
  if V.is(record.kind, kind) then return record end
  local owner_fact = V.kinds[record.kind] and V.kinds[record.kind].owner
  if not owner_fact then return nil end
  local owner, standing = raw(world, record, owner_fact)
  if standing == "unknown" or standing == "contested" or standing == "absent" then return nil end
  return V.is(owner.kind, kind) and owner or nil
end

local function asked(world, env, node)
  local issue = world.book.issues[node[2]]
  local record = env.about
  if node.of then
    record = env[node.of]
  elseif issue.each ~= "case" and not V.is(record.kind, issue.each) then
    record = read(world, record, V.kinds[record.kind].owner, env.proof)
    if record == OPEN then return MAYBE end
    if record == ABSENT then return NO end
  end
  local at = bound(world, issue.each, record)
  if not at then return MAYBE end
  local result = world.results[issue][at]
  if node[3] == "open" then
    if world.is_taken then return truth(result.on_burden) end
    return truth(result.label == "open")
  end
  local label = world.is_taken and result.taken or result.label
  if label == "open" then return MAYBE end
  return truth(label == node[3])
end

local function standing_test(how)
  return function(world, env, node)
    local place = node[2]
    local record = place[2] and env[place[2]] or root(world)
    local _, standing = raw(world, record, place[3])
    return truth(how(standing, node))
  end
end

local CONDITIONS = {
  all = function(world, env, node)
    local result = YES
    for i = 2, #node do result = math.min(result, holds(world, env, node[i])) end
    return result
  end,
  any = function(world, env, node)
    local result = NO
    for i = 2, #node do result = math.max(result, holds(world, env, node[i])) end
    return result
  end,
  no = function(world, env, node)
    local result = NO
    for i = 2, #node do result = math.max(result, holds(world, env, node[i])) end
    return -result
  end,
  cmp = compared,
  within = within,
  one_of = test(is_one_of),
  has = test(has),
  has_only = test(has_only),
  known = test(function(value) return value ~= ABSENT end),
  absent = test(function(value) return value == ABSENT end),
  contested = standing_test(function(standing) return standing == "contested" end),
  at_standing = standing_test(function(standing, node) return STRENGTH[standing] >= STRENGTH[node[3]] end),
  issue = asked,
  some = quantified,
  every = quantified,
}

function holds(world, env, node) return CONDITIONS[node[1]](world, env, node) end

E.read, E.evaluate, E.holds, E.bound, E.records_of, E.root = read, evaluate, holds, bound, records_of, root
E.anchor_date, E.in_period, E.truth = anchor_date, in_period, truth

return E

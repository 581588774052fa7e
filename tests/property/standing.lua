-- The standing of a fact, as the case format describes it: who says it, against whom, and on what
-- evidence. A part of the reference, and as naive.

local V = require "vocabulary"

local RANK = { reviewer = 3, platform = 2, expert = 1, client = 0, freelancer = 0 }

local standing_of

local function other(party) return party == "client" and "freelancer" or "client" end

-- The value of a fact of a piece of evidence, if it is proved.
local function proved(case, piece, name)
  local value, standing = standing_of(case, piece, name)
  if standing == "established" or standing == "supported" then return value end
end

-- The rank of a piece, 1 the best; nil if it supports nothing.
local function rank_of(case, piece)
  local authenticity = proved(case, piece, "authenticity")
  if authenticity == "found_false" then return nil end
  local capture = proved(case, piece, "capture")
  local tier = 3
  if capture == "original" and authenticity == "genuine" then
    tier = 1
  elseif capture == "original" or capture == "screenshot" then
    tier = 2
  end
  return 2 * tier + (proved(case, piece, "both_visible") and 0 or 1)
end

local function best_rank(case, statement)
  local best
  for _, piece in ipairs(statement.cites or {}) do
    local rank = rank_of(case, piece)
    if rank and (not best or rank < best) then best = rank end
  end
  return best
end

-- Whom it helps that a fact has a value; what helps one side hurts, of a bool, when it is not so.
local function helped(case, fact, value)
  local helps = fact.options.helps or {}
  local party, is_opposite = helps[value], false
  if party == nil and fact.type == "bool" then party, is_opposite = helps[not value], true end
  if party == "filer" then
    local filer, standing = standing_of(case, case.root, "case.filed_by")
    party = (standing == "established" or standing == "supported") and filer or nil
  end
  if party == nil or not is_opposite then return party end
  return other(party)
end

local function same_value(a, b)
  if type(a) ~= "table" or a.kind or type(b) ~= "table" then return a == b end
  for word in pairs(a) do if not b[word] then return false end end
  for word in pairs(b) do if not a[word] then return false end end
  return true
end

-- Two parties who differ: the better evidence prevails, but not where a human must find the fact.
local function dispute(case, fact, one, two)
  if fact.options.finding or fact.kind == "evidence" then return nil, "contested" end
  local a, b = best_rank(case, one) or math.huge, best_rank(case, two) or math.huge
  if a == b then return nil, "contested" end
  return (a < b and one or two).is, "supported"
end

local function alone(case, fact, statement)
  if helped(case, fact, statement.is) == other(statement.says) then return statement.is, "established" end
  if not fact.options.finding and best_rank(case, statement) then return statement.is, "supported" end
  return statement.is, "claimed"
end

function standing_of(case, record, name)
  local said = record.facts[name]
  if said == nil then return nil, "unknown" end
  if said.absent then return nil, "absent" end
  local top, highest = {}, -1
  for _, statement in ipairs(said) do
    local rank = RANK[statement.says or "platform"]
    if rank > highest then top, highest = {}, rank end
    if rank == highest then table.insert(top, statement) end
  end
  for _, statement in ipairs(top) do
    if not same_value(statement.is, top[1].is) then
      if highest > 0 then return nil, "contested" end
      return dispute(case, V.of[record.kind][name], top[1], statement)
    end
  end
  if highest > 0 or #top > 1 then return top[1].is, "established" end
  return alone(case, V.of[record.kind][name], top[1])
end

return standing_of

-- The vocabulary of the properties: a few facts of each type, two kinds of item, two lists
-- that belong to them, and evidence. Small, so that random rules meet random facts often.

local V = {}

-- Kinds of record, in the order of a case file.
V.kinds = {
  milestone = { list = "milestones", prefix = "M", base = "item", recorded = true },
  bonus = { list = "bonuses", prefix = "B", base = "item", recorded = true },
  delivery = { list = "deliveries", prefix = "D", recorded = true, owner = "milestone", owner_kind = "milestone" },
  defect = { list = "defects", prefix = "F", recorded = false, owner = "item", owner_kind = "item" },
  evidence = { list = "evidence", prefix = "E", recorded = true },
}
V.order = { "milestone", "bonus", "delivery", "defect", "evidence" }

local sides = { "client", "freelancer" }
local kinds_of_contract = { "fixed", "hourly", "retainer" }
local tags = { "alpha", "beta", "gamma" }
local modes = { "draft", "final", "redo" }

-- { path, type, options }. `engine`: given by the generator by itself. `silent`: without merits.
V.facts = {
  { "case.id", "id", { engine = true } },
  { "case.as_of", "instant", { engine = true } },
  { "case.filed_at", "instant", { engine = true } },
  { "case.filed_by", "enum", { of = sides, engine = true } },
  { "contract.formed_at", "instant", { engine = true } },
  { "contract.written", "bool", { helps = { [true] = "freelancer" } } },
  { "contract.oral", "bool", { helps = { [true] = "client", [false] = "freelancer" }, finding = true } },
  { "contract.kept", "bool", {} },
  { "contract.type", "enum", { of = kinds_of_contract } },
  { "contract.tags", "list_of_enum", { of = tags } },
  { "contract.rounds", "int", {} },
  { "contract.price", "money", {} },
  { "contract.grace", "duration", {} },
  { "contract.started_at", "instant", {} },
  { "client.name", "text", { silent = true } },
  { "client.country", "text", { silent = true } },
  { "client.rating", "int", { silent = true } },
  { "freelancer.name", "text", { silent = true } },
  { "freelancer.country", "text", { silent = true } },
  { "freelancer.rating", "int", { silent = true } },
  { "item.id", "id", { engine = true } },
  { "item.held", "money", { engine = true } },
  { "item.fee", "money", { engine = true } },
  { "item.amount", "money", {} },
  { "item.accepted", "bool", { helps = { [true] = "freelancer" } } },
  { "milestone.done", "bool", {} },
  { "milestone.late", "int", {} },
  { "milestone.mode", "enum", { of = modes, helps = { draft = "client", final = "freelancer" } } },
  { "milestone.due_at", "instant", {} },
  { "bonus.agreed", "bool", { helps = { [true] = "filer" } } },
  { "delivery.id", "id", { engine = true } },
  { "delivery.milestone", "ref", { to = "milestone", engine = true } },
  { "delivery.at", "instant", {} },
  { "delivery.formal", "bool", {} },
  { "delivery.parts", "int", {} },
  { "delivery.cost", "money", {} },
  { "defect.id", "id", { engine = true } },
  { "defect.item", "ref", { to = "item", engine = true } },
  { "defect.grave", "bool", { helps = { [true] = "client", [false] = "freelancer" } } },
  { "defect.cost", "money", {} },
  { "defect.at", "instant", {} },
  { "evidence.id", "id", { engine = true } },
  { "evidence.submitted_by", "enum", { of = sides, engine = true } },
  { "evidence.capture", "enum", { of = { "original", "screenshot", "retyped" }, engine = true } },
  { "evidence.authenticity", "enum", { of = { "genuine", "unverified", "found_false" }, engine = true } },
  { "evidence.both_visible", "bool", { engine = true } },
}

V.derived = {
  { "case.busy", "bool" }, { "case.tally", "int" },
  { "item.ready", "bool" }, { "item.count", "int" }, { "item.total", "money" }, { "item.moment", "instant" },
  { "item.span", "duration" },
}

V.roots = { case = true, contract = true, client = true, freelancer = true }

-- Facts by kind ("case" for the root) and name, with what their base has.
V.of = {}

local function enter(path, type, options)
  local head, name = path:match("^(%w+)%.(.+)$")
  local fact = { path = path, type = type, options = options or {}, derived = options == nil }
  local kind = V.roots[head] and "case" or head
  fact.name = V.roots[head] and path or name
  fact.kind = kind
  V.of[kind] = V.of[kind] or {}
  V.of[kind][fact.name] = fact
  table.insert(V.of[kind], fact)
end

for _, row in ipairs(V.facts) do enter(row[1], row[2], row[3]) end
for _, row in ipairs(V.derived) do enter(row[1], row[2]) end
for _, kind in ipairs { "milestone", "bonus" } do
  for _, fact in ipairs(V.of.item) do
    V.of[kind][fact.name] = fact
    table.insert(V.of[kind], fact)
  end
end

-- Whether records of a kind are of another: the same, or their base.
function V.is(kind, wanted)
  return kind == wanted or (V.kinds[kind] ~= nil and V.kinds[kind].base == wanted)
end

local function words(list)
  local out = {}
  for i, word in ipairs(list) do out[i] = tostring(word) end
  return "[" .. table.concat(out, ", ") .. "]"
end

local function helps_text(helps)
  local out = {}
  for value, party in pairs(helps) do table.insert(out, tostring(value) .. ": " .. party) end
  table.sort(out)
  return ", helps: {" .. table.concat(out, ", ") .. "}"
end

-- The vocabulary as the engine reads it.
function V.yaml()
  local out = {
    "amicus: vocabulary/1",
    "roots: [case, contract, client, freelancer]",
    "unions:",
    "  - {one: item, role: money}",
    "lists:",
  }
  for _, one in ipairs(V.order) do
    local kind = V.kinds[one]
    table.insert(out, ("  - {name: %s, one: %s%s%s%s%s}"):format(kind.list, one,
      kind.base and ", base: " .. kind.base or "", kind.recorded and ", recorded: true" or "",
      kind.owner and ", of: " .. one .. "." .. kind.owner or "", one == "evidence" and ", evidence: true" or ""))
  end
  table.insert(out, "roles: {case_id: case.id, as_of: case.as_of, filed_by: case.filed_by, filed: case.filed_at,"
    .. " contract_formed: contract.formed_at, contract_type: contract.type, item_held: item.held,"
    .. " item_fee: item.fee, item_amount: item.amount, evidence_submitter: evidence.submitted_by}")
  table.insert(out, "evidence_ranking:\n  void: {authenticity: found_false}\n  seen: {both_visible: true}\n"
    .. "  tiers:\n    - {capture: [original], authenticity: [genuine]}\n    - {capture: [original, screenshot]}")
  table.insert(out, "facts:")
  for _, row in ipairs(V.facts) do
    local o = row[3]
    table.insert(out, ("  - {path: %s, type: %s%s%s%s%s%s, knows: [client], meaning: m, question: q}"):format(row[1], row[2],
      o.of and ", of: " .. words(o.of) or "", o.to and ", to: " .. o.to or "", o.helps and helps_text(o.helps) or "",
      o.finding and ", finding: human" or "", o.silent and ", merits: false" or ""))
  end
  for _, row in ipairs(V.derived) do
    table.insert(out, ("  - {path: %s, type: %s, derived: true, meaning: m}"):format(row[1], row[2]))
  end
  return table.concat(out, "\n") .. "\n"
end

return V

-- One worker's share of the random rulebooks: make them, try the properties, shrink what fails.

package.path = "tests/property/?.lua"

collectgarbage("generational")

local B = require "rulebook"
local C = require "cases"
local P = require "properties"
local S = require "shrink"
local W = require "write"

local options = { seed = 20251124, rulebooks = 100, cases = 5, partial = 10, others = 1, folder = ".", fail = 3, shrink = 1, unknown = 60 }
for i = 1, #arg do
  local name = arg[i]:match("^%-%-(%l+)$")
  if name then options[name] = tonumber(arg[i + 1]) or arg[i + 1] end
end

-- Every case is compared with the reference; beside that one of these is tried, in turn. What needs a
-- second rulebook is dear, and comes less often.
local OTHERS = {
  "P2", "P9", "P13", "P3", "P12", "P5", "P6", "P15", "P1", "P2", "P9", "P13", "P3", "P12", "P5", "P8", "P7",
  "P2", "P9", "P13", "P3", "P5", "P4", "P14",
}

local counts, failures, turn = {}, 0, 0
local function count(name, by) counts[name] = (counts[name] or 0) + (by or 1) end

local function write_failure(name, index, number, trial, wrong)
  local path = ("%s/property-%s-%d-%d-%d.txt"):format(options.folder, name, options.seed, index, number)
  local file = assert(io.open(path, "w"))
  file:write(("%s fails for rulebook %d, case %d of seed %d; again: --seed %d --rulebook %d --only %s\n\n%s\n\n%s\n%s\n"):format(
    name, index, number, options.seed, options.seed, index, name, wrong, W.script(trial.book), W.case(trial.case)))
  file:close()
  return path
end

local function fail(name, index, number, trial, wrong, was_raised)
  failures = failures + 1
  count("FAILED_" .. name)
  if options.shrink == 0 then return end
  local small, tries = S.shrink(trial, function(candidate)
    local found, is_fit, is_raised = P.try(name, candidate)
    return is_fit and is_raised == was_raised and found
  end)
  wrong = P.try(name, small) or wrong
  local path = write_failure(name, index, number, small, wrong)
  print(("%s fails, rulebook %d case %d (shrunk in %d tries): %s\n%s"):format(name, index, number, tries, path, wrong))
end

local function try(name, index, number, trial)
  if options.only and options.only ~= name then return end
  local wrong, is_fit, is_raised = P.try(name, trial)
  if not is_fit then
    failures = failures + 1
    local path = write_failure("refused", index, number, trial, wrong)
    print(("rulebook %d case %d is refused: %s\n%s"):format(index, number, path, wrong))
  elseif wrong then
    fail(name, index, number, trial, wrong, is_raised)
  end
  count(name)
end

-- A case as it is written, one property of the others, and partial cases made of it.
local function try_case(index, number, trial)
  try("P11", index, number, trial)
  for _ = 1, options.others do
    turn = turn % #OTHERS + 1
    try(OTHERS[turn], index, number, trial)
  end
  if options.only and options.only ~= "P11" then return end
  if not trial.made then return end
  local other, differs = P.partial(trial, options.partial)
  count("partial_cases", options.partial)
  if other then
    local wrong, is_fit, is_raised = P.try("P11", other)
    fail("P11", index, number, is_fit and wrong and other or trial, wrong or differs, is_raised)
  end
end

local function try_rulebook(index)
  math.randomseed(options.seed, index)
  local book = index % 8 == 0 and B.monotone() or B.random()
  count("rulebooks")
  local made
  turn = index * 7 % #OTHERS
  for number = 1, options.cases do
    math.randomseed(options.seed, index * 100000 + number)
    local trial = { book = book, made = made, case = C.random(math.random(5, options.unknown)), seed = index * 1000 + number }
    count("cases")
    try_case(index, number, trial)
    made = trial.made
    if failures >= options.fail then return end
  end
end

if arg.worker == 1 then print(("seed %d, %d rulebooks, %d cases each"):format(options.seed, options.rulebooks, options.cases)) end
local first, last, step = arg.worker, options.rulebooks, arg.workers
if options.rulebook then first, last, step = options.rulebook, options.rulebook, 1 end
for index = first, last, step do
  tell("rulebook", index)
  try_rulebook(index)
  if failures >= options.fail then break end
end
for name, number in pairs(counts) do tell(name, number) end
return failures

-- Scope: what was agreed, what was changed, what was only asked for.
--
-- An agreed change amends the facts (date, criteria, price) from the later of the two acceptances;
-- SC-02 shows it, and the derived facts compute it.

local m = item "milestone"

-- SC-01
rule "sc.outside_demand" {
  title  = "A demand outside the scope is no fault of the work",
  issue  = "conforms", side = "for", each = "milestone",
  clause = "V-06", layer = "practice", strength = "presumption", -- also V-03
  when   = all { m.complaint_outside:is(true), m.essential_all_met:is(true) },
  unless = issue.scope_changed:upheld(),
  because = "The complaint is about something outside the agreed scope, and every essential criterion is met.",
}

-- SC-02
rule "sc.change_agreed" {
  title  = "A change that both accepted amends the contract",
  issue  = "scope_changed", side = "for", each = "milestone",
  clause = "OURS", layer = "contract", strength = "strict",
  when   = m.change_agreed:is(true),
  unless = m.change_forced:is(true),
  because = "Both sides accepted a change; criteria, price and date follow it from the later acceptance.",
}

-- SC-03a
rule "sc.unpriced_extra" {
  title  = "Extra work without a price was a favour",
  issue  = "extra_payable", side = "against", each = "milestone",
  clause = "L4", layer = "practice", strength = "presumption",
  when   = all { m.extra_done:is(true), m.extra_unpriced:is(true) },
  because = "Extra work was done, but no price was agreed before it or promised after it.",
}

-- SC-03b
rule "sc.known_extra" {
  title  = "Extra work that the client knew to be chargeable is paid for",
  issue  = "extra_payable", side = "for", each = "milestone",
  clause = "L4", layer = "practice", strength = "presumption",
  when   = all { m.extra_done:is(true), m.extra_known_chargeable:is(true) },
  beats  = { "sc.unpriced_extra" },
  because = "The client asked for extra work knowing that it would be charged.",
}

-- SC-04
undercut "np.essential_unmet" {
  id     = "sc.replaced_requirement",
  title  = "A requirement that the client had replaced is given up",
  each   = "milestone",
  clause = "L9", layer = "practice",
  when   = m.requirement_replaced:is(true),
  unless = m.replacement_reserved:is(true),
  because = "The client had the requirement replaced, and did not keep the old one in writing.",
}

-- SC-05
rule "sc.enough_rounds" {
  title  = "Refusing another round about taste is no breach",
  issue  = "breach_material", side = "against", each = "milestone",
  clause = "P-02", layer = "practice", strength = "presumption", -- also V-06
  when   = all {
    m.iterations:at_least(m.iterations_owed),
    m.further_requests_taste:is(true),
  },
  unless = m.measurable_unmet:is(true),
  beats  = { "br.factors_material" },
  because = "{m.iterations} rounds were given where {m.iterations_owed} were owed, and the further requests are about taste.",
}

-- SC-06a. A clear written answer is entered as the later reading, and so stands in the ladder.
rule "sc.ladder_freelancer" {
  title  = "The ladder of readings ends with the freelancer",
  issue  = "freelancer_reading", side = "for", each = "milestone",
  clause = "L9", layer = "practice", strength = "weighs",
  when   = all { m.term_ambiguous:is(true), m.reading_ladder:is "freelancer" },
  because = "The term is unclear; plain words, special and later text, conduct and usage, in this order, give the freelancer's reading.",
}

-- SC-06b
rule "sc.ladder_client" {
  title  = "The ladder of readings ends with the client",
  issue  = "freelancer_reading", side = "against", each = "milestone",
  clause = "L9", layer = "practice", strength = "weighs",
  when   = all { m.term_ambiguous:is(true), m.reading_ladder:is "client" },
  because = "The term is unclear; plain words, special and later text, conduct and usage, in this order, give the client's reading.",
}

-- Breach: late, abandoned, prevented, and how serious a breach is. Nobody profits from a delay or a
-- failure that it caused.

local m = item "milestone"

-- BR-01
rule "br.late_essential" {
  title  = "Late where the date was essential",
  issue  = "breach_material", side = "for", each = "milestone",
  clause = "P-01", layer = "practice", strength = "presumption", -- also L1
  when   = all {
    issue.late:upheld(),
    m.days_late_net:more_than(0),
    contract.time_of_essence:is(true),
  },
  unless = any { issue.lateness_waived:upheld(), issue.excused_delay:upheld() },
  beats  = { "br.factors_minor" },
  because = "The date was essential, and {m.days_late_net} of {m.days_late} days of the delay are the freelancer's.",
}

-- BR-02. A reservation by the client is part of the derived fact.
rule "br.taken_late" {
  title  = "Late work taken without reserve is taken",
  issue  = "lateness_waived", side = "for", each = "milestone",
  clause = "L9", layer = "practice", strength = "presumption",
  when   = m.taken_late:is(true),
  because = "The client took the work, or asked for more, after {m.due_at} without reserving the delay.",
}

-- BR-03
rule "br.client_delay" {
  title  = "Days spent waiting for the client excuse the delay",
  issue  = "excused_delay", side = "for", each = "milestone",
  clause = "P-03", layer = "practice", strength = "presumption",
  when   = all { m.input_gap:is(true), m.days_late_net:is(0) },
  unless = m.input_never_asked:is(true),
  because = "The freelancer waited {m.days_client_gap} days for the client's input; no day of the {m.days_late} late is left.",
}

-- BR-05
rule "br.abandoned" {
  title  = "Silence after the date and after attempts is giving up",
  issue  = "abandoned", side = "for", each = "milestone",
  clause = "V-05", layer = "practice", strength = "presumption",
  when   = all {
    m.silent_after_due:at_least(param.abandon_after),
    m.attempts_after_due:at_least(param.abandon_attempts),
  },
  unless = issue.excused_delay:upheld(),
  because = "The freelancer has been silent for {param.abandon_after} or more after {m.due_at}, and {m.attempts_after_due} attempts were not answered.",
}

-- BR-06. A client who repudiates also lifts the price as ceiling, never the sum held.
rule "br.client_prevents" {
  title  = "The client made the work impossible",
  issue  = "client_prevented", side = "for", each = "milestone",
  clause = "L5", layer = "practice", strength = "presumption",
  when   = m.client_obstructed:is(true),
  unless = issue.breach_material:upheld(),
  because = "The client withdrew access, refused to take part, or repudiated the contract.",
}

-- BR-07a, BR-07b. Benefit lost, money no remedy, no forfeiture, no cure in sight, no good faith.
rule "br.factors_material" {
  title  = "A broken term with most of the five factors is material",
  issue  = "breach_material", side = "for", each = "milestone",
  clause = "L1", layer = "practice", strength = "weighs",
  when   = all {
    m.term_broken:is(true),
    m.breach_by:is "freelancer",
    m.breach_factors:at_least(param.material_factors),
  },
  because = "The freelancer broke a term; {m.breach_factors} of the five factors (benefit lost, money no remedy, no forfeiture, no likely cure, no good faith) are met, and {param.material_factors} make it material.",
}

rule "br.factors_minor" {
  title  = "A broken term with few of the five factors is minor",
  issue  = "breach_material", side = "against", each = "milestone",
  clause = "L1", layer = "practice", strength = "weighs",
  when   = all {
    m.term_broken:is(true),
    m.breach_by:is "freelancer",
    m.breach_factors:less_than(param.material_factors),
  },
  because = "The freelancer broke a term; only {m.breach_factors} of the five factors (benefit lost, money no remedy, no forfeiture, no likely cure, no good faith) are met, and {param.material_factors} would make it material.",
}

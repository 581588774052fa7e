-- Quality: taste is no defect, a cure comes before money, and use is acceptance.
--
-- QL-03 and QL-04 make a share due and stand in shares.lua with their remedies. QL-10 (run the
-- test) is no rule but a remedy: run_the_test in remedies.lua.

local m = item "milestone"

-- QL-01
rule "ql.taste_only" {
  title  = "A complaint of taste after fair rounds does not withhold the price",
  issue  = "payment_due", side = "for", each = "milestone",
  clause = "P-02", layer = "practice", strength = "presumption", -- also V-03
  when   = all {
    m.review.reason:is "taste",
    m.measurable_all_met:is(true),
    m.iterations:at_least(param.min_iterations),
  },
  unless = contract.taste_is_test:is(true),
  because = "Everything measurable is met, {m.iterations} rounds were given, and the reason of the refusal is taste.",
}

-- QL-02. QL-03 defeats it: a cure that was refused is owed no longer. Nor is it once the work was
-- accepted: who took the work is paid out, or pays, for what is wrong with it.
rule "ql.cure_first" {
  title  = "A defect that can be mended is mended first",
  issue  = "cure_owed", side = "for", each = "milestone",
  clause = "P-02", layer = "practice", strength = "presumption",
  when   = all {
    issue.defect_proved:upheld(),
    m.defects_curable:is(true),
    m.failed_cures:is(0),
    no { contract.time_of_essence:is(true) },
  },
  unless = any {
    issue.accepted:upheld(),
    m.cure_refused:is(true),
    contract.ended_at:known(),
    case.trust_gone:is(true),
  },
  because = "The defect can be mended, no attempt has failed yet, and the contract goes on.",
}

-- QL-05. It asks what was delivered: work that never came is NP-05, not worthless work.
rule "ql.worthless" {
  title  = "Work with a fundamental defect or next to no value is worthless",
  issue  = "worthless", side = "for", each = "milestone",
  clause = "V-03", layer = "practice", strength = "presumption", -- also V-05
  when   = all {
    m.submission.exists:is(true),
    any {
      m.defect_fundamental:is(true),
      m.value:less_than(param.worthless_below),
      no { m.submission.usable:is(true) },
    },
  },
  unless = any { issue.accepted:upheld(), issue.client_prevented:upheld() },
  because = "What was delivered has a fundamental defect, cannot be used, or is worth less than {param.worthless_below} of the price.",
}

-- QL-06. A rulebook whose own text says that asking for changes always stops the clock leaves it out.
rule "ql.unspecific_rejection" {
  title  = "A refusal that never says what is wrong is none",
  issue  = "accepted", side = "for", each = "milestone",
  clause = "OURS", layer = "practice", strength = "presumption",
  when   = all {
    m.submission.formal:is(true),
    m.review.action:one_of { "request_changes", "reject" },
    no { m.review.specific:is(true) },
    m.review.specifics_refused:is(true),
    case.as_of:at_least(due.review),
  },
  unless = m.review.obvious:is(true),
  because = "The client refused the work and, though asked, did not say what is wrong within {param.specifics_answer}.",
}

-- QL-07
rule "ql.used" {
  title  = "Using the work accepts it, at least for its value",
  issue  = "accepted", side = "for", each = "milestone",
  clause = "OURS", layer = "practice", strength = "presumption",
  when   = m.used:is(true),
  unless = m.use_excused:is(true),
  because = "The client used the work without reserving its complaints and without need.",
}

-- QL-09
rule "ql.infringement" {
  title  = "Work that is found to infringe",
  issue  = "infringement", side = "for", each = "milestone",
  clause = "V-05", layer = "practice", strength = "strict",
  when   = m.infringement:is "verified",
  unless = m.licence_shown:is(true),
  because = "Plagiarism or infringement is verified, and no licence or own authorship was shown.",
}

flag "infringement" {
  each = "milestone", clause = "V-05",
  when = issue.infringement:upheld(),
  because = "The work infringes: a human decides what follows for the account.",
}

-- Conduct: fraud answers two questions; everything else is a flag for a human and moves no money.

-- EN-01a. Evidence found false supports nothing: the ranking of evidence sees to that.
rule "en.fraud_freelancer" {
  title  = "A reviewer found false evidence or deceit by the freelancer",
  issue  = "fraud_by_freelancer", side = "for", each = "case",
  clause = "OURS", layer = "practice", strength = "strict",
  when   = case.freelancer_misconduct:is(true),
  unless = case.misconduct_mistake:is(true),
  because = "A reviewer found false evidence, deceit or complicity by the freelancer, and no honest mistake.",
}

-- EN-01b
rule "en.fraud_client" {
  title  = "A reviewer found false evidence or deceit by the client",
  issue  = "fraud_by_client", side = "for", each = "case",
  clause = "OURS", layer = "practice", strength = "strict",
  when   = case.client_misconduct:is(true),
  unless = case.misconduct_mistake:is(true),
  because = "A reviewer found false evidence or deceit by the client, and no honest mistake.",
}

flag "fraud" {
  clause = "OURS",
  when = any { issue.fraud_by_freelancer:upheld(), issue.fraud_by_client:upheld() },
  because = "Fraud is found: a human decides what follows for the account.",
}

-- EN-02
flag "pressure" {
  clause = "V-06", -- also V-05
  when = case.pressure_found:is(true),
  because = "A threat of a bad review, or files held back for pressure, is found. It moves no money; a human should see it.",
}

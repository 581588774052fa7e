-- The duty to repair damage, with its exceptions as undercutters.
-- Source of the facts: Dutch Civil Code, art. 6:162 and 6:163, in one formula, as it stands in
-- https://github.com/CorSteging/DiscoveringTheRationaleOfDecisions at commit
-- 87635bfa602cd40e9c86bfcd72574bb8103bf9e6. Restated.

source "BW" { title = "Dutch Civil Code, art. 6:162 and 6:163", grade = "D" }
provision "6-162" { title = "Whoever acts unlawfully repairs the damage", source = "BW", layer = "law" }
provision "6-163" { title = "A statute protects what it is made to protect", source = "BW", layer = "law" }

issue "unlawful" { title = "The act was unlawful", each = "case",
  claimant = "client", burden = "client", standard = "balance" }
issue "duty" { title = "There is a duty to repair the damage", each = "case",
  claimant = "client", burden = "client", standard = "balance" }

rule "violates_right" { title = "It violates a right", issue = "unlawful", side = "for",
  clause = "6-162", layer = "law", when = act.vrt:is(true) }
rule "violates_statute" { title = "It violates a statutory duty", issue = "unlawful", side = "for",
  clause = "6-162", layer = "law", when = act.vst:is(true) }
rule "improper_conduct" { title = "It violates unwritten law on proper conduct", issue = "unlawful",
  side = "for", clause = "6-162", layer = "law", when = act.vun:is(true) }

undercut { "violates_right", "violates_statute" } { id = "justified",
  title = "There is a ground of justification", clause = "6-162", layer = "law",
  when = act.jus:is(true) }

rule "repair" { title = "Who acts unlawfully repairs the damage", issue = "duty", side = "for",
  clause = "6-162", layer = "law",
  when = all {
    act.dmg:is(true),
    act.cau:is(true),
    issue.unlawful:upheld(),
    any { act.ift:is(true), act.ila:is(true), act.ico:is(true) },
  } }

undercut "repair" { id = "other_purpose",
  title = "The violated statute does not protect the interest that was damaged",
  clause = "6-163", layer = "law",
  when = all { act.vst:is(true), no { act.prp:is(true) } } }

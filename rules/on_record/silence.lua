-- Silence admits nothing: the record decides. For a marketplace where a respondent who does not answer
-- has not lost for that, and the claim must still have something to rest on.

local i = item "item"

source "N8" { grade = "L", title = "Domain name panels: a complaint that proved nothing",
  address = "giga.law/blog/2015/09/30/the-most-embarrassing-way-to-lose-a-udrp-complaint" }
source "N10" { grade = "L", title = "Domain name panels: the standard of proof",
  address = "elgaronline.com/abstract/book/9781035315031/book-part-9781035315031-14.xml" }
provision "N-06" { title = "Silence admits nothing: the claim must still be proved", source = { "N8", "N10" }, layer = "practice" }

param "default_regime" {
  title = "What the respondent's silence means", anchor = "filed",
  { from = "unknown", value = "merits_on_record", source = "OURS", note = "The mildest published model (N-06)." },
}

issue "prima_facie" { each = "item", claimant = "filer", burden = "filer", standard = "some",
  title = "The unanswered claim has some credible support" }

-- DF-06
rule "df.prima_facie" {
  title  = "An unanswered claim goes to the merits if something supports it",
  issue  = "prima_facie", side = "for", each = "item",
  clause = "N-06", layer = "practice", strength = "presumption",
  when   = all {
    param.default_regime:is "merits_on_record",
    procedure.response:absent(),
    any {
      all { case.filed_by:is "freelancer", i.submission.exists:is(true) },
      all {
        case.filed_by:is "client",
        any { i.defects_proved:is(true), i.days_late_net:more_than(0), i.essential_unmet:is(true) },
      },
    },
  },
  because = "Nobody answered, and the record supports the {case.filed_by}'s claim.",
}

-- R-17
remedy "nothing_shown" {
  each = "item", stratum = "silence", outcome = "dismiss", clause = "N-06",
  when = all {
    issue.prima_facie:rejected(),
    param.default_regime:is "merits_on_record",
    procedure.response:absent(),
  },
  because = "Nobody answered, but silence admits nothing, and the record does not support the claim.",
}

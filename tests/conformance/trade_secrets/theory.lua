-- The theory of trade secrets: 17 questions over 21 factors, one rule a question. `decide` is the claim of
-- the plaintiff.
-- Source of the facts: the theory of trade secrets of CATO and ANGELIC, as TradeSecrets.py of
-- https://github.com/dahrb/ADFs has it at commit ecdbe4f671a559845f6ce29c887832d63eb051ea. Restated;
-- spelling of the words is theirs, in lower case.

source "ANGELIC" { title = "ANGELIC: the domain of US trade secrets, after CATO", grade = "D",
  address = "https://github.com/dahrb/ADFs" }
provision "TS" { title = "The theory of trade secrets", source = "ANGELIC", layer = "law" }

local function yes(factor) return factor:is(true) end

-- A question and the one rule that answers it.
local function question(name, title, when)
  issue(name) { title = title, each = "case", claimant = "client", burden = "client", standard = "balance" }
  rule(name) { title = title, issue = name, side = "for", clause = "TS", layer = "law", when = when }
end

question("decide", "The claim of the plaintiff succeeds",
  all {
    no { issue.defendant_ownership_rights:upheld() },
    all {
      issue.trade_secret_misappropriation:upheld(),
      any {
        issue.improper_means:upheld(),
        issue.confidential_relationship:upheld(),
      },
    },
  })

question("trade_secret_misappropriation", "Trade secret misappropriation",
  all {
    issue.efforts_to_maintain_secrecy:upheld(),
    issue.info_valuable:upheld(),
    no { issue.info_known_or_availiable:upheld() },
  })

question("efforts_to_maintain_secrecy", "Efforts to maintain secrecy",
  any {
    yes(secret.security_measures),
    issue.maintain_secrecy_defendant:upheld(),
    issue.maintain_secrecy_outsiders:upheld(),
    no { yes(secret.no_security_measures) },
  })

question("info_valuable", "Info valuable",
  any {
    yes(secret.unique_product),
    yes(secret.competitive_advantage),
    no { issue.info_known_or_availiable:upheld() },
  })

question("info_known_or_availiable", "Info known or availiable",
  any { issue.info_known:upheld(), issue.info_availiable_elsewhere:upheld() })

question("info_known", "Info known",
  all { yes(secret.info_known_to_competitors), no { yes(secret.unique_product) } })

question("info_availiable_elsewhere", "Info availiable elsewhere",
  all {
    any {
      yes(secret.info_reverse_engineerable),
      yes(secret.info_obtainable_elsewhere),
    },
    no {
      all {
        yes(secret.info_reverse_engineerable),
        any {
          yes(secret.restricted_materials_used),
          yes(secret.identical_products),
        },
      },
    },
  })

question("improper_means", "Improper means",
  all {
    issue.questionable_means:upheld(),
    no { issue.legitimately_obtainable:upheld() },
  })

question("questionable_means", "Questionable means",
  all {
    all {
      no { yes(secret.info_reverse_engineered) },
      no { yes(secret.info_independently_generated) },
    },
    any {
      yes(secret.invasive_techniques),
      yes(secret.deception),
      yes(secret.restricted_materials_used),
      yes(secret.bribe_employee),
    },
  })

question("info_used", "Info used",
  any {
    yes(secret.brought_tools),
    yes(secret.identical_products),
    yes(secret.competitive_advantage),
    no { yes(secret.info_independently_generated) },
  })

question("confidential_relationship", "Confidential relationship",
  any {
    issue.notice_of_confidentiality:upheld(),
    issue.confidentiality_agreement:upheld(),
  })

question("notice_of_confidentiality", "Notice of confidentiality",
  any {
    yes(secret.waiver_of_confidentiality),
    yes(secret.knew_info_confidential),
    yes(secret.restricted_materials_used),
    yes(secret.noncompetition_agreement),
    yes(secret.agreed_not_to_disclose),
  })

question("legitimately_obtainable", "Legitimately obtainable",
  all {
    issue.info_known_or_availiable:upheld(),
    no { issue.questionable_means:upheld() },
  })

question("confidentiality_agreement", "Confidentiality agreement",
  all {
    yes(secret.agreed_not_to_disclose),
    no { yes(secret.waiver_of_confidentiality) },
  })

question("maintain_secrecy_defendant", "Maintain secrecy defendant",
  yes(secret.agreed_not_to_disclose))

question("maintain_secrecy_outsiders", "Maintain secrecy outsiders",
  yes(secret.outsider_disclosures_restricted))

question("defendant_ownership_rights", "Defendant ownership rights",
  yes(secret.employee_sole_developer))

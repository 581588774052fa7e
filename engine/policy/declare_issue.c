/*
 * Issues: the questions that rules argue, and who loses one that stays open.
 *
 * Rows only; the rules of an issue are gathered when all rules are known.
 */
#include "compiler.h"

#include <assert.h>

static const struct word CLAIMANTS[] = {
    {"client", PARTY_CLIENT},         {"freelancer", PARTY_FREELANCER}, {"filer", PARTY_FILER},
    {"respondent", PARTY_RESPONDENT}, {"objector", PARTY_OBJECTOR},     {NULL, 0}};

static void declare_issue(struct compiler *compiler, struct draft *draft)
{
    struct issue_row row = {.name = compiler_text(compiler, draft->id),
                            .title = compiler_text(compiler, draft_text(draft, FIELD_TITLE)),
                            .because = compiler_text(compiler, draft_text(draft, FIELD_BECAUSE)),
                            .origin = {draft->file, draft->line}};
    row.kind = draft_each(compiler, draft, KIND_NONE);
    row.claimant = draft_word(compiler, draft, FIELD_CLAIMANT, CLAIMANTS, PARTY_CLIENT);
    row.burden = draft_word(compiler, draft, FIELD_BURDEN, CLAIMANTS, PARTY_CLIENT);
    row.proof = draft_word(compiler, draft, FIELD_STANDARD, PROOF_WORDS, PROOF_BALANCE);
    bool is_objection = row.claimant == PARTY_OBJECTOR || row.burden == PARTY_OBJECTOR;
    uint32_t evidence = compiler->vocabulary->evidence_kind;
    if (is_objection && (row.kind != evidence || evidence == KIND_NONE)) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0426",
                        draft_place(compiler, draft, text_of("objector")),
                        "name client, freelancer, filer or respondent",
                        "issue '%.*s' knows no objector: only a piece of evidence is objected to",
                        SHOWN(draft->id));
    }
    draft->row = compiler_count(compiler, TABLE_ISSUES);
    *(struct issue_row *)compiler_add(compiler, TABLE_ISSUES) = row;
}

void declare_issues(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler_count(compiler, TABLE_ISSUES) == 0);
    drafts_each(compiler, DECLARE_ISSUE, declare_issue);
}

/*
 * Derived facts: what a case does not state but what follows from it.
 *
 * The vocabulary names them and gives their type and kind; the rulebook defines each once. A
 * definition may be of structural numbers, because it says what a word means and decides nothing.
 */
#include "compiler.h"

#include <assert.h>
#include <stdlib.h>

bool fact_is_computed(const struct vocabulary *vocabulary, uint32_t fact)
{
    assert(vocabulary != NULL);
    assert(fact < vocabulary->fact_count);
    return fact == vocabulary->roles.decisive_unknown || fact == vocabulary->roles.level_evidence;
}

static uint32_t find_fact(struct compiler *compiler, const struct draft *draft)
{
    const struct vocabulary *vocabulary = compiler->vocabulary;
    uint32_t number = vocabulary_find_path(vocabulary, draft->id);
    if (number != FACT_NONE && fact_is_computed(vocabulary, number)) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0427",
                        draft_place(compiler, draft, draft->id), "read it, and leave it undefined",
                        "'%.*s' is computed by the engine, so a rulebook cannot define it",
                        SHOWN(draft->id));
        return FACT_NONE;
    }
    if (number != FACT_NONE && vocabulary->facts[number].derived != FACT_NONE) {
        return number;
    }
    if (number != FACT_NONE) {
        diagnostics_add(
            compiler->list, AMICUS_ERROR, "P0427", draft_place(compiler, draft, draft->id),
            "let the case state it, or give it another name with derived: true",
            "'%.*s' is stated by the case, so a rulebook cannot define it", SHOWN(draft->id));
        return FACT_NONE;
    }
    struct likeness likeness = likeness_to(draft->id);
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        if (vocabulary->facts[i].derived != FACT_NONE) {
            likeness_try(&likeness, vocabulary->facts[i].path);
        }
    }
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0401", draft_place(compiler, draft, draft->id),
                    likeness.best.length > 0 ? mend_near(compiler, likeness.best)
                                             : "add it to the vocabulary with derived: true",
                    "the vocabulary has no derived fact '%.*s'", SHOWN(draft->id));
    return FACT_NONE;
}

static uint32_t compile_definition(struct compiler *compiler, const struct draft *draft,
                                   uint32_t number)
{
    const struct fact *fact = &compiler->vocabulary->facts[number];
    struct type type = {fact->type, 0};
    if (fact->type == TYPE_REF) {
        type.detail = fact->ref_kind;
    } else if (fact->type == TYPE_ENUM || fact->type == TYPE_ENUMS) {
        type.detail = number;
    }
    struct scope scope = scope_of(compiler, draft, fact->kind);
    scope.is_definition = true;
    const struct datum *is = draft->fields[FIELD_IS];
    uint32_t node = compile_typed(&scope, is, type, "its definition");
    return compile_depth(&scope, node, draft->line);
}

static void declare_fact(struct compiler *compiler, struct draft *draft)
{
    uint32_t number = find_fact(compiler, draft);
    draft->row = number;
    if (number == FACT_NONE || draft->fields[FIELD_IS] == NULL) {
        return;
    }
    struct derived_row row = {.fact = number, .origin = {draft->file, draft->line}};
    row.node = compile_definition(compiler, draft, number);
    *(struct derived_row *)compiler_add(compiler, TABLE_DERIVED) = row;
}

/* Facts are numbered by their paths and drafts walked by their ids, which are those paths. */
static void index_derived(struct compiler *compiler)
{
    uint32_t count = compiler->vocabulary->fact_count;
    for (uint32_t i = 0; i < count; i++) {
        *(uint32_t *)compiler_add(compiler, TABLE_DERIVED_OF) = INDEX_NONE;
    }
    for (uint32_t i = 0; i < compiler_count(compiler, TABLE_DERIVED); i++) {
        if (compiler->status != AMICUS_OK) {
            return;
        }
        const struct derived_row *row = compiler_row(compiler, TABLE_DERIVED, i);
        *(uint32_t *)compiler_row(compiler, TABLE_DERIVED_OF, row->fact) = i;
    }
}

void declare_facts(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler_count(compiler, TABLE_DERIVED) == 0);
    drafts_each(compiler, DECLARE_FACT, declare_fact);
    index_derived(compiler);
}

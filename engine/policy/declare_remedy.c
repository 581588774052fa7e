/*
 * What follows: remedies, the fallbacks if nobody acts, and flags for a human.
 *
 * A remedy is a guard, an outcome and, where money is divided, an expression for the freelancer's
 * part; the evaluator clamps it to what is held. The outcome codes are the engine's, so that a
 * ruling means the same on every marketplace.
 */
#include "compiler.h"

#include <assert.h>

static const struct word STRATA[] = {
    {"bar", STRATUM_BAR}, {"silence", STRATUM_SILENCE}, {"merits", STRATUM_MERITS}, {NULL, 0}};
static const struct word ACTORS[] = {{"client", PARTY_CLIENT},
                                     {"freelancer", PARTY_FREELANCER},
                                     {"platform", PARTY_PLATFORM},
                                     {"reviewer", PARTY_REVIEWER},
                                     {"filer", PARTY_FILER},
                                     {"respondent", PARTY_RESPONDENT},
                                     {NULL, 0}};

static uint8_t outcome_of(struct compiler *compiler, const struct draft *draft)
{
    struct text name = draft_text(draft, FIELD_OUTCOME);
    enum outcome outcome = outcome_find(name);
    if (outcome != OUTCOME_COUNT || name.length == 0) {
        return (uint8_t)outcome;
    }
    struct likeness likeness = likeness_to(name);
    for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
        likeness_try(&likeness, text_of(outcome_name((enum outcome)i)));
    }
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0114", draft_place(compiler, draft, name),
                    likeness.best.length > 0
                        ? mend_near(compiler, likeness.best)
                        : "write an outcome code such as release_full or split",
                    "%s '%.*s' has the outcome '%.*s', which there is not",
                    declare_name(draft->kind), SHOWN(draft->id), SHOWN(name));
    return OUTCOME_NO_RULE;
}

/* --- who acts next --- */

static const struct datum *next_field(struct scope *scope, const struct datum *map,
                                      const char *name, bool is_text)
{
    const struct datum *datum = datum_find(map, name);
    bool fits = datum == NULL || (datum->tag == DATUM_TEXT) == is_text;
    if (fits && datum != NULL && !is_text) {
        fits = datum->tag == DATUM_NODE;
    }
    if (!fits) {
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0112",
                        draft_place(scope->compiler, scope->draft, text_of(name)),
                        "write { actor = \"client\", step = \"...\", due = case.filed_at + ... }",
                        "'%s' in the `next` of '%.*s' is of the wrong form", name,
                        SHOWN(scope->draft->id));
        return NULL;
    }
    return datum;
}

static void check_next(struct scope *scope, const struct datum *map)
{
    for (uint32_t i = 0; i < map->count; i++) {
        struct text key = map->as.entries[i].key;
        bool is_known = text_is(key, "actor") || text_is(key, "step") || text_is(key, "due");
        if (!is_known) {
            diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0110",
                            draft_place(scope->compiler, scope->draft, key),
                            "next has: actor step due", "the `next` of '%.*s' has no field '%.*s'",
                            SHOWN(scope->draft->id), SHOWN(key));
        }
    }
    if (datum_find(map, "actor") == NULL || datum_find(map, "step") == NULL) {
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0111",
                        draft_place(scope->compiler, scope->draft, text_of("next")),
                        "write { actor = \"client\", step = \"...\" }",
                        "the `next` of '%.*s' needs an actor and a step", SHOWN(scope->draft->id));
    }
}

static uint8_t actor_of(struct scope *scope, const struct datum *map)
{
    const struct datum *actor = next_field(scope, map, "actor", true);
    for (const struct word *word = ACTORS; actor != NULL && word->name != NULL; word++) {
        if (text_is(actor->as.text, word->name)) {
            return word->value;
        }
    }
    if (actor != NULL) {
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0114",
                        draft_place(scope->compiler, scope->draft, actor->as.text),
                        "write client, freelancer, platform, reviewer, filer or respondent",
                        "the `next` of '%.*s' names the actor '%.*s'", SHOWN(scope->draft->id),
                        SHOWN(actor->as.text));
    }
    return PARTY_NONE;
}

/* Compile the `next` of a declaration; INDEX_NONE if there is none. */
static uint32_t compile_next(struct scope *scope)
{
    assert(scope != NULL);
    assert(scope->draft != NULL);
    const struct datum *map = scope->draft->fields[FIELD_NEXT];
    if (map == NULL) {
        return INDEX_NONE;
    }
    check_next(scope, map);
    struct next_row row = {.actor = actor_of(scope, map), .step = 0, .due = NODE_NONE};
    const struct datum *step = next_field(scope, map, "step", true);
    if (step != NULL) {
        row.step = compile_template(scope, step->as.text);
    }
    const struct datum *due = next_field(scope, map, "due", false);
    if (due != NULL) {
        struct type instant = {TYPE_INSTANT, 0};
        uint32_t node = compile_typed(scope, due, instant, "the `due` of next");
        row.due = compile_depth(scope, node, due->line);
    }
    *(struct next_row *)compiler_add(scope->compiler, TABLE_NEXTS) = row;
    return compiler_count(scope->compiler, TABLE_NEXTS) - 1;
}

/* --- remedies --- */

static bool is_item_or_case(const struct compiler *compiler, uint32_t kind)
{
    uint32_t item = compiler->vocabulary->item_kind;
    return kind == KIND_ROOT || (item != KIND_NONE && kind_is(compiler->vocabulary, kind, item));
}

static uint32_t freelancer_of(struct scope *scope)
{
    const struct datum *datum = scope->draft->fields[FIELD_FREELANCER];
    if (datum == NULL) {
        return NODE_NONE;
    }
    struct type none = {TYPE_NONE, 0};
    scope->line = scope->draft->line;
    uint32_t node = compile_expression(scope, datum, none);
    if (node == NODE_NONE) {
        return NODE_NONE;
    }
    uint8_t type = type_of(scope->compiler, node).type;
    if (type != TYPE_MONEY) {
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0441",
                        scope_place(scope, scope->line, text_of("freelancer")),
                        "write an amount, such as m.amount or share(m.amount, m.value, 10000)",
                        "the freelancer's part in remedy '%.*s' is of type %s, not money",
                        SHOWN(scope->draft->id), value_type_name((enum value_type)type));
        return NODE_NONE;
    }
    return compile_depth(scope, node, scope->draft->line);
}

static void declare_remedy(struct compiler *compiler, struct draft *draft)
{
    struct remedy_row row = {.id = compiler_text(compiler, draft->id),
                             .title = compiler_text(compiler, draft_text(draft, FIELD_TITLE)),
                             .clause = draft_clause(compiler, draft),
                             .kind = draft_each(compiler, draft, KIND_NONE),
                             .when = NODE_NONE,
                             .freelancer = NODE_NONE,
                             .because = INDEX_NONE,
                             .next = INDEX_NONE,
                             .origin = {draft->file, draft->line}};
    row.stratum = draft_word(compiler, draft, FIELD_STRATUM, STRATA, STRATUM_MERITS);
    row.outcome = outcome_of(compiler, draft);
    row.proof = draft_word(compiler, draft, FIELD_STANDARD, PROOF_WORDS, PROOF_BALANCE);
    bool is_known = row.kind != KIND_NONE;
    if (is_known && !is_item_or_case(compiler, row.kind)) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0426",
                        draft_place(compiler, draft, draft_text(draft, FIELD_EACH)),
                        "range over a money item or the case",
                        "remedy '%.*s' ranges over '%.*s', which holds no money", SHOWN(draft->id),
                        SHOWN(draft_text(draft, FIELD_EACH)));
        is_known = false;
    }
    if (is_known) {
        struct scope scope = scope_of(compiler, draft, row.kind);
        row.when = compile_field(&scope, FIELD_WHEN);
        row.freelancer = freelancer_of(&scope);
        row.because = compile_because(&scope);
        row.next = compile_next(&scope);
    }
    draft->row = compiler_count(compiler, TABLE_REMEDIES);
    *(struct remedy_row *)compiler_add(compiler, TABLE_REMEDIES) = row;
}

static void declare_fallback(struct compiler *compiler, struct draft *draft)
{
    struct fallback_row row = {.id = compiler_text(compiler, draft->id),
                               .title = compiler_text(compiler, draft_text(draft, FIELD_TITLE)),
                               .clause = draft_clause(compiler, draft),
                               .kind = draft_each(compiler, draft, KIND_ROOT),
                               .when = NODE_NONE,
                               .because = INDEX_NONE,
                               .next = INDEX_NONE,
                               .origin = {draft->file, draft->line}};
    row.outcome = outcome_of(compiler, draft);
    row.proof = draft_word(compiler, draft, FIELD_STANDARD, PROOF_WORDS, PROOF_BALANCE);
    if (row.kind != KIND_NONE) {
        struct scope scope = scope_of(compiler, draft, row.kind);
        row.when = compile_field(&scope, FIELD_WHEN);
        row.because = compile_because(&scope);
        row.next = compile_next(&scope);
    }
    draft->row = compiler_count(compiler, TABLE_FALLBACKS);
    *(struct fallback_row *)compiler_add(compiler, TABLE_FALLBACKS) = row;
}

static void declare_flag(struct compiler *compiler, struct draft *draft)
{
    struct flag_row row = {.code = compiler_text(compiler, draft->id),
                           .clause = draft_clause(compiler, draft),
                           .kind = draft_each(compiler, draft, KIND_ROOT),
                           .when = NODE_NONE,
                           .because = INDEX_NONE,
                           .origin = {draft->file, draft->line}};
    row.proof = draft_word(compiler, draft, FIELD_STANDARD, PROOF_WORDS, PROOF_BALANCE);
    if (row.kind != KIND_NONE) {
        struct scope scope = scope_of(compiler, draft, row.kind);
        row.when = compile_field(&scope, FIELD_WHEN);
        row.because = compile_because(&scope);
    }
    draft->row = compiler_count(compiler, TABLE_FLAGS);
    *(struct flag_row *)compiler_add(compiler, TABLE_FLAGS) = row;
}

void declare_remedies(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler_count(compiler, TABLE_REMEDIES) == 0);
    drafts_each(compiler, DECLARE_REMEDY, declare_remedy);
    drafts_each(compiler, DECLARE_FALLBACK, declare_fallback);
    drafts_each(compiler, DECLARE_FLAG, declare_flag);
}

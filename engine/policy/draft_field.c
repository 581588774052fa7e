/*
 * Fields of drafts that mean something by themselves: words of closed lists, kinds of record,
 * clauses and dates.
 */
#include "compiler.h"

#include "date.h"

#include <assert.h>

const struct word LAYER_WORDS[] = {{"law", LAYER_LAW},           {"platform", LAYER_PLATFORM},
                                   {"contract", LAYER_CONTRACT}, {"guidance", LAYER_GUIDANCE},
                                   {"practice", LAYER_PRACTICE}, {NULL, 0}};
const struct word PROOF_WORDS[] = {
    {"some", PROOF_SOME}, {"balance", PROOF_BALANCE}, {"clear", PROOF_CLEAR}, {NULL, 0}};
const struct word ANCHOR_WORDS[] = {{"contract_formed", ANCHOR_CONTRACT_FORMED},
                                    {"filed", ANCHOR_FILED},
                                    {"event", ANCHOR_EVENT},
                                    {NULL, 0}};

static const char *words_of(struct compiler *compiler, const struct word *words)
{
    struct builder builder;
    builder_start(&builder, compiler->arena);
    builder_puts(&builder, "write one of:");
    for (const struct word *word = words; word->name != NULL; word++) {
        builder_putf(&builder, " %s", word->name);
    }
    struct text text;
    return builder_end(&text, &builder) == AMICUS_OK ? text.at : "";
}

static const char *nearest_word(struct compiler *compiler, const struct word *words,
                                struct text name)
{
    struct likeness likeness = likeness_to(name);
    for (const struct word *word = words; word->name != NULL; word++) {
        likeness_try(&likeness, text_of(word->name));
    }
    return likeness.best.length > 0 ? mend_near(compiler, likeness.best)
                                    : words_of(compiler, words);
}

uint8_t draft_word(struct compiler *compiler, const struct draft *draft, enum field field,
                   const struct word *words, uint8_t otherwise)
{
    assert(compiler != NULL && draft != NULL);
    assert(words != NULL);
    if (draft->fields[field] == NULL) {
        return otherwise;
    }
    struct text name = draft_text(draft, field);
    for (const struct word *word = words; word->name != NULL; word++) {
        if (text_is(name, word->name)) {
            return word->value;
        }
    }
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0114", draft_place(compiler, draft, name),
                    nearest_word(compiler, words, name),
                    "%s '%.*s' says '%.*s', which is no word "
                    "that may stand here",
                    declare_name(draft->kind), SHOWN(draft->id), SHOWN(name));
    return otherwise;
}

static struct text nearest_kind(const struct vocabulary *vocabulary, struct text name)
{
    struct likeness likeness = likeness_to(name);
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        likeness_try(&likeness, vocabulary->kinds[i].one);
    }
    return likeness.best;
}

uint32_t draft_each(struct compiler *compiler, const struct draft *draft, uint32_t otherwise)
{
    assert(compiler != NULL && draft != NULL);
    struct text name = draft_text(draft, FIELD_EACH);
    if (name.length == 0) {
        return otherwise;
    }
    if (text_is(name, "case")) {
        return KIND_ROOT;
    }
    uint32_t kind = vocabulary_find_kind(compiler->vocabulary, name);
    if (kind != KIND_NONE && text_equal(compiler->vocabulary->kinds[kind].one, name)) {
        return kind;
    }
    struct text near = kind != KIND_NONE ? compiler->vocabulary->kinds[kind].one
                                         : nearest_kind(compiler->vocabulary, name);
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0404", draft_place(compiler, draft, name),
                    near.length > 0 ? mend_near(compiler, near)
                                    : "write the name of one record, such as \"milestone\"",
                    "%s '%.*s' ranges over '%.*s', which is no record of the vocabulary",
                    declare_name(draft->kind), SHOWN(draft->id), SHOWN(name));
    return KIND_NONE;
}

text_at draft_clause(struct compiler *compiler, const struct draft *draft)
{
    assert(compiler != NULL && draft != NULL);
    struct text name = draft_text(draft, FIELD_CLAUSE);
    if (name.length == 0) {
        return 0;
    }
    if (draft_find(compiler, DECLARE_PROVISION, name) == NULL) {
        struct text near = map_nearest(compiler->names[DECLARE_PROVISION], name);
        diagnostics_add(
            compiler->list, AMICUS_ERROR, "P0406", draft_place(compiler, draft, name),
            near.length > 0
                ? mend_near(compiler, near)
                : mend_of(compiler, "declare it: provision \"%.*s\" { ... }", SHOWN(name)),
            "%s '%.*s' rests on the clause '%.*s', which no provision declares",
            declare_name(draft->kind), SHOWN(draft->id), SHOWN(name));
    }
    return compiler_text(compiler, name);
}

bool date_of(struct compiler *compiler, const struct draft *draft, const struct datum *datum,
             int32_t *day)
{
    assert(compiler != NULL && draft != NULL);
    assert(datum != NULL && day != NULL);
    if (datum->tag == DATUM_TEXT && date_read(day, datum->as.text) == AMICUS_OK) {
        return true;
    }
    struct text word = datum->tag == DATUM_TEXT ? datum->as.text : text_of("");
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0116", draft_place(compiler, draft, word),
                    "write a day that exists, such as \"2024-02-29\"",
                    "%s '%.*s' has '%.*s' where a date is wanted", declare_name(draft->kind),
                    SHOWN(draft->id), SHOWN(word));
    return false;
}

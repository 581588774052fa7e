/*
 * Twins of a case: its tree, rewritten in one respect and built again.
 *
 * A promise such as "the order of evidence changes nothing" is kept only if somebody tries, so a
 * twin is made by the one builder as any other case is, and decided as any other case is.
 *
 * What is a name is not known here, nor need it be: a name can only stand in a free text. A text of
 * one word is left alone, because it may be a code that a rule compares ("US-NY", a digest); unless
 * no rule on the merits may read it at all.
 *
 * Cost: one pass over the tree, and one build.
 */
#include "case_twin.h"

#include "case_build.h"
#include "case_copy.h"
#include "date.h"
#include "money.h"

#include <assert.h>
#include <string.h>

const char *case_twin_name(enum case_twin twin)
{
    static const char *const NAMES[TWIN_COUNT] = {"evidence_order", "party_names", "shift_dates",
                                                  "irrelevant_fact"};
    assert((unsigned)twin < TWIN_COUNT);
    assert(NAMES[twin] != NULL);
    return NAMES[twin];
}

/* A rewriting of every stated value. */
struct rewriting {
    struct case_copy *copy;
    enum case_twin twin;
    int32_t days;
};

/* --- evidence --- */

static void reverse(struct tree *list)
{
    struct tree *turned = NULL;
    struct tree *next = NULL;
    for (struct tree *child = list->first; child != NULL; child = next) {
        next = child->next;
        child->next = turned;
        turned = child;
    }
    list->first = turned;
}

static void reverse_cites(const struct tree *said)
{
    struct tree *cites = said->kind == TREE_MAP ? copy_find(said, text_of("cites")) : NULL;
    if (cites != NULL && cites->kind == TREE_LIST) {
        reverse(cites);
    }
}

/* --- values --- */

static struct text moved(struct case_copy *copy, const struct fact *fact, struct text text,
                         int32_t days)
{
    struct builder builder;
    struct text out = text;
    int64_t utc_s = 0;
    int32_t day = 0;
    builder_start(&builder, copy->arena);
    if (fact->type == TYPE_INSTANT && instant_read(&utc_s, text) == AMICUS_OK &&
        instant_exists(utc_s + (int64_t)days * 86400)) {
        instant_write(&builder, utc_s + (int64_t)days * 86400);
    } else if (fact->type == TYPE_DATE && date_read(&day, text) == AMICUS_OK) {
        date_write(&builder, day + days);
    } else {
        return text;
    }
    return faults_status(&copy->faults, builder_end(&out, &builder)) ? out : text;
}

static struct text renamed(struct case_copy *copy, const struct fact *fact, struct text text)
{
    bool is_prose = text.length > 0 && memchr(text.at, ' ', text.length) != NULL;
    struct builder builder;
    struct text out = text;
    if (fact->type != TYPE_TEXT || fact->is_id || (!is_prose && !fact->no_merits)) {
        return text;
    }
    builder_start(&builder, copy->arena);
    builder_puts(&builder, "Somebody Else of Another Place, ");
    builder_put(&builder, text);
    return faults_status(&copy->faults, builder_end(&out, &builder)) ? out : text;
}

static void rewrite_value(const struct rewriting *rewriting, const struct fact *fact,
                          struct tree *value)
{
    if (value == NULL || value->kind != TREE_SCALAR) {
        return;
    }
    value->text = rewriting->twin == TWIN_SHIFT_DATES
                      ? moved(rewriting->copy, fact, value->text, rewriting->days)
                      : renamed(rewriting->copy, fact, value->text);
}

/* Rewrite what stands under one key: a value, a statement, or several. */
static void rewrite_said(const struct rewriting *rewriting, const struct fact *fact,
                         struct tree *said)
{
    if (rewriting->twin == TWIN_EVIDENCE_ORDER) {
        reverse_cites(said);
        return;
    }
    struct tree *is = said->kind == TREE_MAP ? copy_find(said, text_of("is")) : said;
    rewrite_value(rewriting, fact, is);
}

static void rewrite_map(const struct rewriting *rewriting, uint32_t kind, struct text section,
                        struct tree *map)
{
    const struct vocabulary *vocabulary = rewriting->copy->base->vocabulary;
    for (struct tree *leaf = map->first; leaf != NULL; leaf = leaf->next) {
        struct builder builder;
        struct text name = leaf->key;
        if (section.length > 0) {
            builder_start(&builder, rewriting->copy->arena);
            builder_put(&builder, section);
            builder_putc(&builder, '.');
            builder_put(&builder, leaf->key);
            (void)faults_status(&rewriting->copy->faults, builder_end(&name, &builder));
        }
        uint32_t number = vocabulary_find(vocabulary, kind, name);
        if (number == FACT_NONE) {
            continue;
        }
        const struct fact *fact = &vocabulary->facts[number];
        rewrite_said(rewriting, fact, leaf);
        for (struct tree *said = leaf->first; leaf->kind == TREE_LIST && said != NULL;
             said = said->next) {
            rewrite_said(rewriting, fact, said);
        }
    }
}

static void rewrite_all(const struct rewriting *rewriting)
{
    struct case_copy *copy = rewriting->copy;
    const struct vocabulary *vocabulary = copy->base->vocabulary;
    for (struct tree *section = copy->root->first; section != NULL; section = section->next) {
        if (section->kind == TREE_MAP) {
            rewrite_map(rewriting, KIND_ROOT, section->key, section);
        }
    }
    for (uint32_t i = 1; i < copy->base->record_count; i++) {
        rewrite_map(rewriting, copy->base->records[i].kind, (struct text){"", 0}, copy->nodes[i]);
    }
    if (rewriting->twin == TWIN_EVIDENCE_ORDER && vocabulary->evidence_kind != KIND_NONE) {
        struct tree *list =
            copy_find(copy->root, vocabulary->kinds[vocabulary->evidence_kind].list);
        if (list != NULL) {
            reverse(list);
        }
    }
}

/* --- facts that must not matter --- */

/* Some value of a fact, as it is written; NULL if there is none at hand. */
static const char *some_value(const struct fact *fact, const char *amount)
{
    switch ((enum value_type)fact->type) {
    case TYPE_BOOL: return "true";
    case TYPE_INT:
    case TYPE_BPS:
    case TYPE_MINUTES: return "7";
    case TYPE_MONEY: return amount;
    case TYPE_INSTANT: return "2001-02-03T04:05:06Z";
    case TYPE_DATE: return "2001-02-03";
    case TYPE_DURATION: return "3 hours";
    case TYPE_TEXT: return fact->is_id ? NULL : "elsewhere";
    case TYPE_ENUM: return fact->members[0].name.at;
    case TYPE_ENUMS:
    case TYPE_REF:
    case TYPE_NONE:
    case TYPE_COUNT: break;
    }
    return NULL;
}

/* Set one fact that must not matter. */
static void set_irrelevant(struct case_copy *copy, uint32_t record, uint32_t number,
                           const char *amount)
{
    const struct fact *fact = &copy->base->vocabulary->facts[number];
    struct case_target target = {record, number, KIND_NONE, {"", 0}};
    const char *value = some_value(fact, amount);
    struct text key;
    if (fact->no_merits == 0 || value == NULL) {
        return;
    }
    copy_unsay(copy, &target);
    copy_unlist(copy, &target);
    struct place place = copy->root->place;
    struct tree *said = copy_node(copy, TREE_MAP, (struct text){"", 0}, place);
    copy_append(said, text_of("is"), copy_node(copy, TREE_SCALAR, text_of(value), place));
    copy_append(said, text_of("says"), copy_node(copy, TREE_SCALAR, text_of("reviewer"), place));
    copy_append(copy_map(copy, &target, &key, true), key, said);
}

static void set_all_irrelevant(struct case_copy *copy)
{
    const struct amicus_case *base = copy->base;
    struct builder builder;
    struct text amount = {NULL, 0};
    if (base->currency != 0) {
        builder_start(&builder, copy->arena);
        money_write(&builder, 777, base->currency);
        (void)faults_status(&copy->faults, builder_end(&amount, &builder));
    }
    for (uint32_t i = 0; i < base->record_count; i++) {
        struct fact_list stored = vocabulary_stored(base->vocabulary, base->records[i].kind);
        for (uint32_t j = 0; j < stored.count && copy->faults.status == AMICUS_OK; j++) {
            set_irrelevant(copy, i, stored.facts[j], amount.at);
        }
    }
}

amicus_status case_twin_of(struct amicus_case **out, const struct amicus_case *base,
                           enum case_twin twin, int32_t days, amicus_diagnostics *list)
{
    assert(out != NULL && base != NULL && list != NULL);
    assert((unsigned)twin < TWIN_COUNT);
    *out = NULL;
    struct case_copy copy;
    amicus_status status = copy_open(&copy, base, list);
    if (status != AMICUS_OK) {
        return status;
    }
    struct rewriting rewriting = {&copy, twin, days};
    if (twin == TWIN_IRRELEVANT_FACT) {
        set_all_irrelevant(&copy);
    } else {
        rewrite_all(&rewriting);
    }
    return copy_end(out, &copy);
}

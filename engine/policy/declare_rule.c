/*
 * Rules argue for or against an issue; undercutters argue against a rule.
 *
 * Both are rows of one table, sorted by id together, because both are findings of a ruling. Rows
 * are made first, conditions after: whom a rule beats or undercuts is settled when all have rows.
 */
#include "compiler.h"

#include "date.h"

#include <assert.h>
#include <stdlib.h>

#define DAY_S 86400

/* --- who may speak of what --- */

/* Whether rules over records of `kind` can argue an issue that is asked of each `asked`. */
static bool can_argue(const struct vocabulary *vocabulary, uint32_t kind, uint32_t asked)
{
    return kind == asked || (asked != KIND_ROOT && kind == KIND_ROOT) ||
           (asked != KIND_ROOT && kind_is(vocabulary, kind, asked));
}

static void refuse_each(struct compiler *compiler, const struct draft *draft, uint32_t wanted)
{
    struct text one = compiler->vocabulary->kinds[wanted].one;
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0426",
                    draft_place(compiler, draft, draft_text(draft, FIELD_EACH)),
                    mend_of(compiler, "write each = \"%.*s\"", SHOWN(one)),
                    "%s '%.*s' ranges over '%.*s', but what it argues about is of each %.*s",
                    declare_name(draft->kind), SHOWN(draft->id),
                    SHOWN(draft_text(draft, FIELD_EACH)), SHOWN(one));
}

/* The issue that a rule names; INDEX_NONE after a fault. */
static uint32_t issue_of(struct compiler *compiler, const struct draft *draft)
{
    struct text name = draft_text(draft, FIELD_ISSUE);
    const struct draft *issue = draft_find(compiler, DECLARE_ISSUE, name);
    if (issue != NULL) {
        return issue->row;
    }
    if (name.length > 0) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0403", draft_place(compiler, draft, name),
                        mend_near(compiler, map_nearest(compiler->names[DECLARE_ISSUE], name)),
                        "rule '%.*s' argues the unknown issue '%.*s'", SHOWN(draft->id),
                        SHOWN(name));
    }
    return INDEX_NONE;
}

/* --- rows --- */

static void take_period(struct compiler *compiler, const struct draft *draft, struct rule_row *row)
{
    int32_t day = 0;
    row->from_s = INSTANT_MIN;
    row->until_s = INSTANT_MAX;
    const struct datum *from = draft->fields[FIELD_FROM];
    const struct datum *to = draft->fields[FIELD_TO];
    row->anchor = draft_word(compiler, draft, FIELD_ANCHOR, ANCHOR_WORDS, ANCHOR_NONE);
    if (from != NULL && date_of(compiler, draft, from, &day)) {
        row->from_s = (int64_t)day * DAY_S;
    }
    if (to != NULL && date_of(compiler, draft, to, &day)) {
        row->until_s = ((int64_t)day + 1) * DAY_S;
    }
    bool is_dated = from != NULL || to != NULL;
    bool is_anchored = row->anchor == ANCHOR_CONTRACT_FORMED || row->anchor == ANCHOR_FILED;
    if (is_dated != is_anchored || row->anchor == ANCHOR_EVENT) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0436",
                        draft_place(compiler, draft, draft_text(draft, FIELD_ANCHOR)),
                        "give from or to, and anchor = \"contract_formed\" or \"filed\"",
                        "rule '%.*s' needs both a period and the date that it is held against",
                        SHOWN(draft->id));
    }
    if (row->from_s >= row->until_s) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0436",
                        draft_place(compiler, draft, draft_text(draft, FIELD_TO)),
                        "let `to` be its last day", "rule '%.*s' ends before it begins",
                        SHOWN(draft->id));
    }
    if (!is_dated) {
        row->anchor = ANCHOR_NONE;
    }
}

static struct rule_row row_of(struct compiler *compiler, const struct draft *draft)
{
    struct rule_row row = {.id = compiler_text(compiler, draft->id),
                           .title = compiler_text(compiler, draft_text(draft, FIELD_TITLE)),
                           .clause = draft_clause(compiler, draft),
                           .strength = compiler_text(compiler, draft_text(draft, FIELD_STRENGTH)),
                           .issue = INDEX_NONE,
                           .kind = KIND_NONE,
                           .side = SIDE_AGAINST,
                           .when = NODE_NONE,
                           .unless = NODE_NONE,
                           .because = INDEX_NONE,
                           .from_s = INSTANT_MIN,
                           .until_s = INSTANT_MAX,
                           .origin = {draft->file, draft->line}};
    row.layer = draft_word(compiler, draft, FIELD_LAYER, LAYER_WORDS, LAYER_PRACTICE);
    return row;
}

static void add_rule(struct compiler *compiler, struct draft *draft)
{
    static const struct word SIDES[] = {{"for", SIDE_FOR}, {"against", SIDE_AGAINST}, {NULL, 0}};
    static const struct word STRENGTHS[] = {
        {"strict", 1}, {"presumption", 2}, {"weighs", 3}, {"advisory", 4}, {NULL, 0}};
    struct rule_row row = row_of(compiler, draft);
    row.side = draft_word(compiler, draft, FIELD_SIDE, SIDES, SIDE_FOR);
    (void)draft_word(compiler, draft, FIELD_STRENGTH, STRENGTHS, 0);
    take_period(compiler, draft, &row);
    row.issue = issue_of(compiler, draft);
    if (row.issue != INDEX_NONE) {
        const struct issue_row *issue = compiler_row(compiler, TABLE_ISSUES, row.issue);
        row.kind = draft_each(compiler, draft, issue->kind);
        bool is_known = row.kind != KIND_NONE && issue->kind != KIND_NONE;
        if (is_known && !can_argue(compiler->vocabulary, row.kind, issue->kind)) {
            refuse_each(compiler, draft, issue->kind);
        }
    }
    *(struct rule_row *)compiler_row(compiler, TABLE_RULES, draft->row) = row;
}

/* --- undercutters --- */

static const struct draft *rule_find(const struct compiler *compiler, struct text id)
{
    const struct draft *rule = draft_find(compiler, DECLARE_RULE, id);
    return rule != NULL ? rule : draft_find(compiler, DECLARE_UNDERCUT, id);
}

static struct text nearest_rule(const struct compiler *compiler, struct text id)
{
    struct text near = map_nearest(compiler->names[DECLARE_RULE], id);
    return near.length > 0 ? near : map_nearest(compiler->names[DECLARE_UNDERCUT], id);
}

static const struct draft *first_target(const struct compiler *compiler, const struct draft *draft)
{
    return draft_texts_count(draft, FIELD_TARGETS) == 0
               ? NULL
               : rule_find(compiler, draft_texts_at(draft, FIELD_TARGETS, 0));
}

/* The kind of what an undercutter argues against, through chains; KIND_NONE if it is unknown. */
static uint32_t target_kind(const struct compiler *compiler, const struct draft *draft)
{
    for (uint32_t hops = 0; draft != NULL && hops < 64; hops++) {
        const struct rule_row *row = compiler_row(compiler, TABLE_RULES, draft->row);
        if (draft->kind == DECLARE_RULE || draft->fields[FIELD_EACH] != NULL) {
            return row->kind;
        }
        draft = first_target(compiler, draft);
    }
    return KIND_NONE;
}

static void check_target(struct compiler *compiler, const struct draft *draft, struct text id,
                         const struct rule_row *row)
{
    const struct draft *target = rule_find(compiler, id);
    if (target == NULL) {
        struct text near = nearest_rule(compiler, id);
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0405", draft_place(compiler, draft, id),
                        mend_near(compiler, near),
                        "undercut '%.*s' argues against the unknown rule '%.*s'", SHOWN(draft->id),
                        SHOWN(id));
        return;
    }
    uint32_t asked = target_kind(compiler, target);
    const struct vocabulary *vocabulary = compiler->vocabulary;
    bool is_known = asked != KIND_NONE && row->kind != KIND_NONE;
    if (is_known && !can_argue(vocabulary, row->kind, asked) &&
        !(row->kind != KIND_ROOT && kind_is(vocabulary, asked, row->kind))) {
        refuse_each(compiler, draft, asked);
    }
}

static void add_undercut(struct compiler *compiler, struct draft *draft)
{
    struct rule_row row = row_of(compiler, draft);
    uint32_t otherwise = KIND_NONE;
    if (draft->fields[FIELD_EACH] == NULL) {
        otherwise = target_kind(compiler, first_target(compiler, draft));
    }
    row.kind = draft_each(compiler, draft, otherwise);
    for (uint32_t i = 0; i < draft_texts_count(draft, FIELD_TARGETS); i++) {
        check_target(compiler, draft, draft_texts_at(draft, FIELD_TARGETS, i), &row);
    }
    *(struct rule_row *)compiler_row(compiler, TABLE_RULES, draft->row) = row;
}

/* --- conditions --- */

static void compile_rule(struct compiler *compiler, struct draft *draft)
{
    struct rule_row *row = compiler_row(compiler, TABLE_RULES, draft->row);
    if (row->kind == KIND_NONE) {
        return; /* what it ranges over has a fault that was reported */
    }
    struct scope scope = scope_of(compiler, draft, row->kind);
    row->when = compile_field(&scope, FIELD_WHEN);
    row->unless = compile_field(&scope, FIELD_UNLESS);
    row->because = compile_because(&scope);
}

static void gather_undercutter(struct compiler *compiler, struct draft *draft)
{
    for (uint32_t i = 0; i < draft_texts_count(draft, FIELD_TARGETS); i++) {
        const struct draft *target = rule_find(compiler, draft_texts_at(draft, FIELD_TARGETS, i));
        if (target != NULL) {
            struct rule_row *row = compiler_row(compiler, TABLE_RULES, target->row);
            row->undercutter_count += 1;
        }
    }
}

static bool is_target(const struct draft *draft, struct text id)
{
    for (uint32_t i = 0; i < draft_texts_count(draft, FIELD_TARGETS); i++) {
        if (text_equal(draft_texts_at(draft, FIELD_TARGETS, i), id)) {
            return true;
        }
    }
    return false;
}

/* List the undercutters of one rule, in the order of their ids. */
static void list_undercutters(struct compiler *compiler, struct rule_row *row)
{
    const struct drafts *undercuts = &compiler->drafts[DECLARE_UNDERCUT];
    struct text id = compiler_pool(compiler, row->id);
    row->first_undercutter = compiler_count(compiler, TABLE_INDICES);
    row->undercutter_count = 0;
    for (uint32_t i = 0; i < undercuts->count; i++) {
        if (is_target(&undercuts->items[i], id)) {
            (void)compiler_indices(compiler, &undercuts->items[i].row, 1);
            row->undercutter_count += 1;
        }
    }
}

static void list_all_undercutters(struct compiler *compiler)
{
    for (uint32_t i = 0; i < compiler_count(compiler, TABLE_RULES); i++) {
        struct rule_row *row = compiler_row(compiler, TABLE_RULES, i);
        if (row->undercutter_count > 0) {
            list_undercutters(compiler, row);
        }
    }
}

static void list_rules(struct compiler *compiler, uint32_t issue)
{
    struct issue_row *row = compiler_row(compiler, TABLE_ISSUES, issue);
    row->first_rule = compiler_count(compiler, TABLE_INDICES);
    for (uint32_t i = 0; i < compiler_count(compiler, TABLE_RULES); i++) {
        const struct rule_row *rule = compiler_row(compiler, TABLE_RULES, i);
        if (rule->issue == issue) {
            (void)compiler_indices(compiler, &i, 1);
            row->rule_count += 1;
        }
    }
}

/* Give rules and undercutters their rows, in one order by id. */
static void number_rules(struct compiler *compiler)
{
    struct drafts *rules = &compiler->drafts[DECLARE_RULE];
    struct drafts *undercuts = &compiler->drafts[DECLARE_UNDERCUT];
    uint32_t i = 0;
    uint32_t j = 0;
    while (i < rules->count || j < undercuts->count) {
        bool is_rule =
            j == undercuts->count ||
            (i < rules->count && text_order(rules->items[i].id, undercuts->items[j].id) < 0);
        struct draft *draft = is_rule ? &rules->items[i++] : &undercuts->items[j++];
        draft->row = compiler_count(compiler, TABLE_RULES);
        struct rule_row *row = compiler_add(compiler, TABLE_RULES);
        row->kind = KIND_NONE;
        row->issue = INDEX_NONE;
    }
}

void declare_rules(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler_count(compiler, TABLE_RULES) == 0);
    number_rules(compiler);
    if (compiler->status != AMICUS_OK) {
        return;
    }
    drafts_each(compiler, DECLARE_RULE, add_rule);
    drafts_each(compiler, DECLARE_UNDERCUT, add_undercut);
    drafts_each(compiler, DECLARE_RULE, compile_rule);
    drafts_each(compiler, DECLARE_UNDERCUT, compile_rule);
    drafts_each(compiler, DECLARE_UNDERCUT, gather_undercutter);
    list_all_undercutters(compiler);
    for (uint32_t i = 0; i < compiler_count(compiler, TABLE_ISSUES); i++) {
        list_rules(compiler, i);
    }
}

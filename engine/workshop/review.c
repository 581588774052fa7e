/*
 * Decisions, added up by what they have in common.
 *
 * A decision counts once in all, and once in each row that it belongs to: a case has several rules
 * and may have several grounds. So rows of rules do not add up to the whole, and are not meant to:
 * each says how often people overrode a suggestion in which that rule applied.
 */
#include "review.h"

#include <assert.h>
#include <stdlib.h>

const char *const review_by_names[BY_COUNT + 1] = {"rule",  "ground",  "reviewer",
                                                   "month", "outcome", NULL};

static const char *const NAMES[] = {"rule",      "ground", "reviewer", "month", "outcome",
                                    "suggested", "reason", "case",     "moved", NULL};
static const char *const FLAGS[] = {"overridden", "accepted", "on_burden", NULL};
const struct expression_words review_words = {NAMES, FLAGS};

amicus_status review_start(struct review *out, struct arena *arena, enum review_by by,
                           const struct expression *where)
{
    assert(out != NULL && arena != NULL);
    assert(by < BY_COUNT && where != NULL);
    *out = (struct review){.arena = arena, .by = by, .where = where};
    return map_of(&out->rows, arena);
}

/* --- which are meant --- */

static bool text_meets(const struct comparison_node *node, struct text text)
{
    return order_is_met(node->order, text_order(text, node->value), 0);
}

/* Of a list: one member meets it; with != none is it. */
static bool list_meets(const struct comparison_node *node, const struct text *texts, size_t count)
{
    bool is_met = node->order == SENSE_UNEQUAL;
    for (size_t i = 0; i < count; i++) {
        const bool is_one_met = text_meets(node, texts[i]);
        is_met = node->order == SENSE_UNEQUAL ? is_met && is_one_met : is_met || is_one_met;
    }
    return is_met;
}

static bool flag_holds(const struct review_decision *decision, struct text name)
{
    if (text_is(name, "overridden")) {
        return decision->is_override;
    }
    return text_is(name, "accepted") ? !decision->is_override : decision->is_on_burden;
}

static bool is_meant(void *context, const struct comparison_node *node)
{
    const struct review_decision *decision = context;
    if (node->is_flag) {
        return flag_holds(decision, node->name);
    }
    if (text_is(node->name, "rule")) {
        return list_meets(node, decision->rules, decision->rule_count);
    }
    if (text_is(node->name, "ground")) {
        return list_meets(node, decision->grounds, decision->ground_count);
    }
    if (text_is(node->name, "moved")) {
        return node->is_number && order_is_met(node->order, decision->moved_minor, node->number);
    }
    const struct {
        const char *name;
        struct text text;
    } TEXTS[] = {{"reviewer", decision->reviewer},
                 {"month", decision->month},
                 {"outcome", text_of(outcome_name(decision->outcome))},
                 {"suggested", text_of(outcome_name(decision->suggested))},
                 {"reason", decision->reason},
                 {"case", decision->case_id}};
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        if (text_is(node->name, TEXTS[i].name)) {
            return text_meets(node, TEXTS[i].text);
        }
    }
    return false;
}

/* --- adding up --- */

static amicus_status add_to_row(struct review *review, struct text name, bool is_override)
{
    struct review_row *row = map_find(review->rows, name);
    if (row == NULL) {
        row = arena_give(review->arena, sizeof *row);
        if (row == NULL || text_copy(&row->name, review->arena, name) != AMICUS_OK ||
            map_put(review->rows, row->name, row) != AMICUS_OK) {
            return AMICUS_MEMORY;
        }
    }
    row->decisions++;
    row->overrides += is_override;
    return AMICUS_OK;
}

static amicus_status add_to_rows(struct review *review, const struct review_decision *decision)
{
    const struct text outcome = text_of(outcome_name(decision->suggested));
    const struct text *names = &outcome;
    size_t count = 1;
    switch (review->by) {
    case BY_RULE:
        names = decision->rules;
        count = decision->rule_count;
        break;
    case BY_GROUND:
        names = decision->grounds;
        count = decision->ground_count;
        break;
    case BY_REVIEWER: names = &decision->reviewer; break;
    case BY_MONTH: names = &decision->month; break;
    case BY_OUTCOME:
    case BY_COUNT: break;
    }
    amicus_status status = AMICUS_OK;
    for (size_t i = 0; i < count && status == AMICUS_OK; i++) {
        status = add_to_row(review, names[i], decision->is_override);
    }
    return status;
}

amicus_status review_add(struct review *review, const struct review_decision *decision)
{
    assert(review != NULL && decision != NULL);
    assert(decision->suggested < OUTCOME_COUNT && decision->outcome < OUTCOME_COUNT);
    struct review_decision row = *decision;
    if (!expression_holds(review->where, is_meant, &row)) {
        return AMICUS_OK;
    }
    review->decisions++;
    review->overrides += decision->is_override;
    review->burden_decisions += decision->is_on_burden;
    review->burden_overrides += decision->is_on_burden && decision->is_override;
    review->agreement.table[decision->suggested][decision->outcome]++;
    return add_to_rows(review, decision);
}

static int by_name(const void *a, const void *b)
{
    const struct review_row *const *left = a;
    const struct review_row *const *right = b;
    return text_order((*left)->name, (*right)->name);
}

amicus_status review_sort(const struct review *review, const struct review_row ***out)
{
    assert(review != NULL);
    assert(out != NULL);
    const size_t count = map_count(review->rows);
    const struct review_row **rows = arena_give_array(review->arena, count + 1, sizeof *rows);
    if (rows == NULL) {
        return AMICUS_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i] = map_at(review->rows, i, NULL);
    }
    qsort((void *)rows, count, sizeof *rows, by_name);
    *out = rows;
    return AMICUS_OK;
}

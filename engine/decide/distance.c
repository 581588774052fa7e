/*
 * How far a test is from its threshold, and what would turn it.
 *
 * Both are read off a trace, so they speak of the values that the evaluator compared. Times differ
 * by seconds; durations of one unit keep it, others differ by seconds; business days cannot be
 * turned into seconds without a date and are compared with their like only, as in the evaluator. A
 * difference that does not fit a number is not known, and no sentence is made of it.
 */
#include "trace.h"

#include "date.h"
#include "evaluate.h"
#include "money.h"

#include <assert.h>

static bool is_known(const struct condition *condition)
{
    return condition != NULL && condition->is_needed &&
           condition->value.standing != STANDING_UNKNOWN &&
           condition->value.standing != STANDING_ABSENT;
}

static bool is_time(const struct value *value)
{
    return value->type == TYPE_INSTANT || value->type == TYPE_DATE;
}

static bool is_count(const struct value *value)
{
    return value->type == TYPE_INT || value->type == TYPE_BPS || value->type == TYPE_MINUTES;
}

static struct distance difference(int64_t a, int64_t b, uint8_t type, uint16_t unit)
{
    struct distance distance = {.type = type, .unit = unit};
    distance.is_known = money_subtract(&distance.n, a, b) == AMICUS_OK;
    return distance;
}

static struct distance between(const struct value *a, const struct value *b)
{
    if (is_time(a) && is_time(b)) {
        return difference(value_instant(a), value_instant(b), TYPE_DURATION, DURATION_SECONDS);
    }
    if (a->type == TYPE_DURATION && b->type == TYPE_DURATION) {
        int64_t a_s;
        int64_t b_s;
        if (a->unit == b->unit) {
            return difference(a->as.n, b->as.n, TYPE_DURATION, a->unit);
        }
        return duration_seconds(&a_s, a) && duration_seconds(&b_s, b)
                   ? difference(a_s, b_s, TYPE_DURATION, DURATION_SECONDS)
                   : (struct distance){.is_known = false};
    }
    if (a->type == TYPE_MONEY && b->type == TYPE_MONEY && a->unit == b->unit) {
        return difference(a->as.n, b->as.n, TYPE_MONEY, a->unit);
    }
    return is_count(a) && is_count(b) ? difference(a->as.n, b->as.n, a->type, a->unit)
                                      : (struct distance){.is_known = false};
}

/* How much further apart two times are than a duration allows. */
static struct distance beyond(const struct value *a, const struct value *b,
                              const struct value *allowed)
{
    int64_t allowed_s;
    const struct distance apart = between(a, b);
    if (!apart.is_known || apart.n == INT64_MIN || !duration_seconds(&allowed_s, allowed)) {
        return (struct distance){.is_known = false};
    }
    return difference(apart.n < 0 ? -apart.n : apart.n, allowed_s, TYPE_DURATION, DURATION_SECONDS);
}

struct distance condition_distance(const struct image *image, const struct condition *condition)
{
    assert(image != NULL && condition != NULL);
    assert(condition->node < image->node_count);
    const struct node *node = &image->nodes[condition->node];
    const bool is_within = node->op == NODE_WITHIN;
    if (!is_within && (node->op < NODE_EQUAL || node->op > NODE_AT_LEAST)) {
        return (struct distance){.is_known = false};
    }
    const struct condition *a = condition_part(condition, node->a);
    const struct condition *b = condition_part(condition, node->b);
    if (!is_known(a) || !is_known(b)) {
        return (struct distance){.is_known = false};
    }
    if (!is_within) {
        return between(&a->value, &b->value);
    }
    const struct condition *allowed = condition_part(condition, node->c);
    return is_known(allowed) ? beyond(&a->value, &b->value, &allowed->value)
                             : (struct distance){.is_known = false};
}

/* The test that holds exactly where another one fails, of values that exist. */
static uint8_t opposite(uint8_t op)
{
    switch (op) {
    case NODE_EQUAL: return NODE_UNEQUAL;
    case NODE_UNEQUAL: return NODE_EQUAL;
    case NODE_LESS: return NODE_AT_LEAST;
    case NODE_AT_LEAST: return NODE_LESS;
    case NODE_AT_MOST: return NODE_MORE;
    case NODE_MORE: return NODE_AT_MOST;
    case NODE_KNOWN: return NODE_ABSENT;
    case NODE_ABSENT: return NODE_KNOWN;
    default: return 0;
    }
}

struct wish condition_wish(const struct image *image, const struct condition *condition,
                           bool wanted)
{
    assert(image != NULL && condition != NULL);
    assert(condition->node < image->node_count);
    const struct node *node = &image->nodes[condition->node];
    struct wish wish = {.op = node->op};
    if (!wanted) {
        wish.op = opposite(node->op) == 0 ? node->op : opposite(node->op);
        wish.is_turned = opposite(node->op) == 0;
    }
    if (node->op < NODE_EQUAL || node->op > NODE_AT_LEAST) {
        return wish;
    }
    const struct condition *b = condition_part(condition, node->b);
    wish.has_value = is_known(b);
    wish.threshold = wish.has_value ? b->value : value_open(TYPE_NONE);
    if (wish.has_value && wish.threshold.type == TYPE_BOOL && wish.op == NODE_UNEQUAL) {
        wish.op = NODE_EQUAL;
        wish.threshold.as.n = wish.threshold.as.n == 0;
    }
    return wish;
}

/*
 * Comparison and arithmetic of the evaluator: whole numbers, money, dates, instants, durations.
 *
 * Absent operands come first: a comparison with an absent operand is false, and a sum with one is
 * absent, whatever the other operand may turn out to be. Then an open operand leaves the result
 * open. Only then is there something to compute. What overflows, or needs a business calendar that
 * does not cover the days, is open too, and the workspace remembers why, so that the ruling can say
 * so: a wrapped number would be a wrong payment.
 *
 * Durations of seconds, minutes, hours and calendar days are one dimension, business days another
 * that is bound to a calendar; the compiler refuses to mix them, and here the mixture is open.
 *
 * Cost: a handful of comparisons a node; business days are counted day by day (duration.c).
 */
#include "evaluate.h"

#include "date.h"
#include "money.h"

#include <assert.h>

static const int64_t DAY_S = 86400;
static const int64_t MINUTE_S = 60;
static const int64_t HOUR_S = 3600;

static bool is_time(const struct value *value)
{
    return value->type == TYPE_INSTANT || value->type == TYPE_DATE;
}

static bool is_open(const struct value *value)
{
    return value->standing == STANDING_UNKNOWN;
}

static bool is_absent(const struct value *value)
{
    return value->standing == STANDING_ABSENT;
}

int64_t value_instant(const struct value *value)
{
    assert(value != NULL);
    assert(is_time(value));
    return value->type == TYPE_DATE ? value->as.n * DAY_S : value->as.n;
}

bool duration_seconds(int64_t *seconds, const struct value *value)
{
    assert(seconds != NULL && value != NULL);
    assert(value->type == TYPE_DURATION);
    int64_t each = 1;
    switch ((enum duration_unit)value->unit) {
    case DURATION_SECONDS: break;
    case DURATION_MINUTES: each = MINUTE_S; break;
    case DURATION_HOURS: each = HOUR_S; break;
    case DURATION_CALENDAR_DAYS: each = DAY_S; break;
    case DURATION_BUSINESS_DAYS: return false;
    }
    return money_multiply(seconds, value->as.n, each) == AMICUS_OK;
}

static enum order order_of(int64_t a, int64_t b)
{
    return a < b ? ORDER_LESS : a > b ? ORDER_MORE : ORDER_EQUAL;
}

static enum order order_durations(const struct value *a, const struct value *b)
{
    if (a->unit == b->unit) {
        return order_of(a->as.n, b->as.n);
    }
    int64_t a_s = 0;
    int64_t b_s = 0;
    if (!duration_seconds(&a_s, a) || !duration_seconds(&b_s, b)) {
        return ORDER_NONE;
    }
    return order_of(a_s, b_s);
}

/* Whether two amounts cannot meet. The sum of no amounts in a case that names no currency is
 * nothing of any: it has none, and meets all. */
static bool is_other_currency(const struct value *a, const struct value *b)
{
    return a->type == TYPE_MONEY && b->type == TYPE_MONEY && a->unit != b->unit && a->unit != 0 &&
           b->unit != 0;
}

enum order value_order(const struct value *a, const struct value *b)
{
    assert(a != NULL && b != NULL);
    assert(!is_open(a) && !is_absent(a) && !is_open(b) && !is_absent(b));
    if (a->type == TYPE_TEXT && b->type == TYPE_TEXT) {
        const int order = text_order(*a->as.text, *b->as.text);
        return order < 0 ? ORDER_LESS : order > 0 ? ORDER_MORE : ORDER_EQUAL;
    }
    if (a->type == TYPE_TEXT || b->type == TYPE_TEXT) {
        return ORDER_NONE;
    }
    if (is_time(a) && is_time(b)) {
        return order_of(value_instant(a), value_instant(b));
    }
    if (a->type == TYPE_DURATION && b->type == TYPE_DURATION) {
        return order_durations(a, b);
    }
    if (is_other_currency(a, b)) {
        return ORDER_NONE;
    }
    return order_of(a->as.n, b->as.n);
}

/* Whether a comparison holds of an order: a bit for each order in which it does. */
static bool holds(uint8_t op, enum order order)
{
    static const uint8_t ORDERS[] = {
        [NODE_EQUAL - NODE_EQUAL] = 1u << ORDER_EQUAL,
        [NODE_UNEQUAL - NODE_EQUAL] = 1u << ORDER_LESS | 1u << ORDER_MORE,
        [NODE_LESS - NODE_EQUAL] = 1u << ORDER_LESS,
        [NODE_AT_MOST - NODE_EQUAL] = 1u << ORDER_LESS | 1u << ORDER_EQUAL,
        [NODE_MORE - NODE_EQUAL] = 1u << ORDER_MORE,
        [NODE_AT_LEAST - NODE_EQUAL] = 1u << ORDER_MORE | 1u << ORDER_EQUAL,
    };
    assert(op >= NODE_EQUAL && op <= NODE_AT_LEAST && order != ORDER_NONE);
    return (ORDERS[op - NODE_EQUAL] >> order & 1u) != 0;
}

/* Add a duration to an instant by the first calendar that covers the days. */
static amicus_status add_duration(struct workspace *workspace, int64_t *out, int64_t utc_s,
                                  int64_t count, uint16_t unit)
{
    if (unit != DURATION_BUSINESS_DAYS) {
        return instant_add(out, utc_s, count, unit, NULL);
    }
    const struct image *image = workspace->image;
    amicus_status status = AMICUS_INVALID;
    for (uint32_t i = 0; i < image->calendar_count && status == AMICUS_INVALID; i++) {
        const struct calendar_row *row = &image->calendars[i];
        const struct business_calendar calendar = {
            .free_weekdays = row->free_weekdays,
            .free_days = image->holidays + row->first_holiday,
            .free_days_count = row->holiday_count,
            .from_day = row->from_day,
            .until_day = row->until_day,
        };
        status = instant_add(out, utc_s, count, unit, &calendar);
    }
    return status;
}

static amicus_status count_business_days(struct workspace *workspace, int64_t *out, int64_t from_s,
                                         int64_t to_s)
{
    const struct image *image = workspace->image;
    amicus_status status = AMICUS_INVALID;
    for (uint32_t i = 0; i < image->calendar_count && status == AMICUS_INVALID; i++) {
        const struct calendar_row *row = &image->calendars[i];
        const struct business_calendar calendar = {
            .free_weekdays = row->free_weekdays,
            .free_days = image->holidays + row->first_holiday,
            .free_days_count = row->holiday_count,
            .from_day = row->from_day,
            .until_day = row->until_day,
        };
        status = business_days_between(out, from_s, to_s, &calendar);
    }
    return status;
}

/* An open result, with the reason remembered. */
static struct value fault_of(struct workspace *workspace, uint8_t type, amicus_status status)
{
    assert(status != AMICUS_OK);
    workspace->faults |= status == AMICUS_OVERFLOW ? FAULT_OVERFLOW : FAULT_CALENDAR;
    return value_open(type);
}

/* Whether two dates lie no further apart than a duration. */
static struct value evaluate_within(struct workspace *workspace, const struct node *node,
                                    const struct value *a, const struct value *b)
{
    const struct value span = evaluate(workspace, node->c);
    if (is_open(&span) || is_absent(&span)) {
        return is_open(&span) ? value_open(TYPE_BOOL) : value_truth(false, STANDING_ESTABLISHED);
    }
    const int64_t a_s = value_instant(a);
    const int64_t b_s = value_instant(b);
    int64_t limit_s = 0;
    const amicus_status status =
        add_duration(workspace, &limit_s, a_s < b_s ? a_s : b_s, span.as.n, span.unit);
    if (status != AMICUS_OK) {
        return fault_of(workspace, TYPE_BOOL, status);
    }
    const uint8_t weakest = weaker(weaker(a->standing, b->standing), span.standing);
    return value_truth((a_s < b_s ? b_s : a_s) <= limit_s, weakest);
}

/* Compare two values that are there. */
static struct value compare(const struct node *node, const struct value *a, const struct value *b)
{
    if (is_open(a) || is_open(b)) {
        return value_open(TYPE_BOOL);
    }
    const enum order order = value_order_fast(a, b);
    if (order == ORDER_NONE) {
        return value_open(TYPE_BOOL);
    }
    return value_truth(holds(node->op, order),
                       a->standing < b->standing ? a->standing : b->standing);
}

struct value evaluate_comparison(struct workspace *workspace, const struct node *node)
{
    assert(workspace != NULL && node != NULL);
    assert((node->op >= NODE_EQUAL && node->op <= NODE_AT_LEAST) || node->op == NODE_WITHIN);
    const struct value a = evaluate(workspace, node->a);
    if (is_absent(&a)) {
        return value_truth(false, STANDING_ESTABLISHED);
    }
    const struct value b = evaluate_operand(workspace, node->b);
    if (is_absent(&b)) {
        return value_truth(false, STANDING_ESTABLISHED);
    }
    if (node->op != NODE_WITHIN) {
        return compare(node, &a, &b);
    }
    if (is_open(&a) || is_open(&b)) {
        return value_open(TYPE_BOOL);
    }
    return evaluate_within(workspace, node, &a, &b);
}

/* An instant or a date moved by a duration; of a date by whole days comes a date. */
static struct value shift(struct workspace *workspace, const struct node *node,
                          const struct value *time, const struct value *duration)
{
    int64_t count = duration->as.n;
    int64_t moved = 0;
    amicus_status status =
        node->op == NODE_SUBTRACT ? money_subtract(&count, 0, duration->as.n) : AMICUS_OK;
    if (status == AMICUS_OK) {
        status = add_duration(workspace, &moved, value_instant(time), count, duration->unit);
    }
    if (status != AMICUS_OK) {
        return fault_of(workspace, node->type, status);
    }
    const int64_t n = node->type == TYPE_DATE ? instant_day(moved) : moved;
    return value_number(node, n, 0, weaker(time->standing, duration->standing));
}

static amicus_status plus(const struct node *node, int64_t *out, int64_t a, int64_t b)
{
    return node->op == NODE_SUBTRACT ? money_subtract(out, a, b) : money_add(out, a, b);
}

static struct value add_durations(struct workspace *workspace, const struct node *node,
                                  const struct value *a, const struct value *b)
{
    int64_t left = a->as.n;
    int64_t right = b->as.n;
    uint16_t unit = a->unit;
    if (a->unit != b->unit) {
        unit = DURATION_SECONDS;
        if (!duration_seconds(&left, a) || !duration_seconds(&right, b)) {
            return fault_of(workspace, node->type, AMICUS_INVALID);
        }
    }
    int64_t sum = 0;
    const amicus_status status = plus(node, &sum, left, right);
    return status == AMICUS_OK ? value_number(node, sum, unit, weaker(a->standing, b->standing))
                               : fault_of(workspace, node->type, status);
}

static struct value add(struct workspace *workspace, const struct node *node, const struct value *a,
                        const struct value *b)
{
    if (is_time(a) && b->type == TYPE_DURATION) {
        return shift(workspace, node, a, b);
    }
    if (a->type == TYPE_DURATION && is_time(b)) {
        return shift(workspace, node, b, a);
    }
    if (a->type == TYPE_DURATION && b->type == TYPE_DURATION) {
        return add_durations(workspace, node, a, b);
    }
    if (is_other_currency(a, b)) {
        return value_open(node->type);
    }
    int64_t sum = 0;
    const amicus_status status = plus(node, &sum, a->as.n, b->as.n);
    const uint16_t unit = a->unit != 0 ? a->unit : b->unit;
    return status == AMICUS_OK ? value_number(node, sum, unit, weaker(a->standing, b->standing))
                               : fault_of(workspace, node->type, status);
}

static struct value multiply(struct workspace *workspace, const struct node *node,
                             const struct value *a, const struct value *b)
{
    int64_t product = 0;
    const amicus_status status = money_multiply(&product, a->as.n, b->as.n);
    const bool is_left = a->type == TYPE_MONEY || a->type == TYPE_DURATION;
    return status == AMICUS_OK ? value_number(node, product, is_left ? a->unit : b->unit,
                                              weaker(a->standing, b->standing))
                               : fault_of(workspace, node->type, status);
}

static struct value days_between(struct workspace *workspace, const struct node *node,
                                 const struct value *a, const struct value *b)
{
    const int64_t from_s = value_instant(a);
    const int64_t to_s = value_instant(b);
    const uint8_t weakest = weaker(a->standing, b->standing);
    const int64_t seconds = to_s > from_s ? to_s - from_s : 0;
    if (node->op == NODE_TIME_BETWEEN) {
        return value_number(node, seconds, DURATION_SECONDS, weakest);
    }
    if (node->op == NODE_DAYS_BETWEEN) {
        return value_number(node, seconds / DAY_S, 0, weakest);
    }
    int64_t days = 0;
    const amicus_status status = count_business_days(workspace, &days, from_s, to_s);
    return status == AMICUS_OK ? value_number(node, days, 0, weakest)
                               : fault_of(workspace, node->type, status);
}

/* Operators of two operands. */
static struct value evaluate_two(struct workspace *workspace, const struct node *node)
{
    const struct value a = evaluate(workspace, node->a);
    if (is_absent(&a)) {
        return value_absent(node->type);
    }
    const struct value b = evaluate_operand(workspace, node->b);
    if (is_absent(&b)) {
        return value_absent(node->type);
    }
    if (is_open(&a) || is_open(&b)) {
        return value_open(node->type);
    }
    if (node->op == NODE_ADD || node->op == NODE_SUBTRACT) {
        return add(workspace, node, &a, &b);
    }
    return node->op == NODE_MULTIPLY ? multiply(workspace, node, &a, &b)
                                     : days_between(workspace, node, &a, &b);
}

/* Whether a * b / c leaves a remainder; true if that is too large to tell. */
static bool has_remainder(int64_t a, int64_t b, int64_t c)
{
    if (c == 1 || c == -1) {
        return false;
    }
    int64_t product = 0;
    return money_multiply(&product, a % c, b % c) != AMICUS_OK || product % c != 0;
}

static struct value evaluate_share(struct workspace *workspace, const struct node *node)
{
    const uint32_t operands[3] = {node->a, node->b, node->c};
    struct value values[3];
    bool some_open = false;
    uint8_t weakest = STANDING_ESTABLISHED;
    for (unsigned i = 0; i < 3; i++) {
        values[i] = evaluate(workspace, operands[i]);
        if (is_absent(&values[i])) {
            return value_absent(node->type);
        }
        some_open |= is_open(&values[i]);
        weakest = weaker(weakest, values[i].standing);
    }
    if (some_open || values[2].as.n == 0) {
        return value_open(node->type);
    }
    int64_t share = 0;
    const amicus_status status =
        money_share(&share, values[0].as.n, values[1].as.n, values[2].as.n);
    if (status != AMICUS_OK) {
        return fault_of(workspace, node->type, status);
    }
    workspace->was_rounded |=
        node->type == TYPE_MONEY && has_remainder(values[0].as.n, values[1].as.n, values[2].as.n);
    return value_number(node, share, values[0].unit, weakest);
}

static struct value evaluate_extreme(struct workspace *workspace, const struct node *node)
{
    struct value best = value_absent(node->type);
    const enum order wanted = node->op == NODE_MIN ? ORDER_LESS : ORDER_MORE;
    uint8_t weakest = STANDING_ESTABLISHED;
    bool some_open = false;
    for (uint32_t i = 0; i < node->b; i++) {
        const struct value value = evaluate(workspace, workspace->image->args[node->a + i]);
        if (is_absent(&value)) {
            continue;
        }
        some_open |= is_open(&value);
        weakest = weaker(weakest, value.standing);
        if (!some_open) {
            const enum order order = is_absent(&best) ? wanted : value_order(&value, &best);
            some_open |= order == ORDER_NONE;
            best = order == wanted ? value : best;
        }
    }
    if (some_open) {
        return value_open(node->type);
    }
    if (!is_absent(&best)) {
        best.standing = weakest;
    }
    return best;
}

struct value evaluate_number(struct workspace *workspace, const struct node *node)
{
    assert(workspace != NULL && node != NULL);
    assert(node->op >= NODE_ADD && node->op <= NODE_TIME_BETWEEN);
    if (node->op == NODE_SHARE) {
        return evaluate_share(workspace, node);
    }
    if (node->op == NODE_MIN || node->op == NODE_MAX) {
        return evaluate_extreme(workspace, node);
    }
    return evaluate_two(workspace, node);
}

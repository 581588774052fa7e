/*
 * Expressions: types meet here.
 *
 * An expression is compiled with an expected type, which is a hint for bare constants and never a
 * cast: what comes back has the type that its parts give, and who asked compares. Only where
 * several values must be of one type (min, choose, ...) are the typed ones compiled first, so that
 * the bare ones can follow them.
 */
#include "compiler.h"

#include "date.h"
#include "limit.h"

#include <assert.h>

static const struct type NO_TYPE = {TYPE_NONE, 0};

struct type type_of(const struct compiler *compiler, uint32_t node)
{
    assert(compiler != NULL);
    assert(node != NODE_NONE);
    const struct node *row = compiler_node_at(compiler, node);
    return (struct type){row->type, row->ref_kind};
}

static bool has_same_members(const struct fact *a, const struct fact *b)
{
    bool is_same = a->member_count == b->member_count;
    for (uint32_t i = 0; is_same && i < a->member_count; i++) {
        is_same = text_equal(a->members[i].name, b->members[i].name);
    }
    return is_same;
}

bool type_fits(const struct compiler *compiler, struct type a, struct type b)
{
    assert(compiler != NULL);
    assert(a.type < TYPE_COUNT && b.type < TYPE_COUNT);
    if (type_is_number(a.type) && type_is_number(b.type)) {
        return true;
    }
    if (a.type != b.type) {
        return false;
    }
    const struct vocabulary *vocabulary = compiler->vocabulary;
    if (a.type == TYPE_ENUM || a.type == TYPE_ENUMS) {
        return a.detail == b.detail ||
               has_same_members(&vocabulary->facts[a.detail], &vocabulary->facts[b.detail]);
    }
    if (a.type == TYPE_REF) {
        return kind_is(vocabulary, a.detail, b.detail) || kind_is(vocabulary, b.detail, a.detail);
    }
    return true;
}

static uint32_t refuse_types(struct scope *scope, const struct datum *datum, const char *what,
                             const char *mend)
{
    diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0410",
                    scope_place(scope, datum->line, text_of("")), mend, "%s", what);
    return NODE_NONE;
}

static const char *type_word(const struct compiler *compiler, uint32_t node)
{
    return value_type_name((enum value_type)type_of(compiler, node).type);
}

static struct node node_of(const struct scope *scope, const struct datum *datum, enum node_op op,
                           struct type type)
{
    return (struct node){.op = (uint8_t)op,
                         .type = type.type,
                         .ref_kind = type.detail,
                         .line = datum->line,
                         .file = scope->draft->file};
}

/* --- sums and products --- */

enum span { SPAN_UNKNOWN = 0, SPAN_DAYS = 1, SPAN_CLOCK = 2, SPAN_MIXED = 3 };

static enum span span_of_param(const struct compiler *compiler, uint32_t param)
{
    const struct param_row *row = compiler_row(compiler, TABLE_PARAMS, param);
    unsigned span = SPAN_UNKNOWN;
    for (uint32_t i = 0; i < row->version_count; i++) {
        const struct version_row *version =
            compiler_row(compiler, TABLE_VERSIONS, row->first_version + i);
        for (uint32_t j = 0; j < version->reading_count; j++) {
            const struct reading_row *reading =
                compiler_row(compiler, TABLE_READINGS, version->first_reading + j);
            unsigned here = reading->unit >= DURATION_CALENDAR_DAYS ? SPAN_DAYS : SPAN_CLOCK;
            span |= reading->is_unknown ? SPAN_UNKNOWN : here;
        }
    }
    return (enum span)span;
}

/* Whether a duration counts days or a clock: a date plus days is a date, plus hours an instant. */
static enum span span_of(const struct compiler *compiler, uint32_t node)
{
    const struct node *row = compiler_node_at(compiler, node);
    if (row->type != TYPE_DURATION) {
        return SPAN_UNKNOWN;
    }
    if (row->op == NODE_CONST) {
        return row->unit >= DURATION_CALENDAR_DAYS ? SPAN_DAYS : SPAN_CLOCK;
    }
    if (row->op == NODE_PARAM) {
        return span_of_param(compiler, row->a);
    }
    if (row->op == NODE_TIME_BETWEEN) {
        return SPAN_CLOCK;
    }
    unsigned span = SPAN_UNKNOWN;
    const uint32_t *args = compiler->tables[TABLE_ARGS].items;
    for (uint32_t i = 0; i < node_child_count(row); i++) {
        uint32_t child = node_child(row, args, i);
        span |= child == NODE_NONE ? SPAN_UNKNOWN : (unsigned)span_of(compiler, child);
    }
    return (enum span)span;
}

static bool is_time(uint8_t type)
{
    return type == TYPE_INSTANT || type == TYPE_DATE;
}

/* The type of time + duration; TYPE_NONE, after a fault, if it cannot be told. */
static struct type moved_type(struct scope *scope, const struct datum *datum, uint32_t time,
                              uint32_t duration)
{
    struct type type = type_of(scope->compiler, time);
    if (type.type == TYPE_INSTANT) {
        return type;
    }
    enum span span = span_of(scope->compiler, duration);
    if (span == SPAN_MIXED) {
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0411",
                        scope_place(scope, datum->line, text_of("")),
                        "let the versions of the parameter all count days, or all hours",
                        "a date plus days is a date and plus hours an instant; this duration can "
                        "be either");
        return NO_TYPE;
    }
    return span == SPAN_CLOCK ? (struct type){TYPE_INSTANT, 0} : type;
}

static uint32_t compile_moved(struct scope *scope, const struct datum *datum, uint32_t time,
                              uint32_t duration)
{
    struct type type = moved_type(scope, datum, time, duration);
    if (type.type == TYPE_NONE) {
        return NODE_NONE;
    }
    struct node node =
        node_of(scope, datum, datum->op == SYMBOL_ADD ? NODE_ADD : NODE_SUBTRACT, type);
    node.a = time;
    node.b = duration;
    return compiler_node(scope->compiler, &node);
}

static struct type joined_numbers(struct type a, struct type b)
{
    return a.type == b.type ? a : (struct type){TYPE_INT, 0};
}

static uint32_t compile_sum(struct scope *scope, const struct datum *datum, uint32_t a, uint32_t b)
{
    struct type x = type_of(scope->compiler, a);
    struct type y = type_of(scope->compiler, b);
    if (is_time(x.type) && y.type == TYPE_DURATION) {
        return compile_moved(scope, datum, a, b);
    }
    if (datum->op == SYMBOL_ADD && is_time(y.type) && x.type == TYPE_DURATION) {
        return compile_moved(scope, datum, b, a);
    }
    bool is_summable = (type_is_number(x.type) && type_is_number(y.type)) ||
                       (x.type == y.type && (x.type == TYPE_MONEY || x.type == TYPE_DURATION));
    if (!is_summable) {
        bool is_span = is_time(x.type) && is_time(y.type);
        return refuse_types(
            scope, datum,
            mend_of(scope->compiler, "a value of type %s and one of type %s cannot be %s",
                    type_word(scope->compiler, a), type_word(scope->compiler, b),
                    datum->op == SYMBOL_ADD ? "added" : "subtracted"),
            is_span ? "write time_between(a, b) or days_between(a, b)"
                    : "add numbers, money of one currency, or a duration to a time");
    }
    struct node node = node_of(scope, datum, datum->op == SYMBOL_ADD ? NODE_ADD : NODE_SUBTRACT,
                               type_is_number(x.type) ? joined_numbers(x, y) : x);
    node.a = a;
    node.b = b;
    return compiler_node(scope->compiler, &node);
}

static uint32_t compile_product(struct scope *scope, const struct datum *datum, uint32_t a,
                                uint32_t b)
{
    struct type x = type_of(scope->compiler, a);
    struct type y = type_of(scope->compiler, b);
    struct type type = NO_TYPE;
    if (type_is_number(x.type) && type_is_number(y.type)) {
        type = (struct type){TYPE_INT, 0};
    } else if (type_is_number(y.type) && (x.type == TYPE_MONEY || x.type == TYPE_DURATION)) {
        type = x;
    } else if (type_is_number(x.type) && (y.type == TYPE_MONEY || y.type == TYPE_DURATION)) {
        type = y;
    }
    if (type.type == TYPE_NONE) {
        return refuse_types(scope, datum,
                            mend_of(scope->compiler,
                                    "a value of type %s cannot be multiplied by one of type %s",
                                    type_word(scope->compiler, a), type_word(scope->compiler, b)),
                            "multiply by a plain number; a share of money is "
                            "share(amount, num, den)");
    }
    struct node node = node_of(scope, datum, NODE_MULTIPLY, type);
    node.a = a;
    node.b = b;
    return compiler_node(scope->compiler, &node);
}

/* --- several values of one type --- */

/* Values that must be of one type, while they are compiled. */
struct alike {
    const struct datum *const *items;
    uint32_t *nodes;
    uint32_t count;
    struct type type; /* expected, then found */
    bool is_typed;    /* one of them was found */
};

/* Compile one of them and hold its type against the others'. false after a fault. */
static bool compile_one_alike(struct scope *scope, struct alike *alike, uint32_t index)
{
    const struct datum *item = alike->items[index];
    uint32_t node = alike->type.type == TYPE_BOOL
                        ? compile_typed(scope, item, alike->type, "a value")
                        : compile_expression(scope, item, alike->type);
    alike->nodes[index] = node;
    if (node == NODE_NONE) {
        return false;
    }
    struct type here = type_of(scope->compiler, node);
    if (!alike->is_typed) {
        alike->is_typed = true;
        alike->type = here;
        return true;
    }
    if (!type_fits(scope->compiler, alike->type, here)) {
        refuse_types(scope, item->tag == DATUM_NODE ? item : alike->items[0],
                     mend_of(scope->compiler, "values of one type are wanted, here are %s and %s",
                             value_type_name((enum value_type)alike->type.type),
                             value_type_name((enum value_type)here.type)),
                     "make them all of one type");
        return false;
    }
    if (type_is_number(here.type)) {
        alike->type = joined_numbers(alike->type, here);
    }
    return true;
}

/* Compile all, bare constants last, so that they take the type of the others. */
static bool compile_alike(struct scope *scope, struct alike *alike)
{
    bool is_sound = true;
    for (unsigned turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < alike->count; i++) {
            bool is_turn = datum_is_bare(alike->items[i]) == (turn == 1);
            is_sound = (!is_turn || compile_one_alike(scope, alike, i)) && is_sound;
        }
    }
    return is_sound;
}

static uint32_t compile_many(struct scope *scope, const struct datum *datum, struct type expected)
{
    struct compiler *compiler = scope->compiler;
    const struct datum **items = compiler_give(compiler, datum->count, sizeof(void *));
    uint32_t *nodes = compiler_give(compiler, datum->count, sizeof *nodes);
    if (items == NULL || nodes == NULL) {
        return NODE_NONE;
    }
    for (uint32_t i = 0; i < datum->count; i++) {
        items[i] = &datum->as.items[i];
    }
    struct alike alike = {items, nodes, datum->count, expected, false};
    if (!compile_alike(scope, &alike)) {
        return NODE_NONE;
    }
    struct type type = alike.type;
    bool is_any = datum->op == SYMBOL_FIRST_KNOWN;
    bool is_ordered = type_is_number(type.type) || type.type == TYPE_MONEY ||
                      type.type == TYPE_DURATION || is_time(type.type);
    if (!is_any && !is_ordered) {
        return refuse_types(scope, datum,
                            mend_of(compiler, "values of type %s have no order",
                                    value_type_name((enum value_type)type.type)),
                            "use numbers, money, durations, dates or instants");
    }
    enum node_op op = is_any ? NODE_FIRST_KNOWN : datum->op == SYMBOL_MIN ? NODE_MIN : NODE_MAX;
    struct node node = node_of(scope, datum, op, type);
    node.a = compiler_args(compiler, nodes, datum->count);
    node.b = datum->count;
    return compiler_node(compiler, &node);
}

static uint32_t compile_choose(struct scope *scope, const struct datum *datum, struct type expected)
{
    struct compiler *compiler = scope->compiler;
    uint32_t count = datum->count;
    if (count % 2 == 1 && datum->as.items[count - 1].tag == DATUM_NIL) {
        count -= 1;
    }
    uint32_t *args = compiler_give(compiler, count, sizeof *args);
    uint32_t *nodes = compiler_give(compiler, count, sizeof *nodes);
    const struct datum **items = compiler_give(compiler, count, sizeof(void *));
    if (args == NULL || nodes == NULL || items == NULL) {
        return NODE_NONE;
    }
    bool is_sound = true;
    uint32_t values = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool is_condition = i % 2 == 0 && i + 1 < count;
        if (is_condition) {
            args[i] = compile_condition(scope, &datum->as.items[i]);
            is_sound = is_sound && args[i] != NODE_NONE;
        } else if (datum->as.items[i].tag == DATUM_NIL) {
            return refuse_types(scope, datum, "choose has a condition without a value",
                                "write choose{ {condition, value}, ..., otherwise }");
        } else {
            items[values++] = &datum->as.items[i];
        }
    }
    struct alike alike = {items, nodes, values, expected, false};
    if (!compile_alike(scope, &alike) || !is_sound) {
        return NODE_NONE;
    }
    for (uint32_t i = 0; i < values; i++) {
        args[i * 2 + 1 < count ? i * 2 + 1 : i * 2] = nodes[i];
    }
    struct node node = node_of(scope, datum, NODE_CHOOSE, alike.type);
    node.a = compiler_args(compiler, args, count);
    node.b = count;
    return compiler_node(compiler, &node);
}

/* --- shares and spans --- */

static uint32_t compile_share(struct scope *scope, const struct datum *datum)
{
    bool was_in_share = scope->in_share;
    scope->in_share = true;
    struct type number = {TYPE_INT, 0};
    uint32_t parts[3];
    for (uint32_t i = 0; i < 3; i++) {
        parts[i] = compile_expression(scope, &datum->as.items[i], i == 0 ? NO_TYPE : number);
    }
    scope->in_share = was_in_share;
    if (parts[0] == NODE_NONE || parts[1] == NODE_NONE || parts[2] == NODE_NONE) {
        return NODE_NONE;
    }
    struct type type = type_of(scope->compiler, parts[0]);
    bool is_amount = type_is_number(type.type) || type.type == TYPE_MONEY;
    bool is_ratio = type_is_number(type_of(scope->compiler, parts[1]).type) &&
                    type_is_number(type_of(scope->compiler, parts[2]).type);
    if (!is_amount || !is_ratio) {
        return refuse_types(scope, datum,
                            mend_of(scope->compiler, "share() gets values of type %s, %s and %s",
                                    type_word(scope->compiler, parts[0]),
                                    type_word(scope->compiler, parts[1]),
                                    type_word(scope->compiler, parts[2])),
                            "write share(amount, numerator, denominator): money or a number, then "
                            "two plain numbers");
    }
    struct node node = node_of(scope, datum, NODE_SHARE, type);
    node.a = parts[0];
    node.b = parts[1];
    node.c = parts[2];
    return compiler_node(scope->compiler, &node);
}

static uint32_t compile_between(struct scope *scope, const struct datum *datum)
{
    uint32_t a = compile_expression(scope, &datum->as.items[0], NO_TYPE);
    uint32_t b = compile_expression(scope, &datum->as.items[1], NO_TYPE);
    if (a == NODE_NONE || b == NODE_NONE) {
        return NODE_NONE;
    }
    uint8_t x = type_of(scope->compiler, a).type;
    uint8_t y = type_of(scope->compiler, b).type;
    if (!is_time(x) || x != y) {
        return refuse_types(scope, datum,
                            mend_of(scope->compiler,
                                    "the span from a value of type %s to one of "
                                    "type %s cannot be measured",
                                    type_word(scope->compiler, a), type_word(scope->compiler, b)),
                            is_time(x) && is_time(y)
                                ? "turn the date into its first moment: date + hours(0)"
                                : "measure from an instant to an instant, or a date to a date");
    }
    enum node_op op = datum->op == SYMBOL_DAYS_BETWEEN            ? NODE_DAYS_BETWEEN
                      : datum->op == SYMBOL_BUSINESS_DAYS_BETWEEN ? NODE_BUSINESS_DAYS_BETWEEN
                                                                  : NODE_TIME_BETWEEN;
    struct type type = {op == NODE_TIME_BETWEEN ? TYPE_DURATION : TYPE_INT, 0};
    struct node node = node_of(scope, datum, op, type);
    node.a = a;
    node.b = b;
    return compiler_node(scope->compiler, &node);
}

static uint32_t compile_arithmetic(struct scope *scope, const struct datum *datum,
                                   struct type expected)
{
    assert(scope != NULL && datum != NULL);
    assert(datum->op >= SYMBOL_ADD && datum->op <= SYMBOL_TIME_BETWEEN);
    switch (datum->op) {
    case SYMBOL_MIN:
    case SYMBOL_MAX:
    case SYMBOL_FIRST_KNOWN: return compile_many(scope, datum, expected);
    case SYMBOL_CHOOSE: return compile_choose(scope, datum, expected);
    case SYMBOL_SHARE: return compile_share(scope, datum);
    case SYMBOL_DAYS_BETWEEN:
    case SYMBOL_BUSINESS_DAYS_BETWEEN:
    case SYMBOL_TIME_BETWEEN: return compile_between(scope, datum);
    default: break;
    }
    uint32_t a = compile_expression(scope, &datum->as.items[0], NO_TYPE);
    uint32_t b = compile_expression(scope, &datum->as.items[1], NO_TYPE);
    if (a == NODE_NONE || b == NODE_NONE) {
        return NODE_NONE;
    }
    return datum->op == SYMBOL_MULTIPLY ? compile_product(scope, datum, a, b)
                                        : compile_sum(scope, datum, a, b);
}

/* --- the whole --- */

static bool is_condition(uint8_t op)
{
    return (op >= SYMBOL_IS && op <= SYMBOL_NO) || op == SYMBOL_SOME || op == SYMBOL_EVERY ||
           op == SYMBOL_ISSUE || op == SYMBOL_PREDICATE;
}

uint32_t compile_expression(struct scope *scope, const struct datum *datum, struct type expected)
{
    assert(scope != NULL && datum != NULL);
    assert(datum->tag == DATUM_NODE || datum_is_bare(datum));
    if (datum_is_bare(datum)) {
        return compile_constant(scope, datum, expected);
    }
    scope->line = datum->line;
    if (is_condition(datum->op)) {
        return expected.type == TYPE_BOOL
                   ? compile_condition(scope, datum)
                   : refuse_types(scope, datum, "a condition stands where a value is wanted",
                                  "write a fact, a parameter or a constant");
    }
    switch (datum->op) {
    case SYMBOL_VAR:
    case SYMBOL_PATH: return compile_name(scope, datum);
    case SYMBOL_PARAM: return compile_param(scope, datum);
    case SYMBOL_DURATION:
    case SYMBOL_MONEY:
    case SYMBOL_BPS:
    case SYMBOL_CLOCK: return compile_constant(scope, datum, expected);
    default: break;
    }
    return datum->op <= SYMBOL_COVERED_DAYS ? compile_list(scope, datum, expected)
                                            : compile_arithmetic(scope, datum, expected);
}

uint32_t compile_typed(struct scope *scope, const struct datum *datum, struct type expected,
                       const char *what)
{
    assert(scope != NULL && datum != NULL);
    assert(expected.type != TYPE_NONE && what != NULL);
    uint32_t node = compile_expression(scope, datum, expected);
    if (node == NODE_NONE) {
        return NODE_NONE;
    }
    struct type type = type_of(scope->compiler, node);
    if (type_fits(scope->compiler, type, expected)) {
        return node;
    }
    bool is_day = type.type == TYPE_DATE && expected.type == TYPE_INSTANT;
    diagnostics_add(
        scope->compiler->list, AMICUS_ERROR, "P0410", scope_place(scope, scope->line, text_of("")),
        is_day ? "turn the date into its first moment: date + hours(0)"
               : "give a value of that type",
        "in %s '%.*s' %s is of type %s where %s is wanted", declare_name(scope->draft->kind),
        SHOWN(scope->draft->id), what, value_type_name((enum value_type)type.type),
        value_type_name((enum value_type)expected.type));
    return NODE_NONE;
}

uint32_t compile_depth(struct scope *scope, uint32_t node, uint32_t line)
{
    assert(scope != NULL);
    if (node == NODE_NONE ||
        compiler_depth(scope->compiler, node) <= (unsigned)limit_of(LIMIT_CONDITION_DEPTH)) {
        return node;
    }
    diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0117",
                    scope_place(scope, line, text_of("")), "define a derived fact for a part of it",
                    "%s '%.*s' holds a condition more than %lld levels deep",
                    declare_name(scope->draft->kind), SHOWN(scope->draft->id),
                    (long long)limit_of(LIMIT_CONDITION_DEPTH));
    return NODE_NONE;
}

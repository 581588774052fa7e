/*
 * Conditions: tests, standing, and the three-valued logic that joins them.
 *
 * A test compares two values of one type; at most one side is a bare constant, which takes its type
 * from the other. A plain bool is not a condition: whoever writes `m.blank` may have meant that it
 * is true, or that it is known, so the language asks.
 */
#include "compiler.h"

#include <assert.h>

static const struct type NO_TYPE = {TYPE_NONE, 0};

static struct node test_node(const struct scope *scope, const struct datum *datum, enum node_op op)
{
    return (struct node){
        .op = (uint8_t)op, .type = TYPE_BOOL, .line = datum->line, .file = scope->draft->file};
}

static uint32_t refuse(struct scope *scope, const struct datum *datum, const char *what,
                       const char *mend)
{
    diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0410",
                    scope_place(scope, datum->line, text_of("")), mend, "%s", what);
    return NODE_NONE;
}

/* A text that no version of a text parameter can have is a slip of the pen. */
static bool check_text(struct scope *scope, const struct datum *datum, uint32_t node,
                       struct text word)
{
    struct compiler *compiler = scope->compiler;
    const struct node *row = compiler_node_at(compiler, node);
    if (row->op != NODE_PARAM || row->type != TYPE_TEXT) {
        return true;
    }
    const struct param_row *param = compiler_row(compiler, TABLE_PARAMS, row->a);
    struct builder builder;
    builder_start(&builder, compiler->arena);
    builder_puts(&builder, "write one of:");
    for (uint32_t i = 0; i < param->enum_count; i++) {
        const uint32_t *at = compiler_row(compiler, TABLE_INDICES, param->enum_fact + i);
        struct text known = compiler_pool(compiler, *at);
        if (text_equal(known, word)) {
            return true;
        }
        builder_putf(&builder, " %.*s", SHOWN(known));
    }
    struct text all;
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0412", scope_place(scope, datum->line, word),
                    builder_end(&all, &builder) == AMICUS_OK ? all.at : "",
                    "param '%.*s' is never '%.*s'", SHOWN(compiler_pool(compiler, param->name)),
                    SHOWN(word));
    return false;
}

static const char *mend_pair(uint8_t a, uint8_t b)
{
    bool is_day = (a == TYPE_DATE && b == TYPE_INSTANT) || (a == TYPE_INSTANT && b == TYPE_DATE);
    return is_day ? "turn the date into its first moment: date + hours(0)"
                  : "compare values of one type";
}

/* Two values of one type; false after a fault. */
static bool compile_pair(struct scope *scope, const struct datum *datum, const struct datum *x,
                         const struct datum *y, uint32_t out[2])
{
    const struct datum *sides[] = {x, y};
    if (datum_is_bare(x) && datum_is_bare(y)) {
        refuse(scope, datum, "two constants are compared", "compare a fact with one of them");
        return false;
    }
    unsigned first = datum_is_bare(x) ? 1 : 0;
    out[first] = compile_expression(scope, sides[first], NO_TYPE);
    bool is_known = out[first] != NODE_NONE;
    const struct datum *other = sides[1 - first];
    if (!is_known && datum_is_bare(other)) {
        return false;
    }
    struct type type = is_known ? type_of(scope->compiler, out[first]) : NO_TYPE;
    out[1 - first] = compile_expression(scope, other, type);
    if (!is_known || out[1 - first] == NODE_NONE) {
        return false;
    }
    struct type here = type_of(scope->compiler, out[1 - first]);
    if (!type_fits(scope->compiler, type, here)) {
        refuse(scope, datum,
               mend_of(scope->compiler, "a value of type %s is compared with one of type %s",
                       value_type_name((enum value_type)type_of(scope->compiler, out[0]).type),
                       value_type_name((enum value_type)type_of(scope->compiler, out[1]).type)),
               mend_pair(type.type, here.type));
        return false;
    }
    return other->tag != DATUM_TEXT || check_text(scope, datum, out[first], other->as.text);
}

static bool is_ordered(uint8_t type)
{
    return type_is_number(type) || type == TYPE_MONEY || type == TYPE_DURATION ||
           type == TYPE_INSTANT || type == TYPE_DATE;
}

static uint32_t compile_comparison(struct scope *scope, const struct datum *datum, enum node_op op)
{
    uint32_t pair[2];
    if (!compile_pair(scope, datum, &datum->as.items[0], &datum->as.items[1], pair)) {
        return NODE_NONE;
    }
    uint8_t type = type_of(scope->compiler, pair[0]).type;
    bool is_equation = op == NODE_EQUAL || op == NODE_UNEQUAL;
    if (type == TYPE_ENUMS && is_equation) {
        return refuse(scope, datum, "a set is compared with one value",
                      "write :has(\"...\") or :has_only{...}");
    }
    bool is_moment = datum->op == SYMBOL_BEFORE || datum->op == SYMBOL_AFTER;
    bool fits = is_moment ? type == TYPE_INSTANT || type == TYPE_DATE : is_ordered(type);
    if (!is_equation && !fits) {
        return refuse(scope, datum,
                      mend_of(scope->compiler, "values of type %s are not %s",
                              value_type_name((enum value_type)type),
                              is_moment ? "before or after one another" : "less or more"),
                      is_moment && is_ordered(type) ? "write :less_than(x) or :more_than(x)"
                                                    : "write :is(v) or :one_of{...}");
    }
    struct node node = test_node(scope, datum, op);
    node.a = pair[0];
    node.b = pair[1];
    return compiler_node(scope->compiler, &node);
}

/* One constant of a list, typed by what it is compared with; NODE_NONE after a fault. */
static uint32_t compile_choice(struct scope *scope, const struct datum *datum, uint32_t subject,
                               const struct datum *item)
{
    bool is_constant =
        datum_is_bare(item) || (item->op >= SYMBOL_DURATION && item->op <= SYMBOL_CLOCK);
    if (!is_constant) {
        return refuse(scope, datum, "one_of is given something that is no constant",
                      "write any{ f:is(a), f:is(b) }");
    }
    struct type type = type_of(scope->compiler, subject);
    uint32_t node = compile_expression(scope, item, type);
    if (node == NODE_NONE) {
        return NODE_NONE;
    }
    struct type here = type_of(scope->compiler, node);
    if (!type_fits(scope->compiler, type, here)) {
        return refuse(scope, datum,
                      mend_of(scope->compiler, "a value of type %s cannot be one of type %s",
                              value_type_name((enum value_type)type.type),
                              value_type_name((enum value_type)here.type)),
                      mend_pair(type.type, here.type));
    }
    bool is_text = item->tag == DATUM_TEXT;
    return !is_text || check_text(scope, datum, subject, item->as.text) ? node : NODE_NONE;
}

static uint32_t compile_one_of(struct scope *scope, const struct datum *datum)
{
    const struct datum *list = &datum->as.items[1];
    if (list->count == 0) {
        return refuse(scope, datum, "one_of has no values", "name one at least");
    }
    uint32_t *nodes = compiler_give(scope->compiler, list->count, sizeof *nodes);
    uint32_t subject = datum_is_bare(&datum->as.items[0])
                           ? refuse(scope, datum, "one_of asks of a constant", "ask of a fact")
                           : compile_expression(scope, &datum->as.items[0], NO_TYPE);
    if (nodes == NULL || subject == NODE_NONE) {
        return NODE_NONE;
    }
    if (type_of(scope->compiler, subject).type == TYPE_ENUMS) {
        return refuse(scope, datum, "a set is compared with one value",
                      "write :has(\"...\") or :has_only{...}");
    }
    bool is_sound = true;
    for (uint32_t i = 0; i < list->count; i++) {
        nodes[i] = compile_choice(scope, datum, subject, &list->as.items[i]);
        is_sound = is_sound && nodes[i] != NODE_NONE;
    }
    if (!is_sound) {
        return NODE_NONE;
    }
    struct node node = test_node(scope, datum, NODE_ONE_OF);
    node.a = subject;
    node.b = compiler_args(scope->compiler, nodes, list->count);
    node.c = list->count;
    return compiler_node(scope->compiler, &node);
}

static uint32_t compile_within(struct scope *scope, const struct datum *datum)
{
    uint32_t pair[2];
    bool is_sound = compile_pair(scope, datum, &datum->as.items[0], &datum->as.items[2], pair);
    struct type wanted = {TYPE_DURATION, 0};
    uint32_t duration = compile_typed(scope, &datum->as.items[1], wanted, "the first of within");
    if (!is_sound || duration == NODE_NONE) {
        return NODE_NONE;
    }
    uint8_t type = type_of(scope->compiler, pair[0]).type;
    if (type != TYPE_INSTANT && type != TYPE_DATE) {
        return refuse(scope, datum, "within measures what has no time",
                      "give it two instants or two dates");
    }
    struct node node = test_node(scope, datum, NODE_WITHIN);
    node.a = pair[0];
    node.b = pair[1];
    node.c = duration;
    return compiler_node(scope->compiler, &node);
}

/* The bit of a member of a set; 0 after a fault. */
static int64_t member_bit(struct scope *scope, const struct datum *datum, uint32_t set,
                          const struct datum *item)
{
    struct type type = type_of(scope->compiler, set);
    struct type one = {TYPE_ENUM, type.detail};
    if (item->tag != DATUM_TEXT) {
        refuse(scope, datum, "a member of a set is a text", "write :has(\"quality\")");
        return 0;
    }
    uint32_t member = compile_constant(scope, item, one);
    return member == NODE_NONE
               ? 0
               : (int64_t)((uint64_t)1 << compiler_node_at(scope->compiler, member)->k);
}

static uint32_t compile_set(struct scope *scope, const struct datum *datum)
{
    uint32_t set = compile_expression(scope, &datum->as.items[0], NO_TYPE);
    if (set == NODE_NONE) {
        return NODE_NONE;
    }
    if (type_of(scope->compiler, set).type != TYPE_ENUMS) {
        return refuse(scope, datum, "has and has_only ask what a set holds, and this is no set",
                      "write :is(v) or :one_of{...}");
    }
    const struct datum *second = &datum->as.items[1];
    bool is_list = second->tag == DATUM_LIST;
    uint32_t count = is_list ? second->count : 1;
    int64_t bits = 0;
    bool is_sound = count > 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t bit = member_bit(scope, datum, set, is_list ? &second->as.items[i] : second);
        bits |= bit;
        is_sound = is_sound && bit != 0;
    }
    if (!is_sound) {
        return count > 0 ? NODE_NONE
                         : refuse(scope, datum, "has_only has no members", "name one at least");
    }
    struct node node = test_node(scope, datum, datum->op == SYMBOL_HAS ? NODE_HAS : NODE_HAS_ONLY);
    node.a = set;
    node.k = bits;
    return compiler_node(scope->compiler, &node);
}

static uint32_t compile_presence(struct scope *scope, const struct datum *datum)
{
    uint32_t subject = compile_expression(scope, &datum->as.items[0], NO_TYPE);
    struct node node =
        test_node(scope, datum, datum->op == SYMBOL_KNOWN ? NODE_KNOWN : NODE_ABSENT);
    node.a = subject;
    return subject == NODE_NONE ? NODE_NONE : compiler_node(scope->compiler, &node);
}

static uint8_t standing_of(struct text word)
{
    static const enum standing STANDINGS[] = {STANDING_CLAIMED, STANDING_SUPPORTED,
                                              STANDING_ESTABLISHED};
    for (size_t i = 0; i < sizeof STANDINGS / sizeof STANDINGS[0]; i++) {
        if (text_is(word, standing_name(STANDINGS[i]))) {
            return (uint8_t)STANDINGS[i];
        }
    }
    return 0;
}

static uint32_t compile_standing(struct scope *scope, const struct datum *datum)
{
    struct compiler *compiler = scope->compiler;
    uint32_t subject = compile_expression(scope, &datum->as.items[0], NO_TYPE);
    if (subject == NODE_NONE) {
        return NODE_NONE;
    }
    const struct node *row = compiler_node_at(compiler, subject);
    bool is_stored =
        row->op == NODE_FACT && compiler->vocabulary->facts[row->b].derived == FACT_NONE;
    if (!is_stored) {
        return refuse(scope, datum, "only a fact that the case states has a standing",
                      "ask it of the facts that this one is derived from");
    }
    bool is_contested = datum->op == SYMBOL_CONTESTED;
    struct node node = test_node(scope, datum, is_contested ? NODE_CONTESTED : NODE_AT_STANDING);
    node.a = subject;
    node.k = is_contested ? 0 : standing_of(datum->as.items[1].as.text);
    if (!is_contested && node.k == 0) {
        return refuse(scope, datum,
                      mend_of(compiler, "'%.*s' is no standing that can be asked for",
                              SHOWN(datum->as.items[1].as.text)),
                      "write one of: claimed supported established");
    }
    return compiler_node(compiler, &node);
}

static uint32_t compile_logic(struct scope *scope, const struct datum *datum)
{
    uint32_t *nodes = compiler_give(scope->compiler, datum->count, sizeof *nodes);
    bool is_sound = nodes != NULL;
    for (uint32_t i = 0; nodes != NULL && i < datum->count; i++) {
        nodes[i] = compile_condition(scope, &datum->as.items[i]);
        is_sound = is_sound && nodes[i] != NODE_NONE;
    }
    if (!is_sound) {
        return NODE_NONE;
    }
    enum node_op op = datum->op == SYMBOL_ALL   ? NODE_ALL
                      : datum->op == SYMBOL_ANY ? NODE_ANY
                                                : NODE_NO;
    struct node node = test_node(scope, datum, op);
    node.a = compiler_args(scope->compiler, nodes, datum->count);
    node.b = datum->count;
    return compiler_node(scope->compiler, &node);
}

static uint32_t predicate_row(struct scope *scope, const struct datum *datum, uint32_t ordinal)
{
    struct compiler *compiler = scope->compiler;
    for (uint32_t i = 0; i < compiler_count(compiler, TABLE_PREDICATES); i++) {
        const struct predicate_row *row = compiler_row(compiler, TABLE_PREDICATES, i);
        if (row->file == scope->draft->file && row->ordinal == ordinal) {
            return i;
        }
    }
    struct predicate_row *row = compiler_add(compiler, TABLE_PREDICATES);
    row->file = scope->draft->file;
    row->ordinal = ordinal;
    row->line = datum->line;
    return compiler_count(compiler, TABLE_PREDICATES) - 1;
}

static bool is_plain(uint8_t type)
{
    return type != TYPE_NONE && type != TYPE_ENUMS && type != TYPE_REF;
}

static uint32_t compile_predicate(struct scope *scope, const struct datum *datum)
{
    int64_t ordinal = datum->as.items[0].as.n;
    const struct datum *reads = &datum->as.items[1];
    uint32_t *nodes = compiler_give(scope->compiler, reads->count, sizeof *nodes);
    if (nodes == NULL) {
        return NODE_NONE;
    }
    if (ordinal < 0 || ordinal >= UINT16_MAX || reads->count == 0) {
        return refuse(scope, datum, "a predicate reads nothing",
                      "name the facts that it reads: reads = { m.due_at }");
    }
    bool is_sound = true;
    for (uint32_t i = 0; i < reads->count; i++) {
        nodes[i] = compile_expression(scope, &reads->as.items[i], NO_TYPE);
        if (nodes[i] == NODE_NONE) {
            is_sound = false;
            continue;
        }
        const struct node *row = compiler_node_at(scope->compiler, nodes[i]);
        bool is_read = row->op == NODE_FACT || row->op == NODE_PARAM;
        if (!is_read || !is_plain(row->type)) {
            refuse(scope, datum, "a predicate reads something that is no plain fact",
                   "let it read facts and parameters; no sets, no records");
            is_sound = false;
        }
    }
    if (!is_sound) {
        return NODE_NONE;
    }
    struct node node = test_node(scope, datum, NODE_PREDICATE);
    node.a = predicate_row(scope, datum, (uint32_t)ordinal);
    node.b = compiler_args(scope->compiler, nodes, reads->count);
    node.c = reads->count;
    return compiler_node(scope->compiler, &node);
}

static uint32_t refuse_plain(struct scope *scope, const struct datum *datum)
{
    uint32_t node = compile_expression(scope, datum, NO_TYPE);
    if (node == NODE_NONE) {
        return NODE_NONE;
    }
    bool is_bool = type_of(scope->compiler, node).type == TYPE_BOOL;
    diagnostics_add(
        scope->compiler->list, AMICUS_ERROR, "P0413",
        scope_place(scope, datum->tag == DATUM_NODE ? datum->line : scope->line, text_of("")),
        is_bool ? "write :is(true), :is(false), :known() or :absent() behind it"
                : "compare it with something, as in :at_least(x)",
        "a value of type %s stands where a condition is wanted",
        value_type_name((enum value_type)type_of(scope->compiler, node).type));
    return NODE_NONE;
}

uint32_t compile_condition(struct scope *scope, const struct datum *datum)
{
    assert(scope != NULL && datum != NULL);
    assert(datum->tag == DATUM_NODE || datum_is_bare(datum));
    if (datum->tag != DATUM_NODE) {
        return refuse_plain(scope, datum);
    }
    scope->line = datum->line;
    switch (datum->op) {
    case SYMBOL_IS: return compile_comparison(scope, datum, NODE_EQUAL);
    case SYMBOL_IS_NOT: return compile_comparison(scope, datum, NODE_UNEQUAL);
    case SYMBOL_LESS_THAN:
    case SYMBOL_BEFORE: return compile_comparison(scope, datum, NODE_LESS);
    case SYMBOL_AT_MOST: return compile_comparison(scope, datum, NODE_AT_MOST);
    case SYMBOL_MORE_THAN:
    case SYMBOL_AFTER: return compile_comparison(scope, datum, NODE_MORE);
    case SYMBOL_AT_LEAST: return compile_comparison(scope, datum, NODE_AT_LEAST);
    case SYMBOL_ONE_OF: return compile_one_of(scope, datum);
    case SYMBOL_WITHIN: return compile_within(scope, datum);
    case SYMBOL_HAS:
    case SYMBOL_HAS_ONLY: return compile_set(scope, datum);
    case SYMBOL_KNOWN:
    case SYMBOL_ABSENT: return compile_presence(scope, datum);
    case SYMBOL_CONTESTED:
    case SYMBOL_AT_STANDING: return compile_standing(scope, datum);
    case SYMBOL_ALL:
    case SYMBOL_ANY:
    case SYMBOL_NO: return compile_logic(scope, datum);
    case SYMBOL_SOME:
    case SYMBOL_EVERY: return compile_list(scope, datum, NO_TYPE);
    case SYMBOL_ISSUE: return compile_issue(scope, datum);
    case SYMBOL_PREDICATE: return compile_predicate(scope, datum);
    default: return refuse_plain(scope, datum);
    }
}

uint32_t compile_field(struct scope *scope, enum field field)
{
    assert(scope != NULL);
    assert(field < FIELD_COUNT);
    const struct datum *datum = scope->draft->fields[field];
    if (datum == NULL) {
        return NODE_NONE;
    }
    scope->line = scope->draft->line;
    return compile_depth(scope, compile_condition(scope, datum), datum->line);
}

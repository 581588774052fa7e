/*
 * Writing a condition as a policy author would read it: "milestones.submission.formal is true".
 *
 * The words are those of the rule language without its dots and brackets. Where a condition stands
 * inside another it is bracketed, so that `and` and `or` are never guessed.
 */
#include "image.h"

#include "date.h"
#include "money.h"

#include <assert.h>

struct writer {
    struct builder *builder;
    const struct image *image;
    const struct node_names *names; /* or NULL */
};

static void write_node(const struct writer *writer, uint32_t number, bool is_inner);

static void put(const struct writer *writer, const char *words)
{
    builder_puts(writer->builder, words);
}

static void write_list(const struct writer *writer, const char *separator, uint32_t first,
                       uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        put(writer, i > 0 ? separator : "");
        write_node(writer, writer->image->args[first + i], true);
    }
}

static void write_constant(const struct writer *writer, const struct node *node)
{
    const struct vocabulary *vocabulary = writer->image->vocabulary;
    switch (node->type) {
    case TYPE_BOOL: put(writer, node->k != 0 ? "true" : "false"); break;
    case TYPE_MONEY: money_write(writer->builder, node->k, node->unit); break;
    case TYPE_DURATION: duration_write_plain(writer->builder, node->k, node->unit); break;
    case TYPE_TEXT:
        builder_put_json(writer->builder, image_text(writer->image, (text_at)node->k));
        break;
    case TYPE_ENUM:
        builder_put(writer->builder, vocabulary->facts[node->ref_kind].members[node->k].name);
        break;
    default: builder_put_int(writer->builder, node->k); break;
    }
}

/* A variable is called by its list if it is the declaration's own, else by one of its records. */
static void write_variable(const struct writer *writer, const struct node *node)
{
    const struct kind *kind = &writer->image->vocabulary->kinds[node->ref_kind];
    builder_put(writer->builder, node->a == 0 && kind->list.length > 0 ? kind->list : kind->one);
}

static void write_fact(const struct writer *writer, const struct node *node)
{
    const struct fact *fact = &writer->image->vocabulary->facts[node->b];
    if (node->a != NODE_NONE) {
        write_node(writer, node->a, true);
        put(writer, ".");
    }
    builder_put(writer->builder, fact->name);
}

static void write_param(const struct writer *writer, const struct node *node)
{
    put(writer, "param.");
    builder_put(writer->builder, image_text(writer->image, writer->image->params[node->a].name));
    if (node->b != NODE_NONE) {
        put(writer, " on ");
        write_node(writer, node->b, true);
    }
}

static void write_issue(const struct writer *writer, const struct node *node)
{
    put(writer, "issue ");
    builder_put(writer->builder, image_text(writer->image, writer->image->issues[node->a].name));
    if (node->b != NODE_NONE) {
        put(writer, " of ");
        write_node(writer, node->b, true);
    }
    builder_putf(writer->builder, " is %s", label_name((enum label)node->k));
}

static bool is_moment(const struct writer *writer, uint32_t number)
{
    uint8_t type = writer->image->nodes[number].type;
    return type == TYPE_INSTANT || type == TYPE_DATE;
}

static const char *test_word(const struct writer *writer, const struct node *node)
{
    bool is_time = is_moment(writer, node->a);
    switch (node->op) {
    case NODE_EQUAL: return " is ";
    case NODE_UNEQUAL: return " is not ";
    case NODE_LESS: return is_time ? " is before " : " is less than ";
    case NODE_AT_MOST: return is_time ? " is not after " : " is at most ";
    case NODE_MORE: return is_time ? " is after " : " is more than ";
    default: return is_time ? " is not before " : " is at least ";
    }
}

static void write_test(const struct writer *writer, const struct node *node)
{
    write_node(writer, node->a, true);
    put(writer, test_word(writer, node));
    write_node(writer, node->b, true);
}

static void write_members(const struct writer *writer, const struct node *node, const char *word)
{
    write_node(writer, node->a, true);
    put(writer, word);
    const struct node *set = &writer->image->nodes[node->a];
    const struct fact *fact = &writer->image->vocabulary->facts[set->ref_kind];
    bool is_first = true;
    for (uint32_t i = 0; i < fact->member_count; i++) {
        if (((uint64_t)node->k >> i & 1) != 0) {
            put(writer, is_first ? "" : ", ");
            builder_put(writer->builder, fact->members[i].name);
            is_first = false;
        }
    }
}

static void write_standing(const struct writer *writer, const struct node *node)
{
    write_node(writer, node->a, true);
    switch (node->op) {
    case NODE_KNOWN: put(writer, " is known"); break;
    case NODE_ABSENT: put(writer, " is absent"); break;
    case NODE_CONTESTED: put(writer, " is contested"); break;
    default:
        builder_putf(writer->builder, " is at least %s", standing_name((enum standing)node->k));
        break;
    }
}

static void write_logic(const struct writer *writer, const struct node *node)
{
    if (node->b == 0) {
        put(writer, node->op == NODE_ANY ? "never" : "always");
        return;
    }
    if (node->op == NODE_NO) {
        put(writer, node->b == 1 ? "not (" : "none of (");
        write_list(writer, ", ", node->a, node->b);
        put(writer, ")");
        return;
    }
    write_list(writer, node->op == NODE_ALL ? " and " : " or ", node->a, node->b);
}

static void write_where(const struct writer *writer, const struct node *node)
{
    const struct kind *kind = &writer->image->vocabulary->kinds[node->k];
    builder_put(writer->builder, kind->list.length > 0 ? kind->list : kind->one);
    if (node->b != NODE_NONE) {
        put(writer, " where ");
        write_node(writer, node->b, true);
    }
}

static void write_over_list(const struct writer *writer, const struct node *node)
{
    static const char *const WORDS[] = {
        [NODE_SOME] = "some ",       [NODE_EVERY] = "every ",
        [NODE_COUNT] = "count of ",  [NODE_SUM] = "sum of ",
        [NODE_LARGEST] = "largest ", [NODE_EARLIEST] = "earliest ",
        [NODE_LATEST] = "latest ",   [NODE_COVERED_DAYS] = "days covered by "};
    put(writer, WORDS[node->op]);
    if (node->op == NODE_SUM || node->op == NODE_LARGEST) {
        write_node(writer, node->c, true);
        put(writer, " over ");
    } else if (node->op == NODE_EARLIEST || node->op == NODE_LATEST) {
        write_node(writer, writer->image->args[node->c + 1], true);
        put(writer, " over ");
    }
    write_where(writer, node);
    if (node->op == NODE_SOME || node->op == NODE_EVERY) {
        put(writer, ": ");
        write_node(writer, node->c, true);
    } else if (node->op == NODE_COVERED_DAYS) {
        put(writer, " between ");
        write_list(writer, " and ", node->c + 2, 2);
    }
}

static void write_call(const struct writer *writer, const char *name, const uint32_t *parts,
                       uint32_t count)
{
    builder_putf(writer->builder, "%s(", name);
    for (uint32_t i = 0; i < count; i++) {
        put(writer, i > 0 ? ", " : "");
        write_node(writer, parts[i], false);
    }
    put(writer, ")");
}

static void write_choose(const struct writer *writer, const struct node *node)
{
    put(writer, "choose(");
    for (uint32_t i = 0; i < node->b; i++) {
        bool is_else = i % 2 == 0 && i + 1 == node->b;
        put(writer, i == 0 ? "" : i % 2 == 1 ? ": " : is_else ? "; else " : "; ");
        write_node(writer, writer->image->args[node->a + i], false);
    }
    put(writer, ")");
}

static void write_arithmetic(const struct writer *writer, const struct node *node)
{
    const uint32_t parts[] = {node->a, node->b, node->c};
    const uint32_t *args = writer->image->args;
    switch (node->op) {
    case NODE_MIN: write_call(writer, "min", args + node->a, node->b); break;
    case NODE_MAX: write_call(writer, "max", args + node->a, node->b); break;
    case NODE_FIRST_KNOWN: write_call(writer, "first_known", args + node->a, node->b); break;
    case NODE_SHARE: write_call(writer, "share", parts, 3); break;
    case NODE_DAYS_BETWEEN: write_call(writer, "days_between", parts, 2); break;
    case NODE_BUSINESS_DAYS_BETWEEN: write_call(writer, "business_days_between", parts, 2); break;
    case NODE_TIME_BETWEEN: write_call(writer, "time_between", parts, 2); break;
    default:
        write_node(writer, node->a, true);
        put(writer, node->op == NODE_ADD ? " + " : node->op == NODE_SUBTRACT ? " - " : " * ");
        write_node(writer, node->b, true);
        break;
    }
}

static bool wants_brackets(const struct node *node)
{
    bool is_logic = node->op == NODE_ALL || node->op == NODE_ANY;
    bool is_list = node->op >= NODE_SOME && node->op <= NODE_COVERED_DAYS;
    bool is_sum = node->op >= NODE_ADD && node->op <= NODE_MULTIPLY;
    return (is_logic && node->b > 1) || is_list || is_sum;
}

static void write_inner(const struct writer *writer, const struct node *node)
{
    switch ((enum node_op)node->op) {
    case NODE_CONST: write_constant(writer, node); break;
    case NODE_VAR: write_variable(writer, node); break;
    case NODE_FACT: write_fact(writer, node); break;
    case NODE_PARAM: write_param(writer, node); break;
    case NODE_ISSUE: write_issue(writer, node); break;
    case NODE_ALL:
    case NODE_ANY:
    case NODE_NO: write_logic(writer, node); break;
    case NODE_EQUAL:
    case NODE_UNEQUAL:
    case NODE_LESS:
    case NODE_AT_MOST:
    case NODE_MORE:
    case NODE_AT_LEAST: write_test(writer, node); break;
    case NODE_ONE_OF:
        write_node(writer, node->a, true);
        put(writer, " is one of ");
        write_list(writer, ", ", node->b, node->c);
        break;
    case NODE_WITHIN:
        write_node(writer, node->a, true);
        put(writer, " is within ");
        write_node(writer, node->c, true);
        put(writer, " of ");
        write_node(writer, node->b, true);
        break;
    case NODE_HAS: write_members(writer, node, " has "); break;
    case NODE_HAS_ONLY: write_members(writer, node, " has only "); break;
    case NODE_KNOWN:
    case NODE_ABSENT:
    case NODE_CONTESTED:
    case NODE_AT_STANDING: write_standing(writer, node); break;
    case NODE_SOME:
    case NODE_EVERY:
    case NODE_COUNT:
    case NODE_SUM:
    case NODE_LARGEST:
    case NODE_EARLIEST:
    case NODE_LATEST:
    case NODE_COVERED_DAYS: write_over_list(writer, node); break;
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_MIN:
    case NODE_MAX:
    case NODE_SHARE:
    case NODE_DAYS_BETWEEN:
    case NODE_BUSINESS_DAYS_BETWEEN:
    case NODE_TIME_BETWEEN:
    case NODE_FIRST_KNOWN: write_arithmetic(writer, node); break;
    case NODE_CHOOSE: write_choose(writer, node); break;
    case NODE_PREDICATE:
        write_call(writer, "predicate", writer->image->args + node->b, node->c);
        break;
    case NODE_OP_COUNT: assert(!"no node has this operator"); break;
    }
}

static void write_node(const struct writer *writer, uint32_t number, bool is_inner)
{
    assert(number < writer->image->node_count);
    const struct node *node = &writer->image->nodes[number];
    const struct node_names *names = writer->names;
    if (names != NULL && names->write(names, writer->builder, number)) {
        return;
    }
    bool is_bracketed = is_inner && wants_brackets(node);
    put(writer, is_bracketed ? "(" : "");
    write_inner(writer, node);
    put(writer, is_bracketed ? ")" : "");
}

void image_write_node(struct builder *builder, const struct image *image, uint32_t node)
{
    assert(builder != NULL && image != NULL);
    assert(node < image->node_count);
    struct writer writer = {builder, image, NULL};
    write_node(&writer, node, false);
}

void image_write_node_named(struct builder *builder, const struct image *image, uint32_t node,
                            const struct node_names *names)
{
    assert(builder != NULL && image != NULL);
    assert(node < image->node_count && names != NULL);
    struct writer writer = {builder, image, names};
    write_node(&writer, node, false);
}

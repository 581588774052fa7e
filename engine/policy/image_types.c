/*
 * Which types the operands of a node may have.
 *
 * The compiler gives only such nodes, and says what is wrong with others in words; here the same is
 * asked of a stored image, where a value that is not of its type would be worse than a wrong
 * answer: a number taken for a text is a pointer, and one taken for a record an index. So the type
 * that a node claims must follow from its operands, a record comes from a variable or a ref, and an
 * operator that looks at a fact itself must stand over one. Comparisons may be of any two values:
 * the evaluator looks at their types.
 */
#include "image_types.h"

#include <assert.h>

/* An operand, or a node of no type where it is missing, which it was found that it may be. */
static const struct node *child_of(const struct image *image, const struct node *node,
                                   uint32_t index)
{
    uint32_t child = node_child(node, image->args, index);
    static const struct node MISSING = {.type = TYPE_NONE};
    return child == NODE_NONE ? &MISSING : &image->nodes[child];
}

/* Whether an operand is missing or of a type. */
static bool is_of(const struct node *operand, uint8_t type)
{
    return operand->type == TYPE_NONE || operand->type == type;
}

static bool is_number(uint8_t type)
{
    return type == TYPE_INT || type == TYPE_BPS || type == TYPE_MINUTES;
}

static bool is_time(uint8_t type)
{
    return type == TYPE_INSTANT || type == TYPE_DATE;
}

/* What can be counted with: never a pointer, an index or a member. */
static bool is_amount(uint8_t type)
{
    return is_number(type) || type == TYPE_MONEY || type == TYPE_DURATION;
}

/* Whether a value may stand where a node of this type is promised. */
static bool is_like(const struct image *image, const struct node *promised,
                    const struct node *given)
{
    const struct fact *facts = image->vocabulary->facts;
    if (promised->type == TYPE_ENUM || promised->type == TYPE_ENUMS) {
        return given->type == promised->type &&
               facts[given->ref_kind].member_count <= facts[promised->ref_kind].member_count;
    }
    return given->type == promised->type || (is_number(promised->type) && is_number(given->type));
}

static bool are_all(const struct image *image, const struct node *node, uint8_t type)
{
    const uint32_t count = node_child_count(node);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_of(child_of(image, node, i), type)) {
            return false;
        }
    }
    return true;
}

static bool are_all_like(const struct image *image, const struct node *node)
{
    const uint32_t count = node_child_count(node);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_like(image, node, child_of(image, node, i))) {
            return false;
        }
    }
    return true;
}

static bool has_fact_types(const struct image *image, const struct node *node)
{
    const struct fact *fact = &image->vocabulary->facts[node->b];
    bool is_enum = fact->type == TYPE_ENUM || fact->type == TYPE_ENUMS;
    return node->type == fact->type && (!is_enum || node->ref_kind == node->b) &&
           (fact->type != TYPE_REF || node->ref_kind == fact->ref_kind);
}

static bool has_sum_types(const struct node *node, const struct node *a, const struct node *b)
{
    bool is_moved = (is_time(a->type) && b->type == TYPE_DURATION) ||
                    (a->type == TYPE_DURATION && is_time(b->type));
    if (is_moved) {
        return is_time(node->type);
    }
    bool are_numbers = is_number(a->type) && is_number(b->type);
    return are_numbers ? is_number(node->type)
                       : a->type == b->type && a->type == node->type && is_amount(a->type);
}

static bool has_product_types(const struct node *node, const struct node *a, const struct node *b)
{
    uint8_t amount = is_number(a->type) ? b->type : a->type;
    bool is_scaled = (is_number(a->type) || is_number(b->type)) && is_amount(amount);
    return is_scaled && (is_number(amount) ? is_number(node->type) : node->type == amount);
}

static bool has_extreme_types(const struct image *image, const struct node *node)
{
    return (is_amount(node->type) || is_time(node->type)) && are_all_like(image, node);
}

/* Conditions at even places, values behind them, and an odd last value. */
static bool has_choice_types(const struct image *image, const struct node *node)
{
    for (uint32_t i = 0; i < node->b; i++) {
        const struct node *operand = child_of(image, node, i);
        bool is_condition = i % 2 == 0 && i + 1 < node->b;
        if (is_condition ? operand->type != TYPE_BOOL : !is_like(image, node, operand)) {
            return false;
        }
    }
    return true;
}

/* What a list operator counts, sums or finds; its `where` is a condition. */
static bool has_list_types(const struct image *image, const struct node *node)
{
    if (!is_of(child_of(image, node, 0), TYPE_BOOL)) {
        return false;
    }
    const struct node *what = child_of(image, node, node->op == NODE_COUNT ? 0 : 1);
    switch (node->op) {
    case NODE_SOME:
    case NODE_EVERY: return node->type == TYPE_BOOL && what->type == TYPE_BOOL;
    case NODE_COUNT: return node->type == TYPE_INT;
    case NODE_SUM:
    case NODE_LARGEST: return is_amount(node->type) && is_like(image, node, what);
    case NODE_EARLIEST:
    case NODE_LATEST:
        return (is_amount(what->type) || is_time(what->type)) &&
               is_like(image, node, child_of(image, node, 2));
    default: break;
    }
    const uint32_t count = node_child_count(node);
    for (uint32_t i = 1; i < count; i++) {
        if (!is_time(child_of(image, node, i)->type)) {
            return false;
        }
    }
    return node->type == TYPE_INT;
}

/* The operator looks at the fact below it and not only at its value. */
static bool has_facts(const struct image *image, const struct node *node, bool is_stored)
{
    const uint32_t count = node_child_count(node);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *fact = child_of(image, node, i);
        if (fact->op != NODE_FACT ||
            (is_stored && image->vocabulary->facts[fact->b].derived != FACT_NONE)) {
            return false;
        }
    }
    return node->type == TYPE_BOOL;
}

static bool has_number_types(const struct image *image, const struct node *node)
{
    const struct node *a = child_of(image, node, 0);
    const struct node *b = child_of(image, node, 1);
    switch (node->op) {
    case NODE_ADD:
    case NODE_SUBTRACT: return has_sum_types(node, a, b);
    case NODE_MULTIPLY: return has_product_types(node, a, b);
    case NODE_SHARE:
        return is_amount(node->type) && is_like(image, node, a) && is_amount(b->type) &&
               is_amount(child_of(image, node, 2)->type);
    case NODE_TIME_BETWEEN:
        return node->type == TYPE_DURATION && is_time(a->type) && is_time(b->type);
    default: return node->type == TYPE_INT && is_time(a->type) && is_time(b->type);
    }
}

static bool has_within_types(const struct image *image, const struct node *node)
{
    return node->type == TYPE_BOOL && is_time(child_of(image, node, 0)->type) &&
           is_time(child_of(image, node, 1)->type) &&
           child_of(image, node, 2)->type == TYPE_DURATION;
}

static bool has_param_types(const struct image *image, const struct node *node)
{
    const struct node *date = child_of(image, node, 0);
    return node->type == image->params[node->a].type &&
           (date->type == TYPE_NONE || is_time(date->type));
}

bool node_has_types(const struct image *image, uint32_t number)
{
    assert(image != NULL);
    assert(number < image->node_count);
    const struct node *node = &image->nodes[number];
    switch ((enum node_op)node->op) {
    case NODE_CONST: return node->type != TYPE_REF && node->type != TYPE_ENUMS;
    case NODE_VAR: return node->type == TYPE_REF;
    case NODE_FACT: return has_fact_types(image, node);
    case NODE_PARAM: return has_param_types(image, node);
    case NODE_ISSUE: return node->type == TYPE_BOOL && are_all(image, node, TYPE_REF);
    case NODE_ALL:
    case NODE_ANY:
    case NODE_NO: return node->type == TYPE_BOOL && are_all(image, node, TYPE_BOOL);
    case NODE_WITHIN: return has_within_types(image, node);
    case NODE_CONTESTED:
    case NODE_AT_STANDING: return has_facts(image, node, true);
    case NODE_PREDICATE: return has_facts(image, node, false);
    case NODE_MIN:
    case NODE_MAX: return has_extreme_types(image, node);
    case NODE_FIRST_KNOWN: return are_all_like(image, node);
    case NODE_CHOOSE: return has_choice_types(image, node);
    case NODE_SOME:
    case NODE_EVERY:
    case NODE_COUNT:
    case NODE_SUM:
    case NODE_LARGEST:
    case NODE_EARLIEST:
    case NODE_LATEST:
    case NODE_COVERED_DAYS: return has_list_types(image, node);
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_SHARE:
    case NODE_DAYS_BETWEEN:
    case NODE_BUSINESS_DAYS_BETWEEN:
    case NODE_TIME_BETWEEN: return has_number_types(image, node);
    case NODE_EQUAL:
    case NODE_UNEQUAL:
    case NODE_LESS:
    case NODE_AT_MOST:
    case NODE_MORE:
    case NODE_AT_LEAST:
    case NODE_ONE_OF:
    case NODE_HAS:
    case NODE_HAS_ONLY:
    case NODE_KNOWN:
    case NODE_ABSENT: return node->type == TYPE_BOOL;
    case NODE_OP_COUNT: break;
    }
    return false;
}

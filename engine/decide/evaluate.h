/*
 * Evaluation of conditions and expressions: one function for both.
 *
 * A result is a value whose standing is the weakest among the reads that decided it. Open (Kleene's
 * third value, and a number that cannot be known) is standing unknown; absent is standing absent;
 * no result is contested.
 */
#ifndef EVALUATE_H
#define EVALUATE_H

#include "workspace.h"

/*
 * Evaluate a node at the standard workspace->proof, with the records in workspace->vars.
 *
 * node     in range
 * returns  its value; its reads are noted in the open scope
 */
struct value evaluate(struct workspace *workspace, uint32_t node);

/* Evaluates a node of one operator. */
typedef struct value evaluator(struct workspace *workspace, const struct node *node);

/*
 * Who listens: called for each node in place of its evaluator, with the records in workspace->vars.
 * It calls the evaluator and gives back what that gave. Constants are not always heard; definitions
 * of derived facts are where the workspace does not remember their value, with a higher
 * workspace->depth. An indirect call, so that evaluation without a listener stays a jump.
 */
struct listener {
    struct value (*hear)(struct workspace *workspace, const struct node *node, evaluator *own);
};

/* Evaluate a condition. An absent truth value is false. */
enum kleene evaluate_condition(struct workspace *workspace, uint32_t node);

/* The date by which versions of parameters and rules are picked: a fact of the root, noted as read.
 * Of ANCHOR_NONE and ANCHOR_EVENT: the date of filing. */
struct value evaluate_anchor(struct workspace *workspace, enum anchor anchor);

/* A parameter, by the version that its anchor or the node `date` (or NODE_NONE) picks. */
struct value evaluate_param(struct workspace *workspace, uint32_t param, uint32_t date);

/* The operators of lists (SOME .. COVERED_DAYS) and of numbers (ADD .. TIME_BETWEEN, and the
 * comparisons); called by evaluate only. */
struct value evaluate_list(struct workspace *workspace, const struct node *node);
struct value evaluate_number(struct workspace *workspace, const struct node *node);
struct value evaluate_comparison(struct workspace *workspace, const struct node *node);

/* Evaluate an operand. Most are constants, and those need no call. */
static inline struct value evaluate_operand(struct workspace *workspace, uint32_t node)
{
    const struct node *at = &workspace->image->nodes[node];
    if (at->op == NODE_CONST && at->type != TYPE_TEXT) {
        return (struct value){
            .as.n = at->k, .unit = at->unit, .type = at->type, .standing = STANDING_ESTABLISHED};
    }
    return evaluate(workspace, node);
}

/* How two values are ordered. */
enum order { ORDER_LESS, ORDER_EQUAL, ORDER_MORE, ORDER_NONE /* cannot be compared */ };

/* Order two values that are known. Durations in business days compare with their like only. */
enum order value_order(const struct value *a, const struct value *b);

/* Seconds of a duration that needs no calendar; false if it needs one or does not fit. */
bool duration_seconds(int64_t *seconds, const struct value *value);

/* Order two values of one type that is but a number; any others by value_order. */
static inline enum order value_order_fast(const struct value *a, const struct value *b)
{
    const unsigned plain = 1u << TYPE_BOOL | 1u << TYPE_INT | 1u << TYPE_BPS | 1u << TYPE_MINUTES |
                           1u << TYPE_INSTANT | 1u << TYPE_ENUM | 1u << TYPE_REF;
    if (a->type == b->type && (plain >> a->type & 1u) != 0) {
        return a->as.n < b->as.n ? ORDER_LESS : a->as.n > b->as.n ? ORDER_MORE : ORDER_EQUAL;
    }
    return value_order(a, b);
}

/* An instant of a value of TYPE_INSTANT or TYPE_DATE (its midnight). */
int64_t value_instant(const struct value *value);

/* A result that is open. */
static inline struct value value_open(uint8_t type)
{
    return (struct value){.type = type, .standing = STANDING_UNKNOWN};
}

/* A result that is known not to exist. */
static inline struct value value_absent(uint8_t type)
{
    return (struct value){.type = type, .standing = STANDING_ABSENT};
}

/* The weaker of two standings of results; what was decided by an absent fact is established. */
static inline uint8_t weaker(uint8_t a, uint8_t b)
{
    const uint8_t least = a < b ? a : b;
    return least > STANDING_ESTABLISHED ? (uint8_t)STANDING_ESTABLISHED : least;
}

/* A truth value, decided by reads of which the weakest has `standing`. */
static inline struct value value_truth(bool is_true, uint8_t standing)
{
    return (struct value){
        .as.n = is_true, .type = TYPE_BOOL, .standing = weaker(standing, STANDING_ESTABLISHED)};
}

/* A result of a node's type. */
static inline struct value value_number(const struct node *node, int64_t n, uint16_t unit,
                                        uint8_t standing)
{
    return (struct value){.as.n = n, .unit = unit, .type = node->type, .standing = standing};
}

#endif

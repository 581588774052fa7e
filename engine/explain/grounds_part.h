/*
 * Parts of grounds: the values and the lists below a condition. Inside of explain only; readers use
 * grounds.h.
 */
#ifndef GROUNDS_PART_H
#define GROUNDS_PART_H

#include "grounds.h"

/* What a truth value is wanted to be; of other values, nothing in particular. */
enum want { WANT_FALSE = 0, WANT_TRUE = 1, WANT_NOTHING = 2 };

/* The rulebook that is explained. */
static inline const struct image *grounds_image(const struct grounds *grounds)
{
    return &grounds->tracing.ruling->rulebook->image;
}

/* The node of a condition. */
static inline const struct node *grounds_node(const struct grounds *grounds,
                                              const struct condition *condition)
{
    return &grounds_image(grounds)->nodes[condition->node];
}

/* Tell whether a condition is as it is wanted; what is open is not. */
static inline bool condition_is_met(const struct condition *condition, bool wanted)
{
    return kleene_of(condition->value) == (wanted ? KLEENE_TRUE : KLEENE_FALSE);
}

/* Tell whether a node joins conditions. */
static inline bool node_is_logic(const struct node *node)
{
    return node->op == NODE_ALL || node->op == NODE_ANY || node->op == NODE_NO;
}

/* Tell whether a node asks a condition of a list. */
static inline bool node_is_quantifier(const struct node *node)
{
    return node->op == NODE_SOME || node->op == NODE_EVERY;
}

/* Tell whether a node tests its first operand; predicates, and values that are themselves true or
 * false, do not. */
static inline bool node_is_test(const struct node *node)
{
    return (node->op >= NODE_EQUAL && node->op <= NODE_AT_STANDING) || node->op == NODE_ISSUE;
}

/* Add what an operand came to, and what it rests on. Constants stand in the sentence already.
 * returns the branch, or NULL if there is none */
struct branch *grounds_add_operand(struct grounds *grounds, struct branch *parent,
                                   const struct condition *operand, enum want want);

/* As grounds_add_operand, of what a test is about. For a reader it goes without its name, which the
 * sentence has. */
void grounds_add_subject(struct grounds *grounds, struct branch *parent,
                         const struct condition *operand, enum want want);

/* Add the limit that a value was compared with. */
void grounds_add_threshold(struct grounds *grounds, struct branch *parent,
                           const struct condition *limit);

/* Add the facts that an expression read; for a reader, the first few of them. */
void grounds_add_facts(struct grounds *grounds, struct branch *parent,
                       const struct condition *condition);

/*
 * Add what the records of a list made of `some` or `every`.
 *
 * wanted  the truth value that is wanted of the condition
 */
void grounds_add_elements(struct grounds *grounds, struct branch *parent,
                          const struct condition *condition, bool wanted);

#endif

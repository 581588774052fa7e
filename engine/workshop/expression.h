/*
 * Expressions: which rows are meant, as `--where 'ground=scope and overridden'` says it.
 *
 *     either = both { "or" both }        both = one { "and" one }
 *     one    = "not" one | "(" either ")" | FLAG | NAME ORDER VALUE
 *
 * ORDER is = != < <= > >=. A VALUE is a word, or anything between single quotes.
 */
#ifndef EXPRESSION_H
#define EXPRESSION_H

#include "diagnostic.h"

enum sense { SENSE_EQUAL, SENSE_UNEQUAL, SENSE_LESS, SENSE_AT_MOST, SENSE_MORE, SENSE_AT_LEAST };

/* What may stand in an expression; both lists end with NULL. */
struct expression_words {
    const char *const *names, *const *flags;
};

/* One comparison, or one flag. Texts are borrowed from the words. */
struct comparison_node {
    struct text name;
    bool is_flag;
    enum sense order;
    struct text value;
    bool is_number; /* the value is a whole number */
    int64_t number;
};

enum node_kind { NODE_TEST, NODE_NOT, NODE_AND, NODE_OR };
struct expression_node {
    enum node_kind kind;
    uint8_t left, right; /* nodes */
    struct comparison_node test;
};

#define EXPRESSION_NODES 64u

struct expression {
    struct expression_node nodes[EXPRESSION_NODES];
    unsigned count; /* 0: everything is meant */
    unsigned root;
};

/*
 * Read an expression.
 *
 * out      receives it; borrows from words
 * list     receives T0201
 * returns  OK, INVALID
 */
AMICUS_MUST_CHECK amicus_status expression_read(struct expression *out, const char *words,
                                                const struct expression_words *known,
                                                amicus_diagnostics *list);

/* Tell whether one comparison holds for the row at hand. */
typedef bool comparison_teller(void *context, const struct comparison_node *node);

/* Tell whether an expression holds. */
bool expression_holds(const struct expression *expression, comparison_teller *holds, void *context);

/* Tell whether a stands to b in an order. */
bool order_is_met(enum sense order, int64_t a, int64_t b);

/* Find an order at the start of words. returns what stands behind it; NULL if there is none */
const char *order_read(const char *words, enum sense *out);

#endif

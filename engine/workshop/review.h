/*
 * Review: how often people override suggestions, and which.
 */
#ifndef REVIEW_H
#define REVIEW_H

#include "expression.h"
#include "image.h"
#include "map.h"
#include "outline.h"
#include "score.h"

/* What rows are made of decisions. */
enum review_by { BY_RULE, BY_GROUND, BY_REVIEWER, BY_MONTH, BY_OUTCOME, BY_COUNT };
extern const char *const review_by_names[BY_COUNT + 1]; /* ended by NULL */

/* A decision in force. Texts are borrowed and live as long as the review. */
struct review_decision {
    struct text case_id, reviewer, month, reason;
    enum outcome suggested, outcome;
    bool is_override, is_on_burden;
    int64_t moved_minor;
    const struct text *rules, *grounds; /* that applied; of the case */
    size_t rule_count, ground_count;
};

/* One row. */
struct review_row {
    struct text name;
    uint64_t decisions, overrides;
};

struct review {
    struct arena *arena;
    enum review_by by;
    const struct expression *where;
    struct map *rows;
    uint64_t decisions, overrides, left_out; /* left_out: not in force */
    uint64_t burden_decisions, burden_overrides;
    struct agreement agreement; /* suggested, and decided */
};

/* The names and flags of --where. */
extern const struct expression_words review_words;

/* Start. where may be empty. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status review_start(struct review *out, struct arena *arena,
                                             enum review_by by, const struct expression *where);

/* Add a decision, if it is meant. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status review_add(struct review *review,
                                           const struct review_decision *decision);

/* The rows in the order of their names. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status review_sort(const struct review *review,
                                            const struct review_row ***out);

/* Write it: as an outline; as CSV with a heading; as an SVG plot that needs nothing else. A plot
 * shows the first forty rows. */
void review_write_outline(struct outline *outline, const struct review *review);
void review_write_csv(struct builder *builder, const struct review *review);
void review_write_svg(struct builder *builder, const struct review *review);

#endif

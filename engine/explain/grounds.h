/*
 * Grounds: a traced condition as branches: what is met, what stands in the way, and what would
 * help.
 */
#ifndef GROUNDS_H
#define GROUNDS_H

#include "outline.h"
#include "trace.h"

/* How an explanation of conditions is made. */
struct grounds {
    struct outline *outline;
    struct tracing tracing;
    unsigned depth;       /* levels of derived facts whose definitions are shown */
    bool is_brief;        /* for a reader: only what stands in the way is shown in full */
    bool is_nested;       /* below an obstacle: what is met there is no news to a reader */
    struct text place;    /* where the condition around is written, which is not said twice */
    amicus_status status; /* the first failure of a trace */
};

/*
 * Add a condition and what lies below it.
 *
 *   condition  it is as it is wanted, or was not needed; state: true, false, open, not needed
 *   obstacle   it is not; below it the facts that it read with their standing and evidence (read),
 *              its limit (threshold), how far from that (distance), what would do (wanted)
 *   record     of a list: what the condition says of one record
 *
 * condition  of a trace
 * wanted     the truth value that the declaration wants of it
 */
void grounds_add(struct grounds *grounds, struct branch *parent, const struct condition *condition,
                 bool wanted);

/* As grounds_add, but parts of a conjunction (or of a disjunction that must fail) stand by
 * themselves, each as a condition of its own. */
void grounds_add_parts(struct grounds *grounds, struct branch *parent,
                       const struct condition *condition, bool wanted);

/* Count the parts that grounds_add_parts adds, and those of them that stand in the way. */
struct grounds_count {
    uint32_t parts, obstacles;
};
struct grounds_count grounds_count(const struct image *image, const struct condition *condition,
                                   bool wanted);

/* Add the definition of a derived fact under the branch of its read. */
void grounds_add_definition(struct grounds *grounds, struct branch *parent,
                            const struct trace *trace);

#endif

/*
 * The work of a why-not: what its files share. Inside of explain only; readers use whynot.h.
 */
#ifndef WHYNOT_WORK_H
#define WHYNOT_WORK_H

#include "grounds.h"

struct whynot_work {
    struct grounds grounds;
    struct outline *outline;
    const struct amicus_ruling *ruling;
    const struct image *image;
    struct text name; /* that was asked for */
    bool found;
};

/* Remember the first failure. */
void whynot_fail(struct whynot_work *work, amicus_status status);

/* Add the branch of a declaration of the name that was asked for. */
struct branch *whynot_declared(struct whynot_work *work, const char *kind, struct text name,
                               struct text says);

/* Say which clause it rests on, and where it is written. */
void whynot_origin(struct whynot_work *work, struct branch *branch, text_at clause,
                   struct origin origin);

/* Add the branch of a record, with its verdict in one word. */
struct branch *whynot_on(struct whynot_work *work, struct branch *parent, uint32_t record,
                         const char *state, enum ink ink);

/* A state as programs read it (not_applied), or as people do. */
struct text whynot_state(const struct whynot_work *work, const char *code);

/* For a reader: make one branch of records of which the same is said, and count those beyond the
 * first few. */
void whynot_cap(struct whynot_work *work, struct branch *parent);

/* Say of a declaration without a record that the case has none. */
void whynot_nowhere(struct whynot_work *work, struct branch *parent);

/* Count the conditions of a trace and those in the way; and the same as a sentence. */
struct grounds_count whynot_obstacles(const struct whynot_work *work, const struct trace *trace);
struct text whynot_count(struct whynot_work *work, const struct trace *trace);

/* Add the conditions of a trace, exceptions last. */
void whynot_conditions(struct whynot_work *work, struct branch *parent, const struct trace *trace);

/* Add what has the name that was asked for: a rule or undercutter, an issue; and remedies, states,
 * flags. Each sets `found` if it has it. */
void whynot_add_rule(struct whynot_work *work);
void whynot_add_issue(struct whynot_work *work);
void whynot_add_guards(struct whynot_work *work);

#endif

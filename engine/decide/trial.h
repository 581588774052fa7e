/*
 * Trials: the same case decided once more with one thing changed, to see whether it matters.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include "workspace.h"

/* A value to put in the place of another. */
struct patch {
    uint32_t slot;
    struct value value;
};

/* What is different. Zero-initialised: nothing. */
struct change {
    const struct patch *patches;
    uint32_t patch_count;
    bool has_list;
    uint32_t kind;              /* whose empty list is complete */
    const uint32_t *reading_of; /* by version, or NULL: as in the base */
    const uint8_t *forced;      /* by result: label to take; or NULL: as in the base */
    struct listener *listener;  /* hears the trial's evaluation; NULL: nobody does */
    bool is_noted;              /* the trial notes what it reads, and costs as much as a decision */
};

/* The trials of one decision. */
struct trials {
    const struct workspace *base; /* what was decided; not changed */
    struct arena *scratch;        /* reused by each trial; opened by the first */
    uint32_t count;               /* run so far */
};

/*
 * Decide the base's case with a change. No trial makes trials of its own, so what the engine
 * computes after labelling (is_decisive) is false throughout.
 *
 * out      receives the decided workspace; good until the next trial
 * returns  OK, or what failed
 */
AMICUS_MUST_CHECK amicus_status trial_run(struct workspace *out, struct trials *trials,
                                          const struct change *change);

/* Close what trials hold. */
void trials_close(struct trials *trials);

/* Label and divide: what a decision and each trial of it do. returns workspace->status. */
AMICUS_MUST_CHECK amicus_status decide_workspace(struct workspace *workspace);

/* Tell whether two results of one item differ in outcome or money. */
bool item_differs(const struct item_result *a, const struct item_result *b);

#endif

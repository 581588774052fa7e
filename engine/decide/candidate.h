/*
 * The search for missing facts: candidates, and the trials of their values.
 */
#ifndef CANDIDATE_H
#define CANDIDATE_H

#include "trial.h"

/* A missing fact with what orders it. */
struct candidate {
    struct missing_result result;
    uint32_t slot;
    struct text path;
    bool is_held;    /* the sum that is held: without it nothing can be divided */
    bool is_awaited; /* an issue that its burden decided, or an open guard, waits for it */
};

struct search {
    struct workspace *workspace;
    struct trials *trials;
    struct candidate *candidates;
    size_t count, capacity;
    bool *is_seen; /* by slot */
};

/*
 * Try the values of each candidate, and then the values of those that changed nothing alone with
 * others that the same issue may wait for. Sets could_change, is_exact and at_stake_minor of
 * candidates, and is_decisive of the workspace.
 */
void probe_candidates(struct search *search);

#endif

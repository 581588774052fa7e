/*
 * Procedure: who must act next, what silence does, and what else to look at.
 */
#ifndef PROCEDURE_H
#define PROCEDURE_H

#include "workspace.h"

/* What the procedure says about a decided case. */
struct procedure {
    struct next_result next;
    struct fallback_result if_nobody_acts;
    struct flag_result *flags; /* in the workspace's arena */
    size_t flag_count, flag_capacity;
};

/* Fill in the procedure of a decided workspace. Failures go to its status. */
void procedure_find(struct procedure *procedure, struct workspace *workspace);

#endif

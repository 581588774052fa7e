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

/* Evaluate the guard of a fallback or of a flag for a record of its kind. */
enum kleene procedure_guard(struct workspace *workspace, uint8_t proof, uint32_t record,
                            uint32_t when);

/* Tell whether a fallback holds for some record; whether fallback a beats fallback b. */
bool fallback_holds(struct workspace *workspace, uint32_t row);
bool fallback_beats(const struct image *image, uint32_t a, uint32_t b);

#endif

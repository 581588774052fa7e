/*
 * Selection: which findings carry an outcome, and which speak against it.
 */
#ifndef SELECTION_H
#define SELECTION_H

#include "ruling.h"

/* Findings of one money item, by their numbers in the ruling. */
struct selection {
    uint32_t *why;     /* applied, on the side that was taken; most decisive first */
    uint32_t *against; /* on the other side: applied, defeated, undercut, waiting */
    uint32_t *issues;  /* the issue results that were walked, nearest to the remedy first */
    uint32_t why_count, against_count, issue_count;
};

/*
 * Select the findings of one item.
 *
 * out      receives the selection, in the arena
 * ruling   the ruling
 * item     index of the item
 * arena    where the lists live
 * returns  OK, MEMORY
 *
 * The walk starts at the issues that the taken remedy read, and goes on to the issues that a
 * carrying finding read. Inside an issue the higher layer comes first (law, platform, contract,
 * guidance, practice), then the rule's id.
 */
AMICUS_MUST_CHECK amicus_status selection_of(struct selection *out,
                                             const struct amicus_ruling *ruling, uint32_t item,
                                             struct arena *arena);

#endif

/*
 * Conflicts: what only a human can settle.
 */
#ifndef CONFLICT_H
#define CONFLICT_H

#include "trial.h"

/*
 * Find what contradicts itself: rules of equal rank on both sides of an issue, and published texts
 * that differ. Adds to conflicts of the workspace.
 *
 * trials   of this workspace, decided and with nothing decisive yet
 * differs  by item: set to true where the item would be decided otherwise if the contradiction were
 *          settled otherwise
 */
void conflict_find(struct workspace *workspace, struct trials *trials, bool *differs);

/* Refer the items that differ to a human, and say so of those whose remedies differ. */
void conflict_apply(struct workspace *workspace, const bool *differs);

#endif

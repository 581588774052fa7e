/*
 * Missing facts: what the ruling lacks, and whether it matters.
 */
#ifndef MISSING_H
#define MISSING_H

#include "trial.h"

/*
 * Find the facts that were looked at and did not count, try their values, and rank them by the
 * money that they move. Sets is_decisive of workspace for the items that one of them changes.
 *
 * out      receives the facts, in the workspace's arena; facts that cannot change anything last
 * count    receives how many
 * trials   of this workspace, which is decided and with nothing decisive yet
 */
void missing_find(struct missing_result **out, uint32_t *count, struct workspace *workspace,
                  struct trials *trials);

#endif

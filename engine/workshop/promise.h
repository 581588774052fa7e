/*
 * Promises: a test's word that its ruling stays the same when the case is told otherwise.
 */
#ifndef PROMISE_H
#define PROMISE_H

#include "suite_read.h"
#include "want.h"

/*
 * Try the promises of a test: make each twin of its case, decide it, and compare the rulings.
 *
 * out      receives a difference for each promise that is not kept
 * ruling   of the case itself
 * promises bits of enum case_twin
 * returns  OK; the first failure of the machine, or of a decision
 */
AMICUS_MUST_CHECK amicus_status promises_try(struct differences *out,
                                             const struct amicus_ruling *ruling, unsigned promises,
                                             amicus_diagnostics *list);

#endif

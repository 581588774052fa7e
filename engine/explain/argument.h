/*
 * The argument of a ruling, whole: item, issue, finding, fact, evidence, as an outline.
 */
#ifndef ARGUMENT_H
#define ARGUMENT_H

#include "outline.h"
#include "ruling.h"

/*
 * Lay out how a ruling was reached.
 *
 * outline  receives items with their remedies, then each issue with the findings that argued about
 *          it, each finding with the facts that it read, each fact with the evidence behind it
 * ruling   the ruling
 * name     the id of one rule, issue, remedy or flag, to see only that, with what did not apply;
 *          empty for all that applied or nearly did
 * returns  OK; NOT_FOUND if the rulebook has nothing of that name; MEMORY; JAIL
 */
AMICUS_MUST_CHECK amicus_status argument_of(struct outline *outline,
                                            const struct amicus_ruling *ruling, struct text name);

/* Head an outline with the case, its outcome, and the policy by which it was decided. */
void argument_heading(struct outline *outline, const struct amicus_ruling *ruling);

#endif

/*
 * The sheet of a case: every fact that somebody stated, with its standing, by section.
 */
#ifndef SHEET_H
#define SHEET_H

#include "case.h"
#include "outline.h"

/*
 * Lay out a case.
 *
 * outline   receives a branch for each section and record, in it a branch for each fact that was
 *           stated or is absent, and under a fact its statements, where they differ or come from
 *           a party
 * subject   the case
 * is_brief  facts that are absent for the same reason share one branch, for people; else each has
 *           its own
 * returns   OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status sheet_of(struct outline *outline, const struct amicus_case *subject,
                                         bool is_brief);

#endif

/*
 * Twins: the same dispute told otherwise, in ways that must not change its ruling.
 */
#ifndef CASE_TWIN_H
#define CASE_TWIN_H

#include "case.h"

enum case_twin {
    TWIN_EVIDENCE_ORDER = 0, /* the evidence, and what each statement cites, in reverse */
    TWIN_PARTY_NAMES = 1, /* other words wherever a name can stand: in free texts of several words
                             and in those that no rule on the merits may read */
    TWIN_SHIFT_DATES = 2, /* every instant and date moved by some days */
    TWIN_IRRELEVANT_FACT = 3, /* every fact that no rule on the merits may read, set to something */
    TWIN_COUNT
};

/* Name of a twin as a suite writes it ("evidence_order", ...). */
const char *case_twin_name(enum case_twin twin);

/*
 * Make a twin of a case. Record for record it is laid out as the case is, but for the evidence when
 * that is reversed.
 *
 * out      receives the case; ended by case_close; NULL on failure
 * base     borrowed: must outlive the new case
 * twin     which
 * days     of TWIN_SHIFT_DATES
 * list     receives the faults of the case that comes of it
 * returns  OK; INVALID; MEMORY; LIMIT
 */
AMICUS_MUST_CHECK amicus_status case_twin_of(struct amicus_case **out,
                                             const struct amicus_case *base, enum case_twin twin,
                                             int32_t days, amicus_diagnostics *list);

#endif

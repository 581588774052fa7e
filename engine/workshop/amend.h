/*
 * Amending: the text of a suite with what rulings are in place of what was wanted.
 */
#ifndef AMEND_H
#define AMEND_H

#include "exam.h"

/* What was amended. */
struct amendment {
    struct text text; /* the suite as it would be; lives in the arena */
    uint32_t done;    /* differences that it puts right */
    uint32_t left;    /* that only a person can */
};

/*
 * Amend a suite. Words of want: are replaced where they stand, and names are taken out of their
 * lists; everything else, comments and layout too, stays as it is. Tests that wait for something
 * are left alone.
 *
 * out      receives the text
 * arena    where it lives
 * bytes    of the suite, as it was read
 * exams    count of them, all of that suite, that were run
 * returns  OK; INVALID if the text as it would be is no suite of the same tests; MEMORY
 */
AMICUS_MUST_CHECK amicus_status suite_amend(struct amendment *out, struct arena *arena,
                                            struct text bytes, const struct exam *exams,
                                            uint32_t count);

#endif

/*
 * Citations of a ruling, held against the policy and the case. Private to verify*.c.
 */
#ifndef VERIFY_CITES_H
#define VERIFY_CITES_H

#include "ruling.h"
#include "yaml_tree.h"

struct cite_check {
    const struct amicus_case *subject;
    const struct image *image;
    struct arena *arena;
    uint32_t cites, findings;            /* how many were looked at; findings that cite anything */
    uint32_t unread;                     /* citations that their rule did not read */
    struct text first_rule, first_piece; /* of the first of these */
};

/*
 * Check the citations of every finding of a ruling.
 *
 * check    subject, image and arena are set, the rest is zero; receives the counts
 * ruling   as it was shown
 * returns  OK, also if some were not read; MEMORY
 */
AMICUS_MUST_CHECK amicus_status verify_cites(struct cite_check *check, const struct tree *ruling);

#endif

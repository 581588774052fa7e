/*
 * The comparison of two rulings: every value that differs, with its place.
 *
 * Rulings are compared as their JSON says them, not as structs, so that one that was read from a
 * file and one that was just made are compared alike, and a member that is added to the schema is
 * compared without a line of code.
 */
#ifndef RULING_DIFF_H
#define RULING_DIFF_H

#include "yaml_tree.h"

/* One value that differs. */
struct difference {
    struct text path;    /* "items[0].to_freelancer"; indices are those of the first ruling where it
                            has the value, else of the second */
    struct text said;    /* by the first, as JSON, perhaps cut; empty: it does not say it */
    struct text derived; /* by the second, likewise */
};

struct comparison {
    struct difference *differences; /* the first ones, in the order of the first ruling */
    uint32_t kept;                  /* how many are there */
    uint32_t count;                 /* how many there are in all */
    uint32_t compared;              /* values that both have */
    amicus_status status;           /* OK, MEMORY */
};

/*
 * Compare two rulings.
 *
 * Members of lists are matched by what they are about (rule, issue, item, record, fact, code,
 * evidence), not by their place, so that one that is missing is one difference.
 *
 * arena    where differences live
 * said     the first ruling
 * derived  the second
 * only     the members of the root that are compared, ended by NULL; NULL: all
 * left_out a member that is not compared wherever it stands, or NULL
 * returns  the comparison
 */
struct comparison ruling_compare(struct arena *arena, const struct tree *said,
                                 const struct tree *derived, const char *const *only,
                                 const char *left_out);

#endif

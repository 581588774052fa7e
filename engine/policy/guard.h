/*
 * Guards: which rows of an image a fact of the case as a whole can rule out, found from conditions.
 *
 * An index over an image, made anew whenever an image is compiled or read, and no part of its bytes
 * or of its digest: it says nothing that the conditions do not say.
 */
#ifndef GUARD_H
#define GUARD_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>

/* How many tests of one condition are used at most; further ones are left to the condition. */
#define GUARD_TESTS_MAX 4u

/* One step of a list's tree, in preorder: rows that are ruled out where its test is false, and so
 * are those of all steps before `end`. */
struct guard_step {
    uint32_t test; /* into tests; INDEX_NONE: a first step, which asks nothing */
    uint32_t end;  /* the first step that is not under this one */
    uint32_t first_place, place_count; /* into places */
    uint32_t kind;                     /* of its rows, all of one: what they range over */
    uint8_t proof;                     /* enum proof: the standard of its rows */
};

/* The steps of one list of rows. */
struct guard_list {
    uint32_t first, end;
    bool is_plain; /* no row of it has a guard */
};

/* The lists: one for each issue, by its row, and behind them these. */
enum guard_other { GUARD_REMEDIES = 0, GUARD_FALLBACKS, GUARD_FLAGS, GUARD_OTHER_COUNT };

struct guards {
    const uint32_t *tests; /* a node of each: a condition on facts of the root and constants */
    uint32_t test_count;
    const struct guard_step *steps;
    const uint32_t *places; /* of rows in their list: in that of an issue, from its first rule */
    const struct guard_list *lists;
    uint32_t list_count;
    uint32_t longest; /* rows of the longest list */
};

struct image;

/*
 * Find the guards of an image.
 *
 * A guard of a condition is one of the tests that stand first in its conjunction, as far as they
 * ask nothing but facts of the case as a whole, stored or defined without issues, against
 * constants. A rule with a period of its own has none, because its date is read before its
 * condition.
 *
 * image       every invariant of image_fault must hold; receives its guards
 * arena       keeps them
 * most_tests  of one condition; GUARD_TESTS_MAX, or fewer to see that guards change no ruling
 * returns     OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status guards_find(struct image *image, struct arena *arena,
                                            unsigned most_tests);

#endif

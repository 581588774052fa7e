/*
 * Suites: files of policy tests, amicus: suite/1, as data.
 *
 * A test names a case, what is different in it, and what its ruling must be. Reading looks at the
 * file alone; names of rules, facts and records are checked where rulebook and case are at hand.
 */
#ifndef SUITE_READ_H
#define SUITE_READ_H

#include "case_edit.h"
#include "case_twin.h"
#include "faults.h"
#include "ruling.h"

#define PROMISE_BIT(twin) (1u << (unsigned)(twin))

/* One test. */
struct suite_test {
    struct text name;
    struct place place;
    struct text case_path; /* relative to the suite's folder */
    struct place case_place;
    struct case_edit *edits; /* the suite's own first */
    uint32_t edit_count;
    const struct tree *params[2]; /* maps of the suite and of the test, or NULL: the latter wins */
    struct instants instants;
    const struct tree *want; /* a map, or NULL */
    struct text todo;        /* what it waits for; empty: nothing */
    struct place todo_place;
    unsigned promises; /* bits of enum case_twin */
    bool is_broken;    /* a fault of it was reported: it cannot be run */
};

struct suite {
    const char *file;
    struct text name;
    struct text policy, platform; /* folder relative to the suite's, or a platform; or neither */
    struct place policy_place;
    struct suite_test *tests;
    uint32_t test_count;
    struct arena *arena;
};

/*
 * Read a suite.
 *
 * out      receives the suite, with those tests broken that have a fault; ended by suite_close;
 *          NULL if no test can be read
 * file     how to name it in faults; copied
 * bytes    its text; must outlive the suite
 * list     receives C0101 to C0119 and T01xx, all at once
 * returns  OK, also with broken tests; INVALID; MEMORY; LIMIT
 */
AMICUS_MUST_CHECK amicus_status suite_read(struct suite **out, const char *file, struct text bytes,
                                           amicus_diagnostics *list);

/* Close a suite. NULL is allowed. */
void suite_close(struct suite *suite);

/* Write the name of a test as --run finds it: "scope / late change order". */
void suite_write_name(struct builder *builder, const struct suite *suite,
                      const struct suite_test *test);

/* The codes of this layer, T01xx. */
extern const struct code_table workshop_codes;

#endif

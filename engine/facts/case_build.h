/*
 * A case that is being built, and the steps of building it. Private to case*.c, standing.c and
 * value_read.c.
 *
 * Order of the steps: records (ids), statements, absences, standings, checks. Each needs those
 * before it.
 */
#ifndef CASE_BUILD_H
#define CASE_BUILD_H

#include "case.h"
#include "faults.h"
#include "map.h"

struct case_build {
    struct amicus_case *subject; /* its arrays are those below, seen as const */
    const struct vocabulary *vocabulary;
    struct arena *arena;
    struct faults faults;
    struct value *values;
    struct slot *slots;
    struct record *records;
    struct case_list *lists;
    struct statement *statements;
    size_t statements_capacity;
    uint32_t *cites;
    struct text *locators;
    uint32_t cite_count;
    size_t cites_capacity, locators_capacity;
    uint32_t *backing;
    uint32_t backing_count;
    size_t backing_capacity;
    uint8_t *evidence_tier;
    const struct tree **nodes; /* by record: the map that it was read from; NULL for the root */
};

/*
 * Build a case from its tree, which must live in the arena.
 *
 * out      receives the case, which owns the arena from now on; NULL unless OK
 * arena    still the caller's unless OK
 * root     a map
 * list     receives faults
 * returns  OK; INVALID; MEMORY; LIMIT
 */
AMICUS_MUST_CHECK amicus_status case_build_from(struct amicus_case **out, struct arena *arena,
                                                const struct vocabulary *vocabulary,
                                                const struct tree *root, amicus_diagnostics *list);

/* Read the whole tree of a case into records and statements. */
void case_build_tree(struct case_build *build, const struct tree *root);

/* Make the records of all lists, with ids, and their empty slots. returns false if memory failed.
 */
bool case_build_records(struct case_build *build, const struct tree *root);

/* Which list has this name ("deliveries"), or KIND_NONE. */
uint32_t case_list_kind(const struct vocabulary *vocabulary, struct text name);

/* Read the list of absent facts; statements must be there. */
void case_build_absent(struct case_build *build, const struct tree *absent);

/* Settle the value and standing of every slot; statements and absences must be there. */
void case_build_standings(struct case_build *build);

/* Check what no single value shows: one currency, amounts that fit together. */
void case_build_checks(struct case_build *build);

/*
 * Read one value by the type of its fact; reports what is wrong with it.
 *
 * out      receives the value, standing unknown
 * build    the case; its records have ids, so that refs resolve
 * fact     a stored fact
 * node     a scalar, or of a set a list of scalars
 * returns  false if it is no value of the fact
 */
bool value_read(struct value *out, struct case_build *build, const struct fact *fact,
                const struct tree *node);

/* Tell whether a section of this name holds stored facts of the root ("case", "contract"). */
bool case_is_section(const struct vocabulary *vocabulary, struct text name);

/* Tell whether a fact of the root belongs to a section. */
bool case_in_section(const struct fact *fact, struct text section);

#endif

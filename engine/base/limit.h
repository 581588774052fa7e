/*
 * Limits: every bound that amicus keeps, in one table, with its reason.
 *
 * This header must not be called limits.h: the compiler's own <limits.h> reaches the system's by a
 * search that begins at the layer folders, and would find ours.
 *
 * A bound is checked while reading, never after. Each has a test at n - 1, n and n + 1.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include <stddef.h>
#include <stdint.h>

enum limit {
    LIMIT_CASE_YAML_BYTES,
    LIMIT_CASE_JSON_BYTES,
    LIMIT_CASE_DEPTH,
    LIMIT_CASE_YAML_NODES,
    LIMIT_CASE_JSON_NODES,
    LIMIT_SCALAR_BYTES,
    LIMIT_CASE_ARENA_BYTES,
    LIMIT_DIAGNOSTICS, /* reported of one input, then "and n more" */
    LIMIT_VOCABULARY_BYTES,
    LIMIT_RULE_FILE_BYTES,
    LIMIT_RULE_FILE_LINE_BYTES,
    LIMIT_RULEBOOK_ARENA_BYTES,
    LIMIT_RULES,
    LIMIT_CONDITIONS,
    LIMIT_CONDITION_DEPTH,
    LIMIT_TEXT_BYTES, /* one text of a rule */
    LIMIT_LUA_MEMORY_BYTES,
    LIMIT_LUA_BLOCK_BYTES,
    LIMIT_LUA_STEPS_LOAD,
    LIMIT_LUA_STEPS_PREDICATE,
    LIMIT_LUA_STRING_BYTES,
    LIMIT_LUA_TABLE_ITEMS,
    LIMIT_LUA_MATCH_STEPS,
    LIMIT_LUA_MATCH_SUBJECT_BYTES,
    LIMIT_LUA_PATTERN_BYTES,
    LIMIT_JAIL_WALL_MS,
    LIMIT_JAIL_ANSWER_BYTES,
    LIMIT_JAIL_ADDRESS_BYTES,
    LIMIT_RULING_ARENA_BYTES,
    LIMIT_READINGS, /* combinations of published texts that disagree */
    LIMIT_TRIALS,   /* decisions made to find which unknown facts matter */
    LIMIT_UNKNOWNS, /* facts that are given values together, to see whether an issue needs them */
    LIMIT_COMPLETIONS,       /* evaluations of one issue with such values */
    LIMIT_TRIAL_COMPLETIONS, /* the same in all trials of one decision together */
    LIMIT_COUNT
};

/* One row of the table. */
struct limit_row {
    const char *name; /* "case_yaml_bytes" */
    int64_t value;
    const char *reason; /* one sentence */
};

/* Find the row of a limit. */
const struct limit_row *limit_find(enum limit limit);

/* The value of a limit. */
int64_t limit_of(enum limit limit);

#endif

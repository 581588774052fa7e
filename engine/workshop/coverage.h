/*
 * Coverage: what of a rulebook some rulings have tried.
 *
 * Measured by what a policy author writes, not by lines: rules that applied and did not, conditions
 * that came out true and false, clauses that carried something, facts that were read.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "ruling.h"

struct coverage {
    const struct amicus_rulebook *rulebook;
    struct arena *arena;
    uint8_t *seen;    /* by node: see struct instants */
    uint8_t *rules;   /* by rule: bits 1 << enum kleene of whether it applied */
    bool *provisions; /* by provision: cited by something that stood */
    bool *facts;      /* by fact: read */
};

/* How much of one measure was tried. */
struct share {
    uint32_t done, all;
};

struct coverage_count {
    struct share rules, conditions, clauses, facts;
};

/* Something that was not tried. */
struct gap_row {
    struct text what;   /* the rule, the condition in words, the clause, the fact */
    struct text origin; /* "common/breach.lua:77"; empty of a fact */
    const char *lacks;  /* "never applied" */
};

struct gap_rows {
    struct gap_row *rows;
    size_t capacity;
    uint32_t count;
};

/*
 * Start to cover a rulebook.
 *
 * arena    where everything lives
 * returns  NULL without memory
 */
struct coverage *coverage_of(struct arena *arena, const struct amicus_rulebook *rulebook);

/* Note what a ruling tried; its nodes were noted while it was made, in `seen`. The ruling is by the
 * rulebook or by an override of it. */
void coverage_note(struct coverage *coverage, const struct amicus_ruling *ruling);

/* Add what another coverage of the same rulebook holds. */
void coverage_merge(struct coverage *coverage, const struct coverage *other);

/* The least share of rules, conditions and clauses in hundredths of a percent; 10000 of nothing. */
uint32_t coverage_least(const struct coverage_count *count);

/*
 * Count, and list what was not tried: rules, conditions, clauses, facts, each in the order of the
 * image. Of clauses those count that some rule, remedy, flag or state names; of facts those that
 * some condition or expression names.
 *
 * out      receives the gaps
 * count    receives the shares
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status coverage_gaps(struct gap_rows *out, struct coverage_count *count,
                                              const struct coverage *coverage);

#endif

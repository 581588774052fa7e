/*
 * Flips: the smallest sets of changes that give another outcome or another division.
 *
 * A change is of one fact, which has another value, does not exist or is not known; or a piece of
 * evidence is left out. The search runs on trials of the decision (move.h). What it finds is made
 * into the edits that a person would type and decided again as a case of its own; so are its parts,
 * which must not flip. Only what passes that is shown.
 */
#ifndef FLIP_H
#define FLIP_H

#include "ruling.h"

enum { FLIP_PARTS = 3 };

/* One change, as it can be typed. */
struct flip_part {
    const char *option;    /* "set", "unset" or "without"; static */
    struct text edit;      /* PATH=VALUE, PATH, or the id of a piece of evidence */
    struct text path;      /* visible; of the fact, or the id */
    struct text says;      /* visible: "approve", "2025-05-06 00:00 UTC or later", "not known" */
    uint8_t standing;      /* of the fact as it is, enum standing; of evidence ESTABLISHED */
    bool is_denied;        /* the parties say different things of it */
    uint32_t record, fact; /* fact FACT_NONE: evidence */
};

struct flip {
    struct flip_part parts[FLIP_PARTS];
    uint32_t count;
    uint8_t outcome; /* what the case then gets */
    amicus_division totals;
    uint8_t weakest; /* standing of its weakest fact */
};

/* What is wanted of a search. */
struct flip_wish {
    uint32_t singles, pairs, triples; /* trials for sets of each size; 0: none */
    uint32_t most;                    /* flips that are decided again and kept */
    bool has_outcome;
    uint8_t outcome;   /* only flips to it */
    bool has_evidence; /* pieces of evidence are left out too, one by one */
};

/* How easily the ruling turns. */
enum stability { STABILITY_ROBUST, STABILITY_SENSITIVE, STABILITY_KNIFE_EDGE, STABILITY_OPEN };

struct flips {
    struct flip *all; /* fewest changes first, then the weakest facts */
    uint32_t count;
    uint32_t more;  /* found by trial, and not decided again */
    uint32_t facts; /* that were moved; of them so many matter alone: */
    uint32_t matter, inexact, left_out;
    uint32_t tried[FLIP_PARTS]; /* sets of each size that were decided or need not be */
    bool is_whole[FLIP_PARTS];  /* all sets of that size were */
    bool has_wish;              /* only one outcome was wanted: then there is no grade */
    bool is_proven;             /* no fact was inexact or left out */
};

/*
 * Search.
 *
 * out      receives what was found
 * ruling   borrowed for the call; made of a case that is kept with its tree
 * wish     what is wanted
 * arena    where everything lives
 * returns  OK, MEMORY, JAIL, INTERNAL
 */
AMICUS_MUST_CHECK amicus_status flips_find(struct flips *out, const struct amicus_ruling *ruling,
                                           const struct flip_wish *wish, struct arena *arena);

/* The grade, of a search for any outcome. OPEN: it was cut before one could be given. */
enum stability flips_grade(const struct flips *flips);

/* Its name: "robust", "sensitive", "knife-edge", "open". */
const char *stability_name(enum stability grade);

/* The grade with what it is counted from: "knife-edge: 1 fact, contested". */
struct text flips_stability(struct arena *arena, const struct flips *flips);

#endif

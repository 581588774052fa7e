/*
 * A footprint: what an evaluation looked at, while facts are given values to see what they change.
 *
 * Only the workspace of completions is followed (workspace.footprint). It is blind: nothing is
 * cited from it directly. What is kept is which facts did not count, and through which comparisons
 * the numbers among them act; cell.c makes from those the values that are worth trying.
 *
 * A number is `loose` in an operand until a comparison takes it: what a comparison says changes
 * only where the number passes a threshold. A number that reaches the rule without one (as the date
 * that picks a version, or in a predicate) may act in any way: it is `astray`.
 */
#ifndef FOOTPRINT_H
#define FOOTPRINT_H

#include "evaluate.h"

enum { MASK_WORDS = 4, MASK_BITS = 64 * MASK_WORDS, FOOTPRINT_ATOMS = 128 };

/* A set of unknown facts. An unknown's bit is its place, modulo all bits but the last; the last
 * stands for what no value can settle. Where two share a bit, more is taken to depend on them. */
struct mask {
    uint64_t word[MASK_WORDS];
};

/* A fact that did not count at some standard. */
struct unknown {
    uint32_t record, fact, slot;
    bool is_number; /* of a type whose values are ordered, and too many to try */
};

/* A comparison in which a number is loose, with what is needed to evaluate it again. */
struct atom {
    uint32_t node;
    uint32_t vars[VARS_MAX];
    uint32_t about;
    uint8_t proof;
    struct mask loose, touched;
};

/* A fact that was looked at while `at` was completed. */
struct looked {
    uint32_t record, fact;
    uint32_t at; /* result */
};

/* What is known of a derived fact or of a label without computing it again. */
struct memory {
    struct mask touched, loose;
};

struct footprint {
    struct listener listener; /* of the workspace: hears comparisons */
    struct value *values;     /* of the workspace, by slot: to be changed */
    struct unknown *unknowns; /* in the order in which they turned up */
    uint32_t unknown_count;
    uint32_t *number_of;  /* by slot: place in unknowns, and 1; 0: none */
    struct mask given;    /* unknowns that have a value now */
    struct mask numbers;  /* unknowns that are numbers */
    uint32_t *changed_at; /* by bit: the phase in which a value last changed */
    uint32_t sure_from;   /* nothing older than this phase holds */
    struct memory *cells; /* beside those of the workspace */
    struct memory *results;
    uint32_t *labelled; /* by result: the phase in which it was; 0: never */

    /* of the evaluation that runs */
    struct mask touched, loose, astray;
    bool asks_standing; /* asked how well something is known, which no value answers */
    bool is_uncovered;  /* a given number acts through a comparison that its values do not cover */
    bool is_stale;      /* an unknown turned up that was read before as known: evaluate again */
    struct atom atoms[FOOTPRINT_ATOMS];
    uint32_t atom_count;
    bool has_all_atoms;

    struct atom
        covered[FOOTPRINT_ATOMS]; /* comparisons of given numbers, whose values cover them */
    uint32_t covered_count;

    /* what was looked at so far */
    bool is_noting;  /* the decision itself is completed, no trial of it */
    uint32_t at;     /* the result that is */
    bool *is_seen;   /* by slot */
    uint8_t *proofs; /* by slot: bits of the standards at which it was looked at, if noting */
    struct looked *looked;
    uint32_t looked_count;
    uint64_t kinds, seen_kinds; /* bit sets of kinds whose list was empty; kinds above 63 share a
                                   bit; noted, and all */
};

/* What an operator interrupts: it collects anew, and hands back what was there. */
struct pause {
    struct mask touched, loose;
};

/* Put an unknown into a set. */
static inline void mask_add(struct mask *mask, uint32_t unknown)
{
    const uint32_t bit = unknown % (MASK_BITS - 1);
    mask->word[bit / 64] |= (uint64_t)1 << (bit % 64);
}

/* Take an unknown out of a set. */
static inline void mask_remove(struct mask *mask, uint32_t unknown)
{
    const uint32_t bit = unknown % (MASK_BITS - 1);
    mask->word[bit / 64] &= ~((uint64_t)1 << (bit % 64));
}

/* Whether an unknown is in a set. */
static inline bool mask_has(const struct mask *mask, uint32_t unknown)
{
    const uint32_t bit = unknown % (MASK_BITS - 1);
    return (mask->word[bit / 64] & ((uint64_t)1 << (bit % 64))) != 0;
}

/* Put all of another set into a set. */
static inline void mask_join(struct mask *mask, const struct mask *more)
{
    for (unsigned i = 0; i < MASK_WORDS; i++) {
        mask->word[i] |= more->word[i];
    }
}

/* Whether some unknown is in both sets. */
static inline bool mask_meets(const struct mask *a, const struct mask *b)
{
    bool meets = false;
    for (unsigned i = 0; i < MASK_WORDS; i++) {
        meets |= (a->word[i] & b->word[i]) != 0;
    }
    return meets;
}

/* Whether some unknown is in a and not in b. */
static inline bool mask_exceeds(const struct mask *a, const struct mask *b)
{
    bool exceeds = false;
    for (unsigned i = 0; i < MASK_WORDS; i++) {
        exceeds |= (a->word[i] & ~b->word[i]) != 0;
    }
    return exceeds;
}

/* Whether a set is empty. */
static inline bool mask_is_empty(const struct mask *mask)
{
    return (mask->word[0] | mask->word[1] | mask->word[2] | mask->word[3]) == 0;
}

/* The bit of a kind in a set of kinds. */
static inline uint64_t kind_bit(uint32_t kind)
{
    return (uint64_t)1 << (kind < 63 ? kind : 63);
}

/*
 * Set up the footprint of a workspace; its values are `values`, and can be changed.
 *
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status footprint_start(struct footprint *footprint,
                                                struct workspace *workspace, struct value *values);

/* Begin an evaluation. */
void footprint_begin(struct footprint *footprint);

/* Change a value; what was computed from it no longer holds. */
void footprint_set(struct workspace *workspace, uint32_t slot, const struct value *value);

/* Let nothing hold that was computed so far. */
void footprint_forget(struct workspace *workspace);

/* Note that the standing of a stored fact was asked for, whatever it is. */
void footprint_standing(struct workspace *workspace, uint32_t record, uint32_t fact);

/* Note that something was asked that no value answers. */
void footprint_ask(struct footprint *footprint);

/* Note that an empty list was looked at. */
void footprint_list(struct workspace *workspace, uint32_t kind);

/* Describe a comparison with the records that it is evaluated with, and nothing loose. */
struct atom footprint_atom(const struct workspace *workspace, uint32_t node);

/* Collect anew; and go on with what was there before, of which a comparison adds what it touched.
 */
void footprint_pause(struct footprint *footprint, struct pause *pause);
void footprint_take(struct footprint *footprint, const struct pause *pause);

/* A rule's own condition ends: numbers that are still loose are astray. */
void footprint_end_condition(struct footprint *footprint);

/* Keep what an evaluation collected since a pause, and read it again. */
void footprint_keep(struct memory *memory, struct footprint *footprint, const struct pause *pause);
void footprint_recall(struct footprint *footprint, const struct memory *memory);

/* Tell whether what was computed in a phase still holds. */
bool footprint_holds(const struct footprint *footprint, const struct memory *memory,
                     uint32_t phase);

#endif

/*
 * What a test wants of a ruling, and how a ruling differs from it.
 *
 * Only what is named is compared. The words of want: are looked at three times: its keys when the
 * suite is read, its names when the rulebook is there, its records and values when there is a
 * ruling.
 */
#ifndef WANT_H
#define WANT_H

#include "faults.h"
#include "ruling.h"

/* How the words of a suite could be put right from the ruling. */
enum amend {
    AMEND_NONE,    /* a person must say what is wanted */
    AMEND_REPLACE, /* write `got` in place of the word at `node` */
    AMEND_DROP     /* take `node` out of its list */
};

/* One thing in which a ruling is not as wanted. */
struct difference {
    struct text label;       /* "outcome", "M1 to_freelancer", "findings" */
    struct text want, got;   /* want: empty where `got` says it all */
    struct text delta;       /* of money: "-USD 600.00"; else empty */
    const struct tree *node; /* of the suite's want:, or NULL */
    const struct tree *list; /* to drop: in which it stands */
    uint32_t rule;           /* that should have applied and did not; else INDEX_NONE */
    uint32_t record;         /* about which it should have; RECORD_NONE: any */
    uint8_t amend;           /* enum amend */
};

struct differences {
    struct difference *items;
    size_t capacity;
    uint32_t count;
    struct arena *arena; /* where their texts live */
    bool failed;         /* memory ran out */
};

/* Add a difference; its texts must live as long as the arena. */
void differences_add(struct differences *differences, const struct difference *difference);

/* Report keys of want: that mean nothing. returns true if it is a map */
bool want_check_keys(struct faults *faults, const struct tree *want);

/* Report names in want: that the rulebook does not have, and values that no ruling can have. */
void want_check(struct faults *faults, const struct image *image, const struct tree *want);

/* What is compared. */
struct comparison {
    const struct amicus_ruling *ruling;
    struct differences *out;
    struct faults *faults; /* receives T0108: records and facts that the case does not have */
};

/* Compare a ruling with what is wanted of it; want passed want_check. */
void want_compare(const struct comparison *comparison, const struct tree *want);

/* A rule that is named in a want:, perhaps for one record: "sc.outside_terms on M1". */
struct named_rule {
    uint32_t rule;  /* INDEX_NONE: there is none of that name */
    struct text id; /* of the rule, as written */
    struct text on; /* of the record; empty: any */
};

/* Read the name of a rule. */
struct named_rule named_rule_of(const struct image *image, struct text text);

/* Find what the engine calls a flag that no rulebook declares; false if it does not. */
bool flag_is_engine(struct text code);

#endif

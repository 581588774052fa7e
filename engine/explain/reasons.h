/*
 * Reasons: a ruling as a reviewer reads it, in the order of reading, as data.
 *
 * The ruling first, then why, then what speaks against it, then what is missing. What is shown and
 * in which order is decided here; how it is set on a page is render_text's business. Every text is
 * visible (layout_visible) and lives in the arena that was passed.
 */
#ifndef REASONS_H
#define REASONS_H

#include "exhibit.h"
#include "flip.h"

/* What a reason rests on: a piece of evidence, or a fact that has none behind it. */
struct ground {
    struct exhibit exhibit; /* its id is empty: it is a fact */
    struct text path, value;
    struct text standing;
    enum ink ink;
    uint32_t seen; /* the number of the earlier reason that quotes it already; 0: none does */
};

/* One finding, remedy, flag or conflict. */
struct reason {
    struct text says, rule, clause;
    struct text state;   /* empty for what carries the outcome; else "waiting", "defeated by ..." */
    struct text records; /* "segments[1], segments[2] and 2 more", if it is said of several */
    struct text named;   /* those of them that are named */
    struct text rests;   /* "2 and 3": numbers of the reasons in its list that it rests on */
    uint32_t finding;    /* of the ruling, if it is one's and not a remedy's */
    uint32_t record, record_count; /* the first record that it is said of, and how many */
    struct ground *grounds;
    uint32_t ground_count, ground_more; /* more: how many were left out */
};

/* Reasons in the order of reading. */
struct reason_list {
    struct reason *reasons;
    uint32_t count, more;
};

/* What was decided on one money item, or on several of which all is the same. */
struct passage {
    struct text items;               /* "M1" or "M1, M2"; "case" where the case names no items */
    uint32_t first_item, item_count; /* of the ruling */
    struct text outcome, division;
    struct text because; /* the remedy in a sentence; empty if that is a reason of its own */
    struct text burden;  /* empty unless an issue that could change the outcome was decided by it */
    uint32_t burden_issue; /* the issue result of the ruling that burden is about */
    struct reason_list why, against;
};

/* A fact that the ruling lacks. */
struct gap {
    struct text path, effect, question, ask;
    bool could_change;
    uint32_t missing; /* of the ruling */
};

/* A change that would give another result. */
struct turn {
    struct text says, effect;
};

struct reasons {
    struct text id, grounds, held, policy, as_of; /* the heading */
    struct text outcome, division;                /* of the whole case */
    struct text rival; /* an outcome on the other side that the policy has; "" if it has none */
    struct text stage; /* where the procedure stands; "" if no state says it */
    struct text next, if_nobody_acts; /* empty if nothing is to be done */
    struct passage *passages;
    uint32_t passage_count;
    struct reason_list conflicts, flags;
    struct gap *gaps;
    uint32_t gap_count, gap_more;
    struct text stability; /* empty unless reasons_add_flips was called */
    struct turn *turns;    /* the first flips */
    uint32_t turn_count;
    struct text turn_note; /* how far they were searched */
};

/*
 * Put a ruling in the order of reading. Calls ruling_fill.
 *
 * out      receives the reasons
 * ruling   the ruling
 * arena    where everything lives
 * returns  OK, MEMORY, JAIL
 */
AMICUS_MUST_CHECK amicus_status reasons_of(struct reasons *out, const struct amicus_ruling *ruling,
                                           struct arena *arena);

/* Add what would change the ruling, and how easily it turns. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status reasons_add_flips(struct reasons *reasons,
                                                  const struct amicus_ruling *ruling,
                                                  const struct flips *flips, struct arena *arena);

/* How money is divided, in words: "USD 900.00 to the freelancer, USD 300.00 to the client". */
struct text reasons_division(struct arena *arena, const amicus_division *division,
                             uint16_t currency);

#endif

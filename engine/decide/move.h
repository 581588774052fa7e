/*
 * Moves: what a fact that was looked at could be instead, one value for each way in which the
 * decision could go on, and what follows of each alone.
 *
 * A fact of few values has a move for each of them, one for absence and one for not being known. A
 * number has one for each cell between the thresholds that it is compared with: the value of the
 * cell that lies nearest to what it is.
 */
#ifndef MOVE_H
#define MOVE_H

#include "cell.h"
#include "trial.h"

enum { MOVE_FACTS = 192, MOVE_WORDS = MOVE_FACTS / 64 };

/* One value of one fact. */
struct move {
    uint32_t at;              /* the fact's place among the moved ones */
    struct value value;       /* established; absent; or unknown: nobody says */
    int64_t least, most;      /* of a number: its cell, within which all is the same */
    bool has_least, has_most; /* the cell ends on that side */
    uint64_t key; /* what follows, in short: moves with one key give outcomes and money alike */
    uint64_t reads[MOVE_WORDS]; /* places of the facts that the decision then looks at */
};

/* A fact that can be moved. */
struct moved {
    uint32_t record, fact, slot;
    uint8_t standing; /* as it is */
    bool is_exact;    /* its moves are all that can make a difference */
    bool is_leaking;  /* it is a sum or a date that enters the result itself: only outcomes count */
    uint32_t first, count; /* into moves */
};

struct moves {
    struct moved *facts;
    uint32_t fact_count;
    uint32_t left_out; /* facts beyond MOVE_FACTS, or of types that cannot be tried */
    struct move *all;
    size_t count, capacity;
    uint64_t key;        /* of the decision as it is */
    bool is_cut;         /* the trials ran out: facts behind have no moves */
    bool *is_listed;     /* by slot */
    uint32_t *record_of; /* by slot, and fact_of: whose fact it is */
    uint32_t *fact_of;
    struct arena *arena;
    struct trials trials;
};

/*
 * Find the facts that a ruling looked at and the moves of each, with what follows.
 *
 * out      receives them; ended by moves_close
 * ruling   borrowed; must outlive them
 * trials   the most that may be made
 * arena    where they live
 * returns  OK, MEMORY, JAIL, INTERNAL
 */
AMICUS_MUST_CHECK amicus_status moves_find(struct moves *out, const struct amicus_ruling *ruling,
                                           uint32_t trials, struct arena *arena);

/*
 * Find all moves of one stored fact, also one that was not looked at, and that of the cell in which
 * it lies.
 *
 * out, ruling, arena, returns  as moves_find
 * record, fact                 a fact of that record
 */
AMICUS_MUST_CHECK amicus_status moves_of_fact(struct moves *out, const struct amicus_ruling *ruling,
                                              uint32_t record, uint32_t fact, struct arena *arena);

/* List the stored facts that a ruling looked at and that can be moved, weak ones first. Private to
 * move*.c. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status moves_list(struct moves *moves, const struct amicus_ruling *ruling);

/* Add the facts that the last trial looked at and nothing before it. Private likewise. */
void moves_list_tried(struct moves *moves);

/* Close what they hold besides their arena. */
void moves_close(struct moves *moves);

/*
 * Make several moves of different facts together.
 *
 * key      receives what follows
 * chosen   count of them, places in moves->all; at most 3
 * returns  as moves_find
 */
AMICUS_MUST_CHECK amicus_status moves_try(uint64_t *key, struct moves *moves,
                                          const uint32_t *chosen, uint32_t count);

/* The outcome of the whole case that a key stands for, an enum outcome. */
uint8_t moves_outcome(uint64_t key);

/* Tell whether a key that several facts' moves gave is a change; facts that leak count by outcome.
 */
bool moves_differ(const struct moves *moves, const uint32_t *chosen, uint32_t count, uint64_t key);

#endif

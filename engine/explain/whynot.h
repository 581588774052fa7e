/*
 * Why not: what kept a rule, a remedy, an issue, a flag or a state from holding, record by record.
 */
#ifndef WHYNOT_H
#define WHYNOT_H

#include "outline.h"
#include "ruling.h"

/* How much is told. */
struct whynot_view {
    unsigned depth; /* levels of derived facts whose definitions are shown */
    bool is_brief;  /* for a reader: what is met is one line */
};

/*
 * Lay out why something of the policy did not hold, or that it did and what became of it.
 *
 * outline  receives, under a heading, a branch for each declaration of the name, in it a branch
 *          "on" for each record with the verdict, and in that its conditions (grounds.h)
 * ruling   the ruling; it is not changed, but must not be used by another thread meanwhile
 * name     of a rule, undercutter, issue, remedy, outcome (its remedies), state, flag or derived
 * fact returns  OK; NOT_FOUND if the rulebook has nothing of that name; MEMORY; JAIL
 */
AMICUS_MUST_CHECK amicus_status whynot_of(struct outline *outline,
                                          const struct amicus_ruling *ruling, struct text name,
                                          struct whynot_view view);

#endif

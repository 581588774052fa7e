/*
 * What if: outlines of two rulings side by side, of flips, and of the ways that contested facts
 * can go.
 */
#ifndef WHATIF_H
#define WHATIF_H

#include "flip.h"
#include "outline.h"

/*
 * Put two rulings side by side: outcomes, items that differ, what became of issues and findings,
 * and the money that moved.
 *
 * outline  started; receives it
 * before   the ruling as it is
 * after    of the edited case; its records need not be those of the other
 * returns  OK, MEMORY, JAIL
 */
AMICUS_MUST_CHECK amicus_status whatif_compare(struct outline *outline,
                                               const struct amicus_ruling *before,
                                               const struct amicus_ruling *after);

/* Write flips, the smallest first, and how far the search went. */
void whatif_flips(struct outline *outline, const struct amicus_ruling *ruling,
                  const struct flips *flips);

/* Add one line: outcome and division. returns the branch */
struct branch *whatif_add_outcome(struct outline *outline, struct branch *parent, const char *kind,
                                  const struct amicus_ruling *ruling);

/*
 * Decide a case with every contested fact on each side's version, and tell the least and the most
 * that the freelancer gets, and which fact moves most.
 *
 * outline  started; receives it
 * ruling   the ruling as it is
 * returns  OK, MEMORY, JAIL, INTERNAL
 */
AMICUS_MUST_CHECK amicus_status whatif_range(struct outline *outline,
                                             const struct amicus_ruling *ruling);

/* What a fact is swept over. */
struct sweep {
    struct text path, from, to, step; /* as typed; step empty: at the thresholds */
    struct place place;               /* to name in faults */
};

/*
 * Decide a case with a number, a date or an amount going from one value to another, and tell the
 * intervals in which outcome and division are the same.
 *
 * outline  started; receives them
 * ruling   the ruling as it is
 * list     receives C0180 to C0184 and the faults of edited cases, C0185 for a sweep that is none
 * returns  OK, INVALID, MEMORY, JAIL, INTERNAL, LIMIT
 */
AMICUS_MUST_CHECK amicus_status whatif_sweep(struct outline *outline,
                                             const struct amicus_ruling *ruling,
                                             const struct sweep *sweep, amicus_diagnostics *list);

/* Write flips and their grade beside a ruling as JSON (schema amicus.brief/1), indented or not. */
void whatif_write_brief(struct builder *builder, const struct amicus_ruling *ruling,
                        const struct flips *flips, bool is_indented);

#endif

/*
 * Remedies: from labels to an outcome and a division for each money item.
 */
#ifndef REMEDY_H
#define REMEDY_H

#include "workspace.h"

/*
 * Decide every money item, or the case as one if it names none. Fills items. May be called again
 * after is_decisive has changed (raise the phase before).
 *
 * A division that would not conserve the money held fails with INTERNAL.
 */
void remedy_decide(struct workspace *workspace);

/* Ask also what a guard of the case ruled out, for whoever listens for marks. It changes nothing.
 * After remedy_decide. */
void remedy_complete(struct workspace *workspace);

/* Evaluate the guard of a remedy for an item; false if it does not speak of such items. */
enum kleene remedy_guard(struct workspace *workspace, uint32_t row, uint32_t record);

/* Tell whether remedy a outranks remedy b: a higher stratum, or `beats` inside one. */
bool remedy_outranks(const struct image *image, uint32_t a, uint32_t b);

/* Let an item be decided by a human: nothing is divided. */
void remedy_refer(struct workspace *workspace, struct item_result *item);

/* Mark the items whose outcome rests on an issue that its burden decided. After labelling by
 * facts. */
void remedy_mark_burden(struct workspace *workspace);

/* The outcome of the whole case from those of its items. */
enum outcome remedy_outcome(const struct item_result *items, uint32_t count);

/* Add up the divisions of all items; INTERNAL if the sum does not fit or money is not conserved. */
AMICUS_MUST_CHECK amicus_status remedy_totals(amicus_division *totals,
                                              const struct item_result *items, uint32_t count);

/* Tell whether a division keeps the money together: no part negative, and all parts the whole. */
bool division_is_conserved(const amicus_division *division);

#endif

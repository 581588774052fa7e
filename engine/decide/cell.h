/*
 * Cells: the finitely many values of a fact that are worth trying, because every other one acts as
 * one of them does.
 *
 * A truth value or a member of a list is a cell of its own. The values of a number fall into cells
 * between the thresholds that it is compared with. Used wherever a fact is given a value to see
 * what follows: completions, missing facts, flips.
 */
#ifndef CELL_H
#define CELL_H

#include "workspace.h"

enum { CELLS_MOST = 64 };

/* One established value of each cell, and last that the fact is absent. */
struct cells {
    struct value values[CELLS_MOST];
    uint32_t count;
    bool is_exact; /* every value that the fact can have acts as one of these; else there are none,
                      or too many, or it acts in a way that thresholds do not tell */
};

/*
 * The cells of a fact whose values are few: a truth value, a member of a list, a small set of them,
 * a reference to one of the records. Without values, and not exact, for any other.
 *
 * cells  receives them
 * fact   a stored fact
 */
void cells_of_few(struct cells *cells, const struct workspace *workspace, uint32_t fact);

/*
 * The cells of a number, by the comparisons in which the last evaluation of a followed workspace
 * found it loose (footprint.h). The comparisons are evaluated at points between which they change,
 * so that any expression in which the number only rises or only falls has its thresholds found;
 * other numbers in it must be known.
 *
 * cells      receives them
 * workspace  followed; its values are used and left as they were, its footprint is not
 * unknown    place in the footprint's unknowns, of a number. What its cells cover is added to
 * covered
 */
void cells_of_number(struct cells *cells, struct workspace *workspace, uint32_t unknown);

/* Whether an expression can depend on the number that a fact is, of whatever record. */
bool cells_depend(const struct image *image, uint32_t node, uint32_t fact);

#endif

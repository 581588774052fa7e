/*
 * A census: rulings, counted into figures by one thread.
 */
#ifndef CENSUS_H
#define CENSUS_H

#include "figures.h"
#include "shelf.h"

struct census;

/* Open a census; it lives in the arena, which also takes its figures. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status census_open(struct census **out, const struct bookshelf *shelf,
                                            struct arena *arena);

/* Count a ruling by a book of the shelf. returns OK, MEMORY, INTERNAL */
AMICUS_MUST_CHECK amicus_status census_note(struct census *census, uint32_t book,
                                            const struct amicus_ruling *ruling);

/* What was counted; others may count into it. */
struct figures *census_figures(struct census *census);

#endif

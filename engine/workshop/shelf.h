/*
 * The shelf: the rulebooks by which a batch decides, all loaded before the first case.
 */
#ifndef SHELF_H
#define SHELF_H

#include "ruling.h"

#define SHELF_MAX 64u

/* The rulebook of a platform. */
struct shelf_book {
    struct text platform; /* empty: of every platform */
    const struct amicus_rulebook *rulebook;
};

struct bookshelf {
    struct shelf_book books[SHELF_MAX]; /* in the order of their platforms */
    uint32_t count;
    const struct vocabulary *vocabulary; /* by which a case is read first */
    struct instants instants;
};

/* Find the rulebook of a case; SHELF_MAX if there is none. */
uint32_t shelf_find(const struct bookshelf *shelf, const struct amicus_case *subject);

/* The platform that a case names; empty if it does not. */
struct text shelf_platform(const struct amicus_case *subject);

#endif

/*
 * Figures: what a batch counts, so that the sum of any parts is the same as the whole.
 *
 * Only counts and sums of money, under names such as "outcome/release_full/USD". Nothing that
 * depends on order, and no fractions; those are made when a report is printed.
 */
#ifndef FIGURES_H
#define FIGURES_H

#include "map.h"
#include "yaml_tree.h"

#include "amicus/ruling.h"

/* A sum of amounts in minor units, 0 or more: high * 10^18 + low. */
struct sum {
    uint64_t high, low;
};

enum { SUM_HELD, SUM_FREELANCER, SUM_CLIENT, SUM_FEES, SUM_STAYS, SUM_COUNT };

/* One figure. */
struct figure {
    struct text name;
    uint64_t count;
    struct sum sums[SUM_COUNT];
};

/* The sum mod 2^128 of hashes: which things there are, whatever their order. */
struct tally_hash {
    uint64_t high, low;
};

struct figures {
    struct arena *arena;
    struct map *rows; /* name to struct figure */
    uint64_t lines;   /* everything that was looked at */
    struct tally_hash hash;
};

/* Start empty figures. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status figures_start(struct figures *figures, struct arena *arena);

/* Find a figure or add it; its place does not change. NULL if memory fails. The name is copied. */
struct figure *figures_row(struct figures *figures, struct text name);

/* The count of a figure; 0 if it does not exist. */
uint64_t figures_count(const struct figures *figures, const char *name);

/* Count one case with its money, none of which is negative. */
void figure_add(struct figure *figure, const amicus_division *division);

/* Add sums and hashes. */
void sum_add(struct sum *sum, const struct sum *other);
void hash_add(struct tally_hash *hash, struct tally_hash other);

/* Tell whether a sum is 0; order two. */
bool sum_is_zero(const struct sum *sum);
int sum_order(const struct sum *a, const struct sum *b);

/* How many thousandths `part` is of `whole`, rounded down; 0 of nothing. */
unsigned sum_permille(const struct sum *part, const struct sum *whole);

/* Write a sum in decimal; as an amount with its currency "USD 1200.00"; the same grouped for
 * people, "1,200.00". */
void sum_write(struct builder *builder, const struct sum *sum);
void sum_write_money(struct builder *builder, const struct sum *sum, uint16_t currency);
void sum_write_grouped(struct builder *builder, const struct sum *sum, uint16_t currency);

/* Add an id to the hash; a line without one by its place. returns OK, INTERNAL */
AMICUS_MUST_CHECK amicus_status figures_note_id(struct figures *figures, struct text id);
AMICUS_MUST_CHECK amicus_status figures_note_place(struct figures *figures, uint32_t file,
                                                   uint64_t offset);

/* Write a hash as 32 hex digits. */
void hash_write(struct builder *builder, struct tally_hash hash);

/* Add all of other figures. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status figures_merge(struct figures *figures, const struct figures *other);

/* All rows, sorted by the bytes of their names. NULL if memory fails. */
const struct figure **figures_sorted(const struct figures *figures, size_t *count,
                                     struct arena *arena);

/* Write the rows as a JSON array, sorted: [["name",count,held,...],...]; sums only if there are. */
void figures_write_json(struct builder *builder, const struct figures *figures);

/* Add what figures_write_json wrote. returns OK; INVALID; MEMORY */
AMICUS_MUST_CHECK amicus_status figures_take_json(struct figures *figures, const struct tree *rows);

/* Read a whole number of decimal digits. returns false if it is none or does not fit */
bool number_read(uint64_t *out, struct text text);

/* Read 32 hex digits. returns false if they are none */
bool hash_read(struct tally_hash *out, struct text text);

#endif

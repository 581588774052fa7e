/*
 * The tables of an image, in the order in which they lie in its block: what the compiler fills, the
 * seal copies and a kept file holds.
 */
#ifndef IMAGE_TABLE_H
#define IMAGE_TABLE_H

#include "image.h"

/* The order is that of the block and of kept files. */
enum table {
    TABLE_NODES = 0,
    TABLE_ARGS,
    TABLE_INDICES,
    TABLE_HOLIDAYS,
    TABLE_TEMPLATES,
    TABLE_PIECES,
    TABLE_FILES,
    TABLE_SOURCES,
    TABLE_PROVISIONS,
    TABLE_PARAMS,
    TABLE_VERSIONS,
    TABLE_READINGS,
    TABLE_CALENDARS,
    TABLE_ISSUES,
    TABLE_ISSUE_ORDER,
    TABLE_RULES,
    TABLE_REMEDIES,
    TABLE_FALLBACKS,
    TABLE_FLAGS,
    TABLE_NEXTS,
    TABLE_DERIVED,
    TABLE_DERIVED_OF,
    TABLE_PREDICATES,
    TABLE_OUTCOME_RANKS,
    TABLE_POOL, /* the texts: bytes */
    TABLE_COUNT
};

/* Size of one row of a table, in bytes. */
size_t table_row_bytes(enum table table);

/* Bytes that a table takes in a block: rows rounded up, so that the next one is aligned. */
size_t table_block_bytes(enum table table, size_t count);

/* The rows of a table in an image. */
const void *image_table_rows(const struct image *image, enum table table);

/* How many rows a table of an image has; those without a count of their own have that of what they
 * stand beside: issues, facts, outcomes. The vocabulary must be set. */
uint32_t image_table_count(const struct image *image, enum table table);

/* Point an image at the rows of a table. A table without a count of its own ignores count. */
void image_table_set(struct image *image, enum table table, const void *rows, uint32_t count);

/*
 * Digest what an image says, its vocabulary first: see seal.c.
 *
 * out      receives 32 bytes
 * image    every invariant of image_fault must hold
 * returns  OK; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status image_digest_of(uint8_t out[32], const struct image *image);

#endif

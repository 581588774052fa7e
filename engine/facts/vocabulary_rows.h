/*
 * The form of a kept vocabulary. Private to vocabulary_pack.c and vocabulary_unpack.c; what it
 * means stands in vocabulary_pack.c.
 */
#ifndef VOCABULARY_ROWS_H
#define VOCABULARY_ROWS_H

#include "vocabulary.h"

/* The head of the file: a mark and the version of the engine, in 16 bytes. */
#define KEPT_MARK     "AMV1" AMICUS_VERSION
#define KEPT_MARK_MAX 16u
#define KEPT_KEY      64u
#define KEPT_HEAD_AT  (KEPT_MARK_MAX + KEPT_KEY)

/* A text of the pool; a NUL stands behind it. */
struct kept_text {
    uint32_t at, length;
};

/* A kind; numbers of facts are those of the file. */
struct kept_kind {
    struct kept_text list, one;
    uint32_t base;
    uint32_t owner_path[3];
    uint8_t is_union, is_recorded, is_evidence, pad;
};

/* A fact, but for what its place among the others gives. */
struct kept_fact {
    struct kept_text path, name, unit, meaning, question;
    uint32_t kind, ref_kind;
    uint32_t first_member, member_count;
    uint16_t knows;
    uint8_t type, is_derived, is_id, needs_finding, no_merits, helps_true, helps_false;
    uint8_t pad[3];
};

/* A member of an enum. */
struct kept_member {
    struct kept_text name;
    uint32_t helps;
};

/* A tier of the ranking. */
struct kept_tier {
    uint32_t first_test, test_count;
};

/* The parts of the block, in their order. */
enum part { PART_KINDS, PART_FACTS, PART_MEMBERS, PART_TIERS, PART_TESTS, PART_ROOTS, PART_POOL };
enum { PART_COUNT = PART_POOL + 1 };

/* Size of a row of a part. */
size_t kept_row_bytes(enum part part);

/* Bytes that the rows of a part take: rounded up, so that the next part is aligned. */
size_t kept_part_bytes(enum part part, size_t count);

/* What stands before the block. */
struct kept_head {
    uint32_t counts[PART_COUNT];
    uint32_t item_kind, evidence_kind, pad;
    struct roles roles;
    struct evidence_test void_test, seen_test;
};

/* Padding inside rows would go into the file as it happens to be. */
_Static_assert(sizeof(struct kept_fact) == 68, "kept facts have no hidden padding");
_Static_assert(sizeof(struct kept_kind) == 36, "kept kinds have no hidden padding");

#endif

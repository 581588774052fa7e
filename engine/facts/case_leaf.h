/*
 * Leaves of a written case: one slot with its statements, in JSON or in YAML. Private to case_*.c.
 */
#ifndef CASE_LEAF_H
#define CASE_LEAF_H

#include "case.h"

struct leaf_writer {
    struct builder *out;
    const struct amicus_case *subject;
    bool is_yaml; /* else canonical JSON */
};

/* Write a text in double quotes. */
void leaf_put_text(struct leaf_writer *writer, struct text text);

/*
 * Write the value of a slot: plain, one statement, or a list of them.
 *
 * slot     has one statement at least
 * indent   of YAML: what stands before the key, for the lines of a list
 */
void leaf_put_slot(struct leaf_writer *writer, const struct fact *fact, const struct slot *slot,
                   const char *indent);

/* An absence as it is written. */
struct absence {
    uint32_t record;
    uint32_t fact;       /* FACT_NONE: the whole record, section or list */
    uint32_t kind;       /* of a list as a whole; else KIND_NONE */
    struct text section; /* of the root as a whole; else empty */
    struct text reason;
};

/* Gather what a case declares absent, in the order in which it is written. NULL if memory failed;
 * the array lives in the arena. */
const struct absence *leaf_absences(uint32_t *count, struct arena *arena,
                                    const struct amicus_case *subject);

/* Write the path of an absence. */
void leaf_put_absence(struct builder *builder, const struct amicus_case *subject,
                      const struct absence *absence);

#endif

/*
 * The tables that the log speaks of, each described once.
 *
 * Every row has the number of its entry as id, some columns, and a payload. The payload's body
 * begins with a line of JSON that says the same as the columns, and goes on with what has no
 * column: the bytes of a case, a ruling, a division. So the hash of the body, which the log holds,
 * covers the columns too, and whoever verifies writes that line anew and compares.
 */
#ifndef TABLES_H
#define TABLES_H

#include "log.h"

enum kept_kind { KEPT_CASE, KEPT_RULEBOOK, KEPT_RULING, KEPT_DECISION, KEPT_APPROVAL, KEPT_COUNT };

#define KEPT_COLUMNS_MAX 9

struct kept_table {
    const char *entry; /* the kind of its entries; NULL: the column `kind` of the row says it */
    const char *keys[KEPT_COLUMNS_MAX + 1]; /* of the JSON, sorted; beside the columns */
    size_t count;                           /* columns between id and payload */
    const char *insert;                     /* id, columns, payload */
    /* id, columns, payload; then of its entry kind, subject, payload, actor; then salt, body. */
    const char *check;
    const char *total; /* how many rows */
};
extern const struct kept_table kept_tables[KEPT_COUNT];

/* Write the line that says what the columns say. */
void kept_write_head(struct builder *builder, const struct kept_table *table,
                     const struct sql_value *columns);

/* Write the subject of a row's entry: "C-2025-0417/1" for what concerns a case. */
void kept_write_subject(struct builder *builder, enum kept_kind kind,
                        const struct sql_value *columns);

/* The kind of a row's entry. */
struct text kept_entry_kind(enum kept_kind kind, const struct sql_value *columns);

#define SALT_BYTES 32u

/* The salted digest of a payload: SHA-256("amicus.payload/1" || salt || body). */
void payload_digest(struct hasher *hasher, uint8_t out[DIGEST_BYTES],
                    const uint8_t salt[SALT_BYTES], struct text body);

#endif

/*
 * What the writers of a ruling share: money, dates, names, reads and the evidence behind them.
 */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include "json_pen.h"
#include "ruling.h"

/* What is being written. */
struct writer {
    struct json_pen pen;
    const struct amicus_ruling *ruling;
    const struct image *image;
    const struct amicus_case *subject;
    uint32_t locator; /* the fact that says where in a piece to look, or FACT_NONE */
    size_t digest_at; /* where in the text the member `digest` belongs */
};

/* Members: an amount in the case's currency (null if the case names no money), an instant, a digest
 * in hex. */
void writer_put_money(struct writer *writer, const char *key, int64_t minor);
void writer_put_instant(struct writer *writer, const char *key, int64_t utc_s);
void writer_put_digest(struct writer *writer, const char *key, const uint8_t digest[DIGEST_BYTES]);

/* The member `item`: the id of a money item; null of none. */
void writer_put_item(struct writer *writer, uint32_t record);

/* The member `record`, of a record that is neither the case nor the item itself: "segments.S1". */
void writer_put_record(struct writer *writer, uint32_t record, uint32_t item);

/* The path of what was read: of a fact, or of a list. Lives in the ruling's arena. */
struct text writer_read_path(struct writer *writer, const struct read *read);

/* The members `reads` and `cites`: what was looked at, and the evidence behind it. */
void writer_put_reads(struct writer *writer, struct span looks);
void writer_put_cites(struct writer *writer, struct span looks);

/* A member that lists rules by their ids. */
void writer_put_rules(struct writer *writer, const char *key, const uint32_t *rows, uint32_t count);

/* The members `findings` and `issues`; see finding_json.c for their order. */
void writer_put_findings(struct writer *writer);
void writer_put_issues(struct writer *writer);

#endif

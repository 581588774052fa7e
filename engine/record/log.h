/*
 * The log: every entry of the record as a leaf of one Merkle tree.
 *
 * An entry's record is canonical JSON of ids and digests, and its leaf the hash of that. Beside the
 * leaf lie the hashes of the subtrees that it completes, so an append is one row, and a root or a
 * proof reads as many rows as the size has bits. All of it can be computed anew from the records;
 * audit.c does.
 */
#ifndef LOG_H
#define LOG_H

#include "database.h"
#include "merkle.h"

/* One entry. */
struct log_entry {
    uint64_t seq; /* from 0, without gaps */
    int64_t at_s; /* what the machine's clock said; the order is proved, the time is not */
    struct text actor, kind, subject;
    struct text payload; /* 32 bytes, or none */
};

/* The last complete subtree of a level, if it is known. */
struct log_peak {
    bool is_known;
    uint64_t index;
    uint8_t hash[DIGEST_BYTES];
};

struct log {
    struct database *database;
    struct hasher *hasher;
    struct merkle_tree tree;
    bool is_known; /* size and peaks are those of the database */
    uint64_t size;
    struct log_peak peaks[MERKLE_LEVELS];
};

/* Set up a log over a database. */
void log_start(struct log *log, struct database *database, struct hasher *hasher);

/* Read the size. Within a transaction, before the first append or proof of it. */
enum store_status log_look(struct log *log);

/* Forget what is known of the end: after a rollback. */
void log_forget(struct log *log);

/* Write the record of an entry, as it is hashed. */
void log_write_record(struct builder *builder, const struct log_entry *entry);

/*
 * Append an entry, within a transaction that writes.
 *
 * entry    its seq is given here
 */
enum store_status log_append(struct log *log, struct log_entry *entry);

/* The root at a size, which must not be above the log's. */
enum store_status log_root(struct log *log, uint64_t size, uint8_t out[DIGEST_BYTES]);

/* Read the columns seq, at, actor, kind, subject, payload of a row. Texts are borrowed. */
struct log_entry log_entry_of(const struct sql_value *cells);

/* Those columns, for statements. */
#define LOG_COLUMNS "seq, at, actor, kind, subject, payload"

#endif

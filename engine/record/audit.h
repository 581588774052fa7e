/*
 * The audit: whether the record is what it was, entry by entry.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "store.h"

/* A checkpoint from elsewhere that the log must agree with. */
struct audit_claim {
    const char *name; /* where it is from, for messages */
    struct checkpoint checkpoint;
    bool is_held; /* set by the audit: the log was as it says at its size */
};

/* What an audit found. */
struct audit_report {
    uint64_t size;
    uint8_t root[DIGEST_BYTES];
    uint64_t rows[5]; /* by enum kept_kind: cases, rulebooks, rulings, decisions, approvals */
    uint64_t checkpoints;
    uint64_t held_size; /* of the newest checkpoint that agrees; 0: none */
    bool is_broken;
    int64_t bad_seq; /* the first bad entry, or -1 if the fault has none */
    char fault[256]; /* what differs */
};

/*
 * Audit a store: every record, leaf and subtree; every checkpoint with its signature; every row
 * against its entry, and every entry against its row; the chains of decisions.
 *
 * claims   checkpoints from elsewhere, count of them
 * returns  STORE_OK, also if it is broken: report->is_broken then; others if it cannot be read
 */
enum store_status audit_verify(struct store *store, struct audit_claim *claims, size_t count,
                               struct audit_report *report);

/* The keys that a log names, in order of their entries. */
#define AUDIT_KEYS_MAX 16u
struct audit_keys {
    struct verifier keys[AUDIT_KEYS_MAX];
    size_t count;
};

/* Read the keys of a log. */
enum store_status audit_find_keys(struct store *store, struct audit_keys *out);

/* Tell whether one of the log's keys has signed a checkpoint. */
bool audit_is_signed(const struct audit_keys *keys, const struct checkpoint *checkpoint);

#endif

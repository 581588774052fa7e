/*
 * Proofs as files: what somebody without the store, and without amicus, can check.
 */
#ifndef PROOF_H
#define PROOF_H

#include "audit.h"

/*
 * Write an entry with its proof: its record as it is hashed, the hashes on the way to the root, and
 * the newest checkpoint that covers it (else the root as it is now, unsigned).
 *
 * returns  STORE_OK; STORE_NONE if there is no such entry; others
 */
enum store_status proof_write_entry(struct builder *builder, struct store *store, uint64_t seq);

/*
 * Write the proof that the log of one size is the beginning of that of another, with the
 * checkpoints of both sizes where there are any.
 *
 * size2    0: the size of the newest checkpoint, else of the log
 * returns  STORE_OK; STORE_NONE if a size is 0 or too large, or the first is the larger; others
 */
enum store_status proof_write_growth(struct builder *builder, struct store *store, uint64_t size1,
                                     uint64_t size2);

/* Which entries to export. */
struct export_range {
    bool has_from, has_to;
    int64_t from_s, to_s; /* of the entries' clock; inclusive, exclusive */
};

/* Takes one line of an export; false ends it. */
typedef bool line_taker(void *context, struct text line);

/*
 * Export entries, one line each after a line that says what they are. Of the whole log each line is
 * a record as it is hashed, so that every leaf can be computed from the file; of a part it holds
 * the record and its proof.
 */
enum store_status proof_export(struct store *store, const struct export_range *range,
                               line_taker *take, void *context);

/* Write proofs' hashes as a JSON array of hex. */
void proof_put_hashes(struct builder *builder, const struct merkle_proof *proof);

#endif

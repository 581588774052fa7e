/*
 * A witness: somebody else, best on another machine, who keeps the last checkpoint that he saw and
 * signs a newer one only if the log has done nothing but grow.
 *
 * Its state is one file:
 *
 *   amicus.witness/1 LF, the log's verifier key LF, the witness's LF, LF, the cosigned checkpoint
 *
 * The same file is what `audit verify --witness` compares a log with.
 */
#ifndef WITNESS_H
#define WITNESS_H

#include "checkpoint.h"
#include "diagnostic.h"

/* What a witness knows. Texts are borrowed from what it was read from. */
struct witness {
    struct verifier log, own;
    struct checkpoint checkpoint;
    int64_t at_s; /* when it was seen */
};

/*
 * Read a state, with its signatures.
 *
 * returns  true if it is one, and both keys have signed
 */
bool witness_read(struct witness *out, struct text state);

/*
 * Take a newer checkpoint.
 *
 * builder  receives the new state
 * before   what the witness knows, or NULL at the first time: the log's key is then believed
 * offer    a proof of growth, as proof_write_growth writes it
 * signer   of type KEY_WITNESS
 * at_s     now
 * list     receives R0402 and R0404 if it refuses
 * returns  OK; INVALID if it refuses; MEMORY; INTERNAL
 */
AMICUS_MUST_CHECK amicus_status witness_take(struct builder *builder, const struct witness *before,
                                             struct text offer, const struct signer *signer,
                                             int64_t at_s, amicus_diagnostics *list);

#endif

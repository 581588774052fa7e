/*
 * Proofs that an issue is open whatever is tried: two ends that differ, or one that stays open.
 */
#ifndef OPEN_PROOF_H
#define OPEN_PROOF_H

#include "footprint.h"
#include "trial.h"

enum { GIVEN_MOST = 16 }; /* values of one end, with those that a trial changed */

/* Values that lead to one label. */
struct end {
    struct patch given[GIVEN_MOST];
    uint32_t count;
};

/* Why a result stays open: two ends that differ, or one that is stuck. */
struct open_proof {
    struct end ends[2];
    uint32_t count;
    struct mask touched; /* of one that is stuck */
};

/*
 * Tell whether a proof is one for a trial too, without an evaluation.
 *
 * footprint  of the completions that found it
 * trial      that changes only what footprint_only_grows allows
 */
bool open_proof_holds(const struct open_proof *proof, const struct footprint *footprint,
                      const struct workspace *trial);

/* Let a proof that a trial found assume what the trial changed (NULL: nothing). returns false if
 * that is too much to keep. */
bool open_proof_assume(struct open_proof *proof, const struct footprint *footprint,
                       const struct change *change);

/* Tell whether a change only adds to what is known: it is of facts that were unknown, or of what no
 * completion looked at. */
bool footprint_only_grows(const struct footprint *footprint, const struct change *change);

#endif

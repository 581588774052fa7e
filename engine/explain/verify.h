/*
 * Verification: what can be proved of a ruling that somebody shows.
 */
#ifndef VERIFY_H
#define VERIFY_H

#include "outline.h"
#include "ruling.h"
#include "ruling_diff.h"

/* How a proof ended. */
enum proof_state {
    PROOF_UNTRIED = 0, /* an earlier one makes it idle: another case, another rulebook */
    PROOF_HOLDS = 1,
    PROOF_FAILS = 2
};

/* What is proved, in this order. */
enum proof_kind {
    PROOF_SCHEMA = 0,   /* it says that it is a ruling of this version */
    PROOF_ENGINE = 1,   /* this version of the engine made it */
    PROOF_BYTES = 2,    /* its digest is that of what it says */
    PROOF_CASE = 3,     /* it is about this case, as it is now */
    PROOF_RULEBOOK = 4, /* it is by this rulebook, as it is now */
    PROOF_RULING = 5,   /* every value is derived again */
    PROOF_READS = 6,    /* the facts that it read give the same ruling alone */
    PROOF_CITES = 7,    /* every citation was read by the rule that cites it */
    PROOF_KINDS = 8
};

struct proof_result {
    enum proof_state state;
    struct text says;               /* what was proved, with counts; or why it was not */
    struct difference *differences; /* of a failed one: what differs, the first ones */
    uint32_t difference_count;
};

struct verification {
    struct text id, outcome; /* as the ruling says them; may be empty */
    struct proof_result proofs[PROOF_KINDS];
    bool holds; /* all of them do */
};

/* The name of a proof ("bytes", "case", ...). */
const char *proof_kind_name(enum proof_kind kind);

/* The text of a ruling, to be read by tree_read_json: with null, and the bounds of JSON. */
struct tree_source verify_source(const char *name, struct text bytes);

/*
 * Prove a ruling.
 *
 * out       receives every proof, tried or not; texts live in the arena
 * arena     where to
 * ruling    the ruling as it was read, with null allowed; any JSON will do
 * rulebook, subject  what it is held against; borrowed for the call
 * list      receives diagnostics if the case cannot be decided again
 * returns   OK, also if proofs fail; MEMORY, JAIL, LIMIT, INTERNAL of deciding it again
 *
 * The moment as of which it was decided is the one that the ruling names, and so is the date of the
 * policy, if it names one.
 */
AMICUS_MUST_CHECK amicus_status verify_ruling(struct verification *out, struct arena *arena,
                                              const struct tree *ruling,
                                              const struct amicus_rulebook *rulebook,
                                              const struct amicus_case *subject,
                                              amicus_diagnostics *list);

/* Put a verification into an outline: a branch for each proof, below it what differs. */
void verify_outline(struct outline *outline, const struct verification *verification);

/*
 * Make the case that knows only what a ruling read: the stored facts of its reads, and those that
 * the engine looks at by itself to name a side or to divide (who filed, who submitted a piece, what
 * is held, the fee).
 *
 * out      receives it; ended by case_close; NULL on failure
 * read     receives how many facts were read that somebody stated or that are known to be absent;
 *          known: how many of those the case has. Both may be NULL
 * returns  as case_keep
 */
AMICUS_MUST_CHECK amicus_status verify_keep_reads(struct amicus_case **out, uint32_t *read,
                                                  uint32_t *known,
                                                  const struct amicus_ruling *ruling,
                                                  amicus_diagnostics *list);

#endif

/*
 * Checkpoints: the size and the root of a log, signed, in the forms of C2SP tlog-checkpoint,
 * signed-note and tlog-cosignature.
 *
 *   origin LF size LF base64 of the root LF LF, then a line for each signature:
 *   "— " name " " base64(key id || signature) LF
 *
 * A witness signs the same text together with the time at which it saw it.
 */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include "hasher.h"
#include "signer.h"

/* A note is an origin, a number, a hash and a handful of signatures. */
#define CHECKPOINT_BYTES_MAX 8192u

/* A checkpoint, read. All texts are borrowed from what it was read from. */
struct checkpoint {
    struct text note;   /* the whole of it */
    struct text body;   /* what is signed: the three lines */
    struct text origin; /* which log */
    uint64_t size;
    uint8_t root[DIGEST_BYTES];
    struct text signatures; /* the lines behind the empty one */
};

/*
 * Read a checkpoint. Whatever could be written in another way is refused: leading zeros, spaces,
 * other dashes, further lines, a missing line end, no signature.
 *
 * returns  true if it is one
 */
bool checkpoint_read(struct checkpoint *out, struct text note);

/*
 * Sign the state of a log.
 *
 * builder  receives the note
 * signer   of type KEY_LOG; its name is the origin
 * returns  OK; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status checkpoint_sign(struct builder *builder,
                                                const struct signer *signer, uint64_t size,
                                                const uint8_t root[DIGEST_BYTES]);

/*
 * Add a witness's signature to a checkpoint.
 *
 * builder  receives the note with one more line
 * signer   of type KEY_WITNESS
 * at_s     when it was seen, in UTC seconds
 * returns  OK; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status checkpoint_cosign(struct builder *builder,
                                                  const struct checkpoint *checkpoint,
                                                  const struct signer *signer, int64_t at_s);

/*
 * Tell whether a key has signed a checkpoint. Lines of other keys are passed over; a line of this
 * key that is wrong refuses the note.
 *
 * at_s     receives the time of a witness's signature, if not NULL; else as before
 */
bool checkpoint_is_signed(const struct checkpoint *checkpoint, const struct verifier *verifier,
                          int64_t *at_s);

#endif

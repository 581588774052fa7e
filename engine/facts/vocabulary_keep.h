/*
 * Kept vocabularies: one that was loaded, as bytes from which it is taken again without reading
 * YAML.
 */
#ifndef VOCABULARY_KEEP_H
#define VOCABULARY_KEEP_H

#include "vocabulary.h"

/*
 * Write a vocabulary as bytes.
 *
 * out         receives them; live in arena
 * vocabulary  loaded, and not ranked anew
 * arena       for the work
 * returns     OK; MEMORY
 */
AMICUS_MUST_CHECK amicus_status vocabulary_pack(struct text *out,
                                                const struct vocabulary *vocabulary,
                                                struct arena *arena);

/*
 * Take a vocabulary out of bytes that were kept, and check them as if somebody had tampered with
 * them.
 *
 * out      receives it; ended by vocabulary_close; NULL on failure
 * bytes    what vocabulary_pack wrote; need not outlive the call
 * digest   that the vocabulary must have: 64 hex digits
 * returns  OK; NOT_FOUND if they are not exactly what they should be; MEMORY
 */
AMICUS_MUST_CHECK amicus_status vocabulary_unpack(struct vocabulary **out, struct text bytes,
                                                  struct text digest);

/*
 * Digest the bytes of a vocabulary.yaml, as a vocabulary that is loaded from them has it.
 *
 * out      receives 64 hex digits and a NUL
 * returns  OK; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status vocabulary_digest_of(char out[65], struct text bytes);

#endif

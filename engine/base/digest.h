/*
 * Digests: SHA-256 by libcrypto, in lower-case hex, each kind of object under its own domain, so
 * that the bytes of one kind can never pass as another.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "text.h"

#define DIGEST_BYTES 32
#define DIGEST_HEX   65 /* 64 digits and a NUL */

/*
 * Digest bytes under a domain: SHA-256(domain || 0x00 || bytes).
 *
 * out      receives 32 bytes
 * domain   such as "amicus.case/1"
 * bytes    what to digest
 * returns  OK; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status digest_of(uint8_t out[DIGEST_BYTES], const char *domain,
                                          struct text bytes);

/* A digest of bytes that come piece by piece. */
struct digester {
    uint64_t state[16]; /* of libcrypto */
    bool has_failed;
    size_t held; /* bytes that wait in room */
    char room[4096];
};

/*
 * Start a digest; always ended by digester_end, which also tells of every failure.
 *
 * digester  what to set up
 * domain    as of digest_of
 */
void digester_start(struct digester *digester, const char *domain);

/*
 * Add bytes.
 *
 * digester  started
 * bytes     need not outlive the call
 */
void digester_put(struct digester *digester, struct text bytes);

/*
 * End a digest: the same as digest_of all pieces together.
 *
 * out      receives 32 bytes
 * returns  OK; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status digester_end(uint8_t out[DIGEST_BYTES], struct digester *digester);

/*
 * Sum bytes up so that damage shows: a flipped bit, a cut, a swap. It keeps nobody from forging
 * them, and takes a tenth of the time of a digest.
 *
 * bytes    of this machine: the sum of the same bytes differs between machines
 * returns  the sum
 */
uint64_t checksum_of(struct text bytes);

/* Write a digest as 64 hex digits and a NUL. */
void digest_write(char out[DIGEST_HEX], const uint8_t digest[DIGEST_BYTES]);

#endif

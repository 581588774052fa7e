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

/* Write a digest as 64 hex digits and a NUL. */
void digest_write(char out[DIGEST_HEX], const uint8_t digest[DIGEST_BYTES]);

#endif

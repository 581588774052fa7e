/*
 * A hasher: SHA-256 over several pieces, and the hashes of a Merkle tree.
 *
 * A failure of libcrypto is remembered, so that who hashes much asks once, at the end.
 */
#ifndef HASHER_H
#define HASHER_H

#include "digest.h"

struct hasher {
    bool failed; /* sticky: what came out since is worth nothing; false at first */
};

/*
 * Hash pieces as if they were one text. A failure is remembered in the hasher.
 *
 * out      receives 32 bytes
 * pieces   what to hash, in order
 * count    how many
 */
void hasher_join(struct hasher *hasher, uint8_t out[DIGEST_BYTES], const struct text *pieces,
                 size_t count);

/* The hash of a leaf of a Merkle tree: SHA-256(0x00 || record). */
void hasher_leaf(struct hasher *hasher, uint8_t out[DIGEST_BYTES], struct text record);

/* The hash of a node: SHA-256(0x01 || left || right). out may be one of the two. */
void hasher_node(struct hasher *hasher, uint8_t out[DIGEST_BYTES], const uint8_t left[DIGEST_BYTES],
                 const uint8_t right[DIGEST_BYTES]);

/*
 * Read a digest of 64 lower-case hex digits.
 *
 * returns  true if it is one
 */
bool digest_read(uint8_t out[DIGEST_BYTES], struct text hex);

#endif

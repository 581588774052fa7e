/*
 * The Merkle tree of RFC 6962 (and RFC 9162, section 2.1), as sums over complete subtrees.
 *
 * Whoever keeps the tree gives the hashes of complete subtrees; everything else is computed from
 * them: the root of the tree as it was at any size, proofs that an entry is in it, and proofs that
 * a smaller tree is the beginning of a larger one. Nothing here is invented, down to the order of
 * the hashes in a proof, so that any other verifier can check it.
 */
#ifndef MERKLE_H
#define MERKLE_H

#include "hasher.h"

#define MERKLE_LEVELS    63u
#define MERKLE_PROOF_MAX 128u

/* Where the hashes of complete subtrees come from. */
struct merkle_tree {
    void *context;
    /* The hash of the subtree over the leaves index << level to ((index + 1) << level) - 1. */
    amicus_status (*node)(void *context, unsigned level, uint64_t index, uint8_t out[DIGEST_BYTES]);
    struct hasher *hasher;
};

/* A list of hashes. */
struct merkle_proof {
    uint8_t hashes[MERKLE_PROOF_MAX][DIGEST_BYTES];
    size_t count;
};

/*
 * The root of the first `size` leaves; of none: SHA-256 of nothing.
 *
 * returns  OK, or what node gave
 */
AMICUS_MUST_CHECK amicus_status merkle_root(const struct merkle_tree *tree, uint64_t size,
                                            uint8_t out[DIGEST_BYTES]);

/*
 * Prove that a leaf is in the tree of a size.
 *
 * index    below size
 * returns  OK, or what node gave
 */
AMICUS_MUST_CHECK amicus_status merkle_inclusion(struct merkle_proof *out,
                                                 const struct merkle_tree *tree, uint64_t index,
                                                 uint64_t size);

/*
 * Prove that the tree of one size is the beginning of that of another.
 *
 * size1    1 or more, at most size2; equal sizes give the empty proof
 * returns  OK, or what node gave
 */
AMICUS_MUST_CHECK amicus_status merkle_consistency(struct merkle_proof *out,
                                                   const struct merkle_tree *tree, uint64_t size1,
                                                   uint64_t size2);

/* What an inclusion proof says. */
struct merkle_membership {
    uint64_t index, size;
    const uint8_t *leaf, *root; /* 32 bytes each */
};

/* Check an inclusion proof (RFC 9162, 2.1.3.2). proof: count hashes, one after the other. */
bool merkle_includes(struct hasher *hasher, const struct merkle_membership *claim,
                     const uint8_t *proof, size_t count);

/* What a consistency proof says. */
struct merkle_growth {
    uint64_t size1, size2;
    const uint8_t *root1, *root2; /* 32 bytes each */
};

/* Check a consistency proof (RFC 9162, 2.1.4.2). A tree of no leaves proves nothing: size1 = 0 is
 * refused. */
bool merkle_grows(struct hasher *hasher, const struct merkle_growth *claim, const uint8_t *proof,
                  size_t count);

/*
 * The subtrees that the next leaf completes: how many there are is the number of ones at the end
 * of its index.
 *
 * out      receives the hashes of levels 1 to the number returned
 * tree     gives the left neighbours
 * index    of the leaf
 * leaf     its hash
 * count    receives how many
 * returns  OK, or what node gave
 */
AMICUS_MUST_CHECK amicus_status merkle_complete(uint8_t (*out)[DIGEST_BYTES],
                                                const struct merkle_tree *tree, uint64_t index,
                                                const uint8_t leaf[DIGEST_BYTES], size_t *count);

#endif

/*
 * Hashes of RFC 6962 trees.
 *
 * A range of leaves that begins at a multiple of its rounded size is a sum of complete subtrees, at
 * most one for each bit of its length: roots and proofs read O(log n) hashes and recurse as deep.
 * The two checks are the loops of RFC 9162, literally: they are the part that others must be able
 * to compare with the text.
 *
 * INVARIANT: every range that is summed begins at a multiple of the largest power of two that is
 * below its length, or at one that is its length; the recursion keeps that true.
 */
#include "merkle.h"

#include <assert.h>
#include <string.h>

/* The largest power of two that is smaller than n; n is 2 or more. */
static uint64_t split_of(uint64_t n)
{
    uint64_t power = 1;
    while (power < n - power) {
        power += power;
    }
    return power;
}

static unsigned level_of(uint64_t power)
{
    unsigned level = 0;
    while ((power >> level) > 1) {
        level++;
    }
    return level;
}

/* The hash of the leaves first .. first + length - 1. */
static amicus_status sum(const struct merkle_tree *tree, uint64_t first, uint64_t length,
                         uint8_t out[DIGEST_BYTES])
{
    if ((length & (length - 1)) == 0) {
        unsigned level = level_of(length);
        return tree->node(tree->context, level, first >> level, out);
    }
    uint64_t left_length = split_of(length);
    uint8_t left[DIGEST_BYTES];
    uint8_t right[DIGEST_BYTES];
    amicus_status status = sum(tree, first, left_length, left);
    if (status == AMICUS_OK) {
        status = sum(tree, first + left_length, length - left_length, right);
    }
    if (status == AMICUS_OK) {
        hasher_node(tree->hasher, out, left, right);
    }
    return status;
}

amicus_status merkle_root(const struct merkle_tree *tree, uint64_t size, uint8_t out[DIGEST_BYTES])
{
    assert(tree != NULL && tree->node != NULL);
    assert(size < (UINT64_C(1) << MERKLE_LEVELS));
    if (size == 0) {
        hasher_join(tree->hasher, out, NULL, 0);
        return AMICUS_OK;
    }
    return sum(tree, 0, size, out);
}

static amicus_status add_sum(struct merkle_proof *out, const struct merkle_tree *tree,
                             uint64_t first, uint64_t length)
{
    assert(out->count < MERKLE_PROOF_MAX);
    return sum(tree, first, length, out->hashes[out->count++]);
}

amicus_status merkle_inclusion(struct merkle_proof *out, const struct merkle_tree *tree,
                               uint64_t index, uint64_t size)
{
    assert(out != NULL && tree != NULL);
    assert(index < size && size < (UINT64_C(1) << MERKLE_LEVELS));
    /* From the root down; the proof is read from the leaf up, so it is turned round at the end. */
    uint64_t first = 0;
    uint64_t length = size;
    amicus_status status = AMICUS_OK;
    out->count = 0;
    while (length > 1 && status == AMICUS_OK) {
        uint64_t left = split_of(length);
        if (index - first < left) {
            status = add_sum(out, tree, first + left, length - left);
            length = left;
        } else {
            status = add_sum(out, tree, first, left);
            first += left;
            length -= left;
        }
    }
    for (size_t i = 0; i < out->count / 2; i++) {
        uint8_t kept[DIGEST_BYTES];
        memcpy(kept, out->hashes[i], DIGEST_BYTES);
        memcpy(out->hashes[i], out->hashes[out->count - 1 - i], DIGEST_BYTES);
        memcpy(out->hashes[out->count - 1 - i], kept, DIGEST_BYTES);
    }
    return status;
}

/* SUBPROOF of RFC 6962: of the first `size1` leaves of the range first .. first + length - 1. */
static amicus_status prove_part(struct merkle_proof *out, const struct merkle_tree *tree,
                                uint64_t size1, uint64_t first, uint64_t length)
{
    uint64_t whole = size1;
    if (size1 == length) {
        return first == 0 ? AMICUS_OK : add_sum(out, tree, first, length);
    }
    uint64_t left = split_of(length);
    amicus_status status;
    if (whole <= left) {
        status = prove_part(out, tree, whole, first, left);
        return status == AMICUS_OK ? add_sum(out, tree, first + left, length - left) : status;
    }
    status = prove_part(out, tree, whole - left, first + left, length - left);
    return status == AMICUS_OK ? add_sum(out, tree, first, left) : status;
}

amicus_status merkle_consistency(struct merkle_proof *out, const struct merkle_tree *tree,
                                 uint64_t size1, uint64_t size2)
{
    assert(out != NULL && tree != NULL);
    assert(size1 > 0 && size1 <= size2 && size2 < (UINT64_C(1) << MERKLE_LEVELS));
    out->count = 0;
    return prove_part(out, tree, size1, 0, size2);
}

bool merkle_includes(struct hasher *hasher, const struct merkle_membership *claim,
                     const uint8_t *proof, size_t count)
{
    assert(hasher != NULL && claim != NULL);
    assert(proof != NULL || count == 0);
    if (claim->index >= claim->size) {
        return false;
    }
    uint64_t fn = claim->index;
    uint64_t sn = claim->size - 1;
    uint8_t r[DIGEST_BYTES];
    memcpy(r, claim->leaf, DIGEST_BYTES);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *p = proof + i * DIGEST_BYTES;
        if (sn == 0) {
            return false;
        }
        if ((fn & 1) != 0 || fn == sn) {
            hasher_node(hasher, r, p, r);
            while (fn != 0 && (fn & 1) == 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            hasher_node(hasher, r, r, p);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && !hasher->failed && memcmp(r, claim->root, DIGEST_BYTES) == 0;
}

/* The loop of RFC 9162, 2.1.4.2, from its step 4 on. proof begins with the hash that both share. */
static bool climb(struct hasher *hasher, const struct merkle_growth *claim, const uint8_t *shared,
                  const uint8_t *proof, size_t count)
{
    uint64_t fn = claim->size1 - 1;
    uint64_t sn = claim->size2 - 1;
    while ((fn & 1) != 0) {
        fn >>= 1;
        sn >>= 1;
    }
    uint8_t fr[DIGEST_BYTES];
    uint8_t sr[DIGEST_BYTES];
    memcpy(fr, shared, DIGEST_BYTES);
    memcpy(sr, shared, DIGEST_BYTES);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *c = proof + i * DIGEST_BYTES;
        if (sn == 0) {
            return false;
        }
        if ((fn & 1) != 0 || fn == sn) {
            hasher_node(hasher, fr, c, fr);
            hasher_node(hasher, sr, c, sr);
            while (fn != 0 && (fn & 1) == 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            hasher_node(hasher, sr, sr, c);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && !hasher->failed && memcmp(fr, claim->root1, DIGEST_BYTES) == 0 &&
           memcmp(sr, claim->root2, DIGEST_BYTES) == 0;
}

bool merkle_grows(struct hasher *hasher, const struct merkle_growth *claim, const uint8_t *proof,
                  size_t count)
{
    assert(hasher != NULL && claim != NULL);
    assert(proof != NULL || count == 0);
    if (claim->size1 == 0 || claim->size1 > claim->size2) {
        return false;
    }
    if (claim->size1 == claim->size2) {
        return count == 0 && memcmp(claim->root1, claim->root2, DIGEST_BYTES) == 0;
    }
    if (count == 0) {
        return false;
    }
    bool is_power = (claim->size1 & (claim->size1 - 1)) == 0;
    return is_power ? climb(hasher, claim, claim->root1, proof, count)
                    : climb(hasher, claim, proof, proof + DIGEST_BYTES, count - 1);
}

amicus_status merkle_complete(uint8_t (*out)[DIGEST_BYTES], const struct merkle_tree *tree,
                              uint64_t index, const uint8_t leaf[DIGEST_BYTES], size_t *count)
{
    assert(out != NULL && tree != NULL);
    assert(leaf != NULL && count != NULL);
    const uint8_t *right = leaf;
    *count = 0;
    for (unsigned level = 0; ((index >> level) & 1) != 0; level++) {
        uint8_t left[DIGEST_BYTES];
        amicus_status status = tree->node(tree->context, level, (index >> level) - 1, left);
        if (status != AMICUS_OK) {
            return status;
        }
        hasher_node(tree->hasher, out[level], left, right);
        right = out[level];
        *count = level + 1;
    }
    return AMICUS_OK;
}

/*
 * SHA-256 over pieces, with the same calls of libcrypto as digest.c, and without a domain: a tree
 * of RFC 6962 has its own.
 */
#define OPENSSL_API_COMPAT 0x10100000L
#include "hasher.h"

#include <assert.h>
#include <openssl/sha.h>
#include <string.h>

void hasher_join(struct hasher *hasher, uint8_t out[DIGEST_BYTES], const struct text *pieces,
                 size_t count)
{
    SHA256_CTX state;
    assert(hasher != NULL && out != NULL);
    assert(pieces != NULL || count == 0);
    bool is_well = SHA256_Init(&state) == 1;
    for (size_t i = 0; i < count; i++) {
        is_well = is_well && (pieces[i].length == 0 ||
                              SHA256_Update(&state, pieces[i].at, pieces[i].length) == 1);
    }
    is_well = is_well && SHA256_Final(out, &state) == 1;
    hasher->failed = hasher->failed || !is_well;
}

void hasher_leaf(struct hasher *hasher, uint8_t out[DIGEST_BYTES], struct text record)
{
    assert(hasher != NULL);
    assert(record.at != NULL || record.length == 0);
    const struct text pieces[2] = {{"\0", 1}, record};
    hasher_join(hasher, out, pieces, 2);
}

void hasher_node(struct hasher *hasher, uint8_t out[DIGEST_BYTES], const uint8_t left[DIGEST_BYTES],
                 const uint8_t right[DIGEST_BYTES])
{
    assert(hasher != NULL);
    assert(left != NULL && right != NULL);
    const struct text pieces[3] = {
        {"\1", 1}, {(const char *)left, DIGEST_BYTES}, {(const char *)right, DIGEST_BYTES}};
    hasher_join(hasher, out, pieces, 3);
}

static int digit_of(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

bool digest_read(uint8_t out[DIGEST_BYTES], struct text hex)
{
    assert(out != NULL);
    assert(hex.at != NULL || hex.length == 0);
    if (hex.length != DIGEST_HEX - 1) {
        return false;
    }
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        int high = digit_of(hex.at[2 * i]);
        int low = digit_of(hex.at[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

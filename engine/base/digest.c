/*
 * SHA-256 by libcrypto.
 *
 * The algorithm itself is called, and not the layer that finds algorithms by name: a digest must
 * depend on nothing but its bytes, and that layer reads a configuration file, found by way of the
 * environment, and spends a millisecond of every process on names. The calls are as old as
 * libcrypto and only discouraged in its third version, for programs that need to choose an
 * algorithm.
 */
#define OPENSSL_API_COMPAT 0x10100000L
#include "digest.h"

#include <assert.h>
#include <openssl/sha.h>
#include <string.h>

_Static_assert(sizeof(SHA256_CTX) <= sizeof((struct digester *)NULL)->state,
               "the state of a digest has no room");
_Static_assert(DIGEST_BYTES == SHA256_DIGEST_LENGTH, "a digest is one of SHA-256");

static SHA256_CTX *state_of(struct digester *digester)
{
    return (SHA256_CTX *)(void *)digester->state;
}

static void update(struct digester *digester, const void *bytes, size_t length)
{
    if (length > 0 && SHA256_Update(state_of(digester), bytes, length) != 1) {
        digester->has_failed = true;
    }
}

void digester_start(struct digester *digester, const char *domain)
{
    assert(digester != NULL);
    assert(domain != NULL && domain[0] != '\0');
    digester->held = 0;
    digester->has_failed = SHA256_Init(state_of(digester)) != 1;
    update(digester, domain, strlen(domain) + 1);
}

void digester_put(struct digester *digester, struct text bytes)
{
    assert(digester != NULL && digester->held <= sizeof digester->room);
    assert(bytes.at != NULL || bytes.length == 0);
    if (bytes.length > sizeof digester->room - digester->held) {
        update(digester, digester->room, digester->held);
        digester->held = 0;
    }
    if (bytes.length > sizeof digester->room) {
        update(digester, bytes.at, bytes.length);
    } else if (bytes.length > 0) {
        memcpy(digester->room + digester->held, bytes.at, bytes.length);
        digester->held += bytes.length;
    }
}

amicus_status digester_end(uint8_t out[DIGEST_BYTES], struct digester *digester)
{
    assert(out != NULL);
    assert(digester != NULL && digester->held <= sizeof digester->room);
    memset(out, 0, DIGEST_BYTES);
    update(digester, digester->room, digester->held);
    bool is_done = SHA256_Final(out, state_of(digester)) == 1 && !digester->has_failed;
    return is_done ? AMICUS_OK : AMICUS_INTERNAL;
}

amicus_status digest_of(uint8_t out[DIGEST_BYTES], const char *domain, struct text bytes)
{
    assert(out != NULL && domain != NULL && domain[0] != '\0');
    assert(bytes.at != NULL || bytes.length == 0);
    struct digester digester;
    digester_start(&digester, domain);
    digester_put(&digester, bytes);
    return digester_end(out, &digester);
}

/* An odd factor and a shift lose nothing, so two sums that differ once stay different. */
static uint64_t stir(uint64_t sum, const char *bytes, size_t length)
{
    uint64_t word = 0;
    memcpy(&word, bytes, length);
    sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return sum ^ sum >> 29;
}

uint64_t checksum_of(struct text bytes)
{
    enum { WORD = sizeof(uint64_t), LANES = 4 };
    assert(bytes.at != NULL || bytes.length == 0);
    uint64_t sums[LANES] = {1, 2, 3, bytes.length}; /* four, so that none waits for the other */
    size_t at = 0;
    for (; bytes.length - at >= (size_t)WORD * LANES; at += (size_t)WORD * LANES) {
        for (size_t i = 0; i < LANES; i++) {
            sums[i] = stir(sums[i], bytes.at + at + i * WORD, WORD);
        }
    }
    for (size_t left = bytes.length - at; left > 0; left = bytes.length - at) {
        size_t step = left < WORD ? left : WORD;
        sums[0] = stir(sums[0], bytes.at + at, step);
        at += step;
    }
    for (size_t i = 1; i < LANES; i++) {
        sums[0] = stir(sums[0], (const char *)&sums[i], WORD);
    }
    assert(at == bytes.length);
    return sums[0];
}

void digest_write(char out[DIGEST_HEX], const uint8_t digest[DIGEST_BYTES])
{
    static const char DIGITS[] = "0123456789abcdef";
    assert(out != NULL);
    assert(digest != NULL);
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        out[2 * i] = DIGITS[digest[i] >> 4];
        out[2 * i + 1] = DIGITS[digest[i] & 15];
    }
    out[DIGEST_HEX - 1] = '\0';
}

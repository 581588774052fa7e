/*
 * SHA-256 by libcrypto.
 *
 * libcrypto would read a configuration file, found by way of the environment, at its first use. A
 * digest must depend on nothing but its bytes, so that is switched off; it also costs a millisecond.
 */
#include "digest.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

/* Digest domain, the NUL that ends it, and the bytes. */
static bool digest_parts(EVP_MD_CTX *context, uint8_t *out, const char *domain, struct text bytes)
{
    unsigned length = 0;
    return EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 &&
           EVP_DigestUpdate(context, domain, strlen(domain) + 1) == 1 &&
           EVP_DigestUpdate(context, bytes.at, bytes.length) == 1 &&
           EVP_DigestFinal_ex(context, out, &length) == 1 && length == DIGEST_BYTES;
}

amicus_status digest_of(uint8_t out[DIGEST_BYTES], const char *domain, struct text bytes)
{
    assert(out != NULL && domain != NULL && domain[0] != '\0');
    assert(bytes.at != NULL || bytes.length == 0);
    memset(out, 0, DIGEST_BYTES);
    if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1) {
        return AMICUS_INTERNAL;
    }
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL) {
        return AMICUS_INTERNAL;
    }
    bool done = digest_parts(context, out, domain, bytes);
    EVP_MD_CTX_free(context);
    return done ? AMICUS_OK : AMICUS_INTERNAL;
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

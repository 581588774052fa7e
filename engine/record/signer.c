/*
 * Ed25519 by libcrypto, and the text forms of its keys.
 *
 * The seed is the secret; the public half is computed from it whenever a key is read, and compared
 * with the key id that the text names, so that a mistyped or damaged key is refused before it signs
 * anything.
 */
#include "signer.h"

#include "base64.h"
#include "hasher.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

static const char SECRET_PREFIX[] = "PRIVATE+KEY+";

static bool is_key_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++) {
        if (name.at[i] <= ' ' || name.at[i] == '+' || name.at[i] == 127) {
            return false;
        }
    }
    return name.length > 0 && name.length < KEY_NAME_MAX;
}

/* Fill in name, type and id of a verifier whose public key is there. */
static amicus_status name_verifier(struct verifier *verifier, struct text name, uint8_t type)
{
    struct hasher hasher = {false};
    uint8_t digest[DIGEST_BYTES];
    if (!is_key_name(name) || (type != KEY_LOG && type != KEY_WITNESS)) {
        return AMICUS_INVALID;
    }
    memset(verifier->name, 0, sizeof verifier->name);
    memcpy(verifier->name, name.at, name.length);
    verifier->type = type;
    const struct text pieces[4] = {
        name, {"\n", 1}, {(const char *)&type, 1}, {(const char *)verifier->public_key, KEY_BYTES}};
    hasher_join(&hasher, digest, pieces, 4);
    memcpy(verifier->id, digest, sizeof verifier->id);
    return hasher.failed ? AMICUS_INTERNAL : AMICUS_OK;
}

amicus_status signer_of(struct signer *out, const char *name, enum key_type type,
                        const uint8_t seed[KEY_BYTES])
{
    assert(out != NULL && name != NULL);
    assert(seed != NULL);
    memset(out, 0, sizeof *out);
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, KEY_BYTES);
    size_t length = KEY_BYTES;
    bool is_made = key != NULL &&
                   EVP_PKEY_get_raw_public_key(key, out->verifier.public_key, &length) == 1 &&
                   length == KEY_BYTES;
    EVP_PKEY_free(key);
    memcpy(out->seed, seed, KEY_BYTES);
    return is_made ? name_verifier(&out->verifier, text_of(name), (uint8_t)type) : AMICUS_INTERNAL;
}

void signer_wipe(struct signer *signer)
{
    assert(signer != NULL);
    OPENSSL_cleanse(signer->seed, sizeof signer->seed);
    assert(signer->seed[0] == 0);
}

static void write_key(struct builder *builder, const struct verifier *verifier,
                      const uint8_t body[KEY_BYTES])
{
    uint8_t bytes[1 + KEY_BYTES];
    bytes[0] = verifier->type;
    memcpy(bytes + 1, body, KEY_BYTES);
    builder_puts(builder, verifier->name);
    builder_putf(builder, "+%02x%02x%02x%02x+", verifier->id[0], verifier->id[1], verifier->id[2],
                 verifier->id[3]);
    base64_put(builder, (struct text){(const char *)bytes, sizeof bytes});
    OPENSSL_cleanse(bytes, sizeof bytes);
}

void signer_write(struct builder *builder, const struct signer *signer)
{
    assert(builder != NULL);
    assert(signer != NULL && signer->verifier.name[0] != '\0');
    builder_puts(builder, SECRET_PREFIX);
    write_key(builder, &signer->verifier, signer->seed);
}

void verifier_write(struct builder *builder, const struct verifier *verifier)
{
    assert(builder != NULL);
    assert(verifier != NULL && verifier->name[0] != '\0');
    write_key(builder, verifier, verifier->public_key);
}

/* A key's text, taken apart. */
struct key_parts {
    struct text name;
    char id[9];
    uint8_t type;
    uint8_t body[KEY_BYTES];
};

static bool read_parts(struct key_parts *out, struct text text)
{
    uint8_t bytes[1 + KEY_BYTES];
    size_t length;
    const char *plus = text.length == 0 ? NULL : memchr(text.at, '+', text.length);
    if (plus == NULL) {
        return false;
    }
    out->name = (struct text){text.at, (size_t)(plus - text.at)};
    struct text rest = {plus + 1, text.length - out->name.length - 1};
    if (rest.length < 10 || rest.at[8] != '+') {
        return false;
    }
    memcpy(out->id, rest.at, 8);
    out->id[8] = '\0';
    bool is_read =
        base64_read(bytes, sizeof bytes, &length, (struct text){rest.at + 9, rest.length - 9}) &&
        length == sizeof bytes;
    if (is_read) {
        out->type = bytes[0];
        memcpy(out->body, bytes + 1, KEY_BYTES);
    }
    OPENSSL_cleanse(bytes, sizeof bytes);
    return is_read;
}

static bool has_id(const struct verifier *verifier, const char *id)
{
    char written[9];
    (void)snprintf(written, sizeof written, "%02x%02x%02x%02x", verifier->id[0], verifier->id[1],
                   verifier->id[2], verifier->id[3]);
    return strcmp(written, id) == 0;
}

amicus_status signer_read(struct signer *out, struct text text)
{
    assert(out != NULL);
    assert(text.at != NULL || text.length == 0);
    const size_t prefix = sizeof SECRET_PREFIX - 1;
    struct key_parts parts;
    char name[KEY_NAME_MAX];
    memset(out, 0, sizeof *out);
    if (text.length <= prefix || memcmp(text.at, SECRET_PREFIX, prefix) != 0 ||
        !read_parts(&parts, (struct text){text.at + prefix, text.length - prefix}) ||
        !is_key_name(parts.name)) {
        return AMICUS_INVALID;
    }
    (void)snprintf(name, sizeof name, "%.*s", (int)parts.name.length, parts.name.at);
    amicus_status status = signer_of(out, name, (enum key_type)parts.type, parts.body);
    OPENSSL_cleanse(parts.body, sizeof parts.body);
    if (status == AMICUS_OK && !has_id(&out->verifier, parts.id)) {
        status = AMICUS_INVALID;
    }
    if (status != AMICUS_OK) {
        signer_wipe(out);
    }
    return status;
}

amicus_status verifier_read(struct verifier *out, struct text text)
{
    assert(out != NULL);
    assert(text.at != NULL || text.length == 0);
    struct key_parts parts;
    memset(out, 0, sizeof *out);
    if (!read_parts(&parts, text)) {
        return AMICUS_INVALID;
    }
    memcpy(out->public_key, parts.body, KEY_BYTES);
    amicus_status status = name_verifier(out, parts.name, parts.type);
    return status == AMICUS_OK && !has_id(out, parts.id) ? AMICUS_INVALID : status;
}

amicus_status signer_sign(const struct signer *signer, uint8_t out[SIGNATURE_BYTES],
                          struct text message)
{
    assert(signer != NULL && out != NULL);
    assert(message.at != NULL);
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, signer->seed, KEY_BYTES);
    EVP_MD_CTX *state = EVP_MD_CTX_new();
    size_t length = SIGNATURE_BYTES;
    bool is_signed =
        key != NULL && state != NULL && EVP_DigestSignInit(state, NULL, NULL, NULL, key) == 1 &&
        EVP_DigestSign(state, out, &length, (const unsigned char *)message.at, message.length) ==
            1 &&
        length == SIGNATURE_BYTES;
    EVP_MD_CTX_free(state);
    EVP_PKEY_free(key);
    return is_signed ? AMICUS_OK : AMICUS_INTERNAL;
}

bool verifier_accepts(const struct verifier *verifier, const uint8_t signature[SIGNATURE_BYTES],
                      struct text message)
{
    assert(verifier != NULL && signature != NULL);
    assert(message.at != NULL);
    EVP_PKEY *key =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, verifier->public_key, KEY_BYTES);
    EVP_MD_CTX *state = EVP_MD_CTX_new();
    bool is_good = key != NULL && state != NULL &&
                   EVP_DigestVerifyInit(state, NULL, NULL, NULL, key) == 1 &&
                   EVP_DigestVerify(state, signature, SIGNATURE_BYTES,
                                    (const unsigned char *)message.at, message.length) == 1;
    EVP_MD_CTX_free(state);
    EVP_PKEY_free(key);
    return is_good;
}

/*
 * Signers: Ed25519 keys with a name, as the C2SP formats signed-note and tlog-cosignature write
 * them.
 *
 *   verifier key:  name+keyid+base64(type || public key)
 *   signing key:   PRIVATE+KEY+name+keyid+base64(type || seed)
 *   keyid:         the first four bytes of SHA-256(name || LF || type || public key), in hex
 *
 * type 1 signs a note as it stands; type 4 is a witness, who signs it with the time.
 */
#ifndef SIGNER_H
#define SIGNER_H

#include "text.h"

#define KEY_BYTES       32u
#define SIGNATURE_BYTES 64u
#define KEY_NAME_MAX    128u

enum key_type { KEY_LOG = 1, KEY_WITNESS = 4 };

/* A public key. */
struct verifier {
    char name[KEY_NAME_MAX];
    uint8_t type; /* enum key_type */
    uint8_t id[4];
    uint8_t public_key[KEY_BYTES];
};

/* A key that can sign; wipe it with signer_wipe. */
struct signer {
    struct verifier verifier;
    uint8_t seed[KEY_BYTES];
};

/*
 * Make a signer from 32 bytes of chance.
 *
 * name     without spaces and plus signs, shorter than KEY_NAME_MAX
 * returns  OK; INVALID for such a name; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status signer_of(struct signer *out, const char *name, enum key_type type,
                                          const uint8_t seed[KEY_BYTES]);

/* Forget a signer's secret. */
void signer_wipe(struct signer *signer);

/* Write the signing key, and the verifier key. */
void signer_write(struct builder *builder, const struct signer *signer);
void verifier_write(struct builder *builder, const struct verifier *verifier);

/* Read a signing key, or a verifier key, without its line end. returns OK, INVALID, INTERNAL */
AMICUS_MUST_CHECK amicus_status signer_read(struct signer *out, struct text text);
AMICUS_MUST_CHECK amicus_status verifier_read(struct verifier *out, struct text text);

/* Sign a message. returns OK; INTERNAL if libcrypto fails */
AMICUS_MUST_CHECK amicus_status signer_sign(const struct signer *signer,
                                            uint8_t out[SIGNATURE_BYTES], struct text message);

/* Tell whether a signature is this key's over a message. */
bool verifier_accepts(const struct verifier *verifier, const uint8_t signature[SIGNATURE_BYTES],
                      struct text message);

#endif

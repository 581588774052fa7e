/*
 * Notes, written and read.
 *
 * The reader takes one way of writing only, because a signature covers the text and not what it
 * means. Which keys count is the caller's business: a note may carry signatures of keys that nobody
 * here knows, and they neither help nor harm.
 */
#include "checkpoint.h"

#include "base64.h"

#include <assert.h>
#include <string.h>

/* An em dash and a space. */
static const char DASH[] = "\xe2\x80\x94 ";
#define DASH_BYTES    (sizeof DASH - 1)
#define STAMP_BYTES   8u
#define SIGNED_MAX    (4u + STAMP_BYTES + SIGNATURE_BYTES)
#define SIGNERS_MAX   16u
#define NUMBER_DIGITS 18u

/* Cut the next line off a text, without its line end. returns false if none ends here */
static bool take_line(struct text *line, struct text *rest)
{
    const char *end = rest->length == 0 ? NULL : memchr(rest->at, '\n', rest->length);
    if (end == NULL) {
        return false;
    }
    *line = (struct text){rest->at, (size_t)(end - rest->at)};
    rest->at += line->length + 1;
    rest->length -= line->length + 1;
    return true;
}

static bool read_size(uint64_t *out, struct text text)
{
    *out = 0;
    if (text.length == 0 || text.length > NUMBER_DIGITS || (text.at[0] == '0' && text.length > 1)) {
        return false;
    }
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
        *out = *out * 10 + (uint64_t)(text.at[i] - '0');
    }
    return true;
}

static bool is_plain(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] <= ' ' || text.at[i] >= 127) {
            return false;
        }
    }
    return text.length > 0 && text.length < KEY_NAME_MAX;
}

/* One signature line, taken apart. */
struct signed_line {
    struct text name;
    uint8_t bytes[SIGNED_MAX]; /* key id and signature */
    size_t length;
};

static bool read_signed_line(struct signed_line *out, struct text line)
{
    if (line.length <= DASH_BYTES || memcmp(line.at, DASH, DASH_BYTES) != 0) {
        return false;
    }
    struct text rest = {line.at + DASH_BYTES, line.length - DASH_BYTES};
    const char *space = memchr(rest.at, ' ', rest.length);
    if (space == NULL) {
        return false;
    }
    out->name = (struct text){rest.at, (size_t)(space - rest.at)};
    struct text coded = {space + 1, rest.length - out->name.length - 1};
    return is_plain(out->name) && base64_read(out->bytes, sizeof out->bytes, &out->length, coded) &&
           out->length > 4;
}

static bool are_signatures(struct text lines)
{
    struct signed_line one;
    struct text line;
    unsigned count = 0;
    while (lines.length > 0) {
        if (!take_line(&line, &lines) || !read_signed_line(&one, line) || ++count > SIGNERS_MAX) {
            return false;
        }
    }
    return count > 0;
}

bool checkpoint_read(struct checkpoint *out, struct text note)
{
    assert(out != NULL);
    assert(note.at != NULL || note.length == 0);
    struct text rest = note;
    struct text size;
    struct text root;
    struct text empty;
    size_t length = 0;
    *out = (struct checkpoint){.note = note};
    if (note.length > CHECKPOINT_BYTES_MAX || !take_line(&out->origin, &rest) ||
        !take_line(&size, &rest) || !take_line(&root, &rest)) {
        return false;
    }
    out->body = (struct text){note.at, note.length - rest.length};
    bool is_read = is_plain(out->origin) && read_size(&out->size, size) &&
                   base64_read(out->root, sizeof out->root, &length, root) &&
                   length == DIGEST_BYTES;
    if (!is_read || !take_line(&empty, &rest) || empty.length != 0) {
        return false;
    }
    out->signatures = rest;
    return are_signatures(rest);
}

static void write_signature(struct builder *builder, const struct verifier *verifier,
                            struct text signature)
{
    uint8_t bytes[SIGNED_MAX];
    assert(signature.length <= SIGNED_MAX - 4);
    memcpy(bytes, verifier->id, 4);
    memcpy(bytes + 4, signature.at, signature.length);
    builder_puts(builder, DASH);
    builder_puts(builder, verifier->name);
    builder_putc(builder, ' ');
    base64_put(builder, (struct text){(const char *)bytes, 4 + signature.length});
    builder_putc(builder, '\n');
}

amicus_status checkpoint_sign(struct builder *builder, const struct signer *signer, uint64_t size,
                              const uint8_t root[DIGEST_BYTES])
{
    assert(builder != NULL && signer != NULL);
    assert(root != NULL && signer->verifier.type == KEY_LOG);
    uint8_t signature[SIGNATURE_BYTES];
    size_t start = builder->length;
    builder_putf(builder, "%s\n%llu\n", signer->verifier.name, (unsigned long long)size);
    base64_put(builder, (struct text){(const char *)root, DIGEST_BYTES});
    builder_putc(builder, '\n');
    if (builder->failed) {
        return AMICUS_MEMORY;
    }
    struct text body = {builder->bytes + start, builder->length - start};
    amicus_status status = signer_sign(signer, signature, body);
    builder_putc(builder, '\n');
    write_signature(builder, &signer->verifier,
                    (struct text){(const char *)signature, sizeof signature});
    return status;
}

/* What a witness signs: the time, and the checkpoint's text. */
static amicus_status stamped(struct text *out, struct arena *arena,
                             const struct checkpoint *checkpoint, uint64_t at_s)
{
    struct builder builder;
    builder_start(&builder, arena);
    builder_putf(&builder, "cosignature/v1\ntime %llu\n", (unsigned long long)at_s);
    builder_put(&builder, checkpoint->body);
    return builder_end(out, &builder);
}

amicus_status checkpoint_cosign(struct builder *builder, const struct checkpoint *checkpoint,
                                const struct signer *signer, int64_t at_s)
{
    assert(builder != NULL && checkpoint != NULL);
    assert(signer != NULL && signer->verifier.type == KEY_WITNESS && at_s >= 0);
    uint8_t bytes[STAMP_BYTES + SIGNATURE_BYTES];
    struct text message;
    amicus_status status = stamped(&message, builder->arena, checkpoint, (uint64_t)at_s);
    if (status == AMICUS_OK) {
        status = signer_sign(signer, bytes + STAMP_BYTES, message);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    for (unsigned i = 0; i < STAMP_BYTES; i++) {
        bytes[i] = (uint8_t)((uint64_t)at_s >> (8 * (STAMP_BYTES - 1 - i)));
    }
    builder_put(builder, checkpoint->note);
    write_signature(builder, &signer->verifier, (struct text){(const char *)bytes, sizeof bytes});
    return builder->failed ? AMICUS_MEMORY : AMICUS_OK;
}

/* Check a witness's signature, which carries its time before it. */
static bool is_cosigned(const struct checkpoint *checkpoint, const struct verifier *verifier,
                        const struct signed_line *line, int64_t *at_s)
{
    if (line->length != SIGNED_MAX) {
        return false;
    }
    uint64_t stamp = 0;
    for (unsigned i = 0; i < STAMP_BYTES; i++) {
        stamp = stamp << 8 | line->bytes[4 + i];
    }
    struct arena *arena;
    struct text message;
    if (stamp > INT64_MAX || arena_open(&arena, (size_t)4 * CHECKPOINT_BYTES_MAX) != AMICUS_OK) {
        return false;
    }
    bool is_good = stamped(&message, arena, checkpoint, stamp) == AMICUS_OK &&
                   verifier_accepts(verifier, line->bytes + 4 + STAMP_BYTES, message);
    arena_close(arena);
    if (is_good && at_s != NULL) {
        *at_s = (int64_t)stamp;
    }
    return is_good;
}

bool checkpoint_is_signed(const struct checkpoint *checkpoint, const struct verifier *verifier,
                          int64_t *at_s)
{
    assert(checkpoint != NULL && checkpoint->body.at != NULL);
    assert(verifier != NULL);
    struct text rest = checkpoint->signatures;
    struct text text;
    struct signed_line line;
    bool is_signed = false;
    while (take_line(&text, &rest) && read_signed_line(&line, text)) {
        if (!text_is(line.name, verifier->name) || memcmp(line.bytes, verifier->id, 4) != 0) {
            continue;
        }
        bool is_good = verifier->type == KEY_WITNESS
                           ? is_cosigned(checkpoint, verifier, &line, at_s)
                           : line.length == 4 + SIGNATURE_BYTES &&
                                 verifier_accepts(verifier, line.bytes + 4, checkpoint->body);
        if (!is_good) {
            return false;
        }
        is_signed = true;
    }
    return is_signed;
}

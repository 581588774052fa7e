/*
 * A builder makes a text in an arena, and writes foreign text so that it can do no harm.
 *
 * The bytes double when they do not fit; what they left behind stays in the arena, so a text costs
 * at most twice its length there. The first failure is remembered and everything after it is
 * ignored: a writer of a hundred lines checks once, in builder_end.
 *
 * Two escapes live here, because both must see every byte that leaves: JSON (RFC 8785: the short
 * escapes where they exist, else \u00xx, nothing else escaped) and the terminal (every control and
 * bidirectional mark made visible). Both take any bytes: what is no UTF-8 becomes U+FFFD in JSON,
 * which has no other way to say it, and \xNN on a terminal. The visible form is for eyes and does
 * not read back: a backslash is left alone.
 */
#include "text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Most texts that are built are shorter than this: lines, amounts, paths. */
static const size_t FIRST_BYTES = 64;

/* The digits of UINT64_MAX. */
enum { DIGITS_MAX = 20 };

/* Make room for `extra` bytes and the NUL; false, for good, if that fails. */
static bool make_room(struct builder *builder, size_t extra)
{
    if (builder->failed) {
        return false;
    }
    if (extra < builder->capacity - builder->length) {
        return true;
    }
    if (extra >= SIZE_MAX / 4 || builder->length >= SIZE_MAX / 4) {
        builder->failed = true;
        return false;
    }
    size_t wanted = builder->capacity == 0 ? FIRST_BYTES : builder->capacity * 2;
    if (wanted < builder->length + extra + 1) {
        wanted = builder->length + extra + 1;
    }
    char *grown = arena_give(builder->arena, wanted);
    if (grown == NULL) {
        builder->failed = true;
        return false;
    }
    if (builder->length > 0) {
        memcpy(grown, builder->bytes, builder->length);
    }
    builder->bytes = grown;
    builder->capacity = wanted;
    return true;
}

/* The letter that follows the backslash in a short escape of JSON; 0 if the code has none. */
static char json_letter(uint32_t code)
{
    switch (code) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

/* Find the end of a run of bytes that both escapes leave as they are; most text is one such run. */
static size_t plain_end(struct text text, size_t at)
{
    while (at < text.length && text.at[at] >= 0x20 && text.at[at] < 0x7F && text.at[at] != '"' &&
           text.at[at] != '\\') {
        at++;
    }
    return at;
}

/* Add the plain run that starts at an offset, and tell where it ends. */
static size_t put_plain(struct builder *builder, struct text text, size_t at)
{
    const size_t end = plain_end(text, at);
    const struct text plain = {text.at + at, end - at};
    builder_put(builder, plain);
    return end;
}

static void put_json_code(struct builder *builder, struct text bytes, uint32_t code)
{
    char letter = json_letter(code);
    if (letter != 0) {
        builder_putc(builder, '\\');
        builder_putc(builder, letter);
    } else if (code < 0x20) {
        builder_putf(builder, "\\u%04x", (unsigned)code);
    } else {
        builder_put(builder, bytes);
    }
}

static bool is_harmless(struct text bytes, uint32_t code)
{
    return code != '\t' && code != '\n' && code != '\r' &&
           text_find_control(bytes, NULL) == bytes.length;
}

static void put_visible_code(struct builder *builder, struct text bytes, uint32_t code)
{
    if (is_harmless(bytes, code)) {
        builder_put(builder, bytes);
    } else if (code == '\t' || code == '\n' || code == '\r') {
        builder_putc(builder, '\\');
        builder_putc(builder, json_letter(code));
    } else if (code < 0x100) {
        builder_putf(builder, "\\x%02x", (unsigned)code);
    } else {
        builder_putf(builder, "<U+%04X>", (unsigned)code);
    }
}

void builder_start(struct builder *builder, struct arena *arena)
{
    assert(builder != NULL);
    assert(arena != NULL);
    *builder = (struct builder){.arena = arena, .bytes = NULL, .length = 0};
}

void builder_put(struct builder *builder, struct text text)
{
    assert(builder != NULL && builder->arena != NULL);
    assert(text.at != NULL || text.length == 0);
    if (text.length > 0 && make_room(builder, text.length)) {
        memcpy(builder->bytes + builder->length, text.at, text.length);
        builder->length += text.length;
    }
}

void builder_puts(struct builder *builder, const char *string)
{
    assert(builder != NULL);
    assert(string != NULL);
    builder_put(builder, text_of(string));
}

void builder_putc(struct builder *builder, char byte)
{
    assert(builder != NULL && builder->arena != NULL);
    if (make_room(builder, 1)) {
        assert(builder->length + 1 < builder->capacity);
        builder->bytes[builder->length++] = byte;
    }
}

void builder_put_digits(struct builder *builder, uint64_t number, unsigned width)
{
    char digits[DIGITS_MAX];
    assert(builder != NULL && builder->arena != NULL);
    assert(width <= DIGITS_MAX);
    unsigned at = DIGITS_MAX;
    while (number > 0 || at > DIGITS_MAX - width) {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    }
    builder_put(builder, (struct text){digits + at, DIGITS_MAX - at});
}

void builder_put_int(struct builder *builder, int64_t number)
{
    assert(builder != NULL && builder->arena != NULL);
    if (number < 0) {
        builder_putc(builder, '-');
    }
    /* The magnitude of the least number does not fit in its own type. */
    builder_put_digits(builder, number < 0 ? UINT64_C(0) - (uint64_t)number : (uint64_t)number, 1);
}

void builder_put_number(struct builder *builder, uint64_t number, unsigned bytes)
{
    assert(builder != NULL && builder->arena != NULL);
    assert(bytes >= 1 && bytes <= 8);
    for (unsigned i = 0; i < bytes; i++) {
        builder_putc(builder, (char)(number >> (8 * i) & 0xFF));
    }
}

void builder_putv(struct builder *builder, const char *format, va_list arguments)
{
    assert(builder != NULL && builder->arena != NULL);
    assert(format != NULL);
    va_list again;
    va_copy(again, arguments);
    /* The analyzer of clang 14 loses sight of va_copy. */
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0) {
        builder->failed = true;
        return;
    }
    if (make_room(builder, (size_t)length)) {
        int written =
            vsnprintf(builder->bytes + builder->length, (size_t)length + 1, format, arguments);
        assert(written == length);
        builder->length += (size_t)written;
    }
}

void builder_putf(struct builder *builder, const char *format, ...)
{
    assert(builder != NULL);
    assert(format != NULL);
    va_list arguments;
    va_start(arguments, format);
    builder_putv(builder, format, arguments);
    va_end(arguments);
}

void builder_put_json(struct builder *builder, struct text text)
{
    assert(builder != NULL);
    assert(text.at != NULL || text.length == 0);
    builder_putc(builder, '"');
    size_t at = text.length == 0 ? 0 : put_plain(builder, text, 0);
    while (at < text.length) {
        uint32_t code = 0;
        size_t length = text_decode(text, at, &code);
        if (length == 0) {
            builder_puts(builder, "\xEF\xBF\xBD");
            at++;
            continue;
        }
        struct text bytes = {text.at + at, length};
        put_json_code(builder, bytes, code);
        at = put_plain(builder, text, at + length);
    }
    builder_putc(builder, '"');
}

void builder_put_visible(struct builder *builder, struct text text)
{
    assert(builder != NULL);
    assert(text.at != NULL || text.length == 0);
    size_t at = text.length == 0 ? 0 : put_plain(builder, text, 0);
    while (at < text.length) {
        uint32_t code = 0;
        size_t length = text_decode(text, at, &code);
        if (length == 0) {
            builder_putf(builder, "\\x%02x", (unsigned)(unsigned char)text.at[at]);
            at++;
            continue;
        }
        struct text bytes = {text.at + at, length};
        put_visible_code(builder, bytes, code);
        at = put_plain(builder, text, at + length);
    }
}

amicus_status builder_end(struct text *out, struct builder *builder)
{
    assert(out != NULL);
    assert(builder != NULL && builder->arena != NULL);
    *out = (struct text){NULL, 0};
    if (!make_room(builder, 0)) {
        return AMICUS_MEMORY;
    }
    builder->bytes[builder->length] = '\0';
    *out = (struct text){builder->bytes, builder->length};
    return AMICUS_OK;
}

/*
 * Slices of text, and what may be asked of them: equality, order, UTF-8, controls, likeness.
 *
 * One decoder, text_decode, is the only place that knows how UTF-8 is built; the check, the search
 * for controls, the column count and the escapes of builder.c all stand on it. It refuses what
 * Unicode refuses: overlong forms, surrogates, code points above U+10FFFF, cut sequences.
 *
 * Nearly all text is printable ASCII, and of that no question is asked twice: text_plain passes it
 * by eight bytes at a time, and only what is left is decoded.
 *
 * Order is by bytes, which for UTF-8 is order by code points: no locale is ever asked, so the same
 * input sorts the same way everywhere.
 *
 * Cost: all are linear, but text_distance, which takes a table of at most 256 by 256 steps and
 * keeps three rows of it on the stack (3 KiB).
 */
#include "text.h"

#include <assert.h>
#include <string.h>

/* Beyond this no word is worth a suggestion; it bounds the stack and the time of text_distance. */
enum { DISTANCE_BYTES = 256 };

/* How much of a word may be mistyped: one part in so many, and so many letters of a short one. */
enum { LIKENESS_PART = 3, LIKENESS_LEAST = 2 };

static unsigned byte_at(struct text text, size_t at)
{
    return (unsigned char)text.at[at];
}

/* How long the sequence is that a lead byte opens; 0 if it can open none. */
static size_t sequence_length(unsigned lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

static bool is_scalar_of_length(uint32_t code, size_t length)
{
    static const uint32_t SMALLEST[] = {0, 0, 0x80, 0x800, 0x10000};
    return code >= SMALLEST[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

static bool is_control(uint32_t code)
{
    if (code < 0x20) {
        return code != '\t' && code != '\n' && code != '\r';
    }
    return (code >= 0x7F && code <= 0x9F) || code == 0x061C || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

static void set(uint32_t *out, uint32_t code)
{
    if (out != NULL) {
        *out = code;
    }
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

struct text text_of(const char *string)
{
    struct text text = {string, string == NULL ? 0 : strlen(string)};
    return text;
}

amicus_status text_copy(struct text *out, struct arena *arena, struct text text)
{
    assert(out != NULL && arena != NULL);
    assert(text.at != NULL || text.length == 0);
    char *copy = arena_copy(arena, text.at, text.length);
    out->at = copy;
    out->length = copy == NULL ? 0 : text.length;
    return copy == NULL ? AMICUS_MEMORY : AMICUS_OK;
}

bool text_equal(struct text a, struct text b)
{
    assert(a.at != NULL || a.length == 0);
    assert(b.at != NULL || b.length == 0);
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

bool text_is(struct text a, const char *string)
{
    assert(string != NULL);
    assert(a.at != NULL || a.length == 0);
    if (a.length > 0 && a.at[0] != string[0]) {
        return false; /* most words that are compared differ here */
    }
    return text_equal(a, text_of(string));
}

bool text_is_among(struct text a, const char *const *words)
{
    assert(a.at != NULL || a.length == 0);
    assert(words != NULL);
    while (*words != NULL && !text_is(a, *words)) {
        words++;
    }
    return *words != NULL;
}

int text_order(struct text a, struct text b)
{
    assert(a.at != NULL || a.length == 0);
    assert(b.at != NULL || b.length == 0);
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
    if (order != 0) {
        return order;
    }
    return (a.length > b.length) - (a.length < b.length);
}

size_t text_decode(struct text text, size_t at, uint32_t *out)
{
    assert(out != NULL);
    assert(at < text.length);
    unsigned lead = byte_at(text, at);
    size_t length = sequence_length(lead);
    if (length == 0 || length > text.length - at) {
        return 0;
    }
    uint32_t code = length == 1 ? lead : lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned byte = byte_at(text, at + i);
        if ((byte & 0xC0u) != 0x80u) {
            return 0;
        }
        code = code << 6 | (byte & 0x3Fu);
    }
    if (!is_scalar_of_length(code, length)) {
        return 0;
    }
    *out = code;
    return length;
}

/* Tell whether all of eight bytes are printable ASCII: none with its highest bit, below 0x20 or
 * 0x7F. A borrow can only come from a byte that is no such byte itself, so what is told is exact.
 */
static bool are_plain(const char *bytes)
{
    static const uint64_t ONES = UINT64_C(0x0101010101010101);
    uint64_t eight = 0;
    memcpy(&eight, bytes, sizeof eight);
    uint64_t from_delete = eight ^ (ONES * 0x7F);
    uint64_t is_low = eight - ONES * 0x20;
    uint64_t is_delete = (from_delete - ONES) & ~from_delete;
    return ((eight | is_low | is_delete) & (ONES * 0x80)) == 0;
}

size_t text_plain(struct text text, size_t at)
{
    assert(text.at != NULL || text.length == 0);
    assert(at <= text.length);
    size_t end = at;
    while (text.length - end >= 8 && are_plain(text.at + end)) {
        end += 8;
    }
    while (end < text.length && byte_at(text, end) >= 0x20 && byte_at(text, end) < 0x7F) {
        end++;
    }
    return end - at;
}

bool text_is_utf8(struct text text, size_t *fault)
{
    assert(text.at != NULL || text.length == 0);
    size_t at = text_plain(text, 0);
    size_t length = 1;
    while (at < text.length && length > 0) {
        uint32_t code = 0;
        length = text_decode(text, at, &code);
        at += length;
        at += length > 0 ? text_plain(text, at) : 0;
    }
    assert(at <= text.length);
    if (at < text.length && fault != NULL) {
        *fault = at;
    }
    return at == text.length;
}

size_t text_find_control(struct text text, uint32_t *out)
{
    assert(text.at != NULL || text.length == 0);
    size_t at = text_plain(text, 0);
    while (at < text.length) {
        uint32_t code = 0;
        size_t length = text_decode(text, at, &code);
        if (length > 0 && is_control(code)) {
            set(out, code);
            return at;
        }
        at += length == 0 ? 1 : length;
        at += text_plain(text, at);
    }
    assert(at == text.length);
    return text.length;
}

size_t text_characters(struct text text, size_t bytes)
{
    assert(bytes <= text.length);
    assert(text.at != NULL || text.length == 0);
    size_t characters = 0;
    for (size_t at = 0; at < bytes; at++) {
        characters += (byte_at(text, at) & 0xC0u) != 0x80u;
    }
    return characters;
}

uint64_t text_number(struct text text, size_t at, unsigned bytes)
{
    assert(bytes >= 1 && bytes <= 8);
    assert(at <= text.length && bytes <= text.length - at);
    uint64_t number = 0;
    for (unsigned i = 0; i < bytes; i++) {
        number |= (uint64_t)byte_at(text, at + i) << (8 * i);
    }
    return number;
}

unsigned text_distance(struct text a, struct text b)
{
    assert(a.at != NULL || a.length == 0);
    assert(b.at != NULL || b.length == 0);
    size_t rows = a.length < DISTANCE_BYTES ? a.length : DISTANCE_BYTES;
    size_t columns = b.length < DISTANCE_BYTES ? b.length : DISTANCE_BYTES;
    unsigned table[3][DISTANCE_BYTES + 1];
    for (unsigned j = 0; j <= columns; j++) {
        table[0][j] = j;
    }
    for (size_t i = 1; i <= rows; i++) {
        unsigned *row = table[i % 3];
        const unsigned *above = table[(i + 2) % 3];
        const unsigned *above2 = table[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= columns; j++) {
            bool same = a.at[i - 1] == b.at[j - 1];
            unsigned edits = smaller(above[j] + 1, row[j - 1] + 1);
            edits = smaller(edits, above[j - 1] + (same ? 0 : 1));
            bool swapped =
                i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1];
            row[j] = swapped ? smaller(edits, above2[j - 2] + 1) : edits;
        }
    }
    return table[rows % 3][columns];
}

struct likeness likeness_to(struct text word)
{
    assert(word.at != NULL || word.length == 0);
    size_t part = (word.length < DISTANCE_BYTES ? word.length : DISTANCE_BYTES) / LIKENESS_PART;
    struct likeness likeness = {.word = word, .best = {NULL, 0}, .edits = LIKENESS_LEAST};
    if (part > LIKENESS_LEAST) {
        likeness.edits = (unsigned)part;
    }
    assert(likeness.edits < DISTANCE_BYTES);
    return likeness;
}

void likeness_try(struct likeness *likeness, struct text candidate)
{
    assert(likeness != NULL);
    assert(candidate.at != NULL || candidate.length == 0);
    size_t a = likeness->word.length;
    size_t b = candidate.length;
    size_t longer = a > b ? a : b;
    if (longer - (a > b ? b : a) > likeness->edits) {
        return; /* it takes at least so many edits: most candidates cost no table */
    }
    unsigned edits = text_distance(likeness->word, candidate);
    bool is_first = likeness->best.at == NULL || text_order(candidate, likeness->best) < 0;
    if (edits < longer && (edits < likeness->edits || (edits == likeness->edits && is_first))) {
        likeness->edits = edits;
        likeness->best = candidate;
    }
}

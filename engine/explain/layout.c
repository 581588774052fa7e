/*
 * Columns, wrapping and colour for text on a terminal or in a pipe.
 *
 * The page never shows foreign bytes as they came: layout_visible is the one gate, and it is built
 * on builder_put_visible, so that a control sequence in a chat message is read and not obeyed.
 *
 * Widths come from a short table instead of wcwidth, because the locale must not reach an answer:
 * the same case gives the same lines on every machine. The table knows the marks that take no
 * column and the East Asian blocks that take two; what it does not know takes one. A wrong guess
 * costs a crooked column, nothing else.
 *
 * A pen owes its spaces until a word follows, so that no line ends in white space and golden files
 * survive editors that strip it. Colour is written around words only, never around padding.
 *
 * Cost: one pass over the bytes per call.
 */
#include "layout.h"

#include <assert.h>
#include <string.h>

/* A span of code points. */
struct block {
    uint32_t first, last;
};

/* Marks that combine with the letter before them. */
static const struct block NARROW[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
    {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

/* Letters that take two columns. */
static const struct block WIDE[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

/* Escape sequences by ink; the last one ends any of them. */
static const char *const INKS[] = {"",           "\x1b[1m",  "\x1b[1;32m", "\x1b[32m",
                                   "\x1b[1;31m", "\x1b[33m", "\x1b[2m"};
static const char INK_END[] = "\x1b[0m";

static bool is_in(const struct block *blocks, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= blocks[i].first && code <= blocks[i].last) {
            return true;
        }
    }
    return false;
}

/* Read one character; a broken one is taken as a single byte. Returns its bytes. */
static size_t step(struct text text, uint32_t *code)
{
    unsigned char lead = (unsigned char)text.at[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC0 || length > text.length) {
        *code = lead;
        return 1;
    }
    *code = lead & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        *code = *code << 6 | ((unsigned char)text.at[i] & 0x3Fu);
    }
    return length;
}

static unsigned columns_of(uint32_t code)
{
    if (code < 0x300) {
        return 1;
    }
    if (is_in(NARROW, sizeof NARROW / sizeof NARROW[0], code)) {
        return 0;
    }
    return is_in(WIDE, sizeof WIDE / sizeof WIDE[0], code) ? 2 : 1;
}

/* How many bytes of text fill at most `columns`. */
static size_t bytes_within(struct text text, unsigned columns)
{
    size_t used = 0;
    unsigned filled = 0;
    while (used < text.length) {
        uint32_t code;
        size_t length = step((struct text){text.at + used, text.length - used}, &code);
        if (filled + columns_of(code) > columns) {
            break;
        }
        filled += columns_of(code);
        used += length;
    }
    return used;
}

/* The part of text that one line of `columns` takes: up to a space where there is one. */
static size_t line_within(struct text text, unsigned columns)
{
    size_t fits = bytes_within(text, columns);
    if (fits == text.length) {
        return fits;
    }
    size_t at = fits;
    while (at > 0 && text.at[at] != ' ') {
        at--;
    }
    if (at > 0) {
        return at;
    }
    uint32_t code;
    return fits > 0 ? fits : step(text, &code);
}

struct pen pen_of(struct builder *out, struct look look)
{
    assert(out != NULL);
    assert(look.width >= 40);
    return (struct pen){out, look, 0, 0};
}

void pen_put(struct pen *pen, enum ink ink, struct text text)
{
    assert(pen != NULL);
    assert((size_t)ink < sizeof INKS / sizeof INKS[0]);
    if (text.length == 0) {
        return;
    }
    for (; pen->owed > 0; pen->owed--) {
        builder_putc(pen->out, ' ');
    }
    bool is_coloured = pen->look.is_coloured && ink != INK_PLAIN;
    if (is_coloured) {
        builder_puts(pen->out, INKS[ink]);
    }
    builder_put(pen->out, text);
    if (is_coloured) {
        builder_puts(pen->out, INK_END);
    }
    pen->column += layout_columns(text);
}

void pen_puts(struct pen *pen, enum ink ink, const char *string)
{
    pen_put(pen, ink, text_of(string));
}

void pen_to(struct pen *pen, unsigned column, unsigned gap)
{
    assert(pen != NULL);
    unsigned target = pen->column + gap > column ? pen->column + gap : column;
    pen->owed += target - pen->column;
    pen->column = target;
}

void pen_end(struct pen *pen)
{
    assert(pen != NULL);
    builder_putc(pen->out, '\n');
    pen->column = 0;
    pen->owed = 0;
}

struct text layout_line(struct text *text, unsigned columns)
{
    assert(text != NULL);
    assert(columns >= 1);
    struct text line = {text->at, line_within(*text, columns)};
    text->at += line.length;
    text->length -= line.length;
    while (text->length > 0 && text->at[0] == ' ') {
        text->at++;
        text->length--;
    }
    return line;
}

void pen_wrap(struct pen *pen, enum ink ink, struct text text, unsigned left, unsigned right)
{
    assert(pen != NULL);
    assert(left < right);
    unsigned room = pen->column < right ? right - pen->column : 1;
    while (text.length > 0) {
        pen_put(pen, ink, layout_line(&text, room));
        room = right - left;
        if (text.length > 0) {
            pen_end(pen);
            pen_to(pen, left, 0);
        }
    }
}

unsigned layout_columns(struct text text)
{
    assert(text.at != NULL || text.length == 0);
    unsigned columns = 0;
    for (size_t used = 0; used < text.length;) {
        uint32_t code;
        used += step((struct text){text.at + used, text.length - used}, &code);
        columns += columns_of(code);
    }
    return columns;
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

struct text layout_visible(struct arena *arena, struct text text)
{
    assert(arena != NULL);
    assert(text.at != NULL || text.length == 0);
    struct builder builder;
    builder_start(&builder, arena);
    size_t at = 0;
    while (at < text.length) {
        size_t word = at;
        while (word < text.length && !is_space(text.at[word])) {
            word++;
        }
        builder_put_visible(&builder, (struct text){text.at + at, word - at});
        at = word;
        while (at < text.length && is_space(text.at[at])) {
            at++;
        }
        if (at > word && at < text.length && builder.length > 0) {
            builder_putc(&builder, ' ');
        }
    }
    struct text visible;
    return builder_end(&visible, &builder) == AMICUS_OK ? visible : (struct text){NULL, 0};
}

struct text layout_cut(struct arena *arena, struct look look, struct text text, unsigned columns)
{
    assert(arena != NULL);
    assert(columns >= 4);
    if (layout_columns(text) <= columns) {
        return text;
    }
    struct text mark = text_of(look.is_utf8 ? "\xe2\x80\xa6" : "...");
    size_t kept = bytes_within(text, columns - layout_columns(mark));
    while (kept > 0 && text.at[kept - 1] == ' ') {
        kept--;
    }
    struct builder builder;
    builder_start(&builder, arena);
    builder_put(&builder, (struct text){text.at, kept});
    builder_put(&builder, mark);
    struct text cut;
    return builder_end(&cut, &builder) == AMICUS_OK ? cut : (struct text){NULL, 0};
}

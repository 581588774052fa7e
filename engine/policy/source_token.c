/*
 * Tokens of a rule file.
 *
 * The scanner knows as much of Lua as it takes to tell code from strings and comments: long
 * brackets, escapes, numerals, operators of up to three bytes. It need not reject what Lua rejects
 * anyhow, but it must never take code for a comment or the other way round, or a check could be
 * walked around; the fuzz target compares its view with Lua's. Time is linear in the source.
 */
#include "source_token.h"

#include <assert.h>
#include <string.h>

static const char *const MARKS[] = {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};

static unsigned byte_at(const struct token_scanner *scanner, size_t at)
{
    return at < scanner->source.length ? (unsigned char)scanner->source.at[at] : 0;
}

static bool is_digit(unsigned byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(unsigned byte)
{
    return byte == '_' || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Count the = of a long bracket that opens at `at`; -1 if none opens there. */
static ptrdiff_t long_level(const struct token_scanner *scanner, size_t at)
{
    size_t next = at + 1;
    while (byte_at(scanner, next) == '=') {
        next++;
    }
    return byte_at(scanner, at) == '[' && byte_at(scanner, next) == '[' ? (ptrdiff_t)(next - at - 1)
                                                                        : -1;
}

/* Tell whether a long bracket of a level closes at `at`. */
static bool closes_at(const struct token_scanner *scanner, size_t at, size_t level)
{
    if (byte_at(scanner, at) != ']' || byte_at(scanner, at + level + 1) != ']') {
        return false;
    }
    for (size_t i = 1; i <= level; i++) {
        if (byte_at(scanner, at + i) != '=') {
            return false;
        }
    }
    return true;
}

/* Go behind a long bracket; false if it has no end. */
static bool pass_long(struct token_scanner *scanner, size_t level)
{
    scanner->at += level + 2;
    for (; scanner->at < scanner->source.length; scanner->at++) {
        if (byte_at(scanner, scanner->at) == '\n') {
            scanner->line++;
        } else if (closes_at(scanner, scanner->at, level)) {
            scanner->at += level + 2;
            return true;
        }
    }
    return false;
}

/* Go behind a string in quotes; false if its line ends first. */
static bool pass_quoted(struct token_scanner *scanner)
{
    unsigned quote = byte_at(scanner, scanner->at++);
    while (scanner->at < scanner->source.length) {
        unsigned byte = byte_at(scanner, scanner->at++);
        if (byte == quote) {
            return true;
        }
        if (byte == '\n') {
            return false;
        }
        if (byte != '\\') {
            continue;
        }
        if (byte_at(scanner, scanner->at) == 'z') { /* passes by all white space, lines too */
            while (strchr(" \t\n\v\f", (int)byte_at(scanner, ++scanner->at)) != NULL &&
                   scanner->at < scanner->source.length) {
                scanner->line += byte_at(scanner, scanner->at) == '\n' ? 1 : 0;
            }
        } else if (scanner->at < scanner->source.length) {
            scanner->line += byte_at(scanner, scanner->at++) == '\n' ? 1 : 0;
        }
    }
    return false;
}

/* Go to the end of the line. */
static void pass_line(struct token_scanner *scanner)
{
    size_t left = scanner->source.length - scanner->at;
    const char *rest = scanner->source.at + scanner->at;
    const char *end = left == 0 ? NULL : memchr(rest, '\n', left);
    scanner->at += end == NULL ? left : (size_t)(end - rest);
}

/* Go behind white space and comments; false at a comment without its end. */
static bool pass_blank(struct token_scanner *scanner)
{
    for (;;) {
        unsigned byte = byte_at(scanner, scanner->at);
        if (byte == '\n') {
            scanner->line++;
            scanner->at++;
        } else if (byte == ' ' || byte == '\t') {
            scanner->at++;
        } else if (byte == '-' && byte_at(scanner, scanner->at + 1) == '-') {
            ptrdiff_t level = long_level(scanner, scanner->at + 2);
            scanner->at += 2;
            if (level >= 0 && !pass_long(scanner, (size_t)level)) {
                return false;
            }
            if (level < 0) {
                pass_line(scanner);
            }
        } else {
            return true;
        }
    }
}

/* Go behind a numeral as Lua's reader does: letters and digits, points, signs of an exponent. */
static void pass_number(struct token_scanner *scanner)
{
    bool is_hex =
        byte_at(scanner, scanner->at) == '0' && (byte_at(scanner, scanner->at + 1) | 0x20u) == 'x';
    unsigned exponent = is_hex ? 'p' : 'e';
    for (;;) {
        unsigned byte = byte_at(scanner, scanner->at);
        unsigned before = scanner->at > 0 ? byte_at(scanner, scanner->at - 1) | 0x20u : 0;
        bool is_sign = (byte == '+' || byte == '-') && before == exponent;
        if (!is_digit(byte) && !is_letter(byte) && byte != '.' && !is_sign) {
            return;
        }
        scanner->at++;
    }
}

static void pass_name(struct token_scanner *scanner)
{
    while (is_letter(byte_at(scanner, scanner->at)) || is_digit(byte_at(scanner, scanner->at))) {
        scanner->at++;
    }
}

static enum token_kind pass_mark(struct token_scanner *scanner)
{
    struct text rest = {scanner->source.at + scanner->at, scanner->source.length - scanner->at};
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++) {
        size_t length = strlen(MARKS[i]);
        if (rest.at[0] == MARKS[i][0] && rest.length >= length &&
            memcmp(rest.at, MARKS[i], length) == 0) {
            scanner->at += length;
            return TOKEN_MARK;
        }
    }
    bool is_known = rest.at[0] != '\0' && strchr("+-*/%^#&~|<>=(){}[];:,.", rest.at[0]) != NULL;
    uint32_t code = 0;
    size_t length = text_decode(rest, 0, &code);
    scanner->at += length == 0 ? 1 : length;
    return is_known ? TOKEN_MARK : TOKEN_STRANGE;
}

static enum token_kind pass_token(struct token_scanner *scanner)
{
    unsigned byte = byte_at(scanner, scanner->at);
    ptrdiff_t level = long_level(scanner, scanner->at);
    if (is_letter(byte)) {
        pass_name(scanner);
        return TOKEN_NAME;
    }
    if (is_digit(byte) || (byte == '.' && is_digit(byte_at(scanner, scanner->at + 1)))) {
        pass_number(scanner);
        return TOKEN_NUMBER;
    }
    if (byte == '"' || byte == '\'') {
        return pass_quoted(scanner) ? TOKEN_STRING : TOKEN_UNFINISHED;
    }
    if (level >= 0) {
        return pass_long(scanner, (size_t)level) ? TOKEN_STRING : TOKEN_UNFINISHED;
    }
    return pass_mark(scanner);
}

void token_start(struct token_scanner *scanner, struct text source)
{
    assert(scanner != NULL);
    assert(source.at != NULL || source.length == 0);
    scanner->source = source;
    scanner->at = 0;
    scanner->line = 1;
}

struct token token_next(struct token_scanner *scanner)
{
    assert(scanner != NULL);
    assert(scanner->at <= scanner->source.length);
    struct token token = {TOKEN_END, {NULL, 0}, scanner->line, scanner->at};
    bool is_finished = pass_blank(scanner);
    if (is_finished) {
        token.line = scanner->line;
        token.offset = scanner->at;
    }
    if (!is_finished) {
        token.kind = TOKEN_UNFINISHED;
    } else if (scanner->at < scanner->source.length) {
        token.kind = pass_token(scanner);
    }
    if (token.kind == TOKEN_UNFINISHED) {
        scanner->at = scanner->source.length;
    }
    token.text.at = scanner->source.at + token.offset;
    token.text.length = scanner->at - token.offset;
    return token;
}

bool token_is(const struct token *token, const char *words)
{
    assert(token != NULL);
    assert(words != NULL);
    return (token->kind == TOKEN_NAME || token->kind == TOKEN_MARK) &&
           token->text.at[0] == words[0] && text_is(token->text, words);
}

uint32_t token_column(struct text source, size_t offset)
{
    assert(offset <= source.length);
    size_t start = offset;
    while (start > 0 && source.at[start - 1] != '\n') {
        start--;
    }
    struct text line = {source.at + start, source.length - start};
    size_t characters = text_characters(line, offset - start);
    assert(characters < UINT32_MAX);
    return (uint32_t)characters + 1;
}

/*
 * Tokens of a rule file, so that it can be checked before Lua reads it.
 */
#ifndef SOURCE_TOKEN_H
#define SOURCE_TOKEN_H

#include "text.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NAME, /* also the words of Lua */
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_MARK,       /* an operator or bracket */
    TOKEN_UNFINISHED, /* a string or comment without its end; the last token */
    TOKEN_STRANGE     /* a byte that no token begins with */
};

struct token {
    enum token_kind kind;
    struct text text;
    uint32_t line;
    size_t offset;
};

/* Where a scanner stands. Start with zeroes and the source. */
struct token_scanner {
    struct text source;
    size_t at;
    uint32_t line; /* from 1 */
};

/* Start at the first byte of valid UTF-8. */
void token_start(struct token_scanner *scanner, struct text source);

/* Read the next token; comments and white space are passed by. */
struct token token_next(struct token_scanner *scanner);

/* Tell whether a token is this word or mark. */
bool token_is(const struct token *token, const char *words);

/* The column of an offset, in characters from 1. */
uint32_t token_column(struct text source, size_t offset);

#endif

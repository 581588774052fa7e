/*
 * Text: slices of UTF-8, a builder, and the escapes that keep foreign text harmless.
 *
 * A slice does not own and need not end in NUL. A builder grows in an arena and remembers its first
 * failure, so that a writer checks once, at the end.
 */
#ifndef TEXT_H
#define TEXT_H

#include "arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A slice of bytes: borrowed, not NUL-terminated. {NULL, 0} is the empty text. */
struct text {
    const char *at;
    size_t length;
};

/*
 * Make a slice of a NUL-terminated string.
 *
 * string   the string; NULL gives the empty text
 * returns  a slice over the same bytes
 */
struct text text_of(const char *string);

/* The slice of a string literal, usable in initialisers. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/*
 * Copy a slice into an arena, NUL-terminated behind its end.
 *
 * out      receives the copy; the empty text on failure
 * arena    where to
 * text     what
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status text_copy(struct text *out, struct arena *arena, struct text text);

/*
 * Tell whether two texts have the same bytes.
 *
 * a, b     the texts
 * returns  true if equal
 */
bool text_equal(struct text a, struct text b);

/*
 * Tell whether a text equals a NUL-terminated string.
 *
 * a        the text
 * string   the string
 * returns  true if equal
 */
bool text_is(struct text a, const char *string);

/*
 * Tell whether a text is one of some words.
 *
 * a        the text
 * words    NUL-terminated, ended by NULL
 * returns  true if it equals one
 */
bool text_is_among(struct text a, const char *const *words);

/*
 * Order two texts by their bytes (no locale).
 *
 * a, b     the texts
 * returns  below, equal to, above 0
 */
int text_order(struct text a, struct text b);

/*
 * Decode the character at an offset.
 *
 * text     any bytes
 * at       the offset, below text.length
 * out      receives the code point; as before if the answer is 0
 * returns  how many bytes it takes, 1 to 4; 0 if no valid character starts there
 */
size_t text_decode(struct text text, size_t at, uint32_t *out);

/*
 * Tell whether bytes are valid UTF-8 (no surrogates, no overlong forms, at most U+10FFFF).
 *
 * text     the bytes
 * fault    receives the offset of the first bad byte, if not NULL and the answer is false
 * returns  true if all is well
 */
bool text_is_utf8(struct text text, size_t *fault);

/*
 * Measure the run of printable ASCII (0x20 to 0x7E) that begins at an offset.
 *
 * text     any bytes
 * at       at most text.length
 * returns  its length in bytes, which may be 0
 */
size_t text_plain(struct text text, size_t at);

/*
 * Find the first character that must not stand in a text of a person or a script: C0 controls
 * but tab, LF and CR, DEL, C1 controls, and bidirectional marks and overrides (U+061C,
 * U+200E, U+200F, U+202A-202E, U+2066-2069).
 *
 * text     valid UTF-8
 * out      receives the code point, if not NULL
 * returns  its offset, or text.length if there is none
 */
size_t text_find_control(struct text text, uint32_t *out);

/*
 * Count characters (code points) of a prefix, for columns.
 *
 * text     valid UTF-8
 * bytes    how many bytes of it
 * returns  characters in text[0..bytes)
 */
size_t text_characters(struct text text, size_t bytes);

/*
 * Read a number from its bytes, the lowest first, as builder_put_number writes it.
 *
 * text     the bytes
 * at       where it begins
 * bytes    how many it has, 1 to 8; they must be there
 * returns  the number
 */
uint64_t text_number(struct text text, size_t at, unsigned bytes);

/*
 * Measure how unlike two short words are (Levenshtein with transpositions).
 *
 * a, b     the words, at most 256 bytes each are looked at
 * returns  the number of edits
 */
unsigned text_distance(struct text a, struct text b);

/* A search for what somebody meant who mistyped a word. Start with likeness_to. */
struct likeness {
    struct text word; /* as it was written */
    struct text best; /* the candidate most like it; the empty text if none is near enough */
    unsigned edits;   /* from the word to it, or how many there may be */
};

/*
 * Start a search. A third of a word may be mistyped, and two letters of a short one.
 *
 * word     borrowed
 * returns  a search without a best candidate
 */
struct likeness likeness_to(struct text word);

/*
 * Try a candidate. Of equals the first by bytes is kept, so the order of trying leaves no trace.
 *
 * likeness   the search
 * candidate  borrowed; it is never near if nothing of the word is left in it
 */
void likeness_try(struct likeness *likeness, struct text candidate);

/* A text being built in an arena. Start with builder_start. */
struct builder {
    struct arena *arena;
    char *bytes;
    size_t length;
    size_t capacity;
    bool failed; /* sticky: set by the first MEMORY */
};

/*
 * Start an empty builder.
 *
 * builder  what to set up
 * arena    where its bytes will live
 */
void builder_start(struct builder *builder, struct arena *arena);

/* Add a slice. A failed builder ignores it. */
void builder_put(struct builder *builder, struct text text);

/* Add a NUL-terminated string. */
void builder_puts(struct builder *builder, const char *string);

/* Add one byte. */
void builder_putc(struct builder *builder, char byte);

/* Add a whole number in decimal. */
void builder_put_int(struct builder *builder, int64_t number);

/* Add a number in decimal with zeros before it, so that it has `width` digits at least; width at
 * most 20. */
void builder_put_digits(struct builder *builder, uint64_t number, unsigned width);

/* Add a number as 1 to 8 bytes, the lowest first; what does not fit into them is cut off. */
void builder_put_number(struct builder *builder, uint64_t number, unsigned bytes);

/* Add text by a printf format. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void builder_putf(struct builder *builder, const char *format, ...);

/* As builder_putf, with the arguments in a list. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 0)))
#endif
void builder_putv(struct builder *builder, const char *format, va_list arguments);

/* Add a JSON string literal, quotes included: canonical escapes (\" \\ \b \f \n \r \t, \u00xx).
 * Bytes that are no UTF-8 become U+FFFD, one each. */
void builder_put_json(struct builder *builder, struct text text);

/* Add text for a terminal: C0, C1, DEL as \x1b, bidirectional marks as <U+202E>, LF, CR, TAB as \n,
 * \r, \t, bytes that are no UTF-8 as \xff. It is for eyes and does not read back. */
void builder_put_visible(struct builder *builder, struct text text);

/*
 * End a builder.
 *
 * out      receives the text, NUL-terminated behind its end; lives in the builder's arena
 * builder  what to end
 * returns  OK, MEMORY if any addition failed
 */
AMICUS_MUST_CHECK amicus_status builder_end(struct text *out, struct builder *builder);

#endif

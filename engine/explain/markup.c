/*
 * Escapes for the two markups in which letters leave the house.
 *
 * HTML needs five characters. Markdown needs more than a list of them, because readers differ: each
 * dialect has signs of its own, and most turn what looks like an address into a link after the
 * escapes are gone, so that a backslash does not help. Hence two means, word by word: signs get a
 * backslash, which CommonMark allows before any ASCII punctuation; a word that looks like a link, a
 * mention or a reference to an issue becomes a code span, inside of which nothing is looked for.
 * The span's fence is longer than any run of back quotes in the word.
 *
 * A text that begins a line could begin a list or a heading: what does so is escaped there. Visible
 * texts have no line breaks, so there is no other beginning.
 */
#include "markup.h"

#include <assert.h>
#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80) != 0;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Tell whether a reader may make a link of a word: it has a sign of addresses, a colon or point
 * before a letter, or a reference to a number. */
static bool is_linkable(struct text word)
{
    for (size_t i = 0; i < word.length; i++) {
        const bool is_before_letter = i + 1 < word.length && is_letter(word.at[i + 1]);
        if (word.at[i] == '@' || word.at[i] == '#') {
            return true;
        }
        if (is_before_letter && (word.at[i] == ':' || (word.at[i] == '.' && i > 0))) {
            return true;
        }
        if (word.at[i] == '/' && i + 1 < word.length && word.at[i + 1] == '/') {
            return true;
        }
    }
    return false;
}

static size_t longest_fence(struct text word)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < word.length; i++) {
        run = word.at[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void put_code(struct builder *builder, struct text word)
{
    const size_t fence = longest_fence(word) + 1;
    const bool is_padded = word.at[0] == '`' || word.at[word.length - 1] == '`';
    for (size_t i = 0; i < fence; i++) {
        builder_putc(builder, '`');
    }
    builder_puts(builder, is_padded ? " " : "");
    builder_put(builder, word);
    builder_puts(builder, is_padded ? " " : "");
    for (size_t i = 0; i < fence; i++) {
        builder_putc(builder, '`');
    }
}

/* How many letters at the start of a word begin a list, a heading or a rule on a line of its own.
 */
static size_t opener(struct text word)
{
    size_t digits = 0;
    while (digits < word.length && is_digit(word.at[digits])) {
        digits++;
    }
    if (digits > 0 && digits < word.length && (word.at[digits] == '.' || word.at[digits] == ')')) {
        return digits + 1;
    }
    return word.length > 0 && strchr("-+=", word.at[0]) != NULL ? 1 : 0;
}

static void put_escaped(struct builder *builder, struct text word, bool is_first)
{
    static const char SIGNS[] = "\\`*_{}[]<>#!|~$&^";
    const size_t opened = is_first ? opener(word) : 0;
    for (size_t i = 0; i < word.length; i++) {
        const bool is_sign = strchr(SIGNS, word.at[i]) != NULL || i + 1 == opened;
        builder_puts(builder, is_sign ? "\\" : "");
        builder_putc(builder, word.at[i]);
    }
}

/* Take what is no part of an address off the end of a word: "np.approved," keeps its comma. */
static size_t core(struct text word)
{
    size_t length = word.length;
    while (length > 1 && strchr(",.;:!?)\"'", word.at[length - 1]) != NULL) {
        length--;
    }
    return length;
}

static void put_word(struct builder *builder, struct text word, bool is_first)
{
    if (!is_linkable(word)) {
        put_escaped(builder, word, is_first);
        return;
    }
    const size_t length = core(word);
    put_code(builder, (struct text){word.at, length});
    put_escaped(builder, (struct text){word.at + length, word.length - length}, false);
}

void markdown_put(struct builder *builder, struct text text)
{
    assert(builder != NULL);
    assert(text.at != NULL || text.length == 0);
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        while (end < text.length && text.at[end] != ' ') {
            end++;
        }
        put_word(builder, (struct text){text.at + at, end - at}, at == 0);
        if (end < text.length) {
            builder_putc(builder, ' ');
        }
        at = end + 1;
    }
}

void html_put(struct builder *builder, struct text text)
{
    assert(builder != NULL);
    assert(text.at != NULL || text.length == 0);
    for (size_t i = 0; i < text.length; i++) {
        switch (text.at[i]) {
        case '&': builder_puts(builder, "&amp;"); break;
        case '<': builder_puts(builder, "&lt;"); break;
        case '>': builder_puts(builder, "&gt;"); break;
        case '"': builder_puts(builder, "&quot;"); break;
        case '\'': builder_puts(builder, "&#39;"); break;
        default: builder_putc(builder, text.at[i]);
        }
    }
}

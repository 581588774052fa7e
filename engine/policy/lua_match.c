/*
 * A matcher for Lua's patterns.
 *
 * Patterns backtrack, and a pattern of thirty bytes can take longer than the age of the earth, all
 * within one instruction of Lua, which no hook sees. So every step is counted: each item that is
 * tried at each place. The pattern language is that of the Lua manual, section 6.4.1; classes are
 * those of ASCII, whatever the locale.
 *
 * The recursion goes one level deeper for each repeated item or capture of the pattern, so its
 * depth is bounded by the pattern's length, which is at most LIMIT_LUA_PATTERN_BYTES.
 *
 * INVARIANT: when match_here fails, the captures are as they were when it was called.
 */
#include "lua_match.h"

#include <assert.h>
#include <string.h>

/* No place: the item did not match. */
#define NOWHERE SIZE_MAX

static bool spend(struct match *match)
{
    if (match->fault != NULL || match->steps_left <= 0) {
        match->steps_left = match->fault != NULL ? match->steps_left : 0;
        return false;
    }
    match->steps_left--;
    return true;
}

static size_t fail_with(struct match *match, const char *fault)
{
    match->fault = fault;
    return NOWHERE;
}

static unsigned subject_at(const struct match *match, size_t at)
{
    return (unsigned char)match->subject.at[at];
}

static bool pattern_is(const struct match *match, size_t at, char byte)
{
    return at < match->pattern.length && match->pattern.at[at] == byte;
}

static bool is_between(unsigned byte, char low, char high)
{
    return byte >= (unsigned char)low && byte <= (unsigned char)high;
}

static bool is_letter(unsigned byte)
{
    return is_between(byte | 0x20u, 'a', 'z');
}

static bool is_digit(unsigned byte)
{
    return is_between(byte, '0', '9');
}

/* Tell whether a byte belongs to a class such as a for %a; a capital negates. */
static bool in_class(unsigned byte, unsigned class)
{
    bool is_in = false;
    switch (class | 0x20u) {
    case 'a': is_in = is_letter(byte); break;
    case 'c': is_in = byte < 0x20 || byte == 0x7F; break;
    case 'd': is_in = is_digit(byte); break;
    case 'g': is_in = byte > 0x20 && byte < 0x7F; break;
    case 'l': is_in = is_between(byte, 'a', 'z'); break;
    case 'p': is_in = byte > 0x20 && byte < 0x7F && !is_letter(byte) && !is_digit(byte); break;
    case 's': is_in = byte == ' ' || (byte >= 9 && byte <= 13); break;
    case 'u': is_in = is_between(byte, 'A', 'Z'); break;
    case 'w': is_in = is_letter(byte) || is_digit(byte); break;
    case 'x': is_in = is_digit(byte) || is_between(byte | 0x20u, 'a', 'f'); break;
    default: return byte == class;
    }
    return is_letter(class) && (class & 0x20u) == 0 ? !is_in : is_in;
}

/* The end of the set that begins at `at`, behind its bracket. */
static size_t set_end(struct match *match, size_t at)
{
    size_t next = at + 1;
    next += pattern_is(match, next, '^') ? 1 : 0;
    do { /* a bracket at the first place stands for itself */
        if (next >= match->pattern.length) {
            return fail_with(match, "the pattern has [ without ]");
        }
        next += match->pattern.at[next] == '%' ? 2 : 1;
    } while (!pattern_is(match, next, ']'));
    return next + 1;
}

/* The end of the single item that begins at `at`: a byte, a class, a set. */
static size_t item_end(struct match *match, size_t at)
{
    if (pattern_is(match, at, '%')) {
        return at + 1 < match->pattern.length ? at + 2
                                              : fail_with(match, "the pattern ends with %");
    }
    return pattern_is(match, at, '[') ? set_end(match, at) : at + 1;
}

static unsigned pattern_at(const struct match *match, size_t at)
{
    return (unsigned char)match->pattern.at[at];
}

/* Tell whether a byte is in the set [at .. end). */
static bool in_set(struct match *match, unsigned byte, size_t at, size_t end)
{
    bool is_negated = pattern_is(match, at + 1, '^');
    size_t last = end - 1; /* the closing bracket */
    size_t next = at + (is_negated ? 2 : 1);
    while (next < last && spend(match)) {
        if (pattern_at(match, next) == '%') {
            if (in_class(byte, pattern_at(match, next + 1))) {
                return !is_negated;
            }
            next += 2;
        } else if (next + 2 < last && pattern_at(match, next + 1) == '-') {
            if (byte >= pattern_at(match, next) && byte <= pattern_at(match, next + 2)) {
                return !is_negated;
            }
            next += 3;
        } else if (pattern_at(match, next++) == byte) {
            return !is_negated;
        }
    }
    return is_negated;
}

/* Tell whether the single item [item .. end) matches the byte at a place of the subject. */
static bool matches_single(struct match *match, size_t place, size_t item, size_t end)
{
    if (place >= match->subject.length || !spend(match)) {
        return false;
    }
    unsigned byte = subject_at(match, place);
    switch (match->pattern.at[item]) {
    case '.': return true;
    case '%': return in_class(byte, pattern_at(match, item + 1));
    case '[': return in_set(match, byte, item, end);
    default: return byte == pattern_at(match, item);
    }
}

/* %bxy: from an x to its y. */
static size_t match_balance(struct match *match, size_t place, size_t item)
{
    if (item + 3 >= match->pattern.length) {
        return fail_with(match, "the pattern has %b without two characters");
    }
    unsigned opens = pattern_at(match, item + 2);
    unsigned closes = pattern_at(match, item + 3);
    if (place >= match->subject.length || subject_at(match, place) != opens) {
        return NOWHERE;
    }
    size_t depth = 1;
    for (size_t at = place + 1; at < match->subject.length && spend(match); at++) {
        if (subject_at(match, at) == closes) {
            if (--depth == 0) {
                return at + 1;
            }
        } else if (subject_at(match, at) == opens) {
            depth++;
        }
    }
    return NOWHERE;
}

/* %f[set]: the border before a byte of the set; the subject is as if between two zero bytes. */
static bool at_frontier(struct match *match, size_t place, size_t set, size_t end)
{
    unsigned before = place == 0 ? 0 : subject_at(match, place - 1);
    unsigned after = place < match->subject.length ? subject_at(match, place) : 0;
    return !in_set(match, before, set, end) && in_set(match, after, set, end);
}

/* %1: the same bytes as a finished capture. */
static size_t match_again(struct match *match, size_t place, unsigned digit)
{
    unsigned index = digit - '1';
    if (digit < '1' || index >= match->capture_count ||
        match->captures[index].length == CAPTURE_OPEN) {
        return fail_with(match, "the pattern repeats a capture that is not there yet");
    }
    if (match->captures[index].length == CAPTURE_PLACE) {
        return NOWHERE; /* a place has no bytes to repeat */
    }
    size_t length = (size_t)match->captures[index].length;
    match->steps_left -= (int64_t)length;
    if (!spend(match) || match->subject.length - place < length) {
        return NOWHERE;
    }
    const char *bytes = match->subject.at + match->captures[index].start;
    return memcmp(bytes, match->subject.at + place, length) == 0 ? place + length : NOWHERE;
}

/* match_here and its parts call each other; see the depth above. */
static size_t match_here(struct match *match, size_t place, size_t item);

static size_t open_capture(struct match *match, size_t place, size_t item)
{
    bool is_place = pattern_is(match, item + 1, ')');
    if (match->capture_count >= MATCH_CAPTURES_MAX) {
        return fail_with(match, "the pattern has more than 32 captures");
    }
    struct capture capture = {place, is_place ? CAPTURE_PLACE : CAPTURE_OPEN};
    match->captures[match->capture_count++] = capture;
    size_t end = match_here(match, place, item + (is_place ? 2 : 1));
    if (end == NOWHERE) {
        match->capture_count--;
    }
    return end;
}

static size_t close_capture(struct match *match, size_t place, size_t item)
{
    unsigned index = match->capture_count;
    while (index > 0 && match->captures[index - 1].length != CAPTURE_OPEN) {
        index--;
    }
    if (index == 0) {
        return fail_with(match, "the pattern has ) without (");
    }
    struct capture *capture = &match->captures[index - 1];
    capture->length = (ptrdiff_t)(place - capture->start);
    size_t end = match_here(match, place, item + 1);
    if (end == NOWHERE) {
        capture->length = CAPTURE_OPEN;
    }
    return end;
}

/* As many of an item as possible, then fewer. */
static size_t match_most(struct match *match, size_t place, size_t item, size_t end)
{
    size_t count = 0;
    while (matches_single(match, place + count, item, end)) {
        count++;
    }
    for (;; count--) {
        size_t found = match_here(match, place + count, end + 1);
        if (found != NOWHERE || count == 0 || !spend(match)) {
            return found;
        }
    }
}

/* As few of an item as possible, then more. */
static size_t match_least(struct match *match, size_t place, size_t item, size_t end)
{
    for (;; place++) {
        size_t found = match_here(match, place, end + 1);
        if (found != NOWHERE || !matches_single(match, place, item, end)) {
            return found;
        }
    }
}

/* A single item with what follows it. Moves place and item on if the walk goes on; else `found`
 * has the answer and the result is false. */
static bool match_item(struct match *match, size_t *place, size_t *item, size_t *found)
{
    size_t end = item_end(match, *item);
    *found = NOWHERE;
    if (end == NOWHERE) {
        return false;
    }
    char suffix = end < match->pattern.length ? match->pattern.at[end] : '\0';
    if (suffix == '*' || suffix == '-') {
        *found = suffix == '*' ? match_most(match, *place, *item, end)
                               : match_least(match, *place, *item, end);
        return false;
    }
    bool is_match = matches_single(match, *place, *item, end);
    if (suffix == '+') {
        *found = is_match ? match_most(match, *place + 1, *item, end) : NOWHERE;
        return false;
    }
    if (suffix == '?') {
        *found = is_match ? match_here(match, *place + 1, end + 1) : NOWHERE;
        *item = end + 1;
        return *found == NOWHERE;
    }
    *place += is_match ? 1 : 0;
    *item = end;
    return is_match;
}

/* An item that begins with %: %b, %f, %1, else NOWHERE and is_special stays false. */
static size_t match_special(struct match *match, size_t place, size_t *item, bool *is_special)
{
    unsigned kind = *item + 1 < match->pattern.length ? pattern_at(match, *item + 1) : 0;
    *is_special = kind == 'b' || kind == 'f' || is_digit(kind);
    if (kind == 'b') {
        size_t end = match_balance(match, place, *item);
        *item += 4;
        return end;
    }
    if (kind == 'f') {
        size_t set = *item + 2;
        size_t end = pattern_is(match, set, '[') ? set_end(match, set)
                                                 : fail_with(match, "the pattern has %f without [");
        *item = end;
        return end != NOWHERE && at_frontier(match, place, set, end) ? place : NOWHERE;
    }
    *item += *is_special ? 2 : 0;
    return *is_special ? match_again(match, place, kind) : NOWHERE;
}

/* Match the pattern from an item on at a place; gives the end of the match. */
static size_t match_here(struct match *match, size_t place, size_t item)
{
    while (item < match->pattern.length) {
        if (!spend(match)) {
            return NOWHERE;
        }
        char kind = match->pattern.at[item];
        if (kind == '(') {
            return open_capture(match, place, item);
        }
        if (kind == ')') {
            return close_capture(match, place, item);
        }
        if (kind == '$' && item + 1 == match->pattern.length) {
            return place == match->subject.length ? place : NOWHERE;
        }
        bool is_special = false;
        size_t after = kind == '%' ? match_special(match, place, &item, &is_special) : NOWHERE;
        if (is_special && after == NOWHERE) {
            return NOWHERE;
        }
        size_t found = NOWHERE;
        if (is_special) {
            place = after;
        } else if (!match_item(match, &place, &item, &found)) {
            return found;
        }
    }
    return place;
}

static enum match_result result_of(const struct match *match)
{
    return match->fault != NULL ? MATCH_FAULT : match->steps_left <= 0 ? MATCH_STEPS : MATCH_NONE;
}

void match_start(struct match *match, struct text subject, struct text pattern, int64_t steps)
{
    assert(match != NULL);
    assert(steps > 0);
    memset(match, 0, sizeof *match);
    match->subject = subject;
    match->is_anchored = pattern.length > 0 && pattern.at[0] == '^';
    match->pattern = pattern;
    if (match->is_anchored) {
        match->pattern.at++;
        match->pattern.length--;
    }
    match->steps_left = steps;
}

enum match_result match_find(struct match *match, size_t from)
{
    assert(match != NULL);
    assert(from <= match->subject.length);
    size_t last = match->is_anchored ? from : match->subject.length;
    for (size_t at = from; at <= last && spend(match); at++) {
        match->capture_count = 0;
        size_t end = match_here(match, at, 0);
        if (end != NOWHERE && match->fault == NULL) {
            for (unsigned i = 0; i < match->capture_count; i++) {
                if (match->captures[i].length == CAPTURE_OPEN) {
                    match->fault = "the pattern has ( without )";
                    return MATCH_FAULT;
                }
            }
            match->start = at;
            match->end = end;
            return MATCH_FOUND;
        }
    }
    return result_of(match);
}

enum match_result match_find_plain(struct match *match, size_t from)
{
    assert(match != NULL);
    assert(from <= match->subject.length);
    size_t length = match->pattern.length;
    for (size_t at = from; at + length <= match->subject.length && spend(match); at++) {
        size_t same = 0;
        while (same < length && match->subject.at[at + same] == match->pattern.at[same] &&
               spend(match)) {
            same++;
        }
        if (same == length) {
            match->start = at;
            match->end = at + length;
            return MATCH_FOUND;
        }
    }
    return result_of(match);
}

bool match_is_plain(struct text pattern)
{
    assert(pattern.at != NULL || pattern.length == 0);
    for (size_t i = 0; i < pattern.length; i++) {
        assert(pattern.at != NULL);
        if (pattern.at[i] == '\0' || strchr("^$*+?.([%-", pattern.at[i]) != NULL) {
            return false;
        }
    }
    return true;
}

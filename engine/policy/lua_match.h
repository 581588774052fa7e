/*
 * A matcher for Lua's patterns that counts its steps.
 *
 * It knows nothing of Lua, so that it can be tested and fuzzed by itself.
 */
#ifndef LUA_MATCH_H
#define LUA_MATCH_H

#include "text.h"

#define MATCH_CAPTURES_MAX 32

/* How a search ended. */
enum match_result {
    MATCH_NONE,  /* no match */
    MATCH_FOUND, /* start, end and captures are set */
    MATCH_FAULT, /* the pattern is malformed: fault says how */
    MATCH_STEPS  /* it ran out of steps */
};

/* A capture: length CAPTURE_OPEN while it is open, CAPTURE_PLACE for (). */
#define CAPTURE_OPEN  (-1)
#define CAPTURE_PLACE (-2)
struct capture {
    size_t start;
    ptrdiff_t length;
};

struct match {
    struct text subject;
    struct text pattern; /* without a leading ^ */
    bool is_anchored;
    int64_t steps_left;
    const char *fault; /* static; NULL if there is none */
    size_t start, end; /* of the match, in the subject */
    unsigned capture_count;
    struct capture captures[MATCH_CAPTURES_MAX];
};

/*
 * Prepare a match.
 *
 * subject  what is searched; borrowed
 * pattern  as in Lua; a leading ^ anchors
 * steps    the most that all searches together may take
 */
void match_start(struct match *match, struct text subject, struct text pattern, int64_t steps);

/*
 * Search from an offset on (at it only, if anchored).
 *
 * from     0 to the subject's length
 * returns  how it ended
 */
enum match_result match_find(struct match *match, size_t from);

/*
 * Search for plain bytes.
 *
 * returns  as match_find; never FAULT
 */
enum match_result match_find_plain(struct match *match, size_t from);

/* Tell whether a pattern has no special characters. */
bool match_is_plain(struct text pattern);

#endif

/*
 * The rows of a list that no guard rules out: rules of an issue, remedies, fallbacks, flags.
 */
#ifndef ELIGIBLE_H
#define ELIGIBLE_H

#include "workspace.h"

/* A walk over the rows of a list that are left, by their places in it, ascending. */
struct eligible {
    uint8_t *marks; /* by place: 1 for one that is left and was not given yet; NULL: all are left */
    uint32_t next, count;
};

/*
 * Ask the guards of a list, and begin a walk over what they leave. One walk at a time.
 *
 * list     row of an issue, or issue_count and one of enum guard_other
 * about    the record that the rows are asked about; RECORD_NONE: each record of their own kind
 * returns  the walk; it also gives rows that do not speak of such records
 */
struct eligible eligible_of(struct workspace *workspace, uint32_t list, uint32_t about);

/* Go to the next place. returns false behind the last one */
static inline bool eligible_next(struct eligible *eligible, uint32_t *place)
{
    if (eligible->marks == NULL) {
        *place = eligible->next;
        return eligible->next++ < eligible->count;
    }
    uint32_t at = eligible->next;
    if (at < eligible->count && eligible->marks[at] == 0) {
        const uint8_t *found = memchr(eligible->marks + at, 1, eligible->count - at);
        at = found == NULL ? eligible->count : (uint32_t)(found - eligible->marks);
    }
    if (at >= eligible->count) {
        return false;
    }
    eligible->marks[at] = 0;
    eligible->next = at + 1;
    *place = at;
    return true;
}

#endif

/*
 * Paths: how people name a fact of a case, a record, a section or a list, and what they name.
 *
 * A path is written as in the vocabulary, with the record's id in place of the list:
 * "milestones.M1.submission.formal", "contract.price", "segments[3].idle". `absent:` of a case file
 * wants it whole; where a person types it, a tail that fits one fact of the case alone will do:
 * "M1.submission.formal".
 */
#ifndef CASE_PATH_H
#define CASE_PATH_H

#include "case.h"

/* What a path names. */
struct case_target {
    uint32_t record;     /* RECORD_NONE: nothing */
    uint32_t fact;       /* FACT_NONE: the whole record or section */
    uint32_t kind;       /* of a list as a whole; else KIND_NONE */
    struct text section; /* of the root, if a section as a whole; else empty */
};

/*
 * Find what a whole path names.
 *
 * subject  the case; one that is being built has its records already
 * path     the path
 * returns  a fact (perhaps a derived one), or a whole; record RECORD_NONE if it names nothing
 */
struct case_target case_path_find(const struct amicus_case *subject, struct text path);

/*
 * Find the stored facts of a case whose paths end in a tail, at a dot.
 *
 * found    receives the first ones, in the order of records
 * room     how many it holds
 * subject  the case
 * tail     such as "M1.held" or "held"
 * returns  how many there are, which may be more than there is room for
 */
uint32_t case_path_tails(struct case_target *found, uint32_t room,
                         const struct amicus_case *subject, struct text tail);

/*
 * Split a path at its first dot.
 *
 * path     the path
 * rest     receives what stands behind the dot, or the empty text
 * returns  what stands before it, or all
 */
struct text case_path_head(struct text path, struct text *rest);

/*
 * Make the mend of a path that names nothing: the nearest path, if one is near.
 *
 * out      receives "write 'milestones.M1.held'", or what a path can name
 * bytes    its size
 * subject  the case
 * path     as it was written
 */
void case_path_mend(char *out, size_t bytes, const struct amicus_case *subject, struct text path);

#endif

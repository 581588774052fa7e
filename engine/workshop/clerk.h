/*
 * A clerk: decides one line after the other, writes a line for each and counts.
 *
 * One thread, one clerk. A line that is no case costs itself only: it becomes a line that says what
 * is wrong with it and where it stands.
 */
#ifndef CLERK_H
#define CLERK_H

#include "archive.h"
#include "figures.h"
#include "shelf.h"

/* What is written of each case. */
enum results { RESULTS_BRIEF, RESULTS_FULL, RESULTS_NONE };

/* What a clerk leaves of a chunk. */
struct chunk_result {
    struct arena *arena; /* reset by the next chunk */
    struct text lines, rejects;
    uint64_t reject_count, limit_count;
};

struct clerk;

/*
 * Open a clerk.
 *
 * shelf    borrowed
 * archive  borrowed: names of files
 * results  what is wanted
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status clerk_open(struct clerk **out, const struct bookshelf *shelf,
                                           const struct archive *archive, enum results results);
void clerk_close(struct clerk *clerk);

/*
 * Decide all cases of a chunk, which is unpacked.
 *
 * returns  OK; MEMORY; INTERNAL if money would not be conserved or a digest failed
 */
AMICUS_MUST_CHECK amicus_status clerk_work(struct clerk *clerk, const struct chunk *chunk,
                                           struct chunk_result *result);

/* What was counted so far. */
const struct figures *clerk_figures(const struct clerk *clerk);

/* Find the id that a line gives itself though it cannot be read as a case; empty if there is none.
 * It lives in the arena. */
struct text line_id(struct arena *arena, struct text line);

#endif

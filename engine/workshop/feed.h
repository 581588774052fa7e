/*
 * A feed: lines out of a stream that cannot be sought: stdin, a pipe, zstd without a table.
 */
#ifndef FEED_H
#define FEED_H

#include "archive.h"

/*
 * Open a feed.
 *
 * handle   read from where it stands
 * arena    where it lives
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status feed_open(struct feed **out, struct arena *arena, int handle);

/*
 * Take the next lines: about a megabyte, ended where a line ends.
 *
 * chunk    receives kind, text and length
 * offset   in and out: where in the text the feed stands
 * returns  OK; NOT_FOUND at the end; INVALID for damaged zstd; IO; MEMORY
 */
AMICUS_MUST_CHECK amicus_status feed_next(struct feed *feed, struct chunk *chunk, uint64_t *offset);

/* Close a feed, but not what it reads. NULL is allowed. */
void feed_close(struct feed *feed);

#endif

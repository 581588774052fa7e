/*
 * A crew: threads that decide one shard of an archive, and what they make, in the order of the
 * archive.
 */
#ifndef CREW_H
#define CREW_H

#include "clerk.h"

#include <signal.h>

#define CREW_MAX 64u

/* How far a crew is. */
struct crew_progress {
    uint64_t passed, bytes; /* of the shard */
    uint64_t lines, rejects;
};

struct crew_job {
    const struct archive *archive;
    struct shard shard;
    const struct bookshelf *shelf;
    enum results results;
    bool is_packed; /* results are packed, a frame for each chunk */
    unsigned threads;
    uint64_t rejects_max;              /* stop when there are more; UINT64_MAX: never */
    const volatile sig_atomic_t *stop; /* not 0: stop between two chunks */
    void *context;                     /* for the calls below, which come one at a time */
    /* A chunk was finished, in order. text_length: of the lines before they were packed.
     * returns OK, or what keeps the lines from being written */
    amicus_status (*put)(void *context, struct text lines, size_t text_length, struct text rejects);
    void (*tell)(void *context, const struct crew_progress *progress); /* or NULL */
};

/* How a crew ended. */
enum crew_end { CREW_DONE, CREW_STOPPED, CREW_TOO_MANY_REJECTS, CREW_FAILED };

struct crew_outcome {
    enum crew_end end;
    amicus_status status; /* of a failure */
    bool is_put;          /* the failure is of `put` */
};

/*
 * Decide a shard.
 *
 * figures  receive what was counted
 * list     receives what is wrong with the archive
 * returns  how it ended; figures count unless it failed
 */
struct crew_outcome crew_run(const struct crew_job *job, struct figures *figures,
                             amicus_diagnostics *list);

#endif

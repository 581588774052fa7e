/*
 * Runs: what batches, merges and archives on the command line have in common.
 */
#ifndef RUNS_H
#define RUNS_H

#include "crew.h"
#include "run.h"
#include "session.h"
#include "summary.h"

/* What a batch works with. */
struct work_of_run {
    struct session *session;
    struct arena *arena;
    amicus_diagnostics *list; /* what is wrong, not yet said */
    struct archive archive;
    struct bookshelf shelf;
    struct run run;
};

/* Start. returns an exit code; always to be ended by runs_close */
int runs_open(struct work_of_run *out, struct session *session);
void runs_close(struct work_of_run *work);

/* Say what is in the list, and empty it. */
void runs_say(struct work_of_run *work);

/*
 * Add what operands name to the archive: files, "-", folders, and lists with @.
 *
 * returns  an exit code: EXIT_NOTHING if there is nothing at all
 */
int runs_add_operands(struct work_of_run *work);

/* Load every rulebook that may be needed. returns an exit code */
int runs_load_books(struct work_of_run *work);

/* The exit code of a file that could not be written, from errno: 74, or 75 if it may pass. */
int exit_of_errno(void);

/* Say that a file cannot be written. returns its exit code, from errno */
int runs_cannot_write(struct work_of_run *work, const char *path);

/* Write the summary to every output but those of results; and judge the gates and rejects.
 * returns an exit code */
int runs_conclude(struct work_of_run *work, const struct summary *summary, uint64_t errors_max);

/* What is done with a chunk that is unpacked. returns an exit code; other than 0 ends the walk */
typedef int chunk_user(void *context, const struct chunk *chunk);

/* Walk through a shard of an archive, in this thread. returns an exit code */
int runs_each_chunk(struct work_of_run *work, const struct archive *archive, struct shard shard,
                    chunk_user *use, void *context);

/* Stop on INT and TERM: the number of the signal that came, or 0. */
void runs_watch_signals(void);
const volatile sig_atomic_t *runs_signal(void);

/* Where progress is told. */
struct progress {
    struct session *session;
    bool is_on;
    int64_t started_ms, told_ms;
    uint64_t rate_lines;
    int64_t rate_ms;
    unsigned rate; /* lines a second, of the last seconds */
};
void progress_start(struct progress *progress, struct session *session);
void progress_tell(struct progress *progress, const struct crew_progress *now);
void progress_end(struct progress *progress);

#endif

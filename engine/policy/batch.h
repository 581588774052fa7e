/*
 * The batch: all scripts of a rulebook run in jails, several at a time.
 */
#ifndef BATCH_H
#define BATCH_H

#include "compile.h"
#include "jail.h"

/* Jails of one batch that run at the same time. More than the cores of a small machine helps,
 * because a jail waits while it is set up. */
#define BATCH_WORKERS 4

/* What a batch runs, and the memory in which its messages live. */
struct batch {
    struct compile_file *files; /* their messages are filled in */
    uint32_t count;
    const struct vocabulary *vocabulary; /* whose roots the scripts see */
    struct amicus_engine *engine;        /* whose launcher forks the jails */
    struct arena *arenas[BATCH_WORKERS]; /* one a worker: an arena is never shared */
};

/* How a script of a file is run: path and roots. bytes are borrowed from the file. */
struct script batch_script(const struct compile_file *file, const struct vocabulary *vocabulary);

/*
 * Run the scripts of all files and read their answers into the files.
 *
 * batch    files, vocabulary and engine are set, the rest is zero; ended by batch_close, also after
 *          a failure
 * list     receives the faults of all scripts, in the order of the files
 * returns  OK; INVALID; JAIL; MEMORY: the gravest of all scripts
 */
AMICUS_MUST_CHECK amicus_status batch_run(struct batch *batch, amicus_diagnostics *list);

/* End the memory of a batch; the messages of its files are dead afterwards. */
void batch_close(struct batch *batch);

#endif

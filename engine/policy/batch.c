/*
 * How a batch is run.
 *
 * A jail costs a millisecond or two, most of it in the kernel, and a rulebook has some thirty
 * files, so a few workers take file after file from a common counter, and the files of a worker
 * share a jail as long as they are calm (shared_jail.c). A worker has an arena of its own; a file's
 * message and faults are written by the worker that took it and by nobody else. The faults are
 * handed over at the end, in the order of the files, so that the number of workers and who was
 * quicker leave no trace. Where no thread can be had, the caller does all the work itself.
 *
 * Scripts are told under the path by which people can open them; inside the jail they are called as
 * the image calls them.
 */
#include "batch.h"

#include "limit.h"
#include "shared_jail.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

/* What became of one file. */
struct outcome_of_file {
    amicus_status status;
    amicus_diagnostics *faults; /* NULL if there was no memory even for it */
};

/* What the workers share. */
struct shift {
    struct batch *batch;
    struct outcome_of_file *outcomes; /* by file */
    atomic_uint next;                 /* the file that is taken next */
};

struct worker {
    struct shift *shift;
    struct arena *arena;
    struct shared_jail jail;
};

struct script batch_script(const struct compile_file *file, const struct vocabulary *vocabulary)
{
    assert(file != NULL);
    assert(vocabulary != NULL);
    return (struct script){.path = file->path,
                           .bytes = file->bytes,
                           .roots = vocabulary->roots,
                           .root_count = vocabulary->root_count};
}

static amicus_status run_file(struct worker *worker, struct compile_file *file,
                              amicus_diagnostics *faults)
{
    const struct batch *batch = worker->shift->batch;
    struct arena *arena = worker->arena;
    struct script script = batch_script(file, batch->vocabulary);
    struct text message = {NULL, 0};
    amicus_status status =
        shared_jail_run(&message, &worker->jail, batch->engine, &script, arena, faults);
    return status != AMICUS_OK
               ? status
               : message_read(&file->message, message, file->shown.at, arena, faults);
}

/* Take files until none is left. */
static void *work(void *argument)
{
    struct worker *worker = argument;
    struct shift *shift = worker->shift;
    const struct batch *batch = shift->batch;
    for (;;) {
        unsigned file = atomic_fetch_add(&shift->next, 1u);
        if (file >= batch->count) {
            shared_jail_close(&worker->jail);
            return NULL;
        }
        struct outcome_of_file *outcome = &shift->outcomes[file];
        outcome->status = amicus_diagnostics_open(&outcome->faults);
        if (outcome->status == AMICUS_OK) {
            outcome->status = run_file(worker, &batch->files[file], outcome->faults);
        }
    }
}

/* Let the workers work, the caller among them, and wait for all. */
static void work_all(struct shift *shift)
{
    struct worker workers[BATCH_WORKERS];
    pthread_t threads[BATCH_WORKERS];
    bool is_running[BATCH_WORKERS] = {false};
    for (unsigned i = 0; i < BATCH_WORKERS; i++) {
        workers[i] = (struct worker){.shift = shift, .arena = shift->batch->arenas[i]};
        bool is_spare = i > 0 && i < shift->batch->count;
        is_running[i] = is_spare && pthread_create(&threads[i], NULL, work, &workers[i]) == 0;
    }
    (void)work(&workers[0]);
    for (unsigned i = 1; i < BATCH_WORKERS; i++) {
        if (is_running[i]) {
            (void)pthread_join(threads[i], NULL);
        }
    }
}

/* Memory above all, then a jail that failed, then faults of a script. */
static amicus_status graver(amicus_status a, amicus_status b)
{
    if (a == AMICUS_MEMORY || b == AMICUS_OK) {
        return a;
    }
    return a == AMICUS_OK || a == AMICUS_INVALID || b == AMICUS_MEMORY ? b : a;
}

static amicus_status hand_over(struct shift *shift, amicus_diagnostics *list)
{
    amicus_status worst = AMICUS_OK;
    for (uint32_t i = 0; i < shift->batch->count; i++) {
        struct outcome_of_file *outcome = &shift->outcomes[i];
        if (outcome->faults != NULL) {
            diagnostics_add_all(list, outcome->faults, shift->batch->files[i].shown.at);
            amicus_diagnostics_close(outcome->faults);
        }
        worst = graver(worst, outcome->status);
    }
    return worst;
}

amicus_status batch_run(struct batch *batch, amicus_diagnostics *list)
{
    assert(batch != NULL && batch->engine != NULL);
    assert(batch->vocabulary != NULL && list != NULL);
    for (unsigned i = 0; i < BATCH_WORKERS; i++) {
        size_t cap = (size_t)limit_of(LIMIT_RULEBOOK_ARENA_BYTES);
        amicus_status status = arena_open(&batch->arenas[i], cap);
        if (status != AMICUS_OK) {
            return status;
        }
    }
    struct shift shift = {.batch = batch};
    atomic_init(&shift.next, 0u);
    shift.outcomes = arena_give_array(batch->arenas[0], batch->count, sizeof *shift.outcomes);
    if (shift.outcomes == NULL) {
        return AMICUS_MEMORY;
    }
    work_all(&shift);
    return hand_over(&shift, list);
}

void batch_close(struct batch *batch)
{
    assert(batch != NULL);
    for (unsigned i = 0; i < BATCH_WORKERS; i++) {
        arena_close(batch->arenas[i]);
        batch->arenas[i] = NULL;
    }
    assert(batch->arenas[0] == NULL);
}

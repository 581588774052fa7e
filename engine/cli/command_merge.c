/*
 * amicus merge, batch-status: what became of the shards of a batch.
 */
#include "gate.h"
#include "gather.h"
#include "joined.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY_S 86400

static int exit_of_gather(struct work_of_run *work, enum gather_end end, amicus_status status,
                          const char *folder)
{
    switch (end) {
    case GATHER_DONE: return EXIT_DONE;
    case GATHER_REFUSED: return EXIT_REFUSED;
    case GATHER_DIFFERS: return EXIT_DIFFERS;
    case GATHER_FAILED: break;
    }
    if (status == AMICUS_IO) {
        diagnostics_add(work->list, AMICUS_ERROR, "B0101", (struct place){folder, 0, 0},
                        "check the path and its permissions", "cannot be read: %s",
                        strerror(errno));
    }
    return exit_of(status);
}

/* --- results --- */

static int put_chunk(void *context, const struct chunk *chunk)
{
    session_put(context, FORMAT_NDJSON, (struct text){chunk->text.at, chunk->length});
    return EXIT_DONE;
}

/* Write the results of all parts, in order, to the outputs that want them. */
static int put_results(struct work_of_run *work, const char *folder, uint32_t shards)
{
    bool is_wanted = false;
    struct archive archive;
    for (size_t i = 0; i < work->session->outputs.count; i++) {
        is_wanted = is_wanted || work->session->outputs.all[i].format == FORMAT_NDJSON;
    }
    if (!is_wanted) {
        return EXIT_DONE;
    }
    archive_start(&archive, work->arena);
    amicus_status status = AMICUS_OK;
    for (uint32_t i = 0; i < shards && status == AMICUS_OK; i++) {
        char path[PART_PATH_BYTES];
        part_path(path, folder, (struct shard){i, shards}, ".ndjson.zst");
        const char *copy = arena_copy(work->arena, path, strlen(path));
        status = copy == NULL ? AMICUS_MEMORY : archive_add(&archive, copy, copy, work->list);
    }
    return status == AMICUS_OK
               ? runs_each_chunk(work, &archive, (struct shard){0, 1}, put_chunk, work->session)
               : exit_of(status);
}

/* Copy one file behind what was written. */
static bool append(FILE *to, const char *path)
{
    char piece[4096];
    size_t got;
    FILE *from = fopen(path, "rb");
    if (from == NULL) {
        return false;
    }
    while ((got = fread(piece, 1, sizeof piece, from)) > 0) {
        (void)fwrite(piece, 1, got, to);
    }
    const bool is_read = ferror(from) == 0;
    (void)fclose(from);
    return is_read;
}

/* Write the rejects of all parts into one file. */
static int put_rejects(struct work_of_run *work, const char *folder, uint32_t shards)
{
    const char *target = work->session->options.rejects;
    struct draft_file draft;
    if (target == NULL) {
        return EXIT_DONE;
    }
    if (file_draft(&draft, work->arena, target) != AMICUS_OK) {
        return runs_cannot_write(work, target);
    }
    for (uint32_t i = 0; i < shards; i++) {
        char path[PART_PATH_BYTES];
        part_path(path, folder, (struct shard){i, shards}, ".rejects.ndjson");
        if (!append(draft.stream, path)) {
            file_drop(&draft);
            return exit_of_gather(work, GATHER_FAILED, AMICUS_IO, path);
        }
    }
    return file_commit(&draft) == AMICUS_OK ? EXIT_DONE : runs_cannot_write(work, target);
}

int joined_answer(struct work_of_run *work, const char *folder, uint32_t shards,
                  uint64_t errors_max)
{
    assert(work != NULL);
    assert(folder != NULL);
    struct gathered gathered;
    amicus_status status = AMICUS_OK;
    const enum gather_end end = gather(&gathered, folder, shards, work->arena, work->list, &status);
    int code = exit_of_gather(work, end, status, folder);
    if (end != GATHER_DONE && end != GATHER_DIFFERS) {
        return code;
    }
    code = exit_worst(code, put_results(work, folder, gathered.shards));
    code = exit_worst(code, put_rejects(work, folder, gathered.shards));
    const struct summary summary = {&gathered.figures, gathered.run.id, gathered.shards,
                                    gathered.is_proved};
    code = exit_worst(code, runs_conclude(work, &summary, errors_max));
    char line[120];
    const int length =
        snprintf(line, sizeof line, "%" PRIu32 " of %" PRIu32 " shards   %" PRIu64 " lines%s\n",
                 gathered.shards, gathered.shards, gathered.figures.lines,
                 gathered.is_proved ? "   count and id hash agree with the inventory" : "");
    session_say(work->session, (struct text){line, (size_t)length});
    return code;
}

/* --- the commands --- */

static int check_call(struct work_of_run *work)
{
    const struct options *options = &work->session->options;
    struct gate gate;
    if (!session_needs(work->session, OPTION_OUT)) {
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < options->expect_count; i++) {
        (void)!gate_read(&gate, options->expects[i], work->list);
    }
    return diagnostics_errors(work->list) > 0 ? EXIT_USAGE : EXIT_DONE;
}

static void clean(struct work_of_run *work)
{
    char line[80];
    const unsigned count = part_clean(work->session->options.out, (int64_t)time(NULL), DAY_S);
    const int length = snprintf(line, sizeof line, "%u temporary files removed\n", count);
    session_say(work->session, (struct text){line, (size_t)length});
}

int command_merge(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count > 0);
    struct work_of_run work;
    const struct options *options = &session->options;
    int code = runs_open(&work, session);
    code = code == EXIT_DONE ? check_call(&work) : code;
    if (code == EXIT_DONE) {
        code = joined_answer(&work, options->out, options->shards,
                             options_has(options, OPTION_MAX_ERRORS) ? options->max_errors : 0);
        if (options_has(options, OPTION_CLEAN)) {
            clean(&work);
        }
    }
    session_note(session, code);
    runs_say(&work);
    runs_close(&work);
    return session->worst;
}

static int write_status(struct work_of_run *work, const bool *missing, uint32_t shards)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, work->arena);
    const uint32_t count = gather_write_missing(&builder, missing, shards);
    builder_puts(&builder, count > 0 ? "\n" : "");
    if (builder_end(&text, &builder) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    output_put(&work->session->outputs.all[0], text);
    char line[80];
    const int length = snprintf(line, sizeof line, "%" PRIu32 " of %" PRIu32 " shards are there\n",
                                shards - count, shards);
    session_say(work->session, (struct text){line, (size_t)length});
    return count > 0 ? EXIT_NO : EXIT_DONE;
}

int command_batch_status(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count > 0);
    struct work_of_run work;
    int code = runs_open(&work, session);
    code = code == EXIT_DONE ? check_call(&work) : code;
    if (code == EXIT_DONE) {
        bool *missing = NULL;
        uint32_t shards = session->options.shards;
        amicus_status status = AMICUS_OK;
        const enum gather_end end =
            gather_missing(&missing, &shards, session->options.out, work.arena, work.list, &status);
        code = end == GATHER_DONE ? write_status(&work, missing, shards)
                                  : exit_of_gather(&work, end, status, session->options.out);
    }
    session_note(session, code);
    runs_say(&work);
    runs_close(&work);
    return session->worst;
}

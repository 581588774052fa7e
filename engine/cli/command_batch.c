/*
 * amicus batch: decide many cases, or one shard of them.
 *
 * Without --out the results stream to the outputs that want them, and the figures become the
 * summary. With --out the shard's part is written into the folder and put in place when it is
 * whole; if it is there already, nothing is done. --out without --shard does both, the part and the
 * merge. Expectations are read before anything is decided.
 */
#include "gate.h"
#include "joined.h"
#include "part.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* What the calls of the crew work with. */
struct batch {
    struct work_of_run work;
    struct figures figures;
    struct progress progress;
    struct part_writer part;
    struct draft_file rejects; /* stream NULL: not wanted */
};

static unsigned threads_of(const struct options *options)
{
    const long online = sysconf(_SC_NPROCESSORS_ONLN);
    if (options->jobs != 0) {
        return options->jobs;
    }
    return online < 1 ? 1 : online > (long)CREW_MAX ? CREW_MAX : (unsigned)online;
}

static void tell(void *context, const struct crew_progress *now)
{
    struct batch *batch = context;
    progress_tell(&batch->progress, now);
}

static struct crew_job job_of(struct batch *batch)
{
    const struct options *options = &batch->work.session->options;
    return (struct crew_job){.archive = &batch->work.archive,
                             .shard = options->shard,
                             .shelf = &batch->work.shelf,
                             .results = options->results,
                             .threads = threads_of(options),
                             .rejects_max = UINT64_MAX,
                             .stop = runs_signal(),
                             .context = batch,
                             .tell = tell};
}

/* The exit code of a crew that did not finish. */
static int exit_of_crew(const struct crew_outcome *outcome)
{
    switch (outcome->end) {
    case CREW_DONE: break;
    case CREW_STOPPED: return 128 + (int)*runs_signal();
    case CREW_TOO_MANY_REJECTS: return EXIT_INPUT;
    case CREW_FAILED: return exit_of(outcome->status);
    }
    return EXIT_DONE;
}

static struct crew_outcome run_crew(struct batch *batch, const struct crew_job *job)
{
    progress_start(&batch->progress, batch->work.session);
    const struct crew_outcome outcome = crew_run(job, &batch->figures, batch->work.list);
    const int fault = errno;
    progress_end(&batch->progress);
    errno = fault;
    return outcome;
}

/* --- one shard into a folder --- */

static amicus_status put_part(void *context, struct text lines, size_t text_length,
                              struct text rejects)
{
    struct batch *batch = context;
    return part_put(&batch->part, lines, text_length, rejects);
}

static void say_shard(struct batch *batch, const char *what)
{
    const struct shard shard = batch->work.session->options.shard;
    char line[160];
    const int length =
        snprintf(line, sizeof line,
                 "shard %" PRIu32 "/%" PRIu32 "   %" PRIu64 " cases   %" PRIu64
                 " rejected   part-%05" PRIu32 "-of-%05" PRIu32 " %s\n",
                 shard.index, shard.count, figures_count(&batch->figures, "cases"),
                 figures_count(&batch->figures, "rejected"), shard.index, shard.count, what);
    session_say(batch->work.session, (struct text){line, (size_t)length});
}

/* Tell whether the part is there. returns an exit code; EXIT_NOTHING: it is to be done */
static int find_part(struct batch *batch, const char *folder)
{
    struct work_of_run *work = &batch->work;
    struct part part;
    amicus_diagnostics *ignored;
    amicus_status status = amicus_diagnostics_open(&ignored);
    if (status != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    status = part_read(&part, folder, work->session->options.shard, work->arena, ignored);
    amicus_diagnostics_close(ignored);
    if (status != AMICUS_OK || !text_equal(part.run, work->run.id)) {
        return EXIT_NOTHING;
    }
    batch->figures = part.figures;
    say_shard(batch, "was there");
    return EXIT_DONE;
}

/* Decide the shard and publish its part. returns an exit code */
static int make_part(struct batch *batch, const char *folder)
{
    struct work_of_run *work = &batch->work;
    const struct options *options = &work->session->options;
    struct crew_job job = job_of(batch);
    job.is_packed = true;
    job.put = put_part;
    job.rejects_max = options_has(options, OPTION_MAX_ERRORS) && options_has(options, OPTION_SHARD)
                          ? options->max_errors
                          : UINT64_MAX;
    amicus_status status = part_begin(&batch->part, folder, options->shard, work->arena);
    if (status != AMICUS_OK) {
        const int code =
            status == AMICUS_IO ? runs_cannot_write(work, batch->part.failed) : exit_of(status);
        part_drop(&batch->part);
        return code;
    }
    const struct crew_outcome outcome = run_crew(batch, &job);
    if (outcome.end != CREW_DONE) {
        const int code = outcome.is_put && outcome.status == AMICUS_IO
                             ? runs_cannot_write(work, batch->part.failed)
                             : exit_of_crew(&outcome);
        part_drop(&batch->part);
        return code;
    }
    status = part_publish(&batch->part, &work->run, &batch->figures, work->list);
    if (status == AMICUS_IO) {
        return runs_cannot_write(work, batch->part.failed);
    }
    if (status == AMICUS_OK) {
        say_shard(batch, "written");
    }
    return exit_of(status);
}

/* Join the folder's run, and do what is to be done. */
static int do_part(struct batch *batch)
{
    struct work_of_run *work = &batch->work;
    const struct options *options = &work->session->options;
    const char *folder = options->out;
    if (part_folder(folder) != AMICUS_OK) {
        return runs_cannot_write(work, folder);
    }
    const amicus_status status = part_join(folder, &work->run, work->arena, work->list);
    if (status == AMICUS_IO) {
        return runs_cannot_write(work, folder);
    }
    if (status != AMICUS_OK) {
        return status == AMICUS_INVALID ? EXIT_REFUSED : exit_of(status);
    }
    int code = find_part(batch, folder);
    code = code == EXIT_NOTHING ? make_part(batch, folder) : code;
    if (code != EXIT_DONE) {
        return code;
    }
    if (!options_has(options, OPTION_SHARD)) {
        return joined_answer(work, folder, 1,
                             options_has(options, OPTION_MAX_ERRORS) ? options->max_errors : 0);
    }
    if (figures_count(&batch->figures, "limit") > 0) {
        return EXIT_JAIL;
    }
    return options->shard.count == 1 && batch->figures.lines == 0 ? EXIT_NOTHING : EXIT_DONE;
}

/* --- straight to the outputs --- */

static amicus_status put_lines(void *context, struct text lines, size_t text_length,
                               struct text rejects)
{
    struct batch *batch = context;
    (void)text_length;
    session_put(batch->work.session, FORMAT_NDJSON, lines);
    for (size_t i = 0; i < batch->work.session->outputs.count; i++) {
        const struct output *output = &batch->work.session->outputs.all[i];
        if (output->format == FORMAT_NDJSON && ferror(output->file.stream) != 0) {
            return AMICUS_IO;
        }
    }
    if (batch->rejects.stream != NULL && rejects.length > 0) {
        (void)fwrite(rejects.at, 1, rejects.length, batch->rejects.stream);
    }
    return AMICUS_OK;
}

static bool wants_results(const struct session *session)
{
    bool wants = false;
    for (size_t i = 0; i < session->outputs.count; i++) {
        wants = wants || session->outputs.all[i].format == FORMAT_NDJSON;
    }
    return wants;
}

static int stream(struct batch *batch)
{
    struct work_of_run *work = &batch->work;
    const struct options *options = &work->session->options;
    struct crew_job job = job_of(batch);
    job.put = put_lines;
    if (!wants_results(work->session)) {
        job.results = RESULTS_NONE;
    }
    if (options->rejects != NULL &&
        file_draft(&batch->rejects, work->arena, options->rejects) != AMICUS_OK) {
        return runs_cannot_write(work, options->rejects);
    }
    const struct crew_outcome outcome = run_crew(batch, &job);
    int code = outcome.is_put ? EXIT_OUTPUT : exit_of_crew(&outcome);
    if (batch->rejects.stream != NULL && outcome.end != CREW_DONE) {
        file_drop(&batch->rejects);
    } else if (batch->rejects.stream != NULL && file_commit(&batch->rejects) != AMICUS_OK) {
        code = runs_cannot_write(work, options->rejects);
    }
    if (outcome.end != CREW_DONE) {
        return code;
    }
    const bool is_piped = options_has(options, OPTION_STDIN);
    const uint64_t errors_max = options_has(options, OPTION_MAX_ERRORS) ? options->max_errors
                                : is_piped                              ? UINT64_MAX
                                                                        : 0;
    const struct summary summary = {&batch->figures, work->run.id, 0, false};
    code = exit_worst(code, runs_conclude(work, &summary, errors_max));
    /* An engine that pipes may have nothing to pipe: its partition is empty. */
    return is_piped && code == EXIT_NOTHING ? EXIT_DONE : code;
}

/* --- the command --- */

/* Refuse what does not go together. returns an exit code */
static int check_call(struct work_of_run *work)
{
    const struct options *options = &work->session->options;
    const struct place nowhere = {"", 0, 0};
    struct gate gate;
    if (options_has(options, OPTION_SHARD) && options->out == NULL) {
        diagnostics_add(work->list, AMICUS_ERROR, "B0303", nowhere, "add --out DIR",
                        "a shard needs a folder for its part");
    }
    if (options_has(options, OPTION_STDIN) &&
        (options->operand_count > 0 || options->out != NULL)) {
        diagnostics_add(work->list, AMICUS_ERROR, "B0303", nowhere,
                        "leave out --stdin, or everything else that says where cases come from "
                        "and go to",
                        "--stdin takes no cases and no --out");
    }
    if (options->operand_count == 0 && !options_has(options, OPTION_STDIN)) {
        diagnostics_add(work->list, AMICUS_ERROR, "U0105", nowhere,
                        "name an archive, or '-' for stdin; amicus help batch shows all",
                        "'amicus batch' needs something to work on");
    }
    for (size_t i = 0; i < options->expect_count; i++) {
        (void)!gate_read(&gate, options->expects[i], work->list);
    }
    return diagnostics_errors(work->list) > 0 ? EXIT_USAGE : EXIT_DONE;
}

static int prepare(struct batch *batch)
{
    struct work_of_run *work = &batch->work;
    struct session *session = work->session;
    int code = check_call(work);
    code = code == EXIT_DONE ? runs_add_operands(work) : code;
    code = code == EXIT_DONE ? runs_load_books(work) : code;
    if (code == EXIT_DONE) {
        code = exit_of(run_make(&work->run, work->arena, &work->archive, &work->shelf,
                                session->options.results, work->list));
    }
    if (options_has(&session->options, OPTION_STDIN) &&
        !options_has(&session->options, OPTION_FORMAT)) {
        session->outputs.all[0].format = FORMAT_NDJSON;
    }
    return code == EXIT_DONE ? exit_of(figures_start(&batch->figures, work->arena)) : code;
}

int command_batch(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count > 0);
    struct batch *batch = arena_give(session->arena, sizeof *batch);
    if (batch == NULL) {
        return EXIT_AGAIN;
    }
    runs_watch_signals();
    session_note(session, runs_open(&batch->work, session));
    if (session->worst == EXIT_DONE) {
        int code = prepare(batch);
        if (code == EXIT_DONE) {
            code = session->options.out != NULL ? do_part(batch) : stream(batch);
        }
        session_note(session, code);
        runs_say(&batch->work);
    }
    runs_close(&batch->work);
    return session->worst;
}

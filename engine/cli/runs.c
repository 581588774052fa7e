/*
 * Batches on the command line: operands to an archive, rulebooks to a shelf, figures to an answer.
 *
 * A batch loads every rulebook that could be asked for before the first case, so that a fault of a
 * rulebook does not depend on which cases a shard has, and the run's identity names them all.
 *
 * Files are named without the folder that the operand lies in: it differs between machines, and
 * what is written must not.
 */
#include "runs.h"

#include "gate.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Names and tables of many files. */
#define RUN_BYTES_MAX ((size_t)1 << 30)

int runs_open(struct work_of_run *out, struct session *session)
{
    assert(out != NULL);
    assert(session != NULL);
    *out = (struct work_of_run){.session = session};
    if (arena_open(&out->arena, RUN_BYTES_MAX) != AMICUS_OK ||
        amicus_diagnostics_open(&out->list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    archive_start(&out->archive, out->arena);
    return EXIT_DONE;
}

void runs_close(struct work_of_run *work)
{
    assert(work != NULL);
    assert(work->session != NULL);
    amicus_diagnostics_close(work->list);
    arena_close(work->arena);
}

void runs_say(struct work_of_run *work)
{
    assert(work != NULL);
    assert(work->list != NULL);
    session_say_list(work->session, work->list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(work->list);
    work->list = NULL;
    if (amicus_diagnostics_open(&work->list) != AMICUS_OK) {
        session_note(work->session, EXIT_AGAIN);
    }
}

/* --- operands --- */

/* Add the files that one operand stands for. */
static int add_operand(struct work_of_run *work, const char *operand)
{
    struct inputs inputs;
    const amicus_status status = inputs_of(&inputs, &operand, 1, work->arena, work->list);
    int code = exit_of(status);
    size_t cut = strlen(operand);
    while (cut > 0 && operand[cut - 1] == '/') {
        cut--;
    }
    while (cut > 0 && operand[cut - 1] != '/') {
        cut--;
    }
    for (size_t i = 0; i < inputs.count; i++) {
        const char *path = inputs.paths[i];
        const bool is_below = strncmp(path, operand, cut) == 0;
        const char *name = strcmp(path, "-") == 0 ? "(stdin)" : is_below ? path + cut : path;
        code = exit_worst(code, exit_of(archive_add(&work->archive, path, name, work->list)));
    }
    return code;
}

int runs_add_operands(struct work_of_run *work)
{
    assert(work != NULL);
    assert(work->archive.arena != NULL);
    const struct options *options = &work->session->options;
    int code = EXIT_DONE;
    for (size_t i = 0; i < options->operand_count; i++) {
        code = exit_worst(code, add_operand(work, options->operands[i]));
    }
    if (options_has(options, OPTION_STDIN)) {
        code = exit_worst(code, add_operand(work, "-"));
    }
    if (code == EXIT_DONE && work->archive.count == 0) {
        diagnostics_add(work->list, AMICUS_ERROR, "U0202", (struct place){"", 0, 0},
                        "name an archive, a case, or a folder with cases below it",
                        "there is no case here");
        code = EXIT_NOTHING;
    }
    bool has_stream = false;
    for (size_t i = 0; i < work->archive.count; i++) {
        has_stream = has_stream || work->archive.files[i].form == ARCHIVE_STREAM;
    }
    if (has_stream && options->shard.count > 1) {
        diagnostics_add(work->list, AMICUS_ERROR, "B0303", (struct place){"", 0, 0},
                        "amicus archive pack - -o FILE makes an archive that can be split",
                        "a stream cannot be split into shards");
        code = EXIT_USAGE;
    }
    return code;
}

/* --- rulebooks --- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static int add_book(struct work_of_run *work, const char *folder, struct text platform)
{
    struct book *book;
    struct bookshelf *shelf = &work->shelf;
    const amicus_status status = books_load(&book, &work->session->books, folder);
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    if (book->status != AMICUS_OK) {
        session_say_list(work->session, book->list,
                         &(struct report_sources){.folder = book->folder});
        return exit_of(book->status);
    }
    if (shelf->count < SHELF_MAX) {
        shelf->books[shelf->count++] = (struct shelf_book){platform, book->rulebook};
    }
    return EXIT_DONE;
}

int runs_load_books(struct work_of_run *work)
{
    assert(work != NULL);
    assert(work->shelf.count == 0);
    struct books *books = &work->session->books;
    struct bookshelf *shelf = &work->shelf;
    shelf->instants = work->session->options.instants;
    if (books->named != NULL) {
        const int code = add_book(work, books->named, (struct text){NULL, 0});
        shelf->vocabulary = code == EXIT_DONE ? shelf->books[0].rulebook->vocabulary : NULL;
        return code;
    }
    struct inputs folders;
    amicus_status status = books_vocabulary(&shelf->vocabulary, books, work->list);
    if (status == AMICUS_OK) {
        status = books_list(&folders, books);
    }
    int code = exit_of(status);
    for (size_t i = 0; code == EXIT_DONE && i < folders.count; i++) {
        code = add_book(work, folders.paths[i], text_of(base_name(folders.paths[i])));
    }
    return code;
}

/* --- walking --- */

int runs_each_chunk(struct work_of_run *work, const struct archive *archive, struct shard shard,
                    chunk_user *use, void *context)
{
    assert(work != NULL && archive != NULL);
    assert(use != NULL);
    struct walk walk = {.handle = -1};
    struct chunk chunk = {.kind = CHUNK_LINES};
    struct unpacker *unpacker;
    int code = EXIT_DONE;
    amicus_status status = unpacker_open(&unpacker, work->arena);
    if (status == AMICUS_OK) {
        status = walk_start(&walk, archive, shard);
    }
    while (status == AMICUS_OK && code == EXIT_DONE) {
        status = walk_next(&walk, &chunk, work->list);
        if (status == AMICUS_OK) {
            status = chunk_unpack(&chunk, archive, unpacker, work->list);
        }
        if (status == AMICUS_OK) {
            code = use(context, &chunk);
        }
    }
    walk_close(&walk);
    chunk_close(&chunk);
    unpacker_close(unpacker);
    return exit_worst(code, exit_of(status == AMICUS_NOT_FOUND ? AMICUS_OK : status));
}

/* --- faults --- */

int exit_of_errno(void)
{
    const int fault = errno;
    assert(EXIT_AGAIN > EXIT_OUTPUT);
    assert(fault >= 0);
    return fault == EIO || fault == ESTALE || fault == EAGAIN || fault == ETIMEDOUT ? EXIT_AGAIN
                                                                                    : EXIT_OUTPUT;
}

int runs_cannot_write(struct work_of_run *work, const char *path)
{
    assert(work != NULL);
    assert(path != NULL);
    const int fault = errno;
    diagnostics_add(work->list, AMICUS_ERROR, "B0206", (struct place){path, 0, 0},
                    "check the folder, its permissions and the space on its disk",
                    "cannot be written: %s", strerror(fault));
    errno = fault;
    return exit_of_errno();
}

static volatile sig_atomic_t signal_seen;

static void see_signal(int number)
{
    signal_seen = number;
}

void runs_watch_signals(void)
{
    struct sigaction action = {.sa_handler = see_signal};
    assert(signal_seen == 0);
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    /* A file that grows too large is then an error of its write, which is told. */
    (void)sigaction(SIGXFSZ, &action, NULL);
    assert(action.sa_flags == 0);
}

const volatile sig_atomic_t *runs_signal(void)
{
    assert(signal_seen >= 0);
    assert(signal_seen < 128);
    return &signal_seen;
}

/* --- the answer --- */

static void write_as(struct builder *builder, const struct session *session,
                     const struct output *output, const void *report)
{
    const struct summary *summary = report;
    switch (output->format) {
    case FORMAT_HUMAN: summary_write_text(builder, summary, session_page(session, output)); break;
    case FORMAT_PLAIN: summary_write_plain(builder, summary); break;
    case FORMAT_JSON: summary_write_json(builder, summary); break;
    case FORMAT_CSV: summary_write_csv(builder, summary); break;
    case FORMAT_MD: summary_write_md(builder, summary); break;
    case FORMAT_HTML: summary_write_html(builder, summary); break;
    case FORMAT_NDJSON:
    case FORMAT_SVG:
    case FORMAT_JUNIT:
    case FORMAT_TAP:
    case FORMAT_GITHUB:
    case FORMAT_COUNT: break;
    }
}

static int judge(struct work_of_run *work, const struct figures *figures)
{
    const struct options *options = &work->session->options;
    int code = EXIT_DONE;
    for (size_t i = 0; i < options->expect_count; i++) {
        struct gate gate;
        if (gate_read(&gate, options->expects[i], work->list) == AMICUS_OK &&
            !gate_holds(&gate, figures, work->list)) {
            code = EXIT_NO;
        }
    }
    return code;
}

int runs_conclude(struct work_of_run *work, const struct summary *summary, uint64_t errors_max)
{
    assert(work != NULL && summary != NULL);
    assert(summary->figures != NULL);
    const struct figures *figures = summary->figures;
    const uint64_t rejected = figures_count(figures, "rejected");
    int code = session_put_report(work->session, work->arena, write_as, summary);
    code = exit_worst(code, judge(work, figures));
    if (figures_count(figures, "limit") > 0) {
        code = exit_worst(code, EXIT_JAIL);
    }
    if (rejected > errors_max) {
        diagnostics_add(work->list, AMICUS_ERROR, "B0304", (struct place){"", 0, 0},
                        "--rejects FILE lists them; --max-errors N allows so many",
                        "%llu of %llu lines were rejected", (unsigned long long)rejected,
                        (unsigned long long)figures->lines);
        code = exit_worst(code, EXIT_INPUT);
    }
    return figures->lines == 0 ? exit_worst(code, EXIT_NOTHING) : code;
}

/*
 * amicus test: the tests that stand beside rules.
 *
 * Suites are read and joined with cases and rulebooks first, then all tests run, then everything is
 * told, in the order of files and tests. So the answer does not depend on -j, and a broken suite
 * costs its own tests only.
 */
#include "amend.h"
#include "exam_report.h"
#include "suites.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* More threads do not help tests that take microseconds. */
enum { JOBS_USUAL = 8 };

/* How many threads to use. */
static unsigned jobs_of(const struct options *options, uint32_t tests)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned jobs = options->jobs;
    if (jobs == 0) {
        jobs = online < 1 ? 1 : online > JOBS_USUAL ? JOBS_USUAL : (unsigned)online;
    }
    return jobs > tests ? tests : jobs;
}

/* Say that there is no test. returns an exit code */
static int say_nothing(struct suites *suites)
{
    amicus_diagnostics *list;
    bool has_run = suites->session->options.run != NULL;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    diagnostics_add(list, AMICUS_ERROR, "T0113", (struct place){"", 0, 0},
                    has_run ? "amicus test -f plain shows the names that there are"
                            : "write a suite beside the rules: rules/<book>/tests/<name>.yaml",
                    has_run ? "no test has such a name" : "there is no test");
    session_say_list(suites->session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    return EXIT_NOTHING;
}

/* --- coverage --- */

/* Give each rulebook an empty coverage. returns false without memory */
static bool start_coverage(struct suites *suites, struct exam_room *room)
{
    const struct options *options = &suites->session->options;
    room->book_count = suites->book_count;
    if (!options_has(options, OPTION_COVERAGE) && options->threshold == 0) {
        return true;
    }
    room->coverages =
        arena_give_array(suites->arena, suites->book_count, sizeof(struct coverage *));
    for (uint32_t i = 0; room->coverages != NULL && i < suites->book_count; i++) {
        room->coverages[i] = coverage_of(suites->arena, suites->books[i]);
        if (room->coverages[i] == NULL) {
            return false;
        }
    }
    return room->coverages != NULL;
}

/* Say that too little of a rulebook is covered. */
static void say_threshold(struct suites *suites, struct text book, uint32_t least)
{
    struct builder builder;
    struct text line;
    builder_start(&builder, suites->arena);
    builder_puts(&builder, "the least share of ");
    builder_put_visible(&builder, book);
    builder_putf(&builder, " that is covered is %u %%, below --threshold %u\n",
                 (unsigned)(least / 100), suites->session->options.threshold);
    if (builder_end(&line, &builder) == AMICUS_OK) {
        session_say(suites->session, line);
    }
}

/* Count what was covered. returns an exit code */
static int end_coverage(struct suites *suites, const struct exam_room *room,
                        struct exam_report *report)
{
    unsigned threshold = suites->session->options.threshold;
    int code = EXIT_DONE;
    if (room->coverages == NULL) {
        return EXIT_DONE;
    }
    struct coverage_report *rows = arena_give_array(suites->arena, room->book_count, sizeof *rows);
    for (uint32_t i = 0; rows != NULL && i < room->book_count; i++) {
        const struct image *image = &room->coverages[i]->rulebook->image;
        rows[i].book = image_text(image, image->name);
        if (coverage_gaps(&rows[i].gaps, &rows[i].count, room->coverages[i]) != AMICUS_OK) {
            return EXIT_AGAIN;
        }
        if (coverage_least(&rows[i].count) < threshold * 100) {
            say_threshold(suites, rows[i].book, coverage_least(&rows[i].count));
            code = EXIT_NO;
        }
    }
    report->coverages = rows;
    report->coverage_count = room->book_count;
    return rows == NULL ? EXIT_AGAIN : code;
}

/* --- the answer --- */

static void write_as(struct builder *builder, const struct session *session,
                     const struct output *output, const void *report)
{
    switch (output->format) {
    case FORMAT_HUMAN: exams_write_text(builder, report, session_page(session, output)); break;
    case FORMAT_PLAIN: exams_write_plain(builder, report); break;
    case FORMAT_JSON: exams_write_json(builder, report); break;
    case FORMAT_NDJSON: exams_write_ndjson(builder, report); break;
    case FORMAT_JUNIT: exams_write_junit(builder, report); break;
    case FORMAT_TAP: exams_write_tap(builder, report); break;
    case FORMAT_GITHUB: exams_write_github(builder, report); break;
    case FORMAT_CSV:
    case FORMAT_MD:
    case FORMAT_HTML:
    case FORMAT_SVG:
    case FORMAT_COUNT: break;
    }
}

/* --- update --- */

/* Put a suite in its place. returns an exit code */
static int put_suite(struct suites *suites, struct suite_file *file, struct text text)
{
    struct draft_file draft;
    amicus_status status = file_draft(&draft, suites->arena, file->path);
    if (status == AMICUS_OK) {
        (void)fwrite(text.at, 1, text.length, draft.stream);
        status = file_commit(&draft);
    }
    if (status == AMICUS_IO) {
        diagnostics_add(file->list, AMICUS_ERROR, "U0204", (struct place){file->path, 0, 0},
                        "check the folder, its permissions and the space on its disk",
                        "cannot be written: %s", strerror(errno));
        return EXIT_OUTPUT;
    }
    return exit_of(status);
}

/* Amend one suite. returns an exit code: EXIT_NO if something is left to a person */
static int update_file(struct suites *suites, struct suite_file *file)
{
    struct amendment amendment;
    amicus_status status = suite_amend(&amendment, suites->arena, file->bytes,
                                       suites->exams + file->first, file->count);
    bool is_stdin = strcmp(file->path, "(stdin)") == 0;
    if (status == AMICUS_INVALID || (status == AMICUS_OK && amendment.done > 0 && is_stdin)) {
        diagnostics_add(file->list, AMICUS_ERROR, "T0114", (struct place){file->path, 0, 0},
                        "write what is wanted by hand", "the suite cannot be rewritten");
        return EXIT_INPUT;
    }
    if (status != AMICUS_OK || amendment.done + amendment.left == 0) {
        return exit_of(status);
    }
    int code = amendment.done > 0 ? put_suite(suites, file, amendment.text) : EXIT_DONE;
    struct builder builder;
    struct text line;
    builder_start(&builder, suites->arena);
    builder_put_visible(&builder, text_of(file->path));
    builder_putf(&builder, ": %u of %u differences written\n", (unsigned)amendment.done,
                 (unsigned)(amendment.done + amendment.left));
    if (code == EXIT_DONE && builder_end(&line, &builder) == AMICUS_OK) {
        session_say(suites->session, line);
    }
    return exit_worst(code, amendment.left > 0 ? EXIT_NO : EXIT_DONE);
}

/* Amend all suites whose tests failed. A test that passes before its time is left to a person. */
static int update_all(struct suites *suites)
{
    int code = EXIT_DONE;
    for (uint32_t i = 0; i < suites->exam_count; i++) {
        const struct exam *exam = &suites->exams[i];
        bool is_early = exam->verdict == VERDICT_FAILED && exam->test->todo.length > 0;
        code = exit_worst(code, is_early ? EXIT_NO : EXIT_DONE);
    }
    for (uint32_t i = 0; i < suites->file_count; i++) {
        if (suites->files[i].count > 0) {
            code = exit_worst(code, update_file(suites, &suites->files[i]));
        }
    }
    return code;
}

/* What the verdicts come to. returns an exit code */
static int conclude(struct suites *suites)
{
    if (options_has(&suites->session->options, OPTION_UPDATE)) {
        return update_all(suites);
    }
    return exams_count(suites->exams, suites->exam_count).failed > 0 ? EXIT_NO : EXIT_DONE;
}

static int run_tests(struct suites *suites)
{
    struct exam_report report = {.exams = suites->exams, .count = suites->exam_count};
    struct arena *arenas[JOBS_MAX] = {NULL};
    struct exam_room room = {
        .exams = suites->exams,
        .count = suites->exam_count,
        .jobs = jobs_of(&suites->session->options, suites->exam_count),
        .arenas = arenas,
    };
    int code = start_coverage(suites, &room) ? exit_of(exams_run(&room)) : EXIT_AGAIN;
    if (code == EXIT_DONE) {
        code = end_coverage(suites, &room, &report);
        code =
            exit_worst(code, session_put_report(suites->session, suites->arena, write_as, &report));
        code = exit_worst(code, conclude(suites));
        suites_say(suites);
    }
    exams_close(&room);
    return code;
}

int command_test(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count > 0);
    struct suites suites;
    int code = suites_open(&suites, session);
    if (code == EXIT_DONE && suites.exam_count > 0) {
        code = run_tests(&suites);
    } else if (code == EXIT_DONE) {
        suites_say(&suites);
        code = session->worst == EXIT_DONE ? say_nothing(&suites) : EXIT_DONE;
    }
    session_note(session, code);
    suites_close(&suites);
    return session->worst;
}

/*
 * Taking a case in.
 *
 * Which rulebook decides a case stands in the case, and which facts it may speak of stands in the
 * rulebook. So a case is read with the vocabulary of the rules' folder first; its platform gives
 * the rulebook; and if that one has another vocabulary, the case is read once more. A rulebook that
 * was named on the command line is loaded at once, and the case is read once.
 */
#include "intake.h"

#include "json_layout.h"
#include "kept_case.h"
#include "limit.h"
#include "shelf.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A case of the largest size while its buffer doubles, and a page about it. */
#define INTAKE_BYTES_MAX ((size_t)64 << 20)

static int read_bytes(struct intake *intake, const char *path)
{
    size_t limit_bytes = (size_t)limit_of(LIMIT_CASE_JSON_BYTES);
    amicus_status status = file_read(&intake->bytes, intake->arena, path, limit_bytes);
    if (status == AMICUS_IO) {
        diagnostics_add(intake->list, AMICUS_ERROR, "U0201", (struct place){intake->name, 0, 0},
                        "check the path and its permissions", "cannot be read: %s",
                        strerror(errno));
    }
    return exit_of(status);
}

static int read_case(struct intake *intake, const struct vocabulary *vocabulary)
{
    amicus_status status = case_load(&intake->subject, vocabulary, intake->name, intake->bytes,
                                     AMICUS_FORMAT_AUTO, intake->list);
    diagnostics_sort(intake->list);
    return exit_of(status);
}

/* Say the rulebook's own faults once a call, and that this case was not decided for them. */
static int check_book(struct session *session, struct intake *intake, struct book *book)
{
    bool is_wanted = book->status != AMICUS_OK || options_has(&session->options, OPTION_VERBOSE);
    if (!book->is_reported && is_wanted) {
        session_say_list(session, book->list, &(struct report_sources){.folder = book->folder});
    }
    book->is_reported = true;
    intake->book = book;
    if (book->status == AMICUS_OK) {
        return EXIT_DONE;
    }
    char mend[96];
    (void)snprintf(mend, sizeof mend, "amicus check %.60s", book->folder);
    diagnostics_add(intake->list, AMICUS_ERROR, "U0304", (struct place){intake->name, 0, 0}, mend,
                    "not decided: the rulebook '%.60s' %s", book->folder,
                    books_fault(book->status));
    return exit_of(book->status);
}

static int load_book(struct session *session, struct intake *intake, const char *folder)
{
    struct book *book;
    amicus_status status = books_load(&book, &session->books, folder);
    return status == AMICUS_OK ? check_book(session, intake, book) : exit_of(status);
}

/* Read the case by the rulebook's own vocabulary, if it is another one.
 * What was said of the case before is said once, since equal diagnostics are kept once. */
static int read_again(struct intake *intake)
{
    const struct vocabulary *vocabulary = intake->book->rulebook->vocabulary;
    if (text_equal(intake->subject->vocabulary->digest, vocabulary->digest)) {
        return EXIT_DONE;
    }
    case_close(intake->subject);
    intake->subject = NULL;
    return read_case(intake, vocabulary);
}

/* Read a case whose rulebook depends on what it says. */
static int read_unnamed(struct session *session, struct intake *intake, bool is_ruled)
{
    const struct vocabulary *vocabulary;
    amicus_status status = books_vocabulary(&vocabulary, &session->books, intake->list);
    int code = status == AMICUS_OK ? read_case(intake, vocabulary) : exit_of(status);
    if (code != EXIT_DONE || !is_ruled) {
        return code;
    }
    const char *folder;
    status = books_for(&folder, &session->books, shelf_platform(intake->subject), intake->name,
                       intake->list);
    code = status == AMICUS_OK ? load_book(session, intake, folder) : exit_of(status);
    return code == EXIT_DONE ? read_again(intake) : code;
}

static int read_named(struct session *session, struct intake *intake)
{
    int code = load_book(session, intake, session->books.named);
    return code == EXIT_DONE ? read_case(intake, intake->book->rulebook->vocabulary) : code;
}

int intake_open(struct intake *out, struct session *session, const char *path, bool is_ruled)
{
    assert(out != NULL && session != NULL);
    assert(path != NULL);
    *out = (struct intake){.name = strcmp(path, "-") == 0 ? "(stdin)" : path};
    if (arena_open(&out->arena, INTAKE_BYTES_MAX) != AMICUS_OK ||
        amicus_diagnostics_open(&out->list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    int code = kept_case_is(path)
                   ? kept_case_read(session, path, out->arena, &out->bytes, out->list)
                   : read_bytes(out, path);
    if (code != EXIT_DONE) {
        return code;
    }
    return session->books.named != NULL ? read_named(session, out)
                                        : read_unnamed(session, out, is_ruled);
}

void intake_close(struct intake *intake)
{
    assert(intake != NULL);
    assert(intake->subject == NULL || intake->arena != NULL);
    case_close(intake->subject);
    amicus_diagnostics_close(intake->list);
    arena_close(intake->arena);
}

struct report_sources intake_sources(const struct intake *intake)
{
    assert(intake != NULL);
    assert(intake->name != NULL);
    return (struct report_sources){intake->name, intake->bytes,
                                   intake->book == NULL ? NULL : intake->book->folder};
}

/* What is wrong with a case as one object of JSON. */
static amicus_status write_refusal(struct text *out, const struct intake *intake, bool is_indented)
{
    struct report_sources sources = intake_sources(intake);
    struct builder builder;
    builder_start(&builder, intake->arena);
    builder_puts(&builder, "{\"diagnostics\":[");
    bool is_first = true;
    report_write_json(&builder, intake->list, &sources, &is_first);
    builder_puts(&builder, "],\"file\":");
    builder_put_json(&builder, text_of(intake->name));
    builder_puts(&builder, ",\"schema\":\"amicus.diagnostics/1\"}\n");
    amicus_status status = builder_end(out, &builder);
    if (status != AMICUS_OK || !is_indented) {
        return status;
    }
    struct builder indented;
    builder_start(&indented, intake->arena);
    json_write_indented(&indented, *out);
    return builder_end(out, &indented);
}

void intake_refuse(struct session *session, const struct intake *intake)
{
    assert(session != NULL);
    assert(intake != NULL);
    if (intake->list == NULL) {
        return;
    }
    struct report_sources sources = intake_sources(intake);
    session_say_list(session, intake->list, &sources);
    for (size_t i = 0; i < session->outputs.count; i++) {
        struct output *output = &session->outputs.all[i];
        bool is_indented = output->format == FORMAT_JSON;
        struct text text;
        if ((is_indented || output->format == FORMAT_NDJSON) &&
            write_refusal(&text, intake, is_indented) == AMICUS_OK) {
            output_put(output, text);
        }
    }
}

void intake_warn(struct session *session, const struct intake *intake)
{
    assert(session != NULL);
    assert(intake != NULL && intake->list != NULL);
    struct report_sources sources = intake_sources(intake);
    session_say_list(session, intake->list, &sources);
}

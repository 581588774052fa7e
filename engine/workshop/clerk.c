/*
 * Deciding the lines of a chunk.
 *
 *   line ─► case ─► rulebook by platform ─► ruling ─► a line, and the census
 *             └──── faults ────────────────────────► a line that says what is wrong
 *
 * Every line leaves exactly one line, so what comes out stands in step with what went in. A case is
 * read, decided, written and closed before the next one, so memory does not grow with their number.
 *
 * A line that is no case is still known by its id where it has one, so that the hash over ids does
 * not depend on which vocabulary refuses it.
 *
 * Rulings that a limit stopped are counted apart: they are no fault of the case.
 */
#include "clerk.h"

#include "census.h"
#include "limit.h"
#include "result_line.h"

#include <assert.h>
#include <string.h>

/* Names and pointers of the census; some hundred kilobytes for the largest rulebooks. */
#define CLERK_BYTES_MAX ((size_t)256 << 20)
/* The tree of a line that could not be read as a case. */
#define TREE_BYTES_MAX  ((size_t)64 << 20)

struct clerk {
    const struct bookshelf *shelf;
    const struct archive *archive;
    enum results results;
    struct arena *arena;
    struct census *census;
    amicus_diagnostics *list; /* of the line at hand */
};

/* One line at work. */
struct sheet_of_work {
    struct clerk *clerk;
    const struct archive_file *file;
    struct text line;
    uint32_t file_number;
    uint64_t offset;
    bool is_whole;
    struct builder *lines, *rejects;
    struct chunk_result *result;
    struct amicus_case *subject;
    struct amicus_ruling *ruling;
    uint32_t book;
};

amicus_status clerk_open(struct clerk **out, const struct bookshelf *shelf,
                         const struct archive *archive, enum results results)
{
    assert(out != NULL && shelf != NULL);
    assert(archive != NULL);
    struct arena *arena;
    *out = NULL;
    amicus_status status = arena_open(&arena, CLERK_BYTES_MAX);
    if (status != AMICUS_OK) {
        return status;
    }
    struct clerk *clerk = arena_give(arena, sizeof *clerk);
    if (clerk == NULL) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    *clerk = (struct clerk){shelf, archive, results, arena, NULL, NULL};
    *out = clerk;
    status = census_open(&clerk->census, shelf, arena);
    return status == AMICUS_OK ? amicus_diagnostics_open(&clerk->list) : status;
}

void clerk_close(struct clerk *clerk)
{
    if (clerk != NULL) {
        amicus_diagnostics_close(clerk->list);
        arena_close(clerk->arena);
    }
}

const struct figures *clerk_figures(const struct clerk *clerk)
{
    assert(clerk != NULL);
    assert(clerk->census != NULL);
    return census_figures(clerk->census);
}

struct text line_id(struct arena *arena, struct text line)
{
    assert(arena != NULL);
    assert(line.at != NULL || line.length == 0);
    amicus_diagnostics *list;
    const struct tree *root = NULL;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return (struct text){NULL, 0};
    }
    size_t at = 0;
    while (at < line.length && (line.at[at] == ' ' || line.at[at] == '\n' || line.at[at] == '\r')) {
        at++;
    }
    const bool is_json = at < line.length && line.at[at] == '{';
    const struct tree_source source = tree_source_of("", line, is_json);
    const amicus_status status = is_json ? tree_read_json(&root, arena, &source, list)
                                         : tree_read_yaml(&root, arena, &source, list);
    amicus_diagnostics_close(list);
    const struct tree *head = root == NULL ? NULL : tree_find(root, "case");
    const struct tree *id = head == NULL ? NULL : tree_find(head, "id");
    return status == AMICUS_MEMORY || id == NULL || id->kind != TREE_SCALAR ? (struct text){NULL, 0}
                                                                            : id->text;
}

/* Start the list of the next line, if something stands in it. */
static amicus_status clear_list(struct clerk *clerk)
{
    if (amicus_diagnostics_count(clerk->list) == 0) {
        return AMICUS_OK;
    }
    amicus_diagnostics_close(clerk->list);
    clerk->list = NULL;
    return amicus_diagnostics_open(&clerk->list);
}

/* --- what is no case --- */

/* The first error of the list. */
static const amicus_diagnostic *first_error(amicus_diagnostics *list)
{
    diagnostics_sort(list);
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        if (one->severity == AMICUS_ERROR) {
            return one;
        }
    }
    return NULL;
}

static amicus_status count_reject(const struct sheet_of_work *work, const struct reject *reject,
                                  bool is_limit)
{
    struct figures *figures = census_figures(work->clerk->census);
    char name[32];
    (void)snprintf(name, sizeof name, "reject/%.20s", reject->code);
    struct figure *code = figures_row(figures, text_of(name));
    struct figure *all = figures_row(figures, text_of(is_limit ? "limit" : "rejected"));
    if (code == NULL || all == NULL) {
        return AMICUS_MEMORY;
    }
    code->count++;
    all->count++;
    work->result->reject_count += !is_limit;
    work->result->limit_count += is_limit;
    return reject->id.length > 0 ? figures_note_id(figures, reject->id)
                                 : figures_note_place(figures, work->file_number, work->offset);
}

/* Write and count a line that has no ruling. */
static amicus_status reject(const struct sheet_of_work *work, struct reject fault, bool is_limit)
{
    struct arena *arena;
    amicus_status status = arena_open(&arena, TREE_BYTES_MAX);
    if (status != AMICUS_OK) {
        return status;
    }
    fault.id = work->subject != NULL   ? work->subject->id
               : work->line.length > 0 ? line_id(arena, work->line)
                                       : (struct text){NULL, 0};
    fault.file = work->file->name;
    fault.offset = work->offset;
    fault.is_whole = work->is_whole;
    struct builder builder;
    struct text line;
    builder_start(&builder, arena);
    reject_write(&builder, &fault);
    builder_putc(&builder, '\n');
    status = builder_end(&line, &builder);
    if (status == AMICUS_OK) {
        builder_put(work->rejects, line);
        if (work->clerk->results != RESULTS_NONE) {
            builder_put(work->lines, line);
        }
        status = count_reject(work, &fault, is_limit);
    }
    arena_close(arena);
    return status;
}

/* Reject a line for the first fault that was found in it. */
static amicus_status reject_faulty(const struct sheet_of_work *work, bool is_limit)
{
    const amicus_diagnostic *one = first_error(work->clerk->list);
    struct reject fault = {.code = "B0107", .what = "no ruling was made", .mend = ""};
    if (one != NULL) {
        fault = (struct reject){.code = one->code,
                                .what = one->what,
                                .mend = one->mend,
                                .line = one->line,
                                .column = one->column};
    }
    return reject(work, fault, is_limit);
}

/* --- cases --- */

static amicus_status load(struct sheet_of_work *work, const struct vocabulary *vocabulary)
{
    return case_load(&work->subject, vocabulary, "", work->line,
                     work->is_whole ? AMICUS_FORMAT_AUTO : AMICUS_FORMAT_JSON, work->clerk->list);
}

/* Read the case, by the vocabulary of its own rulebook. INVALID if it has faults or no book. */
static amicus_status take(struct sheet_of_work *work)
{
    const struct bookshelf *shelf = work->clerk->shelf;
    amicus_status status = load(work, shelf->vocabulary);
    if (status != AMICUS_OK) {
        return status;
    }
    work->book = shelf_find(shelf, work->subject);
    if (work->book == SHELF_MAX) {
        const struct text shown = tree_shown(shelf_platform(work->subject));
        diagnostics_add(work->clerk->list, AMICUS_ERROR, "B0108", (struct place){"", 0, 0},
                        "name a rulebook with -p DIR",
                        "there is no rulebook for the platform '%.*s'", (int)shown.length,
                        shown.at);
        return AMICUS_INVALID;
    }
    const struct vocabulary *own = shelf->books[work->book].rulebook->image.vocabulary;
    if (own == work->subject->vocabulary ||
        text_equal(own->digest, work->subject->vocabulary->digest)) {
        return AMICUS_OK;
    }
    case_close(work->subject);
    work->subject = NULL;
    return load(work, own);
}

static amicus_status write(struct sheet_of_work *work)
{
    switch (work->clerk->results) {
    case RESULTS_BRIEF: result_write(work->lines, work->ruling); break;
    case RESULTS_FULL: ruling_write_json(work->lines, work->ruling, false); break;
    case RESULTS_NONE: return AMICUS_OK;
    }
    builder_putc(work->lines, '\n');
    return work->lines->failed ? AMICUS_MEMORY : AMICUS_OK;
}

static amicus_status decide(struct sheet_of_work *work)
{
    const struct bookshelf *shelf = work->clerk->shelf;
    amicus_status status = take(work);
    if (status == AMICUS_OK) {
        status = decide_case(&work->ruling, shelf->books[work->book].rulebook, work->subject,
                             &shelf->instants, work->clerk->list);
    }
    if (status == AMICUS_OK) {
        status = write(work);
        return status == AMICUS_OK ? census_note(work->clerk->census, work->book, work->ruling)
                                   : status;
    }
    if (status == AMICUS_MEMORY || status == AMICUS_INTERNAL) {
        return status;
    }
    return reject_faulty(work, status == AMICUS_JAIL);
}

static amicus_status do_line(struct sheet_of_work *work)
{
    amicus_status status = clear_list(work->clerk);
    census_figures(work->clerk->census)->lines++;
    if (status == AMICUS_OK) {
        status = decide(work);
    }
    amicus_ruling_close(work->ruling);
    case_close(work->subject);
    work->ruling = NULL;
    work->subject = NULL;
    return status;
}

/* Reject a line that need not be read. */
static amicus_status refuse(struct sheet_of_work *work, const char *code)
{
    struct reject fault = {.code = code, .mend = ""};
    census_figures(work->clerk->census)->lines++;
    if (strcmp(code, "B0104") == 0) {
        fault.what = "the last line has no end: the file was cut off";
        fault.mend = "fetch the file again";
    } else if (strcmp(code, "B0105") == 0) {
        fault.what = "the line is empty";
        fault.mend = "leave it out";
    } else {
        fault.what = "the line is longer than 4 MiB";
        fault.mend = "a case of that size must be made smaller where it is exported";
    }
    return reject(work, fault, false);
}

static bool is_blank(struct text line)
{
    for (size_t i = 0; i < line.length; i++) {
        if (line.at[i] != ' ' && line.at[i] != '\t' && line.at[i] != '\r') {
            return false;
        }
    }
    return true;
}

static amicus_status do_lines(struct sheet_of_work *work, const struct chunk *chunk)
{
    amicus_status status = AMICUS_OK;
    for (size_t at = 0; at < chunk->length && status == AMICUS_OK;) {
        const char *start = chunk->text.at + at;
        const char *end = memchr(start, '\n', chunk->length - at);
        work->line = (struct text){start, end == NULL ? chunk->length - at : (size_t)(end - start)};
        work->offset = chunk->offset + at;
        at += work->line.length + 1;
        if (end == NULL) {
            status = refuse(work, "B0104");
        } else if (is_blank(work->line)) {
            status = refuse(work, "B0105");
        } else {
            status = do_line(work);
        }
    }
    return status;
}

amicus_status clerk_work(struct clerk *clerk, const struct chunk *chunk,
                         struct chunk_result *result)
{
    assert(clerk != NULL && chunk != NULL && result != NULL);
    assert(chunk->frame.packed == 0);
    struct builder lines;
    struct builder rejects;
    arena_reset(result->arena);
    builder_start(&lines, result->arena);
    builder_start(&rejects, result->arena);
    result->reject_count = result->limit_count = 0;
    struct sheet_of_work work = {.clerk = clerk,
                                 .file = &clerk->archive->files[chunk->file],
                                 .file_number = chunk->file,
                                 .offset = chunk->offset,
                                 .is_whole = chunk->kind == CHUNK_CASE,
                                 .lines = &lines,
                                 .rejects = &rejects,
                                 .result = result};
    amicus_status status = AMICUS_OK;
    switch (chunk->kind) {
    case CHUNK_LINES: status = do_lines(&work, chunk); break;
    case CHUNK_CASE:
        work.line = (struct text){chunk->text.at, chunk->length};
        status = do_line(&work);
        break;
    case CHUNK_TOO_LONG: status = refuse(&work, "B0106"); break;
    }
    if (status == AMICUS_OK) {
        status = builder_end(&result->lines, &lines);
    }
    return status == AMICUS_OK ? builder_end(&result->rejects, &rejects) : status;
}

/*
 * Rewriting the words of a suite in place.
 *
 * The tree says where each word stands, so a word is replaced by its place in the bytes, and what
 * lies between words is not touched. A word that does not stand there as the tree has it (a text
 * over several lines, say) is left to a person, and so is a list of which nothing would remain in
 * block style. A list in brackets is written anew from what remains of it.
 *
 * What comes out is read again before anybody writes it.
 */
#include "amend.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A span of the bytes, and what comes in its place. */
struct patch_row {
    size_t start, end;
    struct text words;
};

struct amending {
    struct arena *arena;
    struct text bytes;
    struct patch_row *rows;
    size_t capacity;
    uint32_t count;
    bool failed;
};

/* The byte at which a place lies; the length if there is none. */
static size_t offset_of(const struct amending *amending, struct place place)
{
    struct text bytes = amending->bytes;
    size_t at = 0;
    for (uint32_t line = 1; line < place.line && at < bytes.length; line++) {
        const char *end = memchr(bytes.at + at, '\n', bytes.length - at);
        at = end == NULL ? bytes.length : (size_t)(end - bytes.at) + 1;
    }
    for (uint32_t column = 1; column < place.column && at < bytes.length; column++) {
        at++;
        while (at < bytes.length && ((unsigned char)bytes.at[at] & 0xC0u) == 0x80u) {
            at++;
        }
    }
    return at;
}

/* Find the bytes of a scalar. returns false if it does not stand there in one piece */
static bool find_span(const struct amending *amending, const struct tree *node,
                      struct patch_row *row)
{
    struct text bytes = amending->bytes;
    row->start = offset_of(amending, node->place);
    bool is_quoted =
        row->start < bytes.length && (bytes.at[row->start] == '"' || bytes.at[row->start] == '\'');
    row->end = row->start + node->text.length + (is_quoted ? 2 : 0);
    size_t inside = row->start + is_quoted;
    return row->end <= bytes.length && node->text.length > 0 &&
           memcmp(bytes.at + inside, node->text.at, node->text.length) == 0 &&
           (!is_quoted || bytes.at[row->end - 1] == bytes.at[row->start]);
}

static void add_row(struct amending *amending, const struct patch_row *row)
{
    void *rows = amending->rows;
    if (arena_grow(amending->arena, &rows, &amending->capacity, amending->count,
                   sizeof *amending->rows) != AMICUS_OK) {
        amending->failed = true;
        return;
    }
    amending->rows = rows;
    amending->rows[amending->count++] = *row;
}

/* --- lists --- */

/* Tell whether an item of a list stands behind a '-' on a line of its own. */
static bool is_block(const struct amending *amending, size_t start, size_t *line)
{
    const char *bytes = amending->bytes.at;
    size_t at = start;
    while (at > 0 && bytes[at - 1] == ' ') {
        at--;
    }
    if (at == 0 || bytes[at - 1] != '-') {
        return false;
    }
    at--;
    while (at > 0 && bytes[at - 1] == ' ') {
        at--;
    }
    *line = at;
    return at == 0 || bytes[at - 1] == '\n';
}

/* Tell whether an exam wants an item out of its list. */
static bool is_dropped(const struct exam *exam, const struct tree *item)
{
    for (uint32_t i = 0; i < exam->differences.count; i++) {
        const struct difference *difference = &exam->differences.items[i];
        if (difference->amend == AMEND_DROP && difference->node == item) {
            return true;
        }
    }
    return false;
}

/* Count the items of a list that stay. */
static uint32_t count_kept(const struct exam *exam, const struct tree *list)
{
    uint32_t count = 0;
    for (const struct tree *item = list->first; item != NULL; item = item->next) {
        count += !is_dropped(exam, item);
    }
    return count;
}

/* Write what stays of a list in brackets, between its first and its last item. */
static bool drop_flow(struct amending *amending, const struct exam *exam, const struct tree *list)
{
    struct patch_row whole = {0, 0, {"", 0}};
    struct patch_row item_row = {0, 0, {"", 0}};
    struct builder builder;
    bool is_first = true;
    builder_start(&builder, amending->arena);
    for (const struct tree *item = list->first; item != NULL; item = item->next) {
        if (!find_span(amending, item, &item_row)) {
            return false;
        }
        whole.start = item == list->first ? item_row.start : whole.start;
        whole.end = item_row.end;
        if (!is_dropped(exam, item)) {
            builder_puts(&builder, is_first ? "" : ", ");
            builder_put(&builder, (struct text){amending->bytes.at + item_row.start,
                                                item_row.end - item_row.start});
            is_first = false;
        }
    }
    amending->failed |= builder_end(&whole.words, &builder) != AMICUS_OK;
    if (memchr(amending->bytes.at + whole.start, '\n', whole.end - whole.start) != NULL) {
        return false;
    }
    add_row(amending, &whole);
    return true;
}

/* Take the line of one item out of a list in block style. */
static bool drop_line(struct amending *amending, const struct exam *exam,
                      const struct difference *difference, size_t line)
{
    struct patch_row row = {line, line, {"", 0}};
    const char *end = memchr(amending->bytes.at + line, '\n', amending->bytes.length - line);
    if (count_kept(exam, difference->list) == 0) {
        return false;
    }
    row.end = end == NULL ? amending->bytes.length : (size_t)(end - amending->bytes.at) + 1;
    add_row(amending, &row);
    return true;
}

/* Take an item out of its list. A list in brackets is done at the first of its items. */
static bool drop(struct amending *amending, const struct exam *exam,
                 const struct difference *difference)
{
    struct patch_row row;
    size_t line = 0;
    if (!find_span(amending, difference->node, &row)) {
        return false;
    }
    if (is_block(amending, row.start, &line)) {
        return drop_line(amending, exam, difference, line);
    }
    for (const struct difference *before = exam->differences.items; before < difference; before++) {
        if (before->amend == AMEND_DROP && before->list == difference->list) {
            return true;
        }
    }
    return drop_flow(amending, exam, difference->list);
}

/* --- the whole --- */

static bool replace(struct amending *amending, const struct difference *difference)
{
    struct patch_row row;
    if (!find_span(amending, difference->node, &row)) {
        return false;
    }
    row.words = difference->got;
    add_row(amending, &row);
    return true;
}

static bool put_right(struct amending *amending, const struct exam *exam,
                      const struct difference *difference)
{
    switch ((enum amend)difference->amend) {
    case AMEND_REPLACE: return replace(amending, difference);
    case AMEND_DROP: return drop(amending, exam, difference);
    case AMEND_NONE: break;
    }
    return false;
}

static int by_start(const void *a, const void *b)
{
    const struct patch_row *left = a;
    const struct patch_row *right = b;
    return left->start < right->start ? -1 : left->start > right->start;
}

/* Write the bytes with all patches in their places. */
static amicus_status apply(struct text *out, struct amending *amending)
{
    struct builder builder;
    size_t at = 0;
    if (amending->count > 1) {
        qsort(amending->rows, amending->count, sizeof *amending->rows, by_start);
    }
    builder_start(&builder, amending->arena);
    for (uint32_t i = 0; i < amending->count; i++) {
        const struct patch_row *row = &amending->rows[i];
        assert(row->start >= at && row->end >= row->start);
        builder_put(&builder, (struct text){amending->bytes.at + at, row->start - at});
        builder_put(&builder, row->words);
        at = row->end;
    }
    builder_put(&builder, (struct text){amending->bytes.at + at, amending->bytes.length - at});
    return builder_end(out, &builder);
}

/* Read a text as a suite, and count its tests and faults. */
static amicus_status measure(struct text text, const char *file, uint32_t *tests, size_t *faults)
{
    amicus_diagnostics *list = NULL;
    struct suite *suite = NULL;
    amicus_status status = amicus_diagnostics_open(&list);
    if (status != AMICUS_OK) {
        return status;
    }
    status = suite_read(&suite, file, text, list);
    *tests = suite == NULL ? 0 : suite->test_count;
    *faults = diagnostics_errors(list);
    suite_close(suite);
    amicus_diagnostics_close(list);
    return status;
}

/* See that the new text is a suite of as many tests, with no fault that was not there before. */
static amicus_status compare_suites(struct text before, struct text after, const char *file)
{
    uint32_t tests[2] = {0, 0};
    size_t faults[2] = {0, 0};
    amicus_status status = measure(before, file, &tests[0], &faults[0]);
    if (status == AMICUS_OK) {
        status = measure(after, file, &tests[1], &faults[1]);
    }
    bool is_same = tests[0] == tests[1] && faults[0] == faults[1];
    return status == AMICUS_OK && !is_same ? AMICUS_INVALID : status;
}

amicus_status suite_amend(struct amendment *out, struct arena *arena, struct text bytes,
                          const struct exam *exams, uint32_t count)
{
    assert(out != NULL && arena != NULL);
    assert(exams != NULL && count > 0);
    *out = (struct amendment){.text = bytes};
    struct amending amending = {.arena = arena, .bytes = bytes};
    for (uint32_t i = 0; i < count; i++) {
        const struct exam *exam = &exams[i];
        if (exam->verdict != VERDICT_FAILED || exam->test->todo.length > 0) {
            continue;
        }
        for (uint32_t k = 0; k < exam->differences.count; k++) {
            bool is_done = put_right(&amending, exam, &exam->differences.items[k]);
            out->done += is_done;
            out->left += !is_done;
        }
    }
    if (amending.failed) {
        return AMICUS_MEMORY;
    }
    amicus_status status = apply(&out->text, &amending);
    if (status == AMICUS_OK && out->done > 0) {
        status = compare_suites(bytes, out->text, exams[0].suite->file);
    }
    return status;
}

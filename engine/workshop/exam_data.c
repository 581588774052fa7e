/*
 * Tests, told to programs: lines for grep, and JSON.
 *
 * JSON has its keys sorted. ndjson has a line for each test, then one for the whole; together they
 * say what the one object of json says.
 */
#include "exam_report.h"

#include <assert.h>

/* --- lines --- */

/* Write "file:line: name". */
static void put_place(struct builder *builder, const struct exam *exam)
{
    builder_put_visible(builder, text_of(exam->suite->file));
    builder_putf(builder, ":%u: ", (unsigned)exam->test->place.line);
    suite_write_name(builder, exam->suite, exam->test);
}

static void put_exam_lines(struct builder *builder, const struct exam *exam)
{
    put_place(builder, exam);
    builder_putf(builder, ": %s", verdict_name((enum verdict)exam->verdict));
    if (exam->verdict == VERDICT_TODO) {
        builder_puts(builder, ": ");
        builder_put_visible(builder, exam->test->todo);
    }
    builder_putc(builder, '\n');
    for (uint32_t i = 0; exam->verdict == VERDICT_FAILED && i < exam->differences.count; i++) {
        put_place(builder, exam);
        builder_puts(builder, ": ");
        difference_write(builder, &exam->differences.items[i]);
        builder_putc(builder, '\n');
    }
    for (uint32_t i = 0; exam->verdict == VERDICT_FAILED && i < exam->why_count; i++) {
        put_place(builder, exam);
        builder_puts(builder, ": ");
        builder_put_visible(builder, exam->why[i]);
        builder_putc(builder, '\n');
    }
}

static void put_share_line(struct builder *builder, struct text book, const char *what,
                           struct share share)
{
    builder_puts(builder, "coverage ");
    builder_put_visible(builder, book);
    builder_putf(builder, " %s %u/%u\n", what, (unsigned)share.done, (unsigned)share.all);
}

static void put_coverage_lines(struct builder *builder, const struct coverage_report *coverage)
{
    put_share_line(builder, coverage->book, "rules", coverage->count.rules);
    put_share_line(builder, coverage->book, "conditions", coverage->count.conditions);
    put_share_line(builder, coverage->book, "clauses", coverage->count.clauses);
    put_share_line(builder, coverage->book, "facts", coverage->count.facts);
    for (uint32_t i = 0; i < coverage->gaps.count; i++) {
        const struct gap_row *gap = &coverage->gaps.rows[i];
        builder_puts(builder, "uncovered ");
        builder_put_visible(builder, coverage->book);
        builder_putf(builder, " %s: ", gap->origin.length > 0 ? gap->origin.at : "-");
        builder_put_visible(builder, gap->what);
        builder_putf(builder, ": %s\n", gap->lacks);
    }
}

void exams_write_plain(struct builder *builder, const struct exam_report *report)
{
    assert(builder != NULL && report != NULL);
    assert(report->exams != NULL || report->count == 0);
    for (uint32_t i = 0; i < report->count; i++) {
        put_exam_lines(builder, &report->exams[i]);
    }
    for (uint32_t i = 0; i < report->coverage_count; i++) {
        put_coverage_lines(builder, &report->coverages[i]);
    }
    exams_write_count(builder, exams_count(report->exams, report->count));
}

/* --- JSON --- */

static void put_member(struct builder *builder, const char *key, struct text value)
{
    builder_putf(builder, "\"%s\":", key);
    builder_put_json(builder, value);
}

static void put_difference(struct builder *builder, const struct difference *difference)
{
    builder_putc(builder, '{');
    if (difference->delta.length > 0) {
        put_member(builder, "delta", difference->delta);
        builder_putc(builder, ',');
    }
    put_member(builder, "got", difference->got);
    builder_putc(builder, ',');
    put_member(builder, "label", difference->label);
    if (difference->want.length > 0) {
        builder_putc(builder, ',');
        put_member(builder, "want", difference->want);
    }
    builder_putc(builder, '}');
}

static void put_whys(struct builder *builder, const struct exam *exam)
{
    builder_puts(builder, "\"why\":[");
    for (uint32_t i = 0; i < exam->why_count; i++) {
        builder_puts(builder, i == 0 ? "{" : ",{");
        put_member(builder, "origin", exam->origins[i]);
        builder_putc(builder, ',');
        put_member(builder, "says", exam->why[i]);
        builder_putc(builder, '}');
    }
    builder_putc(builder, ']');
}

/* Write the members of an exam that are the same in both forms. */
static void put_exam_members(struct builder *builder, const struct exam *exam)
{
    put_member(builder, "case", exam->case_id);
    builder_puts(builder, ",\"differences\":[");
    for (uint32_t i = 0; i < exam->differences.count; i++) {
        builder_puts(builder, i == 0 ? "" : ",");
        put_difference(builder, &exam->differences.items[i]);
    }
    builder_putf(builder, "],\"line\":%u,", (unsigned)exam->test->place.line);
    put_member(builder, "name", exam->test->name);
    if (exam->next.length > 0) {
        builder_putc(builder, ',');
        put_member(builder, "next", exam->next);
    }
}

static void put_exam_end(struct builder *builder, const struct exam *exam)
{
    if (exam->test->todo.length > 0) {
        put_member(builder, "todo", exam->test->todo);
        builder_putc(builder, ',');
    }
    put_member(builder, "verdict", text_of(verdict_name((enum verdict)exam->verdict)));
    builder_putc(builder, ',');
    put_whys(builder, exam);
}

static void put_share(struct builder *builder, const char *key, struct share share)
{
    builder_putf(builder, "\"%s\":{\"all\":%u,\"done\":%u}", key, (unsigned)share.all,
                 (unsigned)share.done);
}

static void put_coverage(struct builder *builder, const struct coverage_report *coverage)
{
    builder_putc(builder, '{');
    put_member(builder, "book", coverage->book);
    builder_putc(builder, ',');
    put_share(builder, "clauses", coverage->count.clauses);
    builder_putc(builder, ',');
    put_share(builder, "conditions", coverage->count.conditions);
    builder_putc(builder, ',');
    put_share(builder, "facts", coverage->count.facts);
    builder_puts(builder, ",\"gaps\":[");
    for (uint32_t i = 0; i < coverage->gaps.count; i++) {
        const struct gap_row *gap = &coverage->gaps.rows[i];
        builder_puts(builder, i == 0 ? "{" : ",{");
        put_member(builder, "lacks", text_of(gap->lacks));
        builder_putc(builder, ',');
        put_member(builder, "origin", gap->origin);
        builder_putc(builder, ',');
        put_member(builder, "what", gap->what);
        builder_putc(builder, '}');
    }
    builder_puts(builder, "],");
    put_share(builder, "rules", coverage->count.rules);
    builder_putc(builder, '}');
}

/* Write "count" and "coverage", which come first in both forms. */
static void put_summary(struct builder *builder, const struct exam_report *report)
{
    struct exam_count count = exams_count(report->exams, report->count);
    builder_putf(builder,
                 "\"count\":{\"all\":%u,\"broken\":%u,\"failed\":%u,\"passed\":%u,\"todo\":%u}",
                 (unsigned)count.all, (unsigned)count.broken, (unsigned)count.failed,
                 (unsigned)count.passed, (unsigned)count.todo);
    if (report->coverage_count > 0) {
        builder_puts(builder, ",\"coverage\":[");
        for (uint32_t i = 0; i < report->coverage_count; i++) {
            builder_puts(builder, i == 0 ? "" : ",");
            put_coverage(builder, &report->coverages[i]);
        }
        builder_putc(builder, ']');
    }
}

void exams_write_json(struct builder *builder, const struct exam_report *report)
{
    assert(builder != NULL && report != NULL);
    assert(report->exams != NULL || report->count == 0);
    builder_putc(builder, '{');
    put_summary(builder, report);
    builder_puts(builder, ",\"schema\":\"amicus.tests/1\",\"tests\":[");
    for (uint32_t i = 0; i < report->count; i++) {
        const struct exam *exam = &report->exams[i];
        builder_puts(builder, i == 0 ? "{" : ",{");
        put_exam_members(builder, exam);
        builder_putc(builder, ',');
        put_member(builder, "suite", exam->suite->name);
        builder_putc(builder, ',');
        put_member(builder, "suite_file", text_of(exam->suite->file));
        builder_putc(builder, ',');
        put_exam_end(builder, exam);
        builder_putc(builder, '}');
    }
    builder_puts(builder, "]}\n");
}

void exams_write_ndjson(struct builder *builder, const struct exam_report *report)
{
    assert(builder != NULL && report != NULL);
    assert(report->exams != NULL || report->count == 0);
    for (uint32_t i = 0; i < report->count; i++) {
        const struct exam *exam = &report->exams[i];
        builder_putc(builder, '{');
        put_exam_members(builder, exam);
        builder_puts(builder, ",\"schema\":\"amicus.test/1\",");
        put_member(builder, "suite", exam->suite->name);
        builder_putc(builder, ',');
        put_member(builder, "suite_file", text_of(exam->suite->file));
        builder_putc(builder, ',');
        put_exam_end(builder, exam);
        builder_puts(builder, "}\n");
    }
    builder_putc(builder, '{');
    put_summary(builder, report);
    builder_puts(builder, ",\"schema\":\"amicus.tests/1\"}\n");
}

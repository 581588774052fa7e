/*
 * Tests, told to programs of others: JUnit's XML, the Test Anything Protocol, annotations.
 *
 * Each has a word for a test that waits: a skipped test, a directive, a notice. A test that could
 * not be run is an error where the format tells errors from failures.
 */
#include "exam_report.h"

#include "markup.h"

#include <assert.h>

/* --- XML --- */

/* Write a text as content or attribute of XML; controls, which XML cannot hold, were made visible.
 */
static void put_xml(struct builder *builder, struct text text)
{
    html_put(builder, layout_visible(builder->arena, text));
}

/* A difference in one line, as a text of its own. */
static struct text line_of(struct arena *arena, const struct difference *difference)
{
    struct builder builder;
    struct text line = {"", 0};
    builder_start(&builder, arena);
    difference_write(&builder, difference);
    return builder_end(&line, &builder) == AMICUS_OK ? line : (struct text){"", 0};
}

static void put_failure(struct builder *builder, const struct exam *exam)
{
    builder_puts(builder, "      <failure message=\"");
    put_xml(builder, line_of(builder->arena, &exam->differences.items[0]));
    builder_puts(builder, "\">");
    for (uint32_t i = 0; i < exam->differences.count; i++) {
        put_xml(builder, line_of(builder->arena, &exam->differences.items[i]));
        builder_putc(builder, '\n');
    }
    for (uint32_t i = 0; i < exam->why_count; i++) {
        put_xml(builder, exam->why[i]);
        builder_putc(builder, '\n');
    }
    builder_puts(builder, "</failure>\n");
}

static void put_testcase(struct builder *builder, const struct exam *exam)
{
    builder_puts(builder, "    <testcase classname=\"");
    put_xml(builder, exam->suite->name);
    builder_puts(builder, "\" name=\"");
    put_xml(builder, exam->test->name);
    builder_puts(builder, "\" file=\"");
    put_xml(builder, text_of(exam->suite->file));
    builder_putf(builder, "\" line=\"%u\"", (unsigned)exam->test->place.line);
    if (exam->verdict == VERDICT_PASSED) {
        builder_puts(builder, "/>\n");
        return;
    }
    builder_puts(builder, ">\n");
    if (exam->verdict == VERDICT_FAILED) {
        put_failure(builder, exam);
    } else if (exam->verdict == VERDICT_TODO) {
        builder_puts(builder, "      <skipped message=\"");
        put_xml(builder, exam->test->todo);
        builder_puts(builder, "\"/>\n");
    } else {
        builder_puts(builder, "      <error message=\"the test could not be run\"/>\n");
    }
    builder_puts(builder, "    </testcase>\n");
}

static void put_counts(struct builder *builder, struct exam_count count)
{
    builder_putf(builder, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\">\n",
                 (unsigned)count.all, (unsigned)count.failed, (unsigned)count.broken,
                 (unsigned)count.todo);
}

void exams_write_junit(struct builder *builder, const struct exam_report *report)
{
    assert(builder != NULL && report != NULL);
    assert(report->exams != NULL || report->count == 0);
    builder_puts(builder, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    put_counts(builder, exams_count(report->exams, report->count));
    for (uint32_t i = 0; i < report->count;) {
        uint32_t end = i;
        while (end < report->count && report->exams[end].suite == report->exams[i].suite) {
            end++;
        }
        builder_puts(builder, "  <testsuite name=\"");
        put_xml(builder, report->exams[i].suite->name);
        builder_putc(builder, '"');
        put_counts(builder, exams_count(report->exams + i, end - i));
        for (; i < end; i++) {
            put_testcase(builder, &report->exams[i]);
        }
        builder_puts(builder, "  </testsuite>\n");
    }
    builder_puts(builder, "</testsuites>\n");
}

/* --- TAP --- */

/* Write the name of a test; '#' would start a directive. */
static void put_tap_name(struct builder *builder, const struct exam *exam)
{
    struct builder name;
    struct text text = {"", 0};
    builder_start(&name, builder->arena);
    suite_write_name(&name, exam->suite, exam->test);
    builder->failed |= builder_end(&text, &name) != AMICUS_OK;
    for (size_t i = 0; i < text.length; i++) {
        builder_puts(builder, text.at[i] == '#' || text.at[i] == '\\' ? "\\" : "");
        builder_putc(builder, text.at[i]);
    }
}

static void put_tap_details(struct builder *builder, const struct exam *exam)
{
    builder_puts(builder, "  ---\n  at: ");
    builder_put_json(builder, text_of(exam->suite->file));
    builder_putf(builder, "\n  line: %u\n  differences:\n", (unsigned)exam->test->place.line);
    for (uint32_t i = 0; i < exam->differences.count; i++) {
        builder_puts(builder, "    - ");
        builder_put_json(builder, line_of(builder->arena, &exam->differences.items[i]));
        builder_putc(builder, '\n');
    }
    for (uint32_t i = 0; i < exam->why_count; i++) {
        builder_puts(builder, i == 0 ? "  why:\n    - " : "    - ");
        builder_put_json(builder, exam->why[i]);
        builder_putc(builder, '\n');
    }
    builder_puts(builder, "  ...\n");
}

void exams_write_tap(struct builder *builder, const struct exam_report *report)
{
    assert(builder != NULL && report != NULL);
    assert(report->exams != NULL || report->count == 0);
    builder_putf(builder, "TAP version 14\n1..%u\n", (unsigned)report->count);
    for (uint32_t i = 0; i < report->count; i++) {
        const struct exam *exam = &report->exams[i];
        bool is_ok = exam->verdict == VERDICT_PASSED;
        builder_putf(builder, "%sok %u - ", is_ok ? "" : "not ", (unsigned)i + 1);
        put_tap_name(builder, exam);
        if (exam->verdict == VERDICT_TODO) {
            builder_puts(builder, " # TODO ");
            builder_put(builder, layout_visible(builder->arena, exam->test->todo));
        }
        builder_putc(builder, '\n');
        if (exam->verdict == VERDICT_FAILED) {
            put_tap_details(builder, exam);
        }
    }
}

/* --- annotations --- */

/* Write a text as property or message of an annotation. */
static void put_annotation(struct builder *builder, struct text foreign, bool is_property)
{
    struct text text = layout_visible(builder->arena, foreign);
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        if (byte == '%' || (is_property && (byte == ':' || byte == ','))) {
            builder_putf(builder, "%%%02X", (unsigned)(unsigned char)byte);
        } else {
            builder_putc(builder, byte);
        }
    }
}

static void put_annotated(struct builder *builder, const struct exam *exam)
{
    struct builder name;
    struct text text = {"", 0};
    builder_puts(builder, exam->verdict == VERDICT_TODO ? "::notice file=" : "::error file=");
    put_annotation(builder, text_of(exam->suite->file), true);
    builder_putf(builder, ",line=%u,title=", (unsigned)exam->test->place.line);
    builder_start(&name, builder->arena);
    suite_write_name(&name, exam->suite, exam->test);
    builder->failed |= builder_end(&text, &name) != AMICUS_OK;
    put_annotation(builder, text, true);
    builder_puts(builder, "::");
    if (exam->verdict == VERDICT_TODO) {
        put_annotation(builder, exam->test->todo, false);
    } else if (exam->verdict == VERDICT_BROKEN) {
        builder_puts(builder, "the test could not be run");
    }
    for (uint32_t i = 0; exam->verdict == VERDICT_FAILED && i < exam->differences.count; i++) {
        builder_puts(builder, i == 0 ? "" : "%0A");
        put_annotation(builder, line_of(builder->arena, &exam->differences.items[i]), false);
    }
    builder_putc(builder, '\n');
}

void exams_write_github(struct builder *builder, const struct exam_report *report)
{
    assert(builder != NULL && report != NULL);
    assert(report->exams != NULL || report->count == 0);
    for (uint32_t i = 0; i < report->count; i++) {
        if (report->exams[i].verdict != VERDICT_PASSED) {
            put_annotated(builder, &report->exams[i]);
        }
    }
    exams_write_count(builder, exams_count(report->exams, report->count));
}

/*
 * Tests, told to the author of a policy.
 *
 * What passed takes one line a suite, because nobody reads it. What failed is told by its least
 * difference: only what is not as wanted, what was wanted beside what there is, and why a rule that
 * should have applied did not. What waits is told in every run, so that nobody forgets it. The
 * count comes last, where the eye is when the run ends.
 */
#include "exam_report.h"

#include <assert.h>

enum { BODY = 8 };

void difference_write(struct builder *builder, const struct difference *difference)
{
    assert(builder != NULL);
    assert(difference != NULL);
    builder_put_visible(builder, difference->label);
    builder_puts(builder, ": ");
    if (difference->want.length > 0) {
        builder_puts(builder, "want ");
        builder_put_visible(builder, difference->want);
        builder_puts(builder, ", got ");
    }
    builder_put_visible(builder, difference->got);
    if (difference->delta.length > 0) {
        builder_puts(builder, " (");
        builder_put(builder, difference->delta);
        builder_putc(builder, ')');
    }
}

static void put_count(struct builder *builder, uint32_t count, const char *word, bool *is_first)
{
    if (count > 0) {
        builder_putf(builder, "%s%u %s", *is_first ? " " : ", ", (unsigned)count, word);
        *is_first = false;
    }
}

void exams_write_count(struct builder *builder, struct exam_count count)
{
    assert(builder != NULL);
    assert(count.passed + count.failed + count.todo + count.broken == count.all);
    bool is_first = true;
    builder_putf(builder, "%u test%s:", (unsigned)count.all, count.all == 1 ? "" : "s");
    put_count(builder, count.passed, "passed", &is_first);
    put_count(builder, count.failed, "failed", &is_first);
    put_count(builder, count.todo, "todo", &is_first);
    put_count(builder, count.broken, "broken", &is_first);
    builder_putc(builder, '\n');
}

/* How many exams from `first` on are of one suite. */
static uint32_t suite_length(const struct exam_report *report, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < report->count && report->exams[end].suite == report->exams[first].suite) {
        end++;
    }
    return end - first;
}

static struct text made(struct builder *builder)
{
    struct text text = {"", 0};
    return builder_end(&text, builder) == AMICUS_OK ? text : (struct text){"", 0};
}

static void put_verdicts(struct pen *pen, uint32_t count, enum verdict verdict, enum ink ink)
{
    struct builder builder;
    if (count > 0) {
        builder_start(&builder, pen->out->arena);
        builder_putf(&builder, "%u %s", (unsigned)count, verdict_name(verdict));
        pen_put(pen, ink, made(&builder));
        pen->owed += 3;
    }
}

static unsigned name_width(const struct exam_report *report)
{
    unsigned width = 8;
    for (uint32_t i = 0; i < report->count; i++) {
        unsigned own = layout_columns(report->exams[i].suite->name);
        width = own > width && own <= 30 ? own : width;
    }
    return width;
}

static void put_suites(struct pen *pen, const struct exam_report *report)
{
    unsigned width = name_width(report);
    for (uint32_t i = 0; i < report->count;) {
        uint32_t length = suite_length(report, i);
        const struct suite *suite = report->exams[i].suite;
        struct exam_count count = exams_count(report->exams + i, length);
        pen_to(pen, 2, 0);
        pen_put(pen, INK_STRONG, layout_visible(pen->out->arena, suite->name));
        pen_to(pen, 2 + width + 3, 3);
        put_verdicts(pen, count.passed, VERDICT_PASSED, INK_GOOD);
        put_verdicts(pen, count.failed, VERDICT_FAILED, INK_BAD);
        put_verdicts(pen, count.todo, VERDICT_TODO, INK_WARN);
        put_verdicts(pen, count.broken, VERDICT_BROKEN, INK_BAD);
        pen_put(pen, INK_FAINT, layout_visible(pen->out->arena, text_of(suite->file)));
        pen_end(pen);
        i += length;
    }
}

static unsigned label_width(const struct exam *exam)
{
    unsigned width = 7;
    for (uint32_t i = 0; i < exam->differences.count; i++) {
        unsigned own = layout_columns(exam->differences.items[i].label);
        width = own > width && own <= 24 ? own : width;
    }
    return width;
}

/* Write one difference: wanted and got in columns, or one sentence. */
static void put_difference(struct pen *pen, const struct difference *difference, unsigned width)
{
    struct arena *arena = pen->out->arena;
    unsigned left = BODY + width + 2;
    pen_to(pen, BODY, 0);
    pen_put(pen, INK_PLAIN, layout_visible(arena, difference->label));
    pen_to(pen, left, 2);
    if (difference->want.length > 0) {
        pen_puts(pen, INK_PLAIN, "want ");
        pen_put(pen, INK_GOOD, layout_visible(arena, difference->want));
        pen_to(pen, left + 19, 3);
        pen_puts(pen, INK_PLAIN, "got ");
        pen_put(pen, INK_BAD, layout_visible(arena, difference->got));
        pen_to(pen, left + 38, 3);
        pen_put(pen, INK_PLAIN, difference->delta);
    } else {
        pen_wrap(pen, INK_PLAIN, layout_visible(arena, difference->got), left, pen->look.width);
    }
    pen_end(pen);
}

/* The name of a test, and where it and its case are. */
static void put_heading(struct pen *pen, const char *word, enum ink ink, const struct exam *exam)
{
    struct arena *arena = pen->out->arena;
    struct builder builder;
    builder_start(&builder, arena);
    suite_write_name(&builder, exam->suite, exam->test);
    struct text name = layout_visible(arena, made(&builder));
    builder_start(&builder, arena);
    builder_put_visible(&builder, text_of(exam->suite->file));
    builder_putf(&builder, ":%u", (unsigned)exam->test->place.line);
    if (exam->case_id.length > 0) {
        builder_puts(&builder, "   case ");
        builder_put_visible(&builder, exam->case_id);
    }
    struct text place = made(&builder);
    pen_to(pen, 2, 0);
    pen_puts(pen, ink, word);
    pen_to(pen, BODY, 1);
    pen_wrap(pen, INK_STRONG, name, BODY, pen->look.width);
    if (pen->column + 3 + layout_columns(place) > pen->look.width) {
        pen_end(pen);
        pen_to(pen, BODY, 0);
    } else {
        pen->owed += 3;
    }
    pen_put(pen, INK_FAINT, place);
    pen_end(pen);
}

static void put_why(struct pen *pen, const struct exam *exam)
{
    for (uint32_t i = 0; i < exam->why_count; i++) {
        pen_to(pen, BODY, 0);
        pen_wrap(pen, INK_PLAIN, layout_visible(pen->out->arena, exam->why[i]), BODY + 2,
                 pen->look.width);
        if (pen->column + 3 + layout_columns(exam->origins[i]) > pen->look.width) {
            pen_end(pen);
            pen_to(pen, BODY + 2, 0);
        } else {
            pen->owed += 3;
        }
        pen_put(pen, INK_FAINT, exam->origins[i]);
        pen_end(pen);
    }
}

static void put_failed(struct pen *pen, const struct exam *exam)
{
    unsigned width = label_width(exam);
    put_heading(pen, "FAIL", INK_BAD, exam);
    for (uint32_t i = 0; i < exam->differences.count; i++) {
        put_difference(pen, &exam->differences.items[i], width);
    }
    put_why(pen, exam);
    if (exam->next.length > 0) {
        pen_to(pen, BODY, 0);
        pen_puts(pen, INK_PLAIN, "next");
        pen_to(pen, BODY + width + 2, 2);
        pen_put(pen, INK_STRONG, layout_visible(pen->out->arena, exam->next));
        pen_end(pen);
    }
}

static void put_todo(struct pen *pen, const struct exam *exam)
{
    put_heading(pen, "TODO", INK_WARN, exam);
    pen_to(pen, BODY, 0);
    pen_wrap(pen, INK_PLAIN, layout_visible(pen->out->arena, exam->test->todo), BODY,
             pen->look.width);
    pen_end(pen);
}

static void put_exam(struct pen *pen, const struct exam *exam)
{
    switch ((enum verdict)exam->verdict) {
    case VERDICT_FAILED: put_failed(pen, exam); break;
    case VERDICT_TODO: put_todo(pen, exam); break;
    case VERDICT_BROKEN: put_heading(pen, "BROKEN", INK_BAD, exam); break;
    case VERDICT_PASSED: break;
    }
}

/* --- coverage --- */

static void put_share(struct pen *pen, const char *what, struct share share)
{
    struct builder builder;
    builder_start(&builder, pen->out->arena);
    builder_putf(&builder, "%s %u/%u", what, (unsigned)share.done, (unsigned)share.all);
    pen->owed += 3;
    pen_put(pen, share.done == share.all ? INK_GOOD : INK_WARN, made(&builder));
}

static void put_gap(struct pen *pen, const struct gap_row *gap)
{
    pen_to(pen, 4, 0);
    pen_wrap(pen, INK_PLAIN, layout_visible(pen->out->arena, gap->what), 6, pen->look.width);
    pen->owed += 3;
    if (pen->column + 3 + layout_columns(text_of(gap->lacks)) + 3 + layout_columns(gap->origin) >
        pen->look.width) {
        pen->owed = 0;
        pen_end(pen);
        pen_to(pen, 6, 0);
    }
    pen_puts(pen, INK_WARN, gap->lacks);
    pen->owed += 3;
    pen_put(pen, INK_FAINT, gap->origin);
    pen_end(pen);
}

static void put_coverage(struct pen *pen, const struct coverage_report *coverage)
{
    pen_to(pen, 2, 0);
    pen_puts(pen, INK_HEAD, "Coverage ");
    pen_put(pen, INK_HEAD, layout_visible(pen->out->arena, coverage->book));
    put_share(pen, "rules", coverage->count.rules);
    put_share(pen, "conditions both ways", coverage->count.conditions);
    pen_end(pen);
    pen_to(pen, 8, 0);
    put_share(pen, "clauses", coverage->count.clauses);
    put_share(pen, "facts read", coverage->count.facts);
    pen_end(pen);
    for (uint32_t i = 0; i < coverage->gaps.count; i++) {
        put_gap(pen, &coverage->gaps.rows[i]);
    }
}

void exams_write_text(struct builder *builder, const struct exam_report *report, struct look look)
{
    assert(builder != NULL && report != NULL);
    assert(report->exams != NULL || report->count == 0);
    struct pen pen = pen_of(builder, look);
    put_suites(&pen, report);
    for (uint32_t i = 0; i < report->count; i++) {
        put_exam(&pen, &report->exams[i]);
    }
    for (uint32_t i = 0; i < report->coverage_count; i++) {
        put_coverage(&pen, &report->coverages[i]);
    }
    builder_puts(builder, "  ");
    exams_write_count(builder, exams_count(report->exams, report->count));
}

/*
 * Summaries for readers: a page of 80 columns, and Markdown.
 *
 * The most frequent rows come first, and long tables are cut with a word on how many rows there are
 * besides; everything stands in the JSON and the table for spreadsheets.
 */
#include "summary.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* Rows of a table without money on a page. */
#define ROWS_SHOWN 12u

/* A text of its own, made from a count or an amount. */
static struct text grouped(struct arena *arena, const struct sum *sum, uint16_t currency)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    sum_write_grouped(&builder, sum, currency);
    return builder_end(&text, &builder) == AMICUS_OK ? text : (struct text){"", 0};
}

static struct text number(struct arena *arena, uint64_t count)
{
    const struct sum sum = {count / UINT64_C(1000000000000000000),
                            count % UINT64_C(1000000000000000000)};
    return grouped(arena, &sum, 0);
}

static struct text share(struct arena *arena, uint64_t part, uint64_t whole)
{
    struct builder builder;
    struct text text;
    const unsigned permille = permille_of(part, whole);
    builder_start(&builder, arena);
    builder_putf(&builder, "%u.%u %%", permille / 10, permille % 10);
    return builder_end(&text, &builder) == AMICUS_OK ? text : (struct text){"", 0};
}

/* The parts of a name behind its prefix, without the currency. */
static struct text label_of(struct arena *arena, const struct section *section,
                            const struct figure *row)
{
    const struct name_parts parts = parts_of(row->name);
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    for (size_t i = 1; i < parts.count; i++) {
        if (section->has_money && i + 1 == parts.count) {
            break;
        }
        builder_puts(&builder, i > 1 ? "  " : "");
        builder_put_visible(&builder, parts.at[i]);
    }
    return builder_end(&text, &builder) == AMICUS_OK ? text : (struct text){"", 0};
}

static void put_right(struct pen *pen, enum ink ink, struct text text, unsigned right)
{
    const unsigned columns = layout_columns(text);
    pen_to(pen, right > columns ? right - columns : 0, 1);
    pen_put(pen, ink, text);
}

static const struct text HELD = TEXT("held"), FREELANCER = TEXT("to freelancer"),
                         CLIENT = TEXT("to client"), CASES = TEXT("cases");

static void put_head(struct pen *pen, const struct section *section)
{
    pen_end(pen);
    pen_to(pen, 2, 0);
    pen_puts(pen, INK_HEAD, section->title);
    put_right(pen, INK_FAINT, CASES, 37);
    if (section->has_money) {
        put_right(pen, INK_FAINT, HELD, 52);
        put_right(pen, INK_FAINT, FREELANCER, 66);
        put_right(pen, INK_FAINT, CLIENT, 80);
    }
    pen_end(pen);
}

static void put_row(struct pen *pen, const struct section *section, const struct figure *row)
{
    struct arena *arena = pen->out->arena;
    const struct text label = label_of(arena, section, row);
    const struct name_parts parts = parts_of(row->name);
    pen_to(pen, 2, 0);
    pen_put(pen, INK_PLAIN, label);
    if (layout_columns(label) > 27) {
        pen_end(pen);
    }
    put_right(pen, INK_STRONG, number(arena, row->count), 37);
    if (section->has_money) {
        const struct text code = parts.at[parts.count - 1];
        const uint16_t currency = part_currency(code);
        if (currency != 0) {
            pen_to(pen, 38, 1);
            pen_put(pen, INK_FAINT, code);
            put_right(pen, INK_PLAIN, grouped(arena, &row->sums[SUM_HELD], currency), 52);
            put_right(pen, INK_PLAIN, grouped(arena, &row->sums[SUM_FREELANCER], currency), 66);
            put_right(pen, INK_PLAIN, grouped(arena, &row->sums[SUM_CLIENT], currency), 80);
        }
    }
    pen_end(pen);
}

static void put_section(struct pen *pen, const struct summary *summary,
                        const struct section *section)
{
    struct arena *arena = pen->out->arena;
    const bool is_ground = strcmp(section->prefix, "ground") == 0;
    const struct section_rows rows = section_of(summary, section, arena, !is_ground);
    size_t shown = rows.count;
    if (rows.count == 0 || strcmp(section->prefix, "held") == 0) {
        return;
    }
    if (!section->has_money && shown > ROWS_SHOWN) {
        shown = ROWS_SHOWN;
    }
    put_head(pen, section);
    for (size_t i = 0; i < shown; i++) {
        put_row(pen, section, rows.rows[i]);
    }
    if (shown < rows.count) {
        pen_to(pen, 2, 0);
        pen_puts(pen, INK_FAINT, "and ");
        pen_put(pen, INK_FAINT, number(arena, rows.count - shown));
        pen_puts(pen, INK_FAINT, " more: -f json");
        pen_end(pen);
    }
}

void summary_write_text(struct builder *builder, const struct summary *summary, struct look look)
{
    assert(builder != NULL);
    assert(summary != NULL && summary->figures != NULL);
    struct pen pen = pen_of(builder, look);
    struct arena *arena = builder->arena;
    const struct figures *figures = summary->figures;
    const uint64_t cases = figures_count(figures, "cases");
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        put_section(&pen, summary, &sections[i]);
    }
    pen_end(&pen);
    pen_to(&pen, 2, 0);
    pen_put(&pen, INK_STRONG, number(arena, cases));
    pen_puts(&pen, INK_PLAIN, cases == 1 ? " case, " : " cases, ");
    pen_put(&pen, INK_STRONG, number(arena, figures_count(figures, "rejected")));
    pen_puts(&pen, INK_PLAIN, " rejected");
    if (figures_count(figures, "limit") > 0) {
        pen_puts(&pen, INK_BAD, ", ");
        pen_put(&pen, INK_BAD, number(arena, figures_count(figures, "limit")));
        pen_puts(&pen, INK_BAD, " stopped by a limit");
    }
    pen_end(&pen);
    pen_to(&pen, 2, 0);
    pen_put(&pen, INK_PLAIN, share(arena, figures_count(figures, "burden"), cases));
    pen_puts(&pen, INK_PLAIN, " rest on a burden of proof, ");
    pen_put(&pen, INK_PLAIN, share(arena, figures_count(figures, "decisive"), cases));
    pen_puts(&pen, INK_PLAIN, " lack a fact that could change them");
    pen_end(&pen);
    if (summary->is_proved) {
        pen_to(&pen, 2, 0);
        pen_puts(&pen, INK_GOOD, "count and id hash agree with the archive's inventory");
        pen_end(&pen);
    }
    pen_to(&pen, 2, 0);
    pen_puts(&pen, INK_FAINT, "run ");
    pen_put(&pen, INK_FAINT, summary->run);
    pen_end(&pen);
}

/* --- Markdown --- */

static void md_row(struct builder *builder, const struct section *section, const struct figure *row)
{
    struct arena *arena = builder->arena;
    const struct name_parts parts = parts_of(row->name);
    builder_puts(builder, "| ");
    builder_put(builder, label_of(arena, section, row));
    builder_puts(builder, " | ");
    builder_put(builder, number(arena, row->count));
    builder_puts(builder, " |");
    if (section->has_money) {
        const struct text code = parts.at[parts.count - 1];
        const uint16_t currency = part_currency(code);
        builder_putc(builder, ' ');
        builder_put(builder, code);
        builder_puts(builder, " |");
        for (size_t n = 0; n < SUM_COUNT; n++) {
            builder_putc(builder, ' ');
            if (currency != 0) {
                builder_put(builder, grouped(arena, &row->sums[n], currency));
            }
            builder_puts(builder, " |");
        }
    }
    builder_putc(builder, '\n');
}

void summary_write_md(struct builder *builder, const struct summary *summary)
{
    assert(builder != NULL);
    assert(summary != NULL && summary->figures != NULL);
    const struct figures *figures = summary->figures;
    builder_puts(builder, "## Batch\n\n");
    builder_putf(builder,
                 "%" PRIu64 " cases, %" PRIu64 " rejected, %" PRIu64 " stopped by a limit. Run `",
                 figures_count(figures, "cases"), figures_count(figures, "rejected"),
                 figures_count(figures, "limit"));
    builder_put(builder, summary->run);
    builder_puts(builder, "`.\n");
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        const struct section_rows rows = section_of(summary, &sections[s], builder->arena, true);
        if (rows.count == 0 || strcmp(sections[s].prefix, "held") == 0) {
            continue;
        }
        builder_putf(builder, "\n### %s\n\n", sections[s].title);
        builder_puts(builder, sections[s].has_money
                                  ? "| | cases | | held | to freelancer | to client | fees | stays "
                                    "held |\n|---|--:|---|--:|--:|--:|--:|--:|\n"
                                  : "| | cases |\n|---|--:|\n");
        for (size_t i = 0; i < rows.count; i++) {
            md_row(builder, &sections[s], rows.rows[i]);
        }
    }
}

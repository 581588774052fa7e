/*
 * The summary as one page for a browser, with plots.
 *
 * Everything is inside: style, and plots as SVG. No script, no font, nothing fetched, so it can be
 * sent, archived and opened where nothing else may be. A policy that forbids everything else stands
 * in its head. Plots have the numbers beside the bars, so colour carries nothing alone; below each
 * stands its table.
 *
 * Lengths are whole thousandths of the width: no fractions are computed.
 */
#include "summary.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define BAR_LEFT   220u
#define BAR_WIDTH  420u
#define ROW_HEIGHT 22u
#define PLOT_WIDTH 760u

static const char HEAD[] =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>amicus batch</title>\n<style>\n"
    "body{font:15px/1.45 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1c1e21;background:#fff}\n"
    "table{border-collapse:collapse;margin:.5rem 0 2rem}td,th{padding:.2rem .7rem;text-align:right;"
    "border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}\n"
    "svg{max-width:100%;height:auto}svg text{font:13px system-ui,sans-serif;fill:currentColor}\n"
    ".a{fill:#2b6cb0}.b{fill:#c05621}.c{fill:#718096}.d{fill:#b7a21f}code{font-size:.85em}\n"
    "@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16181b}td,th{border-color:"
    "#3a3d41}.a{fill:#63b3ed}.b{fill:#f6ad55}.c{fill:#a0aec0}.d{fill:#ecd95a}}\n"
    "</style></head><body>\n";

/* Text between tags: markup and controls made harmless. */
static void put_text(struct builder *builder, struct text text)
{
    struct text shown = layout_visible(builder->arena, text);
    for (size_t i = 0; i < shown.length; i++) {
        switch (shown.at[i]) {
        case '<': builder_puts(builder, "&lt;"); break;
        case '>': builder_puts(builder, "&gt;"); break;
        case '&': builder_puts(builder, "&amp;"); break;
        case '"': builder_puts(builder, "&quot;"); break;
        default: builder_putc(builder, shown.at[i]);
        }
    }
}

/* The words of a name behind its prefix. */
static void put_label(struct builder *builder, const struct figure *row, size_t from, size_t less)
{
    const struct name_parts parts = parts_of(row->name);
    for (size_t i = from; i + less < parts.count; i++) {
        builder_puts(builder, i > from ? " · " : "");
        put_text(builder, parts.at[i]);
    }
}

static uint64_t most_of(const struct section_rows *rows)
{
    uint64_t most = 1;
    for (size_t i = 0; i < rows->count; i++) {
        most = rows->rows[i]->count > most ? rows->rows[i]->count : most;
    }
    return most;
}

static void open_plot(struct builder *builder, size_t rows, const char *title)
{
    builder_putf(builder,
                 "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %u %zu\" width=\"%u\">\n",
                 title, PLOT_WIDTH, rows * ROW_HEIGHT + 4, PLOT_WIDTH);
}

static void put_bar(struct builder *builder, size_t row, const char *class, unsigned left,
                    unsigned width)
{
    builder_putf(builder, "<rect class=\"%s\" x=\"%u\" y=\"%zu\" width=\"%u\" height=\"%u\"/>",
                 class, BAR_LEFT + left, row * ROW_HEIGHT + 3, width, ROW_HEIGHT - 6);
}

static void put_words(struct builder *builder, size_t row, unsigned left, bool is_end)
{
    builder_putf(builder, "<text x=\"%u\" y=\"%zu\"%s>", left, row * ROW_HEIGHT + 16,
                 is_end ? " text-anchor=\"end\"" : "");
}

/* Bars by the number of cases. */
static void plot_counts(struct builder *builder, const struct section *section,
                        const struct section_rows *rows)
{
    const uint64_t most = most_of(rows);
    const size_t shown = rows->count > 20 ? 20 : rows->count;
    open_plot(builder, shown, section->title);
    for (size_t i = 0; i < shown; i++) {
        const unsigned width = permille_of(rows->rows[i]->count, most) * BAR_WIDTH / 1000;
        put_words(builder, i, BAR_LEFT - 8, true);
        put_label(builder, rows->rows[i], 1, 0);
        builder_puts(builder, "</text>");
        put_bar(builder, i, "a", 0, width > 0 ? width : 1);
        put_words(builder, i, BAR_LEFT + width + 8, false);
        builder_putf(builder, "%" PRIu64 "</text>\n", rows->rows[i]->count);
    }
    builder_puts(builder, "</svg>\n");
}

/* Where the money goes: a bar of four parts for each row. */
static void plot_money(struct builder *builder, const struct section_rows *rows)
{
    static const size_t PARTS[] = {SUM_FREELANCER, SUM_CLIENT, SUM_STAYS, SUM_FEES};
    static const char *const CLASSES[] = {"a", "b", "c", "d"};
    builder_puts(builder,
                 "<p>Of the money held: <svg width=\"12\" height=\"12\"><rect class=\"a\" "
                 "width=\"12\" height=\"12\"/></svg> to the freelancer, <svg width=\"12\" "
                 "height=\"12\"><rect class=\"b\" width=\"12\" height=\"12\"/></svg> to the "
                 "client, <svg width=\"12\" height=\"12\"><rect class=\"c\" width=\"12\" "
                 "height=\"12\"/></svg> stays held, <svg width=\"12\" height=\"12\"><rect "
                 "class=\"d\" width=\"12\" height=\"12\"/></svg> fees</p>\n");
    open_plot(builder, rows->count, "Where the money goes");
    for (size_t i = 0; i < rows->count; i++) {
        const struct figure *row = rows->rows[i];
        struct sum before = {0, 0};
        unsigned left = 0;
        put_words(builder, i, BAR_LEFT - 8, true);
        put_label(builder, row, 1, 0);
        builder_puts(builder, "</text>");
        for (size_t n = 0; n < 4; n++) {
            sum_add(&before, &row->sums[PARTS[n]]);
            const unsigned right = sum_permille(&before, &row->sums[SUM_HELD]) * BAR_WIDTH / 1000;
            if (right > left) {
                put_bar(builder, i, CLASSES[n], left, right - left);
            }
            left = right > left ? right : left;
        }
        builder_putc(builder, '\n');
    }
    builder_puts(builder, "</svg>\n");
}

/* How much is held a case: columns on a logarithmic grid, eight an octave. */
static void plot_held(struct builder *builder, const struct section_rows *rows)
{
    uint64_t octaves[64] = {0};
    uint64_t most = 1;
    unsigned low = 63, high = 0;
    const struct text currency = parts_of(rows->rows[0]->name).at[1];
    const uint16_t packed = part_currency(currency);
    for (size_t i = 0; i < rows->count; i++) {
        const struct name_parts parts = parts_of(rows->rows[i]->name);
        uint64_t step = 0;
        if (!text_equal(parts.at[1], currency) || !number_read(&step, parts.at[2]) || step >= 504) {
            continue;
        }
        const unsigned octave = (unsigned)step / 8;
        octaves[octave] += rows->rows[i]->count;
        most = octaves[octave] > most ? octaves[octave] : most;
        low = octave < low ? octave : low;
        high = octave > high ? octave : high;
    }
    open_plot(builder, high - low + 1u, "Money held a case");
    for (unsigned octave = low; octave <= high; octave++) {
        const struct sum from = {0, UINT64_C(1) << (octave < 59 ? octave : 59)};
        const unsigned width = permille_of(octaves[octave], most) * BAR_WIDTH / 1000;
        put_words(builder, octave - low, BAR_LEFT - 8, true);
        builder_puts(builder, "from ");
        sum_write_money(builder, &from, packed);
        builder_puts(builder, "</text>");
        put_bar(builder, octave - low, "a", 0, width);
        put_words(builder, octave - low, BAR_LEFT + width + 8, false);
        builder_putf(builder, "%" PRIu64 "</text>\n", octaves[octave]);
    }
    builder_puts(builder, "</svg>\n");
}

static void put_table(struct builder *builder, const struct section *section,
                      const struct section_rows *rows)
{
    builder_puts(builder, "<table><tr><th></th><th>cases</th>");
    builder_puts(builder, section->has_money
                              ? "<th></th><th>held</th><th>to freelancer</th><th>to client</th>"
                                "<th>fees</th><th>stays held</th></tr>\n"
                              : "</tr>\n");
    for (size_t i = 0; i < rows->count; i++) {
        const struct figure *row = rows->rows[i];
        const struct name_parts parts = parts_of(row->name);
        builder_puts(builder, "<tr><td>");
        put_label(builder, row, 1, section->has_money ? 1 : 0);
        builder_putf(builder, "</td><td>%" PRIu64 "</td>", row->count);
        if (section->has_money) {
            const struct text code = parts.at[parts.count - 1];
            builder_puts(builder, "<td>");
            put_text(builder, code);
            builder_puts(builder, "</td>");
            for (size_t n = 0; n < SUM_COUNT; n++) {
                builder_puts(builder, "<td>");
                if (part_currency(code) != 0) {
                    sum_write_grouped(builder, &row->sums[n], part_currency(code));
                }
                builder_puts(builder, "</td>");
            }
        }
        builder_puts(builder, "</tr>\n");
    }
    builder_puts(builder, "</table>\n");
}

void summary_write_html(struct builder *builder, const struct summary *summary)
{
    assert(builder != NULL);
    assert(summary != NULL && summary->figures != NULL);
    const struct figures *figures = summary->figures;
    builder_puts(builder, HEAD);
    builder_putf(builder,
                 "<h1>Batch</h1>\n<p><b>%" PRIu64 "</b> cases, <b>%" PRIu64
                 "</b> rejected, <b>%" PRIu64 "</b> stopped by a limit.</p>\n",
                 figures_count(figures, "cases"), figures_count(figures, "rejected"),
                 figures_count(figures, "limit"));
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        const struct section *section = &sections[s];
        const bool is_held = strcmp(section->prefix, "held") == 0;
        const struct section_rows rows = section_of(summary, section, builder->arena, !is_held);
        if (rows.count == 0) {
            continue;
        }
        builder_putf(builder, "<h2>%s</h2>\n", section->title);
        if (is_held) {
            plot_held(builder, &rows);
            continue;
        }
        plot_counts(builder, section, &rows);
        if (section->has_money) {
            plot_money(builder, &rows);
        }
        put_table(builder, section, &rows);
    }
    builder_puts(builder, "<p>Run <code>");
    put_text(builder, summary->run);
    builder_puts(builder, "</code></p>\n</body></html>\n");
}

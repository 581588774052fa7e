/*
 * A review as a table, as CSV and as a plot.
 *
 * The plot is drawn in whole numbers: a share in millionths is 400 pixels wide at most. It is one
 * file without scripts, fonts or links; names in it are escaped, because rules and reviewers are
 * named by people.
 */
#include "review.h"

#include <assert.h>

#define PLOT_ROWS  40u
#define PLOT_LEFT  220
#define PLOT_WIDTH 400
#define ROW_HEIGHT 22

static struct text percent(struct outline *outline, int64_t millionths)
{
    struct builder builder;
    builder_start(&builder, outline->arena);
    score_write_percent(&builder, millionths);
    return outline_text(outline, &builder);
}

/* Add a branch for a share of decisions that were overridden. */
static struct branch *add_share(struct outline *outline, struct branch *parent, const char *kind,
                                struct text name, const uint64_t counts[2])
{
    const struct interval interval = wilson_of(counts[0], counts[1]);
    const struct text low = percent(outline, interval.low);
    const struct text high = percent(outline, interval.high);
    struct branch *branch = outline_add(outline, parent, kind);
    branch->name = name;
    branch->state = percent(outline, share_of(counts[0], counts[1]));
    branch->says = outline_putf(outline, "%llu of %llu (%.*s to %.*s)",
                                (unsigned long long)counts[0], (unsigned long long)counts[1],
                                (int)low.length, low.at, (int)high.length, high.at);
    return branch;
}

static void write_whole(struct outline *outline, const struct review *review)
{
    struct builder builder;
    int64_t kappa;
    const uint64_t all[2] = {review->overrides, review->decisions};
    const uint64_t burden[2] = {review->burden_overrides, review->burden_decisions};
    const uint64_t facts[2] = {all[0] - burden[0], all[1] - burden[1]};
    struct branch *root = &outline->root;
    (void)add_share(outline, root, "all", text_of("overridden"), all);
    struct branch *branch = outline_add(outline, root, "kappa");
    branch->name = text_of("kappa");
    builder_start(&builder, outline->arena);
    if (kappa_of(&kappa, &review->agreement)) {
        score_write(&builder, kappa, 2);
    } else {
        builder_puts(&builder, "not defined");
    }
    branch->state = outline_text(outline, &builder);
    branch->says = text_of("agreement of suggested and decided outcomes beyond chance");
    (void)add_share(outline, root, "burden", text_of("on a burden"), burden);
    (void)add_share(outline, root, "facts", text_of("on facts"), facts);
}

void review_write_outline(struct outline *outline, const struct review *review)
{
    assert(outline != NULL);
    assert(review != NULL);
    const struct review_row **rows;
    outline->root.name = text_of("decisions");
    outline->root.state = outline_putf(outline, "%llu", (unsigned long long)review->decisions);
    if (review->left_out > 0) {
        outline->root.says = outline_putf(outline, "%llu that wait or were refused are left out",
                                          (unsigned long long)review->left_out);
    }
    if (review_sort(review, &rows) != AMICUS_OK) {
        outline->failed = true;
        return;
    }
    write_whole(outline, review);
    struct branch *all = outline_add(outline, &outline->root, "rows");
    all->name = outline_putf(outline, "by %s", review_by_names[review->by]);
    for (size_t i = 0; i < map_count(review->rows); i++) {
        const uint64_t counts[2] = {rows[i]->overrides, rows[i]->decisions};
        (void)add_share(outline, all, "row", outline_visible(outline, rows[i]->name), counts);
    }
}

/* --- CSV, by RFC 4180 --- */

/* A cell in quotes. What a spreadsheet would take for a formula is kept from being one. */
static void put_cell(struct builder *builder, struct text text)
{
    builder_putc(builder, '"');
    if (text.length > 0 &&
        (text.at[0] == '=' || text.at[0] == '+' || text.at[0] == '-' || text.at[0] == '@')) {
        builder_putc(builder, '\'');
    }
    for (size_t i = 0; i < text.length; i++) {
        builder_puts(builder, text.at[i] == '"' ? "\"" : "");
        builder_putc(builder, text.at[i]);
    }
    builder_putc(builder, '"');
}

void review_write_csv(struct builder *builder, const struct review *review)
{
    assert(builder != NULL);
    assert(review != NULL);
    const struct review_row **rows;
    builder_puts(builder, review_by_names[review->by]);
    builder_puts(builder, ",decisions,overridden,rate,low,high\r\n");
    if (review_sort(review, &rows) != AMICUS_OK) {
        builder->failed = true;
        return;
    }
    for (size_t i = 0; i < map_count(review->rows); i++) {
        const struct interval interval = wilson_of(rows[i]->overrides, rows[i]->decisions);
        const int64_t scores[3] = {share_of(rows[i]->overrides, rows[i]->decisions), interval.low,
                                   interval.high};
        put_cell(builder, rows[i]->name);
        builder_putf(builder, ",%llu,%llu", (unsigned long long)rows[i]->decisions,
                     (unsigned long long)rows[i]->overrides);
        for (size_t j = 0; j < 3; j++) {
            builder_putc(builder, ',');
            score_write(builder, scores[j], 6);
        }
        builder_puts(builder, "\r\n");
    }
}

/* --- SVG --- */

static void put_escaped(struct builder *builder, struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        switch (text.at[i]) {
        case '&': builder_puts(builder, "&amp;"); break;
        case '<': builder_puts(builder, "&lt;"); break;
        case '>': builder_puts(builder, "&gt;"); break;
        case '"': builder_puts(builder, "&quot;"); break;
        default: builder_putc(builder, text.at[i]);
        }
    }
}

static int pixels(int64_t millionths)
{
    return PLOT_LEFT + (int)(millionths * PLOT_WIDTH / MILLION);
}

static void put_words(struct builder *builder, int x, int y, const char *anchor, struct text words)
{
    builder_putf(builder, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
    put_escaped(builder, words);
    builder_puts(builder, "</text>\n");
}

static void put_scale(struct builder *builder, int bottom)
{
    static const char *const MARKS[] = {"0 %", "25 %", "50 %", "75 %", "100 %"};
    for (int i = 0; i < 5; i++) {
        const int x = pixels(MILLION / 4 * i);
        builder_putf(builder, "<path d=\"M%d 44V%d\" stroke=\"#ccc\"/>\n", x, bottom);
        put_words(builder, x, bottom + 16, "middle", text_of(MARKS[i]));
    }
}

/* A row: its name, a line over the interval, a dot at the rate, the counts. */
static void put_row(struct builder *builder, const struct review *review,
                    const struct review_row *row, int y)
{
    const struct interval interval = wilson_of(row->overrides, row->decisions);
    struct text name = layout_visible(review->arena, row->name);
    name = layout_cut(review->arena, (struct look){.width = 80}, name, 30);
    put_words(builder, PLOT_LEFT - 10, y + 4, "end", name);
    builder_putf(builder, "<path d=\"M%d %dH%d\" stroke=\"#357\" stroke-width=\"3\"/>\n",
                 pixels(interval.low), y, pixels(interval.high));
    builder_putf(builder, "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"#c40\"/>\n",
                 pixels(share_of(row->overrides, row->decisions)), y);
    builder_putf(builder, "<text x=\"%d\" y=\"%d\">%llu of %llu</text>\n",
                 PLOT_LEFT + PLOT_WIDTH + 12, y + 4, (unsigned long long)row->overrides,
                 (unsigned long long)row->decisions);
}

void review_write_svg(struct builder *builder, const struct review *review)
{
    assert(builder != NULL);
    assert(review != NULL);
    const struct review_row **rows;
    size_t count = map_count(review->rows);
    if (review_sort(review, &rows) != AMICUS_OK) {
        builder->failed = true;
        return;
    }
    count = count > PLOT_ROWS ? PLOT_ROWS : count;
    const int bottom = 52 + (int)count * ROW_HEIGHT;
    builder_putf(builder,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"740\" height=\"%d\" "
                 "viewBox=\"0 0 740 %d\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">"
                 "\n<title>Overridden suggestions by %s</title>\n<desc>%llu of %llu decisions "
                 "override the suggestion; lines are 95 %% Wilson intervals</desc>\n"
                 "<rect width=\"740\" height=\"%d\" fill=\"#fff\"/>\n"
                 "<text x=\"10\" y=\"24\" font-size=\"16\">Overridden suggestions by %s</text>\n",
                 bottom + 28, bottom + 28, review_by_names[review->by],
                 (unsigned long long)review->overrides, (unsigned long long)review->decisions,
                 bottom + 28, review_by_names[review->by]);
    put_scale(builder, bottom);
    for (size_t i = 0; i < count; i++) {
        put_row(builder, review, rows[i], 60 + (int)i * ROW_HEIGHT);
    }
    builder_puts(builder, "</svg>\n");
}

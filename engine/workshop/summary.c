/*
 * What all writers of summaries know: which tables there are, and the machine-readable ones.
 *
 * A figure's name says where it belongs, so a new kind of figure needs a row here and no code in
 * the writers. Rows come sorted by name wherever programs read them; people get the most frequent
 * first. Shares are ratios of whole numbers, made here and nowhere kept.
 */
#include "summary.h"

#include "money.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct section sections[SECTION_COUNT] = {
    {"outcome", "Outcomes", "outcomes", {"outcome", "currency", NULL}, true},
    {"ground", "Grounds", "grounds", {"ground", "outcome", "currency"}, true},
    {"rule", "Rules that applied", "rules", {"rulebook", "rule", NULL}, false},
    {"missing", "Decisive missing facts", "missing", {"fact", NULL, NULL}, false},
    {"flag", "Flags", "flags", {"flag", NULL, NULL}, false},
    {"reject", "Rejected lines", "rejects", {"code", NULL, NULL}, false},
    {"held", "Money held a case", "held", {"currency", "step", NULL}, false},
};

const char *const sum_keys[SUM_COUNT] = {
    [SUM_HELD] = "held", [SUM_FREELANCER] = "to_freelancer", [SUM_CLIENT] = "to_client",
    [SUM_FEES] = "fees", [SUM_STAYS] = "stays_held",
};

struct name_parts parts_of(struct text name)
{
    struct name_parts parts = {.count = 0};
    assert(name.length > 0);
    assert(name.at != NULL);
    size_t start = 0;
    for (size_t at = 0; at <= name.length && parts.count < 4; at++) {
        if (at == name.length || (name.at[at] == '/' && parts.count < 3)) {
            parts.at[parts.count++] = (struct text){name.at + start, at - start};
            start = at + 1;
        }
    }
    return parts;
}

uint16_t part_currency(struct text part)
{
    assert(part.at != NULL);
    assert(part.length > 0);
    return currency_of(part);
}

unsigned permille_of(uint64_t part, uint64_t whole)
{
    assert(part <= whole);
    assert(whole < UINT64_MAX / 1000);
    return whole == 0 ? 0 : (unsigned)(part * 1000 / whole);
}

/* Arrays of pointers are sorted here. NOLINTBEGIN(bugprone-sizeof-expression) */
static int most_first(const void *left, const void *right)
{
    const struct figure *a = *(const struct figure *const *)left;
    const struct figure *b = *(const struct figure *const *)right;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return text_order(a->name, b->name);
}

struct section_rows section_of(const struct summary *summary, const struct section *section,
                               struct arena *arena, bool by_count)
{
    assert(summary != NULL && section != NULL);
    assert(arena != NULL);
    struct section_rows out = {NULL, 0};
    size_t all = 0;
    const struct figure **rows = figures_sorted(summary->figures, &all, arena);
    const size_t length = strlen(section->prefix);
    if (rows == NULL) {
        return out;
    }
    out.rows = rows;
    for (size_t i = 0; i < all; i++) {
        const struct text name = rows[i]->name;
        if (name.length > length && name.at[length] == '/' &&
            memcmp(name.at, section->prefix, length) == 0) {
            rows[out.count++] = rows[i];
        }
    }
    if (by_count && out.count > 1) {
        qsort((void *)rows, out.count, sizeof *rows, most_first);
    }
    return out;
}
/* NOLINTEND(bugprone-sizeof-expression) */

/* The currency of a row with money. */
static uint16_t row_currency(const struct figure *row)
{
    const struct name_parts parts = parts_of(row->name);
    return part_currency(parts.at[parts.count - 1]);
}

/* --- JSON --- */

/* Members sort by their keys: cases, then what the section and the money are called. */
struct member {
    const char *key;
    struct text text; /* of a part */
    const struct sum *sum;
};

static int by_key(const void *left, const void *right)
{
    const struct member *a = left;
    const struct member *b = right;
    return strcmp(a->key, b->key);
}

static void put_row(struct builder *builder, const struct section *section,
                    const struct figure *row)
{
    struct member members[3 + SUM_COUNT];
    size_t count = 0;
    const struct name_parts parts = parts_of(row->name);
    const uint16_t currency = section->has_money ? row_currency(row) : 0;
    for (size_t i = 0; i < 3 && section->keys[i] != NULL && i + 1 < parts.count; i++) {
        members[count++] = (struct member){section->keys[i], parts.at[i + 1], NULL};
    }
    for (size_t n = 0; n < SUM_COUNT && currency != 0; n++) {
        members[count++] = (struct member){sum_keys[n], {NULL, 0}, &row->sums[n]};
    }
    qsort(members, count, sizeof members[0], by_key);
    builder_putf(builder, "{\"cases\":%" PRIu64, row->count);
    for (size_t i = 0; i < count; i++) {
        builder_putf(builder, ",\"%s\":", members[i].key);
        if (members[i].sum == NULL) {
            builder_put_json(builder, members[i].text);
        } else {
            builder_putc(builder, '"');
            sum_write_money(builder, members[i].sum, currency);
            builder_putc(builder, '"');
        }
    }
    builder_putc(builder, '}');
}

static void put_section(struct builder *builder, const struct summary *summary, const char *list)
{
    const struct section *section = sections;
    while (strcmp(section->list, list) != 0) {
        section++;
    }
    const struct section_rows rows = section_of(summary, section, builder->arena, false);
    builder_putf(builder, ",\"%s\":[", list);
    for (size_t i = 0; i < rows.count; i++) {
        builder_puts(builder, i > 0 ? "," : "");
        put_row(builder, section, rows.rows[i]);
    }
    builder_putc(builder, ']');
}

static void put_count(struct builder *builder, const struct summary *summary, const char *key)
{
    builder_putf(builder, ",\"%s\":%" PRIu64, key, figures_count(summary->figures, key));
}

void summary_write_json(struct builder *builder, const struct summary *summary)
{
    assert(builder != NULL);
    assert(summary != NULL && summary->figures != NULL);
    builder_putf(builder, "{\"burden\":%" PRIu64, figures_count(summary->figures, "burden"));
    put_count(builder, summary, "cases");
    put_count(builder, summary, "conflict");
    put_count(builder, summary, "decisive");
    put_section(builder, summary, "flags");
    put_section(builder, summary, "grounds");
    builder_puts(builder, ",\"hash\":\"");
    hash_write(builder, summary->figures->hash);
    builder_putc(builder, '"');
    put_section(builder, summary, "held");
    put_count(builder, summary, "limit");
    builder_putf(builder, ",\"lines\":%" PRIu64, summary->figures->lines);
    put_section(builder, summary, "missing");
    put_section(builder, summary, "outcomes");
    builder_puts(builder, summary->is_proved ? ",\"proved\":true" : ",\"proved\":false");
    put_count(builder, summary, "rejected");
    put_section(builder, summary, "rejects");
    put_section(builder, summary, "rules");
    builder_puts(builder, ",\"run\":");
    builder_put_json(builder, summary->run);
    builder_puts(builder, ",\"schema\":\"amicus.report/1\"}\n");
}

/* --- a table for spreadsheets --- */

/* A cell is quoted if need be, and never begins as a formula does. */
static void put_cell(struct builder *builder, struct text text)
{
    bool is_odd = text.length > 0 && memchr("=+-@", text.at[0], 4) != NULL && text.length > 1;
    bool is_quoted = is_odd;
    for (size_t i = 0; i < text.length; i++) {
        is_quoted = is_quoted || text.at[i] == ',' || text.at[i] == '"' || text.at[i] == '\n';
    }
    builder_puts(builder, is_quoted ? "\"" : "");
    builder_puts(builder, is_odd ? "'" : "");
    for (size_t i = 0; i < text.length; i++) {
        builder_puts(builder, text.at[i] == '"' ? "\"" : "");
        builder_putc(builder, text.at[i]);
    }
    builder_puts(builder, is_quoted ? "\"" : "");
}

static void put_csv_row(struct builder *builder, const struct section *section,
                        const struct figure *row)
{
    const struct name_parts parts = parts_of(row->name);
    struct text name = parts.at[1], second = {"", 0}, currency = {"", 0};
    for (size_t i = 1; i < 3 && section->keys[i] != NULL && i + 1 < parts.count; i++) {
        if (strcmp(section->keys[i], "currency") == 0) {
            currency = parts.at[i + 1];
        } else {
            second = parts.at[i + 1];
        }
    }
    builder_puts(builder, section->prefix);
    builder_putc(builder, ',');
    put_cell(builder, name);
    builder_putc(builder, ',');
    put_cell(builder, second);
    builder_putc(builder, ',');
    put_cell(builder, text_is(currency, "-") ? (struct text){"", 0} : currency);
    builder_putf(builder, ",%" PRIu64, row->count);
    const uint16_t packed = section->has_money ? row_currency(row) : 0;
    for (size_t n = 0; n < SUM_COUNT; n++) {
        builder_putc(builder, ',');
        if (packed != 0) {
            struct builder amount;
            struct text text;
            builder_start(&amount, builder->arena);
            sum_write_money(&amount, &row->sums[n], packed);
            if (builder_end(&text, &amount) == AMICUS_OK) {
                builder_put(builder, (struct text){text.at + 4, text.length - 4});
            }
        }
    }
    builder_putc(builder, '\n');
}

void summary_write_csv(struct builder *builder, const struct summary *summary)
{
    static const char *const TOTALS[] = {"cases",  "rejected", "limit",
                                         "burden", "conflict", "decisive"};
    assert(builder != NULL);
    assert(summary != NULL && summary->figures != NULL);
    builder_puts(builder, "figure,name,detail,currency,cases,held,to_freelancer,to_client,fees,"
                          "stays_held\n");
    for (size_t i = 0; i < sizeof TOTALS / sizeof TOTALS[0]; i++) {
        builder_putf(builder, "total,%s,,,%" PRIu64 ",,,,,\n", TOTALS[i],
                     figures_count(summary->figures, TOTALS[i]));
    }
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        const struct section_rows rows = section_of(summary, &sections[s], builder->arena, false);
        for (size_t i = 0; i < rows.count; i++) {
            put_csv_row(builder, &sections[s], rows.rows[i]);
        }
    }
}

/* --- lines for grep --- */

void summary_write_plain(struct builder *builder, const struct summary *summary)
{
    static const char *const TOTALS[] = {"cases",  "rejected", "limit",
                                         "burden", "conflict", "decisive"};
    assert(builder != NULL);
    assert(summary != NULL && summary->figures != NULL);
    builder_putf(builder, "lines: %" PRIu64 "\n", summary->figures->lines);
    for (size_t i = 0; i < sizeof TOTALS / sizeof TOTALS[0]; i++) {
        builder_putf(builder, "%s: %" PRIu64 "\n", TOTALS[i],
                     figures_count(summary->figures, TOTALS[i]));
    }
    size_t count = 0;
    const struct figure **rows = figures_sorted(summary->figures, &count, builder->arena);
    for (size_t i = 0; rows != NULL && i < count; i++) {
        if (memchr(rows[i]->name.at, '/', rows[i]->name.length) == NULL) {
            continue;
        }
        builder_put_visible(builder, rows[i]->name);
        builder_putf(builder, ": %" PRIu64, rows[i]->count);
        bool has_money = text_is(parts_of(rows[i]->name).at[0], "outcome") ||
                         text_is(parts_of(rows[i]->name).at[0], "ground");
        const uint16_t currency = has_money ? row_currency(rows[i]) : 0;
        for (size_t n = 0; n < SUM_COUNT && currency != 0; n++) {
            builder_putf(builder, " %s=", sum_keys[n]);
            sum_write_money(builder, &rows[i]->sums[n], currency);
        }
        builder_putc(builder, '\n');
    }
    builder_puts(builder, "run: ");
    builder_put(builder, summary->run);
    builder_putc(builder, '\n');
}

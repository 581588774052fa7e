/*
 * Where policy comes from: sources, the provisions that they hold, and the calendars that their
 * business days are counted by.
 */
#include "compiler.h"

#include "date.h"

#include <assert.h>
#include <stdlib.h>

static void declare_source(struct compiler *compiler, struct draft *draft)
{
    static const struct word GRADES[] = {{"A", 1}, {"B", 2},    {"C", 3}, {"D", 4},
                                         {"L", 5}, {"OURS", 6}, {NULL, 0}};
    (void)draft_word(compiler, draft, FIELD_GRADE, GRADES, 0);
    int32_t day = 0;
    if (draft->fields[FIELD_CHECKED] != NULL) {
        (void)date_of(compiler, draft, draft->fields[FIELD_CHECKED], &day);
    }
    draft->row = compiler_count(compiler, TABLE_SOURCES);
    struct source_row *row = compiler_add(compiler, TABLE_SOURCES);
    row->key = compiler_text(compiler, draft->id);
    row->title = compiler_text(compiler, draft_text(draft, FIELD_TITLE));
    row->grade = compiler_text(compiler, draft_text(draft, FIELD_GRADE));
    row->address = compiler_text(compiler, draft_text(draft, FIELD_ADDRESS));
    row->checked = compiler_text(compiler, draft_text(draft, FIELD_CHECKED));
}

static int order_numbers(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* The rows of the sources that a draft names, ascending; "OURS" needs no declaration. */
static uint32_t sources_of(struct compiler *compiler, const struct draft *draft, uint32_t *first)
{
    uint32_t count = draft_texts_count(draft, FIELD_SOURCE);
    uint32_t *rows = compiler_give(compiler, count, sizeof *rows);
    uint32_t found = 0;
    for (uint32_t i = 0; rows != NULL && i < count; i++) {
        struct text key = draft_texts_at(draft, FIELD_SOURCE, i);
        const struct draft *source = draft_find(compiler, DECLARE_SOURCE, key);
        if (source != NULL) {
            rows[found++] = source->row;
        } else if (!text_is(key, "OURS")) {
            struct text near = map_nearest(compiler->names[DECLARE_SOURCE], key);
            diagnostics_add(
                compiler->list, AMICUS_ERROR, "P0407", draft_place(compiler, draft, key),
                near.length > 0
                    ? mend_near(compiler, near)
                    : mend_of(compiler, "declare it: source \"%.*s\" { ... }", SHOWN(key)),
                "%s '%.*s' names the source '%.*s', which is not declared",
                declare_name(draft->kind), SHOWN(draft->id), SHOWN(key));
        }
    }
    if (rows == NULL) {
        return 0;
    }
    qsort(rows, found, sizeof *rows, order_numbers);
    *first = compiler_indices(compiler, rows, found);
    return found;
}

static void declare_provision(struct compiler *compiler, struct draft *draft)
{
    uint32_t first = 0;
    uint32_t count = sources_of(compiler, draft, &first);
    draft->row = compiler_count(compiler, TABLE_PROVISIONS);
    struct provision_row *row = compiler_add(compiler, TABLE_PROVISIONS);
    row->id = compiler_text(compiler, draft->id);
    row->title = compiler_text(compiler, draft_text(draft, FIELD_TITLE));
    row->number = compiler_text(compiler, draft_text(draft, FIELD_NUMBER));
    row->first_source = first;
    row->source_count = count;
    row->layer = draft_word(compiler, draft, FIELD_LAYER, LAYER_WORDS, LAYER_PRACTICE);
    row->origin = (struct origin){draft->file, draft->line};
}

static int order_days(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return a < b ? -1 : a > b;
}

static uint8_t weekdays_of(struct compiler *compiler, const struct draft *draft)
{
    static const char *const DAYS[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    unsigned bits = 0;
    for (uint32_t i = 0; i < draft_texts_count(draft, FIELD_FREE); i++) {
        struct text word = draft_texts_at(draft, FIELD_FREE, i);
        unsigned day = 0;
        while (day < 7 && !text_is(word, DAYS[day])) {
            day += 1;
        }
        if (day < 7) {
            bits |= 1u << day;
            continue;
        }
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0442", draft_place(compiler, draft, word),
                        "write mon, tue, wed, thu, fri, sat or sun",
                        "calendar '%.*s' has a free day '%.*s'", SHOWN(draft->id), SHOWN(word));
    }
    if (bits == 0x7F) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0442",
                        draft_place(compiler, draft, draft->id), "leave one day to work on",
                        "calendar '%.*s' has no business day", SHOWN(draft->id));
    }
    return (uint8_t)bits;
}

static void holidays_of(struct compiler *compiler, const struct draft *draft,
                        struct calendar_row *row)
{
    uint32_t count = draft_texts_count(draft, FIELD_HOLIDAYS);
    int32_t *days = compiler_give(compiler, count, sizeof *days);
    if (days == NULL) {
        return;
    }
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct datum *item = &draft->fields[FIELD_HOLIDAYS]->as.items[i];
        found += date_of(compiler, draft, item, &days[found]) ? 1 : 0;
    }
    qsort(days, found, sizeof *days, order_days);
    row->first_holiday = compiler_count(compiler, TABLE_HOLIDAYS);
    for (uint32_t i = 0; i < found; i++) {
        if (i == 0 || days[i] != days[i - 1]) {
            *(int32_t *)compiler_add(compiler, TABLE_HOLIDAYS) = days[i];
            row->holiday_count += 1;
        }
    }
}

static void declare_calendar(struct compiler *compiler, struct draft *draft)
{
    uint32_t first = 0;
    (void)sources_of(compiler, draft, &first);
    struct calendar_row row = {.name = compiler_text(compiler, draft->id)};
    row.free_weekdays = weekdays_of(compiler, draft);
    row.origin = (struct origin){draft->file, draft->line};
    const struct datum *from = draft->fields[FIELD_FROM];
    const struct datum *to = draft->fields[FIELD_TO];
    bool is_span = from != NULL && date_of(compiler, draft, from, &row.from_day);
    is_span = to != NULL && date_of(compiler, draft, to, &row.until_day) && is_span;
    if (is_span && row.from_day > row.until_day) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0442",
                        draft_place(compiler, draft, to->as.text), "let it end after it begins",
                        "calendar '%.*s' ends before it begins", SHOWN(draft->id));
    }
    holidays_of(compiler, draft, &row);
    draft->row = compiler_count(compiler, TABLE_CALENDARS);
    *(struct calendar_row *)compiler_add(compiler, TABLE_CALENDARS) = row;
}

void declare_sources(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler_count(compiler, TABLE_SOURCES) == 0);
    drafts_each(compiler, DECLARE_SOURCE, declare_source);
    drafts_each(compiler, DECLARE_PROVISION, declare_provision);
    drafts_each(compiler, DECLARE_CALENDAR, declare_calendar);
}

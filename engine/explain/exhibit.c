/*
 * How evidence, facts and places are named to a reader.
 *
 * The C code knows no kind of record, but a piece of evidence must be shown with its date and
 * words. So the facts of the evidence kind are looked up by their usual names, and what a
 * vocabulary does not have is left out. Nothing is decided by them.
 *
 * Quotations are foreign text: they are made visible here, once, before any column is computed.
 */
#include "exhibit.h"

#include "date.h"
#include "money.h"

#include <assert.h>

static struct text finish(struct builder *builder)
{
    struct text text;
    return builder_end(&text, builder) == AMICUS_OK ? text : (struct text){NULL, 0};
}

bool exhibit_has_value(const struct value *value)
{
    assert(value != NULL);
    assert(value->standing <= STANDING_ABSENT);
    return value->standing >= STANDING_CLAIMED && value->standing <= STANDING_ESTABLISHED;
}

/* The value of a named fact of a piece of evidence, as a case writes it; empty if not known. */
static struct text evidence_fact(struct arena *arena, const struct amicus_case *subject,
                                 uint32_t record, const char *name)
{
    uint32_t number =
        vocabulary_find(subject->vocabulary, subject->records[record].kind, text_of(name));
    if (number == FACT_NONE || subject->vocabulary->facts[number].derived != FACT_NONE) {
        return (struct text){NULL, 0};
    }
    const struct value *value = case_value(subject, record, number);
    if (!exhibit_has_value(value)) {
        return (struct text){NULL, 0};
    }
    if (value->type == TYPE_INSTANT) {
        return exhibit_instant(arena, value->as.n);
    }
    if (value->type == TYPE_TEXT) {
        return layout_visible(arena, *value->as.text);
    }
    struct builder builder;
    builder_start(&builder, arena);
    case_write_value(&builder, subject, &subject->vocabulary->facts[number], value);
    return layout_visible(arena, finish(&builder));
}

static void put_part(struct builder *builder, const char *between, const char *mark,
                     struct text part)
{
    if (part.length > 0) {
        builder_puts(builder, builder->length > 0 ? between : "");
        builder_puts(builder, mark);
        builder_put(builder, part);
        builder_puts(builder, mark);
    }
}

static struct text quote_of(struct arena *arena, const struct amicus_case *subject, uint32_t record)
{
    struct builder builder;
    builder_start(&builder, arena);
    put_part(&builder, "", "", evidence_fact(arena, subject, record, "by"));
    put_part(&builder, ": ", "\"", evidence_fact(arena, subject, record, "text"));
    put_part(&builder, ": ", "", evidence_fact(arena, subject, record, "shows"));
    put_part(&builder, ", ", "", evidence_fact(arena, subject, record, "locator"));
    return finish(&builder);
}

struct exhibit exhibit_of(struct arena *arena, const struct amicus_case *subject, uint32_t record)
{
    assert(arena != NULL && subject != NULL);
    assert(record < subject->record_count);
    struct exhibit exhibit;
    exhibit.id = layout_visible(arena, subject->records[record].id);
    exhibit.kind = evidence_fact(arena, subject, record, "kind");
    exhibit.when = evidence_fact(arena, subject, record, "at");
    exhibit.quote = quote_of(arena, subject, record);
    return exhibit;
}

struct text exhibit_instant(struct arena *arena, int64_t utc_s)
{
    assert(arena != NULL);
    const int64_t day_s = 86400;
    int64_t clock_s = ((utc_s % day_s) + day_s) % day_s;
    struct builder builder;
    builder_start(&builder, arena);
    date_write(&builder, instant_day(utc_s));
    builder_putf(&builder, " %02d:%02d", (int)(clock_s / 3600), (int)(clock_s / 60 % 60));
    if (clock_s % 60 != 0) {
        builder_putf(&builder, ":%02d", (int)(clock_s % 60));
    }
    builder_putc(&builder, 'Z');
    return finish(&builder);
}

struct text exhibit_money(struct arena *arena, int64_t minor, uint16_t currency)
{
    assert(arena != NULL);
    struct builder builder;
    builder_start(&builder, arena);
    money_write_grouped(&builder, minor, currency);
    return finish(&builder);
}

struct text exhibit_path(struct arena *arena, const struct amicus_case *subject, uint32_t record,
                         uint32_t fact, uint32_t kind)
{
    assert(arena != NULL && subject != NULL);
    assert(fact == FACT_NONE || fact < subject->vocabulary->fact_count);
    if (fact == FACT_NONE) {
        assert(kind < subject->vocabulary->kind_count);
        return subject->vocabulary->kinds[kind].list;
    }
    struct builder builder;
    builder_start(&builder, arena);
    case_write_path(&builder, subject, record, fact);
    return layout_visible(arena, finish(&builder));
}

struct text exhibit_value(struct arena *arena, const struct amicus_case *subject, uint32_t fact,
                          const struct value *value)
{
    assert(arena != NULL && subject != NULL);
    assert(value != NULL && fact < subject->vocabulary->fact_count);
    if (!exhibit_has_value(value)) {
        return text_of(standing_name((enum standing)value->standing));
    }
    struct builder builder;
    builder_start(&builder, arena);
    ruling_write_value(&builder, subject, &subject->vocabulary->facts[fact], value);
    return layout_visible(arena, finish(&builder));
}

struct text exhibit_origin(struct arena *arena, const struct image *image, struct origin origin)
{
    assert(arena != NULL && image != NULL);
    if (origin.file >= image->file_count) {
        return (struct text){NULL, 0};
    }
    struct text path = image_text(image, image->files[origin.file].path);
    struct builder builder;
    builder_start(&builder, arena);
    builder_put_visible(&builder, path);
    builder_putf(&builder, ":%u", (unsigned)origin.line);
    return finish(&builder);
}

struct text exhibit_parties(struct arena *arena, uint16_t parties)
{
    assert(arena != NULL);
    if (parties == 0) {
        return text_of("(nobody)");
    }
    struct builder builder;
    builder_start(&builder, arena);
    for (unsigned party = PARTY_CLIENT; party <= PARTY_THIRD; party++) {
        if (parties & (1u << party)) {
            put_part(&builder, ", ", "", text_of(party_name((enum party)party)));
        }
    }
    return finish(&builder);
}

enum ink exhibit_ink(uint8_t standing)
{
    assert(standing <= STANDING_ABSENT);
    switch ((enum standing)standing) {
    case STANDING_ESTABLISHED:
    case STANDING_SUPPORTED: return INK_GOOD;
    case STANDING_CONTESTED:
    case STANDING_CLAIMED:
    case STANDING_UNKNOWN: return INK_WARN;
    case STANDING_ABSENT: return INK_PLAIN;
    }
    return INK_PLAIN;
}

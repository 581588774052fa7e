/*
 * Shared parts of the ruling's JSON. Amounts are texts ("USD 1200.00"), never numbers that a reader
 * might round; instants are RFC 3339; a fact that is unknown, contested or absent has the value
 * null, and its standing says which.
 *
 * Small texts are made in the ruling's arena beside the one that is being written, because they
 * must pass through the JSON escape. Nothing of them is kept after the ruling.
 */
#include "json_writer.h"

#include "date.h"
#include "money.h"

#include <assert.h>
#include <stdlib.h>

/* A text of its own beside the one that is being written. */
static struct builder scratch_of(const struct writer *writer)
{
    struct builder builder;
    builder_start(&builder, writer->ruling->arena);
    return builder;
}

static struct text scratch_end(struct writer *writer, struct builder *scratch)
{
    struct text text = {"", 0};
    if (builder_end(&text, scratch) != AMICUS_OK) {
        writer->pen.builder->failed = true;
        return (struct text){"", 0};
    }
    return text;
}

void writer_put_money(struct writer *writer, const char *key, int64_t minor)
{
    assert(writer != NULL && key != NULL);
    assert(writer->ruling != NULL);
    struct builder scratch = scratch_of(writer);
    if (writer->ruling->currency != 0) {
        money_write(&scratch, minor, writer->ruling->currency);
    }
    pen_text_or_null(&writer->pen, key, scratch_end(writer, &scratch));
}

void writer_put_instant(struct writer *writer, const char *key, int64_t utc_s)
{
    assert(writer != NULL && key != NULL);
    assert(writer->ruling != NULL);
    struct builder scratch = scratch_of(writer);
    instant_write(&scratch, utc_s);
    pen_text(&writer->pen, key, scratch_end(writer, &scratch));
}

void writer_put_digest(struct writer *writer, const char *key, const uint8_t digest[DIGEST_BYTES])
{
    assert(writer != NULL && key != NULL);
    assert(digest != NULL);
    char hex[DIGEST_HEX];
    digest_write(hex, digest);
    pen_text(&writer->pen, key, text_of(hex));
}

/* The id of a money item; null of none. */
void writer_put_item(struct writer *writer, uint32_t record)
{
    assert(writer != NULL);
    assert(record == RECORD_NONE || record < writer->subject->record_count);
    const bool has_one = record != RECORD_NONE && record != RECORD_ROOT;
    pen_text_or_null(&writer->pen, "item",
                     has_one ? writer->subject->records[record].id : (struct text){"", 0});
}

/* The record that is neither the case nor the item itself: "segments.S1". */
void writer_put_record(struct writer *writer, uint32_t record, uint32_t item)
{
    assert(writer != NULL);
    assert(record < writer->subject->record_count);
    if (record == RECORD_ROOT || record == item) {
        return;
    }
    struct builder scratch = scratch_of(writer);
    case_write_record(&scratch, writer->subject, record);
    pen_text(&writer->pen, "record", scratch_end(writer, &scratch));
}

struct text writer_read_path(struct writer *writer, const struct read *read)
{
    assert(writer != NULL && read != NULL);
    assert(read->fact != FACT_NONE || read->kind != KIND_NONE);
    struct builder scratch = scratch_of(writer);
    if (read->fact == FACT_NONE) {
        builder_put(&scratch, writer->subject->vocabulary->kinds[read->kind].list);
    } else {
        case_write_path(&scratch, writer->subject, read->record, read->fact);
    }
    return scratch_end(writer, &scratch);
}

static void put_members(struct writer *writer, const struct fact *fact, int64_t bits)
{
    pen_open(&writer->pen, '[');
    for (uint32_t i = 0; i < fact->member_count; i++) {
        if ((bits >> i & 1) != 0) {
            pen_item(&writer->pen);
            builder_put_json(writer->pen.builder, fact->members[i].name);
        }
    }
    pen_close(&writer->pen, ']');
}

/* A value as a case file has it; null if there is none. */
static void put_value(struct writer *writer, const struct read *read)
{
    const struct value *value = &read->value;
    struct builder *builder = writer->pen.builder;
    pen_key(&writer->pen, "value");
    if (value->standing < STANDING_CLAIMED || value->standing == STANDING_ABSENT) {
        builder_puts(builder, "null");
        return;
    }
    const struct fact *fact = &writer->subject->vocabulary->facts[read->fact];
    if (value->type == TYPE_ENUMS) {
        put_members(writer, fact, value->as.n);
    } else if (value->type == TYPE_BOOL || value->type == TYPE_INT || value->type == TYPE_BPS ||
               value->type == TYPE_MINUTES) {
        case_write_value(builder, writer->subject, fact, value);
    } else {
        struct builder scratch = scratch_of(writer);
        case_write_value(&scratch, writer->subject, fact, value);
        builder_put_json(builder, scratch_end(writer, &scratch));
    }
}

static void put_read(struct writer *writer, const struct read *read)
{
    struct json_pen *pen = &writer->pen;
    pen_item(pen);
    pen_open(pen, '{');
    pen_key(pen, "evidence");
    pen_open(pen, '[');
    for (uint32_t i = 0; i < read->evidence.count; i++) {
        const uint32_t record = writer->ruling->evidence[read->evidence.first + i];
        pen_item(pen);
        builder_put_json(pen->builder, writer->subject->records[record].id);
    }
    pen_close(pen, ']');
    pen_text(pen, "fact", writer_read_path(writer, read));
    if (read->from.count > 0) {
        pen_key(pen, "from");
        pen_open(pen, '[');
        for (uint32_t i = 0; i < read->from.count; i++) {
            pen_item(pen);
            builder_put_json(pen->builder,
                             writer_read_path(writer, ruling_read(writer->ruling, read->from, i)));
        }
        pen_close(pen, ']');
    }
    pen_text(pen, "standing", text_of(standing_name((enum standing)read->value.standing)));
    put_value(writer, read);
    pen_close(pen, '}');
}

void writer_put_reads(struct writer *writer, struct span looks)
{
    assert(writer != NULL);
    assert(looks.count == 0 || writer->ruling->looks != NULL);
    pen_key(&writer->pen, "reads");
    pen_open(&writer->pen, '[');
    for (uint32_t i = 0; i < looks.count; i++) {
        put_read(writer, ruling_read(writer->ruling, looks, i));
    }
    pen_close(&writer->pen, ']');
}

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left;
    const uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* The evidence behind some reads, each piece once, in the order of the case. */
static uint32_t *cited(struct writer *writer, struct span looks, uint32_t *count)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < looks.count; i++) {
        most += ruling_read(writer->ruling, looks, i)->evidence.count;
    }
    *count = 0;
    uint32_t *pieces = arena_give_array(writer->ruling->arena, most, sizeof *pieces);
    if (pieces == NULL) {
        writer->pen.builder->failed = true;
        return NULL;
    }
    for (uint32_t i = 0; i < looks.count; i++) {
        const struct span evidence = ruling_read(writer->ruling, looks, i)->evidence;
        for (uint32_t j = 0; j < evidence.count; j++) {
            pieces[(*count)++] = writer->ruling->evidence[evidence.first + j];
        }
    }
    if (*count > 1) {
        qsort(pieces, *count, sizeof *pieces, by_number);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        if (i == 0 || pieces[i] != pieces[kept - 1]) {
            pieces[kept++] = pieces[i];
        }
    }
    *count = kept;
    return pieces;
}

static struct text locator_of(const struct writer *writer, uint32_t piece)
{
    if (writer->locator == FACT_NONE) {
        return (struct text){"", 0};
    }
    const struct value *value = case_value(writer->subject, piece, writer->locator);
    const bool is_known = value->type == TYPE_TEXT && value->standing >= STANDING_CLAIMED &&
                          value->standing <= STANDING_ESTABLISHED;
    return is_known ? *value->as.text : (struct text){"", 0};
}

void writer_put_cites(struct writer *writer, struct span looks)
{
    assert(writer != NULL);
    assert(looks.count == 0 || writer->ruling->looks != NULL);
    struct json_pen *pen = &writer->pen;
    uint32_t count = 0;
    const uint32_t *pieces = cited(writer, looks, &count);
    pen_key(pen, "cites");
    pen_open(pen, '[');
    for (uint32_t i = 0; i < count; i++) {
        pen_item(pen);
        pen_open(pen, '{');
        pen_text(pen, "evidence", writer->subject->records[pieces[i]].id);
        pen_text_or_null(pen, "locator", locator_of(writer, pieces[i]));
        pen_close(pen, '}');
    }
    pen_close(pen, ']');
}

void writer_put_rules(struct writer *writer, const char *key, const uint32_t *rows, uint32_t count)
{
    assert(writer != NULL && key != NULL);
    assert(rows != NULL || count == 0);
    pen_key(&writer->pen, key);
    pen_open(&writer->pen, '[');
    for (uint32_t i = 0; i < count; i++) {
        pen_item(&writer->pen);
        builder_put_json(writer->pen.builder,
                         image_text(writer->image, writer->image->rules[rows[i]].id));
    }
    pen_close(&writer->pen, ']');
}

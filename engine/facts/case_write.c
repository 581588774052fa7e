/*
 * Writing the names and values of a case, as its file writes them.
 *
 * A path is written so that `absent:` and the command line read it back: list, id, fact. A record
 * without an id is named by its place, segments[3].
 */
#include "case.h"
#include "date.h"
#include "money.h"

#include <assert.h>

void case_write_record(struct builder *builder, const struct amicus_case *subject, uint32_t record)
{
    assert(builder != NULL && subject != NULL);
    assert(record < subject->record_count);
    const struct record *row = &subject->records[record];
    const struct kind *kind = &subject->vocabulary->kinds[row->kind];
    if (row->kind == KIND_ROOT) {
        return;
    }
    if (kind->id_fact != FACT_NONE) {
        builder_put(builder, kind->list);
        builder_putc(builder, '.');
    }
    builder_put(builder, row->id);
}

void case_write_path(struct builder *builder, const struct amicus_case *subject, uint32_t record,
                     uint32_t fact)
{
    assert(builder != NULL && subject != NULL);
    assert(record < subject->record_count && fact < subject->vocabulary->fact_count);
    case_write_record(builder, subject, record);
    if (subject->records[record].kind != KIND_ROOT) {
        builder_putc(builder, '.');
    }
    builder_put(builder, subject->vocabulary->facts[fact].name);
}

static void put_members(struct builder *builder, const struct fact *fact, int64_t bits)
{
    bool is_first = true;
    builder_putc(builder, '[');
    for (uint32_t i = 0; i < fact->member_count; i++) {
        if ((bits >> i & 1) != 0) {
            builder_puts(builder, is_first ? "" : ", ");
            builder_put(builder, fact->members[i].name);
            is_first = false;
        }
    }
    builder_putc(builder, ']');
}

void case_write_value(struct builder *builder, const struct amicus_case *subject,
                      const struct fact *fact, const struct value *value)
{
    assert(builder != NULL && subject != NULL);
    assert(fact != NULL && value != NULL);
    switch ((enum value_type)value->type) {
    case TYPE_BOOL: builder_puts(builder, value->as.n != 0 ? "true" : "false"); break;
    case TYPE_INT:
    case TYPE_BPS:
    case TYPE_MINUTES: builder_put_int(builder, value->as.n); break;
    case TYPE_MONEY: money_write(builder, value->as.n, value->unit); break;
    case TYPE_INSTANT: instant_write(builder, value->as.n); break;
    case TYPE_DATE: date_write(builder, (int32_t)value->as.n); break;
    case TYPE_DURATION: duration_write(builder, value->as.n, value->unit); break;
    case TYPE_ENUM:
        assert(value->as.n >= 0 && value->as.n < fact->member_count);
        builder_put(builder, fact->members[value->as.n].name);
        break;
    case TYPE_ENUMS: put_members(builder, fact, value->as.n); break;
    case TYPE_TEXT: builder_put(builder, *value->as.text); break;
    case TYPE_REF:
        assert(value->as.n >= 0 && value->as.n < subject->record_count);
        builder_put(builder, subject->records[value->as.n].id);
        break;
    case TYPE_NONE:
    case TYPE_COUNT: break;
    }
}

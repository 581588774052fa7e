/*
 * The brief result of a case.
 *
 *   {"case":"C-1","findings":[{"cites":["E4"],"item":"M1","rule":"np.submitted","side":"for"}],
 *    "items":[{"fees":"USD 0.00","held":"USD 1200.00","item":"M1","outcome":"release_full",
 *    "stays_held":"USD 0.00","to_client":"USD 0.00","to_freelancer":"USD 1200.00"}],
 *    "outcome":"release_full"}
 *
 * It is what an archive is decided again for: small, because most of the time of a batch would go
 * into writing, and `explain` makes the rest again at any time. Keys are those of a ruling. Texts
 * for people are not made. Findings are in the order in which they were argued.
 *
 * Cost: linear in the text. Evidence is gathered through bits by record, without sorting.
 */
#include "result_line.h"

#include "money.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static void put_money(struct builder *builder, const char *key, int64_t minor, uint16_t currency)
{
    builder_puts(builder, key);
    if (currency == 0) {
        builder_puts(builder, "null");
        return;
    }
    builder_putc(builder, '"');
    money_write(builder, minor, currency);
    builder_putc(builder, '"');
}

static void put_id(struct builder *builder, const struct amicus_ruling *ruling, uint32_t record)
{
    if (record == RECORD_NONE || record == RECORD_ROOT) {
        builder_puts(builder, "null");
    } else {
        builder_put_json(builder, ruling->subject->records[record].id);
    }
}

/* The evidence behind some reads, in the order of the case. marks: a bit for each record. */
static void put_cites(struct builder *builder, const struct amicus_ruling *ruling,
                      struct span looks, uint64_t *marks)
{
    const uint32_t words = ruling->subject->record_count / 64 + 1;
    uint32_t lowest = words, highest = 0;
    for (uint32_t i = 0; i < looks.count; i++) {
        const struct span evidence = ruling_read(ruling, looks, i)->evidence;
        for (uint32_t j = 0; j < evidence.count; j++) {
            const uint32_t record = ruling->evidence[evidence.first + j];
            marks[record / 64] |= UINT64_C(1) << record % 64;
            lowest = record / 64 < lowest ? record / 64 : lowest;
            highest = record / 64 > highest ? record / 64 : highest;
        }
    }
    bool is_first = true;
    for (uint32_t word = lowest; word < words && word <= highest; word++) {
        for (uint32_t bit = 0; bit < 64 && marks[word] >> bit != 0; bit++) {
            if ((marks[word] >> bit & 1) != 0) {
                builder_puts(builder, is_first ? "" : ",");
                builder_put_json(builder, ruling->subject->records[word * 64 + bit].id);
                is_first = false;
            }
        }
        marks[word] = 0;
    }
}

static void put_finding(struct builder *builder, const struct amicus_ruling *ruling,
                        const struct finding *finding, uint64_t *marks)
{
    const struct image *image = &ruling->rulebook->image;
    const struct rule_row *rule = &image->rules[finding->rule];
    builder_puts(builder, "{\"cites\":[");
    put_cites(builder, ruling, finding->looks, marks);
    builder_puts(builder, "],\"item\":");
    put_id(builder, ruling, finding->item);
    builder_puts(builder, ",\"rule\":");
    builder_put_json(builder, image_text(image, rule->id));
    builder_puts(builder, rule->issue == INDEX_NONE ? ",\"side\":\"undercut\"}"
                          : rule->side == SIDE_FOR  ? ",\"side\":\"for\"}"
                                                    : ",\"side\":\"against\"}");
}

static void put_findings(struct builder *builder, const struct amicus_ruling *ruling)
{
    uint64_t *marks =
        arena_give_array(ruling->arena, ruling->subject->record_count / 64 + 1, sizeof *marks);
    bool is_first = true;
    if (marks == NULL) {
        builder->failed = true;
        return;
    }
    for (uint32_t i = 0; i < ruling->issue_count; i++) {
        const struct span findings = ruling->issues[i].findings;
        for (uint32_t j = 0; j < findings.count; j++) {
            const struct finding *finding = &ruling->findings[findings.first + j];
            if (finding->status == FINDING_APPLIED) {
                builder_puts(builder, is_first ? "" : ",");
                put_finding(builder, ruling, finding, marks);
                is_first = false;
            }
        }
    }
}

static void put_item(struct builder *builder, const struct amicus_ruling *ruling,
                     const struct item_result *item)
{
    const amicus_division *division = &item->division;
    const uint16_t currency = ruling->currency;
    put_money(builder, "{\"fees\":", division->fees_minor, currency);
    put_money(builder, ",\"held\":", division->held_minor, currency);
    builder_puts(builder, ",\"item\":");
    put_id(builder, ruling, item->record);
    builder_puts(builder, ",\"outcome\":\"");
    builder_puts(builder, outcome_name((enum outcome)item->outcome));
    put_money(builder, "\",\"stays_held\":", division->stays_held_minor, currency);
    put_money(builder, ",\"to_client\":", division->to_client_minor, currency);
    put_money(builder, ",\"to_freelancer\":", division->to_freelancer_minor, currency);
    builder_putc(builder, '}');
}

void result_write(struct builder *builder, const struct amicus_ruling *ruling)
{
    assert(builder != NULL);
    assert(ruling != NULL && ruling->item_count > 0);
    builder_puts(builder, "{\"case\":");
    builder_put_json(builder, ruling->subject->id);
    builder_puts(builder, ",\"findings\":[");
    put_findings(builder, ruling);
    builder_puts(builder, "],\"items\":[");
    bool is_first = true;
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        if (ruling->items[i].record != RECORD_ROOT) {
            builder_puts(builder, is_first ? "" : ",");
            put_item(builder, ruling, &ruling->items[i]);
            is_first = false;
        }
    }
    builder_puts(builder, "],\"outcome\":\"");
    builder_puts(builder, outcome_name((enum outcome)ruling->outcome));
    builder_puts(builder, "\"}");
}

void reject_write(struct builder *builder, const struct reject *reject)
{
    assert(builder != NULL && reject != NULL);
    assert(reject->code != NULL && reject->what != NULL);
    builder_puts(builder, "{\"case\":");
    if (reject->id.length == 0) {
        builder_puts(builder, "null");
    } else {
        builder_put_json(builder, reject->id);
    }
    builder_puts(builder, ",\"error\":{\"code\":");
    builder_put_json(builder, text_of(reject->code));
    builder_putf(builder, ",\"column\":%" PRIu32 ",\"file\":", reject->column);
    builder_put_json(builder, text_of(reject->file));
    if (reject->is_whole) {
        builder_putf(builder, ",\"line\":%" PRIu32, reject->line);
    }
    builder_puts(builder, ",\"mend\":");
    builder_put_json(builder, text_of(reject->mend));
    builder_putf(builder, ",\"offset\":%" PRIu64 ",\"what\":", reject->offset);
    builder_put_json(builder, text_of(reject->what));
    builder_puts(builder, "}}");
}

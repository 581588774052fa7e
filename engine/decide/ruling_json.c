/*
 * The ruling as JSON, schema amicus.ruling/1: keys sorted, lists in a fixed order, so that the same
 * ruling has the same bytes everywhere.
 *
 * The canonical form has no white space. Its digest covers everything but the member `digest`,
 * which is put in afterwards where it sorts; so the text is made once, and digested on the way.
 *
 * Order of lists: items as in the case; missing facts as ranked; findings and issues as
 * finding_json.c says; everything else as found, which is by row and record. A case that names no
 * money items has an outcome and no items.
 *
 * Cost: linear in the text; a small sort for each list.
 */
#include "json_writer.h"

#include <assert.h>

static void put_item_result(struct writer *writer, const struct item_result *item)
{
    struct json_pen *pen = &writer->pen;
    const amicus_division *division = &item->division;
    pen_item(pen);
    pen_open(pen, '{');
    pen_text(pen, "because", item->because);
    writer_put_money(writer, "fees", division->fees_minor);
    writer_put_money(writer, "held", division->held_minor);
    writer_put_item(writer, item->record);
    pen_bool(pen, "on_burden", item->on_burden);
    pen_text(pen, "outcome", text_of(outcome_name((enum outcome)item->outcome)));
    pen_text_or_null(pen, "remedy",
                     item->remedy == INDEX_NONE
                         ? (struct text){"", 0}
                         : image_text(writer->image, writer->image->remedies[item->remedy].id));
    pen_bool(pen, "rounded", item->is_rounded);
    writer_put_money(writer, "stays_held", division->stays_held_minor);
    writer_put_money(writer, "to_client", division->to_client_minor);
    writer_put_money(writer, "to_freelancer", division->to_freelancer_minor);
    pen_close(pen, '}');
}

static void put_items(struct writer *writer)
{
    pen_key(&writer->pen, "items");
    pen_open(&writer->pen, '[');
    for (uint32_t i = 0; i < writer->ruling->item_count; i++) {
        if (writer->ruling->items[i].record != RECORD_ROOT) {
            put_item_result(writer, &writer->ruling->items[i]);
        }
    }
    pen_close(&writer->pen, ']');
}

static void put_totals(struct writer *writer)
{
    const amicus_division *totals = &writer->ruling->totals;
    pen_key(&writer->pen, "totals");
    pen_open(&writer->pen, '{');
    writer_put_money(writer, "fees", totals->fees_minor);
    writer_put_money(writer, "held", totals->held_minor);
    writer_put_money(writer, "stays_held", totals->stays_held_minor);
    writer_put_money(writer, "to_client", totals->to_client_minor);
    writer_put_money(writer, "to_freelancer", totals->to_freelancer_minor);
    pen_close(&writer->pen, '}');
}

static void put_ask(struct writer *writer, uint16_t ask)
{
    pen_key(&writer->pen, "ask");
    pen_open(&writer->pen, '[');
    for (unsigned party = PARTY_CLIENT; party <= PARTY_THIRD; party++) {
        if ((ask & PARTY_BIT(party)) != 0) {
            pen_item(&writer->pen);
            builder_put_json(writer->pen.builder, text_of(party_name((enum party)party)));
        }
    }
    pen_close(&writer->pen, ']');
}

static void put_missing(struct writer *writer)
{
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "missing");
    pen_open(pen, '[');
    for (uint32_t i = 0; i < writer->ruling->missing_count; i++) {
        const struct missing_result *missing = &writer->ruling->missing[i];
        const struct read read = {
            .record = missing->record, .fact = missing->fact, .kind = missing->kind};
        pen_item(pen);
        pen_open(pen, '{');
        put_ask(writer, missing->ask);
        writer_put_money(writer, "at_stake", missing->at_stake_minor);
        pen_bool(pen, "could_change", missing->could_change);
        pen_text(pen, "fact", writer_read_path(writer, &read));
        pen_bool(pen, "is_exact", missing->is_exact);
        pen_text(pen, "question", missing->question);
        pen_close(pen, '}');
    }
    pen_close(pen, ']');
}

/* Rules of a conflict; of one between remedies, their ids. */
static void put_conflict_rules(struct writer *writer, const struct conflict_result *conflict)
{
    const uint32_t *rows = writer->ruling->conflict_rules + conflict->rules.first;
    if (conflict->issue != INDEX_NONE) {
        writer_put_rules(writer, "rules", rows, conflict->rules.count);
        return;
    }
    pen_key(&writer->pen, "rules");
    pen_open(&writer->pen, '[');
    for (uint32_t i = 0; i < conflict->rules.count; i++) {
        pen_item(&writer->pen);
        builder_put_json(writer->pen.builder,
                         image_text(writer->image, writer->image->remedies[rows[i]].id));
    }
    pen_close(&writer->pen, ']');
}

static void put_conflicts(struct writer *writer)
{
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "conflicts");
    pen_open(pen, '[');
    for (uint32_t i = 0; i < writer->ruling->conflict_count; i++) {
        const struct conflict_result *conflict = &writer->ruling->conflicts[i];
        pen_item(pen);
        pen_open(pen, '{');
        pen_text(pen, "because", conflict->because);
        pen_text_or_null(
            pen, "issue",
            conflict->issue == INDEX_NONE
                ? (struct text){"", 0}
                : image_text(writer->image, writer->image->issues[conflict->issue].name));
        writer_put_item(writer, conflict->item);
        put_conflict_rules(writer, conflict);
        pen_close(pen, '}');
    }
    pen_close(pen, ']');
}

static void put_flags(struct writer *writer)
{
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "flags");
    pen_open(pen, '[');
    for (uint32_t i = 0; i < writer->ruling->flag_count; i++) {
        const struct flag_result *flag = &writer->ruling->flags[i];
        pen_item(pen);
        pen_open(pen, '{');
        pen_text(pen, "because", flag->because);
        writer_put_cites(writer, flag->looks);
        if (flag->flag != INDEX_NONE) {
            pen_text(pen, "clause",
                     image_text(writer->image, writer->image->flags[flag->flag].clause));
        }
        pen_text(pen, "code", flag->code);
        writer_put_record(writer, flag->record, RECORD_NONE);
        pen_close(pen, '}');
    }
    pen_close(pen, ']');
}

static void put_next(struct writer *writer)
{
    const struct next_result *next = &writer->ruling->next;
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "next");
    if (!next->is_known) {
        builder_puts(pen->builder, "null");
        return;
    }
    pen_open(pen, '{');
    pen_text_or_null(pen, "actor",
                     text_of(next->actor == PARTY_NONE ? "" : party_name((enum party)next->actor)));
    if (next->has_due) {
        writer_put_instant(writer, "due", next->due_s);
    } else {
        pen_text_or_null(pen, "due", (struct text){"", 0});
    }
    pen_text(pen, "step", next->step);
    pen_close(pen, '}');
}

static void put_fallback(struct writer *writer)
{
    const struct fallback_result *fallback = &writer->ruling->if_nobody_acts;
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "if_nobody_acts");
    if (!fallback->is_known) {
        builder_puts(pen->builder, "null");
        return;
    }
    pen_open(pen, '{');
    pen_text(pen, "because", fallback->because);
    pen_text(pen, "clause", fallback->clause);
    pen_text(pen, "outcome", text_of(outcome_name((enum outcome)fallback->outcome)));
    pen_close(pen, '}');
}

/* Where the procedure stands: the state from which next and if_nobody_acts come. */
static void put_stage(struct writer *writer)
{
    const struct fallback_result *fallback = &writer->ruling->if_nobody_acts;
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "stage");
    if (!fallback->is_known) {
        builder_puts(pen->builder, "null");
        return;
    }
    const struct fallback_row *row = &writer->image->fallbacks[fallback->row];
    pen_open(pen, '{');
    pen_text(pen, "id", image_text(writer->image, row->id));
    pen_text(pen, "title", image_text(writer->image, row->title));
    pen_close(pen, '}');
}

/* What was decided, on what, and by which policy. */
static void put_origin(struct writer *writer)
{
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "rulebook");
    pen_open(pen, '{');
    writer_put_digest(writer, "digest", writer->image->digest);
    pen_text(pen, "name", image_text(writer->image, writer->image->name));
    pen_text(pen, "version", image_text(writer->image, writer->image->version));
    pen_close(pen, '}');
    pen_text(pen, "schema", text_of("amicus.ruling/1"));
}

static void put_case(struct writer *writer)
{
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "case");
    pen_open(pen, '{');
    writer_put_digest(writer, "digest", writer->subject->digest);
    pen_text(pen, "id", writer->subject->id);
    pen_close(pen, '}');
}

static void put_engine(struct writer *writer)
{
    struct json_pen *pen = &writer->pen;
    pen_key(pen, "engine");
    pen_open(pen, '{');
    pen_text(pen, "version", text_of(AMICUS_VERSION));
    pen_close(pen, '}');
}

/* The whole ruling. digest: to write, or NULL to leave the member out and note its place. */
static void put_ruling(struct writer *writer, const uint8_t *digest)
{
    struct json_pen *pen = &writer->pen;
    pen_open(pen, '{');
    writer_put_instant(writer, "as_of", writer->ruling->instants.as_of_s);
    pen_bool(pen, "binding", false);
    put_case(writer);
    put_conflicts(writer);
    writer->digest_at = pen->builder->length;
    if (digest != NULL) {
        writer_put_digest(writer, "digest", digest);
    }
    put_engine(writer);
    writer_put_findings(writer);
    put_flags(writer);
    put_fallback(writer);
    writer_put_issues(writer);
    put_items(writer);
    put_missing(writer);
    put_next(writer);
    pen_text(pen, "outcome", text_of(outcome_name((enum outcome)writer->ruling->outcome)));
    if (writer->ruling->instants.has_policy_date) {
        writer_put_instant(writer, "policy_date", writer->ruling->instants.policy_date_s);
    }
    put_origin(writer);
    put_stage(writer);
    put_totals(writer);
    pen_close(pen, '}');
}

static struct writer writer_of(const struct amicus_ruling *ruling, struct builder *builder)
{
    const struct vocabulary *vocabulary = ruling->subject->vocabulary;
    struct writer writer = {.pen = {.builder = builder, .is_first = true},
                            .ruling = ruling,
                            .image = &ruling->rulebook->image,
                            .subject = ruling->subject,
                            .locator = FACT_NONE};
    if (vocabulary->evidence_kind != KIND_NONE) {
        writer.locator = vocabulary_find(vocabulary, vocabulary->evidence_kind, text_of("locator"));
    }
    return writer;
}

/* The canonical text without its digest, and the digest. place: where the digest belongs. */
static amicus_status make_canonical(const struct amicus_ruling *ruling, struct text *text,
                                    size_t *place, uint8_t digest[DIGEST_BYTES])
{
    struct builder builder;
    builder_start(&builder, ruling->arena);
    amicus_status status = ruling_fill(ruling);
    if (status != AMICUS_OK) {
        return status;
    }
    struct writer writer = writer_of(ruling, &builder);
    put_ruling(&writer, NULL);
    *place = writer.digest_at;
    status = builder_end(text, &builder);
    return status == AMICUS_OK ? digest_of(digest, "amicus.ruling/1", *text) : status;
}

amicus_status ruling_digest(uint8_t out[DIGEST_BYTES], const struct amicus_ruling *ruling)
{
    assert(out != NULL && ruling != NULL);
    assert(ruling->work != NULL);
    struct text text;
    size_t place = 0;
    return make_canonical(ruling, &text, &place, out);
}

void ruling_write_json(struct builder *builder, const struct amicus_ruling *ruling,
                       bool is_indented)
{
    assert(builder != NULL && ruling != NULL);
    assert(ruling->item_count > 0);
    uint8_t digest[DIGEST_BYTES];
    struct text text;
    size_t place = 0;
    if (make_canonical(ruling, &text, &place, digest) != AMICUS_OK) {
        builder->failed = true;
        return;
    }
    struct writer writer = writer_of(ruling, builder);
    writer.pen.is_indented = is_indented;
    if (is_indented) {
        put_ruling(&writer, digest);
        return;
    }
    builder_put(builder, (struct text){text.at, place});
    writer.pen.depth = 1;
    writer.pen.is_first = false;
    writer_put_digest(&writer, "digest", digest);
    builder_put(builder, (struct text){text.at + place, text.length - place});
}

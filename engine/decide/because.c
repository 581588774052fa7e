/*
 * Reasons for people: templates filled in with values of the case.
 *
 * They are made when somebody wants to read them, not when the case is decided: a batch that only
 * counts outcomes never pays for them. The evaluator that decided the case is kept with the ruling
 * and computes the values in the templates; nearly all of them it still remembers.
 *
 * Everything is written without locale and the same on each machine. A value that does not count at
 * the standard of the rule reads "unknown" here too, for that is what the rule saw.
 *
 * Cost: some microseconds a sentence, once a ruling.
 */
#include "date.h"
#include "evaluate.h"
#include "money.h"

#include <assert.h>

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

static void write_instant(struct builder *builder, int64_t utc_s)
{
    const int32_t day = instant_day(utc_s);
    const int64_t clock_s = utc_s - (int64_t)day * DAY_S;
    date_write(builder, day);
    builder_putf(builder, " %02d:%02d", (int)(clock_s / HOUR_S),
                 (int)(clock_s / MINUTE_S % MINUTE_S));
    if (clock_s % MINUTE_S != 0) {
        builder_putf(builder, ":%02d", (int)(clock_s % MINUTE_S));
    }
    builder_puts(builder, " UTC");
}

/* Time between two events is counted in seconds; people read the largest unit that fits. */
static void write_duration(struct builder *builder, int64_t count, uint16_t unit)
{
    static const struct {
        int64_t each_s;
        uint16_t unit;
    } UNITS[] = {{DAY_S, DURATION_CALENDAR_DAYS},
                 {HOUR_S, DURATION_HOURS},
                 {MINUTE_S, DURATION_MINUTES},
                 {1, DURATION_SECONDS}};
    unsigned i = 0;
    while (unit == DURATION_SECONDS && count % UNITS[i].each_s != 0) {
        i++;
    }
    if (unit == DURATION_SECONDS && count != 0) {
        duration_write_plain(builder, count / UNITS[i].each_s, UNITS[i].unit);
    } else {
        duration_write_plain(builder, count, unit);
    }
}

static void write_percent(struct builder *builder, int64_t bps)
{
    builder_putf(builder, "%d", (int)(bps / 100));
    if (bps % 100 != 0) {
        builder_putf(builder, bps % 10 == 0 ? ".%d" : ".%02d",
                     (int)(bps % 10 == 0 ? bps % 100 / 10 : bps % 100));
    }
    builder_puts(builder, " %");
}

static void write_members(struct builder *builder, const struct fact *fact, int64_t bits)
{
    bool is_first = true;
    for (uint32_t i = 0; i < fact->member_count; i++) {
        if ((bits >> i & 1) != 0) {
            builder_puts(builder, is_first ? "" : ", ");
            builder_put(builder, fact->members[i].name);
            is_first = false;
        }
    }
}

static void write_known(struct builder *builder, const struct amicus_case *subject,
                        const struct fact *fact, const struct value *value)
{
    switch ((enum value_type)value->type) {
    case TYPE_BOOL: builder_puts(builder, value->as.n != 0 ? "yes" : "no"); break;
    case TYPE_INT: builder_put_int(builder, value->as.n); break;
    case TYPE_BPS: write_percent(builder, value->as.n); break;
    case TYPE_MINUTES: duration_write_plain(builder, value->as.n, DURATION_MINUTES); break;
    case TYPE_MONEY: money_write_grouped(builder, value->as.n, value->unit); break;
    case TYPE_INSTANT: write_instant(builder, value->as.n); break;
    case TYPE_DATE: date_write(builder, (int32_t)value->as.n); break;
    case TYPE_DURATION: write_duration(builder, value->as.n, value->unit); break;
    case TYPE_ENUM:
        assert(fact != NULL && value->as.n < fact->member_count);
        builder_put(builder, fact->members[value->as.n].name);
        break;
    case TYPE_ENUMS:
        assert(fact != NULL);
        write_members(builder, fact, value->as.n);
        break;
    case TYPE_TEXT: builder_put(builder, *value->as.text); break;
    case TYPE_REF: builder_put(builder, subject->records[value->as.n].id); break;
    case TYPE_NONE:
    case TYPE_COUNT: builder_puts(builder, "unknown"); break;
    }
}

void ruling_write_value(struct builder *builder, const struct amicus_case *subject,
                        const struct fact *fact, const struct value *value)
{
    assert(builder != NULL && subject != NULL && value != NULL);
    assert(value->type < TYPE_COUNT);
    if (value->standing == STANDING_ABSENT) {
        builder_puts(builder, "none");
    } else if (value->standing == STANDING_UNKNOWN || value->standing == STANDING_CONTESTED) {
        builder_puts(builder, "unknown");
    } else {
        write_known(builder, subject, fact, value);
    }
}

static void write_piece(struct builder *builder, struct workspace *workspace,
                        const struct piece *piece)
{
    if (piece->node == NODE_NONE) {
        builder_put(builder, image_text(workspace->image, piece->words));
        return;
    }
    const struct node *node = &workspace->image->nodes[piece->node];
    const struct value value = evaluate(workspace, piece->node);
    const bool has_members = node->type == TYPE_ENUM || node->type == TYPE_ENUMS;
    ruling_write_value(builder, workspace->subject,
                       has_members ? &workspace->vocabulary->facts[node->ref_kind] : NULL, &value);
}

/* What a sentence speaks of, and at which standard its values count. */
struct voice {
    uint32_t kind;   /* of the declaration */
    uint32_t record; /* that it is about */
    uint8_t proof;
};

static struct text fill(struct workspace *workspace, uint32_t template, struct voice voice)
{
    struct text text = {"", 0};
    if (template == INDEX_NONE || workspace->status != AMICUS_OK) {
        return text;
    }
    const struct template_row *row = &workspace->image->templates[template];
    struct builder builder;
    struct scope scope;
    builder_start(&builder, workspace->arena);
    scope_open(workspace, &scope);
    workspace->proof = voice.proof;
    workspace->about = voice.record;
    workspace->vars[0] = workspace_bind(workspace, voice.kind, voice.record);
    for (uint32_t i = 0; i < row->piece_count; i++) {
        write_piece(&builder, workspace, &workspace->image->pieces[row->first_piece + i]);
    }
    scope_close(workspace, &scope, NULL, NULL);
    if (builder_end(&text, &builder) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
    }
    return text;
}

static void fill_result(const struct amicus_ruling *ruling, struct workspace *workspace,
                        const struct issue_result *result)
{
    const uint8_t proof = workspace->image->issues[result->issue].proof;
    for (uint32_t i = 0; i < result->findings.count; i++) {
        struct finding *finding = &ruling->findings[result->findings.first + i];
        const struct rule_row *rule = &workspace->image->rules[finding->rule];
        if (finding->status != FINDING_NOT_APPLIED) {
            finding->because =
                fill(workspace, rule->because, (struct voice){rule->kind, finding->record, proof});
        }
    }
}

/* Why an item has no remedy. */
static struct text engine_reason(const struct item_result *item)
{
    if (item->outcome == OUTCOME_REFER) {
        return text_of("The policy contradicts itself on this point; a reviewer must choose.");
    }
    return text_of(item->outcome == OUTCOME_NO_RULE
                       ? "No remedy of the policy fits what is established."
                       : "What is established does not decide it; facts are missing.");
}

static void fill_items(const struct amicus_ruling *ruling, struct workspace *workspace)
{
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        struct item_result *item = &ruling->items[i];
        if (item->remedy == INDEX_NONE) {
            item->because = engine_reason(item);
            continue;
        }
        const struct remedy_row *remedy = &workspace->image->remedies[item->remedy];
        item->because = fill(workspace, remedy->because,
                             (struct voice){remedy->kind, item->record, remedy->proof});
        if (item->because.length == 0) {
            item->because = image_text(workspace->image, remedy->title);
        }
    }
}

static void fill_flags(const struct amicus_ruling *ruling, struct workspace *workspace)
{
    for (uint32_t i = 0; i < ruling->flag_count; i++) {
        struct flag_result *flag = &ruling->flags[i];
        if (flag->flag != INDEX_NONE) {
            const struct flag_row *row = &workspace->image->flags[flag->flag];
            flag->because =
                fill(workspace, row->because, (struct voice){row->kind, flag->record, row->proof});
        }
    }
}

static void fill_procedure(struct amicus_ruling *ruling, struct workspace *workspace)
{
    struct next_result *next = &ruling->next;
    struct fallback_result *fallback = &ruling->if_nobody_acts;
    if (next->is_known) {
        const uint32_t kind = workspace->subject->records[next->record].kind;
        next->step = fill(workspace, workspace->image->nexts[next->row].step,
                          (struct voice){kind, next->record, PROOF_BALANCE});
    }
    if (fallback->is_known) {
        const struct fallback_row *row = &workspace->image->fallbacks[fallback->row];
        fallback->because =
            fill(workspace, row->because, (struct voice){row->kind, fallback->record, row->proof});
    }
}

amicus_status ruling_fill(const struct amicus_ruling *ruling)
{
    assert(ruling != NULL && ruling->work != NULL);
    assert(ruling->work->ruling == ruling);
    struct workspace *workspace = ruling->work;
    if (workspace->is_filled || workspace->status != AMICUS_OK) {
        return workspace->status;
    }
    for (uint32_t i = 0; i < ruling->issue_count; i++) {
        fill_result(ruling, workspace, &ruling->issues[i]);
    }
    fill_items(ruling, workspace);
    fill_flags(ruling, workspace);
    fill_procedure(workspace->ruling, workspace);
    workspace->is_filled = workspace->status == AMICUS_OK;
    return workspace->status;
}

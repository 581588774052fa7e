/*
 * From a ruling to what a reviewer reads in a minute.
 *
 * One passage a money item; items of which everything is the same share one, because a case with
 * forty invoice weeks that were all filed too late has one reason and not forty. Inside a passage:
 * the findings that carry the outcome (selection.c), then those that speak against it.
 *
 * A remedy that rests on no issue (a time bar, a settlement) is its own reason, with the facts that
 * its guard read. What is shown is capped, and what was left out is counted: a page that a reviewer
 * skips is worth nothing, and `explain` shows the rest.
 */
#include "reasons.h"

#include "reason_list.h"
#include "selection.h"

#include <assert.h>

/* Enough to act on, few enough to read. */
static const uint32_t GAPS_MAX = 5;

/* "Payment is due" as part of a sentence: "payment is due". A name keeps its capital. */
static void put_clause(struct builder *builder, struct text title)
{
    bool is_word = title.length >= 2 && title.at[0] >= 'A' && title.at[0] <= 'Z' &&
                   ((title.at[1] >= 'a' && title.at[1] <= 'z') || title.at[1] == ' ');
    if (!is_word) {
        builder_put(builder, title);
        return;
    }
    builder_putc(builder, (char)(title.at[0] - 'A' + 'a'));
    builder_put(builder, (struct text){title.at + 1, title.length - 1});
}

static void put_burden(struct reason_work *work, struct builder *builder,
                       const struct issue_result *result)
{
    struct text title = reason_words(work, work->image->issues[result->issue].title);
    if (title.length > 0 && title.at[title.length - 1] == '.') {
        title.length--;
    }
    builder_putf(builder, "the %s had to show %s", party_name((enum party)result->burden),
                 result->taken == LABEL_REJECTED ? "that " : "the contrary of: ");
    put_clause(builder, title);
    builder_puts(builder, ", and has not");
}

/* Tell whether a read is, or is computed from, a fact that could change the ruling. */
static bool could_change(const struct reason_work *work, const struct read *read)
{
    const struct amicus_ruling *ruling = work->ruling;
    bool is_found = false;
    for (uint32_t i = 0; i < ruling->missing_count && !is_found; i++) {
        const struct missing_result *missing = &ruling->missing[i];
        const struct read asked = {
            .record = missing->record, .fact = missing->fact, .kind = missing->kind};
        is_found = missing->could_change && reason_is_same_read(read, &asked);
        for (uint32_t j = 0; j < read->from.count && missing->could_change && !is_found; j++) {
            is_found = reason_is_same_read(ruling_read(ruling, read->from, j), &asked);
        }
    }
    return is_found;
}

/* Tell whether an issue stayed open for the want of a fact that could change the ruling. */
static bool lacks_fact(const struct reason_work *work, const struct issue_result *result)
{
    const struct amicus_ruling *ruling = work->ruling;
    for (uint32_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = &ruling->findings[result->findings.first + i];
        for (uint32_t j = 0; j < finding->waiting.count; j++) {
            if (could_change(work, &ruling->reads[ruling->waiting[finding->waiting.first + j]])) {
                return true;
            }
        }
    }
    return false;
}

/* Tell whether an issue that was decided by its burden rests on another that was. */
static bool lacks_premise(const struct reason_work *work, const struct issue_result *result)
{
    const struct amicus_ruling *ruling = work->ruling;
    for (uint32_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = &ruling->findings[result->findings.first + i];
        for (uint32_t j = 0; j < finding->rests.count && finding->status == FINDING_WAITING; j++) {
            if (ruling->issues[ruling->rests[finding->rests.first + j]].on_burden) {
                return true;
            }
        }
    }
    return false;
}

/* Tell whether an outcome is one that a burden can decide: it ends the matter on what is shown, and
 * neither asks for something nor rests on a bar. */
static bool is_on_merits(enum outcome outcome)
{
    return outcome == OUTCOME_RELEASE_FULL || outcome == OUTCOME_REFUND_FULL ||
           outcome == OUTCOME_SPLIT || outcome == OUTCOME_HOURLY_APPORTION ||
           outcome == OUTCOME_DISMISS || outcome == OUTCOME_NO_CHANGE;
}

/* Name the burden that mattered: the nearest to the remedy. What rests on it is open too, and one
 * line that can be kept in mind says more than all of them. */
static struct text burden_of(uint32_t *issue, struct reason_work *work,
                             const struct selection *selection, enum outcome outcome)
{
    struct builder builder;
    builder_start(&builder, work->arena);
    bool is_named = !is_on_merits(outcome);
    for (uint32_t i = 0; i < selection->issue_count && !is_named; i++) {
        const struct issue_result *result = &work->ruling->issues[selection->issues[i]];
        is_named = result->on_burden && result->burden != PARTY_NONE &&
                   (lacks_fact(work, result) || lacks_premise(work, result));
        if (is_named) {
            *issue = selection->issues[i];
            put_burden(work, &builder, result);
        }
    }
    return reason_text(work, &builder);
}

/* --- passages --- */

static amicus_status fill_passage(struct reason_work *work, struct passage *passage, uint32_t index)
{
    const struct item_result *item = &work->ruling->items[index];
    struct selection selection;
    amicus_status status = selection_of(&selection, work->ruling, index, work->arena);
    if (status != AMICUS_OK) {
        return status;
    }
    passage->items = item->record == RECORD_ROOT
                         ? text_of("case")
                         : layout_visible(work->arena, work->subject->records[item->record].id);
    passage->outcome = text_of(outcome_name((enum outcome)item->outcome));
    passage->division = reasons_division(work->arena, &item->division, work->ruling->currency);
    passage->burden =
        burden_of(&passage->burden_issue, work, &selection, (enum outcome)item->outcome);
    passage->why = reason_list_of(work, selection.why, selection.why_count, false);
    passage->against = reason_list_of(work, selection.against, selection.against_count, true);
    if (passage->why.count == 0 && passage->why.reasons != NULL) {
        reason_list_add_remedy(work, &passage->why, item);
    } else {
        passage->because = layout_visible(work->arena, item->because);
        if (passage->why.reasons != NULL) {
            reason_list_add_amount(work, &passage->why, item);
        }
    }
    return work->failed ? AMICUS_MEMORY : AMICUS_OK;
}

static bool passages_equal(const struct passage *a, const struct passage *b)
{
    return text_equal(a->outcome, b->outcome) && text_equal(a->because, b->because) &&
           text_equal(a->burden, b->burden) && reason_list_equal(&a->why, &b->why) &&
           reason_list_equal(&a->against, &b->against);
}

/* Let a passage speak for one item more: "M1, M2". Its division is then said by item above. */
static void join(struct reason_work *work, struct passage *passage, const struct passage *other)
{
    struct builder builder;
    builder_start(&builder, work->arena);
    builder_put(&builder, passage->items);
    builder_puts(&builder, ", ");
    builder_put(&builder, other->items);
    passage->items = reason_text(work, &builder);
    passage->item_count++;
    passage->division = (struct text){NULL, 0};
}

static amicus_status add_passages(struct reason_work *work, struct reasons *out)
{
    out->passages = reason_give(work, work->ruling->item_count, sizeof *out->passages);
    if (out->passages == NULL) {
        return AMICUS_MEMORY;
    }
    for (uint32_t i = 0; i < work->ruling->item_count; i++) {
        struct passage passage = {.first_item = i, .item_count = 1};
        amicus_status status = fill_passage(work, &passage, i);
        if (status != AMICUS_OK) {
            return status;
        }
        struct passage *before =
            out->passage_count > 0 ? &out->passages[out->passage_count - 1] : NULL;
        if (before != NULL && passages_equal(before, &passage)) {
            join(work, before, &passage);
        } else {
            out->passages[out->passage_count++] = passage;
        }
    }
    return AMICUS_OK;
}

/* --- the rest of the page --- */

static struct text grounds_of(struct reason_work *work)
{
    uint32_t fact = work->subject->vocabulary->roles.grounds;
    if (fact == FACT_NONE) {
        return (struct text){NULL, 0};
    }
    const struct value *value = case_value(work->subject, RECORD_ROOT, fact);
    return exhibit_has_value(value) ? exhibit_value(work->arena, work->subject, fact, value)
                                    : (struct text){NULL, 0};
}

/* Find an outcome that one of the sides would rather have had. */
static struct text rival_of(const struct reason_work *work)
{
    static const enum outcome RIVALS[] = {OUTCOME_RELEASE_FULL, OUTCOME_REFUND_FULL, OUTCOME_SPLIT};
    for (size_t i = 0; i < sizeof RIVALS / sizeof RIVALS[0]; i++) {
        for (uint32_t j = 0; j < work->image->remedy_count; j++) {
            if (RIVALS[i] != (enum outcome)work->ruling->outcome &&
                work->image->remedies[j].outcome == RIVALS[i]) {
                return text_of(outcome_name(RIVALS[i]));
            }
        }
    }
    return (struct text){NULL, 0};
}

static void add_heading(struct reason_work *work, struct reasons *out)
{
    const struct amicus_ruling *ruling = work->ruling;
    out->id = layout_visible(work->arena, work->subject->id);
    out->grounds = grounds_of(work);
    struct builder builder;
    builder_start(&builder, work->arena);
    builder_put(&builder, exhibit_money(work->arena, ruling->totals.held_minor, ruling->currency));
    builder_puts(&builder, " held");
    out->held = reason_text(work, &builder);
    builder_start(&builder, work->arena);
    builder_put(&builder, image_text(work->image, work->image->name));
    builder_putc(&builder, ' ');
    builder_put(&builder, image_text(work->image, work->image->version));
    if (ruling->instants.has_policy_date) {
        builder_puts(&builder, " of ");
        builder_put(&builder, exhibit_instant(work->arena, ruling->instants.policy_date_s));
    }
    out->policy = reason_text(work, &builder);
    builder_start(&builder, work->arena);
    builder_puts(&builder, "as of ");
    builder_put(&builder, exhibit_instant(work->arena, ruling->instants.as_of_s));
    out->as_of = reason_text(work, &builder);
    out->outcome = text_of(outcome_name((enum outcome)ruling->outcome));
    out->division = reasons_division(work->arena, &ruling->totals, ruling->currency);
    out->rival = rival_of(work);
}

static void add_steps(struct reason_work *work, struct reasons *out)
{
    const struct next_result *next = &work->ruling->next;
    struct builder builder;
    if (next->is_known) {
        builder_start(&builder, work->arena);
        builder_puts(&builder, party_name((enum party)next->actor));
        if (next->has_due) {
            builder_puts(&builder, ", by ");
            builder_put(&builder, exhibit_instant(work->arena, next->due_s));
            builder_puts(&builder,
                         next->due_s < work->ruling->instants.as_of_s ? " (is past)" : "");
        }
        builder_puts(&builder, ": ");
        builder_put(&builder, layout_visible(work->arena, next->step));
        out->next = reason_text(work, &builder);
    }
    const struct fallback_result *fallback = &work->ruling->if_nobody_acts;
    if (fallback->is_known) {
        out->stage = image_text(work->image, work->image->fallbacks[fallback->row].title);
        builder_start(&builder, work->arena);
        builder_puts(&builder, outcome_name((enum outcome)fallback->outcome));
        builder_puts(&builder, fallback->because.length > 0 ? ": " : "");
        builder_put(&builder, layout_visible(work->arena, fallback->because));
        if (fallback->clause.length > 0) {
            builder_puts(&builder, " (");
            builder_put(&builder, fallback->clause);
            builder_putc(&builder, ')');
        }
        out->if_nobody_acts = reason_text(work, &builder);
    }
}

static struct text conflict_rules(struct reason_work *work, const struct conflict_result *conflict)
{
    struct builder builder;
    builder_start(&builder, work->arena);
    for (uint32_t i = 0; i < conflict->rules.count; i++) {
        uint32_t row = work->ruling->conflict_rules[conflict->rules.first + i];
        builder_puts(&builder, i > 0 ? ", " : "");
        builder_put(&builder, image_text(work->image, conflict->issue == INDEX_NONE
                                                          ? work->image->remedies[row].id
                                                          : work->image->rules[row].id));
    }
    return reason_text(work, &builder);
}

static void add_conflicts(struct reason_work *work, struct reasons *out)
{
    const struct amicus_ruling *ruling = work->ruling;
    out->conflicts.reasons =
        reason_give(work, ruling->conflict_count, sizeof *out->conflicts.reasons);
    for (uint32_t i = 0; i < ruling->conflict_count && !work->failed; i++) {
        struct reason *reason = &out->conflicts.reasons[out->conflicts.count++];
        reason->says = layout_visible(work->arena, ruling->conflicts[i].because);
        reason->rule = conflict_rules(work, &ruling->conflicts[i]);
    }
}

static void add_flags(struct reason_work *work, struct reasons *out)
{
    const struct amicus_ruling *ruling = work->ruling;
    out->flags.reasons = reason_give(work, ruling->flag_count, sizeof *out->flags.reasons);
    for (uint32_t i = 0; i < ruling->flag_count && !work->failed; i++) {
        const struct flag_result *flag = &ruling->flags[i];
        struct reason *reason = &out->flags.reasons[out->flags.count++];
        reason->says = layout_visible(work->arena, flag->because);
        reason->rule = flag->code;
        if (flag->flag != INDEX_NONE) {
            reason->clause = image_text(work->image, work->image->flags[flag->flag].clause);
        }
        reason_ground(work, reason, flag->looks);
    }
}

static struct gap gap_of(struct reason_work *work, const struct missing_result *missing)
{
    struct gap gap = {.could_change = missing->could_change};
    gap.path =
        exhibit_path(work->arena, work->subject, missing->record, missing->fact, missing->kind);
    gap.question = layout_visible(work->arena, missing->question);
    gap.ask = exhibit_parties(work->arena, missing->ask);
    struct builder builder;
    builder_start(&builder, work->arena);
    builder_puts(&builder, missing->could_change ? "could change it" : "would not change it");
    if (missing->could_change && missing->at_stake_minor != 0) {
        builder_puts(&builder, ", ");
        builder_put(&builder,
                    exhibit_money(work->arena, missing->at_stake_minor, work->ruling->currency));
        builder_puts(&builder, " at stake");
    }
    gap.effect = reason_text(work, &builder);
    return gap;
}

/* Count the findings that wait for a missing fact. */
static uint32_t count_waiting(const struct reason_work *work, const struct missing_result *missing)
{
    const struct amicus_ruling *ruling = work->ruling;
    const struct read asked = {
        .record = missing->record, .fact = missing->fact, .kind = missing->kind};
    uint32_t count = 0;
    for (uint32_t i = 0; i < ruling->finding_count; i++) {
        struct span waiting = ruling->findings[i].waiting;
        bool is_found = false;
        for (uint32_t j = 0; j < waiting.count && !is_found; j++) {
            is_found =
                reason_is_same_read(&ruling->reads[ruling->waiting[waiting.first + j]], &asked);
        }
        count += is_found ? 1 : 0;
    }
    return count;
}

/* Order what is missing: where as much is at stake, that for which most rules wait comes first. */
static uint32_t *order_gaps(struct reason_work *work)
{
    const struct missing_result *missing = work->ruling->missing;
    uint32_t count = work->ruling->missing_count;
    uint32_t *order = reason_give(work, count, sizeof *order);
    uint32_t *weights = reason_give(work, count, sizeof *weights);
    for (uint32_t i = 0; i < count && order != NULL && weights != NULL; i++) {
        weights[i] = count_waiting(work, &missing[i]);
        uint32_t at = i;
        for (; at > 0 && missing[order[at - 1]].could_change == missing[i].could_change &&
               missing[order[at - 1]].at_stake_minor == missing[i].at_stake_minor &&
               weights[order[at - 1]] < weights[i];
             at--) {
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    return weights != NULL ? order : NULL;
}

static void add_gaps(struct reason_work *work, struct reasons *out)
{
    uint32_t count = work->ruling->missing_count;
    const uint32_t *order = order_gaps(work);
    out->gap_count = count < GAPS_MAX ? count : GAPS_MAX;
    out->gap_more = count - out->gap_count;
    out->gaps = reason_give(work, out->gap_count, sizeof *out->gaps);
    for (uint32_t i = 0; i < out->gap_count && !work->failed; i++) {
        out->gaps[i] = gap_of(work, &work->ruling->missing[order[i]]);
        out->gaps[i].missing = order[i];
    }
}

struct text reasons_division(struct arena *arena, const amicus_division *division,
                             uint16_t currency)
{
    assert(arena != NULL);
    assert(division != NULL);
    const int64_t parts[] = {division->to_freelancer_minor, division->to_client_minor,
                             division->fees_minor, division->stays_held_minor};
    const char *const names[] = {" to the freelancer", " to the client", " in fees", " stays held"};
    struct builder builder;
    builder_start(&builder, arena);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i] != 0) {
            builder_puts(&builder, builder.length > 0 ? ", " : "");
            builder_put(&builder, exhibit_money(arena, parts[i], currency));
            builder_puts(&builder, names[i]);
        }
    }
    if (builder.length == 0) {
        return text_of("no money moves");
    }
    struct text text;
    return builder_end(&text, &builder) == AMICUS_OK ? text : (struct text){NULL, 0};
}

amicus_status reasons_of(struct reasons *out, const struct amicus_ruling *ruling,
                         struct arena *arena)
{
    assert(out != NULL && ruling != NULL);
    assert(arena != NULL);
    *out = (struct reasons){.passages = NULL};
    amicus_status status = ruling_fill(ruling);
    if (status != AMICUS_OK) {
        return status;
    }
    struct reason_work work = {ruling, &ruling->rulebook->image, ruling->subject, arena, false};
    add_heading(&work, out);
    add_steps(&work, out);
    status = add_passages(&work, out);
    add_conflicts(&work, out);
    add_flags(&work, out);
    add_gaps(&work, out);
    if (status != AMICUS_OK) {
        return status;
    }
    return work.failed ? AMICUS_MEMORY : AMICUS_OK;
}

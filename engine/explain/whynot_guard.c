/*
 * Why not, of what has a guard: remedies, states and flags.
 *
 * A remedy whose guard holds can still be outranked, say the same as the one that is taken, or
 * contradict another; a state can be due later than another. The verdict says which it was.
 */
#include "whynot_work.h"

#include "exhibit.h"

#include <assert.h>

/* --- guards: remedies, states, flags --- */

static struct text above_says(struct whynot_work *work, const struct trace *trace)
{
    const bool is_remedy = trace->what == DECLARED_REMEDY;
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    builder_puts(&builder, "Its condition is met, but ");
    for (uint32_t i = 0; i < trace->above_count; i++) {
        const uint32_t row = trace->above[i];
        builder_puts(&builder, i == 0 ? "" : i + 1 == trace->above_count ? " and " : ", ");
        builder_put(&builder, image_text(work->image, is_remedy ? work->image->remedies[row].id
                                                                : work->image->fallbacks[row].id));
    }
    builder_puts(&builder, trace->above_count == 1 ? " goes before it." : " go before it.");
    return outline_text(work->outline, &builder);
}

/* The verdict on a guard that holds and that nothing goes before. */
static struct text taken_says(struct whynot_work *work, const struct trace *trace,
                              const struct item_result *item)
{
    if (trace->what == DECLARED_FLAG) {
        return text_of("It is raised.");
    }
    if (trace->what == DECLARED_FALLBACK) {
        const struct fallback_result *state = &work->ruling->if_nobody_acts;
        return text_of(state->is_known && state->row == trace->row && state->record == trace->record
                           ? "This is what happens if nobody acts."
                           : "It holds, but another state is due earlier.");
    }
    assert(item != NULL);
    if (item->remedy == trace->row) {
        return item->outcome == work->image->remedies[trace->row].outcome
                   ? text_of("It is the remedy that is taken.")
                   : text_of("It would be taken, but the share that it gives waits for facts.");
    }
    if (item->remedy != INDEX_NONE) {
        return text_of("It gives the same as the remedy that is taken.");
    }
    return text_of("It holds, but the policy contradicts itself here, and a reviewer must choose.");
}

static void add_guard(struct whynot_work *work, struct branch *parent, const struct trace *trace,
                      const struct item_result *item)
{
    const bool holds = trace->value == KLEENE_TRUE;
    struct branch *branch = whynot_on(work, parent, trace->record,
                                      holds && trace->above_count == 0 ? "holds"
                                      : holds                          ? "outranked"
                                      : trace->value == KLEENE_OPEN    ? "waiting"
                                                                       : "not_held",
                                      holds && trace->above_count == 0 ? INK_GOOD : INK_WARN);
    branch->says = !trace->is_met           ? text_of("It does not speak of such items.")
                   : !holds                 ? whynot_count(work, trace)
                   : trace->above_count > 0 ? above_says(work, trace)
                                            : taken_says(work, trace, item);
    whynot_conditions(work, branch, trace);
}

static void add_remedy(struct whynot_work *work, uint32_t row)
{
    const struct remedy_row *remedy = &work->image->remedies[row];
    const struct text title = image_text(work->image, remedy->title);
    struct branch *branch = whynot_declared(
        work, "remedy", image_text(work->image, remedy->id),
        title.length > 0 ? title : text_of(outcome_name((enum outcome)remedy->outcome)));
    whynot_origin(work, branch, remedy->clause, remedy->origin);
    for (uint32_t i = 0; i < work->ruling->item_count; i++) {
        struct trace *trace;
        const struct item_result *item = &work->ruling->items[i];
        const amicus_status status = trace_remedy(&trace, work->grounds.tracing, row, item->record);
        if (status != AMICUS_OK) {
            whynot_fail(work, status);
            return;
        }
        add_guard(work, branch, trace, item);
    }
    whynot_cap(work, branch);
}

/* Of several remedies with an outcome, a reader is told only what stands in the way of each. */
static void add_remedies(struct whynot_work *work)
{
    const enum outcome outcome = outcome_find(work->name);
    bool has_one = false;
    work->grounds.is_nested = outcome != OUTCOME_COUNT;
    for (uint32_t row = 0; row < work->image->remedy_count; row++) {
        const struct remedy_row *remedy = &work->image->remedies[row];
        if (text_equal(work->name, image_text(work->image, remedy->id)) ||
            (outcome != OUTCOME_COUNT && remedy->outcome == outcome)) {
            has_one = true;
            add_remedy(work, row);
        }
    }
    work->grounds.is_nested = false;
    if (outcome != OUTCOME_COUNT && !has_one) {
        whynot_declared(work, "outcome", work->name,
                        text_of("No remedy of the policy has this outcome."));
    }
}

/* Trace a flag or a fallback on each record of its kind. */
static void add_on_records(struct whynot_work *work, struct branch *branch, enum declared what,
                           uint32_t row, uint32_t kind)
{
    const struct amicus_case *subject = work->ruling->subject;
    for (uint32_t record = 0; record < subject->record_count; record++) {
        struct trace *trace;
        const bool is_one = kind == KIND_ROOT ? record == RECORD_ROOT
                                              : record != RECORD_ROOT &&
                                                    kind_is(subject->vocabulary,
                                                            subject->records[record].kind, kind);
        if (!is_one) {
            continue;
        }
        const amicus_status status =
            what == DECLARED_FLAG ? trace_flag(&trace, work->grounds.tracing, row, record)
                                  : trace_fallback(&trace, work->grounds.tracing, row, record);
        if (status != AMICUS_OK) {
            whynot_fail(work, status);
            return;
        }
        add_guard(work, branch, trace, NULL);
    }
    whynot_nowhere(work, branch);
    whynot_cap(work, branch);
}

static void add_states(struct whynot_work *work)
{
    for (uint32_t row = 0; row < work->image->fallback_count; row++) {
        const struct fallback_row *state = &work->image->fallbacks[row];
        if (text_equal(work->name, image_text(work->image, state->id))) {
            struct branch *branch = whynot_declared(
                work, "state", work->name, text_of(outcome_name((enum outcome)state->outcome)));
            whynot_origin(work, branch, state->clause, state->origin);
            add_on_records(work, branch, DECLARED_FALLBACK, row, state->kind);
        }
    }
}

static void add_flags(struct whynot_work *work)
{
    for (uint32_t row = 0; row < work->image->flag_count; row++) {
        const struct flag_row *flag = &work->image->flags[row];
        if (text_equal(work->name, image_text(work->image, flag->code))) {
            struct branch *branch =
                whynot_declared(work, "flag", work->name, (struct text){NULL, 0});
            whynot_origin(work, branch, flag->clause, flag->origin);
            add_on_records(work, branch, DECLARED_FLAG, row, flag->kind);
        }
    }
}

void whynot_add_guards(struct whynot_work *work)
{
    assert(work != NULL);
    assert(work->outline != NULL);
    add_remedies(work);
    add_states(work);
    add_flags(work);
}

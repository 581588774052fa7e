/*
 * Sweeps: one number going from a value to another.
 *
 * Without a step the intervals are those of the cells (move.h): each is decided once, at its first
 * value, by an edited case. With a step each value is. Neighbours with the same outcome and the
 * same division become one line, so the answer is as long as there are differences.
 */
#include "case_edit.h"
#include "case_path.h"
#include "date.h"
#include "evaluate.h"
#include "exhibit.h"
#include "move.h"
#include "reasons.h"
#include "whatif.h"

#include <assert.h>

enum { SWEEP_STEPS = 1000 };

struct sweeping {
    struct outline *outline;
    const struct amicus_ruling *ruling;
    const struct sweep *sweep;
    amicus_diagnostics *list;
    uint32_t record, fact;
    struct value from, to;
    int64_t step;
    struct branch *last; /* the interval that is open */
    int64_t last_from;
    uint8_t last_outcome;
    amicus_division last_totals;
};

static amicus_status refuse(const struct sweeping *sweeping, const char *mend, const char *what)
{
    diagnostics_add(sweeping->list, AMICUS_ERROR, "C0185", sweeping->sweep->place, mend, "%s",
                    what);
    return AMICUS_INVALID;
}

/* Make the case that says a value of the path. */
static amicus_status edit_to(struct amicus_case **out, const struct sweeping *sweeping,
                             struct text value)
{
    struct builder builder;
    struct case_edit edit;
    builder_start(&builder, sweeping->outline->arena);
    builder_put(&builder, sweeping->sweep->path);
    builder_putc(&builder, '=');
    builder_put(&builder, value);
    const struct text typed = outline_text(sweeping->outline, &builder);
    amicus_status status = case_edit_read(&edit, sweeping->outline->arena, typed,
                                          sweeping->sweep->place, sweeping->list);
    return status == AMICUS_OK ? case_edit(out, sweeping->ruling->subject, &edit, 1, sweeping->list)
                               : status;
}

/* Read a value as the fact would be written. It finds the fact too. */
static amicus_status read_end(struct value *out, struct sweeping *sweeping, struct text typed)
{
    struct amicus_case *edited = NULL;
    amicus_status status = edit_to(&edited, sweeping, typed);
    if (status != AMICUS_OK) {
        return status;
    }
    struct case_target target = case_path_find(edited, sweeping->sweep->path);
    if (target.record == RECORD_NONE) {
        (void)case_path_tails(&target, 1, edited, sweeping->sweep->path);
    }
    sweeping->record = target.record;
    sweeping->fact = target.fact;
    const bool is_new = target.record == RECORD_NONE || target.fact == FACT_NONE ||
                        edited->record_count != sweeping->ruling->subject->record_count;
    if (!is_new) {
        *out = *case_value(edited, target.record, target.fact);
        out->standing = STANDING_ESTABLISHED;
    }
    case_close(edited);
    if (is_new || out->type < TYPE_INT || out->type > TYPE_DURATION) {
        return refuse(sweeping, "sweep a number, an amount or a date; others: --set FACT=VALUE",
                      "only what has an order can be swept");
    }
    return AMICUS_OK;
}

/* A step is a duration for dates, else a value of the fact. */
static amicus_status read_step(struct sweeping *sweeping)
{
    const struct text typed = sweeping->sweep->step;
    const uint8_t type = sweeping->from.type;
    amicus_status status = AMICUS_OK;
    if (type == TYPE_INSTANT || type == TYPE_DATE) {
        struct value value = {.type = TYPE_DURATION, .standing = STANDING_ESTABLISHED};
        if (duration_read(&value.as.n, &value.unit, typed) != AMICUS_OK) {
            return refuse(sweeping, "write a duration: '1 calendar_days', '12 hours'",
                          "the step is no duration");
        }
        if (!duration_seconds(&sweeping->step, &value)) {
            return refuse(sweeping, "write it in days, hours or minutes",
                          "the step has no fixed length");
        }
        sweeping->step /= type == TYPE_DATE ? 86400 : 1;
    } else {
        struct value value = {.type = TYPE_NONE};
        status = read_end(&value, sweeping, typed);
        sweeping->step = value.as.n;
    }
    if (status == AMICUS_OK && sweeping->step <= 0) {
        return refuse(sweeping, "write a step above 0", "the step goes nowhere");
    }
    return status;
}

static struct text say(const struct sweeping *sweeping, int64_t n)
{
    struct value value = sweeping->from;
    value.as.n = n;
    return exhibit_value(sweeping->outline->arena, sweeping->ruling->subject, sweeping->fact,
                         &value);
}

static bool is_same(const struct sweeping *sweeping, const struct amicus_ruling *ruling)
{
    const amicus_division *a = &sweeping->last_totals;
    const amicus_division *b = &ruling->totals;
    return sweeping->last != NULL && sweeping->last_outcome == ruling->outcome &&
           a->to_freelancer_minor == b->to_freelancer_minor &&
           a->to_client_minor == b->to_client_minor && a->stays_held_minor == b->stays_held_minor;
}

static void name_interval(struct sweeping *sweeping, int64_t to)
{
    const struct text a = say(sweeping, sweeping->last_from);
    const struct text b = say(sweeping, to);
    sweeping->last->name = sweeping->last_from == to
                               ? a
                               : outline_putf(sweeping->outline, "%.*s to %.*s", (int)a.length,
                                              a.at, (int)b.length, b.at);
}

/* Decide at one value, which stands for all up to another. */
static amicus_status decide_at(struct sweeping *sweeping, int64_t n, int64_t to)
{
    struct value value = sweeping->from;
    struct amicus_case *edited = NULL;
    struct amicus_ruling *ruling = NULL;
    struct builder builder;
    value.as.n = n;
    builder_start(&builder, sweeping->outline->arena);
    case_write_value(&builder, sweeping->ruling->subject,
                     &sweeping->ruling->subject->vocabulary->facts[sweeping->fact], &value);
    amicus_status status = edit_to(&edited, sweeping, outline_text(sweeping->outline, &builder));
    if (status == AMICUS_OK) {
        status = decide_case(&ruling, sweeping->ruling->rulebook, edited,
                             &sweeping->ruling->instants, sweeping->list);
    }
    if (status == AMICUS_OK && !is_same(sweeping, ruling)) {
        struct outline *outline = sweeping->outline;
        sweeping->last = outline_add(outline, &outline->root, "interval");
        sweeping->last->state = text_of(outcome_name((enum outcome)ruling->outcome));
        sweeping->last->ink = INK_STRONG;
        sweeping->last->says = reasons_division(outline->arena, &ruling->totals, ruling->currency);
        sweeping->last_from = n;
        sweeping->last_outcome = ruling->outcome;
        sweeping->last_totals = ruling->totals;
    }
    if (status == AMICUS_OK) {
        name_interval(sweeping, to);
    }
    amicus_ruling_close(ruling);
    case_close(edited);
    return status;
}

static amicus_status sweep_steps(struct sweeping *sweeping)
{
    amicus_status status = AMICUS_OK;
    const int64_t from = sweeping->from.as.n;
    const int64_t to = sweeping->to.as.n;
    if ((to - from) / sweeping->step >= SWEEP_STEPS) {
        return refuse(sweeping, "write a larger step, or none: then the thresholds are found",
                      "these are more than 1000 steps");
    }
    for (int64_t n = from; n <= to && status == AMICUS_OK; n += sweeping->step) {
        status = decide_at(sweeping, n, n);
    }
    return status;
}

/* The first value behind `n` at which another cell begins. */
static int64_t next_cell(const struct moves *moves, int64_t n, int64_t to)
{
    int64_t next = to + 1;
    for (size_t i = 0; i < moves->count; i++) {
        const struct move *move = &moves->all[i];
        const bool has_one = move->value.standing == STANDING_ESTABLISHED && move->has_least;
        next = has_one && move->least > n && move->least < next ? move->least : next;
    }
    return next;
}

static amicus_status sweep_cells(struct sweeping *sweeping)
{
    struct moves moves;
    struct outline *outline = sweeping->outline;
    amicus_status status =
        moves_of_fact(&moves, sweeping->ruling, sweeping->record, sweeping->fact, outline->arena);
    const int64_t to = sweeping->to.as.n;
    for (int64_t n = sweeping->from.as.n; status == AMICUS_OK && n <= to;) {
        const int64_t next = next_cell(&moves, n, to);
        status = decide_at(sweeping, n, next - 1);
        n = next;
    }
    const bool is_exact = moves.facts[0].is_exact && !moves.facts[0].is_leaking && !moves.is_cut;
    moves_close(&moves);
    if (status == AMICUS_OK) {
        outline_add(outline, &outline->root, "search")->says =
            is_exact ? text_of("exact: thresholds found, and each interval decided once")
                     : text_of("this fact acts other than through thresholds: within an interval "
                               "the result may differ; sweep with a step");
    }
    return status;
}

amicus_status whatif_sweep(struct outline *outline, const struct amicus_ruling *ruling,
                           const struct sweep *sweep, amicus_diagnostics *list)
{
    assert(outline != NULL && ruling != NULL);
    assert(sweep != NULL && list != NULL);
    struct sweeping sweeping = {.outline = outline, .ruling = ruling, .sweep = sweep, .list = list};
    outline->root.name = outline_visible(outline, ruling->subject->id);
    outline->root.says = text_of("hypothetical: the case is not altered");
    (void)whatif_add_outcome(outline, &outline->root, "before", ruling);
    amicus_status status = read_end(&sweeping.from, &sweeping, sweep->from);
    if (status == AMICUS_OK) {
        status = read_end(&sweeping.to, &sweeping, sweep->to);
    }
    if (status == AMICUS_OK &&
        (sweeping.to.as.n < sweeping.from.as.n || sweeping.to.unit != sweeping.from.unit)) {
        status = refuse(&sweeping, "write the lesser value first, both in one unit",
                        "the sweep ends before it begins");
    }
    if (status == AMICUS_OK && sweep->step.length > 0) {
        status = read_step(&sweeping);
        status = status == AMICUS_OK ? sweep_steps(&sweeping) : status;
    } else if (status == AMICUS_OK) {
        status = sweep_cells(&sweeping);
    }
    return status == AMICUS_OK ? outline_end(outline) : status;
}

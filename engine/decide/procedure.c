/*
 * The procedure: states are fallbacks whose guard is true, and none of them decides anything.
 *
 * Of several states that hold, one that beats another stands for it; then the one whose deadline
 * comes first, then the first by name. A remedy that was taken may itself say what comes next, and
 * then that prevails, if all items say the same: the next step of a case is one step.
 *
 * Flags are true guards too. The engine adds flags of its own where a number could not be computed,
 * or where a parameter was used for a date before it was first seen in print.
 *
 * Cost: one evaluation of each guard for each record that it ranges over.
 */
#include "procedure.h"

#include "eligible.h"
#include "evaluate.h"

#include <assert.h>

static bool is_known(const struct value *value)
{
    return value->standing != STANDING_UNKNOWN && value->standing != STANDING_ABSENT;
}

enum kleene procedure_guard(struct workspace *workspace, uint8_t proof, uint32_t record,
                            uint32_t when)
{
    assert(workspace != NULL && proof < PROOF_COUNT);
    assert(record < workspace->subject->record_count);
    workspace->proof = proof;
    workspace->about = record;
    workspace->vars[0] = record;
    return evaluate_condition(workspace, when);
}

/* The instant by which the next step is due. */
static bool due_of(struct workspace *workspace, uint32_t next, uint8_t proof, uint32_t record,
                   int64_t *due_s)
{
    if (next == INDEX_NONE || workspace->image->nexts[next].due == NODE_NONE) {
        return false;
    }
    workspace->proof = proof;
    workspace->about = record;
    workspace->vars[0] = record;
    const struct value due = evaluate(workspace, workspace->image->nexts[next].due);
    if (is_known(&due)) {
        *due_s = value_instant(&due);
    }
    return is_known(&due);
}

static struct next_result next_of(struct workspace *workspace, uint32_t next, uint8_t proof,
                                  uint32_t record, uint32_t item)
{
    struct next_result result = {.row = INDEX_NONE, .record = record};
    if (next == INDEX_NONE) {
        return result;
    }
    result.is_known = true;
    result.row = next;
    result.actor = workspace_party(workspace, workspace->image->nexts[next].actor, item);
    result.has_due = due_of(workspace, next, proof, record, &result.due_s);
    return result;
}

bool fallback_holds(struct workspace *workspace, uint32_t row)
{
    assert(workspace != NULL);
    assert(row < workspace->image->fallback_count);
    const struct fallback_row *fallback = &workspace->image->fallbacks[row];
    const uint32_t count = workspace_count_records(workspace, fallback->kind);
    for (uint32_t n = 0; n < count; n++) {
        const uint32_t record = workspace_record(workspace, fallback->kind, n);
        if (procedure_guard(workspace, fallback->proof, record, fallback->when) == KLEENE_TRUE) {
            return true;
        }
    }
    return false;
}

bool fallback_beats(const struct image *image, uint32_t a, uint32_t b)
{
    assert(image != NULL);
    assert(a < image->fallback_count && b < image->fallback_count);
    const struct fallback_row *above = &image->fallbacks[a];
    for (uint32_t i = 0; i < above->beaten_count; i++) {
        if (image->indices[above->first_beaten + i] == b) {
            return true;
        }
    }
    return false;
}

static bool is_beaten(const struct workspace *workspace, const bool *holds, uint32_t row)
{
    for (uint32_t other = 0; other < workspace->image->fallback_count; other++) {
        if (holds[other] && fallback_beats(workspace->image, other, row)) {
            return true;
        }
    }
    return false;
}

/* A state that holds for a record. */
struct state {
    uint32_t row, record;
    bool has_due;
    int64_t due_s;
};

static bool comes_before(const struct state *a, const struct state *b)
{
    if (b->row == INDEX_NONE || a->has_due != b->has_due) {
        return b->row == INDEX_NONE || a->has_due;
    }
    return a->has_due && a->due_s < b->due_s;
}

/* The first of the records for which a fallback holds. */
static void weigh_state(struct workspace *workspace, uint32_t row, struct state *best)
{
    const struct fallback_row *fallback = &workspace->image->fallbacks[row];
    const uint32_t count = workspace_count_records(workspace, fallback->kind);
    for (uint32_t n = 0; n < count; n++) {
        struct state state = {.row = row, .record = workspace_record(workspace, fallback->kind, n)};
        if (procedure_guard(workspace, fallback->proof, state.record, fallback->when) !=
            KLEENE_TRUE) {
            continue;
        }
        state.has_due =
            due_of(workspace, fallback->next, fallback->proof, state.record, &state.due_s);
        if (comes_before(&state, best)) {
            *best = state;
        }
    }
}

static void find_state(struct procedure *procedure, struct workspace *workspace)
{
    const struct image *image = workspace->image;
    struct state best = {.row = INDEX_NONE};
    bool *holds = arena_give_array(workspace->arena, image->fallback_count, sizeof *holds);
    if (holds == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    struct eligible rows =
        eligible_of(workspace, image->issue_count + GUARD_FALLBACKS, RECORD_NONE);
    uint32_t at = 0;
    while (eligible_next(&rows, &at)) {
        holds[at] = fallback_holds(workspace, at);
    }
    for (uint32_t row = 0; row < image->fallback_count; row++) {
        if (holds[row] && !is_beaten(workspace, holds, row)) {
            weigh_state(workspace, row, &best);
        }
    }
    if (best.row == INDEX_NONE) {
        return;
    }
    const struct fallback_row *fallback = &image->fallbacks[best.row];
    procedure->if_nobody_acts =
        (struct fallback_result){.is_known = true,
                                 .outcome = fallback->outcome,
                                 .row = best.row,
                                 .record = best.record,
                                 .clause = image_text(image, fallback->clause)};
    procedure->next = next_of(workspace, fallback->next, fallback->proof, best.record, best.record);
}

/* The next step that the remedies taken name, if they agree. */
static void find_next(struct procedure *procedure, struct workspace *workspace)
{
    const struct image *image = workspace->image;
    const struct item_result *first = &workspace->items[0];
    for (uint32_t i = 0; i < workspace->item_count; i++) {
        if (workspace->items[i].remedy == INDEX_NONE ||
            image->remedies[workspace->items[i].remedy].next !=
                image->remedies[workspace->items[0].remedy].next) {
            return;
        }
    }
    const struct remedy_row *remedy = &image->remedies[first->remedy];
    if (remedy->next == INDEX_NONE || first->outcome != remedy->outcome) {
        return;
    }
    const uint32_t record = workspace_bind(workspace, remedy->kind, first->record);
    procedure->next = next_of(workspace, remedy->next, remedy->proof, record, first->record);
}

static void add_flag(struct procedure *procedure, struct workspace *workspace,
                     const struct flag_result *flag)
{
    void *flags = procedure->flags;
    if (arena_grow(workspace->arena, &flags, &procedure->flag_capacity, procedure->flag_count,
                   sizeof *flag) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    procedure->flags = flags;
    procedure->flags[procedure->flag_count++] = *flag;
}

static void find_flag(struct procedure *procedure, struct workspace *workspace, uint32_t row,
                      uint32_t record)
{
    const struct flag_row *flag = &workspace->image->flags[row];
    struct flag_result result = {
        .flag = row, .code = image_text(workspace->image, flag->code), .record = record};
    struct scope scope;
    scope_open(workspace, &scope);
    const bool is_raised =
        procedure_guard(workspace, flag->proof, record, flag->when) == KLEENE_TRUE;
    scope_close(workspace, &scope, is_raised ? &result.looks : NULL, NULL);
    if (is_raised) {
        add_flag(procedure, workspace, &result);
    }
}

static void find_flags(struct procedure *procedure, struct workspace *workspace)
{
    struct eligible rows =
        eligible_of(workspace, workspace->image->issue_count + GUARD_FLAGS, RECORD_NONE);
    uint32_t row = 0;
    while (eligible_next(&rows, &row)) {
        const uint32_t kind = workspace->image->flags[row].kind;
        const uint32_t count = workspace_count_records(workspace, kind);
        for (uint32_t n = 0; n < count && workspace->status == AMICUS_OK; n++) {
            find_flag(procedure, workspace, row, workspace_record(workspace, kind, n));
        }
    }
}

static void raise(struct procedure *procedure, struct workspace *workspace, const char *code,
                  const char *because)
{
    const struct flag_result flag = {.flag = INDEX_NONE,
                                     .code = text_of(code),
                                     .record = RECORD_ROOT,
                                     .because = text_of(because)};
    add_flag(procedure, workspace, &flag);
}

/* A parameter was used for a date before the first on which it was seen in print. */
static void raise_unseen(struct procedure *procedure, struct workspace *workspace, uint32_t row)
{
    const struct image *image = workspace->image;
    const struct param_row *param = &image->params[row];
    for (uint32_t i = 0; i < param->version_count; i++) {
        const uint32_t version = param->first_version + i;
        struct builder builder;
        struct text because;
        if ((workspace->uses[version] & USE_UNSEEN) == 0) {
            continue;
        }
        const struct value seen = {.as.n = image->versions[version].seen_s,
                                   .type = TYPE_INSTANT,
                                   .standing = STANDING_ESTABLISHED};
        builder_start(&builder, workspace->arena);
        builder_puts(&builder, "The value of ");
        builder_put(&builder, image_text(image, param->name));
        builder_puts(&builder, " was first seen in print on ");
        ruling_write_value(&builder, workspace->subject, NULL, &seen);
        builder_puts(&builder, ", later than the date for which it was used here.");
        if (builder_end(&because, &builder) != AMICUS_OK) {
            workspace_fail(workspace, AMICUS_MEMORY);
            return;
        }
        raise(procedure, workspace, "period_uncertain", because.at);
    }
}

static void raise_own(struct procedure *procedure, struct workspace *workspace)
{
    if ((workspace->faults & FAULT_OVERFLOW) != 0) {
        raise(procedure, workspace, "number_overflow",
              "A number of this case is too large to be computed; it counted as unknown.");
    }
    if ((workspace->faults & FAULT_CALENDAR) != 0) {
        raise(procedure, workspace, "calendar_missing",
              "No business calendar of the policy covers a span that was asked for; the date "
              "counted as unknown.");
    }
    for (uint32_t row = 0; row < workspace->image->param_count; row++) {
        raise_unseen(procedure, workspace, row);
    }
}

void procedure_find(struct procedure *procedure, struct workspace *workspace)
{
    assert(procedure != NULL && workspace != NULL);
    assert(workspace->item_count > 0);
    *procedure = (struct procedure){.next = {.row = INDEX_NONE, .record = RECORD_NONE},
                                    .if_nobody_acts = {.row = INDEX_NONE}};
    struct scope scope;
    scope_open(workspace, &scope);
    find_state(procedure, workspace);
    find_next(procedure, workspace);
    scope_close(workspace, &scope, NULL, NULL);
    find_flags(procedure, workspace);
    raise_own(procedure, workspace);
}

/*
 * A trial is a whole decision on a patched copy of the case's values: the same evaluator, the same
 * labels, the same division. Nothing is reused from the base, because a changed fact may be read by
 * any derived fact, and following what depends on it would be a second evaluator. A trial is blind,
 * unless it is asked to note what it reads: mostly only its outcome and its money are looked at.
 * The cost is half a decision a trial, some ten microseconds; cases without a doubt need none.
 *
 * INVARIANT: the base is not written to. All memory of a trial lies in one scratch arena, which the
 * next trial resets.
 */
#include "trial.h"

#include "limit.h"
#include "remedy.h"
#include "resolve.h"

#include <assert.h>
#include <string.h>

amicus_status decide_workspace(struct workspace *workspace)
{
    assert(workspace != NULL);
    assert(workspace->finding_count == 0);
    resolve_taken(workspace);
    if (workspace->status == AMICUS_OK) {
        remedy_decide(workspace);
    }
    return workspace->status;
}

static amicus_status apply(struct workspace *out, const struct workspace *base,
                           const struct change *change)
{
    out->values = base->values;
    out->lists = base->lists;
    out->is_blind = !change->is_noted;
    out->tried = base->tried;
    out->policy_date_s = base->policy_date_s;
    out->forced = change->forced;
    out->completions = base->completions;
    out->change = change;
    out->listener = change->listener;
    const uint32_t *readings = change->reading_of == NULL ? base->reading_of : change->reading_of;
    if (base->image->version_count > 0) {
        memcpy(out->reading_of, readings, base->image->version_count * sizeof *readings);
    }
    if (change->patch_count > 0) {
        struct value *values = workspace_patch_values(out);
        for (uint32_t i = 0; values != NULL && i < change->patch_count; i++) {
            values[change->patches[i].slot] = change->patches[i].value;
        }
    }
    if (change->has_list) {
        struct case_list *lists = workspace_patch_lists(out);
        if (lists != NULL) {
            lists[change->kind].is_closed = true;
        }
    }
    return out->status;
}

amicus_status trial_run(struct workspace *out, struct trials *trials, const struct change *change)
{
    assert(out != NULL && trials != NULL && change != NULL);
    assert(trials->base != NULL && trials->base != out);
    const struct workspace *base = trials->base;
    amicus_status status = AMICUS_OK;
    if (trials->scratch == NULL) {
        status = arena_open(&trials->scratch, (size_t)limit_of(LIMIT_RULING_ARENA_BYTES));
    } else {
        arena_reset(trials->scratch);
    }
    if (status == AMICUS_OK) {
        trials->count++;
        status = workspace_start(out, base->rulebook, base->subject, trials->scratch);
    }
    if (status == AMICUS_OK) {
        status = apply(out, base, change);
    }
    return status == AMICUS_OK ? decide_workspace(out) : status;
}

void trials_close(struct trials *trials)
{
    assert(trials != NULL);
    assert(trials->scratch != NULL || trials->count == 0);
    arena_close(trials->scratch);
    trials->scratch = NULL;
}

bool item_differs(const struct item_result *a, const struct item_result *b)
{
    assert(a != NULL && b != NULL);
    assert(a->record == b->record);
    return a->outcome != b->outcome || a->division.held_minor != b->division.held_minor ||
           a->division.to_freelancer_minor != b->division.to_freelancer_minor ||
           a->division.to_client_minor != b->division.to_client_minor ||
           a->division.fees_minor != b->division.fees_minor ||
           a->division.stays_held_minor != b->division.stays_held_minor;
}

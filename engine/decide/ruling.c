/*
 * The ruling: evaluate, resolve, divide, look for what is missing or contradicts itself, freeze.
 *
 * The legal order of a decision, as a small grammar:
 *
 *   decision := start [clock] decide doubts procedure facts freeze
 *   decide   := labels as taken, then remedies               trial.c: decide_workspace
 *   doubts   := missing conflicts [decide again] refer       each a round of trials
 *   facts    := labels by the facts alone, for what leans on a burden
 *
 * The doubts come before the procedure, because flags and states may ask whether a decisive fact is
 * unknown. Labels by facts come last: they change nothing that was recommended.
 *
 * INVARIANT: a ruling is never changed after decide_case, texts for people and findings of rules
 * that did not apply apart (ruling_fill, ruling_complete).
 * Everything in it points into its own arena, the case or the rulebook.
 *
 * Cost: a case without doubts is decided once, in some tens of microseconds; each value of an
 * unknown fact that is tried costs as much again.
 */
#include "ruling.h"

#include "complete.h"
#include "completion.h"
#include "conflict.h"
#include "evaluate.h"
#include "limit.h"
#include "missing.h"
#include "procedure.h"
#include "remedy.h"
#include "resolve.h"

#include <assert.h>

/* Where the clock of a case stands, and whether it says so. */
static const struct value *clock_of(const struct workspace *workspace)
{
    const uint32_t fact = workspace->vocabulary->roles.as_of;
    if (fact == FACT_NONE) {
        return NULL;
    }
    const struct value *value = &workspace->values[workspace->vocabulary->facts[fact].slot +
                                                   workspace->subject->records[0].first_slot];
    const bool is_known =
        value->standing >= STANDING_CLAIMED && value->standing <= STANDING_ESTABLISHED;
    return is_known ? value : NULL;
}

/* The file of the case: what is wrong with it as a whole has no line. */
static struct place place_of_case(const struct workspace *workspace)
{
    const char *file = workspace->subject->records[RECORD_ROOT].place.file;
    return (struct place){.file = file == NULL ? "" : file};
}

/* Set the clock, or read it from the case. */
static amicus_status set_clock(struct workspace *workspace, struct instants *instants,
                               amicus_diagnostics *list)
{
    const uint32_t fact = workspace->vocabulary->roles.as_of;
    if (!instants->has_as_of) {
        const struct value *value = clock_of(workspace);
        if (value == NULL) {
            diagnostics_add(list, AMICUS_ERROR, "I0102", place_of_case(workspace),
                            "Give the moment as of which the case is to be decided, in the case "
                            "or to the call.",
                            "The case does not say as of which moment it is to be decided");
            return AMICUS_INVALID;
        }
        instants->as_of_s = value->as.n;
        return AMICUS_OK;
    }
    if (fact == FACT_NONE) {
        return AMICUS_OK;
    }
    struct value *values = workspace_patch_values(workspace);
    if (values == NULL) {
        return AMICUS_MEMORY;
    }
    values[workspace->vocabulary->facts[fact].slot + workspace->subject->records[0].first_slot] =
        (struct value){
            .as.n = instants->as_of_s, .type = TYPE_INSTANT, .standing = STANDING_ESTABLISHED};
    return AMICUS_OK;
}

/* A listener that marks what each node came to. */
struct marker {
    struct listener listener; /* first: what the evaluator knows of it */
    uint8_t *seen;
};

static struct value mark(struct workspace *workspace, const struct node *node, evaluator *own)
{
    const struct marker *marker = (const struct marker *)workspace->listener;
    const struct value value = own(workspace, node);
    marker->seen[node - workspace->image->nodes] |= (uint8_t)(1u << kleene_of(value));
    return value;
}

static bool some_decisive(const struct workspace *workspace)
{
    for (uint32_t i = 0; i < workspace->item_count; i++) {
        if (workspace->is_decisive[workspace->items[i].record]) {
            return true;
        }
    }
    return false;
}

/* Look for what is missing and for what contradicts itself, and let that have its effect. */
static void settle_doubts(struct amicus_ruling *ruling, struct workspace *workspace)
{
    struct trials trials = {.base = workspace};
    bool *differs = arena_give_array(workspace->arena, workspace->item_count, sizeof *differs);
    if (differs == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    workspace->tried = arena_give(workspace->arena, workspace->subject->slot_count);
    if (workspace->tried == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    missing_find(&ruling->missing, &ruling->missing_count, workspace, &trials);
    if (workspace->status == AMICUS_OK) {
        conflict_find(workspace, &trials, differs);
    }
    const bool has_tried = trials.count > 0;
    trials_close(&trials);
    if (workspace->status == AMICUS_OK) {
        completion_note_reads(workspace);
    }
    if (workspace->status == AMICUS_OK && has_tried) {
        workspace_note_tried(workspace);
    }
    if (workspace->status == AMICUS_OK && some_decisive(workspace)) {
        workspace->phase++;
        remedy_decide(workspace);
    }
    if (workspace->status == AMICUS_OK) {
        conflict_apply(workspace, differs);
    }
}

/* Point a ruling at the findings of its workspace, and at what they name. */
static void take_findings(struct amicus_ruling *ruling, const struct workspace *workspace)
{
    ruling->findings = workspace->findings;
    ruling->finding_count = (uint32_t)workspace->finding_count;
    ruling->reads = workspace->reads;
    ruling->read_count = (uint32_t)workspace->read_count;
    ruling->looks = workspace->looks.at;
    ruling->by = workspace->by.at;
    ruling->waiting = workspace->waiting.at;
    ruling->rests = workspace->rests.at;
}

static void freeze(struct amicus_ruling *ruling, struct workspace *workspace,
                   const struct procedure *procedure)
{
    workspace->ruling = ruling;
    take_findings(ruling, workspace);
    ruling->items = workspace->items;
    ruling->item_count = workspace->item_count;
    ruling->issues = workspace->results;
    ruling->issue_count = workspace->result_count;
    ruling->evidence = workspace->subject->backing;
    ruling->rivals = workspace->rivals.at;
    ruling->conflict_rules = workspace->conflict_rules.at;
    ruling->conflicts = workspace->conflicts;
    ruling->conflict_count = (uint32_t)workspace->conflict_count;
    ruling->flags = procedure->flags;
    ruling->flag_count = (uint32_t)procedure->flag_count;
    ruling->next = procedure->next;
    ruling->if_nobody_acts = procedure->if_nobody_acts;
    ruling->outcome = (uint8_t)remedy_outcome(ruling->items, ruling->item_count);
    ruling->currency = workspace->subject->currency;
}

static amicus_status decide(struct amicus_ruling *ruling, struct workspace *workspace)
{
    struct procedure procedure;
    if (decide_workspace(workspace) == AMICUS_OK) {
        settle_doubts(ruling, workspace);
    }
    if (workspace->status == AMICUS_OK) {
        procedure_find(&procedure, workspace);
    }
    if (workspace->status == AMICUS_OK) {
        resolve_by_facts(workspace);
    }
    if (workspace->status != AMICUS_OK) {
        return workspace->status;
    }
    remedy_mark_burden(workspace);
    freeze(ruling, workspace, &procedure);
    return remedy_totals(&ruling->totals, ruling->items, ruling->item_count);
}

static amicus_status start(struct amicus_ruling **out, const struct amicus_rulebook *rulebook,
                           const struct amicus_case *subject, struct arena *arena)
{
    struct amicus_ruling *ruling = arena_give(arena, sizeof *ruling);
    struct workspace *workspace = arena_give(arena, sizeof *workspace);
    if (ruling == NULL || workspace == NULL) {
        return AMICUS_MEMORY;
    }
    ruling->rulebook = rulebook;
    ruling->subject = subject;
    ruling->arena = arena;
    ruling->work = workspace;
    *out = ruling;
    return workspace_start(workspace, rulebook, subject, arena);
}

static void explain_failure(const struct workspace *workspace, amicus_status status,
                            amicus_diagnostics *list)
{
    const struct place place = place_of_case(workspace);
    if (status == AMICUS_INTERNAL) {
        diagnostics_add(list, AMICUS_ERROR, "I0101", place,
                        "This is a fault of the policy or of amicus: report it with the case.",
                        "The division would not add up to what is held; there is no "
                        "recommendation");
    } else if (status == AMICUS_JAIL) {
        diagnostics_add(list, AMICUS_ERROR, "I0201", place,
                        "Mend the predicate, or write its condition with combinators.",
                        "A predicate of the policy exceeded its limits or failed; there is no "
                        "recommendation");
    }
}

/* Ask what guards ruled out as well: whoever asks for marks wants all of them. */
static amicus_status complete_marks(struct amicus_ruling *ruling)
{
    remedy_complete(ruling->work);
    return ruling_complete(ruling);
}

amicus_status decide_case(struct amicus_ruling **out, const struct amicus_rulebook *rulebook,
                          const struct amicus_case *subject, const struct instants *instants,
                          amicus_diagnostics *list)
{
    assert(out != NULL && rulebook != NULL && subject != NULL);
    assert(instants != NULL && list != NULL);
    assert(text_equal(subject->vocabulary->digest, rulebook->image.vocabulary->digest));
    struct arena *arena = NULL;
    struct amicus_ruling *ruling = NULL;
    *out = NULL;
    amicus_status status = arena_open(&arena, (size_t)limit_of(LIMIT_RULING_ARENA_BYTES));
    if (status == AMICUS_OK) {
        status = start(&ruling, rulebook, subject, arena);
    }
    if (status == AMICUS_OK) {
        ruling->instants = *instants;
        status = set_clock(ruling->work, &ruling->instants, list);
        ruling->work->policy_date_s =
            instants->has_policy_date ? &ruling->instants.policy_date_s : NULL;
    }
    if (status == AMICUS_OK) {
        struct marker marker = {{mark}, instants->seen};
        ruling->work->listener = instants->seen == NULL ? NULL : &marker.listener;
        ruling->instants.seen = NULL;
        status = decide(ruling, ruling->work);
        if (status == AMICUS_OK && instants->seen != NULL) {
            status = complete_marks(ruling);
        }
        ruling->work->listener = NULL;
        explain_failure(ruling->work, status, list);
    }
    if (status != AMICUS_OK) {
        arena_close(arena);
        return status;
    }
    *out = ruling;
    return AMICUS_OK;
}

amicus_status ruling_complete(const struct amicus_ruling *ruling)
{
    assert(ruling != NULL && ruling->work != NULL);
    assert(ruling->work->ruling == ruling);
    struct workspace *workspace = ruling->work;
    if (!workspace->is_complete && workspace->status == AMICUS_OK) {
        complete_findings(workspace);
        take_findings(workspace->ruling, workspace);
        workspace->is_complete = workspace->status == AMICUS_OK;
    }
    return workspace->status;
}

const char *finding_status_name(enum finding_status status)
{
    static const char *const NAMES[] = {[FINDING_APPLIED] = "applied",
                                        [FINDING_DEFEATED] = "defeated",
                                        [FINDING_UNDERCUT] = "undercut",
                                        [FINDING_WAITING] = "waiting",
                                        [FINDING_NOT_APPLIED] = "not_applied"};
    assert((unsigned)status < sizeof NAMES / sizeof NAMES[0]);
    assert(NAMES[status] != NULL);
    return NAMES[status];
}

const struct issue_result *ruling_find_issue(const struct amicus_ruling *ruling, uint32_t issue,
                                             uint32_t record)
{
    assert(ruling != NULL && ruling->work != NULL);
    assert(record < ruling->subject->record_count);
    const uint32_t at = workspace_result(ruling->work, issue, record);
    return at == INDEX_NONE ? NULL : &ruling->issues[at];
}

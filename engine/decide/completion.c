/*
 * Completions: what Kleene's logic leaves open although nobody needs to know.
 *
 * An issue that stays open is labelled again with one of its unknown facts given each value that it
 * can have, and so on inside each, as long as it stays open: a search in depth that ends where the
 * values no longer matter, since a label by Kleene's values holds whatever is still unknown. The
 * same evaluator and the same labels run over values that are overlaid; a fact has one value at all
 * standards, for the issue and for all that lies below it. If all ends agree, that is the label.
 *
 * Facts of few values come first, then numbers, by the cells between their thresholds (cell.c): a
 * number has thresholds only where everything else in the comparison is known. Two unknown numbers
 * that are compared with each other are therefore not tried, nor are texts, references, and lists
 * that may have members: they stay unknown, and the label is found only if it does not turn on
 * them. Whether something is known at all (`at_standing`, `contested`, `open`) is no value; an
 * issue that asks it of an unknown fact stays open.
 *
 * There is one set of completions a decision. Its workspace is labelled on demand, an issue and
 * what it asks for and nothing else, and derived facts that no unknown touched are computed once. A
 * trial of the same decision takes over what was found, unless the issue looked at what the trial
 * changes.
 *
 * INVARIANT: a label that is given is that of every completion. That one is found is promised for
 * facts of few values and for numbers as above, up to LIMIT_UNKNOWNS facts and LIMIT_COMPLETIONS
 * evaluations.
 *
 * Cost: nothing without an open issue; an issue that is truly open costs some evaluations of its
 * own rules, since the search ends at the first two ends that differ.
 */
#include "completion.h"

#include "cell.h"
#include "footprint.h"
#include "limit.h"
#include "open_proof.h"
#include "resolve.h"
#include "trial.h"

#include <assert.h>
#include <string.h>

/* PROOFS_MOST: of one result. NUMBER_COST: what finding the cells of a number counts, in
 * evaluations of an issue. */
enum { PROOFS_MOST = 6, NUMBER_COST = 4 };

/* What was found of one result. */
struct attempt {
    bool is_made;  /* for the decision itself */
    uint8_t label; /* enum label */
    struct open_proof *proofs;
    uint32_t proof_count; /* ever made; the last PROOFS_MOST are kept */
};

struct completions {
    const struct workspace *owner; /* the decision itself */
    struct attempt *attempts;      /* by result */
    struct workspace workspace;    /* followed */
    struct footprint footprint;
    bool is_as_owner;  /* its lists and readings are the owner's */
    uint32_t loads;    /* times that a case was loaded; a workspace knows its number */
    uint32_t *patched; /* slots that differ from the owner's, by the trial that is loaded */
    uint32_t patched_count;

    /* of the result that is tried */
    uint32_t at;
    uint8_t agreed;     /* enum label: of all ends so far */
    int64_t left;       /* evaluations */
    int64_t trial_left; /* evaluations, of all trials together */
    struct end now, first;
    struct open_proof proof; /* of the search that failed; count 0: none that could be kept */
};

/* --- setting up --- */

/* Name each result's issue and record, which labels on demand go by. */
static void name_results(struct workspace *workspace)
{
    const struct image *image = workspace->image;
    for (uint32_t i = 0; i < image->issue_count; i++) {
        const uint32_t count = workspace_count_records(workspace, image->issues[i].kind);
        for (uint32_t n = 0; n < count; n++) {
            workspace->results[workspace->first_result[i] + n] = (struct issue_result){
                .issue = i, .record = workspace_record(workspace, image->issues[i].kind, n)};
        }
    }
}

/* Give a workspace the values of another, and a footprint. */
static amicus_status start(struct completions *made, const struct workspace *workspace)
{
    struct workspace *own = &made->workspace;
    amicus_status status =
        workspace_start(own, workspace->rulebook, workspace->subject, workspace->arena);
    if (status != AMICUS_OK) {
        return status;
    }
    own->values = workspace->values;
    own->lists = workspace->lists;
    own->is_blind = true;
    own->is_taken = false;
    struct value *values = workspace_patch_values(own);
    if (values == NULL) {
        return AMICUS_MEMORY;
    }
    if (own->image->version_count > 0) {
        memcpy(own->reading_of, workspace->reading_of,
               own->image->version_count * sizeof *own->reading_of);
    }
    own->policy_date_s = workspace->policy_date_s;
    for (unsigned proof = 0; proof < PROOF_COUNT; proof++) { /* later, they would be given back */
        own->proof = (uint8_t)proof;
        (void)workspace_plane(own);
    }
    own->footprint = &made->footprint;
    own->listener = &made->footprint.listener;
    name_results(own);
    return footprint_start(&made->footprint, own, values);
}

static struct completions *make(struct workspace *workspace)
{
    struct arena *arena = workspace->arena;
    struct completions *made = arena_give(arena, sizeof *made);
    if (made == NULL || start(made, workspace) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return NULL;
    }
    made->owner = workspace;
    made->is_as_owner = true;
    made->trial_left = limit_of(LIMIT_TRIAL_COMPLETIONS);
    made->attempts = arena_give_array(arena, workspace->result_count, sizeof *made->attempts);
    made->patched = arena_give_array(arena, workspace->subject->slot_count, sizeof(uint32_t));
    if (made->attempts == NULL || made->patched == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return NULL;
    }
    return made;
}

/* Take over the lists and readings of a workspace where they differ from what is loaded. */
static void load_rest(struct completions *completions, const struct workspace *workspace,
                      bool is_as_owner)
{
    struct workspace *own = &completions->workspace;
    if (is_as_owner && completions->is_as_owner) {
        return;
    }
    own->lists = workspace->lists;
    if (own->image->version_count > 0) {
        memcpy(own->reading_of, workspace->reading_of,
               own->image->version_count * sizeof *own->reading_of);
    }
    completions->is_as_owner = is_as_owner;
    footprint_forget(own);
}

/* Take over what a workspace knows, unless that was done for it last. */
static void load(struct completions *completions, struct workspace *workspace)
{
    struct workspace *own = &completions->workspace;
    if (completions->loads != 0 && workspace->load == completions->loads) {
        return;
    }
    const struct change *change = completions->owner == workspace ? NULL : workspace->change;
    workspace->load = ++completions->loads;
    own->tried = change == NULL ? NULL : workspace->tried; /* else the reads are noted */
    for (uint32_t i = 0; i < completions->patched_count; i++) {
        const uint32_t slot = completions->patched[i];
        footprint_set(own, slot, &completions->owner->values[slot]);
    }
    completions->patched_count = 0;
    for (uint32_t i = 0; change != NULL && i < change->patch_count; i++) {
        footprint_set(own, change->patches[i].slot, &change->patches[i].value);
        completions->patched[completions->patched_count++] = change->patches[i].slot;
    }
    load_rest(completions, workspace,
              change == NULL || (!change->has_list && change->reading_of == NULL));
}

/* --- proofs --- */

/* Whether it is known without an evaluation what a trial's completions give. */
static bool is_known(const struct completions *completions, const struct workspace *trial,
                     uint32_t at)
{
    const struct attempt *attempt = &completions->attempts[at];
    if (!footprint_only_grows(&completions->footprint, trial->change)) {
        return false;
    }
    const uint32_t kept = attempt->proof_count < PROOFS_MOST ? attempt->proof_count : PROOFS_MOST;
    bool is_one = attempt->is_made && attempt->label != LABEL_OPEN;
    for (uint32_t i = 0; i < kept && !is_one; i++) {
        is_one = open_proof_holds(&attempt->proofs[i], &completions->footprint, trial);
    }
    return is_one;
}

static void keep_proof(struct completions *completions, struct workspace *workspace, uint32_t at)
{
    struct attempt *attempt = &completions->attempts[at];
    struct open_proof *proof = &completions->proof;
    const struct change *change = completions->owner == workspace ? NULL : workspace->change;
    if (proof->count == 0 ||
        (change != NULL && !footprint_only_grows(&completions->footprint, change))) {
        return;
    }
    if (!open_proof_assume(proof, &completions->footprint, change)) {
        return;
    }
    if (attempt->proofs == NULL) {
        attempt->proofs =
            arena_give_array(completions->owner->arena, PROOFS_MOST, sizeof *attempt->proofs);
    }
    if (attempt->proofs == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    attempt->proofs[attempt->proof_count++ % PROOFS_MOST] = *proof;
}

/* --- what is noted as read --- */

static void note_fact(struct workspace *workspace, const struct looked *looked, uint8_t proofs)
{
    const uint32_t slot = case_slot(workspace->subject, looked->record, looked->fact);
    for (unsigned proof = 0; proof < PROOF_COUNT; proof++) {
        const uint32_t *reads = workspace->planes[proof].stored_reads;
        const bool is_read = reads != NULL && reads[slot] != 0;
        if ((proofs & (1u << proof)) != 0 && !is_read) {
            workspace->proof = (uint8_t)proof;
            (void)read_raw(workspace, looked->record, looked->fact);
        }
    }
}

static void note_lists(struct workspace *workspace, uint64_t kinds)
{
    for (uint32_t kind = KIND_ROOT + 1; kind < workspace->vocabulary->kind_count; kind++) {
        if ((kinds & kind_bit(kind)) != 0 && !workspace->vocabulary->kinds[kind].is_union &&
            workspace->lists[kind].count == 0 && workspace->list_reads[kind] == 0) {
            read_empty_list(workspace, kind);
        }
    }
}

void completion_note_reads(struct workspace *workspace)
{
    assert(workspace != NULL && !workspace->is_blind);
    assert(workspace->footprint == NULL);
    const struct completions *completions = workspace->completions;
    uint32_t i = 0;
    while (completions != NULL && i < completions->footprint.looked_count) {
        const struct footprint *footprint = &completions->footprint;
        const uint32_t at = footprint->looked[i].at;
        struct scope scope;
        scope_open(workspace, &scope);
        if (i == 0) {
            note_lists(workspace, footprint->kinds);
        }
        for (; i < footprint->looked_count && footprint->looked[i].at == at; i++) {
            const struct looked *looked = &footprint->looked[i];
            const uint32_t slot = case_slot(workspace->subject, looked->record, looked->fact);
            note_fact(workspace, looked, footprint->proofs[slot]);
        }
        scope_close(workspace, &scope, &workspace->results[at].looks, NULL);
    }
}

/* --- the search --- */

/* Count evaluations; those of trials also together. Nothing is left when either is used up. */
static void spend(struct completions *completions, int64_t count)
{
    completions->left -= completions->left < count ? completions->left : count;
    if (!completions->footprint.is_noting) {
        completions->trial_left -= count;
        completions->left = completions->trial_left > 0 ? completions->left : 0;
    }
}

static void begin_search(struct completions *completions)
{
    completions->footprint.covered_count = 0;
    completions->footprint.given = (struct mask){{0}};
    completions->agreed = LABEL_OPEN;
    completions->now.count = 0;
    completions->proof.count = 0;
}

static void begin(struct completions *completions, uint32_t at, bool is_noting)
{
    struct footprint *footprint = &completions->footprint;
    footprint->is_noting = is_noting;
    footprint->at = at;
    completions->workspace.status = AMICUS_OK;
    completions->at = at;
    completions->left = limit_of(LIMIT_COMPLETIONS);
    begin_search(completions);
    spend(completions, 0);
}

/* Whether a number that was given a value acts through something that its cells do not cover. */
static bool is_beyond_cells(const struct footprint *footprint)
{
    struct mask given = footprint->given;
    for (unsigned i = 0; i < MASK_WORDS; i++) {
        given.word[i] &= footprint->numbers.word[i];
    }
    return footprint->is_uncovered || mask_meets(&footprint->astray, &given);
}

/* Label the issue as things are. returns false if that cannot be told, or not in the bounds. */
static bool label_once(struct completions *completions, enum label *label)
{
    struct workspace *workspace = &completions->workspace;
    struct footprint *footprint = &completions->footprint;
    const struct arena_mark mark = arena_mark_of(workspace->arena);
    bool is_again = true;
    while (is_again && completions->left > 0) {
        spend(completions, 1);
        footprint_begin(footprint);
        *label = resolve_on_demand(workspace, completions->at);
        is_again = footprint->is_stale && workspace->status == AMICUS_OK;
        if (is_again) {
            footprint_forget(workspace);
        }
    }
    arena_release(workspace->arena, &mark);
    return !is_again && workspace->status == AMICUS_OK && !footprint->asks_standing &&
           !is_beyond_cells(footprint);
}

/* An unknown of few values that the label touched. The last that turned up comes first: lower
 * issues were completed before, so that is one of the issue's own, which settle it sooner. */
static uint32_t pick_few(const struct completions *completions, const struct mask *touched,
                         struct cells *cells)
{
    const struct footprint *footprint = &completions->footprint;
    const struct fact *facts = completions->workspace.vocabulary->facts;
    for (uint32_t i = footprint->unknown_count; i-- > 0;) {
        const struct unknown *unknown = &footprint->unknowns[i];
        if (!mask_has(touched, i) || mask_has(&footprint->given, i) || unknown->is_number ||
            footprint->values[unknown->slot].standing >= STANDING_ESTABLISHED ||
            facts[unknown->fact].type == TYPE_REF) {
            continue;
        }
        cells_of_few(cells, &completions->workspace, unknown->fact);
        if (cells->is_exact) {
            return i;
        }
    }
    return INDEX_NONE;
}

/* A number that the label touched and whose cells are known. */
static uint32_t pick_number(struct completions *completions, const struct mask *touched,
                            struct cells *cells)
{
    struct workspace *workspace = &completions->workspace;
    struct footprint *footprint = &completions->footprint;
    for (uint32_t i = 0; i < footprint->unknown_count; i++) {
        const uint32_t slot = footprint->unknowns[i].slot;
        if (!mask_has(touched, i) || mask_has(&footprint->given, i) ||
            !footprint->unknowns[i].is_number ||
            footprint->values[slot].standing >= STANDING_ESTABLISHED) {
            continue;
        }
        enum label label = LABEL_OPEN;
        const struct value value = footprint->values[slot];
        footprint_set(workspace, slot,
                      &value); /* so that everything that rests on it is seen again */
        if (!label_once(completions, &label)) {
            return INDEX_NONE;
        }
        cells_of_number(cells, workspace, i);
        spend(completions, NUMBER_COST);
        if (cells->is_exact) {
            return i;
        }
    }
    return INDEX_NONE;
}

/* A label at the end of the values that are given now. returns whether it agrees with the others.
 */
static bool end_with(struct completions *completions, enum label label)
{
    if (completions->agreed == LABEL_OPEN) {
        completions->agreed = (uint8_t)label;
        completions->first = completions->now;
    }
    if (completions->agreed == label) {
        return completions->now.count > 0;
    }
    completions->proof =
        (struct open_proof){.ends = {completions->first, completions->now}, .count = 2};
    return false;
}

/* Nothing more can be given a value, and the label is open. */
static void end_stuck(struct completions *completions, const struct mask *touched)
{
    completions->proof =
        (struct open_proof){.ends = {completions->now}, .count = 1, .touched = *touched};
}

static bool explore(struct completions *completions);

/* Explore with each value of an unknown. NOLINTNEXTLINE(misc-no-recursion): as explore. */
static bool explore_values(struct completions *completions, uint32_t unknown,
                           const struct cells *cells)
{
    struct workspace *workspace = &completions->workspace;
    struct footprint *footprint = &completions->footprint;
    const uint32_t slot = footprint->unknowns[unknown].slot;
    const struct value before = footprint->values[slot];
    struct patch *given = &completions->now.given[completions->now.count++];
    bool agree = true;
    mask_add(&footprint->given, unknown);
    for (uint32_t i = 0; agree && i < cells->count; i++) {
        *given = (struct patch){slot, cells->values[i]};
        footprint_set(workspace, slot, &cells->values[i]);
        agree = explore(completions);
    }
    mask_remove(&footprint->given, unknown);
    footprint_set(workspace, slot, &before);
    completions->now.count--;
    return agree;
}

/* Whether all completions of what is still unknown agree, with each other and with those before.
 * NOLINTNEXTLINE(misc-no-recursion): at most LIMIT_UNKNOWNS deep. */
static bool explore(struct completions *completions)
{
    struct footprint *footprint = &completions->footprint;
    enum label label = LABEL_OPEN;
    struct cells cells;
    const bool is_told = label_once(completions, &label);
    const struct mask touched = footprint->touched;
    if (is_told && label != LABEL_OPEN) {
        return end_with(completions, label);
    }
    const uint32_t covered = footprint->covered_count;
    uint32_t unknown = INDEX_NONE;
    if (is_told && completions->now.count < limit_of(LIMIT_UNKNOWNS)) {
        unknown = pick_few(completions, &touched, &cells);
        unknown = unknown == INDEX_NONE ? pick_number(completions, &touched, &cells) : unknown;
    }
    if (unknown == INDEX_NONE) {
        if (completions->left > 0) {
            end_stuck(completions, &touched);
        }
        return false;
    }
    const bool agree = explore_values(completions, unknown, &cells);
    footprint->covered_count = covered;
    return agree;
}

/* Explore again from the ends of the last proof, in a trial that knows some of what they assumed.
 * returns whether that shows that the issue stays open. */
static bool is_still_open(struct completions *completions, const struct workspace *trial,
                          const struct attempt *attempt)
{
    struct workspace *own = &completions->workspace;
    struct footprint *footprint = &completions->footprint;
    const struct open_proof *last = &attempt->proofs[(attempt->proof_count - 1) % PROOFS_MOST];
    const struct open_proof proof = *last;
    bool agree = true;
    for (uint32_t e = 0; e < proof.count && agree; e++) {
        struct end *now = &completions->now;
        now->count = 0;
        footprint->given = (struct mask){{0}};
        for (uint32_t i = 0; i < proof.ends[e].count; i++) {
            const struct patch *given = &proof.ends[e].given[i];
            if (own->values[given->slot].standing < STANDING_ESTABLISHED &&
                !footprint->unknowns[footprint->number_of[given->slot] - 1].is_number) {
                now->given[now->count++] = *given;
                mask_add(&footprint->given, footprint->number_of[given->slot] - 1);
                footprint_set(own, given->slot, &given->value);
            }
        }
        const uint32_t count = now->count;
        agree = count <= limit_of(LIMIT_UNKNOWNS) && explore(completions);
        for (uint32_t i = 0; i < count; i++) {
            footprint_set(own, now->given[i].slot, &trial->values[now->given[i].slot]);
        }
    }
    return !agree && completions->proof.count > 0;
}

static enum label try_values(struct completions *completions, struct workspace *workspace,
                             uint32_t at)
{
    struct workspace *own = &completions->workspace;
    struct finding *const findings = own->findings;
    const size_t capacity = own->finding_capacity;
    load(completions, workspace);
    begin(completions, at, completions->owner == workspace);
    const struct attempt *attempt = &completions->attempts[at];
    bool agree = false;
    if (completions->owner == workspace || attempt->proof_count == 0 ||
        !is_still_open(completions, workspace, attempt)) {
        begin_search(completions);
        agree = explore(completions);
    }
    own->findings = findings; /* whatever grew since lies in memory that was given back */
    own->finding_capacity = capacity;
    if (own->status == AMICUS_MEMORY) {
        workspace_fail(workspace, AMICUS_MEMORY);
    }
    return agree ? (enum label)completions->agreed : LABEL_OPEN;
}

/* Remember what was found for the decision itself. */
static void keep(struct completions *completions, struct workspace *workspace, uint32_t at,
                 enum label label)
{
    completions->attempts[at].is_made = true;
    completions->attempts[at].label = (uint8_t)label;
    for (uint32_t v = 0; v < workspace->image->version_count; v++) {
        workspace->uses[v] |= completions->workspace.uses[v];
    }
}

enum label completion_label(struct workspace *workspace, uint32_t at)
{
    assert(workspace != NULL && at < workspace->result_count);
    assert(workspace->is_taken && workspace->footprint == NULL);
    if (workspace->completions == NULL) {
        workspace->completions = make(workspace);
    }
    struct completions *completions = workspace->completions;
    if (completions == NULL || workspace->status != AMICUS_OK) {
        return LABEL_OPEN;
    }
    const bool is_trial = completions->owner != workspace;
    if (is_trial && is_known(completions, workspace, at)) {
        return (enum label)completions->attempts[at].label;
    }
    const enum label label = try_values(completions, workspace, at);
    if (!is_trial && workspace->status == AMICUS_OK) {
        keep(completions, workspace, at, label);
    }
    if (label == LABEL_OPEN && workspace->status == AMICUS_OK) {
        keep_proof(completions, workspace, at);
    }
    return label;
}

/*
 * Remedies: the guards that hold for an item, the one that is taken, and the money that it divides.
 *
 * A remedy can be taken if its guard is true and no other true one outranks it: of a higher
 * stratum, or beating it inside its own. If several are left that say the same and give the same,
 * the first is taken, for it does not matter; if they differ, a human decides (`refer`). If none is
 * true but some guard is open, evidence is asked for; if none is open either, the policy has a gap
 * (`no_rule`).
 *
 * Money: the fee comes off first, the freelancer's share is cut to what is left, the client gets
 * the rest. A remedy without a share divides nothing, and all stays held. What is held and unknown
 * counts as nothing: amicus divides no money that nobody has seen.
 *
 * INVARIANT: to_freelancer + to_client + fees + stays_held = held, none negative, for each item and
 * in total; otherwise there is no ruling at all.
 *
 * Cost: one evaluation of each guard an item, and a second one of the guard that is taken, to
 * collect what it looked at; that one finds everything computed.
 */
#include "remedy.h"

#include "eligible.h"
#include "evaluate.h"
#include "money.h"

#include <assert.h>

/* What taking a remedy would mean. */
struct choice {
    amicus_division division;
    bool is_known; /* false: the share waits for facts */
    bool is_rounded;
};

static bool is_known(const struct value *value)
{
    return value->standing != STANDING_UNKNOWN && value->standing != STANDING_ABSENT;
}

static void set_about(struct workspace *workspace, const struct remedy_row *remedy, uint32_t record)
{
    workspace->proof = remedy->proof;
    workspace->about = record;
    workspace->vars[0] = workspace_bind(workspace, remedy->kind, record);
}

enum kleene remedy_guard(struct workspace *workspace, uint32_t row, uint32_t record)
{
    assert(workspace != NULL && row < workspace->image->remedy_count);
    assert(record < workspace->subject->record_count);
    const struct remedy_row *remedy = &workspace->image->remedies[row];
    set_about(workspace, remedy, record);
    if (workspace->vars[0] == RECORD_NONE) {
        return KLEENE_FALSE;
    }
    return evaluate_condition(workspace, remedy->when);
}

/* An amount of the item, at least 0; 0 if it is not known. */
static int64_t amount_of(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    if (record == RECORD_ROOT || fact == FACT_NONE) {
        return 0;
    }
    workspace->proof = PROOF_BALANCE;
    const struct value value = read_stored(workspace, record, fact);
    return is_known(&value) && value.as.n > 0 ? value.as.n : 0;
}

/* The fee of the item. Where nobody speaks of one, none is taken, and none is asked for. */
static int64_t fee_of(struct workspace *workspace, uint32_t record)
{
    const uint32_t fact = workspace->vocabulary->roles.item_fee;
    if (record == RECORD_ROOT || fact == FACT_NONE) {
        return 0;
    }
    const uint32_t slot =
        workspace->subject->records[record].first_slot + workspace->vocabulary->facts[fact].slot;
    return workspace->values[slot].standing == STANDING_UNKNOWN
               ? 0
               : amount_of(workspace, record, fact);
}

static int64_t clamp(int64_t n, int64_t most)
{
    return n < 0 ? 0 : n > most ? most : n;
}

static struct choice choose(struct workspace *workspace, uint32_t row, uint32_t record)
{
    const struct remedy_row *remedy = &workspace->image->remedies[row];
    struct choice choice = {.is_known = true};
    amicus_division *division = &choice.division;
    division->held_minor = amount_of(workspace, record, workspace->vocabulary->roles.item_held);
    division->stays_held_minor = division->held_minor;
    if (remedy->freelancer == NODE_NONE) {
        return choice;
    }
    set_about(workspace, remedy, record);
    workspace->was_rounded = false;
    const struct value share = evaluate(workspace, remedy->freelancer);
    choice.is_rounded = workspace->was_rounded;
    choice.is_known = is_known(&share);
    if (!choice.is_known) {
        return choice;
    }
    division->fees_minor = clamp(fee_of(workspace, record), division->held_minor);
    const int64_t left = division->held_minor - division->fees_minor;
    division->to_freelancer_minor = clamp(share.as.n, left);
    division->to_client_minor = left - division->to_freelancer_minor;
    division->stays_held_minor = 0;
    return choice;
}

bool remedy_outranks(const struct image *image, uint32_t a, uint32_t b)
{
    assert(image != NULL);
    assert(a < image->remedy_count && b < image->remedy_count);
    const struct remedy_row *above = &image->remedies[a];
    if (above->stratum != image->remedies[b].stratum) {
        return above->stratum > image->remedies[b].stratum;
    }
    for (uint32_t i = 0; i < above->beaten_count; i++) {
        if (image->indices[above->first_beaten + i] == b) {
            return true;
        }
    }
    return false;
}

static bool is_candidate(const struct workspace *workspace, uint32_t row)
{
    if (workspace->remedy_values[row] != KLEENE_TRUE) {
        return false;
    }
    for (uint32_t other = 0; other < workspace->image->remedy_count; other++) {
        if (workspace->remedy_values[other] == KLEENE_TRUE &&
            remedy_outranks(workspace->image, other, row)) {
            return false;
        }
    }
    return true;
}

static bool is_same_division(const amicus_division *a, const amicus_division *b)
{
    return a->held_minor == b->held_minor && a->to_freelancer_minor == b->to_freelancer_minor &&
           a->to_client_minor == b->to_client_minor && a->fees_minor == b->fees_minor &&
           a->stays_held_minor == b->stays_held_minor;
}

static bool is_same_choice(const struct workspace *workspace, uint32_t a, uint32_t b,
                           const struct choice *a_choice, const struct choice *b_choice)
{
    return workspace->image->remedies[a].outcome == workspace->image->remedies[b].outcome &&
           a_choice->is_known == b_choice->is_known &&
           is_same_division(&a_choice->division, &b_choice->division);
}

bool division_is_conserved(const amicus_division *division)
{
    assert(division != NULL);
    const int64_t parts[] = {division->to_freelancer_minor, division->to_client_minor,
                             division->fees_minor, division->stays_held_minor};
    int64_t sum = 0;
    for (unsigned i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i] < 0 || money_add(&sum, sum, parts[i]) != AMICUS_OK) {
            return false;
        }
    }
    return sum == division->held_minor;
}

static void take_choice(struct workspace *workspace, struct item_result *item, uint32_t row,
                        const struct choice *choice)
{
    item->remedy = row;
    item->outcome = choice->is_known ? workspace->image->remedies[row].outcome
                                     : (uint8_t)OUTCOME_REQUEST_EVIDENCE;
    item->division = choice->division;
    item->is_rounded = choice->is_known && choice->is_rounded;
    if (!division_is_conserved(&item->division)) {
        workspace_fail(workspace, AMICUS_INTERNAL);
    }
}

/* Take the only candidate, or one of several that say the same; else refer, naming all. */
static void take_candidate(struct workspace *workspace, struct item_result *item)
{
    struct choice first = {.is_known = false};
    bool is_disputed = false;
    item->rivals.first = (uint32_t)workspace->rivals.count;
    for (uint32_t row = 0; row < workspace->image->remedy_count; row++) {
        if (!is_candidate(workspace, row)) {
            continue;
        }
        const struct choice choice = choose(workspace, row, item->record);
        numbers_add(workspace, &workspace->rivals, row);
        if (item->remedy == INDEX_NONE) {
            item->remedy = row;
            first = choice;
        }
        is_disputed |= !is_same_choice(workspace, item->remedy, row, &first, &choice);
    }
    if (is_disputed) {
        item->rivals.count = (uint32_t)(workspace->rivals.count - item->rivals.first);
        remedy_refer(workspace, item);
    } else {
        workspace->rivals.count = item->rivals.first;
        take_choice(workspace, item, item->remedy, &first);
    }
}

void remedy_refer(struct workspace *workspace, struct item_result *item)
{
    assert(workspace != NULL && item != NULL);
    assert(item->record < workspace->subject->record_count);
    const int64_t held = amount_of(workspace, item->record, workspace->vocabulary->roles.item_held);
    item->outcome = OUTCOME_REFER;
    item->remedy = INDEX_NONE;
    item->is_rounded = false;
    item->division = (amicus_division){.held_minor = held, .stays_held_minor = held};
}

/* Nothing is true: ask for evidence if something is open. Of a case without items the items
 * themselves are missing. */
static void take_nothing(struct workspace *workspace, struct item_result *item, bool some_open)
{
    remedy_refer(workspace, item);
    const bool is_case = item->record == RECORD_ROOT;
    item->outcome = some_open || is_case ? OUTCOME_REQUEST_EVIDENCE : OUTCOME_NO_RULE;
}

/* Whether a remedy's guard belongs to the reasons of an item: the one taken; of a referral all that
 * could be; of a request for evidence without a remedy all that are open. */
static bool is_reason(const struct workspace *workspace, const struct item_result *item,
                      uint32_t row)
{
    if (item->remedy != INDEX_NONE) {
        return row == item->remedy;
    }
    if (item->outcome == OUTCOME_REFER) {
        return is_candidate(workspace, row);
    }
    return workspace->remedy_values[row] == KLEENE_OPEN;
}

/* Look again at what decided, this time collecting it. */
static void collect_reasons(struct workspace *workspace, struct item_result *item)
{
    struct scope scope;
    scope_open(workspace, &scope);
    for (uint32_t row = 0; row < workspace->image->remedy_count; row++) {
        if (is_reason(workspace, item, row)) {
            (void)remedy_guard(workspace, row, item->record);
            (void)choose(workspace, row, item->record);
        }
    }
    scope_close(workspace, &scope, &item->looks, &item->rests_on);
}

static void decide_item(struct workspace *workspace, struct item_result *item, uint32_t record)
{
    struct scope scope;
    bool some_true = false;
    bool some_open = false;
    *item = (struct item_result){.record = record, .remedy = INDEX_NONE};
    scope_open(workspace, &scope);
    if (workspace->image->remedy_count > 0) {
        memset(workspace->remedy_values, KLEENE_FALSE, workspace->image->remedy_count);
    }
    struct eligible rows =
        eligible_of(workspace, workspace->image->issue_count + GUARD_REMEDIES, record);
    uint32_t row = 0;
    while (eligible_next(&rows, &row)) {
        const enum kleene guard = remedy_guard(workspace, row, record);
        workspace->remedy_values[row] = (uint8_t)guard;
        some_true |= guard == KLEENE_TRUE;
        some_open |= guard == KLEENE_OPEN;
    }
    if (some_true) {
        take_candidate(workspace, item);
    } else {
        take_nothing(workspace, item, some_open);
    }
    scope_close(workspace, &scope, NULL, NULL);
    if (workspace->status == AMICUS_OK && !workspace->is_blind) {
        collect_reasons(workspace, item);
    }
}

/* Ask the guards of an item that none of its eligible remedies has. */
static void ask_ruled_out(struct workspace *workspace, uint32_t record)
{
    struct scope scope;
    struct eligible rows =
        eligible_of(workspace, workspace->image->issue_count + GUARD_REMEDIES, record);
    uint32_t eligible = 0;
    bool has_more = eligible_next(&rows, &eligible);
    scope_open(workspace, &scope);
    for (uint32_t row = 0; row < workspace->image->remedy_count; row++) {
        if (has_more && row == eligible) {
            has_more = eligible_next(&rows, &eligible);
        } else {
            (void)remedy_guard(workspace, row, record);
        }
    }
    scope_close(workspace, &scope, NULL, NULL);
}

void remedy_complete(struct workspace *workspace)
{
    assert(workspace != NULL && workspace->item_count > 0);
    assert(workspace->is_taken && !workspace->is_blind);
    for (uint32_t i = 0; i < workspace->item_count && workspace->status == AMICUS_OK; i++) {
        ask_ruled_out(workspace, workspace->items[i].record);
    }
}

void remedy_decide(struct workspace *workspace)
{
    assert(workspace != NULL && workspace->item_count > 0);
    assert(workspace->is_taken);
    const uint32_t kind = workspace->vocabulary->item_kind;
    const uint32_t count = kind == KIND_NONE ? 0 : workspace_count_records(workspace, kind);
    assert(count == 0 ? workspace->item_count == 1 : workspace->item_count == count);
    for (uint32_t i = 0; i < workspace->item_count && workspace->status == AMICUS_OK; i++) {
        const uint32_t record = count == 0 ? RECORD_ROOT : workspace_record(workspace, kind, i);
        decide_item(workspace, &workspace->items[i], record);
    }
}

void remedy_mark_burden(struct workspace *workspace)
{
    assert(workspace != NULL);
    assert(workspace->is_taken);
    for (uint32_t i = 0; i < workspace->item_count; i++) {
        struct item_result *item = &workspace->items[i];
        for (uint32_t j = 0; j < item->rests_on.count && !item->on_burden; j++) {
            const uint32_t at = workspace->rests.at[item->rests_on.first + j];
            item->on_burden = workspace->results[at].label == LABEL_OPEN;
        }
    }
}

enum outcome remedy_outcome(const struct item_result *items, uint32_t count)
{
    assert(items != NULL);
    assert(count > 0);
    bool is_agreed = true;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].outcome == OUTCOME_REFER) {
            return OUTCOME_REFER;
        }
        is_agreed &= items[i].outcome == items[0].outcome;
    }
    return is_agreed ? (enum outcome)items[0].outcome : OUTCOME_SPLIT;
}

amicus_status remedy_totals(amicus_division *totals, const struct item_result *items,
                            uint32_t count)
{
    assert(totals != NULL && items != NULL);
    assert(count > 0);
    *totals = (amicus_division){0};
    for (uint32_t i = 0; i < count; i++) {
        const amicus_division *part = &items[i].division;
        const bool fits =
            money_add(&totals->held_minor, totals->held_minor, part->held_minor) == AMICUS_OK &&
            money_add(&totals->to_freelancer_minor, totals->to_freelancer_minor,
                      part->to_freelancer_minor) == AMICUS_OK &&
            money_add(&totals->to_client_minor, totals->to_client_minor, part->to_client_minor) ==
                AMICUS_OK &&
            money_add(&totals->fees_minor, totals->fees_minor, part->fees_minor) == AMICUS_OK &&
            money_add(&totals->stays_held_minor, totals->stays_held_minor,
                      part->stays_held_minor) == AMICUS_OK;
        if (!fits) {
            return AMICUS_INTERNAL;
        }
    }
    return division_is_conserved(totals) ? AMICUS_OK : AMICUS_INTERNAL;
}

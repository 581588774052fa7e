/*
 * Missing facts are tried, not guessed at: each value that an unknown fact can have is put in, as
 * if it were established, and the case is decided again (probe.c). What changes an item is decisive
 * for it; what never changes one is listed last, with could_change = false, and need not be asked.
 *
 * A fact whose values are too many to try (money, dates, numbers) could change something also when
 * some issue that was decided by its burden, or a guard that is open, waits for it; the money at
 * stake is then what the items concerned hold. It is not called decisive for that alone.
 *
 * Only stored facts are candidates that somebody can supply: derived facts follow from them.
 *
 * Cost: linear in what was read, and what probe.c costs; nothing if every fact that was looked at
 * counts.
 */
#include "missing.h"

#include "candidate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct text path_of(struct workspace *workspace, const struct missing_result *missing)
{
    struct builder builder;
    struct text path = {NULL, 0};
    builder_start(&builder, workspace->arena);
    if (missing->fact == FACT_NONE) {
        builder_put(&builder, workspace->vocabulary->kinds[missing->kind].list);
    } else {
        case_write_path(&builder, workspace->subject, missing->record, missing->fact);
    }
    if (builder_end(&path, &builder) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
    }
    return path;
}

static struct text list_question(struct workspace *workspace, uint32_t kind)
{
    struct builder builder;
    struct text question = {NULL, 0};
    builder_start(&builder, workspace->arena);
    builder_puts(&builder, "Are there any ");
    builder_put(&builder, workspace->vocabulary->kinds[kind].list);
    builder_puts(&builder, "? If there are none, say so.");
    if (builder_end(&question, &builder) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
    }
    return question;
}

static void add_candidate(struct search *search, const struct candidate *candidate)
{
    void *candidates = search->candidates;
    if (arena_grow(search->workspace->arena, &candidates, &search->capacity, search->count,
                   sizeof *candidate) != AMICUS_OK) {
        workspace_fail(search->workspace, AMICUS_MEMORY);
        return;
    }
    search->candidates = candidates;
    search->candidates[search->count] = *candidate;
    search->candidates[search->count].path = path_of(search->workspace, &candidate->result);
    search->count++;
}

static void add_list(struct search *search, uint32_t kind)
{
    const struct candidate candidate = {
        .result = {.record = RECORD_ROOT,
                   .fact = FACT_NONE,
                   .kind = kind,
                   .ask = (uint16_t)(PARTY_BIT(PARTY_CLIENT) | PARTY_BIT(PARTY_FREELANCER) |
                                     PARTY_BIT(PARTY_PLATFORM)),
                   .question = list_question(search->workspace, kind)}};
    add_candidate(search, &candidate);
}

static void add_fact(struct search *search, uint32_t record, uint32_t number)
{
    const struct workspace *workspace = search->workspace;
    const struct fact *fact = &workspace->vocabulary->facts[number];
    const uint32_t slot = workspace->subject->records[record].first_slot + fact->slot;
    if (search->is_seen[slot] || fact->knows == 0) {
        return;
    }
    search->is_seen[slot] = true;
    const struct candidate candidate = {.result = {.record = record,
                                                   .fact = number,
                                                   .kind = KIND_NONE,
                                                   .ask = fact->knows,
                                                   .question = fact->question},
                                        .slot = slot,
                                        .is_held =
                                            number == workspace->vocabulary->roles.item_held};
    add_candidate(search, &candidate);
}

/* Every read that did not count is of a fact that somebody might supply. */
static void collect(struct search *search)
{
    struct workspace *workspace = search->workspace;
    for (size_t i = 0; i < workspace->read_count && workspace->status == AMICUS_OK; i++) {
        const struct read *read = &workspace->reads[i];
        if (read->is_usable) {
            continue;
        }
        if (read->fact == FACT_NONE) {
            add_list(search, read->kind);
        } else if (workspace->vocabulary->facts[read->fact].derived == FACT_NONE) {
            add_fact(search, read->record, read->fact);
        }
    }
}

/* A case that names no money items lacks those first of all. */
static void collect_items(struct search *search)
{
    struct workspace *workspace = search->workspace;
    const uint32_t item_kind = workspace->vocabulary->item_kind;
    if (item_kind == KIND_NONE || workspace->items[0].record != RECORD_ROOT) {
        return;
    }
    for (uint32_t k = 0; k < workspace->vocabulary->kind_count; k++) {
        if (workspace->vocabulary->kinds[k].base == item_kind && workspace->list_reads[k] == 0) {
            add_list(search, k);
        }
    }
}

static bool is_about(const struct read *read, const struct candidate *candidate)
{
    return read->fact == candidate->result.fact &&
           (read->fact == FACT_NONE ? read->kind == candidate->result.kind
                                    : read->record == candidate->result.record);
}

static bool span_names(const struct workspace *workspace, const struct numbers *numbers,
                       struct span span, const struct candidate *candidate)
{
    for (uint32_t i = 0; i < span.count; i++) {
        if (is_about(&workspace->reads[numbers->at[span.first + i]], candidate)) {
            return true;
        }
    }
    return false;
}

/* Whether an issue that its burden decided waits for the fact. */
static bool issue_awaits(const struct workspace *workspace, const struct issue_result *result,
                         const struct candidate *candidate)
{
    for (uint32_t i = 0; result->on_burden && i < result->findings.count; i++) {
        const struct finding *finding = &workspace->findings[result->findings.first + i];
        if (span_names(workspace, &workspace->waiting, finding->waiting, candidate)) {
            return true;
        }
    }
    return false;
}

/* Whether an item, or an issue that it may rest on, waits for the fact. */
static bool item_awaits(const struct workspace *workspace, const struct item_result *item,
                        const struct candidate *candidate)
{
    if (item->outcome == OUTCOME_REQUEST_EVIDENCE &&
        span_names(workspace, &workspace->looks, item->looks, candidate)) {
        return true;
    }
    for (uint32_t i = 0; i < workspace->result_count; i++) {
        const struct issue_result *result = &workspace->results[i];
        if ((result->item == item->record || result->item == RECORD_NONE) &&
            issue_awaits(workspace, result, candidate)) {
            return true;
        }
    }
    return false;
}

/* What an item is worth by what anybody says of it; a read, since the ruling shows it. */
static int64_t known_amount(struct workspace *workspace, uint32_t record)
{
    const uint32_t fact = workspace->vocabulary->roles.item_amount;
    if (fact == FACT_NONE) {
        return 0;
    }
    struct scope scope;
    scope_open(workspace, &scope);
    workspace->proof = PROOF_SOME;
    const struct value value = read_stored(workspace, record, fact);
    scope_close(workspace, &scope, NULL, NULL);
    const bool is_known =
        value.standing >= STANDING_CLAIMED && value.standing <= STANDING_ESTABLISHED;
    return is_known && value.as.n > 0 ? value.as.n : 0;
}

/* The money of the items that wait for a fact; is_awaited of the candidate is set. */
static int64_t awaited_money(const struct workspace *workspace, struct candidate *candidate)
{
    int64_t money = 0;
    for (uint32_t i = 0; i < workspace->item_count; i++) {
        if (item_awaits(workspace, &workspace->items[i], candidate)) {
            const int64_t held = workspace->items[i].division.held_minor;
            money = money > INT64_MAX - held ? INT64_MAX : money + held;
            candidate->is_awaited = true;
        }
    }
    return money;
}

/* What the trials could not exclude. */
static void weigh_waiting(struct workspace *workspace, struct candidate *candidate)
{
    int64_t stake = 0;
    if (candidate->is_held) {
        candidate->result.could_change = true;
        stake = known_amount(workspace, candidate->result.record);
    } else if (!candidate->result.is_exact && candidate->is_awaited) {
        candidate->result.could_change = true;
        stake = awaited_money(workspace, candidate);
    }
    if (stake > candidate->result.at_stake_minor) {
        candidate->result.at_stake_minor = stake;
    }
}

static int by_weight(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->is_held != b->is_held) {
        return a->is_held ? -1 : 1;
    }
    if (a->result.could_change != b->result.could_change) {
        return a->result.could_change ? -1 : 1;
    }
    if (a->result.at_stake_minor != b->result.at_stake_minor) {
        return a->result.at_stake_minor > b->result.at_stake_minor ? -1 : 1;
    }
    return text_order(a->path, b->path);
}

void missing_find(struct missing_result **out, uint32_t *count, struct workspace *workspace,
                  struct trials *trials)
{
    assert(out != NULL && count != NULL && workspace != NULL && trials != NULL);
    assert(trials->base == workspace);
    struct search search = {.workspace = workspace,
                            .trials = trials,
                            .is_seen = arena_give_array(
                                workspace->arena, workspace->subject->slot_count, sizeof(bool))};
    *out = NULL;
    *count = 0;
    if (search.is_seen == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    collect(&search);
    collect_items(&search);
    for (size_t i = 0; i < search.count; i++) {
        (void)awaited_money(workspace, &search.candidates[i]);
    }
    if (search.count > 0 && workspace->status == AMICUS_OK) {
        probe_candidates(&search);
    }
    for (size_t i = 0; i < search.count; i++) {
        weigh_waiting(workspace, &search.candidates[i]);
    }
    struct missing_result *missing =
        arena_give_array(workspace->arena, search.count, sizeof *missing);
    if (missing == NULL || workspace->status != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    if (search.count > 1) {
        qsort(search.candidates, search.count, sizeof *search.candidates, by_weight);
    }
    for (size_t i = 0; i < search.count; i++) {
        missing[i] = search.candidates[i].result;
    }
    *out = missing;
    *count = (uint32_t)search.count;
}

/*
 * Probing: the values of unknown facts, put in and decided with.
 *
 * Three rounds. First each candidate alone, with every value that it can have. Then facts of one
 * kind together, where none mattered alone: of three criteria that nobody has checked none decides
 * anything, and all of them do. Then pairs of such groups, if an issue that its burden decided
 * waits for both. In the later rounds all members of a group get the same value: that finds what
 * matters in practice, and is no proof that nothing else does.
 *
 * Only facts with few values take part in the later rounds. Of the others (money, dates, numbers,
 * texts) what somebody said is tried, and absence.
 *
 * Cost: one decision a trial; all rounds together stop at LIMIT_TRIALS, and facts that could not be
 * tried to the end are marked as not exact.
 */
#include "candidate.h"

#include "limit.h"

#include <assert.h>

/* Candidates that get the same value: those from `first` on that are of the same fact. */
struct group {
    size_t first;
    uint32_t fact;
};

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

/* What a trial moves for one item: the freelancer's difference or, where one side divides and the
 * other does not, all that is held. */
static int64_t moved(const struct item_result *before, const struct item_result *after)
{
    const bool divides_before = before->division.stays_held_minor == 0;
    const bool divides_after = after->division.stays_held_minor == 0;
    if (divides_before != divides_after) {
        return before->division.held_minor > after->division.held_minor
                   ? before->division.held_minor
                   : after->division.held_minor;
    }
    return distance(before->division.to_freelancer_minor, after->division.to_freelancer_minor);
}

static int64_t add_capped(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* What a trial tells: which items it changed, and what it moved. */
struct effect {
    bool has_one;
    int64_t stake;
};

static struct effect effect_of(const struct workspace *workspace, const struct workspace *out)
{
    struct effect effect = {false, 0};
    for (uint32_t i = 0; i < workspace->item_count; i++) {
        if (item_differs(&workspace->items[i], &out->items[i])) {
            workspace->is_decisive[workspace->items[i].record] = true;
            effect.has_one = true;
            effect.stake = add_capped(effect.stake, moved(&workspace->items[i], &out->items[i]));
        }
    }
    return effect;
}

static void note_effect(struct candidate *candidate, struct effect effect)
{
    candidate->result.could_change |= effect.has_one;
    if (effect.stake > candidate->result.at_stake_minor) {
        candidate->result.at_stake_minor = effect.stake;
    }
}

/* Decide with a change; false if no more trials may be run. */
static bool probe(struct search *search, const struct change *change, struct effect *effect)
{
    struct workspace out;
    *effect = (struct effect){false, 0};
    if (search->trials->count >= limit_of(LIMIT_TRIALS)) {
        return false;
    }
    const amicus_status status = trial_run(&out, search->trials, change);
    if (status != AMICUS_OK) {
        workspace_fail(search->workspace, status);
        return false;
    }
    *effect = effect_of(search->workspace, &out);
    return true;
}

static bool probe_value(struct search *search, struct candidate *candidate, struct value value)
{
    const struct patch patch = {candidate->slot, value};
    struct effect effect;
    const bool was_run =
        probe(search, &(struct change){.patches = &patch, .patch_count = 1}, &effect);
    note_effect(candidate, effect);
    candidate->result.is_exact &= was_run;
    return was_run;
}

/* How many known values a fact can have, 0 if too many to try. */
static uint32_t count_values(const struct workspace *workspace, const struct fact *fact)
{
    switch ((enum value_type)fact->type) {
    case TYPE_BOOL: return 2;
    case TYPE_ENUM: return fact->member_count;
    case TYPE_REF: return workspace_count_records(workspace, fact->ref_kind);
    case TYPE_NONE:
    case TYPE_INT:
    case TYPE_BPS:
    case TYPE_MINUTES:
    case TYPE_MONEY:
    case TYPE_INSTANT:
    case TYPE_DATE:
    case TYPE_DURATION:
    case TYPE_ENUMS:
    case TYPE_TEXT:
    case TYPE_COUNT: break;
    }
    return 0;
}

/* The n-th value of a fact, as if established; behind the last, that it is absent. */
static struct value nth_value(const struct workspace *workspace, const struct fact *fact,
                              uint32_t n)
{
    if (n >= count_values(workspace, fact)) {
        return (struct value){.type = fact->type, .standing = STANDING_ABSENT};
    }
    const uint32_t number =
        fact->type == TYPE_REF ? workspace_record(workspace, fact->ref_kind, n) : n;
    return (struct value){.as.n = number, .type = fact->type, .standing = STANDING_ESTABLISHED};
}

/* Try what somebody said of the fact. */
static bool probe_statements(struct search *search, struct candidate *candidate)
{
    const struct amicus_case *subject = search->workspace->subject;
    const struct slot *slot = &subject->slots[candidate->slot];
    bool goes_on = true;
    for (uint32_t i = 0; goes_on && i < slot->statement_count; i++) {
        struct value value = subject->statements[slot->first_statement + i].value;
        value.standing = STANDING_ESTABLISHED;
        goes_on = probe_value(search, candidate, value);
    }
    return goes_on;
}

static void probe_fact(struct search *search, struct candidate *candidate)
{
    const struct workspace *workspace = search->workspace;
    const struct fact *fact = &workspace->vocabulary->facts[candidate->result.fact];
    const uint32_t count = count_values(workspace, fact);
    candidate->result.is_exact = count > 0;
    bool goes_on = count > 0 || probe_statements(search, candidate);
    for (uint32_t n = 0; goes_on && n <= count; n++) {
        goes_on = probe_value(search, candidate, nth_value(workspace, fact, n));
    }
}

/* An empty list may be complete. That it may have members is tried only by completing it, so of a
 * list of money items anything may follow. */
static void probe_list(struct search *search, struct candidate *candidate)
{
    const uint32_t kind = candidate->result.kind;
    struct effect effect;
    const bool was_run = probe(search, &(struct change){.has_list = true, .kind = kind}, &effect);
    const bool is_of_items = search->workspace->vocabulary->kinds[kind].base ==
                                 search->workspace->vocabulary->item_kind &&
                             search->workspace->vocabulary->item_kind != KIND_NONE;
    note_effect(candidate, effect);
    candidate->result.is_exact = was_run && !is_of_items;
    candidate->result.could_change |= is_of_items;
}

static bool is_in(const struct group *group, const struct candidate *candidate)
{
    return candidate->result.fact == group->fact;
}

/* The group of a candidate, if it is the first of its fact and none of them mattered so far. */
static bool find_group(const struct search *search, size_t first, struct group *group)
{
    const uint32_t number = search->candidates[first].result.fact;
    *group = (struct group){first, number};
    if (number == FACT_NONE ||
        count_values(search->workspace, &search->workspace->vocabulary->facts[number]) == 0) {
        return false;
    }
    for (size_t i = 0; i < search->count; i++) {
        const bool is_same = is_in(group, &search->candidates[i]);
        if (is_same && (i < first || search->candidates[i].result.could_change)) {
            return false;
        }
    }
    return true;
}

static uint32_t add_patches(const struct search *search, const struct group *group, uint32_t n,
                            struct patch *patches)
{
    const struct fact *fact = &search->workspace->vocabulary->facts[group->fact];
    const struct value value = nth_value(search->workspace, fact, n);
    uint32_t count = 0;
    for (size_t i = group->first; i < search->count; i++) {
        if (is_in(group, &search->candidates[i])) {
            patches[count++] = (struct patch){search->candidates[i].slot, value};
        }
    }
    return count;
}

static void note_group(struct search *search, const struct group *group, struct effect effect)
{
    for (size_t i = group->first; effect.has_one && i < search->count; i++) {
        if (is_in(group, &search->candidates[i])) {
            note_effect(&search->candidates[i], effect);
        }
    }
}

static uint32_t last_value(const struct search *search, const struct group *group)
{
    return count_values(search->workspace, &search->workspace->vocabulary->facts[group->fact]);
}

/* All facts of a group with the same value, where there is more than one. */
static void probe_group(struct search *search, const struct group *group, struct patch *patches)
{
    bool goes_on = true;
    for (uint32_t n = 0; goes_on && n <= last_value(search, group); n++) {
        struct effect effect;
        const uint32_t count = add_patches(search, group, n, patches);
        if (count < 2) {
            return;
        }
        goes_on =
            probe(search, &(struct change){.patches = patches, .patch_count = count}, &effect);
        note_group(search, group, effect);
    }
}

static void probe_pair(struct search *search, const struct group *a, const struct group *b,
                       struct patch *patches)
{
    bool goes_on = true;
    const uint32_t a_last = last_value(search, a);
    const uint32_t b_last = last_value(search, b);
    for (uint32_t n = 0; goes_on && n < (a_last + 1) * (b_last + 1); n++) {
        struct effect effect;
        uint32_t count = add_patches(search, a, n / (b_last + 1), patches);
        count += add_patches(search, b, n % (b_last + 1), patches + count);
        goes_on =
            probe(search, &(struct change){.patches = patches, .patch_count = count}, &effect);
        note_group(search, a, effect);
        note_group(search, b, effect);
    }
}

static bool is_awaited(const struct search *search, const struct group *group)
{
    for (size_t i = group->first; i < search->count; i++) {
        if (is_in(group, &search->candidates[i]) && search->candidates[i].is_awaited) {
            return true;
        }
    }
    return false;
}

static bool is_of_one_kind(const struct search *search, size_t i, size_t j)
{
    const struct fact *facts = search->workspace->vocabulary->facts;
    const uint32_t a = search->candidates[i].result.fact;
    const uint32_t b = search->candidates[j].result.fact;
    return a != FACT_NONE && b != FACT_NONE && facts[a].kind == facts[b].kind;
}

/* A pair of groups, if an issue may wait for both and neither has mattered so far. */
static void probe_two(struct search *search, size_t i, size_t j, struct patch *patches)
{
    struct group a;
    struct group b;
    if (find_group(search, i, &a) && is_awaited(search, &a) && find_group(search, j, &b) &&
        is_awaited(search, &b)) {
        probe_pair(search, &a, &b, patches);
    }
}

/* Pairs with the i-th candidate's group, of one kind of record or of two. */
static void probe_partners(struct search *search, size_t i, struct patch *patches, bool of_one_kind)
{
    for (size_t j = i + 1; j < search->count && search->workspace->status == AMICUS_OK; j++) {
        if (is_of_one_kind(search, i, j) == of_one_kind) {
            probe_two(search, i, j, patches);
        }
    }
}

static void probe_pairs(struct search *search, struct patch *patches, bool of_one_kind)
{
    for (size_t i = 0; i < search->count; i++) {
        probe_partners(search, i, patches, of_one_kind);
    }
}

void probe_candidates(struct search *search)
{
    assert(search != NULL && search->workspace != NULL);
    assert(search->trials->base == search->workspace);
    struct workspace *workspace = search->workspace;
    struct patch *patches = arena_give_array(workspace->arena, search->count, sizeof *patches);
    if (patches == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    for (size_t i = 0; i < search->count && workspace->status == AMICUS_OK; i++) {
        if (search->candidates[i].result.fact == FACT_NONE) {
            probe_list(search, &search->candidates[i]);
        } else {
            probe_fact(search, &search->candidates[i]);
        }
    }
    for (size_t i = 0; i < search->count && workspace->status == AMICUS_OK; i++) {
        struct group group;
        if (find_group(search, i, &group)) {
            probe_group(search, &group, patches);
        }
    }
    probe_pairs(search, patches, true); /* facts of one record have most to do with each other */
    probe_pairs(search, patches, false);
}

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

/* Candidates that get the same value: those from `first` on that are of the same fact. Gathered
 * once, because a case can have thousands of candidates and every pair of groups is looked at. */
struct group {
    size_t first;
    uint32_t fact;
    uint32_t count;
    bool is_awaited;   /* an issue that its burden decided waits for one of them */
    bool has_mattered; /* one of them could change the outcome, by itself or in a later round */
};

struct groups {
    struct group *list;
    size_t count;
    struct patch *patches; /* room for all candidates */
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

static struct group *find_group(const struct groups *groups, uint32_t fact)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->list[i].fact == fact) {
            return &groups->list[i];
        }
    }
    return NULL;
}

static bool is_grouped(const struct search *search, const struct candidate *candidate)
{
    const uint32_t fact = candidate->result.fact;
    return fact != FACT_NONE &&
           count_values(search->workspace, &search->workspace->vocabulary->facts[fact]) > 0;
}

/* The groups in the order of their first candidates. */
static void gather_groups(const struct search *search, struct groups *groups)
{
    for (size_t i = 0; i < search->count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (!is_grouped(search, candidate)) {
            continue;
        }
        struct group *group = find_group(groups, candidate->result.fact);
        if (group == NULL) {
            group = &groups->list[groups->count++];
            *group = (struct group){.first = i, .fact = candidate->result.fact};
        }
        group->count++;
        group->is_awaited |= candidate->is_awaited;
        group->has_mattered |= candidate->result.could_change;
    }
}

static uint32_t add_patches(const struct search *search, const struct group *group, uint32_t n,
                            struct patch *patches)
{
    const struct fact *fact = &search->workspace->vocabulary->facts[group->fact];
    const struct value value = nth_value(search->workspace, fact, n);
    uint32_t count = 0;
    for (size_t i = group->first; count < group->count; i++) {
        if (is_in(group, &search->candidates[i])) {
            patches[count++] = (struct patch){search->candidates[i].slot, value};
        }
    }
    return count;
}

static void note_group(struct search *search, struct group *group, struct effect effect)
{
    for (size_t i = group->first; effect.has_one && i < search->count; i++) {
        if (is_in(group, &search->candidates[i])) {
            note_effect(&search->candidates[i], effect);
        }
    }
    group->has_mattered |= effect.has_one;
}

static uint32_t last_value(const struct search *search, const struct group *group)
{
    return count_values(search->workspace, &search->workspace->vocabulary->facts[group->fact]);
}

/* All facts of a group with the same value, where there is more than one. */
static void probe_group(struct search *search, struct group *group, struct patch *patches)
{
    bool goes_on = group->count > 1;
    for (uint32_t n = 0; goes_on && n <= last_value(search, group); n++) {
        struct effect effect;
        const uint32_t count = add_patches(search, group, n, patches);
        goes_on =
            probe(search, &(struct change){.patches = patches, .patch_count = count}, &effect);
        note_group(search, group, effect);
    }
}

static void probe_pair(struct search *search, struct group *a, struct group *b,
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

static bool is_of_one_kind(const struct search *search, const struct group *a,
                           const struct group *b)
{
    const struct fact *facts = search->workspace->vocabulary->facts;
    return facts[a->fact].kind == facts[b->fact].kind;
}

/* May an issue wait for this group, and has it not mattered so far? */
static bool is_open(const struct group *group)
{
    return group->is_awaited && !group->has_mattered;
}

/* Pairs of groups that an issue may wait for, of one kind of record or of two. */
static void probe_pairs(struct search *search, struct groups *groups, bool of_one_kind)
{
    for (size_t i = 0; i < groups->count; i++) {
        struct group *a = &groups->list[i];
        for (size_t j = i + 1; j < groups->count && search->workspace->status == AMICUS_OK; j++) {
            struct group *b = &groups->list[j];
            if (is_open(a) && is_open(b) && is_of_one_kind(search, a, b) == of_one_kind) {
                probe_pair(search, a, b, groups->patches);
            }
        }
    }
}

static void probe_groups(struct search *search)
{
    struct workspace *workspace = search->workspace;
    struct groups groups = {.count = 0};
    groups.patches = arena_give_array(workspace->arena, search->count, sizeof *groups.patches);
    groups.list =
        arena_give_array(workspace->arena, workspace->vocabulary->fact_count, sizeof *groups.list);
    if (groups.patches == NULL || groups.list == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    gather_groups(search, &groups);
    for (size_t i = 0; i < groups.count && workspace->status == AMICUS_OK; i++) {
        if (!groups.list[i].has_mattered) {
            probe_group(search, &groups.list[i], groups.patches);
        }
    }
    probe_pairs(search, &groups, true); /* facts of one record have most to do with each other */
    probe_pairs(search, &groups, false);
}

void probe_candidates(struct search *search)
{
    assert(search != NULL && search->workspace != NULL);
    assert(search->trials->base == search->workspace);
    for (size_t i = 0; i < search->count && search->workspace->status == AMICUS_OK; i++) {
        if (search->candidates[i].result.fact == FACT_NONE) {
            probe_list(search, &search->candidates[i]);
        } else {
            probe_fact(search, &search->candidates[i]);
        }
    }
    if (search->workspace->status == AMICUS_OK) {
        probe_groups(search);
    }
}

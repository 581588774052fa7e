/*
 * The workspace owns all memory of a decision, and the log of what was read.
 *
 * Every fact that is looked at is kept once for each standard, in `reads`. What a rule looked at is
 * a span of places in it (`looks`). Two trails collect them while a rule is evaluated: a number is
 * added if its mark is not the stamp of the open scope, so duplicates cost one comparison, and
 * nothing is cleared between rules. Scopes nest, because evaluating a derived fact interrupts the
 * rule that reads it: an inner scope puts back, when it ends, the marks that it overwrote.
 *
 * INVARIANT: marks of reads holds read_capacity numbers. After the first failure (status) calls do
 * nothing that could fail again, and whoever loops looks at status between rules.
 *
 * Cost: one allocation an array, sized from image and case; a read of a fact is an index into
 * values, one into stored_reads and one into marks.
 */
#include "workspace.h"

#include <assert.h>
#include <string.h>

/* A decided case of two items reads about 250 facts; the arrays double beyond that. */
static const size_t READS_FIRST = 256;
static const size_t FIRST_COUNT = 256;

/* Which standings count at a standard of proof: this one and the stronger ones. */
static const uint8_t FLOOR[PROOF_COUNT] = {
    [PROOF_SOME] = STANDING_CLAIMED,
    [PROOF_BALANCE] = STANDING_SUPPORTED,
    [PROOF_CLEAR] = STANDING_ESTABLISHED,
};

void workspace_fail(struct workspace *workspace, amicus_status status)
{
    assert(workspace != NULL && status != AMICUS_OK);
    if (workspace->status == AMICUS_OK) {
        workspace->status = status;
    }
}

static void *give(struct workspace *workspace, size_t count, size_t each_bytes)
{
    void *given = arena_give_array(workspace->arena, count, each_bytes);
    if (given == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
    }
    return given;
}

/* Count the records of each kind, and find where they begin among those of their union. */
static void count_records(struct workspace *workspace)
{
    const struct vocabulary *vocabulary = workspace->vocabulary;
    workspace->counts[KIND_ROOT] = 1;
    for (uint32_t k = 1; k < vocabulary->kind_count; k++) {
        const uint32_t base = vocabulary->kinds[k].base;
        workspace->counts[k] += workspace->lists[k].count;
        if (base != KIND_NONE) {
            workspace->offsets[k] = workspace->counts[base];
            workspace->counts[base] += workspace->lists[k].count;
        }
    }
}

static void count_results(struct workspace *workspace)
{
    const struct image *image = workspace->image;
    for (uint32_t i = 0; i < image->issue_count; i++) {
        workspace->first_result[i] = workspace->result_count;
        workspace->result_count += workspace->counts[image->issues[i].kind];
    }
}

static void give_tables(struct workspace *workspace)
{
    const struct image *image = workspace->image;
    const struct amicus_case *subject = workspace->subject;
    const uint32_t kinds = workspace->vocabulary->kind_count;
    workspace->stored_reads =
        give(workspace, (size_t)subject->slot_count * PROOF_COUNT, sizeof *workspace->stored_reads);
    workspace->list_reads = give(workspace, kinds, sizeof *workspace->list_reads);
    workspace->cells =
        give(workspace, (size_t)subject->derived_count * PROOF_COUNT, sizeof *workspace->cells);
    workspace->offsets = give(workspace, kinds, sizeof *workspace->offsets);
    workspace->counts = give(workspace, kinds, sizeof *workspace->counts);
    workspace->first_result = give(workspace, image->issue_count, sizeof *workspace->first_result);
    workspace->undercut_at = give(workspace, image->rule_count, sizeof *workspace->undercut_at);
    workspace->remedy_values = give(workspace, image->remedy_count, 1);
    workspace->reading_of = give(workspace, image->version_count, sizeof *workspace->reading_of);
    workspace->uses = give(workspace, image->version_count, 1);
    workspace->is_decisive = give(workspace, subject->record_count, sizeof(bool));
    workspace->owners = give(workspace, subject->record_count, sizeof *workspace->owners);
    workspace->reads = give(workspace, READS_FIRST, sizeof *workspace->reads);
    workspace->read_trail.marks = give(workspace, READS_FIRST, sizeof(uint32_t));
}

static void give_results(struct workspace *workspace)
{
    const uint32_t item_kind = workspace->vocabulary->item_kind;
    count_records(workspace);
    count_results(workspace);
    const uint32_t items = item_kind == KIND_NONE ? 0 : workspace->counts[item_kind];
    workspace->results = give(workspace, workspace->result_count, sizeof *workspace->results);
    workspace->leans = give(workspace, workspace->result_count, sizeof(bool));
    workspace->issue_trail.marks = give(workspace, workspace->result_count, sizeof(uint32_t));
    workspace->item_count = items == 0 ? 1 : items;
    workspace->items = give(workspace, workspace->item_count, sizeof *workspace->items);
    workspace->finding_capacity = (size_t)workspace->image->rule_count * workspace->item_count;
    workspace->findings = give(workspace, workspace->finding_capacity, sizeof *workspace->findings);
}

amicus_status workspace_start(struct workspace *workspace, const struct amicus_rulebook *rulebook,
                              const struct amicus_case *subject, struct arena *arena)
{
    assert(workspace != NULL && rulebook != NULL && subject != NULL && arena != NULL);
    assert(rulebook->image.vocabulary->fact_count == subject->vocabulary->fact_count);
    *workspace = (struct workspace){.rulebook = rulebook,
                                    .image = &rulebook->image,
                                    .vocabulary = subject->vocabulary,
                                    .subject = subject,
                                    .values = subject->values,
                                    .lists = subject->lists,
                                    .arena = arena,
                                    .proof = PROOF_BALANCE,
                                    .is_taken = true,
                                    .phase = 1,
                                    .read_capacity = READS_FIRST};
    give_tables(workspace);
    if (workspace->status == AMICUS_OK) {
        give_results(workspace);
    }
    return workspace->status;
}

struct value *workspace_patch_values(struct workspace *workspace)
{
    assert(workspace != NULL);
    assert(workspace->read_count == 0);
    const size_t count = workspace->subject->slot_count;
    struct value *copy = give(workspace, count, sizeof *copy);
    if (copy != NULL) {
        memcpy(copy, workspace->values, count * sizeof *copy);
        workspace->values = copy;
    }
    return copy;
}

struct case_list *workspace_patch_lists(struct workspace *workspace)
{
    assert(workspace != NULL);
    assert(workspace->read_count == 0);
    const size_t count = workspace->vocabulary->kind_count;
    struct case_list *copy = give(workspace, count, sizeof *copy);
    if (copy != NULL) {
        memcpy(copy, workspace->lists, count * sizeof *copy);
        workspace->lists = copy;
    }
    return copy;
}

/* Make room for one more element; the first time for FIRST_COUNT. */
static bool make_room(struct workspace *workspace, void **items, size_t *capacity,
                      size_t each_bytes)
{
    amicus_status status = AMICUS_OK;
    if (*capacity == 0) {
        *items = arena_give_array(workspace->arena, FIRST_COUNT, each_bytes);
        *capacity = *items == NULL ? 0 : FIRST_COUNT;
        status = *items == NULL ? AMICUS_MEMORY : AMICUS_OK;
    } else {
        status = arena_grow(workspace->arena, items, capacity, *capacity, each_bytes);
    }
    if (status != AMICUS_OK) {
        workspace_fail(workspace, status);
    }
    return status == AMICUS_OK;
}

void numbers_add(struct workspace *workspace, struct numbers *numbers, uint32_t number)
{
    assert(workspace != NULL && numbers != NULL);
    assert(numbers->count <= numbers->capacity);
    if (numbers->count == numbers->capacity) {
        void *items = numbers->at;
        if (!make_room(workspace, &items, &numbers->capacity, sizeof *numbers->at)) {
            return;
        }
        numbers->at = items;
    }
    numbers->at[numbers->count++] = number;
}

static bool grow_trail(struct workspace *workspace, struct trail *trail)
{
    void *items = trail->steps;
    const bool is_done = make_room(workspace, &items, &trail->capacity, sizeof *trail->steps);
    trail->steps = is_done ? items : trail->steps;
    return is_done;
}

static inline void trail_note(struct workspace *workspace, struct trail *trail, uint32_t id)
{
    if (trail->marks[id] == workspace->stamp) {
        return;
    }
    if (trail->count == trail->capacity && !grow_trail(workspace, trail)) {
        return;
    }
    trail->steps[trail->count++] = (struct step){id, trail->marks[id]};
    trail->marks[id] = workspace->stamp;
}

/* Keep what a trail collected from `first` on in `kept`, if not NULL, and cut it back. */
static struct span trail_cut(struct workspace *workspace, struct trail *trail, size_t first,
                             struct numbers *kept)
{
    struct span span = {kept == NULL ? 0 : (uint32_t)kept->count, 0};
    for (size_t i = first; i < trail->count; i++) {
        trail->marks[trail->steps[i].id] = trail->steps[i].before;
        if (kept != NULL) {
            numbers_add(workspace, kept, trail->steps[i].id);
        }
    }
    span.count = kept == NULL ? 0 : (uint32_t)(kept->count - span.first);
    trail->count = first;
    return span;
}

void scope_open(struct workspace *workspace, struct scope *scope)
{
    assert(workspace != NULL && scope != NULL);
    assert(workspace->stamps < UINT32_MAX);
    scope->first_read = workspace->read_trail.count;
    scope->first_issue = workspace->issue_trail.count;
    scope->outer_stamp = workspace->stamp;
    workspace->stamp = ++workspace->stamps;
}

void scope_close(struct workspace *workspace, const struct scope *scope, struct span *looks,
                 struct span *rests)
{
    assert(workspace != NULL && scope != NULL);
    assert(scope->first_read <= workspace->read_trail.count);
    const struct span reads = trail_cut(workspace, &workspace->read_trail, scope->first_read,
                                        looks == NULL ? NULL : &workspace->looks);
    const struct span issues = trail_cut(workspace, &workspace->issue_trail, scope->first_issue,
                                         rests == NULL ? NULL : &workspace->rests);
    workspace->stamp = scope->outer_stamp;
    if (looks != NULL) {
        *looks = reads;
    }
    if (rests != NULL) {
        *rests = issues;
    }
}

void note_read(struct workspace *workspace, uint32_t read)
{
    assert(workspace != NULL);
    assert(read < workspace->read_capacity);
    trail_note(workspace, &workspace->read_trail, read);
}

void note_issue(struct workspace *workspace, uint32_t result)
{
    assert(workspace != NULL);
    assert(result < workspace->result_count);
    if (workspace->is_blind) {
        return;
    }
    trail_note(workspace, &workspace->issue_trail, result);
}

void note_looks(struct workspace *workspace, struct span looks)
{
    assert(workspace != NULL);
    assert(looks.first + looks.count <= workspace->looks.count);
    for (uint32_t i = 0; i < looks.count; i++) {
        trail_note(workspace, &workspace->read_trail, workspace->looks.at[looks.first + i]);
    }
}

static bool grow_reads(struct workspace *workspace)
{
    void *reads = workspace->reads;
    void *marks = workspace->read_trail.marks;
    size_t capacity = workspace->read_capacity;
    size_t same = workspace->read_capacity;
    const size_t count = workspace->read_count;
    if (arena_grow(workspace->arena, &reads, &capacity, count, sizeof(struct read)) != AMICUS_OK ||
        arena_grow(workspace->arena, &marks, &same, count, sizeof(uint32_t)) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return false;
    }
    assert(capacity == same);
    workspace->reads = reads;
    workspace->read_trail.marks = marks;
    workspace->read_capacity = capacity;
    return true;
}

uint32_t workspace_add_read(struct workspace *workspace, const struct read *read)
{
    assert(workspace != NULL && read != NULL);
    assert(workspace->read_count <= workspace->read_capacity);
    if (workspace->read_count == workspace->read_capacity && !grow_reads(workspace)) {
        return 0;
    }
    workspace->reads[workspace->read_count] = *read;
    return (uint32_t)workspace->read_count++;
}

/* The place in reads of a stored fact at the standard being asked. */
static uint32_t find_stored(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    const struct amicus_case *subject = workspace->subject;
    const uint32_t slot =
        subject->records[record].first_slot + workspace->vocabulary->facts[fact].slot;
    assert(slot < subject->slot_count);
    uint32_t *known = &workspace->stored_reads[(size_t)slot * PROOF_COUNT + workspace->proof];
    if (*known == 0) {
        const struct value *value = &workspace->values[slot];
        const struct read read = {
            .record = record,
            .fact = fact,
            .kind = KIND_NONE,
            .proof = workspace->proof,
            .is_usable = value->standing >= FLOOR[workspace->proof],
            .value = *value,
            .evidence = {subject->slots[slot].first_backing, subject->slots[slot].backing_count},
        };
        *known = workspace_add_read(workspace, &read) + 1;
    }
    return *known - 1;
}

static const struct value *value_at(const struct workspace *workspace, uint32_t record,
                                    uint32_t fact)
{
    return &workspace->values[workspace->subject->records[record].first_slot +
                              workspace->vocabulary->facts[fact].slot];
}

struct value read_raw(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    assert(workspace != NULL && record < workspace->subject->record_count);
    assert(fact < workspace->vocabulary->fact_count);
    if (workspace->is_blind) {
        return *value_at(workspace, record, fact);
    }
    const uint32_t read = find_stored(workspace, record, fact);
    note_read(workspace, read);
    return workspace->reads[read].value;
}

struct value read_stored(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    assert(workspace != NULL && record < workspace->subject->record_count);
    assert(workspace->vocabulary->facts[fact].derived == FACT_NONE);
    struct value value = read_raw(workspace, record, fact);
    if (value.standing < FLOOR[workspace->proof]) {
        value.standing = STANDING_UNKNOWN;
    }
    return value;
}

void read_empty_list(struct workspace *workspace, uint32_t kind)
{
    assert(workspace != NULL && kind < workspace->vocabulary->kind_count);
    assert(workspace->lists[kind].count == 0);
    if (workspace->is_blind) {
        return;
    }
    uint32_t *known = &workspace->list_reads[kind];
    if (*known == 0) {
        const bool is_closed = workspace->lists[kind].is_closed;
        const struct read read = {
            .record = RECORD_ROOT,
            .fact = FACT_NONE,
            .kind = kind,
            .proof = workspace->proof,
            .is_usable = is_closed,
            .value = {.standing = is_closed ? STANDING_ABSENT : STANDING_UNKNOWN},
        };
        *known = workspace_add_read(workspace, &read) + 1;
    }
    note_read(workspace, *known - 1);
}

/* Follow a kind's owner path as far as the case tells; standing does not matter for a name. */
static uint32_t find_owner(const struct workspace *workspace, uint32_t record)
{
    const struct amicus_case *subject = workspace->subject;
    const struct kind *kind = &workspace->vocabulary->kinds[subject->records[record].kind];
    const uint32_t item_kind = workspace->vocabulary->item_kind;
    if (item_kind != KIND_NONE && kind->base == item_kind) {
        return record;
    }
    if (kind->owner_path[0] == FACT_NONE || record == RECORD_ROOT) {
        return RECORD_NONE;
    }
    uint32_t at = record;
    for (unsigned i = 0; i < 3 && kind->owner_path[i] != FACT_NONE; i++) {
        const struct fact *fact = &workspace->vocabulary->facts[kind->owner_path[i]];
        const struct value *value =
            &workspace->values[subject->records[at].first_slot + fact->slot];
        if (value->standing < STANDING_CLAIMED || value->standing > STANDING_ESTABLISHED) {
            return RECORD_NONE;
        }
        at = (uint32_t)value->as.n;
        assert(at < subject->record_count);
    }
    return at;
}

uint32_t workspace_owner(struct workspace *workspace, uint32_t record)
{
    assert(workspace != NULL);
    assert(record < workspace->subject->record_count);
    uint32_t *known = &workspace->owners[record];
    if (*known == 0) {
        *known = find_owner(workspace, record) + 1; /* RECORD_NONE + 1 is 0: looked up again */
    }
    return *known - 1;
}

uint32_t workspace_bind(struct workspace *workspace, uint32_t kind, uint32_t record)
{
    assert(workspace != NULL);
    assert(record < workspace->subject->record_count);
    if (kind == KIND_ROOT) {
        return RECORD_ROOT;
    }
    const struct record *records = workspace->subject->records;
    if (kind_is(workspace->vocabulary, records[record].kind, kind)) {
        return record;
    }
    const uint32_t owner = workspace_owner(workspace, record);
    const bool fits =
        owner != RECORD_NONE && kind_is(workspace->vocabulary, records[owner].kind, kind);
    return fits ? owner : RECORD_NONE;
}

uint32_t workspace_result(struct workspace *workspace, uint32_t issue, uint32_t record)
{
    assert(workspace != NULL);
    assert(issue < workspace->image->issue_count);
    const uint32_t kind = workspace->image->issues[issue].kind;
    const uint32_t bound = workspace_bind(workspace, kind, record);
    if (bound == RECORD_NONE) {
        return INDEX_NONE;
    }
    const struct record *of = &workspace->subject->records[bound];
    const uint32_t offset =
        workspace->vocabulary->kinds[kind].is_union ? workspace->offsets[of->kind] : 0;
    return workspace->first_result[issue] + (kind == KIND_ROOT ? 0 : offset + of->row);
}

uint32_t workspace_count_records(const struct workspace *workspace, uint32_t kind)
{
    assert(workspace != NULL);
    assert(kind < workspace->vocabulary->kind_count);
    return workspace->counts[kind];
}

uint32_t workspace_record(const struct workspace *workspace, uint32_t kind, uint32_t n)
{
    assert(workspace != NULL);
    assert(n < workspace_count_records(workspace, kind));
    if (kind == KIND_ROOT) {
        return RECORD_ROOT;
    }
    const struct kind *kinds = workspace->vocabulary->kinds;
    if (!kinds[kind].is_union) {
        return workspace->lists[kind].first + n;
    }
    uint32_t k = 0;
    while (kinds[k].base != kind || n >= workspace->lists[k].count) {
        n -= kinds[k].base == kind ? workspace->lists[k].count : 0;
        k++;
    }
    return workspace->lists[k].first + n;
}

/* The party that an enum fact names, whatever its standing, if the case says one thing. */
static uint8_t named_party(const struct workspace *workspace, uint32_t record, uint32_t number)
{
    if (number == FACT_NONE) {
        return PARTY_NONE;
    }
    const struct fact *fact = &workspace->vocabulary->facts[number];
    const struct record *of = &workspace->subject->records[record];
    const struct value *value = &workspace->values[of->first_slot + fact->slot];
    if (value->standing < STANDING_CLAIMED || value->standing > STANDING_ESTABLISHED ||
        fact->type != TYPE_ENUM) {
        return PARTY_NONE;
    }
    return (uint8_t)party_find(fact->members[value->as.n].name);
}

static uint8_t other_party(uint8_t party)
{
    return party == PARTY_CLIENT       ? PARTY_FREELANCER
           : party == PARTY_FREELANCER ? PARTY_CLIENT
                                       : PARTY_NONE;
}

uint8_t workspace_party(const struct workspace *workspace, uint8_t party, uint32_t record)
{
    assert(workspace != NULL);
    assert(record < workspace->subject->record_count);
    const struct roles *roles = &workspace->vocabulary->roles;
    if (party == PARTY_FILER) {
        return named_party(workspace, RECORD_ROOT, roles->filed_by);
    }
    if (party == PARTY_RESPONDENT) {
        return other_party(named_party(workspace, RECORD_ROOT, roles->filed_by));
    }
    if (party != PARTY_OBJECTOR) {
        return party;
    }
    const bool is_evidence =
        workspace->subject->records[record].kind == workspace->vocabulary->evidence_kind;
    return is_evidence ? other_party(named_party(workspace, record, roles->evidence_submitter))
                       : PARTY_NONE;
}

/*
 * The workspace owns all memory of a decision, and the log of what was read.
 *
 * Every fact that is looked at is kept once for each standard, in `reads`. What a rule looked at is
 * a span of places in it (`looks`). Two trails collect them while a rule is evaluated: a number is
 * added if its mark is not the stamp of the open scope, so duplicates cost one comparison, and
 * nothing is cleared between rules. Scopes nest, because evaluating a derived fact interrupts the
 * rule that reads it: an inner scope puts back, when it ends, the marks that it overwrote.
 *
 * What belongs to a standard (which stored facts were read, the cells of derived ones) lies in a
 * plane, made when something is first asked at that standard. Arrays that are written before they
 * are read are lent by the arena and not zeroed.
 *
 * INVARIANT: marks of reads holds read_capacity numbers. After the first failure (status) calls do
 * nothing that could fail again, and whoever loops looks at status between rules.
 *
 * Cost: one allocation an array, sized from image and case; a read of a fact is an index into
 * values, one into stored_reads and one into marks.
 */
#include "workspace.h"

#include "footprint.h"

#include <assert.h>
#include <string.h>

/* A decided case of two items reads about 250 facts, and names them 2,000 times; arrays double
 * beyond that. */
static const size_t READS_FIRST = 256;
static const size_t LOOKS_FIRST = 2048;
static const size_t FIRST_COUNT = 256;

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

/* Memory for an array whose elements are written before they are read. */
static void *lend(struct workspace *workspace, size_t count, size_t each_bytes)
{
    void *given = arena_lend_array(workspace->arena, count, each_bytes);
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

const struct plane *workspace_open_plane(struct workspace *workspace)
{
    assert(workspace != NULL && workspace->proof < PROOF_COUNT);
    const struct amicus_case *subject = workspace->subject;
    struct plane *plane = &workspace->planes[workspace->proof];
    assert(plane->cells == NULL);
    plane->stored_reads =
        give(workspace, workspace->is_blind ? 0 : subject->slot_count, sizeof *plane->stored_reads);
    plane->cells = give(workspace, subject->derived_count, sizeof *plane->cells);
    if (plane->cells == NULL || plane->stored_reads == NULL) {
        *plane = workspace->planes[PROOF_BALANCE]; /* without meaning now, but there */
    }
    return plane;
}

static void give_tables(struct workspace *workspace)
{
    const struct image *image = workspace->image;
    const struct amicus_case *subject = workspace->subject;
    const uint32_t kinds = workspace->vocabulary->kind_count;
    (void)workspace_open_plane(workspace);
    workspace->list_reads = give(workspace, kinds, sizeof *workspace->list_reads);
    workspace->offsets = give(workspace, kinds, sizeof *workspace->offsets);
    workspace->counts = give(workspace, kinds, sizeof *workspace->counts);
    workspace->first_result = give(workspace, image->issue_count, sizeof *workspace->first_result);
    workspace->undercut_at = give(workspace, image->rule_count, sizeof *workspace->undercut_at);
    workspace->remedy_values = give(workspace, image->remedy_count, 1);
    workspace->test_values = give(workspace, image->guards.test_count, PROOF_COUNT);
    workspace->eligible = give(workspace, image->guards.longest, 1);
    workspace->reading_of = give(workspace, image->version_count, sizeof *workspace->reading_of);
    workspace->uses = give(workspace, image->version_count, 1);
    workspace->is_decisive = give(workspace, subject->record_count, sizeof(bool));
    workspace->owners = give(workspace, subject->record_count, sizeof *workspace->owners);
    workspace->reads = lend(workspace, READS_FIRST, sizeof *workspace->reads);
    workspace->read_trail.marks = lend(workspace, READS_FIRST, sizeof(uint32_t));
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
    workspace->looks.at = lend(workspace, LOOKS_FIRST, sizeof *workspace->looks.at);
    workspace->looks.capacity = LOOKS_FIRST;
    workspace->finding_capacity = FIRST_COUNT;
    workspace->findings = lend(workspace, FIRST_COUNT, sizeof *workspace->findings);
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
        *items = arena_lend_array(workspace->arena, FIRST_COUNT, each_bytes);
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

bool trail_grow(struct workspace *workspace, struct trail *trail)
{
    assert(workspace != NULL && trail != NULL);
    assert(trail->count == trail->capacity);
    void *items = trail->steps;
    const bool is_done = make_room(workspace, &items, &trail->capacity, sizeof *trail->steps);
    trail->steps = is_done ? items : trail->steps;
    return is_done;
}

/* Room for `count` more numbers; false after a failure, which is in status. */
static bool numbers_reserve(struct workspace *workspace, struct numbers *numbers, size_t count)
{
    while (numbers->capacity - numbers->count < count) {
        void *items = numbers->at;
        size_t capacity = numbers->capacity;
        if (!make_room(workspace, &items, &capacity, sizeof *numbers->at)) {
            return false;
        }
        numbers->at = items;
        numbers->capacity = capacity;
    }
    return true;
}

/* Put the marks back that a trail set from `first` on, and its numbers into `out`, if not NULL. */
static void trail_undo(const struct trail *trail, size_t first, uint32_t *out)
{
    uint32_t *marks = trail->marks;
    const struct step *end = trail->steps + trail->count;
    const struct step *step = trail->steps + first;
    if (out == NULL) {
        for (; step < end; step++) {
            marks[step->id] = step->before;
        }
        return;
    }
    for (; step < end; step++) {
        const struct step undone = *step;
        marks[undone.id] = undone.before;
        *out++ = undone.id;
    }
}

/* Cut a trail back to `first`, and keep what it collected from there in `kept`, if not NULL. */
static struct span trail_cut(struct workspace *workspace, struct trail *trail, size_t first,
                             struct numbers *kept)
{
    const size_t count = trail->count - first;
    const bool is_kept = kept != NULL && numbers_reserve(workspace, kept, count);
    trail_undo(trail, first, is_kept ? kept->at + kept->count : NULL);
    trail->count = first;
    if (!is_kept) {
        return (struct span){0, 0};
    }
    kept->count += count;
    return (struct span){(uint32_t)(kept->count - count), (uint32_t)count};
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
    struct span reads = {0, 0};
    struct span issues = {0, 0};
    if (workspace->read_trail.count > scope->first_read) {
        reads = trail_cut(workspace, &workspace->read_trail, scope->first_read,
                          looks == NULL ? NULL : &workspace->looks);
    }
    if (workspace->issue_trail.count > scope->first_issue) {
        issues = trail_cut(workspace, &workspace->issue_trail, scope->first_issue,
                           rests == NULL ? NULL : &workspace->rests);
    }
    workspace->stamp = scope->outer_stamp;
    if (looks != NULL) {
        *looks = reads;
    }
    if (rests != NULL) {
        *rests = issues;
    }
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
    const uint32_t *at = workspace->looks.at + looks.first;
    for (uint32_t i = 0; i < looks.count; i++) {
        trail_note(workspace, &workspace->read_trail, at[i]);
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

struct read *workspace_add_read(struct workspace *workspace)
{
    assert(workspace != NULL);
    assert(workspace->read_count <= workspace->read_capacity);
    if (workspace->read_count == workspace->read_capacity && !grow_reads(workspace)) {
        return &workspace->reads[0]; /* without meaning now, but there */
    }
    workspace->read_trail.marks[workspace->read_count] = 0;
    return &workspace->reads[workspace->read_count++];
}

struct value workspace_read_first(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    assert(workspace != NULL && record < workspace->subject->record_count);
    assert(fact < workspace->vocabulary->fact_count && !workspace->is_blind);
    const struct amicus_case *subject = workspace->subject;
    const uint32_t slot =
        subject->records[record].first_slot + workspace->vocabulary->facts[fact].slot;
    const struct value *value = &workspace->values[slot];
    struct read *read = workspace_add_read(workspace);
    *read = (struct read){
        .record = record,
        .fact = fact,
        .kind = KIND_NONE,
        .proof = workspace->proof,
        .is_usable = value->standing >= proof_floor(workspace->proof),
        .value = *value,
        .evidence = {subject->slots[slot].first_backing, subject->slots[slot].backing_count},
    };
    const uint32_t at = (uint32_t)(read - workspace->reads);
    workspace_plane(workspace)->stored_reads[slot] = at + 1;
    note_read(workspace, at);
    return *value;
}

/* Read one fact at the standards whose bits are set. */
static void read_tried(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    const uint32_t slot =
        workspace->subject->records[record].first_slot + workspace->vocabulary->facts[fact].slot;
    for (unsigned proof = 0; proof < PROOF_COUNT; proof++) {
        if ((workspace->tried[slot] >> proof & 1) != 0) {
            workspace->proof = (uint8_t)proof;
            (void)read_raw(workspace, record, fact);
        }
    }
}

void workspace_note_tried(struct workspace *workspace)
{
    assert(workspace != NULL && !workspace->is_blind);
    assert(workspace->tried != NULL);
    const uint8_t proof = workspace->proof;
    struct scope scope;
    scope_open(workspace, &scope);
    for (uint32_t i = 0; i < workspace->subject->record_count; i++) {
        const struct fact_list stored =
            vocabulary_stored(workspace->vocabulary, workspace->subject->records[i].kind);
        for (uint32_t j = 0; j < stored.count; j++) {
            read_tried(workspace, i, stored.facts[j]);
        }
    }
    scope_close(workspace, &scope, NULL, NULL);
    workspace->proof = proof;
}

void read_empty_list(struct workspace *workspace, uint32_t kind)
{
    assert(workspace != NULL && kind < workspace->vocabulary->kind_count);
    assert(workspace->lists[kind].count == 0);
    if (workspace->footprint != NULL) {
        footprint_list(workspace, kind);
    }
    if (workspace->is_blind) {
        return;
    }
    uint32_t *known = &workspace->list_reads[kind];
    if (*known == 0) {
        const bool is_closed = workspace->lists[kind].is_closed;
        struct read *read = workspace_add_read(workspace);
        *read = (struct read){
            .record = RECORD_ROOT,
            .fact = FACT_NONE,
            .kind = kind,
            .proof = workspace->proof,
            .is_usable = is_closed,
            .value = {.standing = is_closed ? STANDING_ABSENT : STANDING_UNKNOWN},
        };
        *known = (uint32_t)(read - workspace->reads) + 1;
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

uint32_t workspace_bind_other(struct workspace *workspace, uint32_t kind, uint32_t record)
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

/* Who filed, or PARTY_NONE. Every issue asks for it, so it is looked up once. */
static uint8_t filer_of(struct workspace *workspace)
{
    if (workspace->filer == 0) {
        const uint32_t fact = workspace->vocabulary->roles.filed_by;
        workspace->filer = (uint8_t)(named_party(workspace, RECORD_ROOT, fact) + 1);
    }
    return (uint8_t)(workspace->filer - 1);
}

uint8_t workspace_party(struct workspace *workspace, uint8_t party, uint32_t record)
{
    assert(workspace != NULL);
    assert(record < workspace->subject->record_count);
    if (party < PARTY_FILER || party > PARTY_OBJECTOR) {
        return party;
    }
    if (party != PARTY_OBJECTOR) {
        const uint8_t filer = filer_of(workspace);
        return party == PARTY_FILER ? filer : other_party(filer);
    }
    const bool is_evidence =
        workspace->subject->records[record].kind == workspace->vocabulary->evidence_kind;
    return is_evidence ? other_party(named_party(workspace, record,
                                                 workspace->vocabulary->roles.evidence_submitter))
                       : PARTY_NONE;
}

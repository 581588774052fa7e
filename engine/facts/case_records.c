/*
 * The records of a case: the root, then list by list in the order of kinds, each with its id.
 *
 * They are made before anything is read in them, so that a reference resolves wherever in the file
 * its target stands. The members of a kind lie side by side, and so do their slots: a rule that
 * walks a list walks an array.
 *
 * An id is unique within its list, and within the union that the list belongs to: a milestone and a
 * week are both money items, and a reference to one must not be ambiguous.
 */
#include "case_build.h"

#include <assert.h>
#include <stdio.h>

enum { NAME_BYTES = 400 };

uint32_t case_list_kind(const struct vocabulary *vocabulary, struct text name)
{
    assert(vocabulary != NULL);
    assert(name.at != NULL || name.length == 0);
    uint32_t kind = vocabulary_find_kind(vocabulary, name);
    bool is_list = kind != KIND_NONE && text_equal(vocabulary->kinds[kind].list, name) &&
                   vocabulary->kinds[kind].list.length > 0;
    return is_list ? kind : KIND_NONE;
}

static void put_id(struct case_build *build, uint32_t kind, struct text id, struct record *record)
{
    if (faults_status(&build->faults, map_put(build->subject->ids[kind], id, record))) {
        record->id = id;
    }
}

/* Report an id that another record of the kind, or of its union, has already. */
static bool is_taken(struct case_build *build, uint32_t kind, const struct tree *node)
{
    const struct record *other = map_find(build->subject->ids[kind], node->text);
    if (other == NULL) {
        return false;
    }
    faults_add(&build->faults, "C0127", node->place, "give it another id",
               "the id '%.*s' is taken (first at %u:%u)", SHOWN(node->text),
               (unsigned)other->place.line, (unsigned)other->place.column);
    return true;
}

/* Give a record the id that its map states, or its place in the list. */
static void name_record(struct case_build *build, struct record *record, const struct tree *node)
{
    const struct kind *kind = &build->vocabulary->kinds[record->kind];
    const struct tree *id = tree_find(node, "id");
    char name[NAME_BYTES];
    (void)snprintf(name, sizeof name, "%.*s[%u]", SHOWN(kind->list), (unsigned)record->row + 1);
    (void)faults_status(&build->faults, text_copy(&record->id, build->arena, text_of(name)));
    if (kind->id_fact == FACT_NONE) {
        put_id(build, record->kind, record->id, record);
        return;
    }
    if (id == NULL) {
        faults_add(&build->faults, "C0125", node->place, "add id: with a name of its own",
                   "a record of %.*s without an id", SHOWN(kind->list));
    } else if (id->kind == TREE_SCALAR && !is_taken(build, record->kind, id) &&
               (kind->base == KIND_NONE || !is_taken(build, kind->base, id))) {
        put_id(build, record->kind, id->text, record);
        if (kind->base != KIND_NONE) {
            put_id(build, kind->base, id->text, record);
        }
    }
}

/* Make one record, behind all others. */
static void add_record(struct case_build *build, uint32_t kind, const struct tree *node)
{
    uint32_t ordinal = build->subject->record_count++;
    struct record *record = &build->records[ordinal];
    const struct record *before = record - 1;
    const struct kind *kind_before = &build->vocabulary->kinds[before->kind];
    record->kind = kind;
    record->row = build->lists[kind].count++;
    record->place = node->place;
    record->first_slot = before->first_slot + kind_before->slot_count;
    record->first_derived = before->first_derived + kind_before->derived_count;
    build->nodes[ordinal] = node;
    name_record(build, record, node);
}

/* Make the records of one list. */
static void add_records(struct case_build *build, uint32_t kind, const struct tree *list)
{
    const struct tree *node = list->first;
    for (; node != NULL && !faults_are_enough(&build->faults); node = node->next) {
        if (node->kind == TREE_MAP) {
            add_record(build, kind, node);
        } else if (node->kind != TREE_FAULT) {
            faults_add(&build->faults, "C0123", node->place, "write {key: value, ...}",
                       "%s stands where a record of %.*s is wanted", tree_kind_name(node),
                       SHOWN(build->vocabulary->kinds[kind].list));
        }
    }
}

/* The section of the file that holds the records of a kind, or NULL. */
static const struct tree *section_of(struct case_build *build, const struct tree *root,
                                     uint32_t kind)
{
    struct text name = build->vocabulary->kinds[kind].list;
    for (const struct tree *node = root->first; node != NULL; node = node->next) {
        if (name.length == 0 || !text_equal(node->key, name)) {
            continue;
        }
        if (node->kind == TREE_LIST) {
            return node;
        }
        if (node->kind != TREE_FAULT) {
            faults_add(&build->faults, "C0123", node->place, "start each record with '-'",
                       "%s stands where '%.*s' wants a list", tree_kind_name(node), SHOWN(name));
        }
        return NULL;
    }
    return NULL;
}

/* Count the members of all lists of the file, the root included. */
static size_t count_records(const struct vocabulary *vocabulary, const struct tree *root)
{
    size_t count = 1;
    for (const struct tree *node = root->first; node != NULL; node = node->next) {
        if (case_list_kind(vocabulary, node->key) != KIND_NONE) {
            count += node->count;
        }
    }
    return count;
}

/* Make the arrays of kinds and records. returns false if memory failed. */
static bool make_records(struct case_build *build, size_t count)
{
    const struct vocabulary *vocabulary = build->vocabulary;
    struct amicus_case *subject = build->subject;
    build->records = arena_give_array(build->arena, count, sizeof *build->records);
    build->nodes = arena_give_array(build->arena, count, sizeof(const struct tree *));
    build->lists = arena_give_array(build->arena, vocabulary->kind_count, sizeof *build->lists);
    subject->ids = arena_give_array(build->arena, vocabulary->kind_count, sizeof(struct map *));
    if (build->records == NULL || build->nodes == NULL || build->lists == NULL ||
        subject->ids == NULL) {
        return faults_status(&build->faults, AMICUS_MEMORY);
    }
    subject->records = build->records;
    subject->lists = build->lists;
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        if (!faults_status(&build->faults, map_of(&subject->ids[i], build->arena))) {
            return false;
        }
    }
    return true;
}

/* Make the slots of all records. returns false if memory failed. */
static bool make_slots(struct case_build *build)
{
    struct amicus_case *subject = build->subject;
    const struct record *last = &build->records[subject->record_count - 1];
    const struct kind *kind = &build->vocabulary->kinds[last->kind];
    subject->slot_count = last->first_slot + kind->slot_count;
    subject->derived_count = last->first_derived + kind->derived_count;
    build->values = arena_give_array(build->arena, subject->slot_count, sizeof *build->values);
    build->slots = arena_give_array(build->arena, subject->slot_count, sizeof *build->slots);
    subject->values = build->values;
    subject->slots = build->slots;
    return faults_status(&build->faults,
                         build->values == NULL || build->slots == NULL ? AMICUS_MEMORY : AMICUS_OK);
}

bool case_build_records(struct case_build *build, const struct tree *root)
{
    assert(build != NULL && root != NULL);
    assert(root->kind == TREE_MAP && build->records == NULL);
    const struct vocabulary *vocabulary = build->vocabulary;
    if (!make_records(build, count_records(vocabulary, root))) {
        return false;
    }
    build->subject->record_count = 1;
    build->records[RECORD_ROOT].id = text_of("case");
    build->records[RECORD_ROOT].place = root->place;
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        const struct tree *section = section_of(build, root, i);
        build->lists[i].first = build->subject->record_count;
        if (section != NULL) {
            add_records(build, i, section);
        }
        build->lists[i].is_closed = vocabulary->kinds[i].is_recorded || build->lists[i].count > 0;
    }
    return make_slots(build);
}

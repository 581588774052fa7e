/*
 * Edits of a case: from paths and values to another tree, and from that to another case.
 *
 * Each edit resolves its path against the base, so the order of edits changes nothing but what a
 * record that an earlier one added may take. Two edits of one fact are a fault: whoever wrote both
 * cannot have meant both. All edits are applied and the case is built even if some are at fault, so
 * that one run shows everything.
 *
 * What was asked and what came of it are compared at the end: a value that was set `contested` and
 * came out otherwise, because the facts of the case do not let it be so, is a fault (C0182) and
 * never a silent other standing.
 *
 * Cost: a copy of the tree, a walk or two for each edit, and one build.
 */
#include "case_edit.h"

#include "case_build.h"
#include "case_copy.h"
#include "case_said.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { MEND_BYTES = 700, CANDIDATES = 3 };

/* What one edit is about. */
struct aim {
    const struct case_edit *edit;
    struct case_target target; /* record RECORD_NONE: nothing of the base */
    struct tree *added;        /* of a record that an edit added: its map; else NULL */
    bool is_bad;
};

/* Report a path that fits several facts. */
static void refuse_tail(struct case_copy *copy, const struct case_edit *edit,
                        const struct case_target *found, uint32_t count)
{
    char mend[MEND_BYTES] = "write one of";
    size_t used = sizeof "write one of" - 1;
    for (uint32_t i = 0; i < count && i < CANDIDATES && used < sizeof mend; i++) {
        struct text path = copy_path(copy, &found[i]);
        used += (size_t)snprintf(mend + used, sizeof mend - used, "%s %.*s", i == 0 ? "" : ",",
                                 SHOWN(path));
    }
    faults_add(&copy->faults, "C0181", edit->place, mend, "'%.*s' fits %u facts of the case",
               SHOWN(edit->path), (unsigned)count);
}

static void refuse_path(struct case_copy *copy, const struct case_edit *edit)
{
    char mend[MEND_BYTES];
    case_path_mend(mend, sizeof mend, copy->base, edit->path);
    faults_add(&copy->faults, "C0180", edit->place, mend, "'%.*s' names nothing in the case",
               SHOWN(edit->path));
}

static bool is_derived(const struct case_copy *copy, uint32_t fact)
{
    return fact != FACT_NONE && copy->base->vocabulary->facts[fact].derived != FACT_NONE;
}

static void refuse_derived(struct case_copy *copy, const struct case_edit *edit)
{
    faults_add(&copy->faults, "C0124", edit->place, "edit the facts that it is computed from",
               "'%.*s' is computed from other facts", SHOWN(edit->path));
}

/* Find a record that an earlier edit added, or add it. NULL if memory failed. */
static struct tree *added_record(struct case_copy *copy, uint32_t kind, struct text id,
                                 const struct case_edit *edit)
{
    for (uint32_t i = 0; i < copy->added_count; i++) {
        if (copy->added[i].kind == kind && text_equal(copy->added[i].id, id)) {
            return copy->added[i].node;
        }
    }
    void *added = copy->added;
    struct text list = copy->base->vocabulary->kinds[kind].list;
    amicus_status status = arena_grow(copy->arena, &added, &copy->added_capacity, copy->added_count,
                                      sizeof *copy->added);
    copy->added = added;
    struct tree *section = copy_find(copy->root, list);
    if (section == NULL) {
        section = copy_node(copy, TREE_LIST, (struct text){"", 0}, edit->place);
        copy_append(copy->root, list, section);
    }
    struct tree *node = copy_node(copy, TREE_MAP, (struct text){"", 0}, edit->place);
    if (!faults_status(&copy->faults, status) || section == NULL || node == NULL) {
        return NULL;
    }
    if (copy->base->vocabulary->kinds[kind].id_fact != FACT_NONE) {
        copy_append(node, text_of("id"), copy_node(copy, TREE_SCALAR, id, edit->place));
    }
    copy_append(section, (struct text){"", 0}, node);
    copy->added[copy->added_count++] = (struct copy_record){kind, id, node};
    return node;
}

/* Tell whether an id can name one more record of a list: any of its own, or the next place. */
static bool is_next(const struct case_copy *copy, uint32_t kind, struct text id)
{
    const struct kind *row = &copy->base->vocabulary->kinds[kind];
    char name[MEND_BYTES];
    uint32_t count = copy->base->lists[kind].count;
    if (row->id_fact != FACT_NONE) {
        return id.length > 0 && memchr(id.at, '[', id.length) == NULL;
    }
    for (uint32_t i = 0; i < copy->added_count; i++) {
        if (copy->added[i].kind == kind && text_equal(copy->added[i].id, id)) {
            return true;
        }
        count += copy->added[i].kind == kind;
    }
    (void)snprintf(name, sizeof name, "%.*s[%u]", SHOWN(row->list), (unsigned)count + 1);
    return text_is(id, name);
}

/* Take a path whose record does not exist as that of a new one. returns false if it is none. */
static bool aim_at_new(struct case_copy *copy, struct aim *aim)
{
    const struct vocabulary *vocabulary = copy->base->vocabulary;
    struct text name;
    struct text id = case_path_head(aim->edit->path, &name);
    const char *bracket = id.length == 0 ? NULL : memchr(id.at, '[', id.length);
    struct text list = {id.at, bracket == NULL ? id.length : (size_t)(bracket - id.at)};
    uint32_t kind = case_list_kind(vocabulary, list);
    if (bracket == NULL) {
        id = case_path_head(name, &name);
    }
    if (kind == KIND_NONE || name.length == 0 || case_find(copy->base, kind, id) != RECORD_NONE ||
        !is_next(copy, kind, id)) {
        return false;
    }
    aim->target.fact = vocabulary_find(vocabulary, kind, name);
    aim->target.kind = kind;
    if (aim->target.fact == FACT_NONE) {
        return false;
    }
    aim->added = added_record(copy, kind, id, aim->edit);
    return true;
}

/* Resolve the path of an edit; reports one that names nothing that can be edited. */
static void take_aim(struct case_copy *copy, struct aim *aim)
{
    const struct case_edit *edit = aim->edit;
    struct case_target found[CANDIDATES] = {{.record = RECORD_NONE, .fact = FACT_NONE}};
    aim->target = case_path_find(copy->base, edit->path);
    uint32_t count = 1;
    if (aim->target.record == RECORD_NONE &&
        (edit->kind == CASE_EDIT_UNSET || !aim_at_new(copy, aim))) {
        count = case_path_tails(found, CANDIDATES, copy->base, edit->path);
        aim->target = found[0];
    }
    bool is_whole = aim->target.fact == FACT_NONE;
    aim->is_bad = true;
    if (count == 0 && is_derived(copy, vocabulary_find_path(copy->base->vocabulary, edit->path))) {
        refuse_derived(copy, edit);
    } else if (count == 0 || (is_whole && edit->kind == CASE_EDIT_SET)) {
        refuse_path(copy, edit);
    } else if (count > 1) {
        refuse_tail(copy, edit, found, count);
    } else if (is_derived(copy, aim->target.fact)) {
        refuse_derived(copy, edit);
    } else {
        aim->is_bad = false;
    }
}

static bool is_same_aim(const struct aim *a, const struct aim *b)
{
    return a->added == b->added && a->target.record == b->target.record &&
           a->target.fact == b->target.fact && a->target.kind == b->target.kind &&
           text_equal(a->target.section, b->target.section);
}

/* Report an edit whose target an earlier one has. */
static void check_twice(struct case_copy *copy, struct aim *aims, uint32_t at)
{
    for (uint32_t i = 0; i < at && !aims[at].is_bad; i++) {
        if (!aims[i].is_bad && aims[i].edit->kind != CASE_EDIT_WITHOUT &&
            is_same_aim(&aims[i], &aims[at])) {
            const struct place *first = &aims[i].edit->place;
            faults_add(&copy->faults, "C0184", aims[at].edit->place, "keep one of the two",
                       "'%.*s' is edited twice (first at %u:%u)", SHOWN(aims[at].edit->path),
                       (unsigned)first->line, (unsigned)first->column);
            aims[at].is_bad = true;
        }
    }
}

static void set_fact(struct case_copy *copy, const struct aim *aim)
{
    const struct fact *fact = &copy->base->vocabulary->facts[aim->target.fact];
    struct tree *leaf = said_leaf(copy, aim->edit, &aim->target);
    struct text key = fact->name;
    struct tree *map = aim->added;
    if (leaf == NULL) {
        return;
    }
    if (map == NULL && aim->target.record != RECORD_NONE) {
        copy_unsay(copy, &aim->target);
        copy_unlist(copy, &aim->target);
        map = copy_map(copy, &aim->target, &key, true);
    }
    const struct tree *before = map == NULL ? NULL : copy_find(map, key);
    if (before != NULL) {
        copy_remove(map, before);
    }
    copy_append(map, key, leaf);
}

/* Take out all that is said of a whole: a record, a section or a list. */
static void unset_whole(struct case_copy *copy, const struct case_target *target)
{
    const struct amicus_case *base = copy->base;
    struct tree *parent = copy->root;
    const struct tree *child = NULL;
    copy_unlist_all(copy, target);
    if (target->kind != KIND_NONE) {
        child = copy_find(parent, base->vocabulary->kinds[target->kind].list);
    } else if (target->section.length > 0) {
        child = copy_find(parent, target->section);
    } else {
        const struct record *record = &base->records[target->record];
        parent = copy_find(copy->root, base->vocabulary->kinds[record->kind].list);
        child = copy->nodes[target->record];
        copy->nodes[target->record] = NULL;
    }
    if (parent != NULL && child != NULL) {
        copy_remove(parent, child);
    }
}

static void unset(struct case_copy *copy, const struct case_target *target)
{
    if (target->fact == FACT_NONE) {
        unset_whole(copy, target);
    } else {
        copy_unsay(copy, target);
        copy_unlist(copy, target);
        copy_uncover(copy, target);
    }
}

/* The path as the case writes it: the edit may have given a tail. */
static struct text whole_path(struct case_copy *copy, const struct aim *aim)
{
    bool is_whole = aim->target.fact == FACT_NONE || aim->added != NULL;
    return is_whole ? aim->edit->path : copy_path(copy, &aim->target);
}

static void set_absent(struct case_copy *copy, const struct aim *aim)
{
    if (aim->target.fact != FACT_NONE && aim->added == NULL) {
        copy_unsay(copy, &aim->target);
    }
    copy_unlist(copy, &aim->target);
    copy_list(copy, whole_path(copy, aim), aim->edit->reason, aim->edit->place);
}

/* Leave out a piece of evidence, and every mention of it. */
static void leave_out(struct case_copy *copy, const struct case_edit *edit)
{
    uint32_t kind = copy->base->vocabulary->evidence_kind;
    uint32_t record = kind == KIND_NONE ? RECORD_NONE : case_find(copy->base, kind, edit->path);
    if (record == RECORD_NONE) {
        char mend[MEND_BYTES];
        struct text nearest = {NULL, 0};
        if (kind != KIND_NONE) {
            nearest = faults_nearest_key(&copy->faults, copy->base->ids[kind], edit->path);
        }
        faults_mend_nearest(mend, sizeof mend, nearest, "name a piece of evidence of the case");
        faults_add(&copy->faults, "C0180", edit->place, mend, "there is no evidence '%.*s'",
                   SHOWN(edit->path));
    } else if (copy->nodes[record] != NULL) {
        struct case_target target = {record, FACT_NONE, KIND_NONE, {"", 0}};
        unset_whole(copy, &target);
        said_forget(copy, record);
    }
}

static void apply(struct case_copy *copy, const struct aim *aim)
{
    bool is_gone = aim->target.record != RECORD_NONE && aim->target.record != RECORD_ROOT &&
                   copy->nodes[aim->target.record] == NULL;
    if (aim->is_bad || copy->faults.status != AMICUS_OK) {
        return;
    }
    if (is_gone) {
        faults_add(&copy->faults, "C0184", aim->edit->place, "keep one of the two edits",
                   "'%.*s' is of a record that another edit leaves out", SHOWN(aim->edit->path));
        return;
    }
    switch ((enum case_edit_kind)aim->edit->kind) {
    case CASE_EDIT_SET: set_fact(copy, aim); break;
    case CASE_EDIT_UNSET: unset(copy, &aim->target); break;
    case CASE_EDIT_ABSENT: set_absent(copy, aim); break;
    case CASE_EDIT_WITHOUT: break;
    }
}

/* Report a value whose standing came out otherwise than asked. */
static void check_standing(struct case_copy *copy, const struct amicus_case *made,
                           const struct aim *aim)
{
    const struct case_edit *edit = aim->edit;
    if (edit->kind != CASE_EDIT_SET || edit->standing == STANDING_UNKNOWN || aim->is_bad) {
        return;
    }
    struct case_target target = aim->target;
    struct text path = aim->added == NULL ? copy_path(copy, &target) : edit->path;
    target = case_path_find(made, path);
    if (copy->faults.status != AMICUS_OK || target.record == RECORD_NONE) {
        return;
    }
    const struct value *value = case_value(made, target.record, target.fact);
    if (value->standing != edit->standing) {
        faults_add(&copy->faults, "C0182", edit->place,
                   "write the statements: {is: ..., says: ..., cites: [...]}",
                   "'%.*s' cannot be %s here: so stated it is %s", SHOWN(edit->path),
                   standing_name((enum standing)edit->standing),
                   standing_name((enum standing)value->standing));
    }
}

/* Apply all edits: the pieces that are left out first, so that nothing rests on them. */
static void apply_all(struct case_copy *copy, struct aim *aims, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (aims[i].edit->kind == CASE_EDIT_WITHOUT) {
            aims[i].is_bad = true;
            leave_out(copy, aims[i].edit);
        }
    }
    for (uint32_t i = 0; i < count && copy->faults.status == AMICUS_OK; i++) {
        if (aims[i].edit->kind != CASE_EDIT_WITHOUT && !faults_are_enough(&copy->faults)) {
            take_aim(copy, &aims[i]);
            check_twice(copy, aims, i);
            apply(copy, &aims[i]);
        }
    }
}

amicus_status case_edit(struct amicus_case **out, const struct amicus_case *base,
                        const struct case_edit *edits, uint32_t count, amicus_diagnostics *list)
{
    assert(out != NULL && base != NULL && list != NULL);
    assert(edits != NULL || count == 0);
    *out = NULL;
    struct case_copy copy;
    amicus_status status = copy_open(&copy, base, list);
    if (status != AMICUS_OK) {
        return status;
    }
    struct aim *aims = arena_give_array(copy.arena, count, sizeof *aims);
    for (uint32_t i = 0; aims != NULL && i < count; i++) {
        aims[i].edit = &edits[i];
    }
    if (faults_status(&copy.faults, aims == NULL ? AMICUS_MEMORY : AMICUS_OK)) {
        apply_all(&copy, aims, count);
    }
    struct amicus_case *made = NULL;
    status = copy_end(&made, &copy);
    for (uint32_t i = 0; made != NULL && i < count; i++) {
        check_standing(&copy, made, &aims[i]);
    }
    if (made != NULL && copy.faults.any) {
        case_close(made);
        return AMICUS_INVALID;
    }
    *out = made;
    return status;
}

/*
 * The copy of the tree of a case, for edits to change.
 *
 * Only nodes are copied; their texts stay where they are, in the arena of the base, so that of a
 * usual case costs some tens of kilobytes and no reading. The base's tree has the form in which
 * somebody wrote it: defaults of says: at the top of a record, absences of wholes. What is
 * delicate about editing it is here:
 *
 * - A record is found by its node, remembered when the copy was made, because edits move places.
 * - An absence of a whole ("milestones.M1") covers every fact that nobody states. A fact that is
 *   made unknown must come out from under it, so the entry is then replaced by one for each other
 *   fact that was absent, with the reason of each.
 *
 * Cost: one pass over the nodes; each edit walks its map, and the entries of absent:.
 */
#include "case_copy.h"

#include "case_build.h"
#include "limit.h"

#include <assert.h>

struct tree *copy_node(struct case_copy *copy, uint8_t kind, struct text text, struct place place)
{
    assert(copy != NULL);
    assert(kind >= TREE_MAP && kind <= TREE_SCALAR);
    struct tree *node = arena_give(copy->arena, sizeof *node);
    if (!faults_status(&copy->faults, node == NULL ? AMICUS_MEMORY : AMICUS_OK)) {
        return NULL;
    }
    node->kind = kind;
    node->form = TREE_PLAIN;
    node->text = text;
    node->place = place;
    node->key_place = place;
    return node;
}

void copy_append(struct tree *parent, struct text key, struct tree *child)
{
    assert(parent == NULL || parent->kind == TREE_MAP || parent->kind == TREE_LIST);
    assert(child == NULL || child->next == NULL);
    if (parent == NULL || child == NULL) {
        return;
    }
    struct tree **end = &parent->first;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = child;
    child->key = key;
    parent->count++;
}

void copy_remove(struct tree *parent, const struct tree *child)
{
    assert(parent != NULL && child != NULL);
    assert(parent->count > 0);
    struct tree **at = &parent->first;
    while (*at != child) {
        at = &(*at)->next;
    }
    *at = child->next;
    parent->count--;
}

/* Copy a node; those of a text are nested TREE_DEPTH_MAX deep at most. */
/* NOLINTNEXTLINE(misc-no-recursion) */
struct tree *copy_branch(struct case_copy *copy, const struct tree *node)
{
    assert(copy != NULL && node != NULL);
    assert(node->kind >= TREE_MAP && node->kind <= TREE_FAULT);
    struct tree *branch = arena_give(copy->arena, sizeof *branch);
    if (!faults_status(&copy->faults, branch == NULL ? AMICUS_MEMORY : AMICUS_OK)) {
        return NULL;
    }
    *branch = *node;
    branch->next = NULL;
    struct tree **end = &branch->first;
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        *end = copy_branch(copy, child);
        if (*end == NULL) {
            return NULL;
        }
        end = &(*end)->next;
    }
    return branch;
}

struct tree *copy_find(const struct tree *map, struct text key)
{
    assert(map != NULL);
    assert(key.at != NULL || key.length == 0);
    struct tree *child = map->kind == TREE_MAP ? map->first : NULL;
    while (child != NULL && !text_equal(child->key, key)) {
        child = child->next;
    }
    return child;
}

/* Remember where each record of the base stands in the copy. */
static void find_nodes(struct case_copy *copy)
{
    const struct amicus_case *base = copy->base;
    for (uint32_t kind = 0; kind < base->vocabulary->kind_count; kind++) {
        const struct case_list *list = &base->lists[kind];
        if (list->count == 0 || kind == KIND_ROOT) {
            continue;
        }
        const struct tree *section = copy_find(copy->root, base->vocabulary->kinds[kind].list);
        assert(section != NULL && section->count == list->count);
        struct tree *node = section->first;
        for (uint32_t i = 0; i < list->count; i++, node = node->next) {
            copy->nodes[list->first + i] = node;
        }
    }
}

amicus_status copy_open(struct case_copy *copy, const struct amicus_case *base,
                        amicus_diagnostics *list)
{
    assert(copy != NULL && base != NULL && list != NULL);
    assert(base->root != NULL && base->root->kind == TREE_MAP);
    *copy = (struct case_copy){.base = base, .faults = {.list = list}};
    amicus_status status = arena_open(&copy->arena, (size_t)limit_of(LIMIT_CASE_ARENA_BYTES));
    if (status != AMICUS_OK) {
        return status;
    }
    copy->root = copy_branch(copy, base->root);
    copy->nodes = arena_give_array(copy->arena, base->record_count, sizeof(struct tree *));
    if (copy->root == NULL || copy->nodes == NULL) {
        arena_close(copy->arena);
        return AMICUS_MEMORY;
    }
    find_nodes(copy);
    return AMICUS_OK;
}

amicus_status copy_end(struct amicus_case **out, struct case_copy *copy)
{
    assert(out != NULL && copy != NULL);
    assert(copy->arena != NULL);
    *out = NULL;
    struct amicus_case *subject = NULL;
    amicus_status status = copy->faults.status;
    if (status == AMICUS_OK) {
        status = case_build_from(&subject, copy->arena, copy->base->vocabulary, copy->root,
                                 copy->faults.list);
    }
    if (status == AMICUS_OK && copy->faults.any) {
        status = AMICUS_INVALID;
    }
    if (status != AMICUS_OK) {
        arena_close(copy->arena);
        return status;
    }
    *out = subject;
    return AMICUS_OK;
}

struct text copy_path(struct case_copy *copy, const struct case_target *target)
{
    assert(copy != NULL && target != NULL);
    assert(target->record != RECORD_NONE && target->fact != FACT_NONE);
    struct builder builder;
    struct text path = {"", 0};
    builder_start(&builder, copy->arena);
    case_write_path(&builder, copy->base, target->record, target->fact);
    if (!faults_status(&copy->faults, builder_end(&path, &builder))) {
        return (struct text){"", 0};
    }
    return path;
}

struct tree *copy_map(struct case_copy *copy, const struct case_target *target, struct text *key,
                      bool is_made)
{
    assert(copy != NULL && target != NULL && key != NULL);
    assert(target->record != RECORD_NONE && target->fact != FACT_NONE);
    struct text name = copy->base->vocabulary->facts[target->fact].name;
    if (target->record != RECORD_ROOT) {
        *key = name;
        return copy->nodes[target->record];
    }
    struct text section = case_path_head(name, key);
    struct tree *map = copy_find(copy->root, section);
    if (map == NULL && is_made) {
        map = copy_node(copy, TREE_MAP, (struct text){"", 0}, copy->root->place);
        copy_append(copy->root, section, map);
    }
    return map;
}

void copy_unsay(struct case_copy *copy, const struct case_target *target)
{
    assert(copy != NULL && target != NULL);
    assert(target->fact != FACT_NONE);
    struct text key;
    struct tree *map = copy_map(copy, target, &key, false);
    const struct tree *said = map == NULL ? NULL : copy_find(map, key);
    if (said != NULL) {
        copy_remove(map, said);
    }
}

/* What an entry of absent: names. */
static struct case_target entry_target(const struct case_copy *copy, const struct tree *entry)
{
    const struct tree *path = tree_find(entry, "fact");
    return case_path_find(copy->base, path == NULL ? (struct text){"", 0} : path->text);
}

static bool is_same(const struct case_target *a, const struct case_target *b)
{
    return a->record != RECORD_NONE && a->record == b->record && a->fact == b->fact &&
           a->kind == b->kind && text_equal(a->section, b->section);
}

static struct tree *absences(const struct case_copy *copy)
{
    return copy_find(copy->root, text_of("absent"));
}

void copy_unlist(struct case_copy *copy, const struct case_target *target)
{
    assert(copy != NULL && target != NULL);
    assert(copy->root != NULL);
    struct tree *list = absences(copy);
    struct tree *next = NULL;
    for (struct tree *entry = list == NULL ? NULL : list->first; entry != NULL; entry = next) {
        next = entry->next;
        struct case_target named = entry_target(copy, entry);
        if (is_same(&named, target)) {
            copy_remove(list, entry);
        }
    }
}

/* Tell whether what an entry names is a whole, or a part of it. */
static bool is_within(const struct case_copy *copy, const struct case_target *part,
                      const struct case_target *whole)
{
    if (part->record == RECORD_NONE) {
        return false;
    }
    if (whole->kind != KIND_NONE) {
        return part->kind == whole->kind ||
               (part->kind == KIND_NONE && copy->base->records[part->record].kind == whole->kind);
    }
    if (whole->section.length > 0) {
        return text_equal(part->section, whole->section) ||
               (part->fact != FACT_NONE &&
                case_in_section(&copy->base->vocabulary->facts[part->fact], whole->section));
    }
    return part->record == whole->record;
}

void copy_unlist_all(struct case_copy *copy, const struct case_target *whole)
{
    assert(copy != NULL && whole != NULL);
    assert(whole->fact == FACT_NONE && whole->record != RECORD_NONE);
    struct tree *list = absences(copy);
    struct tree *next = NULL;
    for (struct tree *entry = list == NULL ? NULL : list->first; entry != NULL; entry = next) {
        next = entry->next;
        struct case_target named = entry_target(copy, entry);
        if (is_within(copy, &named, whole)) {
            copy_remove(list, entry);
        }
    }
}

void copy_list(struct case_copy *copy, struct text path, struct text reason, struct place place)
{
    assert(copy != NULL);
    assert(reason.length > 0);
    struct tree *list = absences(copy);
    if (list == NULL) {
        list = copy_node(copy, TREE_LIST, (struct text){"", 0}, place);
        copy_append(copy->root, text_of("absent"), list);
    }
    struct tree *entry = copy_node(copy, TREE_MAP, (struct text){"", 0}, place);
    copy_append(entry, text_of("fact"), copy_node(copy, TREE_SCALAR, path, place));
    copy_append(entry, text_of("reason"), copy_node(copy, TREE_SCALAR, reason, place));
    copy_append(list, (struct text){"", 0}, entry);
}

/* Find the entry of a whole that covers a fact, or NULL. */
static struct tree *find_cover(const struct case_copy *copy, const struct case_target *target)
{
    const struct fact *fact = &copy->base->vocabulary->facts[target->fact];
    const struct tree *list = absences(copy);
    struct tree *entry = list == NULL ? NULL : list->first;
    for (; entry != NULL; entry = entry->next) {
        struct case_target named = entry_target(copy, entry);
        if (named.record == target->record && named.fact == FACT_NONE && named.kind == KIND_NONE &&
            (named.section.length == 0 || case_in_section(fact, named.section))) {
            return entry;
        }
    }
    return NULL;
}

/* Tell whether an entry of absent: names exactly a target. */
static bool is_listed(const struct case_copy *copy, const struct case_target *target)
{
    const struct tree *list = absences(copy);
    const struct tree *entry = list == NULL ? NULL : list->first;
    for (; entry != NULL; entry = entry->next) {
        struct case_target named = entry_target(copy, entry);
        if (is_same(&named, target)) {
            return true;
        }
    }
    return false;
}

/* List a fact by itself, if the base has it absent and nothing else was said of it since. */
static void list_single(struct case_copy *copy, const struct case_target *single,
                        struct place place)
{
    const struct amicus_case *base = copy->base;
    const struct slot *slot = &base->slots[case_slot(base, single->record, single->fact)];
    struct text key;
    const struct tree *map = copy_map(copy, single, &key, false);
    bool is_said = map != NULL && copy_find(map, key) != NULL;
    if (slot->absent_reason.length > 0 && !is_said && !is_listed(copy, single)) {
        copy_list(copy, copy_path(copy, single), slot->absent_reason, place);
    }
}

void copy_uncover(struct case_copy *copy, const struct case_target *target)
{
    assert(copy != NULL && target != NULL);
    assert(target->record != RECORD_NONE && target->fact != FACT_NONE);
    const struct vocabulary *vocabulary = copy->base->vocabulary;
    struct tree *cover = find_cover(copy, target);
    if (cover == NULL) {
        return;
    }
    struct case_target whole = entry_target(copy, cover);
    copy_remove(absences(copy), cover);
    struct fact_list stored =
        vocabulary_stored(vocabulary, copy->base->records[target->record].kind);
    for (uint32_t i = 0; i < stored.count; i++) {
        const struct fact *fact = &vocabulary->facts[stored.facts[i]];
        if (!fact->is_id && stored.facts[i] != target->fact &&
            (whole.section.length == 0 || case_in_section(fact, whole.section))) {
            struct case_target single = {target->record, stored.facts[i], KIND_NONE, {"", 0}};
            list_single(copy, &single, cover->place);
        }
    }
}

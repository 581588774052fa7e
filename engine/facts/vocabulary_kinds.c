/*
 * Loading a vocabulary: the kinds of record.
 *
 * The root is kind 0, then come the unions, then the lists in the order of the file: the records of
 * a case stand in this order too. A name of a kind, of a list and of one of its records are all in
 * one name space, because a path in a rule may start with any of them.
 */
#include "fields.h"
#include "vocabulary_index.h"

#include <assert.h>

/* Check the name of a kind, which it already has; reports one that is taken or no word. */
static void check_name(struct vocabulary_loader *loader, struct text name, const struct kind *kind,
                       struct place place)
{
    if (!field_is_word(name)) {
        faults_add(&loader->faults, "V0105", place, "use lower-case letters, digits and '_'",
                   "'%.*s' is no name", SHOWN(name));
        return;
    }
    /* The first one that has it is the one that is found. */
    if (vocabulary_find_kind(loader->vocabulary, name) != (uint32_t)(kind - loader->kinds)) {
        faults_add(&loader->faults, "V0106", place, "give it another name",
                   "the name '%.*s' is taken by another kind", SHOWN(name));
    }
}

static void read_roots(struct vocabulary_loader *loader, const struct tree *root)
{
    struct vocabulary *vocabulary = loader->vocabulary;
    const struct tree *roots = field_list(&loader->faults, root, "roots", "V0103");
    const struct tree *child = roots == NULL ? NULL : roots->first;
    size_t most = sizeof vocabulary->roots / sizeof vocabulary->roots[0];
    for (; child != NULL; child = child->next) {
        if (vocabulary->root_count == most || !field_is_word(child->text)) {
            faults_add(&loader->faults, "V0105", child->place, "shorten the list",
                       "a root is a word, and there may be %zu", most);
            return;
        }
        vocabulary->roots[vocabulary->root_count++] = child->text;
    }
}

static struct kind *add_kind(struct vocabulary_loader *loader, const struct tree *node)
{
    struct kind *kind = &loader->kinds[loader->vocabulary->kind_count];
    loader->lists[loader->vocabulary->kind_count++] = node;
    kind->base = KIND_NONE;
    kind->id_fact = FACT_NONE;
    for (size_t i = 0; i < 3; i++) {
        kind->owner_path[i] = FACT_NONE;
    }
    return kind;
}

static void read_union(struct vocabulary_loader *loader, const struct tree *node)
{
    static const char *const KEYS[] = {"one", "role", NULL};
    if (!faults_check_keys(&loader->faults, node, "V0102", KEYS)) {
        return;
    }
    uint32_t number = loader->vocabulary->kind_count;
    struct kind *kind = add_kind(loader, NULL);
    kind->is_union = true;
    kind->one = field_text(&loader->faults, node, "one", "V0103", true);
    check_name(loader, kind->one, kind, node->place);
    struct text role = field_text(&loader->faults, node, "role", "V0103", false);
    if (text_is(role, "money")) {
        loader->vocabulary->item_kind = number;
    } else if (role.length > 0) {
        faults_add(&loader->faults, "V0103", node->place, "write 'role: money', or leave it out",
                   "'%.*s' is no role of a union", SHOWN(role));
    }
}

static uint32_t base_of(struct vocabulary_loader *loader, const struct tree *node)
{
    struct text name = field_text(&loader->faults, node, "base", "V0103", false);
    if (name.length == 0) {
        return KIND_NONE;
    }
    uint32_t base = vocabulary_find_kind(loader->vocabulary, name);
    if (base == KIND_NONE || !loader->kinds[base].is_union) {
        faults_add(&loader->faults, "V0108", node->place,
                   "declare it under unions:", "'%.*s' is no union", SHOWN(name));
        return KIND_NONE;
    }
    return base;
}

static void read_list(struct vocabulary_loader *loader, const struct tree *node)
{
    static const char *const KEYS[] = {"name", "one", "base", "recorded", "evidence", "of", NULL};
    if (!faults_check_keys(&loader->faults, node, "V0102", KEYS)) {
        return;
    }
    uint32_t number = loader->vocabulary->kind_count;
    struct kind *kind = add_kind(loader, node);
    kind->list = field_text(&loader->faults, node, "name", "V0103", true);
    kind->one = field_text(&loader->faults, node, "one", "V0103", true);
    kind->base = base_of(loader, node);
    kind->is_recorded = field_flag(&loader->faults, node, "recorded", "V0103", false);
    kind->is_evidence = field_flag(&loader->faults, node, "evidence", "V0103", false);
    check_name(loader, kind->list, kind, node->place);
    check_name(loader, kind->one, kind, node->place);
    if (kind->is_evidence && loader->vocabulary->evidence_kind != KIND_NONE) {
        faults_add(&loader->faults, "V0106", node->place, "mark one list only",
                   "a second list is marked as evidence");
    } else if (kind->is_evidence) {
        loader->vocabulary->evidence_kind = number;
    }
}

static uint32_t children_of(const struct tree *list)
{
    return list == NULL ? 0 : list->count;
}

/* Make the arrays of the kinds. returns false if memory failed. */
static bool make_kinds(struct vocabulary_loader *loader, size_t count)
{
    struct arena *arena = loader->vocabulary->arena;
    loader->kinds = arena_give_array(arena, count, sizeof *loader->kinds);
    /* An array of pointers. NOLINTNEXTLINE(bugprone-sizeof-expression) */
    loader->lists = arena_give_array(arena, count, sizeof *loader->lists);
    if (loader->kinds == NULL || loader->lists == NULL) {
        return faults_status(&loader->faults, AMICUS_MEMORY);
    }
    loader->vocabulary->kinds = loader->kinds;
    return true;
}

void vocabulary_load_kinds(struct vocabulary_loader *loader, const struct tree *root)
{
    assert(loader != NULL && root != NULL);
    assert(root->kind == TREE_MAP && loader->kinds == NULL);
    const struct tree *unions = field_list(&loader->faults, root, "unions", "V0103");
    const struct tree *lists = field_list(&loader->faults, root, "lists", "V0103");
    if (!make_kinds(loader, (size_t)children_of(unions) + children_of(lists) + 1)) {
        return;
    }
    struct kind *first = add_kind(loader, NULL);
    first->list = (struct text){"", 0};
    first->one = text_of("case");
    for (const struct tree *n = unions == NULL ? NULL : unions->first; n != NULL; n = n->next) {
        read_union(loader, n);
    }
    for (const struct tree *n = lists == NULL ? NULL : lists->first; n != NULL; n = n->next) {
        read_list(loader, n);
    }
    read_roots(loader, root);
}

/*
 * How guards are found.
 *
 * A conjunction is asked from left to right and ends at the first false part. So if one of the
 * tests that stand first is false, the row is out, and nothing but these tests was looked at. Which
 * rows begin with the same tests is known before any case is, so a list of rows becomes a tree: a
 * test is asked once for all rows under it, and a false one takes them all out. What is left is
 * evaluated whole, its first tests included. Guards therefore change neither a value nor what a
 * finding read; they only save the asking.
 *
 * A test is worth it if it asks for facts of the case as a whole and nothing else: a comparison of
 * such a fact with a constant, its membership, whether it is known, and all, any and no of those. A
 * fact that a rulebook defines counts if no issue and nothing that is computed after labelling is
 * behind it, because its value is then the same whenever it is asked. What it is about (ground,
 * platform, type of contract) does not matter and is not known here. Unknown facts rule out
 * nothing: an open test is not false.
 *
 * INVARIANT: each row of a list stands in one step; places in a step ascend; steps are in preorder.
 *
 * Cost: sorting the rows of each list by their tests; tests are told apart by a map.
 */
#include "guard.h"

#include "image.h"
#include "limit.h"
#include "map.h"

#include <assert.h>
#include <stdlib.h>

/* What lies deeper is no guard. A stored image may be forged, and this walks it before any case. */
#define DEPTH_MAX 200u

/* A row of the list at hand. */
struct entry {
    uint32_t place, kind;
    uint8_t proof;
    uint32_t count; /* tests */
    uint32_t tests[GUARD_TESTS_MAX];
};

struct finder {
    struct image *image;
    struct arena *arena;   /* keeps the guards */
    struct arena *scratch; /* the rest */
    unsigned most_tests;
    amicus_status status;
    struct map *known; /* tests by what they say: places in tests, and 1 */
    uint8_t *is_early; /* by row of derived: 0 not looked at, 1 no, 2 yes */
    unsigned depth;    /* of the node that is looked at */
    struct entry *entries;
    uint32_t entry_count;
    uint32_t *tests;
    struct guard_step *steps;
    uint32_t *places;
    struct guard_list *lists;
    uint32_t test_count, step_count, place_count, list_count;
    uint32_t longest; /* list */
    size_t test_capacity, step_capacity;
};

/* --- which conditions are tests --- */

/* The definition of a fact that a node asks for; INDEX_NONE if it asks for none. */
static uint32_t definition_of(const struct image *image, const struct node *node)
{
    const bool is_derived =
        node->op == NODE_FACT && image->vocabulary->facts[node->b].derived != FACT_NONE;
    return is_derived ? image->derived_of[node->b] : INDEX_NONE;
}

static bool is_of_engine(const struct image *image, const struct node *node)
{
    return node->op == NODE_FACT && image->vocabulary->facts[node->b].derived != FACT_NONE &&
           image->derived_of[node->b] == INDEX_NONE;
}

/* Whether all that a node asks for is the same before and after labelling.
 * NOLINTNEXTLINE(misc-no-recursion): nodes and definitions are bounded in depth. */
static bool is_early(struct finder *finder, uint32_t number)
{
    const struct image *image = finder->image;
    const struct node *node = &image->nodes[number];
    if (node->op == NODE_ISSUE || node->op == NODE_PREDICATE || is_of_engine(image, node) ||
        finder->depth == DEPTH_MAX) {
        return false;
    }
    bool is_one = true;
    finder->depth++;
    for (uint32_t i = 0; is_one && i < node_child_count(node); i++) {
        const uint32_t child = node_child(node, image->args, i);
        is_one = child == NODE_NONE || is_early(finder, child);
    }
    const uint32_t row = definition_of(image, node);
    if (row != INDEX_NONE && finder->is_early[row] == 0) {
        finder->is_early[row] = 1;
        finder->is_early[row] = is_early(finder, image->derived[row].node) ? 2 : 1;
    }
    finder->depth--;
    return is_one && (row == INDEX_NONE || finder->is_early[row] == 2);
}

static bool is_constant(const struct image *image, uint32_t node)
{
    return image->nodes[node].op == NODE_CONST && image->nodes[node].type != TYPE_TEXT;
}

static bool is_root_fact(struct finder *finder, uint32_t number)
{
    const struct node *node = &finder->image->nodes[number];
    return node->op == NODE_FACT && node->a == NODE_NONE && is_early(finder, number);
}

static bool are_constants(const struct image *image, uint32_t first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!is_constant(image, image->args[first + i])) {
            return false;
        }
    }
    return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): conditions are bounded in depth. */
static bool is_test(struct finder *finder, uint32_t number)
{
    const struct image *image = finder->image;
    const struct node *node = &image->nodes[number];
    switch (node->op) {
    case NODE_EQUAL:
    case NODE_UNEQUAL:
    case NODE_LESS:
    case NODE_AT_MOST:
    case NODE_MORE:
    case NODE_AT_LEAST: return is_constant(image, node->b) && is_root_fact(finder, node->a);
    case NODE_ONE_OF:
        return are_constants(image, node->b, node->c) && is_root_fact(finder, node->a);
    case NODE_HAS:
    case NODE_HAS_ONLY:
    case NODE_KNOWN:
    case NODE_ABSENT: return is_root_fact(finder, node->a);
    case NODE_ALL:
    case NODE_ANY:
    case NODE_NO: break;
    default: return false;
    }
    bool is_one = node->b > 0 && finder->depth < DEPTH_MAX;
    finder->depth++;
    for (uint32_t i = 0; is_one && i < node->b; i++) {
        is_one = is_test(finder, image->args[node->a + i]);
    }
    finder->depth--;
    return is_one;
}

/* --- tests that say the same --- */

static void put_number(struct builder *builder, int64_t number)
{
    builder_put(builder, (struct text){(const char *)&number, sizeof number});
}

/* Write what a test says. Facts and constants are one node wherever they are named.
 * NOLINTNEXTLINE(misc-no-recursion): conditions are bounded in depth. */
static void put_test(struct builder *builder, const struct image *image, uint32_t number)
{
    const struct node *node = &image->nodes[number];
    const bool is_logic = node->op == NODE_ALL || node->op == NODE_ANY || node->op == NODE_NO;
    builder_putc(builder, (char)node->op);
    put_number(builder, is_logic ? node->b : node->a);
    for (uint32_t i = 0; is_logic && i < node->b; i++) {
        put_test(builder, image, image->args[node->a + i]);
    }
    if (node->op == NODE_ONE_OF) {
        put_number(builder, node->c);
        for (uint32_t i = 0; i < node->c; i++) {
            put_number(builder, image->args[node->b + i]);
        }
    } else if (!is_logic) {
        put_number(builder, node->b);
        put_number(builder, node->k);
    }
}

/* The number of a test, the same for all that say the same. */
static uint32_t number_of(struct finder *finder, uint32_t node)
{
    struct builder builder;
    struct text key;
    builder_start(&builder, finder->scratch);
    put_test(&builder, finder->image, node);
    finder->status = builder_end(&key, &builder);
    if (finder->status != AMICUS_OK) {
        return 0;
    }
    const uint32_t *known = map_find(finder->known, key);
    if (known != NULL) {
        return *known;
    }
    void *tests = finder->tests;
    uint32_t *number = arena_give(finder->scratch, sizeof *number);
    finder->status = number == NULL ? AMICUS_MEMORY
                                    : arena_grow(finder->arena, &tests, &finder->test_capacity,
                                                 finder->test_count, sizeof *finder->tests);
    if (finder->status == AMICUS_OK) {
        finder->tests = tests;
        *number = finder->test_count;
        finder->tests[finder->test_count++] = node;
        finder->status = map_put(finder->known, key, number);
    }
    return finder->status == AMICUS_OK ? *number : 0;
}

/* Find the tests that stand first in a condition. */
static void take_tests(struct finder *finder, struct entry *entry, uint32_t when)
{
    const struct image *image = finder->image;
    const struct node *node = &image->nodes[when];
    const bool is_conjunction = node->op == NODE_ALL;
    const uint32_t count = is_conjunction ? node->b : 1;
    for (uint32_t i = 0; i < count && entry->count < finder->most_tests; i++) {
        const uint32_t part = is_conjunction ? image->args[node->a + i] : when;
        if (finder->status != AMICUS_OK || !is_test(finder, part)) {
            return;
        }
        entry->tests[entry->count++] = number_of(finder, part);
    }
}

/* --- the tree of a list --- */

/* By standard and kind, then by tests, the fewer first, then by place. */
static int by_tests(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    if (a->proof != b->proof) {
        return a->proof < b->proof ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    for (uint32_t i = 0; i < a->count && i < b->count; i++) {
        if (a->tests[i] != b->tests[i]) {
            return a->tests[i] < b->tests[i] ? -1 : 1;
        }
    }
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static void add_step(struct finder *finder, uint32_t test, const struct entry *entry)
{
    void *steps = finder->steps;
    finder->status = arena_grow(finder->arena, &steps, &finder->step_capacity, finder->step_count,
                                sizeof *finder->steps);
    if (finder->status != AMICUS_OK) {
        return;
    }
    finder->steps = steps;
    finder->steps[finder->step_count++] = (struct guard_step){.test = test,
                                                              .first_place = finder->place_count,
                                                              .kind = entry->kind,
                                                              .proof = entry->proof};
}

/* The steps that lead to the row at hand: the first asks nothing. */
struct path {
    uint32_t steps[GUARD_TESTS_MAX + 1];
    uint32_t depth; /* how many */
};

/* End the steps of a path that the next row is not under. */
static void end_steps(struct finder *finder, struct path *path, uint32_t depth)
{
    while (path->depth > depth) {
        finder->steps[path->steps[--path->depth]].end = finder->step_count;
    }
}

/* How many steps of a path lead to a row as well. */
static uint32_t common_depth(const struct finder *finder, const struct path *path,
                             const struct entry *entry)
{
    if (path->depth == 0 || finder->steps[path->steps[0]].proof != entry->proof ||
        finder->steps[path->steps[0]].kind != entry->kind) {
        return 0;
    }
    uint32_t depth = 1;
    while (depth < path->depth && depth <= entry->count &&
           finder->steps[path->steps[depth]].test == entry->tests[depth - 1]) {
        depth++;
    }
    return depth;
}

static void place_entry(struct finder *finder, struct path *path, const struct entry *entry)
{
    end_steps(finder, path, common_depth(finder, path, entry));
    while (path->depth <= entry->count && finder->status == AMICUS_OK) {
        const uint32_t test = path->depth == 0 ? INDEX_NONE : entry->tests[path->depth - 1];
        path->steps[path->depth++] = finder->step_count;
        add_step(finder, test, entry);
    }
    if (finder->status == AMICUS_OK) {
        finder->places[finder->place_count++] = entry->place;
        finder->steps[path->steps[entry->count]].place_count++;
    }
}

/* Make the tree of the entries at hand. */
static void end_list(struct finder *finder)
{
    struct path path = {.depth = 0};
    struct guard_list *list = &finder->lists[finder->list_count++];
    *list = (struct guard_list){.first = finder->step_count, .is_plain = true};
    if (finder->entry_count > 1) {
        qsort(finder->entries, finder->entry_count, sizeof *finder->entries, by_tests);
    }
    for (uint32_t i = 0; i < finder->entry_count && finder->status == AMICUS_OK; i++) {
        place_entry(finder, &path, &finder->entries[i]);
        list->is_plain &= finder->entries[i].count == 0;
    }
    end_steps(finder, &path, 0);
    list->end = finder->step_count;
    finder->entry_count = 0;
}

static struct entry *add_entry(struct finder *finder, uint8_t proof, uint32_t kind)
{
    struct entry *entry = &finder->entries[finder->entry_count];
    *entry = (struct entry){.place = finder->entry_count++, .kind = kind, .proof = proof};
    return entry;
}

static void list_rules(struct finder *finder, const struct issue_row *issue)
{
    const struct image *image = finder->image;
    for (uint32_t i = 0; i < issue->rule_count; i++) {
        const struct rule_row *rule = &image->rules[image->indices[issue->first_rule + i]];
        struct entry *entry = add_entry(finder, issue->proof, rule->kind);
        const bool is_always = rule->anchor == ANCHOR_NONE ||
                               (rule->from_s == INSTANT_MIN && rule->until_s == INSTANT_MAX);
        if (is_always) {
            take_tests(finder, entry, rule->when);
        }
    }
    end_list(finder);
}

static void list_all(struct finder *finder)
{
    const struct image *image = finder->image;
    for (uint32_t i = 0; i < image->issue_count && finder->status == AMICUS_OK; i++) {
        list_rules(finder, &image->issues[i]);
    }
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        const struct remedy_row *row = &image->remedies[i];
        take_tests(finder, add_entry(finder, row->proof, row->kind), row->when);
    }
    end_list(finder);
    for (uint32_t i = 0; i < image->fallback_count; i++) {
        const struct fallback_row *row = &image->fallbacks[i];
        take_tests(finder, add_entry(finder, row->proof, row->kind), row->when);
    }
    end_list(finder);
    for (uint32_t i = 0; i < image->flag_count; i++) {
        const struct flag_row *row = &image->flags[i];
        take_tests(finder, add_entry(finder, row->proof, row->kind), row->when);
    }
    end_list(finder);
}

/* The most rows that one list can have, and all of them together. */
static void count_rows(const struct image *image, size_t *most, size_t *all)
{
    const uint32_t others[] = {image->remedy_count, image->fallback_count, image->flag_count};
    *most = 0;
    *all = 0;
    for (unsigned i = 0; i < GUARD_OTHER_COUNT; i++) {
        *most = others[i] > *most ? others[i] : *most;
        *all += others[i];
    }
    for (uint32_t i = 0; i < image->issue_count; i++) {
        *most = image->issues[i].rule_count > *most ? image->issues[i].rule_count : *most;
        *all += image->issues[i].rule_count;
    }
}

static amicus_status open_finder(struct finder *finder)
{
    const struct image *image = finder->image;
    size_t most = 0;
    size_t all = 0;
    count_rows(image, &most, &all);
    finder->longest = (uint32_t)most;
    finder->entries = arena_lend_array(finder->scratch, most, sizeof *finder->entries);
    finder->is_early = arena_give_array(finder->scratch, image->derived_count, 1);
    finder->places = arena_lend_array(finder->arena, all, sizeof *finder->places);
    finder->lists = arena_give_array(finder->arena, (size_t)image->issue_count + GUARD_OTHER_COUNT,
                                     sizeof *finder->lists);
    const bool is_open = finder->entries != NULL && finder->is_early != NULL &&
                         finder->places != NULL && finder->lists != NULL;
    return is_open ? map_of(&finder->known, finder->scratch) : AMICUS_MEMORY;
}

amicus_status guards_find(struct image *image, struct arena *arena, unsigned most_tests)
{
    assert(image != NULL && arena != NULL);
    assert(most_tests <= GUARD_TESTS_MAX);
    struct finder finder = {.image = image, .arena = arena, .most_tests = most_tests};
    finder.status = arena_open(&finder.scratch, (size_t)limit_of(LIMIT_RULEBOOK_ARENA_BYTES));
    if (finder.status == AMICUS_OK) {
        finder.status = open_finder(&finder);
    }
    if (finder.status == AMICUS_OK) {
        list_all(&finder);
    }
    arena_close(finder.scratch);
    if (finder.status == AMICUS_OK) {
        image->guards = (struct guards){.tests = finder.tests,
                                        .test_count = finder.test_count,
                                        .steps = finder.steps,
                                        .places = finder.places,
                                        .lists = finder.lists,
                                        .list_count = finder.list_count,
                                        .longest = finder.longest};
    }
    return finder.status;
}

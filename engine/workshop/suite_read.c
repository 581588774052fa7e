/*
 * Reading a suite.
 *
 * One strict tree, read as a case is. What a suite says for all its tests (defaults:) is put into
 * each test here, so that nobody else needs to know of it: a test's own word wins over the same key
 * of the defaults.
 *
 * A fault breaks the test that it is in and no other, so that a suite with a typing error still
 * tells how its other tests stand. What is not said is never assumed: a test that wants nothing,
 * and waits for nothing, would pass for ever, and is a fault.
 */
#include "suite_read.h"

#include "date.h"
#include "fields.h"
#include "limit.h"
#include "want.h"

#include <assert.h>

struct reader {
    struct suite *suite;
    struct faults faults;
    const struct tree *defaults; /* a map, or NULL */
    unsigned promises;           /* of the defaults */
};

static const char *const TEST_KEYS[] = {"name",  "case",        "with", "without", "params",
                                        "as_of", "policy_date", "want", "todo",    NULL};

/* Find what a test says under a key, else what the defaults say. */
static const struct tree *find_said(const struct reader *reader, const struct tree *test,
                                    const char *key)
{
    const struct tree *own = tree_find(test, key);
    return own != NULL || reader->defaults == NULL ? own : tree_find(reader->defaults, key);
}

static bool read_moment(struct reader *reader, const struct tree *node, int64_t *out_s)
{
    int32_t day = 0;
    if (node == NULL || node->kind == TREE_FAULT) {
        return false;
    }
    if (node->kind == TREE_SCALAR && instant_read(out_s, node->text) == AMICUS_OK) {
        return true;
    }
    if (node->kind == TREE_SCALAR && date_read(&day, node->text) == AMICUS_OK) {
        *out_s = (int64_t)day * 86400;
        return true;
    }
    faults_add(&reader->faults, "T0103", node->place, "write it as 2025-06-02T00:00:00Z",
               "'%.*s' is no instant", SHOWN(node->text));
    return false;
}

static unsigned read_promise(struct reader *reader, const struct tree *node)
{
    const char *names[TWIN_COUNT + 1] = {NULL};
    for (unsigned i = 0; i < TWIN_COUNT; i++) {
        names[i] = case_twin_name((enum case_twin)i);
        if (tree_is(node, names[i])) {
            return PROMISE_BIT(i);
        }
    }
    char mend[200];
    faults_mend_nearest(mend, sizeof mend, faults_nearest(names, node->text),
                        "write evidence_order, party_names, shift_dates or irrelevant_fact");
    faults_add(&reader->faults, "T0106", node->place, mend, "there is no promise '%.*s'",
               SHOWN(node->text));
    return 0;
}

/* Read stable_under: of a map, which may be NULL. */
static unsigned read_promises(struct reader *reader, const struct tree *map)
{
    unsigned bits = 0;
    const struct tree *list =
        map == NULL ? NULL : field_list(&reader->faults, map, "stable_under", "T0103");
    for (const struct tree *node = list == NULL ? NULL : list->first; node != NULL;
         node = node->next) {
        bits |= read_promise(reader, node);
    }
    return bits;
}

/* --- edits --- */

static const struct tree *find_map(struct reader *reader, const struct tree *map, const char *key)
{
    const struct tree *child = map == NULL ? NULL : tree_find(map, key);
    if (child != NULL && child->kind != TREE_MAP && child->kind != TREE_FAULT) {
        faults_add(&reader->faults, "T0103", child->place, "write {name: value, ...}",
                   "%s stands where '%s' wants a map", tree_kind_name(child), key);
    }
    return child != NULL && child->kind == TREE_MAP ? child : NULL;
}

/* Tell whether a map, which may be NULL, has a key. */
static bool has_key(const struct tree *map, struct text key)
{
    const struct tree *child = map == NULL ? NULL : map->first;
    while (child != NULL && !text_equal(child->key, key)) {
        child = child->next;
    }
    return child != NULL;
}

/* Add the edits of a with:; those are left out that `over` has too. */
static void add_with(struct reader *reader, struct suite_test *test, const struct tree *with,
                     const struct tree *over)
{
    const struct tree *value = with == NULL ? NULL : with->first;
    for (; value != NULL; value = value->next) {
        struct case_edit edit;
        if (value->kind != TREE_FAULT && !has_key(over, value->key) &&
            faults_status(&reader->faults,
                          case_edit_of(&edit, reader->suite->arena, value->key, value))) {
            test->edits[test->edit_count++] = edit;
        }
    }
}

static void add_without(struct reader *reader, struct suite_test *test, const struct tree *list)
{
    const struct tree *id = list == NULL ? NULL : list->first;
    for (; id != NULL; id = id->next) {
        const struct case_edit edit = {
            .kind = CASE_EDIT_WITHOUT, .path = id->text, .place = id->place};
        if (id->kind == TREE_SCALAR) {
            test->edits[test->edit_count++] = edit;
        } else if (id->kind != TREE_FAULT) {
            faults_add(&reader->faults, "T0103", id->place, "write the ids of evidence: [E7, E9]",
                       "%s stands where the id of a piece is wanted", tree_kind_name(id));
        }
    }
}

static void read_edits(struct reader *reader, struct suite_test *test, const struct tree *node)
{
    const struct tree *base = find_map(reader, reader->defaults, "with");
    const struct tree *own = find_map(reader, node, "with");
    const struct tree *left_out = field_list(
        &reader->faults,
        tree_find(node, "without") == NULL && reader->defaults != NULL ? reader->defaults : node,
        "without", "T0103");
    size_t most = (base == NULL ? 0 : base->count) + (own == NULL ? 0 : own->count) +
                  (left_out == NULL ? 0 : left_out->count);
    test->edits = arena_give_array(reader->suite->arena, most, sizeof *test->edits);
    if (faults_status(&reader->faults, test->edits == NULL ? AMICUS_MEMORY : AMICUS_OK)) {
        add_with(reader, test, base, own);
        add_with(reader, test, own, NULL);
        add_without(reader, test, left_out);
    }
}

/* --- tests --- */

static void read_want(struct reader *reader, struct suite_test *test, const struct tree *node)
{
    const struct tree *want = tree_find(node, "want");
    const struct tree *todo = tree_find(node, "todo");
    test->promises = reader->promises;
    if (want == NULL && todo == NULL) {
        faults_add(&reader->faults, "T0104", node->place,
                   "say what its ruling must be, under want:", "the test wants nothing");
        return;
    }
    if (want != NULL) {
        test->want = want_check_keys(&reader->faults, want) ? want : NULL;
        test->promises =
            has_key(want, text_of("stable_under")) ? read_promises(reader, want) : reader->promises;
    }
    if (todo != NULL) {
        test->todo = field_text(&reader->faults, node, "todo", "T0103", true);
        test->todo_place = todo->key_place;
    }
}

static void read_case(struct reader *reader, struct suite_test *test, const struct tree *node)
{
    const struct tree *path = find_said(reader, node, "case");
    if (path == NULL) {
        faults_add(
            &reader->faults, "T0103", node->place,
            "add case: with the path of a case, here or under defaults:", "the test names no case");
    } else if (path->kind != TREE_SCALAR) {
        faults_add(&reader->faults, "T0103", path->place, "write the path of a case file",
                   "%s stands where the path of a case is wanted", tree_kind_name(path));
    } else {
        test->case_path = path->text;
        test->case_place = path->place;
    }
}

static void read_name(struct reader *reader, struct suite_test *test, const struct tree *node)
{
    test->name = field_text(&reader->faults, node, "name", "T0103", true);
    for (const struct suite_test *other = reader->suite->tests; other < test; other++) {
        if (test->name.length > 0 && text_equal(other->name, test->name)) {
            faults_add(&reader->faults, "T0105", tree_find(node, "name")->place,
                       "give it another name", "the test '%.*s' stands here twice (first at %u:%u)",
                       SHOWN(test->name), (unsigned)other->place.line,
                       (unsigned)other->place.column);
            return;
        }
    }
}

static void read_test(struct reader *reader, const struct tree *node)
{
    struct suite_test *test = &reader->suite->tests[reader->suite->test_count++];
    uint32_t before = reader->faults.count;
    test->place = node->place;
    if (faults_check_keys(&reader->faults, node, "T0102", TEST_KEYS)) {
        read_name(reader, test, node);
        read_case(reader, test, node);
        read_edits(reader, test, node);
        test->params[0] = find_map(reader, reader->defaults, "params");
        test->params[1] = find_map(reader, node, "params");
        test->instants.has_as_of =
            read_moment(reader, find_said(reader, node, "as_of"), &test->instants.as_of_s);
        test->instants.has_policy_date = read_moment(reader, find_said(reader, node, "policy_date"),
                                                     &test->instants.policy_date_s);
        read_want(reader, test, node);
    }
    test->is_broken = reader->faults.count > before || node->kind != TREE_MAP;
}

/* --- the file --- */

static void read_defaults(struct reader *reader, const struct tree *root)
{
    static const char *const KEYS[] = {"case",  "with",        "without",      "params",
                                       "as_of", "policy_date", "stable_under", NULL};
    const struct tree *defaults = tree_find(root, "defaults");
    if (defaults != NULL && faults_check_keys(&reader->faults, defaults, "T0102", KEYS)) {
        reader->defaults = defaults;
        reader->promises = read_promises(reader, defaults);
    }
}

static void read_head(struct reader *reader, const struct tree *root)
{
    static const char *const KEYS[] = {"amicus",   "suite", "policy", "platform",
                                       "defaults", "tests", NULL};
    struct suite *suite = reader->suite;
    (void)faults_check_keys(&reader->faults, root, "T0102", KEYS);
    suite->name = field_text(&reader->faults, root, "suite", "T0103", true);
    suite->policy = field_text(&reader->faults, root, "policy", "T0103", false);
    suite->platform = field_text(&reader->faults, root, "platform", "T0103", false);
    const struct tree *policy = tree_find(root, suite->policy.length > 0 ? "policy" : "platform");
    suite->policy_place = policy == NULL ? root->place : policy->place;
    if (suite->policy.length > 0 && suite->platform.length > 0) {
        faults_add(&reader->faults, "T0103", suite->policy_place, "keep one of the two",
                   "policy: and platform: both choose the rulebook");
    }
}

static void read_suite(struct reader *reader, const struct tree *root)
{
    read_head(reader, root);
    read_defaults(reader, root);
    const struct tree *tests = field_list(&reader->faults, root, "tests", "T0103");
    if (tests == NULL || tests->count == 0) {
        if (!reader->faults.any) {
            faults_add(&reader->faults, "T0103", root->place, "add tests: with a list of tests",
                       "the suite has no tests");
        }
        return;
    }
    reader->suite->tests =
        arena_give_array(reader->suite->arena, tests->count, sizeof *reader->suite->tests);
    if (!faults_status(&reader->faults, reader->suite->tests == NULL ? AMICUS_MEMORY : AMICUS_OK)) {
        return;
    }
    for (const struct tree *node = tests->first; node != NULL; node = node->next) {
        read_test(reader, node);
    }
}

/* Read the tree, and see that it is that of a suite. NULL if it is not. */
static const struct tree *read_tree(struct reader *reader, struct text bytes, amicus_status *status)
{
    struct tree_source source = tree_source_of(reader->suite->file, bytes, false);
    const struct tree *root = NULL;
    source.limit_bytes = (size_t)limit_of(LIMIT_CASE_JSON_BYTES);
    source.limit_nodes = (size_t)limit_of(LIMIT_CASE_JSON_NODES);
    *status = tree_read_yaml(&root, reader->suite->arena, &source, reader->faults.list);
    if (*status != AMICUS_OK) {
        return NULL;
    }
    const struct tree *head = tree_find(root, "amicus");
    if (head == NULL || !tree_is(head, "suite/1") || head != root->first) {
        faults_add(&reader->faults, "T0101", root->place, "start with 'amicus: suite/1'",
                   "this does not say that it is a suite of version 1");
        *status = AMICUS_INVALID;
        return NULL;
    }
    return root;
}

amicus_status suite_read(struct suite **out, const char *file, struct text bytes,
                         amicus_diagnostics *list)
{
    assert(out != NULL && file != NULL && list != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    *out = NULL;
    struct arena *arena = NULL;
    struct text name;
    amicus_status status = arena_open(&arena, (size_t)limit_of(LIMIT_CASE_ARENA_BYTES));
    if (status != AMICUS_OK) {
        return status;
    }
    struct suite *suite = arena_give(arena, sizeof *suite);
    if (suite == NULL || text_copy(&name, arena, text_of(file)) != AMICUS_OK) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    suite->arena = arena;
    suite->file = name.at;
    struct reader reader = {.suite = suite, .faults = {.list = list}};
    const struct tree *root = read_tree(&reader, bytes, &status);
    if (root != NULL) {
        read_suite(&reader, root);
        status = reader.faults.status;
    }
    if (status == AMICUS_OK && suite->test_count == 0) {
        status = AMICUS_INVALID;
    }
    if (status != AMICUS_OK) {
        arena_close(arena);
        return status;
    }
    *out = suite;
    return AMICUS_OK;
}

void suite_close(struct suite *suite)
{
    if (suite == NULL) {
        return;
    }
    assert(suite->arena != NULL);
    assert(suite->test_count > 0);
    arena_close(suite->arena);
}

void suite_write_name(struct builder *builder, const struct suite *suite,
                      const struct suite_test *test)
{
    assert(builder != NULL && suite != NULL);
    assert(test >= suite->tests && test < suite->tests + suite->test_count);
    builder_put_visible(builder, suite->name);
    builder_puts(builder, " / ");
    builder_put_visible(builder, test->name);
}

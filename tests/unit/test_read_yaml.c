#define TREE_READER  tree_read_yaml
#define TREE_NAME    "t.yaml"
#define TREE_IS_JSON false
#include "tree_kit.h"

static void keeps_characters_and_how_they_were_written(void)
{
    const char *text = "a: no\nb: '010'\nc: |\n  two\n  lines\nd: \"x\\ty\"\n";
    struct reading reading = read_bytes(text, strlen(text));
    CU_ASSERT_EQUAL_FATAL(reading.status, AMICUS_OK);
    const struct tree *a = tree_find(reading.root, "a");
    const struct tree *b = tree_find(reading.root, "b");
    CU_ASSERT_TRUE(tree_is(a, "no") && a->form == TREE_PLAIN);
    CU_ASSERT_TRUE(tree_is(b, "010") && b->form == TREE_QUOTED);
    CU_ASSERT_TRUE(tree_is(tree_find(reading.root, "c"), "two\nlines\n"));
    CU_ASSERT_TRUE(tree_is(tree_find(reading.root, "d"), "x\ty"));
    CU_ASSERT_PTR_NULL(tree_find(reading.root, "e"));
    reading_close(&reading);
}

static void counts_places_from_one_and_in_characters(void)
{
    const char *text = "k\xC3\xA4se: [\xE2\x82\xAC, x]\nb:\n  c: d\n";
    struct reading reading = read_bytes(text, strlen(text));
    CU_ASSERT_EQUAL_FATAL(reading.status, AMICUS_OK);
    const struct tree *list = reading.root->first;
    CU_ASSERT_EQUAL(list->key_place.column, 1);
    CU_ASSERT_EQUAL(list->place.column, 7);
    CU_ASSERT_EQUAL(list->first->next->place.column, 11);
    const struct tree *c = list->next->first;
    CU_ASSERT_EQUAL(c->key_place.line, 3);
    CU_ASSERT_EQUAL(c->key_place.column, 3);
    CU_ASSERT_EQUAL(c->place.column, 6);
    reading_close(&reading);
}

static void refuses_each_thing_outside_of_the_subset_at_its_place(void)
{
    check_fault("", "C0101", 0, 0);
    check_fault("# only a comment\n", "C0101", 0, 0);
    check_fault("a: [b\n", "C0105", 2, 1);
    check_fault("a: b\na: c\n", "C0107", 2, 1);
    check_fault("a: b\n\"a\": c\n", "C0107", 2, 1);
    check_fault("a: &x b\n", "C0111", 1, 4);
    check_fault("a: *x\n", "C0111", 1, 4);
    check_fault("a: !!int 3\n", "C0112", 1, 4);
    check_fault("a: !x 3\n", "C0112", 1, 4);
    check_fault("%YAML 1.1\n---\na: b\n", "C0113", 1, 1);
    check_fault("%TAG ! x:\n---\na: b\n", "C0113", 1, 1);
    check_fault("a: b\n---\nc: d\n", "C0114", 2, 1);
    check_fault("<<: {a: b}\n", "C0115", 1, 1);
    check_fault("? [a]\n: b\n", "C0116", 1, 3);
    check_fault("\"\": b\n", "C0116", 1, 1);
    check_fault("a: b\nc:\n\t- d\n", "C0117", 3, 1);
    check_fault("a:\nb: c\n", "C0118", 1, 3);
}

static void refuses_characters_that_deceive_however_they_are_written(void)
{
    check_fault("a: x\x01y\n", "C0110", 1, 5);
    check_fault("a: x\x7Fy\n", "C0110", 1, 5);
    check_fault("a: x\xC2\x85y\n", "C0110", 1, 5);
    check_fault("a: x\xE2\x80\xAEy\n", "C0110", 1, 5);
    check_fault("a: x\xE2\x80\xA8y\n", "C0110", 1, 5);
    check_fault("\xEF\xBB\xBF"
                "a: b\n",
                "C0110", 1, 1);
    check_fault("a: \"x\\e[2J\"\n", "C0110", 1, 4);
    check_fault("a: \"x\\u202ey\"\n", "C0110", 1, 4);
    check_fault("\"x\\0\": y\n", "C0110", 1, 1);
    check_fault("a: \xC3\n", "C0103", 1, 4);
}

static void refuses_a_comment_that_touches_what_stands_before_it(void)
{
    check_fault("a: \"b\"# c\n", "C0105", 1, 7);
    check_fault("a: [b, c,# d\n  e]\n", "C0105", 1, 10);
}

static void takes_comments_and_signs_inside_of_texts(void)
{
    const char *text = "# first\na: b#c # d\n\"e#\": 'f # g' # h # i\nj: | # k\n  l # m\n";
    struct reading reading = read_bytes(text, strlen(text));
    CU_ASSERT_EQUAL_FATAL(reading.status, AMICUS_OK);
    CU_ASSERT_TRUE(tree_is(tree_find(reading.root, "a"), "b#c"));
    CU_ASSERT_TRUE(tree_is(tree_find(reading.root, "e#"), "f # g"));
    CU_ASSERT_TRUE(tree_is(tree_find(reading.root, "j"), "l # m\n"));
    reading_close(&reading);
}

static void reports_every_fault_that_leaves_the_shape_alone(void)
{
    const char *text = "a: &x 1\nb: !t 2\na: 3\nc:\n<<: {d: 4}\n";
    struct reading reading = read_bytes(text, strlen(text));
    CU_ASSERT_EQUAL(reading.status, AMICUS_INVALID);
    CU_ASSERT_PTR_NOT_NULL(reading.root);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(reading.list), 5);
    reading_close(&reading);
}

static void keeps_each_bound_at_its_edge(void)
{
    for (size_t step = 0; step < 3; step++) {
        bool is_within = step < 2;
        char deep[80] = "a: ";
        memset(deep + 3, '[', 30 + step);
        memset(deep + 33 + step, ']', 30 + step);
        check_bound(read_bytes(deep, strlen(deep)), is_within, "C0106");
        /* The list and the map count too. */
        check_bound(read_many("a: [", "b,", 9996 + step, "b]\n"), is_within, "C0108");
        check_bound(read_many("a: ", "b", 65535 + step, "\n"), is_within, "C0109");
        check_bound(read_many("a: b\n#", "x", ((size_t)1 << 20) - 8 + step, "\n"), is_within,
                    "C0102");
    }
}

static void refuses_a_bomb_before_it_costs(void)
{
    check_bound(read_many("", "[", 100000, ""), false, "C0106");
    check_bound(read_many("", "{a: ", 100000, ""), false, "C0106");
    check_bound(read_many("", "- ", 100000, ""), false, "C0106");
}

static void finds_duplicates_among_many_keys(void)
{
    char text[4000] = "";
    size_t used = 0;
    for (unsigned i = 0; i < 200; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "key%u: %u\n", i, i);
    }
    CU_ASSERT_FATAL(used < sizeof text - 20);
    struct reading reading = read_bytes(text, used);
    CU_ASSERT_EQUAL(reading.status, AMICUS_OK);
    reading_close(&reading);
    (void)snprintf(text + used, sizeof text - used, "key150: 1\nkey5: 2\n");
    reading = read_bytes(text, strlen(text));
    CU_ASSERT_EQUAL(amicus_diagnostics_count(reading.list), 2);
    CU_ASSERT_EQUAL(reading.root->count, 200);
    reading_close(&reading);
}

static void reads_any_beginning_of_a_text_without_harm(void)
{
    const char *text = "a: {b: [\"c\", 'd'], e: |\n  f\n}\n? g\n: - h\n  - &i j\n...\n";
    for (size_t length = 0; length <= strlen(text); length++) {
        char *exact = malloc(length + 1);
        if (exact == NULL) {
            exit(2);
        }
        memcpy(exact, text, length);
        struct reading reading = read_bytes(exact, length);
        CU_ASSERT_TRUE(reading.status == AMICUS_OK || amicus_diagnostics_count(reading.list) > 0);
        reading_close(&reading);
        free(exact);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"keeps characters and how they were written", keeps_characters_and_how_they_were_written},
        {"counts places from one and in characters", counts_places_from_one_and_in_characters},
        {"refuses each thing outside of the subset at its place",
         refuses_each_thing_outside_of_the_subset_at_its_place},
        {"refuses characters that deceive, however they are written",
         refuses_characters_that_deceive_however_they_are_written},
        {"refuses a comment that touches what stands before it",
         refuses_a_comment_that_touches_what_stands_before_it},
        {"takes comments and signs inside of texts", takes_comments_and_signs_inside_of_texts},
        {"reports every fault that leaves the shape alone",
         reports_every_fault_that_leaves_the_shape_alone},
        {"keeps each bound at its edge", keeps_each_bound_at_its_edge},
        {"refuses a bomb before it costs", refuses_a_bomb_before_it_costs},
        {"finds duplicates among many keys", finds_duplicates_among_many_keys},
        {"reads any beginning of a text without harm", reads_any_beginning_of_a_text_without_harm},
        CU_TEST_INFO_NULL,
    };
    return suite_run("read_yaml", tests);
}

#define TREE_READER  tree_read_json
#define TREE_NAME    "t.json"
#define TREE_IS_JSON true
#include "tree_kit.h"

static void keeps_every_kind_of_value_with_its_form_and_place(void)
{
    const char *text = "{\"a\": [1, true,\n \"x\\u00e9\"], \"b\": {}}";
    struct reading reading = read_bytes(text, strlen(text));
    CU_ASSERT_EQUAL_FATAL(reading.status, AMICUS_OK);
    const struct tree *a = tree_find(reading.root, "a");
    CU_ASSERT_EQUAL_FATAL(a->count, 3);
    const struct tree *one = a->first;
    const struct tree *yes = one->next;
    const struct tree *word = yes->next;
    CU_ASSERT_TRUE(tree_is(one, "1") && one->form == TREE_JSON_NUMBER);
    CU_ASSERT_TRUE(tree_is(yes, "true") && yes->form == TREE_JSON_BOOL);
    CU_ASSERT_TRUE(tree_is(word, "x\xC3\xA9") && word->form == TREE_QUOTED);
    CU_ASSERT_EQUAL(one->place.column, 8);
    CU_ASSERT_EQUAL(yes->place.column, 11);
    CU_ASSERT_EQUAL(word->place.line, 2);
    CU_ASSERT_EQUAL(word->place.column, 2);
    CU_ASSERT_EQUAL(tree_find(reading.root, "b")->key_place.column, 14);
    reading_close(&reading);
}

static void refuses_each_thing_outside_of_the_subset_at_its_place(void)
{
    check_fault("3", "C0101", 1, 1);
    check_fault("{\"a\": 1,\n \"a\": 2}", "C0107", 2, 2);
    check_fault("{\"a\": 1, \"\\u0061\": 2}", "C0107", 1, 10);
    check_fault("{\"a\": null}", "C0118", 1, 7);
    check_fault("{\"a\": 1.5}", "C0119", 1, 7);
    check_fault("{\"a\": [2e3]}", "C0119", 1, 8);
    check_fault("{\"\": 1}", "C0116", 1, 2);
    check_fault("{\"a\": \"x\\u202e\"}", "C0110", 1, 7);
    check_fault("{\"a\": \"\\u0000\"}", "C0110", 1, 7);
}

static void refuses_what_is_not_json(void)
{
    static const char *const BAD[] = {
        "",
        "{",
        "[nul",
        "[nul]",
        "[tru]",
        "[truex]",
        "[01]",
        "[-]",
        "[1.]",
        "[.5]",
        "[1e]",
        "[+1]",
        "[0x1]",
        "[1 2]",
        "[1,]",
        "[,1]",
        "{\"a\" 1}",
        "{\"a\":}",
        "{a: 1}",
        "{\"a\":1,}",
        "{'a': 1}",
        "[\"\\x\"]",
        "[\"\\ud800\"]",
        "[\"a\nb\"]",
        "[] x",
        "[]]",
        "{} {}",
        "[1] // x",
        "[\"open]",
        "[NaN]",
        "[1}",
        "{\"a\":1]",
        "{\"a\":1 \"b\":2}",
        "[[]",
        "[\"\\u12\"]",
        "[falsee]",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        struct reading reading = read_bytes(BAD[i], strlen(BAD[i]));
        CU_ASSERT_EQUAL(reading.status, AMICUS_INVALID);
        CU_ASSERT_PTR_NULL(reading.root);
        CU_ASSERT_TRUE(amicus_diagnostics_count(reading.list) > 0);
        if (reading.status != AMICUS_INVALID || reading.root != NULL) {
            (void)printf("  accepted: %s\n", BAD[i]);
        }
        reading_close(&reading);
    }
}

static void visits_every_value_also_behind_a_fault(void)
{
    const char *text = "{\"a\": null, \"b\": 1.5, \"c\": [null], \"d\": \"\\u202e\"}";
    struct reading reading = read_bytes(text, strlen(text));
    CU_ASSERT_EQUAL(reading.status, AMICUS_INVALID);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(reading.list), 4);
    CU_ASSERT_PTR_NOT_NULL(reading.root);
    reading_close(&reading);
}

static void keeps_numbers_as_their_digits(void)
{
    const char *text = "[-0, 123456789012345678901234567890]";
    struct reading reading = read_bytes(text, strlen(text));
    CU_ASSERT_EQUAL_FATAL(reading.status, AMICUS_OK);
    CU_ASSERT_TRUE(tree_is(reading.root->first, "-0"));
    CU_ASSERT_TRUE(tree_is(reading.root->first->next, "123456789012345678901234567890"));
    reading_close(&reading);
}

static void keeps_each_bound_at_its_edge(void)
{
    for (size_t step = 0; step < 3; step++) {
        bool is_within = step < 2;
        char deep[80] = "";
        memset(deep, '[', 31 + step);
        memset(deep + 31 + step, ']', 31 + step);
        check_bound(read_bytes(deep, strlen(deep)), is_within, "C0106");
        check_bound(read_many("[", "1,", 199997 + step, "1]"), is_within, "C0108");
        check_bound(read_many("[\"", "b", 65535 + step, "\"]"), is_within, "C0109");
        check_bound(read_many("[", " ", ((size_t)4 << 20) - 3 + step, "]"), is_within, "C0102");
    }
}

static void takes_a_hundred_thousand_keys_in_linear_time(void)
{
    size_t size = (size_t)2 << 20;
    char *bytes = malloc(size);
    if (bytes == NULL) {
        exit(2);
    }
    size_t used = (size_t)snprintf(bytes, size, "{\"first\":1");
    for (unsigned i = 0; i < 100000; i++) {
        used += (size_t)snprintf(bytes + used, size - used, ",\"k%u\":1", i);
    }
    used += (size_t)snprintf(bytes + used, size - used, "}");
    struct reading reading = read_bytes(bytes, used);
    CU_ASSERT_EQUAL(reading.status, AMICUS_OK);
    reading_close(&reading);
    free(bytes);
}

static void reads_any_beginning_of_a_text_without_harm(void)
{
    const char *text =
        "{\"a\": [1, -2, true, false, \"b\\u00e9\\n\", {\"c\": []}], \"d\": \"e\"}  ";
    for (size_t length = 0; length < strlen(text) - 2; length++) {
        char *exact = malloc(length + 1);
        if (exact == NULL) {
            exit(2);
        }
        memcpy(exact, text, length);
        struct reading reading = read_bytes(exact, length);
        CU_ASSERT_EQUAL(reading.status, AMICUS_INVALID);
        reading_close(&reading);
        free(exact);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"keeps every kind of value with its form and place",
         keeps_every_kind_of_value_with_its_form_and_place},
        {"refuses each thing outside of the subset at its place",
         refuses_each_thing_outside_of_the_subset_at_its_place},
        {"refuses what is not JSON", refuses_what_is_not_json},
        {"visits every value, also behind a fault", visits_every_value_also_behind_a_fault},
        {"keeps numbers as their digits", keeps_numbers_as_their_digits},
        {"keeps each bound at its edge", keeps_each_bound_at_its_edge},
        {"takes a hundred thousand keys in linear time",
         takes_a_hundred_thousand_keys_in_linear_time},
        {"reads any beginning of a text without harm", reads_any_beginning_of_a_text_without_harm},
        CU_TEST_INFO_NULL,
    };
    return suite_run("read_json", tests);
}

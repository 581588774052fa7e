/*
 * What a comparison promises: each value that differs once, with its place, and nothing else.
 */
#include "ruling_diff.h"
#include "suite.h"
#include "verify.h"

#include <string.h>

static struct arena *arena;

static const struct tree *read(const char *text)
{
    amicus_diagnostics *list;
    const struct tree *tree = NULL;
    const struct tree_source source = verify_source("test", text_of(text));
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(tree_read_json(&tree, arena, &source, list), AMICUS_OK);
    amicus_diagnostics_close(list);
    return tree;
}

static struct comparison compare(const char *said, const char *derived)
{
    return ruling_compare(arena, read(said), read(derived), NULL, "digest");
}

/* A text with a part that is repeated. */
static const char *repeat(const char *before, const char *part, unsigned times, const char *behind)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    builder_puts(&builder, before);
    for (unsigned i = 0; i < times; i++) {
        builder_puts(&builder, part);
    }
    builder_puts(&builder, behind);
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    return text.at;
}

static bool is_one(const struct comparison *comparison, uint32_t n, const char *path,
                   const char *said, const char *derived)
{
    const struct difference *one = &comparison->differences[n];
    return n < comparison->kept && text_is(one->path, path) && text_is(one->said, said) &&
           text_is(one->derived, derived);
}

static void equal_rulings_differ_nowhere(void)
{
    const char *text = "{\"a\":[{\"rule\":\"x\",\"n\":1},null],\"b\":true,\"digest\":\"1\"}";
    const char *same = "{ \"digest\":\"2\", \"b\":true, \"a\": [{\"n\":1,\"rule\":\"x\"}, null] }";
    const struct comparison comparison = compare(text, same);
    CU_ASSERT_EQUAL(comparison.count, 0);
    CU_ASSERT_EQUAL(comparison.compared, 4);
}

static void a_changed_value_is_one_difference_with_its_path(void)
{
    const struct comparison comparison =
        compare("{\"items\":[{\"item\":\"M1\",\"to_client\":\"USD 1.00\"}],\"outcome\":\"split\"}",
                "{\"items\":[{\"item\":\"M1\",\"to_client\":\"USD 2.00\"}],\"outcome\":\"split\"}");
    CU_ASSERT_EQUAL(comparison.count, 1);
    CU_ASSERT_TRUE(is_one(&comparison, 0, "items[0].to_client", "\"USD 1.00\"", "\"USD 2.00\""));
}

static void a_text_is_not_the_number_that_looks_like_it(void)
{
    CU_ASSERT_EQUAL(compare("{\"n\":\"1\"}", "{\"n\":1}").count, 1);
    CU_ASSERT_EQUAL(compare("{\"n\":\"true\"}", "{\"n\":true}").count, 1);
    CU_ASSERT_EQUAL(compare("{\"n\":null}", "{\"n\":\"null\"}").count, 1);
    CU_ASSERT_EQUAL(compare("{\"n\":[]}", "{\"n\":{}}").count, 1);
}

static void a_member_that_one_side_lacks_is_one_difference(void)
{
    const char *with = "{\"findings\":[{\"rule\":\"a\",\"status\":\"applied\"},"
                       "{\"rule\":\"b\",\"status\":\"applied\"}]}";
    const char *without = "{\"findings\":[{\"rule\":\"b\",\"status\":\"applied\"}]}";
    struct comparison comparison = compare(with, without);
    CU_ASSERT_EQUAL(comparison.count, 1);
    CU_ASSERT_TRUE(
        is_one(&comparison, 0, "findings[0]", "{\"rule\":\"a\",\"status\":\"applied\"}", ""));
    comparison = compare(without, with);
    CU_ASSERT_EQUAL(comparison.count, 1);
    CU_ASSERT_TRUE(
        is_one(&comparison, 0, "findings[0]", "", "{\"rule\":\"a\",\"status\":\"applied\"}"));
    comparison = compare("{\"a\":1,\"b\":2}", "{\"b\":2,\"c\":3}");
    CU_ASSERT_EQUAL(comparison.count, 2);
    CU_ASSERT_TRUE(is_one(&comparison, 0, "a", "1", ""));
    CU_ASSERT_TRUE(is_one(&comparison, 1, "c", "", "3"));
}

static void members_about_the_same_are_matched_in_their_order(void)
{
    const struct comparison comparison =
        compare("{\"f\":[{\"rule\":\"a\",\"n\":1},{\"rule\":\"a\",\"n\":2}]}",
                "{\"f\":[{\"rule\":\"a\",\"n\":1},{\"rule\":\"a\",\"n\":3}]}");
    CU_ASSERT_EQUAL(comparison.count, 1);
    CU_ASSERT_TRUE(is_one(&comparison, 0, "f[1].n", "2", "3"));
}

static void only_what_is_asked_for_is_compared(void)
{
    static const char *const ONLY[] = {"outcome", "items", NULL};
    const struct comparison comparison = ruling_compare(
        arena, read("{\"outcome\":\"split\",\"because\":\"x\",\"items\":[{\"because\":\"x\"}]}"),
        read("{\"outcome\":\"refer\",\"because\":\"y\",\"items\":[{\"because\":\"y\"}]}"), ONLY,
        "because");
    CU_ASSERT_EQUAL(comparison.count, 1);
    CU_ASSERT_TRUE(is_one(&comparison, 0, "outcome", "\"split\"", "\"refer\""));
}

static void what_is_long_is_cut_at_a_character(void)
{
    const struct comparison comparison =
        compare(repeat("{\"t\":\"x", "\xC3\xA4", 200, "\"}"), "{\"t\":\"y\"}");
    CU_ASSERT_EQUAL_FATAL(comparison.kept, 1);
    const struct text shown = comparison.differences[0].said;
    CU_ASSERT_TRUE(shown.length > 100 && shown.length < 130);
    CU_ASSERT_TRUE(text_is_utf8(shown, NULL));
    CU_ASSERT_EQUAL(memcmp(shown.at + shown.length - 3, "...", 3), 0);
}

static void many_differences_are_counted_and_the_first_are_kept(void)
{
    const struct comparison comparison =
        compare(repeat("{\"n\":[0", ",0", 99, "]}"), repeat("{\"n\":[1", ",1", 99, "]}"));
    CU_ASSERT_EQUAL(comparison.count, 100);
    CU_ASSERT_EQUAL(comparison.kept, 20);
    CU_ASSERT_TRUE(is_one(&comparison, 19, "n[19]", "0", "1"));
}

static void canonical_json_is_the_same_for_every_way_to_write_it(void)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    tree_write_json(&builder,
                    read("{ \"b\" : [ 1 , -2 , null , true ] , \"digest\":\"d\", \"a\" : "
                         "\"\\u00e4\\n\" }"),
                    "digest");
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(text, "{\"a\":\"\xC3\xA4\\n\",\"b\":[1,-2,null,true]}"));
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"equal rulings differ nowhere", equal_rulings_differ_nowhere},
        {"a changed value is one difference with its path",
         a_changed_value_is_one_difference_with_its_path},
        {"a text is not the number that looks like it",
         a_text_is_not_the_number_that_looks_like_it},
        {"a member that one side lacks is one difference",
         a_member_that_one_side_lacks_is_one_difference},
        {"members about the same are matched in their order",
         members_about_the_same_are_matched_in_their_order},
        {"only what is asked for is compared", only_what_is_asked_for_is_compared},
        {"what is long is cut at a character", what_is_long_is_cut_at_a_character},
        {"many differences are counted and the first are kept",
         many_differences_are_counted_and_the_first_are_kept},
        {"canonical JSON is the same for every way to write it",
         canonical_json_is_the_same_for_every_way_to_write_it},
        CU_TEST_INFO_NULL,
    };
    if (arena_open(&arena, (size_t)16 << 20) != AMICUS_OK) {
        return 2;
    }
    const int code = suite_run("ruling_diff", tests);
    arena_close(arena);
    return code;
}

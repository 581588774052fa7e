/*
 * outline.c and render_outline.c: an explanation as data, and its three forms.
 */
#include "suite.h"

#include "outline.h"
#include "render_outline.h"

static const struct look PLAIN = {60, false, false};

static struct arena *open_arena(size_t cap_bytes)
{
    struct arena *arena;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, cap_bytes), AMICUS_OK);
    return arena;
}

/* An issue with two findings, one of which has a read. */
static void fill(struct outline *outline, struct arena *arena)
{
    outline_start(outline, arena, "ruling");
    outline->root.name = text_of("C-1");
    struct branch *issue = outline_add(outline, &outline->root, "issue");
    issue->name = text_of("due");
    issue->state = text_of("upheld");
    issue->says = text_of("Payment is due");
    struct branch *first = outline_add(outline, issue, "finding");
    first->name = text_of("+ a.rule");
    first->state = text_of("applied");
    first->clause = text_of("T-1");
    struct branch *read = outline_add(outline, first, "read");
    read->name = text_of("contract.type");
    read->says = text_of("fixed");
    struct branch *second = outline_add(outline, issue, "finding");
    second->name = text_of("- b");
    second->state = text_of("waiting");
}

static struct text ended(struct builder *builder)
{
    struct text text;
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, builder), AMICUS_OK);
    return text;
}

static void sets_siblings_in_columns(void)
{
    struct arena *arena = open_arena((size_t)1 << 20);
    struct outline outline;
    fill(&outline, arena);
    struct builder builder;
    builder_start(&builder, arena);
    outline_write_text(&builder, &outline, PLAIN);
    CU_ASSERT_TRUE(text_is(ended(&builder), "  C-1\n"
                                            "\n"
                                            "  due  upheld  Payment is due\n"
                                            "    + a.rule  applied  T-1\n"
                                            "      contract.type  fixed\n"
                                            "    - b       waiting\n"));
    arena_close(arena);
}

static void names_the_whole_path_on_each_plain_line(void)
{
    struct arena *arena = open_arena((size_t)1 << 20);
    struct outline outline;
    fill(&outline, arena);
    struct builder builder;
    builder_start(&builder, arena);
    outline_write_plain(&builder, &outline);
    CU_ASSERT_TRUE(text_is(ended(&builder), "ruling C-1\n"
                                            "issue C-1/due upheld Payment is due\n"
                                            "finding C-1/due/+ a.rule applied T-1\n"
                                            "read C-1/due/+ a.rule/contract.type fixed\n"
                                            "finding C-1/due/- b waiting\n"));
    arena_close(arena);
}

static void writes_json_with_sorted_keys_and_no_empty_fields(void)
{
    struct arena *arena = open_arena((size_t)1 << 20);
    struct outline outline;
    outline_start(&outline, arena, "page");
    outline.root.name = text_of("a\"b");
    struct branch *field = outline_add(&outline, &outline.root, "field");
    field->says = text_of("x");
    struct builder builder;
    builder_start(&builder, arena);
    outline_write_json(&builder, &outline, "amicus.page/1", false);
    CU_ASSERT_TRUE(text_is(ended(&builder),
                           "{\"kind\":\"page\",\"name\":\"a\\\"b\",\"parts\":[{\"kind\":\"field\","
                           "\"says\":\"x\"}],\"schema\":\"amicus.page/1\"}"));
    arena_close(arena);
}

static void remembers_that_memory_failed(void)
{
    struct arena *arena = open_arena(4096);
    struct outline outline;
    outline_start(&outline, arena, "page");
    for (int i = 0; i < 1000; i++) {
        CU_ASSERT_PTR_NOT_NULL(outline_add(&outline, &outline.root, "field"));
    }
    CU_ASSERT_EQUAL(outline_end(&outline), AMICUS_MEMORY);
    arena_close(arena);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"sets siblings in columns", sets_siblings_in_columns},
        {"names the whole path on each plain line", names_the_whole_path_on_each_plain_line},
        {"writes JSON with sorted keys and no empty fields",
         writes_json_with_sorted_keys_and_no_empty_fields},
        {"remembers that memory failed", remembers_that_memory_failed},
        CU_TEST_INFO_NULL,
    };
    return suite_run("outline", tests);
}

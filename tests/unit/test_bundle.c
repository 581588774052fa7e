/*
 * Promises of bundles: a rulebook comes back from its bytes, wherever its folder was.
 */
#define _DEFAULT_SOURCE

#include "bundle.h"
#include "suite.h"

#include <string.h>
#include <unistd.h>

struct bench {
    amicus_engine *engine;
    amicus_diagnostics *list;
    struct arena *arena;
    struct amicus_rulebook *rulebook;
    struct text bytes;
};

static void bench_open(struct bench *bench, const char *folder)
{
    memset(bench, 0, sizeof *bench);
    CU_ASSERT_EQUAL_FATAL(amicus_engine_open(&bench->engine), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&bench->list), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(arena_open(&bench->arena, (size_t)256 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(
        amicus_rulebook_load(&bench->rulebook, bench->engine, folder, bench->list), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(bundle_make(&bench->bytes, bench->rulebook, bench->arena, bench->list),
                          AMICUS_OK);
}

static void bench_close(struct bench *bench)
{
    amicus_rulebook_close(bench->rulebook);
    arena_close(bench->arena);
    amicus_diagnostics_close(bench->list);
    amicus_engine_close(bench->engine);
}

/* Load a bundle and compare the digest with that of the rulebook that it was made of. */
static void expect_same(struct bench *bench, struct text bytes)
{
    struct amicus_rulebook *again = NULL;
    CU_ASSERT_EQUAL_FATAL(rulebook_load_bundle(&again, bench->engine, bytes, bench->list),
                          AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(again->image.digest, bench->rulebook->image.digest, DIGEST_BYTES), 0);
    rulebook_close(again);
}

static void a_rulebook_comes_back_from_its_bytes(void)
{
    struct bench bench;
    bench_open(&bench, "rules/upwork");
    expect_same(&bench, bench.bytes);
    bench_close(&bench);
}

static void the_bytes_do_not_depend_on_where_the_folder_is(void)
{
    struct bench from_root;
    struct bench from_inside;
    char root[4096];
    CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(root, sizeof root));
    bench_open(&from_root, "rules/upwork");
    CU_ASSERT_EQUAL_FATAL(chdir("rules/common"), 0);
    bench_open(&from_inside, "../upwork");
    CU_ASSERT_EQUAL_FATAL(chdir(root), 0);
    struct bundle one;
    struct bundle other;
    CU_ASSERT_EQUAL(bundle_read(&one, from_root.bytes, from_root.arena), AMICUS_OK);
    CU_ASSERT_EQUAL(bundle_read(&other, from_inside.bytes, from_inside.arena), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(one.folder, "upwork"));
    CU_ASSERT_EQUAL(one.given.count, other.given.count);
    expect_same(&from_root, from_inside.bytes);
    bench_close(&from_inside);
    bench_close(&from_root);
}

static void an_image_that_is_damaged_costs_a_run_of_the_scripts(void)
{
    struct bench bench;
    bench_open(&bench, "rules/model");
    char *bytes = arena_copy(bench.arena, bench.bytes.at, bench.bytes.length);
    bytes[bench.bytes.length - 100] = (char)(bytes[bench.bytes.length - 100] ^ 1);
    expect_same(&bench, (struct text){bytes, bench.bytes.length});
    bench_close(&bench);
}

static void a_bundle_that_is_cut_off_is_refused(void)
{
    struct bench bench;
    bench_open(&bench, "rules/model");
    for (size_t length = 0; length < bench.bytes.length; length += 1 + bench.bytes.length / 300) {
        struct bundle bundle;
        char *exact = arena_copy(bench.arena, bench.bytes.at, length);
        CU_ASSERT_EQUAL(bundle_read(&bundle, (struct text){exact, length}, bench.arena),
                        AMICUS_INVALID);
    }
    bench_close(&bench);
}

static void no_changed_byte_of_the_head_does_harm(void)
{
    struct bench bench;
    bench_open(&bench, "rules/model");
    char *bytes = arena_copy(bench.arena, bench.bytes.at, bench.bytes.length);
    for (size_t i = 0; i < 64; i++) {
        struct bundle bundle;
        bytes[i] = (char)(bytes[i] ^ 0xff);
        amicus_status status =
            bundle_read(&bundle, (struct text){bytes, bench.bytes.length}, bench.arena);
        CU_ASSERT_TRUE(status == AMICUS_OK || status == AMICUS_INVALID);
        bytes[i] = (char)(bytes[i] ^ 0xff);
    }
    bench_close(&bench);
}

int main(void)
{
    static CU_TestInfo tests[] = {
        {"a rulebook comes back from its bytes", a_rulebook_comes_back_from_its_bytes},
        {"the bytes do not depend on where the folder is",
         the_bytes_do_not_depend_on_where_the_folder_is},
        {"an image that is damaged costs a run of the scripts",
         an_image_that_is_damaged_costs_a_run_of_the_scripts},
        {"a bundle that is cut off is refused", a_bundle_that_is_cut_off_is_refused},
        {"no changed byte of the head does harm", no_changed_byte_of_the_head_does_harm},
        CU_TEST_INFO_NULL};
    return suite_run("bundle", tests);
}

/*
 * Promises of the manifest: which files a rulebook is made of, and what they are called.
 * The faults of manifests are kept in tests/golden/policy/folders.
 */
#include "limit.h"
#include "manifest.h"
#include "path.h"
#include "suite.h"

#include <string.h>

struct kit {
    struct arena *arena;
    amicus_diagnostics *list;
    struct manifest manifest;
    amicus_status status;
};

static void kit_load(struct kit *kit, const char *folder)
{
    CU_ASSERT_EQUAL_FATAL(arena_open(&kit->arena, (size_t)64 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&kit->list), AMICUS_OK);
    kit->status = manifest_load(&kit->manifest, folder, kit->arena, kit->list);
}

static void kit_close(struct kit *kit)
{
    amicus_diagnostics_close(kit->list);
    arena_close(kit->arena);
}

static void check_join(const char *folder, const char *relative, const char *wanted)
{
    struct arena *arena = NULL;
    struct text path;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 65536), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(path_join(&path, arena, text_of(folder), text_of(relative)), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(path.at, wanted);
    arena_close(arena);
}

static void joins_paths_by_their_letters(void)
{
    check_join("rules/upwork", "../common", "rules/common");
    check_join("rules/upwork/", "./a.lua", "rules/upwork/a.lua");
    check_join(".", "", ".");
    check_join("", "", ".");
    check_join("a", "..", ".");
    check_join("a", "../../b", "../b");
    check_join("..", "../b", "../../b");
    check_join("/rules", "../../etc", "/etc");
    check_join("/", "", "/");
}

static void follows_tame_paths_only(void)
{
    CU_ASSERT_TRUE(path_is_tame(text_of("a/b-c_1.lua"), false));
    CU_ASSERT_TRUE(path_is_tame(text_of("../common"), true));
    CU_ASSERT_FALSE(path_is_tame(text_of("../common"), false));
    CU_ASSERT_FALSE(path_is_tame(text_of("a/../../b"), false));
    CU_ASSERT_FALSE(path_is_tame(text_of("/etc"), true));
    CU_ASSERT_FALSE(path_is_tame(text_of(""), true));
    CU_ASSERT_FALSE(path_is_tame(text_of("a b"), true));
    CU_ASSERT_FALSE(path_is_tame(text_of("a\\b"), true));
}

static void reads_no_file_longer_than_it_may_be(void)
{
    struct arena *arena = NULL;
    struct text bytes;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, (size_t)1 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(path_read(&bytes, arena, "tests/golden/policy/ask.lua", (size_t)1 << 16),
                          AMICUS_OK);
    size_t length = bytes.length;
    const char *path = "tests/golden/policy/ask.lua";
    CU_ASSERT_EQUAL(path_read(&bytes, arena, path, length), AMICUS_OK);
    CU_ASSERT_EQUAL(path_read(&bytes, arena, path, length - 1), AMICUS_LIMIT);
    CU_ASSERT_EQUAL(path_read(&bytes, arena, "tests/golden", length), AMICUS_IO);
    CU_ASSERT_EQUAL(path_read(&bytes, arena, "tests/nowhere", length), AMICUS_IO);
    arena_close(arena);
}

static void calls_files_by_the_name_of_their_rulebook(void)
{
    struct kit kit;
    kit_load(&kit, "tests/golden/../golden/policy/");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(kit.manifest.file_count, 2);
    CU_ASSERT_TRUE(text_is(kit.manifest.files[0].path, "golden/base.lua"));
    CU_ASSERT_STRING_EQUAL(kit.manifest.files[0].shown.at, "tests/golden/policy/base.lua");
    CU_ASSERT_TRUE(text_is(kit.manifest.platform, "nowhere"));
    CU_ASSERT_PTR_NOT_NULL(kit.manifest.ranking);
    kit_close(&kit);
}

static void ranks_outcomes_strongest_first(void)
{
    struct kit kit;
    kit_load(&kit, "tests/golden/policy");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_EQUAL(kit.manifest.outcome_ranks[OUTCOME_SETTLED], 2);
    CU_ASSERT_EQUAL(kit.manifest.outcome_ranks[OUTCOME_STAY], 1);
    CU_ASSERT_EQUAL(kit.manifest.outcome_ranks[OUTCOME_SPLIT], 0);
    kit_close(&kit);
}

static void loads_a_folder_that_two_include_once(void)
{
    struct kit kit;
    kit_load(&kit, "tests/golden/policy/folders/sound-diamond");
    CU_ASSERT_EQUAL(kit.status, AMICUS_OK);
    CU_ASSERT_EQUAL(kit.manifest.file_count, 1);
    CU_ASSERT_TRUE(text_is(kit.manifest.name, "top"));
    CU_ASSERT_TRUE(text_is(kit.manifest.version, "1"));
    CU_ASSERT_EQUAL(kit.manifest.outcome_ranks[OUTCOME_DISMISS], 1);
    kit_close(&kit);
}

static void says_that_there_is_no_manifest(void)
{
    struct kit kit;
    kit_load(&kit, "tests/golden/policy/broken");
    CU_ASSERT_EQUAL(kit.status, AMICUS_IO);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(kit.list), 1);
    CU_ASSERT_EQUAL(kit.manifest.file_count, 0);
    kit_close(&kit);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"joins paths by their letters", joins_paths_by_their_letters},
        {"follows tame paths only", follows_tame_paths_only},
        {"reads no file longer than it may be", reads_no_file_longer_than_it_may_be},
        {"calls files by the name of their rulebook", calls_files_by_the_name_of_their_rulebook},
        {"ranks outcomes strongest first", ranks_outcomes_strongest_first},
        {"loads a folder that two include once", loads_a_folder_that_two_include_once},
        {"says that there is no manifest", says_that_there_is_no_manifest},
        CU_TEST_INFO_NULL,
    };
    return suite_run("manifest", tests);
}

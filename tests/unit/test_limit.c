#include "limit.h"
#include "suite.h"

#include <string.h>

static void names_every_limit_and_gives_its_reason(void)
{
    for (int i = 0; i < LIMIT_COUNT; i++) {
        const struct limit_row *row = limit_find((enum limit)i);
        CU_ASSERT_PTR_NOT_NULL_FATAL(row);
        CU_ASSERT_PTR_NOT_NULL_FATAL(row->name);
        CU_ASSERT_PTR_NOT_NULL_FATAL(row->reason);
        CU_ASSERT_TRUE(row->value > 0);
        CU_ASSERT_EQUAL(limit_of((enum limit)i), row->value);
        CU_ASSERT_TRUE(strlen(row->reason) > 20);
        CU_ASSERT_EQUAL(row->reason[strlen(row->reason) - 1], '.');
        CU_ASSERT_EQUAL(strspn(row->name, "abcdefghijklmnopqrstuvwxyz_"), strlen(row->name));
    }
}

static void gives_no_two_limits_one_name(void)
{
    for (int i = 0; i < LIMIT_COUNT; i++) {
        for (int j = 0; j < i; j++) {
            CU_ASSERT_STRING_NOT_EQUAL(limit_find((enum limit)i)->name,
                                       limit_find((enum limit)j)->name);
        }
    }
}

static void keeps_the_published_values(void)
{
    CU_ASSERT_EQUAL(limit_of(LIMIT_CASE_YAML_BYTES), 1048576);
    CU_ASSERT_EQUAL(limit_of(LIMIT_CASE_JSON_BYTES), 4194304);
    CU_ASSERT_EQUAL(limit_of(LIMIT_CASE_DEPTH), 32);
    CU_ASSERT_EQUAL(limit_of(LIMIT_CASE_YAML_NODES), 10000);
    CU_ASSERT_EQUAL(limit_of(LIMIT_CASE_JSON_NODES), 200000);
    CU_ASSERT_EQUAL(limit_of(LIMIT_SCALAR_BYTES), 65536);
    CU_ASSERT_EQUAL(limit_of(LIMIT_DIAGNOSTICS), 100);
    CU_ASSERT_EQUAL(limit_of(LIMIT_RULE_FILE_BYTES), 262144);
    CU_ASSERT_EQUAL(limit_of(LIMIT_RULES), 10000);
    CU_ASSERT_EQUAL(limit_of(LIMIT_CONDITIONS), 100000);
    CU_ASSERT_EQUAL(limit_of(LIMIT_LUA_STEPS_LOAD), 5000000);
    CU_ASSERT_EQUAL(limit_of(LIMIT_JAIL_WALL_MS), 1000);
    CU_ASSERT_EQUAL(limit_of(LIMIT_READINGS), 16);
}

static void keeps_limits_inside_the_limits_that_contain_them(void)
{
    CU_ASSERT_TRUE(limit_of(LIMIT_SCALAR_BYTES) < limit_of(LIMIT_CASE_YAML_BYTES));
    CU_ASSERT_TRUE(limit_of(LIMIT_CASE_JSON_BYTES) < limit_of(LIMIT_CASE_ARENA_BYTES));
    CU_ASSERT_TRUE(limit_of(LIMIT_TEXT_BYTES) < limit_of(LIMIT_RULE_FILE_BYTES));
    CU_ASSERT_TRUE(limit_of(LIMIT_LUA_STRING_BYTES) < limit_of(LIMIT_LUA_BLOCK_BYTES));
    CU_ASSERT_TRUE(limit_of(LIMIT_LUA_BLOCK_BYTES) < limit_of(LIMIT_LUA_MEMORY_BYTES));
    CU_ASSERT_TRUE(limit_of(LIMIT_LUA_MEMORY_BYTES) < limit_of(LIMIT_JAIL_ADDRESS_BYTES));
    CU_ASSERT_TRUE(limit_of(LIMIT_JAIL_ANSWER_BYTES) < limit_of(LIMIT_JAIL_ADDRESS_BYTES));
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"names every limit and gives its reason", names_every_limit_and_gives_its_reason},
        {"gives no two limits one name", gives_no_two_limits_one_name},
        {"keeps the published values", keeps_the_published_values},
        {"keeps limits inside the limits that contain them",
         keeps_limits_inside_the_limits_that_contain_them},
        CU_TEST_INFO_NULL,
    };
    return suite_run("limit", tests);
}

/*
 * Memory that runs out: real cases are decided within every budget, from none to enough.
 *
 * The budget is that of the ruling's arena, which the linker lets this program set (--wrap). It
 * grows by a sixty-fourth at a time, so failures are sampled all over the layer, and what is
 * half-made is seen by the sanitizers.
 */
#include "arena.h"
#include "limit.h"
#include "suite.h"

#include <amicus/ruling.h>

#include <stdbool.h>
#include <stdio.h>

amicus_status __real_arena_open(struct arena **out, size_t cap_bytes);
amicus_status __wrap_arena_open(struct arena **out, size_t cap_bytes);

static size_t g_budget;

amicus_status __wrap_arena_open(struct arena **out, size_t cap_bytes)
{
    const bool is_ruling = g_budget > 0 && cap_bytes == (size_t)limit_of(LIMIT_RULING_ARENA_BYTES);
    return __real_arena_open(out, is_ruling ? g_budget : cap_bytes);
}

static amicus_engine *g_engine;
static amicus_rulebook *g_rulebook;
static amicus_diagnostics *g_list;

static amicus_case *load(const char *path)
{
    static char bytes[65536];
    amicus_case *subject = NULL;
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    const size_t length = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    CU_ASSERT_EQUAL_FATAL(
        amicus_case_load(&subject, g_rulebook, path, bytes, length, AMICUS_FORMAT_AUTO, g_list),
        AMICUS_OK);
    return subject;
}

/* Decide within a budget, with the texts and bytes that are made when they are asked for. */
static amicus_status decide_within(const amicus_case *subject, size_t budget, char *outcome)
{
    amicus_ruling *ruling = NULL;
    const char *json = NULL;
    size_t length = 0;
    g_budget = budget;
    amicus_status status = amicus_ruling_of(&ruling, g_rulebook, subject, NULL, NULL, g_list);
    if (status == AMICUS_OK) {
        status = amicus_ruling_write(&json, &length, ruling, AMICUS_RULING_JSON);
        (void)snprintf(outcome, 64, "%s", amicus_ruling_outcome(ruling));
    } else {
        CU_ASSERT_PTR_NULL(ruling);
    }
    amicus_ruling_close(ruling);
    g_budget = 0;
    return status;
}

static void try_budgets(const char *path)
{
    amicus_case *subject = load(path);
    char wanted[64] = "";
    char outcome[64] = "";
    size_t refused = 0;
    CU_ASSERT_EQUAL_FATAL(decide_within(subject, (size_t)64 << 20, wanted), AMICUS_OK);
    amicus_status status = AMICUS_MEMORY;
    for (size_t budget = 4096; status != AMICUS_OK && budget < (size_t)64 << 20;
         budget += budget / 64) {
        status = decide_within(subject, budget, outcome);
        CU_ASSERT_TRUE(status == AMICUS_OK || status == AMICUS_MEMORY);
        refused += status == AMICUS_MEMORY ? 1 : 0;
    }
    CU_ASSERT_EQUAL(status, AMICUS_OK);
    CU_ASSERT_TRUE(refused > 50);
    CU_ASSERT_STRING_EQUAL(outcome, wanted);
    amicus_case_close(subject);
}

static void gives_no_ruling_below_enough_memory_and_the_same_one_from_there_on(void)
{
    try_budgets("cases/worked/non_payment/demo.yaml");
    try_budgets("cases/worked/hourly/era-silence-loses.yaml");
    try_budgets("cases/worked/scope/s4-loudness-missed.yaml");
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"gives no ruling below enough memory, and the same one from there on",
         gives_no_ruling_below_enough_memory_and_the_same_one_from_there_on},
        CU_TEST_INFO_NULL,
    };
    int failed = 1;
    if (amicus_engine_open(&g_engine) == AMICUS_OK &&
        amicus_diagnostics_open(&g_list) == AMICUS_OK &&
        amicus_rulebook_load(&g_rulebook, g_engine, "rules/upwork", g_list) == AMICUS_OK) {
        failed = suite_run("scarcity", tests);
    }
    amicus_diagnostics_close(g_list);
    amicus_rulebook_close(g_rulebook);
    amicus_engine_close(g_engine);
    return failed;
}

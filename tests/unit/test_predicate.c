#include "jail_bench.h"

#include <stdio.h>

/* A script of one predicate with this test function. */
static const char *predicate_of(char *out, size_t capacity, const char *before, const char *test)
{
    (void)snprintf(out, capacity,
                   "%s\nflag 'f' { when = predicate { reads = { case.a, case.b }, test = %s } }",
                   before, test);
    return out;
}

static struct value number(int64_t n)
{
    const struct value value = {{n}, 0, TYPE_INT, STANDING_ESTABLISHED};
    return value;
}

static amicus_status call(struct predicate_session *session, bool *answer, int64_t a, int64_t b)
{
    const struct value values[] = {number(a), number(b)};
    return predicate_call(answer, session, 0, values, 2);
}

static struct predicate_session *open_session(struct bench *bench, const char *before,
                                              const char *test)
{
    char source[1024];
    struct predicate_session *session = NULL;
    const struct script script = bench_script(predicate_of(source, sizeof source, before, test));
    CU_ASSERT_EQUAL_FATAL(predicate_open(&session, bench->engine, &script), AMICUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(session);
    return session;
}

static void answers_with_what_the_function_returns(void)
{
    struct bench bench;
    bool answer = false;
    bench_open(&bench);
    struct predicate_session *session = open_session(&bench, "", "function(a, b) return a > b end");
    CU_ASSERT_EQUAL(call(session, &answer, 2, 1), AMICUS_OK);
    CU_ASSERT_TRUE(answer);
    CU_ASSERT_EQUAL(call(session, &answer, 1, 2), AMICUS_OK);
    CU_ASSERT_FALSE(answer);
    CU_ASSERT_EQUAL(call(session, &answer, INT64_MAX, INT64_MIN), AMICUS_OK);
    CU_ASSERT_TRUE(answer);
    predicate_close(session);
    bench_close(&bench);
}

static void passes_texts_and_booleans_as_they_are(void)
{
    struct bench bench;
    bool answer = false;
    bench_open(&bench);
    struct predicate_session *session = open_session(
        &bench, "", "function(a, b) return a == true and b == '\\u{20AC} x' and #b == 5 end");
    const struct text words = TEXT("\xE2\x82\xAC x");
    struct value values[2] = {number(1), number(0)};
    values[0].type = TYPE_BOOL;
    values[1].type = TYPE_TEXT;
    values[1].as.text = &words;
    CU_ASSERT_EQUAL(predicate_call(&answer, session, 0, values, 2), AMICUS_OK);
    CU_ASSERT_TRUE(answer);
    predicate_close(session);
    bench_close(&bench);
}

static void tells_predicates_of_a_file_apart(void)
{
    struct bench bench;
    bool answer = false;
    struct predicate_session *session = NULL;
    bench_open(&bench);
    const struct script script = bench_script(
        "flag 'f' { when = any {\n"
        "  predicate { reads = { case.a }, test = function(a) return a == 1 end },\n"
        "  predicate { reads = { case.a }, test = function(a) return a == 2 end } } }");
    CU_ASSERT_EQUAL_FATAL(predicate_open(&session, bench.engine, &script), AMICUS_OK);
    const struct value two = number(2);
    CU_ASSERT_EQUAL(predicate_call(&answer, session, 0, &two, 1), AMICUS_OK);
    CU_ASSERT_FALSE(answer);
    CU_ASSERT_EQUAL(predicate_call(&answer, session, 1, &two, 1), AMICUS_OK);
    CU_ASSERT_TRUE(answer);
    CU_ASSERT_EQUAL(predicate_call(&answer, session, 2, &two, 1), AMICUS_JAIL);
    predicate_close(session);
    bench_close(&bench);
}

static void leaves_no_trace_from_call_to_call(void)
{
    struct bench bench;
    bool answer = false;
    bench_open(&bench);
    struct predicate_session *session =
        open_session(&bench, "local n, f = 0, nil local function g() n = n + 1 return n end",
                     "function() f = f or 1 n = n + 1 _ENV = {} return g() == 2 and n == 2 end");
    for (unsigned i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL(call(session, &answer, 0, 0), AMICUS_OK);
        CU_ASSERT_TRUE(answer);
    }
    predicate_close(session);
    bench_close(&bench);
}

static void refuses_functions_that_remember_what_can_change(void)
{
    static const char *const BEFORE[] = {
        "local t = {}",
        "local t = case.a",
        "local t = pairs({ a = 1 })",
        "local t = ('abc'):gmatch('.')",
        "local u = {} local function t() return u end",
        "local t = string",
        "local t = rule",
    };
    struct bench bench;
    char source[1024];
    bench_open(&bench);
    for (size_t i = 0; i < sizeof BEFORE / sizeof BEFORE[0]; i++) {
        (void)predicate_of(source, sizeof source, BEFORE[i], "function() return t ~= nil end");
        CU_ASSERT_EQUAL(bench_run(&bench, source), AMICUS_INVALID);
        CU_ASSERT_STRING_EQUAL(bench_code(&bench), "P0305");
        CU_ASSERT_EQUAL(bench_line(&bench), 2);
        CU_ASSERT_PTR_NOT_NULL(strstr(bench_what(&bench), "remember"));
    }
    (void)predicate_of(source, sizeof source, "local max, n, s, b = math.max, 1, 'x', true",
                       "function(a) return max(a, n) == 1 and s == 'x' and b end");
    CU_ASSERT_EQUAL(bench_run(&bench, source), AMICUS_OK);
    bench_close(&bench);
}

static void dies_of_errors_limits_and_answers_that_are_no_boolean(void)
{
    static const char *const TESTS[] = {
        "function() while true do end end",
        "function() error('x') end",
        "function() return 1 end",
        "function() return nil end",
        "function() local s = 'x' while true do s = s .. s end end",
        "function() return case.a:is(1) end",
        "function() rule 'x' {} return true end",
        "function() return undefined end",
    };
    struct bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < sizeof TESTS / sizeof TESTS[0]; i++) {
        bool answer = true;
        struct predicate_session *session = open_session(&bench, "", TESTS[i]);
        CU_ASSERT_EQUAL(call(session, &answer, 1, 1), AMICUS_JAIL);
        CU_ASSERT_FALSE(answer);
        CU_ASSERT_EQUAL(call(session, &answer, 1, 1), AMICUS_JAIL);
        predicate_close(session);
    }
    bench_close(&bench);
}

static void gives_every_call_the_same_steps(void)
{
    struct bench bench;
    bench_open(&bench);
    struct predicate_session *session = open_session(
        &bench, "", "function(a) local t = 0 for i = 1, a do t = t + i end return true end");
    int64_t low = 1000;
    int64_t high = 200000; /* the greatest count that passes lies between */
    while (high - low > 1) {
        bool answer = false;
        int64_t middle = low + (high - low) / 2;
        bool passes = call(session, &answer, middle, 0) == AMICUS_OK;
        low = passes ? middle : low;
        high = passes ? high : middle;
        if (!passes) {
            predicate_close(session);
            session = open_session(
                &bench, "",
                "function(a) local t = 0 for i = 1, a do t = t + i end return true end");
        }
    }
    for (unsigned i = 0; i < 20; i++) {
        bool answer = false;
        CU_ASSERT_EQUAL(call(session, &answer, i % 2 == 0 ? low : 17, 0), AMICUS_OK);
    }
    predicate_close(session);
    bench_close(&bench);
}

static void goes_on_past_the_life_of_one_child(void)
{
    struct bench bench;
    bool answer = false;
    bench_open(&bench);
    struct predicate_session *session =
        open_session(&bench, "", "function(a, b) return a == b end");
    unsigned wrong = 0;
    for (int64_t i = 0; i < 10000; i++) {
        amicus_status status = call(session, &answer, i, i % 3 == 0 ? i : i + 1);
        wrong += status != AMICUS_OK || answer != (i % 3 == 0) ? 1 : 0;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    predicate_close(session);
    bench_close(&bench);
}

static void opens_no_session_of_a_script_that_fails(void)
{
    struct bench bench;
    struct predicate_session *session = NULL;
    bench_open(&bench);
    const struct script script = bench_script("error('x')");
    CU_ASSERT_EQUAL(predicate_open(&session, bench.engine, &script), AMICUS_JAIL);
    CU_ASSERT_PTR_NULL(session);
    predicate_close(NULL);
    bench_close(&bench);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"answers with what the function returns", answers_with_what_the_function_returns},
        {"passes texts and booleans as they are", passes_texts_and_booleans_as_they_are},
        {"tells predicates of a file apart", tells_predicates_of_a_file_apart},
        {"leaves no trace from call to call", leaves_no_trace_from_call_to_call},
        {"refuses functions that remember what can change",
         refuses_functions_that_remember_what_can_change},
        {"dies of errors, limits, and answers that are no boolean",
         dies_of_errors_limits_and_answers_that_are_no_boolean},
        {"gives every call the same steps", gives_every_call_the_same_steps},
        {"goes on past the life of one child", goes_on_past_the_life_of_one_child},
        {"opens no session of a script that fails", opens_no_session_of_a_script_that_fails},
        CU_TEST_INFO_NULL,
    };
    return suite_run("predicate", tests);
}

#include "suite.h"

#include "jail.h"
#include "limit.h"

#include <stdlib.h>
#include <string.h>

static const struct text ROOTS[] = {TEXT("case"), TEXT("contract")};

/* The codes of a source's faults, in order, separated by spaces. */
static const char *codes_of(char *out, size_t capacity, struct text source)
{
    amicus_diagnostics *list = NULL;
    const struct script script = {TEXT("a.lua"), source, ROOTS, 2};
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    amicus_status status = source_check(&script, list);
    CU_ASSERT_EQUAL(status == AMICUS_OK, amicus_diagnostics_count(list) == 0);
    out[0] = '\0';
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        CU_ASSERT(one->mend[0] != '\0');
        if (strlen(out) + 7 < capacity) {
            (void)strcat(out, i == 0 ? "" : " ");
            (void)strcat(out, one->code);
        }
    }
    amicus_diagnostics_close(list);
    return out;
}

static void expect(const char *source, const char *codes)
{
    char found[256];
    if (strcmp(codes_of(found, sizeof found, text_of(source)), codes) != 0) {
        (void)printf("\n    %s: %s, not %s", source, found, codes);
        CU_FAIL("other codes");
    }
}

static void accepts_the_rule_language(void)
{
    expect("", "");
    expect("local m = item 'milestone'\nrule 'a' { when = m.amount:at_least(usd '5.00') }\n", "");
    expect("-- über alles 'in' comments\nlocal s = \"größer\" .. [[ / ^ & 1.5 ]]\n", "");
    expect("for i = 1, 10 do local x <const> = i // 2 end", "");
    expect("if 1 ~= 2 and 'a' == 'b' then end goto x ::x::", "");
    expect("local t = { [1] = 2, ['a'] = 3 } t[1] = t[2] or #t", "");
    expect("local x = 0x7fffffffffffffff + 9223372036854775807", "");
}

static void refuses_what_a_reviewer_would_not_see(void)
{
    expect("\xEF\xBB\xBFlocal x", "P0203");
    expect("# local x\n", "P0205");
    expect("\x1BLuaS", "P0204");
    expect("# x\n\x1BLua", "P0205 P0204");
    expect("local x = '\xE2\x80\xAE'", "P0206");
    expect("local x = 1\r\nlocal y = 2\r\n", "P0206 P0206");
    expect("-- \xE2\x80\xA8 x", "P0206");
    expect("local x = '\xFF'", "P0202");
    expect("local \xC3\xA4 = 1", "P0208");
}

static void refuses_a_nul_with_its_place(void)
{
    amicus_diagnostics *list = NULL;
    const struct script script = {TEXT("a.lua"), {"-- a\n--\0b", 9}, NULL, 0};
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    CU_ASSERT_EQUAL(source_check(&script, list), AMICUS_INVALID);
    const amicus_diagnostic *one = amicus_diagnostics_find(list, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(one);
    CU_ASSERT_STRING_EQUAL(one->code, "P0206");
    CU_ASSERT_EQUAL(one->line, 2);
    CU_ASSERT_EQUAL(one->column, 3);
    amicus_diagnostics_close(list);
}

static void refuses_whatever_makes_a_float(void)
{
    expect("local x = 1.5", "P0209");
    expect("local x = .5", "P0209");
    expect("local x = 1e3", "P0209");
    expect("local x = 0x1p4", "P0209");
    expect("local x = 0x1.8", "P0209");
    expect("local x = 9223372036854775808", "P0210");
    expect("local x = 0x8000000000000000", "P0210");
    expect("local x = 1 / 2 ^ 3", "P0211 P0211");
    expect("local x = 0xE + 1", "");
}

static void refuses_what_this_lua_compiles_wrongly(void)
{
    expect("local x = 1 & 2 | 3 ~ 4", "P0213 P0213 P0213");
    expect("local x = 1 << 2 >> 3", "P0213 P0213");
    expect("local x <close> = nil", "P0212");
    expect("local x = t[1 < 2]", "P0214");
    expect("local x = t[f(1 < 2)]", "");
    expect("for a, b, c in f, g, h, i do end", "P0218");
    expect("for a, b, c in f, g(1, 2, 3, 4), h do end", "");
}

static void knows_code_from_strings_and_comments(void)
{
    expect("local x = 'a\\'b / c' / 2", "P0211");
    expect("local x = \"--\" / 2", "P0211");
    expect("--[==[ / ]] / ]==] local x = 1 / 2", "P0211");
    expect("--[[ x ]] local y = 1.5", "P0209");
    expect("--[ x ]] local y = 1.5", "");
    expect("local x = 'a\\\n/ b'", "");
    expect("local x = 'a\\z  \n  / b'", "");
    expect("local x = [[ abc", "P0217");
    expect("local x = 'abc\n", "P0217");
    expect("--[[ abc", "P0217");
}

static void finds_a_fact_compared_by_an_operator(void)
{
    expect("if case.as_of == 5 then end", "P0220");
    expect("if 5 ~= case.as_of then end", "P0220");
    expect("local m = item 'week' if m.amount == 5 then end", "P0220");
    expect("if param.x == 5 then end", "P0220");
    expect("local f = function(case, m) return case == m end", "");
    expect("for _, case in ipairs {} do if case.name == 'x' then end end", "");
    expect("local t = {} if t.case == 5 then end", "");
    expect("local m = {} if m.amount == 5 then end", "");
}

static char *copy_times(char *to, const char *words, size_t times)
{
    size_t length = strlen(words);
    for (size_t i = 0; i < times; i++) {
        memcpy(to, words, length);
        to += length;
    }
    return to;
}

/* Repeat a text around a middle; the caller frees it. */
static char *repeated(const char *before, const char *middle, const char *after, size_t times)
{
    size_t capacity = times * (strlen(before) + strlen(after)) + strlen(middle) + 1;
    char *bytes = calloc(capacity, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    char *at = copy_times(bytes, before, times);
    at = copy_times(at, middle, 1);
    (void)copy_times(at, after, times);
    return bytes;
}

static void expect_repeated(const char *before, const char *after, size_t times, const char *codes)
{
    char found[256];
    char *source = repeated(before, "", after, times);
    CU_ASSERT_STRING_EQUAL(codes_of(found, sizeof found, text_of(source)), codes);
    free(source);
}

static void holds_its_limits_at_n_and_one_more(void)
{
    expect_repeated("(", "\n)", 99, "");
    expect_repeated("(", "\n)", 100, "");
    expect_repeated("(", "\n)", 101, "P0215");
    expect_repeated("do ", "\nend", 100, "");
    expect_repeated("do ", "\nend", 101, "P0215");
    expect_repeated("local x\n", "", 190, "");
    expect_repeated("local x\n", "", 191, "P0216");
    expect_repeated("do local x end\n", "", 191, "");
    expect_repeated("x = 1 or\n", "", 2000, "");
    expect_repeated("x = 1 or\n", "", 2001, "P0219");
    expect_repeated(" ", "", 1000, "");
    expect_repeated(" ", "", 1001, "P0207");
    expect_repeated("-- \n", "", (size_t)limit_of(LIMIT_RULE_FILE_BYTES) / 4, "");
    expect_repeated("-- -\n", "", (size_t)limit_of(LIMIT_RULE_FILE_BYTES) / 5 + 1, "P0201");
}

static void counts_elseif_of_one_if_only(void)
{
    expect_repeated("if x then elseif y then else end\n", "", 300, "");
    for (size_t branches = 200; branches <= 201; branches++) {
        char found[64];
        char source[8192] = "if x then\n";
        char *many = repeated("elseif x then\n", "end", "", branches);
        (void)strcat(source, many);
        (void)codes_of(found, sizeof found, text_of(source));
        CU_ASSERT_STRING_EQUAL(found, branches == 200 ? "" : "P0219");
        free(many);
    }
}

static void reports_all_faults_with_their_columns(void)
{
    amicus_diagnostics *list = NULL;
    const struct script script = {TEXT("a.lua"), TEXT("local \t'\xC3\xBC' x = 1.5\ny = 1 / 2"),
                                  NULL, 0};
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    CU_ASSERT_EQUAL(source_check(&script, list), AMICUS_INVALID);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_count(list), 2);
    CU_ASSERT_EQUAL(amicus_diagnostics_find(list, 0)->column, 16);
    CU_ASSERT_EQUAL(amicus_diagnostics_find(list, 1)->line, 2);
    CU_ASSERT_EQUAL(amicus_diagnostics_find(list, 1)->column, 7);
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, 0)->file, "a.lua");
    amicus_diagnostics_close(list);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"accepts the rule language", accepts_the_rule_language},
        {"refuses what a reviewer would not see", refuses_what_a_reviewer_would_not_see},
        {"refuses a NUL, with its place", refuses_a_nul_with_its_place},
        {"refuses whatever makes a float", refuses_whatever_makes_a_float},
        {"refuses what this Lua compiles wrongly", refuses_what_this_lua_compiles_wrongly},
        {"knows code from strings and comments", knows_code_from_strings_and_comments},
        {"finds a fact compared by an operator", finds_a_fact_compared_by_an_operator},
        {"holds its limits at n and one more", holds_its_limits_at_n_and_one_more},
        {"counts elseif of one if only", counts_elseif_of_one_if_only},
        {"reports all faults with their columns", reports_all_faults_with_their_columns},
        CU_TEST_INFO_NULL,
    };
    return suite_run("source_check", tests);
}

#include "jail_bench.h"

#include "limit.h"

#include <stdio.h>
#include <stdlib.h>

/* The value of a field of the n-th declaration. */
static const struct datum *field(const struct bench *bench, uint32_t index, const char *name)
{
    CU_ASSERT_TRUE_FATAL(index < bench->message.count);
    const struct datum *value = datum_find(&bench->message.declarations[index].value, name);
    CU_ASSERT_PTR_NOT_NULL_FATAL(value);
    return value;
}

static void expect_node(const struct datum *value, enum symbol op, uint32_t count, uint32_t line)
{
    CU_ASSERT_EQUAL_FATAL(value->tag, DATUM_NODE);
    CU_ASSERT_EQUAL(value->op, op);
    CU_ASSERT_EQUAL(value->count, count);
    CU_ASSERT_EQUAL(value->line, line);
}

static void gives_declarations_with_kind_id_line_and_fields(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(bench_run(&bench, "local m = item 'milestone'\n"
                                            "\n"
                                            "rule 'a.b' { title = 'T', beats = { 'x', 'y' } }\n"
                                            "issue 'i' { each = 'milestone' }\n"),
                          AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(bench.message.count, 2);
    const struct declaration *rule = &bench.message.declarations[0];
    CU_ASSERT_TRUE(text_is(rule->kind, "rule"));
    CU_ASSERT_TRUE(text_is(rule->id, "a.b"));
    CU_ASSERT_EQUAL(rule->line, 3);
    CU_ASSERT_TRUE(text_is(field(&bench, 0, "title")->as.text, "T"));
    CU_ASSERT_EQUAL(field(&bench, 0, "beats")->count, 2);
    CU_ASSERT_TRUE(text_is(bench.message.declarations[1].kind, "issue"));
    bench_close(&bench);
}

static void accepts_an_empty_file(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL(bench_run(&bench, ""), AMICUS_OK);
    CU_ASSERT_EQUAL(bench.message.count, 0);
    CU_ASSERT_EQUAL(bench_run(&bench, "-- nothing\n"), AMICUS_OK);
    bench_close(&bench);
}

static void builds_conditions_as_nodes_with_lines(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(bench_run(&bench, "local m = item 'milestone'\n"
                                            "flag 'f' { when = all {\n"
                                            "  m.review.action:absent(),\n"
                                            "  case.as_of:at_least(m.at + param.period),\n"
                                            "  issue.fraud:upheld(m),\n"
                                            "} }\n"),
                          AMICUS_OK);
    const struct datum *when = field(&bench, 0, "when");
    expect_node(when, SYMBOL_ALL, 3, 2);
    expect_node(&when->as.items[0], SYMBOL_ABSENT, 1, 3);
    const struct datum *path = &when->as.items[0].as.items[0];
    expect_node(path, SYMBOL_PATH, 2, 3);
    CU_ASSERT_TRUE(text_is(path->as.items[1].as.text, "review.action"));
    expect_node(&path->as.items[0], SYMBOL_VAR, 1, 1);
    const struct datum *least = &when->as.items[1];
    expect_node(least, SYMBOL_AT_LEAST, 2, 4);
    CU_ASSERT_EQUAL(least->as.items[0].as.items[0].tag, DATUM_NIL);
    expect_node(&least->as.items[1], SYMBOL_ADD, 2, 4);
    expect_node(&least->as.items[1].as.items[1], SYMBOL_PARAM, 2, 4);
    expect_node(&when->as.items[2], SYMBOL_ISSUE, 3, 5);
    bench_close(&bench);
}

static void numbers_the_variables_of_lists_uniquely(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(bench_run(&bench,
                                    "flag 'f' { when = all {\n"
                                    "  some('a', function(x) return every('b', function(y)\n"
                                    "    return y.of:is(x) end) end),\n"
                                    "  latest('c', function(z) return z.at end,\n"
                                    "    { give = function(z) return z.what end }):is('w') } }\n"),
                          AMICUS_OK);
    const struct datum *when = field(&bench, 0, "when");
    const struct datum *some = &when->as.items[0];
    expect_node(some, SYMBOL_SOME, 4, 2);
    CU_ASSERT_EQUAL(some->as.items[1].as.n, 1);
    expect_node(&some->as.items[3], SYMBOL_EVERY, 4, 2);
    CU_ASSERT_EQUAL(some->as.items[3].as.items[1].as.n, 2);
    const struct datum *latest = &when->as.items[1].as.items[0];
    expect_node(latest, SYMBOL_LATEST, 5, 4);
    CU_ASSERT_EQUAL(latest->as.items[1].as.n, 3);
    CU_ASSERT_EQUAL(latest->as.items[4].tag, DATUM_NODE);
    bench_close(&bench);
}

static void sends_a_mixed_table_with_its_items_under_a_sign(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(bench_run(&bench, "param 'p' { title = 'T', { from = 'a' }, {} }"),
                          AMICUS_OK);
    CU_ASSERT_EQUAL(field(&bench, 0, "#")->tag, DATUM_LIST);
    CU_ASSERT_EQUAL(field(&bench, 0, "#")->count, 2);
    bench_close(&bench);
}

static void gives_the_targets_of_an_undercut(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(bench_run(&bench, "undercut 'r' { id = 'u' }\n"
                                            "undercut { 'r', 's' } { id = 'v' }\n"),
                          AMICUS_OK);
    CU_ASSERT_TRUE(text_is(bench.message.declarations[0].id, "u"));
    CU_ASSERT_EQUAL(field(&bench, 0, "of")->count, 1);
    CU_ASSERT_EQUAL(field(&bench, 1, "of")->count, 2);
    bench_close(&bench);
}

static void gives_the_same_bytes_every_time(void)
{
    struct bench bench;
    char first[4096];
    bench_open(&bench);
    const char *source =
        "local words = {}\n"
        "for key in pairs { one = 1, two = 2, three = 3, [7] = 1 } do\n"
        "  words[#words + 1] = key end\n"
        "flag 'f' { z = 1, a = 2, m = table.concat(words, ' '), t = tostring({}) }";
    CU_ASSERT_EQUAL_FATAL(bench_run(&bench, source), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(field(&bench, 0, "m")->as.text, "7 one three two"));
    CU_ASSERT_TRUE_FATAL(bench.bytes.length < sizeof first);
    memcpy(first, bench.bytes.at, bench.bytes.length);
    for (unsigned i = 0; i < 5; i++) {
        size_t length = bench.bytes.length;
        bench_close(&bench);
        bench_open(&bench);
        CU_ASSERT_EQUAL_FATAL(bench_run(&bench, source), AMICUS_OK);
        CU_ASSERT_EQUAL_FATAL(bench.bytes.length, length);
        CU_ASSERT_EQUAL(memcmp(first, bench.bytes.at, length), 0);
    }
    bench_close(&bench);
}

struct wrong {
    const char *source, *code;
    uint32_t line;
    const char *words; /* in what is wrong or its mend */
};

static void expect_wrong(const struct wrong *rows, size_t count, amicus_status status)
{
    struct bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < count; i++) {
        bool is_right = bench_run(&bench, rows[i].source) == status &&
                        strcmp(bench_code(&bench), rows[i].code) == 0 &&
                        bench_line(&bench) == rows[i].line &&
                        (strstr(bench_what(&bench), rows[i].words) != NULL ||
                         strstr(bench_mend(&bench), rows[i].words) != NULL);
        if (!is_right) {
            (void)printf("\n    %s: %s at %u: %s (%s)", rows[i].source, bench_code(&bench),
                         bench_line(&bench), bench_what(&bench), bench_mend(&bench));
            CU_FAIL("another diagnostic");
        }
    }
    bench_close(&bench);
}

static void says_what_to_write_instead(void)
{
    static const struct wrong ROWS[] = {
        {"\nlocal m = item 'week' if m.amount > 5 then end", "P0305", 2, "more_than"},
        {"if case.x <= 5 then end", "P0305", 1, "at_most"},
        {"if case.x == case.y then end", "P0220", 1, "a:is(b)"},
        {"local a, b = case.x, case.y if a == b then end", "P0305", 1, "a:is(b)"},
        {"\n\nif case.x:is(5) then end", "P0305", 3, "never used"},
        {"flag 'f' { when = case.x:is(1) and case.y:is(2) }", "P0305", 1, "write all"},
        {"flag 'f' { when = not case.x:is(1) }", "P0305", 1, "never used"},
        {"flag 'f' { when = case.x:isnot(3) }", "P0305", 1, "is_not"},
        {"flag 'f' { when = case.x:is(nil) }", "P0305", 1, "nil"},
        {"flag 'f' { when = case.x.is(3) }", "P0305", 1, "f:is(v)"},
        {"flag 'f' { when = issue.x }", "P0305", 1, "upheld"},
        {"flag 'f' { when = all(case.x:is(1)) }", "P0305", 1, "braces"},
        {"flag 'f' { when = some('l', function(d) d.x:is(1) end) }", "P0305", 1, "return"},
        {"flag 'f' { when = { 1, nil, 3 } }", "P0305", 1, "hole"},
        {"flag 'f' { when = function() end }", "P0305", 1, "function"},
        {"flag 'f' { when = -case.x }", "P0305", 1, "0 - x"},
        {"flag 'f' { when = 'a' .. case.x }", "P0305", 1, "because"},
        {"flag 'f' { when = covered_days('l', function(i) return i.a end) }", "P0305", 1, "until_"},
        {"flag 'f' { when = bps(10001) }", "P0305", 1, "10000"},
        {"flag 'f' { when = case.x:is('a\\0b') }", "P0305", 1, "control"},
        {"flag 'f' { when = case.x:is('\\xff') }", "P0305", 1, "UTF-8"},
        {"flag 'f' { when = choose { 7 } }", "P0305", 1, "choose"},
        {"flag 'f' { when = param.x:on('2020-01-01'):is(1) }", "P0305", 1, "on(date)"},
        {"rule 'a'", "P0305", 1, "no table"},
        {"rule { title = 'x' }", "P0305", 1, "write rule"},
        {"\nx = 1", "P0305", 2, "local"},
        {"string.rep = 1", "P0305", 1, "cannot be changed"},
        {"case.x = 1", "P0305", 1, "cannot be assigned"},
        {"\nreturn 1", "P0305", 2, "returns a value"},
        {"assert(case.x:is(1))", "P0305", 1, "nothing is decided"},
    };
    expect_wrong(ROWS, sizeof ROWS / sizeof ROWS[0], AMICUS_INVALID);
}

static void names_what_rule_files_do_not_have(void)
{
    static const struct wrong ROWS[] = {
        {"\nlocal x = caze.as_of", "P0304", 2, "did you mean case?"},
        {"io.open('x')", "P0304", 1, "unknown name 'io'"},
        {"os.exit()", "P0304", 1, "unknown name 'os'"},
        {"load('x')", "P0304", 1, "unknown name 'load'"},
        {"pcall(error)", "P0304", 1, "unknown name 'pcall'"},
        {"setmetatable({}, {})", "P0304", 1, "unknown name 'setmetatable'"},
        {"local d = ('').dump", "P0304", 1, "string.dump"},
        {"local d = math.random()", "P0304", 1, "math.random"},
        {"local d = string.repp", "P0304", 1, "did you mean string.rep?"},
        {"flag 'f' { when = param.x.y }", "P0304", 1, "no 'y'"},
    };
    expect_wrong(ROWS, sizeof ROWS / sizeof ROWS[0], AMICUS_INVALID);
}

static void reports_errors_of_lua_with_their_line(void)
{
    static const struct wrong ROWS[] = {
        {"\n\nlocal x = nil + 1", "P0301", 3, "arithmetic on a nil"},
        {"\nfoo(", "P0301", 2, "unexpected symbol"},
        {"error('stop here')", "P0301", 1, "stop here"},
        {"local t = '1' + 1", "P0301", 1, "arithmetic on a string"},
        {"local x = 1 // 0", "P0301", 1, "divide"},
        {"local x = 1\nlocal s = ('x'):rep({})", "P0301", 2, "number expected"},
    };
    expect_wrong(ROWS, sizeof ROWS / sizeof ROWS[0], AMICUS_INVALID);
}

static void ends_what_does_not_end_by_a_count(void)
{
    static const struct wrong ROWS[] = {
        {"\nwhile true do end", "P0302", 2, "limit of steps"},
        {"local function f() return f() end f()", "P0302", 1, "limit of steps"},
        {"string.match(('a'):rep(2000), ('.-'):rep(30) .. 'b')", "P0302", 1, "pattern"},
        {"for i = 1, 1000000 do local s = ('x'):rep(100000) end", "P0302", 1, "steps"},
        {"local t = {} while true do t = { t } end", "P0302", 1, "steps"},
        {"local t, s = {}, ('x'):rep(60000) for i = 1, 5000 do t[i] = s .. i end", "P0303", 1,
         "memory"},
        {"local s = 'x' while true do s = s .. s end", "P0303", 1, "limit of bytes"},
        {"local t = {} for i = 1, 1000000 do t[i] = i end", "P0303", 1, "block"},
        {"local s = ('x'):rep(1 + 1048576)", "P0306", 1, "rep"},
        {"local function f() return f() + 1 end f()", "P0306", 1, "nested"},
        {"local function f(a, b) table.sort({ 2, 1 }, f) end f()", "P0306", 1, "nested"},
        {"local x = table.unpack({}, 1, 65537)", "P0306", 1, "unpack"},
        {"local function f(...) return f(1, ...) end f()", "P0306", 1, "arguments"},
        {"for i = 1, 10001 do flag('f' .. i) {} end", "P0306", 1, "10000"},
        {"local x for i = 1, 100001 do x = case.x:is(1) end", "P0306", 1, "100000"},
        {"local x = case.a:is(1) for i = 1, 50 do x = all { x, x } end flag 'f' { when = x }",
         "P0306", 1, "bytes"},
    };
    expect_wrong(ROWS, sizeof ROWS / sizeof ROWS[0], AMICUS_JAIL);
}

/* Run a source made by a format with one number. */
static amicus_status run_with(struct bench *bench, const char *before, long long number,
                              const char *after)
{
    char source[512];
    (void)snprintf(source, sizeof source, "%s%lld%s", before, number, after);
    return bench_run(bench, source);
}

static void holds_limits_at_n_and_refuses_one_more(void)
{
    static const struct {
        enum limit limit;
        const char *before, *after;
        long long slack; /* what the frame takes of it */
    } ROWS[] = {
        {LIMIT_RULES, "for i = 1, ", " do flag('f' .. i) {} end", 0},
        {LIMIT_TEXT_BYTES, "flag 'f' { title = ('x'):rep(", ") }", 0},
        {LIMIT_LUA_STRING_BYTES, "local s = ('x'):rep(", ")", 0},
        {LIMIT_LUA_PATTERN_BYTES, "local s = ('x'):find(('y'):rep(", "))", 0},
        {LIMIT_LUA_MATCH_SUBJECT_BYTES, "local s = ('x'):rep(", "):find('y')", 0},
        {LIMIT_LUA_TABLE_ITEMS, "local s = table.unpack({}, 1, ", ")", 0},
        {LIMIT_CONDITION_DEPTH, "local x = case.x for i = 1, ",
         " do x = all { x } end flag 'f' { when = x }", 2},
    };
    struct bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        long long most = (long long)limit_of(ROWS[i].limit) - ROWS[i].slack;
        for (long long number = most - 1; number <= most + 1; number++) {
            amicus_status status = run_with(&bench, ROWS[i].before, number, ROWS[i].after);
            if (status != (number <= most ? AMICUS_OK : AMICUS_JAIL)) {
                (void)printf("\n    %s%lld%s: %s", ROWS[i].before, number, ROWS[i].after,
                             bench_what(&bench));
                CU_FAIL("the limit is elsewhere");
            }
        }
    }
    bench_close(&bench);
}

/* What pairs and ipairs give is a function of C that a script can call as it likes. */
static void refuses_what_an_iterator_was_not_made_for(void)
{
    static const struct wrong ROWS[] = {
        {"local f = pairs { a = 1 }\nf()", "P0301", 2, "table expected"},
        {"local f = pairs { a = 1 }\nf('x')", "P0301", 2, "table expected"},
        {"local f = pairs { a = 1 }\nf(case)", "P0301", 2, "table expected"},
        {"local f = ipairs {}\nf('x', 0)", "P0301", 2, "table expected"},
        {"local f = ipairs {}\nf(string, 0)", "P0301", 2, "table expected"},
        {"local f = ipairs {}\nf({}, math.maxinteger)", "P0301", 2, "out of range"},
    };
    expect_wrong(ROWS, sizeof ROWS / sizeof ROWS[0], AMICUS_INVALID);
}

static void counts_to_the_ends_of_the_integers(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(bench_run(&bench,
                                    "local n = select('#', table.unpack({}, math.maxinteger - 2,\n"
                                    "math.maxinteger))\n"
                                    "local m = select('#', table.unpack({}, math.mininteger,\n"
                                    "math.mininteger + 1))\n"
                                    "local c = utf8.codepoint('a', math.mininteger)\n"
                                    "local s = ('ab'):sub(math.mininteger, math.maxinteger)\n"
                                    "flag 'f' { r = n .. m .. c .. s }\n"),
                          AMICUS_OK);
    CU_ASSERT_TRUE(text_is(field(&bench, 0, "r")->as.text, "3297ab"));
    bench_close(&bench);
}

static void sorts_stably_and_by_bytes(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(
        bench_run(&bench, "local t = { 'b2', 'a1', 'b1', 'a2', 'B1' }\n"
                          "table.sort(t, function(x, y) return x:sub(1, 1) < y:sub(1, 1) end)\n"
                          "local s = { 3, 1, 2 } table.sort(s)\n"
                          "flag 'f' { a = table.concat(t, ' '), b = table.concat(s) }\n"),
        AMICUS_OK);
    CU_ASSERT_TRUE(text_is(field(&bench, 0, "a")->as.text, "B1 a1 a2 b2 b1"));
    CU_ASSERT_TRUE(text_is(field(&bench, 0, "b")->as.text, "123"));
    bench_close(&bench);
}

static void has_the_strings_of_lua(void)
{
    static const struct {
        const char *expression, *result;
    } ROWS[] = {
        {"('%5d|%-5d|%05d|%+d|%x|%X'):format(42, 42, 42, 42, 255, 255)",
         "   42|42   |00042|+42|ff|FF"},
        {"('%s %q'):rep(1):sub(1, 2) .. ('%5s|%-5s|%.2s|%%|%c'):format('a', 'b', 'xyz', 65)",
         "%s    a|b    |xy|%|A"},
        {"('hello world'):gsub('o', '0')", "hell0 w0rld"},
        {"('hello'):gsub('', '-')", "-h-e-l-l-o-"},
        {"('abc'):gsub('%w', '%0%0', 2)", "aabbc"},
        {"('$a $b'):gsub('%$(%w)', { a = 'x' })", "x $b"},
        {"('abc'):gsub('b', function(c) return c:upper() end)", "aBc"},
        {"table.concat({ ('k=v'):match('(%w)=(%w)') }, '+')", "k+v"},
        {"('abcdef'):sub(-3, -2) .. ('abc'):reverse() .. ('aB'):lower() .. ('aB'):upper()",
         "decbaabAB"},
        {"tostring(nil) .. tostring(true) .. tostring(12) .. tostring({}) .. tostring(error)",
         "niltrue12tablefunction"},
        {"utf8.char(0x20AC, 65) .. utf8.len('\\u{20AC}x') .. utf8.codepoint('A')", "\xE2\x82\xAC"
                                                                                   "A265"},
        {"tostring(tonumber('0x10')) .. tostring(tonumber('1.5')) .. tostring(tonumber('z'))",
         "16nilnil"},
        {"select('#', 1, nil, 3) .. select(-1, 'a', 'b') .. math.max(1, 7, 3) .. math.abs(-4)",
         "3b74"},
    };
    struct bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        char source[512];
        (void)snprintf(source, sizeof source, "local r = %s flag 'f' { r = r }",
                       ROWS[i].expression);
        CU_ASSERT_EQUAL_FATAL(bench_run(&bench, source), AMICUS_OK);
        if (!text_is(field(&bench, 0, "r")->as.text, ROWS[i].result)) {
            (void)printf("\n    %s: %s", ROWS[i].expression, field(&bench, 0, "r")->as.text.at);
            CU_FAIL("another text");
        }
    }
    bench_close(&bench);
}

static void shows_no_control_and_little_of_the_script(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL(bench_run(&bench, "error('a\\27[31m\\nforged line' .. ('y'):rep(500))"),
                    AMICUS_INVALID);
    CU_ASSERT_PTR_NULL(strchr(bench_what(&bench), '\x1B'));
    CU_ASSERT_PTR_NULL(strchr(bench_what(&bench), '\n'));
    CU_ASSERT_TRUE(strlen(bench_what(&bench)) < 150);
    bench_close(&bench);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"gives declarations with kind, id, line and fields",
         gives_declarations_with_kind_id_line_and_fields},
        {"accepts an empty file", accepts_an_empty_file},
        {"builds conditions as nodes with lines", builds_conditions_as_nodes_with_lines},
        {"numbers the variables of lists uniquely", numbers_the_variables_of_lists_uniquely},
        {"sends a mixed table with its items under a sign",
         sends_a_mixed_table_with_its_items_under_a_sign},
        {"gives the targets of an undercut", gives_the_targets_of_an_undercut},
        {"gives the same bytes every time", gives_the_same_bytes_every_time},
        {"says what to write instead", says_what_to_write_instead},
        {"names what rule files do not have", names_what_rule_files_do_not_have},
        {"reports errors of Lua with their line", reports_errors_of_lua_with_their_line},
        {"ends what does not end by a count", ends_what_does_not_end_by_a_count},
        {"holds limits at n and refuses one more", holds_limits_at_n_and_refuses_one_more},
        {"refuses what an iterator was not made for", refuses_what_an_iterator_was_not_made_for},
        {"counts to the ends of the integers", counts_to_the_ends_of_the_integers},
        {"sorts stably and by bytes", sorts_stably_and_by_bytes},
        {"has the strings of Lua", has_the_strings_of_lua},
        {"shows no control and little of the script", shows_no_control_and_little_of_the_script},
        CU_TEST_INFO_NULL,
    };
    return suite_run("script", tests);
}

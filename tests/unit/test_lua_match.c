#include "suite.h"

#include "lua_match.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

static const int64_t STEPS = 1000000;

/* What a search gives, as text: "none", "fault", "steps", or start-end and the captures. */
static const char *shown(char *out, size_t capacity, struct match *match, enum match_result result)
{
    if (result != MATCH_FOUND) {
        return result == MATCH_NONE ? "none" : result == MATCH_FAULT ? "fault" : "steps";
    }
    int used = snprintf(out, capacity, "%zu-%zu", match->start, match->end);
    for (unsigned i = 0; i < match->capture_count; i++) {
        const struct capture *one = &match->captures[i];
        int length = one->length == CAPTURE_PLACE ? -1 : (int)one->length;
        used += snprintf(out + used, capacity - (size_t)used,
                         length < 0 ? " @%zu" : " %zu:", one->start);
        if (length >= 0) {
            used += snprintf(out + used, capacity - (size_t)used, "%d", length);
        }
    }
    return out;
}

static const char *find(char *out, size_t capacity, struct text subject, struct text pattern)
{
    struct match match;
    match_start(&match, subject, pattern, STEPS);
    return shown(out, capacity, &match, match_find(&match, 0));
}

static void expect(const char *subject, const char *pattern, const char *result)
{
    char out[512];
    CU_ASSERT_STRING_EQUAL(find(out, sizeof out, text_of(subject), text_of(pattern)), result);
}

static void finds_what_the_manual_says(void)
{
    expect("hello world", "o w", "4-7");
    expect("hello", "^l", "none");
    expect("hello", "l+", "2-4");
    expect("key = value", "^(%w+)%s*=%s*(%w+)$", "0-11 0:3 6:5");
    expect("abc", "()b()", "1-2 @1 @2");
    expect("f(a(b)c)d", "%b()", "1-8");
    expect("THE (quick) fox", "%f[%a]%a+", "0-3");
    expect("xx", "(x)%1", "0-2 0:1");
    expect("a]b", "[]]", "1-2");
    expect("a-z", "[a%-]+", "0-2");
    expect("caf\xC3\xA9", "[^a-z]", "3-4");
    expect("", "", "0-0");
    expect("abc", "b-$", "3-3");
    expect("aaa", "a-b", "none");
    expect("a.b", "%.", "1-2");
}

static void names_malformed_patterns(void)
{
    const char *const bad[] = {"[a", "%",   "(a",  "a)", "%1", "(a%1)",
                               "%b", "%bx", "%fa", "[%", "[^"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct match match;
        match_start(&match, text_of("aaaa"), text_of(bad[i]), STEPS);
        CU_ASSERT_EQUAL(match_find(&match, 0), MATCH_FAULT);
        CU_ASSERT_PTR_NOT_NULL(match.fault);
    }
}

static void ends_exponential_patterns_by_steps(void)
{
    char subject[2001];
    char pattern[128] = "";
    memset(subject, 'a', 2000);
    subject[2000] = '\0';
    for (unsigned i = 0; i < 30; i++) {
        (void)strcat(pattern, ".-");
    }
    (void)strcat(pattern, "b");
    expect(subject, pattern, "steps");
    expect(subject, "(.+)%1%1c", "steps");
    expect(subject, "a*a*a*a*b", "steps");
}

static void finds_plain_bytes_without_their_meaning(void)
{
    struct match match;
    match_start(&match, text_of("a.b(c"), text_of("b("), STEPS);
    CU_ASSERT_EQUAL(match_find_plain(&match, 0), MATCH_FOUND);
    CU_ASSERT_EQUAL(match.start, 2);
    CU_ASSERT_TRUE(match_is_plain(text_of("abc ]")));
    CU_ASSERT_FALSE(match_is_plain(text_of("a.c")));
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* A text of pieces that patterns are made of. */
static void make_random(char *out, uint32_t *state, const char *const *pieces, unsigned count)
{
    out[0] = '\0';
    for (uint32_t left = next_random(state) % 7; left > 0; left--) {
        (void)strcat(out, pieces[next_random(state) % count]);
    }
}

/* What Lua's own string.find gives, in the same form. */
static const char *find_by_lua(char *out, size_t capacity, lua_State *L, const char *subject,
                               const char *pattern)
{
    lua_settop(L, 0);
    lua_getglobal(L, "string");
    lua_getfield(L, 1, "find");
    lua_pushstring(L, subject);
    lua_pushstring(L, pattern);
    if (lua_pcall(L, 2, LUA_MULTRET, 0) != LUA_OK) {
        return "fault";
    }
    if (lua_isnil(L, 2)) {
        return "none";
    }
    int used = snprintf(out, capacity, "%lld-%lld", lua_tointeger(L, 2) - 1, lua_tointeger(L, 3));
    for (int i = 4; i <= lua_gettop(L); i++) {
        if (lua_type(L, i) == LUA_TNUMBER) {
            used +=
                snprintf(out + used, capacity - (size_t)used, " @%lld", lua_tointeger(L, i) - 1);
        } else {
            used += snprintf(out + used, capacity - (size_t)used, " %s", lua_tostring(L, i));
        }
    }
    return out;
}

/* As shown, with the words of captures in place of their offsets. */
static const char *find_words(char *out, size_t capacity, const char *subject, const char *pattern)
{
    struct match match;
    match_start(&match, text_of(subject), text_of(pattern), STEPS);
    enum match_result result = match_find(&match, 0);
    if (result != MATCH_FOUND) {
        return result == MATCH_NONE ? "none" : result == MATCH_FAULT ? "fault" : "steps";
    }
    int used = snprintf(out, capacity, "%zu-%zu", match.start, match.end);
    for (unsigned i = 0; i < match.capture_count; i++) {
        const struct capture *one = &match.captures[i];
        if (one->length == CAPTURE_PLACE) {
            used += snprintf(out + used, capacity - (size_t)used, " @%zu", one->start);
        } else {
            used += snprintf(out + used, capacity - (size_t)used, " %.*s", (int)one->length,
                             subject + one->start);
        }
    }
    return out;
}

static void agrees_with_lua_on_random_patterns(void)
{
    static const char *const ITEMS[] = {"a",  "b",    ".",     "%a",    "[ab]", "[^a]", "%f[b]",
                                        "(",  ")",    "()",    "*",     "+",    "-",    "?",
                                        "%1", "%b()", "$",     "^",     "%d",   "[",    "%",
                                        "x",  "%W",   "[a-b]", "[%a-]", "(a)",  "%s",   "]"};
    static const char *const WORDS[] = {"a", "b", "ab", "(", ")", " ", "1", "ba", "-", "]"};
    lua_State *L = luaL_newstate();
    CU_ASSERT_PTR_NOT_NULL_FATAL(L);
    luaL_openlibs(L);
    uint32_t state = 20261124;
    unsigned differences = 0;
    for (unsigned i = 0; i < 40000; i++) {
        char subject[64];
        char pattern[64];
        char ours[512];
        char theirs[512];
        make_random(subject, &state, WORDS, sizeof WORDS / sizeof WORDS[0]);
        make_random(pattern, &state, ITEMS, sizeof ITEMS / sizeof ITEMS[0]);
        if (match_is_plain(text_of(pattern))) {
            continue; /* Lua's find does not take it for a pattern */
        }
        const char *a = find_words(ours, sizeof ours, subject, pattern);
        const char *b = find_by_lua(theirs, sizeof theirs, L, subject, pattern);
        if (strcmp(a, b) != 0 && ++differences < 10) {
            (void)printf("\n    '%s' in '%s': %s, Lua says %s", pattern, subject, a, b);
        }
    }
    CU_ASSERT_EQUAL(differences, 0);
    lua_close(L);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"finds what the manual says", finds_what_the_manual_says},
        {"names malformed patterns", names_malformed_patterns},
        {"ends exponential patterns by steps", ends_exponential_patterns_by_steps},
        {"finds plain bytes without their meaning", finds_plain_bytes_without_their_meaning},
        {"agrees with Lua on random patterns", agrees_with_lua_on_random_patterns},
        CU_TEST_INFO_NULL,
    };
    return suite_run("lua_match", tests);
}

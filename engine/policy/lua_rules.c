/*
 * Declarations, and predicates.
 *
 * `rule "id" { ... }` is two calls: the first gives a function that waits for the table. Whatever
 * waits is noted, so that a forgotten table is an error and not silence. A declaration is written
 * into the message at once and leaves nothing in Lua.
 *
 * Predicates keep their test functions in the registry. A test may remember constants through its
 * upvalues, and other functions that do, but nothing that could change from call to call: this is
 * checked when the file ends, all values are noted, and rules_restore puts them back before every
 * call. So a call leaves no trace that another could see.
 */
#include "lua_rules.h"

#include "limit.h"
#include "lua_operators.h"
#include "lua_symbol.h"
#include "lua_table.h"
#include "lua_tests.h"
#include "message_write.h"

#include <assert.h>
#include <string.h>

/* Registry keys: the addresses of these. */
static const char TESTS_KEY = 't'; /* test functions, from 1 */
static const char LINES_KEY = 'l'; /* the lines where they were declared */
static const char KEPT_KEY = 'k';  /* function, place, value; function, place, value; ... */

/* Functions kept by functions kept by functions: nobody reads deeper. */
#define KEPT_DEPTH_MAX 20

/* Declarations by name; param and issue are userdata and are added apart. */
static const char *const KINDS[] = {"source", "provision", "calendar", "fact",
                                    "rule",   "remedy",    "fallback", "flag"};
#define KIND_COUNT (sizeof KINDS / sizeof KINDS[0])

/* The table of a declaration. Upvalues: 1 kind, 2 id, 3 what waits. */
static int declare(lua_State *L)
{
    const char *kind = lua_tostring(L, lua_upvalueindex(1));
    struct text id = {NULL, 0};
    id.at = lua_tolstring(L, lua_upvalueindex(2), &id.length);
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TTABLE) {
        run_fail(L, FAILURE_USE, "put its fields in braces behind its id",
                 "%s \"%.80s\" needs a table: write %s \"%.80s\" { ... }", kind, id.at, kind,
                 id.at);
    }
    run_needs_loading(L, kind);
    symbol_used(L, (uint32_t)lua_tointeger(L, lua_upvalueindex(3)));
    message_declare(L, kind, id, 1);
    return 0;
}

/* Push a copy of the table at an index with one more field, which is on the top of the stack. */
static void push_with_targets(lua_State *L, int table)
{
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, table) != 0;) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
    lua_insert(L, -2);
    lua_setfield(L, -2, "of");
}

/* The table of an undercut. Upvalues: 1 its targets, 2 what waits. */
static int declare_undercut(lua_State *L)
{
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TTABLE) {
        run_fail(L, FAILURE_USE, "put its fields in braces behind what it is against",
                 "undercut needs a table: write undercut \"rule\" { ... }");
    }
    run_needs_loading(L, "undercut");
    symbol_used(L, (uint32_t)lua_tointeger(L, lua_upvalueindex(2)));
    struct text id = {NULL, 0};
    if (lua_getfield(L, 1, "id") == LUA_TSTRING) {
        id.at = lua_tolstring(L, 2, &id.length);
    }
    if (lua_getfield(L, 1, "of") != LUA_TNIL) {
        run_fail(L, FAILURE_USE, "write undercut {\"a\", \"b\"} { ... }",
                 "what an undercut is against stands before its table, not in `of`");
    }
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    push_with_targets(L, 1);
    message_declare(L, "undercut", id, lua_gettop(L));
    return 0;
}

/* Check an id; raises. */
static void check_id(lua_State *L, int index, const char *kind)
{
    if (lua_type(L, index) != LUA_TSTRING || lua_gettop(L) != index) {
        run_fail(L, FAILURE_USE, "its id is a text, and its table stands behind it",
                 "write %s \"id\" { ... }", kind);
    }
    if (lua_rawlen(L, index) == 0 || lua_rawlen(L, index) > 256) {
        run_fail(L, FAILURE_USE, "give it a short name", "%s has an id of no or too many bytes",
                 kind);
    }
}

static void push_declare(lua_State *L, const char *kind, int id)
{
    run_needs_loading(L, kind);
    check_id(L, id, kind);
    lua_pushstring(L, kind);
    lua_pushvalue(L, id);
    lua_pushinteger(L, symbol_await(L, SYMBOL_NONE));
    lua_pushcclosure(L, declare, 3);
}

/* upvalue 1: the kind */
static int open_declaration(lua_State *L)
{
    push_declare(L, lua_tostring(L, lua_upvalueindex(1)), 1);
    return 1;
}

static int open_param(lua_State *L)
{
    push_declare(L, "param", 2);
    return 1;
}

static int open_issue(lua_State *L)
{
    push_declare(L, "issue", 2);
    return 1;
}

static int open_undercut(lua_State *L)
{
    run_needs_loading(L, "undercut");
    bool is_list = lua_gettop(L) == 1 && lua_type(L, 1) == LUA_TTABLE;
    if (is_list) {
        symbol_push_list(L, 1, "undercut");
    } else {
        check_id(L, 1, "undercut");
        lua_createtable(L, 1, 0);
        lua_pushvalue(L, 1);
        lua_rawseti(L, -2, 1);
    }
    if (lua_rawlen(L, -1) == 0) {
        run_fail(L, FAILURE_USE, "name the rule that it is against", "undercut names no rule");
    }
    lua_pushinteger(L, symbol_await(L, SYMBOL_NONE));
    lua_pushcclosure(L, declare_undercut, 2);
    return 1;
}

/* predicates */

/* Keep a test function and its line; gives its ordinal. */
static uint32_t keep_test(lua_State *L, int function)
{
    struct run *run = run_of(L);
    uint32_t ordinal = run->predicate_count++;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &TESTS_KEY);
    lua_pushvalue(L, function);
    lua_rawseti(L, -2, (lua_Integer)ordinal + 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &LINES_KEY);
    lua_pushinteger(L, run_line(L));
    lua_rawseti(L, -2, (lua_Integer)ordinal + 1);
    lua_pop(L, 2);
    return ordinal;
}

static int call_predicate(lua_State *L)
{
    run_needs_loading(L, "predicate");
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TTABLE) {
        run_fail(L, FAILURE_USE, "see rules/README.md, section 3",
                 "write predicate { reads = { ... }, test = function(...) return ... end }");
    }
    operators_check_fields(L, 1, " reads test ", "predicate");
    lua_getfield(L, 1, "reads");
    symbol_push_list(L, 2, "reads");
    if (lua_getfield(L, 1, "test") != LUA_TFUNCTION || lua_iscfunction(L, -1)) {
        run_fail(L, FAILURE_USE, "write test = function(a, b) return a > b end",
                 "the test of a predicate is a function, not %s", run_describe(L, -1));
    }
    lua_pushinteger(L, keep_test(L, 4));
    lua_pushvalue(L, 3);
    symbol_make(L, SYMBOL_PREDICATE, 5, 2);
    return 1;
}

/* A function of ours without upvalues always does the same. */
static bool is_constant_function(lua_State *L, int index)
{
    if (!lua_iscfunction(L, index)) {
        return false;
    }
    bool is_constant = lua_getupvalue(L, index, 1) == NULL;
    lua_settop(L, is_constant ? lua_gettop(L) : lua_gettop(L) - 1);
    return is_constant;
}

static bool may_be_kept(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING: return true;
    case LUA_TFUNCTION: return !lua_iscfunction(L, index) || is_constant_function(L, index);
    default: break;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bool is_environment = lua_rawequal(L, -1, index) == 1;
    lua_pop(L, 1);
    return is_environment;
}

/* Note one upvalue: its function at `function`, its value on the top, which is taken off. */
static void keep_upvalue(lua_State *L, int function, int place)
{
    struct run *run = run_of(L);
    int value = lua_gettop(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEPT_KEY);
    lua_pushvalue(L, function);
    lua_rawseti(L, -2, ++run->kept_count);
    lua_pushinteger(L, place);
    lua_rawseti(L, -2, ++run->kept_count);
    lua_pushvalue(L, value);
    lua_rawseti(L, -2, ++run->kept_count);
    lua_settop(L, value - 1);
}

/* Mark a function in the table `seen`; true if it was there already. */
static bool was_seen(lua_State *L, int seen, int function)
{
    lua_pushvalue(L, function);
    bool is_seen = lua_rawget(L, seen) != LUA_TNIL;
    lua_pop(L, 1);
    lua_pushvalue(L, function);
    lua_pushboolean(L, 1);
    lua_rawset(L, seen);
    return is_seen;
}

/* Check and note all that the function on the top remembers, and what its functions remember. The
 * table of seen functions is at index 1. */
static void keep_function(lua_State *L, uint32_t line, int depth)
{
    int function = lua_gettop(L);
    luaL_checkstack(L, 8, NULL);
    if (lua_iscfunction(L, function) || was_seen(L, 1, function)) {
        return;
    }
    if (depth > KEPT_DEPTH_MAX) {
        run_fail_at(L, line, "write it with fewer functions",
                    "a predicate keeps functions nested more than %d deep", KEPT_DEPTH_MAX);
    }
    int place = 1;
    for (const char *name = lua_getupvalue(L, function, place); name != NULL;
         name = lua_getupvalue(L, function, ++place)) {
        if (!may_be_kept(L, function + 1)) {
            run_fail_at(L, line, "list what it needs in `reads`, or make it inside of the function",
                        "a predicate cannot remember %s ('%.64s'): only true, false, whole "
                        "numbers, texts and such functions",
                        run_describe(L, function + 1), name);
        }
        if (lua_type(L, function + 1) == LUA_TFUNCTION) {
            keep_function(L, line, depth + 1);
        }
        keep_upvalue(L, function, place);
    }
}

static void keep_all(lua_State *L)
{
    uint32_t count = run_of(L)->predicate_count;
    lua_settop(L, 0);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= (lua_Integer)count; i++) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &LINES_KEY);
        lua_rawgeti(L, 2, i);
        uint32_t line = (uint32_t)lua_tointeger(L, -1);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &TESTS_KEY);
        lua_rawgeti(L, 4, i);
        keep_function(L, line, 0);
        lua_settop(L, 1);
    }
}

bool rules_push_predicate(lua_State *L, uint32_t ordinal)
{
    assert(L != NULL);
    assert(!run_of(L)->is_loading);
    if (ordinal >= run_of(L)->predicate_count) {
        return false;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &TESTS_KEY);
    lua_rawgeti(L, -1, (lua_Integer)ordinal + 1);
    lua_remove(L, -2);
    return true;
}

void rules_restore(lua_State *L)
{
    const struct run *run = run_of(L);
    assert(!run->is_loading);
    assert(run->kept_count % 3 == 0);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEPT_KEY);
    int kept = lua_gettop(L);
    for (lua_Integer i = 1; i <= run->kept_count; i += 3) {
        lua_rawgeti(L, kept, i);
        lua_rawgeti(L, kept, i + 1);
        lua_rawgeti(L, kept, i + 2);
        (void)lua_setupvalue(L, kept + 1, (int)lua_tointeger(L, kept + 2));
        lua_settop(L, kept);
    }
    lua_pop(L, 1);
}

/* the end of a file */

static _Noreturn void fail_unused(lua_State *L, const struct pending *pending)
{
    if (pending->op == SYMBOL_NONE) {
        run_fail_at(L, pending->line, "put its fields in braces behind its id",
                    "a declaration has no table");
    }
    run_fail_at(L, pending->line,
                "use it in a declaration (when, unless, is, freelancer, due); `if`, `and`, `or` "
                "and `not` cannot test facts, which have no value while the file runs: write all, "
                "any, no",
                "the result of '%s' is never used", symbol_name((enum symbol)pending->op));
}

void rules_finish(lua_State *L)
{
    const struct run *run = run_of(L);
    assert(run->is_loading);
    assert(run->pending_count <= run->pending_capacity);
    for (size_t i = 0; i < run->pending_count; i++) {
        if (!run->pendings[i].is_used) {
            fail_unused(L, &run->pendings[i]);
        }
    }
    keep_all(L);
}

static void add_declarers(lua_State *L, int names)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        lua_pushstring(L, KINDS[i]);
        lua_pushcclosure(L, open_declaration, 1);
        lua_setfield(L, names, KINDS[i]);
    }
    lua_pushcfunction(L, open_undercut);
    lua_setfield(L, names, "undercut");
    lua_pushcfunction(L, call_predicate);
    lua_setfield(L, names, "predicate");
    tests_push_declarer(L, PROXY_PARAMS, open_param);
    lua_setfield(L, names, "param");
    tests_push_declarer(L, PROXY_ISSUES, open_issue);
    lua_setfield(L, names, "issue");
}

static void add_registry_table(lua_State *L, const char *key)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void rules_open(lua_State *L, int names)
{
    assert(names > 0);
    assert(lua_istable(L, names));
    add_registry_table(L, &TESTS_KEY);
    add_registry_table(L, &LINES_KEY);
    add_registry_table(L, &KEPT_KEY);
    add_declarers(L, names);
    operators_open(L, names);
}

/*
 * Basic functions, math and utf8.
 *
 * They differ from Lua's own where Lua's show something that is not the same twice or make a
 * float: tostring has no addresses, tonumber gives whole numbers only, error takes a text.
 * utf8.codes is left out for a fault of Lua 5.4.4; utf8 here takes strict UTF-8 only.
 */
#include "lua_basic.h"

#include "lua_symbol.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

/* Words of a script that a message repeats. */
#define QUOTE_BYTES 80

lua_Integer basic_integer(lua_State *L, int index, lua_Integer otherwise)
{
    assert(index > 0);
    assert(index < 16);
    return luaL_optinteger(L, index, otherwise);
}

struct text basic_text(lua_State *L, int index)
{
    assert(L != NULL);
    assert(index != 0);
    struct text text = {NULL, 0};
    text.at = luaL_checklstring(L, index, &text.length);
    run_charge(L, text.length / 16);
    return text;
}

size_t basic_start(lua_Integer position, size_t length)
{
    assert(length < SIZE_MAX);
    if (position > 0) {
        return (lua_Unsigned)position - 1 > length ? length + 1 : (size_t)position - 1;
    }
    lua_Unsigned back = 0 - (lua_Unsigned)position; /* the least integer has no opposite */
    assert(position == 0 || back > 0);
    return position == 0 || back > length ? 0 : length - (size_t)back;
}

void basic_push_text(lua_State *L, int index)
{
    assert(index != 0);
    index = lua_absindex(L, index);
    assert(index > 0);
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        lua_pushvalue(L, index);
        (void)lua_tostring(L, -1); /* turns the copy into its text */
        break;
    case LUA_TSTRING: lua_pushvalue(L, index); break;
    case LUA_TBOOLEAN: lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false"); break;
    case LUA_TTABLE: lua_pushliteral(L, "table"); break;
    case LUA_TFUNCTION: lua_pushliteral(L, "function"); break;
    case LUA_TUSERDATA: lua_pushstring(L, symbol_describe(L, index)); break;
    default: lua_pushliteral(L, "nil"); break;
    }
}

static int basic_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    run_charge(L, 8);
    basic_push_text(L, 1);
    return 1;
}

static int basic_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

static _Noreturn void stop(lua_State *L, int index)
{
    const char *words = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : NULL;
    if (words == NULL) {
        run_fail(L, FAILURE_LUA, "see that line", "the script stopped itself");
    }
    run_fail(L, FAILURE_LUA, "see that line", "the script stopped itself: %.*s", QUOTE_BYTES,
             words);
}

static int basic_error(lua_State *L)
{
    stop(L, 1);
}

static int basic_assert(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TUSERDATA) {
        run_fail(L, FAILURE_USE, "declare a rule with it",
                 "assert cannot test %s: nothing is decided while a file runs", run_describe(L, 1));
    }
    if (!lua_toboolean(L, 1)) {
        stop(L, 2);
    }
    return lua_gettop(L);
}

static int basic_select(lua_State *L)
{
    int count = lua_gettop(L);
    if (lua_type(L, 1) == LUA_TSTRING && strcmp(lua_tostring(L, 1), "#") == 0) {
        lua_pushinteger(L, count - 1);
        return 1;
    }
    lua_Integer from = luaL_checkinteger(L, 1);
    if (from < 0) {
        from += count;
    }
    luaL_argcheck(L, from >= 1, 1, "index out of range");
    run_charge(L, (size_t)count / 8);
    return from >= count ? 0 : count - (int)from;
}

static int basic_tonumber(lua_State *L)
{
    luaL_checkany(L, 1);
    if (!lua_isnoneornil(L, 2)) {
        run_fail(L, FAILURE_USE, "write the number in base 10 or as 0x...",
                 "tonumber takes no base here");
    }
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING && lua_rawlen(L, 1) <= 64 &&
        lua_stringtonumber(L, lua_tostring(L, 1)) != lua_rawlen(L, 1) + 1) {
        lua_pushnil(L);
        return 1;
    }
    if (!lua_isinteger(L, -1)) {
        lua_pushnil(L);
    }
    return 1;
}

/* A script can get hold of this function and give it anything. */
static int ipairs_step(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer before = luaL_checkinteger(L, 2);
    luaL_argcheck(L, before < LUA_MAXINTEGER, 2, "out of range");
    lua_Integer at = before + 1;
    lua_pushinteger(L, at);
    return lua_rawgeti(L, 1, at) == LUA_TNIL ? 1 : 2;
}

static int basic_ipairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushcfunction(L, ipairs_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* math */

static int math_abs(lua_State *L)
{
    lua_Integer number = luaL_checkinteger(L, 1);
    luaL_argcheck(L, number != LUA_MININTEGER, 1, "has no opposite");
    lua_pushinteger(L, number < 0 ? -number : number);
    return 1;
}

/* Push the least or greatest of the arguments. */
static int push_extreme(lua_State *L, bool is_max)
{
    if (lua_type(L, 1) == LUA_TUSERDATA) {
        run_fail(L, FAILURE_USE, "write min(a, b) or max(a, b), without math",
                 "math compares plain numbers, not %s", run_describe(L, 1));
    }
    lua_Integer best = luaL_checkinteger(L, 1);
    for (int i = 2; i <= lua_gettop(L); i++) {
        lua_Integer next = luaL_checkinteger(L, i);
        if (is_max ? next > best : next < best) {
            best = next;
        }
    }
    lua_pushinteger(L, best);
    return 1;
}

/* Two functions, not one with an upvalue: a predicate may keep functions without upvalues. */
static int math_min(lua_State *L)
{
    return push_extreme(L, false);
}

static int math_max(lua_State *L)
{
    return push_extreme(L, true);
}

static int math_ult(lua_State *L)
{
    lua_pushboolean(L,
                    (lua_Unsigned)luaL_checkinteger(L, 1) < (lua_Unsigned)luaL_checkinteger(L, 2));
    return 1;
}

static int math_tointeger(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
    } else {
        lua_pushnil(L);
    }
    return 1;
}

static int math_type(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_pushliteral(L, "integer");
    } else {
        lua_pushnil(L);
    }
    return 1;
}

static int math_fmod(lua_State *L)
{
    lua_Integer number = luaL_checkinteger(L, 1);
    lua_Integer by = luaL_checkinteger(L, 2);
    luaL_argcheck(L, by != 0, 2, "zero");
    lua_pushinteger(L, by == -1 ? 0 : number % by); /* the least integer % -1 overflows in C */
    return 1;
}

/* utf8 */

static size_t encode(char out[4], uint32_t code)
{
    static const unsigned char LEADS[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length; i > 1; i--) {
        out[i - 1] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)(LEADS[length] | code);
    return length;
}

static int utf8_char(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (int i = 1; i <= count; i++) {
        lua_Integer code = luaL_checkinteger(L, i);
        luaL_argcheck(L, code >= 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF), i,
                      "no character has this number");
        char bytes[4];
        luaL_addlstring(&buffer, bytes, encode(bytes, (uint32_t)code));
    }
    luaL_pushresult(&buffer);
    return 1;
}

/* The offset of a character's position; there is no position 0. */
static size_t offset_of(lua_Integer position, size_t length)
{
    return position == 0 ? SIZE_MAX : basic_start(position, length);
}

static int utf8_len(lua_State *L)
{
    struct text text = basic_text(L, 1);
    size_t fault = 0;
    luaL_argcheck(L, lua_gettop(L) == 1, 2, "utf8.len takes the whole text here");
    if (!text_is_utf8(text, &fault)) {
        lua_pushnil(L);
        lua_pushinteger(L, (lua_Integer)fault + 1);
        return 2;
    }
    lua_pushinteger(L, (lua_Integer)text_characters(text, text.length));
    return 1;
}

static int utf8_codepoint(lua_State *L)
{
    struct text text = basic_text(L, 1);
    lua_Integer from = basic_integer(L, 2, 1);
    size_t at = offset_of(from, text.length);
    size_t last = offset_of(basic_integer(L, 3, from), text.length);
    luaL_argcheck(L, at < text.length && last < text.length, 2, "out of range");
    luaL_argcheck(L, last - at < BASIC_RESULTS_MAX || last < at, 3, "too many characters");
    luaL_checkstack(L, last >= at ? (int)(last - at) + 1 : 1, NULL);
    int count = 0;
    for (uint32_t code = 0; at <= last && at < text.length; count++) {
        size_t length = text_decode(text, at, &code);
        luaL_argcheck(L, length > 0, 1, "not UTF-8");
        lua_pushinteger(L, (lua_Integer)code);
        at += length;
    }
    return count;
}

static bool is_continuation(struct text text, size_t at)
{
    return at < text.length && ((unsigned char)text.at[at] & 0xC0) == 0x80;
}

/* Byte position of the n-th character, n >= 1, counted from the start. */
static int utf8_offset(lua_State *L)
{
    struct text text = basic_text(L, 1);
    lua_Integer left = luaL_checkinteger(L, 2);
    luaL_argcheck(L, left >= 1 && lua_gettop(L) == 2, 2, "count characters from 1");
    size_t at = 0;
    while (left > 1 && at < text.length) {
        at++;
        while (is_continuation(text, at)) {
            at++;
        }
        left--;
    }
    if (left > 1) {
        lua_pushnil(L);
    } else {
        lua_pushinteger(L, (lua_Integer)at + 1);
    }
    return 1;
}

static const luaL_Reg BASIC[] = {
    {"assert", basic_assert},     {"error", basic_error},
    {"ipairs", basic_ipairs},     {"select", basic_select},
    {"tonumber", basic_tonumber}, {"type", basic_type},
    {"tostring", basic_tostring}, {NULL, NULL},
};

static const luaL_Reg MATH[] = {
    {"abs", math_abs},   {"ult", math_ult},   {"tointeger", math_tointeger},
    {"type", math_type}, {"fmod", math_fmod}, {"min", math_min},
    {"max", math_max},   {NULL, NULL},
};

static const luaL_Reg UTF8[] = {
    {"char", utf8_char},     {"len", utf8_len}, {"codepoint", utf8_codepoint},
    {"offset", utf8_offset}, {NULL, NULL},
};

static void add_math_rest(lua_State *L)
{
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
}

/* Stand a table of functions, on the top of the stack, under a name that cannot be written to. */
static void finish_library(lua_State *L, int names, const char *name)
{
    run_push_names(L, name, lua_gettop(L));
    lua_setfield(L, names, name);
    lua_pop(L, 1);
}

void basic_add_library(lua_State *L, int names, const char *name, const luaL_Reg *functions)
{
    assert(name != NULL && functions != NULL);
    assert(names > 0);
    lua_newtable(L);
    luaL_setfuncs(L, functions, 0);
    finish_library(L, names, name);
}

void basic_open(lua_State *L, int names)
{
    assert(names > 0);
    assert(lua_istable(L, names));
    lua_pushvalue(L, names);
    luaL_setfuncs(L, BASIC, 0);
    lua_pop(L, 1);
    lua_newtable(L);
    luaL_setfuncs(L, MATH, 0);
    add_math_rest(L);
    finish_library(L, names, "math");
    basic_add_library(L, names, "utf8", UTF8);
}

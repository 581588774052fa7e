/*
 * Tables of a script.
 *
 * Lua's hash order depends on addresses and time, so pairs walks sorted keys. Its sort is not
 * stable and trusts the comparator, so this one is a merge sort between two tables: any comparator
 * ends it after n log n steps, and equal items keep their order. Texts compare by bytes, without
 * the locale. All functions work on plain tables of at most LIMIT_LUA_TABLE_ITEMS and charge what
 * they do.
 */
#include "lua_table.h"

#include "limit.h"
#include "lua_basic.h"
#include "lua_string.h"

#include <assert.h>
#include <string.h>

/* A sort in progress: indices of tables on the stack. */
struct sorter {
    lua_State *L;
    int from, to;
    int comparator;
    lua_Integer count;
};

/* The length of the table at an index; raises if it is none or too long. */
static lua_Integer length_of(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TTABLE);
    lua_Unsigned length = lua_rawlen(L, index);
    if (length > (lua_Unsigned)limit_of(LIMIT_LUA_TABLE_ITEMS)) {
        run_fail(L, FAILURE_LIMIT, "a rule file needs no table of that size",
                 "a table has more than %lld items", (long long)limit_of(LIMIT_LUA_TABLE_ITEMS));
    }
    return (lua_Integer)length;
}

static struct text text_at(lua_State *L, int index)
{
    struct text text = {NULL, 0};
    text.at = lua_tolstring(L, index, &text.length);
    return text;
}

/* Tell whether the value on the top comes before the one below it, by the built-in order. */
static bool comes_first(lua_State *L)
{
    if (lua_isinteger(L, -1) && lua_isinteger(L, -2)) {
        return lua_tointeger(L, -1) < lua_tointeger(L, -2);
    }
    if (lua_type(L, -1) == LUA_TSTRING && lua_type(L, -2) == LUA_TSTRING) {
        return text_order(text_at(L, -1), text_at(L, -2)) < 0;
    }
    run_fail(L, FAILURE_USE, "give sort a function that compares two items",
             "sort cannot order %s and %s", run_describe(L, -2), run_describe(L, -1));
}

/* Tell whether the right one of two items must go before the left one. Stack: left, right. */
static bool must_swap(const struct sorter *sorter)
{
    lua_State *L = sorter->L;
    run_charge(L, 4);
    if (sorter->comparator == 0) {
        return comes_first(L);
    }
    lua_pushvalue(L, sorter->comparator);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    run_call_lua(L, 2, 1);
    bool is_first = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return is_first;
}

/* Merge from[low .. middle) and from[middle .. high) into to[low .. high). */
static void merge(const struct sorter *sorter, lua_Integer low, lua_Integer middle,
                  lua_Integer high)
{
    lua_State *L = sorter->L;
    lua_Integer left = low;
    lua_Integer right = middle;
    for (lua_Integer at = low; at < high; at++) {
        bool take_right = left >= middle;
        if (!take_right && right < high) {
            lua_rawgeti(L, sorter->from, left);
            lua_rawgeti(L, sorter->from, right);
            take_right = must_swap(sorter);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, sorter->from, take_right ? right++ : left++);
        lua_rawseti(L, sorter->to, at);
    }
}

static void sort_passes(struct sorter *sorter)
{
    lua_Integer end = sorter->count + 1;
    for (lua_Integer width = 1; width < sorter->count; width *= 2) {
        for (lua_Integer low = 1; low < end; low += 2 * width) {
            lua_Integer middle = low + width < end ? low + width : end;
            lua_Integer high = middle + width < end ? middle + width : end;
            merge(sorter, low, middle, high);
        }
        int from = sorter->from;
        sorter->from = sorter->to;
        sorter->to = from;
    }
}

/* Sort items 1 .. count of the table at an absolute index, in place and stably. The comparator's
 * index is 0 for the order of numbers and of bytes. */
static void sort_list(lua_State *L, int list, lua_Integer count, int comparator)
{
    assert(list > 0 && count >= 0);
    assert(comparator >= 0);
    luaL_checkstack(L, 8, NULL);
    lua_createtable(L, (int)count, 0);
    struct sorter sorter = {L, list, lua_gettop(L), comparator, count};
    sort_passes(&sorter);
    if (sorter.from != list) {
        for (lua_Integer i = 1; i <= count; i++) {
            lua_rawgeti(L, sorter.from, i);
            lua_rawseti(L, list, i);
        }
    }
    lua_pop(L, 1);
}

/* Order of keys: integers before texts. */
static int key_order(lua_State *L)
{
    bool is_first;
    if (lua_isinteger(L, 1) != lua_isinteger(L, 2)) {
        is_first = lua_isinteger(L, 1);
    } else {
        lua_insert(L, 1); /* comes_first asks about the top: the first argument */
        is_first = comes_first(L);
    }
    lua_pushboolean(L, is_first);
    return 1;
}

void table_push_keys(lua_State *L, int table)
{
    assert(table > 0);
    assert(lua_istable(L, table));
    luaL_checkstack(L, 8, NULL);
    lua_Integer count = 0;
    bool is_mixed = false;
    bool has_text = false;
    lua_newtable(L);
    int keys = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
        bool is_text = lua_type(L, -2) == LUA_TSTRING;
        if (!is_text && !lua_isinteger(L, -2)) {
            run_fail(L, FAILURE_USE, "use texts and whole numbers as keys",
                     "a table has %s as a key", run_describe(L, -2));
        }
        is_mixed = is_mixed || (count > 0 && is_text != has_text);
        has_text = is_text;
        run_charge(L, 2);
        lua_pushvalue(L, -2);
        lua_rawseti(L, keys, ++count);
        if (count > limit_of(LIMIT_LUA_TABLE_ITEMS)) {
            run_fail(L, FAILURE_LIMIT, "a rule file needs no table of that size",
                     "a table has more than %lld items",
                     (long long)limit_of(LIMIT_LUA_TABLE_ITEMS));
        }
    }
    if (is_mixed) {
        lua_pushcfunction(L, key_order);
    } else {
        lua_pushnil(L);
    }
    sort_list(L, keys, count, is_mixed ? keys + 1 : 0);
    lua_settop(L, keys);
}

/* Upvalues: 1 the keys, 2 the place of the next one. A key that was removed since is passed by. A
 * script can get hold of this function and give it anything. */
static int pairs_step(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    for (;;) {
        run_charge(L, 1);
        if (lua_rawgeti(L, lua_upvalueindex(1), at++) == LUA_TNIL) {
            return 1;
        }
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) {
            break;
        }
        lua_pop(L, 2);
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

static int table_pairs(lua_State *L)
{
    if (lua_type(L, 1) == LUA_TUSERDATA) {
        run_fail(L, FAILURE_USE, "go through records with some, every, count, sum or latest",
                 "pairs cannot walk %s", run_describe(L, 1));
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    table_push_keys(L, 1);
    lua_pushinteger(L, 1);
    lua_pushcclosure(L, pairs_step, 2);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* Add one item of concat; raises at what is no text, and at the limit. */
static void add_item(lua_State *L, luaL_Buffer *out, lua_Integer at)
{
    int type = lua_rawgeti(L, 1, at);
    if (type != LUA_TSTRING && type != LUA_TNUMBER) {
        run_fail(L, FAILURE_USE, "concat joins texts and numbers", "concat was given %s",
                 run_describe(L, -1));
    }
    luaL_addvalue(out);
    run_charge(L, 2);
    string_check_size(L, luaL_bufflen(out), "concat");
}

static int table_concat(lua_State *L)
{
    lua_Integer count = length_of(L, 1);
    size_t separator_bytes = 0;
    const char *separator = luaL_optlstring(L, 2, "", &separator_bytes);
    lua_Integer first = basic_integer(L, 3, 1);
    lua_Integer last = basic_integer(L, 4, count);
    luaL_argcheck(L, first >= 1 && last <= count, 3, "out of range");
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = first; i <= last; i++) {
        add_item(L, &buffer, i);
        luaL_addlstring(&buffer, separator, i < last ? separator_bytes : 0);
    }
    luaL_pushresult(&buffer);
    return 1;
}

/* Move items [from .. last] of table 1 by one, up or down. */
static void shift(lua_State *L, lua_Integer from, lua_Integer last, bool is_up)
{
    run_charge(L, last >= from ? (size_t)(last - from) / 4 : 0);
    for (lua_Integer i = is_up ? last : from; is_up ? i >= from : i <= last; i += is_up ? -1 : 1) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, is_up ? i + 1 : i - 1);
    }
}

static int table_insert(lua_State *L)
{
    lua_Integer count = length_of(L, 1);
    int arguments = lua_gettop(L);
    luaL_argcheck(L, arguments == 2 || arguments == 3, 2, "insert takes (t, v) or (t, at, v)");
    lua_Integer at = arguments == 3 ? luaL_checkinteger(L, 2) : count + 1;
    luaL_argcheck(L, at >= 1 && at <= count + 1, 2, "out of range");
    luaL_argcheck(L, count < limit_of(LIMIT_LUA_TABLE_ITEMS), 1, "the table is full");
    shift(L, at, count, true);
    lua_pushvalue(L, arguments);
    lua_rawseti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer count = length_of(L, 1);
    lua_Integer at = basic_integer(L, 2, count);
    if (count == 0 && at == 0) {
        lua_pushnil(L);
        return 1;
    }
    luaL_argcheck(L, at >= 1 && at <= count, 2, "out of range");
    lua_rawgeti(L, 1, at);
    shift(L, at + 1, count, false);
    lua_pushnil(L);
    lua_rawseti(L, 1, count);
    return 1;
}

static int table_sort(lua_State *L)
{
    lua_Integer count = length_of(L, 1);
    bool has_comparator = !lua_isnoneornil(L, 2);
    if (has_comparator) {
        luaL_checktype(L, 2, LUA_TFUNCTION);
    }
    lua_settop(L, 2);
    sort_list(L, 1, count, has_comparator ? 2 : 0);
    return 0;
}

static int table_unpack(lua_State *L)
{
    lua_Integer count = length_of(L, 1);
    lua_Integer first = basic_integer(L, 2, 1);
    lua_Integer last = basic_integer(L, 3, count);
    if (first > last) {
        return 0;
    }
    lua_Unsigned results = (lua_Unsigned)last - (lua_Unsigned)first;
    if (results >= (lua_Unsigned)limit_of(LIMIT_LUA_TABLE_ITEMS)) {
        run_fail(L, FAILURE_LIMIT, "pass the table itself", "unpack gives more than %lld values",
                 (long long)limit_of(LIMIT_LUA_TABLE_ITEMS));
    }
    run_charge(L, (size_t)results / 4);
    luaL_checkstack(L, (int)results + 1, "too many values to unpack");
    for (lua_Unsigned i = 0; i <= results; i++) { /* counted from 0: last may be the greatest */
        lua_rawgeti(L, 1, first + (lua_Integer)i);
    }
    return (int)results + 1;
}

static const luaL_Reg TABLE[] = {
    {"concat", table_concat}, {"insert", table_insert}, {"remove", table_remove},
    {"unpack", table_unpack}, {"sort", table_sort},     {NULL, NULL},
};

void table_open(lua_State *L, int names)
{
    assert(names > 0);
    assert(lua_istable(L, names));
    lua_pushcfunction(L, table_pairs);
    lua_setfield(L, names, "pairs");
    basic_add_library(L, names, "table", TABLE);
}

/*
 * Strings of a script.
 *
 * The functions have the names and the meaning of Lua's, with bounds: a result is measured before
 * it is made, a search has a subject of at most 64 KiB, a pattern of at most 256 bytes and a budget
 * of steps, and all work is charged. pack, unpack and dump do not exist. Letters are those of
 * ASCII. Strings have no arithmetic, so "1" + 1 is an error and no float comes of it.
 */
#include "lua_string.h"

#include "limit.h"
#include "lua_basic.h"
#include "lua_match.h"

#include <assert.h>
#include <string.h>

void string_check_size(lua_State *L, size_t bytes, const char *maker)
{
    assert(L != NULL);
    assert(maker != NULL);
    if (bytes > (size_t)limit_of(LIMIT_LUA_STRING_BYTES)) {
        run_fail(L, FAILURE_LIMIT, "a rule file needs no text of that size",
                 "%s makes a text over %lld bytes", maker,
                 (long long)limit_of(LIMIT_LUA_STRING_BYTES));
    }
}

/* The offset behind the last byte of a span that ends at a position. */
static size_t end_of(lua_Integer position, size_t length)
{
    if (position >= 0) {
        return (lua_Unsigned)position > length ? length : (size_t)position;
    }
    lua_Unsigned back = (lua_Unsigned)0 - (lua_Unsigned)position - 1;
    return back > length ? 0 : length - (size_t)back;
}

static int string_len(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)basic_text(L, 1).length);
    return 1;
}

static int string_sub(lua_State *L)
{
    struct text text = basic_text(L, 1);
    size_t start = basic_start(luaL_checkinteger(L, 2), text.length);
    size_t end = end_of(basic_integer(L, 3, -1), text.length);
    lua_pushlstring(L, start < end ? text.at + start : "", start < end ? end - start : 0);
    return 1;
}

static int string_byte(lua_State *L)
{
    struct text text = basic_text(L, 1);
    lua_Integer from = basic_integer(L, 2, 1);
    size_t start = basic_start(from, text.length);
    size_t end = end_of(basic_integer(L, 3, from), text.length);
    if (start >= end) {
        return 0;
    }
    if (end - start > BASIC_RESULTS_MAX) {
        run_fail(L, FAILURE_LIMIT, "ask for fewer bytes at once", "byte gives more than %d values",
                 BASIC_RESULTS_MAX);
    }
    luaL_checkstack(L, (int)(end - start), NULL);
    for (size_t i = start; i < end; i++) {
        lua_pushinteger(L, (unsigned char)text.at[i]);
    }
    return (int)(end - start);
}

static int string_char(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (int i = 1; i <= count; i++) {
        lua_Integer byte = luaL_checkinteger(L, i);
        luaL_argcheck(L, byte >= 0 && byte <= 255, i, "not a byte");
        luaL_addchar(&out, (char)byte);
    }
    luaL_pushresult(&out);
    return 1;
}

/* The text with its letters of one case made the other's. */
static int change_case(lua_State *L, char low, char high)
{
    struct text text = basic_text(L, 1);
    luaL_Buffer out;
    char *bytes = luaL_buffinitsize(L, &out, text.length);
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        bytes[i] = byte >= low && byte <= high ? (char)(byte ^ 0x20) : byte;
    }
    luaL_pushresultsize(&out, text.length);
    return 1;
}

static int string_lower(lua_State *L)
{
    return change_case(L, 'A', 'Z');
}

static int string_upper(lua_State *L)
{
    return change_case(L, 'a', 'z');
}

static int string_reverse(lua_State *L)
{
    struct text text = basic_text(L, 1);
    luaL_Buffer out;
    char *bytes = luaL_buffinitsize(L, &out, text.length);
    for (size_t i = 0; i < text.length; i++) {
        bytes[i] = text.at[text.length - 1 - i];
    }
    luaL_pushresultsize(&out, text.length);
    return 1;
}

static int string_rep(lua_State *L)
{
    struct text text = basic_text(L, 1);
    lua_Integer count = luaL_checkinteger(L, 2);
    size_t between_bytes = 0;
    const char *between = luaL_optlstring(L, 3, "", &between_bytes);
    size_t most = (size_t)limit_of(LIMIT_LUA_STRING_BYTES);
    size_t each = text.length + between_bytes;
    if (count > 0 && (each > most || (lua_Unsigned)count > most / (each > 0 ? each : 1))) {
        run_fail(L, FAILURE_LIMIT, "a rule file needs no text of that size",
                 "rep makes a text over %zu bytes, or repeats more often than that", most);
    }
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    run_charge(L, count > 0 ? (size_t)count : 0);
    for (lua_Integer i = 1; i <= count; i++) {
        luaL_addlstring(&out, text.at, text.length);
        luaL_addlstring(&out, between, i < count ? between_bytes : 0);
    }
    luaL_pushresult(&out);
    return 1;
}

/* patterns */

/* Start a search with the subject and pattern at two indices; raises at the bounds. */
static void start_search(lua_State *L, struct match *match, int subject_index, int pattern_index)
{
    struct text subject = basic_text(L, subject_index);
    struct text pattern = basic_text(L, pattern_index);
    if (subject.length > (size_t)limit_of(LIMIT_LUA_MATCH_SUBJECT_BYTES)) {
        run_fail(L, FAILURE_LIMIT, "search a shorter text",
                 "a search goes through more than %lld bytes",
                 (long long)limit_of(LIMIT_LUA_MATCH_SUBJECT_BYTES));
    }
    if (pattern.length > (size_t)limit_of(LIMIT_LUA_PATTERN_BYTES)) {
        run_fail(L, FAILURE_LIMIT, "write a shorter pattern", "a pattern is over %lld bytes",
                 (long long)limit_of(LIMIT_LUA_PATTERN_BYTES));
    }
    match_start(match, subject, pattern, limit_of(LIMIT_LUA_MATCH_STEPS));
}

/* Take the outcome of a search: charge it, raise at a fault, tell whether it matched. */
static bool take_result(lua_State *L, struct match *match, enum match_result result)
{
    int64_t most = limit_of(LIMIT_LUA_MATCH_STEPS);
    if (result == MATCH_FAULT) {
        run_fail(L, FAILURE_LUA, "see the Lua manual, section 6.4.1", "%s", match->fault);
    }
    if (result == MATCH_STEPS) {
        run_fail(L, FAILURE_STEPS, "write a pattern with fewer repetitions",
                 "a pattern took more than %lld steps", (long long)most);
    }
    return result == MATCH_FOUND;
}

/* Search from an offset; what it cost is charged, and the match may be used for another. */
static bool search(lua_State *L, struct match *match, size_t from, bool is_plain)
{
    int64_t before = match->steps_left;
    enum match_result result = is_plain ? match_find_plain(match, from) : match_find(match, from);
    bool is_found = take_result(L, match, result);
    run_charge(L, (size_t)(before - match->steps_left));
    return is_found;
}

static void push_capture(lua_State *L, const struct match *match, unsigned index)
{
    const struct capture *capture = &match->captures[index];
    if (capture->length == CAPTURE_PLACE) {
        lua_pushinteger(L, (lua_Integer)capture->start + 1);
    } else {
        lua_pushlstring(L, match->subject.at + capture->start, (size_t)capture->length);
    }
}

static void push_whole(lua_State *L, const struct match *match)
{
    lua_pushlstring(L, match->subject.at + match->start, match->end - match->start);
}

/* Push the captures, or the whole match if there are none and that is wanted. */
static int push_captures(lua_State *L, const struct match *match, bool or_whole)
{
    luaL_checkstack(L, MATCH_CAPTURES_MAX + 1, NULL);
    for (unsigned i = 0; i < match->capture_count; i++) {
        push_capture(L, match, i);
    }
    if (match->capture_count == 0 && or_whole) {
        push_whole(L, match);
        return 1;
    }
    return (int)match->capture_count;
}

static int string_find(lua_State *L)
{
    struct match match;
    start_search(L, &match, 1, 2);
    struct text pattern = basic_text(L, 2);
    bool is_plain = lua_toboolean(L, 4) || match_is_plain(pattern);
    size_t from = basic_start(basic_integer(L, 3, 1), match.subject.length);
    match.pattern = is_plain ? pattern : match.pattern;
    if (from > match.subject.length || !search(L, &match, from, is_plain)) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, (lua_Integer)match.start + 1);
    lua_pushinteger(L, (lua_Integer)match.end);
    return 2 + (is_plain ? 0 : push_captures(L, &match, false));
}

static int string_match(lua_State *L)
{
    struct match match;
    start_search(L, &match, 1, 2);
    size_t from = basic_start(basic_integer(L, 3, 1), match.subject.length);
    if (from > match.subject.length || !search(L, &match, from, false)) {
        lua_pushnil(L);
        return 1;
    }
    return push_captures(L, &match, true);
}

/* Upvalues: 1 subject, 2 pattern, 3 offset to go on from, 4 end of the last match or -1. An empty
 * match right behind the last one is passed by. */
static int gmatch_step(lua_State *L)
{
    struct match match;
    start_search(L, &match, lua_upvalueindex(1), lua_upvalueindex(2));
    size_t from = (size_t)lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    for (; from <= match.subject.length && search(L, &match, from, false); from = match.end + 1) {
        if ((lua_Integer)match.end != last) {
            lua_pushinteger(L, (lua_Integer)match.end);
            lua_copy(L, -1, lua_upvalueindex(3));
            lua_replace(L, lua_upvalueindex(4));
            return push_captures(L, &match, true);
        }
    }
    lua_pushinteger(L, (lua_Integer)match.subject.length + 1);
    lua_replace(L, lua_upvalueindex(3));
    lua_pushnil(L);
    return 1;
}

static int string_gmatch(lua_State *L)
{
    struct match match;
    lua_settop(L, 2);
    start_search(L, &match, 1, 2);
    luaL_argcheck(L, !match.is_anchored, 2, "gmatch takes no anchor ^");
    lua_pushinteger(L, 0);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, gmatch_step, 4);
    return 1;
}

/* Add a replacement text with its %0 to %9. Argument 3 is the text. */
static void add_template(lua_State *L, luaL_Buffer *out, const struct match *match)
{
    struct text words = basic_text(L, 3);
    for (size_t i = 0; i < words.length; i++) {
        char next = words.at[i] == '%' && i + 1 < words.length ? words.at[i + 1] : '\0';
        if (words.at[i] != '%') {
            luaL_addchar(out, words.at[i]);
            continue;
        }
        i++;
        unsigned index = (unsigned)(next - '1');
        if (next == '%') {
            luaL_addchar(out, '%');
        } else if (next == '0' || (next == '1' && match->capture_count == 0)) {
            push_whole(L, match);
            luaL_addvalue(out);
        } else if (next >= '1' && next <= '9' && index < match->capture_count) {
            push_capture(L, match, index);
            luaL_addvalue(out);
        } else {
            run_fail(L, FAILURE_USE, "write %% for a percent sign, %1 for the first capture",
                     "the replacement of gsub names a capture that is not there");
        }
    }
}

/* Add what argument 3 gives for a match: a text, a field of a table, the result of a function. */
static void add_replacement(lua_State *L, luaL_Buffer *out, const struct match *match)
{
    int type = lua_type(L, 3);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
        add_template(L, out, match);
        return;
    }
    if (type == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        run_call_lua(L, push_captures(L, match, true), 1);
    } else {
        (void)push_captures(L, match, true);
        lua_settop(L,
                   lua_gettop(L) - (match->capture_count > 1 ? (int)match->capture_count - 1 : 0));
        lua_rawget(L, 3);
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        push_whole(L, match);
    }
    if (lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER) {
        run_fail(L, FAILURE_USE, "give a text", "gsub was given %s as a replacement",
                 run_describe(L, -1));
    }
    luaL_addvalue(out);
}

/* Replace up to `most` matches; what is between them is kept. Gives how many there were. */
static lua_Integer replace_all(lua_State *L, luaL_Buffer *out, struct match *match,
                               lua_Integer most)
{
    lua_Integer count = 0;
    size_t kept = 0; /* the subject up to here is in the result */
    size_t last = SIZE_MAX;
    for (size_t from = 0; count < most && from <= match->subject.length;) {
        if (!search(L, match, from, false)) {
            break;
        }
        from = match->end > match->start ? match->end : match->end + 1;
        if (match->end == last) {
            continue; /* an empty match right behind the last one */
        }
        luaL_addlstring(out, match->subject.at + kept, match->start - kept);
        add_replacement(L, out, match);
        kept = match->end;
        last = match->end;
        count++;
        string_check_size(L, luaL_bufflen(out), "gsub");
        if (match->is_anchored) {
            break;
        }
    }
    luaL_addlstring(out, match->subject.at + kept, match->subject.length - kept);
    return count;
}

static int string_gsub(lua_State *L)
{
    struct match match;
    int type = lua_type(L, 3);
    start_search(L, &match, 1, 2);
    luaL_argcheck(L,
                  type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TTABLE ||
                      type == LUA_TFUNCTION,
                  3, "a text, table or function is needed");
    lua_Integer most = basic_integer(L, 4, (lua_Integer)match.subject.length + 1);
    if (type == LUA_TNUMBER) {
        (void)lua_tostring(L, 3);
    }
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    lua_Integer count = replace_all(L, &out, &match, most);
    luaL_pushresult(&out);
    lua_pushinteger(L, count);
    return 2;
}

static const luaL_Reg STRING[] = {
    {"byte", string_byte},       {"char", string_char},
    {"find", string_find},       {"format", format_call},
    {"gmatch", string_gmatch},   {"gsub", string_gsub},
    {"len", string_len},         {"lower", string_lower},
    {"match", string_match},     {"rep", string_rep},
    {"sub", string_sub},         {"upper", string_upper},
    {"reverse", string_reverse}, {NULL, NULL},
};

void string_open(lua_State *L, int names)
{
    assert(names > 0);
    assert(lua_istable(L, names));
    lua_newtable(L);
    luaL_setfuncs(L, STRING, 0);
    int table = lua_gettop(L);
    run_push_names(L, "string", table);
    lua_setfield(L, names, "string");
    lua_pushliteral(L, ""); /* all strings share one metatable */
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, table);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_settop(L, table - 1);
}

/*
 * The Lua state of a jail: a small, calm Lua.
 *
 * The walls outside keep the machine safe; this file keeps the answer the same everywhere. Every
 * limit here is a count, so a script that goes wrong stops at the same place on every machine: VM
 * instructions (the hook sees every thousandth), bytes (the allocator), nested calls. Work inside
 * C functions is charged to the same budget of steps, and so are bytes that are given out, because
 * one instruction can copy a megabyte.
 *
 * Names: a script's _ENV is a userdata whose __index is a table that the script cannot reach, and
 * that table's own __index raises. So a known name costs no call, an unknown one is an error that
 * names the nearest, and nothing can be written. Libraries are made the same way. No function that
 * sets or gets a metatable exists here, nor one that catches an error: run_fail ends the script.
 *
 * There are no floats: no numeral makes one (source_check), and no function that is here does.
 *
 * INVARIANT: between a raise and the protected call no C frame holds anything but Lua or arena
 * memory.
 */
#include "lua_state.h"

#include "limit.h"
#include "lua_basic.h"
#include "lua_rules.h"
#include "lua_string.h"
#include "lua_symbol.h"
#include "lua_table.h"
#include "message_write.h"
#include "source_token.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The hook runs every so many instructions: rare enough to cost nothing. */
#define STEP_INSTRUCTIONS 1000

/* A string that is doubled, a loop that concatenates: a step is worth 64 bytes of memory. */
#define STEP_BYTES 64

/* Making a table or function, and collecting it, takes as long as some instructions. Strings are
 * charged if they are large: small ones may be found instead of made. Stacks and hash parts are not
 * charged: they may have grown in an earlier call, and what a call costs must not depend on those
 * before. */
#define OBJECT_STEPS 8
#define SMALL_BYTES  128

/* Lua's own limit is 200 nested C calls; functions that a person writes nest a few deep. */
#define CALLS_THROUGH_C_MAX 100
#define LUA_CALLS_MAX       1000

/* Two long strings are compared within one instruction, and no hook sees it. So every thousand
 * instructions cost more the longer the longest string is: as if half of them compared it. */
#define LONGEST_BYTES 2

/* A rule file takes a tenth of this; one that takes more has its jail for itself. */
#define CALM_BYTES ((size_t)8 << 20)

/* Arguments that one instruction copies when a function passes on what it was given. */
#define ARGUMENTS_MAX 1000

/* The name under which Lua reports places: "rule:12: ...". */
#define CHUNK_NAME "=rule"

struct run *run_of(lua_State *L)
{
    struct run *run = NULL;
    memcpy(&run, lua_getextraspace(L), sizeof run);
    assert(run != NULL);
    assert(run->arena != NULL);
    return run;
}

uint32_t run_line(lua_State *L)
{
    lua_Debug frame;
    for (int level = 0; level <= CALLS_THROUGH_C_MAX && lua_getstack(L, level, &frame) == 1;
         level++) {
        if (lua_getinfo(L, "l", &frame) != 0 && frame.currentline > 0) {
            return (uint32_t)frame.currentline;
        }
    }
    return 0;
}

static void note_failure(struct run *run, enum failure reason, uint32_t line, const char *what,
                         const char *mend)
{
    if (run->failure.reason != 0) {
        return;
    }
    run->failure.reason = (uint8_t)reason;
    run->failure.line = line;
    (void)snprintf(run->failure.what, sizeof run->failure.what, "%s", what);
    (void)snprintf(run->failure.mend, sizeof run->failure.mend, "%s", mend);
}

static _Noreturn void raise_noted(lua_State *L)
{
    lua_pushnil(L);
    (void)lua_error(L);
    abort(); /* lua_error does not return, but its declaration cannot say so */
}

void run_fail(lua_State *L, enum failure reason, const char *mend, const char *format, ...)
{
    assert(mend != NULL && format != NULL);
    assert(reason >= FAILURE_LUA && reason <= FAILURE_LIMIT);
    char what[FAILURE_WHAT_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    note_failure(run_of(L), reason, run_line(L), what, mend);
    raise_noted(L);
}

void run_fail_at(lua_State *L, uint32_t line, const char *mend, const char *format, ...)
{
    assert(mend != NULL);
    assert(format != NULL);
    char what[FAILURE_WHAT_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    note_failure(run_of(L), FAILURE_USE, line, what, mend);
    raise_noted(L);
}

static _Noreturn void fail_steps(lua_State *L)
{
    run_fail(L, FAILURE_STEPS,
             "a rule file only declares: look for a loop that does not end, or move work out of it",
             "%s",
             run_of(L)->is_loading ? "the file ran longer than its limit of steps"
                                   : "the predicate ran longer than its limit of steps");
}

void run_charge(lua_State *L, size_t steps)
{
    struct run *run = run_of(L);
    run->steps_left -= (int64_t)steps;
    if (run->steps_left < 0) {
        fail_steps(L);
    }
}

static void on_count(lua_State *L, lua_Debug *frame)
{
    lua_Debug deep;
    run_charge(L, STEP_INSTRUCTIONS + run_of(L)->longest_bytes / LONGEST_BYTES);
    if (lua_getstack(L, LUA_CALLS_MAX, &deep) == 1) {
        run_fail(L, FAILURE_LIMIT, "look for a function that calls itself without end",
                 "calls are nested more than %d deep", LUA_CALLS_MAX);
    }
    if (lua_getlocal(L, frame, -ARGUMENTS_MAX) != NULL) {
        run_fail(L, FAILURE_LIMIT, "pass a table", "a function is given more than %d arguments",
                 ARGUMENTS_MAX - 1);
    }
}

void run_call_lua(lua_State *L, int arguments, int results)
{
    struct run *run = run_of(L);
    if (++run->calls_through_c > CALLS_THROUGH_C_MAX) {
        run_fail(L, FAILURE_LIMIT, "look for a function that is called from within itself",
                 "functions given to functions are nested more than %d deep", CALLS_THROUGH_C_MAX);
    }
    lua_call(L, arguments, results);
    run->calls_through_c--;
}

void run_needs_loading(lua_State *L, const char *what)
{
    if (!run_of(L)->is_loading) {
        run_fail(L, FAILURE_USE, "list what it needs in `reads`: it comes as an argument",
                 "a predicate cannot use %s", what);
    }
}

/* Which bound a request for memory breaks. A new block's old size names the kind of object. */
static enum bound bound_of(struct run *run, int kind, size_t held, size_t bytes)
{
    size_t string_max = (size_t)limit_of(LIMIT_LUA_STRING_BYTES) + 64; /* and its header */
    if (kind == LUA_TSTRING && bytes > string_max) {
        return BOUND_STRING;
    }
    if (bytes > (size_t)limit_of(LIMIT_LUA_BLOCK_BYTES)) {
        return BOUND_BLOCK;
    }
    if (run->memory_bytes - held + bytes > (size_t)limit_of(LIMIT_LUA_MEMORY_BYTES)) {
        return BOUND_MEMORY;
    }
    if (kind == LUA_TSTRING && bytes > run->longest_bytes) {
        run->longest_bytes = bytes;
    }
    if (kind == LUA_TSTRING) {
        run->steps_left -= bytes > SMALL_BYTES ? (int64_t)(bytes / STEP_BYTES) : 0;
    } else if (kind != 0) {
        run->steps_left -= OBJECT_STEPS;
    }
    return run->steps_left < 0 ? BOUND_STEPS : BOUND_NONE;
}

static bool may_grow(struct run *run, int kind, size_t held, size_t bytes)
{
    enum bound bound = bound_of(run, kind, held, bytes);
    if (bound == BOUND_NONE) {
        return true;
    }
    run->bound = bound;
    run->bound_line = run->state == NULL ? 0 : run_line(run->state);
    return false;
}

static void *run_allocate(void *data, void *block, size_t old_bytes, size_t bytes)
{
    struct run *run = data;
    size_t held = block == NULL ? 0 : old_bytes;
    if (bytes == 0) {
        run->memory_bytes -= held;
        return heap_move(run->heap, block, held, 0);
    }
    if (bytes > held && !may_grow(run, block == NULL ? (int)old_bytes : 0, held, bytes)) {
        return NULL;
    }
    void *moved = heap_move(run->heap, block, held, bytes);
    if (moved == NULL) {
        run->bound = BOUND_MACHINE;
        return NULL;
    }
    run->memory_bytes += bytes - held;
    return moved;
}

const char *run_describe(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNIL: return "nil";
    case LUA_TBOOLEAN: return "true or false";
    case LUA_TNUMBER: return "a number";
    case LUA_TSTRING: return "a text";
    case LUA_TTABLE: return "a table";
    case LUA_TFUNCTION: return "a function";
    case LUA_TUSERDATA: return symbol_describe(L, index);
    default: return "nothing";
    }
}

static int refuse_write(lua_State *L)
{
    const char *library = lua_tostring(L, lua_upvalueindex(1));
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    if (library[0] == '\0') {
        run_fail(L, FAILURE_USE, "write `local` before the name",
                 "the global name '%.80s' cannot be assigned", name);
    }
    run_fail(L, FAILURE_USE, "keep the value in a local of its own", "%s.%.80s cannot be changed",
             library, name);
}

/* The known name that is nearest to a word, or NULL; it lives as long as it is a key of the table.
 */
static const char *nearest_name(lua_State *L, int names, const char *word)
{
    struct likeness likeness = likeness_to(text_of(word));
    for (lua_pushnil(L); lua_next(L, names) != 0; lua_pop(L, 1)) {
        likeness_try(&likeness, text_of(lua_tostring(L, -2)));
    }
    return likeness.best.at;
}

static int refuse_name(lua_State *L)
{
    const char *library = lua_tostring(L, lua_upvalueindex(1));
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    char mend[FAILURE_MEND_BYTES];
    const char *nearest = strlen(name) <= 64 && lua_istable(L, 1) ? nearest_name(L, 1, name) : NULL;
    const char *dot = library[0] == '\0' ? "" : ".";
    if (nearest != NULL) {
        (void)snprintf(mend, sizeof mend, "did you mean %s%s%s?", library, dot, nearest);
    } else {
        (void)snprintf(mend, sizeof mend, "%s",
                       library[0] == '\0'
                           ? "write `local` where it is made, or leave it out: rule files reach no "
                             "files, programs, time or chance, and catch no errors"
                           : "leave it out: it is not among what rule files can use");
    }
    run_fail(L, FAILURE_NAME, mend, "unknown name '%s%s%.80s': rule files have no such name",
             library, dot, name);
}

static void set_refusal(lua_State *L, const char *event, lua_CFunction refuse, const char *name)
{
    lua_pushstring(L, name);
    lua_pushcclosure(L, refuse, 1);
    lua_setfield(L, -2, event);
}

void run_push_names(lua_State *L, const char *name, int table)
{
    assert(name != NULL);
    assert(table > 0 && lua_istable(L, table));
    lua_createtable(L, 0, 1);
    set_refusal(L, "__index", refuse_name, name);
    lua_setmetatable(L, table);
    symbol_push_names(L);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, table);
    lua_setfield(L, -2, "__index");
    set_refusal(L, "__newindex", refuse_write, name);
    lua_setmetatable(L, -2);
}

static void add_roots(lua_State *L, int names, const struct text *roots, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        lua_pushlstring(L, roots[i].at, roots[i].length);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, names) == LUA_TNIL) {
            lua_pop(L, 1);
            symbol_push_root(L, roots[i]);
            lua_rawset(L, names);
        } else {
            lua_pop(L, 2);
        }
    }
}

struct names_request {
    const struct text *roots;
    uint32_t count;
};

/* Build all names; the environment is left in the registry. */
static int build_names(lua_State *L)
{
    const struct names_request *request = lua_touserdata(L, 1);
    lua_newtable(L);
    int names = lua_gettop(L);
    symbol_open(L);
    basic_open(L, names);
    string_open(L, names);
    table_open(L, names);
    rules_open(L, names);
    add_roots(L, names, request->roots, request->count);
    run_push_names(L, "", names);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    return 0;
}

amicus_status run_open(struct run *run, struct arena *arena, struct lua_heap *heap,
                       const struct text *roots, uint32_t count)
{
    assert(run != NULL && arena != NULL && heap != NULL);
    assert(roots != NULL || count == 0);
    memset(run, 0, sizeof *run);
    run->arena = arena;
    run->heap = heap;
    run->steps_left = limit_of(LIMIT_LUA_STEPS_LOAD);
    run->is_loading = true;
    message_start(run);
    lua_State *L = lua_newstate(run_allocate, run);
    if (L == NULL) {
        return AMICUS_MEMORY;
    }
    memcpy(lua_getextraspace(L), &run, sizeof run);
    run->state = L;
    struct names_request request = {roots, count};
    lua_pushcfunction(L, build_names);
    lua_pushlightuserdata(L, &request);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
        return AMICUS_MEMORY;
    }
    run->steps_left = limit_of(LIMIT_LUA_STEPS_LOAD);
    lua_sethook(L, on_count, LUA_MASKCOUNT, STEP_INSTRUCTIONS);
    return AMICUS_OK;
}

static const char *bound_what(enum bound bound)
{
    switch (bound) {
    case BOUND_STRING: return "a text grew over its limit of bytes";
    case BOUND_BLOCK: return "a table or text grew over the limit of one block of memory";
    case BOUND_STEPS: return "the file did more work than its limit of steps allows";
    case BOUND_MEMORY:
    case BOUND_MACHINE:
    case BOUND_NONE:
    default: return "the file used more memory than its limit";
    }
}

static void note_memory(struct run *run)
{
    note_failure(run, run->bound == BOUND_STEPS ? FAILURE_STEPS : FAILURE_MEMORY, run->bound_line,
                 bound_what(run->bound),
                 "a rule file only declares: look for a loop or a doubling that does not end");
}

/* Note an error that Lua itself raised: "rule:12: attempt to ...". */
static void note_error(struct run *run, const char *words)
{
    uint32_t line = 0;
    const char *rest = words;
    if (strncmp(words, "rule:", 5) == 0) {
        char *end = NULL;
        unsigned long number = strtoul(words + 5, &end, 10);
        if (end[0] == ':' && end[1] == ' ') {
            line = (uint32_t)number;
            rest = end + 2;
        }
    }
    bool is_deep = strstr(rest, "stack overflow") != NULL;
    char what[FAILURE_WHAT_BYTES];
    message_clean(what, sizeof what, is_deep ? "calls are nested too deep" : rest);
    note_failure(run, is_deep ? FAILURE_LIMIT : FAILURE_LUA, line, what,
                 is_deep ? "look for a function that calls itself without end"
                         : "the words are those of Lua 5.4; see that line");
}

static void note_status(struct run *run, int status)
{
    if (status == LUA_OK || run->failure.reason != 0) {
        return;
    }
    if (status == LUA_ERRMEM) {
        note_memory(run);
    } else if (lua_type(run->state, -1) == LUA_TSTRING) {
        note_error(run, lua_tostring(run->state, -1));
    } else {
        note_failure(run, FAILURE_LUA, 0, "the script stopped with an error that is no text",
                     "call error with a text");
    }
}

/* The line of the last `return`: a hint, for a file that returned a value. */
static uint32_t last_return(struct text source)
{
    uint32_t line = 0;
    struct token_scanner scanner;
    token_start(&scanner, source);
    for (struct token token = token_next(&scanner); token.kind != TOKEN_END;
         token = token_next(&scanner)) {
        line = token_is(&token, "return") ? token.line : line;
    }
    return line;
}

static int load_and_run(lua_State *L)
{
    const struct text *source = lua_touserdata(L, 1);
    int status =
        luaL_loadbufferx(L, source->at == NULL ? "" : source->at, source->length, CHUNK_NAME, "t");
    if (status == LUA_ERRMEM) {
        note_memory(run_of(L)); /* raised again below it would pass as an ordinary error */
    }
    if (status != LUA_OK) {
        return lua_error(L);
    }
    lua_call(L, 0, LUA_MULTRET);
    if (lua_gettop(L) > 1) {
        run_fail_at(L, last_return(*source),
                    "remove the `return`: a file declares, it gives nothing back",
                    "the file returns a value");
    }
    rules_finish(L);
    return 0;
}

bool run_was_calm(const struct run *run)
{
    assert(run != NULL && run->heap != NULL);
    assert(!run->is_loading);
    return run->failure.reason == 0 && run->bound == BOUND_NONE &&
           run->steps_left > limit_of(LIMIT_LUA_STEPS_LOAD) / 2 &&
           run->heap->peak_bytes < CALM_BYTES;
}

void run_begin_call(struct run *run)
{
    assert(run != NULL && run->state != NULL);
    assert(!run->is_loading);
    lua_settop(run->state, 0);
    run->steps_left = limit_of(LIMIT_LUA_STEPS_PREDICATE);
    run->calls_through_c = 0;
    run->failure.reason = 0;
    run->longest_bytes = run->loaded_longest_bytes;
    lua_sethook(run->state, on_count, LUA_MASKCOUNT, STEP_INSTRUCTIONS); /* counts from 0 again */
}

amicus_status run_script(struct run *run, struct text source, struct text *message)
{
    assert(run != NULL && run->state != NULL);
    assert(message != NULL);
    lua_State *L = run->state;
    lua_pushcfunction(L, load_and_run);
    lua_pushlightuserdata(L, &source);
    note_status(run, lua_pcall(L, 1, 0, 0));
    run->is_loading = false;
    run->loaded_longest_bytes = run->longest_bytes;
    return message_end(message, run);
}

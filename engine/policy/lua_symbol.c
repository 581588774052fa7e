/*
 * Symbols in Lua: the nodes that stand for a fact, a condition or an expression while a file runs.
 *
 * A node is a userdata with its operands as user values, so Lua's collector owns everything and a
 * node can be shared by many declarations. Operands are values, not references into tables: a list
 * is copied when the node is made, so nothing that a script does later changes a node.
 *
 * Whatever says something must be used: a condition that no declaration contains is most likely
 * one that a script tried to test with `if` or joined with `and`, and is an error when the file
 * ends. So every such node has a place in a list, and is marked when it becomes an operand or is
 * written. Paths, parameters, variables and constants may stay unused: they are names, no claims.
 */
#include "lua_symbol.h"

#include "limit.h"
#include "lua_tests.h"

#include <assert.h>
#include <string.h>

/* What making a node costs, in steps, beside the object: the most conditions that a file may have,
 * with their facts and constants, take half of its budget. */
#define NODE_STEPS 2

/* Names of fields are words of the vocabulary, a few letters long. */
#define WORD_BYTES_MAX 64

/* Registry key: the address of this. */
static const char NODE_META = 'n';

/* Names of the operators, as a script writes them. */
static const struct {
    enum symbol op;
    const char *name;
} NAMES[] = {
    {SYMBOL_IS, "is"},
    {SYMBOL_IS_NOT, "is_not"},
    {SYMBOL_ONE_OF, "one_of"},
    {SYMBOL_LESS_THAN, "less_than"},
    {SYMBOL_AT_MOST, "at_most"},
    {SYMBOL_MORE_THAN, "more_than"},
    {SYMBOL_AT_LEAST, "at_least"},
    {SYMBOL_BEFORE, "before"},
    {SYMBOL_AFTER, "after"},
    {SYMBOL_WITHIN, "within"},
    {SYMBOL_HAS, "has"},
    {SYMBOL_HAS_ONLY, "has_only"},
    {SYMBOL_KNOWN, "known"},
    {SYMBOL_ABSENT, "absent"},
    {SYMBOL_CONTESTED, "contested"},
    {SYMBOL_AT_STANDING, "at_standing"},
    {SYMBOL_ALL, "all"},
    {SYMBOL_ANY, "any"},
    {SYMBOL_NO, "no"},
    {SYMBOL_SOME, "some"},
    {SYMBOL_EVERY, "every"},
    {SYMBOL_COUNT, "count"},
    {SYMBOL_SUM, "sum"},
    {SYMBOL_EARLIEST, "earliest"},
    {SYMBOL_LATEST, "latest"},
    {SYMBOL_LARGEST, "largest"},
    {SYMBOL_COVERED_DAYS, "covered_days"},
    {SYMBOL_ADD, "+"},
    {SYMBOL_SUBTRACT, "-"},
    {SYMBOL_MULTIPLY, "*"},
    {SYMBOL_MIN, "min"},
    {SYMBOL_MAX, "max"},
    {SYMBOL_SHARE, "share"},
    {SYMBOL_DAYS_BETWEEN, "days_between"},
    {SYMBOL_BUSINESS_DAYS_BETWEEN, "business_days_between"},
    {SYMBOL_TIME_BETWEEN, "time_between"},
    {SYMBOL_CHOOSE, "choose"},
    {SYMBOL_FIRST_KNOWN, "first_known"},
    {SYMBOL_PREDICATE, "predicate"},
    {SYMBOL_ISSUE, "issue"},
};

const char *symbol_name(enum symbol op)
{
    assert(op != SYMBOL_NONE);
    assert(sizeof NAMES / sizeof NAMES[0] > 0);
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (NAMES[i].op == op) {
            return NAMES[i].name;
        }
    }
    return "value";
}

bool symbol_is_word(struct text text)
{
    assert(text.at != NULL || text.length == 0);
    bool is_word = text.length > 0 && text.length <= WORD_BYTES_MAX;
    for (size_t i = 0; i < text.length && is_word; i++) {
        char byte = text.at[i];
        bool is_digit = byte >= '0' && byte <= '9';
        is_word = byte == '_' || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                  (i > 0 && is_digit);
    }
    assert(!is_word || text.at[0] < '0' || text.at[0] > '9');
    return is_word;
}

struct proxy *symbol_at(lua_State *L, int index)
{
    assert(L != NULL);
    assert(index != 0);
    return lua_type(L, index) == LUA_TUSERDATA ? lua_touserdata(L, index) : NULL;
}

struct proxy *symbol_push_proxy(lua_State *L, enum proxy_kind kind, enum symbol op, int count)
{
    assert(count >= 0 && count <= UINT16_MAX);
    struct proxy *proxy = lua_newuserdatauv(L, sizeof *proxy, count);
    proxy->kind = (uint8_t)kind;
    proxy->op = (uint8_t)op;
    proxy->count = (uint16_t)count;
    proxy->line = 0;
    proxy->pending = 0;
    return proxy;
}

struct proxy *symbol_push_node(lua_State *L, enum proxy_kind kind, enum symbol op, int count)
{
    run_needs_loading(L, "facts and conditions");
    run_charge(L, NODE_STEPS);
    struct proxy *node = symbol_push_proxy(L, kind, op, count);
    node->line = run_line(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &NODE_META);
    lua_setmetatable(L, -2);
    return node;
}

void symbol_push_names(lua_State *L)
{
    assert(L != NULL);
    const struct proxy *proxy = symbol_push_proxy(L, PROXY_NAMES, SYMBOL_NONE, 0);
    assert(proxy != NULL);
    (void)proxy;
}

void symbol_push_root(lua_State *L, struct text name)
{
    assert(name.length > 0);
    const struct proxy *root = symbol_push_node(L, PROXY_NODE, SYMBOL_PATH, 2);
    assert(root != NULL);
    (void)root;
    lua_pushlstring(L, name.at, name.length);
    lua_setiuservalue(L, -2, 2);
}

void symbol_push_variable(lua_State *L, lua_Integer number)
{
    assert(number >= 0);
    const struct proxy *variable = symbol_push_node(L, PROXY_NODE, SYMBOL_VAR, 1);
    assert(variable != NULL);
    (void)variable;
    lua_pushinteger(L, number);
    lua_setiuservalue(L, -2, 1);
}

const char *symbol_describe(lua_State *L, int index)
{
    const struct proxy *proxy = symbol_at(L, index);
    assert(proxy != NULL);
    assert(proxy->kind != 0);
    switch ((enum proxy_kind)proxy->kind) {
    case PROXY_NAMES: return "a library";
    case PROXY_PARAMS: return "`param` without a name";
    case PROXY_ISSUES: return "`issue` without a name";
    case PROXY_ISSUE: return "an issue that is not asked";
    case PROXY_NODE:
    default: break;
    }
    if (proxy->op == SYMBOL_VAR) {
        return "a record";
    }
    if (proxy->op == SYMBOL_PATH) {
        return "a fact";
    }
    if (proxy->op == SYMBOL_PARAM) {
        return "a parameter";
    }
    bool is_condition =
        proxy->op == SYMBOL_ISSUE || (proxy->op >= SYMBOL_IS && proxy->op <= SYMBOL_EVERY);
    return is_condition || proxy->op == SYMBOL_PREDICATE ? "a condition" : "an expression";
}

uint32_t symbol_await(lua_State *L, enum symbol op)
{
    struct run *run = run_of(L);
    assert(run->pending_count < UINT32_MAX);
    if (run->pending_count >= (size_t)limit_of(LIMIT_CONDITIONS)) {
        run_fail(L, FAILURE_LIMIT, "split the file",
                 "the file has more conditions than the limit of %lld",
                 (long long)limit_of(LIMIT_CONDITIONS));
    }
    void *items = run->pendings;
    if (arena_grow(run->arena, &items, &run->pending_capacity, run->pending_count,
                   sizeof *run->pendings) != AMICUS_OK) {
        run_fail(L, FAILURE_MEMORY, "split the file", "no memory for so many conditions");
    }
    run->pendings = items;
    struct pending pending = {run_line(L), (uint8_t)op, 0};
    run->pendings[run->pending_count++] = pending;
    return (uint32_t)run->pending_count;
}

void symbol_used(lua_State *L, uint32_t pending)
{
    struct run *run = run_of(L);
    assert(run->arena != NULL);
    assert(pending <= run->pending_count);
    if (pending > 0) {
        run->pendings[pending - 1].is_used = 1;
    }
}

static _Noreturn void fail_operand(lua_State *L, int index, const char *name)
{
    const struct proxy *proxy = symbol_at(L, index);
    const char *mend = "give a constant, a fact, or an expression";
    if (lua_isnil(L, index)) {
        mend = "look for a field or a local that was never given a value, or a function without "
               "`return`";
    } else if (proxy != NULL && proxy->kind == PROXY_ISSUE) {
        mend = "ask the issue: issue.X:upheld(), :rejected() or :open()";
    } else if (lua_type(L, index) == LUA_TNUMBER) {
        mend = "numbers are whole; write shares as share(amount, num, den)";
    } else if (lua_type(L, index) == LUA_TFUNCTION) {
        mend = "call the function, or give what it returns";
    }
    run_fail(L, FAILURE_USE, mend, "'%s' was given %s", name, run_describe(L, index));
}

void symbol_use(lua_State *L, int index, const char *name)
{
    assert(name != NULL);
    assert(index != 0);
    const struct proxy *proxy = symbol_at(L, index);
    if (proxy != NULL && proxy->kind == PROXY_NODE) {
        symbol_used(L, proxy->pending);
        return;
    }
    if (lua_type(L, index) != LUA_TBOOLEAN && lua_type(L, index) != LUA_TSTRING &&
        !lua_isinteger(L, index)) {
        fail_operand(L, index, name);
    }
}

static bool may_stay_unused(enum symbol op)
{
    return op < SYMBOL_IS && op != SYMBOL_ISSUE;
}

void symbol_make(lua_State *L, enum symbol op, int first, int count)
{
    assert(first > 0);
    assert(count >= 0);
    if (count > UINT16_MAX) {
        run_fail(L, FAILURE_LIMIT, "split it", "%s has more than %d parts", symbol_name(op),
                 UINT16_MAX);
    }
    struct proxy *node = symbol_push_node(L, PROXY_NODE, op, count);
    for (int i = 0; i < count; i++) {
        lua_pushvalue(L, first + i);
        lua_setiuservalue(L, -2, i + 1);
    }
    node->pending = may_stay_unused(op) ? 0 : symbol_await(L, op);
}

void symbol_push_list(lua_State *L, int index, const char *name)
{
    assert(name != NULL);
    assert(index > 0);
    if (lua_type(L, index) != LUA_TTABLE) {
        run_fail(L, FAILURE_USE, "write a list in braces: { a, b }", "'%s' needs a list, not %s",
                 name, run_describe(L, index));
    }
    lua_Unsigned count = lua_rawlen(L, index);
    if (count > UINT16_MAX) {
        run_fail(L, FAILURE_LIMIT, "split the list", "'%s' has more than %d items", name,
                 UINT16_MAX);
    }
    run_charge(L, (size_t)count);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 1; i <= (lua_Integer)count; i++) {
        lua_rawgeti(L, index, i);
        symbol_use(L, -1, name);
        lua_rawseti(L, -2, i);
    }
    lua_Unsigned keys = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        keys++;
    }
    if (keys != count) {
        run_fail(L, FAILURE_USE, "write { a, b } without names, and look for a nil in it",
                 "'%s' needs a plain list", name);
    }
}

void symbol_open(lua_State *L)
{
    assert(L != NULL);
    assert(run_of(L)->is_loading);
    tests_push_metatable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &NODE_META);
}

/*
 * Tests: what can be done with a fact, a condition, a parameter or an issue.
 *
 * Indexing decides what a name means: on a fact a test's name is the test, any other name goes one
 * step deeper in the path. The names of tests are reserved in the vocabulary for that reason. Lua's
 * own operators cannot mean what an author expects of them (`<` must give true or false at once),
 * so each raises and says which test to write. `==` between a fact and a constant gives false
 * without asking us: source_shape.c looks for that.
 *
 * All of it is in metatables that no script can reach: there is no function that gets one.
 */
#include "lua_tests.h"

#include "lua_symbol.h"

#include <assert.h>
#include <string.h>

/* A path of the vocabulary is a few words. */
#define PATH_BYTES_MAX 256

/* What a test takes. */
enum shape { SHAPE_ALONE, SHAPE_VALUE, SHAPE_LIST, SHAPE_TEXT, SHAPE_SPAN };

struct test_row {
    const char *name;
    enum symbol op;
    enum shape shape;
    const char *form; /* how to write it */
};

static const struct test_row TESTS[] = {
    {"is", SYMBOL_IS, SHAPE_VALUE, "f:is(v)"},
    {"is_not", SYMBOL_IS_NOT, SHAPE_VALUE, "f:is_not(v)"},
    {"one_of", SYMBOL_ONE_OF, SHAPE_LIST, "f:one_of{v, w}"},
    {"less_than", SYMBOL_LESS_THAN, SHAPE_VALUE, "e:less_than(x)"},
    {"at_most", SYMBOL_AT_MOST, SHAPE_VALUE, "e:at_most(x)"},
    {"more_than", SYMBOL_MORE_THAN, SHAPE_VALUE, "e:more_than(x)"},
    {"at_least", SYMBOL_AT_LEAST, SHAPE_VALUE, "e:at_least(x)"},
    {"before", SYMBOL_BEFORE, SHAPE_VALUE, "e:before(x)"},
    {"after", SYMBOL_AFTER, SHAPE_VALUE, "e:after(x)"},
    {"within", SYMBOL_WITHIN, SHAPE_SPAN, "e:within(duration, x)"},
    {"has", SYMBOL_HAS, SHAPE_TEXT, "f:has(\"v\")"},
    {"has_only", SYMBOL_HAS_ONLY, SHAPE_LIST, "f:has_only{v, w}"},
    {"known", SYMBOL_KNOWN, SHAPE_ALONE, "e:known()"},
    {"absent", SYMBOL_ABSENT, SHAPE_ALONE, "e:absent()"},
    {"contested", SYMBOL_CONTESTED, SHAPE_ALONE, "f:contested()"},
    {"at_standing", SYMBOL_AT_STANDING, SHAPE_TEXT, "f:at_standing \"established\""},
};
#define TEST_COUNT (sizeof TESTS / sizeof TESTS[0])

static const char *const ASKED[] = {"upheld", "rejected", "open"};
#define ASKED_COUNT (sizeof ASKED / sizeof ASKED[0])

static _Noreturn void fail_form(lua_State *L, const struct test_row *row)
{
    run_fail(L, FAILURE_USE, "see rules/README.md, section 3", "write %s", row->form);
}

/* A test as a script calls it; upvalue 1: its place in TESTS. */
static int call_test(lua_State *L)
{
    const struct test_row *row = &TESTS[lua_tointeger(L, lua_upvalueindex(1))];
    const struct proxy *self = symbol_at(L, 1);
    int wanted = row->shape == SHAPE_ALONE ? 0 : row->shape == SHAPE_SPAN ? 2 : 1;
    bool is_text = lua_type(L, 2) == LUA_TSTRING;
    if (self == NULL || self->kind != PROXY_NODE || lua_gettop(L) != wanted + 1 ||
        (row->shape == SHAPE_TEXT && !is_text)) {
        fail_form(L, row);
    }
    if (row->shape == SHAPE_LIST) {
        symbol_push_list(L, 2, row->name);
        lua_replace(L, 2);
    }
    for (int i = row->shape == SHAPE_LIST ? 3 : 2; i <= wanted + 1; i++) {
        symbol_use(L, i, row->name);
    }
    symbol_use(L, 1, row->name);
    symbol_make(L, row->op, 1, wanted + 1);
    return 1;
}

/* issue.X:upheld() or :upheld(record); upvalue 1: the word. */
static int call_asked(lua_State *L)
{
    const struct proxy *self = symbol_at(L, 1);
    const struct proxy *record = symbol_at(L, 2);
    bool is_asked = self != NULL && self->kind == PROXY_ISSUE && lua_gettop(L) <= 2;
    bool is_record = lua_isnone(L, 2) || (record != NULL && record->kind == PROXY_NODE);
    if (!is_asked || !is_record) {
        run_fail(L, FAILURE_USE, "give the record that the issue is asked of, or nothing",
                 "write issue.X:%s() or issue.X:%s(record)", lua_tostring(L, lua_upvalueindex(1)),
                 lua_tostring(L, lua_upvalueindex(1)));
    }
    lua_settop(L, 2);
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 2);
    symbol_make(L, SYMBOL_ISSUE, 3, 3);
    return 1;
}

/* param.X:on(date) */
static int call_on(lua_State *L)
{
    const struct proxy *self = symbol_at(L, 1);
    const struct proxy *date = lua_gettop(L) == 2 ? symbol_at(L, 2) : NULL;
    if (self == NULL || self->kind != PROXY_NODE || self->op != SYMBOL_PARAM || date == NULL ||
        date->kind != PROXY_NODE) {
        run_fail(L, FAILURE_USE, "give the fact whose date picks the version",
                 "write param.X:on(date)");
    }
    symbol_use(L, 2, "on");
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 2);
    symbol_make(L, SYMBOL_PARAM, 3, 2);
    return 1;
}

/* indexing */

/* What a metamethod is called on: Lua sees to it that there is one. */
static const struct proxy *self_of(lua_State *L)
{
    const struct proxy *self = symbol_at(L, 1);
    assert(self != NULL);
    return self;
}

/* The key of an index operation; raises if it is no word. */
static struct text key_of(lua_State *L)
{
    struct text key = {NULL, 0};
    if (lua_type(L, 2) == LUA_TSTRING) {
        key.at = lua_tolstring(L, 2, &key.length);
    }
    if (!symbol_is_word(key)) {
        run_fail(L, FAILURE_USE,
                 "name what you mean with a dot; the records of a list are reached by some, every, "
                 "count, sum, earliest or latest",
                 "%s has fields with names only", run_describe(L, 1));
    }
    return key;
}

/* Go one step deeper in a path. Stack: node, key. */
static void push_deeper(lua_State *L, const struct proxy *from)
{
    lua_settop(L, 2);
    if (from->op == SYMBOL_VAR) {
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 2);
    } else {
        lua_getiuservalue(L, 1, 1);
        lua_getiuservalue(L, 1, 2);
        lua_pushliteral(L, ".");
        lua_pushvalue(L, 2);
        lua_concat(L, 3);
    }
    if (lua_rawlen(L, 4) > PATH_BYTES_MAX) {
        run_fail(L, FAILURE_LIMIT, "no fact has so long a name", "a path is longer than %d bytes",
                 PATH_BYTES_MAX);
    }
    symbol_make(L, SYMBOL_PATH, 3, 2);
}

/* Upvalues: 1 tests by name, 2 what an issue can be asked. */
static int index_node(lua_State *L)
{
    const struct proxy *self = self_of(L);
    struct text key = key_of(L);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(self->kind == PROXY_ISSUE ? 2 : 1)) != LUA_TNIL) {
        return 1;
    }
    if (self->kind == PROXY_NODE && self->op == SYMBOL_PARAM && text_is(key, "on")) {
        lua_pushcfunction(L, call_on);
    } else if (self->kind == PROXY_NODE && (self->op == SYMBOL_PATH || self->op == SYMBOL_VAR)) {
        push_deeper(L, self);
    } else {
        run_fail(L, FAILURE_NAME,
                 self->kind == PROXY_ISSUE ? "ask it with :upheld(), :rejected() or :open()"
                                           : "tests are :is(v), :at_least(x), :known() and so on; "
                                             "see rules/README.md, section 3",
                 "%s has no '%.64s'", run_describe(L, 1), key.at);
    }
    return 1;
}

/* param.NAME and issue.NAME */
static int index_declarer(lua_State *L)
{
    const struct proxy *self = self_of(L);
    (void)key_of(L);
    lua_settop(L, 2);
    if (self->kind == PROXY_PARAMS) {
        lua_pushnil(L);
        symbol_make(L, SYMBOL_PARAM, 2, 2);
    } else {
        (void)symbol_push_node(L, PROXY_ISSUE, SYMBOL_NONE, 1);
        lua_pushvalue(L, 2);
        lua_setiuservalue(L, -2, 1);
    }
    return 1;
}

/* operators */

/* upvalue 1: the symbol */
static int operate(lua_State *L)
{
    enum symbol op = (enum symbol)lua_tointeger(L, lua_upvalueindex(1));
    symbol_use(L, 1, symbol_name(op));
    symbol_use(L, 2, symbol_name(op));
    lua_settop(L, 2);
    symbol_make(L, op, 1, 2);
    return 1;
}

/* An operator of Lua that means nothing here. upvalues: 1 what is wrong, 2 what to write. */
static int refuse_operator(lua_State *L)
{
    run_fail(L, FAILURE_USE, lua_tostring(L, lua_upvalueindex(2)), "%s",
             lua_tostring(L, lua_upvalueindex(1)));
}

/* The test whose name is most like a word, or NULL. */
static const char *nearest_test(struct text word)
{
    const char *form = NULL;
    struct likeness likeness = likeness_to(word);
    for (size_t i = 0; i < TEST_COUNT; i++) {
        likeness_try(&likeness, text_of(TESTS[i].name));
        form = likeness.best.at == TESTS[i].name ? TESTS[i].form : form;
    }
    return form;
}

/* A call of what is no function: mostly a test that does not exist. */
static int refuse_call(lua_State *L)
{
    const struct proxy *self = self_of(L);
    if (self->kind != PROXY_NODE || self->op != SYMBOL_PATH) {
        run_fail(L, FAILURE_USE, "put a colon and a test behind it: f:is(v)",
                 "%s is not a function", run_describe(L, 1));
    }
    lua_getiuservalue(L, 1, 2);
    const char *path = lua_tostring(L, -1);
    const char *dot = strrchr(path, '.');
    const char *nearest = nearest_test(text_of(dot == NULL ? path : dot + 1));
    lua_pushfstring(L,
                    nearest == NULL ? "tests are is, at_least, known and so on%s; lists go by "
                                      "some(\"list\", function(x) ... end)"
                                    : "did you mean %s?",
                    nearest == NULL ? "" : nearest);
    run_fail(L, FAILURE_USE, lua_tostring(L, -1), "there is no test or function '%.80s'",
             dot == NULL ? path : dot + 1);
}

static const struct {
    const char *event, *what, *mend;
} REFUSED[] = {
    {"__lt", "facts cannot be compared with < or >",
     "write a:less_than(b), a:more_than(b), a:before(b) or a:after(b)"},
    {"__le", "facts cannot be compared with <= or >=", "write a:at_most(b) or a:at_least(b)"},
    {"__eq", "facts cannot be compared with == or ~=", "write a:is(b) or a:is_not(b)"},
    {"__concat", "a fact has no text while the file runs",
     "put {its.path} into the text of because"},
    {"__len", "a fact has no length while the file runs",
     "count the records of a list with count(\"list\", function(x) return ... end)"},
    {"__newindex", "a fact cannot be assigned", "rules conclude by declaring; use a local"},
    {"__div", "there is no / here", "write share(amount, num, den)"},
    {"__idiv", "facts cannot be divided with //", "write share(amount, num, den)"},
    {"__mod", "facts have no remainder", "write share(amount, num, den)"},
    {"__pow", "there is no ^ here", "multiply with *"},
    {"__unm", "facts have no minus sign", "write 0 - x, or a - b"},
    {"__band", "there are no bit operators", "write all{a, b}"},
    {"__bor", "there are no bit operators", "write any{a, b}"},
    {"__bxor", "there are no bit operators", "write a:is_not(b)"},
    {"__bnot", "there are no bit operators", "write no{a}"},
    {"__shl", "there are no bit operators", "multiply with *"},
    {"__shr", "there are no bit operators", "write share(amount, num, den)"},
};

static void add_refusals(lua_State *L)
{
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        lua_pushstring(L, REFUSED[i].what);
        lua_pushstring(L, REFUSED[i].mend);
        lua_pushcclosure(L, refuse_operator, 2);
        lua_setfield(L, -2, REFUSED[i].event);
    }
    lua_pushcfunction(L, refuse_call);
    lua_setfield(L, -2, "__call");
}

static void add_operator(lua_State *L, const char *event, enum symbol op)
{
    lua_pushinteger(L, op);
    lua_pushcclosure(L, operate, 1);
    lua_setfield(L, -2, event);
}

static void push_methods(lua_State *L)
{
    lua_createtable(L, 0, (int)TEST_COUNT);
    for (size_t i = 0; i < TEST_COUNT; i++) {
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushcclosure(L, call_test, 1);
        lua_setfield(L, -2, TESTS[i].name);
    }
    lua_createtable(L, 0, (int)ASKED_COUNT);
    for (size_t i = 0; i < ASKED_COUNT; i++) {
        lua_pushstring(L, ASKED[i]);
        lua_pushcclosure(L, call_asked, 1);
        lua_setfield(L, -2, ASKED[i]);
    }
}

void tests_push_metatable(lua_State *L)
{
    assert(L != NULL);
    assert(run_of(L)->is_loading);
    lua_createtable(L, 0, 24);
    add_refusals(L);
    push_methods(L);
    lua_pushcclosure(L, index_node, 2);
    lua_setfield(L, -2, "__index");
    add_operator(L, "__add", SYMBOL_ADD);
    add_operator(L, "__sub", SYMBOL_SUBTRACT);
    add_operator(L, "__mul", SYMBOL_MULTIPLY);
}

void tests_push_declarer(lua_State *L, enum proxy_kind kind, lua_CFunction declare)
{
    assert(kind == PROXY_PARAMS || kind == PROXY_ISSUES);
    assert(declare != NULL);
    (void)symbol_push_proxy(L, kind, SYMBOL_NONE, 0);
    lua_createtable(L, 0, 24);
    add_refusals(L);
    lua_pushcfunction(L, index_declarer);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, declare);
    lua_setfield(L, -2, "__call");
    lua_setmetatable(L, -2);
}

/*
 * Operators: functions that make a node of their arguments.
 *
 * Each row of a table below is one name of the language; one C function serves all names of a
 * shape, with the row's number as its upvalue. The functions of a list operator are called once,
 * now, with a variable that stands for each record; its number is unique in the file, so that
 * nested lists do not mix. What they return becomes part of the node.
 */
#include "lua_operators.h"

#include "lua_symbol.h"
#include "lua_table.h"

#include <assert.h>
#include <string.h>

/* Names that take a fixed or least number of operands. */
struct fixed_row {
    const char *name;
    enum symbol op;
    int least, most;
    const char *form;
};

#define ANY_NUMBER 255

#define CHOOSE_FORM "choose{ {condition, value}, otherwise }"

static const struct fixed_row FIXED[] = {
    {"min", SYMBOL_MIN, 2, ANY_NUMBER, "min(a, b)"},
    {"max", SYMBOL_MAX, 2, ANY_NUMBER, "max(a, b)"},
    {"share", SYMBOL_SHARE, 3, 3, "share(amount, num, den)"},
    {"days_between", SYMBOL_DAYS_BETWEEN, 2, 2, "days_between(a, b)"},
    {"business_days_between", SYMBOL_BUSINESS_DAYS_BETWEEN, 2, 2, "business_days_between(a, b)"},
    {"time_between", SYMBOL_TIME_BETWEEN, 2, 2, "time_between(a, b)"},
    {"first_known", SYMBOL_FIRST_KNOWN, 1, ANY_NUMBER, "first_known(a, b)"},
};

/* Names that take one list of conditions. */
static const struct {
    const char *name;
    enum symbol op;
} LOGIC[] = {{"all", SYMBOL_ALL}, {"any", SYMBOL_ANY}, {"no", SYMBOL_NO}};

/* Constants of one argument. */
struct constant_row {
    const char *name;
    enum symbol op;
    const char *unit; /* of a duration */
    const char *form;
};

static const struct constant_row CONSTANTS[] = {
    {"calendar_days", SYMBOL_DURATION, "calendar_days", "calendar_days(14)"},
    {"business_days", SYMBOL_DURATION, "business_days", "business_days(5)"},
    {"hours", SYMBOL_DURATION, "hours", "hours(48)"},
    {"minutes", SYMBOL_DURATION, "minutes", "minutes(10)"},
    {"bps", SYMBOL_BPS, NULL, "bps(10000), from 0 to 10000"},
    {"money", SYMBOL_MONEY, NULL, "money \"EUR 9.00\""},
    {"usd", SYMBOL_MONEY, NULL, "usd \"12.00\""},
    {"clock", SYMBOL_CLOCK, NULL, "clock \"Mon 12:00\""},
};

/* List operators. */
struct list_row {
    const char *name;
    enum symbol op;
    int functions;       /* after the list's name */
    const char *options; /* fields of the last table */
    const char *form;
};

static const struct list_row LISTS[] = {
    {"some", SYMBOL_SOME, 1, " where ", "some(\"deliveries\", function(d) return condition end)"},
    {"every", SYMBOL_EVERY, 1, " where ", "every(\"criteria\", function(c) return condition end)"},
    {"count", SYMBOL_COUNT, 1, " where ", "count(\"changes\", function(c) return condition end)"},
    {"sum", SYMBOL_SUM, 1, " where ", "sum(\"defects\", function(d) return d.fix_cost end)"},
    {"largest", SYMBOL_LARGEST, 1, " where ",
     "largest(\"defects\", function(d) return d.failed_cures end)"},
    {"earliest", SYMBOL_EARLIEST, 1, " where give ",
     "earliest(\"uses\", function(u) return u.at end)"},
    {"latest", SYMBOL_LATEST, 1, " where give ",
     "latest(\"reviews\", function(r) return r.at end)"},
    {"covered_days", SYMBOL_COVERED_DAYS, 2, " where from until_ ",
     "covered_days(\"inputs\", function(i) return i.asked_at end, function(i) return i.given_at "
     "end, {from = a, until_ = b})"},
};

static _Noreturn void fail_form(lua_State *L, const char *form)
{
    run_fail(L, FAILURE_USE, "see rules/README.md, section 3", "write %s", form);
}

void operators_check_fields(lua_State *L, int index, const char *allowed, const char *name)
{
    assert(index > 0);
    assert(allowed != NULL && name != NULL);
    table_push_keys(L, index);
    int keys = lua_gettop(L);
    for (lua_Integer i = 1; lua_rawgeti(L, keys, i) != LUA_TNIL; i++) {
        lua_pushliteral(L, " ");
        lua_pushvalue(L, -2);
        lua_pushliteral(L, " ");
        lua_concat(L, 3);
        if (strstr(allowed, lua_tostring(L, -1)) == NULL) {
            run_fail(L, FAILURE_USE, "see rules/README.md, section 3",
                     "'%s' has no field '%.64s'; it takes%s", name, lua_tostring(L, -2), allowed);
        }
        lua_pop(L, 2);
    }
    lua_settop(L, keys - 1);
}

/* upvalue 1: row of FIXED */
static int call_fixed(lua_State *L)
{
    const struct fixed_row *row = &FIXED[lua_tointeger(L, lua_upvalueindex(1))];
    int count = lua_gettop(L);
    if (count < row->least || count > row->most) {
        fail_form(L, row->form);
    }
    for (int i = 1; i <= count; i++) {
        symbol_use(L, i, row->name);
    }
    symbol_make(L, row->op, 1, count);
    return 1;
}

/* Put the items of the list on the top of the stack behind it; gives how many. */
static int spread(lua_State *L)
{
    int list = lua_gettop(L);
    int count = (int)lua_rawlen(L, list);
    luaL_checkstack(L, count + 4, NULL);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, list, i);
    }
    return count;
}

/* upvalue 1: row of LOGIC */
static int call_logic(lua_State *L)
{
    lua_Integer row = lua_tointeger(L, lua_upvalueindex(1));
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TTABLE) {
        run_fail(L, FAILURE_USE, "put the conditions in braces", "write %s{ a, b }",
                 LOGIC[row].name);
    }
    symbol_push_list(L, 1, LOGIC[row].name);
    int list = lua_gettop(L);
    int count = spread(L);
    symbol_make(L, LOGIC[row].op, list + 1, count);
    return 1;
}

/* Replace the branch { condition, value } on the top by its two parts. */
static void spread_branch(lua_State *L)
{
    int branch = lua_gettop(L);
    symbol_push_list(L, branch, "choose");
    if (lua_rawlen(L, branch + 1) != 2) {
        run_fail(L, FAILURE_USE, "a branch is { condition, value }, and the last may be a value",
                 "a branch of choose has %d parts", (int)lua_rawlen(L, branch + 1));
    }
    lua_rawgeti(L, branch + 1, 1);
    lua_rawgeti(L, branch + 1, 2);
    lua_remove(L, branch + 1);
    lua_remove(L, branch);
}

/* Put the branches of the list at 1 on the stack, and what holds otherwise: nil if it is left out.
 */
static void spread_branches(lua_State *L, lua_Unsigned count)
{
    bool is_branch = true;
    for (lua_Unsigned i = 1; i <= count && is_branch; i++) {
        is_branch = lua_rawgeti(L, 1, (lua_Integer)i) == LUA_TTABLE;
        if (is_branch) {
            spread_branch(L);
        } else {
            luaL_argcheck(L, i == count, 1, "only the last part of choose may be a plain value");
            symbol_use(L, -1, "choose");
        }
    }
    if (is_branch) {
        lua_pushnil(L);
    }
}

/* choose{ {condition, value}, ..., otherwise } */
static int call_choose(lua_State *L)
{
    lua_Unsigned count = lua_type(L, 1) == LUA_TTABLE ? lua_rawlen(L, 1) : 0;
    if (lua_gettop(L) != 1 || count == 0 || count > UINT16_MAX / 2) {
        fail_form(L, CHOOSE_FORM);
    }
    luaL_checkstack(L, 2 * (int)count + 8, NULL);
    spread_branches(L, count);
    if (lua_gettop(L) < 4) {
        fail_form(L, CHOOSE_FORM);
    }
    symbol_make(L, SYMBOL_CHOOSE, 2, lua_gettop(L) - 1);
    return 1;
}

/* Push the operands of a constant: count and unit, or its text. False: the argument is wrong. */
static bool push_constant(lua_State *L, const struct constant_row *row)
{
    if (row->op == SYMBOL_DURATION || row->op == SYMBOL_BPS) {
        lua_Integer number = lua_isinteger(L, 1) ? lua_tointeger(L, 1) : -1;
        lua_pushvalue(L, 1);
        lua_pushstring(L, row->unit); /* nil for bps: cut off below */
        return lua_isinteger(L, 1) && number >= 0 && (row->unit != NULL || number <= 10000);
    }
    lua_pushstring(L, text_is(text_of(row->name), "usd") ? "USD " : "");
    lua_pushvalue(L, 1);
    if (lua_type(L, 1) != LUA_TSTRING) {
        return false;
    }
    lua_concat(L, 2);
    return true;
}

/* upvalue 1: row of CONSTANTS */
static int call_constant(lua_State *L)
{
    const struct constant_row *row = &CONSTANTS[lua_tointeger(L, lua_upvalueindex(1))];
    if (lua_gettop(L) != 1 || !push_constant(L, row)) {
        fail_form(L, row->form);
    }
    symbol_make(L, row->op, 2, row->op == SYMBOL_DURATION ? 2 : 1);
    return 1;
}

/* item "milestone": the record that the declarations range over. */
static int call_item(lua_State *L)
{
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TSTRING) {
        fail_form(L, "item \"milestone\"");
    }
    symbol_push_variable(L, 0);
    return 1;
}

/* Push what a function says of a record, used as an operand. */
static void push_said(lua_State *L, int function, int variable, const char *name)
{
    lua_pushvalue(L, function);
    lua_pushvalue(L, variable);
    run_call_lua(L, 1, 1);
    if (lua_isnil(L, -1)) {
        run_fail(L, FAILURE_USE, "write `return` before the condition or expression",
                 "the function given to '%s' returns nothing", name);
    }
    symbol_use(L, -1, name);
}

/* Push what an option says: of a record if it is a function; nil if there is none. */
static void push_option(lua_State *L, int options, const char *field, int variable)
{
    if (!lua_istable(L, options) || lua_getfield(L, options, field) == LUA_TNIL) {
        lua_settop(L, lua_istable(L, options) ? lua_gettop(L) - 1 : lua_gettop(L));
        lua_pushnil(L);
    } else if (lua_type(L, -1) == LUA_TFUNCTION) {
        push_said(L, lua_gettop(L), variable, field);
        lua_remove(L, -2);
    } else {
        symbol_use(L, -1, field);
    }
}

/* Check the arguments of a list operator: name, functions, and perhaps a table of options. */
static void check_list_call(lua_State *L, const struct list_row *row)
{
    int last = 1 + row->functions;
    bool is_good = lua_type(L, 1) == LUA_TSTRING && lua_gettop(L) <= last + 1;
    bool may_lack = row->op == SYMBOL_COUNT && lua_isnoneornil(L, 2);
    for (int i = 2; i <= last && !may_lack; i++) {
        is_good = is_good && lua_type(L, i) == LUA_TFUNCTION;
    }
    if (!is_good || (!lua_isnoneornil(L, last + 1) && !lua_istable(L, last + 1))) {
        fail_form(L, row->form);
    }
    lua_settop(L, last + 1);
    if (lua_istable(L, last + 1)) {
        operators_check_fields(L, last + 1, row->options, row->name);
    }
}

/* The where of count: what its function says, and what its option says. On the top: the option's.
 */
static void join_where(lua_State *L, int variable)
{
    if (lua_isnil(L, 2)) {
        return;
    }
    push_said(L, 2, variable, "count");
    if (lua_isnil(L, -2)) {
        lua_remove(L, -2);
        return;
    }
    symbol_make(L, SYMBOL_ALL, lua_gettop(L) - 1, 2);
    symbol_used(L, symbol_at(L, -1)->pending);
    lua_replace(L, -3);
    lua_pop(L, 1);
}

/* Push the operands after where. */
static void push_list_rest(lua_State *L, const struct list_row *row, int options, int variable)
{
    if (row->op == SYMBOL_COUNT) {
        join_where(L, variable);
        return;
    }
    for (int i = 0; i < row->functions; i++) {
        push_said(L, 2 + i, variable, row->name);
    }
    if (row->op == SYMBOL_EARLIEST || row->op == SYMBOL_LATEST) {
        push_option(L, options, "give", variable);
    }
    if (row->op == SYMBOL_COVERED_DAYS) {
        push_option(L, options, "from", variable);
        push_option(L, options, "until_", variable);
        if (lua_isnil(L, -1) || lua_isnil(L, -2)) {
            fail_form(L, row->form);
        }
    }
}

/* upvalue 1: row of LISTS */
static int call_list(lua_State *L)
{
    const struct list_row *row = &LISTS[lua_tointeger(L, lua_upvalueindex(1))];
    int options = 2 + row->functions;
    run_needs_loading(L, "lists");
    luaL_checkstack(L, 24, NULL);
    check_list_call(L, row);
    symbol_push_variable(L, ++run_of(L)->variable_count);
    int variable = options + 1;
    lua_pushvalue(L, 1);
    lua_getiuservalue(L, variable, 1);
    push_option(L, options, "where", variable);
    push_list_rest(L, row, options, variable);
    symbol_make(L, row->op, variable + 1, lua_gettop(L) - variable);
    return 1;
}

/* Add a closure over a row's number to the table at an index. */
static void add_row(lua_State *L, int names, const char *name, lua_CFunction function, size_t row)
{
    lua_pushinteger(L, (lua_Integer)row);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, names, name);
}

void operators_open(lua_State *L, int names)
{
    assert(names > 0);
    assert(lua_istable(L, names));
    for (size_t i = 0; i < sizeof FIXED / sizeof FIXED[0]; i++) {
        add_row(L, names, FIXED[i].name, call_fixed, i);
    }
    for (size_t i = 0; i < sizeof LOGIC / sizeof LOGIC[0]; i++) {
        add_row(L, names, LOGIC[i].name, call_logic, i);
    }
    for (size_t i = 0; i < sizeof CONSTANTS / sizeof CONSTANTS[0]; i++) {
        add_row(L, names, CONSTANTS[i].name, call_constant, i);
    }
    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++) {
        add_row(L, names, LISTS[i].name, call_list, i);
    }
    lua_pushcfunction(L, call_choose);
    lua_setfield(L, names, "choose");
    lua_pushcfunction(L, call_item);
    lua_setfield(L, names, "item");
}

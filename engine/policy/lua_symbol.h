/*
 * Symbols in Lua: the userdata that stand for facts, conditions and expressions.
 *
 * Every userdata that a script can hold begins with a struct proxy, so that its kind can be read
 * without asking for a metatable.
 */
#ifndef LUA_SYMBOL_H
#define LUA_SYMBOL_H

#include "lua_state.h"

enum proxy_kind {
    PROXY_NAMES = 1, /* a library, or the environment */
    PROXY_NODE,      /* a symbol with operands */
    PROXY_PARAMS,    /* the global `param` */
    PROXY_ISSUES,    /* the global `issue` */
    PROXY_ISSUE      /* issue.X, not yet asked; operand 1: its name */
};

/* The operands of a node are the user values 1 .. count. */
struct proxy {
    uint8_t kind; /* enum proxy_kind */
    uint8_t op;   /* enum symbol, of a node */
    uint16_t count;
    uint32_t line;
    uint32_t pending; /* place in run->pendings plus 1; 0: may stay unused */
};

/* Make the metatables; once a state, before everything else here. */
void symbol_open(lua_State *L);

/* The proxy at an index, or NULL. */
struct proxy *symbol_at(lua_State *L, int index);

/* Push a userdata of PROXY_NAMES, still without its metatable. */
void symbol_push_names(lua_State *L);

/* Push a userdata of a kind, with room for operands, without a metatable. */
struct proxy *symbol_push_proxy(lua_State *L, enum proxy_kind kind, enum symbol op, int count);

/* As that, with the metatable of nodes and the line; raises outside of loading. */
struct proxy *symbol_push_node(lua_State *L, enum proxy_kind kind, enum symbol op, int count);

/* Push the path of a root name. */
void symbol_push_root(lua_State *L, struct text name);

/* Push variable `number`. */
void symbol_push_variable(lua_State *L, lua_Integer number);

/*
 * Make a node of values on the stack.
 *
 * L        pushes it
 * op       its operator
 * first    index of the first operand; nil becomes "not given"
 * count    how many
 *
 * Operands that are nodes count as used from now on. Raises if an operand cannot be one.
 */
void symbol_make(lua_State *L, enum symbol op, int first, int count);

/*
 * Check that a value can be an operand, and note that it is used.
 *
 * name     for the message: what it is an operand of, such as "is"
 */
void symbol_use(lua_State *L, int index, const char *name);

/* Push a copy of the list at an index, each item checked by symbol_use. Raises at a hole. */
void symbol_push_list(lua_State *L, int index, const char *name);

/* Note something that must be used before the file ends; gives its place plus 1. */
uint32_t symbol_await(lua_State *L, enum symbol op);

/* Note that it was used. 0 is allowed. */
void symbol_used(lua_State *L, uint32_t pending);

/* As run_describe, for a userdata. */
const char *symbol_describe(lua_State *L, int index);

/* Name an operator as a script writes it: "is", "all", "+". */
const char *symbol_name(enum symbol op);

/* Tell whether a text can be the name of a field: 1 to 64 letters of ASCII, digits, and _; no digit
 * at its start. */
bool symbol_is_word(struct text text);

#endif

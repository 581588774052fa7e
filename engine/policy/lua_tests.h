/*
 * Tests and operators of symbols: the metatables of what a script holds.
 */
#ifndef LUA_TESTS_H
#define LUA_TESTS_H

#include "lua_symbol.h"

/* Push the metatable of nodes. */
void tests_push_metatable(lua_State *L);

/* Push the global `param` or `issue`: indexed it names one, called it declares. */
void tests_push_declarer(lua_State *L, enum proxy_kind kind, lua_CFunction declare);

#endif

/*
 * Tables of a script: walking them in one order, always.
 */
#ifndef LUA_TABLE_H
#define LUA_TABLE_H

#include "lua_state.h"

/* Add `pairs` and the library `table` to a table of names. */
void table_open(lua_State *L, int names);

/*
 * Push the list of a table's keys: integers ascending, then texts by bytes. Raises at any other
 * key, and over LIMIT_LUA_TABLE_ITEMS.
 */
void table_push_keys(lua_State *L, int table);

#endif

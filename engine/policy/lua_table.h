/*
 * Tables of a script: walking and sorting them in one order, always.
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

/*
 * Sort a list in place, stably.
 *
 * list        absolute index of a table with items 1 .. count
 * comparator  absolute index of a function that tells whether its first argument comes first; 0 for
 *             the order of numbers and of bytes
 */
void table_sort(lua_State *L, int list, lua_Integer count, int comparator);

#endif

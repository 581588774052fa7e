/*
 * The operators of the rule language that are functions: all, some, sum, share, hours, ...
 */
#ifndef LUA_OPERATORS_H
#define LUA_OPERATORS_H

#include "lua_state.h"

/* Add them to a table of names. */
void operators_open(lua_State *L, int names);

/*
 * Raise unless the table at an index has no other fields than these.
 *
 * allowed  names, separated and surrounded by spaces: " where give "
 * name     for the message: what the table belongs to
 */
void operators_check_fields(lua_State *L, int index, const char *allowed, const char *name);

#endif

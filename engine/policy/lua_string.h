/*
 * Strings of a script: the library `string`, bounded and without a locale.
 */
#ifndef LUA_STRING_H
#define LUA_STRING_H

#include "lua_state.h"

/* Add the library `string` to a table of names, and methods to all strings. */
void string_open(lua_State *L, int names);

/* Push the text that a format gives; the format is argument 1. */
int format_call(lua_State *L);

/* Raise if a text would be longer than LIMIT_LUA_STRING_BYTES. */
void string_check_size(lua_State *L, size_t bytes, const char *maker);

#endif

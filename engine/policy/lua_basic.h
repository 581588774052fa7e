/*
 * The basic functions of a script, math and utf8: those of Lua that give whole numbers and the
 * same answer everywhere.
 */
#ifndef LUA_BASIC_H
#define LUA_BASIC_H

#include "lua_state.h"

/* Add `assert error ipairs select tonumber tostring type`, `math` and `utf8` to a table of names.
 */
void basic_open(lua_State *L, int names);

/* Push a value as text, without addresses; the text of a text or number, else a word. */
void basic_push_text(lua_State *L, int index);

/* Add a library of functions under a name to a table of names. */
void basic_add_library(lua_State *L, int names, const char *name, const luaL_Reg *functions);

/* The integer argument at an index, or a default if it is left out; raises if it is no integer. */
lua_Integer basic_integer(lua_State *L, int index, lua_Integer otherwise);

#endif

/*
 * The basic functions of a script, math and utf8: those of Lua that give whole numbers and the
 * same answer everywhere.
 */
#ifndef LUA_BASIC_H
#define LUA_BASIC_H

#include "lua_state.h"

/* byte and codepoint may give so many results; Lua's stack holds a million. */
#define BASIC_RESULTS_MAX 65536

/* Add `assert error ipairs select tonumber tostring type`, `math` and `utf8` to a table of names.
 */
void basic_open(lua_State *L, int names);

/* Push a value as text, without addresses; the text of a text or number, else a word. */
void basic_push_text(lua_State *L, int index);

/* Add a library of functions under a name to a table of names. */
void basic_add_library(lua_State *L, int names, const char *name, const luaL_Reg *functions);

/* The integer argument at an index, or a default if it is left out; raises if it is no integer. */
lua_Integer basic_integer(lua_State *L, int index, lua_Integer otherwise);

/*
 * The text argument at an index, charged by its length; raises if it is no text.
 *
 * index    of the stack or of an upvalue
 * returns  lives as long as the argument stays where it is
 */
struct text basic_text(lua_State *L, int index);

/*
 * The offset that a position of Lua means: from 1, negative from the end.
 *
 * length   of the text, below SIZE_MAX
 * returns  0 for position 0 and for what lies before the text; length + 1 for what lies behind it
 */
size_t basic_start(lua_Integer position, size_t length);

#endif

/*
 * The engine as Lua sees it: rulebooks from texts, cases of them, rulings as tables and as bytes.
 */
#ifndef PROPERTY_ENGINE_H
#define PROPERTY_ENGINE_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

/* Push the module `engine`: a table of the functions at the end of engine.c. */
int engine_module(lua_State *L);

#endif

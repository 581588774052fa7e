/*
 * What a rule file can call: declarations, and the operators that are functions.
 */
#ifndef LUA_RULES_H
#define LUA_RULES_H

#include "lua_state.h"

/* Add them to a table of names. */
void rules_open(lua_State *L, int names);

/* Check what can be checked when a file has ended; raises. */
void rules_finish(lua_State *L);

/*
 * Push the test function of a predicate.
 *
 * ordinal  from 0
 * returns  false, and nothing is pushed, if there is none
 */
bool rules_push_predicate(lua_State *L, uint32_t ordinal);

/* Put the upvalues of all predicates back to what they were when the file ended. */
void rules_restore(lua_State *L);

#endif

/*
 * The message of a jail, written: what a script declares, in the form of symbol.h.
 */
#ifndef MESSAGE_WRITE_H
#define MESSAGE_WRITE_H

#include "lua_state.h"

/* Start the message of a run. */
void message_start(struct run *run);

/*
 * Add a declaration.
 *
 * kind   "rule", ...
 * id     its id; "" for none
 * value  absolute index of its table
 *
 * Raises if the table holds what no declaration can, or a limit is reached.
 */
void message_declare(lua_State *L, const char *kind, struct text id, int value);

/*
 * End the message: all declarations, or the failure alone.
 *
 * message  receives it; lives in the run's arena
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status message_end(struct text *message, struct run *run);

/*
 * Make words of Lua fit to be shown: valid UTF-8, no controls, short, and no more of the script
 * than 80 bytes.
 *
 * out       receives them, NUL-terminated
 * capacity  room, 8 or more
 */
void message_clean(char *out, size_t capacity, const char *words);

#endif

/*
 * The shape of a rule file: tokens, blocks and brackets, checked before Lua reads it.
 */
#ifndef SOURCE_SHAPE_H
#define SOURCE_SHAPE_H

#include "jail.h"

/*
 * Check the tokens of a script whose bytes are in order. Adds one diagnostic (P02xx) a fault.
 *
 * script   the script; valid UTF-8, lines of bounded length
 * file     its path, for the diagnostics
 * list     receives them
 * returns  how many there are
 */
size_t shape_check(const struct script *script, const char *file, amicus_diagnostics *list);

#endif

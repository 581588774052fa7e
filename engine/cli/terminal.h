/*
 * The terminal: what a stream can show. Asked once a stream, at the start.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "layout.h"
#include "options.h"

#include <stdio.h>

/*
 * Find out what a stream can show.
 *
 * stream   stdout or stderr
 * when     --color
 * returns  colour: `when`, else never with NO_COLOR or TERM=dumb, else with CLICOLOR_FORCE or on a
 *          terminal; width: COLUMNS, else the terminal's, else 80, between 40 and 240; UTF-8 by
 *          LC_ALL, LC_CTYPE, LANG, the first that is set
 */
struct look terminal_look(FILE *stream, enum color_when when);

#endif

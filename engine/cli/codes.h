/*
 * Codes: every code that a message can have, from all layers.
 */
#ifndef CODES_H
#define CODES_H

#include "diagnostic.h"

/* The codes of the command line, U01xx to U09xx. */
extern const struct code_table cli_codes;

/*
 * All tables, the command line's first.
 *
 * count    receives how many
 * returns  pointers to static tables
 */
const struct code_table *const *codes_all(size_t *count);

#endif

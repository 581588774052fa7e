/*
 * Inputs: which files a command works on.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include "diagnostic.h"

/* Paths in the order of work. "-" is stdin. */
struct inputs {
    const char **paths;
    size_t count, capacity;
};

/*
 * Expand operands to files.
 *
 * out       receives the paths, in the order of the operands
 * operands  a file; "-"; a folder: every case below it, that is *.yaml, *.yml and *.json but not
 *           *.expected.*, in the order of their names' bytes; "@FILE": a list of these, one a line,
 *           empty lines and lines with # left out
 * count     how many
 * arena     where the paths live
 * list      receives U0201 for what cannot be opened
 * returns   OK; INVALID if an operand could not be read (the others are there); MEMORY
 */
AMICUS_MUST_CHECK amicus_status inputs_of(struct inputs *out, const char *const *operands,
                                          size_t count, struct arena *arena,
                                          amicus_diagnostics *list);

/*
 * List the folders directly below a folder that hold a file of a name, in the order of their names.
 *
 * returns  OK, also if the folder does not exist; MEMORY
 */
AMICUS_MUST_CHECK amicus_status inputs_folders_with(struct inputs *out, const char *folder,
                                                    const char *name, struct arena *arena);

/* Join a folder and a name; "." and "" leave the name alone. NULL if memory fails. */
const char *inputs_join(struct arena *arena, const char *folder, const char *name);

#endif

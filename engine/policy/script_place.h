/*
 * The file of a script as diagnostics name it.
 */
#ifndef SCRIPT_PLACE_H
#define SCRIPT_PLACE_H

#include "jail.h"

/* Room for a path; a longer one is cut. */
#define SCRIPT_FILE_BYTES 512

/* Copy a script's path as a NUL-terminated string into a buffer, and give the buffer. */
const char *script_file(char file[SCRIPT_FILE_BYTES], const struct script *script);

#endif

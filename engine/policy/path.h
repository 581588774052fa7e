/*
 * Paths of a rulebook's files: joined and cleaned by their letters alone, without looking at a
 * disk.
 */
#ifndef PATH_H
#define PATH_H

#include "text.h"

/*
 * Join a folder and a path that is relative to it, and take out "." and "x/..".
 *
 * out      receives "rules/common" for "rules/upwork" and "../common"; "." for nothing; lives in
 *          arena, NUL-terminated
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status path_join(struct text *out, struct arena *arena, struct text folder,
                                          struct text relative);

/*
 * Tell whether a path that somebody wrote into a manifest may be followed: relative, of letters,
 * digits, "_", "-", "." and "/", and, unless may_leave, without a step upwards.
 */
bool path_is_tame(struct text path, bool may_leave);

/*
 * Read a whole file.
 *
 * out          receives its bytes, NUL-terminated; live in arena
 * path         NUL-terminated
 * limit_bytes  a longer file is not read
 * returns      OK; IO if it cannot be read; LIMIT if it is longer; MEMORY
 */
AMICUS_MUST_CHECK amicus_status path_read(struct text *out, struct arena *arena, const char *path,
                                          size_t limit_bytes);

/*
 * Put bytes in the place of a file: written beside it and renamed, so that no reader sees half.
 *
 * path     NUL-terminated; its folder must be there
 * bytes    what the file shall hold
 * writer   a number that no other process uses at this time
 * arena    for the work
 * returns  OK; IO, and nothing is left beside the file; MEMORY
 */
AMICUS_MUST_CHECK amicus_status path_replace(const char *path, struct text bytes, long writer,
                                             struct arena *arena);

#endif

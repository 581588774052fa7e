/*
 * Where compiled rulebooks are kept between two calls of amicus.
 */
#ifndef KEPT_H
#define KEPT_H

#include "arena.h"

/*
 * Find the folder for kept rulebooks, and make it if it is not there: AMICUS_CACHE, else
 * $XDG_CACHE_HOME/amicus, else ~/.cache/amicus. AMICUS_CACHE=off keeps nothing.
 *
 * arena    where the path goes
 * returns  the folder, which belongs to this user and to which nobody else can write; NULL if there
 *          is none such
 */
const char *kept_folder(struct arena *arena);

#endif

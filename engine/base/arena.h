/*
 * Arenas: capped regions of memory, freed as a whole.
 *
 * arena.c holds the only malloc of the engine. A pointer may point only into its own arena or into
 * one that lives longer. Nothing is ever freed singly, so almost every error path is a return.
 * An arena is not shared between threads while it grows.
 */
#ifndef ARENA_H
#define ARENA_H

#include "amicus/amicus.h"

#include <stddef.h>

struct arena;

/*
 * Open an arena.
 *
 * out        receives the arena; ended by arena_close; NULL on failure
 * cap_bytes  the most that it may ever hand out, 4096 or more
 * returns    OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status arena_open(struct arena **out, size_t cap_bytes);

/*
 * Close an arena and everything given from it.
 *
 * arena    the arena, or NULL
 */
void arena_close(struct arena *arena);

/*
 * Forget everything given, keeping the memory for reuse.
 *
 * arena    the arena; every pointer given from it is dead afterwards
 */
void arena_reset(struct arena *arena);

/* A moment of an arena, to which it can be taken back. */
struct arena_mark {
    void *block; /* the arena's own */
    size_t block_used, used;
};

/*
 * Remember how far an arena is filled.
 *
 * returns  the moment; good until the arena is reset, or taken back behind it
 */
struct arena_mark arena_mark_of(const struct arena *arena);

/*
 * Forget everything given since a mark, keeping the memory for reuse.
 *
 * mark    of this arena; every pointer given after it is dead afterwards
 */
void arena_release(struct arena *arena, const struct arena_mark *mark);

/*
 * Give zeroed memory, aligned for any type.
 *
 * arena    where from
 * bytes    how much; 0 gives a valid pointer to nothing
 * returns  the memory, owned by the arena; NULL if the cap or the machine's memory is reached
 */
void *arena_give(struct arena *arena, size_t bytes);

/*
 * Give zeroed memory for an array.
 *
 * arena       where from
 * count       how many elements
 * each_bytes  size of one
 * returns     as arena_give; NULL also if the product overflows
 */
void *arena_give_array(struct arena *arena, size_t count, size_t each_bytes);

/*
 * Give memory for an array that the caller fills before it reads: what is in it has no meaning.
 *
 * arena       where from
 * count       how many elements
 * each_bytes  size of one
 * returns     as arena_give_array
 */
void *arena_lend_array(struct arena *arena, size_t count, size_t each_bytes);

/*
 * Copy bytes into an arena, with a NUL after them.
 *
 * arena    where to
 * bytes    what to copy; may be NULL if length is 0
 * length   how many bytes
 * returns  the copy; NULL as arena_give
 */
char *arena_copy(struct arena *arena, const void *bytes, size_t length);

/*
 * Tell how much was given so far.
 *
 * arena    the arena
 * returns  bytes, alignment included
 */
size_t arena_used(const struct arena *arena);

/*
 * Grow an array in an arena by doubling: makes room for one more element.
 *
 * arena       where the array lives
 * items       in: the array or NULL; out: the array, perhaps moved
 * capacity    in and out: elements that fit
 * count       elements in use; room for count + 1 is made
 * each_bytes  size of one element
 * returns     OK, MEMORY (the array is then as before)
 */
AMICUS_MUST_CHECK amicus_status arena_grow(struct arena *arena, void **items, size_t *capacity,
                                           size_t count, size_t each_bytes);

#endif

/*
 * The memory of Lua states in a jail: all of it is given back at once.
 */
#ifndef LUA_HEAP_H
#define LUA_HEAP_H

#include <stddef.h>

/* Small blocks come in steps of 16 bytes. */
#define HEAP_CLASSES 32u

struct heap_chunk;
struct heap_large;

/* Start with zeroes. */
struct lua_heap {
    struct heap_chunk *used;       /* the chunks that small blocks were cut from, newest first */
    struct heap_chunk *spare;      /* chunks that a reset kept */
    struct heap_large *large;      /* blocks of their own, newest first */
    char *next;                    /* in the newest chunk */
    size_t room;                   /* bytes that are left there */
    void *freed[HEAP_CLASSES + 1]; /* blocks that were given back, by size */
    size_t held_bytes, peak_bytes; /* of chunks in use and large blocks; the most so far */
};

/*
 * Give, resize or take back a block, as Lua asks for it.
 *
 * heap       the heap
 * block      what was given, or NULL
 * old_bytes  its size; 0 for NULL
 * bytes      the new size; 0 takes the block back
 * returns    the block, its first bytes as before; NULL if bytes is 0 or there is no memory, and
 *            then the old block stays unless bytes is 0; a block that shrinks never fails
 */
void *heap_move(struct lua_heap *heap, void *block, size_t old_bytes, size_t bytes);

/* Take everything back. The chunks are kept for the next state. */
void heap_reset(struct lua_heap *heap);

#endif

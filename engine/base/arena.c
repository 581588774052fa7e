/*
 * Arenas own all memory of the engine: the only malloc and free of our own code are in this file.
 *
 * An arena is a chain of blocks. A request is cut from the current block; if it does not fit, the
 * next block of the chain is tried, then a new one is made, twice as large as the last, between
 * BLOCK_MIN and BLOCK_MAX, or as large as the request. Giving is therefore a few instructions and
 * one memset, and the number of mallocs is logarithmic until blocks reach BLOCK_MAX. What is left
 * over at the end of a block is lost until the next reset: at most the size of one request each.
 *
 * The cap counts what was handed out, rounded up to ALIGNMENT, not what the blocks hold, so that a
 * limit means the same on every machine and does not depend on the order of requests.
 *
 * Freeing singly was rejected: lifetimes in amicus are those of a rulebook, a case, a ruling, and a
 * whole arena ends with each of them.
 *
 * Under AddressSanitizer everything that was not handed out is poisoned, with a gap after each
 * piece, so that an overrun inside an arena is caught like one of malloc's.
 *
 * Invariants: used <= cap; block->used <= block->size; blocks behind `current` are unused.
 */
#include "arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#endif

/* Strict enough for every type of the language. */
static const size_t ALIGNMENT = alignof(max_align_t);

/* One page: a small case or ruling costs one malloc. */
static const size_t BLOCK_MIN = (size_t)4 << 10;

/* Above this a larger block saves no measurable time, and only wastes its tail. */
static const size_t BLOCK_MAX = (size_t)1 << 20;

/* Free bytes behind each piece, for AddressSanitizer to guard. */
#ifdef ARENA_ASAN
static const size_t GAP = 16;
#else
static const size_t GAP = 0;
#endif

/* The first array that arena_grow makes. */
static const size_t GROW_FIRST = 8;

struct block {
    struct block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *first;
    struct block *current;
    size_t used;
    size_t cap;
};

static void forbid(void *at, size_t bytes)
{
#ifdef ARENA_ASAN
#ifndef __clang__
    /* gcc takes a pointer to const for a read of what it points to; here nothing is read. */
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
    __asan_poison_memory_region(at, bytes);
#else
    (void)at;
    (void)bytes;
#endif
}

static void allow(void *at, size_t bytes)
{
#ifdef ARENA_ASAN
    __asan_unpoison_memory_region(at, bytes);
#else
    (void)at;
    (void)bytes;
#endif
}

static size_t round_up(size_t bytes)
{
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static size_t next_size(const struct arena *arena, size_t bytes)
{
    size_t size = arena->current == NULL ? BLOCK_MIN : arena->current->size;
    if (arena->current != NULL && size < BLOCK_MAX) {
        size *= 2;
    }
    if (size > BLOCK_MAX) {
        size = BLOCK_MAX;
    }
    return size < bytes ? bytes : size;
}

static struct block *block_add(struct arena *arena, size_t bytes)
{
    size_t size = next_size(arena, bytes);
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    block->used = 0;
    forbid(block->bytes, size);
    if (arena->current == NULL) {
        block->next = NULL;
        arena->first = block;
    } else {
        block->next = arena->current->next;
        arena->current->next = block;
    }
    return block;
}

/* The block that has room: the current one, a later one that a reset kept, or a new one. */
static struct block *room_for(struct arena *arena, size_t bytes)
{
    while (arena->current != NULL) {
        if (arena->current->size - arena->current->used >= bytes) {
            return arena->current;
        }
        if (arena->current->next == NULL) {
            break;
        }
        arena->current = arena->current->next;
    }
    struct block *block = block_add(arena, bytes);
    if (block != NULL) {
        arena->current = block;
    }
    return block;
}

amicus_status arena_open(struct arena **out, size_t cap_bytes)
{
    assert(out != NULL);
    assert(cap_bytes >= 4096 && cap_bytes <= SIZE_MAX / 4);
    *out = malloc(sizeof **out);
    if (*out == NULL) {
        return AMICUS_MEMORY;
    }
    **out = (struct arena){.first = NULL, .current = NULL, .used = 0, .cap = cap_bytes};
    return AMICUS_OK;
}

void arena_close(struct arena *arena)
{
    if (arena == NULL) {
        return;
    }
    assert(arena->used <= arena->cap);
    struct block *block = arena->first;
    while (block != NULL) {
        struct block *next = block->next;
        assert(block->used <= block->size);
        free(block);
        block = next;
    }
    free(arena);
}

void arena_reset(struct arena *arena)
{
    assert(arena != NULL);
    assert(arena->used <= arena->cap);
    for (struct block *block = arena->first; block != NULL; block = block->next) {
        block->used = 0;
        forbid(block->bytes, block->size);
    }
    arena->current = arena->first;
    arena->used = 0;
}

struct arena_mark arena_mark_of(const struct arena *arena)
{
    assert(arena != NULL);
    assert(arena->used <= arena->cap);
    const size_t used = arena->current == NULL ? 0 : arena->current->used;
    return (struct arena_mark){arena->current, used, arena->used};
}

void arena_release(struct arena *arena, const struct arena_mark *mark)
{
    assert(arena != NULL && mark != NULL);
    assert(mark->used <= arena->used);
    struct block *block = mark->block == NULL ? arena->first : mark->block;
    for (size_t kept = mark->block_used; block != NULL; block = block->next, kept = 0) {
        assert(kept <= block->used);
        forbid(block->bytes + kept, block->used - kept);
        block->used = kept;
    }
    arena->current = mark->block == NULL ? arena->first : mark->block;
    arena->used = mark->used;
}

/* Cut a piece, with whatever is in it. */
static void *cut(struct arena *arena, size_t bytes)
{
    if (bytes > arena->cap) {
        return NULL;
    }
    size_t rounded = round_up(bytes == 0 ? 1 : bytes);
    if (rounded > arena->cap - arena->used) {
        return NULL;
    }
    struct block *block = room_for(arena, rounded + GAP);
    if (block == NULL) {
        return NULL;
    }
    unsigned char *given = block->bytes + block->used;
    block->used += rounded + GAP;
    arena->used += rounded;
    allow(given, bytes);
    return given;
}

void *arena_give(struct arena *arena, size_t bytes)
{
    assert(arena != NULL);
    assert(arena->used <= arena->cap);
    void *given = cut(arena, bytes);
    if (given != NULL) {
        memset(given, 0, bytes);
    }
    return given;
}

void *arena_give_array(struct arena *arena, size_t count, size_t each_bytes)
{
    assert(arena != NULL);
    assert(each_bytes > 0);
    if (count > SIZE_MAX / each_bytes) {
        return NULL;
    }
    return arena_give(arena, count * each_bytes);
}

void *arena_lend_array(struct arena *arena, size_t count, size_t each_bytes)
{
    assert(arena != NULL);
    assert(each_bytes > 0);
    if (count > SIZE_MAX / each_bytes) {
        return NULL;
    }
    void *given = cut(arena, count * each_bytes);
#ifdef ARENA_ASAN
    if (given != NULL) { /* who reads before writing shall notice */
        memset(given, 0xA5, count * each_bytes);
    }
#endif
    return given;
}

char *arena_copy(struct arena *arena, const void *bytes, size_t length)
{
    assert(arena != NULL);
    assert(bytes != NULL || length == 0);
    if (length == SIZE_MAX) {
        return NULL;
    }
    char *copy = arena_give(arena, length + 1);
    if (copy != NULL && length > 0) {
        memcpy(copy, bytes, length);
    }
    return copy;
}

size_t arena_used(const struct arena *arena)
{
    assert(arena != NULL);
    assert(arena->used <= arena->cap);
    return arena->used;
}

amicus_status arena_grow(struct arena *arena, void **items, size_t *capacity, size_t count,
                         size_t each_bytes)
{
    assert(items != NULL && capacity != NULL && each_bytes > 0);
    assert(count <= *capacity);
    if (count < *capacity) {
        return AMICUS_OK;
    }
    if (*capacity > SIZE_MAX / 2) {
        return AMICUS_MEMORY;
    }
    size_t wanted = *capacity == 0 ? GROW_FIRST : *capacity * 2;
    char *grown = arena_lend_array(arena, wanted, each_bytes);
    if (grown == NULL) {
        return AMICUS_MEMORY;
    }
    if (count > 0) {
        memcpy(grown, *items, count * each_bytes);
    }
    memset(grown + count * each_bytes, 0, (wanted - count) * each_bytes);
    *items = grown;
    *capacity = wanted;
    return AMICUS_OK;
}

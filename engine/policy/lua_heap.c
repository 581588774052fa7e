/*
 * A heap for Lua states that live one after the other in a jail.
 *
 * A state is never closed, so that no collector runs behind its script; its memory is taken back
 * all at once. Small blocks are cut from chunks and, once freed, are handed out again in their size
 * only: Lua names the size of what it frees, so a block needs no header. What is larger is
 * malloc's, in a list. Nothing is ever moved between sizes: a script that uses up every size in
 * turn holds more than it asks for, at most until the limit of the process.
 *
 * Under AddressSanitizer every block is malloc's, so that an overrun of a string is seen.
 *
 * Cost: a few instructions a block; a reset is as long as there are chunks and large blocks.
 */
#include "lua_heap.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define CLASS_BYTES ((size_t)16)
#define CHUNK_BYTES ((size_t)64 << 10)

#if defined(__SANITIZE_ADDRESS__)
#define HEAP_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEAP_ASAN 1
#endif
#endif

#ifdef HEAP_ASAN
static const size_t SMALL_MAX = 0;
#else
static const size_t SMALL_MAX = HEAP_CLASSES * CLASS_BYTES;
#endif

struct heap_chunk {
    struct heap_chunk *next;
    alignas(max_align_t) char bytes[CHUNK_BYTES];
};

struct heap_large {
    struct heap_large *next, *before;
    alignas(max_align_t) char bytes[];
};

static void count(struct lua_heap *heap, size_t bytes)
{
    heap->held_bytes += bytes;
    if (heap->held_bytes > heap->peak_bytes) {
        heap->peak_bytes = heap->held_bytes;
    }
}

/* --- large blocks --- */

static struct heap_large *large_of(void *block)
{
    return (struct heap_large *)(void *)((char *)block - offsetof(struct heap_large, bytes));
}

/* Hang a block in front of the list. */
static void hang(struct lua_heap *heap, struct heap_large *large)
{
    large->before = NULL;
    large->next = heap->large;
    if (heap->large != NULL) {
        heap->large->before = large;
    }
    heap->large = large;
}

static void unhang(struct lua_heap *heap, const struct heap_large *large)
{
    if (large->next != NULL) {
        large->next->before = large->before;
    }
    if (large->before != NULL) {
        large->before->next = large->next;
    } else {
        heap->large = large->next;
    }
}

static void *give_large(struct lua_heap *heap, size_t bytes)
{
    struct heap_large *large = malloc(sizeof *large + bytes);
    if (large == NULL) {
        return NULL;
    }
    hang(heap, large);
    count(heap, bytes);
    return large->bytes;
}

static void *resize_large(struct lua_heap *heap, void *block, size_t old_bytes, size_t bytes)
{
    struct heap_large *large = large_of(block);
    unhang(heap, large);
    struct heap_large *moved = realloc(large, sizeof *large + bytes);
    hang(heap, moved == NULL ? large : moved);
    if (moved == NULL) {
        return bytes <= old_bytes ? block : NULL;
    }
    heap->held_bytes -= old_bytes;
    count(heap, bytes);
    return moved->bytes;
}

/* --- small blocks --- */

static size_t class_of(size_t bytes)
{
    return (bytes + CLASS_BYTES - 1) / CLASS_BYTES;
}

/* Begin another chunk; what is left of the one before is lost until the reset. */
static bool add_chunk(struct lua_heap *heap)
{
    struct heap_chunk *chunk = heap->spare;
    if (chunk != NULL) {
        heap->spare = chunk->next;
    } else {
        chunk = malloc(sizeof *chunk);
    }
    if (chunk == NULL) {
        return false;
    }
    chunk->next = heap->used;
    heap->used = chunk;
    heap->next = chunk->bytes;
    heap->room = CHUNK_BYTES;
    count(heap, CHUNK_BYTES);
    return true;
}

static void *give_small(struct lua_heap *heap, size_t bytes)
{
    size_t class = class_of(bytes);
    void *block = heap->freed[class];
    if (block != NULL) {
        memcpy(&heap->freed[class], block, sizeof(void *));
        return block;
    }
    if (heap->room < class * CLASS_BYTES && !add_chunk(heap)) {
        return NULL;
    }
    block = heap->next;
    heap->next += class * CLASS_BYTES;
    heap->room -= class * CLASS_BYTES;
    return block;
}

static void *give(struct lua_heap *heap, size_t bytes)
{
    return bytes <= SMALL_MAX ? give_small(heap, bytes) : give_large(heap, bytes);
}

static void take_back(struct lua_heap *heap, void *block, size_t bytes)
{
    if (bytes <= SMALL_MAX) {
        size_t class = class_of(bytes);
        memcpy(block, &heap->freed[class], sizeof(void *));
        heap->freed[class] = block;
        return;
    }
    unhang(heap, large_of(block));
    heap->held_bytes -= bytes;
    free(large_of(block));
}

/* Tell whether a block may stay where it is. */
static bool is_same_class(size_t old_bytes, size_t bytes)
{
    return old_bytes <= SMALL_MAX && bytes <= SMALL_MAX && class_of(old_bytes) == class_of(bytes);
}

void *heap_move(struct lua_heap *heap, void *block, size_t old_bytes, size_t bytes)
{
    assert(heap != NULL);
    assert(block != NULL || old_bytes == 0);
    if (block == NULL) {
        return bytes == 0 ? NULL : give(heap, bytes);
    }
    if (bytes == 0) {
        take_back(heap, block, old_bytes);
        return NULL;
    }
    if (is_same_class(old_bytes, bytes)) {
        return block;
    }
    if (old_bytes > SMALL_MAX && bytes > SMALL_MAX) {
        return resize_large(heap, block, old_bytes, bytes);
    }
    void *moved = give(heap, bytes);
    if (moved == NULL) {
        /* It may stay: once it is freed it is a block of the smaller size, until the reset. */
        return bytes < old_bytes ? block : NULL;
    }
    memcpy(moved, block, old_bytes < bytes ? old_bytes : bytes);
    take_back(heap, block, old_bytes);
    return moved;
}

void heap_reset(struct lua_heap *heap)
{
    assert(heap != NULL);
    assert(heap->held_bytes <= heap->peak_bytes);
    while (heap->large != NULL) {
        struct heap_large *large = heap->large;
        heap->large = large->next;
        free(large);
    }
    while (heap->used != NULL) {
        struct heap_chunk *chunk = heap->used;
        heap->used = chunk->next;
        chunk->next = heap->spare;
        heap->spare = chunk;
    }
    memset(heap->freed, 0, sizeof heap->freed);
    heap->next = NULL;
    heap->room = 0;
    heap->held_bytes = 0;
    heap->peak_bytes = 0;
}

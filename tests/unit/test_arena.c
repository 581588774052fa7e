#include "arena.h"
#include "suite.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

static struct arena *opened(size_t cap_bytes)
{
    struct arena *arena = NULL;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, cap_bytes), AMICUS_OK);
    return arena;
}

static void gives_zeroed_memory_aligned_for_any_type(void)
{
    struct arena *arena = opened((size_t)1 << 20);
    for (size_t bytes = 1; bytes < 200; bytes++) {
        unsigned char *given = arena_give(arena, bytes);
        CU_ASSERT_PTR_NOT_NULL_FATAL(given);
        CU_ASSERT_EQUAL((uintptr_t)given % alignof(max_align_t), 0);
        for (size_t i = 0; i < bytes; i++) {
            CU_ASSERT_EQUAL(given[i], 0);
            given[i] = 0xFF;
        }
    }
    arena_close(arena);
}

static void gives_a_pointer_for_no_bytes_at_all(void)
{
    struct arena *arena = opened(4096);
    CU_ASSERT_PTR_NOT_NULL(arena_give(arena, 0));
    CU_ASSERT_PTR_NOT_NULL(arena_give_array(arena, 0, 8));
    arena_close(arena);
}

static void gives_up_to_its_cap_and_nothing_beyond(void)
{
    struct arena *arena = opened(4096);
    CU_ASSERT_PTR_NULL(arena_give(arena, 4097));
    CU_ASSERT_PTR_NOT_NULL(arena_give(arena, 4095));
    CU_ASSERT_EQUAL(arena_used(arena), 4096);
    CU_ASSERT_PTR_NULL(arena_give(arena, 1));
    CU_ASSERT_PTR_NULL(arena_give(arena, SIZE_MAX));
    CU_ASSERT_EQUAL(arena_used(arena), 4096);
    arena_close(arena);
}

static void counts_what_it_gave_with_alignment(void)
{
    struct arena *arena = opened(4096);
    CU_ASSERT_EQUAL(arena_used(arena), 0);
    CU_ASSERT_PTR_NOT_NULL(arena_give(arena, 1));
    CU_ASSERT_EQUAL(arena_used(arena), alignof(max_align_t));
    arena_close(arena);
}

static void gives_pieces_that_do_not_overlap_across_blocks(void)
{
    enum { PIECES = 500, BYTES = 100 };
    struct arena *arena = opened((size_t)1 << 20);
    unsigned char *pieces[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = arena_give(arena, BYTES);
        CU_ASSERT_PTR_NOT_NULL_FATAL(pieces[i]);
        memset(pieces[i], (int)(i % 251), BYTES);
    }
    for (size_t i = 0; i < PIECES; i++) {
        for (size_t j = 0; j < BYTES; j++) {
            CU_ASSERT_EQUAL(pieces[i][j], i % 251);
        }
    }
    arena_close(arena);
}

static void gives_one_piece_larger_than_any_block(void)
{
    struct arena *arena = opened((size_t)8 << 20);
    unsigned char *large = arena_give(arena, (size_t)3 << 20);
    CU_ASSERT_PTR_NOT_NULL_FATAL(large);
    large[((size_t)3 << 20) - 1] = 1;
    CU_ASSERT_PTR_NOT_NULL(arena_give(arena, 10));
    arena_close(arena);
}

static void refuses_an_array_whose_size_overflows(void)
{
    struct arena *arena = opened(4096);
    CU_ASSERT_PTR_NULL(arena_give_array(arena, SIZE_MAX / 2 + 1, 2));
    CU_ASSERT_PTR_NULL(arena_give_array(arena, SIZE_MAX, 16));
    CU_ASSERT_EQUAL(arena_used(arena), 0);
    arena_close(arena);
}

static void gives_zeroed_memory_again_after_a_reset(void)
{
    struct arena *arena = opened(4096);
    void *before = arena_give(arena, 4096);
    CU_ASSERT_PTR_NOT_NULL_FATAL(before);
    memset(before, 0xAA, 4096);
    arena_reset(arena);
    CU_ASSERT_EQUAL(arena_used(arena), 0);
    const unsigned char *again = arena_give(arena, 4096);
    CU_ASSERT_PTR_NOT_NULL_FATAL(again);
    for (size_t i = 0; i < 4096; i++) {
        CU_ASSERT_EQUAL(again[i], 0);
    }
    arena_close(arena);
}

static void keeps_its_blocks_for_the_next_round(void)
{
    struct arena *arena = opened((size_t)1 << 20);
    void *first = arena_give(arena, 100);
    for (int i = 0; i < 1000; i++) {
        CU_ASSERT_PTR_NOT_NULL(arena_give(arena, 100));
    }
    arena_reset(arena);
    CU_ASSERT_PTR_EQUAL(arena_give(arena, 100), first);
    arena_close(arena);
}

static void copies_bytes_with_a_nul_behind(void)
{
    struct arena *arena = opened(4096);
    const char bytes[] = {'a', '\0', 'b'};
    const char *copy = arena_copy(arena, bytes, sizeof bytes);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    CU_ASSERT_EQUAL(memcmp(copy, "a\0b\0", 4), 0);
    const char *empty = arena_copy(arena, NULL, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(empty);
    CU_ASSERT_STRING_EQUAL(empty, "");
    CU_ASSERT_PTR_NULL(arena_copy(arena, bytes, SIZE_MAX));
    arena_close(arena);
}

static void grows_an_array_and_keeps_its_elements(void)
{
    struct arena *arena = opened((size_t)1 << 20);
    void *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        CU_ASSERT_EQUAL_FATAL(arena_grow(arena, &items, &capacity, i, sizeof(size_t)), AMICUS_OK);
        CU_ASSERT_TRUE_FATAL(capacity > i);
        ((size_t *)items)[i] = i * i;
    }
    for (size_t i = 0; i < 1000; i++) {
        CU_ASSERT_EQUAL(((size_t *)items)[i], i * i);
    }
    arena_close(arena);
}

static void leaves_an_array_as_it_was_when_it_cannot_grow(void)
{
    struct arena *arena = opened(4096);
    void *items = NULL;
    size_t capacity = 0;
    size_t count = 0;
    amicus_status status = AMICUS_OK;
    while (status == AMICUS_OK) {
        status = arena_grow(arena, &items, &capacity, count, 8);
        count += status == AMICUS_OK;
    }
    CU_ASSERT_EQUAL(status, AMICUS_MEMORY);
    CU_ASSERT_EQUAL(count, capacity);
    CU_ASSERT_PTR_NOT_NULL(items);
    size_t huge = SIZE_MAX / 2 + 1;
    CU_ASSERT_EQUAL(arena_grow(arena, &items, &huge, huge, 1), AMICUS_MEMORY);
    CU_ASSERT_EQUAL(huge, SIZE_MAX / 2 + 1);
    arena_close(arena);
}

static void lends_an_array_under_the_same_cap(void)
{
    struct arena *arena = opened(4096);
    CU_ASSERT_PTR_NULL(arena_lend_array(arena, SIZE_MAX, 2));
    CU_ASSERT_PTR_NULL(arena_lend_array(arena, 513, 8));
    unsigned char *lent = arena_lend_array(arena, 500, 8);
    CU_ASSERT_PTR_NOT_NULL_FATAL(lent);
    CU_ASSERT_EQUAL((uintptr_t)lent % alignof(max_align_t), 0);
    memset(lent, 0xFF, (size_t)500 * 8);
    CU_ASSERT_EQUAL(arena_used(arena), 4000);
    CU_ASSERT_PTR_NOT_NULL(arena_lend_array(arena, 0, 8));
    arena_close(arena);
}

static void closes_nothing_without_complaint(void)
{
    arena_close(NULL);
    struct arena *arena = opened(4096);
    arena_reset(arena);
    arena_close(arena);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"gives zeroed memory, aligned for any type", gives_zeroed_memory_aligned_for_any_type},
        {"gives a pointer for no bytes at all", gives_a_pointer_for_no_bytes_at_all},
        {"gives up to its cap and nothing beyond", gives_up_to_its_cap_and_nothing_beyond},
        {"counts what it gave, with alignment", counts_what_it_gave_with_alignment},
        {"gives pieces that do not overlap, across blocks",
         gives_pieces_that_do_not_overlap_across_blocks},
        {"gives one piece larger than any block", gives_one_piece_larger_than_any_block},
        {"refuses an array whose size overflows", refuses_an_array_whose_size_overflows},
        {"gives zeroed memory again after a reset", gives_zeroed_memory_again_after_a_reset},
        {"keeps its blocks for the next round", keeps_its_blocks_for_the_next_round},
        {"copies bytes with a NUL behind", copies_bytes_with_a_nul_behind},
        {"grows an array and keeps its elements", grows_an_array_and_keeps_its_elements},
        {"leaves an array as it was when it cannot grow",
         leaves_an_array_as_it_was_when_it_cannot_grow},
        {"lends an array under the same cap", lends_an_array_under_the_same_cap},
        {"closes nothing without complaint", closes_nothing_without_complaint},
        CU_TEST_INFO_NULL,
    };
    return suite_run("arena", tests);
}

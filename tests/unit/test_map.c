#include "map.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>

static int one = 1;
static int two = 2;
static int three = 3;

struct fixture {
    struct arena *arena;
    struct map *map;
};

static struct fixture opened(void)
{
    struct fixture made = {NULL, NULL};
    CU_ASSERT_EQUAL_FATAL(arena_open(&made.arena, (size_t)16 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(map_of(&made.map, made.arena), AMICUS_OK);
    return made;
}

static void put(struct map *map, const char *key, void *value)
{
    CU_ASSERT_EQUAL_FATAL(map_put(map, text_of(key), value), AMICUS_OK);
}

static void finds_nothing_in_an_empty_map(void)
{
    struct fixture made = opened();
    CU_ASSERT_EQUAL(map_count(made.map), 0);
    CU_ASSERT_PTR_NULL(map_find(made.map, text_of("a")));
    CU_ASSERT_PTR_NULL(map_at(made.map, 0, NULL));
    CU_ASSERT_EQUAL(map_nearest(made.map, text_of("a")).length, 0);
    arena_close(made.arena);
}

static void finds_what_was_put_and_nothing_else(void)
{
    struct fixture made = opened();
    put(made.map, "amount", &one);
    put(made.map, "amounts", &two);
    put(made.map, "a", &three);
    CU_ASSERT_PTR_EQUAL(map_find(made.map, text_of("amount")), &one);
    CU_ASSERT_PTR_EQUAL(map_find(made.map, text_of("amounts")), &two);
    CU_ASSERT_PTR_EQUAL(map_find(made.map, text_of("a")), &three);
    CU_ASSERT_PTR_NULL(map_find(made.map, text_of("amoun")));
    CU_ASSERT_PTR_NULL(map_find(made.map, text_of("amountss")));
    CU_ASSERT_PTR_NULL(map_find(made.map, text_of("")));
    arena_close(made.arena);
}

static void tells_apart_keys_that_differ_in_nul_bytes_and_ends(void)
{
    struct fixture made = opened();
    CU_ASSERT_EQUAL(map_put(made.map, (struct text){"", 0}, &one), AMICUS_OK);
    CU_ASSERT_EQUAL(map_put(made.map, (struct text){"\0", 1}, &two), AMICUS_OK);
    CU_ASSERT_EQUAL(map_put(made.map, (struct text){"\0\0", 2}, &three), AMICUS_OK);
    CU_ASSERT_EQUAL(map_count(made.map), 3);
    CU_ASSERT_PTR_EQUAL(map_find(made.map, (struct text){NULL, 0}), &one);
    CU_ASSERT_PTR_EQUAL(map_find(made.map, (struct text){"\0", 1}), &two);
    CU_ASSERT_PTR_EQUAL(map_find(made.map, (struct text){"\0\0", 2}), &three);
    CU_ASSERT_PTR_NULL(map_find(made.map, (struct text){"\0\0\0", 3}));
    arena_close(made.arena);
}

static void replaces_a_value_and_keeps_its_place(void)
{
    struct fixture made = opened();
    put(made.map, "a", &one);
    put(made.map, "b", &two);
    put(made.map, "a", &three);
    struct text key;
    CU_ASSERT_EQUAL(map_count(made.map), 2);
    CU_ASSERT_PTR_EQUAL(map_at(made.map, 0, &key), &three);
    CU_ASSERT_TRUE(text_is(key, "a"));
    arena_close(made.arena);
}

static void walks_in_the_order_of_insertion(void)
{
    static const char *const KEYS[] = {"m", "z", "a", "mm", "b", "zz"};
    struct fixture made = opened();
    for (size_t i = 0; i < 6; i++) {
        put(made.map, KEYS[i], &one);
    }
    for (size_t i = 0; i < 6; i++) {
        struct text key;
        CU_ASSERT_PTR_NOT_NULL(map_at(made.map, i, &key));
        CU_ASSERT_TRUE(text_is(key, KEYS[i]));
    }
    CU_ASSERT_PTR_NULL(map_at(made.map, 6, NULL));
    arena_close(made.arena);
}

static void holds_ten_thousand_keys(void)
{
    enum { KEYS = 10000, WIDTH = 12 };
    struct fixture made = opened();
    char *words = arena_give(made.arena, (size_t)KEYS * WIDTH);
    CU_ASSERT_PTR_NOT_NULL_FATAL(words);
    for (size_t i = 0; i < KEYS; i++) {
        char *word = words + i * WIDTH;
        (void)snprintf(word, WIDTH, "k%zu", i * 7919 % 100003);
        put(made.map, word, word);
    }
    CU_ASSERT_EQUAL(map_count(made.map), KEYS);
    size_t found = 0;
    for (size_t i = 0; i < KEYS; i++) {
        found += map_find(made.map, text_of(words + i * WIDTH)) == words + i * WIDTH;
    }
    CU_ASSERT_EQUAL(found, KEYS);
    CU_ASSERT_PTR_NULL(map_find(made.map, text_of("k-1")));
    arena_close(made.arena);
}

/* The worst that 2 MiB of keys can do: a row of keys, each the beginning of the next. */
static void stays_quick_when_each_key_begins_the_next(void)
{
    enum { KEYS = 2000 };
    static char letters[KEYS];
    struct fixture made = opened();
    memset(letters, 'a', sizeof letters);
    for (size_t i = 1; i <= KEYS; i++) {
        CU_ASSERT_EQUAL(map_put(made.map, (struct text){letters, i}, letters), AMICUS_OK);
    }
    CU_ASSERT_EQUAL(map_count(made.map), KEYS);
    size_t found = 0;
    for (size_t i = 1; i <= KEYS; i++) {
        found += map_find(made.map, (struct text){letters, i}) == letters;
    }
    CU_ASSERT_EQUAL(found, KEYS);
    arena_close(made.arena);
}

static void reports_memory_and_stays_whole_when_the_arena_is_full(void)
{
    enum { KEYS = 400, WIDTH = 8 };
    static char words[KEYS][WIDTH];
    struct arena *arena = NULL;
    struct map *map = NULL;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 4096), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(map_of(&map, arena), AMICUS_OK);
    size_t put_well = 0;
    amicus_status status = AMICUS_OK;
    for (size_t i = 0; i < KEYS && status == AMICUS_OK; i++) {
        (void)snprintf(words[i], WIDTH, "%zu", i);
        status = map_put(map, text_of(words[i]), words[i]);
        put_well += status == AMICUS_OK;
    }
    CU_ASSERT_EQUAL(status, AMICUS_MEMORY);
    CU_ASSERT_EQUAL(map_count(map), put_well);
    for (size_t i = 0; i < put_well; i++) {
        CU_ASSERT_PTR_EQUAL(map_find(map, text_of(words[i])), words[i]);
    }
    arena_close(arena);
}

static void suggests_the_nearest_key(void)
{
    struct fixture made = opened();
    put(made.map, "milestone", &one);
    put(made.map, "amount", &one);
    put(made.map, "amounts", &one);
    put(made.map, "at", &one);
    CU_ASSERT_TRUE(text_is(map_nearest(made.map, text_of("amuont")), "amount"));
    CU_ASSERT_TRUE(text_is(map_nearest(made.map, text_of("milstones")), "milestone"));
    CU_ASSERT_TRUE(text_is(map_nearest(made.map, text_of("a")), "at"));
    CU_ASSERT_TRUE(text_is(map_nearest(made.map, text_of("amount")), "amount"));
    arena_close(made.arena);
}

static void suggests_nothing_that_is_too_far_away(void)
{
    struct fixture made = opened();
    put(made.map, "milestone", &one);
    put(made.map, "xy", &one);
    CU_ASSERT_EQUAL(map_nearest(made.map, text_of("mile")).length, 0);
    CU_ASSERT_EQUAL(map_nearest(made.map, text_of("ab")).length, 0);
    CU_ASSERT_EQUAL(map_nearest(made.map, text_of("milest")).length, 0);
    CU_ASSERT_TRUE(text_is(map_nearest(made.map, text_of("milesto")), "milestone"));
    arena_close(made.arena);
}

static void suggests_the_first_by_bytes_of_equally_near_keys(void)
{
    struct fixture made = opened();
    put(made.map, "cat", &one);
    put(made.map, "bat", &one);
    put(made.map, "vat", &one);
    CU_ASSERT_TRUE(text_is(map_nearest(made.map, text_of("rat")), "bat"));
    arena_close(made.arena);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"finds nothing in an empty map", finds_nothing_in_an_empty_map},
        {"finds what was put and nothing else", finds_what_was_put_and_nothing_else},
        {"tells apart keys that differ in NUL bytes and ends",
         tells_apart_keys_that_differ_in_nul_bytes_and_ends},
        {"replaces a value and keeps its place", replaces_a_value_and_keeps_its_place},
        {"walks in the order of insertion", walks_in_the_order_of_insertion},
        {"holds ten thousand keys", holds_ten_thousand_keys},
        {"stays quick when each key begins the next", stays_quick_when_each_key_begins_the_next},
        {"reports MEMORY and stays whole when the arena is full",
         reports_memory_and_stays_whole_when_the_arena_is_full},
        {"suggests the nearest key", suggests_the_nearest_key},
        {"suggests nothing that is too far away", suggests_nothing_that_is_too_far_away},
        {"suggests the first by bytes of equally near keys",
         suggests_the_first_by_bytes_of_equally_near_keys},
        CU_TEST_INFO_NULL,
    };
    return suite_run("map", tests);
}

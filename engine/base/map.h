/*
 * A map from text to a pointer, in an arena; walks in the order of insertion, so that no order
 * of memory ever reaches an output. Safe against hostile keys: a look-up takes time linear in its
 * key at worst.
 */
#ifndef MAP_H
#define MAP_H

#include "text.h"

struct map;

/*
 * Make an empty map.
 *
 * out      receives the map, owned by the arena; NULL on failure
 * arena    where it lives
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status map_of(struct map **out, struct arena *arena);

/*
 * Put a value under a key, or replace the value that is there.
 *
 * map      the map
 * key      borrowed: must live as long as the map
 * value    anything but NULL
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status map_put(struct map *map, struct text key, void *value);

/*
 * Find the value of a key.
 *
 * map      the map
 * key      the key
 * returns  the value, or NULL
 */
void *map_find(const struct map *map, struct text key);

/* Count the keys of a map. */
size_t map_count(const struct map *map);

/*
 * Find an entry by its place in the order of insertion.
 *
 * map      the map
 * index    0 to count - 1
 * key      receives the key, if not NULL
 * returns  the value; NULL if out of range
 */
void *map_at(const struct map *map, size_t index, struct text *key);

/*
 * Find the key that is most like a word, for "did you mean".
 *
 * map      the map
 * word     what was written
 * returns  the nearest key within a third of the word's length in edits (2 at least), but not one
 *          that has nothing in common with it; of equally near ones the first by bytes; else empty
 */
struct text map_nearest(const struct map *map, struct text word);

#endif

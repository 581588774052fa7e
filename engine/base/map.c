/*
 * A map from text to a pointer: a crit-bit tree over the keys, and the entries in order of
 * insertion.
 *
 * Why no hash: the keys come from strangers (100,000 keys of a JSON file), so a hash would need a
 * secret seed, and there is no randomness below the command line. In a crit-bit tree a look-up
 * visits at most nine nodes a byte of the key, whatever the other keys are, so the time for a whole
 * file is linear in its bytes and cannot be attacked; for ordinary keys it is about log2(count).
 *
 * A key is seen as an endless row of nine-bit symbols: 256 + byte inside, 0 behind the end. So a
 * key that is the beginning of another one differs from it like any other, and NUL bytes are
 * harmless. An inner node names the symbol and the bit at which its two halves differ. Along a path
 * from the root these places only grow: that is the invariant of the tree.
 *
 * Children are numbers: an even one is twice the index of a node, an odd one twice the index of an
 * entry and one. Arrays in place of pointers halve the memory and survive arena_grow.
 */
#include "map.h"

#include <assert.h>

struct node {
    uint32_t symbol; /* which symbol of the key decides */
    uint32_t bit;    /* which bit of it, 8 down to 0 */
    uint32_t child[2];
};

struct entry {
    struct text key;
    void *value;
};

struct map {
    struct arena *arena;
    struct entry *entries;
    size_t count;
    size_t entries_capacity;
    struct node *nodes; /* count - 1 of them are in use */
    size_t nodes_capacity;
    uint32_t root;
};

static unsigned symbol_at(struct text key, size_t index)
{
    return index < key.length ? 256u + (unsigned char)key.at[index] : 0u;
}

static unsigned side_of(struct text key, const struct node *node)
{
    return symbol_at(key, node->symbol) >> node->bit & 1u;
}

static bool is_entry(uint32_t child)
{
    return (child & 1u) != 0;
}

/* The only entry that can have this key. The map must not be empty. */
static struct entry *candidate(const struct map *map, struct text key)
{
    uint32_t child = map->root;
    while (!is_entry(child)) {
        const struct node *node = &map->nodes[child / 2];
        child = node->child[side_of(key, node)];
    }
    assert(child / 2 < map->count);
    return &map->entries[child / 2];
}

/* Find where two different keys first differ. */
static struct node first_difference(struct text a, struct text b)
{
    struct node place = {.symbol = 0, .bit = 8, .child = {0, 0}};
    while (symbol_at(a, place.symbol) == symbol_at(b, place.symbol)) {
        place.symbol++;
    }
    unsigned differing = symbol_at(a, place.symbol) ^ symbol_at(b, place.symbol);
    while ((differing >> place.bit & 1u) == 0) {
        place.bit--;
    }
    return place;
}

static bool is_before(const struct node *a, const struct node *b)
{
    return a->symbol < b->symbol || (a->symbol == b->symbol && a->bit > b->bit);
}

/* Hang a new entry into the tree, beside the part that differs from its key at `place`. */
static void hang(struct map *map, struct text key, struct node place, uint32_t leaf)
{
    uint32_t *link = &map->root;
    while (!is_entry(*link) && is_before(&map->nodes[*link / 2], &place)) {
        struct node *node = &map->nodes[*link / 2];
        link = &node->child[side_of(key, node)];
    }
    unsigned side = side_of(key, &place);
    place.child[side] = leaf;
    place.child[1 - side] = *link;
    size_t index = map->count - 1;
    map->nodes[index] = place;
    *link = (uint32_t)(index * 2);
}

static amicus_status make_room(struct map *map)
{
    if (map->count >= UINT32_MAX / 2) {
        return AMICUS_MEMORY;
    }
    void *entries = map->entries;
    amicus_status status =
        arena_grow(map->arena, &entries, &map->entries_capacity, map->count, sizeof *map->entries);
    map->entries = entries;
    if (status != AMICUS_OK) {
        return status;
    }
    void *nodes = map->nodes;
    status = arena_grow(map->arena, &nodes, &map->nodes_capacity, map->count, sizeof *map->nodes);
    map->nodes = nodes;
    return status;
}

amicus_status map_of(struct map **out, struct arena *arena)
{
    assert(out != NULL);
    assert(arena != NULL);
    *out = arena_give(arena, sizeof **out);
    if (*out == NULL) {
        return AMICUS_MEMORY;
    }
    (*out)->arena = arena;
    return AMICUS_OK;
}

amicus_status map_put(struct map *map, struct text key, void *value)
{
    assert(map != NULL && value != NULL);
    assert(key.length < UINT32_MAX && (key.at != NULL || key.length == 0));
    struct node place = {0};
    if (map->count > 0) {
        struct entry *entry = candidate(map, key);
        if (text_equal(entry->key, key)) {
            entry->value = value;
            return AMICUS_OK;
        }
        place = first_difference(key, entry->key);
    }
    amicus_status status = make_room(map);
    if (status != AMICUS_OK) {
        return status;
    }
    uint32_t leaf = (uint32_t)(map->count * 2 + 1);
    map->entries[map->count] = (struct entry){.key = key, .value = value};
    if (map->count == 0) {
        map->root = leaf;
    } else {
        hang(map, key, place, leaf);
    }
    map->count++;
    return AMICUS_OK;
}

void *map_find(const struct map *map, struct text key)
{
    assert(map != NULL);
    assert(key.at != NULL || key.length == 0);
    if (map->count == 0) {
        return NULL;
    }
    const struct entry *entry = candidate(map, key);
    return text_equal(entry->key, key) ? entry->value : NULL;
}

size_t map_count(const struct map *map)
{
    assert(map != NULL);
    assert(map->count <= map->entries_capacity);
    return map->count;
}

void *map_at(const struct map *map, size_t index, struct text *key)
{
    assert(map != NULL);
    assert(map->count <= map->entries_capacity);
    if (index >= map->count) {
        return NULL;
    }
    if (key != NULL) {
        *key = map->entries[index].key;
    }
    return map->entries[index].value;
}

struct text map_nearest(const struct map *map, struct text word)
{
    assert(map != NULL);
    assert(word.at != NULL || word.length == 0);
    struct likeness likeness = likeness_to(word);
    for (size_t i = 0; i < map->count; i++) {
        likeness_try(&likeness, map->entries[i].key);
    }
    return likeness.best;
}

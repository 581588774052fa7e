/*
 * The bench of the compiler: growing tables, the pool of texts, nodes, and places for faults.
 *
 * Nodes are put bottom-up, so a node's operands always have lower numbers. Leaves (constants,
 * variables, facts, parameters without a date) are shared: the same fact of the same record is one
 * node, however often it is read. Tests and logic are not shared, so that each condition of each
 * rule keeps its own number and line for coverage and mutation.
 *
 * Everything here lies in a scratch arena; seal.c copies what lasts.
 */
#include "compiler.h"

#include "limit.h"

#include <assert.h>
#include <string.h>

void compiler_start(struct compiler *compiler, const struct compile_input *input)
{
    assert(compiler != NULL && compiler->arena != NULL);
    assert(input != NULL && input->vocabulary != NULL);
    compiler->input = input;
    compiler->vocabulary = input->vocabulary;
    for (unsigned i = 0; i < TABLE_POOL; i++) {
        compiler->tables[i].each_bytes = table_row_bytes((enum table)i);
        assert(compiler->tables[i].each_bytes <= sizeof compiler->spare);
    }
    compiler->depths.each_bytes = sizeof(uint16_t);
    builder_start(&compiler->pool, compiler->arena);
    builder_putc(&compiler->pool, '\0');
    if (map_of(&compiler->pool_places, compiler->arena) != AMICUS_OK) {
        compiler->status = AMICUS_MEMORY;
    }
}

static void *rows_add(struct compiler *compiler, struct rows *rows)
{
    bool is_small = rows->count < UINT32_MAX - 1;
    if (!is_small || arena_grow(compiler->arena, &rows->items, &rows->capacity, rows->count,
                                rows->each_bytes) != AMICUS_OK) {
        compiler->status = AMICUS_MEMORY;
        memset(&compiler->spare, 0, sizeof compiler->spare);
        return &compiler->spare;
    }
    void *row = (char *)rows->items + rows->count * rows->each_bytes;
    memset(row, 0, rows->each_bytes);
    rows->count += 1;
    return row;
}

void *compiler_add(struct compiler *compiler, enum table table)
{
    assert(compiler != NULL);
    assert(table < TABLE_COUNT);
    return rows_add(compiler, &compiler->tables[table]);
}

void *compiler_row(const struct compiler *compiler, enum table table, uint32_t row)
{
    assert(table < TABLE_COUNT);
    const struct rows *rows = &compiler->tables[table];
    assert(row < rows->count);
    return (char *)rows->items + row * rows->each_bytes;
}

uint32_t compiler_count(const struct compiler *compiler, enum table table)
{
    assert(compiler != NULL);
    assert(table < TABLE_COUNT);
    return (uint32_t)compiler->tables[table].count;
}

void *compiler_give(struct compiler *compiler, size_t count, size_t each_bytes)
{
    assert(compiler != NULL);
    assert(each_bytes > 0);
    void *memory = arena_give_array(compiler->arena, count, each_bytes);
    if (memory == NULL) {
        compiler->status = AMICUS_MEMORY;
    }
    return memory;
}

text_at compiler_text(struct compiler *compiler, struct text text)
{
    assert(compiler != NULL);
    if (text.length == 0 || compiler->status != AMICUS_OK) {
        return 0;
    }
    const size_t *known = map_find(compiler->pool_places, text);
    if (known != NULL) {
        return (text_at)*known;
    }
    size_t *place = compiler_give(compiler, 1, sizeof *place);
    if (place == NULL) {
        return 0;
    }
    *place = compiler->pool.length;
    assert(*place > 0 && *place < UINT32_MAX);
    builder_put(&compiler->pool, text);
    builder_putc(&compiler->pool, '\0');
    if (compiler->pool.failed || map_put(compiler->pool_places, text, place) != AMICUS_OK) {
        compiler->status = AMICUS_MEMORY;
        return 0;
    }
    return (text_at)*place;
}

struct text compiler_pool(const struct compiler *compiler, text_at at)
{
    assert(compiler != NULL);
    assert(compiler->status != AMICUS_OK || at < compiler->pool.length);
    return compiler->pool.failed ? text_of("") : text_of(compiler->pool.bytes + at);
}

static uint32_t numbers_put(struct compiler *compiler, enum table table, const uint32_t *items,
                            uint32_t count)
{
    uint32_t first = compiler_count(compiler, table);
    for (uint32_t i = 0; i < count; i++) {
        *(uint32_t *)compiler_add(compiler, table) = items[i];
    }
    return first;
}

uint32_t compiler_indices(struct compiler *compiler, const uint32_t *items, uint32_t count)
{
    assert(compiler != NULL);
    assert(items != NULL || count == 0);
    return numbers_put(compiler, TABLE_INDICES, items, count);
}

uint32_t compiler_args(struct compiler *compiler, const uint32_t *items, uint32_t count)
{
    assert(compiler != NULL);
    assert(items != NULL || count == 0);
    return numbers_put(compiler, TABLE_ARGS, items, count);
}

const struct node *compiler_node_at(const struct compiler *compiler, uint32_t node)
{
    return compiler_row(compiler, TABLE_NODES, node);
}

static bool is_leaf(const struct node *node)
{
    return node->op == NODE_CONST || node->op == NODE_VAR || node->op == NODE_FACT ||
           (node->op == NODE_PARAM && node->b == NODE_NONE);
}

static bool is_same(const struct node *a, const struct node *b)
{
    return a->op == b->op && a->type == b->type && a->unit == b->unit && a->a == b->a &&
           a->b == b->b && a->c == b->c && a->k == b->k && a->ref_kind == b->ref_kind;
}

static uint64_t hash_of(const struct node *node)
{
    const uint64_t parts[] = {node->op, node->type, node->unit,        node->a,
                              node->b,  node->c,    (uint64_t)node->k, node->ref_kind};
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        hash = (hash ^ parts[i]) * 0x100000001b3u;
        hash ^= hash >> 29;
    }
    return hash;
}

static void leaves_insert(struct compiler *compiler, uint32_t node)
{
    size_t mask = compiler->leaves_capacity - 1;
    size_t at = (size_t)hash_of(compiler_node_at(compiler, node)) & mask;
    while (compiler->leaves[at] != 0) {
        at = (at + 1) & mask;
    }
    compiler->leaves[at] = node + 1;
}

/* Keep the table at most half full. */
static void leaves_grow(struct compiler *compiler)
{
    if (2 * compiler->leaves_count < compiler->leaves_capacity) {
        return;
    }
    size_t capacity = compiler->leaves_capacity == 0 ? 1024 : 2 * compiler->leaves_capacity;
    uint32_t *old = compiler->leaves;
    size_t old_capacity = compiler->leaves_capacity;
    uint32_t *moved = compiler_give(compiler, capacity, sizeof *moved);
    if (moved == NULL) {
        return;
    }
    compiler->leaves = moved;
    compiler->leaves_capacity = capacity;
    for (size_t i = 0; i < old_capacity; i++) {
        if (old[i] != 0) {
            leaves_insert(compiler, old[i] - 1);
        }
    }
}

static uint32_t leaf_find(const struct compiler *compiler, const struct node *node)
{
    if (compiler->leaves_capacity == 0) {
        return NODE_NONE;
    }
    size_t mask = compiler->leaves_capacity - 1;
    size_t at = (size_t)hash_of(node) & mask;
    for (; compiler->leaves[at] != 0; at = (at + 1) & mask) {
        uint32_t known = compiler->leaves[at] - 1;
        if (is_same(compiler_node_at(compiler, known), node)) {
            return known;
        }
    }
    return NODE_NONE;
}

static uint16_t depth_below(const struct compiler *compiler, const struct node *node)
{
    unsigned depth = 0;
    const uint32_t *args = compiler->tables[TABLE_ARGS].items;
    for (uint32_t i = 0; i < node_child_count(node); i++) {
        uint32_t child = node_child(node, args, i);
        unsigned below = child == NODE_NONE ? 0 : compiler_depth(compiler, child);
        depth = below > depth ? below : depth;
    }
    return (uint16_t)(depth < UINT16_MAX ? depth + 1 : depth);
}

uint32_t compiler_node(struct compiler *compiler, const struct node *node)
{
    assert(compiler != NULL);
    assert(node != NULL && node->op > 0 && node->op < NODE_OP_COUNT);
    if (compiler->status != AMICUS_OK) {
        return NODE_NONE;
    }
    uint32_t known = is_leaf(node) ? leaf_find(compiler, node) : NODE_NONE;
    if (known != NODE_NONE) {
        return known;
    }
    uint16_t depth = depth_below(compiler, node);
    uint32_t number = compiler_count(compiler, TABLE_NODES);
    *(struct node *)compiler_add(compiler, TABLE_NODES) = *node;
    *(uint16_t *)rows_add(compiler, &compiler->depths) = depth;
    if (compiler->status != AMICUS_OK) {
        return NODE_NONE;
    }
    if (is_leaf(node)) {
        leaves_grow(compiler);
        if (compiler->status != AMICUS_OK) {
            return NODE_NONE;
        }
        leaves_insert(compiler, number);
        compiler->leaves_count += 1;
    }
    return number;
}

unsigned compiler_depth(const struct compiler *compiler, uint32_t node)
{
    assert(compiler != NULL);
    assert(node < compiler->depths.count);
    return ((const uint16_t *)compiler->depths.items)[node];
}

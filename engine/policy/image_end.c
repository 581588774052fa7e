/*
 * Does evaluation end?
 *
 * The evaluator recurses from a node to its operands, and from a derived fact to its definition.
 * The compiler bounds the first and refuses cycles of the second (order.c); a stored image may have
 * been made by somebody else, so both are looked at again. Labels need no look: an issue that is
 * asked for is looked up, and never decided on the way.
 *
 * Derived facts are walked depth first with a stack of our own. What a definition reads is gathered
 * once for each, by a mark on every node that says who saw it last.
 *
 * Cost: linear in the nodes below the definitions, one number a node beside.
 */
#include "image_end.h"

#include "limit.h"

#include <assert.h>

/* A condition may be wrapped in what narrows a list and what a declaration adds. */
#define DEPTH_EXTRA 16

enum colour { WHITE = 0, GREY = 1, BLACK = 2 };

struct walk {
    const struct image *image;
    struct arena *arena;
    amicus_status status;
    uint32_t *seen;  /* by node: the definition that saw it last, + 1 */
    uint32_t *nodes; /* still to look at */
    void *edges;     /* rows of derived that a definition reads */
    size_t edge_count, edge_capacity;
    uint32_t *first; /* by row of derived, and one behind: into edges */
    uint32_t *path;  /* rows that are open */
    uint32_t *next;  /* by depth: the edge to take next */
    uint8_t *colours;
};

/* Whether no node has more levels below it than it may. */
static bool is_flat(struct walk *walk)
{
    const struct image *image = walk->image;
    const uint32_t most = (uint32_t)limit_of(LIMIT_CONDITION_DEPTH) + DEPTH_EXTRA;
    uint8_t *depths = arena_give_array(walk->arena, image->node_count, sizeof *depths);
    if (depths == NULL) {
        walk->status = AMICUS_MEMORY;
        return false;
    }
    for (uint32_t i = 0; i < image->node_count; i++) {
        const struct node *node = &image->nodes[i];
        uint32_t depth = 0;
        const uint32_t count = node_child_count(node);
        for (uint32_t j = 0; j < count; j++) {
            uint32_t child = node_child(node, image->args, j);
            if (child != NODE_NONE && depths[child] >= depth) {
                depth = depths[child] + 1u;
            }
        }
        if (depth > most) {
            return false;
        }
        depths[i] = (uint8_t)depth;
    }
    return true;
}

static void add_edge(struct walk *walk, uint32_t to)
{
    if (arena_grow(walk->arena, &walk->edges, &walk->edge_capacity, walk->edge_count,
                   sizeof(uint32_t)) != AMICUS_OK) {
        walk->status = AMICUS_MEMORY;
        return;
    }
    ((uint32_t *)walk->edges)[walk->edge_count++] = to;
}

static uint32_t push(struct walk *walk, uint32_t depth, uint32_t node, uint32_t mark)
{
    if (node == NODE_NONE || walk->seen[node] == mark) {
        return depth;
    }
    walk->seen[node] = mark;
    walk->nodes[depth] = node;
    return depth + 1;
}

/* Gather the derived facts that a definition reads. */
static void gather(struct walk *walk, uint32_t row)
{
    const struct image *image = walk->image;
    uint32_t depth = push(walk, 0, image->derived[row].node, row + 1);
    while (depth > 0) {
        const struct node *node = &image->nodes[walk->nodes[--depth]];
        if (node->op == NODE_FACT && image->derived_of[node->b] != INDEX_NONE) {
            add_edge(walk, image->derived_of[node->b]);
        }
        const uint32_t count = node_child_count(node);
        for (uint32_t i = 0; i < count; i++) {
            depth = push(walk, depth, node_child(node, image->args, i), row + 1);
        }
    }
}

/* Walk from a row; false if the walk meets its own path. */
static bool has_no_cycle(struct walk *walk, uint32_t start)
{
    const uint32_t *edges = walk->edges;
    uint32_t length = 1;
    walk->path[0] = start;
    walk->next[0] = walk->first[start];
    walk->colours[start] = GREY;
    while (length > 0) {
        uint32_t row = walk->path[length - 1];
        if (walk->next[length - 1] == walk->first[row + 1]) {
            walk->colours[row] = BLACK;
            length--;
            continue;
        }
        assert(edges != NULL);
        uint32_t to = edges[walk->next[length - 1]++];
        if (walk->colours[to] == GREY) {
            return false;
        }
        if (walk->colours[to] == WHITE) {
            walk->colours[to] = GREY;
            walk->path[length] = to;
            walk->next[length++] = walk->first[to];
        }
    }
    return true;
}

static bool start(struct walk *walk)
{
    size_t nodes = walk->image->node_count;
    size_t rows = (size_t)walk->image->derived_count + 1;
    walk->seen = arena_give_array(walk->arena, nodes, sizeof *walk->seen);
    walk->nodes = arena_give_array(walk->arena, nodes, sizeof *walk->nodes);
    walk->first = arena_give_array(walk->arena, rows, sizeof *walk->first);
    walk->path = arena_give_array(walk->arena, rows, sizeof *walk->path);
    walk->next = arena_give_array(walk->arena, rows, sizeof *walk->next);
    walk->colours = arena_give_array(walk->arena, rows, sizeof *walk->colours);
    bool is_started = walk->seen != NULL && walk->nodes != NULL && walk->first != NULL &&
                      walk->path != NULL && walk->next != NULL && walk->colours != NULL;
    walk->status = is_started ? AMICUS_OK : AMICUS_MEMORY;
    return is_started;
}

static bool has_no_cycles(struct walk *walk)
{
    uint32_t rows = walk->image->derived_count;
    for (uint32_t row = 0; row < rows && walk->status == AMICUS_OK; row++) {
        walk->first[row] = (uint32_t)walk->edge_count;
        gather(walk, row);
    }
    walk->first[rows] = (uint32_t)walk->edge_count;
    for (uint32_t row = 0; row < rows && walk->status == AMICUS_OK; row++) {
        if (walk->colours[row] == WHITE && !has_no_cycle(walk, row)) {
            return false;
        }
    }
    return true;
}

/* Every issue stands in the order once. */
static bool is_order(struct walk *walk)
{
    const struct image *image = walk->image;
    uint8_t *found = arena_give_array(walk->arena, image->issue_count, sizeof *found);
    if (found == NULL) {
        walk->status = AMICUS_MEMORY;
        return false;
    }
    for (uint32_t i = 0; i < image->issue_count; i++) {
        uint32_t issue = image->issue_order[i];
        if (issue >= image->issue_count || found[issue]++ > 0) {
            return false;
        }
    }
    return true;
}

amicus_status image_ends(bool *out, const struct image *image, struct arena *arena)
{
    assert(out != NULL && image != NULL);
    assert(arena != NULL);
    struct walk walk = {.image = image, .arena = arena};
    *out = start(&walk) && is_order(&walk) && is_flat(&walk) && has_no_cycles(&walk);
    return walk.status;
}

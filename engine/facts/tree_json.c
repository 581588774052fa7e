/*
 * Trees as canonical JSON, the form of which digests are taken.
 *
 * A tree knows how each scalar was written, so what was a number or a truth value is one again. The
 * recursion is bounded by the depth of trees.
 */
#include "yaml_tree.h"

#include <assert.h>
#include <stdlib.h>

/* From here on arrays of pointers are sorted. NOLINTBEGIN(bugprone-sizeof-expression) */
static int by_key(const void *left, const void *right)
{
    const struct tree *a = *(const struct tree *const *)left;
    const struct tree *b = *(const struct tree *const *)right;
    return text_order(a->key, b->key);
}

/* The children of a map in the order of their keys. NULL if memory failed. */
static const struct tree **sorted_children(struct builder *builder, const struct tree *map)
{
    const struct tree **children = arena_give_array(builder->arena, map->count, sizeof *children);
    uint32_t count = 0;
    for (const struct tree *child = map->first; children != NULL && child != NULL;
         child = child->next) {
        children[count++] = child;
    }
    if (count > 1) {
        qsort(children, count, sizeof *children, by_key);
    }
    return children;
}
/* NOLINTEND(bugprone-sizeof-expression) */

static void put_scalar(struct builder *builder, const struct tree *node)
{
    const bool is_bare = node->form == TREE_JSON_NUMBER || node->form == TREE_JSON_BOOL ||
                         node->form == TREE_JSON_NULL;
    if (is_bare) {
        builder_put(builder, node->text);
    } else {
        builder_put_json(builder, node->text);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void put(struct builder *builder, const struct tree *node, const char *left_out,
                unsigned depth)
{
    assert(depth <= TREE_DEPTH_MAX);
    if (node->kind == TREE_SCALAR) {
        put_scalar(builder, node);
        return;
    }
    const bool is_map = node->kind == TREE_MAP;
    const struct tree **children = is_map ? sorted_children(builder, node) : NULL;
    if (is_map && children == NULL) {
        builder->failed = true;
        return;
    }
    const struct tree *child = node->first;
    const char *comma = "";
    builder_putc(builder, is_map ? '{' : '[');
    for (uint32_t i = 0; i < node->count && !builder->failed; i++) {
        const struct tree *at = children != NULL ? children[i] : child;
        child = child->next;
        if (is_map && left_out != NULL && text_is(at->key, left_out)) {
            continue;
        }
        builder_puts(builder, comma);
        comma = ",";
        if (is_map) {
            builder_put_json(builder, at->key);
            builder_putc(builder, ':');
        }
        put(builder, at, NULL, depth + 1);
    }
    builder_putc(builder, is_map ? '}' : ']');
}

void tree_write_json(struct builder *builder, const struct tree *node, const char *left_out)
{
    assert(builder != NULL && node != NULL);
    assert(node->kind != TREE_FAULT);
    put(builder, node, left_out, 0);
}

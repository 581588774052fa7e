/*
 * The outline in which an explanation is built.
 *
 * Branches are linked by first child and next sibling, so adding one is constant time and a walk
 * keeps the order in which things were said. Out of memory is sticky: later branches all land in
 * `spare`, which nobody prints, because outline_end then says MEMORY.
 */
#include "outline.h"

#include <assert.h>

void outline_start(struct outline *outline, struct arena *arena, const char *kind)
{
    assert(outline != NULL && arena != NULL);
    assert(kind != NULL);
    *outline = (struct outline){.arena = arena, .root = {.kind = kind}, .spare = {.kind = kind}};
}

struct branch *outline_add(struct outline *outline, struct branch *parent, const char *kind)
{
    assert(outline != NULL && parent != NULL);
    assert(kind != NULL);
    struct branch *branch = arena_give(outline->arena, sizeof *branch);
    if (branch == NULL) {
        outline->failed = true;
        return &outline->spare;
    }
    branch->kind = kind;
    if (parent->last == NULL) {
        parent->first = branch;
    } else {
        parent->last->next = branch;
    }
    parent->last = branch;
    return branch;
}

struct text outline_text(struct outline *outline, struct builder *builder)
{
    assert(outline != NULL);
    assert(builder != NULL && builder->arena == outline->arena);
    struct text text;
    if (builder_end(&text, builder) != AMICUS_OK) {
        outline->failed = true;
        return (struct text){NULL, 0};
    }
    return text;
}

struct text outline_putf(struct outline *outline, const char *format, ...)
{
    assert(outline != NULL);
    assert(format != NULL);
    struct builder builder;
    builder_start(&builder, outline->arena);
    va_list arguments;
    va_start(arguments, format);
    builder_putv(&builder, format, arguments);
    va_end(arguments);
    return outline_text(outline, &builder);
}

struct text outline_visible(struct outline *outline, struct text text)
{
    assert(outline != NULL);
    struct text visible = layout_visible(outline->arena, text);
    if (text.length > 0 && visible.at == NULL) {
        outline->failed = true;
    }
    return visible;
}

/* As deep as the outline, which is built by hand. NOLINTNEXTLINE(misc-no-recursion) */
static void cut_below(struct branch *branch, unsigned depth)
{
    if (depth == 0) {
        branch->first = NULL;
        branch->last = NULL;
        return;
    }
    for (struct branch *child = branch->first; child != NULL; child = child->next) {
        cut_below(child, depth - 1);
    }
}

void outline_cut(struct outline *outline, unsigned depth)
{
    assert(outline != NULL);
    assert(outline->root.kind != NULL);
    cut_below(&outline->root, depth);
}

void outline_trim(struct outline *outline, struct branch *parent, uint32_t most)
{
    assert(outline != NULL);
    assert(parent != NULL && most > 0);
    struct branch *last = NULL;
    uint32_t count = 0;
    for (struct branch *child = parent->first; child != NULL; child = child->next) {
        count++;
        last = count == most ? child : last;
    }
    if (count <= most + 1) {
        return;
    }
    last->next = NULL;
    parent->last = last;
    struct branch *more = outline_add(outline, parent, "more");
    more->name = outline_putf(outline, "and %u more; --tree shows all", (unsigned)(count - most));
}

amicus_status outline_end(const struct outline *outline)
{
    assert(outline != NULL);
    assert(outline->root.kind != NULL);
    return outline->failed ? AMICUS_MEMORY : AMICUS_OK;
}

/*
 * Outlines become text.
 *
 * For people a branch is "name  state  says  clause  place". Names and states of the children of
 * one branch stand in columns, as wide as the widest of them, so that the eye can run down a list
 * of findings; a column is capped, because one long fact path must not push every value off the
 * page. What does not fit beside the columns is wrapped under them.
 *
 * Recursion goes as deep as the outline: issue, finding, read, source reads of a derived fact,
 * evidence. Whoever builds an outline adds levels by hand, so their number is small; the asserts
 * keep it so, which is why the functions below may recurse.
 */
#include "render_outline.h"

#include <assert.h>

#define DEPTH_MAX 64u

/* Columns of a name or state beyond which a sibling does not widen the column for all. */
static const unsigned NAME_MAX = 34;
static const unsigned STATE_MAX = 14;

/* The columns that the children of one branch share. */
struct columns {
    unsigned left, state, says;
};

static unsigned widest(const struct branch *first, bool is_name, unsigned cap)
{
    unsigned width = 0;
    for (const struct branch *child = first; child != NULL; child = child->next) {
        unsigned own = layout_columns(is_name ? child->name : child->state);
        if (own <= cap && own > width) {
            width = own;
        }
    }
    return width;
}

static struct columns columns_of(const struct branch *first, unsigned left, unsigned page)
{
    unsigned name = widest(first, true, NAME_MAX);
    unsigned state = widest(first, false, STATE_MAX);
    struct columns columns = {left, left, left};
    columns.state = name == 0 ? left : left + name + 2;
    columns.says = state == 0 ? columns.state : columns.state + state + 2;
    if (columns.says + 24 > page) {
        columns.says = left + 4;
    }
    return columns;
}

static void put_references(struct pen *pen, const struct branch *branch, unsigned left)
{
    const struct text parts[] = {branch->clause, branch->place};
    for (size_t i = 0; i < 2; i++) {
        if (parts[i].length == 0) {
            continue;
        }
        if (pen->column + 2 + layout_columns(parts[i]) > pen->look.width) {
            pen_end(pen);
            pen_to(pen, left, 0);
        } else {
            pen_to(pen, 0, 2);
        }
        pen_put(pen, INK_FAINT, parts[i]);
    }
}

static void write_branch(struct pen *pen, const struct branch *branch, struct columns columns)
{
    pen_to(pen, columns.left, 0);
    pen_put(pen, INK_PLAIN, branch->name);
    if (branch->state.length > 0) {
        pen_to(pen, columns.state, pen->column > columns.left ? 2 : 0);
        pen_put(pen, branch->ink, branch->state);
    }
    if (branch->says.length > 0) {
        const bool is_beside = pen->column + 2 + layout_columns(branch->says) <= pen->look.width;
        if (!is_beside && (pen->column + 2 + 12 > pen->look.width ||
                           (pen->column > columns.says && columns.says == columns.left + 4))) {
            pen_end(pen);
        }
        pen_to(pen, columns.says, pen->column > columns.left ? 2 : 0);
        pen_wrap(pen, INK_PLAIN, branch->says, columns.says, pen->look.width);
    }
    put_references(pen, branch, columns.says);
    pen_end(pen);
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void write_children(struct pen *pen, const struct branch *parent, unsigned depth)
{
    assert(depth < DEPTH_MAX);
    unsigned left = 2 * depth;
    if (left > pen->look.width / 2) {
        left = pen->look.width / 2;
    }
    struct columns columns = columns_of(parent->first, left, pen->look.width);
    for (const struct branch *child = parent->first; child != NULL; child = child->next) {
        write_branch(pen, child, columns);
        write_children(pen, child, depth + 1);
        if (depth == 1 && child->first != NULL && child->next != NULL) {
            pen_end(pen);
        }
    }
}

void outline_write_text(struct builder *builder, const struct outline *outline, struct look look)
{
    assert(builder != NULL && outline != NULL);
    assert(!outline->failed);
    struct pen pen = pen_of(builder, look);
    const struct branch *root = &outline->root;
    pen_to(&pen, 2, 0);
    pen_put(&pen, INK_STRONG, root->name);
    if (root->state.length > 0) {
        pen_to(&pen, 0, 2);
        pen_put(&pen, INK_HEAD, root->state);
    }
    if (root->says.length > 0) {
        pen_to(&pen, 0, 2);
        pen_wrap(&pen, INK_PLAIN, root->says, 4, look.width);
    }
    put_references(&pen, root, 4);
    pen_end(&pen);
    if (root->first != NULL) {
        pen_end(&pen);
    }
    write_children(&pen, root, 1);
}

/* The names above a branch, innermost first. */
struct trail {
    const struct branch *branch;
    const struct trail *above;
};

/* NOLINTNEXTLINE(misc-no-recursion) */
static void put_trail(struct builder *builder, const struct trail *trail)
{
    if (trail->above != NULL) {
        put_trail(builder, trail->above);
    }
    if (trail->branch->name.length > 0) {
        builder_puts(builder, trail->above == NULL ? "" : "/");
        builder_put(builder, trail->branch->name);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void plain_branch(struct builder *builder, const struct branch *branch,
                         const struct trail *above, unsigned depth)
{
    assert(depth < DEPTH_MAX);
    struct trail trail = {branch, above};
    builder_puts(builder, branch->kind);
    builder_putc(builder, ' ');
    put_trail(builder, &trail);
    const struct text parts[] = {branch->state, branch->says, branch->clause, branch->place};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].length > 0) {
            builder_putc(builder, ' ');
            builder_put(builder, parts[i]);
        }
    }
    builder_putc(builder, '\n');
    for (const struct branch *child = branch->first; child != NULL; child = child->next) {
        plain_branch(builder, child, &trail, depth + 1);
    }
}

void outline_write_plain(struct builder *builder, const struct outline *outline)
{
    assert(builder != NULL && outline != NULL);
    assert(!outline->failed);
    plain_branch(builder, &outline->root, NULL, 0);
}

/* Where a JSON writer stands. */
struct json {
    struct builder *builder;
    bool is_indented;
    bool is_first; /* nothing written in the current object yet */
};

static void json_line(struct json *json, unsigned depth)
{
    if (json->is_indented) {
        builder_putc(json->builder, '\n');
        for (unsigned i = 0; i < depth; i++) {
            builder_puts(json->builder, "  ");
        }
    }
}

static void json_key(struct json *json, const char *key, unsigned depth)
{
    if (!json->is_first) {
        builder_putc(json->builder, ',');
    }
    json->is_first = false;
    json_line(json, depth);
    builder_putf(json->builder, "\"%s\":%s", key, json->is_indented ? " " : "");
}

static void json_field(struct json *json, const char *key, struct text text, unsigned depth)
{
    if (text.length > 0) {
        json_key(json, key, depth);
        builder_put_json(json->builder, text);
    }
}

/* Keys are in the order of their bytes, as in every canonical form. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void json_branch(struct json *json, const struct branch *branch, const char *schema,
                        unsigned depth)
{
    assert(depth < DEPTH_MAX);
    builder_putc(json->builder, '{');
    json->is_first = true;
    json_field(json, "clause", branch->clause, depth + 1);
    json_field(json, "kind", text_of(branch->kind), depth + 1);
    json_field(json, "name", branch->name, depth + 1);
    if (branch->first != NULL) {
        json_key(json, "parts", depth + 1);
        builder_putc(json->builder, '[');
        for (const struct branch *child = branch->first; child != NULL; child = child->next) {
            json_line(json, depth + 2);
            json_branch(json, child, NULL, depth + 2);
            builder_puts(json->builder, child->next != NULL ? "," : "");
        }
        json_line(json, depth + 1);
        builder_putc(json->builder, ']');
        json->is_first = false;
    }
    json_field(json, "place", branch->place, depth + 1);
    json_field(json, "says", branch->says, depth + 1);
    json_field(json, "schema", text_of(schema), depth + 1);
    json_field(json, "state", branch->state, depth + 1);
    json_line(json, depth);
    builder_putc(json->builder, '}');
}

void outline_write_json(struct builder *builder, const struct outline *outline, const char *schema,
                        bool is_indented)
{
    assert(builder != NULL && outline != NULL);
    assert(schema != NULL && !outline->failed);
    struct json json = {builder, is_indented, true};
    json_branch(&json, &outline->root, schema, 0);
}

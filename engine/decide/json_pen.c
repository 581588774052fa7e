/*
 * The pen knows where it is in a JSON text and puts the commas, lines and colons. Indented by two
 * spaces for people, or without any white space as canonical form. Each call adds to one builder,
 * whose first failure is remembered there.
 */
#include "json_pen.h"

#include <assert.h>

static void new_line(struct json_pen *pen)
{
    if (pen->is_indented) {
        builder_putc(pen->builder, '\n');
        for (unsigned i = 0; i < pen->depth; i++) {
            builder_puts(pen->builder, "  ");
        }
    }
}

void pen_open(struct json_pen *pen, char bracket)
{
    assert(pen != NULL);
    assert(bracket == '{' || bracket == '[');
    builder_putc(pen->builder, bracket);
    pen->depth++;
    pen->is_first = true;
}

void pen_close(struct json_pen *pen, char bracket)
{
    assert(pen != NULL && pen->depth > 0);
    assert(bracket == '}' || bracket == ']');
    pen->depth--;
    if (!pen->is_first) {
        new_line(pen);
    }
    builder_putc(pen->builder, bracket);
    pen->is_first = false;
}

void pen_item(struct json_pen *pen)
{
    assert(pen != NULL);
    assert(pen->depth > 0);
    if (!pen->is_first) {
        builder_putc(pen->builder, ',');
    }
    pen->is_first = false;
    new_line(pen);
}

void pen_key(struct json_pen *pen, const char *key)
{
    assert(pen != NULL && key != NULL);
    assert(pen->depth > 0);
    pen_item(pen);
    builder_putc(pen->builder, '"');
    builder_puts(pen->builder, key);
    builder_puts(pen->builder, pen->is_indented ? "\": " : "\":");
}

void pen_text(struct json_pen *pen, const char *key, struct text text)
{
    assert(pen != NULL && key != NULL);
    assert(text.at != NULL || text.length == 0);
    pen_key(pen, key);
    builder_put_json(pen->builder, text);
}

void pen_text_or_null(struct json_pen *pen, const char *key, struct text text)
{
    assert(pen != NULL && key != NULL);
    assert(text.at != NULL || text.length == 0);
    pen_key(pen, key);
    if (text.length == 0) {
        builder_puts(pen->builder, "null");
    } else {
        builder_put_json(pen->builder, text);
    }
}

void pen_bool(struct json_pen *pen, const char *key, bool is_true)
{
    assert(pen != NULL && key != NULL);
    assert(pen->depth > 0);
    pen_key(pen, key);
    builder_puts(pen->builder, is_true ? "true" : "false");
}

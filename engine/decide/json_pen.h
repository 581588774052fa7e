/*
 * A pen for JSON: commas and indentation, nothing else. Keys are written in the order in which they
 * are given, so the writer gives them sorted.
 */
#ifndef JSON_PEN_H
#define JSON_PEN_H

#include "text.h"

struct json_pen {
    struct builder *builder;
    bool is_indented;
    bool is_first; /* nothing was written yet at this depth */
    unsigned depth;
};

/* Begin and end an object ('{') or an array ('['). */
void pen_open(struct json_pen *pen, char bracket);
void pen_close(struct json_pen *pen, char bracket);

/* Begin a member: comma, line, key, colon. Its value must follow. */
void pen_key(struct json_pen *pen, const char *key);

/* Begin an element of an array: comma and line. Its value must follow. */
void pen_item(struct json_pen *pen);

/* A member whose value is a string, a string or null if empty, a truth value, a number. */
void pen_text(struct json_pen *pen, const char *key, struct text text);
void pen_text_or_null(struct json_pen *pen, const char *key, struct text text);
void pen_bool(struct json_pen *pen, const char *key, bool is_true);

#endif

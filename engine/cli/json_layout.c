/*
 * JSON for people.
 *
 * Writers write the canonical form, on one line, and this lays it out. It needs no parser: outside
 * of strings only six characters are structure, and inside of strings nothing is.
 */
#include "json_layout.h"

#include <assert.h>

/* Go to a new line, some levels deep. */
static void start_line(struct builder *builder, unsigned depth)
{
    builder_putc(builder, '\n');
    for (unsigned i = 0; i < depth; i++) {
        builder_puts(builder, "  ");
    }
}

/* The end of the string that starts at a byte. */
static size_t string_end(struct text json, size_t at)
{
    size_t end = at + 1;
    while (end < json.length && json.at[end] != '"') {
        end += json.at[end] == '\\' ? 2 : 1;
    }
    return end < json.length ? end + 1 : json.length;
}

static bool is_empty(struct text json, size_t at)
{
    return at + 1 < json.length && (json.at[at + 1] == '}' || json.at[at + 1] == ']');
}

void json_write_indented(struct builder *builder, struct text json)
{
    assert(builder != NULL);
    assert(json.at != NULL || json.length == 0);
    unsigned depth = 0;
    size_t at = 0;
    while (at < json.length) {
        char byte = json.at[at];
        if (byte == '"') {
            size_t end = string_end(json, at);
            builder_put(builder, (struct text){json.at + at, end - at});
            at = end;
            continue;
        }
        if ((byte == '{' || byte == '[') && is_empty(json, at)) {
            builder_put(builder, (struct text){json.at + at, 2});
            at += 2;
            continue;
        }
        if (byte == '}' || byte == ']') {
            depth -= depth > 0;
            start_line(builder, depth);
        }
        builder_putc(builder, byte);
        if (byte == '{' || byte == '[') {
            start_line(builder, ++depth);
        } else if (byte == ',') {
            start_line(builder, depth);
        } else if (byte == ':') {
            builder_putc(builder, ' ');
        }
        at++;
    }
}

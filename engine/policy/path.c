/*
 * Paths are cleaned by letters, so that the same folder named in two ways is one folder to the
 * manifest, and so that no message shows "rules/upwork/../common". Symbolic links are followed by
 * the system when a file is opened; the cleaning does not see them.
 */
#include "path.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Cut the next part of a path off, without its slashes. */
static struct text next_part(struct text *rest)
{
    while (rest->length > 0 && rest->at[0] == '/') {
        rest->at += 1;
        rest->length -= 1;
    }
    struct text part = {rest->at, 0};
    while (part.length < rest->length && rest->at[part.length] != '/') {
        part.length += 1;
    }
    rest->at += part.length;
    rest->length -= part.length;
    return part;
}

/* Take the last part of a path in the making off again. false if there is none to take. */
static bool drop_last(struct builder *builder, size_t root)
{
    size_t start = builder->length;
    while (start > root && builder->bytes[start - 1] != '/') {
        start -= 1;
    }
    struct text last = {builder->bytes == NULL ? "" : builder->bytes + start,
                        builder->length - start};
    if (last.length == 0 || text_is(last, "..")) {
        return false;
    }
    builder->length = start > root ? start - 1 : root;
    return true;
}

static void add_parts(struct builder *builder, struct text path, size_t root)
{
    for (struct text part = next_part(&path); part.length > 0; part = next_part(&path)) {
        bool is_up = text_is(part, "..");
        if (text_is(part, ".") || (is_up && !builder->failed && drop_last(builder, root))) {
            continue;
        }
        if (is_up && root > 0) {
            continue; /* above the root of the file system there is nothing */
        }
        if (builder->length > root) {
            builder_putc(builder, '/');
        }
        builder_put(builder, part);
    }
}

amicus_status path_join(struct text *out, struct arena *arena, struct text folder,
                        struct text relative)
{
    assert(out != NULL && arena != NULL);
    assert(relative.length == 0 || relative.at[0] != '/');
    struct builder builder;
    builder_start(&builder, arena);
    size_t root = 0;
    if (folder.length > 0 && folder.at[0] == '/') {
        builder_putc(&builder, '/');
        root = 1;
    }
    add_parts(&builder, folder, root);
    add_parts(&builder, relative, root);
    if (builder.length == 0) {
        builder_putc(&builder, '.');
    }
    return builder_end(out, &builder);
}

static bool is_tame_byte(char byte)
{
    bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    bool is_digit = byte >= '0' && byte <= '9';
    return is_letter || is_digit || byte == '_' || byte == '-' || byte == '.' || byte == '/';
}

bool path_is_tame(struct text path, bool may_leave)
{
    assert(path.length == 0 || path.at != NULL);
    if (path.length == 0 || path.length > 200 || path.at[0] == '/') {
        return false;
    }
    for (size_t i = 0; i < path.length; i++) {
        if (!is_tame_byte(path.at[i])) {
            return false;
        }
    }
    struct text rest = path;
    for (struct text part = next_part(&rest); part.length > 0; part = next_part(&rest)) {
        if (text_is(part, "..") && !may_leave) {
            return false;
        }
    }
    assert(rest.length == 0);
    return true;
}

static amicus_status read_stream(struct text *out, struct arena *arena, FILE *file,
                                 size_t limit_bytes)
{
    char chunk[16384];
    struct builder builder;
    builder_start(&builder, arena);
    for (;;) {
        size_t got = fread(chunk, 1, sizeof chunk, file);
        if (got > limit_bytes - builder.length) {
            return AMICUS_LIMIT;
        }
        builder_put(&builder, (struct text){chunk, got});
        if (builder.failed) {
            return AMICUS_MEMORY;
        }
        if (got < sizeof chunk) {
            break;
        }
    }
    return ferror(file) != 0 ? AMICUS_IO : builder_end(out, &builder);
}

amicus_status path_read(struct text *out, struct arena *arena, const char *path, size_t limit_bytes)
{
    assert(out != NULL && arena != NULL);
    assert(path != NULL);
    *out = text_of("");
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return AMICUS_IO;
    }
    amicus_status status = read_stream(out, arena, file, limit_bytes);
    bool is_closed = fclose(file) == 0;
    return status == AMICUS_OK && !is_closed ? AMICUS_IO : status;
}

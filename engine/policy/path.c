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

/* Most files are read whole at once, and take no more of the arena than they have bytes. */
#define CHUNK_BYTES ((size_t)16384)

/* How much room a file needs that is longer than a chunk: a byte more than it says that it has, so
 * that its end is seen at the first reading. What is no plain file may say anything. */
static size_t room_for(FILE *file, size_t limit_bytes)
{
    long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    bool is_back = fseek(file, (long)CHUNK_BYTES, SEEK_SET) == 0;
    bool is_known = is_back && end > (long)CHUNK_BYTES && (size_t)end <= limit_bytes;
    return is_known ? (size_t)end + 1 : 2 * CHUNK_BYTES;
}

/* Read on behind the first chunk. */
static amicus_status read_long(struct text *out, struct arena *arena, FILE *file, const char *chunk,
                               size_t limit_bytes)
{
    size_t room = room_for(file, limit_bytes);
    size_t length = CHUNK_BYTES;
    char *bytes = arena_give(arena, room);
    const char *before = chunk;
    for (;;) {
        if (bytes == NULL) {
            return AMICUS_MEMORY;
        }
        memcpy(bytes, before, length);
        length += fread(bytes + length, 1, room - length, file);
        if (length > limit_bytes) {
            return AMICUS_LIMIT;
        }
        if (length < room) {
            *out = (struct text){bytes, length}; /* what is left is zero, and ends the text */
            return ferror(file) != 0 ? AMICUS_IO : AMICUS_OK;
        }
        before = bytes;
        room *= 2;
        bytes = arena_give(arena, room);
    }
}

static amicus_status read_stream(struct text *out, struct arena *arena, FILE *file,
                                 size_t limit_bytes)
{
    char chunk[CHUNK_BYTES];
    (void)setvbuf(file, NULL, _IONBF, 0); /* the bytes go into the chunk at once */
    size_t length = fread(chunk, 1, sizeof chunk, file);
    if (length > limit_bytes) {
        return AMICUS_LIMIT;
    }
    if (length == sizeof chunk) {
        return read_long(out, arena, file, chunk, limit_bytes);
    }
    if (ferror(file) != 0) {
        return AMICUS_IO;
    }
    return text_copy(out, arena, (struct text){chunk, length});
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

static amicus_status write_file(const char *path, struct text bytes)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return AMICUS_IO;
    }
    bool is_written = fwrite(bytes.at, 1, bytes.length, file) == bytes.length;
    bool is_closed = fclose(file) == 0;
    return is_written && is_closed ? AMICUS_OK : AMICUS_IO;
}

amicus_status path_replace(const char *path, struct text bytes, long writer, struct arena *arena)
{
    assert(path != NULL && arena != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    struct builder builder;
    struct text beside;
    builder_start(&builder, arena);
    builder_putf(&builder, "%s.%ld", path, writer);
    amicus_status status = builder_end(&beside, &builder);
    if (status != AMICUS_OK) {
        return status;
    }
    status = write_file(beside.at, bytes);
    if (status != AMICUS_OK || rename(beside.at, path) != 0) {
        (void)remove(beside.at);
        return AMICUS_IO;
    }
    return AMICUS_OK;
}

/*
 * Inventories, and the small files of JSON that batches keep.
 *
 * What is read here was written by amicus, but lies in folders where anything can happen to it; so
 * it is read by the strict reader of JSON within bounds, and every member is asked for.
 */
#include "inventory.h"

#include "digest.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define INVENTORY_BYTES_MAX ((size_t)1 << 20)
#define PIECE_BYTES         ((size_t)256 << 10)
#define JSON_BYTES_MAX      ((size_t)64 << 20)
#define JSON_NODES_MAX      ((size_t)4 << 20)
#define JSON_SCALAR_MAX     ((size_t)1 << 20)

amicus_status small_file_read(struct text *out, struct arena *arena, const char *path,
                              size_t limit_bytes)
{
    assert(out != NULL && arena != NULL);
    assert(path != NULL && limit_bytes < SIZE_MAX / 2);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return errno == ENOENT ? AMICUS_NOT_FOUND : AMICUS_IO;
    }
    struct builder builder;
    char piece[4096];
    size_t got;
    builder_start(&builder, arena);
    while (builder.length <= limit_bytes && (got = fread(piece, 1, sizeof piece, stream)) > 0) {
        builder_put(&builder, (struct text){piece, got});
    }
    const bool is_read = ferror(stream) == 0;
    const int fault = errno;
    (void)fclose(stream);
    errno = fault;
    if (builder.length > limit_bytes) {
        return AMICUS_LIMIT;
    }
    return is_read ? builder_end(out, &builder) : AMICUS_IO;
}

const struct tree *own_json(struct arena *arena, struct text bytes)
{
    assert(arena != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    amicus_diagnostics *list;
    const struct tree *root = NULL;
    struct tree_source source = tree_source_of("", bytes, true);
    source.limit_bytes = JSON_BYTES_MAX;
    source.limit_nodes = JSON_NODES_MAX;
    source.limit_scalar_bytes = JSON_SCALAR_MAX;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return NULL;
    }
    const amicus_status status = tree_read_json(&root, arena, &source, list);
    amicus_diagnostics_close(list);
    return status == AMICUS_OK && root != NULL && root->kind == TREE_MAP ? root : NULL;
}

struct text member_text(const struct tree *map, const char *key)
{
    assert(map != NULL);
    assert(key != NULL);
    const struct tree *member = tree_find(map, key);
    return member == NULL || member->kind != TREE_SCALAR ? (struct text){"", 0} : member->text;
}

bool member_number(uint64_t *out, const struct tree *map, const char *key)
{
    assert(out != NULL && map != NULL);
    assert(key != NULL);
    return number_read(out, member_text(map, key));
}

amicus_status file_digest(struct text *out, struct arena *arena, const char *path)
{
    assert(out != NULL && arena != NULL);
    assert(path != NULL);
    const int handle = open(path, O_RDONLY | O_CLOEXEC);
    struct digester *digester = arena_give(arena, sizeof *digester);
    struct room room = {NULL, NULL, 0};
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    if (handle < 0) {
        return AMICUS_IO;
    }
    amicus_status status = digester == NULL ? AMICUS_MEMORY : room_fit(&room, PIECE_BYTES);
    if (status == AMICUS_OK) {
        ssize_t got = 1;
        digester_start(digester, "amicus.file/1");
        while (got > 0) {
            got = read(handle, room.at, PIECE_BYTES);
            digester_put(digester, (struct text){room.at, got > 0 ? (size_t)got : 0});
        }
        status = digester_end(digest, digester);
        status = got < 0 ? AMICUS_IO : status;
    }
    const int fault = errno;
    room_close(&room);
    (void)close(handle);
    errno = fault;
    if (status != AMICUS_OK) {
        return status;
    }
    digest_write(hex, digest);
    return text_copy(out, arena, text_of(hex));
}

void inventory_write(struct builder *builder, const struct inventory *inventory, const char *name)
{
    assert(builder != NULL && inventory != NULL);
    assert(name != NULL);
    builder_putf(builder, "{\"bytes\":%" PRIu64 ",\"digest\":", inventory->bytes);
    builder_put_json(builder, inventory->digest);
    builder_putf(builder, ",\"frames\":%" PRIu64 ",\"hash\":\"", inventory->frames);
    hash_write(builder, inventory->hash);
    builder_putf(builder, "\",\"lines\":%" PRIu64 ",\"name\":", inventory->lines);
    builder_put_json(builder, text_of(name));
    builder_puts(builder, ",\"schema\":\"amicus.archive/1\",\"validated\":true,\"vocabulary\":");
    builder_put_json(builder, inventory->vocabulary);
    builder_puts(builder, "}\n");
}

static bool take(struct inventory *out, const struct tree *root)
{
    out->digest = member_text(root, "digest");
    out->vocabulary = member_text(root, "vocabulary");
    return tree_find(root, "schema") != NULL &&
           tree_is(tree_find(root, "schema"), "amicus.archive/1") &&
           member_number(&out->bytes, root, "bytes") &&
           member_number(&out->frames, root, "frames") &&
           member_number(&out->lines, root, "lines") &&
           hash_read(&out->hash, member_text(root, "hash")) && out->digest.length == 64;
}

amicus_status inventory_read(struct inventory *out, struct arena *arena,
                             const struct archive_file *file, amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL);
    assert(file != NULL && list != NULL);
    struct builder builder;
    struct text path, bytes;
    builder_start(&builder, arena);
    builder_puts(&builder, file->path);
    builder_puts(&builder, ".json");
    amicus_status status = builder_end(&path, &builder);
    if (status == AMICUS_OK) {
        status = small_file_read(&bytes, arena, path.at, INVENTORY_BYTES_MAX);
    }
    if (status == AMICUS_NOT_FOUND || status == AMICUS_MEMORY) {
        return status;
    }
    const struct tree *root = status == AMICUS_OK ? own_json(arena, bytes) : NULL;
    if (root == NULL || !take(out, root)) {
        diagnostics_add(list, AMICUS_ERROR, "B0109", (struct place){path.at, 0, 0},
                        "remove it, or pack the archive again",
                        "this is no inventory of an archive");
        return AMICUS_INVALID;
    }
    if (out->bytes != file->file_bytes) {
        diagnostics_add(list, AMICUS_ERROR, "B0109", (struct place){file->name, 0, 0},
                        "fetch the archive again, or remove its inventory",
                        "it has %" PRIu64 " bytes, and its inventory says %" PRIu64,
                        file->file_bytes, out->bytes);
        return AMICUS_INVALID;
    }
    return AMICUS_OK;
}

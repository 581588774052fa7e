/*
 * Making and reading bundles.
 *
 * The files are read once more, as the manifest reads them, and compared with what the image was
 * made from: a file that was saved in between would otherwise be kept under the digest of another.
 *
 * Paths are made relative by their letters. A path that begins with "../" is put below as many
 * folders as it climbs, then what all paths share is cut off; how the files lie to each other
 * stays.
 */
#include "bundle.h"

#include "image_file.h"
#include "path.h"

#include <assert.h>
#include <string.h>

#define MAGIC       "AMB1"
#define MAGIC_BYTES 4u
#define FILES_MOST  1024u
#define CLIMB_MOST  32u

/* --- is it the same --- */

static bool has_script(const struct manifest *manifest, const struct image *image,
                       const struct file_row *row)
{
    for (uint32_t i = 0; i < manifest->file_count; i++) {
        const struct compile_file *file = &manifest->files[i];
        if (text_equal(file->path, image_text(image, row->path))) {
            return memcmp(file->digest, row->digest, DIGEST_BYTES) == 0;
        }
    }
    return false;
}

static bool is_unchanged(const struct manifest *manifest, const struct amicus_rulebook *rulebook)
{
    const struct image *image = &rulebook->image;
    bool is_same = image->file_count == manifest->file_count &&
                   text_equal(image_text(image, image->version), manifest->version) &&
                   (manifest->ranking != NULL ||
                    vocabulary_is(rulebook->vocabulary, manifest->vocabulary_bytes));
    for (uint32_t i = 0; i < image->file_count && is_same; i++) {
        is_same = has_script(manifest, image, &image->files[i]);
    }
    return is_same;
}

/* --- paths --- */

static unsigned climbs_of(struct text path)
{
    unsigned climbs = 0;
    while (path.length >= 2 && memcmp(path.at, "..", 2) == 0 && climbs < CLIMB_MOST) {
        size_t step = path.length > 2 ? 3 : 2;
        path.at += step;
        path.length -= step;
        climbs++;
    }
    return climbs;
}

/* Put a path below as many folders as the boldest climbs. */
static amicus_status lower(struct text *path, unsigned climbs, struct arena *arena)
{
    struct builder builder;
    struct text above;
    builder_start(&builder, arena);
    for (unsigned i = 0; i < climbs; i++) {
        builder_puts(&builder, "above/");
    }
    amicus_status status = builder_end(&above, &builder);
    bool is_moved = climbs > 0 && path->at[0] != '/';
    return status == AMICUS_OK && is_moved ? path_join(path, arena, above, *path) : status;
}

/* The length of the folder part that two paths share, its slash included. */
static size_t shared_of(struct text a, struct text b)
{
    size_t shared = 0;
    for (size_t i = 0; i < a.length && i < b.length && a.at[i] == b.at[i]; i++) {
        shared = a.at[i] == '/' ? i + 1 : shared;
    }
    return shared;
}

/* Make the paths of files relative to the folder that holds them all. */
static amicus_status make_relative(struct file_text *files, size_t count, struct text *folder,
                                   struct arena *arena)
{
    unsigned climbs = climbs_of(*folder);
    for (size_t i = 0; i < count; i++) {
        unsigned own = climbs_of(files[i].path);
        climbs = own > climbs ? own : climbs;
    }
    for (size_t i = 0; i < count; i++) {
        amicus_status status = lower(&files[i].path, climbs, arena);
        if (status != AMICUS_OK) {
            return status;
        }
    }
    size_t shared = files[0].path.length;
    for (size_t i = 0; i < count; i++) {
        size_t one = shared_of(files[0].path, files[i].path);
        shared = one < shared ? one : shared;
    }
    for (size_t i = 0; i < count; i++) {
        files[i].path.at += shared;
        files[i].path.length -= shared;
    }
    /* The first file that is read is the manifest itself. */
    struct text own = files[0].path;
    size_t cut = own.length - strlen("rulebook.yaml");
    *folder = (struct text){own.at, cut > 0 ? cut - 1 : 0};
    return AMICUS_OK;
}

/* --- writing --- */

static void put(struct builder *builder, struct text text)
{
    builder_put_number(builder, text.length, 4);
    builder_put(builder, text);
}

static amicus_status write_bundle(struct text *out, const struct file_text *files, size_t count,
                                  struct text folder, struct text image, struct arena *arena)
{
    struct builder builder;
    builder_start(&builder, arena);
    builder_puts(&builder, MAGIC);
    put(&builder, folder);
    builder_put_number(&builder, count, 4);
    for (size_t i = 0; i < count; i++) {
        put(&builder, files[i].path);
        put(&builder, files[i].bytes);
    }
    put(&builder, image);
    return builder_end(out, &builder);
}

amicus_status bundle_make(struct text *out, const struct amicus_rulebook *rulebook,
                          struct arena *arena, amicus_diagnostics *list)
{
    assert(out != NULL && rulebook != NULL);
    assert(arena != NULL && list != NULL);
    struct manifest manifest;
    char key[65];
    struct text image;
    amicus_status status = manifest_load(&manifest, rulebook->folder.at, arena, list);
    if (status == AMICUS_OK && !is_unchanged(&manifest, rulebook)) {
        return AMICUS_NOT_FOUND;
    }
    if (status == AMICUS_OK) {
        status = image_key(key, &manifest, rulebook->vocabulary, arena);
    }
    if (status == AMICUS_OK) {
        status = image_bytes(&image, &rulebook->image, key, arena);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    size_t count = manifest.read.count;
    struct file_text *files = arena_give_array(arena, count, sizeof *files);
    if (files == NULL) {
        return AMICUS_MEMORY;
    }
    memcpy(files, manifest.read.files, count * sizeof *files);
    struct text folder = rulebook->folder;
    status = make_relative(files, count, &folder, arena);
    return status == AMICUS_OK ? write_bundle(out, files, count, folder, image, arena) : status;
}

/* --- reading --- */

/* Cut the next text off; false if it is longer than what is left. */
static bool take(struct text *rest, struct text *out)
{
    if (rest->length < 4) {
        return false;
    }
    uint64_t length = text_number(*rest, 0, 4);
    if (length > rest->length - 4) {
        return false;
    }
    *out = (struct text){rest->at + 4, (size_t)length};
    rest->at += 4 + length;
    rest->length -= 4 + (size_t)length;
    return true;
}

amicus_status bundle_read(struct bundle *out, struct text bytes, struct arena *arena)
{
    assert(out != NULL && arena != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    memset(out, 0, sizeof *out);
    if (bytes.length < MAGIC_BYTES || memcmp(bytes.at, MAGIC, MAGIC_BYTES) != 0) {
        return AMICUS_INVALID;
    }
    struct text rest = {bytes.at + MAGIC_BYTES, bytes.length - MAGIC_BYTES};
    if (!take(&rest, &out->folder) || rest.length < 4) {
        return AMICUS_INVALID;
    }
    uint64_t count = text_number(rest, 0, 4);
    if (count == 0 || count > FILES_MOST) {
        return AMICUS_INVALID;
    }
    rest.at += 4;
    rest.length -= 4;
    struct file_text *files = arena_give_array(arena, (size_t)count, sizeof *files);
    if (files == NULL) {
        return AMICUS_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        if (!take(&rest, &files[i].path) || !take(&rest, &files[i].bytes)) {
            return AMICUS_INVALID;
        }
    }
    out->given = (struct file_texts){files, (size_t)count};
    return take(&rest, &out->image) && rest.length == 0 ? AMICUS_OK : AMICUS_INVALID;
}

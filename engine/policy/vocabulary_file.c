/*
 * Where vocabularies are kept: beside the images, under the digest of the YAML that they say.
 *
 * Reading the YAML took half of a call. What is kept is checked by vocabulary_unpack; whatever is
 * wrong with it, the YAML is read. A folder that cannot be written costs time and nothing else.
 */
#include "vocabulary_file.h"

#include "launcher.h"
#include "limit.h"
#include "path.h"
#include "vocabulary_keep.h"

#include <assert.h>

/* What is kept is smaller than the YAML, but for its rows and a few lists. */
#define KEPT_TIMES 4u

/* What is kept, and the work on it. */
#define WORK_BYTES ((size_t)64 << 20)

/* The vocabulary that was kept at a path, or NULL. */
static struct vocabulary *read_kept(const char *path, struct text digest, struct arena *arena)
{
    struct vocabulary *vocabulary = NULL;
    struct text bytes;
    size_t most = (size_t)limit_of(LIMIT_VOCABULARY_BYTES) * KEPT_TIMES;
    return path_read(&bytes, arena, path, most) == AMICUS_OK &&
                   vocabulary_unpack(&vocabulary, bytes, digest) == AMICUS_OK
               ? vocabulary
               : NULL;
}

static void keep(const struct vocabulary *vocabulary, const char *path, long writer,
                 struct arena *arena)
{
    struct text bytes;
    if (vocabulary_pack(&bytes, vocabulary, arena) == AMICUS_OK) {
        (void)!path_replace(path, bytes, writer, arena);
    }
}

static amicus_status take_or_load(struct vocabulary **out, const struct amicus_engine *engine,
                                  const char *name, struct text bytes, struct arena *arena,
                                  amicus_diagnostics *list)
{
    char digest[65];
    amicus_status status = vocabulary_digest_of(digest, bytes);
    struct builder builder;
    struct text path;
    builder_start(&builder, arena);
    builder_putf(&builder, "%s/%s.vocabulary", engine->kept, digest);
    if (status == AMICUS_OK) {
        status = builder_end(&path, &builder);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    *out = read_kept(path.at, text_of(digest), arena);
    if (*out != NULL) {
        return AMICUS_OK;
    }
    status = vocabulary_load(out, name, bytes, list);
    if (status == AMICUS_OK) {
        keep(*out, path.at, (long)engine->launcher, arena);
    }
    return status;
}

amicus_status vocabulary_take(struct vocabulary **out, const struct amicus_engine *engine,
                              const char *name, struct text bytes, amicus_diagnostics *list)
{
    assert(out != NULL && list != NULL);
    assert(name != NULL && (bytes.at != NULL || bytes.length == 0));
    *out = NULL;
    struct arena *arena = NULL;
    if (engine == NULL || engine->kept == NULL) {
        return vocabulary_load(out, name, bytes, list);
    }
    if (arena_open(&arena, WORK_BYTES) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    amicus_status status = take_or_load(out, engine, name, bytes, arena, list);
    arena_close(arena);
    return status;
}

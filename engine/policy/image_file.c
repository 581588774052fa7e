/*
 * How an image is kept in a file, and why it can be believed when it is read.
 *
 *   file  := "AMI2" key count[TABLE_COUNT] name version platform title zeroes block sum
 *   key   := 64 hex digits     count, name, ...: u32 of this machine
 *   zeroes: so that the block begins at a multiple of 8 bytes
 *   block := every table in the order of enum table, each rounded up to 8 bytes
 *   sum   := checksum of all before it
 *
 * The key is a digest of what the image was made from: this version of the engine, the vocabulary,
 * and every script by its own digest. So a file is never out of date, only unused, and nothing has
 * to be told when a rule changes. What is read is checked three times: the sum over the file's
 * bytes finds damage, image_fault finds an image that breaks an invariant, and the image's own
 * digest, which rulings name, is computed anew. Whatever is wrong, the scripts are run again.
 *
 * A kept image holds no warnings; who wants them runs the scripts.
 */
#include "image_file.h"

#include "image_check.h"
#include "image_end.h"
#include "path.h"

#include <assert.h>
#include <string.h>

#define MAGIC          "AMI2"
#define MAGIC_SIZE     4u
#define KEY_SIZE       64u
/* Counts, and four places of names. */
#define HEAD_NUMBERS   (TABLE_COUNT + 4u)
#define SUM_BYTES      sizeof(uint64_t)
#define HEAD_USED      (MAGIC_SIZE + KEY_SIZE + HEAD_NUMBERS * sizeof(uint32_t))
#define HEAD_BYTES     ((HEAD_USED + 7u) & ~(size_t)7u)
/* A rulebook of 10,000 rules is a tenth of that. */
#define FILE_BYTES_MAX ((size_t)64 << 20)

static void put_text(struct builder *builder, struct text text)
{
    builder_put_int(builder, (int64_t)text.length);
    builder_putc(builder, ' ');
    builder_put(builder, text);
}

amicus_status image_key(char out[65], const struct manifest *manifest,
                        const struct vocabulary *vocabulary, struct arena *arena)
{
    assert(out != NULL && arena != NULL);
    assert(manifest != NULL && vocabulary != NULL);
    struct builder builder;
    builder_start(&builder, arena);
    builder_putf(&builder, "%s %u %zu ", AMICUS_VERSION, (unsigned)NODE_OP_COUNT, HEAD_BYTES);
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        builder_putf(&builder, "%zu ", table_row_bytes((enum table)i));
    }
    put_text(&builder, vocabulary->digest);
    put_text(&builder, manifest->name);
    put_text(&builder, manifest->version);
    put_text(&builder, manifest->platform);
    put_text(&builder, manifest->title);
    put_text(&builder, (struct text){(const char *)manifest->outcome_ranks, OUTCOME_COUNT});
    for (uint32_t i = 0; i < manifest->file_count; i++) {
        const struct compile_file *file = &manifest->files[i];
        put_text(&builder, file->path);
        put_text(&builder, (struct text){(const char *)file->digest, DIGEST_BYTES});
    }
    struct text made_from;
    uint8_t digest[DIGEST_BYTES];
    amicus_status status = builder_end(&made_from, &builder);
    if (status == AMICUS_OK) {
        status = digest_of(digest, "amicus.image-key/1", made_from);
    }
    if (status == AMICUS_OK) {
        digest_write(out, digest);
    }
    return status;
}

/* Point an image at a block whose counts are in its file's head. returns the bytes that it takes */
static size_t place_tables(struct image *image, const uint32_t counts[TABLE_COUNT],
                           const char *block, size_t room)
{
    size_t used = 0;
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        size_t bytes = table_block_bytes((enum table)i, counts[i]);
        if (bytes > room - used) {
            return SIZE_MAX;
        }
        image_table_set(image, (enum table)i, block + used, counts[i]);
        if (image_table_count(image, (enum table)i) != counts[i]) {
            return SIZE_MAX;
        }
        used += bytes;
    }
    return used;
}

/* Tell whether the last bytes are the sum of those before them. */
static bool is_whole(struct text bytes)
{
    uint64_t sum = checksum_of((struct text){bytes.at, bytes.length - SUM_BYTES});
    return memcmp(&sum, bytes.at + bytes.length - SUM_BYTES, SUM_BYTES) == 0;
}

/* The block of a file: where it lies, or a copy if its rows would not be aligned there. */
static const char *block_of(struct text bytes, size_t length, struct arena *arena)
{
    const char *block = bytes.at + HEAD_BYTES;
    return (uintptr_t)block % 8 == 0 ? block : arena_copy(arena, block, length);
}

/* Take an image out of a file that is whole. */
static amicus_status take_image(struct image *image, struct text bytes, struct arena *arena)
{
    uint32_t numbers[HEAD_NUMBERS];
    memcpy(numbers, bytes.at + MAGIC_SIZE + KEY_SIZE, sizeof numbers);
    size_t length = bytes.length - SUM_BYTES - HEAD_BYTES;
    const char *block = block_of(bytes, length, arena);
    if (block == NULL) {
        return AMICUS_MEMORY;
    }
    image->name = numbers[TABLE_COUNT];
    image->version = numbers[TABLE_COUNT + 1];
    image->platform = numbers[TABLE_COUNT + 2];
    image->title = numbers[TABLE_COUNT + 3];
    if (place_tables(image, numbers, block, length) != length || image_fault(image) != NULL) {
        return AMICUS_NOT_FOUND;
    }
    bool is_finite = false;
    amicus_status status = image_ends(&is_finite, image, arena);
    if (status != AMICUS_OK || !is_finite) {
        return status == AMICUS_OK ? AMICUS_NOT_FOUND : status;
    }
    status = guards_find(image, arena, GUARD_TESTS_MAX);
    return status == AMICUS_OK ? image_digest_of(image->digest, image) : status;
}

amicus_status image_load(struct image *out, struct text bytes, const char key[65],
                         const struct vocabulary *vocabulary, struct arena *arena)
{
    assert(out != NULL && key != NULL);
    assert(vocabulary != NULL && arena != NULL);
    memset(out, 0, sizeof *out);
    bool is_ours = bytes.length >= HEAD_BYTES + SUM_BYTES &&
                   memcmp(bytes.at, MAGIC, MAGIC_SIZE) == 0 &&
                   memcmp(bytes.at + MAGIC_SIZE, key, KEY_SIZE) == 0 && is_whole(bytes);
    if (!is_ours) {
        return AMICUS_NOT_FOUND;
    }
    struct image image = {.vocabulary = vocabulary};
    amicus_status status = take_image(&image, bytes, arena);
    if (status == AMICUS_OK) {
        *out = image;
    }
    return status;
}

amicus_status image_read(struct image *out, const char *path, const char key[65],
                         const struct vocabulary *vocabulary, struct arena *arena)
{
    assert(out != NULL && path != NULL);
    assert(vocabulary != NULL && arena != NULL);
    memset(out, 0, sizeof *out);
    struct text bytes;
    amicus_status status = path_read(&bytes, arena, path, FILE_BYTES_MAX);
    if (status != AMICUS_OK) {
        return status == AMICUS_MEMORY ? status : AMICUS_NOT_FOUND;
    }
    return image_load(out, bytes, key, vocabulary, arena);
}

/* The file's text: head, block, sum. */
amicus_status image_bytes(struct text *out, const struct image *image, const char key[65],
                          struct arena *arena)
{
    assert(out != NULL && image != NULL);
    assert(key != NULL && arena != NULL);
    static const char ZEROES[8] = {0};
    struct builder builder;
    uint32_t numbers[HEAD_NUMBERS];
    builder_start(&builder, arena);
    builder_puts(&builder, MAGIC);
    builder_put(&builder, (struct text){key, KEY_SIZE});
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        numbers[i] = image_table_count(image, (enum table)i);
    }
    numbers[TABLE_COUNT] = image->name;
    numbers[TABLE_COUNT + 1] = image->version;
    numbers[TABLE_COUNT + 2] = image->platform;
    numbers[TABLE_COUNT + 3] = image->title;
    builder_put(&builder, (struct text){(const char *)numbers, sizeof numbers});
    builder_put(&builder, (struct text){ZEROES, HEAD_BYTES - HEAD_USED});
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        size_t bytes = numbers[i] * table_row_bytes((enum table)i);
        builder_put(&builder, (struct text){image_table_rows(image, (enum table)i), bytes});
        builder_put(&builder,
                    (struct text){ZEROES, table_block_bytes((enum table)i, numbers[i]) - bytes});
    }
    if (builder.failed) {
        return AMICUS_MEMORY;
    }
    uint64_t sum = checksum_of((struct text){builder.bytes, builder.length});
    builder_put(&builder, (struct text){(const char *)&sum, sizeof sum});
    return builder_end(out, &builder);
}

amicus_status image_keep(const struct image *image, const char *path, const char key[65],
                         long writer, struct arena *arena)
{
    assert(image != NULL && path != NULL && key != NULL);
    assert(arena != NULL && image_is_sane(image));
    struct text bytes;
    amicus_status status = image_bytes(&bytes, image, key, arena);
    return status == AMICUS_OK ? path_replace(path, bytes, writer, arena) : status;
}

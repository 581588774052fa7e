/*
 * Kept images: whatever a file holds, it is refused or it is an image that keeps its invariants and
 * whose every condition and sentence can be written out.
 *
 * The sum and the key are made right first, as somebody who knows the form could: without
 * that the fuzzer would never get behind them.
 */
#include "digest.h"
#include "image_check.h"
#include "image_file.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC_AND_KEY 68

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* Look at everything that a reader of an image may look at. */
static void write_all(const struct image *image, struct arena *arena)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    for (uint32_t i = 0; i < image->node_count && builder.length < 100000; i++) {
        image_write_node(&builder, image, i);
    }
    for (uint32_t i = 0; i < image->piece_count; i++) {
        builder_put(&builder, image_text(image, image->pieces[i].words));
    }
    for (uint32_t i = 0; i < image->rule_count; i++) {
        builder_put(&builder, image_text(image, image->rules[i].title));
        builder_put(&builder, image_text(image, image->rules[i].clause));
        must(image_find_rule(image, image_text(image, image->rules[i].id)) == i);
    }
    (void)!builder_end(&text, &builder);
}

static void try_image(const struct vocabulary *vocabulary, struct arena *arena, const uint8_t *data,
                      size_t size)
{
    char *bytes = arena_copy(arena, data, size);
    char key[65] = {0};
    must(bytes != NULL);
    memcpy(bytes, "AMI2", 4);
    memcpy(key, bytes + 4, 64);
    uint64_t sum = checksum_of((struct text){bytes, size - sizeof(uint64_t)});
    memcpy(bytes + size - sizeof sum, &sum, sizeof sum);
    struct image image;
    amicus_status status = image_load(&image, (struct text){bytes, size}, key, vocabulary, arena);
    must(status == AMICUS_OK || status == AMICUS_NOT_FOUND || status == AMICUS_MEMORY);
    if (status == AMICUS_OK) {
        must(image_is_sane(&image));
        write_all(&image, arena);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = NULL;
    struct vocabulary *vocabulary = NULL;
    amicus_diagnostics *list = NULL;
    struct text text;
    if (size < MAGIC_AND_KEY + sizeof(uint64_t) || size > (size_t)1 << 20) {
        return 0;
    }
    must(arena_open(&arena, (size_t)64 << 20) == AMICUS_OK);
    must(amicus_diagnostics_open(&list) == AMICUS_OK);
    must(path_read(&text, arena, "tests/golden/policy/vocabulary.yaml", (size_t)1 << 20) ==
         AMICUS_OK);
    must(vocabulary_load(&vocabulary, "vocabulary.yaml", text, list) == AMICUS_OK);
    try_image(vocabulary, arena, data, size);
    vocabulary_close(vocabulary);
    amicus_diagnostics_close(list);
    arena_close(arena);
    return 0;
}

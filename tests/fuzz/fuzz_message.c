/*
 * Messages of the jail: whatever bytes come, a message is taken whole or not at all, and what is
 * taken compiles to a sound image or to diagnostics.
 */
#include "compile.h"
#include "image_check.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static const char VOCABULARY[] =
    "amicus: vocabulary/1\n"
    "roots: [case, due]\n"
    "unions:\n"
    "  - {one: item, role: money}\n"
    "lists:\n"
    "  - {name: milestones, one: milestone, base: item}\n"
    "  - {name: deliveries, one: delivery, of: delivery.item}\n"
    "facts:\n"
    "  - {path: case.id, type: id}\n"
    "  - {path: case.as_of, type: instant}\n"
    "  - {path: case.grounds, type: list_of_enum, of: [pay, scope]}\n"
    "  - {path: item.held, type: money}\n"
    "  - {path: item.used, type: bool}\n"
    "  - {path: item.late, type: int, derived: true}\n"
    "  - {path: due.review, type: instant, derived: true, each: milestone}\n"
    "  - {path: delivery.item, type: ref, to: item}\n"
    "  - {path: delivery.at, type: instant}\n"
    "roles: {case_id: case.id, as_of: case.as_of, item_held: item.held}\n";

static void try_compile(const struct message *message, const struct vocabulary *vocabulary,
                        struct arena *arena, amicus_diagnostics *list)
{
    struct compile_file file = {.path = TEXT("x.lua"), .shown = TEXT("x.lua"), .message = *message};
    struct compile_input input = {
        .vocabulary = vocabulary, .name = TEXT("fuzz"), .files = &file, .file_count = 1};
    struct image image;
    amicus_status status = compile(&image, &input, arena, list);
    must(status == AMICUS_OK || status == AMICUS_MEMORY || diagnostics_errors(list) > 0);
    must(status != AMICUS_OK || image_is_sane(&image));
}

/* Loaded once: it takes longer than all the rest. */
static const struct vocabulary *words(void)
{
    static struct vocabulary *vocabulary = NULL;
    if (vocabulary == NULL) {
        amicus_diagnostics *list = NULL;
        must(amicus_diagnostics_open(&list) == AMICUS_OK);
        must(vocabulary_load(&vocabulary, "v", (struct text)TEXT(VOCABULARY), list) == AMICUS_OK);
        amicus_diagnostics_close(list);
    }
    return vocabulary;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = NULL;
    amicus_diagnostics *list = NULL;
    struct message message;
    must(arena_open(&arena, (size_t)64 << 20) == AMICUS_OK);
    must(amicus_diagnostics_open(&list) == AMICUS_OK);
    struct text bytes = {(const char *)data, size};
    amicus_status status = message_read(&message, bytes, "x.lua", arena, list);
    must(status != AMICUS_INVALID || (message.count == 0 && diagnostics_errors(list) == 1));
    if (status == AMICUS_OK && message.failure == 0) {
        try_compile(&message, words(), arena, list);
    }
    amicus_diagnostics_close(list);
    arena_close(arena);
    return 0;
}

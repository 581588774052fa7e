/*
 * Show what a rule file declares, as text: for authors of the engine.
 *
 *   show_message FILE...
 *
 * Runs each file in a jail and prints its message, one value a line, or its diagnostics.
 */
#include "jail.h"
#include "message_read.h"

#include <stdio.h>
#include <stdlib.h>

#define ARENA_BYTES ((size_t)256 << 20)

static void show(const struct datum *value, int depth)
{
    printf("%*s", 2 * depth, "");
    switch ((enum datum_tag)value->tag) {
    case DATUM_NIL: printf("nil\n"); break;
    case DATUM_FALSE: printf("false\n"); break;
    case DATUM_TRUE: printf("true\n"); break;
    case DATUM_INT: printf("%lld\n", (long long)value->as.n); break;
    case DATUM_TEXT: printf("\"%.*s\"\n", (int)value->as.text.length, value->as.text.at); break;
    case DATUM_LIST: printf("list of %u, line %u\n", value->count, value->line); break;
    case DATUM_MAP: printf("map of %u, line %u\n", value->count, value->line); break;
    case DATUM_NODE:
        printf("node %u of %u, line %u\n", value->op, value->count, value->line);
        break;
    }
    bool has_items = value->tag == DATUM_LIST || value->tag == DATUM_NODE;
    for (uint32_t i = 0; has_items && i < value->count; i++) {
        show(&value->as.items[i], depth + 1);
    }
    for (uint32_t i = 0; value->tag == DATUM_MAP && i < value->count; i++) {
        struct text key = value->as.entries[i].key;
        printf("%*s%.*s =\n", 2 * depth + 2, "", (int)key.length, key.at);
        show(&value->as.entries[i].value, depth + 2);
    }
}

static void show_all(const struct message *message)
{
    for (uint32_t i = 0; i < message->count; i++) {
        const struct declaration *one = &message->declarations[i];
        printf("%u: %.*s \"%.*s\"\n", one->line, (int)one->kind.length, one->kind.at,
               (int)one->id.length, one->id.at);
        show(&one->value, 1);
    }
}

static void show_faults(const amicus_diagnostics *list)
{
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        printf("%s:%u:%u: %s: %s. Mend: %s.\n", one->file, one->line, one->column, one->code,
               one->what, one->mend);
    }
}

static bool read_all(struct text *bytes, struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    char *at = arena_give(arena, (size_t)2 << 20);
    if (file == NULL || at == NULL) {
        return false;
    }
    bytes->at = at;
    bytes->length = fread(at, 1, (size_t)2 << 20, file);
    (void)fclose(file);
    return true;
}

int main(int count, char **paths)
{
    static const struct text ROOTS[] = {TEXT("case"),       TEXT("contract"),  TEXT("client"),
                                        TEXT("freelancer"), TEXT("procedure"), TEXT("due"),
                                        TEXT("notified"),   TEXT("expired")};
    amicus_engine *engine = NULL;
    struct arena *arena = NULL;
    int faults = 0;
    if (amicus_engine_open(&engine) != AMICUS_OK || arena_open(&arena, ARENA_BYTES) != AMICUS_OK) {
        (void)fprintf(stderr, "no jail here\n");
        return 2;
    }
    for (int i = 1; i < count; i++) {
        amicus_diagnostics *list = NULL;
        struct script script = {text_of(paths[i]), {NULL, 0}, ROOTS, sizeof ROOTS / sizeof *ROOTS};
        struct text bytes;
        struct message message = {NULL, 0, 0, 0, {NULL, 0}, {NULL, 0}};
        if (!read_all(&script.bytes, arena, paths[i]) ||
            amicus_diagnostics_open(&list) != AMICUS_OK) {
            return 2;
        }
        if (script_run(&bytes, engine, &script, arena, list) == AMICUS_OK &&
            message_read(&message, bytes, paths[i], arena, list) == AMICUS_OK) {
            show_all(&message);
        } else {
            faults++;
        }
        show_faults(list);
        amicus_diagnostics_close(list);
        arena_reset(arena);
    }
    amicus_engine_close(engine);
    arena_close(arena);
    return faults == 0 ? 0 : 1;
}

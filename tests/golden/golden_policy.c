/*
 * Writes what the compiler says of broken policies, for policy.sh to compare.
 *
 *   golden_policy scripts VOCABULARY BASE FILE...   each file compiled beside a sound base
 *   golden_policy folders FOLDER...                 each folder loaded as a rulebook
 *   golden_policy codes                             every code that the compiler has a page for
 */
#include "limit.h"
#include "path.h"
#include "rulebook.h"

#include "compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must(amicus_status status, const char *what)
{
    if (status != AMICUS_OK) {
        fprintf(stderr, "%s: %s\n", what, amicus_status_name(status));
        exit(2);
    }
}

/* The name of a file without its folders, so that the kept text does not name where it lies. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static void show(amicus_diagnostics *list, amicus_status status, const char *path)
{
    diagnostics_sort(list);
    printf("%s: %s\n", name_of(path), amicus_status_name(status));
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *row = amicus_diagnostics_find(list, i);
        printf("  %s:%u:%u: %s %s: %s. Mend: %s.\n", row->file, (unsigned)row->line,
               (unsigned)row->column, row->severity == AMICUS_ERROR ? "error" : "warning",
               row->code, row->what, row->mend);
    }
}

/* Run one script; its faults go to the list. */
static amicus_status run(struct compile_file *file, amicus_engine *engine,
                         const struct vocabulary *vocabulary, struct arena *arena,
                         amicus_diagnostics *list)
{
    struct script script = {file->path, file->bytes, vocabulary->roots, vocabulary->root_count};
    struct text message = {NULL, 0};
    amicus_status status = script_run(&message, engine, &script, arena, list);
    return status != AMICUS_OK ? status
                               : message_read(&file->message, message, file->path.at, arena, list);
}

static struct compile_file file_of(const char *path, struct arena *arena)
{
    struct compile_file file = {.path = text_of(name_of(path)), .shown = text_of(name_of(path))};
    must(path_read(&file.bytes, arena, path, (size_t)limit_of(LIMIT_RULE_FILE_BYTES)), path);
    return file;
}

static void try_script(amicus_engine *engine, const struct vocabulary *vocabulary, const char *base,
                       const char *path)
{
    struct arena *arena = NULL;
    amicus_diagnostics *list = NULL;
    must(arena_open(&arena, (size_t)limit_of(LIMIT_RULEBOOK_ARENA_BYTES)), "arena");
    must(amicus_diagnostics_open(&list), "list");
    struct compile_file files[] = {file_of(base, arena), file_of(path, arena)};
    struct compile_input input = {
        .vocabulary = vocabulary, .name = text_of("broken"), .files = files, .file_count = 2};
    amicus_status status = run(&files[0], engine, vocabulary, arena, list);
    if (status == AMICUS_OK) {
        status = run(&files[1], engine, vocabulary, arena, list);
    }
    struct image image;
    if (status == AMICUS_OK) {
        status = compile(&image, &input, arena, list);
    }
    show(list, status, path);
    amicus_diagnostics_close(list);
    arena_close(arena);
}

static int run_scripts(int count, char **paths)
{
    struct arena *arena = NULL;
    struct text bytes;
    struct vocabulary *vocabulary = NULL;
    amicus_engine *engine = NULL;
    amicus_diagnostics *list = NULL;
    if (count < 2) {
        return 2;
    }
    must(amicus_engine_open(&engine), "engine");
    must(amicus_diagnostics_open(&list), "list");
    must(arena_open(&arena, (size_t)limit_of(LIMIT_RULEBOOK_ARENA_BYTES)), "arena");
    must(path_read(&bytes, arena, paths[0], (size_t)limit_of(LIMIT_VOCABULARY_BYTES)), paths[0]);
    must(vocabulary_load(&vocabulary, paths[0], bytes, list), paths[0]);
    for (int i = 2; i < count; i++) {
        try_script(engine, vocabulary, paths[1], paths[i]);
    }
    vocabulary_close(vocabulary);
    arena_close(arena);
    amicus_diagnostics_close(list);
    amicus_engine_close(engine);
    return 0;
}

static int run_folders(int count, char **paths)
{
    amicus_engine *engine = NULL;
    must(amicus_engine_open(&engine), "engine");
    for (int i = 0; i < count; i++) {
        amicus_diagnostics *list = NULL;
        amicus_rulebook *rulebook = NULL;
        must(amicus_diagnostics_open(&list), "list");
        amicus_status status = amicus_rulebook_load(&rulebook, engine, paths[i], list);
        show(list, status, paths[i]);
        amicus_rulebook_close(rulebook);
        amicus_diagnostics_close(list);
    }
    amicus_engine_close(engine);
    return 0;
}

static int run_codes(void)
{
    for (size_t i = 0; i < policy_codes.count; i++) {
        printf("%s\n", policy_codes.pages[i].code);
    }
    return 0;
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "scripts") == 0) {
        return run_scripts(count - 2, arguments + 2);
    }
    if (count > 1 && strcmp(arguments[1], "folders") == 0) {
        return run_folders(count - 2, arguments + 2);
    }
    if (count > 1 && strcmp(arguments[1], "codes") == 0) {
        return run_codes();
    }
    fputs("golden_policy scripts|folders|codes ...\n", stderr);
    return 2;
}

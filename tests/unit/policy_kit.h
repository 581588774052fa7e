/*
 * A kit for tests of the compiler: the little vocabulary and the sound base of the golden policies,
 * and scripts as texts, run in real jails.
 *
 * kit_compile runs each script and compiles them all; what was said is in kit.list, and the image,
 * if there is one, in kit.image. kit_close ends everything but the engine.
 */
#ifndef POLICY_KIT_H
#define POLICY_KIT_H

#include "compile.h"
#include "limit.h"
#include "path.h"
#include "rulebook.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>

#define KIT_FOLDER "tests/golden/policy/"
#define KIT_FILES  4

struct kit {
    amicus_engine *engine;
    struct vocabulary *vocabulary;
    struct arena *arena;
    amicus_diagnostics *list;
    struct compile_file files[KIT_FILES];
    uint32_t file_count;
    struct image image;
    amicus_status status;
};

static inline void kit_open(struct kit *kit)
{
    struct text bytes;
    memset(kit, 0, sizeof *kit);
    CU_ASSERT_EQUAL_FATAL(amicus_engine_open(&kit->engine), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(arena_open(&kit->arena, (size_t)64 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&kit->list), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(
        path_read(&bytes, kit->arena, KIT_FOLDER "vocabulary.yaml", (size_t)1 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(vocabulary_load(&kit->vocabulary, "vocabulary.yaml", bytes, kit->list),
                          AMICUS_OK);
}

static inline void kit_close(struct kit *kit)
{
    vocabulary_close(kit->vocabulary);
    arena_close(kit->arena);
    amicus_diagnostics_close(kit->list);
    amicus_engine_close(kit->engine);
}

/* Add a script under a path; "base.lua" with no source is the sound base. */
static inline void kit_add(struct kit *kit, const char *path, const char *source)
{
    CU_ASSERT_FATAL(kit->file_count < KIT_FILES);
    struct compile_file *file = &kit->files[kit->file_count++];
    *file = (struct compile_file){.path = text_of(path), .shown = text_of(path)};
    if (source != NULL) {
        file->bytes = text_of(source);
    } else {
        CU_ASSERT_EQUAL_FATAL(
            path_read(&file->bytes, kit->arena, KIT_FOLDER "base.lua", (size_t)1 << 20), AMICUS_OK);
    }
    CU_ASSERT_EQUAL_FATAL(digest_of(file->digest, "amicus.script/1", file->bytes), AMICUS_OK);
    struct script script = {file->path, file->bytes, kit->vocabulary->roots,
                            kit->vocabulary->root_count};
    struct text message;
    CU_ASSERT_EQUAL_FATAL(script_run(&message, kit->engine, &script, kit->arena, kit->list),
                          AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(message_read(&file->message, message, path, kit->arena, kit->list),
                          AMICUS_OK);
}

static inline void kit_compile(struct kit *kit)
{
    struct compile_input input = {.vocabulary = kit->vocabulary,
                                  .name = text_of("kit"),
                                  .version = text_of("1"),
                                  .files = kit->files,
                                  .file_count = kit->file_count};
    kit->status = compile(&kit->image, &input, kit->arena, kit->list);
}

/* Open, add the base and a script, compile. */
static inline void kit_try(struct kit *kit, const char *source)
{
    kit_open(kit);
    kit_add(kit, "base.lua", NULL);
    kit_add(kit, "more.lua", source);
    kit_compile(kit);
}

static inline bool kit_said(const struct kit *kit, const char *code)
{
    for (size_t i = 0; i < amicus_diagnostics_count(kit->list); i++) {
        if (strcmp(amicus_diagnostics_find(kit->list, i)->code, code) == 0) {
            return true;
        }
    }
    return false;
}

/* What a node says in words. */
static inline const char *kit_words(struct kit *kit, uint32_t node)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, kit->arena);
    image_write_node(&builder, &kit->image, node);
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    return text.at;
}

static inline const struct rule_row *kit_rule(const struct kit *kit, const char *id)
{
    uint32_t row = image_find_rule(&kit->image, text_of(id));
    CU_ASSERT_FATAL(row != INDEX_NONE);
    return &kit->image.rules[row];
}

/* The words of the condition of rule "x", compiled beside the base. */
static inline const char *kit_when(struct kit *kit, const char *each, const char *when)
{
    char source[2000];
    (void)snprintf(source, sizeof source,
                   "local m = item \"%s\"\n"
                   "rule \"x\" { title = \"x\", issue = \"%s\", side = \"for\", each = \"%s\",\n"
                   "  clause = \"T-1\", layer = \"platform\", when = %s }\n",
                   strcmp(each, "case") == 0 ? "item" : each,
                   strcmp(each, "case") == 0 ? "fraud" : "payment_due", each, when);
    kit_try(kit, source);
    if (kit->status != AMICUS_OK) {
        for (size_t i = 0; i < amicus_diagnostics_count(kit->list); i++) {
            const amicus_diagnostic *row = amicus_diagnostics_find(kit->list, i);
            printf("\n%s:%u: %s: %s", row->file, (unsigned)row->line, row->code, row->what);
        }
        return amicus_status_name(kit->status);
    }
    return kit_words(kit, kit_rule(kit, "x")->when);
}

#endif

/*
 * A kit for suites of others' data: files and trees to read, rulebooks from texts, and rows of the
 * table of results.
 *
 * A program runs one suite. Each row says how many cases there are, how many gave the published
 * answer, and how many are left out and why; suite_close fails the program if a row has no cases or
 * if one that is not left out did not pass. With a path as first word the rows are written there
 * too, for the table of all suites.
 */
#ifndef CONFORMANCE_KIT_H
#define CONFORMANCE_KIT_H

#include "compile.h"
#include "limit.h"
#include "path.h"
#include "ruling.h"
#include "yaml_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONFORMANCE_FOLDER "tests/conformance/"
#define SUITE_FILE_BYTES   ((size_t)4 << 20)

struct suite {
    amicus_engine *engine;
    struct arena *arena;
    FILE *rows;      /* of the table, or NULL */
    unsigned shown;  /* differences that were printed */
    bool is_failing; /* some row is below its goal */
};

/* End the program with 2: it could not start, which says nothing of the engine. */
static inline void suite_must(bool is_well, const char *what)
{
    if (!is_well) {
        printf("cannot start: %s\n", what);
        exit(2);
    }
}

/* Open the suite; words are those of main. */
static inline void suite_open(struct suite *suite, int count, char **words)
{
    memset(suite, 0, sizeof *suite);
    suite_must(amicus_engine_open(&suite->engine) == AMICUS_OK, "no engine");
    suite_must(arena_open(&suite->arena, (size_t)256 << 20) == AMICUS_OK, "no memory");
    if (count > 1) {
        suite->rows = fopen(words[1], "w");
        suite_must(suite->rows != NULL, words[1]);
    }
}

/* Close the suite. returns the exit status of the program. */
static inline int suite_close(struct suite *suite)
{
    amicus_engine_close(suite->engine);
    arena_close(suite->arena);
    bool is_written = suite->rows == NULL || fclose(suite->rows) == 0;
    return suite->is_failing || !is_written ? 1 : 0;
}

/* One row of the table. */
struct row {
    const char *name;
    unsigned cases, passed, excluded;
    const char *why; /* a remark: why cases are left out, or how they passed; "" for none */
};

static inline void suite_row(struct suite *suite, struct row row)
{
    bool is_below = row.cases == 0 || row.passed + row.excluded != row.cases;
    FILE *const outs[] = {stdout, suite->rows};
    for (unsigned i = 0; i < 2 && outs[i] != NULL; i++) {
        (void)fprintf(outs[i], "%-36s %6u cases %6u passed %3u excluded  %s%s\n", row.name,
                      row.cases, row.passed, row.excluded, row.why,
                      is_below ? "  BELOW ITS GOAL" : "");
    }
    suite->is_failing |= is_below;
}

/* Print one difference; after forty a suite is wrong as a whole, and more would not help. */
static inline void suite_differ(struct suite *suite, const char *where, const char *want,
                                const char *got)
{
    if (suite->shown < 40) {
        printf("    %s: want %s, got %s\n", where, want, got);
    }
    suite->shown++;
}

/* Count a case: 1 if it passed, else 0 and the difference is printed. */
static inline unsigned suite_check(struct suite *suite, const char *where, const char *want,
                                   const char *got)
{
    bool is_same = strcmp(want, got) == 0;
    if (!is_same) {
        suite_differ(suite, where, want, got);
    }
    return is_same ? 1 : 0;
}

static inline void suite_print(const amicus_diagnostics *list)
{
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        printf("    %s:%u:%u: %s: %s\n", one->file, one->line, one->column, one->code, one->what);
    }
}

/* Read a file of the folder of conformance. */
static inline struct text suite_read(struct suite *suite, const char *path)
{
    char whole[512];
    struct text bytes;
    int length = snprintf(whole, sizeof whole, CONFORMANCE_FOLDER "%s", path);
    suite_must(length > 0 && (size_t)length < sizeof whole, path);
    suite_must(path_read(&bytes, suite->arena, whole, SUITE_FILE_BYTES) == AMICUS_OK, whole);
    return bytes;
}

/* Read a file of the folder of conformance as a tree; YAML, or JSON by its name. */
static inline const struct tree *suite_tree(struct suite *suite, const char *path)
{
    size_t length = strlen(path);
    bool is_json = length > 5 && strcmp(path + length - 5, ".json") == 0;
    struct tree_source source = tree_source_of(path, suite_read(suite, path), is_json);
    const struct tree *root = NULL;
    amicus_diagnostics *list = NULL;
    suite_must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    amicus_status status = is_json ? tree_read_json(&root, suite->arena, &source, list)
                                   : tree_read_yaml(&root, suite->arena, &source, list);
    suite_print(list);
    amicus_diagnostics_close(list);
    suite_must(status == AMICUS_OK, path);
    return root;
}

/* Load the rulebook of a folder of conformance. */
static inline amicus_rulebook *suite_rulebook(struct suite *suite, const char *folder)
{
    char whole[512];
    amicus_rulebook *rulebook = NULL;
    amicus_diagnostics *list = NULL;
    (void)snprintf(whole, sizeof whole, CONFORMANCE_FOLDER "%s", folder);
    suite_must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    amicus_status status = amicus_rulebook_load(&rulebook, suite->engine, whole, list);
    suite_print(list);
    amicus_diagnostics_close(list);
    suite_must(status == AMICUS_OK, whole);
    return rulebook;
}

/* The words of what a builder holds. */
static inline struct text suite_words(struct builder *builder)
{
    struct text text;
    suite_must(builder_end(&text, builder) == AMICUS_OK, "no memory");
    return text;
}

/* A rulebook from texts, and a case decided by it. */
struct lab {
    struct suite *suite;
    struct amicus_rulebook book; /* image and vocabulary only: no predicates */
    amicus_diagnostics *list;    /* what was said of it */
    amicus_case *subject;
    amicus_ruling *ruling;
    amicus_status status;
};

static inline void lab_compile(struct lab *lab, const char *script)
{
    struct arena *arena = lab->suite->arena;
    const struct vocabulary *vocabulary = lab->book.vocabulary;
    struct compile_file file = {.path = TEXT("lab.lua"), .shown = TEXT("lab.lua")};
    file.bytes = text_of(script);
    suite_must(digest_of(file.digest, "amicus.script/1", file.bytes) == AMICUS_OK, "no digest");
    struct script source = {file.path, file.bytes, vocabulary->roots, vocabulary->root_count};
    struct text message;
    lab->status = script_run(&message, lab->suite->engine, &source, arena, lab->list);
    if (lab->status == AMICUS_OK) {
        lab->status = message_read(&file.message, message, "lab.lua", arena, lab->list);
    }
    struct compile_input input = {.vocabulary = vocabulary,
                                  .name = TEXT("lab"),
                                  .version = TEXT("1"),
                                  .files = &file,
                                  .file_count = 1};
    if (lab->status == AMICUS_OK) {
        lab->status = compile(&lab->book.image, &input, arena, lab->list);
    }
}

/* Make a rulebook of a vocabulary and one script; how that went is in lab.status and lab.list. */
static inline void lab_open(struct lab *lab, struct suite *suite, const char *vocabulary,
                            const char *script)
{
    memset(lab, 0, sizeof *lab);
    lab->suite = suite;
    lab->book.engine = suite->engine;
    suite_must(amicus_diagnostics_open(&lab->list) == AMICUS_OK, "no memory");
    amicus_status status =
        vocabulary_load(&lab->book.vocabulary, "lab.yaml", text_of(vocabulary), lab->list);
    if (status != AMICUS_OK) {
        suite_print(lab->list);
        suite_must(false, "the vocabulary of a suite");
    }
    lab_compile(lab, script);
}

/* Decide a case of that rulebook, with findings of all rules. returns false, with the reasons
 * printed, if there is no ruling.
 */
static inline bool lab_decide(struct lab *lab, const char *text)
{
    amicus_diagnostics *list = lab->list;
    bool is_decided = lab->status == AMICUS_OK &&
                      case_load(&lab->subject, lab->book.vocabulary, "case", text_of(text),
                                AMICUS_FORMAT_YAML, list) == AMICUS_OK &&
                      decide_case(&lab->ruling, &lab->book, lab->subject, &(struct instants){0},
                                  list) == AMICUS_OK &&
                      ruling_complete(lab->ruling) == AMICUS_OK;
    if (!is_decided) {
        suite_print(list);
    }
    return is_decided;
}

static inline void lab_close(struct lab *lab)
{
    amicus_ruling_close(lab->ruling);
    amicus_case_close(lab->subject);
    vocabulary_close(lab->book.vocabulary);
    amicus_diagnostics_close(lab->list);
}

/* The label of an issue of the case by the facts alone, in words; "none" if it is not asked. */
static inline const char *suite_label(const amicus_ruling *ruling, struct text issue)
{
    uint32_t row = image_find_issue(&ruling->rulebook->image, issue);
    const struct issue_result *result =
        row == INDEX_NONE ? NULL : ruling_find_issue(ruling, row, RECORD_ROOT);
    return result == NULL ? "none" : label_name((enum label)result->label);
}

#endif

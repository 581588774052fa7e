/*
 * Writes what the loader says of broken cases and broken vocabularies, for cases.sh to compare.
 *
 *   golden_facts cases VOCABULARY FILE...     diagnostics of each case
 *   golden_facts vocabularies FILE...         diagnostics of each vocabulary
 *   golden_facts codes                        every code that the layer has a page for
 */
#include "case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The largest kept file is a little above the limit of one scalar. */
static char bytes[2][(size_t)1 << 21];

static struct text read_file(const char *path, char *room)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    size_t length = fread(room, 1, sizeof bytes[0], file);
    (void)fclose(file);
    return (struct text){room, length};
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

static amicus_diagnostics *list_open(void)
{
    amicus_diagnostics *list = NULL;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        exit(2);
    }
    return list;
}

static void try_case(const struct vocabulary *vocabulary, const char *path)
{
    amicus_diagnostics *list = list_open();
    struct amicus_case *subject = NULL;
    amicus_status status = case_load(&subject, vocabulary, name_of(path), read_file(path, bytes[1]),
                                     AMICUS_FORMAT_AUTO, list);
    show(list, status, path);
    case_close(subject);
    amicus_diagnostics_close(list);
}

static amicus_status load_vocabulary(struct vocabulary **out, const char *path, bool is_shown)
{
    amicus_diagnostics *list = list_open();
    amicus_status status = vocabulary_load(out, name_of(path), read_file(path, bytes[0]), list);
    if (is_shown || status != AMICUS_OK) {
        show(list, status, path);
    }
    amicus_diagnostics_close(list);
    return status;
}

static int run_cases(int count, char **paths)
{
    struct vocabulary *vocabulary = NULL;
    if (count < 1 || load_vocabulary(&vocabulary, paths[0], false) != AMICUS_OK) {
        return 2;
    }
    for (int i = 1; i < count; i++) {
        try_case(vocabulary, paths[i]);
    }
    vocabulary_close(vocabulary);
    return 0;
}

static int run_vocabularies(int count, char **paths)
{
    for (int i = 0; i < count; i++) {
        struct vocabulary *vocabulary = NULL;
        (void)load_vocabulary(&vocabulary, paths[i], true);
        vocabulary_close(vocabulary);
    }
    return 0;
}

static int run_codes(void)
{
    for (size_t i = 0; i < facts_codes.count; i++) {
        printf("%s\n", facts_codes.pages[i].code);
    }
    return 0;
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "cases") == 0) {
        return run_cases(count - 2, arguments + 2);
    }
    if (count > 1 && strcmp(arguments[1], "vocabularies") == 0) {
        return run_vocabularies(count - 2, arguments + 2);
    }
    if (count > 1 && strcmp(arguments[1], "codes") == 0) {
        return run_codes();
    }
    (void)fprintf(stderr, "usage: golden_facts cases|vocabularies|codes ...\n");
    return 2;
}

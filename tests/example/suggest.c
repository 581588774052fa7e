/*
 * A complete program against the public headers: decide a case and print its money.
 *
 *   suggest RULEBOOK CASE
 *
 * exit status: 0 a ruling was printed, 1 it was not, 2 wrong usage
 */
#include <amicus/amicus.h>
#include <amicus/case.h>
#include <amicus/rulebook.h>
#include <amicus/ruling.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Read a whole file; NULL if that fails. The caller frees it. */
static char *read_file(const char *path, size_t *length)
{
    const size_t most = (size_t)4 << 20;
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(most);
    *length = 0;
    if (file != NULL && bytes != NULL) {
        *length = fread(bytes, 1, most, file);
    }
    if (file == NULL || bytes == NULL || ferror(file)) {
        free(bytes);
        bytes = NULL;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return bytes;
}

static void print_diagnostics(const amicus_diagnostics *list)
{
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        (void)fprintf(stderr, "%s:%" PRIu32 ":%" PRIu32 ": %s: %s\n", one->file, one->line,
                      one->column, one->code, one->what);
    }
}

static void print_ruling(const amicus_ruling *ruling)
{
    printf("outcome %s\n", amicus_ruling_outcome(ruling));
    for (size_t i = 0; i < amicus_ruling_items_count(ruling); i++) {
        const char *outcome;
        amicus_division division;
        const char *item = amicus_ruling_item(ruling, i, &outcome, &division);
        printf("item %s %s freelancer %" PRId64 " client %" PRId64 " of %" PRId64 "\n", item,
               outcome, division.to_freelancer_minor, division.to_client_minor,
               division.held_minor);
    }
}

/* Decide one case that was read; everything that is opened here is closed here. */
static amicus_status decide(const amicus_rulebook *rulebook, const char *path,
                            amicus_diagnostics *list)
{
    size_t length;
    char *bytes = read_file(path, &length);
    if (bytes == NULL) {
        return AMICUS_IO;
    }
    amicus_case *subject = NULL;
    amicus_ruling *ruling = NULL;
    amicus_status status =
        amicus_case_load(&subject, rulebook, path, bytes, length, AMICUS_FORMAT_AUTO, list);
    free(bytes);
    if (status == AMICUS_OK) {
        status = amicus_ruling_of(&ruling, rulebook, subject, NULL, NULL, list);
    }
    if (status == AMICUS_OK) {
        print_ruling(ruling);
    }
    amicus_ruling_close(ruling);
    amicus_case_close(subject);
    return status;
}

int main(int count, char **words)
{
    if (count != 3) {
        (void)fprintf(stderr, "usage: suggest RULEBOOK CASE\n");
        return 2;
    }
    amicus_engine *engine = NULL;
    amicus_rulebook *rulebook = NULL;
    amicus_diagnostics *list = NULL;
    /* The engine comes first: nothing is open yet that a jail for policy scripts could inherit. */
    amicus_status status = amicus_engine_open(&engine);
    if (status == AMICUS_OK) {
        status = amicus_diagnostics_open(&list);
    }
    if (status == AMICUS_OK) {
        status = amicus_rulebook_load(&rulebook, engine, words[1], list);
    }
    if (status == AMICUS_OK) {
        status = decide(rulebook, words[2], list);
    }
    if (status != AMICUS_OK && list != NULL) {
        print_diagnostics(list);
    }
    if (status != AMICUS_OK) {
        (void)fprintf(stderr, "suggest: %s\n", amicus_status_name(status));
    }
    amicus_diagnostics_close(list);
    amicus_rulebook_close(rulebook);
    amicus_engine_close(engine);
    return status == AMICUS_OK ? 0 : 1;
}

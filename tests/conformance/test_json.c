/*
 * The JSON test suite, through the reader of strict JSON: y_ must be read, n_ must be refused at a
 * line and a column, i_ is a choice of each implementation.
 *
 * Our subset is stricter than RFC 8259 on purpose. json/choices.yaml holds, file by file, the one
 * code by which a y_ file is refused, and what is done with each i_ file; an entry that is not used
 * is a fault of the table. Every file is read with the bounds of a case.
 */
#include "conformance_kit.h"

#include <dirent.h>

#define FILES "json/test_parsing"

struct reading {
    bool is_read;
    bool has_place;  /* every error names a line and a column */
    char codes[200]; /* of the errors, each once, with a space between; "read" */
};

static void add_code(struct reading *reading, const char *code)
{
    size_t length = strlen(reading->codes);
    if (strstr(reading->codes, code) == NULL && length + strlen(code) + 2 < sizeof reading->codes) {
        (void)snprintf(reading->codes + length, sizeof reading->codes - length, "%s%s",
                       length == 0 ? "" : " ", code);
    }
}

static struct reading read_file(struct suite *suite, const char *name)
{
    char path[512];
    struct reading reading = {.has_place = true};
    const struct tree *root = NULL;
    amicus_diagnostics *list = NULL;
    (void)snprintf(path, sizeof path, FILES "/%s", name);
    struct tree_source source = tree_source_of(name, suite_read(suite, path), true);
    suite_must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    amicus_status status = tree_read_json(&root, suite->arena, &source, list);
    suite_must(status != AMICUS_MEMORY, "no memory");
    reading.is_read = status == AMICUS_OK && root != NULL;
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        reading.has_place = reading.has_place && one->line > 0 && one->column > 0;
        add_code(&reading, one->code);
    }
    if (reading.codes[0] == '\0') {
        add_code(&reading, reading.is_read ? "read" : "refused without a diagnostic");
    }
    amicus_diagnostics_close(list);
    return reading;
}

struct tables {
    const struct tree *choices, *without_place;
    unsigned used; /* entries of both that were looked up and found */
};

static bool is_listed(struct tables *tables, const struct tree *list, const char *name)
{
    for (const struct tree *one = list->first; one != NULL; one = one->next) {
        if (text_is(one->text, name)) {
            tables->used++;
            return true;
        }
    }
    return false;
}

/* What the table says of a file: "read", a code, or NULL. */
static const char *choice_of(struct tables *tables, const char *name)
{
    for (const struct tree *list = tables->choices->first; list != NULL; list = list->next) {
        if (is_listed(tables, list, name)) {
            return list->key.at;
        }
    }
    return NULL;
}

static unsigned entries(const struct tables *tables)
{
    unsigned count = tables->without_place->count;
    for (const struct tree *list = tables->choices->first; list != NULL; list = list->next) {
        count += list->count;
    }
    return count;
}

struct rows {
    struct row yes, no, place, free;
    unsigned read; /* of the y_ files */
};

/* A file that must be refused, and the place that must be said. */
static void refusal_run(struct suite *suite, struct tables *tables, struct rows *rows,
                        const char *name, const struct reading *reading)
{
    const bool is_refused = !reading->is_read && strcmp(reading->codes, "read") != 0 &&
                            strncmp(reading->codes, "refused", 7) != 0;
    const bool is_excepted = is_listed(tables, tables->without_place, name);
    rows->no.cases++;
    rows->no.passed += is_refused ? 1 : 0;
    rows->place.cases++;
    if (!is_refused) {
        suite_differ(suite, name, "a refusal", reading->codes);
    } else if (reading->has_place && is_excepted) {
        suite_differ(suite, name, "its name off the list without_place", "a line and a column");
    } else if (!reading->has_place && !is_excepted) {
        suite_differ(suite, name, "a line and a column", reading->codes);
    }
    rows->place.passed += is_refused && reading->has_place && !is_excepted ? 1 : 0;
    rows->place.excluded += is_refused && !reading->has_place && is_excepted ? 1 : 0;
}

static void file_run(struct suite *suite, struct tables *tables, struct rows *rows,
                     const char *name)
{
    const struct reading reading = read_file(suite, name);
    if (name[0] == 'n') {
        refusal_run(suite, tables, rows, name, &reading);
        return;
    }
    const char *choice = choice_of(tables, name);
    struct row *row = name[0] == 'y' ? &rows->yes : &rows->free;
    if (name[0] == 'y') {
        rows->read += reading.is_read ? 1 : 0;
        choice = choice == NULL ? "read" : choice;
    }
    row->cases++;
    row->passed += suite_check(suite, name, choice == NULL ? "an entry in choices.yaml" : choice,
                               reading.codes);
}

static int is_file_of_suite(const struct dirent *entry)
{
    const char *name = entry->d_name;
    return (name[0] == 'y' || name[0] == 'n' || name[0] == 'i') && name[1] == '_';
}

static void folder_run(struct suite *suite, struct tables *tables, struct rows *rows)
{
    struct dirent **found = NULL;
    int count = scandir(CONFORMANCE_FOLDER FILES, &found, is_file_of_suite, alphasort);
    suite_must(count == 318, "318 files");
    for (int i = 0; i < count; i++) {
        file_run(suite, tables, rows, found[i]->d_name);
        free(found[i]);
    }
    free(found);
}

int main(int count, char **words)
{
    struct suite suite;
    struct rows rows = {
        .yes = {.name = "json y_"},
        .no = {.name = "json n_ refused", .why = ""},
        .place = {.name = "json n_ with a line and a column",
                  .why = "found by simdjson's first pass, which tells no place: choices.yaml"},
        .free = {.name = "json i_", .why = "by the choice in choices.yaml"},
    };
    suite_open(&suite, count, words);
    const struct tree *root = suite_tree(&suite, "json/choices.yaml");
    struct tables tables = {tree_find(root, "choices"), tree_find(root, "without_place"), 0};
    folder_run(&suite, &tables, &rows);
    suite_must(rows.yes.cases == 95 && rows.no.cases == 188 && rows.free.cases == 35,
               "95 y_, 188 n_ and 35 i_ files");
    char remark[100];
    (void)snprintf(remark, sizeof remark, "%u read, %u refused by a reason named in choices.yaml",
                   rows.read, rows.yes.cases - rows.read);
    rows.yes.why = remark;
    suite_row(&suite, rows.yes);
    suite_row(&suite, rows.no);
    suite_row(&suite, rows.place);
    suite_row(&suite, rows.free);
    suite_row(&suite, (struct row){"json entries of choices.yaml", entries(&tables), tables.used, 0,
                                   "each speaks of a file"});
    return suite_close(&suite);
}

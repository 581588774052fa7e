/*
 * From operands to exams.
 *
 * A file that is named outright must be a suite; below a folder only files that say so are taken,
 * since cases stand beside them. Each rulebook is loaded once and each case read once a call,
 * however many tests share them: that is what makes a thousand tests a matter of milliseconds.
 *
 * What is wrong is gathered with the suite that it is about and told after the tests have run, so
 * that one broken suite does not keep the others from running.
 */
#include "suites.h"

#include "file_io.h"
#include "limit.h"

#include <assert.h>
#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Names, and what a few thousand tests need. */
#define SUITES_BYTES_MAX ((size_t)1 << 30)
/* Folders in a path. */
enum { FOLDERS_MAX = 128 };

/* --- paths --- */

/* Shorten "a/b/../c" to "a/c". A path of very many folders is left as it is. */
static const char *tidy(struct arena *arena, const char *path)
{
    struct text parts[FOLDERS_MAX];
    size_t count = 0;
    for (const char *at = path; *at != '\0' && count < FOLDERS_MAX;) {
        struct text part = {at, strcspn(at, "/")};
        at += part.length + (at[part.length] == '/');
        if (text_is(part, "..") && count > 0 && !text_is(parts[count - 1], "..")) {
            count--;
        } else if (part.length > 0 && !text_is(part, ".")) {
            parts[count++] = part;
        }
    }
    if (count == FOLDERS_MAX) {
        return path;
    }
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    builder_puts(&builder, path[0] == '/' ? "/" : count == 0 ? "." : "");
    for (size_t i = 0; i < count; i++) {
        builder_puts(&builder, i > 0 ? "/" : "");
        builder_put(&builder, parts[i]);
    }
    return builder_end(&text, &builder) == AMICUS_OK ? text.at : NULL;
}

/* The folder that a file or folder lies in. */
static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return strcmp(path, ".") == 0 || strcmp(path, "..") == 0 ? NULL : ".";
    }
    return arena_copy(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

/* A path that a suite names, from its own folder. */
static const char *beside(struct arena *arena, const char *suite, struct text named)
{
    const char *folder = folder_of(arena, suite);
    const char *name = arena_copy(arena, named.at, named.length);
    const char *path = folder == NULL || name == NULL ? NULL : inputs_join(arena, folder, name);
    return path == NULL ? NULL : tidy(arena, path);
}

static bool is_file(const char *path)
{
    struct stat info;
    return path != NULL && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* --- rulebooks --- */

/* The nearest folder above a suite that is a rulebook, or NULL. */
static const char *book_above(struct arena *arena, const char *suite)
{
    const char *folder = folder_of(arena, suite);
    for (unsigned i = 0; folder != NULL && i < FOLDERS_MAX; i++) {
        if (is_file(inputs_join(arena, folder, "rulebook.yaml"))) {
            return folder;
        }
        folder = strcmp(folder, "/") == 0 ? NULL : folder_of(arena, folder);
    }
    return NULL;
}

static void fault_book(struct suite_file *file, const char *what, const char *mend)
{
    diagnostics_add(file->list, AMICUS_ERROR, "T0110", file->suite->policy_place, mend, "%s", what);
}

/* The folder of a suite's rulebook; NULL after a fault. */
static const char *find_book(struct suites *suites, struct suite_file *file)
{
    struct session *session = suites->session;
    const struct suite *suite = file->suite;
    const char *folder = session->options.policy;
    if (folder == NULL && suite->policy.length > 0) {
        folder = beside(suites->arena, file->path, suite->policy);
    } else if (folder == NULL && suite->platform.length > 0) {
        if (books_for(&folder, &session->books, suite->platform, file->path, file->list) !=
            AMICUS_OK) {
            return NULL;
        }
    } else if (folder == NULL) {
        folder = book_above(suites->arena, file->path);
    }
    if (folder == NULL) {
        fault_book(file, "no rulebook is named, and the suite lies in none",
                   "add policy: with the folder of a rulebook, or platform:");
    }
    return folder;
}

static void load_book(struct suites *suites, struct suite_file *file)
{
    struct book *book = NULL;
    const char *folder = find_book(suites, file);
    if (folder == NULL || books_load(&book, &suites->session->books, folder) != AMICUS_OK) {
        return;
    }
    if (book->status == AMICUS_OK) {
        file->book = book;
        return;
    }
    char what[400];
    char mend[400];
    (void)snprintf(what, sizeof what, "the rulebook '%.200s' %s", folder,
                   books_fault(book->status));
    (void)snprintf(mend, sizeof mend, "amicus check %.300s", folder);
    fault_book(file, what, mend);
    session_note(suites->session, exit_of(book->status));
}

/* The place of a rulebook among those that tests use. */
static uint32_t place_of(struct suites *suites, const struct amicus_rulebook *rulebook)
{
    uint32_t i = 0;
    while (i < suites->book_count && suites->books[i] != rulebook) {
        i++;
    }
    if (i == suites->book_count && i < SUITE_BOOKS_MAX) {
        suites->books[suites->book_count++] = rulebook;
    }
    return i;
}

/* --- cases --- */

/* Read a case for the first time. NULL without memory. */
static struct suite_case *read_case(struct suites *suites, const char *path,
                                    const struct vocabulary *vocabulary)
{
    struct suite_case *entry = arena_give(suites->arena, sizeof *entry);
    if (entry == NULL || amicus_diagnostics_open(&entry->list) != AMICUS_OK) {
        return NULL;
    }
    entry->path = path;
    entry->next = suites->cases;
    suites->cases = entry;
    if (file_read(&entry->bytes, suites->arena, path, (size_t)limit_of(LIMIT_CASE_JSON_BYTES)) !=
        AMICUS_OK) {
        diagnostics_add(entry->list, AMICUS_ERROR, "U0201", (struct place){path, 0, 0},
                        "check the path and its permissions", "cannot be read: %s",
                        strerror(errno));
        return entry;
    }
    if (case_load(&entry->subject, vocabulary, path, entry->bytes, AMICUS_FORMAT_AUTO,
                  entry->list) != AMICUS_OK) {
        entry->subject = NULL;
    }
    return entry;
}

/* Find a case that was read, or read it. NULL without memory. */
static struct suite_case *find_case(struct suites *suites, const char *path,
                                    const struct vocabulary *vocabulary)
{
    struct builder builder;
    struct text key;
    builder_start(&builder, suites->arena);
    builder_puts(&builder, path);
    builder_putc(&builder, '\n');
    builder_put(&builder, vocabulary->digest);
    if (builder_end(&key, &builder) != AMICUS_OK) {
        return NULL;
    }
    struct suite_case *entry = map_find(suites->case_of, key);
    if (entry == NULL) {
        entry = read_case(suites, path, vocabulary);
        if (entry != NULL && map_put(suites->case_of, key, entry) != AMICUS_OK) {
            return NULL;
        }
    }
    return entry;
}

/* Give a test its case and rulebook. */
static bool equip(struct suites *suites, struct suite_file *file, struct exam *exam)
{
    const struct suite_test *test = exam->test;
    if (file->book == NULL || test->case_path.length == 0) {
        return true;
    }
    const char *path = beside(suites->arena, file->path, test->case_path);
    struct suite_case *found =
        path == NULL ? NULL : find_case(suites, path, file->book->rulebook->vocabulary);
    if (found == NULL) {
        return false;
    }
    exam->case_file = found->path;
    exam->base = found->subject;
    exam->book = place_of(suites, file->book->rulebook);
    if (exam->book < SUITE_BOOKS_MAX) {
        exam->rulebook = file->book->rulebook;
    }
    if (exam->base == NULL) {
        diagnostics_add(file->list, AMICUS_ERROR, "T0109", test->case_place,
                        "amicus case check shows what is wrong with it",
                        "the case '%.200s' cannot be used", found->path);
    }
    return true;
}

/* --- tests --- */

/* Tell whether --run wants a test. */
static bool is_wanted(struct suites *suites, const struct suite *suite,
                      const struct suite_test *test, const regex_t *run)
{
    struct builder builder;
    struct text name;
    if (run == NULL) {
        return true;
    }
    builder_start(&builder, suites->arena);
    suite_write_name(&builder, suite, test);
    return builder_end(&name, &builder) == AMICUS_OK && regexec(run, name.at, 0, NULL, 0) == 0;
}

static bool add_exam(struct suites *suites, struct suite_file *file, const struct suite_test *test)
{
    void *exams = suites->exams;
    if (arena_grow(suites->arena, &exams, &suites->exam_capacity, suites->exam_count,
                   sizeof *suites->exams) != AMICUS_OK) {
        return false;
    }
    suites->exams = exams;
    struct exam *exam = &suites->exams[suites->exam_count++];
    *exam = (struct exam){.suite = file->suite, .test = test, .verdict = VERDICT_BROKEN};
    file->count++;
    return equip(suites, file, exam);
}

static bool add_tests(struct suites *suites, struct suite_file *file, const regex_t *run)
{
    file->first = suites->exam_count;
    for (uint32_t i = 0; file->suite != NULL && i < file->suite->test_count; i++) {
        const struct suite_test *test = &file->suite->tests[i];
        if (!is_wanted(suites, file->suite, test, run)) {
            continue;
        }
        if (file->count == 0) {
            load_book(suites, file);
        }
        if (!add_exam(suites, file, test)) {
            return false;
        }
    }
    return true;
}

/* Set the instants of the command line in place of those of tests. */
static void set_instants(struct suites *suites)
{
    const struct instants *given = &suites->session->options.instants;
    for (uint32_t i = 0; i < suites->file_count; i++) {
        struct suite *suite = suites->files[i].suite;
        for (uint32_t k = 0; suite != NULL && k < suite->test_count; k++) {
            struct instants *own = &suite->tests[k].instants;
            if (given->has_as_of) {
                own->has_as_of = true;
                own->as_of_s = given->as_of_s;
            }
            if (given->has_policy_date) {
                own->has_policy_date = true;
                own->policy_date_s = given->policy_date_s;
            }
        }
    }
}

/* --- files --- */

/* Tell whether a text says at its top that it is a suite. */
static bool says_suite(struct text bytes)
{
    const char *at = bytes.at;
    const char *end = bytes.at + bytes.length;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = stop == NULL ? (size_t)(end - at) : (size_t)(stop - at);
        if (length > 0 && at[0] != '#' && at[0] != ' ' && at[0] != '\r') {
            return length >= 14 && memcmp(at, "amicus: suite/", 14) == 0;
        }
        at += length + 1;
    }
    return false;
}

static bool is_operand(const struct session *session, const char *path)
{
    for (size_t i = 0; i < session->options.operand_count; i++) {
        if (strcmp(session->options.operands[i], path) == 0) {
            return true;
        }
    }
    return false;
}

/* Read one file, and keep it if it is a suite. returns false without memory */
static bool take_file(struct suites *suites, const char *path)
{
    struct suite_file *file = &suites->files[suites->file_count];
    bool is_named = is_operand(suites->session, path);
    *file = (struct suite_file){.path = strcmp(path, "-") == 0 ? "(stdin)" : path};
    amicus_status status =
        file_read(&file->bytes, suites->arena, path, (size_t)limit_of(LIMIT_CASE_JSON_BYTES));
    if (status == AMICUS_OK && !is_named && !says_suite(file->bytes)) {
        return true;
    }
    if (amicus_diagnostics_open(&file->list) != AMICUS_OK) {
        return false;
    }
    suites->file_count++;
    if (status != AMICUS_OK) {
        diagnostics_add(file->list, AMICUS_ERROR, "U0201", (struct place){file->path, 0, 0},
                        "check the path and its permissions", "cannot be read: %s",
                        strerror(errno));
        return true;
    }
    status = suite_read(&file->suite, file->path, file->bytes, file->list);
    return status == AMICUS_OK || status == AMICUS_INVALID || status == AMICUS_LIMIT;
}

/* Where suites are looked for: the operands, else the named rulebook, else every rulebook. */
static amicus_status list_paths(struct suites *suites, struct inputs *out, amicus_diagnostics *list)
{
    const struct session *session = suites->session;
    const char *root = session->books.named != NULL ? session->books.named : session->books.root;
    if (session->options.operand_count > 0) {
        return inputs_of(out, session->options.operands, session->options.operand_count,
                         suites->arena, list);
    }
    *out = (struct inputs){NULL, 0, 0};
    return root == NULL ? AMICUS_OK : inputs_of(out, &root, 1, suites->arena, list);
}

static int take_files(struct suites *suites)
{
    struct inputs paths;
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    amicus_status status = list_paths(suites, &paths, list);
    session_say_list(suites->session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    if (status != AMICUS_OK) {
        session_note(suites->session, exit_of(status));
    }
    suites->files = arena_give_array(suites->arena, paths.count, sizeof *suites->files);
    bool is_good = suites->files != NULL && status != AMICUS_MEMORY;
    for (size_t i = 0; i < paths.count && is_good; i++) {
        is_good = take_file(suites, paths.paths[i]);
    }
    return is_good ? EXIT_DONE : EXIT_AGAIN;
}

/* Compile --run. returns an exit code */
static int compile_run(struct suites *suites, regex_t *run)
{
    char why[200];
    const char *pattern = suites->session->options.run;
    int code = regcomp(run, pattern, REG_EXTENDED | REG_NOSUB);
    amicus_diagnostics *list;
    if (code == 0) {
        return EXIT_DONE;
    }
    (void)regerror(code, run, why, sizeof why);
    if (amicus_diagnostics_open(&list) == AMICUS_OK) {
        diagnostics_add(list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                        "write a regular expression, as in 'late change'",
                        "'--run %.60s' is not understood: %s", pattern, why);
        session_say_list(suites->session, list, &(struct report_sources){.name = NULL});
        amicus_diagnostics_close(list);
    }
    return EXIT_USAGE;
}

static int add_all(struct suites *suites)
{
    regex_t run;
    bool has_run = suites->session->options.run != NULL;
    int code = has_run ? compile_run(suites, &run) : EXIT_DONE;
    if (code != EXIT_DONE) {
        return code;
    }
    for (uint32_t i = 0; i < suites->file_count && code == EXIT_DONE; i++) {
        code = add_tests(suites, &suites->files[i], has_run ? &run : NULL) ? EXIT_DONE : EXIT_AGAIN;
    }
    if (has_run) {
        regfree(&run);
    }
    return code;
}

int suites_open(struct suites *out, struct session *session)
{
    assert(out != NULL && session != NULL);
    assert(session->arena != NULL);
    *out = (struct suites){.session = session};
    if (arena_open(&out->arena, SUITES_BYTES_MAX) != AMICUS_OK ||
        map_of(&out->case_of, out->arena) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    int code = take_files(out);
    if (code == EXIT_DONE) {
        set_instants(out);
        code = add_all(out);
    }
    return code;
}

/* Say what is wrong with one file, its own faults and those of its tests. */
static void say_file(struct suites *suites, struct suite_file *file)
{
    for (uint32_t i = 0; i < file->count; i++) {
        const struct exam *exam = &suites->exams[file->first + i];
        if (exam->list != NULL) {
            diagnostics_add_all(file->list, exam->list, NULL);
        }
    }
    if (diagnostics_errors(file->list) > 0) {
        session_note(suites->session, EXIT_INPUT);
    }
    diagnostics_sort(file->list);
    struct report_sources sources = {file->path, file->bytes, NULL};
    session_say_list(suites->session, file->list, &sources);
}

void suites_say(struct suites *suites)
{
    assert(suites != NULL);
    assert(suites->session != NULL);
    for (uint32_t i = 0; i < suites->file_count; i++) {
        say_file(suites, &suites->files[i]);
    }
    for (struct suite_case *one = suites->cases; one != NULL; one = one->next) {
        if (one->subject == NULL) {
            struct report_sources sources = {one->path, one->bytes, NULL};
            session_say_list(suites->session, one->list, &sources);
            session_note(suites->session, EXIT_INPUT);
        }
    }
}

void suites_close(struct suites *suites)
{
    assert(suites != NULL);
    assert(suites->session != NULL);
    for (uint32_t i = 0; i < suites->file_count; i++) {
        suite_close(suites->files[i].suite);
        amicus_diagnostics_close(suites->files[i].list);
    }
    for (struct suite_case *one = suites->cases; one != NULL; one = one->next) {
        case_close(one->subject);
        amicus_diagnostics_close(one->list);
    }
    arena_close(suites->arena);
}

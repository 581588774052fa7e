/*
 * Properties P9, P12, P13 and P15 over the worked cases, with the real rulebooks.
 *
 * Each case is decided, and then again with its facts changed in a copy of its values: those that
 * the ruling did not read are made unknown (P13), or given another value (P9, in three ways); the
 * facts without merits, such as a rating or a country, are given another value (P15). The ruling
 * must be the same to the byte, but for what it says is missing: that rests on trials, which ask
 * what other facts would matter if one were known.
 *
 * Facts that count without being read: who filed the case, the fee of an item that nobody mentions,
 * and which record another one belongs to (engine/decide/README.md). They are left alone, and so
 * are ids and the clock.
 */
#include "limit.h"
#include "path.h"
#include "ruling.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOOKS_MAX = 8, PATH_BYTES = 512 };

struct book {
    char platform[64];
    amicus_rulebook *rulebook;
};

struct run {
    amicus_engine *engine;
    struct arena *arena;
    struct book books[BOOKS_MAX];
    unsigned book_count, cases, failures;
};

static void must(bool is_well, const char *what)
{
    if (!is_well) {
        (void)printf("cannot start: %s\n", what);
        exit(2);
    }
}

/* The rulebook of a platform, loaded when it is first asked for. */
static const amicus_rulebook *book_find(struct run *run, const char *platform)
{
    for (unsigned i = 0; i < run->book_count; i++) {
        if (strcmp(run->books[i].platform, platform) == 0) {
            return run->books[i].rulebook;
        }
    }
    must(run->book_count < BOOKS_MAX, "more rulebooks than expected");
    char folder[PATH_BYTES];
    amicus_diagnostics *list = NULL;
    struct book *book = &run->books[run->book_count++];
    (void)snprintf(folder, sizeof folder, "rules/%s", platform);
    (void)snprintf(book->platform, sizeof book->platform, "%s", platform);
    must(amicus_diagnostics_open(&list) == AMICUS_OK &&
             amicus_rulebook_load(&book->rulebook, run->engine, folder, list) == AMICUS_OK,
         folder);
    amicus_diagnostics_close(list);
    return book->rulebook;
}

/* The platform, from the bytes of a case. */
static void find_platform(char out[64], struct text bytes)
{
    const char *at = bytes.at == NULL ? NULL : strstr(bytes.at, "platform:");
    out[0] = '\0';
    if (at != NULL) {
        (void)sscanf(at, "platform: %63[a-z_]", out);
    }
}

/* --- copies of a case's values --- */

static bool is_left_alone(const struct amicus_case *subject, uint32_t record, uint32_t number)
{
    const struct roles *roles = &subject->vocabulary->roles;
    const struct fact *fact = &subject->vocabulary->facts[number];
    const uint32_t *owners = subject->vocabulary->kinds[subject->records[record].kind].owner_path;
    return number == roles->filed_by || number == roles->item_fee || number == roles->as_of ||
           number == roles->case_id || number == roles->evidence_submitter || number == owners[0] ||
           number == owners[1] || number == owners[2] || fact->is_id != 0 ||
           fact->type == TYPE_TEXT || fact->type == TYPE_REF;
}

/* Another value for a fact, the `way`-th: unknown, absent, or one step further. */
static struct value other_value(const struct amicus_case *subject, const struct fact *fact,
                                const struct value *was, unsigned way)
{
    struct value value = {.type = fact->type, .standing = STANDING_ESTABLISHED};
    if (way == 0) {
        value.standing = STANDING_UNKNOWN;
        return value;
    }
    if (way == 1) {
        value.standing = STANDING_ABSENT;
        return value;
    }
    const bool was_known =
        was->standing >= STANDING_CLAIMED && was->standing <= STANDING_ESTABLISHED;
    const int64_t n = was_known ? was->as.n : 0;
    value.unit = was_known ? was->unit : fact->type == TYPE_MONEY ? subject->currency : 0;
    value.as.n = fact->type == TYPE_BOOL    ? 1 - n
                 : fact->type == TYPE_ENUM  ? (n + 1) % fact->member_count
                 : fact->type == TYPE_ENUMS ? (n ^ 1)
                                            : n + 100;
    return value;
}

enum which { UNREAD, WITHOUT_MERITS };

/* Change facts of a copy: those whose slot is not in `is_read`, or those without merits. */
static uint32_t change(const struct amicus_case *subject, struct value *values, const bool *is_read,
                       enum which which, unsigned way)
{
    uint32_t count = 0;
    for (uint32_t record = 0; record < subject->record_count; record++) {
        const struct fact_list facts =
            vocabulary_stored(subject->vocabulary, subject->records[record].kind);
        for (uint32_t i = 0; i < facts.count; i++) {
            const struct fact *fact = &subject->vocabulary->facts[facts.facts[i]];
            const uint32_t slot = case_slot(subject, record, facts.facts[i]);
            const bool is_one = which == UNREAD ? !is_read[slot] : fact->no_merits != 0;
            if (is_one && !is_left_alone(subject, record, facts.facts[i])) {
                values[slot] = other_value(subject, fact, &subject->values[slot], way);
                count++;
            }
        }
    }
    return count;
}

/* --- rulings --- */

static amicus_ruling *decide(const amicus_rulebook *book, const struct amicus_case *subject)
{
    amicus_diagnostics *list = NULL;
    amicus_ruling *ruling = NULL;
    must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    const amicus_status status = decide_case(&ruling, book, subject, &(struct instants){0}, list);
    amicus_diagnostics_close(list);
    return status == AMICUS_OK ? ruling : NULL;
}

/* Cut a member out of a canonical ruling: from its name up to the name of the one behind it. */
static void cut(char *text, const char *from, const char *until)
{
    char *at = strstr(text, from);
    const char *rest = at == NULL ? NULL : strstr(at, until);
    if (rest != NULL) {
        memmove(at, rest, strlen(rest) + 1);
    }
}

/* The ruling's bytes, without what is missing and without the digest of the ruling. */
static const char *bytes_of(struct run *run, amicus_ruling *ruling)
{
    const char *bytes = NULL;
    size_t length = 0;
    if (ruling == NULL ||
        amicus_ruling_write(&bytes, &length, ruling, AMICUS_RULING_CANONICAL) != AMICUS_OK) {
        return "no ruling";
    }
    char *copy = arena_give(run->arena, length + 1);
    must(copy != NULL, "no memory");
    memcpy(copy, bytes, length + 1);
    cut(copy, "\"missing\":[", "\"next\":");
    cut(copy, ",\"digest\":\"", ",\"engine\":");
    return copy;
}

static void fail(struct run *run, const char *path, const char *what, const char *a, const char *b)
{
    size_t at = 0;
    while (a[at] != '\0' && a[at] == b[at]) {
        at++;
    }
    const size_t from = at > 100 ? at - 100 : 0;
    (void)printf("%s: %s\n  %.180s\n  %.180s\n", path, what, a + from, b + from);
    run->failures++;
}

struct trial {
    struct run *run;
    const char *path;
    const amicus_rulebook *book;
    const struct amicus_case *subject;
    const bool *is_read;
    const char *bytes;
};

/* Decide with a change, and compare. */
static void compare(const struct trial *trial, const char *what, enum which which, unsigned way)
{
    struct amicus_case copy = *trial->subject;
    struct value *values = arena_give_array(trial->run->arena, copy.slot_count, sizeof *values);
    must(values != NULL, "no memory");
    memcpy(values, copy.values, copy.slot_count * sizeof *values);
    copy.values = values;
    (void)change(trial->subject, values, trial->is_read, which, way);
    amicus_ruling *ruling = decide(trial->book, &copy);
    const char *bytes = bytes_of(trial->run, ruling);
    if (strcmp(trial->bytes, bytes) != 0) {
        fail(trial->run, trial->path, what, trial->bytes, bytes);
    }
    amicus_ruling_close(ruling);
}

static const bool *reads_of(struct run *run, const amicus_ruling *ruling,
                            const struct amicus_case *subject)
{
    bool *is_read = arena_give_array(run->arena, subject->slot_count, sizeof *is_read);
    must(is_read != NULL, "no memory");
    for (uint32_t i = 0; i < ruling->read_count; i++) {
        const struct read *read = &ruling->reads[i];
        if (read->fact != FACT_NONE &&
            subject->vocabulary->facts[read->fact].derived == FACT_NONE) {
            is_read[case_slot(subject, read->record, read->fact)] = true;
        }
    }
    return is_read;
}

static void try_case(struct run *run, const char *path, const amicus_rulebook *book,
                     const struct amicus_case *subject)
{
    amicus_ruling *ruling = decide(book, subject);
    if (ruling == NULL) {
        fail(run, path, "no ruling", "", "");
        return;
    }
    const struct trial trial = {
        run, path, book, subject, reads_of(run, ruling, subject), bytes_of(run, ruling)};
    amicus_ruling *again = decide(book, subject);
    const char *bytes = bytes_of(run, again);
    if (strcmp(trial.bytes, bytes) != 0) {
        fail(run, path, "P12: decided again", trial.bytes, bytes);
    }
    compare(&trial, "P13: with only what was read known", UNREAD, 0);
    compare(&trial, "P9: with what was not read absent", UNREAD, 1);
    compare(&trial, "P9: with other values of what was not read", UNREAD, 2);
    compare(&trial, "P15: with other facts without merits", WITHOUT_MERITS, 2);
    amicus_ruling_close(again);
    amicus_ruling_close(ruling);
}

static void try_file(struct run *run, const char *path)
{
    struct text bytes;
    char platform[64];
    must(path_read(&bytes, run->arena, path, (size_t)1 << 20) == AMICUS_OK, path);
    find_platform(platform, bytes);
    const amicus_rulebook *book = book_find(run, platform);
    amicus_diagnostics *list = NULL;
    amicus_case *subject = NULL;
    must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    must(amicus_case_load(&subject, book, path, bytes.at, bytes.length, AMICUS_FORMAT_YAML, list) ==
             AMICUS_OK,
         path);
    try_case(run, path, book, subject);
    run->cases++;
    amicus_case_close(subject);
    amicus_diagnostics_close(list);
    arena_reset(run->arena);
}

static bool ends_with(const char *name, const char *end)
{
    const size_t length = strlen(name);
    return length > strlen(end) && strcmp(name + length - strlen(end), end) == 0;
}

static void try_folder(struct run *run, const char *folder)
{
    struct dirent **entries = NULL;
    const int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES];
        const char *name = entries[i]->d_name;
        (void)snprintf(path, sizeof path, "%s/%s", folder, name);
        if (entries[i]->d_type == DT_DIR && name[0] != '.') {
            try_folder(run, path);
        } else if (ends_with(name, ".yaml") && !ends_with(name, ".expected.yaml")) {
            try_file(run, path);
        }
        free(entries[i]);
    }
    free(entries);
}

int main(int count, char **words)
{
    struct run run = {0};
    must(amicus_engine_open(&run.engine) == AMICUS_OK, "no engine");
    must(arena_open(&run.arena, (size_t)128 << 20) == AMICUS_OK, "no memory");
    try_folder(&run, count > 1 ? words[1] : "cases/worked");
    for (unsigned i = 0; i < run.book_count; i++) {
        amicus_rulebook_close(run.books[i].rulebook);
    }
    amicus_engine_close(run.engine);
    arena_close(run.arena);
    (void)printf("%u worked cases, %u failures\n", run.cases, run.failures);
    return run.cases == 0 || run.failures > 0 ? 1 : 0;
}

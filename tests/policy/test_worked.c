/*
 * The worked cases: each case under cases/worked has its expected ruling beside it, written from
 * the facts and the published texts, never from what the engine said.
 *
 * An expectation states only what matters: `outcome`, `items` (outcome and money of each),
 * `must_fire` (rules that applied, or undercutters that struck), `must_not_decide`, `flags`,
 * `missing` (facts that are asked for), and `because`, for people. What it does not name is not
 * checked; a key that it misspells is an error. Besides, every rule is traced on every record of
 * every case, and the trace must say what the ruling says. Every difference of every case is
 * printed before the test fails.
 */
#include "money.h"
#include "ruling.h"
#include "trace.h"
#include "yaml_tree.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOOKS_MAX  8
#define PATH_BYTES 512

struct book {
    char platform[64];
    amicus_rulebook *rulebook;
};

struct run {
    amicus_engine *engine;
    struct book books[BOOKS_MAX];
    unsigned book_count;
    struct arena *arena;
    unsigned differences;
    unsigned traces;  /* that were compared with what the ruling keeps */
    const char *path; /* of the case at hand */
    const amicus_ruling *ruling;
    const amicus_case *subject;
};

static void differ(struct run *run, const char *what, struct text want, const char *got)
{
    (void)printf("%s\n    %-14s want %.*s   got %s\n", run->path, what, (int)want.length, want.at,
                 got);
    run->differences++;
}

static struct text file_read(struct run *run, const char *path)
{
    struct text none = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return none;
    }
    size_t room = (size_t)1 << 20;
    char *bytes = arena_give(run->arena, room);
    size_t length = bytes == NULL ? 0 : fread(bytes, 1, room, file);
    (void)fclose(file);
    return (struct text){bytes, length};
}

static void diagnostics_print(const amicus_diagnostics *list)
{
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        if (one->severity == AMICUS_ERROR) {
            (void)printf("    %s:%u:%u: %s: %s Mend: %s\n", one->file, one->line, one->column,
                         one->code, one->what, one->mend);
        }
    }
}

static const amicus_rulebook *book_find(struct run *run, const char *platform)
{
    for (unsigned i = 0; i < run->book_count; i++) {
        if (strcmp(run->books[i].platform, platform) == 0) {
            return run->books[i].rulebook;
        }
    }
    if (run->book_count == BOOKS_MAX) {
        return NULL;
    }
    char folder[PATH_BYTES];
    (void)snprintf(folder, sizeof folder, "rules/%s", platform);
    struct book *book = &run->books[run->book_count++];
    (void)snprintf(book->platform, sizeof book->platform, "%s", platform);
    amicus_diagnostics *list = NULL;
    if (amicus_diagnostics_open(&list) == AMICUS_OK &&
        amicus_rulebook_load(&book->rulebook, run->engine, folder, list) != AMICUS_OK) {
        (void)printf("%s does not load\n", folder);
        diagnostics_print(list);
    }
    amicus_diagnostics_close(list);
    return book->rulebook;
}

/* Whether a rule applied to any record; `in_vain`: even if it was defeated. */
static bool applied(const struct run *run, struct text id, bool in_vain)
{
    const amicus_ruling *ruling = run->ruling;
    const struct image *image = &ruling->rulebook->image;
    for (uint32_t i = 0; i < ruling->finding_count; i++) {
        const struct finding *finding = &ruling->findings[i];
        bool is_applied =
            finding->status == FINDING_APPLIED || (in_vain && finding->status == FINDING_DEFEATED);
        if (is_applied && text_equal(image_text(image, image->rules[finding->rule].id), id)) {
            return true;
        }
    }
    return false;
}

/* Whether an undercutter took a rule out. */
static bool struck(const struct run *run, struct text id)
{
    const amicus_ruling *ruling = run->ruling;
    const struct image *image = &ruling->rulebook->image;
    for (uint32_t i = 0; i < ruling->finding_count; i++) {
        const struct span by = ruling->findings[i].by;
        for (uint32_t k = 0; ruling->findings[i].status == FINDING_UNDERCUT && k < by.count; k++) {
            if (text_equal(image_text(image, image->rules[ruling->by[by.first + k]].id), id)) {
                return true;
            }
        }
    }
    return false;
}

static void rules_compare(struct run *run, const struct tree *ids, bool must)
{
    for (const struct tree *id = ids->first; id != NULL; id = id->next) {
        bool is_known = image_find_rule(&run->ruling->rulebook->image, id->text) != INDEX_NONE;
        bool is_fired = applied(run, id->text, must) || (must && struck(run, id->text));
        if (!is_known) {
            differ(run, "rules", id->text, "a rule that the rulebook does not have");
        } else if (is_fired != must) {
            differ(run, must ? "must_fire" : "must_not_decide", id->text,
                   must ? "silent" : "decided");
        }
    }
}

static void money_compare(struct run *run, const struct tree *want, int64_t got_minor)
{
    int64_t minor = 0;
    uint16_t currency = 0;
    if (want == NULL) {
        return;
    }
    if (money_read(&minor, &currency, want->text) != AMICUS_OK || minor != got_minor) {
        char got[64];
        (void)snprintf(got, sizeof got, "%lld minor units", (long long)got_minor);
        differ(run, want->key.at, want->text, got);
    }
}

static void item_compare(struct run *run, const struct tree *want)
{
    for (uint32_t i = 0; i < run->ruling->item_count; i++) {
        const struct item_result *item = &run->ruling->items[i];
        if (!text_equal(run->subject->records[item->record].id, want->key)) {
            continue;
        }
        const struct tree *outcome = tree_find(want, "outcome");
        if (outcome != NULL && !tree_is(outcome, outcome_name((enum outcome)item->outcome))) {
            differ(run, want->key.at, outcome->text, outcome_name((enum outcome)item->outcome));
        }
        money_compare(run, tree_find(want, "to_freelancer"), item->division.to_freelancer_minor);
        money_compare(run, tree_find(want, "to_client"), item->division.to_client_minor);
        money_compare(run, tree_find(want, "stays_held"), item->division.stays_held_minor);
        return;
    }
    differ(run, "items", want->key, "no such item");
}

static void flags_compare(struct run *run, const struct tree *want)
{
    for (const struct tree *code = want->first; code != NULL; code = code->next) {
        bool is_there = false;
        for (uint32_t i = 0; i < run->ruling->flag_count; i++) {
            is_there = is_there || text_equal(run->ruling->flags[i].code, code->text);
        }
        if (!is_there) {
            differ(run, "flags", code->text, "no such flag");
        }
    }
}

static void missing_compare(struct run *run, const struct tree *want)
{
    for (const struct tree *path = want->first; path != NULL; path = path->next) {
        bool is_there = false;
        for (uint32_t i = 0; i < run->ruling->missing_count; i++) {
            const struct missing_result *one = &run->ruling->missing[i];
            struct builder builder;
            struct text got = {NULL, 0};
            builder_start(&builder, run->arena);
            if (one->fact == FACT_NONE) {
                builder_put(&builder, run->subject->vocabulary->kinds[one->kind].list);
            } else {
                case_write_path(&builder, run->subject, one->record, one->fact);
            }
            is_there = is_there ||
                       (builder_end(&got, &builder) == AMICUS_OK && text_equal(got, path->text));
        }
        if (!is_there) {
            differ(run, "missing", path->text, "not asked for");
        }
    }
}

static void ruling_compare(struct run *run, const struct tree *want)
{
    for (const struct tree *one = want->first; one != NULL; one = one->next) {
        if (text_is(one->key, "outcome")) {
            const char *got = amicus_ruling_outcome(run->ruling);
            if (!text_is(one->text, got)) {
                differ(run, "outcome", one->text, got);
            }
        } else if (text_is(one->key, "items")) {
            for (const struct tree *item = one->first; item != NULL; item = item->next) {
                item_compare(run, item);
            }
        } else if (text_is(one->key, "must_fire") || text_is(one->key, "must_not_decide")) {
            rules_compare(run, one, text_is(one->key, "must_fire"));
        } else if (text_is(one->key, "flags")) {
            flags_compare(run, one);
        } else if (text_is(one->key, "missing")) {
            missing_compare(run, one);
        } else if (!text_is(one->key, "amicus") && !text_is(one->key, "because")) {
            differ(run, "expectation", one->key, "an unknown key");
        }
    }
}

/* The platform is read from the bytes, as the command line does before it knows the rulebook. */
static const char *platform_of(struct text bytes, char out[64])
{
    const char *at = strstr(bytes.at, "platform:");
    out[0] = '\0';
    if (at != NULL) {
        (void)sscanf(at, "platform: %63[a-z_]", out);
    }
    return out;
}

/* What a rule came to on a record, as the ruling keeps it; what it does not keep is false. */
static enum kleene kept_value(const amicus_ruling *ruling, const struct issue_result *result,
                              uint32_t rule)
{
    for (uint32_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = &ruling->findings[result->findings.first + i];
        if (finding->rule == rule) {
            return (enum kleene)finding->value;
        }
    }
    return KLEENE_FALSE;
}

/* Every rule is traced on every record of its issue: a trace must say what the ruling says. */
static void traces_compare(struct run *run)
{
    const amicus_ruling *ruling = run->ruling;
    const struct image *image = &ruling->rulebook->image;
    const struct tracing tracing = {ruling, run->arena};
    for (uint32_t i = 0; i < ruling->issue_count; i++) {
        const struct issue_result *result = &ruling->issues[i];
        const struct issue_row *issue = &image->issues[result->issue];
        for (uint32_t j = 0; j < issue->rule_count; j++) {
            const uint32_t rule = image->indices[issue->first_rule + j];
            struct trace *trace = NULL;
            const bool is_same = trace_rule(&trace, tracing, rule, result) == AMICUS_OK &&
                                 (trace->is_met ? (enum kleene)trace->value : KLEENE_FALSE) ==
                                     kept_value(ruling, result, rule);
            run->traces++;
            if (!is_same) {
                differ(run, "trace", image_text(image, image->rules[rule].id), "another value");
            }
        }
    }
}

static void case_run(struct run *run, const struct tree *want)
{
    char platform[64];
    struct text bytes = file_read(run, run->path);
    const amicus_rulebook *book = book_find(run, platform_of(bytes, platform));
    amicus_diagnostics *list = NULL;
    amicus_case *subject = NULL;
    amicus_ruling *ruling = NULL;
    if (amicus_diagnostics_open(&list) != AMICUS_OK || book == NULL ||
        amicus_case_load(&subject, book, run->path, bytes.at, bytes.length, AMICUS_FORMAT_AUTO,
                         list) != AMICUS_OK ||
        amicus_ruling_of(&ruling, book, subject, NULL, NULL, list) != AMICUS_OK) {
        differ(run, "ruling", text_of("a ruling"), "none");
        diagnostics_print(list);
    } else {
        run->ruling = ruling;
        run->subject = subject;
        ruling_compare(run, want);
        traces_compare(run);
    }
    amicus_ruling_close(ruling);
    amicus_case_close(subject);
    amicus_diagnostics_close(list);
}

static bool expectation_run(struct run *run, const char *folder, const char *name)
{
    char want_path[PATH_BYTES];
    char path[PATH_BYTES];
    size_t stem = strlen(name) - strlen(".expected.yaml");
    (void)snprintf(want_path, sizeof want_path, "%s/%s", folder, name);
    (void)snprintf(path, sizeof path, "%s/%.*s.yaml", folder, (int)stem, name);
    struct text bytes = file_read(run, want_path);
    struct tree_source source = tree_source_of(want_path, bytes, false);
    const struct tree *want = NULL;
    amicus_diagnostics *list = NULL;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return false;
    }
    run->path = path;
    if (tree_read_yaml(&want, run->arena, &source, list) == AMICUS_OK) {
        case_run(run, want);
    } else {
        differ(run, "expectation", text_of("strict YAML"), "faults");
        diagnostics_print(list);
    }
    amicus_diagnostics_close(list);
    arena_reset(run->arena);
    run->path = NULL;
    return true;
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name);
    return length > strlen(end) && strcmp(name + length - strlen(end), end) == 0;
}

/* Walks one folder in the order of names; returns how many expectations there were. */
static unsigned folder_run(struct run *run, const char *folder)
{
    struct dirent **entries = NULL;
    unsigned count = 0;
    int found = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < found; i++) {
        if (ends_with(entries[i]->d_name, ".expected.yaml")) {
            count += expectation_run(run, folder, entries[i]->d_name) ? 1 : 0;
        } else if (entries[i]->d_type == DT_DIR && entries[i]->d_name[0] != '.') {
            char below[PATH_BYTES];
            (void)snprintf(below, sizeof below, "%s/%s", folder, entries[i]->d_name);
            count += folder_run(run, below);
        }
        free(entries[i]);
    }
    free(entries);
    return count;
}

int main(int count, char **words)
{
    struct run run = {0};
    const char *folder = count > 1 ? words[1] : "cases/worked";
    if (amicus_engine_open(&run.engine) != AMICUS_OK ||
        arena_open(&run.arena, (size_t)64 << 20) != AMICUS_OK) {
        (void)puts("no engine");
        return 2;
    }
    unsigned cases = folder_run(&run, folder);
    for (unsigned i = 0; i < run.book_count; i++) {
        amicus_rulebook_close(run.books[i].rulebook);
    }
    amicus_engine_close(run.engine);
    arena_close(run.arena);
    (void)printf("%u worked cases, %u traces, %u differences\n", cases, run.traces,
                 run.differences);
    return cases == 0 || run.differences > 0 ? 1 : 0;
}

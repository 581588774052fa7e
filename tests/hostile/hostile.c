/*
 * The runner of the hostile scripts: every script, every way that applies, one verdict each.
 *
 *   hostile FOLDER [--write] [--tag TAG] [--calm] [--reverse] [--shared]
 *
 * FOLDER holds the scripts, MANIFEST.tsv (file, tag) and verdicts.tsv. A verdict is the code of the
 * first diagnostic or what happened instead, and a hash of everything that came back, so that
 * whatever is not the same twice shows as a difference. The verdicts are compared with the kept
 * table; --write replaces it. What must hold of every script is checked beside: the host has no new
 * descriptor, child or much memory, the word ESCAPED appears nowhere, the good files before and
 * after it declare what they always do, and each ends in time.
 *
 * With --shared the good files and all scripts run as the files of one rulebook do, in a jail that
 * they share while they are calm; the verdicts are the same.
 *
 * Exit: 0 all as kept, 1 a promise is broken or a verdict differs, 2 the runner cannot run.
 */
#define _GNU_SOURCE
#include "shared_jail.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define SCRIPT_BYTES_MAX ((size_t)2 << 20)
#define ARENA_BYTES      ((size_t)64 << 20)
#define ROWS_MAX         1024
#define ROW_BYTES        160
#define TIME_MAX_MS      1100
#define SHARED_MS        300 /* what it may have taken in the shared jail before */
#define GROWTH_MAX_KIB   (16 * 1024)

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

/* The four ways of README.md; %s is the script. */
enum way { WAY_FILE, WAY_TEXT, WAY_VALUE, WAY_PREDICATE, WAY_COUNT };
static const char *const WAY_NAMES[WAY_COUNT] = {"file", "text", "value", "predicate"};
static const struct {
    const char *before, *after;
} FRAMES[WAY_COUNT] = {
    [WAY_FILE] = {"", ""},
    [WAY_TEXT] = {"local function script(...)\n",
                  "\nend\nflag 'f' { when = case.as_of:known(), because = script() }\n"},
    [WAY_VALUE] = {"local function script(...)\n",
                   "\nend\nlocal v = script()\n"
                   "param 'p' { title = 't', anchor = 'filed',\n"
                   "  { from = '2020-01-01', value = v, source = 'S' } }\n"
                   "flag 'l' { when = case.as_of:is(v), beats = { v } }\n"},
    [WAY_PREDICATE] =
        {"flag 'f' { when = predicate { reads = { case.as_of }, test = function(at)\n",
         "\nend } }\n"},
};

static const char GOOD[] =
    "local m = item 'milestone'\n"
    "rule 'good' { title = 'Good', issue = 'i', side = 'for', clause = 'C',\n"
    "  layer = 'platform', when = m.amount:at_least(usd '5.00') }\n";

static const struct text ROOTS[] = {TEXT("case"), TEXT("contract"), TEXT("due")};

struct runner {
    amicus_engine *engine;
    struct arena *arena;
    const char *folder;
    const char *tag; /* only this one, or NULL */
    bool is_calm;    /* without the scripts that must be stopped, which take long */
    bool is_shared;  /* scripts share a jail */
    struct shared_jail jail;
    char rows[ROWS_MAX][ROW_BYTES];
    size_t row_count;
    size_t broken; /* promises */
    int64_t slowest_ms;
    char slowest[ROW_BYTES];
    uint32_t good_hash;
};

/* What one run gave. */
struct outcome {
    char verdict[32];
    uint32_t hash;
    bool is_message;
};

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint32_t hash_of(uint32_t hash, const void *bytes, size_t count)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ at[i]) * 16777619u;
    }
    return hash;
}

/* Descriptors of the host, but for the two of the shared jail. */
static unsigned count_descriptors(const struct runner *runner)
{
    unsigned count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder != NULL && readdir(folder) != NULL) {
        count++;
    }
    (void)closedir(folder);
    return count - (runner->jail.is_open ? 2 : 0);
}

static long resident_peak_kib(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void complain(struct runner *runner, const char *name, const char *way, const char *what)
{
    (void)printf("BROKEN %s %s: %s\n", name, way, what);
    runner->broken++;
}

static bool read_file(struct text *out, struct runner *runner, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", runner->folder, name);
    FILE *file = fopen(path, "rb");
    char *bytes = arena_give(runner->arena, SCRIPT_BYTES_MAX);
    if (file == NULL || bytes == NULL) {
        return false;
    }
    out->at = bytes;
    out->length = fread(bytes, 1, SCRIPT_BYTES_MAX, file);
    (void)fclose(file);
    return true;
}

static bool holds_word(const char *bytes, size_t count)
{
    return bytes != NULL && memmem(bytes, count, "ESCAPED", 7) != NULL;
}

/* Put diagnostics into an outcome; true if the word is in one. */
static bool take_diagnostics(struct outcome *outcome, const amicus_diagnostics *list)
{
    bool is_escaped = false;
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        if (i == 0) {
            (void)snprintf(outcome->verdict, sizeof outcome->verdict, "%s", one->code);
        }
        outcome->hash = hash_of(outcome->hash, one->what, strlen(one->what));
        outcome->hash = hash_of(outcome->hash, &one->line, sizeof one->line);
        is_escaped = is_escaped || holds_word(one->what, strlen(one->what)) ||
                     holds_word(one->mend, strlen(one->mend));
    }
    return is_escaped;
}

static struct outcome load(struct runner *runner, const struct script *script, const char *way)
{
    struct outcome outcome = {"declared", 2166136261u, false};
    amicus_diagnostics *list = NULL;
    struct text message = {NULL, 0};
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        exit(2);
    }
    amicus_status status =
        runner->is_shared
            ? shared_jail_run(&message, &runner->jail, runner->engine, script, runner->arena, list)
            : script_run(&message, runner->engine, script, runner->arena, list);
    bool is_escaped = take_diagnostics(&outcome, list) || holds_word(message.at, message.length);
    outcome.hash = hash_of(outcome.hash, message.at, message.length);
    outcome.is_message = status == AMICUS_OK;
    if (is_escaped) {
        complain(runner, script->path.at, way, "the word is in what came back");
    }
    if (status != AMICUS_OK && amicus_diagnostics_count(list) == 0) {
        complain(runner, script->path.at, way, "refused without a diagnostic");
    }
    amicus_diagnostics_close(list);
    return outcome;
}

static void load_good(struct runner *runner, const char *name)
{
    const struct script good = {TEXT("good.lua"), TEXT(GOOD), ROOTS, 3};
    struct outcome outcome = load(runner, &good, "good");
    if (!outcome.is_message || (runner->good_hash != 0 && outcome.hash != runner->good_hash)) {
        complain(runner, name, "file",
                 "a good file beside it does not declare what it always does");
    }
    runner->good_hash = outcome.hash;
}

/* Call the predicate of a script twice, in sessions of its own if one dies. */
static void call_twice(struct runner *runner, const struct script *script, struct outcome *outcome)
{
    const struct value at = {{1000000}, 0, TYPE_INSTANT, STANDING_ESTABLISHED};
    const char *verdicts[2] = {"unopened", "unopened"};
    struct predicate_session *session = NULL;
    for (unsigned i = 0; i < 2; i++) {
        bool answer = false;
        if (session == NULL && predicate_open(&session, runner->engine, script) != AMICUS_OK) {
            continue;
        }
        amicus_status status = predicate_call(&answer, session, 0, &at, 1);
        verdicts[i] = status != AMICUS_OK ? "call refused" : answer ? "true" : "false";
        if (status != AMICUS_OK) {
            predicate_close(session);
            session = NULL;
        }
    }
    predicate_close(session);
    if (strcmp(verdicts[0], verdicts[1]) != 0) {
        complain(runner, script->path.at, "predicate", "two calls differ");
    }
    (void)snprintf(outcome->verdict, sizeof outcome->verdict, "%s", verdicts[0]);
}

static struct text framed(struct runner *runner, struct text source, enum way way)
{
    struct builder builder;
    struct text text = {NULL, 0};
    builder_start(&builder, runner->arena);
    builder_puts(&builder, FRAMES[way].before);
    builder_put(&builder, source);
    builder_puts(&builder, FRAMES[way].after);
    if (builder_end(&text, &builder) != AMICUS_OK) {
        exit(2);
    }
    return text;
}

static void check_host(struct runner *runner, const char *name, const char *way, unsigned before,
                       long peak_kib)
{
    if (count_descriptors(runner) != before) {
        complain(runner, name, way, "a descriptor is left open");
    }
    if (waitpid(-1, NULL, WNOHANG) != 0) {
        complain(runner, name, way, "a child of the host ended");
    }
    if (!IS_SANITIZED && resident_peak_kib() - peak_kib > GROWTH_MAX_KIB) {
        complain(runner, name, way, "the host has grown");
    }
}

static void run_way(struct runner *runner, const char *name, const char *tag, enum way way)
{
    arena_reset(runner->arena);
    struct text source;
    if (!read_file(&source, runner, name)) {
        exit(2);
    }
    const struct script script = {text_of(name), framed(runner, source, way), ROOTS, 3};
    if (way == WAY_FILE) {
        load_good(runner, name);
    }
    unsigned descriptors = count_descriptors(runner);
    long peak_kib = resident_peak_kib();
    int64_t start_ms = now_ms();
    struct outcome outcome = load(runner, &script, WAY_NAMES[way]);
    int64_t took_ms = now_ms() - start_ms;
    if (way == WAY_PREDICATE && outcome.is_message) {
        call_twice(runner, &script, &outcome);
    }
    check_host(runner, name, WAY_NAMES[way], descriptors, peak_kib);
    if (way == WAY_FILE) {
        load_good(runner, name);
    }
    if (!IS_SANITIZED && took_ms > TIME_MAX_MS + (runner->is_shared ? SHARED_MS : 0)) {
        complain(runner, name, WAY_NAMES[way], "it took too long");
    }
    if (strcmp(tag, "STOP_INSTR") == 0 && strcmp(outcome.verdict, "P0310") == 0) {
        complain(runner, name, WAY_NAMES[way], "only the wall clock stopped it");
    }
    if (took_ms > runner->slowest_ms) {
        runner->slowest_ms = took_ms;
        (void)snprintf(runner->slowest, sizeof runner->slowest, "%s %s", name, WAY_NAMES[way]);
    }
    if (runner->row_count == ROWS_MAX) {
        exit(2);
    }
    (void)snprintf(runner->rows[runner->row_count++], ROW_BYTES, "%s\t%s\t%s\t%s\t%08x\n", name,
                   tag, WAY_NAMES[way], outcome.verdict, (unsigned)outcome.hash);
}

static void run_script(struct runner *runner, const char *name, const char *tag)
{
    bool is_file_only = strncmp(tag, "LOAD_", 5) == 0;
    for (enum way way = WAY_FILE; way < WAY_COUNT; way++) {
        if (way == WAY_FILE || !is_file_only) {
            run_way(runner, name, tag, way);
        }
    }
}

static int order_rows(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Run all scripts of the manifest, forwards or backwards. */
static void run_manifest(struct runner *runner, bool is_reverse)
{
    char names[ROWS_MAX][64];
    char tags[ROWS_MAX][32];
    char path[512];
    size_t count = 0;
    (void)snprintf(path, sizeof path, "%s/MANIFEST.tsv", runner->folder);
    FILE *manifest = fopen(path, "r");
    while (manifest != NULL && count < ROWS_MAX &&
           fscanf(manifest, "%63s %31s", names[count], tags[count]) == 2) {
        count++;
    }
    if (manifest == NULL || count == 0) {
        exit(2);
    }
    (void)fclose(manifest);
    for (size_t i = 0; i < count; i++) {
        size_t at = is_reverse ? count - 1 - i : i;
        bool is_wanted = runner->tag == NULL || strcmp(runner->tag, tags[at]) == 0;
        if (is_wanted && !(runner->is_calm && strncmp(tags[at], "STOP_", 5) == 0)) {
            run_script(runner, names[at], tags[at]);
        }
    }
    qsort(runner->rows, runner->row_count, ROW_BYTES, order_rows);
}

/* Compare with the kept table: every row that ran must stand in it. Under sanitizers a count can
 * come later than the wall clock; that says nothing. */
static size_t compare(const struct runner *runner)
{
    static char kept[ROWS_MAX][ROW_BYTES];
    char path[512];
    size_t count = 0;
    size_t differences = 0;
    (void)snprintf(path, sizeof path, "%s/verdicts.tsv", runner->folder);
    FILE *file = fopen(path, "r");
    while (file != NULL && count < ROWS_MAX && fgets(kept[count], ROW_BYTES, file) != NULL) {
        count++;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    for (size_t i = 0; i < runner->row_count; i++) {
        bool is_slow = IS_SANITIZED && strstr(runner->rows[i], "\tP0310\t") != NULL;
        if (!is_slow && bsearch(runner->rows[i], kept, count, ROW_BYTES, order_rows) == NULL) {
            (void)printf("NEW %s", runner->rows[i]);
            differences++;
        }
    }
    return differences;
}

static void write_rows(const struct runner *runner)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/verdicts.tsv", runner->folder);
    FILE *file = fopen(path, "w");
    for (size_t i = 0; file != NULL && i < runner->row_count; i++) {
        (void)fputs(runner->rows[i], file);
    }
    if (file == NULL || fclose(file) != 0) {
        exit(2);
    }
}

int main(int count, char **words)
{
    static struct runner runner;
    bool is_reverse = false;
    bool is_write = false;
    for (int i = 1; i < count; i++) {
        is_reverse = is_reverse || strcmp(words[i], "--reverse") == 0;
        runner.is_calm = runner.is_calm || strcmp(words[i], "--calm") == 0;
        runner.is_shared = runner.is_shared || strcmp(words[i], "--shared") == 0;
        is_write = is_write || strcmp(words[i], "--write") == 0;
        if (strcmp(words[i], "--tag") == 0 && i + 1 < count) {
            runner.tag = words[++i];
        } else if (words[i][0] != '-') {
            runner.folder = words[i];
        }
    }
    if (runner.folder == NULL || arena_open(&runner.arena, ARENA_BYTES) != AMICUS_OK ||
        amicus_engine_open(&runner.engine) != AMICUS_OK) {
        (void)fprintf(stderr, "usage: hostile FOLDER [--write] [--tag TAG] [--calm] [--reverse] "
                              "[--shared]\n");
        return 2;
    }
    int64_t start_ms = now_ms();
    run_manifest(&runner, is_reverse);
    shared_jail_close(&runner.jail);
    amicus_engine_close(runner.engine);
    if (waitpid(-1, NULL, WNOHANG) != -1) {
        complain(&runner, "engine", "close", "a child is left");
    }
    if (is_write) {
        write_rows(&runner);
    }
    size_t differences = compare(&runner);
    (void)printf(
        "%zu verdicts, %zu promises broken, %zu differ; slowest %lld ms (%s); all %lld ms\n",
        runner.row_count, runner.broken, differences, (long long)runner.slowest_ms, runner.slowest,
        (long long)(now_ms() - start_ms));
    arena_close(runner.arena);
    return runner.broken == 0 && differences == 0 ? 0 : 1;
}

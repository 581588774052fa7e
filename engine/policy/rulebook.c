/*
 * The rulebook: manifest, vocabulary, jails, compiler, in this order; or, where the engine keeps
 * images, manifest, vocabulary, kept image.
 *
 * Each script runs in a jail of its own, and nothing that they declare is looked at before all have
 * answered: names resolve across files.
 *
 * Predicates are the one part that lives on after loading. A file whose predicates are asked keeps
 * a jail from the first question to the end; a lock lets threads share it, one call at a time. A
 * jail that failed is closed, and the next call opens a new one: a predicate that ran out of steps
 * on one case says nothing of the next.
 */
#include "rulebook.h"

#include "batch.h"
#include "bundle.h"
#include "compile.h"
#include "image_file.h"
#include "launcher.h"
#include "limit.h"
#include "manifest.h"
#include "vocabulary_file.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

/* The sessions of the files whose predicates were asked, by file row; NULL where none is open. */
struct predicate_host {
    pthread_mutex_t lock;
    bool has_lock;
    struct predicate_session **sessions;
    struct script *scripts;
    uint64_t *asked; /* by file: the number of its last question */
    uint64_t questions;
    uint32_t count;
};

/* A session is a jail, of which an engine has sixteen for all of its rulebooks. */
#define SESSIONS_MAX 4

/* What a load holds in hand besides the rulebook itself. */
struct load {
    struct amicus_rulebook *rulebook;
    struct vocabulary *shared;   /* the caller's, or NULL */
    const struct bundle *bundle; /* in place of a folder, or NULL */
    struct manifest manifest;
    amicus_diagnostics *list;
};

static amicus_status load_vocabulary(struct load *load)
{
    struct amicus_rulebook *rulebook = load->rulebook;
    const struct manifest *manifest = &load->manifest;
    if (load->shared != NULL && manifest->ranking == NULL &&
        vocabulary_is(load->shared, manifest->vocabulary_bytes)) {
        rulebook->vocabulary = load->shared;
        rulebook->is_vocabulary_shared = true;
        return AMICUS_OK;
    }
    amicus_status status =
        vocabulary_take(&rulebook->vocabulary, rulebook->engine, manifest->vocabulary_path.at,
                        manifest->vocabulary_bytes, load->list);
    if (status == AMICUS_OK && manifest->ranking != NULL) {
        status = vocabulary_rank(rulebook->vocabulary, manifest->ranking, load->list);
    }
    return status;
}

static int order_files(const struct compile_file *a, const struct compile_file *b)
{
    return text_order(a->path, b->path);
}

/* Files as the image numbers them. There are few, so the simplest sort will do. */
static void sort_files(struct manifest *manifest)
{
    for (uint32_t i = 1; i < manifest->file_count; i++) {
        struct compile_file file = manifest->files[i];
        uint32_t at = i;
        for (; at > 0 && order_files(&file, &manifest->files[at - 1]) < 0; at--) {
            manifest->files[at] = manifest->files[at - 1];
        }
        manifest->files[at] = file;
    }
}

static amicus_status compile_files(struct load *load)
{
    struct amicus_rulebook *rulebook = load->rulebook;
    const struct manifest *manifest = &load->manifest;
    struct compile_input input = {.vocabulary = rulebook->vocabulary,
                                  .name = manifest->name,
                                  .version = manifest->version,
                                  .platform = manifest->platform,
                                  .title = manifest->title,
                                  .files = manifest->files,
                                  .file_count = manifest->file_count};
    memcpy(input.outcome_ranks, manifest->outcome_ranks, sizeof input.outcome_ranks);
    return compile(&rulebook->image, &input, rulebook->arena, load->list);
}

static amicus_status run_and_compile(struct load *load)
{
    struct batch batch = {.files = load->manifest.files,
                          .count = load->manifest.file_count,
                          .vocabulary = load->rulebook->vocabulary,
                          .engine = load->rulebook->engine};
    amicus_status status = batch_run(&batch, load->list);
    if (status == AMICUS_OK) {
        status = compile_files(load);
    }
    batch_close(&batch);
    return status;
}

/* The path of this rulebook's kept image, and its key. */
static amicus_status find_kept(struct text *path, char key[65], const struct load *load)
{
    struct amicus_rulebook *rulebook = load->rulebook;
    amicus_status status = image_key(key, &load->manifest, rulebook->vocabulary, rulebook->arena);
    struct builder builder;
    builder_start(&builder, rulebook->arena);
    builder_putf(&builder, "%s/%s.image", rulebook->engine->kept, key);
    return status == AMICUS_OK ? builder_end(path, &builder) : status;
}

/* Take the image of a bundle, or make it. */
static amicus_status unpack_or_compile(struct load *load)
{
    struct amicus_rulebook *rulebook = load->rulebook;
    char key[65];
    amicus_status status = image_key(key, &load->manifest, rulebook->vocabulary, rulebook->arena);
    if (status == AMICUS_OK) {
        status = image_load(&rulebook->image, load->bundle->image, key, rulebook->vocabulary,
                            rulebook->arena);
    }
    return status == AMICUS_NOT_FOUND ? run_and_compile(load) : status;
}

/* Take the image from where it was kept, or make it and keep it. A folder that cannot be written
 * costs time and nothing else. */
static amicus_status take_or_compile(struct load *load)
{
    struct amicus_rulebook *rulebook = load->rulebook;
    struct text path;
    char key[65];
    if (load->bundle != NULL) {
        return unpack_or_compile(load);
    }
    if (rulebook->engine->kept == NULL) {
        return run_and_compile(load);
    }
    amicus_status status = find_kept(&path, key, load);
    if (status == AMICUS_OK) {
        status = image_read(&rulebook->image, path.at, key, rulebook->vocabulary, rulebook->arena);
    }
    if (status != AMICUS_NOT_FOUND) {
        return status;
    }
    status = run_and_compile(load);
    if (status == AMICUS_OK) {
        (void)!image_keep(&rulebook->image, path.at, key, (long)rulebook->engine->launcher,
                          rulebook->arena);
    }
    return status;
}

static amicus_status open_host(struct load *load)
{
    struct amicus_rulebook *rulebook = load->rulebook;
    struct predicate_host *host = arena_give(rulebook->arena, sizeof *host);
    if (host == NULL) {
        return AMICUS_MEMORY;
    }
    rulebook->predicates = host;
    uint32_t count = load->manifest.file_count;
    host->sessions = arena_give_array(rulebook->arena, count, sizeof(void *));
    host->scripts = arena_give_array(rulebook->arena, count, sizeof *host->scripts);
    host->asked = arena_give_array(rulebook->arena, count, sizeof *host->asked);
    if (host->sessions == NULL || host->scripts == NULL || host->asked == NULL) {
        return AMICUS_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        host->scripts[i] = batch_script(&load->manifest.files[i], rulebook->vocabulary);
    }
    host->count = count;
    host->has_lock = pthread_mutex_init(&host->lock, NULL) == 0;
    return host->has_lock ? AMICUS_OK : AMICUS_MEMORY;
}

static amicus_status load_parts(struct load *load, const char *folder)
{
    struct amicus_rulebook *rulebook = load->rulebook;
    const struct file_texts *given = load->bundle == NULL ? NULL : &load->bundle->given;
    amicus_status status =
        manifest_load_given(&load->manifest, folder, given, rulebook->arena, load->list);
    if (status != AMICUS_OK) {
        return status;
    }
    sort_files(&load->manifest);
    status = load_vocabulary(load);
    if (status == AMICUS_OK) {
        status = take_or_compile(load);
    }
    return status == AMICUS_OK ? open_host(load) : status;
}

static amicus_status open_rulebook(struct amicus_rulebook **out, struct amicus_engine *engine,
                                   const char *folder)
{
    struct arena *arena = NULL;
    amicus_status status = arena_open(&arena, (size_t)limit_of(LIMIT_RULEBOOK_ARENA_BYTES));
    if (status != AMICUS_OK) {
        return status;
    }
    struct amicus_rulebook *rulebook = arena_give(arena, sizeof *rulebook);
    if (rulebook == NULL) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    rulebook->arena = arena;
    rulebook->engine = engine;
    *out = rulebook;
    return text_copy(&rulebook->folder, arena, text_of(folder));
}

amicus_status rulebook_load(struct amicus_rulebook **out, struct amicus_engine *engine,
                            const char *folder, struct vocabulary *vocabulary,
                            amicus_diagnostics *list)
{
    assert(out != NULL && engine != NULL);
    assert(folder != NULL && list != NULL);
    *out = NULL;
    struct load load = {.shared = vocabulary, .list = list};
    amicus_status status = open_rulebook(&load.rulebook, engine, folder);
    if (status == AMICUS_OK) {
        status = load_parts(&load, folder);
    }
    diagnostics_sort(list);
    if (status != AMICUS_OK) {
        rulebook_close(load.rulebook);
        return status;
    }
    *out = load.rulebook;
    return AMICUS_OK;
}

/* Copy a bundle's bytes into the rulebook, whose predicates' scripts are among them, and load. */
static amicus_status load_bundle(struct load *load, struct text bytes)
{
    struct arena *arena = load->rulebook->arena;
    struct bundle bundle;
    struct text kept;
    struct text folder;
    amicus_status status = text_copy(&kept, arena, bytes);
    if (status == AMICUS_OK) {
        status = bundle_read(&bundle, kept, arena);
    }
    if (status == AMICUS_OK) {
        status = text_copy(&folder, arena, bundle.folder);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    load->bundle = &bundle;
    load->rulebook->folder = folder;
    return load_parts(load, folder.at);
}

amicus_status rulebook_load_bundle(struct amicus_rulebook **out, struct amicus_engine *engine,
                                   struct text bytes, amicus_diagnostics *list)
{
    assert(out != NULL && engine != NULL);
    assert(list != NULL);
    *out = NULL;
    struct load load = {.list = list};
    amicus_status status = open_rulebook(&load.rulebook, engine, "");
    if (status == AMICUS_OK) {
        status = load_bundle(&load, bytes);
    }
    diagnostics_sort(list);
    if (status != AMICUS_OK) {
        rulebook_close(load.rulebook);
        return status;
    }
    *out = load.rulebook;
    return AMICUS_OK;
}

void rulebook_close(struct amicus_rulebook *rulebook)
{
    if (rulebook == NULL) {
        return;
    }
    struct predicate_host *host = rulebook->predicates;
    for (uint32_t i = 0; host != NULL && i < host->count; i++) {
        predicate_close(host->sessions[i]);
    }
    if (host != NULL && host->has_lock) {
        (void)pthread_mutex_destroy(&host->lock);
    }
    if (!rulebook->is_vocabulary_shared) {
        vocabulary_close(rulebook->vocabulary);
    }
    arena_close(rulebook->arena);
}

/* Close the session that was not asked for longest, if there are as many as may be. */
static void make_room(struct predicate_host *host)
{
    uint32_t open = 0;
    uint32_t oldest = 0;
    for (uint32_t i = 0; i < host->count; i++) {
        if (host->sessions[i] == NULL) {
            continue;
        }
        oldest = open == 0 || host->asked[i] < host->asked[oldest] ? i : oldest;
        open++;
    }
    if (open >= SESSIONS_MAX) {
        predicate_close(host->sessions[oldest]);
        host->sessions[oldest] = NULL;
    }
}

static amicus_status ask_session(bool *answer, const struct amicus_rulebook *rulebook,
                                 const struct predicate_row *row, const struct value *values,
                                 uint32_t count)
{
    struct predicate_host *host = rulebook->predicates;
    struct predicate_session **session = &host->sessions[row->file];
    amicus_status status = AMICUS_OK;
    host->asked[row->file] = ++host->questions;
    if (*session == NULL) {
        make_room(host);
        status = predicate_open(session, rulebook->engine, &host->scripts[row->file]);
    }
    if (status == AMICUS_OK) {
        status = predicate_call(answer, *session, row->ordinal, values, count);
    }
    if (status != AMICUS_OK) {
        predicate_close(*session);
        *session = NULL;
    }
    return status;
}

amicus_status rulebook_ask(bool *answer, const struct amicus_rulebook *rulebook, uint32_t predicate,
                           const struct value *values, uint32_t count)
{
    assert(answer != NULL && rulebook != NULL);
    assert(predicate < rulebook->image.predicate_count);
    const struct predicate_row *row = &rulebook->image.predicates[predicate];
    struct predicate_host *host = rulebook->predicates;
    assert(host != NULL && row->file < host->count);
    if (pthread_mutex_lock(&host->lock) != 0) {
        return AMICUS_MEMORY;
    }
    amicus_status status = ask_session(answer, rulebook, row, values, count);
    (void)pthread_mutex_unlock(&host->lock);
    return status;
}

amicus_status amicus_rulebook_load(amicus_rulebook **out, amicus_engine *engine, const char *folder,
                                   amicus_diagnostics *list)
{
    return rulebook_load(out, engine, folder, NULL, list);
}

void amicus_rulebook_close(amicus_rulebook *rulebook)
{
    rulebook_close(rulebook);
}

const char *amicus_rulebook_name(const amicus_rulebook *rulebook)
{
    assert(rulebook != NULL);
    assert(rulebook->image.pool != NULL);
    return image_text(&rulebook->image, rulebook->image.name).at;
}

const char *amicus_rulebook_version(const amicus_rulebook *rulebook)
{
    assert(rulebook != NULL);
    assert(rulebook->image.pool != NULL);
    return image_text(&rulebook->image, rulebook->image.version).at;
}

void amicus_rulebook_digest(const amicus_rulebook *rulebook, char out[65])
{
    assert(rulebook != NULL);
    assert(out != NULL);
    digest_write(out, rulebook->image.digest);
}

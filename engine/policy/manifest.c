/*
 * How a manifest is loaded.
 *
 * rulebook.yaml is strict YAML, read through the same tree as a case. Its includes are folders with
 * manifests of their own, loaded once each however often they are named; a folder that includes
 * itself by way of others is refused with the way. Files are found beside their manifest and
 * nowhere else. In the image a file is called <name of its rulebook>/<file>, so that nothing of the
 * machine's paths is in it; people see the path by which they can open it.
 *
 * What a rulebook says of itself is its own: name, platform, the ranking of outcomes and of
 * evidence. Where it is silent about the last two, the first included one that speaks is heard.
 */
#include "manifest.h"

#include "faults.h"
#include "fields.h"
#include "limit.h"
#include "path.h"

#include <assert.h>
#include <string.h>

#define INCLUDES_DEEP 8   /* rulebooks that include rulebooks; nobody can follow more */
#define FILES_MOST    256 /* each costs a jail */

static const char *const KEYS[] = {"amicus",
                                   "name",
                                   "version",
                                   "title",
                                   "platform",
                                   "vocabulary",
                                   "include",
                                   "files",
                                   "procedural_outcomes",
                                   "evidence_ranking",
                                   NULL};

struct loader {
    struct manifest *manifest;
    struct arena *arena;
    struct faults faults;
    struct map *folders; /* cleaned path to its manifest's name */
    struct map *names;   /* name of a rulebook to its folder */
    struct text open[INCLUDES_DEEP];
    unsigned depth;
    bool has_ranks;
    bool is_unreadable;
    size_t capacity;
    const struct file_texts *given; /* read these in place of files; NULL: files */
    struct file_text *read;         /* what was read */
    size_t read_count, read_capacity;
};

static void load_folder(struct loader *loader, struct text folder, struct place from);

static bool keep(struct loader *loader, amicus_status status)
{
    return faults_status(&loader->faults, status);
}

static amicus_status read_given(const struct loader *loader, struct text path, size_t limit,
                                struct text *out)
{
    for (size_t i = 0; i < loader->given->count; i++) {
        if (text_equal(loader->given->files[i].path, path)) {
            *out = loader->given->files[i].bytes;
            return out->length > limit ? AMICUS_LIMIT : AMICUS_OK;
        }
    }
    return AMICUS_IO;
}

/* Remember what was read, so that a rulebook can be kept with all that it was made from. */
static amicus_status remember(struct loader *loader, struct text path, struct text bytes)
{
    void *all = loader->read;
    amicus_status status = arena_grow(loader->arena, &all, &loader->read_capacity,
                                      loader->read_count, sizeof *loader->read);
    if (status == AMICUS_OK) {
        loader->read = all;
        loader->read[loader->read_count++] = (struct file_text){path, bytes};
    }
    return status;
}

/* Read a file; what goes wrong is reported at the place that names it. */
static bool read_named(struct loader *loader, struct text path, struct place from, size_t limit,
                       struct text *out)
{
    amicus_status status = loader->given != NULL ? read_given(loader, path, limit, out)
                                                 : path_read(out, loader->arena, path.at, limit);
    if (status == AMICUS_OK) {
        status = remember(loader, path, *out);
    }
    if (status == AMICUS_OK) {
        return true;
    }
    if (status == AMICUS_MEMORY) {
        loader->faults.status = status;
        return false;
    }
    bool is_long = status == AMICUS_LIMIT;
    faults_add(&loader->faults, is_long ? "P0105" : "P0101", from,
               is_long ? "split it" : "check the name, and that it may be read",
               is_long ? "'%.*s' is longer than it may be" : "'%.*s' cannot be read", SHOWN(path));
    loader->is_unreadable = loader->is_unreadable || !is_long;
    return false;
}

/* --- fields --- */

static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.at[i];
        bool is_letter = byte >= 'a' && byte <= 'z';
        bool is_other = (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
        if (!is_letter && !is_other) {
            return false;
        }
    }
    return name.length > 0 && name.length <= 40;
}

static struct text own_field(struct loader *loader, const struct tree *root, const char *key,
                             bool is_needed)
{
    return field_text(&loader->faults, root, key, "P0102", is_needed);
}

/* The name of the rulebook, which also names its files; empty after a fault. */
static struct text take_name(struct loader *loader, const struct tree *root, struct text folder)
{
    struct text form = own_field(loader, root, "amicus", true);
    if (form.length > 0 && !text_is(form, "rulebook/1")) {
        faults_add(&loader->faults, "P0102", tree_find(root, "amicus")->place,
                   "write amicus: rulebook/1", "'%.*s' is no form of manifest that is known here",
                   SHOWN(form));
    }
    struct text name = own_field(loader, root, "name", true);
    if (name.length == 0) {
        return name;
    }
    struct place place = tree_find(root, "name")->place;
    if (!is_name(name)) {
        faults_add(&loader->faults, "P0102", place,
                   "write lower-case letters, digits, '_' and '-', at most 40",
                   "'%.*s' cannot be the name of a rulebook", SHOWN(name));
        return text_of("");
    }
    const struct text *other = map_find(loader->names, name);
    if (other != NULL) {
        faults_add(&loader->faults, "P0104", place, "give one of them another name",
                   "two rulebooks are called '%.*s'; the other is in %.*s", SHOWN(name),
                   SHOWN(*other));
        return text_of("");
    }
    struct text *known = arena_give(loader->arena, sizeof *known);
    if (known == NULL) {
        loader->faults.status = AMICUS_MEMORY;
        return text_of("");
    }
    *known = folder;
    return keep(loader, map_put(loader->names, name, known)) ? name : text_of("");
}

static void take_vocabulary(struct loader *loader, const struct tree *root, struct text folder)
{
    struct text relative = own_field(loader, root, "vocabulary", false);
    if (relative.length == 0) {
        return;
    }
    struct place place = tree_find(root, "vocabulary")->place;
    if (!path_is_tame(relative, true)) {
        faults_add(&loader->faults, "P0109", place, "write a path such as ../vocabulary.yaml",
                   "'%.*s' is no path that may be followed", SHOWN(relative));
        return;
    }
    struct text path;
    if (!keep(loader, path_join(&path, loader->arena, folder, relative))) {
        return;
    }
    struct manifest *manifest = loader->manifest;
    if (manifest->vocabulary_path.length == 0) {
        manifest->vocabulary_path = path;
        (void)read_named(loader, path, place, (size_t)limit_of(LIMIT_VOCABULARY_BYTES),
                         &manifest->vocabulary_bytes);
    } else if (!text_equal(manifest->vocabulary_path, path)) {
        faults_add(&loader->faults, "P0108", place, "let all rulebooks name the same file",
                   "it speaks the vocabulary %.*s, and who includes it %.*s", SHOWN(path),
                   SHOWN(manifest->vocabulary_path));
    }
}

static void take_ranks(struct loader *loader, const struct tree *root)
{
    const struct tree *list = field_list(&loader->faults, root, "procedural_outcomes", "P0102");
    if (list == NULL || loader->has_ranks) {
        return;
    }
    loader->has_ranks = true;
    uint8_t *ranks = loader->manifest->outcome_ranks;
    uint32_t rank = list->count;
    for (const struct tree *item = list->first; item != NULL; item = item->next, rank--) {
        enum outcome outcome = item->kind == TREE_SCALAR ? outcome_find(item->text) : OUTCOME_COUNT;
        if (item->kind == TREE_FAULT) {
            continue;
        }
        if (outcome == OUTCOME_COUNT || ranks[outcome] != 0 || rank > UINT8_MAX) {
            faults_add(&loader->faults, "P0107", item->place,
                       "write each outcome code once, such as settled or stay",
                       "'%.*s' is no outcome code, or stands here twice", SHOWN(item->text));
            continue;
        }
        ranks[outcome] = (uint8_t)rank;
    }
}

/* --- files --- */

static bool is_script(struct text name)
{
    return path_is_tame(name, false) && name.length > 4 &&
           memcmp(name.at + name.length - 4, ".lua", 4) == 0;
}

static struct compile_file *add_file(struct loader *loader)
{
    struct manifest *manifest = loader->manifest;
    void *items = manifest->files;
    if (!keep(loader, arena_grow(loader->arena, &items, &loader->capacity, manifest->file_count,
                                 sizeof *manifest->files))) {
        return NULL;
    }
    manifest->files = items;
    struct compile_file *file = &manifest->files[manifest->file_count++];
    memset(file, 0, sizeof *file);
    return file;
}

static bool has_file(const struct manifest *manifest, struct text path)
{
    for (uint32_t i = 0; i < manifest->file_count; i++) {
        if (text_equal(manifest->files[i].path, path)) {
            return true;
        }
    }
    return false;
}

static void take_file(struct loader *loader, const struct tree *item, struct text name,
                      struct text folder)
{
    if (item->kind == TREE_FAULT) {
        return;
    }
    if (item->kind != TREE_SCALAR || !is_script(item->text)) {
        faults_add(&loader->faults, "P0109", item->place,
                   "write the name of a file beside this one, such as hourly.lua",
                   "'%.*s' is no name of a rule file", SHOWN(item->text));
        return;
    }
    struct text path;
    struct text shown;
    struct text bytes;
    if (!keep(loader, path_join(&path, loader->arena, name, item->text)) ||
        !keep(loader, path_join(&shown, loader->arena, folder, item->text))) {
        return;
    }
    if (has_file(loader->manifest, path)) {
        faults_add(&loader->faults, "P0109", item->place, "name it once",
                   "'%.*s' stands here twice", SHOWN(item->text));
        return;
    }
    size_t limit = (size_t)limit_of(LIMIT_RULE_FILE_BYTES);
    if (!read_named(loader, shown, item->place, limit, &bytes)) {
        return;
    }
    struct compile_file *file = add_file(loader);
    if (file != NULL) {
        file->path = path;
        file->shown = shown;
        file->bytes = bytes;
        (void)keep(loader, digest_of(file->digest, "amicus.script/1", bytes));
    }
}

static void take_files(struct loader *loader, const struct tree *root, struct text name,
                       struct text folder)
{
    const struct tree *list = field_list(&loader->faults, root, "files", "P0102");
    if (list == NULL || name.length == 0) {
        return;
    }
    if (loader->manifest->file_count + list->count > FILES_MOST) {
        faults_add(&loader->faults, "P0105", list->place, "join some of them",
                   "a rulebook may have %d files", FILES_MOST);
        return;
    }
    for (const struct tree *item = list->first; item != NULL; item = item->next) {
        take_file(loader, item, name, folder);
    }
}

/* --- includes --- */

static bool is_open(const struct loader *loader, struct text folder)
{
    for (unsigned i = 0; i < loader->depth; i++) {
        if (text_equal(loader->open[i], folder)) {
            return true;
        }
    }
    return false;
}

static void refuse_cycle(struct loader *loader, struct text folder, struct place from)
{
    struct builder builder;
    builder_start(&builder, loader->arena);
    for (unsigned i = 0; i < loader->depth; i++) {
        builder_putf(&builder, "%.*s -> ", SHOWN(loader->open[i]));
    }
    builder_put(&builder, folder);
    struct text path;
    if (keep(loader, builder_end(&path, &builder))) {
        faults_add(&loader->faults, "P0103", from, "take one of the includes out",
                   "rulebooks include each other in a cycle: %s", path.at);
    }
}

static void take_include(struct loader *loader, const struct tree *item, struct text folder)
{
    if (item->kind == TREE_FAULT) {
        return;
    }
    if (item->kind != TREE_SCALAR || !path_is_tame(item->text, true)) {
        faults_add(&loader->faults, "P0109", item->place, "write a folder such as ../common",
                   "'%.*s' is no path that may be followed", SHOWN(item->text));
        return;
    }
    struct text path;
    if (!keep(loader, path_join(&path, loader->arena, folder, item->text))) {
        return;
    }
    if (is_open(loader, path)) {
        refuse_cycle(loader, path, item->place);
    } else if (map_find(loader->folders, path) == NULL) {
        load_folder(loader, path, item->place);
    }
}

/* --- one folder --- */

static const struct tree *read_root(struct loader *loader, struct text folder, struct place from)
{
    struct text path;
    struct text bytes;
    if (!keep(loader, path_join(&path, loader->arena, folder, text_of("rulebook.yaml"))) ||
        !read_named(loader, path, from, (size_t)limit_of(LIMIT_VOCABULARY_BYTES), &bytes)) {
        return NULL;
    }
    struct tree_source source = tree_source_of(path.at, bytes, false);
    const struct tree *root = NULL;
    amicus_status status = tree_read_yaml(&root, loader->arena, &source, loader->faults.list);
    if (status == AMICUS_INVALID) {
        loader->faults.any = true;
    } else if (!keep(loader, status)) {
        return NULL;
    }
    bool is_map = root != NULL && faults_check_keys(&loader->faults, root, "P0102", KEYS);
    return is_map ? root : NULL;
}

static void take_includes(struct loader *loader, const struct tree *root, struct text folder)
{
    const struct tree *list = field_list(&loader->faults, root, "include", "P0102");
    if (list == NULL) {
        return;
    }
    if (loader->depth == INCLUDES_DEEP) {
        faults_add(&loader->faults, "P0105", list->place, "include less deeply",
                   "rulebooks may include each other %d deep", INCLUDES_DEEP);
        return;
    }
    loader->open[loader->depth++] = folder;
    for (const struct tree *item = list->first; item != NULL; item = item->next) {
        take_include(loader, item, folder);
    }
    loader->depth -= 1;
}

static void load_folder(struct loader *loader, struct text folder, struct place from)
{
    const struct tree *root = read_root(loader, folder, from);
    struct text *mark = arena_give(loader->arena, sizeof *mark);
    if (root == NULL || mark == NULL || !keep(loader, map_put(loader->folders, folder, mark))) {
        loader->faults.status = mark == NULL ? AMICUS_MEMORY : loader->faults.status;
        return;
    }
    struct manifest *manifest = loader->manifest;
    bool is_own = loader->depth == 0;
    struct text name = take_name(loader, root, folder);
    struct text version = own_field(loader, root, "version", true);
    struct text title = own_field(loader, root, "title", true);
    struct text platform = own_field(loader, root, "platform", false);
    if (is_own) {
        manifest->name = name;
        manifest->version = version;
        manifest->title = title;
        manifest->platform = platform;
    }
    take_vocabulary(loader, root, folder);
    take_ranks(loader, root);
    if (manifest->ranking == NULL) {
        manifest->ranking = tree_find(root, "evidence_ranking");
    }
    take_files(loader, root, name, folder);
    take_includes(loader, root, folder);
}

static amicus_status result_of(const struct loader *loader)
{
    if (loader->faults.status != AMICUS_OK) {
        return loader->faults.status;
    }
    if (loader->is_unreadable) {
        return AMICUS_IO;
    }
    return loader->faults.any ? AMICUS_INVALID : AMICUS_OK;
}

amicus_status manifest_load(struct manifest *out, const char *folder, struct arena *arena,
                            amicus_diagnostics *list)
{
    return manifest_load_given(out, folder, NULL, arena, list);
}

amicus_status manifest_load_given(struct manifest *out, const char *folder,
                                  const struct file_texts *given, struct arena *arena,
                                  amicus_diagnostics *list)
{
    assert(out != NULL && folder != NULL);
    assert(arena != NULL && list != NULL);
    memset(out, 0, sizeof *out);
    struct loader loader = {
        .manifest = out, .arena = arena, .faults = {.list = list}, .given = given};
    struct text clean;
    bool is_ready = keep(&loader, map_of(&loader.folders, arena)) &&
                    keep(&loader, map_of(&loader.names, arena)) &&
                    keep(&loader, path_join(&clean, arena, text_of(folder), text_of("")));
    if (is_ready) {
        load_folder(&loader, clean, (struct place){clean.at, 0, 0});
    }
    bool lacks_words = is_ready && out->vocabulary_path.length == 0 && !loader.faults.any;
    if (lacks_words) {
        faults_add(&loader.faults, "P0102", (struct place){clean.at, 0, 0},
                   "write vocabulary: ../vocabulary.yaml", "the manifest names no vocabulary");
    }
    amicus_status status = result_of(&loader);
    out->read = (struct file_texts){loader.read, loader.read_count};
    if (status != AMICUS_OK) {
        memset(out, 0, sizeof *out);
    }
    return status;
}

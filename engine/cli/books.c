/*
 * From a case to its rulebook.
 *
 * A rulebook that was named is used for every case. Else the case says its platform, and the folder
 * of that name below the root is used. The platform is a word from a case file, so it is a name
 * before it is a path: only letters, digits, '_', '-' and '.' inside, nothing that could climb.
 *
 * Rulebooks are kept until the call ends: running the scripts of one costs more than a thousand
 * decisions.
 */
#include "books.h"

#include "file_io.h"
#include "inputs.h"
#include "limit.h"
#include "vocabulary_file.h"
#include "yaml_tree.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES       ((size_t)4096)
/* A configuration file is a few lines. */
#define CONFIG_BYTES_MAX ((size_t)64 << 10)
/* Folders above the working folder in which amicus.yaml is looked for. */
#define CLIMB_MAX        64u

static const char CONFIG_NAME[] = "amicus.yaml";
static const char MANIFEST_NAME[] = "rulebook.yaml";

static bool is_folder(const char *path)
{
    struct stat info;
    return path != NULL && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_file(const char *path)
{
    struct stat info;
    return path != NULL && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* --- configuration --- */

/* Read `policy` of a configuration file, relative to the file's own folder. */
static amicus_status read_config(struct books *books, const char *path, const char *folder,
                                 amicus_diagnostics *list)
{
    struct text bytes;
    if (file_read(&bytes, books->arena, path, CONFIG_BYTES_MAX) != AMICUS_OK) {
        diagnostics_add(list, AMICUS_ERROR, "U0201", (struct place){path, 0, 0},
                        "check the path and its permissions", "cannot be read: %s",
                        strerror(errno));
        return AMICUS_INVALID;
    }
    struct tree_source source = tree_source_of(path, bytes, false);
    const struct tree *root;
    amicus_status status = tree_read_yaml(&root, books->arena, &source, list);
    if (status != AMICUS_OK) {
        return status == AMICUS_MEMORY ? status : AMICUS_INVALID;
    }
    for (const struct tree *child = root->first; child != NULL; child = child->next) {
        if (text_is(child->key, "policy") && child->kind == TREE_SCALAR) {
            books->named = inputs_join(books->arena, folder, child->text.at);
        } else if (!(text_is(child->key, "amicus") && tree_is(child, "config/1"))) {
            struct text key = tree_shown(child->key);
            diagnostics_add(list, AMICUS_ERROR, "U0302", child->key_place,
                            "write 'policy: DIR', and nothing else",
                            "'%.*s' is no setting of amicus", (int)key.length, key.at);
            status = AMICUS_INVALID;
        }
    }
    return status;
}

/* How many folders lie above the working folder. */
static unsigned folders_above(void)
{
    char folder[PATH_BYTES];
    unsigned count = 0;
    if (getcwd(folder, sizeof folder) == NULL) {
        return 0;
    }
    for (const char *at = folder; *at != '\0'; at++) {
        count += at[0] == '/' && at[1] != '\0';
    }
    return count < CLIMB_MAX ? count : CLIMB_MAX;
}

static amicus_status find_config(struct books *books, amicus_diagnostics *list)
{
    const char *folder = "";
    unsigned above = folders_above();
    for (unsigned i = 0; i <= above; i++) {
        const char *path = inputs_join(books->arena, folder, CONFIG_NAME);
        if (path == NULL) {
            return AMICUS_MEMORY;
        }
        if (is_file(path)) {
            return read_config(books, path, folder, list);
        }
        folder = inputs_join(books->arena, folder, "..");
        if (folder == NULL) {
            return AMICUS_MEMORY;
        }
    }
    return AMICUS_OK;
}

/* --- the root --- */

/* The folder of the running executable; "" if it is not known. */
static void executable_folder(char out[PATH_BYTES])
{
    ssize_t length = readlink("/proc/self/exe", out, PATH_BYTES - 1);
    out[length < 0 ? 0 : length] = '\0';
    char *slash = strrchr(out, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
}

static const char *find_root(struct arena *arena)
{
    static const char *const PLACES[] = {"/../../rules", "/../share/amicus/rules"};
    if (is_folder("rules")) {
        return "rules";
    }
    char folder[PATH_BYTES];
    executable_folder(folder);
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0] && folder[0] != '\0'; i++) {
        char path[PATH_BYTES + 32];
        (void)snprintf(path, sizeof path, "%s%s", folder, PLACES[i]);
        char real[PATH_BYTES];
        if (realpath(path, real) != NULL && is_folder(real)) {
            return arena_copy(arena, real, strlen(real));
        }
    }
    return NULL;
}

amicus_status books_open(struct books *out, struct amicus_engine *engine, const char *option,
                         struct arena *arena, amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL);
    assert(list != NULL);
    *out = (struct books){.engine = engine, .arena = arena, .named = option};
    out->root = find_root(arena);
    if (out->named != NULL) {
        return AMICUS_OK;
    }
    const char *set = getenv("AMICUS_POLICY");
    if (set != NULL && set[0] != '\0') {
        out->named = set;
        return AMICUS_OK;
    }
    return find_config(out, list);
}

void books_close(struct books *books)
{
    assert(books != NULL);
    assert(books->arena != NULL || books->first == NULL);
    for (struct book *book = books->first; book != NULL; book = book->next) {
        rulebook_close(book->rulebook);
        amicus_diagnostics_close(book->list);
    }
    vocabulary_close(books->vocabulary);
    books->first = NULL;
    books->vocabulary = NULL;
}

static void load(struct book *book, struct amicus_engine *engine, struct vocabulary *shared)
{
    if (engine == NULL) {
        diagnostics_add(book->list, AMICUS_ERROR, "U0901", (struct place){book->folder, 0, 0},
                        "run amicus where seccomp is allowed",
                        "the jail for policy scripts cannot be set up here");
        book->status = AMICUS_JAIL;
        return;
    }
    book->status = rulebook_load(&book->rulebook, engine, book->folder, shared, book->list);
    diagnostics_sort(book->list);
}

amicus_status books_load(struct book **out, struct books *books, const char *folder)
{
    assert(out != NULL && books != NULL);
    assert(folder != NULL);
    *out = NULL;
    for (struct book *book = books->first; book != NULL; book = book->next) {
        if (strcmp(book->folder, folder) == 0) {
            *out = book;
            return AMICUS_OK;
        }
    }
    struct book *book = arena_give(books->arena, sizeof *book);
    if (book == NULL || amicus_diagnostics_open(&book->list) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    book->folder = folder;
    book->next = books->first;
    books->first = book;
    load(book, books->engine, books->vocabulary);
    *out = book;
    return AMICUS_OK;
}

amicus_status books_vocabulary(const struct vocabulary **out, struct books *books,
                               amicus_diagnostics *list)
{
    assert(out != NULL && books != NULL);
    assert(list != NULL);
    *out = books->vocabulary;
    if (books->vocabulary != NULL) {
        return AMICUS_OK;
    }
    if (books->root == NULL) {
        diagnostics_add(list, AMICUS_ERROR, "U0303", (struct place){"", 0, 0},
                        "run amicus beside a folder rules/, or name a rulebook with -p DIR",
                        "there are no rules here, and none beside the program");
        return AMICUS_NOT_FOUND;
    }
    const char *path = inputs_join(books->arena, books->root, "vocabulary.yaml");
    struct text bytes;
    if (path == NULL || file_read(&bytes, books->arena, path,
                                  (size_t)limit_of(LIMIT_VOCABULARY_BYTES)) != AMICUS_OK) {
        diagnostics_add(
            list, AMICUS_ERROR, "U0201", (struct place){path == NULL ? books->root : path, 0, 0},
            "check the path and its permissions", "cannot be read: %s", strerror(errno));
        return AMICUS_IO;
    }
    amicus_status status = vocabulary_take(&books->vocabulary, books->engine, path, bytes, list);
    *out = books->vocabulary;
    return status;
}

/* Tell whether a platform may be used as the name of a folder. */
static bool is_folder_name(struct text platform)
{
    if (platform.length == 0 || platform.length > 64 || platform.at[0] == '.') {
        return false;
    }
    for (size_t i = 0; i < platform.length; i++) {
        char byte = platform.at[i];
        bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                        (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.';
        if (!is_plain) {
            return false;
        }
    }
    return true;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Tell whether the manifest of a folder names a platform. What it says besides is checked when it
 * is loaded. */
static bool has_platform(struct arena *arena, const char *folder)
{
    const char *path = inputs_join(arena, folder, MANIFEST_NAME);
    amicus_diagnostics *list;
    struct text bytes;
    const struct tree *root = NULL;
    if (path == NULL || file_read(&bytes, arena, path, CONFIG_BYTES_MAX) != AMICUS_OK ||
        amicus_diagnostics_open(&list) != AMICUS_OK) {
        return false;
    }
    struct tree_source source = tree_source_of(path, bytes, false);
    bool has_one = tree_read_yaml(&root, arena, &source, list) == AMICUS_OK && root != NULL &&
                   tree_find(root, "platform") != NULL;
    amicus_diagnostics_close(list);
    return has_one;
}

amicus_status books_list(struct inputs *out, const struct books *books)
{
    assert(out != NULL);
    assert(books != NULL && books->arena != NULL);
    *out = (struct inputs){NULL, 0, 0};
    if (books->root == NULL) {
        return AMICUS_OK;
    }
    struct inputs all;
    amicus_status status = inputs_folders_with(&all, books->root, MANIFEST_NAME, books->arena);
    if (status != AMICUS_OK || all.count == 0) {
        return status;
    }
    out->paths = arena_give_array(books->arena, all.count, sizeof *out->paths);
    if (out->paths == NULL) {
        return AMICUS_MEMORY;
    }
    for (size_t i = 0; i < all.count; i++) {
        if (has_platform(books->arena, all.paths[i])) {
            out->paths[out->count++] = all.paths[i];
        }
    }
    out->capacity = all.count;
    *out = out->count > 0 ? *out : all;
    return AMICUS_OK;
}

void books_write_names(struct builder *builder, const struct books *books)
{
    assert(builder != NULL);
    assert(books != NULL);
    struct inputs folders = {NULL, 0, 0};
    if (books->root == NULL ||
        inputs_folders_with(&folders, books->root, "rulebook.yaml", builder->arena) != AMICUS_OK) {
        return;
    }
    for (size_t i = 0; i < folders.count; i++) {
        builder_puts(builder, i > 0 ? ", " : "");
        builder_put_visible(builder, text_of(base_name(folders.paths[i])));
    }
}

static void fault_platform(struct books *books, struct text platform, const char *name,
                           amicus_diagnostics *list)
{
    struct builder mend;
    builder_start(&mend, books->arena);
    builder_puts(&mend, "name a rulebook with -p DIR; below rules/ there are: ");
    books_write_names(&mend, books);
    struct text words;
    if (builder_end(&words, &mend) != AMICUS_OK) {
        words = text_of("name a rulebook with -p DIR");
    }
    struct text shown = tree_shown(platform);
    if (platform.length == 0) {
        diagnostics_add(list, AMICUS_ERROR, "U0301", (struct place){name, 0, 0}, words.at,
                        "the case does not say its platform, so no rulebook can be chosen");
    } else {
        diagnostics_add(list, AMICUS_ERROR, "U0301", (struct place){name, 0, 0}, words.at,
                        "there is no rulebook for the platform '%.*s'", (int)shown.length,
                        shown.at);
    }
}

amicus_status books_for(const char **out, struct books *books, struct text platform,
                        const char *name, amicus_diagnostics *list)
{
    assert(out != NULL && books != NULL);
    assert(name != NULL && list != NULL);
    *out = books->named;
    if (books->named != NULL) {
        return AMICUS_OK;
    }
    if (books->root == NULL || !is_folder_name(platform)) {
        fault_platform(books, platform, name, list);
        return AMICUS_NOT_FOUND;
    }
    char folder[72];
    (void)snprintf(folder, sizeof folder, "%.*s", (int)platform.length, platform.at);
    const char *path = inputs_join(books->arena, books->root, folder);
    const char *manifest = path == NULL ? NULL : inputs_join(books->arena, path, MANIFEST_NAME);
    if (manifest == NULL) {
        return AMICUS_MEMORY;
    }
    if (!is_file(manifest)) {
        fault_platform(books, platform, name, list);
        return AMICUS_NOT_FOUND;
    }
    *out = path;
    return AMICUS_OK;
}

const char *books_fault(amicus_status status)
{
    assert(status != AMICUS_OK);
    assert(amicus_status_name(status) != NULL);
    switch (status) {
    case AMICUS_INVALID: return "has faults";
    case AMICUS_IO:
    case AMICUS_NOT_FOUND: return "cannot be read";
    case AMICUS_LIMIT:
    case AMICUS_OVERFLOW: return "is beyond a limit";
    case AMICUS_JAIL: return "was stopped by its jail";
    case AMICUS_MEMORY: return "found no memory";
    case AMICUS_OK:
    case AMICUS_INTERNAL: break;
    }
    return "could not be compiled";
}

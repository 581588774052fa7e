/*
 * From operands to files.
 *
 * A folder is walked in the order of its names' bytes, so that the same tree gives the same answer
 * on every file system. Names that start with a dot are passed over, and links to folders are not
 * followed, so that a walk ends. What is named outright is taken whatever it is called.
 */
#include "inputs.h"

#include "file_io.h"
#include "kept_case.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Folders in folders; deeper is no tree that a person keeps cases in. */
#define FOLDER_DEPTH_MAX 32u
/* Lists that name lists. */
#define LIST_DEPTH_MAX   4u
/* A list of a million paths. */
#define LIST_BYTES_MAX   ((size_t)64 << 20)

/* What the functions of this file pass around. */
struct work {
    struct inputs *out;
    struct arena *arena;
    amicus_diagnostics *list;
    amicus_status status; /* the first failure */
};

const char *inputs_join(struct arena *arena, const char *folder, const char *name)
{
    assert(arena != NULL);
    assert(folder != NULL && name != NULL);
    if (folder[0] == '\0' || strcmp(folder, ".") == 0 || name[0] == '/') {
        return arena_copy(arena, name, strlen(name));
    }
    struct builder builder;
    builder_start(&builder, arena);
    builder_puts(&builder, folder);
    if (folder[strlen(folder) - 1] != '/') {
        builder_putc(&builder, '/');
    }
    builder_puts(&builder, name);
    struct text path;
    return builder_end(&path, &builder) == AMICUS_OK ? path.at : NULL;
}

static void add_path(struct work *work, const char *path)
{
    struct inputs *out = work->out;
    void *paths = (void *)out->paths;
    amicus_status status =
        path == NULL ? AMICUS_MEMORY
                     : arena_grow(work->arena, &paths, &out->capacity, out->count, sizeof path);
    if (status != AMICUS_OK) {
        work->status = status;
        return;
    }
    out->paths = paths;
    out->paths[out->count++] = path;
}

static void fault(struct work *work, const char *path)
{
    diagnostics_add(work->list, AMICUS_ERROR, "U0201", (struct place){path, 0, 0},
                    "check the path and its permissions", "cannot be read: %s", strerror(errno));
    work->status = work->status == AMICUS_OK ? AMICUS_INVALID : work->status;
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), own = strlen(end);
    return length > own && strcmp(name + length - own, end) == 0;
}

static bool is_case_name(const char *name)
{
    return (ends_with(name, ".yaml") || ends_with(name, ".yml") || ends_with(name, ".json")) &&
           strstr(name, ".expected.") == NULL;
}

static int by_bytes(const void *a, const void *b)
{
    const char *left = *(const char *const *)a;
    const char *right = *(const char *const *)b;
    return strcmp(left, right);
}

/* Read the names of a folder, sorted; those that start with a dot are left out. */
static bool read_names(struct work *work, struct inputs *names, const char *folder)
{
    DIR *stream = opendir(folder);
    if (stream == NULL) {
        return false;
    }
    struct work inner = {names, work->arena, work->list, AMICUS_OK};
    for (struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        if (entry->d_name[0] != '.') {
            add_path(&inner, arena_copy(work->arena, entry->d_name, strlen(entry->d_name)));
        }
    }
    (void)closedir(stream);
    work->status = inner.status == AMICUS_OK ? work->status : inner.status;
    if (names->count > 1) {
        qsort((void *)names->paths, names->count, sizeof *names->paths, by_bytes);
    }
    return true;
}

/* The recursion is as deep as the folders are, and bounded by FOLDER_DEPTH_MAX. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void walk(struct work *work, const char *folder, unsigned depth)
{
    struct inputs names = {NULL, 0, 0};
    if (depth >= FOLDER_DEPTH_MAX || !read_names(work, &names, folder)) {
        fault(work, folder);
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        const char *path = inputs_join(work->arena, folder, names.paths[i]);
        struct stat info;
        if (path == NULL || lstat(path, &info) != 0) {
            continue;
        }
        if (S_ISDIR(info.st_mode)) {
            walk(work, path, depth + 1);
        } else if (is_case_name(names.paths[i])) {
            add_path(work, path);
        }
    }
}

/* Add stdin, a file, or what lies below a folder. */
static void add_plain(struct work *work, const char *operand)
{
    struct stat info;
    if (operand == NULL) {
        work->status = AMICUS_MEMORY;
        return;
    }
    if (kept_case_is(operand)) {
        add_path(work, operand);
        return;
    }
    bool is_stdin = strcmp(operand, "-") == 0;
    if (!is_stdin && stat(operand, &info) != 0) {
        fault(work, operand);
    } else if (!is_stdin && S_ISDIR(info.st_mode)) {
        walk(work, operand, 0);
    } else {
        add_path(work, operand);
    }
}

/* Add what a list names, line by line. A list does not name lists. */
static void read_list(struct work *work, const char *path)
{
    struct text bytes;
    if (file_read(&bytes, work->arena, path, LIST_BYTES_MAX) != AMICUS_OK) {
        fault(work, path);
        return;
    }
    size_t at = 0;
    while (at < bytes.length) {
        const char *start = bytes.at + at;
        const char *end = memchr(start, '\n', bytes.length - at);
        size_t length = end == NULL ? bytes.length - at : (size_t)(end - start);
        at += length + 1;
        while (length > 0 && (start[length - 1] == '\r' || start[length - 1] == ' ')) {
            length--;
        }
        if (length > 0 && start[0] != '#') {
            add_plain(work, arena_copy(work->arena, start, length));
        }
    }
}

amicus_status inputs_of(struct inputs *out, const char *const *operands, size_t count,
                        struct arena *arena, amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL && list != NULL);
    assert(operands != NULL || count == 0);
    *out = (struct inputs){NULL, 0, 0};
    struct work work = {out, arena, list, AMICUS_OK};
    for (size_t i = 0; i < count; i++) {
        if (operands[i][0] == '@' && operands[i][1] != '\0') {
            read_list(&work, operands[i] + 1);
        } else {
            add_plain(&work, operands[i]);
        }
    }
    return work.status;
}

amicus_status inputs_folders_with(struct inputs *out, const char *folder, const char *name,
                                  struct arena *arena)
{
    assert(out != NULL && arena != NULL);
    assert(folder != NULL && name != NULL);
    *out = (struct inputs){NULL, 0, 0};
    struct inputs names = {NULL, 0, 0};
    struct work work = {out, arena, NULL, AMICUS_OK};
    if (!read_names(&work, &names, folder)) {
        return AMICUS_OK;
    }
    for (size_t i = 0; i < names.count; i++) {
        const char *path = inputs_join(arena, folder, names.paths[i]);
        const char *file = path == NULL ? NULL : inputs_join(arena, path, name);
        struct stat info;
        if (file != NULL && stat(file, &info) == 0 && S_ISREG(info.st_mode)) {
            add_path(&work, path);
        }
    }
    return work.status;
}

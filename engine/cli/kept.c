/*
 * The cache folder of a user.
 *
 * A kept rulebook decides cases, so it is only taken from a folder that is this user's alone. What
 * is in it may be thrown away at any time: a rulebook that is not there is compiled again.
 */
#include "kept.h"

#include "text.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *join(struct arena *arena, const char *folder, const char *below)
{
    struct builder builder;
    struct text path;
    builder_start(&builder, arena);
    builder_puts(&builder, folder);
    builder_puts(&builder, below);
    return builder_end(&path, &builder) == AMICUS_OK ? path.at : NULL;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

/* Make one folder. returns whether it is there */
static bool make(const char *path)
{
    return path != NULL && (mkdir(path, S_IRWXU) == 0 || errno == EEXIST);
}

/* The user's cache folder by the rules of XDG; its base is made if need be. NULL without a home. */
static const char *by_rules(struct arena *arena)
{
    const char *base = variable("XDG_CACHE_HOME");
    if (base != NULL && base[0] == '/') {
        return make(base) ? join(arena, base, "/amicus") : NULL;
    }
    const char *home = variable("HOME");
    base = home == NULL || home[0] != '/' ? NULL : join(arena, home, "/.cache");
    return make(base) ? join(arena, base, "/amicus") : NULL;
}

static bool is_ours_alone(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid() &&
           (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

const char *kept_folder(struct arena *arena)
{
    assert(arena != NULL);
    const char *folder = variable("AMICUS_CACHE");
    if (folder != NULL && strcmp(folder, "off") == 0) {
        return NULL;
    }
    if (folder == NULL) {
        folder = by_rules(arena);
    }
    if (folder == NULL || !make(folder) || !is_ours_alone(folder)) {
        return NULL;
    }
    assert(folder[0] != '\0');
    return folder;
}

/*
 * From a deck to cases.
 *
 * A deck is a short list in strict YAML, whose paths are relative to its own folder. Decks that
 * have only a name are looked for beside the cases: in cases/ of the working folder, then in the
 * one that stands beside the rules.
 */
#include "deck.h"

#include "faults.h"
#include "limit.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define DECK_BYTES_MAX ((size_t)1 << 20)

static const char *const KEYS[] = {"amicus", "deck", "about", "cases", NULL};

static bool is_there(const char *path)
{
    struct stat info;
    return path != NULL && stat(path, &info) == 0;
}

/* A path below cases/: that of the working folder, else that beside the rules; NULL if neither is
 * there. */
static const char *beside_rules(const struct session *session, const char *below)
{
    const char *here = inputs_join(session->arena, "cases", below);
    if (is_there(here) || session->books.root == NULL) {
        return is_there(here) ? here : NULL;
    }
    const char *folder = inputs_join(session->arena, session->books.root, "../cases");
    const char *there = folder == NULL ? NULL : inputs_join(session->arena, folder, below);
    return is_there(there) ? there : NULL;
}

/* The folder that a file lies in; "." for a bare name. */
static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? "." : arena_copy(arena, path, (size_t)(slash - path));
}

/* Expand the list of a deck. */
static amicus_status take_cases(struct inputs *out, const struct session *session, const char *path,
                                const struct tree *cases, struct faults *faults)
{
    struct arena *arena = session->arena;
    const char *folder = folder_of(arena, path);
    const char **paths = arena_give_array(arena, cases->count + 1u, sizeof *paths);
    size_t count = 0;
    if (paths == NULL || folder == NULL) {
        return AMICUS_MEMORY;
    }
    for (const struct tree *node = cases->first; node != NULL; node = node->next) {
        if (node->kind != TREE_SCALAR) {
            faults_add(faults, "U0503", node->place, "write the path of a case or of a folder",
                       "a deck lists paths, and this is %s", tree_kind_name(node));
            continue;
        }
        paths[count] = inputs_join(arena, folder, node->text.at);
        if (paths[count++] == NULL) {
            return AMICUS_MEMORY;
        }
    }
    return inputs_of(out, paths, count, arena, faults->list);
}

static amicus_status read_deck(struct inputs *out, const struct session *session, const char *path,
                               const struct tree *root, amicus_diagnostics *list)
{
    struct faults faults = {.list = list};
    const struct tree *cases = tree_find(root, "cases");
    if (!faults_check_keys(&faults, root, "U0503", KEYS)) {
        return AMICUS_INVALID;
    }
    if (cases == NULL || cases->kind != TREE_LIST || cases->count == 0) {
        faults_add(&faults, "U0503", root->place, "add 'cases:' with a list of paths",
                   "the deck has no list of cases");
        return AMICUS_INVALID;
    }
    const amicus_status status = take_cases(out, session, path, cases, &faults);
    return status == AMICUS_OK && faults.any ? AMICUS_INVALID : status;
}

/* Read a file that may be a deck; what is none is a case, or a list of them. */
static amicus_status take_file(struct inputs *out, const struct session *session, const char *path,
                               amicus_diagnostics *list)
{
    struct text bytes;
    const struct tree *root = NULL;
    amicus_diagnostics *unheard;
    if (file_read(&bytes, session->arena, path, DECK_BYTES_MAX) != AMICUS_OK ||
        amicus_diagnostics_open(&unheard) != AMICUS_OK) {
        return inputs_of(out, &path, 1, session->arena, list);
    }
    struct tree_source source = tree_source_of(path, bytes, false);
    (void)!tree_read_yaml(&root, session->arena, &source, unheard);
    const struct tree *version = root == NULL ? NULL : tree_find(root, "amicus");
    const bool is_deck = version != NULL && tree_is(version, "deck/1");
    amicus_status status = AMICUS_INVALID;
    if (!is_deck) {
        status = inputs_of(out, &path, 1, session->arena, list);
    } else if (diagnostics_errors(unheard) > 0) {
        diagnostics_add_all(list, unheard, NULL);
    } else {
        status = read_deck(out, session, path, root, list);
    }
    amicus_diagnostics_close(unheard);
    return status;
}

/* The path that a deck's name stands for. */
static const char *find(const struct session *session, const char *name)
{
    struct stat info;
    struct builder builder;
    struct text path;
    if (name[0] == '@' || stat(name, &info) == 0) {
        return name;
    }
    builder_start(&builder, session->arena);
    builder_putf(&builder, "training/%s.yaml", name);
    return builder_end(&path, &builder) == AMICUS_OK ? beside_rules(session, path.at) : NULL;
}

int deck_open(struct inputs *out, struct session *session, const char *name)
{
    assert(out != NULL);
    assert(session != NULL);
    amicus_diagnostics *list;
    struct stat info;
    *out = (struct inputs){.count = 0};
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    const char *path = name == NULL ? beside_rules(session, "worked") : find(session, name);
    amicus_status status = AMICUS_INVALID;
    if (path == NULL) {
        diagnostics_add(list, AMICUS_ERROR, "U0504", (struct place){"", 0, 0},
                        "name a deck file, a folder of cases, or a deck of cases/training",
                        "there is no deck '%.60s'", name == NULL ? "cases/worked" : name);
    } else if (path[0] != '@' && stat(path, &info) == 0 && S_ISREG(info.st_mode)) {
        status = take_file(out, session, path, list);
    } else {
        status = inputs_of(out, &path, 1, session->arena, list);
    }
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    return exit_of(status);
}

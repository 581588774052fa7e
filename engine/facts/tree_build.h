/*
 * The builder of trees: the one place that both readers feed, so that YAML and JSON have the same
 * bounds, the same duplicate keys and the same errors.
 *
 * Plain C structs, because one of its callers is C++.
 */
#ifndef TREE_BUILD_H
#define TREE_BUILD_H

#include "map.h"
#include "yaml_tree.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An open map or list. */
struct tree_frame {
    struct tree *node;
    struct tree *last; /* its last child so far */
    struct map *keys;  /* made when the map has many keys; NULL before */
    struct text key;   /* the key whose value is awaited */
    struct place key_place;
    bool has_key;
    bool is_dropped; /* the key was refused: its value is read, and left out of the tree */
};

struct tree_build {
    struct arena *arena;
    amicus_diagnostics *list;
    const struct tree_source *source;
    const char *file; /* a copy of the source's name in the arena */
    struct tree *root;
    struct tree_frame frames[TREE_DEPTH_MAX];
    unsigned depth; /* open frames */
    size_t nodes;
    size_t faults;        /* reported so far */
    amicus_status status; /* the gravest so far: OK, INVALID, LIMIT, MEMORY */
};

/*
 * Start a tree, and check what can be checked of the text as a whole: size, UTF-8, characters that
 * must not be there.
 *
 * build    what to set up
 * arena    where the tree will live
 * source   borrowed until tree_build_end
 * list     where faults go
 * returns  true if the text can be read further
 */
bool tree_build_start(struct tree_build *build, struct arena *arena,
                      const struct tree_source *source, amicus_diagnostics *list);

/*
 * Report a fault of the text.
 *
 * build    the tree
 * code     C01xx; static
 * place    where
 * mend     how to mend it
 * what     what is wrong, already made
 */
void tree_build_fault(struct tree_build *build, const char *code, struct place place,
                      const char *mend, const char *what);

/* Give a place in the source's file; line and column count from 1. */
struct place tree_build_place(const struct tree_build *build, size_t line, size_t column);

/* Give the place of a byte of the source, by counting lines from its start: for rare faults. */
struct place tree_build_place_of(const struct tree_build *build, size_t at);

/* Report a character that must not stand in a text. */
void tree_build_character(struct tree_build *build, struct place place, uint32_t code);

/*
 * Take the key of the next value; reports a duplicate, an empty key and a merge key.
 *
 * build    a tree whose innermost open node is a map that awaits a key
 * key      copied
 * place    where it starts
 * returns  false if reading must stop
 */
bool tree_build_key(struct tree_build *build, struct text key, struct place place);

/* Tell whether the innermost open node is a map that awaits a key. */
bool tree_build_awaits_key(const struct tree_build *build);

/*
 * Open a map or a list.
 *
 * kind     TREE_MAP or TREE_LIST
 * returns  false if reading must stop: too deep, too many nodes, no memory
 */
bool tree_build_open(struct tree_build *build, enum tree_kind kind, struct place place);

/* Close the innermost map or list. */
void tree_build_close(struct tree_build *build);

/*
 * Add a scalar.
 *
 * text     copied
 * returns  false if reading must stop
 */
bool tree_build_scalar(struct tree_build *build, struct text text, enum tree_form form,
                       struct place place);

/* Add a node whose fault has been reported already. returns false if reading must stop. */
bool tree_build_nothing(struct tree_build *build, struct place place);

#ifdef __cplusplus
}
#endif

#endif

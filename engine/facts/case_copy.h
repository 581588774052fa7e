/*
 * The copy of a case's tree, while it is edited. Private to case_copy.c, case_edit.c,
 * case_keep.c, case_said.c and case_twin.c.
 */
#ifndef CASE_COPY_H
#define CASE_COPY_H

#include "case_path.h"
#include "faults.h"
#include "yaml_tree.h"

/* A record that an edit added. */
struct copy_record {
    uint32_t kind;
    struct text id;
    struct tree *node;
};

struct case_copy {
    const struct amicus_case *base;
    struct arena *arena; /* of the case that will be made */
    struct tree *root;   /* a copy of the base's tree */
    struct tree **nodes; /* by record of the base: its map in the copy; NULL if it was left out */
    struct copy_record *added;
    size_t added_capacity;
    uint32_t added_count;
    struct faults faults;
};

/* Start a copy: an arena and a copy of the base's tree. returns OK; MEMORY (nothing is open). */
AMICUS_MUST_CHECK amicus_status copy_open(struct case_copy *copy, const struct amicus_case *base,
                                          amicus_diagnostics *list);

/*
 * Build the case that a copy says; the copy is over.
 *
 * out      receives the case; NULL unless OK
 * returns  as case_edit; INVALID also if the copy has faults of its own
 */
AMICUS_MUST_CHECK amicus_status copy_end(struct amicus_case **out, struct case_copy *copy);

/* Make a node: TREE_MAP, TREE_LIST, or a plain scalar of a text. NULL if memory failed. */
struct tree *copy_node(struct case_copy *copy, uint8_t kind, struct text text, struct place place);

/* Copy a node and all below it; its texts are borrowed. NULL if memory failed. */
struct tree *copy_branch(struct case_copy *copy, const struct tree *node);

/* Put a node behind the children of a map (under a key) or of a list. NULL is left out. */
void copy_append(struct tree *parent, struct text key, struct tree *child);

/* Take a child out of a map or list; it must be one. */
void copy_remove(struct tree *parent, const struct tree *child);

/* The child of a map that has a key, or NULL. */
struct tree *copy_find(const struct tree *map, struct text key);

/*
 * Find the map that holds the facts of a target, and the key of its fact there.
 *
 * is_made  make a section that is not there
 * returns  the map; NULL if there is none, or memory failed
 */
struct tree *copy_map(struct case_copy *copy, const struct case_target *target, struct text *key,
                      bool is_made);

/* Take out what is said of a fact, if anything is. */
void copy_unsay(struct case_copy *copy, const struct case_target *target);

/* Take out the entries of absent: that name exactly a target. */
void copy_unlist(struct case_copy *copy, const struct case_target *target);

/* Add an entry to absent:. */
void copy_list(struct case_copy *copy, struct text path, struct text reason, struct place place);

/* Make sure that no entry of absent: covers a fact: an entry of a whole becomes one for each of
 * the other facts that it covers. */
void copy_uncover(struct case_copy *copy, const struct case_target *target);

/* Take out all entries of absent: that name a record or one of its facts, of a section or list
 * likewise. */
void copy_unlist_all(struct case_copy *copy, const struct case_target *whole);

/* Write the path of a target of the base. The empty text if memory failed, which is remembered. */
struct text copy_path(struct case_copy *copy, const struct case_target *target);

#endif

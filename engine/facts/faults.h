/*
 * Faults of one input: adding diagnostics with made-up words, and remembering that there was one.
 *
 * The list of diagnostics may hold faults of other inputs too, and adds the same fault only once;
 * whether this input is usable is therefore remembered here and not counted there.
 */
#ifndef FAULTS_H
#define FAULTS_H

#include "map.h"
#include "yaml_tree.h"

struct faults {
    amicus_diagnostics *list;
    bool any;             /* an error was added */
    uint32_t count;       /* how many were */
    amicus_status status; /* MEMORY or LIMIT of the machine; OK otherwise */
};

/* The arguments of %.*s for a foreign text, cut to what a message shows. */
#define SHOWN(foreign) (int)tree_shown(foreign).length, tree_shown(foreign).at

/*
 * Add an error.
 *
 * faults   the faults of the input
 * code     static
 * place    where
 * mend     how to mend it; "" if nothing can be said
 * format   printf format of what is wrong
 */
#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
void faults_add(struct faults *faults, const char *code, struct place place, const char *mend,
                const char *format, ...);

/*
 * Make the mend of a misspelt word.
 *
 * out      receives "write 'nearest'", or `otherwise` if nothing is near
 * bytes    its size
 * nearest  the nearest word, or empty
 */
void faults_mend_nearest(char *out, size_t bytes, struct text nearest, const char *otherwise);

/*
 * Report the keys of a map that are not among the known ones, with the nearest one.
 *
 * faults   where to
 * map      a map; of another node it is reported that a map is wanted
 * code     of the diagnostics
 * known    the known keys, ended by NULL
 * returns  true if it is a map
 */
bool faults_check_keys(struct faults *faults, const struct tree *map, const char *code,
                       const char *const *known);

/* Find the nearest of some words within a third of the word's length in edits (2 at least). */
struct text faults_nearest(const char *const *known, struct text word);

/*
 * Find the key of a map that is most like a word, as map_nearest; empty where the search would cost
 * more than the help is worth: many keys, or more faults than are shown.
 */
struct text faults_nearest_key(const struct faults *faults, const struct map *map,
                               struct text word);

/*
 * Tell whether so many faults were added that more would help nobody: reading then ends. A file
 * made of nothing but faults costs as little as a good one.
 */
bool faults_are_enough(const struct faults *faults);

/* Remember a status of the machine. returns true if it is OK. */
bool faults_status(struct faults *faults, amicus_status status);

#endif

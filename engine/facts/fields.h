/*
 * Fields: the values under the keys of a map, for files that have a fixed set of keys.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include "faults.h"

/*
 * Find the text of a scalar field.
 *
 * faults     where a field of another kind is reported
 * map        the map
 * key        the field
 * code       of the diagnostic
 * is_needed  report a field that is missing
 * returns    its characters, living as long as the tree; the empty text if it has none
 */
struct text field_text(struct faults *faults, const struct tree *map, const char *key,
                       const char *code, bool is_needed);

/* Find a field that is true or false; `fallback` if it is missing. */
bool field_flag(struct faults *faults, const struct tree *map, const char *key, const char *code,
                bool fallback);

/* Find a field that is a list; NULL if it is missing, or is none (which is reported). */
const struct tree *field_list(struct faults *faults, const struct tree *map, const char *key,
                              const char *code);

/* Tell whether a text is a word of a path: a lower-case letter, then those, digits and '_'. */
bool field_is_word(struct text text);

#endif

/*
 * What the parts of a comparison share. Private to want*.c.
 */
#ifndef WANT_PART_H
#define WANT_PART_H

#include "want.h"

/* End a text that lives with the differences; a failure is remembered there. */
struct text want_made(const struct comparison *comparison, struct builder *builder);

/* Two words with a blank between. */
struct text want_joined(const struct comparison *comparison, struct text first, struct text second);

/* Report a record that the case does not have, with the nearest of those that could be meant. */
void want_refuse(const struct comparison *comparison, struct place place, const char *noun,
                 struct text id, struct text nearest);

/* Compare what is wanted under findings: and under cites:. */
void want_findings(const struct comparison *comparison, const struct tree *map);
void want_cites(const struct comparison *comparison, const struct tree *map);

#endif

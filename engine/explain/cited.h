/*
 * What is cited in an outline: a fact as it was read, and the evidence behind it.
 */
#ifndef CITED_H
#define CITED_H

#include "outline.h"
#include "ruling.h"

/* Add a branch for a fact, or for an empty list: its path, how it stands, its value, and whether it
 * counted. kind is the branch's; nothing is added below it. */
struct branch *cited_read(struct outline *outline, struct branch *parent, const char *kind,
                          const struct amicus_ruling *ruling, const struct read *read);

/*
 * Add a branch for each piece of evidence behind a value.
 *
 * span  into the ruling's evidence
 * most  how many are shown; what is left out is counted
 */
void cited_evidence(struct outline *outline, struct branch *parent,
                    const struct amicus_ruling *ruling, struct span span, uint32_t most);

#endif

/*
 * What the conditions of a policy read in the end: facts, those behind derived facts included.
 */
#ifndef IMAGE_READS_H
#define IMAGE_READS_H

#include "image.h"

/*
 * Mark the facts that a node can read.
 *
 * marks    by fact number, fact_count of the vocabulary; facts are added. A derived fact that is
 *          marked already counts as followed, so begin with none marked
 * node     NODE_NONE reads nothing
 */
void image_mark_node(bool *marks, const struct image *image, uint32_t node);

/* Mark the facts that a rule can read: by its condition, its exception and its period. */
void image_mark_rule(bool *marks, const struct image *image, uint32_t rule);

/* Mark the facts that anything of the policy can read: rules, remedies, flags and fallbacks. */
void image_mark_all(bool *marks, const struct image *image);

#endif

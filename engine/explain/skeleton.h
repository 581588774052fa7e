/*
 * The skeleton of a case: the facts that somebody may want, with their questions, to fill in.
 */
#ifndef SKELETON_H
#define SKELETON_H

#include "vocabulary.h"

/* What a skeleton is for. */
struct skeleton {
    const struct vocabulary *vocabulary;
    const bool *wanted;   /* by fact: it belongs into the skeleton; derived ones are passed over */
    uint32_t ground;      /* member of the grounds */
    struct text platform; /* member of the platforms, or empty */
};

/*
 * Write a skeleton as YAML.
 *
 * Only what is known already is stated (the id, the platform, the grounds); every other line is a
 * comment, so that the text is a valid case as it stands. A line that loses its first two
 * characters is a line of the case.
 */
void skeleton_write(struct builder *builder, const struct skeleton *skeleton);

#endif

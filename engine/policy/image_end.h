/*
 * Whether evaluating an image comes to an end, on a stack of bounded depth.
 */
#ifndef IMAGE_END_H
#define IMAGE_END_H

#include "image.h"

/*
 * Tell whether no condition is deeper than a compiler lets it be, no derived fact rests on itself,
 * and every issue stands in the order once.
 *
 * out      receives the answer
 * image    every invariant of image_fault holds
 * arena    for the work
 * returns  OK; MEMORY
 */
AMICUS_MUST_CHECK amicus_status image_ends(bool *out, const struct image *image,
                                           struct arena *arena);

#endif

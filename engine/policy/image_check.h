/*
 * The invariants of an image, checked as if somebody had tampered with its bytes.
 */
#ifndef IMAGE_CHECK_H
#define IMAGE_CHECK_H

#include "image.h"

/*
 * Tell whether an image keeps its invariants: every index in range, every enum known, operands
 * below their nodes, names ascending, an order of issues that is one.
 *
 * image    the image; its arrays must be as long as their counts say
 * returns  NULL if all is well, else what is wrong; static
 */
const char *image_fault(const struct image *image);

/* The same for asserts. */
bool image_is_sane(const struct image *image);

#endif

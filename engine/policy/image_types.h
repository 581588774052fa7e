/*
 * The types of an image's nodes, checked as if somebody had tampered with its bytes.
 */
#ifndef IMAGE_TYPES_H
#define IMAGE_TYPES_H

#include "image.h"

/*
 * Tell whether the operands of a node have the types that its operator wants, and it the type that
 * they make.
 *
 * image    whose operands, spans and details are in range
 * number   the node; those below it were found sound
 */
bool node_has_types(const struct image *image, uint32_t number);

#endif

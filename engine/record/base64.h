/*
 * Base64 of RFC 4648, section 4, with padding: as signed notes and their keys are written.
 */
#ifndef BASE64_H
#define BASE64_H

#include "text.h"

/* Write bytes in groups of four characters, the last one padded. */
void base64_put(struct builder *builder, struct text bytes);

/*
 * Read bytes. Only the one way of writing them is taken: no spaces, no missing padding, no stray
 * bits in the last character.
 *
 * out      receives the bytes
 * room     how many fit
 * length   receives how many there were
 * returns  true if the text is base64 and fits
 */
bool base64_read(uint8_t *out, size_t room, size_t *length, struct text text);

#endif

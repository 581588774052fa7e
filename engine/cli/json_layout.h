/*
 * Layout of JSON: two spaces a level, for people.
 */
#ifndef JSON_LAYOUT_H
#define JSON_LAYOUT_H

#include "text.h"

/*
 * Write canonical JSON over several lines.
 *
 * builder  where to
 * json     valid JSON without insignificant space; a newline at its end is kept
 */
void json_write_indented(struct builder *builder, struct text json);

#endif

/*
 * Rendering of outlines: for people, for grep, and as JSON.
 */
#ifndef RENDER_OUTLINE_H
#define RENDER_OUTLINE_H

#include "outline.h"

/*
 * Write an outline for people: one branch a line, indented by depth, siblings in columns.
 *
 * builder  where to
 * outline     an outline without failure
 * look     what the page can show
 */
void outline_write_text(struct builder *builder, const struct outline *outline, struct look look);

/*
 * Write an outline for grep: one branch a line, "kind path-of-names state says clause place", where
 * the path joins the names of all branches above by a slash.
 */
void outline_write_plain(struct builder *builder, const struct outline *outline);

/*
 * Write an outline as JSON: {"kind","name","state","says","clause","place","parts":[...]}, empty
 * fields left out; the root has "schema" besides.
 *
 * schema       name and major of the schema, such as "amicus.explanation/1"
 * is_indented  two spaces a level, for people; else one line; no newline at the end either way
 */
void outline_write_json(struct builder *builder, const struct outline *outline, const char *schema,
                        bool is_indented);

#endif

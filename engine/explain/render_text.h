/*
 * Rendering of a ruling: the page for a reviewer.
 */
#ifndef RENDER_TEXT_H
#define RENDER_TEXT_H

#include "reasons.h"

/*
 * Write the page for a reviewer.
 *
 * builder  where to; its arena also takes shortened texts
 * reasons  what to show
 * name     how the case was named on the command line, for the commands at the end; visible
 * look     what the page can show
 */
void reasons_write_text(struct builder *builder, const struct reasons *reasons, struct text name,
                        struct look look);

#endif

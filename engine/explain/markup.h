/*
 * Markup: a text as Markdown or HTML that can only be read.
 */
#ifndef MARKUP_H
#define MARKUP_H

#include "text.h"

/*
 * Write a text as Markdown (CommonMark and GitHub's) in which nothing of it is markup, a link, a
 * mention, a heading or a list. A word that a reader could turn into a link stands as code.
 *
 * builder  where to
 * text     visible (layout_visible)
 */
void markdown_put(struct builder *builder, struct text text);

/*
 * Write a text as HTML, for content and for attributes in double quotes.
 *
 * builder  where to
 * text     visible (layout_visible)
 */
void html_put(struct builder *builder, struct text text);

#endif

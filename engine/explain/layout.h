/*
 * Layout: how an answer is set for a reader: columns, wrapping, cutting, colour.
 *
 * The caller says how wide the page is and what it can show; nothing here asks a terminal. Widths
 * are columns of a terminal, not bytes. Texts must have been made visible first (layout_visible),
 * so that foreign words can neither move the cursor nor break a column.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "text.h"

/* What the page can show. */
struct look {
    unsigned width;   /* columns, 40 or more */
    bool is_coloured; /* colour is added to words and symbols, never instead of them */
    bool is_utf8;     /* our own symbols may go beyond ASCII */
};

/* Meanings that a colour can have. */
enum ink {
    INK_PLAIN = 0,
    INK_HEAD,   /* headings */
    INK_STRONG, /* the answer itself */
    INK_GOOD,   /* applied, established */
    INK_BAD,    /* errors */
    INK_WARN,   /* contested, waiting, warnings */
    INK_FAINT   /* references */
};

/* A line being set. Spaces are owed until something follows them: no line ends in a space. */
struct pen {
    struct builder *out;
    struct look look;
    unsigned column; /* where the next word goes, from 0 */
    unsigned owed;   /* spaces not yet written */
};

/*
 * Start a pen at the left edge.
 *
 * out      where the lines go; borrowed
 * look     what the page can show
 */
struct pen pen_of(struct builder *out, struct look look);

/* Write words in a colour. The text must be visible and on one line. */
void pen_put(struct pen *pen, enum ink ink, struct text text);

/* As pen_put, of a NUL-terminated string. */
void pen_puts(struct pen *pen, enum ink ink, const char *string);

/* Move right to a column; if the pen is there or beyond, leave `gap` spaces. */
void pen_to(struct pen *pen, unsigned column, unsigned gap);

/* End the line and go to the left edge. */
void pen_end(struct pen *pen);

/*
 * Write a text over as many lines as it needs, each but the first starting at column `left`.
 *
 * pen      stands where the first line starts
 * text     visible; broken at spaces, and inside a word only if a line cannot hold it
 * left     column of the further lines
 * right    column that no line reaches beyond
 */
void pen_wrap(struct pen *pen, enum ink ink, struct text text, unsigned left, unsigned right);

/*
 * Count the columns that a text takes: two for wide East Asian letters, none for marks.
 *
 * text     UTF-8 (what is not counts one a byte)
 */
unsigned layout_columns(struct text text);

/*
 * Take the first line off a text: as many words as fit, and part of a word only if none does.
 *
 * text     visible; receives what is left, without the spaces before it
 * columns  1 or more
 * returns  the line, a slice of the text
 */
struct text layout_line(struct text *text, unsigned columns);

/*
 * Make a foreign text harmless and fit for one line: white space becomes one space, controls and
 * bidirectional marks become visible.
 *
 * arena    where the result lives
 * text     any bytes
 * returns  the visible text; empty if memory fails
 */
struct text layout_visible(struct arena *arena, struct text text);

/*
 * Shorten a text to a number of columns, ending it with a mark where words are left out.
 *
 * arena    where a shortened text lives
 * look     says which mark can be shown
 * text     visible
 * columns  4 or more
 * returns  the text itself if it fits; empty if memory fails
 */
struct text layout_cut(struct arena *arena, struct look look, struct text text, unsigned columns);

#endif

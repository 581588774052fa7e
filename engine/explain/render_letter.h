/*
 * Rendering of letters: text, Markdown and HTML. Lines for grep and JSON are the outline's own.
 *
 * Each writes every letter of an outline (letter.h). A sentence that rests on something of the
 * policy or the case ends in a number; the numbers are told at the end of the letter, with clause,
 * evidence and facts. What rests on the ruling as a whole has none.
 */
#ifndef RENDER_LETTER_H
#define RENDER_LETTER_H

#include "outline.h"

/*
 * builder  where to; its arena takes the references
 * outline  an outline of letters without failure
 * look     what the page can show
 */
void letter_write_text(struct builder *builder, const struct outline *outline, struct look look);
void letter_write_markdown(struct builder *builder, const struct outline *outline);
void letter_write_html(struct builder *builder, const struct outline *outline);

/*
 * List what the sentences of a letter rest on, each thing once, in the order of reading: a branch
 * of the sentence's kind, name and clause, and below it what stands below any sentence that rests
 * on it, each line once.
 *
 * index    started by the caller
 * letter   a branch "letter"
 */
void letter_index(struct outline *index, const struct branch *letter);

/* The number of a sentence in an index, from 1; 0: it rests on the ruling as a whole. */
uint32_t letter_number(const struct outline *index, const struct branch *sentence);

/* What a reference is, for people: "finding np.approved, clause U-FP-01 (title)". Its parts that
 * are provisions need not be told again. */
struct text letter_source_words(struct outline *index, const struct branch *reference);

/* A part of a reference in a line: "E7 (supported): message, ...". */
struct text letter_part_words(struct outline *index, const struct branch *part);

/* Tell whether a branch has a kind. */
bool letter_is(const struct branch *branch, const char *kind);

#endif

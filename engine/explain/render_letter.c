/*
 * A letter as text.
 *
 * Set like a letter: no column that a name could break, a width for reading, lists with dashes.
 * Headings are in capitals, because a text has no other way to tell them from sentences, and no
 * foreign text is ever a heading by itself.
 */
#include "render_letter.h"

#include <assert.h>

/* Columns beyond which a letter is not set, and where the parts of references stand. */
static const unsigned LETTER_MAX = 76;
static const unsigned PART = 5;

/* Wrap a text from where the pen stands. */
static void put_text(struct pen *pen, enum ink ink, struct text text, unsigned left)
{
    pen_wrap(pen, ink, text, left, pen->look.width);
    pen_end(pen);
}

/* Our words in capitals, and the items that they are about as the case writes them. */
static void put_heading(struct pen *pen, struct text heading, struct text items)
{
    struct builder line;
    builder_start(&line, pen->out->arena);
    for (size_t i = 0; i < heading.length; i++) {
        const char byte = heading.at[i];
        builder_putc(&line, byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte);
    }
    builder_puts(&line, items.length > 0 ? ": " : "");
    builder_put(&line, items);
    if (heading.length > 0 && builder_end(&heading, &line) == AMICUS_OK) {
        put_text(pen, INK_HEAD, heading, 0);
    }
}

/* Add a sentence with its number. */
static void add_sentence(struct builder *line, const struct outline *index,
                         const struct branch *sentence)
{
    const uint32_t number = letter_number(index, sentence);
    builder_puts(line, line->length > 0 ? " " : "");
    builder_put(line, sentence->says);
    if (number > 0) {
        builder_putf(line, " [%u]", (unsigned)number);
    }
}

static void put_line(struct pen *pen, struct builder *line, bool is_item)
{
    struct text text;
    if (builder_end(&text, line) != AMICUS_OK || text.length == 0) {
        return;
    }
    if (is_item) {
        pen_puts(pen, INK_PLAIN, "-");
        pen_to(pen, 2, 1);
    }
    put_text(pen, INK_PLAIN, text, is_item ? 2 : 0);
}

static void put_paragraph(struct pen *pen, const struct outline *index,
                          const struct branch *paragraph)
{
    const bool is_list = paragraph->state.length > 0;
    struct builder line;
    put_heading(pen, paragraph->name, paragraph->says);
    builder_start(&line, pen->out->arena);
    for (const struct branch *child = paragraph->first; child != NULL; child = child->next) {
        add_sentence(&line, index, child);
        if (is_list) {
            put_line(pen, &line, true);
            builder_start(&line, pen->out->arena);
        }
    }
    put_line(pen, &line, false);
}

static void put_references(struct pen *pen, struct outline *index)
{
    unsigned number = 0;
    if (index->root.first == NULL) {
        return;
    }
    pen_end(pen);
    put_heading(pen, text_of("What the numbers mean"), text_of(""));
    for (const struct branch *one = index->root.first; one != NULL; one = one->next) {
        const struct text mark = outline_putf(index, "[%u]", ++number);
        pen_put(pen, INK_FAINT, mark);
        pen_to(pen, PART, 1);
        put_text(pen, INK_FAINT, letter_source_words(index, one), PART);
        for (const struct branch *part = one->first; part != NULL; part = part->next) {
            if (!letter_is(part, "provision")) {
                pen_to(pen, PART, 0);
                put_text(pen, INK_FAINT, letter_part_words(index, part), PART + 2);
            }
        }
    }
}

static void put_letter(struct pen *pen, const struct outline *outline, const struct branch *letter)
{
    struct outline index;
    outline_start(&index, pen->out->arena, "index");
    letter_index(&index, letter);
    const struct text made =
        outline_putf(&index, "Made by the rules of %.*s.", (int)outline->root.says.length,
                     outline->root.says.length > 0 ? outline->root.says.at : "");
    put_text(pen, INK_STRONG, letter->says, 0);
    for (const struct branch *one = letter->first; one != NULL; one = one->next) {
        pen_end(pen);
        put_paragraph(pen, &index, one);
    }
    put_references(pen, &index);
    pen_end(pen);
    put_text(pen, INK_FAINT, made, 0);
}

void letter_write_text(struct builder *builder, const struct outline *outline, struct look look)
{
    assert(builder != NULL && outline != NULL);
    assert(!outline->failed);
    look.width = look.width < LETTER_MAX ? look.width : LETTER_MAX;
    struct pen pen = pen_of(builder, look);
    for (const struct branch *one = outline->root.first; one != NULL; one = one->next) {
        put_letter(&pen, outline, one);
        if (one->next != NULL) {
            pen_puts(&pen, INK_PLAIN, "\n----------------------------------------\n\n");
            pen = pen_of(builder, look);
        }
    }
}

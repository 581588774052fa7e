/*
 * A letter as Markdown and as HTML.
 *
 * Both walk the same outline, and every text of it goes through one of the two escapes of markup.h:
 * there is no way from a case to a tag, a link or a heading. One sentence stands on a line, so that
 * who edits a draft sees in a comparison which sentence was changed.
 *
 * The HTML is one file that loads nothing: its policy forbids scripts, frames and addresses, and
 * telephones are told not to make links of numbers. Foreign words are isolated (bdi), so that a
 * text in a script that runs from right to left moves nothing but itself.
 */
#include "markup.h"
#include "render_letter.h"

#include <assert.h>

/* --- Markdown --- */

static void markdown_paragraph(struct builder *builder, const struct outline *index,
                               const struct branch *paragraph)
{
    const bool is_list = paragraph->state.length > 0;
    if (paragraph->name.length > 0) {
        builder_puts(builder, "\n## ");
        markdown_put(builder, paragraph->name);
        builder_puts(builder, paragraph->says.length > 0 ? ": " : "");
        markdown_put(builder, paragraph->says);
        builder_putc(builder, '\n');
    }
    builder_puts(builder, paragraph->first != NULL ? "\n" : "");
    for (const struct branch *child = paragraph->first; child != NULL; child = child->next) {
        const uint32_t number = letter_number(index, child);
        builder_puts(builder, is_list ? "- " : "");
        markdown_put(builder, child->says);
        if (number > 0) {
            builder_putf(builder, " \\[%u\\]", (unsigned)number);
        }
        builder_putc(builder, '\n');
    }
}

static void markdown_references(struct builder *builder, struct outline *index)
{
    unsigned number = 0;
    builder_puts(builder, index->root.first != NULL ? "\n## What the numbers mean\n\n" : "");
    for (const struct branch *one = index->root.first; one != NULL; one = one->next) {
        builder_putf(builder, "%u. ", ++number);
        markdown_put(builder, letter_source_words(index, one));
        builder_putc(builder, '\n');
        for (const struct branch *part = one->first; part != NULL; part = part->next) {
            if (!letter_is(part, "provision")) {
                builder_puts(builder, "    - ");
                markdown_put(builder, letter_part_words(index, part));
                builder_putc(builder, '\n');
            }
        }
    }
}

void letter_write_markdown(struct builder *builder, const struct outline *outline)
{
    assert(builder != NULL && outline != NULL);
    assert(!outline->failed);
    for (const struct branch *one = outline->root.first; one != NULL; one = one->next) {
        struct outline index;
        outline_start(&index, builder->arena, "index");
        letter_index(&index, one);
        builder_puts(builder, "# ");
        markdown_put(builder, one->says);
        builder_putc(builder, '\n');
        for (const struct branch *part = one->first; part != NULL; part = part->next) {
            markdown_paragraph(builder, &index, part);
        }
        markdown_references(builder, &index);
        builder_puts(builder, "\nMade by the rules of ");
        markdown_put(builder, outline->root.says);
        builder_puts(builder, one->next != NULL ? ".\n\n---\n\n" : ".\n");
    }
}

/* --- HTML --- */

static const char HEAD[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n";
static const char STYLE[] =
    "<style>\nbody { max-width: 42em; margin: 2em auto; padding: 0 1em; "
    "font: 1rem/1.5 serif; color: #111; background: #fff; overflow-wrap: anywhere; }\n"
    "h1 { font-size: 1.4em; } h2 { font-size: 1.1em; }\n"
    "footer, .numbers { font-size: .9em; color: #444; }\n"
    "article + article { margin-top: 4em; border-top: 1px solid; break-before: page; }\n"
    "</style>\n";

/* Write an element that holds nothing but foreign words. */
static void put_element(struct builder *builder, const char *name, struct text text)
{
    builder_putf(builder, "<%s><bdi>", name);
    html_put(builder, text);
    builder_putf(builder, "</bdi></%s>\n", name);
}

/* The address of a reference: of which letter, and its number. */
static void put_anchor(struct builder *builder, const struct branch *letter, uint32_t number)
{
    html_put(builder, letter->name);
    builder_putf(builder, "-%u", (unsigned)number);
}

static void html_paragraph(struct builder *builder, const struct outline *index,
                           const struct branch *letter, const struct branch *paragraph)
{
    const bool is_list = paragraph->state.length > 0;
    if (paragraph->name.length > 0) {
        builder_puts(builder, "<h2>");
        html_put(builder, paragraph->name);
        builder_puts(builder, paragraph->says.length > 0 ? ": <bdi>" : "");
        html_put(builder, paragraph->says);
        builder_puts(builder, paragraph->says.length > 0 ? "</bdi></h2>\n" : "</h2>\n");
    }
    if (paragraph->first == NULL) {
        return;
    }
    builder_puts(builder, is_list ? "<ul>\n" : "<p>\n");
    for (const struct branch *child = paragraph->first; child != NULL; child = child->next) {
        const uint32_t number = letter_number(index, child);
        builder_puts(builder, is_list ? "<li><bdi>" : "<bdi>");
        html_put(builder, child->says);
        builder_puts(builder, "</bdi>");
        if (number > 0) {
            builder_puts(builder, " <a href=\"#");
            put_anchor(builder, letter, number);
            builder_putf(builder, "\">[%u]</a>", (unsigned)number);
        }
        builder_puts(builder, is_list ? "</li>\n" : "\n");
    }
    builder_puts(builder, is_list ? "</ul>\n" : "</p>\n");
}

static void html_reference(struct builder *builder, struct outline *index,
                           const struct branch *letter, const struct branch *reference)
{
    builder_puts(builder, "<li id=\"");
    put_anchor(builder, letter, letter_number(index, reference));
    builder_puts(builder, "\"><bdi>");
    html_put(builder, letter_source_words(index, reference));
    builder_puts(builder, "</bdi>");
    bool is_open = false;
    for (const struct branch *part = reference->first; part != NULL; part = part->next) {
        if (!letter_is(part, "provision")) {
            builder_puts(builder, is_open ? "" : "\n<ul>\n");
            put_element(builder, "li", letter_part_words(index, part));
            is_open = true;
        }
    }
    builder_puts(builder, is_open ? "</ul>\n</li>\n" : "</li>\n");
}

static void html_letter(struct builder *builder, const struct outline *outline,
                        const struct branch *letter)
{
    struct outline index;
    outline_start(&index, builder->arena, "index");
    letter_index(&index, letter);
    builder_puts(builder, "<article>\n");
    put_element(builder, "h1", letter->says);
    for (const struct branch *part = letter->first; part != NULL; part = part->next) {
        html_paragraph(builder, &index, letter, part);
    }
    if (index.root.first != NULL) {
        builder_puts(builder,
                     "<section class=\"numbers\">\n<h2>What the numbers mean</h2>\n<ol>\n");
        for (const struct branch *one = index.root.first; one != NULL; one = one->next) {
            html_reference(builder, &index, letter, one);
        }
        builder_puts(builder, "</ol>\n</section>\n");
    }
    builder_puts(builder, "<footer>Made by the rules of <bdi>");
    html_put(builder, outline->root.says);
    builder_puts(builder, "</bdi>.</footer>\n</article>\n");
}

void letter_write_html(struct builder *builder, const struct outline *outline)
{
    assert(builder != NULL && outline != NULL);
    assert(!outline->failed);
    builder_puts(builder, HEAD);
    builder_puts(builder, "<title>Dispute ");
    html_put(builder, outline->root.name);
    builder_puts(builder, "</title>\n");
    builder_puts(builder, STYLE);
    builder_puts(builder, "</head>\n<body>\n");
    for (const struct branch *one = outline->root.first; one != NULL; one = one->next) {
        html_letter(builder, outline, one);
    }
    builder_puts(builder, "</body>\n</html>\n");
}

/*
 * Places and mends: where a fault stands in a script, and how it is put right.
 *
 * Lua tells lines, not columns, and a declaration's line is that of its first word. A name is
 * looked for in the source text instead: on the line that the jail reported, or, for a text of a
 * declaration, in quotes on the lines that follow up to the next declaration. It is used only if it
 * stands there exactly once; a wrong column would be worse than none.
 */
#include "compiler.h"

#include <assert.h>
#include <string.h>

const char *mend_of(struct compiler *compiler, const char *format, ...)
{
    assert(compiler != NULL && format != NULL);
    struct builder builder;
    builder_start(&builder, compiler->arena);
    va_list arguments;
    va_start(arguments, format);
    builder_putv(&builder, format, arguments);
    va_end(arguments);
    struct text text;
    if (builder_end(&text, &builder) != AMICUS_OK) {
        compiler->status = AMICUS_MEMORY;
        return "";
    }
    return text.at == NULL ? "" : text.at;
}

const char *mend_near(struct compiler *compiler, struct text near)
{
    assert(compiler != NULL);
    return near.length == 0 ? "" : mend_of(compiler, "did you mean '%.*s'?", SHOWN(near));
}

/* Cut the next line off a text, without its end. */
static struct text next_line(struct text *rest)
{
    struct text line = *rest;
    if (rest->length == 0) {
        return text_of("");
    }
    const char *end = memchr(rest->at, '\n', rest->length);
    if (end == NULL) {
        rest->at += rest->length;
        rest->length = 0;
        return line;
    }
    line.length = (size_t)(end - line.at);
    rest->at += line.length + 1;
    rest->length -= line.length + 1;
    return line;
}

/* The text from a line on, counted from 1. */
static struct text from_line(struct text source, uint32_t line)
{
    for (uint32_t i = 1; i < line && source.length > 0; i++) {
        (void)next_line(&source);
    }
    return source;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

/* Count where a name stands as a whole word in a line; `at` receives the last place. */
static unsigned find_word(struct text line, struct text name, size_t *at)
{
    unsigned found = 0;
    if (name.length == 0) {
        return 0;
    }
    for (size_t i = 0; i + name.length <= line.length; i++) {
        if (line.at[i] != name.at[0] || memcmp(line.at + i, name.at, name.length) != 0) {
            continue;
        }
        size_t end = i + name.length;
        bool is_whole = (i == 0 || !is_word_byte(line.at[i - 1])) &&
                        (end == line.length || !is_word_byte(line.at[end]));
        if (is_whole) {
            found += 1;
            *at = i;
        }
    }
    return found;
}

static const struct compile_file *file_of(const struct compiler *compiler, uint32_t file)
{
    assert(file < compiler->input->file_count);
    return compiler->files[file];
}

struct place compiler_place(const struct compiler *compiler, uint32_t file, uint32_t line,
                            struct text name)
{
    assert(compiler != NULL);
    const struct compile_file *source = file_of(compiler, file);
    struct place place = {source->shown.at, line, 0};
    if (line == 0 || name.length == 0) {
        return place;
    }
    struct text rest = from_line(source->bytes, line);
    struct text text = next_line(&rest);
    size_t at = 0;
    if (find_word(text, name, &at) == 1) {
        place.column = (uint32_t)text_characters(text, at) + 1;
    }
    return place;
}

/* The line behind the last of a draft: where the next declaration of its file begins. */
static uint32_t last_line(const struct compiler *compiler, const struct draft *draft)
{
    const struct message *message = &file_of(compiler, draft->file)->message;
    uint32_t last = draft->line + 200;
    for (uint32_t i = 0; i < message->count; i++) {
        uint32_t line = message->declarations[i].line;
        if (line > draft->line && line <= last) {
            last = line - 1;
        }
    }
    return last;
}

struct place draft_place(const struct compiler *compiler, const struct draft *draft,
                         struct text name)
{
    assert(compiler != NULL && draft != NULL);
    const struct compile_file *source = file_of(compiler, draft->file);
    struct place place = {source->shown.at, draft->line, 0};
    unsigned found = 0;
    uint32_t last = last_line(compiler, draft);
    struct text rest = from_line(source->bytes, draft->line);
    for (uint32_t line = draft->line; line <= last && rest.length > 0; line++) {
        struct text text = next_line(&rest);
        size_t at = 0;
        unsigned here = find_word(text, name, &at);
        found += here;
        if (here == 1) {
            place.line = line;
            place.column = (uint32_t)text_characters(text, at) + 1;
        }
    }
    if (found != 1) {
        return compiler_place(compiler, draft->file, draft->line, name);
    }
    return place;
}

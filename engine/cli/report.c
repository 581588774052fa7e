/*
 * What is wrong, shown where it is wrong.
 *
 *   error[C0104]: 'amount' has no currency
 *     --> cases/one.yaml:6:11
 *      |
 *    6 |   amount: 1200.00
 *      |           ^^^^^^^
 *      = mend: write it as 'USD 1200.00'
 *      = more: amicus explain C0104
 *
 * The line is read from the input at hand or from the rulebook's folder, and made visible before it
 * is shown: a case can hold anything. The underline covers the word at the column, as far as a word
 * can be told without knowing the language of the file.
 */
#include "report.h"

#include "file_io.h"
#include "inputs.h"
#include "limit.h"

#include <assert.h>
#include <string.h>
#include <sys/stat.h>

const char *severity_name(amicus_severity severity)
{
    assert(severity >= AMICUS_NOTE);
    assert(severity <= AMICUS_ERROR);
    return severity == AMICUS_ERROR ? "error" : severity == AMICUS_WARNING ? "warning" : "note";
}

struct report_count report_count_of(const amicus_diagnostics *list)
{
    assert(list != NULL);
    struct report_count count = {0, 0, 0};
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        assert(one != NULL);
        count.errors += one->severity == AMICUS_ERROR;
        count.warnings += one->severity == AMICUS_WARNING;
        count.notes += one->severity == AMICUS_NOTE;
    }
    return count;
}

static bool is_file(const char *path)
{
    struct stat info;
    return path != NULL && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* The folder that holds a folder. */
static const char *parent_of(struct arena *arena, const char *folder)
{
    const char *slash = strrchr(folder, '/');
    return slash == NULL ? "." : arena_copy(arena, folder, (size_t)(slash - folder));
}

/* The path by which the reader can open the file of a diagnostic; as it is named, if none is. */
static const char *path_of(struct arena *arena, const char *file,
                           const struct report_sources *sources)
{
    if (file[0] == '\0' || (sources->name != NULL && strcmp(file, sources->name) == 0) ||
        is_file(file) || sources->folder == NULL) {
        return file;
    }
    const char *inside = inputs_join(arena, sources->folder, file);
    if (is_file(inside)) {
        return inside;
    }
    const char *parent = parent_of(arena, sources->folder);
    const char *beside = parent == NULL ? NULL : inputs_join(arena, parent, file);
    return is_file(beside) ? beside : file;
}

static struct text bytes_of(struct arena *arena, const char *path, const char *file,
                            const struct report_sources *sources)
{
    if (sources->name != NULL && strcmp(file, sources->name) == 0) {
        return sources->bytes;
    }
    struct text bytes = {NULL, 0};
    if (!is_file(path) ||
        file_read(&bytes, arena, path, (size_t)limit_of(LIMIT_CASE_YAML_BYTES)) != AMICUS_OK) {
        return (struct text){NULL, 0};
    }
    return bytes;
}

/* The n-th line, from 1, without its end; false if there is none. */
static bool find_line(struct text *line, struct text bytes, uint32_t number)
{
    const char *at = bytes.at, *end = bytes.at == NULL ? NULL : bytes.at + bytes.length;
    for (uint32_t i = 1; at < end; i++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = stop == NULL ? (size_t)(end - at) : (size_t)(stop - at);
        if (i == number) {
            bool has_return = length > 0 && at[length - 1] == '\r';
            *line = (struct text){at, has_return ? length - 1 : length};
            return true;
        }
        at += length + 1;
    }
    return false;
}

/* The byte at which a character stands, from 1; the end if the line is shorter. */
static size_t byte_of(struct text line, uint32_t column)
{
    size_t at = 0;
    for (uint32_t i = 1; i < column && at < line.length; i++) {
        at++;
        while (at < line.length && ((unsigned char)line.at[at] & 0xC0u) == 0x80u) {
            at++;
        }
    }
    return at;
}

static bool is_word(char byte)
{
    return byte != ' ' && byte != '\t' && byte != ',' && byte != ':' && byte != '(' &&
           byte != ')' && byte != '[' && byte != ']' && byte != '{' && byte != '}';
}

/* The end of the word that starts at a byte; a quoted one ends with its quote. */
static size_t word_end(struct text line, size_t at)
{
    size_t end = at;
    if (at < line.length && (line.at[at] == '"' || line.at[at] == '\'')) {
        const char *close = memchr(line.at + at + 1, line.at[at], line.length - at - 1);
        return close == NULL ? line.length : (size_t)(close - line.at) + 1;
    }
    while (end < line.length && is_word(line.at[end])) {
        end++;
    }
    return end > at ? end : at < line.length ? at + 1 : at;
}

/* Part of a line, every byte visible and a tab one column wide. */
static struct text shown(struct arena *arena, struct text part)
{
    struct builder builder;
    builder_start(&builder, arena);
    size_t at = 0;
    while (at < part.length) {
        size_t stop = at;
        while (stop < part.length && part.at[stop] != '\t') {
            stop++;
        }
        builder_put_visible(&builder, (struct text){part.at + at, stop - at});
        if (stop < part.length) {
            builder_putc(&builder, ' ');
            stop++;
        }
        at = stop;
    }
    struct text text;
    return builder_end(&text, &builder) == AMICUS_OK ? text : (struct text){NULL, 0};
}

static void put_bar(struct pen *pen, unsigned margin)
{
    pen_to(pen, margin, 0);
    pen_puts(pen, INK_FAINT, "|");
}

/* The part of a line that the page can show, with its word in it. */
struct window {
    struct text shown;
    unsigned left, width; /* where the word stands in it, in columns */
};

/* Cut a line to the page; if its word lies beyond, what stands before the word goes first. */
static struct window window_of(struct pen *pen, struct text line, const amicus_diagnostic *one,
                               unsigned room)
{
    struct arena *arena = pen->out->arena;
    size_t at = one->column == 0 ? 0 : byte_of(line, one->column);
    size_t end = one->column == 0 ? 0 : word_end(line, at);
    struct text rest = shown(arena, (struct text){line.at + at, line.length - at});
    struct text before = shown(arena, (struct text){line.at, at});
    struct window window = {shown(arena, line), layout_columns(before),
                            layout_columns(shown(arena, (struct text){line.at + at, end - at}))};
    if (window.left + window.width > room) {
        window.shown = rest;
        window.left = 0;
    }
    window.shown = layout_cut(arena, pen->look, window.shown, room);
    window.width = window.width == 0 ? 1 : window.width;
    window.width = window.left + window.width > room ? room - window.left : window.width;
    return window;
}

static void put_underline(struct pen *pen, enum ink ink, unsigned width)
{
    struct builder builder;
    builder_start(&builder, pen->out->arena);
    for (unsigned i = 0; i < width; i++) {
        builder_putc(&builder, '^');
    }
    struct text marks;
    if (builder_end(&marks, &builder) == AMICUS_OK) {
        pen_put(pen, ink, marks);
    }
}

/* The line of a diagnostic, framed, with its word underlined. */
static void put_frame(struct pen *pen, struct text line, const amicus_diagnostic *one,
                      unsigned margin)
{
    struct window window = window_of(pen, line, one, pen->look.width - margin - 2);
    char number[16];
    (void)snprintf(number, sizeof number, "%u", (unsigned)one->line);
    put_bar(pen, margin);
    pen_end(pen);
    pen_to(pen, margin - 1 - (unsigned)strlen(number), 0);
    pen_puts(pen, INK_FAINT, number);
    put_bar(pen, margin);
    pen_to(pen, margin + 2, 0);
    pen_put(pen, INK_PLAIN, window.shown);
    pen_end(pen);
    if (one->column > 0) {
        put_bar(pen, margin);
        pen_to(pen, margin + 2 + window.left, 0);
        put_underline(pen, one->severity == AMICUS_ERROR ? INK_BAD : INK_WARN, window.width);
        pen_end(pen);
    }
}

static void put_place(struct pen *pen, const char *path, const amicus_diagnostic *one)
{
    char numbers[40] = "";
    if (one->line > 0 && one->column > 0) {
        (void)snprintf(numbers, sizeof numbers, ":%u:%u", (unsigned)one->line,
                       (unsigned)one->column);
    } else if (one->line > 0) {
        (void)snprintf(numbers, sizeof numbers, ":%u", (unsigned)one->line);
    }
    pen_put(pen, INK_PLAIN, layout_visible(pen->out->arena, text_of(path)));
    pen_puts(pen, INK_PLAIN, numbers);
}

static void put_note(struct pen *pen, unsigned margin, const char *label, struct text says)
{
    pen_to(pen, margin, 0);
    pen_puts(pen, INK_FAINT, "= ");
    pen_puts(pen, INK_HEAD, label);
    pen_wrap(pen, INK_PLAIN, says, margin + 8, pen->look.width);
    pen_end(pen);
}

static void put_headline(struct pen *pen, const amicus_diagnostic *one)
{
    enum ink ink = one->severity == AMICUS_ERROR     ? INK_BAD
                   : one->severity == AMICUS_WARNING ? INK_WARN
                                                     : INK_HEAD;
    pen_puts(pen, ink, severity_name(one->severity));
    pen_puts(pen, ink, "[");
    pen_puts(pen, ink, one->code);
    pen_puts(pen, ink, "]");
    pen_puts(pen, INK_PLAIN, ": ");
    pen_wrap(pen, INK_HEAD, layout_visible(pen->out->arena, text_of(one->what)), 2,
             pen->look.width);
    pen_end(pen);
}

/* Columns before the bar: as wide as the line's number needs. */
static unsigned margin_of(uint32_t line)
{
    unsigned digits = 1;
    for (uint32_t rest = line; rest >= 10; rest /= 10) {
        digits++;
    }
    return digits < 3 ? 4 : digits + 1;
}

static void put_diagnostic(struct pen *pen, const amicus_diagnostic *one,
                           const struct report_sources *sources)
{
    struct arena *arena = pen->out->arena;
    unsigned margin = margin_of(one->line);
    put_headline(pen, one);
    if (one->file[0] != '\0') {
        const char *path = path_of(arena, one->file, sources);
        pen_to(pen, margin - 2, 0);
        pen_puts(pen, INK_FAINT, "--> ");
        put_place(pen, path, one);
        pen_end(pen);
        struct text line;
        if (one->line > 0 &&
            find_line(&line, bytes_of(arena, path, one->file, sources), one->line)) {
            put_frame(pen, line, one, margin);
        }
    }
    if (one->mend[0] != '\0') {
        put_note(pen, margin, "mend: ", layout_visible(arena, text_of(one->mend)));
    }
    struct builder more;
    builder_start(&more, arena);
    builder_puts(&more, "amicus explain ");
    builder_puts(&more, one->code);
    struct text words;
    if (builder_end(&words, &more) == AMICUS_OK) {
        put_note(pen, margin, "more: ", words);
    }
}

void report_write_text(struct builder *builder, const amicus_diagnostics *list,
                       const struct report_sources *sources, struct look look)
{
    assert(builder != NULL && list != NULL);
    assert(sources != NULL);
    struct pen pen = pen_of(builder, look);
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        put_diagnostic(&pen, amicus_diagnostics_find(list, i), sources);
        pen_end(&pen);
    }
}

static bool ends_a_sentence(const char *words)
{
    size_t length = strlen(words);
    return length > 0 && strchr(".?!", words[length - 1]) != NULL;
}

static void plain_diagnostic(struct builder *builder, const amicus_diagnostic *one,
                             const struct report_sources *sources)
{
    struct pen pen = pen_of(builder, (struct look){80, false, false});
    put_place(&pen, path_of(builder->arena, one->file, sources), one);
    builder_putf(builder, "%s%s %s: ", one->file[0] != '\0' ? ": " : "",
                 severity_name(one->severity), one->code);
    builder_put(builder, layout_visible(builder->arena, text_of(one->what)));
    builder_puts(builder, ends_a_sentence(one->what) ? "" : ".");
    if (one->mend[0] != '\0') {
        builder_puts(builder, " Mend: ");
        builder_put(builder, layout_visible(builder->arena, text_of(one->mend)));
        builder_puts(builder, ends_a_sentence(one->mend) ? "" : ".");
    }
    builder_putc(builder, '\n');
}

void report_write_plain(struct builder *builder, const amicus_diagnostics *list,
                        const struct report_sources *sources)
{
    assert(builder != NULL && list != NULL);
    assert(sources != NULL);
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        plain_diagnostic(builder, amicus_diagnostics_find(list, i), sources);
    }
}

static void put_field(struct builder *builder, const char *key, const char *value)
{
    builder_putf(builder, ",\"%s\":", key);
    builder_put_json(builder, text_of(value));
}

void report_write_json(struct builder *builder, const amicus_diagnostics *list,
                       const struct report_sources *sources, bool *first)
{
    assert(builder != NULL && list != NULL);
    assert(sources != NULL && first != NULL);
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        builder_puts(builder, *first ? "" : ",");
        *first = false;
        builder_puts(builder, "{\"code\":");
        builder_put_json(builder, text_of(one->code));
        builder_putf(builder, ",\"column\":%u", (unsigned)one->column);
        put_field(builder, "file", path_of(builder->arena, one->file, sources));
        builder_putf(builder, ",\"line\":%u", (unsigned)one->line);
        put_field(builder, "mend", one->mend);
        put_field(builder, "severity", severity_name(one->severity));
        put_field(builder, "what", one->what);
        builder_putc(builder, '}');
    }
}

static void put_number(struct builder *builder, size_t number, const char *noun)
{
    builder_putf(builder, "%zu %s%s", number, noun, number == 1 ? "" : "s");
}

void report_write_count(struct builder *builder, size_t inputs, const char *noun,
                        struct report_count count)
{
    assert(builder != NULL);
    assert(noun != NULL);
    put_number(builder, inputs, noun);
    builder_puts(builder, ", ");
    put_number(builder, count.errors, "error");
    if (count.warnings > 0) {
        builder_puts(builder, ", ");
        put_number(builder, count.warnings, "warning");
    }
    if (count.notes > 0) {
        builder_puts(builder, ", ");
        put_number(builder, count.notes, "note");
    }
    builder_putc(builder, '\n');
}

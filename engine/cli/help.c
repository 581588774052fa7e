/*
 * Help, from the table by which the command line is read.
 *
 * Nothing on these pages is typed twice: the list, the pages, the table of formats and the exit
 * codes are the rows that the program itself works with. Topics that are prose stand here.
 */
#include "help.h"

#include "exit_code.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define OPTION_COLUMN 26u

static void put_line(struct pen *pen, enum ink ink, unsigned left, const char *words)
{
    pen_to(pen, left, 0);
    pen_wrap(pen, ink, text_of(words), left, pen->look.width);
    pen_end(pen);
}

/* Two columns: what, and what it means. */
static void put_row(struct pen *pen, unsigned left, const char *what, unsigned column,
                    const char *means)
{
    pen_to(pen, left, 0);
    pen_puts(pen, INK_PLAIN, what);
    pen_to(pen, column, 2);
    pen_wrap(pen, INK_PLAIN, text_of(means), column, pen->look.width);
    pen_end(pen);
}

static unsigned longest_name(void)
{
    size_t longest = 0;
    for (size_t i = 0; i < command_row_count; i++) {
        size_t length = strlen(command_rows[i].name);
        longest = length > longest ? length : longest;
    }
    return (unsigned)longest;
}

void help_write_all(struct builder *builder, struct look look)
{
    assert(builder != NULL);
    assert(command_rows[0].name != NULL);
    struct pen pen = pen_of(builder, look);
    put_line(&pen, INK_PLAIN, 0,
             "amicus: suggest a ruling for a marketplace dispute. It advises; you decide.");
    put_line(&pen, INK_PLAIN, 0, "Usage: amicus <command> [options] [case...]");
    pen_end(&pen);
    const char *group = "";
    unsigned column = 10 + longest_name() + 2;
    for (size_t i = 0; i < command_row_count; i++) {
        const struct command *command = &command_rows[i];
        if (strcmp(group, command->group) != 0) {
            group = command->group;
            pen_puts(&pen, INK_HEAD, group);
        }
        pen_to(&pen, 10, 0);
        pen_puts(&pen, INK_STRONG, command->name);
        pen_to(&pen, column, 2);
        pen_wrap(&pen, INK_PLAIN, text_of(command->line), column, look.width);
        pen_end(&pen);
    }
    pen_end(&pen);
    put_line(&pen, INK_PLAIN, 0,
             "'amicus help <command>' shows one command with examples; 'amicus help formats', "
             "'amicus help exit', 'amicus help paths' the rest.");
}

static void put_synopsis(struct pen *pen, const struct command *command)
{
    const char *at = command->synopsis;
    const char *label = "Usage: ";
    while (at != NULL) {
        const char *end = strchr(at, '\n');
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
        pen_puts(pen, INK_PLAIN, label);
        pen_to(pen, 7, 0);
        pen_puts(pen, INK_PLAIN, "amicus ");
        pen_puts(pen, INK_PLAIN, command->name);
        pen_puts(pen, INK_PLAIN, length > 0 ? " [options] " : " [options]");
        pen_wrap(pen, INK_PLAIN, (struct text){at, length}, 11, pen->look.width);
        pen_end(pen);
        at = end == NULL ? NULL : end + 1;
        label = "";
    }
}

static void put_option(struct pen *pen, const struct option_row *row)
{
    char name[64];
    char letter[8] = "    ";
    if (row->letter != 0) {
        (void)snprintf(letter, sizeof letter, "-%c%s", row->letter,
                       row->name[0] != '\0' ? ", " : "");
    }
    (void)snprintf(name, sizeof name, "%s%s%s%s%s", letter, row->name[0] != '\0' ? "--" : "",
                   row->name, row->value != NULL ? " " : "", row->value != NULL ? row->value : "");
    put_row(pen, 2, name, OPTION_COLUMN, row->meaning);
}

static void put_options(struct pen *pen, const struct command *command)
{
    if (command->options[0] != OPTION_COUNT) {
        pen_end(pen);
        put_line(pen, INK_HEAD, 0, "Options");
    }
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (command_lists(command, (enum option)i)) {
            put_option(pen, &option_rows[i]);
        }
    }
    pen_end(pen);
    put_line(pen, INK_HEAD, 0, "Options of every command");
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (option_is_common((enum option)i)) {
            put_option(pen, &option_rows[i]);
        }
    }
}

static void put_formats(struct pen *pen, uint32_t formats)
{
    if (formats == 0) {
        return;
    }
    pen_end(pen);
    pen_puts(pen, INK_HEAD, "Formats");
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if ((formats & FORMAT_BIT(i)) != 0) {
            pen_puts(pen, INK_PLAIN, " ");
            pen_puts(pen, INK_PLAIN, format_names[i]);
        }
    }
    pen_end(pen);
}

void help_write_command(struct builder *builder, const struct command *command, struct look look)
{
    assert(builder != NULL);
    assert(command != NULL);
    struct pen pen = pen_of(builder, look);
    pen_puts(&pen, INK_STRONG, "amicus ");
    pen_puts(&pen, INK_STRONG, command->name);
    pen_puts(&pen, INK_PLAIN, ": ");
    pen_wrap(&pen, INK_PLAIN, text_of(command->line), 2, look.width);
    pen_end(&pen);
    put_synopsis(&pen, command);
    pen_end(&pen);
    put_line(&pen, INK_PLAIN, 0, command->about);
    put_options(&pen, command);
    put_formats(&pen, command->formats);
    pen_end(&pen);
    put_line(&pen, INK_HEAD, 0, "Examples");
    for (size_t i = 0; command->examples[i].command != NULL; i++) {
        put_line(&pen, INK_STRONG, 2, command->examples[i].command);
        put_line(&pen, INK_PLAIN, 6, command->examples[i].says);
    }
}

/* The formats of a set, joined by spaces. */
static void join_formats(char *out, size_t bytes, uint32_t formats)
{
    size_t used = (size_t)snprintf(out, bytes, "%s", formats == 0 ? "(none)" : "");
    for (size_t i = 0; i < FORMAT_COUNT && used < bytes; i++) {
        if ((formats & FORMAT_BIT(i)) != 0) {
            used += (size_t)snprintf(out + used, bytes - used, "%s%s", used > 0 ? " " : "",
                                     format_names[i]);
        }
    }
}

static void write_formats(struct pen *pen)
{
    static const char *const MEANINGS[FORMAT_COUNT] = {
        "for people; a pipe only loses colour and the terminal's width",
        "one fact a line, for grep and cut; words never change their order",
        "indented; names its schema; money is a string with its currency",
        "canonical JSON, one line a case: sorted keys, no insignificant space",
        "XML for continuous integration",
        "the Test Anything Protocol, version 14",
        "annotations of a workflow: what failed, and one summary",
        "a table for spreadsheets, by RFC 4180",
        "Markdown, in which nothing of a case is markup or a link",
        "one page that loads nothing, in which nothing of a case is markup",
        "a plot in one file, without scripts and links"};
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        put_row(pen, 2, format_names[i], 12, MEANINGS[i]);
    }
    pen_end(pen);
    put_line(pen, INK_PLAIN, 0,
             "-f may be repeated, and F:FILE writes that format to a file: "
             "-f human -f json:ruling.json decides once and writes both.");
    pen_end(pen);
    for (size_t i = 0; i < command_row_count; i++) {
        char formats[64];
        join_formats(formats, sizeof formats, command_rows[i].formats);
        put_row(pen, 2, command_rows[i].name, 14, formats);
    }
    pen_end(pen);
    put_line(pen, INK_PLAIN, 0,
             "A case that is refused gives an object of schema amicus.diagnostics/1 in place of "
             "its ruling. Colour: --color, NO_COLOR, CLICOLOR_FORCE, TERM=dumb; width: COLUMNS.");
}

static void write_exit(struct pen *pen)
{
    for (size_t i = 0; i < exit_row_count; i++) {
        char code[16];
        (void)snprintf(code, sizeof code, "%3d", exit_rows[i].code);
        put_row(pen, 2, code, 7, exit_rows[i].meaning);
    }
    pen_end(pen);
    put_line(pen, INK_PLAIN, 0,
             "Over many inputs the worst code wins: 70, 74, 75, 5, 3, then the outcomes of "
             "--exit-code, 4, 1, 0.");
}

static void write_paths(struct pen *pen)
{
    put_line(pen, INK_HEAD, 0, "Cases");
    put_row(pen, 2, "FILE", 12, "taken, whatever it is called");
    put_row(pen, 2, "DIR", 12,
            "every case below it: *.yaml, *.yml, *.json, but not *.expected.*; sorted by name");
    put_row(pen, 2, "-", 12, "stdin: one case, YAML or JSON");
    put_row(pen, 2, "@FILE", 12, "a list of these, one a line; # starts a comment line");
    pen_end(pen);
    put_line(pen, INK_HEAD, 0, "The rulebook, the first that is given");
    put_row(pen, 2, "-p DIR", 20, "the option");
    put_row(pen, 2, "AMICUS_POLICY", 20, "the environment");
    put_row(pen, 2, "amicus.yaml", 20, "'policy: DIR', from the working folder upwards");
    put_row(pen, 2, "rules/PLATFORM", 20, "by case.platform of each case");
    pen_end(pen);
    put_line(pen, INK_HEAD, 0, "Compiled rulebooks are kept, so that scripts run once");
    put_row(pen, 2, "AMICUS_CACHE", 30, "a folder of yours, or 'off'");
    put_row(pen, 2, "$XDG_CACHE_HOME/amicus", 30, "else");
    put_row(pen, 2, "~/.cache/amicus", 30, "else; it may be emptied at any time");
    pen_end(pen);
    put_line(pen, INK_HEAD, 0, "The folder rules/, the first that exists");
    put_row(pen, 2, "rules", 30, "in the working folder (-C changes it)");
    put_row(pen, 2, "../../rules", 30, "from the program's folder: a build tree");
    put_row(pen, 2, "../share/amicus/rules", 30, "from the program's folder: installed");
}

bool help_write_topic(struct builder *builder, const char *topic, struct look look)
{
    assert(builder != NULL);
    assert(topic != NULL);
    struct pen pen = pen_of(builder, look);
    if (strcmp(topic, "formats") == 0) {
        write_formats(&pen);
    } else if (strcmp(topic, "exit") == 0) {
        write_exit(&pen);
    } else if (strcmp(topic, "paths") == 0) {
        write_paths(&pen);
    } else {
        return false;
    }
    return true;
}

static void json_string(struct builder *builder, const char *key, const char *value)
{
    builder_putf(builder, "\"%s\":", key);
    builder_put_json(builder, text_of(value));
}

static void json_options(struct builder *builder, const struct command *command)
{
    bool is_first = true;
    builder_puts(builder, "\"options\":[");
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (!option_is_common((enum option)i) && !command_lists(command, (enum option)i)) {
            continue;
        }
        const struct option_row *row = &option_rows[i];
        char letter[2] = {row->letter, '\0'};
        builder_puts(builder, is_first ? "{" : ",{");
        json_string(builder, "letter", letter);
        builder_putc(builder, ',');
        json_string(builder, "meaning", row->meaning);
        builder_putc(builder, ',');
        json_string(builder, "name", row->name);
        builder_putc(builder, ',');
        json_string(builder, "value", row->value == NULL ? "" : row->value);
        builder_putc(builder, '}');
        is_first = false;
    }
    builder_putc(builder, ']');
}

static void json_command(struct builder *builder, const struct command *command)
{
    builder_puts(builder, "{\"formats\":[");
    bool is_first = true;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if ((command->formats & FORMAT_BIT(i)) != 0) {
            builder_putf(builder, "%s\"%s\"", is_first ? "" : ",", format_names[i]);
            is_first = false;
        }
    }
    builder_puts(builder, "],");
    json_string(builder, "group", command->group);
    builder_putc(builder, ',');
    json_string(builder, "line", command->line);
    builder_putc(builder, ',');
    json_string(builder, "name", command->name);
    builder_putc(builder, ',');
    json_options(builder, command);
    builder_putc(builder, ',');
    json_string(builder, "synopsis", command->synopsis);
    builder_putc(builder, '}');
}

void help_write_json(struct builder *builder)
{
    assert(builder != NULL);
    assert(command_rows[0].name != NULL);
    builder_puts(builder, "{\"commands\":[");
    for (size_t i = 0; i < command_row_count; i++) {
        builder_puts(builder, i > 0 ? "," : "");
        json_command(builder, &command_rows[i]);
    }
    builder_puts(builder, "],\"schema\":\"amicus.cli/1\"}\n");
}

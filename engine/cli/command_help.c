/*
 * amicus help: pages from the table.
 */
#include "help.h"
#include "json_layout.h"
#include "session.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Write the page that was asked for; false if there is none. */
static bool write_page(struct builder *builder, const struct options *options, struct look look)
{
    if (options->operand_count == 0) {
        help_write_all(builder, look);
        return true;
    }
    char name[128];
    (void)snprintf(name, sizeof name, "%s%s%s", options->operands[0],
                   options->operand_count > 1 ? " " : "",
                   options->operand_count > 1 ? options->operands[1] : "");
    const struct command *command = command_find(name);
    if (command != NULL) {
        help_write_command(builder, command, look);
        return true;
    }
    return help_write_topic(builder, name, look);
}

static void write_table(struct builder *builder)
{
    struct builder canonical;
    builder_start(&canonical, builder->arena);
    help_write_json(&canonical);
    struct text json;
    if (builder_end(&json, &canonical) == AMICUS_OK) {
        json_write_indented(builder, json);
    } else {
        builder->failed = true;
    }
}

/* The command or topic that is most like what was asked for. */
static struct text nearest_page(const char *name)
{
    static const char *const TOPICS[] = {"formats", "exit", "paths"};
    struct likeness likeness = likeness_to(text_of(name));
    for (size_t i = 0; i < command_row_count; i++) {
        likeness_try(&likeness, text_of(command_rows[i].name));
    }
    for (size_t i = 0; i < sizeof TOPICS / sizeof TOPICS[0]; i++) {
        likeness_try(&likeness, text_of(TOPICS[i]));
    }
    return likeness.best;
}

static int refuse(struct session *session, const char *name)
{
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    const struct text best = nearest_page(name);
    char mend[96] = "amicus help";
    if (best.length > 0) {
        (void)snprintf(mend, sizeof mend, "did you mean '%.*s'?", (int)best.length, best.at);
    }
    diagnostics_add(list, AMICUS_ERROR, "U0401", (struct place){"", 0, 0}, mend,
                    "there is no help for '%.60s'", name);
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    return EXIT_USAGE;
}

int command_help(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count > 0);
    for (size_t i = 0; i < session->outputs.count; i++) {
        struct output *output = &session->outputs.all[i];
        struct builder builder;
        builder_start(&builder, session->arena);
        if (output->format == FORMAT_JSON) {
            write_table(&builder);
        } else if (!write_page(&builder, &session->options, session_page(session, output))) {
            return refuse(session, session->options.operands[0]);
        }
        struct text text;
        if (builder_end(&text, &builder) != AMICUS_OK) {
            return EXIT_AGAIN;
        }
        output_put(output, text);
    }
    return EXIT_DONE;
}

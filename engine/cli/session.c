/*
 * What every command does alike: inputs in, words on stderr, the worst code out.
 */
#include "session.h"

#include "json_layout.h"
#include "kept_case.h"
#include "render_outline.h"

#include <assert.h>
#include <stdio.h>

/* Diagnostics of one input with the lines that they quote. */
#define TALK_BYTES_MAX ((size_t)16 << 20)

void session_note(struct session *session, int code)
{
    assert(session != NULL);
    assert(code >= 0 && code < 256);
    session->worst = exit_worst(session->worst, code);
}

void session_say(struct session *session, struct text text)
{
    assert(session != NULL);
    assert(text.at != NULL || text.length == 0);
    if (!options_has(&session->options, OPTION_QUIET) && text.length > 0) {
        (void)fflush(stdout);
        (void)fwrite(text.at, 1, text.length, stderr);
    }
}

void session_say_list(struct session *session, const amicus_diagnostics *list,
                      const struct report_sources *sources)
{
    assert(session != NULL);
    assert(list != NULL && sources != NULL);
    struct arena *arena;
    if (amicus_diagnostics_count(list) == 0 || arena_open(&arena, TALK_BYTES_MAX) != AMICUS_OK) {
        return;
    }
    struct builder builder;
    builder_start(&builder, arena);
    if (session->options.answers[0].format == FORMAT_PLAIN) {
        report_write_plain(&builder, list, sources);
    } else {
        report_write_text(&builder, list, sources, session->talk);
    }
    struct text text;
    if (builder_end(&text, &builder) == AMICUS_OK) {
        session_say(session, text);
    }
    arena_close(arena);
}

bool session_needs(struct session *session, enum option option)
{
    assert(session != NULL && session->options.command != NULL);
    assert(option < OPTION_COUNT && option_rows[option].value != NULL);
    if (options_has(&session->options, option)) {
        return true;
    }
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) == AMICUS_OK) {
        const struct option_row *row = &option_rows[option];
        char mend[96];
        (void)snprintf(mend, sizeof mend, "add --%s %s: %s", row->name, row->value, row->meaning);
        diagnostics_add(list, AMICUS_ERROR, "U0108", (struct place){"", 0, 0}, mend,
                        "'amicus %s' needs the option '--%s'", session->options.command->name,
                        row->name);
        session_say_list(session, list, &(struct report_sources){.name = NULL});
        amicus_diagnostics_close(list);
    }
    return false;
}

struct look session_page(const struct session *session, const struct output *output)
{
    assert(session != NULL);
    assert(output != NULL);
    struct look page = session->page;
    if (output->file.path != NULL) {
        page.is_coloured = session->options.color == COLOR_ALWAYS;
    }
    return page;
}

int session_take_inputs(struct session *session)
{
    assert(session != NULL);
    assert(session->arena != NULL);
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    const struct options *options = &session->options;
    /* Where --store is taken, a word that is no file may be the id of a recorded case. */
    bool takes_store = command_lists(options->command, OPTION_STORE);
    for (size_t i = 0; takes_store && i < options->operand_count; i++) {
        options->operands[i] = kept_case_path(session, i);
    }
    amicus_status status = inputs_of(&session->inputs, (const char *const *)options->operands,
                                     options->operand_count, session->arena, list);
    if (status == AMICUS_OK && session->inputs.count == 0) {
        diagnostics_add(list, AMICUS_ERROR, "U0202", (struct place){options->operands[0], 0, 0},
                        "name a file, or a folder with *.yaml, *.yml or *.json below it",
                        "there is no case here");
    }
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    session_note(session, exit_of(status));
    return status == AMICUS_OK && session->inputs.count == 0 ? EXIT_NOTHING : EXIT_DONE;
}

void session_put(struct session *session, enum format format, struct text text)
{
    assert(session != NULL);
    assert(format < FORMAT_COUNT);
    for (size_t i = 0; i < session->outputs.count; i++) {
        if (session->outputs.all[i].format == format) {
            output_put(&session->outputs.all[i], text);
        }
    }
}

static void write_outline(struct builder *builder, const struct outline *outline,
                          const char *schema, const struct session *session,
                          const struct output *output)
{
    switch (output->format) {
    case FORMAT_HUMAN:
        builder_puts(builder, output->has_text ? "\n" : "");
        outline_write_text(builder, outline, session_page(session, output));
        break;
    case FORMAT_PLAIN: outline_write_plain(builder, outline); break;
    case FORMAT_JSON:
    case FORMAT_NDJSON:
        outline_write_json(builder, outline, schema, output->format == FORMAT_JSON);
        builder_putc(builder, '\n');
        break;
    case FORMAT_JUNIT:
    case FORMAT_TAP:
    case FORMAT_GITHUB:
    case FORMAT_CSV:
    case FORMAT_MD:
    case FORMAT_HTML:
    case FORMAT_SVG:
    case FORMAT_COUNT: break;
    }
}

int session_put_outline(const struct session *session, struct output *output,
                        const struct outline *outline, const char *schema)
{
    assert(session != NULL && output != NULL);
    assert(outline != NULL && schema != NULL);
    struct builder builder;
    builder_start(&builder, outline->arena);
    write_outline(&builder, outline, schema, session, output);
    struct text text;
    if (builder_end(&text, &builder) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    output_put(output, text);
    return EXIT_DONE;
}

static amicus_status indent(struct text *text, struct arena *arena)
{
    struct builder indented;
    builder_start(&indented, arena);
    json_write_indented(&indented, *text);
    return builder_end(text, &indented);
}

int session_put_report(struct session *session, struct arena *arena, report_writer *write,
                       const void *report)
{
    assert(session != NULL && arena != NULL);
    assert(write != NULL && report != NULL);
    for (size_t i = 0; i < session->outputs.count; i++) {
        struct output *output = &session->outputs.all[i];
        struct builder builder;
        struct text text;
        builder_start(&builder, arena);
        write(&builder, session, output, report);
        amicus_status status = builder_end(&text, &builder);
        if (status == AMICUS_OK && output->format == FORMAT_JSON) {
            status = indent(&text, arena);
        }
        if (status != AMICUS_OK) {
            return exit_of(status);
        }
        output_put(output, text);
    }
    return EXIT_DONE;
}

void session_close_count(struct session *session, size_t done, const char *did)
{
    assert(session != NULL && did != NULL);
    assert(done <= session->inputs.count);
    if (session->inputs.count < 2) {
        return;
    }
    char line[96];
    int length = snprintf(line, sizeof line, "%zu cases: %zu %s, %zu refused\n",
                          session->inputs.count, done, did, session->inputs.count - done);
    session_say(session, (struct text){line, (size_t)length});
}

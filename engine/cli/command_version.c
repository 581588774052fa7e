/*
 * amicus version: what this program is, and with -v what it was made of.
 */
#include "session.h"

#include <assert.h>

static void put_details(struct builder *builder)
{
    builder_puts(builder, "case        case/1\n"
                          "rulebook    rulebook/1\n"
                          "ruling      amicus.ruling/1\n"
                          "explanation amicus.explanation/1\n"
                          "diagnostics amicus.diagnostics/1\n");
    builder_puts(builder, "compiler    " __VERSION__ "\n");
}

int command_version(struct session *session)
{
    assert(session != NULL);
    assert(session->arena != NULL);
    struct builder builder;
    builder_start(&builder, session->arena);
    builder_puts(&builder, "amicus " AMICUS_VERSION "\n");
    if (options_has(&session->options, OPTION_VERBOSE)) {
        put_details(&builder);
    }
    struct text text;
    if (builder_end(&text, &builder) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    session_put(session, FORMAT_HUMAN, text);
    return EXIT_DONE;
}

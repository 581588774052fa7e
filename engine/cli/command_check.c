/*
 * amicus check: mistakes in rulebooks.
 *
 * A rulebook is checked by loading it, exactly as for a decision: there is no second reader that
 * could be kinder. Errors make it unusable (exit 3); what lies below them only counts if --fail-on
 * asks for it (exit 1).
 */
#include "session.h"
#include "tally.h"

#include <assert.h>
#include <string.h>

/* The folders to check: operands, else the named rulebook, else all below the root. */
static amicus_status take_folders(struct session *session, amicus_diagnostics *list)
{
    struct inputs *inputs = &session->inputs;
    const struct options *options = &session->options;
    if (options->operand_count > 0) {
        *inputs =
            (struct inputs){options->operands, options->operand_count, options->operand_count};
        return AMICUS_OK;
    }
    if (session->books.named != NULL) {
        *inputs = (struct inputs){&session->books.named, 1, 1};
        return AMICUS_OK;
    }
    amicus_status status = books_list(inputs, &session->books);
    if (inputs->count == 0) {
        diagnostics_add(list, AMICUS_ERROR, "U0303", (struct place){"", 0, 0},
                        "run amicus beside a folder rules/, or name a rulebook",
                        "there are no rules here, and none beside the program");
    }
    return status;
}

static bool fails(const struct report_count *count, amicus_severity fail_on)
{
    return (fail_on <= AMICUS_WARNING && count->warnings > 0) ||
           (fail_on <= AMICUS_NOTE && count->notes > 0);
}

static int check_folder(struct session *session, const char *folder, struct tally *tally)
{
    struct book *book;
    amicus_status status = books_load(&book, &session->books, folder);
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    struct report_sources sources = {.folder = folder};
    int code = tally_write(tally, session, book->list, &sources);
    if (book->status != AMICUS_OK) {
        return exit_worst(code, exit_of(book->status));
    }
    struct report_count count = report_count_of(book->list);
    return exit_worst(code, fails(&count, session->options.fail_on) ? EXIT_NO : EXIT_DONE);
}

int command_check(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count > 0);
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    amicus_status status = take_folders(session, list);
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    if (status != AMICUS_OK || session->inputs.count == 0) {
        return status == AMICUS_OK ? EXIT_NOTHING : exit_of(status);
    }
    struct tally tally;
    session_note(session, tally_start(&tally, session));
    for (size_t i = 0; i < session->inputs.count; i++) {
        session_note(session, check_folder(session, session->inputs.paths[i], &tally));
    }
    session_note(session, tally_close(&tally, session, session->inputs.count, "rulebook"));
    return session->worst;
}

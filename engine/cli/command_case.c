/*
 * amicus case check, case show: what is wrong with cases, and what they say.
 */
#include "intake.h"
#include "sheet.h"
#include "tally.h"

#include <assert.h>

int command_case_check(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count > 0);
    int code = session_take_inputs(session);
    if (code != EXIT_DONE) {
        return code;
    }
    struct tally tally;
    session_note(session, tally_start(&tally, session));
    for (size_t i = 0; i < session->inputs.count; i++) {
        struct intake intake;
        session_note(session, intake_open(&intake, session, session->inputs.paths[i], false));
        if (intake.list != NULL) {
            struct report_sources sources = intake_sources(&intake);
            session_note(session, tally_write(&tally, session, intake.list, &sources));
        }
        intake_close(&intake);
    }
    session_note(session, tally_close(&tally, session, session->inputs.count, "case"));
    return session->worst;
}

/* People are spared a line for each fact that is absent; programs are not. */
static int show(struct session *session, const struct intake *intake)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < session->outputs.count && code == EXIT_DONE; i++) {
        struct output *output = &session->outputs.all[i];
        struct outline outline;
        outline_start(&outline, intake->arena, "case");
        amicus_status status = sheet_of(&outline, intake->subject, output->format == FORMAT_HUMAN);
        code = status == AMICUS_OK
                   ? session_put_outline(session, output, &outline, "amicus.sheet/1")
                   : exit_of(status);
    }
    return code;
}

int command_case_show(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count > 0);
    int code = session_take_inputs(session);
    if (code != EXIT_DONE) {
        return code;
    }
    size_t shown = 0;
    for (size_t i = 0; i < session->inputs.count; i++) {
        struct intake intake;
        code = intake_open(&intake, session, session->inputs.paths[i], false);
        if (code == EXIT_DONE) {
            intake_warn(session, &intake);
            code = show(session, &intake);
            shown++;
        } else {
            intake_refuse(session, &intake);
        }
        session_note(session, code);
        intake_close(&intake);
    }
    session_close_count(session, shown, "shown");
    return session->worst;
}

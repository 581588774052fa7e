/*
 * Taking a case in and deciding it, with every failure said in one place.
 */
#include "decided.h"

#include <assert.h>

int decided_open(struct decided *out, struct session *session, const char *path)
{
    assert(out != NULL && session != NULL);
    assert(path != NULL);
    out->ruling = NULL;
    int code = intake_open(&out->intake, session, path, true);
    if (code != EXIT_DONE) {
        intake_refuse(session, &out->intake);
        return code;
    }
    struct intake *intake = &out->intake;
    intake_warn(session, intake);
    amicus_diagnostics_close(intake->list);
    intake->list = NULL;
    if (amicus_diagnostics_open(&intake->list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    amicus_status status = decide_case(&out->ruling, intake->book->rulebook, intake->subject,
                                       &session->options.instants, intake->list);
    if (status != AMICUS_OK && amicus_diagnostics_count(intake->list) == 0) {
        diagnostics_add(intake->list, AMICUS_ERROR, "U0305", (struct place){intake->name, 0, 0}, "",
                        "no ruling was made: %s", amicus_status_name(status));
    }
    if (status != AMICUS_OK) {
        intake_refuse(session, intake);
    }
    return exit_of(status);
}

void decided_close(struct decided *decided)
{
    assert(decided != NULL);
    assert(decided->ruling == NULL || decided->intake.subject != NULL);
    amicus_ruling_close(decided->ruling);
    intake_close(&decided->intake);
}

/*
 * Taking a case in and deciding it, with every failure said in one place.
 */
#include "decided.h"

#include "limit.h"

#include <assert.h>

void decided_fail(struct intake *intake, amicus_status status, const char *what)
{
    assert(intake != NULL && intake->list != NULL);
    assert(what != NULL && status != AMICUS_OK);
    const struct place place = {intake->name, 0, 0};
    if (status == AMICUS_MEMORY) {
        diagnostics_add(intake->list, AMICUS_ERROR, "U0305", place,
                        "divide the case, such as by its money items; or free memory",
                        "%s: it takes more than %d MiB, or than the machine has", what,
                        (int)(limit_of(LIMIT_RULING_ARENA_BYTES) >> 20));
    } else {
        diagnostics_add(intake->list, AMICUS_ERROR, "U0305", place, "", "%s: %s", what,
                        amicus_status_name(status));
    }
}

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
        decided_fail(intake, status, "no ruling was made");
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

/*
 * Intake: one case, read, with the rulebook that decides it.
 */
#ifndef INTAKE_H
#define INTAKE_H

#include "case.h"
#include "session.h"

struct intake {
    const char *name; /* as it was named; "(stdin)" for "-" */
    struct text bytes;
    struct arena *arena; /* for everything about this case */
    amicus_diagnostics *list;
    struct amicus_case *subject; /* NULL if it has errors */
    const struct book *book;     /* NULL if it was not asked for */
};

/*
 * Take a case in.
 *
 * out       receives it; always to be ended by intake_close
 * session   the call
 * path      of the file, or "-"
 * is_ruled  the rulebook is needed too
 * returns   an exit code; unless it is EXIT_DONE, out->list says why
 */
int intake_open(struct intake *out, struct session *session, const char *path, bool is_ruled);

/* Close what intake_open opened. */
void intake_close(struct intake *intake);

/* Where the texts are that diagnostics about a case speak of. */
struct report_sources intake_sources(const struct intake *intake);

/*
 * Say why a case was refused: on stderr, and in place of an answer as "amicus.diagnostics/1" to the
 * outputs that are JSON.
 */
void intake_refuse(struct session *session, const struct intake *intake);

/* Say warnings of a case that was taken in, on stderr. */
void intake_warn(struct session *session, const struct intake *intake);

#endif

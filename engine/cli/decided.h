/*
 * A case that was decided on the command line.
 */
#ifndef DECIDED_H
#define DECIDED_H

#include "intake.h"
#include "ruling.h"

struct decided {
    struct intake intake;
    struct amicus_ruling *ruling; /* NULL if there is none */
};

/*
 * Take a case in and decide it. If that fails, what was wrong has been said.
 *
 * out      receives it; always to be ended by decided_close
 * session  the call
 * path     of the case
 * returns  an exit code; EXIT_DONE if there is a ruling
 */
int decided_open(struct decided *out, struct session *session, const char *path);

/*
 * Say U0305 of a case that could not be decided, or whose ruling could not be written.
 *
 * intake   whose list receives it
 * status   what failed
 * what     what was not done, as in "no ruling was made"
 */
void decided_fail(struct intake *intake, amicus_status status, const char *what);

/* Close what decided_open opened. */
void decided_close(struct decided *decided);

#endif

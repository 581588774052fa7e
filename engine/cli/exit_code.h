/*
 * Exit codes: how a call of amicus ends. Stable; scripts rely on them.
 */
#ifndef EXIT_CODE_H
#define EXIT_CODE_H

#include "amicus/amicus.h"

enum exit_code {
    EXIT_DONE = 0,
    EXIT_NO = 1,      /* the answer is "no" */
    EXIT_USAGE = 2,   /* the command line is wrong */
    EXIT_INPUT = 3,   /* an input cannot be read or is invalid */
    EXIT_NOTHING = 4, /* there was nothing to do */
    EXIT_JAIL = 5,    /* a rule file or predicate hit its limits, or no jail can be made */
    EXIT_DIFFERS = 6, /* what was recorded is not what is derived again, or has been changed */
    EXIT_REFUSED = 7, /* a rule of the record says no, or of a batch: not whole */
    EXIT_BUG = 70,    /* a fault of amicus or of policy that the engine caught */
    EXIT_OUTPUT = 74, /* the answer cannot be written */
    EXIT_AGAIN = 75   /* a passing fault */
};

/* One row of `amicus help exit`. */
struct exit_row {
    int code;
    const char *meaning;
};
extern const struct exit_row exit_rows[];
extern const size_t exit_row_count;

/* The worse of two codes: 70, 6, 74, 75, 5, 7, 3, then the codes of --exit-code, 4, 1, 0. */
int exit_worst(int a, int b);

/* The code for a status of the library. */
int exit_of(amicus_status status);

/*
 * The code of an outcome for `suggest --exit-code`.
 *
 * outcome  an outcome code such as "release_full"
 * returns  10 to 31; EXIT_BUG for a word that is no outcome
 */
int exit_of_outcome(const char *outcome);

#endif

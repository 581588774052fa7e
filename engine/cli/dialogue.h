/*
 * The dialogue with a trainee: an answer, typed line by line.
 */
#ifndef DIALOGUE_H
#define DIALOGUE_H

#include "lesson.h"
#include "session.h"

struct dialogue {
    struct session *session;
    bool is_prompted; /* stdin is a terminal: say what is asked */
};

/* Find out how to speak with who sits before the terminal, if anybody does. */
struct dialogue dialogue_start(struct session *session);

/*
 * Read an answer: the outcome; for each money item what goes to the freelancer, or to both; the
 * evidence; how sure. A line that is none is refused with what would do (U0506), and read again.
 *
 * out      receives it; lives in arena
 * returns  EXIT_DONE; EXIT_NOTHING at the end of the input; EXIT_AGAIN
 */
int dialogue_read(struct dialogue *dialogue, const struct lesson *lesson, struct arena *arena,
                  struct attempt *out);

#endif

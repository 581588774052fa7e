/*
 * Decks: which cases a trainee practises on.
 */
#ifndef DECK_H
#define DECK_H

#include "session.h"

/*
 * Find the cases of a deck.
 *
 * out      receives their paths
 * session  the call; what is wrong is said
 * name     a deck file, amicus: deck/1; a case, a folder of cases or a list with @; or the name of
 *          a deck in cases/training. NULL: the worked cases
 * returns  an exit code
 */
int deck_open(struct inputs *out, struct session *session, const char *name);

#endif

/*
 * Grounds: which facts the rules on a ground read.
 *
 * The rules on a ground are those of the files that are called after it: common/scope.lua,
 * upwork/non_payment.lua. So a new ground needs a member of the vocabulary, a file of rules, and no
 * line of C.
 */
#ifndef GROUND_H
#define GROUND_H

#include "session.h"

/*
 * Find a member of an enum fact by its name, for an option.
 *
 * out      receives the number of the member
 * session  says U0402 with the members that there are
 * fact     of the vocabulary, of type enum or list_of_enum; FACT_NONE has no members
 * name     the option's value
 * returns  false if there is no such member
 */
bool ground_member(uint32_t *out, struct session *session, const struct vocabulary *vocabulary,
                   uint32_t fact, const char *name);

/* Mark the facts that the rules on a ground read, by fact. */
void ground_mark(bool *marks, const struct image *image, struct text ground);

#endif

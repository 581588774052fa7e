/*
 * The codes of this layer: why a well-formed case got no ruling.
 */
#include "ruling.h"

static const struct code_page PAGES[] = {
    {"I0101", "the money would not add up",
     "A division of what is held must add up to it exactly: what goes to the freelancer, to the "
     "client, to fees, and what stays. This one did not, so there is no recommendation. It is a "
     "fault of the policy or of amicus, never of the case. Report it with the case and the "
     "rulebook's version."},
    {"I0102", "no moment as of which to decide",
     "A ruling is made as of a moment, because deadlines pass; amicus never looks at the clock of "
     "the machine. State the moment in the case, or give it to the call."},
    {"I0103", "the moment as of which to decide cannot be read",
     "It must be an instant with its zone, such as 2025-06-02T00:00:00Z. A bare date is not one."},
    {"I0201", "a predicate of the policy failed",
     "The policy asks a Lua predicate for this case, and it ran out of steps, memory or time, or "
     "gave no truth value. A recommendation that left it out would be another policy, so there is "
     "none. Mend the predicate, or write its condition with the language's own tests."},
};

const struct code_table decide_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};

/*
 * Overrides: a rulebook in which some parameters have other values, for one test.
 */
#ifndef OVERRIDE_H
#define OVERRIDE_H

#include "faults.h"
#include "rulebook.h"

/*
 * Make a rulebook that differs from another one in the values of parameters. Nothing is loaded
 * again: the rows of its image are copied as far as they differ. It keeps the other's digest, so a
 * ruling by it must not leave the test.
 *
 * arena     where everything lives
 * rulebook  borrowed; must outlive the new one
 * params    two maps from the name of a parameter to its value at all times, or NULL; the second
 *           wins
 * faults    receives T0106 and T0111
 * returns   the rulebook: the very one if there is nothing to change; NULL after a fault or without
 *           memory
 */
const struct amicus_rulebook *override_of(struct arena *arena,
                                          const struct amicus_rulebook *rulebook,
                                          const struct tree *const params[2],
                                          struct faults *faults);

#endif

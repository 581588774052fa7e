/*
 * Obstacles: what kept a rule from applying that a test wants to apply, in a sentence.
 */
#ifndef OBSTACLE_H
#define OBSTACLE_H

#include "exam.h"

/*
 * Fill in an exam's `why`: a sentence for each rule that should have applied, with the condition
 * that failed, its value, and what would do.
 *
 * ruling   of the exam; not to be used by another thread meanwhile
 * arena    where the sentences live
 * returns  OK; MEMORY; JAIL
 */
AMICUS_MUST_CHECK amicus_status obstacles_find(struct exam *exam,
                                               const struct amicus_ruling *ruling,
                                               struct arena *arena);

#endif

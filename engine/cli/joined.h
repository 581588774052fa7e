/*
 * Joining the parts of a batch on the command line.
 */
#ifndef JOINED_H
#define JOINED_H

#include "runs.h"

/* Join the parts in a folder and write the answer. shards: 0 if it was not said. returns an exit
 * code */
int joined_answer(struct work_of_run *work, const char *folder, uint32_t shards,
                  uint64_t errors_max);

#endif

/*
 * A shared jail: calm scripts of one rulebook run in it one after the other.
 */
#ifndef SHARED_JAIL_H
#define SHARED_JAIL_H

#include "jail.h"
#include "jail_job.h"

/* Start with zeroes. Used by one thread. */
struct shared_jail {
    struct job job;
    bool is_open;
};

/*
 * Run a script as script_run does, with the same answer: in the shared jail if it is calm there,
 * else once more in a jail of its own.
 *
 * jail     is opened if need be; ended by shared_jail_close
 * message, engine, script, arena, list, returns    as script_run
 */
AMICUS_MUST_CHECK amicus_status shared_jail_run(struct text *message, struct shared_jail *jail,
                                                struct amicus_engine *engine,
                                                const struct script *script, struct arena *arena,
                                                amicus_diagnostics *list);

/* End a shared jail, also one that was never opened. */
void shared_jail_close(struct shared_jail *jail);

#endif

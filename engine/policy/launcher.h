/*
 * The launcher: the process that forks jails, and the engine that holds the host's end of it.
 *
 * A message to the launcher is one byte with two descriptors: the child's end of a job's socket,
 * and the launcher's end of its report. The launcher writes one struct launcher_report when the
 * child is reaped, and kills the child when the host closes the other end of the report.
 */
#ifndef LAUNCHER_H
#define LAUNCHER_H

#include "jail_job.h"

#include <sys/types.h>
#include <threads.h>

struct amicus_engine {
    struct arena *arena; /* holds the engine itself */
    int socket;          /* to the launcher */
    pid_t launcher;
    mtx_t lock;          /* over the two below */
    bool is_tested;      /* the jail was tried */
    amicus_status proof; /* and this came out */
    char *kept;          /* folder of kept images, or NULL */
};

/*
 * Try the jail, once an engine: see jail.c.
 *
 * engine   the engine
 * returns  OK; JAIL if the jail does not hold here; MEMORY
 */
AMICUS_MUST_CHECK amicus_status engine_prove(struct amicus_engine *engine);

/* script_run on an engine whose jail is still to be proved. */
AMICUS_MUST_CHECK amicus_status script_run_unproven(struct text *message,
                                                    struct amicus_engine *engine,
                                                    const struct script *script,
                                                    struct arena *arena, amicus_diagnostics *list);

/* What the launcher tells of a child, in one message. */
struct launcher_report {
    int32_t is_refused; /* 1: too many jails at once, nothing was started */
    int32_t status;     /* as waitpid gives it */
};

/*
 * Hand the ends of a job to the launcher. Thread-safe: one message is one system call.
 *
 * engine   the engine
 * socket   the child's end; stays open here
 * report   the launcher's end; stays open here
 * returns  OK; JAIL if the launcher is gone
 */
AMICUS_MUST_CHECK amicus_status launcher_order(struct amicus_engine *engine, int socket,
                                               int report);

/*
 * Fork the launcher.
 *
 * engine   receives the socket and the process id
 * returns  OK; JAIL if a process or socket cannot be made
 */
AMICUS_MUST_CHECK amicus_status launcher_start(struct amicus_engine *engine);

/* End the launcher and every jail of it, and reap it. */
void launcher_stop(struct amicus_engine *engine);

#endif

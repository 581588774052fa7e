/*
 * The walls of a jail: what a child process gives up before it runs a script.
 *
 * Caveat: both functions change the calling process for good. They are for the forked child only.
 */
#ifndef JAIL_WALLS_H
#define JAIL_WALLS_H

#include <stdbool.h>
#include <sys/types.h>

/* The only descriptor that a jail keeps, apart from 0, 1 and 2 on the null device. */
#define JAIL_SOCKET 3

/* Exit codes of a jailed child. A script cannot choose one: it has no way to end the process. */
enum jail_exit {
    JAIL_EXIT_DONE = 0,
    JAIL_EXIT_REQUEST = 60, /* the request could not be read */
    JAIL_EXIT_MEMORY = 61,  /* no memory for the state, before any script ran */
    JAIL_EXIT_ANSWER = 62,  /* the answer could not be written */
    JAIL_EXIT_STEP = 64     /* plus enum jail_step: that step of the walls failed */
};

/* The steps in which the walls go up. */
enum jail_step {
    STEP_PARENT,      /* the launcher was gone already, or the kernel has no death signal */
    STEP_SESSION,     /* not dumpable, own session, empty environment, root folder */
    STEP_DESCRIPTORS, /* nothing open but the socket */
    STEP_LIMITS,      /* rlimits */
    STEP_PRIVILEGES,  /* no new privileges */
    STEP_FILTER,      /* seccomp */
    STEP_COUNT
};

/*
 * Leave the launcher's world: death signal, session, environment, folder, descriptors.
 *
 * launcher  process id of the launcher
 * socket    the descriptor to keep; it becomes JAIL_SOCKET
 *
 * Ends the process with JAIL_EXIT_STEP + step if a step fails.
 */
void walls_leave(pid_t launcher, int socket);

/*
 * Lock: rlimits, no new privileges, seccomp. Afterwards the process can read and write its socket,
 * get and give back memory, and exit; any other call kills it.
 *
 * is_session  true if the child will live for many calls: it gets more processor time
 *
 * Ends the process with JAIL_EXIT_STEP + step if a step fails.
 */
void walls_lock(bool is_session);

/* Name what a step does, for a diagnostic; "unknown step" for other numbers. */
const char *walls_step_name(int step);

#endif

/*
 * What a jailed child does, from its fork to its end.
 */
#ifndef JAIL_CHILD_H
#define JAIL_CHILD_H

#include <sys/types.h>

/*
 * Be a jail: raise the walls, run the script of the request, answer, end. Never returns.
 *
 * launcher  process id of the launcher, this process's parent
 * socket    the child's end of the job
 */
_Noreturn void jail_child(pid_t launcher, int socket);

#endif

/*
 * A job: one jailed child, as the host sees it.
 *
 *   start -> send (the request) -> send and receive ... -> end
 *
 * The host holds two sockets of a job: one to the child, one to the launcher that watches over it.
 * Closing the second, or the host's death, makes the launcher kill the child.
 *
 *   request := "AMJ1" mode:u8 path:string source:string count roots:string*
 *   string  := length bytes                  count, length: u32, little-endian
 */
#ifndef JAIL_JOB_H
#define JAIL_JOB_H

#include "jail.h"

/* What the child is to do. The numbers travel in the request. */
enum job_mode {
    JOB_LOAD = 1,     /* run the script, answer what it declares, end */
    JOB_SESSION = 2,  /* run the script, answer SESSION_READY, then answer calls */
    JOB_TRESPASS = 3, /* raise the walls, then make a forbidden call: must die of it */
    JOB_SHARED = 4    /* run a script a request; answer each, calm ones only, in a frame */
};

/* First answer of a session; then one byte a call. */
enum session_byte {
    SESSION_READY = 'R',
    SESSION_FALSE = 'f',
    SESSION_TRUE = 't',
    SESSION_ERROR = 'e'
};

/* What stands before the answer in a frame of a shared jail: its length, and whether the jail takes
 * another request. */
#define SHARED_HEAD_BYTES 5
enum shared_byte { SHARED_MORE = 'M', SHARED_END = 'E' };

struct job {
    int socket;          /* to the child */
    int report;          /* to the launcher */
    int64_t deadline_ms; /* monotonic */
};

/* How a child ended. */
struct job_end {
    bool is_known;   /* false: the launcher is gone, or refused to start one more */
    bool is_refused; /* the launcher had too many jails at once */
    bool is_late;    /* the host's deadline passed and the launcher killed it */
    int exit_code;   /* if signal is 0 */
    int signal;
};

/*
 * Start a jailed child; its deadline is LIMIT_JAIL_WALL_MS from now.
 *
 * job      receives the job; ended by job_end
 * engine   whose launcher forks it
 * returns  OK; JAIL if the launcher is gone or no socket can be made
 */
AMICUS_MUST_CHECK amicus_status job_start(struct job *job, struct amicus_engine *engine);

/*
 * Send the request: mode and script.
 *
 * returns  OK; MEMORY; JAIL if the child is gone or the deadline passed
 */
AMICUS_MUST_CHECK amicus_status job_request(struct job *job, enum job_mode mode,
                                            const struct script *script, struct arena *arena);

/* Send bytes to the child. returns OK; JAIL if it is gone or the deadline passed */
AMICUS_MUST_CHECK amicus_status job_send(struct job *job, struct text bytes);

/*
 * Send a length, as four bytes with the lowest first, and that many bytes.
 *
 * body     below 4 GiB
 * returns  as job_send
 */
AMICUS_MUST_CHECK amicus_status job_send_frame(struct job *job, struct text body);

/*
 * Receive up to a number of bytes, waiting for the first.
 *
 * bytes     receives them
 * capacity  1 or more
 * count     receives how many; 0: the child closed its end
 * returns   OK; JAIL if the deadline passed
 */
AMICUS_MUST_CHECK amicus_status job_receive(struct job *job, char *bytes, size_t capacity,
                                            size_t *count);

/* Move the deadline to LIMIT_JAIL_WALL_MS from now: for the next call of a session. */
void job_renew(struct job *job);

/* Move the deadline to a number of milliseconds from now. */
void job_give(struct job *job, int64_t wall_ms);

/*
 * End a job: kill the child if it still lives, see it reaped, close both sockets.
 *
 * end      receives how it ended; may be NULL
 */
void job_close(struct job *job, struct job_end *end);

#endif

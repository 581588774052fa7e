/*
 * Jobs: sockets, bytes and the deadline of one jailed child, on the host's side.
 *
 * The child is taken for an enemy that also tries to waste time: every wait has the same monotonic
 * deadline, a write never raises SIGPIPE, and how the child ended is heard from the launcher only.
 * A job is closed the same way whatever happened before: let go of the child's socket, wait for
 * the launcher's report until the deadline, then have the child killed and wait once more, for a
 * time that a kill cannot exceed on a living machine.
 */
#define _GNU_SOURCE
#include "jail_job.h"

#include "launcher.h"
#include "limit.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How long a killed child may take to be reaped, on a machine that swaps. */
#define REAP_MS 5000

static int64_t now_ms(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Wait until a socket is ready; false when the deadline passes first. */
static bool wait_until(int socket, short events, int64_t deadline_ms)
{
    for (;;) {
        int64_t left_ms = deadline_ms - now_ms();
        struct pollfd ready = {socket, events, 0};
        int count = poll(&ready, 1, left_ms > 0 ? (int)left_ms : 0);
        if (count > 0) {
            return true;
        }
        if ((count == 0 && left_ms <= 0) || (count < 0 && errno != EINTR)) {
            return false;
        }
    }
}

static void close_both(const int pair[2])
{
    (void)close(pair[0]);
    (void)close(pair[1]);
}

void job_give(struct job *job, int64_t wall_ms)
{
    assert(job != NULL);
    assert(job->socket >= 0 && wall_ms > 0);
    job->deadline_ms = now_ms() + wall_ms;
}

void job_renew(struct job *job)
{
    assert(job != NULL);
    assert(job->socket >= 0);
    job_give(job, limit_of(LIMIT_JAIL_WALL_MS));
}

amicus_status job_start(struct job *job, struct amicus_engine *engine)
{
    assert(job != NULL);
    assert(engine != NULL);
    int child[2];
    int report[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, child) != 0) {
        return AMICUS_JAIL;
    }
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, report) != 0) {
        close_both(child);
        return AMICUS_JAIL;
    }
    amicus_status status = launcher_order(engine, child[1], report[1]);
    if (status != AMICUS_OK) {
        close_both(child);
        close_both(report);
        return status;
    }
    (void)close(child[1]);
    (void)close(report[1]);
    job->socket = child[0];
    job->report = report[0];
    job_renew(job);
    return AMICUS_OK;
}

amicus_status job_send(struct job *job, struct text bytes)
{
    assert(job != NULL && job->socket >= 0);
    assert(bytes.at != NULL || bytes.length == 0);
    size_t sent = 0;
    while (sent < bytes.length) {
        ssize_t count =
            send(job->socket, bytes.at + sent, bytes.length - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count > 0) {
            sent += (size_t)count;
            continue;
        }
        bool is_full = errno == EAGAIN;
        if ((!is_full && errno != EINTR) ||
            (is_full && !wait_until(job->socket, POLLOUT, job->deadline_ms))) {
            return AMICUS_JAIL;
        }
    }
    return AMICUS_OK;
}

amicus_status job_send_frame(struct job *job, struct text body)
{
    assert(job != NULL && job->socket >= 0);
    assert(body.length <= UINT32_MAX);
    char length[4];
    for (unsigned i = 0; i < sizeof length; i++) {
        length[i] = (char)(body.length >> (8 * i) & 0xFF);
    }
    const struct text head = {length, sizeof length};
    amicus_status status = job_send(job, head);
    return status == AMICUS_OK ? job_send(job, body) : status;
}

static void put_string(struct builder *builder, struct text text)
{
    assert(text.length <= UINT32_MAX);
    builder_put_number(builder, text.length, 4);
    builder_put(builder, text);
}

amicus_status job_request(struct job *job, enum job_mode mode, const struct script *script,
                          struct arena *arena)
{
    assert(script != NULL && arena != NULL);
    assert(mode >= JOB_LOAD && mode <= JOB_SHARED);
    struct builder body;
    builder_start(&body, arena);
    builder_puts(&body, "AMJ1");
    builder_putc(&body, (char)mode);
    put_string(&body, script->path);
    put_string(&body, script->bytes);
    builder_put_number(&body, script->root_count, 4);
    for (uint32_t i = 0; i < script->root_count; i++) {
        put_string(&body, script->roots[i]);
    }
    struct text request;
    if (builder_end(&request, &body) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    return job_send_frame(job, request);
}

amicus_status job_receive(struct job *job, char *bytes, size_t capacity, size_t *count)
{
    assert(job != NULL && job->socket >= 0);
    assert(bytes != NULL && capacity > 0 && count != NULL);
    for (;;) {
        if (!wait_until(job->socket, POLLIN, job->deadline_ms)) {
            return AMICUS_JAIL;
        }
        ssize_t got = recv(job->socket, bytes, capacity, MSG_DONTWAIT);
        if (got >= 0) {
            *count = (size_t)got;
            return AMICUS_OK;
        }
        if (errno == ECONNRESET) {
            *count = 0; /* the child died with unread bytes in its socket: also an end */
            return AMICUS_OK;
        }
        if (errno != EAGAIN && errno != EINTR) {
            return AMICUS_JAIL;
        }
    }
}

/* Hear how the child ended; false if the deadline passes or the launcher is gone. */
static bool hear_report(const struct job *job, int64_t deadline_ms, struct job_end *end)
{
    if (!wait_until(job->report, POLLIN, deadline_ms)) {
        return false;
    }
    struct launcher_report report = {0, 0};
    if (recv(job->report, &report, sizeof report, MSG_DONTWAIT) != (ssize_t)sizeof report) {
        return false;
    }
    end->is_known = report.is_refused == 0;
    end->is_refused = report.is_refused != 0;
    end->signal = WIFSIGNALED(report.status) ? WTERMSIG(report.status) : 0;
    end->exit_code = WIFEXITED(report.status) ? WEXITSTATUS(report.status) : 0;
    return true;
}

void job_close(struct job *job, struct job_end *end)
{
    assert(job != NULL);
    assert(job->socket >= 0 && job->report >= 0);
    struct job_end ended = {false, false, false, 0, 0};
    (void)close(job->socket);
    if (!hear_report(job, job->deadline_ms, &ended)) {
        (void)shutdown(job->report, SHUT_WR);
        ended.is_late = now_ms() >= job->deadline_ms;
        (void)hear_report(job, now_ms() + REAP_MS, &ended);
    }
    (void)close(job->report);
    job->socket = -1;
    job->report = -1;
    if (end != NULL) {
        *end = ended;
    }
}

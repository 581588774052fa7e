/*
 * The launcher: one process, forked before any case, key or thread exists, that forks the jails.
 *
 * Why a process of its own: a jail inherits the memory of whoever forks it, and a program with
 * threads must not fork itself and go on. The launcher holds nothing but its sockets, does not read
 * what passes between host and child, and has one loop over three kinds of event: an order, the
 * end of a child, a host that lets go of a job. It is a signalfd and a poll; no handler runs.
 *
 * INVARIANT: a row of the table is a child that was not reaped, so its process id is not reused
 * and a kill cannot hit a stranger.
 *
 * When the host's socket closes, or the host dies, every jail is killed and reaped and the launcher
 * ends. At most JAILS_MAX live at once; one order more is refused at once, not queued, so that no
 * load waits behind sessions that end when the rulebook does.
 */
#define _GNU_SOURCE
#include "launcher.h"

#include "jail_child.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Some sessions of predicates, and loads beside them. */
#define JAILS_MAX 16

/* Sanitizers report to 2; everywhere else the launcher has no voice. */
#if defined(__SANITIZE_ADDRESS__)
#define LAUNCHER_SILENT_FDS 2
#else
#define LAUNCHER_SILENT_FDS 3
#endif

/* The launcher's own descriptors, after 0, 1 and 2. */
#define CONTROL_FD 3

struct jail_row {
    pid_t process;
    int report;
    bool is_killed;
};

struct launcher {
    pid_t self;
    int control;
    int children; /* a signalfd for SIGCHLD */
    struct jail_row rows[JAILS_MAX];
    unsigned row_count;
};

static void tell(int report, int32_t is_refused, int status)
{
    struct launcher_report told = {is_refused, status};
    (void)send(report, &told, sizeof told, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)close(report);
}

static void fork_jail(struct launcher *launcher, int socket, int report)
{
    pid_t process = launcher->row_count < JAILS_MAX ? fork() : -1;
    if (process == 0) {
        jail_child(launcher->self, socket);
    }
    (void)close(socket);
    if (process < 0) {
        tell(report, 1, 0);
        return;
    }
    struct jail_row row = {process, report, false};
    launcher->rows[launcher->row_count++] = row;
}

/* Take the two descriptors of an order; false if it has not exactly two, and then none is kept: at
 * the limit of open files the kernel hands over fewer than were sent. */
static bool take_descriptors(struct msghdr *message, int descriptors[2])
{
    const struct cmsghdr *head = CMSG_FIRSTHDR(message);
    if (head == NULL || head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) {
        return false;
    }
    size_t bytes = head->cmsg_len - CMSG_LEN(0);
    assert(bytes <= 2 * sizeof(int));
    memcpy(descriptors, CMSG_DATA(head), bytes);
    if (bytes < 2 * sizeof(int)) {
        (void)close(descriptors[0]);
        return false;
    }
    return true;
}

/* Read one order; false when the host is gone. */
static bool read_order(struct launcher *launcher)
{
    char byte = 0;
    struct iovec body = {&byte, 1};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(2 * sizeof(int))];
    } rights;
    struct msghdr message = {0};
    message.msg_iov = &body;
    message.msg_iovlen = 1;
    message.msg_control = rights.room;
    message.msg_controllen = sizeof rights.room;
    ssize_t count = recvmsg(launcher->control, &message, MSG_CMSG_CLOEXEC);
    if (count < 0) {
        return errno == EINTR;
    }
    int descriptors[2] = {-1, -1};
    if (count > 0 && take_descriptors(&message, descriptors)) {
        fork_jail(launcher, descriptors[0], descriptors[1]);
    }
    return count > 0;
}

/* Tell how a child ended, and forget it. */
static void end_row(struct launcher *launcher, pid_t ended, int status)
{
    for (unsigned i = 0; i < launcher->row_count; i++) {
        if (launcher->rows[i].process == ended) {
            tell(launcher->rows[i].report, 0, status);
            launcher->rows[i] = launcher->rows[--launcher->row_count];
            return;
        }
    }
}

static void reap(struct launcher *launcher)
{
    struct signalfd_siginfo told;
    (void)!read(launcher->children, &told, sizeof told);
    int status = 0;
    for (pid_t ended = waitpid(-1, &status, WNOHANG); ended > 0;
         ended = waitpid(-1, &status, WNOHANG)) {
        end_row(launcher, ended, status);
    }
}

static void kill_row(struct jail_row *row)
{
    (void)kill(row->process, SIGKILL);
    row->is_killed = true;
}

static void end_all(struct launcher *launcher)
{
    for (unsigned i = 0; i < launcher->row_count; i++) {
        kill_row(&launcher->rows[i]);
    }
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
    }
}

/* Wait for events and answer them; false when the host is gone. */
static bool turn(struct launcher *launcher)
{
    struct pollfd events[2 + JAILS_MAX] = {{launcher->control, POLLIN, 0},
                                           {launcher->children, POLLIN, 0}};
    unsigned watched = launcher->row_count;
    for (unsigned i = 0; i < watched; i++) {
        const struct jail_row *row = &launcher->rows[i];
        events[2 + i].fd = row->is_killed ? -1 : row->report;
        events[2 + i].events = POLLIN;
    }
    if (poll(events, 2 + watched, -1) < 0) {
        return errno == EINTR;
    }
    for (unsigned i = 0; i < watched; i++) {
        if (events[2 + i].revents != 0) {
            kill_row(&launcher->rows[i]);
        }
    }
    if (events[1].revents != 0) {
        reap(launcher);
    }
    return events[0].revents == 0 || read_order(launcher);
}

/* Leave the host's world as far as a process that must still fork can. */
static bool settle(struct launcher *launcher, pid_t host, int control)
{
    sigset_t children;
    control = fcntl(control, F_DUPFD_CLOEXEC, CONTROL_FD); /* the host may have had no 0, 1 or 2 */
    if (control < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != host ||
        setsid() < 0 || clearenv() != 0 || chdir("/") != 0 || signal(SIGCHLD, SIG_DFL) == SIG_ERR) {
        return false;
    }
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < LAUNCHER_SILENT_FDS; fd++) {
        if (null < 0 || dup2(null, fd) < 0) {
            return false;
        }
    }
    if ((control != CONTROL_FD && dup2(control, CONTROL_FD) < 0) ||
        close_range(CONTROL_FD + 1, ~0u, 0) != 0 || sigemptyset(&children) != 0 ||
        sigaddset(&children, SIGCHLD) != 0 || sigprocmask(SIG_SETMASK, &children, NULL) != 0) {
        return false;
    }
    launcher->self = getpid();
    launcher->control = CONTROL_FD;
    launcher->children = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    return launcher->children >= 0;
}

static _Noreturn void launcher_run(pid_t host, int control)
{
    struct launcher launcher = {0};
    if (!settle(&launcher, host, control)) {
        _exit(1);
    }
    while (turn(&launcher)) {
    }
    end_all(&launcher);
    _exit(0);
}

amicus_status launcher_start(struct amicus_engine *engine)
{
    assert(engine != NULL);
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        return AMICUS_JAIL;
    }
    pid_t host = getpid();
    assert(host > 0);
    pid_t launcher = fork();
    if (launcher == 0) {
        launcher_run(host, pair[1]);
    }
    (void)close(pair[1]);
    if (launcher < 0) {
        (void)close(pair[0]);
        return AMICUS_JAIL;
    }
    engine->socket = pair[0];
    engine->launcher = launcher;
    return AMICUS_OK;
}

void launcher_stop(struct amicus_engine *engine)
{
    assert(engine != NULL);
    assert(engine->socket >= 0 && engine->launcher > 0);
    /* A forked copy of the host may hold the socket too: only a shutdown is felt for certain. */
    (void)shutdown(engine->socket, SHUT_RDWR);
    (void)close(engine->socket);
    while (waitpid(engine->launcher, NULL, 0) < 0 && errno == EINTR) {
    }
    engine->socket = -1;
}

amicus_status launcher_order(struct amicus_engine *engine, int socket, int report)
{
    assert(engine != NULL && engine->socket >= 0);
    assert(socket >= 0 && report >= 0);
    char byte = 'J';
    const int descriptors[2] = {socket, report};
    struct iovec body = {&byte, 1};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof descriptors)];
    } rights;
    memset(&rights, 0, sizeof rights);
    struct msghdr message = {0};
    message.msg_iov = &body;
    message.msg_iovlen = 1;
    message.msg_control = rights.room;
    message.msg_controllen = sizeof rights.room;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptors);
    memcpy(CMSG_DATA(head), descriptors, sizeof descriptors);
    ssize_t sent = -1;
    do {
        sent = sendmsg(engine->socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == 1 ? AMICUS_OK : AMICUS_JAIL;
}

/*
 * The walls of a jail.
 *
 * Two halves, because the Lua state is made between them: walls_leave cuts the child off from what
 * it inherited, walls_lock takes away what the kernel would still give. Each step is checked, and a
 * step that fails ends the child with its own exit code, so that the host can say which wall is
 * missing. There is no way on without one.
 *
 * The filter is a BPF program written by hand: no library is linked, nothing is compiled at run
 * time, and it can be read from top to bottom. It first refuses a foreign architecture (the numbers
 * of calls differ), then compares the number of the call with a short list. read and write are
 * allowed on the one socket only, mmap only for anonymous memory that cannot be executed. The
 * answer to everything else is to kill the process, not an error that a script could probe.
 *
 * The kernel looks at the lower half of a descriptor argument only, so the filter does too.
 *
 * Builds with a sanitizer cannot live under RLIMIT_AS (their shadow is terabytes of addresses) and
 * need a few calls more to print what they found; both are under one #if, and the set of hostile
 * scripts runs in the plain build as well.
 */
#define _GNU_SOURCE
#include "jail_walls.h"

#include "limit.h"

#include <assert.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WALLS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WALLS_SANITIZED 1
#endif
#endif
#ifndef WALLS_SANITIZED
#define WALLS_SANITIZED 0
#endif

#if defined(__x86_64__)
#define WALLS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define WALLS_ARCH AUDIT_ARCH_AARCH64
#else
#error "the jail has no table of system calls for this machine"
#endif

/* A script may compute for one second; a session lives for some thousand calls of a millisecond. */
#define CPU_LOAD_S    1
#define CPU_SESSION_S 10
#define STACK_BYTES   ((rlim_t)8 << 20)

/* x32 calls have this bit in their number; they share the architecture of x86-64. */
#define X32_BIT 0x40000000u

static const char *const STEP_NAMES[STEP_COUNT] = {
    [STEP_PARENT] = "tie its life to the launcher's",
    [STEP_SESSION] = "leave the session, the environment and the folder",
    [STEP_DESCRIPTORS] = "close what it inherited",
    [STEP_LIMITS] = "set its resource limits",
    [STEP_PRIVILEGES] = "give up gaining privileges",
    [STEP_FILTER] = "install its seccomp filter",
};

static _Noreturn void give_up(enum jail_step step)
{
    _exit(JAIL_EXIT_STEP + (int)step);
}

/* Between fork and prctl the launcher may have died: then nobody would ever kill this child. */
static bool tie_to_parent(pid_t launcher)
{
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == launcher;
}

static bool leave_session(void)
{
    sigset_t none;
    return sigemptyset(&none) == 0 && sigprocmask(SIG_SETMASK, &none, NULL) == 0 &&
           prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && setsid() >= 0 && clearenv() == 0 &&
           chdir("/") == 0;
}

/* The launcher has 0, 1 and 2 on the null device already. */
static bool keep_only(int socket)
{
    if (socket != JAIL_SOCKET && dup2(socket, JAIL_SOCKET) < 0) {
        return false;
    }
    return close_range(JAIL_SOCKET + 1, ~0u, 0) == 0;
}

void walls_leave(pid_t launcher, int socket)
{
    assert(launcher > 0);
    assert(socket >= 0);
    if (!tie_to_parent(launcher)) {
        give_up(STEP_PARENT);
    }
    if (!leave_session()) {
        give_up(STEP_SESSION);
    }
    if (!keep_only(socket)) {
        give_up(STEP_DESCRIPTORS);
    }
}

static bool limit_resource(__rlimit_resource_t resource, rlim_t most)
{
    struct rlimit limit = {most, most};
    return setrlimit(resource, &limit) == 0;
}

static bool limit_resources(bool is_session)
{
    rlim_t address_bytes = (rlim_t)limit_of(LIMIT_JAIL_ADDRESS_BYTES);
    return limit_resource(RLIMIT_CPU, is_session ? CPU_SESSION_S : CPU_LOAD_S) &&
           (WALLS_SANITIZED || limit_resource(RLIMIT_AS, address_bytes)) &&
           limit_resource(RLIMIT_CORE, 0) && limit_resource(RLIMIT_FSIZE, 0) &&
           limit_resource(RLIMIT_NPROC, 0) && limit_resource(RLIMIT_NOFILE, JAIL_SOCKET + 1) &&
           limit_resource(RLIMIT_STACK, STACK_BYTES);
}

#define FIELD(name)       ((uint32_t)offsetof(struct seccomp_data, name))
#define LOWER_HALF(index) (FIELD(args) + 8 * (index)) /* both machines are little-endian */

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define ALLOW        RETURN(SECCOMP_RET_ALLOW)
#define KILL         RETURN(SECCOMP_RET_KILL_PROCESS)

/* Allow a call whatever its arguments are. */
#define CALL(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), ALLOW

/* Allow a call if its first argument is a descriptor; the call's number is lost afterwards, so a
 * wrong descriptor kills at once. */
#define CALL_ON(number, descriptor)                                                                \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 4), LOAD(LOWER_HALF(0)),                      \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (descriptor), 0, 1), ALLOW, KILL

static const struct sock_filter FILTER[] = {
    LOAD(FIELD(arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, WALLS_ARCH, 1, 0),
    KILL,
    LOAD(FIELD(nr)),
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1),
    KILL,
    CALL_ON(__NR_read, JAIL_SOCKET),
#if WALLS_SANITIZED
    /* A report goes to 2, and its making asks who and where it is. */
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_write, 0, 5),
    LOAD(LOWER_HALF(0)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, JAIL_SOCKET, 2, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, STDERR_FILENO, 1, 0),
    KILL,
    ALLOW,
    CALL(__NR_getpid),
    CALL(__NR_gettid),
    CALL(__NR_sched_yield),
    CALL(__NR_futex),
    CALL(__NR_sigaltstack),
    CALL(__NR_rt_sigprocmask),
    CALL(__NR_rt_sigaction),
    CALL(__NR_mprotect),
#else
    CALL_ON(__NR_write, JAIL_SOCKET),
#endif
    CALL(__NR_exit_group),
    CALL(__NR_exit),
    CALL(__NR_brk),
    CALL(__NR_munmap),
    CALL(__NR_mremap),
    CALL(__NR_madvise),
    CALL(__NR_rt_sigreturn),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_mmap, 1, 0),
    KILL,
    LOAD(LOWER_HALF(2)),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
    KILL,
    LOAD(LOWER_HALF(3)),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 1, 0),
    KILL,
    ALLOW,
};

/* The kernel's structure has a pointer to instructions that it does not change; the copy on the
 * stack is what lets FILTER itself stay constant. */
static bool install_filter(void)
{
    struct sock_filter filter[sizeof FILTER / sizeof FILTER[0]];
    for (size_t i = 0; i < sizeof FILTER / sizeof FILTER[0]; i++) {
        filter[i] = FILTER[i];
    }
    struct sock_fprog program = {sizeof FILTER / sizeof FILTER[0], filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

void walls_lock(bool is_session)
{
    assert(STEP_COUNT + JAIL_EXIT_STEP < 128);
    assert(getpid() != getppid());
    if (!limit_resources(is_session)) {
        give_up(STEP_LIMITS);
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        give_up(STEP_PRIVILEGES);
    }
    if (!install_filter()) {
        give_up(STEP_FILTER);
    }
}

const char *walls_step_name(int step)
{
    assert(STEP_NAMES[STEP_COUNT - 1] != NULL);
    assert(STEP_NAMES[0] != NULL);
    return step >= 0 && step < STEP_COUNT ? STEP_NAMES[step] : "unknown step";
}

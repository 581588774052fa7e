#define _GNU_SOURCE
#include "jail_bench.h"

#include "jail_job.h"
#include "launcher.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static unsigned count_descriptors(void)
{
    unsigned count = 0;
    DIR *folder = opendir("/proc/self/fd");
    CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
    while (readdir(folder) != NULL) {
        count++;
    }
    (void)closedir(folder);
    return count;
}

/* Children of a process, from the kernel's list. */
static unsigned count_children(pid_t process)
{
    char path[64];
    char words[4096] = "";
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)process, (int)process);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    unsigned count = 0;
    while (fscanf(file, "%4095s", words) == 1) {
        count++;
    }
    (void)fclose(file);
    return count;
}

static void opens_and_closes_without_a_trace(void)
{
    unsigned before = count_descriptors();
    for (unsigned i = 0; i < 3; i++) {
        amicus_engine *engine = NULL;
        CU_ASSERT_EQUAL_FATAL(amicus_engine_open(&engine), AMICUS_OK);
        CU_ASSERT_EQUAL(count_descriptors(), before + 1);
        amicus_engine_close(engine);
    }
    CU_ASSERT_EQUAL(count_descriptors(), before);
    CU_ASSERT_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
    CU_ASSERT_EQUAL(errno, ECHILD);
    amicus_engine_close(NULL);
}

static void kills_a_child_that_leaves_its_walls(void)
{
    struct bench bench;
    struct job job;
    struct job_end end;
    bench_open(&bench);
    const struct script script = bench_script("");
    CU_ASSERT_EQUAL_FATAL(job_start(&job, bench.engine), AMICUS_OK);
    CU_ASSERT_EQUAL(job_request(&job, JOB_TRESPASS, &script, bench.arena), AMICUS_OK);
    job_close(&job, &end);
    CU_ASSERT_TRUE(end.is_known);
    CU_ASSERT_EQUAL(end.signal, SIGSYS);
    bench_close(&bench);
}

/* Colliding keys: one instruction walks a chain of thousands, which no count sees. */
static const char SLOW[] = "local t = {} for i = 1, 65000 do t[i * 65535] = true end\n"
                           "for r = 1, 1000 do for i = 1, 65000 do local _ = t[-i * 65535] end end";

static void stops_by_the_wall_clock_what_no_count_sees(void)
{
    struct bench bench;
    struct timespec start;
    struct timespec end;
    bench_open(&bench);
    unsigned before = count_descriptors();
    (void)clock_gettime(CLOCK_MONOTONIC, &start);
    CU_ASSERT_EQUAL(bench_run(&bench, SLOW), AMICUS_JAIL);
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    CU_ASSERT_STRING_EQUAL(bench_code(&bench), "P0310");
    CU_ASSERT_TRUE(end.tv_sec - start.tv_sec <= 2);
    CU_ASSERT_EQUAL(count_descriptors(), before);
    CU_ASSERT_EQUAL(count_children(bench.engine->launcher), 0);
    CU_ASSERT_EQUAL(bench_run(&bench, "flag 'f' {}"), AMICUS_OK);
    bench_close(&bench);
}

static void leaves_no_descriptor_or_child_of_many_loads(void)
{
    struct bench bench;
    bench_open(&bench);
    unsigned before = count_descriptors();
    for (unsigned i = 0; i < 100; i++) {
        arena_reset(bench.arena);
        CU_ASSERT_EQUAL(bench_run(&bench, i % 2 == 0 ? "flag 'f' {}" : "error()"),
                        i % 2 == 0 ? AMICUS_OK : AMICUS_INVALID);
    }
    CU_ASSERT_EQUAL(count_descriptors(), before);
    CU_ASSERT_EQUAL(count_children(bench.engine->launcher), 0);
    bench_close(&bench);
}

static void refuses_one_jail_too_many_and_goes_on(void)
{
    enum { MANY = 16 };
    struct bench bench;
    struct predicate_session *sessions[MANY + 1] = {NULL};
    bench_open(&bench);
    const struct script script = bench_script("flag 'f' {}");
    for (unsigned i = 0; i < MANY; i++) {
        CU_ASSERT_EQUAL_FATAL(predicate_open(&sessions[i], bench.engine, &script), AMICUS_OK);
    }
    CU_ASSERT_EQUAL(predicate_open(&sessions[MANY], bench.engine, &script), AMICUS_JAIL);
    CU_ASSERT_EQUAL(bench_run(&bench, "flag 'f' {}"), AMICUS_JAIL);
    CU_ASSERT_STRING_EQUAL(bench_code(&bench), "P0315");
    predicate_close(sessions[0]);
    CU_ASSERT_EQUAL(bench_run(&bench, "flag 'f' {}"), AMICUS_OK);
    for (unsigned i = 1; i < MANY; i++) {
        predicate_close(sessions[i]);
    }
    CU_ASSERT_EQUAL(count_children(bench.engine->launcher), 0);
    bench_close(&bench);
}

/* How many files a process may have open. */
static void limit_files(pid_t process, rlim_t count)
{
    struct rlimit limit;
    CU_ASSERT_EQUAL_FATAL(prlimit(process, RLIMIT_NOFILE, NULL, &limit), 0);
    limit.rlim_cur = count;
    CU_ASSERT_EQUAL_FATAL(prlimit(process, RLIMIT_NOFILE, &limit, NULL), 0);
}

static void keeps_no_descriptor_of_an_order_that_it_cannot_take(void)
{
    struct bench bench;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(bench_run(&bench, "flag 'f' {}"), AMICUS_OK);
    limit_files(bench.engine->launcher, 6); /* it has five, and an order brings two */
    for (unsigned i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL(bench_run(&bench, "flag 'f' {}"), AMICUS_JAIL);
        CU_ASSERT_STRING_EQUAL(bench_code(&bench), "P0314");
    }
    limit_files(bench.engine->launcher, 7);
    CU_ASSERT_EQUAL(bench_run(&bench, "flag 'f' {}"), AMICUS_OK);
    bench_close(&bench);
}

static void says_that_the_launcher_is_gone(void)
{
    struct bench bench;
    struct predicate_session *session = NULL;
    bool answer = true;
    bench_open(&bench);
    const struct script script =
        bench_script("flag 'f' { when = predicate { reads = {}, test = function() return true "
                     "end } }");
    CU_ASSERT_EQUAL_FATAL(predicate_open(&session, bench.engine, &script), AMICUS_OK);
    CU_ASSERT_EQUAL(kill(bench.engine->launcher, SIGKILL), 0);
    siginfo_t info;
    CU_ASSERT_EQUAL(waitid(P_PID, (id_t)bench.engine->launcher, &info, WEXITED | WNOWAIT), 0);
    CU_ASSERT_EQUAL(bench_run(&bench, "flag 'f' {}"), AMICUS_JAIL);
    CU_ASSERT_STRING_EQUAL(bench_code(&bench), "P0314");
    CU_ASSERT_EQUAL(predicate_call(&answer, session, 0, NULL, 0), AMICUS_JAIL);
    CU_ASSERT_FALSE(answer);
    predicate_close(session);
    bench_close(&bench);
}

/* What a forged child sends, and how it is said to have ended. */
struct forged {
    const char *bytes;
    size_t count, times; /* the bytes are sent so often */
    int status;          /* as waitpid gives it; -1: the launcher says nothing */
    amicus_status result;
    const char *code;
    const char *words;
};

/* Play launcher and child for one order. */
static _Noreturn void play_launcher(int control, const struct forged *forged)
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
    if (recvmsg(control, &message, 0) != 1) {
        _exit(1);
    }
    int ends[2];
    const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head == NULL) {
        _exit(1);
    }
    memcpy(ends, CMSG_DATA(head), sizeof ends);
    for (size_t i = 0; i < forged->times; i++) {
        if (send(ends[0], forged->bytes, forged->count, MSG_NOSIGNAL) < 0) {
            break;
        }
    }
    (void)shutdown(ends[0], SHUT_WR);
    char drained[4096];
    while (recv(ends[0], drained, sizeof drained, 0) > 0) {
    }
    const struct launcher_report report = {0, forged->status};
    if (forged->status != -1) {
        (void)send(ends[1], &report, sizeof report, MSG_NOSIGNAL);
    }
    _exit(0);
}

static void expect_forged(struct bench *bench, const struct forged *forged)
{
    int pair[2];
    struct amicus_engine fake = {.socket = -1, .is_tested = true};
    CU_ASSERT_EQUAL_FATAL(mtx_init(&fake.lock, mtx_plain), thrd_success);
    const struct script script = bench_script("flag 'f' {}");
    CU_ASSERT_EQUAL_FATAL(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    fake.launcher = fork();
    if (fake.launcher == 0) {
        (void)close(pair[0]);
        play_launcher(pair[1], forged);
    }
    (void)close(pair[1]);
    fake.socket = pair[0];
    amicus_diagnostics_close(bench->list);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&bench->list), AMICUS_OK);
    amicus_status status = script_run(&bench->bytes, &fake, &script, bench->arena, bench->list);
    CU_ASSERT_EQUAL(status, forged->result);
    CU_ASSERT_STRING_EQUAL(bench_code(bench), forged->code);
    CU_ASSERT_PTR_NOT_NULL(strstr(bench_what(bench), forged->words));
    (void)close(pair[0]);
    CU_ASSERT_EQUAL(waitpid(fake.launcher, NULL, 0), fake.launcher);
    mtx_destroy(&fake.lock);
}

static void believes_no_child_that_lies(void)
{
    static const char LONG[65536] = "AMR1";
    static const struct forged ROWS[] = {
        {"AMR1Z", 5, 1, 0, AMICUS_OK, "", ""},
        {"", 0, 0, 0, AMICUS_JAIL, "P0312", "without an answer"},
        {"AMR1", 4, 1, 0, AMICUS_JAIL, "P0312", "without an answer"},
        {"AMR2Z", 5, 1, 0, AMICUS_JAIL, "P0312", "without an answer"},
        {LONG, sizeof LONG, 80, 0, AMICUS_JAIL, "P0312", "more than it may"},
        {"AMR1X\1\0\0\0\1", 10, 1, 0, AMICUS_JAIL, "P0106", ""},
        {"AMR1X\1\0\0\0\1S\1\0\0\0\33S\0\0\0\0Z", 22, 1, 0, AMICUS_JAIL, "P0106", ""},
        {"AMR1X\7\0\0\0\4S\1\0\0\0aS\1\0\0\0bZ", 23, 1, 0, AMICUS_INVALID, "P0304", "a"},
        {"AMR1Z", 5, 1, 31, AMICUS_JAIL, "P0311", "signal 31"},
        {"AMR1Z", 5, 1, 60 << 8, AMICUS_JAIL, "P0312", "without an answer"},
        {"AMR1Z", 5, 1, 69 << 8, AMICUS_JAIL, "P0313", "seccomp"},
        {"AMR1Z", 5, 1, 61 << 8, AMICUS_JAIL, "P0313", "memory"},
        {"AMR1Z", 5, 1, -1, AMICUS_JAIL, "P0314", "gone"},
    };
    struct bench bench;
    bench_open(&bench);
    unsigned before = count_descriptors();
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        expect_forged(&bench, &ROWS[i]);
    }
    CU_ASSERT_EQUAL(count_descriptors(), before);
    bench_close(&bench);
}

static void is_not_killed_by_a_pipe_that_breaks(void)
{
    struct bench bench;
    struct job job;
    char bytes[1024] = "";
    const struct text filler = {bytes, sizeof bytes};
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(job_start(&job, bench.engine), AMICUS_OK);
    amicus_status status = AMICUS_OK;
    for (unsigned i = 0; i < 100000 && status == AMICUS_OK; i++) {
        status = job_send(&job, filler); /* no request: the child ends */
    }
    CU_ASSERT_EQUAL(status, AMICUS_JAIL);
    struct job_end end;
    job_close(&job, &end);
    CU_ASSERT_TRUE(end.is_known);
    CU_ASSERT_NOT_EQUAL(end.exit_code, 0);
    bench_close(&bench);
}

static void works_for_a_host_without_standard_descriptors(void)
{
    pid_t child = fork();
    if (child == 0) {
        amicus_engine *engine = NULL;
        (void)close_range(0, 2, 0);
        amicus_status status = amicus_engine_open(&engine);
        if (status == AMICUS_OK) {
            status = engine_prove(engine);
        }
        amicus_engine_close(engine);
        _exit(status == AMICUS_OK ? 0 : 1);
    }
    int status = -1;
    CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
    CU_ASSERT_EQUAL(status, 0);
}

static void ends_its_processes_when_the_host_dies(void)
{
    int ends[2];
    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    pid_t host = fork();
    if (host == 0) {
        amicus_engine *engine = NULL;
        struct predicate_session *session = NULL;
        const struct script script = bench_script("flag 'f' {}");
        if (amicus_engine_open(&engine) == AMICUS_OK &&
            predicate_open(&session, engine, &script) == AMICUS_OK) {
            (void)!write(ends[1], &engine->launcher, sizeof engine->launcher);
        }
        (void)pause();
        _exit(1);
    }
    pid_t launcher = 0;
    CU_ASSERT_EQUAL_FATAL(read(ends[0], &launcher, sizeof launcher), (ssize_t)sizeof launcher);
    CU_ASSERT_EQUAL(count_children(launcher), 1);
    CU_ASSERT_EQUAL(kill(host, SIGKILL), 0);
    CU_ASSERT_EQUAL(waitpid(host, NULL, 0), host);
    const struct timespec moment = {0, 10 * 1000 * 1000};
    unsigned rounds = 0;
    for (; rounds < 200 && kill(launcher, 0) == 0; rounds++) {
        (void)nanosleep(&moment, NULL);
        char path[64];
        char state[256] = "";
        (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)launcher);
        FILE *file = fopen(path, "r");
        bool is_dead = file == NULL || (fread(state, 1, sizeof state - 1, file) > 0 &&
                                        strstr(state, ") Z ") != NULL);
        if (file != NULL) {
            (void)fclose(file);
        }
        if (is_dead) {
            break;
        }
    }
    CU_ASSERT_TRUE(rounds < 200);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void has_a_page_for_every_code_once(void)
{
    for (size_t i = 0; i < jail_codes.count; i++) {
        const struct code_page *page = &jail_codes.pages[i];
        CU_ASSERT_EQUAL(strlen(page->code), 5);
        CU_ASSERT_TRUE(strlen(page->title) > 5 && strlen(page->explain) > 20);
        CU_ASSERT_NOT_EQUAL(page->title[strlen(page->title) - 1], '.');
        CU_ASSERT_TRUE(i == 0 || strcmp(jail_codes.pages[i - 1].code, page->code) < 0);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"opens and closes without a trace", opens_and_closes_without_a_trace},
        {"kills a child that leaves its walls", kills_a_child_that_leaves_its_walls},
        {"stops by the wall clock what no count sees", stops_by_the_wall_clock_what_no_count_sees},
        {"leaves no descriptor or child of many loads",
         leaves_no_descriptor_or_child_of_many_loads},
        {"refuses one jail too many and goes on", refuses_one_jail_too_many_and_goes_on},
        {"keeps no descriptor of an order that it cannot take",
         keeps_no_descriptor_of_an_order_that_it_cannot_take},
        {"says that the launcher is gone", says_that_the_launcher_is_gone},
        {"believes no child that lies", believes_no_child_that_lies},
        {"is not killed by a pipe that breaks", is_not_killed_by_a_pipe_that_breaks},
        {"works for a host without standard descriptors",
         works_for_a_host_without_standard_descriptors},
        {"ends its processes when the host dies", ends_its_processes_when_the_host_dies},
        {"has a page for every code once", has_a_page_for_every_code_once},
        CU_TEST_INFO_NULL,
    };
    return suite_run("jail", tests);
}

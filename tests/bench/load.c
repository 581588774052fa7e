/*
 * How long loading takes: a whole call with a kept rulebook, a rulebook from its scripts, and one
 * from its kept image.
 *
 *   load AMICUS RULEBOOK CASE [ROUNDS]
 *
 * Each round (default 41) measures every figure once, so that a busy moment of the machine falls on
 * all of them; the median and the fastest are printed, beside the goal. Rulebooks are kept in a
 * folder of its own, which is removed. Public headers only, and a monotonic clock.
 */
#define _GNU_SOURCE
#include <amicus/amicus.h>
#include <amicus/rulebook.h>

#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS_MAX 1000u

extern char **environ;

/* What is measured. */
enum figure { FIGURE_CALL, FIGURE_SCRIPTS, FIGURE_IMAGE, FIGURE_COUNT };

static const struct {
    const char *what;
    double goal_ms;
} FIGURES[FIGURE_COUNT] = {
    [FIGURE_CALL] = {"amicus suggest, rulebook kept", 15},
    [FIGURE_SCRIPTS] = {"load a rulebook from Lua", 15},
    [FIGURE_IMAGE] = {"load a rulebook from its image", 1},
};

struct bench {
    const char *amicus, *rulebook, *subject;
    char folder[32];
    amicus_engine *scripts; /* keeps nothing */
    amicus_engine *images;  /* keeps in the folder */
    double times_ms[FIGURE_COUNT][ROUNDS_MAX];
};

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool call(const struct bench *bench)
{
    char *words[] = {(char *)bench->amicus, "suggest", (char *)bench->subject, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = 0;
    int status = -1;
    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) != 0 ||
        posix_spawn(&child, bench->amicus, &actions, NULL, words, environ) != 0) {
        return false;
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return waitpid(child, &status, 0) == child && status == 0;
}

static bool load(const struct bench *bench, amicus_engine *engine)
{
    amicus_diagnostics *list = NULL;
    amicus_rulebook *rulebook = NULL;
    bool is_loaded = amicus_diagnostics_open(&list) == AMICUS_OK &&
                     amicus_rulebook_load(&rulebook, engine, bench->rulebook, list) == AMICUS_OK;
    amicus_rulebook_close(rulebook);
    amicus_diagnostics_close(list);
    return is_loaded;
}

static bool run(const struct bench *bench, enum figure figure)
{
    switch (figure) {
    case FIGURE_CALL: return call(bench);
    case FIGURE_SCRIPTS: return load(bench, bench->scripts);
    case FIGURE_IMAGE: return load(bench, bench->images);
    case FIGURE_COUNT: break;
    }
    return false;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Measure every figure once a round. The first round proves the jail and fills the folder. */
static bool measure(struct bench *bench, unsigned rounds)
{
    for (unsigned round = 0; round <= rounds; round++) {
        for (unsigned i = 0; i < FIGURE_COUNT; i++) {
            double start_ms = now_ms();
            if (!run(bench, (enum figure)i)) {
                (void)fprintf(stderr, "load: cannot measure '%s'\n", FIGURES[i].what);
                return false;
            }
            if (round > 0) {
                bench->times_ms[i][round - 1] = now_ms() - start_ms;
            }
        }
    }
    return true;
}

static void report(struct bench *bench, unsigned rounds)
{
    for (unsigned i = 0; i < FIGURE_COUNT; i++) {
        double *times_ms = bench->times_ms[i];
        qsort(times_ms, rounds, sizeof times_ms[0], by_size);
        printf("  %-32s %8.2f ms   (fastest %.2f, goal %.0f)\n", FIGURES[i].what,
               times_ms[rounds / 2], times_ms[0], FIGURES[i].goal_ms);
    }
}

static void remove_folder(const char *folder)
{
    DIR *stream = opendir(folder);
    for (const struct dirent *entry = stream == NULL ? NULL : readdir(stream); entry != NULL;
         entry = readdir(stream)) {
        if (entry->d_name[0] != '.') {
            (void)unlinkat(dirfd(stream), entry->d_name, 0);
        }
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
    (void)rmdir(folder);
}

int main(int count, char **words)
{
    static struct bench bench = {.folder = "/tmp/amicus-bench.XXXXXX"};
    if (count < 4) {
        (void)fprintf(stderr, "usage: load AMICUS RULEBOOK CASE [ROUNDS]\n");
        return 2;
    }
    unsigned long rounds = count > 4 ? strtoul(words[4], NULL, 10) : 41;
    rounds = rounds < 1 ? 1 : rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
    bench.amicus = words[1];
    bench.rulebook = words[2];
    bench.subject = words[3];
    if (mkdtemp(bench.folder) == NULL || setenv("AMICUS_CACHE", bench.folder, 1) != 0) {
        return 1;
    }
    bool is_measured = amicus_engine_open(&bench.scripts) == AMICUS_OK &&
                       amicus_engine_open(&bench.images) == AMICUS_OK &&
                       amicus_engine_keep(bench.images, bench.folder) == AMICUS_OK &&
                       measure(&bench, (unsigned)rounds);
    if (is_measured) {
        report(&bench, (unsigned)rounds);
    }
    amicus_engine_close(bench.images);
    amicus_engine_close(bench.scripts);
    remove_folder(bench.folder);
    return is_measured ? 0 : 1;
}

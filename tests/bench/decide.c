/*
 * How long a decision takes inside one process.
 *
 *   decide RULEBOOK CASE [ROUNDS]
 *
 * Prints, in microseconds of one decision: reading the case, deciding it, deciding it and writing
 * the canonical ruling. Each figure is the median of ROUNDS rounds (default 200) of a few decisions
 * each, so that a pause of the machine does not show. Public headers only, and a monotonic clock.
 */
#include <amicus/amicus.h>
#include <amicus/case.h>
#include <amicus/rulebook.h>
#include <amicus/ruling.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Decisions timed together: long enough for the clock, short enough for the scheduler. */
#define BATCH      10u
#define ROUNDS_MAX 10000u

/* What a round works on. */
struct work {
    const amicus_rulebook *rulebook;
    const amicus_case *subject;
    const char *path;
    const char *bytes;
    size_t length;
    amicus_diagnostics *list;
};

/* One thing that is measured. */
typedef amicus_status (*step)(const struct work *work);

static amicus_status load_case(const struct work *work)
{
    amicus_case *subject = NULL;
    amicus_status status = amicus_case_load(&subject, work->rulebook, work->path, work->bytes,
                                            work->length, AMICUS_FORMAT_AUTO, work->list);
    amicus_case_close(subject);
    return status;
}

static amicus_status decide(const struct work *work)
{
    amicus_ruling *ruling = NULL;
    amicus_status status =
        amicus_ruling_of(&ruling, work->rulebook, work->subject, NULL, NULL, work->list);
    amicus_ruling_close(ruling);
    return status;
}

static amicus_status decide_and_write(const struct work *work)
{
    amicus_ruling *ruling = NULL;
    const char *text = NULL;
    amicus_status status =
        amicus_ruling_of(&ruling, work->rulebook, work->subject, NULL, NULL, work->list);
    if (status == AMICUS_OK) {
        status = amicus_ruling_write(&text, NULL, ruling, AMICUS_RULING_CANONICAL);
    }
    amicus_ruling_close(ruling);
    return status;
}

static double now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static amicus_status measure(const char *what, step run, const struct work *work, unsigned rounds)
{
    static double times_us[ROUNDS_MAX];
    for (unsigned i = 0; i < rounds; i++) {
        double start_us = now_us();
        for (unsigned j = 0; j < BATCH; j++) {
            amicus_status status = run(work);
            if (status != AMICUS_OK) {
                return status;
            }
        }
        times_us[i] = (now_us() - start_us) / BATCH;
    }
    qsort(times_us, rounds, sizeof times_us[0], by_size);
    printf("%-28s %9.1f us   (fastest %.1f, slowest %.1f)\n", what, times_us[rounds / 2],
           times_us[0], times_us[rounds - 1]);
    return AMICUS_OK;
}

static amicus_status measure_all(struct work *work, unsigned rounds)
{
    amicus_case *subject = NULL;
    amicus_status status = amicus_case_load(&subject, work->rulebook, work->path, work->bytes,
                                            work->length, AMICUS_FORMAT_AUTO, work->list);
    work->subject = subject;
    if (status == AMICUS_OK) {
        status = measure("read the case", load_case, work, rounds);
    }
    if (status == AMICUS_OK) {
        status = measure("decide", decide, work, rounds);
    }
    if (status == AMICUS_OK) {
        status = measure("decide and write the ruling", decide_and_write, work, rounds);
    }
    amicus_case_close(subject);
    return status;
}

int main(int count, char **words)
{
    static char bytes[(size_t)4 << 20];
    if (count < 3) {
        (void)fprintf(stderr, "usage: decide RULEBOOK CASE [ROUNDS]\n");
        return 2;
    }
    amicus_engine *engine = NULL;
    amicus_rulebook *rulebook = NULL;
    struct work work = {.path = words[2], .bytes = bytes};
    unsigned long rounds = count > 3 ? strtoul(words[3], NULL, 10) : 200;
    rounds = rounds < 1 ? 1 : rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
    amicus_status status = amicus_engine_open(&engine);
    if (status == AMICUS_OK) {
        status = amicus_diagnostics_open(&work.list);
    }
    double start_us = now_us();
    if (status == AMICUS_OK) {
        status = amicus_rulebook_load(&rulebook, engine, words[1], work.list);
    }
    printf("%-28s %9.1f us\n", "load the rulebook, once", now_us() - start_us);
    FILE *file = fopen(words[2], "rb");
    if (file != NULL) {
        work.length = fread(bytes, 1, sizeof bytes, file);
        (void)fclose(file);
    }
    work.rulebook = rulebook;
    if (status == AMICUS_OK) {
        status = measure_all(&work, (unsigned)rounds);
    }
    if (status != AMICUS_OK) {
        (void)fprintf(stderr, "decide: %s\n", amicus_status_name(status));
    }
    amicus_diagnostics_close(work.list);
    amicus_rulebook_close(rulebook);
    amicus_engine_close(engine);
    return status == AMICUS_OK ? 0 : 1;
}

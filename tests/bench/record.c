/*
 * How fast the record is: durable decisions a second from 8 threads and from one, opening a large
 * store, and auditing it.
 *
 *   bench_record FOLDER DECISIONS
 *
 * FOLDER must lie on the disk that is to be measured. Every decision is of a case of its own, with
 * its version, its ruling and their entries: what 'amicus accept' records.
 */
#include "audit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THREADS 8u

static bool draw(void *context, uint8_t *out, size_t length)
{
    static _Atomic unsigned counter;
    unsigned n = counter++;
    (void)context;
    memset(out, 0, length);
    memcpy(out, &n, sizeof n);
    return true;
}

static const struct store_host HOST = {NULL, draw};

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Processor time of all threads: what is left of a figure on a machine that others use too. */
static double cpu(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void must(bool is_well, const char *what)
{
    if (!is_well) {
        (void)fprintf(stderr, "bench_record: %s\n", what);
        exit(1);
    }
}

static struct store *open_store(const char *path)
{
    amicus_diagnostics *list;
    struct store *store = NULL;
    const struct database_place place = {path, true, false};
    must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    must(store_open(&store, &place, &HOST, list) == STORE_OK, path);
    amicus_diagnostics_close(list);
    return store;
}

struct worker {
    struct store *store;
    unsigned first, count;
};

static void decide(struct store *store, unsigned number)
{
    char id[32];
    char digest[DIGEST_HEX];
    char ruling[DIGEST_HEX];
    struct receipt receipt;
    (void)snprintf(id, sizeof id, "B-%u", number);
    (void)snprintf(digest, sizeof digest, "%064u", number);
    (void)snprintf(ruling, sizeof ruling, "%064u", number);
    const struct decision_submission decision = {.kind = TEXT("accept"),
                                                 .outcome = TEXT("release_full"),
                                                 .reason = TEXT(""),
                                                 .detail = TEXT("{\"cites\":[],\"note\":\"\"}")};
    const struct submission submission = {
        .actor = TEXT("uid:7/anna"),
        .at_s = 1748822400,
        .subject = {text_of(id), 0, text_of(digest), TEXT("amicus: case/1\n")},
        .book = {TEXT("00000000000000000000000000000000000000000000000000000000000000cc"),
                 TEXT("model"), TEXT("1"), TEXT("the bytes of a rulebook")},
        .ruling = {.engine = TEXT("0.1.0"),
                   .outcome = TEXT("release_full"),
                   .digest = text_of(ruling),
                   .policy_date = TEXT(""),
                   .json = TEXT("{\"outcome\":\"release_full\"}")},
        .decision = &decision};
    must(store_submit(store, &submission, &receipt) == STORE_OK, "a decision was not recorded");
}

static void *work(void *context)
{
    const struct worker *worker = context;
    for (unsigned i = 0; i < worker->count; i++) {
        decide(worker->store, worker->first + i);
    }
    return NULL;
}

/* Record decisions from some threads. returns the next free number */
static unsigned run(struct store *store, unsigned first, unsigned count, unsigned threads)
{
    pthread_t ids[64];
    struct worker workers[64];
    double start = now();
    double start_cpu = cpu();
    for (unsigned i = 0; i < threads; i++) {
        workers[i] = (struct worker){store, first + i * (count / threads), count / threads};
        must(pthread_create(&ids[i], NULL, work, &workers[i]) == 0, "no thread");
    }
    for (unsigned i = 0; i < threads; i++) {
        (void)pthread_join(ids[i], NULL);
    }
    double seconds = now() - start;
    printf("  %u durable decisions of new cases, %u threads: %.0f a second; %.0f us of processor "
           "each\n",
           count, threads, (double)count / seconds, (cpu() - start_cpu) / (double)count * 1e6);
    return first + count;
}

int main(int count, char **words)
{
    must(count == 3, "usage: bench_record FOLDER DECISIONS");
    char path[512];
    unsigned decisions = (unsigned)strtoul(words[2], NULL, 10);
    (void)snprintf(path, sizeof path, "%s/bench-record.db", words[1]);
    struct store *store = open_store(path);
    unsigned next = run(store, 1, decisions / 50 + 1, 1);
    next = run(store, next, decisions, THREADS);
    store_close(store);
    double start = now();
    store = open_store(path);
    printf("  opening it: %.2f ms\n", (now() - start) * 1e3);
    struct audit_report report;
    double start_cpu = cpu();
    start = now();
    must(audit_verify(store, NULL, 0, &report) == STORE_OK && !report.is_broken, report.fault);
    double seconds = now() - start;
    printf("  audit verify of %llu entries: %.0f a second; %.0f a second of processor\n",
           (unsigned long long)report.size, (double)report.size / seconds,
           (double)report.size / (cpu() - start_cpu));
    store_close(store);
    return 0;
}

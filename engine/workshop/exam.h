/*
 * Exams: tests with their case and rulebook at hand, run, and what came of them.
 */
#ifndef EXAM_H
#define EXAM_H

#include "coverage.h"
#include "suite_read.h"
#include "want.h"

enum verdict {
    VERDICT_PASSED = 0,
    VERDICT_FAILED = 1, /* differences says in what; or it waits for something and passes already */
    VERDICT_TODO = 2,   /* it waits for something, and does not pass yet */
    VERDICT_BROKEN = 3  /* it could not be run: faults were reported */
};

/* Name a verdict as reports write it ("passed", ...). */
const char *verdict_name(enum verdict verdict);

/* One test. What stands before the verdict is given; the rest is filled in by exams_run. */
struct exam {
    const struct suite *suite;
    const struct suite_test *test;
    const struct amicus_rulebook *rulebook; /* NULL: broken before */
    const struct amicus_case *base;         /* likewise */
    const char *case_file;                  /* as somebody can name it; NULL: none */
    uint32_t book;                          /* place of its rulebook's coverage */
    uint8_t verdict;                        /* enum verdict */
    struct differences differences;
    struct text case_id;
    struct text *why;     /* sentences on rules that should have applied, why_count of them */
    struct text *origins; /* beside them: where the rule stands */
    uint32_t why_count;
    struct text next;         /* a command that shows more, or empty */
    amicus_diagnostics *list; /* faults of a broken test; NULL if there are none */
};

/* What all exams of a run share. */
struct exam_room {
    struct exam *exams;
    uint32_t count;
    unsigned jobs;               /* threads, 1 or more; what comes of it does not depend on them */
    struct coverage **coverages; /* one a rulebook, or NULL: not wanted */
    uint32_t book_count;
    struct arena **arenas; /* one a thread, JOBS_MAX at most, for everything that exams keep */
};
#define JOBS_MAX 64u

/*
 * Run all exams that can be run.
 *
 * room     its arenas[0 .. jobs - 1] are NULL, and open afterwards; to be ended by exams_close
 * returns  OK; MEMORY
 */
AMICUS_MUST_CHECK amicus_status exams_run(struct exam_room *room);

/* Close what exams_run opened. */
void exams_close(struct exam_room *room);

/* How many ended so. */
struct exam_count {
    uint32_t all, passed, failed, todo, broken;
};
struct exam_count exams_count(const struct exam *exams, uint32_t count);

#endif

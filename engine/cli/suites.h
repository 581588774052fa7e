/*
 * Suites on the command line: found, read, and joined with their cases and rulebooks.
 */
#ifndef SUITES_H
#define SUITES_H

#include "exam.h"
#include "session.h"

#define SUITE_BOOKS_MAX 64u

/* One file that was read. */
struct suite_file {
    const char *path;
    struct text bytes;
    struct suite *suite; /* NULL if it has no test that can be read */
    amicus_diagnostics *list;
    const struct book *book; /* NULL if it cannot be used */
    uint32_t first, count;   /* its exams that were selected */
};

/* A case that tests share. */
struct suite_case {
    const char *path;
    struct text bytes;
    struct amicus_case *subject; /* NULL if it has faults */
    amicus_diagnostics *list;
    struct suite_case *next;
};

struct suites {
    struct session *session;
    struct arena *arena;
    struct suite_file *files;
    uint32_t file_count;
    struct exam *exams;
    size_t exam_capacity;
    uint32_t exam_count;
    const struct amicus_rulebook *books[SUITE_BOOKS_MAX]; /* that tests use */
    uint32_t book_count;
    struct suite_case *cases; /* the last first */
    struct map *case_of;      /* by path and vocabulary */
};

/*
 * Find and read suites, with what they need.
 *
 * out      receives them; always to be ended by suites_close
 * session  the call: its operands, or the rulebook that was named, or every rulebook
 * returns  an exit code: what is wrong with some is said, and noted in the session; another code
 *          than EXIT_DONE if nothing can be run at all
 */
int suites_open(struct suites *out, struct session *session);

/* Say what is wrong with suites, their cases and, after they ran, their tests. */
void suites_say(struct suites *suites);

/* Close what suites_open opened. */
void suites_close(struct suites *suites);

#endif

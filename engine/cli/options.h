/*
 * Options: the words of the command line, read by the command table.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "clerk.h"
#include "diagnostic.h"
#include "ruling.h"
#include "table.h"

#define ANSWERS_MAX 8u
#define EXPECTS_MAX 32u

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* One way in which the answer is wanted. */
struct wanted {
    enum format format;
    const char *path; /* NULL: stdout */
};

/* An option with its value. */
struct said {
    enum option option;
    const char *value;
};

struct options {
    const struct command *command; /* NULL if none was named */
    bool seen[OPTION_COUNT];       /* which options were given */
    const char *policy;            /* NULL if not given */
    const char *folder;            /* of -C, or NULL */
    struct instants instants;
    bool is_as_of_now, is_policy_now;   /* "now": the instant is filled in later */
    struct wanted answers[ANSWERS_MAX]; /* one at least */
    size_t answer_count;
    enum color_when color;
    amicus_severity fail_on;
    const char *why_not;                     /* NULL if not given */
    unsigned depth;                          /* of --depth, if it was given */
    const char *run;                         /* NULL if not given */
    unsigned threshold;                      /* percent; 0 if not given */
    unsigned most;                           /* of --max; 0 if not given */
    unsigned jobs;                           /* 0 if not given */
    uint64_t seed, number;                   /* 0 if not given */
    const char *ground, *platform, *subject; /* NULL if not given; subject: of --case */
    struct shard shard;                      /* 0/1 if not given */
    unsigned shards;                         /* 0 if not given */
    const char *out, *rejects;               /* NULL if not given */
    enum results results;
    unsigned max_errors; /* if it was given */
    enum color_when progress;
    const char *expects[EXPECTS_MAX];
    size_t expect_count;
    const char **operands;
    size_t operand_count;
    const struct said *said; /* every option with a value, in the order of the words */
    size_t said_count;
};

/* Tell whether an option was given. */
bool options_has(const struct options *options, enum option option);

/* The last value of an option; NULL if it was not given. */
const char *options_value(const struct options *options, enum option option);

/*
 * Read a command line.
 *
 * out        receives what was said; texts are borrowed from the words
 * words      the words after the program's name
 * count      how many
 * arena      where lists live
 * list       receives U01xx, all faults at once
 * returns    OK; INVALID; MEMORY
 *
 * An option may stand before or behind the command and its operands; "--" ends options; a lone "-"
 * is an operand; "--name=value", "--name value", "-xvalue", "-x value" and "-qv" are understood.
 */
AMICUS_MUST_CHECK amicus_status options_read(struct options *out, const char *const *words,
                                             size_t count, struct arena *arena,
                                             amicus_diagnostics *list);

#endif

/*
 * A tally: one report over many inputs, in every wanted format, with a closing count.
 */
#ifndef TALLY_H
#define TALLY_H

#include "map.h"
#include "session.h"

struct tally {
    struct report_count count;
    struct map *seen; /* what was written, so that a fault of a shared file is told once */
    struct arena *arena;
    struct builder json; /* the report as JSON, put out when it is closed */
    bool has_json;       /* a diagnostic was written to it before */
};

/* Start a report. returns an exit code */
int tally_start(struct tally *tally, struct session *session);

/*
 * Write what is wrong with one input, but for what was written before of the same place.
 *
 * returns  an exit code about the writing
 */
int tally_write(struct tally *tally, struct session *session, const amicus_diagnostics *list,
                const struct report_sources *sources);

/*
 * Close the report with its count.
 *
 * inputs   how many were looked at
 * noun     what they are, in the singular
 * returns  an exit code about the writing
 */
int tally_close(struct tally *tally, struct session *session, size_t inputs, const char *noun);

#endif

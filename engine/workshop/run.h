/*
 * A run: what makes two shards parts of one batch.
 */
#ifndef RUN_H
#define RUN_H

#include "clerk.h"
#include "inventory.h"

struct run {
    struct text as_of, engine, inputs, options, policy_date, rulebooks; /* its members */
    struct text id;     /* digest over the members, 64 hex digits */
    bool has_inventory; /* of every file */
    uint64_t lines;     /* then: how many there are */
    struct tally_hash hash;
};

/*
 * Make the identity of a run. How many shards or threads there are, hosts, folders and time are not
 * in it.
 *
 * returns  OK; INVALID with B0109 in list; MEMORY; INTERNAL
 */
AMICUS_MUST_CHECK amicus_status run_make(struct run *out, struct arena *arena,
                                         const struct archive *archive, const struct bookshelf *shelf,
                                         enum results results, amicus_diagnostics *list);

/* Write a run as JSON of one line, schema amicus.run/1. */
void run_write(struct builder *builder, const struct run *run);

/* Read what run_write wrote. returns false if it is something else */
bool run_take(struct run *out, struct arena *arena, struct text bytes);

/* Name the first member in which two runs differ; NULL if they are the same. */
const char *run_difference(const struct run *a, const struct run *b);

#endif

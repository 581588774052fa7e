/*
 * Outputs: where the answer goes, in each wanted format.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "file_io.h"
#include "options.h"

/* One wanted answer, being written. */
struct output {
    enum format format;
    struct draft_file file;
    bool has_text; /* something was written before */
};

struct outputs {
    struct output all[ANSWERS_MAX];
    size_t count;
};

/*
 * Open the outputs of a command line.
 *
 * out      receives them; ended by outputs_commit or outputs_drop
 * options  what is wanted
 * arena    where names live
 * list     receives U0204 for a file that cannot be written
 * returns  OK; IO (nothing is open then); MEMORY
 */
AMICUS_MUST_CHECK amicus_status outputs_open(struct outputs *out, const struct options *options,
                                             struct arena *arena, amicus_diagnostics *list);

/* Write a text to an output. A failure of the stream is found when it is committed. */
void output_put(struct output *output, struct text text);

/* Put every file in its place. returns OK; IO, with U0204 in list */
AMICUS_MUST_CHECK amicus_status outputs_commit(struct outputs *outputs, amicus_diagnostics *list);

/* Give all files up. */
void outputs_drop(struct outputs *outputs);

#endif

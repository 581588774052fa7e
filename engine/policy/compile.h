/*
 * The compiler: what the scripts of a rulebook declared becomes an image.
 *
 * It knows all names, types and rules about rules; the jail knows none of them. Every fault is a
 * diagnostic with the place in the script, all of them in one run.
 */
#ifndef COMPILE_H
#define COMPILE_H

#include "digest.h"
#include "image.h"
#include "message_read.h"

/* One script, after its jail answered. */
struct compile_file {
    struct text path;  /* inside the rulebook's tree: "common/quality.lua"; names it in the image */
    struct text shown; /* as people would open it, for diagnostics; NUL-terminated */
    struct text bytes; /* the source, for columns */
    uint8_t digest[DIGEST_BYTES];
    struct message message;
};

/* What is compiled. All of it is borrowed for the call but the vocabulary, which must outlive the
 * image. */
struct compile_input {
    const struct vocabulary *vocabulary;
    struct text name, version, platform, title;
    uint8_t outcome_ranks[OUTCOME_COUNT];
    const struct compile_file *files;
    uint32_t file_count;
};

/*
 * Compile.
 *
 * out      receives the image, whose block lives in arena; all zero on failure
 * input    files in any order
 * arena    where the image goes
 * list     receives diagnostics P01xx and P04xx, warnings too
 * returns  OK; INVALID if there are errors; MEMORY; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status compile(struct image *out, const struct compile_input *input,
                                        struct arena *arena, amicus_diagnostics *list);

#endif

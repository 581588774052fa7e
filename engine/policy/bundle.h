/*
 * Bundles: a rulebook as bytes, with all that it was made from, so that it can be loaded again when
 * its folder has changed or is gone.
 *
 *   bundle := "AMB1" folder count {path text} key image      each a length of 4 bytes, and bytes
 *
 * Paths are relative to the folder that holds all the files, so a bundle says nothing of the
 * machine on which it was made. The image saves running the scripts; if it is not exactly what it
 * should be, another version of the engine made it, and the scripts are run.
 */
#ifndef BUNDLE_H
#define BUNDLE_H

#include "manifest.h"
#include "rulebook.h"

/*
 * Make the bundle of a rulebook that was loaded from a folder.
 *
 * out      receives the bytes, which live in arena
 * list     receives what is wrong with the files now
 * returns  OK; NOT_FOUND if the files have changed since the rulebook was loaded; IO, INVALID,
 *          MEMORY, INTERNAL
 */
AMICUS_MUST_CHECK amicus_status bundle_make(struct text *out,
                                            const struct amicus_rulebook *rulebook,
                                            struct arena *arena, amicus_diagnostics *list);

/* A bundle, read. Texts are borrowed from its bytes. */
struct bundle {
    struct text folder;
    struct file_texts given;
    struct text image;
};

/*
 * Read a bundle.
 *
 * arena    for the list of files
 * returns  OK; INVALID if the bytes are no bundle; MEMORY
 */
AMICUS_MUST_CHECK amicus_status bundle_read(struct bundle *out, struct text bytes,
                                            struct arena *arena);

#endif

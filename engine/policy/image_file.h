/*
 * Kept images: a compiled rulebook in a file, so that the next process need not run its scripts.
 */
#ifndef IMAGE_FILE_H
#define IMAGE_FILE_H

#include "image_table.h"
#include "manifest.h"

/*
 * The name under which an image is kept: a digest of everything that it was made from.
 *
 * out         receives 64 hex digits and a NUL
 * manifest    whose files, outcome ranks, names and ranking of evidence count
 * vocabulary  whose digest counts
 * arena       for the work
 * returns     OK; MEMORY; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status image_key(char out[65], const struct manifest *manifest,
                                          const struct vocabulary *vocabulary, struct arena *arena);

/*
 * Read a kept image and check it as if somebody had tampered with it.
 *
 * out         receives the image, whose block lives in arena; all zero on failure
 * path        of the file; NUL-terminated
 * key         that it must carry
 * vocabulary  that it was compiled against; must outlive the image
 * returns     OK; NOT_FOUND if there is no such file, or it is not exactly what it should be;
 *             MEMORY
 */
AMICUS_MUST_CHECK amicus_status image_read(struct image *out, const char *path, const char key[65],
                                           const struct vocabulary *vocabulary,
                                           struct arena *arena);

/*
 * Take an image out of the bytes of a kept file: what image_read does with what it read.
 *
 * bytes    must outlive the image, which may lie in them
 * returns  OK; NOT_FOUND if they are not exactly what they should be; MEMORY
 */
AMICUS_MUST_CHECK amicus_status image_load(struct image *out, struct text bytes, const char key[65],
                                           const struct vocabulary *vocabulary,
                                           struct arena *arena);

/*
 * Write an image as the bytes of a kept file.
 *
 * returns  OK; MEMORY; INTERNAL
 */
AMICUS_MUST_CHECK amicus_status image_bytes(struct text *out, const struct image *image,
                                            const char key[65], struct arena *arena);

/*
 * Keep an image: written beside its place and renamed, so that no reader sees half of it.
 *
 * image    a sane image
 * path     where to; its folder must be there
 * key      to carry
 * writer   a number that no other process uses at this time
 * arena    for the work
 * returns  OK; IO; MEMORY
 */
AMICUS_MUST_CHECK amicus_status image_keep(const struct image *image, const char *path,
                                           const char key[65], long writer, struct arena *arena);

#endif

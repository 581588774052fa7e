/*
 * Files: read whole up to a bound, and written whole or not at all.
 */
#ifndef FILE_IO_H
#define FILE_IO_H

#include "text.h"

#include <stdio.h>

/*
 * Read a file.
 *
 * out          receives its bytes
 * arena        where they live
 * path         "-" is stdin
 * limit_bytes  reading stops after one byte more than this; who checks the bound sees it crossed
 * returns      OK; IO, with errno set; MEMORY
 */
AMICUS_MUST_CHECK amicus_status file_read(struct text *out, struct arena *arena, const char *path,
                                          size_t limit_bytes);

/* A file that is being written under another name. */
struct draft_file {
    FILE *stream;
    const char *path;
    char *draft_path; /* NULL: the stream is written straight: stdout, a pipe, a device */
};

/*
 * Start to write a file.
 *
 * out      receives the draft; ended by file_commit or file_drop
 * arena    where names live
 * path     where the file will stand; NULL is stdout. A link is followed: the file that it names is
 *          replaced. What is there and is no file (a device, a pipe) is written straight
 * returns  OK; IO, with errno set; MEMORY
 */
AMICUS_MUST_CHECK amicus_status file_draft(struct draft_file *out, struct arena *arena,
                                           const char *path);

/* Flush, and put the file in its place by rename. returns OK; IO, with errno set: the place then
 * holds what it held before */
AMICUS_MUST_CHECK amicus_status file_commit(struct draft_file *draft);

/* Give the draft up; what was there stays. */
void file_drop(struct draft_file *draft);

#endif

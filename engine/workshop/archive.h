/*
 * The archive: any number of cases in files, read in one order, whole or one shard of it.
 *
 * Lines are cases. A file is plain NDJSON, NDJSON in frames, other zstd, a stream, or one case
 * alone. The files are laid end to end, and a shard owns what begins in its range of the bytes:
 * lines of plain files, frames of framed ones, and what cannot be split as a whole. So the shards
 * of any N, one after the other, are the archive.
 */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include "diagnostic.h"
#include "frame.h"

/* A longer line is one rejected case; its bytes are passed over. */
#define ARCHIVE_LINE_MAX ((size_t)4 << 20)

enum archive_form {
    ARCHIVE_LINES,  /* plain NDJSON */
    ARCHIVE_FRAMES, /* with a seek table */
    ARCHIVE_PACKED, /* zstd without a table: one piece */
    ARCHIVE_STREAM, /* stdin or a pipe, plain or packed: one piece */
    ARCHIVE_CASE    /* one case, YAML or JSON */
};

struct archive_file {
    const char *path; /* "-" is stdin */
    const char *name; /* as people know it: without the folder that differs between machines */
    enum archive_form form;
    uint64_t base;  /* where it begins among all files */
    uint64_t bytes; /* that are shared out: without the table; 1 at least */
    uint64_t file_bytes;
    struct frame_table table;
};

struct archive {
    struct archive_file *files;
    size_t count, capacity;
    uint64_t bytes; /* of all files */
    struct arena *arena;
};

/* Start an empty archive; texts and tables live in the arena. */
void archive_start(struct archive *archive, struct arena *arena);

/*
 * Add a file.
 *
 * path     borrowed; "-" is stdin
 * name     borrowed
 * list     receives B0101 to B0103
 * returns  OK; INVALID if it cannot be read; MEMORY
 */
AMICUS_MUST_CHECK amicus_status archive_add(struct archive *archive, const char *path,
                                            const char *name, amicus_diagnostics *list);

/* Tell whether a path ends as an archive of lines does: ".ndjson", ".jsonl", ".zst". */
bool archive_is_name(const char *path);

/* A part of the work: I of N, I < N. */
struct shard {
    uint32_t index, count;
};

enum chunk_kind {
    CHUNK_LINES,   /* whole lines, each ended by LF, but for the last if the file was cut off */
    CHUNK_CASE,    /* the whole file is one case */
    CHUNK_TOO_LONG /* a line beyond the bound was passed over; there is no text */
};

/* A piece of the archive of about a megabyte. Used again and again; {0} is an empty one. */
struct chunk {
    enum chunk_kind kind;
    uint32_t file;
    uint64_t offset; /* of its text in the text of the file */
    struct room text, packed;
    size_t length;      /* of the text */
    struct frame frame; /* packed and not yet unpacked, if frame.packed > 0 */
    uint64_t passed;    /* bytes of the shard that lie behind it */
};

/* Give the memory of a chunk back. */
void chunk_close(struct chunk *chunk);

/* Unpack a chunk, in the thread that works on it. returns OK; INVALID with B0103; MEMORY */
AMICUS_MUST_CHECK amicus_status chunk_unpack(struct chunk *chunk, const struct archive *archive,
                                             struct unpacker *unpacker, amicus_diagnostics *list);

/* A walk through one shard, by one thread at a time. */
struct walk {
    const struct archive *archive;
    uint64_t from, to; /* the range of the shard */
    size_t file;
    int handle; /* of the file at hand; -1 */
    bool is_begun;
    uint64_t at;         /* where the next chunk begins: in the file; of a stream, in its text */
    uint64_t text_at;    /* in the text of a framed file */
    uint32_t frame;      /* the next one */
    struct feed *feed;   /* of a stream */
    struct arena *arena; /* of the feed */
};

/* Begin. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status walk_start(struct walk *walk, const struct archive *archive,
                                           struct shard shard);

/*
 * Take the next chunk.
 *
 * returns  OK; NOT_FOUND behind the last one; INVALID or IO, with what is wrong in list; MEMORY
 */
AMICUS_MUST_CHECK amicus_status walk_next(struct walk *walk, struct chunk *chunk,
                                          amicus_diagnostics *list);

/* End a walk, wherever it stands. */
void walk_close(struct walk *walk);

/* The bytes of a shard. */
uint64_t shard_bytes(const struct archive *archive, struct shard shard);

/* The codes of archives and batches, B01xx to B03xx. */
extern const struct code_table archive_codes;

#endif

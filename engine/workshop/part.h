/*
 * Parts: what one shard leaves in the folder of its batch, written whole or not at all.
 *
 *   run.json                         what the run is
 *   part-00003-of-00008.ndjson.zst   a line for each case, packed
 *   part-00003-of-00008.rejects.ndjson
 *   part-00003-of-00008.json         the report: the commit
 */
#ifndef PART_H
#define PART_H

#include "digest.h"
#include "run.h"

#define PART_PATH_BYTES 4096u

/* A part that is being written. */
struct part_writer {
    const char *folder;
    struct shard shard;
    struct arena *arena;
    struct frame_writer results;
    FILE *rejects;
    char results_path[PART_PATH_BYTES], rejects_path[PART_PATH_BYTES];
    struct digester rejects_digest, results_digest;
    uint64_t rejects_bytes, results_bytes;
    const char *failed; /* the path of a file that could not be written */
};

/* A part that is there. */
struct part {
    struct shard shard;
    struct text run, results_digest, rejects_digest, digest; /* digest: of the report itself */
    uint64_t results_bytes, rejects_bytes;
    struct figures figures;
};

/* Make the folder if need be. returns OK; IO, with errno set */
AMICUS_MUST_CHECK amicus_status part_folder(const char *folder);

/*
 * See that the folder belongs to a run: the first shard writes run.json, others compare.
 *
 * list     receives B0201 with the member that differs
 * returns  OK; INVALID; IO, with errno set; MEMORY
 */
AMICUS_MUST_CHECK amicus_status part_join(const char *folder, const struct run *run,
                                          struct arena *arena, amicus_diagnostics *list);

/* Read run.json. returns OK; NOT_FOUND; INVALID with B0202 in list; IO; MEMORY */
AMICUS_MUST_CHECK amicus_status part_run(struct run *out, const char *folder, struct arena *arena,
                                         amicus_diagnostics *list);

/*
 * Read a part and prove that it is whole: its own digest, and the files that it names.
 *
 * list     receives B0202 with what is wrong
 * returns  OK; NOT_FOUND; INVALID; IO; MEMORY
 */
AMICUS_MUST_CHECK amicus_status part_read(struct part *out, const char *folder, struct shard shard,
                                          struct arena *arena, amicus_diagnostics *list);

/* Start a part. returns OK; IO, with errno set; MEMORY */
AMICUS_MUST_CHECK amicus_status part_begin(struct part_writer *out, const char *folder,
                                           struct shard shard, struct arena *arena);

/* Write one frame of results and the rejects beside it. returns OK; IO; MEMORY; LIMIT */
AMICUS_MUST_CHECK amicus_status part_put(struct part_writer *writer, struct text packed,
                                         size_t text_length, struct text rejects);

/*
 * Publish the part: results first, the report last.
 *
 * list     receives B0207 if a whole part of this shard is there by now and differs
 * returns  OK; INTERNAL if it differs; IO, with errno set; MEMORY
 */
AMICUS_MUST_CHECK amicus_status part_publish(struct part_writer *writer, const struct run *run,
                                             const struct figures *figures,
                                             amicus_diagnostics *list);

/* Give a part up; nothing of it stays. */
void part_drop(struct part_writer *writer);

/* Write the path of a file of a part: of suffix ".json", ".ndjson.zst", ".rejects.ndjson". */
void part_path(char out[PART_PATH_BYTES], const char *folder, struct shard shard,
               const char *suffix);

/* Which parts of which N lie in a folder. */
struct part_list {
    uint32_t *counts; /* each N that occurs, once */
    size_t count, capacity;
};

/* List them. returns OK; IO, with errno set; MEMORY */
AMICUS_MUST_CHECK amicus_status part_counts(struct part_list *out, const char *folder,
                                            struct arena *arena);

/* Remove temporary files older than a number of seconds before `now_s`. returns how many */
unsigned part_clean(const char *folder, int64_t now_s, int64_t older_s);

#endif

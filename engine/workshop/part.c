/*
 * Exactly once, out of at least once.
 *
 * Whatever runs shards may run one twice, at the same time or later, and may kill it anywhere. So a
 * part is written under a name of its own (host and process are in it, and it is opened only if it
 * is not there), flushed to the disk, and put in place by rename; the report comes last and names
 * the other files with their digests. A report that is there, whole and of this run is all that
 * `already done` means. Two that end at the same time put the same bytes in place; if the bytes
 * differ, that is a bug in determinism, and both are kept.
 *
 * run.json is made by link, which fails if another shard was first; then they are compared.
 *
 * Order of publishing: close and sync both files, rename rejects, rename results, write, sync and
 * rename the report, sync the folder. A reader that finds the report finds the rest.
 */
#include "part.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REPORT_BYTES_MAX ((size_t)64 << 20)
#define HOST_BYTES       64

void part_path(char out[PART_PATH_BYTES], const char *folder, struct shard shard,
               const char *suffix)
{
    assert(out != NULL && folder != NULL);
    assert(suffix != NULL && shard.index < shard.count);
    (void)snprintf(out, PART_PATH_BYTES, "%s/part-%05" PRIu32 "-of-%05" PRIu32 "%s", folder,
                   shard.index, shard.count, suffix);
}

/* A name that no other process uses. */
static void own_path(char out[PART_PATH_BYTES], const char *folder, uint32_t index,
                     const char *suffix)
{
    char host[HOST_BYTES] = "";
    if (gethostname(host, sizeof host - 1) != 0) {
        host[0] = '\0';
    }
    for (char *at = host; *at != '\0'; at++) {
        *at = *at == '/' ? '_' : *at;
    }
    (void)snprintf(out, PART_PATH_BYTES, "%s/.tmp-%05" PRIu32 "-%s-%ld%s", folder, index, host,
                   (long)getpid(), suffix);
}

static FILE *open_new(const char *path)
{
    (void)unlink(path);
    const int handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return handle < 0 ? NULL : fdopen(handle, "wb");
}

/* Flush, sync and close. returns OK; IO, with errno set */
static amicus_status finish(FILE *stream)
{
    bool is_written = fflush(stream) == 0 && ferror(stream) == 0 && fsync(fileno(stream)) == 0;
    const int fault = errno;
    if (fclose(stream) != 0 && is_written) {
        return AMICUS_IO;
    }
    errno = fault;
    return is_written ? AMICUS_OK : AMICUS_IO;
}

amicus_status part_folder(const char *folder)
{
    assert(folder != NULL);
    assert(folder[0] != '\0');
    struct stat info;
    if (mkdir(folder, 0777) == 0) {
        return AMICUS_OK;
    }
    const int fault = errno;
    const bool is_there = stat(folder, &info) == 0 && S_ISDIR(info.st_mode);
    errno = is_there ? 0 : fault == EEXIST ? ENOTDIR : fault;
    return is_there ? AMICUS_OK : AMICUS_IO;
}

/* Write a small file whole, under a name of its own. */
static amicus_status write_own(const char *path, struct text bytes)
{
    FILE *stream = open_new(path);
    if (stream == NULL) {
        return AMICUS_IO;
    }
    (void)fwrite(bytes.at, 1, bytes.length, stream);
    const amicus_status status = finish(stream);
    if (status != AMICUS_OK) {
        const int fault = errno;
        (void)unlink(path);
        errno = fault;
    }
    return status;
}

/* --- the run --- */

static void run_path(char out[PART_PATH_BYTES], const char *folder)
{
    (void)snprintf(out, PART_PATH_BYTES, "%s/run.json", folder);
}

amicus_status part_run(struct run *out, const char *folder, struct arena *arena,
                       amicus_diagnostics *list)
{
    assert(out != NULL && folder != NULL);
    assert(arena != NULL && list != NULL);
    char path[PART_PATH_BYTES];
    struct text bytes;
    run_path(path, folder);
    const amicus_status status = small_file_read(&bytes, arena, path, REPORT_BYTES_MAX);
    if (status == AMICUS_OK && !run_take(out, arena, bytes)) {
        diagnostics_add(list, AMICUS_ERROR, "B0202", (struct place){path, 0, 0},
                        "use another folder", "this is not what a batch of this version writes");
        return AMICUS_INVALID;
    }
    return status;
}

amicus_status part_join(const char *folder, const struct run *run, struct arena *arena,
                        amicus_diagnostics *list)
{
    assert(folder != NULL && run != NULL);
    assert(arena != NULL && list != NULL);
    char path[PART_PATH_BYTES];
    char own[PART_PATH_BYTES];
    struct builder builder;
    struct text bytes;
    struct run other;
    run_path(path, folder);
    own_path(own, folder, 0, ".run");
    builder_start(&builder, arena);
    run_write(&builder, run);
    amicus_status status = part_run(&other, folder, arena, list);
    if (status == AMICUS_NOT_FOUND) {
        status = builder_end(&bytes, &builder);
        status = status == AMICUS_OK ? write_own(own, bytes) : status;
        bool is_first = status == AMICUS_OK && link(own, path) == 0;
        const int fault = errno;
        (void)unlink(own);
        errno = fault;
        if (is_first || status != AMICUS_OK) {
            return status;
        }
        status = fault == EEXIST ? part_run(&other, folder, arena, list) : AMICUS_IO;
    }
    const char *difference = status == AMICUS_OK ? run_difference(run, &other) : NULL;
    if (difference != NULL) {
        diagnostics_add(list, AMICUS_ERROR, "B0201", (struct place){path, 0, 0},
                        "use another folder for another run",
                        "the folder belongs to another run: its %s differs", difference);
        return AMICUS_INVALID;
    }
    return status;
}

/* --- a part that is there --- */

static amicus_status wrong(const char *path, const char *what, amicus_diagnostics *list)
{
    diagnostics_add(list, AMICUS_ERROR, "B0202", (struct place){path, 0, 0},
                    "remove the part and run its shard again", "%s", what);
    return AMICUS_INVALID;
}

/* Cut off the last line, which must be the digest of what stands above it. */
static bool take_seal(struct text *body, struct text *seal, struct text bytes)
{
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    if (bytes.length < DIGEST_HEX + 1 || bytes.at[bytes.length - 1] != '\n') {
        return false;
    }
    *body = (struct text){bytes.at, bytes.length - DIGEST_HEX};
    *seal = (struct text){bytes.at + body->length, DIGEST_HEX - 1};
    if (digest_of(digest, "amicus.part/1", *body) != AMICUS_OK) {
        return false;
    }
    digest_write(hex, digest);
    return text_is(*seal, hex);
}

static bool take_members(struct part *out, const struct tree *root)
{
    uint64_t index, count;
    out->run = member_text(root, "run");
    out->results_digest = member_text(root, "results_digest");
    out->rejects_digest = member_text(root, "rejects_digest");
    return text_is(member_text(root, "schema"), "amicus.part/1") &&
           member_number(&index, root, "shard") && member_number(&count, root, "of") &&
           index == out->shard.index && count == out->shard.count &&
           member_number(&out->results_bytes, root, "results_bytes") &&
           member_number(&out->rejects_bytes, root, "rejects_bytes") &&
           member_number(&out->figures.lines, root, "lines") &&
           hash_read(&out->figures.hash, member_text(root, "hash")) &&
           figures_take_json(&out->figures, tree_find(root, "figures")) == AMICUS_OK;
}

/* See that a file beside the report is what the report says. */
static amicus_status check_file(const char *path, uint64_t bytes, struct text digest,
                                struct arena *arena, amicus_diagnostics *list)
{
    struct stat info;
    struct text found;
    if (stat(path, &info) != 0) {
        return wrong(path, "the file is not there, and the report of the part names it", list);
    }
    if ((uint64_t)info.st_size != bytes) {
        return wrong(path, "the file has not the size that the report of the part says", list);
    }
    const amicus_status status = file_digest(&found, arena, path);
    if (status == AMICUS_OK && !text_equal(found, digest)) {
        return wrong(path, "the file is not the one of which the report of the part speaks", list);
    }
    return status;
}

amicus_status part_read(struct part *out, const char *folder, struct shard shard,
                        struct arena *arena, amicus_diagnostics *list)
{
    assert(out != NULL && folder != NULL);
    assert(arena != NULL && list != NULL);
    char path[PART_PATH_BYTES];
    struct text bytes, body;
    *out = (struct part){.shard = shard};
    part_path(path, folder, shard, ".json");
    amicus_status status = small_file_read(&bytes, arena, path, REPORT_BYTES_MAX);
    if (status == AMICUS_OK) {
        status = figures_start(&out->figures, arena);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    const struct tree *root = take_seal(&body, &out->digest, bytes) ? own_json(arena, body) : NULL;
    if (root == NULL || !take_members(out, root)) {
        return wrong(path, "the report of the part is damaged, or is not of this shard", list);
    }
    part_path(path, folder, shard, ".ndjson.zst");
    status = check_file(path, out->results_bytes, out->results_digest, arena, list);
    if (status == AMICUS_OK) {
        part_path(path, folder, shard, ".rejects.ndjson");
        status = check_file(path, out->rejects_bytes, out->rejects_digest, arena, list);
    }
    return status;
}

/* --- a part in the making --- */

amicus_status part_begin(struct part_writer *out, const char *folder, struct shard shard,
                         struct arena *arena)
{
    assert(out != NULL && folder != NULL);
    assert(arena != NULL && shard.index < shard.count);
    *out = (struct part_writer){.folder = folder, .shard = shard, .arena = arena};
    own_path(out->results_path, folder, shard.index, ".ndjson.zst");
    own_path(out->rejects_path, folder, shard.index, ".rejects");
    out->failed = out->results_path;
    out->results.arena = arena;
    out->results.stream = open_new(out->results_path);
    if (out->results.stream == NULL) {
        return AMICUS_IO;
    }
    digester_start(&out->results_digest, "amicus.file/1");
    digester_start(&out->rejects_digest, "amicus.file/1");
    out->rejects = open_new(out->rejects_path);
    out->failed = out->rejects_path;
    return out->rejects == NULL ? AMICUS_IO : AMICUS_OK;
}

amicus_status part_put(struct part_writer *writer, struct text packed, size_t text_length,
                       struct text rejects)
{
    assert(writer != NULL && writer->results.stream != NULL);
    assert(writer->rejects != NULL);
    amicus_status status = AMICUS_OK;
    if (packed.length > 0) {
        writer->failed = writer->results_path;
        digester_put(&writer->results_digest, packed);
        writer->results_bytes += packed.length;
        status = frame_write(&writer->results, packed, text_length);
    }
    if (status == AMICUS_OK && rejects.length > 0) {
        writer->failed = writer->rejects_path;
        digester_put(&writer->rejects_digest, rejects);
        writer->rejects_bytes += rejects.length;
        status = fwrite(rejects.at, 1, rejects.length, writer->rejects) == rejects.length
                     ? AMICUS_OK
                     : AMICUS_IO;
    }
    return status;
}

/* Write the table of the results, and digest it too. */
static amicus_status end_results(struct part_writer *writer)
{
    struct builder builder;
    struct text table;
    writer->failed = writer->results_path;
    builder_start(&builder, writer->arena);
    frame_put_table(&builder, &writer->results);
    amicus_status status = builder_end(&table, &builder);
    if (status != AMICUS_OK) {
        return status;
    }
    digester_put(&writer->results_digest, table);
    writer->results_bytes += table.length;
    (void)fwrite(table.at, 1, table.length, writer->results.stream);
    status = finish(writer->results.stream);
    writer->results.stream = NULL;
    if (status == AMICUS_OK) {
        writer->failed = writer->rejects_path;
        status = finish(writer->rejects);
        writer->rejects = NULL;
    }
    return status;
}

static void put_digest(struct builder *builder, const char *key, struct digester *digester)
{
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    if (digester_end(digest, digester) != AMICUS_OK) {
        builder->failed = true;
        return;
    }
    digest_write(hex, digest);
    builder_putf(builder, ",\"%s\":\"%s\"", key, hex);
}

/* Make the report and its seal. */
static amicus_status make_report(struct text *out, struct text *seal, struct part_writer *writer,
                                 const struct run *run, const struct figures *figures)
{
    struct builder builder;
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    builder_start(&builder, writer->arena);
    builder_puts(&builder, "{\"figures\":");
    figures_write_json(&builder, figures);
    builder_puts(&builder, ",\"hash\":\"");
    hash_write(&builder, figures->hash);
    builder_putf(&builder, "\",\"lines\":%" PRIu64 ",\"of\":%" PRIu32, figures->lines,
                 writer->shard.count);
    builder_putf(&builder, ",\"rejects_bytes\":%" PRIu64, writer->rejects_bytes);
    put_digest(&builder, "rejects_digest", &writer->rejects_digest);
    builder_putf(&builder, ",\"results_bytes\":%" PRIu64, writer->results_bytes);
    put_digest(&builder, "results_digest", &writer->results_digest);
    builder_puts(&builder, ",\"run\":");
    builder_put_json(&builder, run->id);
    builder_putf(&builder, ",\"schema\":\"amicus.part/1\",\"shard\":%" PRIu32 "}\n",
                 writer->shard.index);
    struct text body;
    amicus_status status = builder_end(&body, &builder);
    if (status == AMICUS_OK) {
        status = digest_of(digest, "amicus.part/1", body);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    digest_write(hex, digest);
    builder_start(&builder, writer->arena);
    builder_put(&builder, body);
    builder_puts(&builder, hex);
    builder_putc(&builder, '\n');
    status = builder_end(out, &builder);
    *seal = (struct text){out->at + body.length, DIGEST_HEX - 1};
    return status;
}

/* Put a file in its place. A rename whose answer was lost, as NFS loses it, has been done. */
static amicus_status place(struct part_writer *writer, const char *from, const char *suffix)
{
    char to[PART_PATH_BYTES];
    part_path(to, writer->folder, writer->shard, suffix);
    writer->failed = from;
    return rename(from, to) == 0 ? AMICUS_OK : AMICUS_IO;
}

/* Compare with a whole part that turned up meanwhile. OK: the same bytes; NOT_FOUND: none. */
static amicus_status compare(struct part_writer *writer, const struct run *run, struct text seal,
                             amicus_diagnostics *list)
{
    struct part other;
    amicus_diagnostics *own;
    char path[PART_PATH_BYTES];
    amicus_status status = amicus_diagnostics_open(&own);
    if (status != AMICUS_OK) {
        return status;
    }
    status = part_read(&other, writer->folder, writer->shard, writer->arena, own);
    amicus_diagnostics_close(own);
    if (status != AMICUS_OK || !text_equal(other.run, run->id)) {
        return AMICUS_NOT_FOUND;
    }
    if (text_equal(other.digest, seal)) {
        return AMICUS_OK;
    }
    part_path(path, writer->folder, writer->shard, ".json");
    diagnostics_add(list, AMICUS_ERROR, "B0207", (struct place){path, 0, 0},
                    "please report this with both files: the other is kept beside it as .tmp-*",
                    "two runs of one shard made different bytes");
    return AMICUS_INTERNAL;
}

static amicus_status sync_folder(const char *folder)
{
    const int handle = open(folder, O_RDONLY | O_CLOEXEC);
    if (handle < 0) {
        return AMICUS_IO;
    }
    /* Some file systems do not sync folders; the rename is then as safe as they make it. */
    const bool is_done = fsync(handle) == 0 || errno == EINVAL;
    (void)close(handle);
    return is_done ? AMICUS_OK : AMICUS_IO;
}

amicus_status part_publish(struct part_writer *writer, const struct run *run,
                           const struct figures *figures, amicus_diagnostics *list)
{
    assert(writer != NULL && run != NULL);
    assert(figures != NULL && list != NULL);
    char own[PART_PATH_BYTES];
    struct text report, seal;
    own_path(own, writer->folder, writer->shard.index, ".json");
    amicus_status status = end_results(writer);
    if (status == AMICUS_OK) {
        status = make_report(&report, &seal, writer, run, figures);
    }
    if (status != AMICUS_OK) {
        part_drop(writer);
        return status;
    }
    status = compare(writer, run, seal, list);
    if (status == AMICUS_INTERNAL) {
        return status;
    }
    if (status == AMICUS_OK) {
        part_drop(writer);
        return AMICUS_OK;
    }
    status = place(writer, writer->rejects_path, ".rejects.ndjson");
    status = status == AMICUS_OK ? place(writer, writer->results_path, ".ndjson.zst") : status;
    if (status == AMICUS_OK) {
        writer->failed = "the report of the part";
        status = write_own(own, report);
    }
    status = status == AMICUS_OK ? place(writer, own, ".json") : status;
    writer->failed = writer->folder;
    status = status == AMICUS_OK ? sync_folder(writer->folder) : status;
    if (status != AMICUS_OK) {
        const int fault = errno;
        (void)unlink(own);
        part_drop(writer);
        errno = fault;
    }
    return status;
}

void part_drop(struct part_writer *writer)
{
    assert(writer != NULL);
    assert(writer->folder != NULL);
    if (writer->results.stream != NULL) {
        (void)fclose(writer->results.stream);
        writer->results.stream = NULL;
    }
    if (writer->rejects != NULL) {
        (void)fclose(writer->rejects);
        writer->rejects = NULL;
    }
    (void)unlink(writer->results_path);
    (void)unlink(writer->rejects_path);
}

/* --- the folder --- */

/* Read the digits of a name; NULL if there are none. */
static const char *take_digits(const char *at, uint32_t *out)
{
    const char *start = at;
    *out = 0;
    while (*at >= '0' && *at <= '9' && at - start < 9) {
        *out = *out * 10 + (uint32_t)(*at++ - '0');
    }
    return at == start ? NULL : at;
}

/* Tell which part a name is the report of. */
static bool is_report(const char *name, struct shard *shard)
{
    const char *at = strncmp(name, "part-", 5) == 0 ? take_digits(name + 5, &shard->index) : NULL;
    at = at != NULL && strncmp(at, "-of-", 4) == 0 ? take_digits(at + 4, &shard->count) : NULL;
    return at != NULL && strcmp(at, ".json") == 0;
}

static amicus_status note_count(struct part_list *out, struct arena *arena, uint32_t count)
{
    for (size_t i = 0; i < out->count; i++) {
        if (out->counts[i] == count) {
            return AMICUS_OK;
        }
    }
    void *counts = out->counts;
    const amicus_status status =
        arena_grow(arena, &counts, &out->capacity, out->count, sizeof *out->counts);
    if (status == AMICUS_OK) {
        out->counts = counts;
        out->counts[out->count++] = count;
    }
    return status;
}

amicus_status part_counts(struct part_list *out, const char *folder, struct arena *arena)
{
    assert(out != NULL && folder != NULL);
    assert(arena != NULL);
    *out = (struct part_list){NULL, 0, 0};
    DIR *stream = opendir(folder);
    if (stream == NULL) {
        return AMICUS_IO;
    }
    amicus_status status = AMICUS_OK;
    for (struct dirent *entry = readdir(stream); entry != NULL && status == AMICUS_OK;
         entry = readdir(stream)) {
        struct shard shard;
        if (is_report(entry->d_name, &shard)) {
            status = note_count(out, arena, shard.count);
        }
    }
    (void)closedir(stream);
    return status;
}

unsigned part_clean(const char *folder, int64_t now_s, int64_t older_s)
{
    assert(folder != NULL);
    assert(older_s >= 0);
    DIR *stream = opendir(folder);
    unsigned count = 0;
    for (struct dirent *entry = stream == NULL ? NULL : readdir(stream); entry != NULL;
         entry = readdir(stream)) {
        char path[PART_PATH_BYTES];
        struct stat info;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (strncmp(entry->d_name, ".tmp-", 5) == 0 && stat(path, &info) == 0 &&
            (int64_t)info.st_mtime + older_s < now_s && unlink(path) == 0) {
            count++;
        }
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
    return count;
}

/*
 * Files laid end to end, and walks through shards of them.
 *
 * Where a shard begins is found without reading what others own: a line belongs to the shard in
 * whose range its first byte lies, so a walk goes to the byte before its range, passes over the
 * rest of that line, and reads past the end of its range to finish its last one. A frame belongs to
 * the shard in whose range it begins, which the table alone says. Everything else goes whole to the
 * shard in which it begins; therefore every file owns one byte at least.
 *
 * A walk is used by one thread at a time (the crew holds a lock), and only reads; unpacking is done
 * by the worker. Memory: nothing but the tables, 8 bytes a frame, and the chunk that the caller
 * uses again.
 *
 * Offsets that people read count bytes of text, so that they are the same for a packed file.
 */
#include "archive.h"

#include "feed.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROBE_BYTES    ((size_t)64 << 10)
#define FEED_BYTES_MAX ((size_t)1 << 20)

void archive_start(struct archive *archive, struct arena *arena)
{
    assert(archive != NULL);
    assert(arena != NULL);
    *archive = (struct archive){NULL, 0, 0, 0, arena};
}

static bool ends_with(const char *path, const char *end)
{
    const size_t length = strlen(path), own = strlen(end);
    return length > own && strcmp(path + length - own, end) == 0;
}

bool archive_is_name(const char *path)
{
    assert(path != NULL);
    assert(!ends_with("", ".zst"));
    return ends_with(path, ".ndjson") || ends_with(path, ".jsonl") || ends_with(path, ".zst");
}

static void fault(amicus_diagnostics *list, const char *name, const char *code, const char *what)
{
    diagnostics_add(list, AMICUS_ERROR, code, (struct place){name, 0, 0},
                    strcmp(code, "B0101") == 0 ? "check the path and its permissions"
                                               : "fetch the file again, or pack it anew",
                    "%s", what);
}

/* Find out what a packed file is. */
static amicus_status read_table(struct archive_file *file, struct arena *arena, int handle,
                                amicus_diagnostics *list)
{
    amicus_status status = frame_table_read(&file->table, arena, handle, file->file_bytes);
    file->form = ARCHIVE_FRAMES;
    file->bytes = file->table.bytes;
    if (status == AMICUS_NOT_FOUND) {
        file->form = ARCHIVE_PACKED;
        file->bytes = file->file_bytes;
        return AMICUS_OK;
    }
    if (status == AMICUS_INVALID) {
        fault(list, file->name, "B0102", "the seek table at its end contradicts the file");
    }
    return status;
}

/* Look at the start of a file. */
static amicus_status probe(struct archive_file *file, struct arena *arena, int handle,
                           amicus_diagnostics *list)
{
    char head[4];
    const size_t length = file->file_bytes < sizeof head ? (size_t)file->file_bytes : sizeof head;
    amicus_status status = frame_pread(handle, head, length, 0);
    if (status == AMICUS_OK && frame_is_packed((struct text){head, length})) {
        return read_table(file, arena, handle, list);
    }
    file->form = archive_is_name(file->path) ? ARCHIVE_LINES : ARCHIVE_CASE;
    return status;
}

static amicus_status measure(struct archive_file *file, struct arena *arena,
                             amicus_diagnostics *list)
{
    struct stat info;
    if (strcmp(file->path, "-") == 0) {
        file->form = ARCHIVE_STREAM;
        return AMICUS_OK;
    }
    const int handle = open(file->path, O_RDONLY | O_CLOEXEC);
    if (handle < 0 || fstat(handle, &info) != 0) {
        fault(list, file->name, "B0101", strerror(errno));
        if (handle >= 0) {
            (void)close(handle);
        }
        return AMICUS_INVALID;
    }
    amicus_status status = AMICUS_OK;
    if (S_ISREG(info.st_mode)) {
        file->file_bytes = (uint64_t)info.st_size;
        file->bytes = file->file_bytes;
        status = probe(file, arena, handle, list);
    } else {
        file->form = ARCHIVE_STREAM;
    }
    (void)close(handle);
    if (status == AMICUS_IO) {
        fault(list, file->name, "B0101", strerror(errno));
    }
    return status == AMICUS_OK || status == AMICUS_MEMORY ? status : AMICUS_INVALID;
}

amicus_status archive_add(struct archive *archive, const char *path, const char *name,
                          amicus_diagnostics *list)
{
    assert(archive != NULL && archive->arena != NULL);
    assert(path != NULL && name != NULL && list != NULL);
    struct archive_file file = {.path = path, .name = name};
    void *files = archive->files;
    amicus_status status = arena_grow(archive->arena, &files, &archive->capacity, archive->count,
                                      sizeof *archive->files);
    if (status != AMICUS_OK) {
        return status;
    }
    archive->files = files;
    status = measure(&file, archive->arena, list);
    if (status == AMICUS_OK) {
        file.base = archive->bytes;
        file.bytes = file.bytes == 0 ? 1 : file.bytes;
        archive->bytes += file.bytes;
        archive->files[archive->count++] = file;
    }
    return status;
}

/* --- shards --- */

/* bytes * index / count, without overflow. */
static uint64_t bound(uint64_t bytes, uint64_t index, uint64_t count)
{
    return bytes / count * index + bytes % count * index / count;
}

uint64_t shard_bytes(const struct archive *archive, struct shard shard)
{
    assert(archive != NULL);
    assert(shard.index < shard.count);
    return bound(archive->bytes, shard.index + (uint64_t)1, shard.count) -
           bound(archive->bytes, shard.index, shard.count);
}

amicus_status walk_start(struct walk *walk, const struct archive *archive, struct shard shard)
{
    assert(walk != NULL && archive != NULL);
    assert(shard.index < shard.count);
    *walk = (struct walk){.archive = archive, .handle = -1};
    walk->from = bound(archive->bytes, shard.index, shard.count);
    walk->to = bound(archive->bytes, shard.index + (uint64_t)1, shard.count);
    return AMICUS_OK;
}

static void leave(struct walk *walk)
{
    feed_close(walk->feed);
    walk->feed = NULL;
    arena_close(walk->arena);
    walk->arena = NULL;
    if (walk->handle > STDIN_FILENO) {
        (void)close(walk->handle);
    }
    walk->handle = -1;
    walk->is_begun = false;
}

void walk_close(struct walk *walk)
{
    assert(walk != NULL);
    assert(walk->archive != NULL || walk->handle < 0);
    leave(walk);
}

void chunk_close(struct chunk *chunk)
{
    assert(chunk != NULL);
    assert(chunk->length <= chunk->text.capacity);
    room_close(&chunk->text);
    room_close(&chunk->packed);
}

/* What is being walked through. */
struct step {
    struct walk *walk;
    const struct archive_file *file;
    struct chunk *chunk;
    uint64_t from, to; /* the range of the shard inside the file */
};

/* --- plain lines --- */

/* Find the line end at or behind a place; the end of the file if there is none. */
static amicus_status find_end(struct step *step, uint64_t at, uint64_t *end)
{
    struct room *room = &step->chunk->packed;
    amicus_status status = room_fit(room, PROBE_BYTES);
    *end = step->file->file_bytes;
    while (status == AMICUS_OK && at < step->file->file_bytes) {
        const uint64_t left = step->file->file_bytes - at;
        const size_t length = left < PROBE_BYTES ? (size_t)left : PROBE_BYTES;
        status = frame_pread(step->walk->handle, room->at, length, at);
        const char *found = status == AMICUS_OK ? memchr(room->at, '\n', length) : NULL;
        if (found != NULL) {
            *end = at + (size_t)(found - room->at) + 1;
            return AMICUS_OK;
        }
        at += length;
    }
    return status;
}

/* Go to the first line that begins in the range. */
static amicus_status begin_lines(struct step *step)
{
    step->walk->at = 0;
    return step->from == 0 ? AMICUS_OK : find_end(step, step->from - 1, &step->walk->at);
}

/* How much of the text are whole lines that begin before `limit`; 0 if its first line does not end
 * in it. */
static size_t own_lines(const char *text, size_t length, size_t limit)
{
    const char *end = limit <= length ? memchr(text + limit - 1, '\n', length - (limit - 1)) : NULL;
    if (end != NULL) {
        return (size_t)(end - text) + 1;
    }
    size_t cut = length;
    while (cut > 0 && text[cut - 1] != '\n') {
        cut--;
    }
    return cut;
}

static amicus_status pass_line(struct step *step)
{
    step->chunk->kind = CHUNK_TOO_LONG;
    step->chunk->length = 0;
    return find_end(step, step->walk->at, &step->walk->at);
}

static amicus_status next_lines(struct step *step)
{
    struct walk *walk = step->walk;
    struct chunk *chunk = step->chunk;
    size_t wanted = FRAME_TEXT_GOAL;
    chunk->kind = CHUNK_LINES;
    chunk->offset = walk->at;
    if (walk->at >= step->to || walk->at >= step->file->file_bytes) {
        return AMICUS_NOT_FOUND;
    }
    for (;;) {
        const uint64_t left = step->file->file_bytes - walk->at;
        const size_t length = left < wanted ? (size_t)left : wanted;
        const uint64_t owned = step->to - walk->at;
        amicus_status status = room_fit(&chunk->text, length);
        if (status == AMICUS_OK) {
            status = frame_pread(walk->handle, chunk->text.at, length, walk->at);
        }
        if (status != AMICUS_OK) {
            return status;
        }
        chunk->length =
            own_lines(chunk->text.at, length, owned > length ? length + 1 : (size_t)owned);
        if (chunk->length == 0 && length == left && length <= ARCHIVE_LINE_MAX) {
            chunk->length = length;
        }
        if (chunk->length > 0) {
            walk->at += chunk->length;
            return AMICUS_OK;
        }
        if (wanted > ARCHIVE_LINE_MAX) {
            return pass_line(step);
        }
        wanted = wanted * 4 > ARCHIVE_LINE_MAX ? ARCHIVE_LINE_MAX + 1 : wanted * 4;
    }
}

/* --- frames --- */

/* Go to the first frame that begins in the range. */
static void begin_frames(struct step *step)
{
    struct walk *walk = step->walk;
    const struct frame_table *table = &step->file->table;
    walk->at = 0;
    walk->text_at = 0;
    walk->frame = 0;
    while (walk->frame < table->count && walk->at < step->from) {
        walk->at += table->frames[walk->frame].packed;
        walk->text_at += table->frames[walk->frame].text;
        walk->frame++;
    }
}

static amicus_status next_frame(struct step *step)
{
    struct walk *walk = step->walk;
    struct chunk *chunk = step->chunk;
    if (walk->frame >= step->file->table.count || walk->at >= step->to) {
        return AMICUS_NOT_FOUND;
    }
    chunk->kind = CHUNK_LINES;
    chunk->frame = step->file->table.frames[walk->frame];
    chunk->offset = walk->text_at;
    chunk->length = 0;
    amicus_status status = room_fit(&chunk->packed, chunk->frame.packed);
    if (status == AMICUS_OK) {
        status = frame_pread(walk->handle, chunk->packed.at, chunk->frame.packed, walk->at);
    }
    walk->at += chunk->frame.packed;
    walk->text_at += chunk->frame.text;
    walk->frame++;
    return status;
}

amicus_status chunk_unpack(struct chunk *chunk, const struct archive *archive,
                           struct unpacker *unpacker, amicus_diagnostics *list)
{
    assert(chunk != NULL && archive != NULL);
    assert(unpacker != NULL && list != NULL);
    if (chunk->frame.packed == 0) {
        return AMICUS_OK;
    }
    const struct frame frame = chunk->frame;
    amicus_status status = room_fit(&chunk->text, frame.text);
    if (status == AMICUS_OK) {
        status = unpacker_unpack(unpacker, chunk->text.at, &frame,
                                 (struct text){chunk->packed.at, frame.packed});
    }
    if (status == AMICUS_INVALID) {
        fault(list, archive->files[chunk->file].name, "B0103",
              "a frame is damaged, or is not what the seek table says");
    } else if (status == AMICUS_OK && chunk->text.at[frame.text - 1] != '\n') {
        fault(list, archive->files[chunk->file].name, "B0103", "a frame does not end with a line");
        status = AMICUS_INVALID;
    }
    chunk->frame = (struct frame){0, 0};
    chunk->length = status == AMICUS_OK ? frame.text : 0;
    return status;
}

/* --- what cannot be split --- */

static amicus_status next_case(struct step *step)
{
    struct walk *walk = step->walk;
    struct chunk *chunk = step->chunk;
    if (walk->at > 0) {
        return AMICUS_NOT_FOUND;
    }
    const uint64_t bytes = step->file->file_bytes;
    /* One byte beyond the bound, so that the reader of cases sees that it was crossed. */
    const size_t length = bytes > ARCHIVE_LINE_MAX ? ARCHIVE_LINE_MAX + 1 : (size_t)bytes;
    walk->at = 1;
    chunk->kind = CHUNK_CASE;
    chunk->offset = 0;
    chunk->length = length;
    amicus_status status = room_fit(&chunk->text, length + 1);
    return status == AMICUS_OK ? frame_pread(walk->handle, chunk->text.at, length, 0) : status;
}

static amicus_status begin_feed(struct step *step)
{
    struct walk *walk = step->walk;
    walk->at = 0;
    amicus_status status = arena_open(&walk->arena, FEED_BYTES_MAX);
    return status == AMICUS_OK ? feed_open(&walk->feed, walk->arena, walk->handle) : status;
}

/* --- any file --- */

static bool is_whole(const struct archive_file *file)
{
    return file->form != ARCHIVE_LINES && file->form != ARCHIVE_FRAMES;
}

static amicus_status begin(struct step *step)
{
    struct walk *walk = step->walk;
    const char *path = step->file->path;
    walk->handle = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    walk->is_begun = true;
    walk->at = 0;
    if (walk->handle < 0) {
        return AMICUS_IO;
    }
    switch (step->file->form) {
    case ARCHIVE_LINES: return begin_lines(step);
    case ARCHIVE_FRAMES: begin_frames(step); return AMICUS_OK;
    case ARCHIVE_PACKED:
    case ARCHIVE_STREAM: return begin_feed(step);
    case ARCHIVE_CASE: break;
    }
    return AMICUS_OK;
}

static amicus_status next(struct step *step)
{
    step->chunk->frame = (struct frame){0, 0};
    switch (step->file->form) {
    case ARCHIVE_LINES: return next_lines(step);
    case ARCHIVE_FRAMES: return next_frame(step);
    case ARCHIVE_PACKED:
    case ARCHIVE_STREAM: return feed_next(step->walk->feed, step->chunk, &step->walk->at);
    case ARCHIVE_CASE: break;
    }
    return next_case(step);
}

static amicus_status tell(const struct step *step, amicus_status status, amicus_diagnostics *list)
{
    if (status == AMICUS_IO) {
        fault(list, step->file->name, "B0101", strerror(errno));
    } else if (status == AMICUS_INVALID) {
        fault(list, step->file->name, "B0103",
              is_whole(step->file) ? "the compressed text is damaged or cut off"
                                   : "the file was cut off while it was read");
    }
    return status;
}

/* The bytes of the shard that lie behind what was read. */
static uint64_t passed(const struct walk *walk, const struct archive_file *file)
{
    const uint64_t here = file->base + (is_whole(file) ? 0 : walk->at);
    return here <= walk->from ? 0 : (here < walk->to ? here : walk->to) - walk->from;
}

amicus_status walk_next(struct walk *walk, struct chunk *chunk, amicus_diagnostics *list)
{
    assert(walk != NULL && chunk != NULL);
    assert(list != NULL);
    for (; walk->file < walk->archive->count; walk->file++) {
        const struct archive_file *file = &walk->archive->files[walk->file];
        bool is_owned = is_whole(file)
                            ? file->base >= walk->from && file->base < walk->to
                            : file->base + file->bytes > walk->from && file->base < walk->to;
        if (!is_owned) {
            continue;
        }
        struct step step = {walk, file, chunk, 0, 0};
        step.from = walk->from > file->base ? walk->from - file->base : 0;
        step.to = walk->to - file->base;
        chunk->file = (uint32_t)walk->file;
        amicus_status status = walk->is_begun ? AMICUS_OK : begin(&step);
        status = status == AMICUS_OK ? next(&step) : status;
        if (status != AMICUS_NOT_FOUND) {
            chunk->passed = passed(walk, file);
            return tell(&step, status, list);
        }
        leave(walk);
    }
    return AMICUS_NOT_FOUND;
}

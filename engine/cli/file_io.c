/*
 * Whole files, in and out.
 *
 * Reading stops one byte behind the bound, so that a file of any size, or a stream without an end,
 * costs no more than the bound, and the reader of cases still sees that it was crossed and says so.
 *
 * Writing goes to a draft beside the target, which rename then puts in its place: another reader
 * sees the old file or the new one, never half of one. The draft gets the mode of the file that it
 * replaces, or what the umask leaves. Only files are replaced so: a rename onto /dev/null would
 * replace the device, and one onto a link would cut the link.
 */
#include "file_io.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES ((size_t)64 << 10)
#define PATH_BYTES  ((size_t)4096)

/* A text that grows while it is read. */
struct intake_buffer {
    struct arena *arena;
    char *bytes;
    size_t length, capacity;
};

/* Make room for more bytes. */
static amicus_status grow(struct intake_buffer *buffer)
{
    if (buffer->length < buffer->capacity) {
        return AMICUS_OK;
    }
    size_t wanted = buffer->capacity == 0 ? CHUNK_BYTES : buffer->capacity * 2;
    char *grown = arena_give(buffer->arena, wanted);
    if (grown == NULL) {
        return AMICUS_MEMORY;
    }
    if (buffer->length > 0) {
        memcpy(grown, buffer->bytes, buffer->length);
    }
    buffer->bytes = grown;
    buffer->capacity = wanted;
    return AMICUS_OK;
}

/* Read a stream to its end or to one byte behind the bound. */
static amicus_status read_stream(struct text *out, struct arena *arena, FILE *stream,
                                 size_t limit_bytes)
{
    struct intake_buffer buffer = {arena, NULL, 0, 0};
    size_t got = 1;
    while (buffer.length <= limit_bytes && got > 0) {
        if (grow(&buffer) != AMICUS_OK) {
            return AMICUS_MEMORY;
        }
        size_t room = buffer.capacity - buffer.length;
        size_t left = limit_bytes + 1 - buffer.length;
        got = fread(buffer.bytes + buffer.length, 1, room < left ? room : left, stream);
        buffer.length += got;
    }
    *out = (struct text){buffer.bytes, buffer.length};
    return ferror(stream) ? AMICUS_IO : AMICUS_OK;
}

amicus_status file_read(struct text *out, struct arena *arena, const char *path, size_t limit_bytes)
{
    assert(out != NULL && arena != NULL);
    assert(path != NULL && limit_bytes < SIZE_MAX / 4);
    *out = (struct text){NULL, 0};
    errno = 0;
    if (strcmp(path, "-") == 0) {
        return read_stream(out, arena, stdin, limit_bytes);
    }
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return AMICUS_IO;
    }
    amicus_status status = read_stream(out, arena, stream, limit_bytes);
    int fault = errno;
    (void)fclose(stream);
    errno = fault;
    return status;
}

/* The mode that the finished file shall have. */
static mode_t mode_for(const char *path)
{
    struct stat old;
    if (stat(path, &old) == 0) {
        return old.st_mode & 07777u;
    }
    mode_t mask = umask(0);
    (void)umask(mask);
    return 0666u & ~mask;
}

/* Open the draft beside its place. */
static amicus_status open_beside(struct draft_file *out, struct arena *arena)
{
    size_t bytes = strlen(out->path) + sizeof ".draft-XXXXXX";
    out->draft_path = arena_give(arena, bytes);
    if (out->draft_path == NULL) {
        return AMICUS_MEMORY;
    }
    (void)snprintf(out->draft_path, bytes, "%s.draft-XXXXXX", out->path);
    int handle = mkstemp(out->draft_path);
    if (handle < 0) {
        return AMICUS_IO;
    }
    out->stream = fdopen(handle, "wb");
    if (out->stream == NULL || fchmod(handle, mode_for(out->path)) != 0) {
        int fault = errno;
        (void)(out->stream == NULL ? close(handle) : fclose(out->stream));
        (void)unlink(out->draft_path);
        out->stream = NULL;
        errno = fault;
        return AMICUS_IO;
    }
    return AMICUS_OK;
}

amicus_status file_draft(struct draft_file *out, struct arena *arena, const char *path)
{
    assert(out != NULL);
    assert(arena != NULL);
    *out = (struct draft_file){path == NULL ? stdout : NULL, path, NULL};
    if (path == NULL) {
        return AMICUS_OK;
    }
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        out->stream = fopen(path, "wb");
        return out->stream == NULL ? AMICUS_IO : AMICUS_OK;
    }
    char real[PATH_BYTES];
    if (realpath(path, real) != NULL) {
        out->path = arena_copy(arena, real, strlen(real));
    }
    return out->path == NULL ? AMICUS_MEMORY : open_beside(out, arena);
}

amicus_status file_commit(struct draft_file *draft)
{
    assert(draft != NULL);
    assert(draft->stream != NULL);
    bool is_written = fflush(draft->stream) == 0 && !ferror(draft->stream);
    int fault = errno;
    if (draft->stream != stdout) {
        is_written = fclose(draft->stream) == 0 && is_written;
        draft->stream = NULL;
    }
    if (draft->draft_path == NULL) {
        errno = fault;
        return is_written ? AMICUS_OK : AMICUS_IO;
    }
    if (is_written && rename(draft->draft_path, draft->path) == 0) {
        return AMICUS_OK;
    }
    fault = is_written ? errno : fault;
    (void)unlink(draft->draft_path);
    errno = fault;
    return AMICUS_IO;
}

void file_drop(struct draft_file *draft)
{
    assert(draft != NULL);
    assert(draft->stream != NULL || draft->path != NULL);
    if (draft->stream == NULL || draft->stream == stdout) {
        return;
    }
    (void)fclose(draft->stream);
    draft->stream = NULL;
    if (draft->draft_path != NULL) {
        (void)unlink(draft->draft_path);
    }
}

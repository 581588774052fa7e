/*
 * Lines out of a stream.
 *
 * What was read and does not yet end a line waits in the feed's own room; the rest goes to the
 * chunk. Whether the stream is packed is told from its first bytes. A line beyond the bound is
 * passed over without being held: its chunk says only that it was there.
 *
 * A stream is read by one thread; only what is done with its lines is shared out.
 * Memory: one chunk, the start of one line, and the window of zstd.
 */
#include "feed.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define INPUT_BYTES ((size_t)128 << 10)

struct feed {
    int handle;
    bool is_started, is_packed, is_ended, is_between;
    struct unpacker *unpacker;
    struct room input;
    size_t given, taken; /* of the input */
    struct room rest;    /* the start of a line */
    size_t rest_length;
};

amicus_status feed_open(struct feed **out, struct arena *arena, int handle)
{
    assert(out != NULL && arena != NULL);
    assert(handle >= 0);
    *out = arena_give(arena, sizeof **out);
    if (*out == NULL) {
        return AMICUS_MEMORY;
    }
    (*out)->handle = handle;
    (*out)->is_between = true;
    amicus_status status = room_fit(&(*out)->input, INPUT_BYTES);
    return status == AMICUS_OK ? unpacker_open(&(*out)->unpacker, arena) : status;
}

void feed_close(struct feed *feed)
{
    if (feed != NULL) {
        unpacker_close(feed->unpacker);
        room_close(&feed->input);
        room_close(&feed->rest);
    }
}

/* Read more of the stream behind what is left. */
static amicus_status refill(struct feed *feed)
{
    size_t left = feed->given - feed->taken;
    memmove(feed->input.at, feed->input.at + feed->taken, left);
    feed->taken = 0;
    feed->given = left;
    for (;;) {
        ssize_t got = read(feed->handle, feed->input.at + left, INPUT_BYTES - left);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        feed->given += got > 0 ? (size_t)got : 0;
        feed->is_ended = got == 0;
        return got < 0 ? AMICUS_IO : AMICUS_OK;
    }
}

/* Find out whether the stream is packed. */
static amicus_status start(struct feed *feed)
{
    amicus_status status = AMICUS_OK;
    while (status == AMICUS_OK && feed->given < 4 && !feed->is_ended) {
        status = refill(feed);
    }
    feed->is_packed = frame_is_packed((struct text){feed->input.at, feed->given});
    feed->is_started = true;
    return status;
}

/* Move text to where it is wanted; `made` counts it. Nothing comes only at the end. */
static amicus_status pour(struct feed *feed, char *to, size_t room, size_t *made)
{
    *made = 0;
    while (*made == 0) {
        if (feed->taken == feed->given && !feed->is_ended) {
            amicus_status status = refill(feed);
            if (status != AMICUS_OK) {
                return status;
            }
        }
        if (!feed->is_packed) {
            size_t left = feed->given - feed->taken;
            *made = left < room ? left : room;
            memcpy(to, feed->input.at + feed->taken, *made);
            feed->taken += *made;
        } else if (feed->taken < feed->given || !feed->is_between) {
            struct unpack_step step = {to,          room,        0,    feed->input.at,
                                       feed->given, feed->taken, false};
            const size_t before = feed->taken;
            if (unpacker_step(feed->unpacker, &step) != AMICUS_OK) {
                return AMICUS_INVALID;
            }
            *made = step.made;
            feed->taken = step.taken;
            feed->is_between = step.is_between;
            if (feed->is_ended && step.made == 0 && step.taken == before) {
                return AMICUS_INVALID;
            }
        }
        if (*made == 0 && feed->is_ended && feed->taken == feed->given && feed->is_between) {
            return AMICUS_OK;
        }
    }
    return AMICUS_OK;
}

/* Pass over the rest of a line that is too long. What stands behind it waits. */
static amicus_status pass_over(struct feed *feed, struct chunk *chunk, uint64_t *offset,
                               size_t length)
{
    amicus_status status = room_fit(&feed->rest, INPUT_BYTES);
    chunk->kind = CHUNK_TOO_LONG;
    chunk->length = 0;
    *offset += length;
    for (;;) {
        size_t made = 0;
        if (status == AMICUS_OK) {
            status = pour(feed, feed->rest.at, INPUT_BYTES, &made);
        }
        if (status != AMICUS_OK || made == 0) {
            feed->rest_length = 0;
            return status;
        }
        const char *end = memchr(feed->rest.at, '\n', made);
        if (end == NULL) {
            *offset += made;
            continue;
        }
        const size_t used = (size_t)(end - feed->rest.at) + 1;
        memmove(feed->rest.at, feed->rest.at + used, made - used);
        feed->rest_length = made - used;
        *offset += used;
        return AMICUS_OK;
    }
}

/* Where the text may be cut: behind its last line end; 0 if there is none. */
static size_t cut_of(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] != '\n') {
        length--;
    }
    return length;
}

/* Keep what does not end a line for the next chunk. */
static amicus_status keep_rest(struct feed *feed, struct chunk *chunk, size_t length, size_t cut)
{
    feed->rest_length = length - cut;
    amicus_status status = room_fit(&feed->rest, feed->rest_length);
    if (status == AMICUS_OK && feed->rest_length > 0) {
        memcpy(feed->rest.at, chunk->text.at + cut, feed->rest_length);
    }
    chunk->length = cut;
    return status;
}

amicus_status feed_next(struct feed *feed, struct chunk *chunk, uint64_t *offset)
{
    assert(feed != NULL && chunk != NULL);
    assert(offset != NULL);
    amicus_status status = feed->is_started ? AMICUS_OK : start(feed);
    size_t length = feed->rest_length, made = 1;
    chunk->kind = CHUNK_LINES;
    chunk->offset = *offset;
    if (status == AMICUS_OK) {
        status = room_fit(&chunk->text, FRAME_TEXT_GOAL + INPUT_BYTES);
    }
    if (status == AMICUS_OK) {
        status = room_fit(&chunk->text, length);
    }
    if (status == AMICUS_OK && length > 0) {
        memcpy(chunk->text.at, feed->rest.at, length);
    }
    feed->rest_length = 0;
    while (status == AMICUS_OK && made > 0 &&
           (length < FRAME_TEXT_GOAL || cut_of(chunk->text.at, length) == 0)) {
        if (length > ARCHIVE_LINE_MAX) {
            return pass_over(feed, chunk, offset, length);
        }
        status = room_grow(&chunk->text, length, length + INPUT_BYTES);
        if (status == AMICUS_OK) {
            status = pour(feed, chunk->text.at + length, INPUT_BYTES, &made);
            length += made;
        }
    }
    if (status != AMICUS_OK || length == 0) {
        return status == AMICUS_OK ? AMICUS_NOT_FOUND : status;
    }
    const size_t cut = made == 0 ? length : cut_of(chunk->text.at, length);
    *offset += cut;
    return keep_rest(feed, chunk, length, cut);
}

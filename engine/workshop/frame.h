/*
 * Frames: text packed by zstd so that any part of it can be read alone.
 *
 * A packed file is a row of frames, each with whole lines, its content size and a checksum, and
 * then the seek table of the zstd seekable format in a frame that other readers pass over.
 */
#ifndef FRAME_H
#define FRAME_H

#include "text.h"

#include <stdio.h>

/* A frame of more text is refused: it would be held in memory. */
#define FRAME_TEXT_MAX  ((size_t)64 << 20)
/* Text of one frame, before its last line is finished. */
#define FRAME_TEXT_GOAL ((size_t)1 << 20)

/* A buffer that is used again and again, and grows when it must. {NULL} is an empty one. */
struct room {
    struct arena *arena;
    char *at;
    size_t capacity;
};

/*
 * Make room for so many bytes; what was in it is kept only if it did not have to grow.
 *
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status room_fit(struct room *room, size_t bytes);

/* As room_fit, and keep the first `kept` bytes. */
AMICUS_MUST_CHECK amicus_status room_grow(struct room *room, size_t kept, size_t bytes);

/* Give the memory back. */
void room_close(struct room *room);

/* One frame: bytes in the file, and bytes of text. */
struct frame {
    uint32_t packed, text;
};

/* The table of a file. */
struct frame_table {
    struct frame *frames;
    uint32_t count;
    uint64_t bytes, text; /* of all frames together, packed and as text */
};

/*
 * Read the table at the end of a file.
 *
 * out      receives it
 * arena    where the rows live
 * handle   of an open file, at any place
 * bytes    of the file
 * returns  OK; NOT_FOUND if the file ends without one; INVALID if it contradicts itself or the
 *          file; IO; MEMORY
 */
AMICUS_MUST_CHECK amicus_status frame_table_read(struct frame_table *out, struct arena *arena,
                                                 int handle, uint64_t bytes);

/* Read at a place of a file. returns OK; INVALID if the file ends before; IO */
AMICUS_MUST_CHECK amicus_status frame_pread(int handle, char *to, size_t bytes, uint64_t at);

struct packer;

/* Open a packer, which is used by one thread. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status packer_open(struct packer **out, struct arena *arena);
void packer_close(struct packer *packer);

/* Pack a text as one frame into a room. returns OK, MEMORY, INTERNAL */
AMICUS_MUST_CHECK amicus_status packer_pack(struct packer *packer, struct room *room,
                                            size_t *length, struct text text);

struct unpacker;

/* Open an unpacker, which is used by one thread. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status unpacker_open(struct unpacker **out, struct arena *arena);
void unpacker_close(struct unpacker *unpacker);

/*
 * Unpack one frame, whose sizes must be as the table says and whose checksum must fit.
 *
 * to       room for frame->text bytes
 * packed   the bytes of the frame
 * returns  OK, INVALID
 */
AMICUS_MUST_CHECK amicus_status unpacker_unpack(struct unpacker *unpacker, char *to,
                                                const struct frame *frame, struct text packed);

/* A step through packed bytes that come piece by piece, of any number of frames. */
struct unpack_step {
    char *to;          /* where text goes */
    size_t room, made; /* how much fits, how much came */
    const char *from;
    size_t given, taken;
    bool is_between; /* the last byte ended a frame */
};

/* Unpack as much as fits. returns OK; INVALID if the bytes are no zstd, or damaged */
AMICUS_MUST_CHECK amicus_status unpacker_step(struct unpacker *unpacker, struct unpack_step *step);

/* Tell whether bytes begin as a zstd frame does. */
bool frame_is_packed(struct text head);

/* A packed file that is being written. */
struct frame_writer {
    FILE *stream;
    struct arena *arena;
    struct frame *frames;
    size_t count, capacity;
};

/* Write a frame that was packed. returns OK; IO; MEMORY; LIMIT for a frame beyond 4 GiB */
AMICUS_MUST_CHECK amicus_status frame_write(struct frame_writer *writer, struct text packed,
                                            size_t text_length);

/* Write the table that ends the file. */
void frame_put_table(struct builder *builder, const struct frame_writer *writer);

#endif

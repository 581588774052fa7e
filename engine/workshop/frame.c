/*
 * Frames in the zstd seekable format.
 *
 *   0x184D2A5E  bytes  { packed, text } x frames  frames  descriptor  0x8F92EAB1      (u32, little)
 *
 * The library of the distribution has no reader for the table, so it is read here, as hostile
 * input: every size is checked against the file before anything is taken from it. The table has no
 * checksums of its own; each frame has one, and its sizes are compared with the table's.
 *
 * A frame is unpacked in one call into room of the size that the table promises, so that a frame
 * that lies about its size costs nothing. Only a file without a table is unpacked step by step.
 *
 * libzstd allocates its contexts itself; they are made once a thread and live as long as it works.
 * Everything else lies in arenas. Cost: packing at level 3 about 200 MB/s, unpacking 1 GB/s.
 */
#include "frame.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define SKIPPABLE    UINT32_C(0x184D2A5E)
#define SEEKABLE     UINT32_C(0x8F92EAB1)
#define PACKED       UINT32_C(0xFD2FB528)
#define HEADER_BYTES 8u
#define ENTRY_BYTES  8u
#define FOOTER_BYTES 9u
#define FRAMES_MAX   (UINT32_C(1) << 24)
#define LEVEL        3

/* Buffers grow in steps, so that a slightly longer text does not ask for a new one. */
#define ROOM_STEP ((size_t)256 << 10)
#define ROOM_MAX  ((size_t)512 << 20)

amicus_status room_grow(struct room *room, size_t kept, size_t bytes)
{
    assert(room != NULL);
    assert(kept <= room->capacity);
    if (bytes <= room->capacity) {
        return AMICUS_OK;
    }
    size_t wanted = (bytes + ROOM_STEP - 1) / ROOM_STEP * ROOM_STEP;
    struct arena *arena;
    if (wanted < bytes || wanted > ROOM_MAX || arena_open(&arena, wanted + 4096) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    char *grown = arena_give(arena, wanted);
    if (grown == NULL) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    if (kept > 0) {
        memcpy(grown, room->at, kept);
    }
    arena_close(room->arena);
    *room = (struct room){arena, grown, wanted};
    return AMICUS_OK;
}

amicus_status room_fit(struct room *room, size_t bytes)
{
    assert(room != NULL);
    assert(room->at != NULL || room->capacity == 0);
    return room_grow(room, 0, bytes);
}

void room_close(struct room *room)
{
    assert(room != NULL);
    assert(room->arena != NULL || room->capacity == 0);
    arena_close(room->arena);
    *room = (struct room){NULL, NULL, 0};
}

/* --- the table --- */

amicus_status frame_pread(int handle, char *to, size_t bytes, uint64_t at)
{
    assert(handle >= 0);
    assert(to != NULL || bytes == 0);
    size_t have = 0;
    while (have < bytes) {
        ssize_t got = pread(handle, to + have, bytes - have, (off_t)(at + have));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got < 0 ? AMICUS_IO : AMICUS_INVALID;
        }
        have += (size_t)got;
    }
    return AMICUS_OK;
}

static uint32_t number_at(const char *bytes, size_t at)
{
    return (uint32_t)text_number((struct text){bytes, at + 4}, at, 4);
}

/* Take the rows, and see that they fit the file. */
static amicus_status take_rows(struct frame_table *out, struct arena *arena, int handle,
                               uint64_t rows_at)
{
    char *rows = arena_give_array(arena, out->count + 1, ENTRY_BYTES);
    out->frames = arena_give_array(arena, out->count + 1, sizeof *out->frames);
    if (rows == NULL || out->frames == NULL) {
        return AMICUS_MEMORY;
    }
    amicus_status status = frame_pread(handle, rows, (size_t)out->count * ENTRY_BYTES, rows_at);
    for (uint32_t i = 0; i < out->count && status == AMICUS_OK; i++) {
        struct frame *frame = &out->frames[i];
        frame->packed = number_at(rows, (size_t)i * ENTRY_BYTES);
        frame->text = number_at(rows, (size_t)i * ENTRY_BYTES + 4);
        bool is_wrong = frame->text > FRAME_TEXT_MAX || frame->text == 0 || frame->packed == 0 ||
                        frame->packed > ZSTD_compressBound(frame->text);
        status = is_wrong ? AMICUS_INVALID : AMICUS_OK;
        out->bytes += frame->packed;
        out->text += frame->text;
    }
    return status;
}

amicus_status frame_table_read(struct frame_table *out, struct arena *arena, int handle,
                               uint64_t bytes)
{
    assert(out != NULL && arena != NULL);
    assert(handle >= 0);
    char end[FOOTER_BYTES];
    *out = (struct frame_table){NULL, 0, 0, 0};
    if (bytes < HEADER_BYTES + FOOTER_BYTES) {
        return AMICUS_NOT_FOUND;
    }
    amicus_status status = frame_pread(handle, end, FOOTER_BYTES, bytes - FOOTER_BYTES);
    if (status != AMICUS_OK || number_at(end, 5) != SEEKABLE) {
        return status == AMICUS_OK ? AMICUS_NOT_FOUND : status;
    }
    out->count = number_at(end, 0);
    const uint64_t table = (uint64_t)out->count * ENTRY_BYTES + FOOTER_BYTES;
    if (out->count > FRAMES_MAX || end[4] != 0 || bytes < table + HEADER_BYTES) {
        return AMICUS_INVALID;
    }
    status = frame_pread(handle, end, HEADER_BYTES, bytes - table - HEADER_BYTES);
    if (status == AMICUS_OK && (number_at(end, 0) != SKIPPABLE || number_at(end, 4) != table)) {
        status = AMICUS_INVALID;
    }
    if (status == AMICUS_OK) {
        status = take_rows(out, arena, handle, bytes - table);
    }
    if (status == AMICUS_OK && out->bytes != bytes - table - HEADER_BYTES) {
        status = AMICUS_INVALID;
    }
    return status;
}

bool frame_is_packed(struct text head)
{
    assert(head.at != NULL || head.length == 0);
    assert(PACKED != SKIPPABLE);
    if (head.length < 4) {
        return false;
    }
    const uint32_t magic = number_at(head.at, 0);
    return magic == PACKED || (magic & UINT32_C(0xFFFFFFF0)) == UINT32_C(0x184D2A50);
}

/* --- packing --- */

struct packer {
    ZSTD_CCtx *context;
};

amicus_status packer_open(struct packer **out, struct arena *arena)
{
    assert(out != NULL);
    assert(arena != NULL);
    *out = arena_give(arena, sizeof **out);
    if (*out == NULL) {
        return AMICUS_MEMORY;
    }
    (*out)->context = ZSTD_createCCtx();
    if ((*out)->context == NULL ||
        ZSTD_isError(ZSTD_CCtx_setParameter((*out)->context, ZSTD_c_compressionLevel, LEVEL)) !=
            0 ||
        ZSTD_isError(ZSTD_CCtx_setParameter((*out)->context, ZSTD_c_checksumFlag, 1)) != 0) {
        packer_close(*out);
        *out = NULL;
        return AMICUS_MEMORY;
    }
    return AMICUS_OK;
}

void packer_close(struct packer *packer)
{
    if (packer != NULL) {
        (void)ZSTD_freeCCtx(packer->context);
        packer->context = NULL;
    }
}

amicus_status packer_pack(struct packer *packer, struct room *room, size_t *length,
                          struct text text)
{
    assert(packer != NULL && room != NULL && length != NULL);
    assert(text.at != NULL && text.length > 0);
    amicus_status status = room_fit(room, ZSTD_compressBound(text.length));
    if (status != AMICUS_OK) {
        return status;
    }
    *length = ZSTD_compress2(packer->context, room->at, room->capacity, text.at, text.length);
    return ZSTD_isError(*length) != 0 ? AMICUS_INTERNAL : AMICUS_OK;
}

/* --- unpacking --- */

struct unpacker {
    ZSTD_DCtx *context;
};

amicus_status unpacker_open(struct unpacker **out, struct arena *arena)
{
    assert(out != NULL);
    assert(arena != NULL);
    *out = arena_give(arena, sizeof **out);
    if (*out == NULL) {
        return AMICUS_MEMORY;
    }
    (*out)->context = ZSTD_createDCtx();
    return (*out)->context == NULL ? AMICUS_MEMORY : AMICUS_OK;
}

void unpacker_close(struct unpacker *unpacker)
{
    if (unpacker != NULL) {
        (void)ZSTD_freeDCtx(unpacker->context);
        unpacker->context = NULL;
    }
}

amicus_status unpacker_unpack(struct unpacker *unpacker, char *to, const struct frame *frame,
                              struct text packed)
{
    assert(unpacker != NULL && to != NULL && frame != NULL);
    assert(packed.length == frame->packed);
    bool is_right = ZSTD_findFrameCompressedSize(packed.at, packed.length) == packed.length &&
                    ZSTD_getFrameContentSize(packed.at, packed.length) == frame->text &&
                    ZSTD_decompressDCtx(unpacker->context, to, frame->text, packed.at,
                                        packed.length) == frame->text;
    return is_right ? AMICUS_OK : AMICUS_INVALID;
}

amicus_status unpacker_step(struct unpacker *unpacker, struct unpack_step *step)
{
    assert(unpacker != NULL && step != NULL);
    assert(step->taken <= step->given && step->made <= step->room);
    ZSTD_outBuffer out = {step->to, step->room, step->made};
    ZSTD_inBuffer in = {step->from, step->given, step->taken};
    const size_t hint = ZSTD_decompressStream(unpacker->context, &out, &in);
    step->made = out.pos;
    step->taken = in.pos;
    step->is_between = hint == 0;
    return ZSTD_isError(hint) != 0 ? AMICUS_INVALID : AMICUS_OK;
}

/* --- writing --- */

static amicus_status put(struct frame_writer *writer, struct text bytes)
{
    return fwrite(bytes.at, 1, bytes.length, writer->stream) == bytes.length ? AMICUS_OK
                                                                             : AMICUS_IO;
}

amicus_status frame_write(struct frame_writer *writer, struct text packed, size_t text_length)
{
    assert(writer != NULL && writer->stream != NULL);
    assert(packed.length > 0 && text_length > 0);
    if (packed.length > UINT32_MAX || text_length > UINT32_MAX || writer->count >= FRAMES_MAX) {
        return AMICUS_LIMIT;
    }
    void *frames = writer->frames;
    amicus_status status = arena_grow(writer->arena, &frames, &writer->capacity, writer->count,
                                      sizeof *writer->frames);
    if (status != AMICUS_OK) {
        return status;
    }
    writer->frames = frames;
    writer->frames[writer->count++] =
        (struct frame){(uint32_t)packed.length, (uint32_t)text_length};
    return put(writer, packed);
}

void frame_put_table(struct builder *builder, const struct frame_writer *writer)
{
    assert(builder != NULL && writer != NULL);
    assert(writer->count <= FRAMES_MAX);
    builder_put_number(builder, SKIPPABLE, 4);
    builder_put_number(builder, writer->count * ENTRY_BYTES + FOOTER_BYTES, 4);
    for (size_t i = 0; i < writer->count; i++) {
        builder_put_number(builder, writer->frames[i].packed, 4);
        builder_put_number(builder, writer->frames[i].text, 4);
    }
    builder_put_number(builder, writer->count, 4);
    builder_put_number(builder, 0, 1);
    builder_put_number(builder, SEEKABLE, 4);
}

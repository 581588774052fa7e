/*
 * Appending to the log, and the subtrees behind its roots and proofs.
 *
 * A leaf at seq completes one subtree for each one at the end of seq in binary; their hashes stand
 * in its row, lowest first. So the subtree `index` of `level` is found in the row of its last leaf,
 * and nothing but the log itself is ever written. What the next append needs are the left
 * neighbours, which are the last complete subtrees: they are remembered from one append to the
 * next, until another process has appended or a transaction is given up.
 */
#include "log.h"

#include "date.h"

#include <assert.h>
#include <string.h>

/* A record is ids and digests. */
#define RECORD_BYTES_MAX ((size_t)64 << 10)

/* One hash out of a row. */
struct hash_taker {
    uint8_t *out;
    size_t at; /* offset in the column */
    bool is_found;
};

static enum store_status take_hash(void *context, const struct sql_value *cells, size_t count)
{
    struct hash_taker *taker = context;
    assert(count == 1);
    if (cells[0].bytes.length < taker->at + DIGEST_BYTES) {
        return STORE_BROKEN;
    }
    memcpy(taker->out, cells[0].bytes.at + taker->at, DIGEST_BYTES);
    taker->is_found = true;
    return STORE_OK;
}

static enum store_status read_node(struct log *log, unsigned level, uint64_t index,
                                   uint8_t out[DIGEST_BYTES])
{
    struct sql_value seq = sql_int((int64_t)(((index + 1) << level) - 1));
    struct hash_taker taker = {out, level == 0 ? 0 : (level - 1) * (size_t)DIGEST_BYTES, false};
    struct query query = {level == 0 ? "SELECT leaf FROM audit WHERE seq = $1"
                                     : "SELECT nodes FROM audit WHERE seq = $1",
                          &seq, 1, take_hash, &taker};
    enum store_status status = log->database->face->run(log->database, &query);
    if (status == STORE_OK && !taker.is_found) {
        status = STORE_BROKEN;
    }
    return status == STORE_BROKEN
               ? database_fault(log->database, status, "entry %lld of the log is not whole",
                                (long long)seq.n)
               : status;
}

/* What merkle.c asks for. Its statuses are the library's: the store's own is kept in the fault. */
static amicus_status give_node(void *context, unsigned level, uint64_t index,
                               uint8_t out[DIGEST_BYTES])
{
    struct log *log = context;
    const struct log_peak *peak = &log->peaks[level];
    if (log->is_known && peak->is_known && peak->index == index) {
        memcpy(out, peak->hash, DIGEST_BYTES);
        return AMICUS_OK;
    }
    enum store_status status = read_node(log, level, index, out);
    return status == STORE_OK ? AMICUS_OK : (status == STORE_BROKEN ? AMICUS_INVALID : AMICUS_IO);
}

static enum store_status store_status_of(amicus_status status)
{
    switch (status) {
    case AMICUS_OK: return STORE_OK;
    case AMICUS_INVALID: return STORE_BROKEN;
    case AMICUS_MEMORY: return STORE_MEMORY;
    case AMICUS_LIMIT:
    case AMICUS_OVERFLOW:
    case AMICUS_NOT_FOUND:
    case AMICUS_IO:
    case AMICUS_JAIL:
    case AMICUS_INTERNAL: break;
    }
    return STORE_FAULT;
}

void log_start(struct log *log, struct database *database, struct hasher *hasher)
{
    assert(log != NULL);
    assert(database != NULL && hasher != NULL);
    memset(log, 0, sizeof *log);
    log->database = database;
    log->hasher = hasher;
    log->tree = (struct merkle_tree){log, give_node, hasher};
}

void log_forget(struct log *log)
{
    assert(log != NULL);
    assert(log->database != NULL);
    log->is_known = false;
    for (unsigned i = 0; i < MERKLE_LEVELS; i++) {
        log->peaks[i].is_known = false;
    }
}

static enum store_status take_size(void *context, const struct sql_value *cells, size_t count)
{
    assert(count == 1);
    *(uint64_t *)context = (uint64_t)cells[0].n + 1;
    return STORE_OK;
}

enum store_status log_look(struct log *log)
{
    assert(log != NULL);
    assert(log->database != NULL);
    uint64_t size = 0;
    struct query query = {"SELECT seq FROM audit ORDER BY seq DESC LIMIT 1", NULL, 0, take_size,
                          &size};
    enum store_status status = log->database->face->run(log->database, &query);
    if (status == STORE_OK && (!log->is_known || size != log->size)) {
        log_forget(log);
        log->size = size;
        log->is_known = true;
    }
    return status;
}

void log_write_record(struct builder *builder, const struct log_entry *entry)
{
    assert(builder != NULL && entry != NULL);
    assert(entry->payload.length == 0 || entry->payload.length == DIGEST_BYTES);
    char hex[DIGEST_HEX] = "";
    if (entry->payload.length == DIGEST_BYTES) {
        digest_write(hex, (const uint8_t *)entry->payload.at);
    }
    builder_puts(builder, "{\"actor\":");
    builder_put_json(builder, entry->actor);
    builder_puts(builder, ",\"at\":\"");
    instant_write(builder, entry->at_s);
    builder_puts(builder, "\",\"kind\":");
    builder_put_json(builder, entry->kind);
    builder_puts(builder, ",\"payload\":\"");
    builder_puts(builder, hex);
    builder_puts(builder, "\",\"seq\":");
    builder_put_int(builder, (int64_t)entry->seq);
    builder_puts(builder, ",\"subject\":");
    builder_put_json(builder, entry->subject);
    builder_puts(builder, ",\"v\":1}");
}

static enum store_status hash_entry(struct log *log, const struct log_entry *entry,
                                    uint8_t leaf[DIGEST_BYTES])
{
    struct arena *arena;
    struct builder builder;
    struct text record;
    if (arena_open(&arena, RECORD_BYTES_MAX) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    builder_start(&builder, arena);
    log_write_record(&builder, entry);
    enum store_status status = STORE_MEMORY;
    if (builder_end(&record, &builder) == AMICUS_OK) {
        hasher_leaf(log->hasher, leaf, record);
        status = log->hasher->failed ? STORE_FAULT : STORE_OK;
    }
    arena_close(arena);
    return status;
}

/* Remember the subtrees that a leaf completes. */
static void raise_peaks(struct log *log, uint64_t seq, const uint8_t leaf[DIGEST_BYTES],
                        uint8_t (*nodes)[DIGEST_BYTES], size_t count)
{
    for (unsigned level = 0; level <= count; level++) {
        struct log_peak *peak = &log->peaks[level];
        peak->is_known = true;
        peak->index = seq >> level;
        memcpy(peak->hash, level == 0 ? leaf : nodes[level - 1], DIGEST_BYTES);
    }
    log->size = seq + 1;
}

enum store_status log_append(struct log *log, struct log_entry *entry)
{
    static const char SQL[] = "INSERT INTO audit (seq, at, actor, kind, subject, payload, leaf,"
                              " nodes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    assert(log != NULL && entry != NULL);
    assert(log->is_known);
    uint8_t leaf[DIGEST_BYTES];
    uint8_t nodes[MERKLE_LEVELS][DIGEST_BYTES];
    size_t count = 0;
    entry->seq = log->size;
    enum store_status status = hash_entry(log, entry, leaf);
    if (status == STORE_OK) {
        status = store_status_of(merkle_complete(nodes, &log->tree, entry->seq, leaf, &count));
    }
    if (status != STORE_OK) {
        return status;
    }
    const struct sql_value cells[] = {
        sql_int((int64_t)entry->seq), sql_int(entry->at_s),
        sql_text(entry->actor),       sql_text(entry->kind),
        sql_text(entry->subject),     sql_blob(entry->payload.at, entry->payload.length),
        sql_blob(leaf, DIGEST_BYTES), sql_blob(nodes, count * DIGEST_BYTES)};
    struct query query = {SQL, cells, sizeof cells / sizeof cells[0], NULL, NULL};
    status = log->database->face->run(log->database, &query);
    if (status == STORE_OK) {
        raise_peaks(log, entry->seq, leaf, nodes, count);
    }
    return status;
}

enum store_status log_root(struct log *log, uint64_t size, uint8_t out[DIGEST_BYTES])
{
    assert(log != NULL && out != NULL);
    assert(log->is_known && size <= log->size);
    return store_status_of(merkle_root(&log->tree, size, out));
}

struct log_entry log_entry_of(const struct sql_value *cells)
{
    assert(cells != NULL);
    assert(cells[0].type == SQL_INT && cells[5].type == SQL_BLOB);
    struct text payload = cells[5].bytes;
    return (struct log_entry){
        (uint64_t)cells[0].n, cells[1].n,
        cells[2].bytes,       cells[3].bytes,
        cells[4].bytes,       payload.length == DIGEST_BYTES ? payload : (struct text){NULL, 0}};
}

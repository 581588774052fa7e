/*
 * Writing proofs.
 *
 * Each is made in one read transaction, so that its parts agree. JSON keys are sorted, and hashes
 * are hex; tests/record holds a second verifier that reads all of it with nothing but a standard
 * library.
 */
#include "proof.h"

#include "json_pen.h"
#include "store_parts.h"

#include <assert.h>
#include <string.h>

#define LINE_BYTES_MAX ((size_t)1 << 20)

void proof_put_hashes(struct builder *builder, const struct merkle_proof *proof)
{
    assert(builder != NULL);
    assert(proof != NULL && proof->count <= MERKLE_PROOF_MAX);
    builder_putc(builder, '[');
    for (size_t i = 0; i < proof->count; i++) {
        char hex[DIGEST_HEX];
        digest_write(hex, proof->hashes[i]);
        builder_putf(builder, "%s\"%s\"", i == 0 ? "" : ",", hex);
    }
    builder_putc(builder, ']');
}

static void put_hash(struct json_pen *pen, const char *key, const uint8_t hash[DIGEST_BYTES])
{
    char hex[DIGEST_HEX];
    digest_write(hex, hash);
    pen_text(pen, key, text_of(hex));
}

static void put_number(struct json_pen *pen, const char *key, uint64_t number)
{
    pen_key(pen, key);
    builder_put_int(pen->builder, (int64_t)number);
}

/* --- reading, within a transaction --- */

/* A checkpoint of the store, copied. */
struct note_found {
    struct arena *arena;
    uint64_t size;
    struct text note;
};

static enum store_status take_note(void *context, const struct sql_value *cells, size_t count)
{
    struct note_found *out = context;
    assert(count == 2);
    out->size = (uint64_t)cells[0].n;
    return text_copy(&out->note, out->arena, cells[1].bytes) == AMICUS_OK ? STORE_OK : STORE_MEMORY;
}

static enum store_status find_newest(struct store *store, struct note_found *out)
{
    return store_run(store, &(struct query){"SELECT size, note FROM checkpoint"
                                            " ORDER BY size DESC LIMIT 1",
                                            NULL, 0, take_note, out});
}

static enum store_status find_at(struct store *store, uint64_t size, struct note_found *out)
{
    struct sql_value cell = sql_int((int64_t)size);
    return store_run(store, &(struct query){"SELECT size, note FROM checkpoint WHERE size = $1",
                                            &cell, 1, take_note, out});
}

/* An entry's record and leaf. */
struct record_found {
    struct arena *arena;
    struct text record;
    uint8_t leaf[DIGEST_BYTES];
};

static enum store_status take_record(void *context, const struct sql_value *cells, size_t count)
{
    struct record_found *out = context;
    struct builder builder;
    assert(count == 7);
    struct log_entry entry = log_entry_of(cells);
    if (cells[6].bytes.length != DIGEST_BYTES) {
        return STORE_BROKEN;
    }
    memcpy(out->leaf, cells[6].bytes.at, DIGEST_BYTES);
    builder_start(&builder, out->arena);
    log_write_record(&builder, &entry);
    return builder_end(&out->record, &builder) == AMICUS_OK ? STORE_OK : STORE_MEMORY;
}

static enum store_status find_record(struct store *store, uint64_t seq, struct record_found *out)
{
    struct sql_value cell = sql_int((int64_t)seq);
    return store_run_one(store, &(struct query){"SELECT " LOG_COLUMNS ", leaf FROM audit"
                                                " WHERE seq = $1",
                                                &cell, 1, take_record, out});
}

static enum store_status of_library(amicus_status status)
{
    return status == AMICUS_OK ? STORE_OK : (status == AMICUS_INVALID ? STORE_BROKEN : STORE_FAULT);
}

/* Begin to read, or say why not. */
static enum store_status begin(struct store *store)
{
    (void)mtx_lock(&store->door);
    enum store_status status = store->database->face->begin(store->database, false);
    if (status == STORE_OK) {
        status = log_look(&store->log);
        if (status != STORE_OK) {
            store->database->face->rollback(store->database);
        }
    }
    if (status != STORE_OK) {
        (void)mtx_unlock(&store->door);
    }
    return status;
}

static void end(struct store *store)
{
    store->database->face->rollback(store->database);
    (void)mtx_unlock(&store->door);
}

/* --- one entry --- */

static void write_entry(struct builder *builder, const struct record_found *record,
                        const struct note_found *note, const struct merkle_proof *proof,
                        const uint8_t root[DIGEST_BYTES], uint64_t seq)
{
    struct json_pen pen = {.builder = builder, .is_first = true};
    pen_open(&pen, '{');
    pen_text(&pen, "checkpoint", note->note);
    put_hash(&pen, "leaf", record->leaf);
    pen_key(&pen, "proof");
    proof_put_hashes(builder, proof);
    pen_text(&pen, "record", record->record);
    put_hash(&pen, "root", root);
    pen_text(&pen, "schema", text_of("amicus.proof/1"));
    put_number(&pen, "seq", seq);
    put_number(&pen, "size", note->size);
    pen_close(&pen, '}');
}

static enum store_status prove_entry(struct builder *builder, struct store *store, uint64_t seq)
{
    struct record_found record = {.arena = builder->arena};
    struct note_found note = {.arena = builder->arena};
    struct merkle_proof proof;
    uint8_t root[DIGEST_BYTES];
    if (seq >= store->log.size) {
        return STORE_NONE;
    }
    enum store_status status = find_record(store, seq, &record);
    if (status == STORE_OK) {
        status = find_newest(store, &note);
    }
    if (status != STORE_OK) {
        return status;
    }
    if (note.size <= seq) {
        note = (struct note_found){.size = store->log.size, .note = TEXT("")};
    }
    status = of_library(merkle_inclusion(&proof, &store->log.tree, seq, note.size));
    if (status == STORE_OK) {
        status = log_root(&store->log, note.size, root);
    }
    if (status == STORE_OK) {
        write_entry(builder, &record, &note, &proof, root, seq);
    }
    return status;
}

enum store_status proof_write_entry(struct builder *builder, struct store *store, uint64_t seq)
{
    assert(builder != NULL);
    assert(store != NULL);
    enum store_status status = begin(store);
    if (status == STORE_OK) {
        status = prove_entry(builder, store, seq);
        end(store);
    }
    return status;
}

/* --- growth --- */

/* The verifier key that signed a note, or empty. */
static enum store_status write_key_of(struct builder *builder, struct store *store,
                                      struct text note)
{
    struct audit_keys keys;
    struct checkpoint checkpoint;
    enum store_status status = audit_find_keys(store, &keys);
    for (size_t i = 0; i < keys.count && status == STORE_OK; i++) {
        if (checkpoint_read(&checkpoint, note) &&
            checkpoint_is_signed(&checkpoint, &keys.keys[i], NULL)) {
            verifier_write(builder, &keys.keys[i]);
            return STORE_OK;
        }
    }
    return status;
}

/* What a proof of growth says. */
struct growth {
    uint64_t size1, size2;
    uint8_t root1[DIGEST_BYTES], root2[DIGEST_BYTES];
    struct text note1, note2, key;
    struct merkle_proof proof;
};

static void write_growth(struct builder *builder, const struct growth *growth)
{
    struct json_pen pen = {.builder = builder, .is_first = true};
    pen_open(&pen, '{');
    pen_text(&pen, "checkpoint", growth->note2);
    pen_text(&pen, "key", growth->key);
    pen_text(&pen, "older", growth->note1);
    pen_key(&pen, "proof");
    proof_put_hashes(builder, &growth->proof);
    put_hash(&pen, "root1", growth->root1);
    put_hash(&pen, "root2", growth->root2);
    pen_text(&pen, "schema", text_of("amicus.consistency/1"));
    put_number(&pen, "size1", growth->size1);
    put_number(&pen, "size2", growth->size2);
    pen_close(&pen, '}');
}

static enum store_status find_notes(struct store *store, struct growth *growth, struct arena *arena)
{
    struct note_found newest = {.arena = arena};
    struct note_found older = {.arena = arena, .note = TEXT("")};
    struct note_found newer = {.arena = arena, .note = TEXT("")};
    enum store_status status = find_newest(store, &newest);
    if (growth->size2 == 0) {
        growth->size2 = newest.size > 0 ? newest.size : store->log.size;
    }
    if (status == STORE_OK) {
        status = find_at(store, growth->size1, &older);
    }
    if (status == STORE_OK) {
        status = find_at(store, growth->size2, &newer);
    }
    growth->note1 = older.note;
    growth->note2 = newer.note;
    return status;
}

static enum store_status prove_growth(struct builder *builder, struct store *store,
                                      struct growth *growth)
{
    struct builder key;
    enum store_status status = find_notes(store, growth, builder->arena);
    if (status == STORE_OK &&
        (growth->size1 == 0 || growth->size1 > growth->size2 || growth->size2 > store->log.size)) {
        return STORE_NONE;
    }
    builder_start(&key, builder->arena);
    if (status == STORE_OK) {
        status = write_key_of(&key, store, growth->note2);
    }
    if (status == STORE_OK) {
        status = of_library(
            merkle_consistency(&growth->proof, &store->log.tree, growth->size1, growth->size2));
    }
    if (status == STORE_OK) {
        status = log_root(&store->log, growth->size1, growth->root1);
    }
    if (status == STORE_OK) {
        status = log_root(&store->log, growth->size2, growth->root2);
    }
    if (status == STORE_OK && builder_end(&growth->key, &key) != AMICUS_OK) {
        status = STORE_MEMORY;
    }
    if (status == STORE_OK) {
        write_growth(builder, growth);
    }
    return status;
}

enum store_status proof_write_growth(struct builder *builder, struct store *store, uint64_t size1,
                                     uint64_t size2)
{
    assert(builder != NULL);
    assert(store != NULL);
    struct growth growth = {.size1 = size1, .size2 = size2};
    enum store_status status = begin(store);
    if (status == STORE_OK) {
        status = prove_growth(builder, store, &growth);
        end(store);
    }
    return status;
}

/* --- export --- */

struct exporter {
    struct store *store;
    const struct export_range *range;
    line_taker *take;
    void *context;
    struct arena *arena; /* for a line at a time */
    uint64_t size;
    uint64_t *parts; /* the entries of a part; NULL: all */
    size_t part_count, part_capacity;
    struct arena *list_arena;
};

static enum store_status give_line(struct exporter *exporter, struct builder *builder)
{
    struct text line;
    builder_putc(builder, '\n');
    if (builder_end(&line, builder) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    return exporter->take(exporter->context, line) ? STORE_OK : STORE_FULL;
}

static enum store_status take_line(void *context, const struct sql_value *cells, size_t count)
{
    struct exporter *exporter = context;
    struct builder builder;
    assert(count == 6);
    struct log_entry entry = log_entry_of(cells);
    if (entry.seq >= exporter->size) {
        return STORE_OK;
    }
    arena_reset(exporter->arena);
    builder_start(&builder, exporter->arena);
    log_write_record(&builder, &entry);
    return give_line(exporter, &builder);
}

static enum store_status take_part(void *context, const struct sql_value *cells, size_t count)
{
    struct exporter *exporter = context;
    void *parts = exporter->parts;
    assert(count == 1);
    if ((uint64_t)cells[0].n >= exporter->size) {
        return STORE_OK;
    }
    if (arena_grow(exporter->list_arena, &parts, &exporter->part_capacity, exporter->part_count,
                   sizeof *exporter->parts) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    exporter->parts = parts;
    exporter->parts[exporter->part_count++] = (uint64_t)cells[0].n;
    return STORE_OK;
}

/* A line with a record and its proof. */
static enum store_status give_part(struct exporter *exporter, uint64_t seq)
{
    struct record_found record = {.arena = exporter->arena};
    struct merkle_proof proof;
    struct builder builder;
    arena_reset(exporter->arena);
    enum store_status status = find_record(exporter->store, seq, &record);
    if (status == STORE_OK) {
        status =
            of_library(merkle_inclusion(&proof, &exporter->store->log.tree, seq, exporter->size));
    }
    if (status != STORE_OK) {
        return status;
    }
    builder_start(&builder, exporter->arena);
    struct json_pen pen = {.builder = &builder, .is_first = true};
    pen_open(&pen, '{');
    pen_key(&pen, "proof");
    proof_put_hashes(&builder, &proof);
    pen_text(&pen, "record", record.record);
    put_number(&pen, "seq", seq);
    pen_close(&pen, '}');
    return give_line(exporter, &builder);
}

/* The first line: what the others are and how to check them. */
static enum store_status give_head(struct exporter *exporter, const struct note_found *note)
{
    static const char WHOLE[] =
        "Each further line is one record, byte for byte. leaf = SHA-256(0x00 || line without its "
        "line end); node = SHA-256(0x01 || left || right); the tree is that of RFC 6962. Its root "
        "over the first `size` lines must be `root` and that of the checkpoint, a signed note "
        "(Ed25519) of C2SP tlog-checkpoint.";
    static const char PART[] =
        "Each further line holds a record and its inclusion proof (RFC 6962) in the tree of `size` "
        "records whose root is `root`, and that of the checkpoint, a signed note (Ed25519) of C2SP "
        "tlog-checkpoint.";
    bool is_part = exporter->range->has_from || exporter->range->has_to;
    struct builder builder;
    struct builder key;
    struct text signer;
    uint8_t root[DIGEST_BYTES];
    arena_reset(exporter->arena);
    builder_start(&key, exporter->arena);
    enum store_status status = write_key_of(&key, exporter->store, note->note);
    if (status == STORE_OK) {
        status = log_root(&exporter->store->log, exporter->size, root);
    }
    if (status != STORE_OK || builder_end(&signer, &key) != AMICUS_OK) {
        return status == STORE_OK ? STORE_MEMORY : status;
    }
    builder_start(&builder, exporter->arena);
    struct json_pen pen = {.builder = &builder, .is_first = true};
    pen_open(&pen, '{');
    pen_text(&pen, "checkpoint", note->note);
    pen_text(&pen, "how", text_of(is_part ? PART : WHOLE));
    pen_text(&pen, "key", signer);
    pen_bool(&pen, "part", is_part);
    put_hash(&pen, "root", root);
    pen_text(&pen, "schema", text_of("amicus.log/1"));
    put_number(&pen, "size", exporter->size);
    pen_close(&pen, '}');
    return give_line(exporter, &builder);
}

static enum store_status give_parts(struct exporter *exporter)
{
    const struct export_range *range = exporter->range;
    const struct sql_value cells[] = {sql_int(range->has_from ? range->from_s : INT64_MIN),
                                      sql_int(range->has_to ? range->to_s : INT64_MAX)};
    struct query query = {"SELECT seq FROM audit WHERE at >= $1 AND at < $2 ORDER BY seq", cells, 2,
                          take_part, exporter};
    enum store_status status = store_run(exporter->store, &query);
    for (size_t i = 0; i < exporter->part_count && status == STORE_OK; i++) {
        status = give_part(exporter, exporter->parts[i]);
    }
    return status;
}

static enum store_status export_all(struct exporter *exporter)
{
    struct note_found note = {.arena = exporter->list_arena, .note = TEXT("")};
    enum store_status status = find_newest(exporter->store, &note);
    exporter->size = note.size > 0 ? note.size : exporter->store->log.size;
    if (status == STORE_OK) {
        status = give_head(exporter, &note);
    }
    if (status != STORE_OK) {
        return status;
    }
    if (exporter->range->has_from || exporter->range->has_to) {
        return give_parts(exporter);
    }
    return store_run(exporter->store, &(struct query){"SELECT " LOG_COLUMNS " FROM audit"
                                                      " ORDER BY seq",
                                                      NULL, 0, take_line, exporter});
}

enum store_status proof_export(struct store *store, const struct export_range *range,
                               line_taker *take, void *context)
{
    assert(store != NULL && range != NULL);
    assert(take != NULL);
    struct exporter exporter = {.store = store, .range = range, .take = take, .context = context};
    enum store_status status = STORE_MEMORY;
    if (arena_open(&exporter.arena, LINE_BYTES_MAX) == AMICUS_OK &&
        arena_open(&exporter.list_arena, (size_t)1 << 30) == AMICUS_OK) {
        status = begin(store);
    }
    if (status == STORE_OK) {
        status = export_all(&exporter);
        end(store);
    }
    arena_close(exporter.list_arena);
    arena_close(exporter.arena);
    return status;
}

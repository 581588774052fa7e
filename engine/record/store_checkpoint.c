/*
 * Signing the state of the log, and the keys that may.
 *
 * A key is entered into the log before it signs anything: entry 0 of a new store names the first.
 * A checkpoint is signed after the commit of what it covers, never before.
 */
#include "store_parts.h"

#include <assert.h>
#include <string.h>

struct note_reading {
    struct arena *arena;
    struct text note;
    int64_t at_s;
    int64_t size;
};

static enum store_status take_note(void *context, const struct sql_value *cells, size_t count)
{
    struct note_reading *out = context;
    assert(count == 3);
    out->size = cells[0].n;
    out->at_s = cells[1].n;
    return text_copy(&out->note, out->arena, cells[2].bytes) == AMICUS_OK ? STORE_OK : STORE_MEMORY;
}

static enum store_status find_newest(struct store *store, struct note_reading *out)
{
    return store_run(store, &(struct query){"SELECT size, at, note FROM checkpoint"
                                            " ORDER BY size DESC LIMIT 1",
                                            NULL, 0, take_note, out});
}

enum store_status store_find_checkpoint(struct store *store, struct arena *arena, struct text *note,
                                        int64_t *at_s)
{
    assert(store != NULL && arena != NULL);
    assert(note != NULL && at_s != NULL);
    struct note_reading newest = {.arena = arena};
    (void)mtx_lock(&store->door);
    enum store_status status = find_newest(store, &newest);
    (void)mtx_unlock(&store->door);
    *note = newest.note;
    *at_s = newest.at_s;
    return status;
}

static enum store_status take_nothing(void *context, const struct sql_value *cells, size_t count)
{
    (void)context;
    (void)cells;
    (void)count;
    return STORE_OK;
}

/* Enter a key, unless the log names it already. */
static enum store_status enter_key(struct store *store, const struct signer *signer, int64_t at_s,
                                   struct arena *arena)
{
    struct builder builder;
    struct text key;
    builder_start(&builder, arena);
    verifier_write(&builder, &signer->verifier);
    if (builder_end(&key, &builder) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    const struct sql_value cell = sql_text(key);
    struct query ask = {"SELECT seq FROM audit WHERE kind = 'checkpoint_key' AND subject = $1"
                        " LIMIT 1",
                        &cell, 1, take_nothing, NULL};
    (void)mtx_lock(&store->door);
    enum store_status status = store_run_one(store, &ask);
    (void)mtx_unlock(&store->door);
    if (status != STORE_NONE) {
        return status;
    }
    struct receipt receipt;
    struct log_entry entry = {.at_s = at_s,
                              .actor = text_of("amicus"),
                              .kind = text_of("checkpoint_key"),
                              .subject = key};
    return store_note(store, &entry, &receipt);
}

/* Keep a checkpoint; another process may have kept one of the same size. */
static enum store_status keep(struct store *store, struct text note, int64_t at_s,
                              const uint8_t root[DIGEST_BYTES])
{
    static const char SQL[] = "INSERT INTO checkpoint (size, at, root, note)"
                              " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    const struct sql_value cells[] = {sql_int((int64_t)store->log.size), sql_int(at_s),
                                      sql_blob(root, DIGEST_BYTES), sql_text(note)};
    return store_run(store, &(struct query){SQL, cells, 4, NULL, NULL});
}

/* Sign within a transaction. */
static enum store_status sign_now(struct store *store, const struct signer *signer, int64_t at_s,
                                  struct note_reading *newest)
{
    uint8_t root[DIGEST_BYTES];
    struct builder builder;
    enum store_status status = log_look(&store->log);
    if (status == STORE_OK) {
        status = find_newest(store, newest);
    }
    if (status != STORE_OK || (uint64_t)newest->size == store->log.size) {
        return status;
    }
    status = log_root(&store->log, store->log.size, root);
    builder_start(&builder, newest->arena);
    if (status == STORE_OK &&
        (checkpoint_sign(&builder, signer, store->log.size, root) != AMICUS_OK ||
         builder_end(&newest->note, &builder) != AMICUS_OK)) {
        status = database_fault(store->database, STORE_FAULT, "the checkpoint cannot be signed");
    }
    newest->at_s = at_s;
    return status == STORE_OK ? keep(store, newest->note, at_s, root) : status;
}

enum store_status store_checkpoint(struct store *store, const struct signer *signer, int64_t at_s,
                                   struct arena *arena, struct text *note)
{
    assert(store != NULL && signer != NULL);
    assert(arena != NULL && note != NULL);
    const struct database_face *face = store->database->face;
    struct note_reading newest = {.arena = arena};
    enum store_status status = enter_key(store, signer, at_s, arena);
    if (status != STORE_OK) {
        return status;
    }
    (void)mtx_lock(&store->door);
    status = face->begin(store->database, true);
    if (status == STORE_OK) {
        status = sign_now(store, signer, at_s, &newest);
    }
    if (status == STORE_OK) {
        status = face->commit(store->database);
    } else {
        face->rollback(store->database);
    }
    (void)mtx_unlock(&store->door);
    *note = newest.note;
    return status;
}

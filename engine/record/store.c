/*
 * Opening a store, writing rows with their entries, and the queue of writers.
 *
 * Group commit: a thread that submits puts a ticket into the queue. If nobody serves, it becomes
 * the clerk: it takes all that waits, does it in one transaction, each in a savepoint of its own,
 * commits once, answers every ticket, and goes on until its own is answered. So a flush is shared
 * by whoever came while the last one ran, no thread waits longer than two flushes, and with one
 * thread it is an ordinary commit.
 *
 * INVARIANT: a ticket is answered with STORE_OK only after the commit that holds it has returned.
 */
#include "store_parts.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define STORE_BYTES_MAX ((size_t)1 << 20)
/* One row with its payload: a rulebook's bundle is the largest. */
#define ROW_BYTES_MAX   ((size_t)256 << 20)
/* Submissions in one transaction. */
#define GROUP_MAX       200u

/* What a ticket asks for: exactly one of the three. */
struct ticket {
    const struct submission *submission;
    const struct signature *signature;
    const struct log_entry *note;
    struct receipt *receipt;
    bool is_answered;
    struct ticket *next;
};

/* --- opening --- */

static void refuse_open(enum store_status status, const struct database_place *place,
                        const char *fault, amicus_diagnostics *list)
{
    struct place where = {place->name, 0, 0};
    if (status == STORE_NONE) {
        diagnostics_add(list, AMICUS_ERROR, "R0101", where,
                        "name another with --store; 'amicus accept' makes one",
                        "there is no record here: %s", fault);
    } else if (status == STORE_REFUSED) {
        diagnostics_add(list, AMICUS_ERROR, "R0103", where, "amicus explain R0103",
                        "the record is not used: %s", fault);
    } else if (status == STORE_BROKEN) {
        diagnostics_add(list, AMICUS_ERROR, "R0104", where, "restore it from a backup",
                        "the record is damaged: %s", fault);
    } else if (status != STORE_OK) {
        diagnostics_add(list, AMICUS_ERROR, "R0102", where,
                        "check the path, its permissions, and the server",
                        "the record cannot be opened: %s", fault);
    }
}

static bool is_address(const char *name)
{
    return strncmp(name, "postgresql://", 13) == 0 || strncmp(name, "postgres://", 11) == 0;
}

static enum store_status open_database(struct store *store, const struct database_place *place,
                                       char fault[256])
{
    enum store_status status = is_address(place->name)
                                   ? postgres_open(&store->database, store->arena, place, fault)
                                   : sqlite_open(&store->database, store->arena, place, fault);
    int64_t version = 0;
    if (status == STORE_OK) {
        status = store->database->face->version(store->database, &version);
    }
    if (status == STORE_OK && version == 0 && !place->is_made) {
        (void)snprintf(fault, 256, "the file is empty");
        return STORE_NONE;
    }
    if (status == STORE_OK) {
        status = database_migrate(store->database, SCHEMA_VERSION);
    }
    if (status != STORE_OK && store->database != NULL) {
        (void)snprintf(fault, 256, "%s", store->database->fault);
    }
    return status;
}

static enum store_status open_parts(struct store *store)
{
    if (mtx_init(&store->door, mtx_plain) != thrd_success) {
        return STORE_MEMORY;
    }
    if (mtx_init(&store->desk, mtx_plain) != thrd_success) {
        mtx_destroy(&store->door);
        return STORE_MEMORY;
    }
    if (cnd_init(&store->called) != thrd_success) {
        mtx_destroy(&store->door);
        mtx_destroy(&store->desk);
        return STORE_MEMORY;
    }
    store->has_locks = true;
    return STORE_OK;
}

enum store_status store_open(struct store **out, const struct database_place *place,
                             const struct store_host *host, amicus_diagnostics *list)
{
    assert(out != NULL && place != NULL);
    assert(host != NULL && list != NULL);
    *out = NULL;
    struct arena *arena;
    if (arena_open(&arena, STORE_BYTES_MAX) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    struct store *store = arena_give(arena, sizeof *store);
    if (store == NULL) {
        arena_close(arena);
        return STORE_MEMORY;
    }
    char fault[256] = "";
    store->arena = arena;
    store->host = host;
    enum store_status status = open_database(store, place, fault);
    refuse_open(status, place, fault, list);
    if (status == STORE_OK) {
        status = open_parts(store);
    }
    if (status != STORE_OK) {
        store_close(store);
        return status;
    }
    log_start(&store->log, store->database, &store->hasher);
    *out = store;
    return STORE_OK;
}

void store_close(struct store *store)
{
    if (store == NULL) {
        return;
    }
    assert(store->arena != NULL);
    assert(store->first == NULL);
    if (store->database != NULL) {
        store->database->face->close(store->database);
    }
    if (store->has_locks) {
        cnd_destroy(&store->called);
        mtx_destroy(&store->desk);
        mtx_destroy(&store->door);
    }
    arena_close(store->arena);
}

struct database *store_database(struct store *store)
{
    assert(store != NULL);
    assert(store->database != NULL);
    return store->database;
}

struct log *store_log(struct store *store)
{
    assert(store != NULL);
    assert(store->log.database == store->database);
    return &store->log;
}

const char *store_fault(const struct store *store)
{
    assert(store != NULL);
    assert(store->database != NULL);
    return store->database->fault;
}

/* --- rows --- */

enum store_status store_run(struct store *store, const struct query *query)
{
    assert(store != NULL && store->database != NULL);
    assert(query != NULL && query->sql != NULL);
    return store->database->face->run(store->database, query);
}

/* Passes rows on and remembers that there were any. */
struct row_counter {
    const struct query *query;
    bool has_row;
};

static enum store_status count_row(void *context, const struct sql_value *cells, size_t count)
{
    struct row_counter *counter = context;
    counter->has_row = true;
    return counter->query->take == NULL
               ? STORE_OK
               : counter->query->take(counter->query->context, cells, count);
}

enum store_status store_run_one(struct store *store, const struct query *query)
{
    assert(store != NULL);
    assert(query != NULL);
    struct row_counter counter = {query, false};
    struct query counted = *query;
    counted.take = count_row;
    counted.context = &counter;
    enum store_status status = store_run(store, &counted);
    return status == STORE_OK && !counter.has_row ? STORE_NONE : status;
}

enum store_status receipt_refuse(struct receipt *receipt, enum store_status status,
                                 const char *code, const char *format, ...)
{
    assert(receipt != NULL && code != NULL);
    assert(format != NULL);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(receipt->words, sizeof receipt->words, format, arguments);
    va_end(arguments);
    receipt->code = code;
    return status;
}

/* Salt a body and hash it. */
static enum store_status seal(struct store *store, struct text body, uint8_t salt[SALT_BYTES],
                              uint8_t digest[DIGEST_BYTES])
{
    if (!store->host->random(store->host->context, salt, SALT_BYTES)) {
        return database_fault(store->database, STORE_FAULT, "no random numbers");
    }
    payload_digest(&store->hasher, digest, salt, body);
    return store->hasher.failed ? database_fault(store->database, STORE_FAULT, "hashing failed")
                                : STORE_OK;
}

/* What is written of a row. */
struct sealed_row {
    const struct new_row *row;
    struct text subject, body;
    uint8_t salt[SALT_BYTES], digest[DIGEST_BYTES];
};

/* Put entry, payload and row, all under the entry's number. */
static enum store_status put_all(struct store *store, const struct sealed_row *sealed, int64_t *id)
{
    static const char SQL[] = "INSERT INTO payload (id, salt, body) VALUES ($1, $2, $3)";
    const struct new_row *row = sealed->row;
    const struct kept_table *table = &kept_tables[row->kind];
    struct sql_value cells[KEPT_COLUMNS_MAX + 2];
    struct log_entry entry = {.at_s = row->at_s,
                              .actor = row->actor,
                              .kind = kept_entry_kind(row->kind, row->columns),
                              .subject = sealed->subject,
                              .payload = {(const char *)sealed->digest, DIGEST_BYTES}};
    enum store_status status = log_append(&store->log, &entry);
    if (status != STORE_OK) {
        return status;
    }
    *id = (int64_t)entry.seq;
    const struct sql_value payload[] = {sql_int(*id), sql_blob(sealed->salt, SALT_BYTES),
                                        sql_blob(sealed->body.at, sealed->body.length)};
    status = store_run(store, &(struct query){SQL, payload, 3, NULL, NULL});
    if (status != STORE_OK) {
        return status;
    }
    cells[0] = sql_int(*id);
    memcpy(cells + 1, row->columns, table->count * sizeof *cells);
    cells[table->count + 1] = sql_blob(sealed->digest, DIGEST_BYTES);
    return store_run(store, &(struct query){table->insert, cells, table->count + 2, NULL, NULL});
}

enum store_status store_put(struct store *store, const struct new_row *row, int64_t *id)
{
    assert(store != NULL && row != NULL);
    assert(id != NULL && row->kind < KEPT_COUNT);
    struct arena *arena;
    struct builder builder;
    struct builder names;
    struct sealed_row sealed = {.row = row};
    if (arena_open(&arena, ROW_BYTES_MAX) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    builder_start(&builder, arena);
    kept_write_head(&builder, &kept_tables[row->kind], row->columns);
    builder_put(&builder, row->rest);
    builder_start(&names, arena);
    kept_write_subject(&names, row->kind, row->columns);
    enum store_status status = STORE_MEMORY;
    if (builder_end(&sealed.body, &builder) == AMICUS_OK &&
        builder_end(&sealed.subject, &names) == AMICUS_OK) {
        status = seal(store, sealed.body, sealed.salt, sealed.digest);
    }
    if (status == STORE_OK) {
        status = put_all(store, &sealed, id);
    }
    arena_close(arena);
    return status;
}

/* --- the queue --- */

static enum store_status take_ticket(struct store *store, const struct ticket *ticket)
{
    if (ticket->submission != NULL) {
        return submission_take(store, ticket->submission, ticket->receipt);
    }
    if (ticket->signature != NULL) {
        return signature_take(store, ticket->signature, ticket->receipt);
    }
    struct log_entry entry = *ticket->note;
    return log_append(&store->log, &entry);
}

/* Do one ticket in a savepoint: what it asks for is done whole or not at all. A store that cannot
 * even take a savepoint back ends the whole group. */
static enum store_status serve_one(struct store *store, const struct ticket *ticket)
{
    const struct database_face *face = store->database->face;
    enum store_status status = face->script(store->database, "SAVEPOINT one");
    if (status != STORE_OK) {
        return status;
    }
    struct receipt *receipt = ticket->receipt;
    receipt->status = take_ticket(store, ticket);
    bool is_trial = ticket->submission != NULL && ticket->submission->is_trial;
    if (receipt->status == STORE_OK && !is_trial) {
        return face->script(store->database, "RELEASE SAVEPOINT one");
    }
    char fault[sizeof store->database->fault];
    memcpy(fault, store->database->fault, sizeof fault);
    log_forget(&store->log);
    status = face->script(store->database, "ROLLBACK TO SAVEPOINT one");
    if (status == STORE_OK) {
        status = face->script(store->database, "RELEASE SAVEPOINT one");
    }
    if (status == STORE_OK) {
        status = log_look(&store->log);
    }
    memcpy(store->database->fault, fault, sizeof fault);
    return status;
}

/* Do a group in one transaction. The receipts hold what became of each. */
static void serve_group(struct store *store, struct ticket *const *group, size_t count)
{
    const struct database_face *face = store->database->face;
    enum store_status status = face->begin(store->database, true);
    if (status == STORE_OK) {
        status = log_look(&store->log);
    }
    for (size_t i = 0; i < count && status == STORE_OK; i++) {
        status = serve_one(store, group[i]);
        group[i]->receipt->size = store->log.size;
    }
    if (status == STORE_OK) {
        status = face->commit(store->database);
    } else {
        face->rollback(store->database);
    }
    if (status != STORE_OK) {
        log_forget(&store->log);
    }
    for (size_t i = 0; i < count && status != STORE_OK; i++) {
        group[i]->receipt->status = status;
    }
}

/* Take all that waits, up to a group. The desk is held. */
static size_t take_group(struct store *store, struct ticket **group)
{
    size_t count = 0;
    while (store->first != NULL && count < GROUP_MAX) {
        group[count++] = store->first;
        store->first = store->first->next;
    }
    store->last = store->first == NULL ? NULL : store->last;
    return count;
}

/* Be the clerk until a ticket is answered. The desk is held before and after. */
static void serve(struct store *store, const struct ticket *own)
{
    struct ticket *group[GROUP_MAX];
    store->is_served = true;
    while (!own->is_answered) {
        size_t count = take_group(store, group);
        (void)mtx_unlock(&store->desk);
        (void)mtx_lock(&store->door);
        serve_group(store, group, count);
        (void)mtx_unlock(&store->door);
        (void)mtx_lock(&store->desk);
        for (size_t i = 0; i < count; i++) {
            group[i]->is_answered = true;
        }
        (void)cnd_broadcast(&store->called);
    }
    store->is_served = false;
    (void)cnd_broadcast(&store->called);
}

static enum store_status submit(struct store *store, struct ticket *ticket)
{
    *ticket->receipt = (struct receipt){.status = STORE_OK, .code = ""};
    (void)mtx_lock(&store->desk);
    if (store->last == NULL) {
        store->first = ticket;
    } else {
        store->last->next = ticket;
    }
    store->last = ticket;
    while (!ticket->is_answered) {
        if (store->is_served) {
            (void)cnd_wait(&store->called, &store->desk);
        } else {
            serve(store, ticket);
        }
    }
    (void)mtx_unlock(&store->desk);
    return ticket->receipt->status;
}

enum store_status store_submit(struct store *store, const struct submission *submission,
                               struct receipt *receipt)
{
    assert(store != NULL && submission != NULL);
    assert(receipt != NULL && submission->subject.digest.length == DIGEST_HEX - 1);
    return submit(store, &(struct ticket){.submission = submission, .receipt = receipt});
}

enum store_status store_sign(struct store *store, const struct signature *signature,
                             struct receipt *receipt)
{
    assert(store != NULL && signature != NULL);
    assert(receipt != NULL && signature->decision_id > 0);
    return submit(store, &(struct ticket){.signature = signature, .receipt = receipt});
}

enum store_status store_note(struct store *store, const struct log_entry *entry,
                             struct receipt *receipt)
{
    assert(store != NULL && entry != NULL);
    assert(receipt != NULL && entry->payload.length == 0);
    return submit(store, &(struct ticket){.note = entry, .receipt = receipt});
}

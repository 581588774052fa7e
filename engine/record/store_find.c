/*
 * Reading the store.
 *
 * Each look-up takes the door, so that it sees whole transactions, and copies what it found into
 * the caller's arena. A payload is hashed when it is read: what comes out is what the log says, or
 * the store is broken.
 */
#include "store_parts.h"

#include <assert.h>
#include <string.h>

/* The part of a payload behind its head. */
static struct text rest_of(struct text body)
{
    const char *end = body.length == 0 ? NULL : memchr(body.at, '\n', body.length);
    size_t head = end == NULL ? body.length : (size_t)(end - body.at) + 1;
    return (struct text){body.at + head, body.length - head};
}

/* A row being copied: its last three cells are the payload's digest, salt and body. */
struct reading {
    struct store *store;
    struct arena *arena;
    void *out;
};

static enum store_status copy(const struct reading *reading, struct text *out, struct text text)
{
    return text_copy(out, reading->arena, text) == AMICUS_OK ? STORE_OK : STORE_MEMORY;
}

/* Check a payload against its digest, and copy what stands behind its head. */
static enum store_status take_rest(const struct reading *reading, const struct sql_value *cells,
                                   struct text *out)
{
    uint8_t digest[DIGEST_BYTES];
    struct text kept = cells[0].bytes;
    if (cells[1].bytes.length != SALT_BYTES || kept.length != DIGEST_BYTES) {
        return database_fault(reading->store->database, STORE_BROKEN, "a payload is gone");
    }
    payload_digest(&reading->store->hasher, digest, (const uint8_t *)cells[1].bytes.at,
                   cells[2].bytes);
    if (memcmp(digest, kept.at, DIGEST_BYTES) != 0) {
        return database_fault(reading->store->database, STORE_BROKEN,
                              "a payload is not what was recorded");
    }
    return copy(reading, out, rest_of(cells[2].bytes));
}

static enum store_status find_one(struct store *store, struct query *query, row_taker *take,
                                  struct reading *reading)
{
    query->take = take;
    query->context = reading;
    (void)mtx_lock(&store->door);
    enum store_status status = store_run_one(store, query);
    (void)mtx_unlock(&store->door);
    return status;
}

static enum store_status take_case_row(void *context, const struct sql_value *cells, size_t count)
{
    const struct reading *reading = context;
    struct kept_case *out = reading->out;
    assert(count == 6);
    out->n = cells[1].n;
    enum store_status status = copy(reading, &out->id, cells[0].bytes);
    if (status == STORE_OK) {
        status = copy(reading, &out->digest, cells[2].bytes);
    }
    return status == STORE_OK ? take_rest(reading, cells + 3, &out->bytes) : status;
}

#define CASE_ROW                                                                                   \
    "SELECT c.case_id, c.n, c.digest, c.payload, p.salt, p.body FROM case_version c"               \
    " LEFT JOIN payload p ON p.id = c.id WHERE c.case_id = $1 "

enum store_status store_find_case(struct store *store, struct text id, int64_t n,
                                  struct arena *arena, struct kept_case *out)
{
    assert(store != NULL && arena != NULL);
    assert(out != NULL && n >= 0);
    *out = (struct kept_case){.n = 0};
    const struct sql_value cells[] = {sql_text(id), sql_int(n)};
    struct query newest = {CASE_ROW "ORDER BY c.n DESC LIMIT 1", cells, 1, NULL, NULL};
    struct query exact = {CASE_ROW "AND c.n = $2", cells, 2, NULL, NULL};
    struct reading reading = {store, arena, out};
    return find_one(store, n == 0 ? &newest : &exact, take_case_row, &reading);
}

static enum store_status take_book_row(void *context, const struct sql_value *cells, size_t count)
{
    const struct reading *reading = context;
    struct kept_book *out = reading->out;
    struct text *const texts[] = {&out->digest, &out->name, &out->version};
    assert(count == 6);
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < 3 && status == STORE_OK; i++) {
        status = copy(reading, texts[i], cells[i].bytes);
    }
    return status == STORE_OK ? take_rest(reading, cells + 3, &out->bytes) : status;
}

enum store_status store_find_book(struct store *store, struct text digest, struct arena *arena,
                                  struct kept_book *out)
{
    assert(store != NULL && arena != NULL);
    assert(out != NULL);
    *out = (struct kept_book){.digest = {NULL, 0}};
    const struct sql_value cell = sql_text(digest);
    struct query query = {"SELECT b.digest, b.name, b.version, b.payload, p.salt, p.body"
                          " FROM rulebook b LEFT JOIN payload p ON p.id = b.id"
                          " WHERE b.digest = $1",
                          &cell, 1, NULL, NULL};
    struct reading reading = {store, arena, out};
    return find_one(store, &query, take_book_row, &reading);
}

enum store_status store_has_book(struct store *store, struct text digest, bool *out)
{
    assert(store != NULL);
    assert(out != NULL);
    const struct sql_value cell = sql_text(digest);
    struct query query = {"SELECT id FROM rulebook WHERE digest = $1", &cell, 1, NULL, NULL};
    (void)mtx_lock(&store->door);
    enum store_status status = store_run_one(store, &query);
    (void)mtx_unlock(&store->door);
    *out = status == STORE_OK;
    return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status take_ruling_row(void *context, const struct sql_value *cells, size_t count)
{
    const struct reading *reading = context;
    struct kept_ruling *out = reading->out;
    struct text *const texts[] = {&out->case_id, &out->rulebook, &out->engine,
                                  &out->outcome, &out->digest,   &out->policy_date};
    assert(count == 12);
    out->id = cells[0].n;
    out->case_n = cells[1].n;
    out->as_of_s = cells[2].n;
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < 6 && status == STORE_OK; i++) {
        status = copy(reading, texts[i], cells[3 + i].bytes);
    }
    return status == STORE_OK ? take_rest(reading, cells + 9, &out->json) : status;
}

enum store_status store_find_ruling(struct store *store, int64_t id, struct arena *arena,
                                    struct kept_ruling *out)
{
    assert(store != NULL && arena != NULL);
    assert(out != NULL);
    *out = (struct kept_ruling){.id = 0};
    const struct sql_value cell = sql_int(id);
    struct query query = {
        "SELECT r.id, r.case_n, r.as_of, r.case_id, r.rulebook, r.engine,"
        " r.outcome, r.digest, r.policy_date, r.payload, p.salt, p.body FROM ruling r"
        " LEFT JOIN payload p ON p.id = r.id WHERE r.id = $1",
        &cell, 1, NULL, NULL};
    struct reading reading = {store, arena, out};
    return find_one(store, &query, take_ruling_row, &reading);
}

static enum standing_state state_of(const struct sql_value *verdict, bool needs_second)
{
    if (!needs_second) {
        return STANDS_IN_FORCE;
    }
    if (verdict->type != SQL_TEXT) {
        return STANDS_WAITING;
    }
    return text_is(verdict->bytes, "yes") ? STANDS_IN_FORCE : STANDS_REFUSED;
}

static enum store_status take_decision_row(void *context, const struct sql_value *cells,
                                           size_t count)
{
    const struct reading *reading = context;
    struct kept_decision *out = reading->out;
    struct text *const texts[] = {&out->kind, &out->actor, &out->outcome, &out->reason,
                                  &out->second};
    assert(count == 15);
    out->id = cells[0].n;
    out->ruling_id = cells[1].n;
    out->supersedes = cells[2].n;
    out->at_s = cells[3].n;
    out->moved_minor = cells[4].n;
    out->needs_second = cells[5].n != 0;
    out->state = state_of(&cells[6], out->needs_second);
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < 5 && status == STORE_OK; i++) {
        struct text text = cells[7 + i].type == SQL_TEXT ? cells[7 + i].bytes : text_of("");
        status = copy(reading, texts[i], text);
    }
    return status == STORE_OK ? take_rest(reading, cells + 12, &out->detail) : status;
}

#define DECISION_ROW                                                                               \
    "SELECT d.id, d.ruling_id, d.supersedes, l.at, d.moved, d.needs_second, a.verdict, d.kind,"    \
    " d.actor, d.outcome, d.reason, a.actor, d.payload, p.salt, p.body FROM decision d"            \
    " JOIN audit l ON l.seq = d.id LEFT JOIN approval a ON a.decision_id = d.id"                   \
    " LEFT JOIN payload p ON p.id = d.id "

enum store_status store_find_standing(struct store *store, struct text case_id, struct arena *arena,
                                      struct kept_decision *out)
{
    assert(store != NULL && arena != NULL);
    assert(out != NULL);
    *out = (struct kept_decision){.id = 0};
    const struct sql_value cell = sql_text(case_id);
    struct query query = {DECISION_ROW "WHERE d.case_id = $1 ORDER BY d.id DESC LIMIT 1", &cell, 1,
                          NULL, NULL};
    struct reading reading = {store, arena, out};
    enum store_status status = find_one(store, &query, take_decision_row, &reading);
    return status == STORE_NONE ? STORE_OK : status;
}

enum store_status store_find_decision(struct store *store, int64_t id, struct arena *arena,
                                      struct kept_decision *out)
{
    assert(store != NULL && arena != NULL);
    assert(out != NULL);
    *out = (struct kept_decision){.id = 0};
    const struct sql_value cell = sql_int(id);
    struct query query = {DECISION_ROW "WHERE d.id = $1", &cell, 1, NULL, NULL};
    struct reading reading = {store, arena, out};
    return find_one(store, &query, take_decision_row, &reading);
}

static enum store_status take_id(void *context, const struct sql_value *cells, size_t count)
{
    struct ruling_ids *out = context;
    void *ids = out->ids;
    assert(count == 1);
    if (arena_grow(out->arena, &ids, &out->capacity, out->count, sizeof *out->ids) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    out->ids = ids;
    out->ids[out->count++] = cells[0].n;
    return STORE_OK;
}

enum store_status store_list_rulings(struct store *store, struct text case_id, int64_t since_s,
                                     struct ruling_ids *out)
{
    assert(store != NULL);
    assert(out != NULL && out->arena != NULL);
    const struct sql_value since = sql_int(since_s);
    const struct sql_value both[] = {sql_text(case_id), since};
    struct query all = {"SELECT r.id FROM ruling r JOIN audit a ON a.seq = r.id WHERE a.at >= $1"
                        " ORDER BY r.id",
                        &since, 1, take_id, out};
    struct query one = {"SELECT r.id FROM ruling r JOIN audit a ON a.seq = r.id"
                        " WHERE r.case_id = $1 AND a.at >= $2 ORDER BY r.id",
                        both, 2, take_id, out};
    (void)mtx_lock(&store->door);
    enum store_status status = store_run(store, case_id.length == 0 ? &all : &one);
    (void)mtx_unlock(&store->door);
    return status;
}

enum store_status store_list_standing(struct store *store, struct ruling_ids *out)
{
    assert(store != NULL);
    assert(out != NULL && out->arena != NULL);
    struct query query = {"SELECT max(id) FROM decision GROUP BY case_id ORDER BY 1", NULL, 0,
                          take_id, out};
    (void)mtx_lock(&store->door);
    enum store_status status = store_run(store, &query);
    (void)mtx_unlock(&store->door);
    return status;
}

enum store_status store_backup(struct store *store, const char *path)
{
    assert(store != NULL);
    assert(path != NULL);
    const struct database_face *face = store->database->face;
    if (face->backup == NULL) {
        return database_fault(store->database, STORE_FAULT,
                              "%s has its own tools for that: pg_basebackup and a WAL archive",
                              face->name);
    }
    (void)mtx_lock(&store->door);
    enum store_status status = face->backup(store->database, path);
    (void)mtx_unlock(&store->door);
    return status;
}

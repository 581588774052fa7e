/*
 * The record in PostgreSQL, for many reviewers on several servers.
 *
 * A transaction that writes takes an advisory lock in a statement of its own, before the statement
 * that reads the end of the log: in one statement both would use the snapshot from before the lock,
 * and two writers would read the same end. The primary key of the log makes a fork impossible even
 * then. Everything lies in the schema `amicus`.
 *
 * A server that does not flush what it commits is refused: `recorded` would be a guess. So is a
 * password in the address, which every process list shows; libpq takes it from ~/.pgpass.
 *
 * libpq is loaded when a server is named: it brings a dozen libraries with it, which would double
 * the time in which every other call of amicus starts. It stays until the process ends.
 */
#include "database.h"

#include <assert.h>
#include <dlfcn.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#define STATEMENTS_MAX 64u
#define CELLS_MAX      24
/* "amicus" again; any other number would do, if everybody uses it. */
#define LOCK_KEY       "1634560355"

/* The functions of libpq, found when the first server is asked for: the library brings a dozen
 * others with it, and most calls of amicus need none of them. */
struct libpq {
    void *handle;
    PGconn *(*connectdb)(const char *);
    void (*finish)(PGconn *);
    ConnStatusType (*status)(const PGconn *);
    char *(*errorMessage)(const PGconn *);
    PGresult *(*exec)(PGconn *, const char *);
    PGresult *(*prepare)(PGconn *, const char *, const char *, int, const Oid *);
    int (*sendQueryPrepared)(PGconn *, const char *, int, const char *const *, const int *,
                             const int *, int);
    int (*setSingleRowMode)(PGconn *);
    PGresult *(*getResult)(PGconn *);
    void (*clear)(PGresult *);
    ExecStatusType (*resultStatus)(const PGresult *);
    char *(*resultErrorField)(const PGresult *, int);
    char *(*cmdStatus)(PGresult *);
    int (*ntuples)(const PGresult *);
    int (*nfields)(const PGresult *);
    Oid (*ftype)(const PGresult *, int);
    char *(*getvalue)(const PGresult *, int, int);
    int (*getlength)(const PGresult *, int, int);
    int (*getisnull)(const PGresult *, int, int);
    PQnoticeReceiver (*setNoticeReceiver)(PGconn *, PQnoticeReceiver, void *);
    PQconninfoOption *(*conninfoParse)(const char *, char **);
    void (*conninfoFree)(PQconninfoOption *);
};

struct postgres {
    struct database base;
    struct libpq pq;
    PGconn *connection;
    const char *prepared[STATEMENTS_MAX];
    size_t prepared_count;
};

static struct postgres *of(struct database *database)
{
    return (struct postgres *)(void *)database;
}

/* A place for each function, by its name. */
static bool find_functions(struct libpq *pq)
{
    const struct {
        const char *name;
        void *place;
    } ALL[] = {
        {"PQconnectdb", &pq->connectdb},
        {"PQfinish", &pq->finish},
        {"PQstatus", &pq->status},
        {"PQerrorMessage", &pq->errorMessage},
        {"PQexec", &pq->exec},
        {"PQprepare", &pq->prepare},
        {"PQsendQueryPrepared", &pq->sendQueryPrepared},
        {"PQsetSingleRowMode", &pq->setSingleRowMode},
        {"PQgetResult", &pq->getResult},
        {"PQclear", &pq->clear},
        {"PQresultStatus", &pq->resultStatus},
        {"PQresultErrorField", &pq->resultErrorField},
        {"PQcmdStatus", &pq->cmdStatus},
        {"PQntuples", &pq->ntuples},
        {"PQnfields", &pq->nfields},
        {"PQftype", &pq->ftype},
        {"PQgetvalue", &pq->getvalue},
        {"PQgetlength", &pq->getlength},
        {"PQgetisnull", &pq->getisnull},
        {"PQsetNoticeReceiver", &pq->setNoticeReceiver},
        {"PQconninfoParse", &pq->conninfoParse},
        {"PQconninfoFree", &pq->conninfoFree},
    };
    for (size_t i = 0; i < sizeof ALL / sizeof ALL[0]; i++) {
        void *found = dlsym(pq->handle, ALL[i].name);
        if (found == NULL) {
            return false;
        }
        /* C has no cast from an object's address to a function's; their bytes are the same here. */
        memcpy(ALL[i].place, (const void *)&found, sizeof found);
    }
    return true;
}

static bool open_library(struct libpq *pq)
{
    pq->handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    return pq->handle != NULL && find_functions(pq);
}

static enum store_status status_of(struct postgres *self, const PGresult *result)
{
    static const struct {
        const char *state; /* how SQLSTATE begins */
        enum store_status status;
    } MEANINGS[] = {{"23", STORE_CONFLICT}, {"40", STORE_BUSY},      {"55P03", STORE_BUSY},
                    {"57P", STORE_BUSY},    {"53100", STORE_FULL},   {"53", STORE_BUSY},
                    {"08", STORE_BUSY},     {"XX001", STORE_BROKEN}, {"XX002", STORE_BROKEN}};
    const char *state = result == NULL ? NULL : self->pq.resultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == NULL) {
        return self->pq.status(self->connection) == CONNECTION_OK ? STORE_FAULT : STORE_BUSY;
    }
    for (size_t i = 0; i < sizeof MEANINGS / sizeof MEANINGS[0]; i++) {
        if (strncmp(state, MEANINGS[i].state, strlen(MEANINGS[i].state)) == 0) {
            return MEANINGS[i].status;
        }
    }
    return STORE_FAULT;
}

/* Take the status of a result and clear it. */
static enum store_status finish(struct postgres *self, PGresult *result)
{
    ExecStatusType how = self->pq.resultStatus(result);
    enum store_status status = STORE_OK;
    if (how != PGRES_COMMAND_OK && how != PGRES_TUPLES_OK) {
        const char *words = self->pq.resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
        status = database_fault(&self->base, status_of(self, result), "%s",
                                words == NULL ? self->pq.errorMessage(self->connection) : words);
    }
    self->pq.clear(result);
    return status;
}

static enum store_status postgres_script(struct database *database, const char *sql)
{
    struct postgres *self = of(database);
    return finish(self, self->pq.exec(self->connection, sql));
}

static enum store_status postgres_begin(struct database *database, bool is_write)
{
    if (!is_write) {
        return postgres_script(database, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    enum store_status status = postgres_script(database, "BEGIN");
    if (status == STORE_OK) {
        status = postgres_script(database, "SELECT pg_advisory_xact_lock(" LOCK_KEY ")");
    }
    return status;
}

static void postgres_rollback(struct database *database)
{
    (void)postgres_script(database, "ROLLBACK");
}

static enum store_status postgres_commit(struct database *database)
{
    struct postgres *self = of(database);
    PGresult *result = self->pq.exec(self->connection, "COMMIT");
    /* COMMIT of a transaction that failed before succeeds, and says ROLLBACK. */
    bool is_lost = self->pq.resultStatus(result) == PGRES_COMMAND_OK &&
                   strcmp(self->pq.cmdStatus(result), "COMMIT") != 0;
    enum store_status status = finish(self, result);
    return is_lost ? database_fault(database, STORE_FAULT, "the transaction had failed before")
                   : status;
}

static enum store_status prepare(struct postgres *self, const char *sql, char name[16])
{
    size_t i = 0;
    while (i < self->prepared_count && self->prepared[i] != sql) {
        i++;
    }
    (void)snprintf(name, 16, "s%zu", i);
    if (i < self->prepared_count) {
        return STORE_OK;
    }
    assert(self->prepared_count < STATEMENTS_MAX);
    enum store_status status = finish(self, self->pq.prepare(self->connection, name, sql, 0, NULL));
    if (status == STORE_OK) {
        self->prepared[self->prepared_count++] = sql;
    }
    return status;
}

/* The bytes of a value as the server takes them in binary. */
static void encode(const struct sql_value *cell, char number[8], const char **at, int *length)
{
    switch (cell->type) {
    case SQL_NULL:
        *at = NULL;
        *length = 0;
        return;
    case SQL_INT:
        for (unsigned i = 0; i < 8; i++) {
            number[i] = (char)(uint8_t)((uint64_t)cell->n >> (8 * (7 - i)));
        }
        *at = number;
        *length = 8;
        return;
    case SQL_TEXT:
    case SQL_BLOB:
        *at = cell->bytes.at;
        *length = (int)cell->bytes.length;
        return;
    }
}

static int64_t number_of(const char *at, int length)
{
    uint64_t number = length > 0 && ((uint8_t)at[0] & 0x80) != 0 ? UINT64_MAX : 0;
    for (int i = 0; i < length; i++) {
        number = number << 8 | (uint8_t)at[i];
    }
    return (int64_t)number;
}

static struct sql_value column(const struct postgres *self, const PGresult *result, int row, int at)
{
    /* Object ids of the system's types, which never change. */
    enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT4 = 23 };
    if (self->pq.getisnull(result, row, at) != 0) {
        return (struct sql_value){.type = SQL_NULL};
    }
    const char *bytes = self->pq.getvalue(result, row, at);
    int length = self->pq.getlength(result, row, at);
    switch (self->pq.ftype(result, at)) {
    case OID_BOOL:
    case OID_INT4:
    case OID_INT8: return sql_int(number_of(bytes, length));
    case OID_BYTEA: return sql_blob(bytes, (size_t)length);
    default: return sql_text((struct text){bytes, (size_t)length});
    }
}

static enum store_status take_rows(const struct postgres *self, const PGresult *result,
                                   const struct query *query)
{
    struct sql_value cells[CELLS_MAX];
    int columns = self->pq.nfields(result);
    assert(columns <= CELLS_MAX);
    for (int row = 0; query->take != NULL && row < self->pq.ntuples(result); row++) {
        for (int i = 0; i < columns; i++) {
            cells[i] = column(self, result, row, i);
        }
        enum store_status status = query->take(query->context, cells, (size_t)columns);
        if (status != STORE_OK) {
            return status;
        }
    }
    return STORE_OK;
}

/* Read what a statement in single-row mode still has, so that the connection is free again. */
static void drain(struct postgres *self)
{
    PGresult *rest = self->pq.getResult(self->connection);
    while (rest != NULL) {
        self->pq.clear(rest);
        rest = self->pq.getResult(self->connection);
    }
}

/* Rows come one by one: a log of a million entries is not held in memory. */
static enum store_status receive(struct postgres *self, const struct query *query)
{
    enum store_status status = STORE_OK;
    PGresult *result = self->pq.getResult(self->connection);
    while (result != NULL && status == STORE_OK) {
        if (self->pq.resultStatus(result) == PGRES_SINGLE_TUPLE) {
            status = take_rows(self, result, query);
            self->pq.clear(result);
        } else {
            status = finish(self, result);
        }
        result = self->pq.getResult(self->connection);
    }
    self->pq.clear(result);
    drain(self);
    return status;
}

static enum store_status postgres_run(struct database *database, const struct query *query)
{
    struct postgres *self = of(database);
    char name[16];
    char numbers[CELLS_MAX][8];
    const char *values[CELLS_MAX];
    int lengths[CELLS_MAX];
    int formats[CELLS_MAX];
    assert(query->count <= CELLS_MAX);
    enum store_status status = prepare(self, query->sql, name);
    if (status != STORE_OK) {
        return status;
    }
    for (size_t i = 0; i < query->count; i++) {
        encode(&query->values[i], numbers[i], &values[i], &lengths[i]);
        formats[i] = 1;
    }
    if (self->pq.sendQueryPrepared(self->connection, name, (int)query->count, values, lengths,
                                   formats, 1) != 1) {
        return database_fault(database, STORE_BUSY, "%s", self->pq.errorMessage(self->connection));
    }
    (void)self->pq.setSingleRowMode(self->connection);
    return receive(self, query);
}

static enum store_status take_number(void *context, const struct sql_value *cells, size_t count)
{
    assert(count == 1);
    *(int64_t *)context = cells[0].n;
    return STORE_OK;
}

static enum store_status postgres_version(struct database *database, int64_t *out)
{
    *out = 0;
    return postgres_run(
        database, &(struct query){"SELECT version FROM amicus_schema", NULL, 0, take_number, out});
}

static enum store_status postgres_set_version(struct database *database, int64_t version)
{
    struct sql_value value = sql_int(version);
    return postgres_run(
        database, &(struct query){"UPDATE amicus_schema SET version = $1", &value, 1, NULL, NULL});
}

static void postgres_close(struct database *database)
{
    struct postgres *self = of(database);
    self->pq.finish(self->connection);
    self->connection = NULL;
}

static const struct database_face FACE = {
    .name = "postgresql",
    .is_sqlite = false,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .run = postgres_run,
    .version = postgres_version,
    .set_version = postgres_set_version,
    .script = postgres_script,
    .backup = NULL,
    .close = postgres_close,
};

static bool has_password(const struct postgres *self, const char *name)
{
    PQconninfoOption *options = self->pq.conninfoParse(name, NULL);
    bool has = false;
    for (const PQconninfoOption *one = options; one != NULL && one->keyword != NULL; one++) {
        has = has || (strcmp(one->keyword, "password") == 0 && one->val != NULL);
    }
    self->pq.conninfoFree(options);
    return has;
}

static enum store_status take_setting(void *context, const struct sql_value *cells, size_t count)
{
    assert(count == 1);
    bool *is_off = context;
    *is_off = *is_off || text_is(cells[0].bytes, "off");
    return STORE_OK;
}

/* Refuse a server that may forget what it has committed. */
static enum store_status check_durable(struct postgres *self)
{
    static const char *const SETTINGS[] = {"SHOW fsync", "SHOW synchronous_commit",
                                           "SHOW full_page_writes"};
    for (size_t i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0]; i++) {
        bool is_off = false;
        struct query query = {SETTINGS[i], NULL, 0, take_setting, &is_off};
        enum store_status status = postgres_run(&self->base, &query);
        if (status != STORE_OK) {
            return status;
        }
        if (is_off) {
            return database_fault(&self->base, STORE_REFUSED,
                                  "the server has %s off, and may lose what it has confirmed",
                                  SETTINGS[i] + strlen("SHOW "));
        }
    }
    return STORE_OK;
}

/* Make the schema and its version, if they may be made, and use them. */
static enum store_status find_schema(struct postgres *self, const struct database_place *place)
{
    int64_t has_schema = 0;
    static const char ASK[] = "SELECT count(*) FROM pg_tables WHERE schemaname = 'amicus' AND "
                              "tablename = 'amicus_schema'";
    enum store_status status =
        postgres_run(&self->base, &(struct query){ASK, NULL, 0, take_number, &has_schema});
    if (status == STORE_OK && has_schema == 0 && !place->is_made) {
        return database_fault(&self->base, STORE_NONE, "the database has no record yet");
    }
    if (status == STORE_OK && has_schema == 0) {
        status = postgres_script(
            &self->base,
            "BEGIN; SELECT pg_advisory_xact_lock(" LOCK_KEY ");"
            "CREATE SCHEMA IF NOT EXISTS amicus;"
            "CREATE TABLE IF NOT EXISTS amicus.amicus_schema (one BIGINT PRIMARY KEY,"
            " version BIGINT NOT NULL);"
            "INSERT INTO amicus.amicus_schema VALUES (1, 0) ON CONFLICT DO NOTHING; COMMIT;");
    }
    return status == STORE_OK ? postgres_script(&self->base, "SET search_path = amicus") : status;
}

static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

enum store_status postgres_open(struct database **out, struct arena *arena,
                                const struct database_place *place, char fault[256])
{
    assert(out != NULL && arena != NULL);
    assert(place != NULL && place->name != NULL && fault != NULL);
    *out = NULL;
    struct postgres *self = arena_give(arena, sizeof *self);
    if (self == NULL) {
        return STORE_MEMORY;
    }
    if (!open_library(&self->pq)) {
        (void)snprintf(fault, 256, "libpq is not installed here (Debian: libpq5)");
        return STORE_FAULT;
    }
    if (has_password(self, place->name)) {
        (void)snprintf(fault, 256, "its address holds a password, which every process list shows");
        return STORE_REFUSED;
    }
    self->base.face = &FACE;
    self->connection = self->pq.connectdb(place->name);
    if (self->pq.status(self->connection) != CONNECTION_OK) {
        (void)database_fault(&self->base, STORE_FAULT, "%s",
                             self->pq.errorMessage(self->connection));
        (void)snprintf(fault, 256, "%s", self->base.fault);
        postgres_close(&self->base);
        return STORE_FAULT;
    }
    (void)self->pq.setNoticeReceiver(self->connection, ignore_notice, NULL);
    enum store_status status = check_durable(self);
    if (status == STORE_OK) {
        status = find_schema(self, place);
    }
    if (status != STORE_OK) {
        (void)snprintf(fault, 256, "%s", self->base.fault);
        postgres_close(&self->base);
        return status;
    }
    *out = &self->base;
    return STORE_OK;
}

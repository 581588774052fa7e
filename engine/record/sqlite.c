/*
 * The record in a SQLite file.
 *
 * WAL with synchronous=FULL: a commit has been flushed when it returns. Transactions that write
 * begin IMMEDIATE, so that two writers meet at the beginning, where waiting is possible, and not at
 * their first write, where it is not. The file is made by us, for its owner only, before SQLite
 * opens it; its folder is flushed, so that the file itself survives.
 *
 * A WAL needs shared memory between processes: a store on a network file system is refused.
 */
#include "database.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* "amicus" has six letters, an application id four bytes. */
#define APPLICATION_ID 0x616d6963
#define STATEMENTS_MAX 64u
#define CELLS_MAX      24
#define BUSY_MS        5000
#define BUSY_STEP_MS   5

struct prepared {
    const char *sql; /* by its address */
    sqlite3_stmt *statement;
};

struct sqlite {
    struct database base;
    sqlite3 *handle;
    struct prepared prepared[STATEMENTS_MAX];
    size_t prepared_count;
    bool is_writing;
};

static struct sqlite *of(struct database *database)
{
    return (struct sqlite *)(void *)database;
}

/* Only a disk that says ENOSPC is SQLITE_FULL; a quota, a limit of the file's size and a broken
 * disk are these. What was asked for could not be written. */
static bool is_write_error(int code)
{
    return code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC ||
           code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_SHMSIZE;
}

static enum store_status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return STORE_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return STORE_BUSY;
    case SQLITE_FULL: return STORE_FULL;
    case SQLITE_NOMEM: return STORE_MEMORY;
    case SQLITE_CORRUPT: return STORE_BROKEN;
    case SQLITE_CONSTRAINT: return code == SQLITE_CONSTRAINT_TRIGGER ? STORE_FAULT : STORE_CONFLICT;
    case SQLITE_IOERR: return is_write_error(code) ? STORE_FULL : STORE_FAULT;
    default: return STORE_FAULT;
    }
}

static enum store_status failed(struct sqlite *self, int code)
{
    enum store_status status = status_of(code);
    return status == STORE_OK
               ? status
               : database_fault(&self->base, status, "%s", sqlite3_errmsg(self->handle));
}

static enum store_status sqlite_script(struct database *database, const char *sql)
{
    struct sqlite *self = of(database);
    return failed(self, sqlite3_exec(self->handle, sql, NULL, NULL, NULL));
}

static enum store_status sqlite_begin(struct database *database, bool is_write)
{
    of(database)->is_writing = is_write;
    return sqlite_script(database, is_write ? "BEGIN IMMEDIATE" : "BEGIN");
}

static void sqlite_rollback(struct database *database)
{
    struct sqlite *self = of(database);
    if (sqlite3_get_autocommit(self->handle) == 0) {
        (void)sqlite3_exec(self->handle, "ROLLBACK", NULL, NULL, NULL);
    }
}

static enum store_status sqlite_commit(struct database *database)
{
    enum store_status status = sqlite_script(database, "COMMIT");
    if (status != STORE_OK) {
        sqlite_rollback(database);
    }
    return status;
}

static enum store_status prepare(struct sqlite *self, const char *sql, sqlite3_stmt **out)
{
    for (size_t i = 0; i < self->prepared_count; i++) {
        if (self->prepared[i].sql == sql) {
            *out = self->prepared[i].statement;
            return STORE_OK;
        }
    }
    assert(self->prepared_count < STATEMENTS_MAX);
    int code = sqlite3_prepare_v3(self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    if (code == SQLITE_OK) {
        self->prepared[self->prepared_count++] = (struct prepared){sql, *out};
    }
    return failed(self, code);
}

static int bind(sqlite3_stmt *statement, int at, const struct sql_value *cell)
{
    const char *bytes = cell->bytes.at == NULL ? "" : cell->bytes.at;
    switch (cell->type) {
    case SQL_NULL: return sqlite3_bind_null(statement, at);
    case SQL_INT: return sqlite3_bind_int64(statement, at, cell->n);
    case SQL_TEXT:
        return sqlite3_bind_text64(statement, at, bytes, cell->bytes.length, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case SQL_BLOB:
        return sqlite3_bind_blob64(statement, at, bytes, cell->bytes.length, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static struct sql_value column(sqlite3_stmt *statement, int at)
{
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER: return sql_int(sqlite3_column_int64(statement, at));
    case SQLITE_TEXT: {
        const void *bytes = sqlite3_column_text(statement, at);
        return sql_text((struct text){bytes, (size_t)sqlite3_column_bytes(statement, at)});
    }
    case SQLITE_BLOB: {
        const void *bytes = sqlite3_column_blob(statement, at);
        return sql_blob(bytes, (size_t)sqlite3_column_bytes(statement, at));
    }
    default: return (struct sql_value){.type = SQL_NULL};
    }
}

static enum store_status step_all(struct sqlite *self, sqlite3_stmt *statement,
                                  const struct query *query)
{
    struct sql_value cells[CELLS_MAX];
    int code = sqlite3_step(statement);
    while (code == SQLITE_ROW) {
        int count = sqlite3_column_count(statement);
        assert(count <= CELLS_MAX);
        for (int i = 0; i < count; i++) {
            cells[i] = column(statement, i);
        }
        enum store_status status =
            query->take == NULL ? STORE_OK : query->take(query->context, cells, (size_t)count);
        if (status != STORE_OK) {
            return status;
        }
        code = sqlite3_step(statement);
    }
    return code == SQLITE_DONE ? STORE_OK : failed(self, sqlite3_extended_errcode(self->handle));
}

static enum store_status sqlite_run(struct database *database, const struct query *query)
{
    struct sqlite *self = of(database);
    sqlite3_stmt *statement;
    enum store_status status = prepare(self, query->sql, &statement);
    if (status != STORE_OK) {
        return status;
    }
    int code = SQLITE_OK;
    for (size_t i = 0; i < query->count && code == SQLITE_OK; i++) {
        code = bind(statement, (int)i + 1, &query->values[i]);
    }
    status = code == SQLITE_OK ? step_all(self, statement, query) : failed(self, code);
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
    return status;
}

static enum store_status take_number(void *context, const struct sql_value *cells, size_t count)
{
    assert(count == 1);
    *(int64_t *)context = cells[0].n;
    return STORE_OK;
}

static enum store_status sqlite_version(struct database *database, int64_t *out)
{
    return sqlite_run(database, &(struct query){"PRAGMA user_version", NULL, 0, take_number, out});
}

static enum store_status sqlite_set_version(struct database *database, int64_t version)
{
    char sql[96];
    (void)snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%lld",
                   APPLICATION_ID, (long long)version);
    return sqlite_script(database, sql);
}

static enum store_status sqlite_backup(struct database *database, const char *path)
{
    struct sqlite *self = of(database);
    sqlite3 *copy = NULL;
    int code = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *backup =
        code == SQLITE_OK ? sqlite3_backup_init(copy, "main", self->handle, "main") : NULL;
    enum store_status status = STORE_OK;
    if (backup == NULL) {
        status = database_fault(database, STORE_FAULT, "%s", sqlite3_errmsg(copy));
    } else {
        code = sqlite3_backup_step(backup, -1);
        if (sqlite3_backup_finish(backup) != SQLITE_OK || code != SQLITE_DONE) {
            status =
                database_fault(database, (code & 0xff) == SQLITE_FULL ? STORE_FULL : STORE_FAULT,
                               "%s", sqlite3_errmsg(copy));
        }
    }
    (void)sqlite3_close(copy);
    return status;
}

static void sqlite_close(struct database *database)
{
    struct sqlite *self = of(database);
    for (size_t i = 0; i < self->prepared_count; i++) {
        (void)sqlite3_finalize(self->prepared[i].statement);
    }
    (void)sqlite3_close(self->handle);
    self->handle = NULL;
}

static const struct database_face FACE = {
    .name = "sqlite",
    .is_sqlite = true,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .run = sqlite_run,
    .version = sqlite_version,
    .set_version = sqlite_set_version,
    .script = sqlite_script,
    .backup = sqlite_backup,
    .close = sqlite_close,
};

/* Flush the folder of a file that was just made, so that its name is on the disk. */
static bool flush_folder(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    if (length >= sizeof folder) {
        return false;
    }
    memcpy(folder, path, length);
    folder[length] = '\0';
    const char *name = length > 0 ? folder : (slash == NULL ? "." : "/");
    int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool is_flushed = fsync(fd) == 0;
    (void)close(fd);
    return is_flushed;
}

/* See that the file is there, and nobody else's to read if it is made now. */
static enum store_status find_file(const struct database_place *place, char fault[256])
{
    struct stat info;
    if (stat(place->name, &info) == 0) {
        bool is_file = S_ISREG(info.st_mode);
        (void)snprintf(fault, 256, "it is no file");
        return is_file ? STORE_OK : STORE_FAULT;
    }
    if (errno == ENOENT && !place->is_made) {
        (void)snprintf(fault, 256, "there is no such file");
        return STORE_NONE;
    }
    int fd =
        errno == ENOENT ? open(place->name, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR) : -1;
    if (fd < 0) {
        (void)snprintf(fault, 256, "%s", strerror(errno));
        return errno == ENOSPC || errno == EDQUOT ? STORE_FULL : STORE_FAULT;
    }
    (void)close(fd);
    if (!flush_folder(place->name)) {
        (void)snprintf(fault, 256, "its folder cannot be flushed: %s", strerror(errno));
        return STORE_FAULT;
    }
    return STORE_OK;
}

static bool is_remote(const char *path)
{
    static const long REMOTE[] = {0x6969, 0x517b, (long)0xff534d42, (long)0xfe534d42, 0x01021997};
    struct statfs info;
    if (statfs(path, &info) != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof REMOTE / sizeof REMOTE[0]; i++) {
        if ((uint32_t)info.f_type == (uint32_t)REMOTE[i]) {
            return true;
        }
    }
    return false;
}

/* Refuse a SQLite file that is somebody else's. An empty one is ours to fill. Both numbers are read
 * in one transaction, for another process may be filling the file just now. */
static enum store_status check_owner(struct sqlite *self)
{
    int64_t id = 0;
    int64_t pages = 0;
    struct query ask = {"PRAGMA application_id", NULL, 0, take_number, &id};
    struct query size = {"PRAGMA page_count", NULL, 0, take_number, &pages};
    enum store_status status = sqlite_script(&self->base, "BEGIN");
    if (status == STORE_OK) {
        status = sqlite_run(&self->base, &ask);
    }
    if (status == STORE_OK) {
        status = sqlite_run(&self->base, &size);
    }
    sqlite_rollback(&self->base);
    if (status == STORE_OK && id != APPLICATION_ID && (id != 0 || pages > 1)) {
        return database_fault(&self->base, STORE_FAULT, "it is a SQLite file of another program");
    }
    return status;
}

/* Turn on the write-ahead log. SQLite does not wait for a lock here, whatever the busy timeout is,
 * so the wait for a process that is making the same record is ours. */
static enum store_status use_log(struct sqlite *self)
{
    enum store_status status = sqlite_script(&self->base, "PRAGMA journal_mode=WAL");
    for (int waited = 0; status == STORE_BUSY && waited < BUSY_MS; waited += BUSY_STEP_MS) {
        (void)sqlite3_sleep(BUSY_STEP_MS);
        status = sqlite_script(&self->base, "PRAGMA journal_mode=WAL");
    }
    return status;
}

static enum store_status set_up(struct sqlite *self)
{
    (void)sqlite3_extended_result_codes(self->handle, 1);
    (void)sqlite3_busy_timeout(self->handle, BUSY_MS);
    enum store_status status = check_owner(self);
    if (status == STORE_OK) {
        status = use_log(self);
    }
    if (status == STORE_OK) {
        status = sqlite_script(
            &self->base,
            "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON;"
            "PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY;"
            "PRAGMA cache_size=-65536;");
    }
    return status;
}

enum store_status sqlite_open(struct database **out, struct arena *arena,
                              const struct database_place *place, char fault[256])
{
    assert(out != NULL && arena != NULL);
    assert(place != NULL && place->name != NULL && fault != NULL);
    *out = NULL;
    fault[0] = '\0';
    struct sqlite *self = arena_give(arena, sizeof *self);
    enum store_status status = self == NULL ? STORE_MEMORY : find_file(place, fault);
    if (status != STORE_OK) {
        return status;
    }
    if (is_remote(place->name)) {
        (void)snprintf(fault, 256, "it is on a network file system; use postgresql:// for that");
        return STORE_FAULT;
    }
    self->base.face = &FACE;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    if (access(place->name, W_OK) != 0) {
        flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    }
    char real[PATH_MAX];
    const char *name = realpath(place->name, real) == NULL ? place->name : real;
    int code = sqlite3_open_v2(name, &self->handle, flags, NULL);
    status = code == SQLITE_OK ? set_up(self) : failed(self, code);
    if (status != STORE_OK) {
        (void)snprintf(fault, 256, "%s", self->base.fault);
        sqlite_close(&self->base);
        return status;
    }
    *out = &self->base;
    return STORE_OK;
}

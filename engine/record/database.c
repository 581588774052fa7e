/*
 * What both backends share: cells, faults, and the schema by version.
 *
 * The schema is a list of steps that is only ever added to. A store remembers how many were taken;
 * one that has taken more than this program knows is refused, because its rules are not known here.
 *
 * Immutable: triggers refuse UPDATE and DELETE on everything that the log speaks of. They do not
 * stop who can write to the file (the log is for that), they stop our own mistakes.
 */
#include "database.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *store_status_name(enum store_status status)
{
    switch (status) {
    case STORE_OK: return "ok";
    case STORE_NONE: return "none";
    case STORE_CONFLICT: return "conflict";
    case STORE_REFUSED: return "refused";
    case STORE_BUSY: return "busy";
    case STORE_FULL: return "full";
    case STORE_BROKEN: return "broken";
    case STORE_FAULT: return "fault";
    case STORE_MEMORY: return "memory";
    }
    return "unknown";
}

struct sql_value sql_int(int64_t n)
{
    return (struct sql_value){.type = SQL_INT, .n = n};
}

struct sql_value sql_text(struct text text)
{
    return (struct sql_value){.type = SQL_TEXT, .bytes = text.at == NULL ? text_of("") : text};
}

struct sql_value sql_blob(const void *at, size_t length)
{
    return (struct sql_value){.type = SQL_BLOB, .bytes = {at == NULL ? "" : at, length}};
}

enum store_status database_fault(struct database *database, enum store_status status,
                                 const char *format, ...)
{
    assert(database != NULL);
    assert(format != NULL && status != STORE_OK);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(database->fault, sizeof database->fault, format, arguments);
    va_end(arguments);
    for (char *at = database->fault; *at != '\0'; at++) {
        *at = *at == '\n' ? ' ' : *at;
    }
    return status;
}

/* Column types by backend: a whole number, bytes, and what ends a table. */
#define TABLES(INT, BLOB, END)                                                                     \
    "CREATE TABLE audit (seq " INT " PRIMARY KEY, at " INT " NOT NULL, actor TEXT NOT NULL,"       \
    " kind TEXT NOT NULL, subject TEXT NOT NULL, payload " BLOB " NOT NULL,"                       \
    " leaf " BLOB " NOT NULL, nodes " BLOB " NOT NULL)" END ";"                                    \
    "CREATE TABLE payload (id " INT " PRIMARY KEY REFERENCES audit(seq), salt " BLOB " NOT NULL,"  \
    " body " BLOB " NOT NULL)" END ";"                                                             \
    "CREATE TABLE case_version (id " INT " PRIMARY KEY REFERENCES audit(seq),"                     \
    " case_id TEXT NOT NULL, n " INT " NOT NULL, digest TEXT NOT NULL,"                            \
    " payload " BLOB " NOT NULL, UNIQUE(case_id, n))" END ";"                                      \
    "CREATE TABLE rulebook (id " INT " PRIMARY KEY REFERENCES audit(seq),"                         \
    " digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, version TEXT NOT NULL,"                     \
    " payload " BLOB " NOT NULL)" END ";"                                                          \
    "CREATE TABLE ruling (id " INT " PRIMARY KEY REFERENCES audit(seq), case_id TEXT NOT NULL,"    \
    " case_n " INT " NOT NULL, rulebook TEXT NOT NULL REFERENCES rulebook(digest),"                \
    " engine TEXT NOT NULL, as_of " INT " NOT NULL, policy_date TEXT NOT NULL,"                    \
    " outcome TEXT NOT NULL,"                                                                      \
    " digest TEXT NOT NULL, payload " BLOB " NOT NULL,"                                            \
    " UNIQUE(case_id, case_n, digest))" END ";"                                                    \
    "CREATE TABLE decision (id " INT " PRIMARY KEY REFERENCES audit(seq), case_id TEXT NOT NULL,"  \
    " ruling_id " INT " NOT NULL REFERENCES ruling(id), supersedes " INT " NOT NULL,"              \
    " kind TEXT NOT NULL, actor TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,"       \
    " moved " INT " NOT NULL, needs_second " INT " NOT NULL, payload " BLOB " NOT NULL,"           \
    " UNIQUE(case_id, supersedes))" END ";"                                                        \
    "CREATE TABLE checkpoint (size " INT " PRIMARY KEY, at " INT " NOT NULL,"                      \
    " root " BLOB " NOT NULL, note TEXT NOT NULL)" END ";"

#define APPROVALS(INT, BLOB, END)                                                                  \
    "CREATE TABLE approval (id " INT " PRIMARY KEY REFERENCES audit(seq),"                         \
    " decision_id " INT " NOT NULL REFERENCES decision(id), actor TEXT NOT NULL,"                  \
    " verdict TEXT NOT NULL, payload " BLOB " NOT NULL, UNIQUE(decision_id))" END ";"

#define GUARD_SQLITE(table)                                                                        \
    "CREATE TRIGGER " table "_keeps BEFORE UPDATE ON " table                                       \
    " BEGIN SELECT RAISE(ABORT, 'the record is never edited'); END;"                               \
    "CREATE TRIGGER " table "_stays BEFORE DELETE ON " table                                       \
    " BEGIN SELECT RAISE(ABORT, 'the record is never deleted'); END;"

#define GUARD_POSTGRES(table)                                                                      \
    "CREATE TRIGGER " table "_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON " table                 \
    " FOR EACH STATEMENT EXECUTE FUNCTION amicus_refuse();"

/* One step of the schema, in the words of both backends. */
struct step {
    const char *sqlite, *postgres;
};

static const struct step STEPS[SCHEMA_VERSION] = {
    {TABLES("INTEGER", "BLOB", " STRICT") GUARD_SQLITE("audit") GUARD_SQLITE("payload")
         GUARD_SQLITE("case_version") GUARD_SQLITE("rulebook") GUARD_SQLITE("ruling")
             GUARD_SQLITE("decision") GUARD_SQLITE("checkpoint"),
     TABLES("BIGINT", "BYTEA",
            "") "CREATE FUNCTION amicus_refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'the record is never edited or deleted'; END "
                "$$;" GUARD_POSTGRES("audit") GUARD_POSTGRES("payload") GUARD_POSTGRES(
                    "case_version") GUARD_POSTGRES("rulebook") GUARD_POSTGRES("ruling")
                    GUARD_POSTGRES("decision") GUARD_POSTGRES("checkpoint")},
    {APPROVALS("INTEGER", "BLOB", " STRICT") GUARD_SQLITE("approval"),
     APPROVALS("BIGINT", "BYTEA", "") GUARD_POSTGRES("approval")},
};

/* Take one step. Another process may have taken it meanwhile: that is looked at first. */
static enum store_status take_step(struct database *database, int64_t from)
{
    const struct database_face *face = database->face;
    int64_t version = 0;
    enum store_status status = face->begin(database, true);
    if (status != STORE_OK) {
        return status;
    }
    status = face->version(database, &version);
    if (status == STORE_OK && version == from) {
        const struct step *step = &STEPS[from];
        status = face->script(database, face->is_sqlite ? step->sqlite : step->postgres);
        if (status == STORE_OK) {
            status = face->set_version(database, from + 1);
        }
    }
    if (status == STORE_OK) {
        return face->commit(database);
    }
    face->rollback(database);
    return status;
}

enum store_status database_migrate(struct database *database, int64_t until)
{
    assert(database != NULL);
    assert(until >= 0 && until <= SCHEMA_VERSION);
    int64_t version = 0;
    enum store_status status = database->face->version(database, &version);
    if (status == STORE_OK && version > SCHEMA_VERSION) {
        return database_fault(database, STORE_REFUSED,
                              "its schema is version %lld, and this program knows %d",
                              (long long)version, SCHEMA_VERSION);
    }
    for (; status == STORE_OK && version < until; version++) {
        status = take_step(database, version);
    }
    return status;
}

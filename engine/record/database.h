/*
 * A database: what the record needs of SQLite or PostgreSQL, and nothing more.
 *
 * One struct of functions, two files behind it. Everything above is written once: the same SQL,
 * with $1, $2, ... for values in the order of their first use, runs on both. A statement is a
 * string that lives as long as the program: it is prepared once and found again by its address.
 *
 * One thread at a time; store.c keeps that.
 */
#ifndef DATABASE_H
#define DATABASE_H

#include "diagnostic.h"
#include "text.h"

/* How a call on the store ended. */
enum store_status {
    STORE_OK = 0,
    STORE_NONE,     /* there is no such thing */
    STORE_CONFLICT, /* a constraint: somebody was first */
    STORE_REFUSED,  /* a rule of the record says no; the diagnostic says which */
    STORE_BUSY,     /* a passing fault: another writer holds it, the server restarts */
    STORE_FULL,     /* the disk or its quota is full */
    STORE_BROKEN,   /* what is stored contradicts itself */
    STORE_FAULT,    /* cannot be opened, read or written for another reason */
    STORE_MEMORY
};

/* Name a status: "ok", "conflict", ... */
const char *store_status_name(enum store_status status);

/* A value in a row, or for a placeholder. */
enum sql_type { SQL_NULL, SQL_INT, SQL_TEXT, SQL_BLOB };
struct sql_value {
    enum sql_type type;
    int64_t n;
    struct text bytes; /* of text and blob; borrowed */
};

/* Cells for arguments. A NULL text is empty, not NULL. */
struct sql_value sql_int(int64_t n);
struct sql_value sql_text(struct text text);
struct sql_value sql_blob(const void *at, size_t length);

/* Takes one row; anything but STORE_OK ends the statement with that. Cells die with the call. */
typedef enum store_status row_taker(void *context, const struct sql_value *cells, size_t count);

/* A statement with its values. */
struct query {
    const char *sql; /* static */
    const struct sql_value *values;
    size_t count;
    row_taker *take; /* NULL: rows are passed over */
    void *context;
};

struct database;

/* What a backend does. */
struct database_face {
    const char *name; /* "sqlite" */
    bool is_sqlite;   /* the schema's column types are SQLite's */
    /* Begin a transaction; one that writes keeps out every other writer until it ends, and sees
     * what they wrote. */
    enum store_status (*begin)(struct database *database, bool is_write);
    /* End it. After STORE_OK from a transaction that wrote, what it wrote is on the disk. */
    enum store_status (*commit)(struct database *database);
    void (*rollback)(struct database *database);
    enum store_status (*run)(struct database *database, const struct query *query);
    /* The schema's version, 0 for an empty store; and setting it within a transaction. */
    enum store_status (*version)(struct database *database, int64_t *out);
    enum store_status (*set_version)(struct database *database, int64_t version);
    /* Run several statements without values or rows. */
    enum store_status (*script)(struct database *database, const char *sql);
    /* Copy everything into a new file while others go on; NULL if the backend cannot. */
    enum store_status (*backup)(struct database *database, const char *path);
    void (*close)(struct database *database);
};

/* The part that every backend begins with. */
struct database {
    const struct database_face *face;
    char fault[256]; /* what went wrong last, for people */
};

/* Remember what went wrong. returns the status that it was given */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
enum store_status
database_fault(struct database *database, enum store_status status, const char *format, ...);

/* How a store is opened. */
struct database_place {
    const char *name; /* a path, or postgresql://… */
    bool is_made;     /* it may be made if it is not there */
    bool is_read;     /* only to be read */
};

/*
 * Open a SQLite file.
 *
 * out      receives the database, in the arena; ended by its close
 * fault    receives what went wrong, if the answer is not STORE_OK; 256 bytes
 */
enum store_status sqlite_open(struct database **out, struct arena *arena,
                              const struct database_place *place, char fault[256]);

/* Open a PostgreSQL database; STORE_FAULT where amicus was built without libpq. */
enum store_status postgres_open(struct database **out, struct arena *arena,
                                const struct database_place *place, char fault[256]);

/*
 * Bring a store to the newest schema, step by step, in one transaction each.
 *
 * until    the version to stop at; SCHEMA_VERSION for all
 * returns  STORE_OK; STORE_REFUSED if the store is newer than this program
 */
enum store_status database_migrate(struct database *database, int64_t until);

/* The newest schema that this program knows. */
#define SCHEMA_VERSION 2

#endif

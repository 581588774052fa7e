/*
 * What the files of the store share.
 */
#ifndef STORE_PARTS_H
#define STORE_PARTS_H

#include "store.h"
#include "tables.h"

#include <threads.h>

struct ticket; /* of the queue in store_queue.c */

struct store {
    struct arena *arena;
    struct database *database;
    const struct store_host *host;
    struct hasher hasher;
    struct log log;
    mtx_t door;   /* over the database, and everything above */
    mtx_t desk;   /* over the queue */
    cnd_t called; /* a ticket was answered, or the clerk went */
    bool has_locks;
    bool is_served; /* some thread is the clerk */
    struct ticket *first, *last;
};

/* Run a statement. */
enum store_status store_run(struct store *store, const struct query *query);

/* Find one row; STORE_NONE if there is none. */
enum store_status store_run_one(struct store *store, const struct query *query);

/* A row to be put: columns of its table, and what follows the head in its payload. */
struct new_row {
    enum kept_kind kind;
    const struct sql_value *columns;
    struct text rest;
    struct text actor;
    int64_t at_s;
};

/* Put a row with its payload and its entry, within a transaction. id receives its number. */
enum store_status store_put(struct store *store, const struct new_row *row, int64_t *id);

/* Take a submission in, within a transaction: see store_submit. */
enum store_status submission_take(struct store *store, const struct submission *submission,
                                  struct receipt *receipt);

/* Take a signature in, within a transaction. */
enum store_status signature_take(struct store *store, const struct signature *signature,
                                 struct receipt *receipt);

/* Who it is behind "uid:0/anna": the name that was claimed, else the whole. */
struct text actor_person(struct text actor);

/* Refuse: fill in code and words. returns status */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
enum store_status
receipt_refuse(struct receipt *receipt, enum store_status status, const char *code,
               const char *format, ...);

#endif

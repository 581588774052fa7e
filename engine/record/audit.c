/*
 * Verifying a store.
 *
 * One pass over the log computes every leaf and every complete subtree anew, and at the size of
 * each checkpoint, kept or from elsewhere, the root. Then one pass over each table compares its
 * rows with their entries: kind, subject, actor, payload, and the line that the payload begins
 * with. Counts in both directions find what has no partner.
 *
 * The first fault is kept, with the newest checkpoint that still holds: what is before that is as
 * it was. Everything is read in one transaction, so writers may go on.
 *
 * Cost: four hashes an entry, and one for each payload.
 */
#include "audit.h"

#include "tables.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define RECORD_BYTES_MAX ((size_t)1 << 20)

/* A checkpoint of the store. */
struct kept_checkpoint {
    uint64_t size;
    uint8_t root[DIGEST_BYTES];
    struct text note;
};

struct auditor {
    struct store *store;
    struct database *database;
    struct audit_report *report;
    struct audit_claim *claims;
    size_t claim_count;
    struct audit_keys keys;
    struct arena *arena; /* for one record or line at a time */
    struct hasher hasher;
    uint64_t next; /* the entry that must come */
    uint8_t peaks[MERKLE_LEVELS][DIGEST_BYTES];
    uint64_t entries[KEPT_COUNT];        /* by kind */
    struct kept_checkpoint *checkpoints; /* of the store, by size */
    size_t checkpoint_count, checkpoint_capacity, checkpoint_next;
    struct arena *long_arena;
    enum kept_kind table; /* that is being compared */
};

/* Keep the first fault. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
static void
find_fault(struct auditor *auditor, int64_t seq, const char *format, ...)
{
    struct audit_report *report = auditor->report;
    if (report->is_broken) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(report->fault, sizeof report->fault, format, arguments);
    va_end(arguments);
    report->is_broken = true;
    report->bad_seq = seq;
}

/* --- keys --- */

static enum store_status take_key(void *context, const struct sql_value *cells, size_t count)
{
    struct audit_keys *out = context;
    assert(count == 1);
    if (out->count < AUDIT_KEYS_MAX &&
        verifier_read(&out->keys[out->count], cells[0].bytes) == AMICUS_OK) {
        out->count++;
    }
    return STORE_OK;
}

enum store_status audit_find_keys(struct store *store, struct audit_keys *out)
{
    assert(store != NULL);
    assert(out != NULL);
    out->count = 0;
    struct database *database = store_database(store);
    return database->face->run(database, &(struct query){"SELECT subject FROM audit WHERE kind ="
                                                         " 'checkpoint_key' ORDER BY seq",
                                                         NULL, 0, take_key, out});
}

bool audit_is_signed(const struct audit_keys *keys, const struct checkpoint *checkpoint)
{
    assert(keys != NULL);
    assert(checkpoint != NULL);
    for (size_t i = 0; i < keys->count; i++) {
        if (text_is(checkpoint->origin, keys->keys[i].name) &&
            checkpoint_is_signed(checkpoint, &keys->keys[i], NULL)) {
            return true;
        }
    }
    return false;
}

/* --- checkpoints --- */

static enum store_status take_checkpoint(void *context, const struct sql_value *cells, size_t count)
{
    struct auditor *auditor = context;
    void *all = auditor->checkpoints;
    assert(count == 3);
    if (arena_grow(auditor->long_arena, &all, &auditor->checkpoint_capacity,
                   auditor->checkpoint_count, sizeof *auditor->checkpoints) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    auditor->checkpoints = all;
    struct kept_checkpoint *one = &auditor->checkpoints[auditor->checkpoint_count++];
    one->size = (uint64_t)cells[0].n;
    memset(one->root, 0, DIGEST_BYTES);
    memcpy(one->root, cells[1].bytes.at,
           cells[1].bytes.length < DIGEST_BYTES ? cells[1].bytes.length : DIGEST_BYTES);
    return text_copy(&one->note, auditor->long_arena, cells[2].bytes) == AMICUS_OK ? STORE_OK
                                                                                   : STORE_MEMORY;
}

/* The root of the first `size` leaves, whose peaks are those that were computed last. */
static void root_now(struct auditor *auditor, uint64_t size, uint8_t out[DIGEST_BYTES])
{
    bool has_any = false;
    for (unsigned level = 0; level < MERKLE_LEVELS; level++) {
        if (((size >> level) & 1) == 0) {
            continue;
        }
        if (has_any) {
            hasher_node(&auditor->hasher, out, auditor->peaks[level], out);
        } else {
            memcpy(out, auditor->peaks[level], DIGEST_BYTES);
        }
        has_any = true;
    }
    if (!has_any) {
        hasher_join(&auditor->hasher, out, NULL, 0);
    }
}

static void check_kept(struct auditor *auditor, const struct kept_checkpoint *one,
                       const uint8_t root[DIGEST_BYTES])
{
    struct checkpoint checkpoint;
    bool is_read = checkpoint_read(&checkpoint, one->note) && checkpoint.size == one->size &&
                   memcmp(checkpoint.root, one->root, DIGEST_BYTES) == 0;
    int64_t last = (int64_t)one->size - 1;
    if (!is_read || !audit_is_signed(&auditor->keys, &checkpoint)) {
        find_fault(auditor, last, "the checkpoint of size %llu is not signed by the log's key",
                   (unsigned long long)one->size);
    } else if (memcmp(root, one->root, DIGEST_BYTES) != 0) {
        find_fault(auditor, last, "the checkpoint of size %llu has another root",
                   (unsigned long long)one->size);
    } else if (!auditor->report->is_broken) {
        auditor->report->held_size = one->size;
    }
}

/* Compare the root at a size with every checkpoint of that size. */
static void check_size(struct auditor *auditor, uint64_t size)
{
    uint8_t root[DIGEST_BYTES];
    bool has_root = false;
    for (size_t i = 0; i < auditor->claim_count; i++) {
        struct audit_claim *claim = &auditor->claims[i];
        if (claim->checkpoint.size != size) {
            continue;
        }
        root_now(auditor, size, root);
        claim->is_held = memcmp(root, claim->checkpoint.root, DIGEST_BYTES) == 0;
        if (!claim->is_held) {
            find_fault(auditor, (int64_t)size - 1,
                       "at size %llu the log is not what %s says: another root",
                       (unsigned long long)size, claim->name);
        }
    }
    while (auditor->checkpoint_next < auditor->checkpoint_count &&
           auditor->checkpoints[auditor->checkpoint_next].size == size) {
        if (!has_root) {
            root_now(auditor, size, root);
            has_root = true;
        }
        check_kept(auditor, &auditor->checkpoints[auditor->checkpoint_next++], root);
    }
}

/* --- the log --- */

static void count_entry(struct auditor *auditor, struct text kind)
{
    for (unsigned i = 0; i < KEPT_COUNT; i++) {
        const char *entry = kept_tables[i].entry;
        bool is_decision = text_is(kind, "accept") || text_is(kind, "override");
        if (entry == NULL ? is_decision : text_is(kind, entry)) {
            auditor->entries[i]++;
        }
    }
}

/* Compute the subtrees that a leaf completes; they become the peaks. */
static void raise(struct auditor *auditor, uint64_t seq, const uint8_t leaf[DIGEST_BYTES],
                  uint8_t *nodes, size_t *count)
{
    uint8_t hash[DIGEST_BYTES];
    unsigned level = 0;
    memcpy(hash, leaf, DIGEST_BYTES);
    for (; ((seq >> level) & 1) != 0; level++) {
        hasher_node(&auditor->hasher, hash, auditor->peaks[level], hash);
        memcpy(nodes + (size_t)level * DIGEST_BYTES, hash, DIGEST_BYTES);
    }
    memcpy(auditor->peaks[level], hash, DIGEST_BYTES);
    *count = level;
}

static bool is_bytes(const struct sql_value *cell, const uint8_t *bytes, size_t length)
{
    return cell->bytes.length == length &&
           (length == 0 || memcmp(cell->bytes.at, bytes, length) == 0);
}

static enum store_status take_entry(void *context, const struct sql_value *cells, size_t count)
{
    struct auditor *auditor = context;
    uint8_t leaf[DIGEST_BYTES];
    uint8_t nodes[MERKLE_LEVELS * DIGEST_BYTES];
    struct builder builder;
    struct text record;
    size_t node_count;
    assert(count == 8);
    if (cells[0].type != SQL_INT || (uint64_t)cells[0].n != auditor->next ||
        cells[5].type != SQL_BLOB) {
        find_fault(auditor, (int64_t)auditor->next, "entry %llu is missing",
                   (unsigned long long)auditor->next);
        return STORE_BROKEN;
    }
    struct log_entry entry = log_entry_of(cells);
    arena_reset(auditor->arena);
    builder_start(&builder, auditor->arena);
    log_write_record(&builder, &entry);
    if (builder_end(&record, &builder) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    hasher_leaf(&auditor->hasher, leaf, record);
    raise(auditor, entry.seq, leaf, nodes, &node_count);
    if (!is_bytes(&cells[6], leaf, DIGEST_BYTES) ||
        (cells[5].bytes.length != 0 && cells[5].bytes.length != DIGEST_BYTES)) {
        find_fault(auditor, cells[0].n, "entry %llu does not have the hash that it had",
                   (unsigned long long)entry.seq);
    } else if (!is_bytes(&cells[7], nodes, node_count * DIGEST_BYTES)) {
        find_fault(auditor, cells[0].n, "the tree at entry %llu is not that of the entries",
                   (unsigned long long)entry.seq);
    }
    count_entry(auditor, entry.kind);
    auditor->next++;
    check_size(auditor, auditor->next);
    return STORE_OK;
}

static enum store_status read_log(struct auditor *auditor)
{
    struct query query = {"SELECT " LOG_COLUMNS ", leaf, nodes FROM audit ORDER BY seq", NULL, 0,
                          take_entry, auditor};
    return auditor->database->face->run(auditor->database, &query);
}

/* --- rows --- */

/* The line that a row's payload must begin with, and the subject of its entry. */
static enum store_status write_expected(struct auditor *auditor, const struct sql_value *columns,
                                        struct text *head, struct text *subject)
{
    struct builder builder;
    arena_reset(auditor->arena);
    builder_start(&builder, auditor->arena);
    kept_write_head(&builder, &kept_tables[auditor->table], columns);
    if (builder_end(head, &builder) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    builder_start(&builder, auditor->arena);
    kept_write_subject(&builder, auditor->table, columns);
    return builder_end(subject, &builder) == AMICUS_OK ? STORE_OK : STORE_MEMORY;
}

static bool is_payload(struct auditor *auditor, const struct sql_value *cells, struct text head)
{
    uint8_t digest[DIGEST_BYTES];
    const struct sql_value *salt = &cells[1];
    struct text body = cells[2].bytes;
    if (salt->bytes.length != SALT_BYTES || body.length < head.length ||
        memcmp(body.at, head.at, head.length) != 0) {
        return false;
    }
    payload_digest(&auditor->hasher, digest, (const uint8_t *)salt->bytes.at, body);
    return is_bytes(&cells[0], digest, DIGEST_BYTES);
}

/* id, columns, payload; entry's kind, subject, payload, actor; salt, body. */
static enum store_status take_row(void *context, const struct sql_value *cells, size_t count)
{
    struct auditor *auditor = context;
    const struct kept_table *table = &kept_tables[auditor->table];
    const struct sql_value *columns = cells + 1;
    const struct sql_value *payload = columns + table->count;
    const struct sql_value *entry = payload + 1;
    struct text head;
    struct text subject;
    assert(count == table->count + 8);
    enum store_status status = write_expected(auditor, columns, &head, &subject);
    if (status != STORE_OK) {
        return status;
    }
    bool has_actor = strcmp(table->keys[0], "actor") == 0;
    bool is_entered = entry[0].type == SQL_TEXT &&
                      text_equal(entry[0].bytes, kept_entry_kind(auditor->table, columns)) &&
                      text_equal(entry[1].bytes, subject) &&
                      text_equal(entry[2].bytes, payload->bytes) &&
                      (!has_actor || text_equal(entry[3].bytes, columns[0].bytes));
    const struct sql_value parts[3] = {*payload, entry[4], entry[5]};
    if (!is_entered) {
        find_fault(auditor, cells[0].n, "a %s of entry %lld is not the one that was entered",
                   table->entry == NULL ? "decision" : table->entry, (long long)cells[0].n);
    } else if (!is_payload(auditor, parts, head)) {
        find_fault(auditor, cells[0].n, "what entry %lld recorded has been changed or is gone",
                   (long long)cells[0].n);
    }
    auditor->report->rows[auditor->table]++;
    return STORE_OK;
}

static enum store_status read_tables(struct auditor *auditor)
{
    enum store_status status = STORE_OK;
    for (unsigned i = 0; i < KEPT_COUNT && status == STORE_OK; i++) {
        struct query query = {kept_tables[i].check, NULL, 0, take_row, auditor};
        auditor->table = (enum kept_kind)i;
        status = auditor->database->face->run(auditor->database, &query);
        if (status == STORE_OK && auditor->report->rows[i] != auditor->entries[i]) {
            find_fault(auditor, -1, "the log has %llu entries of the kind %s, the table %llu rows",
                       (unsigned long long)auditor->entries[i],
                       kept_tables[i].entry == NULL ? "decision" : kept_tables[i].entry,
                       (unsigned long long)auditor->report->rows[i]);
        }
    }
    return status;
}

static enum store_status take_bad(void *context, const struct sql_value *cells, size_t count)
{
    assert(count == 1);
    find_fault(context, cells[0].n, "decision %lld does not follow the one that it supersedes",
               (long long)cells[0].n);
    return STORE_OK;
}

static enum store_status take_payloads(void *context, const struct sql_value *cells, size_t count)
{
    struct auditor *auditor = context;
    uint64_t rows = 0;
    assert(count == 1);
    for (unsigned i = 0; i < KEPT_COUNT; i++) {
        rows += auditor->report->rows[i];
    }
    if ((uint64_t)cells[0].n != rows) {
        find_fault(auditor, -1, "there are %lld payloads for %llu rows", (long long)cells[0].n,
                   (unsigned long long)rows);
    }
    return STORE_OK;
}

static enum store_status read_chains(struct auditor *auditor)
{
    static const char SQL[] =
        "SELECT d.id FROM decision d LEFT JOIN decision e ON e.id = d.supersedes"
        " LEFT JOIN ruling r ON r.id = d.ruling_id"
        " WHERE r.id IS NULL OR r.case_id <> d.case_id OR (d.supersedes <> 0 AND"
        " (e.id IS NULL OR e.case_id <> d.case_id OR e.id >= d.id)) ORDER BY d.id";
    struct query chains = {SQL, NULL, 0, take_bad, auditor};
    struct query payloads = {"SELECT count(*) FROM payload", NULL, 0, take_payloads, auditor};
    enum store_status status = auditor->database->face->run(auditor->database, &chains);
    return status == STORE_OK ? auditor->database->face->run(auditor->database, &payloads) : status;
}

/* --- all of it --- */

/* What was never reached: checkpoints of more entries than there are. */
static void check_ends(struct auditor *auditor)
{
    for (size_t i = 0; i < auditor->claim_count; i++) {
        const struct audit_claim *claim = &auditor->claims[i];
        if (claim->checkpoint.size > auditor->next) {
            find_fault(auditor, (int64_t)auditor->next,
                       "%s saw %llu entries, and the log has %llu: its end is gone", claim->name,
                       (unsigned long long)claim->checkpoint.size,
                       (unsigned long long)auditor->next);
        }
        if (!audit_is_signed(&auditor->keys, &claim->checkpoint)) {
            find_fault(auditor, -1, "%s is not signed by a key that the log names", claim->name);
        }
    }
    if (auditor->checkpoint_next < auditor->checkpoint_count) {
        find_fault(auditor, (int64_t)auditor->next,
                   "there is a checkpoint of %llu entries, and the log has %llu: its end is gone",
                   (unsigned long long)auditor->checkpoints[auditor->checkpoint_next].size,
                   (unsigned long long)auditor->next);
    }
}

static enum store_status audit_all(struct auditor *auditor)
{
    struct query query = {"SELECT size, root, note FROM checkpoint ORDER BY size", NULL, 0,
                          take_checkpoint, auditor};
    enum store_status status = audit_find_keys(auditor->store, &auditor->keys);
    if (status == STORE_OK) {
        status = auditor->database->face->run(auditor->database, &query);
    }
    if (status == STORE_OK) {
        status = read_log(auditor);
    }
    if (status == STORE_OK) {
        root_now(auditor, auditor->next, auditor->report->root);
        check_ends(auditor);
        status = read_tables(auditor);
    }
    if (status == STORE_OK) {
        status = read_chains(auditor);
    }
    auditor->report->size = auditor->next;
    auditor->report->checkpoints = auditor->checkpoint_count;
    return status;
}

static enum store_status audit_in(struct auditor *auditor)
{
    const struct database_face *face = auditor->database->face;
    enum store_status status = face->begin(auditor->database, false);
    if (status == STORE_OK) {
        status = audit_all(auditor);
        face->rollback(auditor->database);
    }
    if (auditor->hasher.failed) {
        return database_fault(auditor->database, STORE_FAULT, "hashing failed");
    }
    if (status == STORE_BROKEN) {
        find_fault(auditor, -1, "%s", auditor->database->fault);
        return STORE_OK;
    }
    return status;
}

enum store_status audit_verify(struct store *store, struct audit_claim *claims, size_t count,
                               struct audit_report *report)
{
    assert(store != NULL && report != NULL);
    assert(claims != NULL || count == 0);
    struct auditor auditor = {.store = store,
                              .database = store_database(store),
                              .report = report,
                              .claims = claims,
                              .claim_count = count};
    *report = (struct audit_report){.bad_seq = -1};
    enum store_status status = STORE_MEMORY;
    if (arena_open(&auditor.arena, RECORD_BYTES_MAX) == AMICUS_OK &&
        arena_open(&auditor.long_arena, (size_t)1 << 30) == AMICUS_OK) {
        status = audit_in(&auditor);
    }
    arena_close(auditor.long_arena);
    arena_close(auditor.arena);
    return status;
}

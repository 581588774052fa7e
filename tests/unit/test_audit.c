/*
 * Promises of the audit: whoever changes the file behind the record's back is found out. The tests
 * do what an insider can do who has the disk: they take the guards off and write what they like.
 */
#define _DEFAULT_SOURCE

#include "store_kit.h"

#include <stdlib.h>

#define CASES      12
#define FILE_BYTES ((size_t)4 << 20)

static char g_folder[64];
static char g_sound[128], g_copy[128];
static struct text g_note; /* a checkpoint that was kept elsewhere */
static struct arena *g_arena;
static struct signer g_signer;
static uint8_t g_root[DIGEST_BYTES];
static uint64_t g_size;

/* A store with cases, overrides that were superseded, and a signature. */
static void make_sound(void)
{
    static const uint8_t SEED[KEY_BYTES] = {5};
    struct receipt receipt;
    struct store *store = kit_open(g_sound);
    CU_ASSERT_EQUAL_FATAL(signer_of(&g_signer, "amicus/record/x", KEY_LOG, SEED), AMICUS_OK);
    for (unsigned i = 1; i <= CASES; i++) {
        struct sample sample;
        sample_of(&sample, i, 1);
        CU_ASSERT_EQUAL_FATAL(submit(store, &sample, &receipt), STORE_OK);
        sample.decision.kind = text_of("override");
        sample.decision.reason = text_of("settlement");
        sample.decision.supersedes = receipt.decision_id;
        sample.decision.has_threshold = true;
        sample.decision.moved_minor = 500;
        sample.decision.second = text_of("uid:8/ben");
        CU_ASSERT_EQUAL_FATAL(submit(store, &sample, &receipt), STORE_OK);
        CU_ASSERT_EQUAL_FATAL(store_checkpoint(store, &g_signer, 1748822400, g_arena, &g_note),
                              STORE_OK);
    }
    struct audit_report report;
    CU_ASSERT_EQUAL_FATAL(audit_verify(store, NULL, 0, &report), STORE_OK);
    CU_ASSERT_FALSE_FATAL(report.is_broken);
    CU_ASSERT_EQUAL(report.held_size, report.size);
    memcpy(g_root, report.root, DIGEST_BYTES);
    g_size = report.size;
    CU_ASSERT_EQUAL_FATAL(store_backup(store, g_copy), STORE_OK);
    store_close(store);
    CU_ASSERT_EQUAL_FATAL(rename(g_copy, g_sound), 0);
}

static size_t read_file(const char *path, char *bytes)
{
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    size_t length = fread(bytes, 1, FILE_BYTES, file);
    (void)fclose(file);
    return length;
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    char beside[160];
    (void)snprintf(beside, sizeof beside, "%s-wal", path);
    (void)unlink(beside);
    (void)snprintf(beside, sizeof beside, "%s-shm", path);
    (void)unlink(beside);
    FILE *file = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL_FATAL(fwrite(bytes, 1, length, file), length);
    CU_ASSERT_EQUAL_FATAL(fclose(file), 0);
}

enum found { FOUND_SOUND, FOUND_BROKEN, FOUND_UNREADABLE };

/* Audit the copy, with or without the checkpoint that was kept elsewhere. */
static enum found audit_copy(bool has_claim)
{
    amicus_diagnostics *list;
    struct store *store = NULL;
    const struct database_place place = {g_copy, false, true};
    struct audit_report report;
    struct audit_claim claim = {.name = "elsewhere"};
    CU_ASSERT_TRUE_FATAL(checkpoint_read(&claim.checkpoint, g_note));
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    enum found found = FOUND_UNREADABLE;
    if (store_open(&store, &place, &HOST, list) == STORE_OK &&
        audit_verify(store, &claim, has_claim ? 1 : 0, &report) == STORE_OK) {
        found = report.is_broken ? FOUND_BROKEN : FOUND_SOUND;
        if (found == FOUND_SOUND) {
            CU_ASSERT_EQUAL(report.size, g_size);
            CU_ASSERT_EQUAL(memcmp(report.root, g_root, DIGEST_BYTES), 0);
        }
    }
    store_close(store);
    amicus_diagnostics_close(list);
    return found;
}

/* Take the guards off a fresh copy and run a statement. */
static void edit_copy(const char *bytes, size_t length, const char *sql)
{
    static const char *const TABLES[] = {"audit",  "payload",  "case_version", "rulebook",
                                         "ruling", "decision", "approval",     "checkpoint"};
    write_file(g_copy, bytes, length);
    struct store *store = kit_open(g_copy);
    struct database *database = store_database(store);
    char drop[128];
    for (size_t i = 0; i < sizeof TABLES / sizeof TABLES[0]; i++) {
        (void)snprintf(drop, sizeof drop, "DROP TRIGGER %s_keeps; DROP TRIGGER %s_stays", TABLES[i],
                       TABLES[i]);
        CU_ASSERT_EQUAL_FATAL(database->face->script(database, drop), STORE_OK);
    }
    CU_ASSERT_EQUAL_FATAL(database->face->script(database, "PRAGMA foreign_keys=OFF"), STORE_OK);
    if (database->face->script(database, sql) != STORE_OK) {
        printf("    %s: %s\n", sql, database->fault);
        CU_FAIL("the edit failed");
    }
    store_close(store);
}

static void every_edit_of_a_row_is_found(void)
{
    static const char *const EDITS[] = {
        "UPDATE audit SET at = at + 1 WHERE seq = 9",
        "UPDATE audit SET actor = 'uid:7/bert' WHERE seq = 9",
        "UPDATE audit SET kind = 'accept' WHERE kind = 'override' AND seq > 20",
        "UPDATE audit SET subject = 'T-9/1' WHERE seq = 0",
        "UPDATE audit SET payload = x'' WHERE seq = 9",
        "UPDATE audit SET leaf = zeroblob(32) WHERE seq = 9",
        "UPDATE audit SET nodes = zeroblob(length(nodes)) WHERE seq = 7",
        "UPDATE audit SET nodes = x'' WHERE seq = 7",
        "DELETE FROM audit WHERE seq = 9",
        "UPDATE audit SET seq = 1000 WHERE seq = (SELECT max(seq) FROM audit)",
        "UPDATE payload SET body = CAST(CAST(body AS TEXT) || ' ' AS BLOB) WHERE rowid = 3",
        "UPDATE payload SET salt = zeroblob(32) WHERE rowid = 3",
        "DELETE FROM payload WHERE rowid = 3",
        "INSERT INTO payload VALUES (9999, zeroblob(32), x'00')",
        "UPDATE case_version SET n = 2 WHERE case_id = 'T-3'",
        "UPDATE case_version SET digest = replace(digest, 'a', 'b') WHERE case_id = 'T-3'",
        "DELETE FROM case_version WHERE case_id = 'T-3'",
        "UPDATE rulebook SET version = '2'",
        "UPDATE ruling SET outcome = 'refund_full' WHERE case_id = 'T-3'",
        "UPDATE ruling SET as_of = as_of + 1 WHERE case_id = 'T-3'",
        "UPDATE ruling SET policy_date = '2025-01-01T00:00:00Z' WHERE case_id = 'T-3'",
        "DELETE FROM ruling WHERE case_id = 'T-12'",
        "UPDATE decision SET outcome = 'split' WHERE case_id = 'T-3'",
        "UPDATE decision SET actor = 'uid:1/eve' WHERE case_id = 'T-3'",
        "UPDATE decision SET reason = 'policy_gap' WHERE case_id = 'T-3'",
        "UPDATE decision SET supersedes = 7 WHERE case_id = 'T-3' AND supersedes > 0",
        "UPDATE decision SET needs_second = 0 WHERE case_id = 'T-3'",
        "UPDATE decision SET moved = 1 WHERE case_id = 'T-3'",
        "DELETE FROM decision WHERE case_id = 'T-12' AND supersedes > 0",
        "UPDATE decision SET ruling_id = (SELECT max(id) FROM ruling) WHERE case_id = 'T-3'",
        "UPDATE approval SET verdict = 'no' WHERE decision_id > 20",
        "DELETE FROM approval",
        "UPDATE checkpoint SET root = zeroblob(32) WHERE size > 20",
        "UPDATE checkpoint SET note = replace(note, 'amicus', 'amicas')",
        "UPDATE checkpoint SET size = size + 1000 WHERE size = (SELECT max(size) FROM checkpoint)",
        "DELETE FROM audit WHERE kind = 'checkpoint_key'",
    };
    char *bytes = arena_give(g_arena, FILE_BYTES);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    size_t length = read_file(g_sound, bytes);
    for (size_t i = 0; i < sizeof EDITS / sizeof EDITS[0]; i++) {
        edit_copy(bytes, length, EDITS[i]);
        enum found found = audit_copy(false);
        CU_ASSERT_EQUAL(found, FOUND_BROKEN);
        if (found != FOUND_BROKEN) {
            printf("    not found: %s\n", EDITS[i]);
        }
    }
    edit_copy(bytes, length, "SELECT 1");
    CU_ASSERT_EQUAL(audit_copy(true), FOUND_SOUND);
}

static void a_tail_cut_off_with_its_checkpoints_is_found_by_a_checkpoint_kept_elsewhere(void)
{
    char *bytes = arena_give(g_arena, FILE_BYTES);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    size_t length = read_file(g_sound, bytes);
    edit_copy(bytes, length,
              "DELETE FROM approval WHERE id >= 40; DELETE FROM decision WHERE id >= 40;"
              "DELETE FROM ruling WHERE id >= 40; DELETE FROM case_version WHERE id >= 40;"
              "DELETE FROM payload WHERE id >= 40;"
              "DELETE FROM audit WHERE seq >= 40; DELETE FROM checkpoint WHERE size > 40");
    amicus_diagnostics *list;
    struct store *store = NULL;
    const struct database_place place = {g_copy, false, true};
    struct audit_report report;
    struct audit_claim claim = {.name = "elsewhere"};
    CU_ASSERT_TRUE_FATAL(checkpoint_read(&claim.checkpoint, g_note));
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(store_open(&store, &place, &HOST, list), STORE_OK);
    /* The chain alone cannot tell; that is why a witness exists. */
    CU_ASSERT_EQUAL(audit_verify(store, NULL, 0, &report), STORE_OK);
    CU_ASSERT_FALSE(report.is_broken);
    CU_ASSERT_EQUAL(audit_verify(store, &claim, 1, &report), STORE_OK);
    CU_ASSERT_TRUE(report.is_broken);
    store_close(store);
    amicus_diagnostics_close(list);
}

static void a_log_made_anew_with_the_stolen_key_is_found_by_a_checkpoint_kept_elsewhere(void)
{
    struct receipt receipt;
    struct text note;
    (void)unlink(g_copy);
    struct store *store = kit_open(g_copy);
    for (unsigned i = 1; i <= 2 * CASES; i++) {
        struct sample sample;
        sample_of(&sample, i, 1);
        CU_ASSERT_EQUAL_FATAL(submit(store, &sample, &receipt), STORE_OK);
    }
    CU_ASSERT_EQUAL_FATAL(store_checkpoint(store, &g_signer, 1748822400, g_arena, &note), STORE_OK);
    struct audit_report report;
    struct audit_claim claim = {.name = "elsewhere"};
    CU_ASSERT_TRUE_FATAL(checkpoint_read(&claim.checkpoint, g_note));
    CU_ASSERT_EQUAL(audit_verify(store, NULL, 0, &report), STORE_OK);
    CU_ASSERT_FALSE(report.is_broken);
    CU_ASSERT_EQUAL(audit_verify(store, &claim, 1, &report), STORE_OK);
    CU_ASSERT_TRUE(report.is_broken);
    store_close(store);
}

/* xorshift64*: the same bits on every machine. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

static void a_flipped_bit_of_the_file_is_found_or_changes_nothing(void)
{
    uint64_t state = 20250602;
    unsigned counts[3] = {0, 0, 0};
    char *bytes = arena_give(g_arena, FILE_BYTES);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    size_t length = read_file(g_sound, bytes);
    for (unsigned i = 0; i < 300; i++) {
        size_t at = (size_t)(next_random(&state) % length);
        char bit = (char)(1 << (next_random(&state) % 8));
        bytes[at] = (char)(bytes[at] ^ bit);
        write_file(g_copy, bytes, length);
        counts[audit_copy(true)]++;
        bytes[at] = (char)(bytes[at] ^ bit);
    }
    printf("    %u changed nothing, %u found, %u unreadable\n", counts[FOUND_SOUND],
           counts[FOUND_BROKEN], counts[FOUND_UNREADABLE]);
    CU_ASSERT_TRUE(counts[FOUND_BROKEN] + counts[FOUND_UNREADABLE] > 80);
}

int main(void)
{
    static CU_TestInfo tests[] = {
        {"a sound record is sound", make_sound},
        {"every edit of a row is found", every_edit_of_a_row_is_found},
        {"a tail cut off with its checkpoints is found by a checkpoint kept elsewhere",
         a_tail_cut_off_with_its_checkpoints_is_found_by_a_checkpoint_kept_elsewhere},
        {"a log made anew with the stolen key is found by a checkpoint kept elsewhere",
         a_log_made_anew_with_the_stolen_key_is_found_by_a_checkpoint_kept_elsewhere},
        {"a flipped bit of the file is found or changes nothing",
         a_flipped_bit_of_the_file_is_found_or_changes_nothing},
        CU_TEST_INFO_NULL};
    (void)snprintf(g_folder, sizeof g_folder, "/tmp/amicus-audit-XXXXXX");
    if (mkdtemp(g_folder) == NULL || arena_open(&g_arena, (size_t)64 << 20) != AMICUS_OK) {
        return 2;
    }
    (void)snprintf(g_sound, sizeof g_sound, "%s/sound.db", g_folder);
    (void)snprintf(g_copy, sizeof g_copy, "%s/copy.db", g_folder);
    int code = suite_run("audit", tests);
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", g_folder);
    arena_close(g_arena);
    return system(command) == 0 ? code : 2;
}

/*
 * The store, on whichever backend: one body of tests. Without a word on the command line it is a
 * SQLite file in a folder of its own; with one, it is that place, such as postgresql:///?host=…
 */
#define _DEFAULT_SOURCE

#include "store_kit.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 8
#define EACH    40

static char g_folder[128];
static const char *g_place; /* of the server; NULL: SQLite */
static unsigned g_cases;    /* so that no two tests speak of one case */

static struct store *open_at(const char *name)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s.db", g_folder, name);
    return kit_open(g_place == NULL ? path : g_place);
}

static void expect_sound(struct store *store)
{
    struct audit_report report;
    enum store_status status = audit_verify(store, NULL, 0, &report);
    CU_ASSERT_EQUAL(status, STORE_OK);
    CU_ASSERT_FALSE(report.is_broken);
    if (report.is_broken || status != STORE_OK) {
        printf("    %s: %s %s\n", store_status_name(status), report.fault, store_fault(store));
    }
}

static struct kept_decision standing_of(struct store *store, const char *id, struct arena *arena)
{
    struct kept_decision standing;
    CU_ASSERT_EQUAL(store_find_standing(store, text_of(id), arena, &standing), STORE_OK);
    return standing;
}

static struct arena *open_arena(void)
{
    struct arena *arena = NULL;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, (size_t)16 << 20), AMICUS_OK);
    return arena;
}

/* --- promises --- */

static void what_is_recorded_is_found_again_after_closing(void)
{
    struct sample sample;
    struct receipt receipt;
    struct kept_case found;
    struct kept_ruling ruling;
    struct kept_book book;
    struct arena *arena = open_arena();
    struct store *store = open_at("again");
    sample_of(&sample, ++g_cases, 1);
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_OK);
    store_close(store);
    store = open_at("again");
    CU_ASSERT_EQUAL(store_find_case(store, text_of(sample.id), 0, arena, &found), STORE_OK);
    CU_ASSERT_EQUAL(found.n, 1);
    CU_ASSERT_TRUE(text_is(found.bytes, "amicus: case/1\n"));
    CU_ASSERT_TRUE(text_is(found.digest, sample.digest));
    CU_ASSERT_EQUAL(store_find_ruling(store, receipt.ruling_id, arena, &ruling), STORE_OK);
    CU_ASSERT_TRUE(text_is(ruling.json, "{\"outcome\":\"release_full\"}"));
    CU_ASSERT_EQUAL(store_find_book(store, ruling.rulebook, arena, &book), STORE_OK);
    CU_ASSERT_TRUE(text_is(book.bytes, "the bytes of a rulebook"));
    struct kept_decision standing = standing_of(store, sample.id, arena);
    CU_ASSERT_EQUAL(standing.id, receipt.decision_id);
    CU_ASSERT_TRUE(text_is(standing.actor, "uid:7/anna"));
    CU_ASSERT_TRUE(text_is(standing.detail, "{\"cites\":[]}"));
    expect_sound(store);
    store_close(store);
    arena_close(arena);
}

static void what_is_not_there_is_not_found(void)
{
    struct kept_case found;
    struct arena *arena = open_arena();
    struct store *store = open_at("none");
    CU_ASSERT_EQUAL(store_find_case(store, text_of("nobody"), 0, arena, &found), STORE_NONE);
    CU_ASSERT_EQUAL(standing_of(store, "nobody", arena).id, 0);
    store_close(store);
    arena_close(arena);
}

static void a_case_that_changed_gets_a_version_and_an_old_one_is_refused(void)
{
    struct sample first;
    struct sample second;
    struct receipt receipt;
    struct store *store = open_at("versions");
    sample_of(&first, ++g_cases, 1);
    sample_of(&second, g_cases, 2);
    CU_ASSERT_EQUAL(submit(store, &first, &receipt), STORE_OK);
    CU_ASSERT_EQUAL(receipt.case_n, 1);
    second.decision.supersedes = receipt.decision_id;
    CU_ASSERT_EQUAL(submit(store, &second, &receipt), STORE_OK);
    CU_ASSERT_EQUAL(receipt.case_n, 2);
    first.decision.supersedes = receipt.decision_id;
    CU_ASSERT_EQUAL(submit(store, &first, &receipt), STORE_REFUSED);
    CU_ASSERT_STRING_EQUAL(receipt.code, "R0301");
    expect_sound(store);
    store_close(store);
}

static void a_decision_that_did_not_see_the_last_one_is_refused_and_leaves_no_trace(void)
{
    struct sample sample;
    struct receipt first;
    struct receipt receipt;
    struct arena *arena = open_arena();
    struct store *store = open_at("conflict");
    sample_of(&sample, ++g_cases, 1);
    CU_ASSERT_EQUAL(submit(store, &sample, &first), STORE_OK);
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_CONFLICT);
    CU_ASSERT_STRING_EQUAL(receipt.code, "R0302");
    CU_ASSERT_EQUAL(receipt.standing_id, first.decision_id);
    CU_ASSERT_EQUAL(receipt.size, first.size);
    sample.decision.supersedes = first.decision_id;
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_OK);
    CU_ASSERT_EQUAL(standing_of(store, sample.id, arena).supersedes, first.decision_id);
    expect_sound(store);
    store_close(store);
    arena_close(arena);
}

static void a_large_override_waits_for_another_person_and_small_steps_add_up(void)
{
    struct sample sample;
    struct receipt receipt;
    struct arena *arena = open_arena();
    struct store *store = open_at("second");
    sample_of(&sample, ++g_cases, 1);
    sample.decision.has_threshold = true;
    sample.decision.threshold_minor = 100;
    sample.decision.moved_minor = 60;
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_OK);
    sample.decision.supersedes = receipt.decision_id;
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_REFUSED);
    CU_ASSERT_STRING_EQUAL(receipt.code, "R0303");
    sample.decision.second = text_of("uid:8/anna");
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_REFUSED);
    sample.decision.second = text_of("");
    sample.decision.may_wait = true;
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_OK);
    CU_ASSERT_TRUE(receipt.is_waiting);
    CU_ASSERT_EQUAL(standing_of(store, sample.id, arena).state, STANDS_WAITING);
    struct signature own = {text_of("uid:9/anna"), 1748822400, receipt.decision_id, true};
    struct signature other = {text_of("uid:7/ben"), 1748822400, receipt.decision_id, true};
    CU_ASSERT_EQUAL(store_sign(store, &own, &receipt), STORE_REFUSED);
    CU_ASSERT_EQUAL(store_sign(store, &other, &receipt), STORE_OK);
    CU_ASSERT_EQUAL(standing_of(store, sample.id, arena).state, STANDS_IN_FORCE);
    CU_ASSERT_EQUAL(store_sign(store, &other, &receipt), STORE_REFUSED);
    expect_sound(store);
    store_close(store);
    arena_close(arena);
}

/* --- threads --- */

struct worker {
    struct store *store;
    unsigned first;
    unsigned done, lost;
    bool is_rival; /* all decide the same case */
};

static void *work(void *context)
{
    struct worker *worker = context;
    for (unsigned i = 0; i < EACH; i++) {
        struct sample sample;
        struct receipt receipt;
        sample_of(&sample, worker->is_rival ? worker->first + i : worker->first * EACH + i, 1);
        enum store_status status = submit(worker->store, &sample, &receipt);
        worker->done += status == STORE_OK;
        worker->lost += status == STORE_CONFLICT;
    }
    return NULL;
}

static unsigned run_workers(struct store *store, bool is_rival, unsigned *lost)
{
    pthread_t threads[THREADS];
    struct worker workers[THREADS];
    unsigned done = 0;
    unsigned base = g_cases + 1;
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){store, is_rival ? base : base + i, 0, 0, is_rival};
        CU_ASSERT_EQUAL_FATAL(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    *lost = 0;
    for (unsigned i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
        done += workers[i].done;
        *lost += workers[i].lost;
    }
    g_cases += (THREADS + 1) * (EACH + 1) * EACH;
    return done;
}

static void threads_share_a_store_and_every_answer_is_true(void)
{
    unsigned lost;
    struct store *store = open_at("threads");
    CU_ASSERT_EQUAL(run_workers(store, false, &lost), THREADS * EACH);
    CU_ASSERT_EQUAL(lost, 0);
    expect_sound(store);
    store_close(store);
}

static void of_rivals_for_one_case_exactly_one_wins_and_the_others_are_told(void)
{
    unsigned lost;
    struct store *store = open_at("rivals");
    CU_ASSERT_EQUAL(run_workers(store, true, &lost), EACH);
    CU_ASSERT_EQUAL(lost, (THREADS - 1) * EACH);
    expect_sound(store);
    store_close(store);
}

/* --- processes that are killed --- */

/* Record cases until killed; each that was confirmed is told by its number. */
static void write_until_killed(const char *name, int out, unsigned first)
{
    struct store *store = open_at(name);
    for (unsigned i = 0;; i++) {
        struct sample sample;
        struct receipt receipt;
        sample_of(&sample, first + i, 1);
        unsigned number = first + i;
        if (submit(store, &sample, &receipt) == STORE_OK &&
            write(out, &number, sizeof number) != sizeof number) {
            _exit(1);
        }
    }
}

static void a_writer_that_is_killed_loses_nothing_that_it_confirmed(void)
{
    struct arena *arena = open_arena();
    store_close(open_at("killed"));
    for (unsigned round = 0; round < 12; round++) {
        int ends[2];
        CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
        unsigned first = g_cases + 1;
        pid_t pid = fork();
        if (pid == 0) {
            (void)close(ends[0]);
            write_until_killed("killed", ends[1], first);
        }
        (void)close(ends[1]);
        (void)usleep(20000 + round * 7001);
        (void)kill(pid, SIGKILL);
        (void)waitpid(pid, NULL, 0);
        struct store *store = open_at("killed");
        unsigned number;
        unsigned count = 0;
        while (read(ends[0], &number, sizeof number) == sizeof number) {
            char id[32];
            (void)snprintf(id, sizeof id, "T-%u", number);
            arena_reset(arena);
            CU_ASSERT_NOT_EQUAL(standing_of(store, id, arena).id, 0);
            count++;
        }
        (void)close(ends[0]);
        g_cases += count + 2;
        expect_sound(store);
        store_close(store);
    }
    arena_close(arena);
}

/* --- checkpoints --- */

static void a_checkpoint_is_signed_kept_and_agreed_with(void)
{
    static const uint8_t SEED[KEY_BYTES] = {7};
    struct signer signer;
    struct sample sample;
    struct receipt receipt;
    struct text note;
    struct arena *arena = open_arena();
    struct store *store = open_at("signed");
    CU_ASSERT_EQUAL(signer_of(&signer, "amicus/record/test", KEY_LOG, SEED), AMICUS_OK);
    sample_of(&sample, ++g_cases, 1);
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_OK);
    CU_ASSERT_EQUAL(store_checkpoint(store, &signer, 1748822400, arena, &note), STORE_OK);
    struct audit_claim claim = {.name = "the note"};
    CU_ASSERT_TRUE(checkpoint_read(&claim.checkpoint, note));
    CU_ASSERT_TRUE(checkpoint_is_signed(&claim.checkpoint, &signer.verifier, NULL));
    sample_of(&sample, ++g_cases, 1);
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_OK);
    struct audit_report report;
    CU_ASSERT_EQUAL(audit_verify(store, &claim, 1, &report), STORE_OK);
    CU_ASSERT_FALSE(report.is_broken);
    CU_ASSERT_TRUE(claim.is_held);
    CU_ASSERT_EQUAL(report.held_size, claim.checkpoint.size);
    claim.checkpoint.root[0] ^= 1;
    CU_ASSERT_EQUAL(audit_verify(store, &claim, 1, &report), STORE_OK);
    CU_ASSERT_TRUE(report.is_broken);
    store_close(store);
    arena_close(arena);
}

static void the_record_cannot_be_edited_through_the_database(void)
{
    struct store *store = open_at("edited");
    struct sample sample;
    struct receipt receipt;
    sample_of(&sample, ++g_cases, 1);
    CU_ASSERT_EQUAL(submit(store, &sample, &receipt), STORE_OK);
    struct database *database = store_database(store);
    static const char *const EDITS[] = {"UPDATE decision SET outcome = 'split'",
                                        "DELETE FROM decision", "UPDATE audit SET at = 0",
                                        "DELETE FROM payload"};
    for (size_t i = 0; i < sizeof EDITS / sizeof EDITS[0]; i++) {
        CU_ASSERT_NOT_EQUAL(database->face->script(database, EDITS[i]), STORE_OK);
    }
    expect_sound(store);
    store_close(store);
}

int main(int count, char **words)
{
    static CU_TestInfo tests[] = {
        {"what is recorded is found again after closing",
         what_is_recorded_is_found_again_after_closing},
        {"what is not there is not found", what_is_not_there_is_not_found},
        {"a case that changed gets a version, and an old one is refused",
         a_case_that_changed_gets_a_version_and_an_old_one_is_refused},
        {"a decision that did not see the last one is refused and leaves no trace",
         a_decision_that_did_not_see_the_last_one_is_refused_and_leaves_no_trace},
        {"a large override waits for another person, and small steps add up",
         a_large_override_waits_for_another_person_and_small_steps_add_up},
        {"threads share a store, and every answer is true",
         threads_share_a_store_and_every_answer_is_true},
        {"of rivals for one case exactly one wins, and the others are told",
         of_rivals_for_one_case_exactly_one_wins_and_the_others_are_told},
        {"a writer that is killed loses nothing that it confirmed",
         a_writer_that_is_killed_loses_nothing_that_it_confirmed},
        {"a checkpoint is signed, kept and agreed with",
         a_checkpoint_is_signed_kept_and_agreed_with},
        {"the record cannot be edited through the database",
         the_record_cannot_be_edited_through_the_database},
        CU_TEST_INFO_NULL};
    g_place = count > 1 ? words[1] : NULL;
    (void)snprintf(g_folder, sizeof g_folder, "/tmp/amicus-store-XXXXXX");
    if (mkdtemp(g_folder) == NULL) {
        return 2;
    }
    int code = suite_run("store", tests);
    char command[256];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", g_folder);
    return system(command) == 0 ? code : 2;
}

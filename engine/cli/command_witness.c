/*
 * amicus audit witness: keep the last checkpoint that was seen, and sign a newer one only with a
 * proof that the log has done nothing but grow.
 *
 * It needs no store: what `amicus audit consistency SIZE` prints is enough, in a file or on stdin.
 * Where the store can be read, it asks for that proof itself. The state is written beside its place
 * and put there by rename, so a witness never forgets what it saw.
 */
#include "ledger.h"
#include "proof.h"
#include "witness.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STATE_FILE_MAX ((size_t)64 << 10)

/* What one call works with. */
struct watch {
    struct session *session;
    struct ledger ledger;
    const char *state_path;
    struct witness before;
    bool has_before;
    struct text offer;
};

static int refuse_file(struct watch *watch, const char *path, const char *code, const char *what)
{
    diagnostics_add(watch->ledger.list, AMICUS_ERROR, code, (struct place){path, 0, 0},
                    "check the path and what it holds", "%s", what);
    return ledger_say(&watch->ledger, EXIT_INPUT);
}

/* Read what the witness knows; nothing at the first time. */
static int read_state(struct watch *watch)
{
    struct text bytes;
    if (access(watch->state_path, F_OK) != 0) {
        return EXIT_DONE;
    }
    if (file_read(&bytes, watch->ledger.arena, watch->state_path, STATE_FILE_MAX) != AMICUS_OK) {
        return refuse_file(watch, watch->state_path, "U0201", strerror(errno));
    }
    watch->has_before = witness_read(&watch->before, bytes);
    return watch->has_before
               ? EXIT_DONE
               : refuse_file(watch, watch->state_path, "R0402", "it is no state of a witness");
}

/* Take the proof from a file, or ask the store for it. */
static int read_offer(struct watch *watch)
{
    if (watch->session->options.operand_count == 1) {
        const char *path = watch->session->options.operands[0];
        amicus_status status = file_read(&watch->offer, watch->ledger.arena, path, STATE_FILE_MAX);
        return status == AMICUS_OK ? EXIT_DONE : refuse_file(watch, path, "U0201", strerror(errno));
    }
    struct builder builder;
    builder_start(&builder, watch->ledger.arena);
    uint64_t size1 = watch->has_before ? watch->before.checkpoint.size : 1;
    enum store_status status = proof_write_growth(&builder, watch->ledger.store, size1, 0);
    if (status == STORE_NONE) {
        /* The store has fewer entries than were seen: offer what it has, to be refused. */
        status = proof_write_growth(&builder, watch->ledger.store, 1, 0);
    }
    int code = ledger_fail(&watch->ledger, status);
    return code == EXIT_DONE && builder_end(&watch->offer, &builder) != AMICUS_OK ? EXIT_AGAIN
                                                                                  : code;
}

static int write_state(struct watch *watch, struct text state)
{
    struct draft_file draft;
    amicus_status status = file_draft(&draft, watch->ledger.arena, watch->state_path);
    if (status == AMICUS_OK) {
        (void)fwrite(state.at, 1, state.length, draft.stream);
        status = file_commit(&draft);
    }
    if (status != AMICUS_OK) {
        diagnostics_add(watch->ledger.list, AMICUS_ERROR, "U0204",
                        (struct place){watch->state_path, 0, 0}, "make room",
                        "the state cannot be written: %s", strerror(errno));
        return ledger_say(&watch->ledger, EXIT_OUTPUT);
    }
    struct witness now;
    if (!witness_read(&now, state)) {
        return EXIT_BUG;
    }
    session_put(watch->session, FORMAT_HUMAN, now.checkpoint.note);
    return EXIT_DONE;
}

static int look(struct watch *watch)
{
    struct signer signer;
    struct builder builder;
    struct text state;
    int code = ledger_key(&watch->ledger, &signer, KEY_WITNESS, watch->state_path);
    if (code != EXIT_DONE) {
        return ledger_say(&watch->ledger, code);
    }
    builder_start(&builder, watch->ledger.arena);
    amicus_status status =
        witness_take(&builder, watch->has_before ? &watch->before : NULL, watch->offer, &signer,
                     watch->ledger.now_s, watch->ledger.list);
    signer_wipe(&signer);
    if (status == AMICUS_OK) {
        status = builder_end(&state, &builder);
    }
    code = ledger_say(&watch->ledger, status == AMICUS_INVALID ? EXIT_DIFFERS : exit_of(status));
    return code == EXIT_DONE ? write_state(watch, state) : code;
}

int command_audit_witness(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count <= 1);
    struct watch watch = {.session = session};
    watch.state_path = options_value(&session->options, OPTION_STATE);
    bool needs_store = session->options.operand_count == 0;
    int code = ledger_open(&watch.ledger, session, needs_store ? LEDGER_READ : LEDGER_TRY);
    if (code == EXIT_DONE && watch.state_path == NULL) {
        diagnostics_add(watch.ledger.list, AMICUS_ERROR, "U0103", (struct place){"", 0, 0},
                        "add --state FILE", "a witness remembers what it saw in a file");
        code = ledger_say(&watch.ledger, EXIT_USAGE);
    }
    if (code == EXIT_DONE) {
        code = read_state(&watch);
    }
    if (code == EXIT_DONE) {
        code = read_offer(&watch);
    }
    if (code == EXIT_DONE) {
        code = look(&watch);
    }
    ledger_close(&watch.ledger);
    return code;
}

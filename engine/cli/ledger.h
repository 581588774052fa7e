/*
 * A ledger: the record as one call of amicus uses it: where it is, chance, the clock, the key.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include "intake.h"
#include "signer.h"
#include "store.h"

struct ledger {
    struct session *session;
    const char *place; /* a path, or postgresql://… */
    struct store *store;
    struct arena *arena; /* as long as the ledger */
    int64_t now_s;       /* read once */
    amicus_diagnostics *list;
};

/* What a ledger is opened for. */
enum ledger_use {
    LEDGER_READ,  /* it must be there */
    LEDGER_WRITE, /* it is made if it is not */
    LEDGER_TRY    /* it is opened if it is there: ledger->store is NULL else */
};

/*
 * Open the record that --store, AMICUS_STORE, or the user's data folder names. What goes wrong is
 * said.
 *
 * out      receives it; always to be ended by ledger_close
 * returns  an exit code
 */
int ledger_open(struct ledger *out, struct session *session, enum ledger_use use);

/* Make the record of a ledger that was opened with LEDGER_TRY and found none. returns an exit code
 */
int ledger_make(struct ledger *ledger);

/* The folder in which the record lies, or would; of one on a server the user's data folder, which is
 * made. NULL if there is none. */
const char *ledger_folder(struct ledger *ledger);

/* Close a ledger. */
void ledger_close(struct ledger *ledger);

/* The exit code for a status, having said what the store says; EXIT_DONE for STORE_OK. */
int ledger_fail(struct ledger *ledger, enum store_status status);

/* Say and clear the ledger's diagnostics. returns the exit code that it was given */
int ledger_say(struct ledger *ledger, int code);

/*
 * Find the key of a type beside a path, or the one that --key names; a new one is made if there is
 * none, with mode 0600. A key that others can read is refused.
 *
 * out      receives it, to be wiped
 * beside   path whose name with ".key" it has
 * returns  an exit code; what is wrong is in the ledger's list
 */
int ledger_key(struct ledger *ledger, struct signer *out, enum key_type type, const char *beside);

/* Sign the record as it is now, if there is a key. A failure is said as a warning. note: receives
 * the checkpoint, or empty. returns an exit code, for who needs it */
int ledger_checkpoint(struct ledger *ledger, struct text *note);

/* Who acts: "uid:1000", or "uid:1000/anna" with --by. NULL, having said so, if the name is none. */
const char *ledger_actor(struct ledger *ledger, enum option option);

/* Fill in a host that takes its chance from the system. */
extern const struct store_host ledger_host;

#endif

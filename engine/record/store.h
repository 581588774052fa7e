/*
 * The store: cases by version, rulebooks, rulings and decisions, each with its entry in the log.
 *
 * Nothing is ever edited. What is submitted goes into one transaction with its entries; when the
 * call returns STORE_OK, it is on the disk and survives a crash of program, system or power, as far
 * as the disk keeps its promises. Submissions of several threads share a commit.
 */
#ifndef STORE_H
#define STORE_H

#include "checkpoint.h"
#include "log.h"

/* What the store needs of the world above: chance, for the salts of payloads. */
struct store_host {
    void *context;
    bool (*random)(void *context, uint8_t *out, size_t length);
};

struct store;

/*
 * Open a store.
 *
 * out      receives it; ended by store_close; NULL on failure
 * place    a path, or postgresql://…
 * host     borrowed; must outlive the store
 * list     receives R01xx if it cannot be opened
 * returns  STORE_OK; STORE_NONE if it is not there and may not be made; others
 */
enum store_status store_open(struct store **out, const struct database_place *place,
                             const struct store_host *host, amicus_diagnostics *list);

/* Close a store. NULL is allowed. */
void store_close(struct store *store);

/* The database and the log of a store, for its other readers: audit, proofs. While they work, no
 * other thread may use the store. */
struct database *store_database(struct store *store);
struct log *store_log(struct store *store);

/* A version of a case. All texts are borrowed. */
struct kept_case {
    struct text id;
    int64_t n;          /* from 1 */
    struct text digest; /* hex; of what the case says */
    struct text bytes;  /* as it was given */
};

/* A rulebook; bytes may be empty in a submission if the store has it. */
struct kept_book {
    struct text digest, name, version;
    struct text bytes; /* of a bundle */
};

/* A ruling. */
struct kept_ruling {
    int64_t id;
    struct text case_id;
    int64_t case_n;
    struct text rulebook, engine, outcome, digest;
    int64_t as_of_s;
    struct text policy_date; /* an instant, or empty: that of the case */
    struct text json;        /* canonical */
};

/* How a decision stands. */
enum standing_state { STANDS_IN_FORCE, STANDS_WAITING, STANDS_REFUSED };

/* A decision. */
struct kept_decision {
    int64_t id; /* of its entry; 0: there is none */
    int64_t ruling_id, supersedes;
    int64_t at_s;
    struct text kind, actor, outcome, reason;
    int64_t moved_minor;
    bool needs_second;
    enum standing_state state;
    struct text second; /* who signed, or empty */
    struct text detail; /* JSON: division, evidence, note */
};

/* What a decision says, in a submission. */
struct decision_submission {
    struct text kind, outcome, reason, detail;
    int64_t supersedes;      /* the decision that the reviewer saw; 0: none */
    int64_t moved_minor;     /* against the decision before, or the suggestion */
    bool has_threshold;      /* a second person must sign above it */
    int64_t threshold_minor; /* of all that was moved since the ruling */
    struct text second;      /* who signs with it, or empty */
    bool may_wait;           /* record it as waiting if nobody signs */
};

struct submission {
    struct text actor;
    int64_t at_s;
    struct kept_case subject; /* its n is found here */
    struct kept_book book;
    struct kept_ruling ruling;                  /* its id, case and rulebook are found here */
    const struct decision_submission *decision; /* NULL: only the ruling is recorded */
    bool is_trial;                              /* do it all, answer truly, and leave no trace */
};

/* What became of a submission. */
struct receipt {
    enum store_status status;
    const char *code; /* of the diagnostic, if status is REFUSED or CONFLICT; else "" */
    char words[192];  /* why it was refused */
    int64_t case_n;
    int64_t ruling_id, decision_id;
    int64_t standing_id; /* of the decision that stands, if it was another than was seen */
    bool is_waiting;     /* for a second signature */
    uint64_t size;       /* of the log afterwards */
};

/* Record a decision, with the case, the rulebook and the ruling if they are not there. Threads may
 * call it at the same time. returns receipt->status */
enum store_status store_submit(struct store *store, const struct submission *submission,
                               struct receipt *receipt);

/* A second signature. */
struct signature {
    struct text actor;
    int64_t at_s;
    int64_t decision_id;
    bool is_yes;
};

/* Record a second signature on a decision that waits for one. returns receipt->status */
enum store_status store_sign(struct store *store, const struct signature *signature,
                             struct receipt *receipt);

/* Record an entry without a row: checkpoint_key, export. */
enum store_status store_note(struct store *store, const struct log_entry *entry,
                             struct receipt *receipt);

/* Find a version of a case; n 0 is the newest. STORE_NONE if there is none. Texts live in arena. */
enum store_status store_find_case(struct store *store, struct text id, int64_t n,
                                  struct arena *arena, struct kept_case *out);

/* Find a rulebook by its digest. */
enum store_status store_find_book(struct store *store, struct text digest, struct arena *arena,
                                  struct kept_book *out);

/* Find a ruling by its id. */
enum store_status store_find_ruling(struct store *store, int64_t id, struct arena *arena,
                                    struct kept_ruling *out);

/* Find the decision that stands for a case: the last of its chain. out->id is 0 if there is none.
 */
enum store_status store_find_standing(struct store *store, struct text case_id, struct arena *arena,
                                      struct kept_decision *out);

/* Find a decision by its id. */
enum store_status store_find_decision(struct store *store, int64_t id, struct arena *arena,
                                      struct kept_decision *out);

/* Tell whether a rulebook is in the store. */
enum store_status store_has_book(struct store *store, struct text digest, bool *out);

/* Ids of rulings from an instant on, in the order of recording. */
struct ruling_ids {
    struct arena *arena;
    int64_t *ids;
    size_t count, capacity;
};
enum store_status store_list_rulings(struct store *store, struct text case_id, int64_t since_s,
                                     struct ruling_ids *out);

/* Ids of the decisions that stand, one a case, in the order of recording. Those that wait for a
 * signature or were refused are among them. */
enum store_status store_list_standing(struct store *store, struct ruling_ids *out);

/* The newest checkpoint; an empty note if there is none. */
enum store_status store_find_checkpoint(struct store *store, struct arena *arena, struct text *note,
                                        int64_t *at_s);

/*
 * Sign the log as it is now and keep the checkpoint.
 *
 * signer   its name is the log's origin. The first one, and any that the log does not know, is
 *          entered first
 * note     receives the checkpoint; lives in arena. If the log has not grown, the newest one
 */
enum store_status store_checkpoint(struct store *store, const struct signer *signer, int64_t at_s,
                                   struct arena *arena, struct text *note);

/* Copy a store into a new file. */
enum store_status store_backup(struct store *store, const char *path);

/* The last fault in words. */
const char *store_fault(const struct store *store);

/* The codes of this layer, R01xx to R04xx. */
extern const struct code_table record_codes;

#endif

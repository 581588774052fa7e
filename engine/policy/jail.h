/*
 * The jail: policy scripts run in child processes that can only compute.
 *
 * One launcher process is forked when the engine opens, before any case, key or thread exists; it
 * forks the jails on demand, so that a jail inherits nothing of a case. See jail.c for the order of
 * steps. Where the jail cannot be set up, amicus refuses to run Lua: there is no way around it.
 */
#ifndef JAIL_H
#define JAIL_H

#include "diagnostic.h"
#include "value.h"

#include "amicus/rulebook.h"

/* One script to run. All texts are borrowed for the call. */
struct script {
    struct text path;         /* inside the rulebook's tree, for messages: "common/quality.lua" */
    struct text bytes;        /* the source */
    const struct text *roots; /* global names that stand for root paths: "case", "due", ... */
    uint32_t root_count;
};

/*
 * Check a script's bytes before Lua sees them: encoding, controls, and the tokens that rule files
 * must not use. Adds one diagnostic (P02xx) a fault.
 *
 * script   the script
 * list     receives the faults
 * returns  OK; INVALID if there are any; MEMORY
 */
AMICUS_MUST_CHECK amicus_status source_check(const struct script *script, amicus_diagnostics *list);

/*
 * Run a script in a jail of its own and take what it declares.
 *
 * message  receives the declarations as in symbol.h, beginning with "AMR1"; not yet checked: read
 *          it with message_read; lives in arena
 * engine   whose launcher forks the jail
 * script   what to run; source_check is called first
 * arena    where the message goes
 * list     receives why there is none: source faults, errors of the script, limits
 * returns  OK; INVALID the script has faults; JAIL a limit was hit or the jail was killed (also a
 *          diagnostic); MEMORY
 */
AMICUS_MUST_CHECK amicus_status script_run(struct text *message, struct amicus_engine *engine,
                                           const struct script *script, struct arena *arena,
                                           amicus_diagnostics *list);

/* A jail that answers predicate calls of one script. */
struct predicate_session;

/*
 * Open a session: run the script in a jail and keep it there for calls.
 *
 * out      receives the session; ended by predicate_close; NULL on failure
 * returns  OK, JAIL, MEMORY
 */
AMICUS_MUST_CHECK amicus_status predicate_open(struct predicate_session **out,
                                               struct amicus_engine *engine,
                                               const struct script *script);

/*
 * Call a predicate.
 *
 * answer   receives what it returned
 * session  an open session; after JAIL it is dead and must be closed
 * ordinal  the n-th predicate of the script, from 0
 * values   plain values: bool, int, bps, minutes, money, instant, date, duration (in its count),
 *          and text; the member of an enum as TYPE_TEXT; all known
 * count    how many
 * returns  OK; JAIL if it ran out of steps, memory or time, raised an error or gave no boolean
 */
AMICUS_MUST_CHECK amicus_status predicate_call(bool *answer, struct predicate_session *session,
                                               uint32_t ordinal, const struct value *values,
                                               uint32_t count);

/* End a session and its jail. NULL is allowed. */
void predicate_close(struct predicate_session *session);

/* The codes of scripts and the jail, P02xx and P03xx. */
extern const struct code_table jail_codes;

#endif

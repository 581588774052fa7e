/*
 * Rulebooks: policy written as Lua scripts, compiled into an immutable image.
 *
 * Caveats first.
 * - amicus_engine_open forks a small launcher process, from which the jails for policy scripts are
 *   forked. Call it early: before threads, and before files, keys or cases are open, so that no
 *   jail inherits them. The process that calls this library never runs a policy script itself.
 *   The launcher ends with the thread that opened the engine, so that must be a thread that stays.
 * - A rulebook is read-only and may be shared by threads. Predicates are called in a jail, one at a
 *   time.
 */
#ifndef AMICUS_RULEBOOK_H
#define AMICUS_RULEBOOK_H

#include "amicus/amicus.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The launcher of jails, and what is shared by all rulebooks. */
typedef struct amicus_engine amicus_engine;

/* A compiled policy. */
typedef struct amicus_rulebook amicus_rulebook;

/*
 * Open an engine: fork the launcher.
 *
 * out      receives the engine; the caller ends it with amicus_engine_close; NULL on failure
 * returns  OK; MEMORY; JAIL if no launcher can be forked. Whether the jail holds here is tried at
 *          the first script: a rulebook that needs one then gives JAIL, with a diagnostic
 */
AMICUS_API AMICUS_MUST_CHECK amicus_status amicus_engine_open(amicus_engine **out);

/*
 * Keep compiled rulebooks in a folder, so that the next process need not run their scripts.
 *
 * A kept image is found by a digest of everything that it was made from and is checked before it is
 * used, so it is never out of date; whatever is wrong with one, the scripts are run. A rulebook
 * that comes from a kept image gives no warnings. Files are only ever added; the folder may be
 * emptied at any time.
 *
 * engine   the engine; not while a rulebook is being loaded
 * folder   an existing folder that only its owner can write to; NULL keeps nothing, as at first
 * returns  OK; MEMORY if the path is longer than 60,000 bytes
 */
AMICUS_API AMICUS_MUST_CHECK amicus_status amicus_engine_keep(amicus_engine *engine,
                                                              const char *folder);

/*
 * Close an engine: the launcher and every jail of it end.
 *
 * engine   the engine, or NULL; its rulebooks must be closed before
 */
AMICUS_API void amicus_engine_close(amicus_engine *engine);

/*
 * Load a rulebook from its folder: read rulebook.yaml, run each Lua file in a jail, check and
 * compile what they declare.
 *
 * out      receives the rulebook; the caller ends it with amicus_rulebook_close; NULL on failure
 * engine   borrowed, must outlive the rulebook
 * folder   path of the folder that holds rulebook.yaml
 * list     receives what is wrong with the policy, with place and mend; all faults at once
 * returns  OK      perhaps with warnings in list
 *          INVALID a script or the manifest has errors
 *          JAIL    a script ran out of steps, memory or time
 *          IO      the folder or a file cannot be read (also a diagnostic)
 *          LIMIT, MEMORY, INTERNAL
 */
AMICUS_API AMICUS_MUST_CHECK amicus_status amicus_rulebook_load(amicus_rulebook **out,
                                                                amicus_engine *engine,
                                                                const char *folder,
                                                                amicus_diagnostics *list);

/*
 * Close a rulebook.
 *
 * rulebook  the rulebook, or NULL; its cases and rulings must be closed before
 */
AMICUS_API void amicus_rulebook_close(amicus_rulebook *rulebook);

/*
 * The name that the manifest gives.
 *
 * rulebook  the rulebook
 * returns   such as "upwork"; borrowed from the rulebook
 */
AMICUS_API const char *amicus_rulebook_name(const amicus_rulebook *rulebook);

/*
 * The version that the manifest gives.
 *
 * rulebook  the rulebook
 * returns   such as "2026.1"; borrowed from the rulebook
 */
AMICUS_API const char *amicus_rulebook_version(const amicus_rulebook *rulebook);

/*
 * The digest of the compiled policy; does not depend on the order of files or declarations.
 *
 * rulebook  the rulebook
 * out       receives 64 lower-case hex digits and a NUL
 */
AMICUS_API void amicus_rulebook_digest(const amicus_rulebook *rulebook, char out[65]);

#ifdef __cplusplus
}
#endif

#endif

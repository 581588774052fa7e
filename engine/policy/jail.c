/*
 * The engine: opening it forks the launcher and proves that the jail holds.
 *
 * A jail that is not there is worse than none, because everything else relies on it. So no script
 * runs before two children have behaved: one that makes a forbidden call must die of it, and one
 * that runs a small script must answer with what the script declares; the script also tries what
 * this Lua must do otherwise than its library does: sorted pairs, whole numbers, sorting by bytes.
 * The two run at the same time. The proof is made at the first script, not when the engine opens: a
 * ruling on a compiled rulebook runs none.
 */
#include "jail.h"

#include "jail_job.h"
#include "launcher.h"
#include "limit.h"

#include <assert.h>
#include <signal.h>
#include <string.h>

/* The engine itself. */
#define ENGINE_BYTES ((size_t)64 << 10)

/* The self-test's request and answer. */
#define SELF_TEST_BYTES ((size_t)16 << 20)

/* Fails to declare if pairs is not sorted, whole numbers wrap strangely, or a sort is unstable. */
static const char SELF_TEST[] =
    "local keys = ''\n"
    "for key in pairs { b = 1, a = 2, d = 3, c = 4, [2] = 5, [1] = 6 } do keys = keys .. key end\n"
    "assert(keys == '12abcd')\n"
    "assert(7 // 2 == 3 and -7 // 2 == -4 and -7 % 3 == 2)\n"
    "assert(math.type(2) == 'integer' and tonumber('1.5') == nil)\n"
    "local words = { 'b', 'B', 'a' }\n"
    "table.sort(words)\n"
    "assert(table.concat(words) == 'Bab')\n"
    "assert(('x'):rep(3):find('x', 2, true) == 2)\n"
    "flag 'self_test' { when = any { true, false } }\n";

/* Start a child that makes a forbidden call. */
static bool start_trespass(struct job *job, struct amicus_engine *engine, struct arena *arena)
{
    const struct script nothing = {{NULL, 0}, {NULL, 0}, NULL, 0};
    if (job_start(job, engine) != AMICUS_OK) {
        return false;
    }
    if (job_request(job, JOB_TRESPASS, &nothing, arena) == AMICUS_OK) {
        return true;
    }
    job_close(job, NULL);
    return false;
}

/* It must have died of it. */
static bool has_died_of_it(struct job *job)
{
    struct job_end end;
    job_close(job, &end);
    return end.is_known && !end.is_late && end.signal == SIGSYS;
}

/* A script must give the message that it declares. */
static bool script_runs(struct amicus_engine *engine, struct arena *arena)
{
    amicus_diagnostics *list = NULL;
    struct text message = {NULL, 0};
    const struct script script = {TEXT("self-test"), TEXT(SELF_TEST), NULL, 0};
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return false;
    }
    amicus_status status = script_run_unproven(&message, engine, &script, arena, list);
    amicus_diagnostics_close(list);
    return status == AMICUS_OK && message.length > 5 && message.at[4] == 'D' &&
           message.at[message.length - 1] == 'Z';
}

static amicus_status test_jail(struct amicus_engine *engine)
{
    struct arena *arena = NULL;
    if (arena_open(&arena, SELF_TEST_BYTES) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    struct job trespass;
    bool is_started = start_trespass(&trespass, engine, arena);
    bool holds = is_started && script_runs(engine, arena);
    holds = is_started && has_died_of_it(&trespass) && holds;
    arena_close(arena);
    return holds ? AMICUS_OK : AMICUS_JAIL;
}

amicus_status engine_prove(struct amicus_engine *engine)
{
    assert(engine != NULL);
    assert(engine->socket >= 0);
    if (mtx_lock(&engine->lock) != thrd_success) {
        return AMICUS_JAIL;
    }
    if (!engine->is_tested) {
        engine->proof = test_jail(engine);
        engine->is_tested = engine->proof != AMICUS_MEMORY;
    }
    amicus_status proof = engine->proof;
    (void)mtx_unlock(&engine->lock);
    return proof;
}

amicus_status amicus_engine_open(amicus_engine **out)
{
    assert(out != NULL);
    *out = NULL;
    struct arena *arena = NULL;
    if (arena_open(&arena, ENGINE_BYTES) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    struct amicus_engine *engine = arena_give(arena, sizeof *engine);
    if (engine == NULL || mtx_init(&engine->lock, mtx_plain) != thrd_success) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    engine->arena = arena;
    amicus_status status = launcher_start(engine);
    if (status != AMICUS_OK) {
        mtx_destroy(&engine->lock);
        arena_close(arena);
        return status;
    }
    *out = engine;
    return AMICUS_OK;
}

amicus_status amicus_engine_keep(amicus_engine *engine, const char *folder)
{
    assert(engine != NULL);
    assert(engine->arena != NULL);
    engine->kept = NULL;
    if (folder == NULL) {
        return AMICUS_OK;
    }
    engine->kept = arena_copy(engine->arena, folder, strlen(folder));
    return engine->kept != NULL ? AMICUS_OK : AMICUS_MEMORY;
}

void amicus_engine_close(amicus_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    assert(engine->arena != NULL);
    assert(engine->launcher > 0);
    struct arena *arena = engine->arena;
    launcher_stop(engine);
    mtx_destroy(&engine->lock);
    arena_close(arena);
}

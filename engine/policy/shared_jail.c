/*
 * Running many scripts in few jails.
 *
 * A jail takes longer to set up than a rule file to run, so the files of a rulebook, which are one
 * author's, share a few. Each file has a Lua state of its own, made from nothing, with budgets of
 * its own, and no memory of the one before.
 *
 * RULE: no verdict comes from a shared jail. Only an answer that declares something and came whole,
 * in time, is taken. After anything else (a failure, a limit, silence, an end) the script runs once
 * more in a jail of its own, whose end is judged as ever: so faults are told exactly as if nothing
 * were shared, and never of the wrong file. The child helps by ending after a script that failed or
 * took much memory or many steps.
 *
 * What is given up: somebody who breaks out of Lua, in memory, could answer for the files that come
 * after his in the same rulebook. He is still behind all walls, and could have written those rules
 * into his own file.
 */
#include "shared_jail.h"

#include "launcher.h"
#include "limit.h"

#include <assert.h>
#include <string.h>

/* The part of the wall-clock limit that a script may take here; it has all of it in its own. */
#define WALL_PART 4

/* Receive exactly so many bytes; false if they do not come in time. */
static bool receive(struct job *job, char *bytes, size_t length)
{
    while (length > 0) {
        size_t count = 0;
        if (job_receive(job, bytes, length, &count) != AMICUS_OK || count == 0) {
            return false;
        }
        bytes += count;
        length -= count;
    }
    return true;
}

/* Receive an answer that declares something; NULL bytes if it is none such. */
static struct text receive_answer(struct shared_jail *jail, struct arena *arena)
{
    static const struct text NONE = {NULL, 0};
    char head[SHARED_HEAD_BYTES];
    if (!receive(&jail->job, head, sizeof head)) {
        return NONE;
    }
    size_t length = (size_t)text_number((struct text){head, sizeof head}, 0, 4);
    if (length < 5 || length > (size_t)limit_of(LIMIT_JAIL_ANSWER_BYTES) ||
        head[4] != SHARED_MORE) {
        return NONE;
    }
    char *bytes = arena_give(arena, length);
    bool is_whole = bytes != NULL && receive(&jail->job, bytes, length) &&
                    memcmp(bytes, "AMR1", 4) == 0 && bytes[4] != 'X';
    return is_whole ? (struct text){bytes, length} : NONE;
}

/* Open the jail if need be. */
static bool is_ready(struct shared_jail *jail, struct amicus_engine *engine)
{
    if (!jail->is_open) {
        jail->is_open = job_start(&jail->job, engine) == AMICUS_OK;
    }
    if (jail->is_open) {
        job_give(&jail->job, limit_of(LIMIT_JAIL_WALL_MS) / WALL_PART);
    }
    return jail->is_open;
}

/* Kill a jail that did not do what it should; how it ended is no matter. */
static void drop(struct shared_jail *jail)
{
    if (jail->is_open) {
        job_give(&jail->job, 1);
        job_close(&jail->job, NULL);
        jail->is_open = false;
    }
}

amicus_status shared_jail_run(struct text *message, struct shared_jail *jail,
                              struct amicus_engine *engine, const struct script *script,
                              struct arena *arena, amicus_diagnostics *list)
{
    assert(message != NULL && jail != NULL && engine != NULL);
    assert(script != NULL && arena != NULL && list != NULL);
    *message = (struct text){NULL, 0};
    amicus_status status = source_check(script, list);
    if (status != AMICUS_OK) {
        return status;
    }
    if (engine_prove(engine) == AMICUS_OK && is_ready(jail, engine) &&
        job_request(&jail->job, JOB_SHARED, script, arena) == AMICUS_OK) {
        *message = receive_answer(jail, arena);
    }
    if (message->at != NULL) {
        return AMICUS_OK;
    }
    drop(jail);
    return script_run(message, engine, script, arena, list);
}

void shared_jail_close(struct shared_jail *jail)
{
    assert(jail != NULL);
    assert(!jail->is_open || jail->job.socket >= 0);
    if (jail->is_open) {
        job_renew(&jail->job);
        job_close(&jail->job, NULL);
        jail->is_open = false;
    }
}

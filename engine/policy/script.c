/*
 * Running a script: from its bytes to the message of what it declares.
 *
 * The message is taken as bytes and not believed; the only part that is read here is the failure
 * that a child may send instead, because that one becomes a diagnostic. What a failure says comes
 * from the child, so it is read by the same careful reader as everything else.
 *
 * Three kinds of end are told apart, each with its own codes: the script is wrong (P0301, P0304,
 * P0305), a limit that counts was reached (P0302, P0303, P0306), the jail itself ended otherwise
 * (P0310 and up: the wall clock, a signal, an answer that is none, a wall that is missing). Only
 * the last kind depends on the machine.
 */
#include "script_place.h"

#include "jail_job.h"
#include "jail_walls.h"
#include "launcher.h"
#include "limit.h"
#include "message_read.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Bytes that are taken off a socket at once. */
#define PIECE_BYTES ((size_t)64 << 10)

/* What the child answered, before it is believed. */
struct answer {
    struct builder bytes;
    bool is_too_long;
    bool is_late;
};

const char *script_file(char file[SCRIPT_FILE_BYTES], const struct script *script)
{
    assert(file != NULL);
    assert(script != NULL);
    size_t length =
        script->path.length < SCRIPT_FILE_BYTES - 1 ? script->path.length : SCRIPT_FILE_BYTES - 1;
    if (length > 0) {
        memcpy(file, script->path.at, length);
    }
    file[length] = '\0';
    return file;
}

/* Read until the child closes its end. */
static amicus_status read_answer(struct answer *answer, struct job *job, struct arena *arena)
{
    char *piece = arena_give(arena, PIECE_BYTES);
    if (piece == NULL) {
        return AMICUS_MEMORY;
    }
    builder_start(&answer->bytes, arena);
    for (;;) {
        size_t count = 0;
        if (job_receive(job, piece, PIECE_BYTES, &count) != AMICUS_OK) {
            answer->is_late = true;
            return AMICUS_OK;
        }
        if (count == 0) {
            return answer->bytes.failed ? AMICUS_MEMORY : AMICUS_OK;
        }
        if (answer->bytes.length + count > (size_t)limit_of(LIMIT_JAIL_ANSWER_BYTES)) {
            answer->is_too_long = true;
            return AMICUS_OK;
        }
        struct text got = {piece, count};
        builder_put(&answer->bytes, got);
    }
}

static void report(amicus_diagnostics *list, const char *file, const char *code, const char *what,
                   const char *mend)
{
    struct place place = {file, 0, 0};
    diagnostics_add(list, AMICUS_ERROR, code, place, mend, "%s", what);
}

/* A child that ended before it could answer, by its exit code. */
static void report_exit(amicus_diagnostics *list, const char *file, int exit_code)
{
    char what[128];
    if (exit_code >= JAIL_EXIT_STEP) {
        (void)snprintf(what, sizeof what, "the jail cannot be set up here: it could not %s",
                       walls_step_name(exit_code - JAIL_EXIT_STEP));
        report(list, file, "P0313", what,
               "run on Linux 5.9 or later, and allow seccomp and rlimits; Lua is not run without");
    } else if (exit_code == JAIL_EXIT_MEMORY) {
        report(list, file, "P0313", "the jail cannot be set up here: it has no memory",
               "free memory, or raise the limit of the process that runs amicus");
    } else {
        report(list, file, "P0312", "the jail ended without an answer",
               "this is a fault of amicus: please report it with the file");
    }
}

/* Tell why there is no message. */
static void report_end(amicus_diagnostics *list, const char *file, const struct job_end *end)
{
    char what[128];
    if (end->is_refused) {
        report(list, file, "P0315", "too many jails are open at once",
               "close rulebooks that are not needed any more");
    } else if (!end->is_known) {
        report(list, file, "P0314", "the launcher of jails is gone", "open the engine again");
    } else if (end->is_late) {
        report(list, file, "P0310", "the script was stopped by the wall clock after one second",
               "look for work that takes long in one step; nothing was decided");
    } else if (end->signal != 0) {
        (void)snprintf(what, sizeof what, "the jail was killed by signal %d", end->signal);
        report(list, file, "P0311", what,
               "the script made a call that no script may make, or amicus has a fault: report it");
    } else {
        report_exit(list, file, end->exit_code);
    }
}

static const char *failure_code(uint8_t reason)
{
    switch ((enum failure)reason) {
    case FAILURE_STEPS: return "P0302";
    case FAILURE_MEMORY: return "P0303";
    case FAILURE_NAME: return "P0304";
    case FAILURE_USE: return "P0305";
    case FAILURE_LIMIT: return "P0306";
    case FAILURE_LUA:
    default: return "P0301";
    }
}

/* Turn the failure that a child sent into a diagnostic. */
static amicus_status report_failure(struct text bytes, const char *file, struct arena *arena,
                                    amicus_diagnostics *list)
{
    struct message message;
    amicus_status status = message_read(&message, bytes, file, arena, list);
    if (status != AMICUS_OK) {
        return status == AMICUS_INVALID ? AMICUS_JAIL : status;
    }
    assert(message.failure != 0);
    struct text mend;
    if (text_copy(&mend, arena, message.mend) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    struct place place = {file, message.line, 0};
    diagnostics_add(list, AMICUS_ERROR, failure_code(message.failure), place, mend.at, "%.*s",
                    (int)message.what.length, message.what.at);
    bool is_limit = message.failure == FAILURE_STEPS || message.failure == FAILURE_MEMORY ||
                    message.failure == FAILURE_LIMIT;
    return is_limit ? AMICUS_JAIL : AMICUS_INVALID;
}

/* Judge an answer that came in full from a child that ended well. */
static amicus_status take_message(struct text *message, struct answer *answer, const char *file,
                                  struct arena *arena, amicus_diagnostics *list)
{
    struct text bytes;
    if (builder_end(&bytes, &answer->bytes) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    bool has_head = bytes.length >= 5 && memcmp(bytes.at, "AMR1", 4) == 0;
    if (!has_head) {
        report(list, file, "P0312", "the jail ended without an answer",
               "this is a fault of amicus: please report it with the file");
        return AMICUS_JAIL;
    }
    if (bytes.at[4] == 'X') {
        return report_failure(bytes, file, arena, list);
    }
    *message = bytes;
    return AMICUS_OK;
}

static amicus_status run_job(struct text *message, struct job *job, const struct script *script,
                             struct arena *arena, amicus_diagnostics *list)
{
    char file[SCRIPT_FILE_BYTES];
    (void)script_file(file, script);
    struct answer answer;
    memset(&answer, 0, sizeof answer);
    amicus_status status = job_request(job, JOB_LOAD, script, arena);
    if (status != AMICUS_MEMORY) { /* if it could not be sent, the end says why */
        status = read_answer(&answer, job, arena);
    }
    struct job_end end;
    job_close(job, &end);
    if (status != AMICUS_OK) {
        return status;
    }
    if (answer.is_too_long) {
        report(list, file, "P0312", "the jail answered more than it may",
               "this is a fault of amicus: please report it with the file");
        return AMICUS_JAIL;
    }
    bool is_well = end.is_known && !end.is_late && end.signal == 0 && end.exit_code == 0;
    if (!is_well || answer.is_late) {
        report_end(list, file, &end);
        return AMICUS_JAIL;
    }
    return take_message(message, &answer, file, arena, list);
}

amicus_status script_run_unproven(struct text *message, struct amicus_engine *engine,
                                  const struct script *script, struct arena *arena,
                                  amicus_diagnostics *list)
{
    assert(message != NULL && engine != NULL);
    assert(script != NULL && arena != NULL && list != NULL);
    message->at = NULL;
    message->length = 0;
    amicus_status status = source_check(script, list);
    if (status != AMICUS_OK) {
        return status;
    }
    struct job job;
    if (job_start(&job, engine) != AMICUS_OK) {
        char file[SCRIPT_FILE_BYTES];
        report(list, script_file(file, script), "P0314", "the launcher of jails is gone",
               "open the engine again");
        return AMICUS_JAIL;
    }
    return run_job(message, &job, script, arena, list);
}

amicus_status script_run(struct text *message, struct amicus_engine *engine,
                         const struct script *script, struct arena *arena, amicus_diagnostics *list)
{
    assert(message != NULL && engine != NULL);
    assert(script != NULL && arena != NULL && list != NULL);
    amicus_status status = engine_prove(engine);
    if (status == AMICUS_JAIL) {
        char file[SCRIPT_FILE_BYTES];
        report(list, script_file(file, script), "P0313",
               "the jail does not hold here: its self-test failed",
               "run on Linux 5.9 or later, and allow seccomp and rlimits; Lua is not run without");
    }
    return status == AMICUS_OK ? script_run_unproven(message, engine, script, arena, list) : status;
}

/*
 * Predicates: a jail that stays for calls.
 *
 * A session runs its script once more, in a jail of its own, and keeps the child. A call sends
 * plain values and reads one byte. The child puts every upvalue back before it calls, so the n-th
 * call answers as the first would; to be certain that nothing else adds up (processor time, freed
 * memory), the child is replaced after CALLS_MAX calls, which the caller does not notice.
 *
 * Every call has its own wall-clock deadline. After any failure the session is dead: what the
 * child would answer next is worth nothing.
 */
#include "script_place.h"

#include "jail_job.h"
#include "launcher.h"
#include "limit.h"

#include <assert.h>
#include <string.h>

/* A call takes at most a millisecond of processor time, and a session has ten seconds. */
#define CALLS_MAX 4096

/* The script, and one call with its texts. */
#define SESSION_BYTES ((size_t)8 << 20)

struct predicate_session {
    struct arena *arena;   /* holds the session and the script */
    struct arena *scratch; /* one request or call */
    struct amicus_engine *engine;
    struct script script;
    struct job job;
    uint32_t calls; /* since the child was started */
    bool is_open;
};

static void close_job(struct predicate_session *session)
{
    if (session->is_open) {
        job_close(&session->job, NULL);
        session->is_open = false;
    }
}

static amicus_status open_job(struct predicate_session *session)
{
    arena_reset(session->scratch);
    amicus_status status = job_start(&session->job, session->engine);
    if (status != AMICUS_OK) {
        return status;
    }
    session->is_open = true;
    session->calls = 0;
    status = job_request(&session->job, JOB_SESSION, &session->script, session->scratch);
    char byte = '\0';
    size_t count = 0;
    if (status == AMICUS_OK) {
        status = job_receive(&session->job, &byte, 1, &count);
    }
    if (status == AMICUS_OK && (count != 1 || byte != SESSION_READY)) {
        status = AMICUS_JAIL;
    }
    if (status != AMICUS_OK) {
        close_job(session);
    }
    return status;
}

static amicus_status copy_script(struct predicate_session *session, const struct script *script)
{
    struct text *roots =
        arena_give_array(session->arena, script->root_count, sizeof *script->roots);
    if (roots == NULL ||
        text_copy(&session->script.path, session->arena, script->path) != AMICUS_OK ||
        text_copy(&session->script.bytes, session->arena, script->bytes) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    for (uint32_t i = 0; i < script->root_count; i++) {
        if (text_copy(&roots[i], session->arena, script->roots[i]) != AMICUS_OK) {
            return AMICUS_MEMORY;
        }
    }
    session->script.roots = roots;
    session->script.root_count = script->root_count;
    return AMICUS_OK;
}

/* Make a session without its child. */
static amicus_status make_session(struct predicate_session **out, struct amicus_engine *engine,
                                  const struct script *script)
{
    struct arena *arena = NULL;
    struct arena *scratch = NULL;
    if (arena_open(&arena, SESSION_BYTES) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    struct predicate_session *session = arena_give(arena, sizeof *session);
    if (session == NULL || arena_open(&scratch, SESSION_BYTES) != AMICUS_OK) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    session->arena = arena;
    session->scratch = scratch;
    session->engine = engine;
    *out = session;
    return copy_script(session, script);
}

amicus_status predicate_open(struct predicate_session **out, struct amicus_engine *engine,
                             const struct script *script)
{
    assert(out != NULL && engine != NULL);
    assert(script != NULL);
    *out = NULL;
    struct predicate_session *session = NULL;
    amicus_status status = engine_prove(engine);
    if (status == AMICUS_OK) {
        status = make_session(&session, engine, script);
    }
    if (status == AMICUS_OK) {
        status = open_job(session);
    }
    if (status != AMICUS_OK) {
        predicate_close(session);
        return status;
    }
    *out = session;
    return AMICUS_OK;
}

static void put_value(struct builder *builder, const struct value *value)
{
    switch ((enum value_type)value->type) {
    case TYPE_BOOL: builder_putc(builder, value->as.n != 0 ? 'T' : 'F'); break;
    case TYPE_TEXT:
        builder_putc(builder, 'S');
        builder_put_number(builder, value->as.text->length, 4);
        builder_put(builder, *value->as.text);
        break;
    case TYPE_INT:
    case TYPE_BPS:
    case TYPE_MINUTES:
    case TYPE_MONEY:
    case TYPE_INSTANT:
    case TYPE_DATE:
    case TYPE_DURATION:
        builder_putc(builder, 'I');
        builder_put_number(builder, (uint64_t)value->as.n, 8);
        break;
    case TYPE_NONE:
    case TYPE_ENUM:
    case TYPE_ENUMS:
    case TYPE_REF:
    case TYPE_COUNT:
    default: assert(false && "no predicate can be given such a value"); break;
    }
}

static amicus_status send_call(struct predicate_session *session, uint32_t ordinal,
                               const struct value *values, uint32_t count)
{
    struct builder body;
    struct text bytes;
    builder_start(&body, session->scratch);
    builder_put_number(&body, ordinal, 4);
    builder_put_number(&body, count, 4);
    for (uint32_t i = 0; i < count; i++) {
        put_value(&body, &values[i]);
    }
    if (builder_end(&bytes, &body) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    return job_send_frame(&session->job, bytes);
}

static amicus_status call_child(bool *answer, struct predicate_session *session, uint32_t ordinal,
                                const struct value *values, uint32_t count)
{
    arena_reset(session->scratch);
    job_renew(&session->job);
    session->calls++;
    amicus_status status = send_call(session, ordinal, values, count);
    char byte = '\0';
    size_t got = 0;
    if (status == AMICUS_OK) {
        status = job_receive(&session->job, &byte, 1, &got);
    }
    if (status == AMICUS_OK && (got != 1 || (byte != SESSION_TRUE && byte != SESSION_FALSE))) {
        status = AMICUS_JAIL;
    }
    *answer = byte == SESSION_TRUE;
    return status;
}

amicus_status predicate_call(bool *answer, struct predicate_session *session, uint32_t ordinal,
                             const struct value *values, uint32_t count)
{
    assert(answer != NULL && session != NULL);
    assert(values != NULL || count == 0);
    *answer = false;
    if (!session->is_open) {
        return AMICUS_JAIL;
    }
    amicus_status status = AMICUS_OK;
    if (session->calls >= CALLS_MAX) {
        close_job(session);
        status = open_job(session);
    }
    if (status == AMICUS_OK) {
        status = call_child(answer, session, ordinal, values, count);
    }
    if (status != AMICUS_OK) {
        *answer = false;
        close_job(session);
    }
    return status;
}

void predicate_close(struct predicate_session *session)
{
    if (session == NULL) {
        return;
    }
    assert(session->arena != NULL);
    assert(session->scratch != NULL);
    close_job(session);
    arena_close(session->scratch);
    arena_close(session->arena);
}

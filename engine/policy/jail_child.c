/*
 * What a jailed child does.
 *
 * In this order, and nothing else: leave the launcher's world, read the request, make the Lua
 * state, lock the walls, run the script, answer. The source is in memory and libc has its habits
 * behind it before the filter goes up. The state is never closed: _exit runs no collector, so no
 * code of a script runs after its answer.
 *
 * A shared jail stays for scripts that are calm: it takes all memory of a script back, makes the
 * next state from nothing, and ends after the first script that failed or took much. What comes
 * from it is believed only if nothing went wrong (shared_jail.c).
 *
 * A session stays: it reads calls of its predicates and answers each with one byte.
 *
 *   call  := length body            body := ordinal count value*
 *   value := 'T' | 'F' | 'I' i64 | 'S' length bytes
 *
 * The host is trusted to form requests and calls, but lengths are checked all the same: a fault of
 * ours must not become a hole.
 */
#define _GNU_SOURCE
#include "jail_child.h"

#include "jail_job.h"
#include "jail_walls.h"
#include "limit.h"
#include "lua_rules.h"
#include "lua_state.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The request, the message (which doubles as it grows), and marks of conditions. */
#define ARENA_BYTES ((size_t)48 << 20)

/* A call of a predicate: some facts, each text at most LIMIT_TEXT_BYTES. */
#define CALL_BYTES_MAX ((size_t)1 << 20)

/* Bytes that are taken apart from the front; `is_bad` sticks. */
struct cursor {
    struct text left;
    bool is_bad;
};

struct request {
    enum job_mode mode;
    struct text source;
    struct text *roots;
    uint32_t root_count;
};

static bool read_bytes(void *bytes, size_t count)
{
    char *to = bytes;
    while (count > 0) {
        ssize_t got = read(JAIL_SOCKET, to, count);
        if (got > 0) {
            to += got;
            count -= (size_t)got;
        } else if (got == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

static bool write_bytes(struct text bytes)
{
    while (bytes.length > 0) {
        ssize_t put = write(JAIL_SOCKET, bytes.at, bytes.length);
        if (put > 0) {
            bytes.at += put;
            bytes.length -= (size_t)put;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* Cut bytes off the front; the empty text if there are fewer. */
static struct text take_bytes(struct cursor *cursor, size_t count)
{
    cursor->is_bad = cursor->is_bad || cursor->left.length < count;
    if (cursor->is_bad) {
        return text_of("");
    }
    const struct text taken = {cursor->left.at, count};
    cursor->left.at += count;
    cursor->left.length -= count;
    return taken;
}

static uint64_t take_number(struct cursor *cursor, unsigned bytes)
{
    struct text taken = take_bytes(cursor, bytes);
    return cursor->is_bad ? 0 : text_number(taken, 0, bytes);
}

static uint32_t take_u32(struct cursor *cursor)
{
    return (uint32_t)take_number(cursor, 4);
}

static struct text take_string(struct cursor *cursor)
{
    size_t length = take_u32(cursor);
    return take_bytes(cursor, length);
}

/* Read a length and that many bytes into an arena. */
static bool read_frame(struct cursor *cursor, struct arena *arena, size_t most)
{
    char head[4];
    if (!read_bytes(head, sizeof head)) {
        return false;
    }
    const struct text length = {head, sizeof head};
    size_t bytes = (size_t)text_number(length, 0, sizeof head);
    char *body = bytes <= most ? arena_give(arena, bytes) : NULL;
    if (body == NULL || !read_bytes(body, bytes)) {
        return false;
    }
    cursor->left.at = body;
    cursor->left.length = bytes;
    cursor->is_bad = false;
    return true;
}

static bool read_request(struct request *request, struct arena *arena)
{
    struct cursor cursor;
    size_t most = (size_t)limit_of(LIMIT_RULE_FILE_BYTES) + ((size_t)1 << 16);
    if (!read_frame(&cursor, arena, most) || take_u32(&cursor) != 0x314A4D41u /* AMJ1 */) {
        return false;
    }
    request->mode = (enum job_mode)take_number(&cursor, 1);
    (void)take_string(&cursor); /* the path is for the host's messages only */
    request->source = take_string(&cursor);
    request->root_count = take_u32(&cursor);
    if (cursor.is_bad || request->root_count > cursor.left.length / 4) {
        return false;
    }
    request->roots = arena_give_array(arena, request->root_count, sizeof *request->roots);
    for (uint32_t i = 0; i < request->root_count && request->roots != NULL; i++) {
        request->roots[i] = take_string(&cursor);
        cursor.is_bad = cursor.is_bad || request->roots[i].length == 0;
    }
    return request->roots != NULL && !cursor.is_bad && cursor.left.length == 0;
}

/* Push the values of a call; false if the body is malformed. */
static bool push_values(lua_State *L, struct cursor *cursor, uint32_t count)
{
    for (uint32_t i = 0; i < count && !cursor->is_bad; i++) {
        uint64_t tag = take_number(cursor, 1);
        if (tag == 'T' || tag == 'F') {
            lua_pushboolean(L, tag == 'T');
        } else if (tag == 'I') {
            lua_pushinteger(L, (lua_Integer)take_number(cursor, 8));
        } else if (tag == 'S') {
            struct text text = take_string(cursor);
            lua_pushlstring(L, text.at, text.length);
        } else {
            cursor->is_bad = true;
        }
    }
    return !cursor->is_bad && cursor->left.length == 0;
}

/* A call under protection: pushes what the predicate returns. */
static int call_predicate(lua_State *L)
{
    struct cursor *cursor = lua_touserdata(L, 1);
    uint32_t ordinal = take_u32(cursor);
    uint32_t count = take_u32(cursor);
    rules_restore(L);
    if (count > 255 || !rules_push_predicate(L, ordinal)) {
        return luaL_error(L, "no such predicate");
    }
    luaL_checkstack(L, (int)count + 4, NULL);
    if (!push_values(L, cursor, count)) {
        return luaL_error(L, "malformed call");
    }
    lua_call(L, (int)count, 1);
    return 1;
}

static enum session_byte answer_call(struct run *run, struct cursor *cursor)
{
    lua_State *L = run->state;
    run_begin_call(run);
    lua_pushcfunction(L, call_predicate);
    lua_pushlightuserdata(L, cursor);
    bool is_answer = lua_pcall(L, 1, 1, 0) == LUA_OK && lua_type(L, -1) == LUA_TBOOLEAN;
    return !is_answer ? SESSION_ERROR : lua_toboolean(L, -1) ? SESSION_TRUE : SESSION_FALSE;
}

/* Answer calls until the host closes its end. */
static void serve_calls(struct run *run)
{
    struct arena *arena = NULL;
    struct cursor cursor;
    if (arena_open(&arena, CALL_BYTES_MAX + 4096) != AMICUS_OK) {
        return;
    }
    while (read_frame(&cursor, arena, CALL_BYTES_MAX)) {
        char byte = (char)answer_call(run, &cursor);
        struct text answer = {&byte, 1};
        if (!write_bytes(answer)) {
            return;
        }
        arena_reset(arena);
    }
}

/* The call that a whole filter must not let through; the process dies here. */
static _Noreturn void trespass(void)
{
    (void)syscall(SYS_getppid);
    _exit(JAIL_EXIT_DONE);
}

/* Run one script and answer it in a frame. returns whether another may run here */
static bool serve_script(struct run *run, struct text source)
{
    struct text message = {NULL, 0};
    if (run_script(run, source, &message) != AMICUS_OK) {
        _exit(JAIL_EXIT_MEMORY);
    }
    bool is_calm = run_was_calm(run);
    char head[SHARED_HEAD_BYTES];
    for (unsigned i = 0; i < 4; i++) {
        head[i] = (char)(message.length >> (8 * i) & 0xFF);
    }
    head[4] = (char)(is_calm ? SHARED_MORE : SHARED_END);
    if (!write_bytes((struct text){head, sizeof head}) || !write_bytes(message)) {
        _exit(JAIL_EXIT_ANSWER);
    }
    return is_calm;
}

/* Run script after script, each in a state of its own, until one is not calm or no more comes. */
static void serve_scripts(struct run *run, struct request *request)
{
    struct arena *arena = run->arena;
    struct lua_heap *heap = run->heap;
    while (serve_script(run, request->source)) {
        heap_reset(heap);
        arena_reset(arena);
        if (!read_request(request, arena)) {
            return;
        }
        if (request->mode != JOB_SHARED ||
            run_open(run, arena, heap, request->roots, request->root_count) != AMICUS_OK) {
            _exit(JAIL_EXIT_REQUEST);
        }
    }
}

static void run_request(struct run *run, const struct request *request)
{
    struct text message = {NULL, 0};
    if (run_script(run, request->source, &message) != AMICUS_OK) {
        _exit(JAIL_EXIT_MEMORY);
    }
    if (request->mode == JOB_SESSION && run->failure.reason == 0) {
        char byte = SESSION_READY;
        message.at = &byte;
        message.length = 1;
        if (write_bytes(message)) {
            serve_calls(run);
        }
        return;
    }
    if (!write_bytes(message)) {
        _exit(JAIL_EXIT_ANSWER);
    }
}

void jail_child(pid_t launcher, int socket)
{
    assert(launcher > 0);
    assert(socket >= 0);
    walls_leave(launcher, socket);
    struct arena *arena = NULL;
    struct request request;
    struct run run;
    struct lua_heap heap;
    memset(&heap, 0, sizeof heap);
    if (arena_open(&arena, ARENA_BYTES) != AMICUS_OK) {
        _exit(JAIL_EXIT_MEMORY);
    }
    if (!read_request(&request, arena)) {
        _exit(JAIL_EXIT_REQUEST);
    }
    if (run_open(&run, arena, &heap, request.roots, request.root_count) != AMICUS_OK) {
        _exit(JAIL_EXIT_MEMORY);
    }
    walls_lock(request.mode == JOB_SESSION || request.mode == JOB_SHARED);
    if (request.mode == JOB_TRESPASS) {
        trespass();
    }
    if (request.mode == JOB_SHARED) {
        serve_scripts(&run, &request);
    } else {
        run_request(&run, &request);
    }
    _exit(JAIL_EXIT_DONE);
}

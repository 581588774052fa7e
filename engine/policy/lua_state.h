/*
 * The Lua state of a jail: its memory and step limits, and the names that a script can see.
 *
 * Caveat: run_fail and everything that calls Lua may leave by longjmp. Call them only below
 * run_script or run_call, and hold nothing but Lua and arena memory when you do.
 */
#ifndef LUA_STATE_H
#define LUA_STATE_H

#include "lua_heap.h"
#include "symbol.h"
#include "text.h"

#include <lauxlib.h>
#include <lua.h>

/* Room for the two texts of a failure, NUL included. */
#define FAILURE_WHAT_BYTES 400
#define FAILURE_MEND_BYTES 400

/* Why a script ended. reason 0: it did not fail. */
struct failure_note {
    uint8_t reason; /* enum failure */
    uint32_t line;
    char what[FAILURE_WHAT_BYTES];
    char mend[FAILURE_MEND_BYTES];
};

/* The bound at which memory was refused last. */
enum bound { BOUND_NONE, BOUND_STRING, BOUND_BLOCK, BOUND_MEMORY, BOUND_STEPS, BOUND_MACHINE };

/* A condition or expression that must reach a declaration. */
struct pending {
    uint32_t line;
    uint8_t op; /* enum symbol; SYMBOL_NONE: a declaration that still waits for its table */
    uint8_t is_used;
};

/* One run of one script. */
struct run {
    lua_State *state;
    struct arena *arena;
    struct lua_heap *heap;
    int64_t steps_left;
    size_t memory_bytes;
    size_t longest_bytes;        /* the longest string of the file or call so far */
    size_t loaded_longest_bytes; /* when the file ended */
    enum bound bound;
    uint32_t bound_line;
    unsigned calls_through_c;
    bool is_loading; /* declarations and conditions can be made */
    struct failure_note failure;
    struct builder message; /* what was declared so far */
    uint32_t declaration_count;
    uint32_t variable_count;
    uint32_t predicate_count;
    lua_Integer kept_count; /* upvalues that are put back before every call of a predicate */
    struct pending *pendings;
    size_t pending_count, pending_capacity;
    const char *declaring_kind; /* for messages, while a declaration is written */
    const char *declaring_id;
};

/*
 * Open a state: limits, names, the rule API.
 *
 * run      what to set up
 * arena    where the message and scratch go
 * heap     where the state lives; nothing else may be in it
 * roots    names that stand for root paths
 * count    how many
 * returns  OK, MEMORY
 *
 * There is no run_close, so that no collector runs at its end: a jail ends by _exit, or resets the
 * heap.
 */
AMICUS_MUST_CHECK amicus_status run_open(struct run *run, struct arena *arena,
                                         struct lua_heap *heap, const struct text *roots,
                                         uint32_t count);

/*
 * Load and run a script, and end its message.
 *
 * message  receives the declarations, or the failure, as in symbol.h
 * returns  OK, also for a failure (run->failure says which); MEMORY
 */
AMICUS_MUST_CHECK amicus_status run_script(struct run *run, struct text source,
                                           struct text *message);

/* Tell whether a script that ended took so little that another one may run in its jail: it did not
 * fail, and used a small part of its steps and memory. */
bool run_was_calm(const struct run *run);

/* Begin a call of a predicate: an empty stack and the whole budget of a call. */
void run_begin_call(struct run *run);

/* The run that a state belongs to. */
struct run *run_of(lua_State *L);

/*
 * End the script: note why, and raise. Only the first failure is kept.
 *
 * reason  an enum failure
 * mend    what to write instead; "" if nothing can be said
 * format  printf format of what is wrong, without a place
 */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
_Noreturn void
run_fail(lua_State *L, enum failure reason, const char *mend, const char *format, ...);

/* As run_fail, of FAILURE_USE, for a line that ran earlier. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
_Noreturn void
run_fail_at(lua_State *L, uint32_t line, const char *mend, const char *format, ...);

/* Take steps from the budget for work that the instruction hook cannot see; raises at its end. */
void run_charge(lua_State *L, size_t steps);

/* Call a Lua function from C, counted against the limit of nested calls; results as lua_call. */
void run_call_lua(lua_State *L, int arguments, int results);

/* The line of the Lua code that runs, or that called the C function that runs; 0 if there is
 * none. */
uint32_t run_line(lua_State *L);

/* Raise unless the file is being loaded: what names the thing that a predicate may not do. */
void run_needs_loading(lua_State *L, const char *what);

/* Name the type of a value as a policy author would: "a number", "a condition", "nil". */
const char *run_describe(lua_State *L, int index);

/*
 * Make a library of names that cannot be written to.
 *
 * L        pushes the userdata that stands for it
 * name     "string": for messages
 * table    index of the table of names; its metatable is set to refuse unknown ones
 */
void run_push_names(lua_State *L, const char *name, int table);

#endif

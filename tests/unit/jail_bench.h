/*
 * A bench for tests of the jail: an engine, an arena and a list, made anew for every test.
 */
#ifndef JAIL_BENCH_H
#define JAIL_BENCH_H

#include "suite.h"

#include "jail.h"
#include "message_read.h"

#include <string.h>

struct bench {
    amicus_engine *engine;
    struct arena *arena;
    amicus_diagnostics *list;
    struct message message; /* of the last run that was OK */
    struct text bytes;
};

static inline void bench_open(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    CU_ASSERT_EQUAL_FATAL(amicus_engine_open(&bench->engine), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(arena_open(&bench->arena, (size_t)64 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&bench->list), AMICUS_OK);
}

static inline void bench_close(struct bench *bench)
{
    amicus_diagnostics_close(bench->list);
    arena_close(bench->arena);
    amicus_engine_close(bench->engine);
}

/* A script that knows the roots case and due. */
static inline struct script bench_script(const char *source)
{
    static const struct text ROOTS[] = {TEXT("case"), TEXT("due")};
    const struct script script = {TEXT("a.lua"), text_of(source), ROOTS, 2};
    return script;
}

/* Run a script; its message is read, and what it lacked is in the list. */
static inline amicus_status bench_run(struct bench *bench, const char *source)
{
    const struct script script = bench_script(source);
    amicus_diagnostics_close(bench->list);
    bench->list = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&bench->list), AMICUS_OK);
    amicus_status status =
        script_run(&bench->bytes, bench->engine, &script, bench->arena, bench->list);
    if (status == AMICUS_OK) {
        CU_ASSERT_EQUAL_FATAL(
            message_read(&bench->message, bench->bytes, "a.lua", bench->arena, bench->list),
            AMICUS_OK);
    }
    return status;
}

/* The code of the first diagnostic; "" if there is none. */
static inline const char *bench_code(const struct bench *bench)
{
    const amicus_diagnostic *one = amicus_diagnostics_find(bench->list, 0);
    return one == NULL ? "" : one->code;
}

static inline const char *bench_what(const struct bench *bench)
{
    const amicus_diagnostic *one = amicus_diagnostics_find(bench->list, 0);
    return one == NULL ? "" : one->what;
}

static inline const char *bench_mend(const struct bench *bench)
{
    const amicus_diagnostic *one = amicus_diagnostics_find(bench->list, 0);
    return one == NULL ? "" : one->mend;
}

static inline uint32_t bench_line(const struct bench *bench)
{
    const amicus_diagnostic *one = amicus_diagnostics_find(bench->list, 0);
    return one == NULL ? 0 : one->line;
}

#endif

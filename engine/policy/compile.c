/*
 * The order of compilation.
 *
 * 1. Drafts: fields and shapes, sorted by name. 2. Names that others refer to: sources, parameters,
 * issues. 3. Conditions: definitions, rules, remedies. 4. What holds between declarations: ranks,
 * order, reach. 5. The seal. Steps 1 to 4 only add diagnostics; whether there is an image is
 * decided before the seal, so one run reports the faults of all steps. A step that needs sound
 * input from an earlier one (the order of issues needs all rules) still runs on what was sound.
 *
 * Files are taken in the order of their paths, so that the caller's order leaves no trace.
 */
#include "compile.h"

#include "compiler.h"
#include "image_check.h"
#include "limit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int order_files(const void *left, const void *right)
{
    const struct compile_file *const *a = left;
    const struct compile_file *const *b = right;
    return text_order((*a)->path, (*b)->path);
}

static bool take_files(struct compiler *compiler)
{
    const struct compile_input *input = compiler->input;
    compiler->files = compiler_give(compiler, input->file_count, sizeof(void *));
    if (compiler->files == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < input->file_count; i++) {
        compiler->files[i] = &input->files[i];
    }
    if (input->file_count > 0) {
        qsort(compiler->files, input->file_count, sizeof(void *), order_files);
    }
    for (uint32_t i = 0; i < input->file_count; i++) {
        struct file_row *row = compiler_add(compiler, TABLE_FILES);
        row->path = compiler_text(compiler, compiler->files[i]->path);
        memcpy(row->digest, compiler->files[i]->digest, DIGEST_BYTES);
    }
    return compiler->status == AMICUS_OK;
}

static bool take_marks(struct compiler *compiler)
{
    compiler->param_is_read =
        compiler_give(compiler, compiler->drafts[DECLARE_PARAM].count, sizeof(bool));
    compiler->fact_is_read =
        compiler_give(compiler, compiler->vocabulary->fact_count, sizeof(bool));
    return compiler->status == AMICUS_OK;
}

static void check_size(struct compiler *compiler)
{
    uint32_t count = compiler_count(compiler, TABLE_NODES);
    if (count <= (uint32_t)limit_of(LIMIT_CONDITIONS)) {
        return;
    }
    struct place place = {compiler->input->file_count > 0 ? compiler->files[0]->shown.at : "", 0,
                          0};
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0117", place, "split the rulebook",
                    "a rulebook may hold %lld conditions, this one %u",
                    (long long)limit_of(LIMIT_CONDITIONS), count);
}

static void run_steps(struct compiler *compiler)
{
    static void (*const STEPS[])(struct compiler *) = {
        draft_all,     declare_sources, declare_params,   declare_issues,
        declare_facts, declare_rules,   declare_remedies, check_size,
        rank_rules,    rank_remedies,   order_issues,     reach_check};
    if (!take_files(compiler)) {
        return;
    }
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0] && compiler->status == AMICUS_OK; i++) {
        STEPS[i](compiler);
        if (STEPS[i] == draft_all && (compiler->names[0] == NULL || !take_marks(compiler))) {
            return;
        }
    }
}

/* The list is the compiler's own: the caller's may hold the same faults from an earlier load, and
 * takes each only once, so errors could not be counted there. */
static amicus_status compile_into(struct image *out, struct compiler *compiler, struct arena *arena)
{
    run_steps(compiler);
    if (compiler->status != AMICUS_OK) {
        return compiler->status;
    }
    if (diagnostics_errors(compiler->list) > 0) {
        return AMICUS_INVALID;
    }
    amicus_status status = seal_image(out, compiler, arena);
    assert(status != AMICUS_OK || image_is_sane(out));
    return status == AMICUS_OK ? guards_find(out, arena, GUARD_TESTS_MAX) : status;
}

amicus_status compile(struct image *out, const struct compile_input *input, struct arena *arena,
                      amicus_diagnostics *list)
{
    assert(out != NULL && input != NULL);
    assert(arena != NULL && list != NULL);
    memset(out, 0, sizeof *out);
    struct arena *scratch = NULL;
    amicus_status status = arena_open(&scratch, (size_t)limit_of(LIMIT_RULEBOOK_ARENA_BYTES));
    if (status != AMICUS_OK) {
        return status;
    }
    struct compiler compiler = {.arena = scratch};
    status = amicus_diagnostics_open(&compiler.list);
    if (status == AMICUS_OK) {
        compiler_start(&compiler, input);
        status = compile_into(out, &compiler, arena);
        diagnostics_add_all(list, compiler.list, NULL);
    }
    amicus_diagnostics_close(compiler.list);
    arena_close(scratch);
    if (status != AMICUS_OK) {
        memset(out, 0, sizeof *out);
    }
    return status;
}

/*
 * Guards at work: which rows of a list are worth evaluating.
 *
 * policy/guard.c says what guards are and why they change nothing. Here the tree of a list is
 * walked once: a test is evaluated the first time that a list asks it at a standard, by the
 * evaluator and with its reads, and is remembered for the whole decision, since what it rests on
 * does not change while a case is decided. A false one skips the steps under it. The places that
 * are left are marked and then given in ascending order, so that rows are evaluated, and facts
 * read, in the same order as without guards.
 *
 * A row that is ruled out makes no finding. Who wants to show why it does not apply evaluates it
 * then: see complete.c.
 *
 * Cost: for each list one look at each step that is not skipped, some 3 ns, and one byte for each
 * row that the list has, looked through 32 at a time.
 */
#include "eligible.h"

#include "evaluate.h"

#include <assert.h>

/* Whether a test is false at a standard. */
static bool is_false(struct workspace *workspace, uint32_t test, uint8_t proof)
{
    uint8_t *known = &workspace->test_values[(size_t)test * PROOF_COUNT + proof];
    if (*known == 0) {
        struct scope scope;
        scope_open(workspace, &scope);
        workspace->proof = proof;
        *known = (uint8_t)(evaluate_condition(workspace, workspace->image->guards.tests[test]) + 1);
        scope_close(workspace, &scope, NULL, NULL);
    }
    return *known == KLEENE_FALSE + 1;
}

static uint32_t count_rows(const struct image *image, uint32_t list)
{
    if (list < image->issue_count) {
        return image->issues[list].rule_count;
    }
    const uint32_t counts[GUARD_OTHER_COUNT] = {[GUARD_REMEDIES] = image->remedy_count,
                                                [GUARD_FALLBACKS] = image->fallback_count,
                                                [GUARD_FLAGS] = image->flag_count};
    return counts[list - image->issue_count];
}

/* Whether the rows of a step speak of a record; nothing is asked for those that do not. */
static bool speaks_of(struct workspace *workspace, const struct guard_step *step, uint32_t about)
{
    return about == RECORD_NONE ? workspace_count_records(workspace, step->kind) > 0
                                : workspace_bind(workspace, step->kind, about) != RECORD_NONE;
}

static bool is_ruled_out(struct workspace *workspace, const struct guard_step *step, uint32_t about)
{
    return step->test == INDEX_NONE ? !speaks_of(workspace, step, about)
                                    : is_false(workspace, step->test, step->proof);
}

struct eligible eligible_of(struct workspace *workspace, uint32_t list, uint32_t about)
{
    assert(workspace != NULL && list < workspace->image->guards.list_count);
    const struct guards *guards = &workspace->image->guards;
    assert(guards->list_count == workspace->image->issue_count + GUARD_OTHER_COUNT);
    const struct guard_list *steps = &guards->lists[list];
    struct eligible eligible = {.count = count_rows(workspace->image, list)};
    if (steps->is_plain || workspace->footprint != NULL) { /* values change, and walks nest */
        return eligible;
    }
    eligible.marks = workspace->eligible;
    const uint8_t proof = workspace->proof;
    uint32_t at = steps->first;
    while (at < steps->end) {
        const struct guard_step *step = &guards->steps[at];
        if (is_ruled_out(workspace, step, about)) {
            at = step->end;
            continue;
        }
        for (uint32_t i = 0; i < step->place_count; i++) {
            eligible.marks[guards->places[step->first_place + i]] = 1;
        }
        at++;
    }
    workspace->proof = proof;
    return eligible;
}

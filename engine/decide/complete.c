/*
 * A decision evaluates no rule that a guard rules out, so there is no finding to show of it. Here
 * such rules are evaluated after all, by the one function that evaluates rules, and their findings
 * are put between those that are there, in the order in which they would have been made.
 *
 * The findings of a result lie together, so they are all copied. What a finding names (reads,
 * rests, rules) stays where it is.
 *
 * INVARIANT: only rules that do not apply are added; a guard is false at whatever time it is asked.
 *
 * Cost: one evaluation, which ends at the guard, for each rule that was ruled out.
 */
#include "complete.h"

#include "resolve.h"

#include <assert.h>

/* The findings as they were, and how far they are copied. */
struct source {
    const struct finding *findings;
    uint32_t at, end;
};

/* Copy the finding of a rule, and those of its undercutters behind it. */
static void copy_findings(struct workspace *workspace, struct source *source)
{
    do {
        const struct finding *finding = &source->findings[source->at++];
        assert(workspace->finding_count < workspace->finding_capacity);
        workspace->findings[workspace->finding_count++] = *finding;
    } while (source->at < source->end &&
             is_undercutter(workspace->image, &source->findings[source->at]));
}

static void complete_result(struct workspace *workspace, struct issue_result *result,
                            const struct finding *findings)
{
    const struct issue_row *issue = &workspace->image->issues[result->issue];
    const size_t first = workspace->finding_count;
    struct source source = {findings, result->findings.first,
                            result->findings.first + result->findings.count};
    for (uint32_t i = 0; i < issue->rule_count && workspace->status == AMICUS_OK; i++) {
        const uint32_t rule = workspace->image->indices[issue->first_rule + i];
        if (source.at < source.end && findings[source.at].rule == rule) {
            copy_findings(workspace, &source);
        } else {
            (void)resolve_again(workspace, rule, result->record, (enum proof)issue->proof);
        }
    }
    result->findings = (struct span){(uint32_t)first, (uint32_t)(workspace->finding_count - first)};
}

/* Room for every finding that there is, and for one of each rule of each result. */
static bool make_room(struct workspace *workspace)
{
    size_t most = workspace->finding_count;
    for (uint32_t i = 0; i < workspace->result_count; i++) {
        most += workspace->image->issues[workspace->results[i].issue].rule_count;
    }
    struct finding *findings = arena_lend_array(workspace->arena, most, sizeof *findings);
    if (findings == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return false;
    }
    workspace->findings = findings;
    workspace->finding_capacity = most;
    workspace->finding_count = 0;
    return true;
}

void complete_findings(struct workspace *workspace)
{
    assert(workspace != NULL);
    assert(workspace->is_taken && !workspace->is_blind);
    const struct image *image = workspace->image;
    const struct finding *findings = workspace->findings;
    if (!make_room(workspace)) {
        return;
    }
    for (uint32_t i = 0; i < image->issue_count; i++) {
        const uint32_t issue = image->issue_order[i];
        const uint32_t count = workspace_count_records(workspace, image->issues[issue].kind);
        for (uint32_t n = 0; n < count; n++) {
            complete_result(workspace, &workspace->results[workspace->first_result[issue] + n],
                            findings);
        }
    }
}

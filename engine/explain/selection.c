/*
 * The findings on which a remedy stands.
 *
 * A breadth-first walk over issue results: what the remedy read comes first, what those findings
 * read in turn comes after, so that the order of the walk is the order of decisiveness. Each issue
 * result is visited once; the graph of issues has no cycle, and the marks would end one anyway.
 *
 * A finding carries the outcome if it applied on the side that the recommendation took. On the
 * other side every finding that did or might apply speaks against it; a rule that waits for facts
 * on the side that won is no objection and is left out.
 *
 * Cost: issues + findings of one ruling, and a sort of the few that are kept.
 */
#include "selection.h"

#include <assert.h>

/* What the walk carries along. */
struct walk {
    const struct amicus_ruling *ruling;
    struct selection *selection;
    bool *is_seen; /* by issue result */
};

static void visit(struct walk *walk, struct span rests)
{
    for (uint32_t i = 0; i < rests.count; i++) {
        uint32_t issue = walk->ruling->rests[rests.first + i];
        if (!walk->is_seen[issue]) {
            walk->is_seen[issue] = true;
            walk->selection->issues[walk->selection->issue_count++] = issue;
        }
    }
}

static const struct rule_row *rule_of(const struct amicus_ruling *ruling, uint32_t finding)
{
    return &ruling->rulebook->image.rules[ruling->findings[finding].rule];
}

static bool is_for_taken(const struct amicus_ruling *ruling, const struct issue_result *issue,
                         uint32_t finding)
{
    enum label wins = rule_of(ruling, finding)->side == SIDE_FOR ? LABEL_UPHELD : LABEL_REJECTED;
    return issue->taken == wins;
}

/* Tell whether finding a is shown before finding b. Rows of rules are sorted by their ids. */
static bool comes_first(const struct amicus_ruling *ruling, uint32_t a, uint32_t b)
{
    const struct finding *left = &ruling->findings[a], *right = &ruling->findings[b];
    if (left->status != right->status) {
        return left->status < right->status;
    }
    uint8_t layer_a = rule_of(ruling, a)->layer, layer_b = rule_of(ruling, b)->layer;
    if (layer_a != layer_b) {
        return layer_a > layer_b;
    }
    return left->rule != right->rule ? left->rule < right->rule : a < b;
}

/* Insert a finding into a list that is in order from `from` on. */
static void insert(const struct amicus_ruling *ruling, uint32_t *list, uint32_t *count,
                   uint32_t from, uint32_t finding)
{
    uint32_t at = (*count)++;
    for (; at > from && comes_first(ruling, finding, list[at - 1]); at--) {
        list[at] = list[at - 1];
    }
    list[at] = finding;
}

/* Tell whether a finding was undercut by another. */
static bool is_by(const struct amicus_ruling *ruling, const struct finding *undercut,
                  uint32_t finding)
{
    bool is_found = false;
    for (uint32_t i = 0; i < undercut->by.count && !is_found; i++) {
        is_found = ruling->by[undercut->by.first + i] == ruling->findings[finding].rule;
    }
    return is_found;
}

static bool is_taken(const struct selection *selection, uint32_t from, uint32_t finding)
{
    bool is_found = false;
    for (uint32_t i = from; i < selection->why_count && !is_found; i++) {
        is_found = selection->why[i] == finding;
    }
    return is_found;
}

/* An argument that undercut the losing side carries the outcome too. */
static void take_undercutters(struct walk *walk, const struct issue_result *issue,
                              const struct finding *undercut, uint32_t first_why)
{
    struct selection *selection = walk->selection;
    for (uint32_t i = 0; i < issue->findings.count; i++) {
        uint32_t finding = issue->findings.first + i;
        if (is_by(walk->ruling, undercut, finding) && !is_taken(selection, first_why, finding)) {
            insert(walk->ruling, selection->why, &selection->why_count, first_why, finding);
        }
    }
}

/* Put one finding of an issue where it belongs. */
static void take_finding(struct walk *walk, const struct issue_result *issue, uint32_t finding,
                         uint32_t first_why)
{
    const struct amicus_ruling *ruling = walk->ruling;
    struct selection *selection = walk->selection;
    uint8_t status = ruling->findings[finding].status;
    if (status == FINDING_NOT_APPLIED || rule_of(ruling, finding)->issue == INDEX_NONE) {
        return;
    }
    bool is_ours = is_for_taken(ruling, issue, finding);
    if (is_ours && status == FINDING_APPLIED) {
        insert(ruling, selection->why, &selection->why_count, first_why, finding);
    } else if (!is_ours) {
        insert(ruling, selection->against, &selection->against_count, 0, finding);
        if (status == FINDING_UNDERCUT) {
            take_undercutters(walk, issue, &ruling->findings[finding], first_why);
        }
    }
}

static void take_issue(struct walk *walk, uint32_t index)
{
    const struct amicus_ruling *ruling = walk->ruling;
    const struct issue_result *issue = &ruling->issues[index];
    struct selection *selection = walk->selection;
    uint32_t first_why = selection->why_count;
    for (uint32_t i = 0; i < issue->findings.count; i++) {
        take_finding(walk, issue, issue->findings.first + i, first_why);
    }
    for (uint32_t i = first_why; i < selection->why_count; i++) {
        visit(walk, ruling->findings[selection->why[i]].rests);
    }
    for (uint32_t i = 0; i < issue->findings.count && selection->why_count == first_why; i++) {
        visit(walk, ruling->findings[issue->findings.first + i].rests);
    }
}

amicus_status selection_of(struct selection *out, const struct amicus_ruling *ruling, uint32_t item,
                           struct arena *arena)
{
    assert(out != NULL && ruling != NULL && arena != NULL);
    assert(item < ruling->item_count);
    *out = (struct selection){0};
    out->why = arena_give_array(arena, ruling->finding_count, sizeof *out->why);
    out->against = arena_give_array(arena, ruling->finding_count, sizeof *out->against);
    out->issues = arena_give_array(arena, ruling->issue_count, sizeof *out->issues);
    struct walk walk = {ruling, out, arena_give_array(arena, ruling->issue_count, sizeof(bool))};
    if (out->why == NULL || out->against == NULL || out->issues == NULL || walk.is_seen == NULL) {
        return AMICUS_MEMORY;
    }
    visit(&walk, ruling->items[item].rests_on);
    for (uint32_t i = 0; i < out->issue_count; i++) {
        take_issue(&walk, out->issues[i]);
    }
    return AMICUS_OK;
}

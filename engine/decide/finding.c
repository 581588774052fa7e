/*
 * Findings: ranks between the arguments about an issue, and the names of what a finding lost to or
 * waits for. resolve.c makes findings and labels; what is here says of them what people ask next.
 *
 * A finding is defeated by the rules that outrank it or, where none does, by those that stand on
 * the other side: with equal ranks on both sides the issue goes against its claimant, and each that
 * stands is the reason.
 *
 * INVARIANT: nothing here changes a label or the value of a finding.
 *
 * Cost: quadratic in the arguments of one issue, of which there are a handful; nothing of it is
 * done in a trial, ranks apart.
 */
#include "finding.h"

#include <assert.h>

bool rule_outranks(const struct image *image, uint32_t a, uint32_t b)
{
    assert(image != NULL);
    assert(a < image->rule_count && b < image->rule_count);
    const struct rule_row *above = &image->rules[a];
    if (above->layer != image->rules[b].layer) {
        return above->layer > image->rules[b].layer;
    }
    for (uint32_t i = 0; i < above->beaten_count; i++) {
        if (image->indices[above->first_beaten + i] == b) {
            return true;
        }
    }
    return false;
}

bool finding_is_outranked(const struct arguments *arguments, const struct finding *finding,
                          enum kleene value)
{
    assert(arguments != NULL && finding != NULL);
    assert(!is_undercutter(arguments->image, finding));
    const struct image *image = arguments->image;
    for (uint32_t i = 0; i < arguments->count; i++) {
        const struct finding *theirs = &arguments->findings[i];
        if (theirs->value >= value && !is_undercutter(image, theirs) &&
            side_of(image, theirs) != side_of(image, finding) &&
            rule_outranks(image, theirs->rule, finding->rule)) {
            return true;
        }
    }
    return false;
}

/* Whether a finding applies for a side and nothing that applies on the other outranks it. */
static bool stands(const struct arguments *arguments, const struct finding *finding, enum side side)
{
    return !is_undercutter(arguments->image, finding) && finding->value == KLEENE_TRUE &&
           side_of(arguments->image, finding) == side &&
           !finding_is_outranked(arguments, finding, KLEENE_TRUE);
}

bool findings_conflict(const struct arguments *arguments)
{
    assert(arguments != NULL && arguments->image != NULL);
    assert(arguments->findings != NULL || arguments->count == 0);
    bool is_standing[2] = {false, false};
    for (uint32_t i = 0; i < arguments->count; i++) {
        const struct finding *finding = &arguments->findings[i];
        is_standing[SIDE_FOR] |= stands(arguments, finding, SIDE_FOR);
        is_standing[SIDE_AGAINST] |= stands(arguments, finding, SIDE_AGAINST);
    }
    return is_standing[SIDE_FOR] && is_standing[SIDE_AGAINST];
}

static void add_waiting(struct workspace *workspace, struct span *waiting, uint32_t read)
{
    for (uint32_t i = 0; i < waiting->count; i++) {
        if (workspace->waiting.at[waiting->first + i] == read) {
            return;
        }
    }
    numbers_add(workspace, &workspace->waiting, read);
    waiting->count = (uint32_t)(workspace->waiting.count - waiting->first);
}

void finding_name_waiting(struct workspace *workspace, struct finding *finding)
{
    assert(workspace != NULL && finding != NULL);
    assert(finding->status == FINDING_WAITING);
    const struct rule_row *rule = &workspace->image->rules[finding->rule];
    finding->waiting.first = (uint32_t)workspace->waiting.count;
    for (uint32_t i = 0; i < finding->looks.count; i++) {
        const uint32_t read = workspace->looks.at[finding->looks.first + i];
        if (!workspace->reads[read].is_usable) {
            add_waiting(workspace, &finding->waiting, read);
        }
    }
    for (uint32_t i = 0; i < rule->undercutter_count; i++) {
        const uint32_t row = workspace->image->indices[rule->first_undercutter + i];
        const uint32_t at = workspace->undercut_at[row];
        if (at == 0 || at - 1 < workspace->undercut_from) {
            continue;
        }
        const struct span theirs = workspace->findings[at - 1].waiting;
        for (uint32_t j = 0; j < theirs.count; j++) {
            add_waiting(workspace, &finding->waiting, workspace->waiting.at[theirs.first + j]);
        }
    }
}

void finding_name_undercutters(struct workspace *workspace, struct finding *finding)
{
    assert(workspace != NULL && finding != NULL);
    assert(finding->status == FINDING_UNDERCUT);
    const struct rule_row *rule = &workspace->image->rules[finding->rule];
    finding->by.first = (uint32_t)workspace->by.count;
    for (uint32_t i = 0; i < rule->undercutter_count; i++) {
        const uint32_t row = workspace->image->indices[rule->first_undercutter + i];
        const uint32_t at = workspace->undercut_at[row];
        if (at > workspace->undercut_from && workspace->findings[at - 1].value == KLEENE_TRUE) {
            numbers_add(workspace, &workspace->by, row);
        }
    }
    finding->by.count = (uint32_t)(workspace->by.count - finding->by.first);
}

/* Whether `theirs` is one of those that defeat a finding, of which some outrank it or none does. */
static bool defeats(const struct arguments *arguments, const struct finding *theirs,
                    const struct finding *finding, bool by_rank)
{
    const struct image *image = arguments->image;
    const enum side other = side_of(image, finding) == SIDE_FOR ? SIDE_AGAINST : SIDE_FOR;
    if (!by_rank) {
        return stands(arguments, theirs, other);
    }
    return !is_undercutter(image, theirs) && theirs->value == KLEENE_TRUE &&
           side_of(image, theirs) == other && rule_outranks(image, theirs->rule, finding->rule);
}

static void name_defeaters(struct workspace *workspace, const struct arguments *arguments,
                           struct finding *finding)
{
    const bool by_rank = finding_is_outranked(arguments, finding, KLEENE_TRUE);
    finding->by.first = (uint32_t)workspace->by.count;
    for (uint32_t i = 0; i < arguments->count; i++) {
        if (defeats(arguments, &arguments->findings[i], finding, by_rank)) {
            numbers_add(workspace, &workspace->by, arguments->findings[i].rule);
        }
    }
    finding->by.count = (uint32_t)(workspace->by.count - finding->by.first);
}

static bool is_named(const struct workspace *workspace, struct span by, uint32_t rule)
{
    for (uint32_t i = 0; i < by.count; i++) {
        if (workspace->by.at[by.first + i] == rule) {
            return true;
        }
    }
    return false;
}

static void hide_idle_undercutters(struct workspace *workspace, const struct issue_result *result)
{
    struct finding *findings = &workspace->findings[result->findings.first];
    for (uint32_t i = 0; i < result->findings.count; i++) {
        bool is_idle =
            findings[i].status == FINDING_APPLIED && is_undercutter(workspace->image, &findings[i]);
        for (uint32_t j = 0; is_idle && j < result->findings.count; j++) {
            is_idle = !is_named(workspace, findings[j].by, findings[i].rule);
        }
        if (is_idle) {
            findings[i].status = FINDING_NOT_APPLIED;
        }
    }
}

void findings_settle(struct workspace *workspace, const struct issue_result *result)
{
    assert(workspace != NULL && result != NULL);
    assert(result->taken != LABEL_OPEN);
    struct finding *findings = &workspace->findings[result->findings.first];
    const struct arguments arguments = {workspace->image, findings, result->findings.count};
    const enum side lost = result->taken == LABEL_UPHELD ? SIDE_AGAINST : SIDE_FOR;
    hide_idle_undercutters(workspace, result);
    for (uint32_t i = 0; i < result->findings.count; i++) {
        if (findings[i].status == FINDING_APPLIED &&
            !is_undercutter(workspace->image, &findings[i]) &&
            side_of(workspace->image, &findings[i]) == lost) {
            findings[i].status = FINDING_DEFEATED;
            name_defeaters(workspace, &arguments, &findings[i]);
        }
    }
}

/*
 * Resolution: from conditions to findings, from findings to labels.
 *
 * A rule applies if it is in force, its condition holds, its exception does not, and no undercutter
 * applies; undercutters are rules against rules and are judged the same way, at the standard of the
 * issue that is argued about. The label is ambiguity-blocking defeasible logic with team defeat in
 * three values: the arguments for an issue defend it if there is one and every argument against it
 * is outranked by one of them. Upheld: they do even if every open argument turns out against the
 * issue. Rejected: they do not even if all turn out for it. Else open. See the decision model,
 * section 2.
 *
 * Labels are made twice. `taken` is what the recommendation rests on: bottom up, an open issue is
 * lost by the side with the burden, and higher issues see that. `label` is what the facts alone
 * say. Where no issue below was decided by its burden the two runs cannot differ, so the second
 * evaluates only what leans on one that was.
 *
 * INVARIANT: issues are taken in image.issue_order, so that an issue that is asked for has its
 * label; ranks are fixed in the image; nothing here depends on the order of rules.
 *
 * Cost: one evaluation of each rule that no guard rules out, for each record of its issue; ranking
 * is quadratic in the arguments of one issue, of which there are a handful.
 */
#include "resolve.h"

#include "eligible.h"
#include "evaluate.h"

#include <assert.h>
#include <string.h>

static enum kleene least(enum kleene a, enum kleene b)
{
    return a < b ? a : b;
}

static enum kleene opposite(enum kleene kleene)
{
    return (enum kleene)(KLEENE_TRUE - kleene);
}

static bool is_undercutter(const struct image *image, const struct finding *finding)
{
    return image->rules[finding->rule].issue == INDEX_NONE;
}

static enum side side_of(const struct image *image, const struct finding *finding)
{
    return (enum side)image->rules[finding->rule].side;
}

/* Whether the anchor's date lies in the rule's period. */
enum kleene resolve_in_force(struct workspace *workspace, const struct rule_row *rule)
{
    assert(workspace != NULL && rule != NULL);
    assert(rule->from_s <= rule->until_s);
    const bool is_always = rule->from_s == INSTANT_MIN && rule->until_s == INSTANT_MAX;
    if (rule->anchor == ANCHOR_NONE || is_always) {
        return KLEENE_TRUE;
    }
    const struct value at = evaluate_anchor(workspace, (enum anchor)rule->anchor);
    if (at.standing == STANDING_UNKNOWN) {
        return KLEENE_OPEN;
    }
    const bool is_in = at.standing != STANDING_ABSENT && value_instant(&at) >= rule->from_s &&
                       value_instant(&at) < rule->until_s;
    return is_in ? KLEENE_TRUE : KLEENE_FALSE;
}

/* What a rule says by itself, before anybody argues against it. */
static enum kleene condition_of(struct workspace *workspace, const struct rule_row *rule)
{
    enum kleene kleene = resolve_in_force(workspace, rule);
    if (kleene != KLEENE_FALSE) {
        kleene = least(kleene, evaluate_condition(workspace, rule->when));
    }
    if (kleene != KLEENE_FALSE && rule->unless != NODE_NONE) {
        kleene = least(kleene, opposite(evaluate_condition(workspace, rule->unless)));
    }
    return kleene;
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

/* Name what an open finding waits for: its own reads that do not count, and those of undercutters
 * that are open. */
static void find_waiting(struct workspace *workspace, struct finding *finding)
{
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

/* Name the undercutters that apply. */
static void find_undercutters(struct workspace *workspace, struct finding *finding)
{
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

static bool grow_findings(struct workspace *workspace)
{
    void *findings = workspace->findings;
    if (arena_grow(workspace->arena, &findings, &workspace->finding_capacity,
                   workspace->finding_count, sizeof(struct finding)) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return false;
    }
    workspace->findings = findings;
    return true;
}

static uint32_t add_finding(struct workspace *workspace, uint32_t rule, uint32_t record)
{
    if (workspace->finding_count == workspace->finding_capacity && !grow_findings(workspace)) {
        return INDEX_NONE;
    }
    workspace->findings[workspace->finding_count] =
        (struct finding){.rule = rule,
                         .record = record,
                         .item = workspace_owner(workspace, record),
                         .value = KLEENE_OPEN};
    return (uint32_t)workspace->finding_count++;
}

static enum finding_status status_of(enum kleene condition, enum kleene undercut)
{
    if (condition == KLEENE_FALSE) {
        return FINDING_NOT_APPLIED;
    }
    if (undercut == KLEENE_TRUE) { /* of an open rule it is idle to say what undercuts it */
        return condition == KLEENE_TRUE ? FINDING_UNDERCUT : FINDING_NOT_APPLIED;
    }
    const bool is_open = condition == KLEENE_OPEN || undercut == KLEENE_OPEN;
    return is_open ? FINDING_WAITING : FINDING_APPLIED;
}

/* Evaluate a rule's own condition for a record, in a scope of its own. */
static enum kleene read_condition(struct workspace *workspace, const struct rule_row *rule,
                                  uint32_t bound, uint32_t at)
{
    struct scope scope;
    struct span looks;
    struct span rests;
    scope_open(workspace, &scope);
    workspace->vars[0] = bound;
    workspace->about = workspace->findings[at].record;
    const enum kleene kleene = condition_of(workspace, rule);
    scope_close(workspace, &scope, &looks, &rests);
    workspace->findings[at].looks = looks;
    workspace->findings[at].rests = rests;
    return kleene;
}

/* Set what a finding comes to. */
static void conclude(struct workspace *workspace, struct finding *finding, enum kleene condition,
                     enum kleene undercut)
{
    finding->value = (uint8_t)least(condition, opposite(undercut));
    finding->status = (uint8_t)status_of(condition, undercut);
    if (workspace->is_blind) {
        return;
    }
    if (finding->status == FINDING_WAITING) {
        find_waiting(workspace, finding);
    } else if (finding->status == FINDING_UNDERCUT) {
        find_undercutters(workspace, finding);
    }
}

/* Make the finding of a rule, or of an undercutter, on a record. returns its place; a rule that
 * does not speak of such records makes none: INDEX_NONE. Undercutters are judged once an issue and
 * record, whomever they attack. The compiler refuses undercutters that attack each other in a ring,
 * so the recursion ends. NOLINTNEXTLINE(misc-no-recursion) */
static uint32_t consider(struct workspace *workspace, uint32_t row, uint32_t about)
{
    const struct rule_row *rule = &workspace->image->rules[row];
    const uint32_t known = workspace->undercut_at[row];
    if (known > workspace->undercut_from) {
        return known - 1;
    }
    const uint32_t bound = workspace_bind(workspace, rule->kind, about);
    const uint32_t at = bound == RECORD_NONE ? INDEX_NONE : add_finding(workspace, row, about);
    if (at == INDEX_NONE) {
        return INDEX_NONE;
    }
    workspace->undercut_at[row] = at + 1;
    const enum kleene condition = read_condition(workspace, rule, bound, at);
    enum kleene undercut = KLEENE_FALSE;
    for (uint32_t i = 0; condition != KLEENE_FALSE && i < rule->undercutter_count; i++) {
        const uint32_t by =
            consider(workspace, workspace->image->indices[rule->first_undercutter + i], about);
        const enum kleene value =
            by == INDEX_NONE ? KLEENE_FALSE : (enum kleene)workspace->findings[by].value;
        undercut = value > undercut ? value : undercut;
    }
    conclude(workspace, &workspace->findings[at], condition, undercut);
    return at;
}

uint32_t resolve_again(struct workspace *workspace, uint32_t rule, uint32_t record,
                       enum proof proof)
{
    assert(workspace != NULL && rule < workspace->image->rule_count);
    assert(workspace->ruling != NULL && workspace->is_taken);
    struct scope scope;
    memset(workspace->undercut_at, 0,
           workspace->image->rule_count * sizeof *workspace->undercut_at);
    workspace->proof = (uint8_t)proof;
    workspace->undercut_from = workspace->finding_count;
    scope_open(workspace, &scope);
    const uint32_t at = consider(workspace, rule, record);
    scope_close(workspace, &scope, NULL, NULL);
    return at;
}

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

/* Whether an argument of the other side, true or at least as `value`, outranks a finding. */
static bool is_outranked(const struct image *image, const struct finding *findings, uint32_t count,
                         const struct finding *finding, enum kleene value)
{
    for (uint32_t i = 0; i < count; i++) {
        if (findings[i].value >= value && !is_undercutter(image, &findings[i]) &&
            side_of(image, &findings[i]) != side_of(image, finding) &&
            rule_outranks(image, findings[i].rule, finding->rule)) {
            return true;
        }
    }
    return false;
}

/* Arguments against the issue that are to be answered. */
enum answer { ANSWER_TRUE = KLEENE_TRUE, ANSWER_OPEN = KLEENE_OPEN, ANSWER_NONE = 3 };

/* Whether the arguments for the issue, of `value` or better, defend it. */
static bool defends(const struct image *image, const struct finding *findings, uint32_t count,
                    enum kleene value, enum answer answer)
{
    bool has_one = false;
    for (uint32_t i = 0; i < count; i++) {
        if (is_undercutter(image, &findings[i])) {
            continue;
        }
        if (side_of(image, &findings[i]) == SIDE_FOR) {
            has_one |= findings[i].value >= value;
        } else if (findings[i].value >= answer &&
                   !is_outranked(image, findings, count, &findings[i], value)) {
            return false;
        }
    }
    return has_one;
}

enum label resolve_label(const struct image *image, const struct finding *findings, uint32_t count,
                         enum proof proof)
{
    assert(image != NULL && (findings != NULL || count == 0));
    assert(proof < PROOF_COUNT);
    const bool is_some = proof == PROOF_SOME;
    if (defends(image, findings, count, KLEENE_TRUE, is_some ? ANSWER_NONE : ANSWER_OPEN)) {
        return LABEL_UPHELD;
    }
    const enum answer answer = is_some ? ANSWER_NONE : ANSWER_TRUE;
    return defends(image, findings, count, KLEENE_OPEN, answer) ? LABEL_OPEN : LABEL_REJECTED;
}

/* Whether a finding applies and nothing that applies on the other side outranks it. */
static bool stands(const struct image *image, const struct finding *findings, uint32_t count,
                   const struct finding *finding, enum side side)
{
    return !is_undercutter(image, finding) && finding->value == KLEENE_TRUE &&
           side_of(image, finding) == side &&
           !is_outranked(image, findings, count, finding, KLEENE_TRUE);
}

/* Rules of equal rank on both sides: what is left standing on each. */
static bool is_conflict(const struct image *image, const struct finding *findings, uint32_t count)
{
    bool is_standing[2] = {false, false};
    for (uint32_t i = 0; i < count; i++) {
        is_standing[SIDE_FOR] |= stands(image, findings, count, &findings[i], SIDE_FOR);
        is_standing[SIDE_AGAINST] |= stands(image, findings, count, &findings[i], SIDE_AGAINST);
    }
    return is_standing[SIDE_FOR] && is_standing[SIDE_AGAINST];
}

/* Name the rules that defeat a finding: those that outrank it or, where none does, those that
 * stand against it. */
static void find_defeaters(struct workspace *workspace, const struct finding *findings,
                           uint32_t count, struct finding *finding)
{
    const struct image *image = workspace->image;
    const enum side side = side_of(image, finding);
    const enum side other = side == SIDE_FOR ? SIDE_AGAINST : SIDE_FOR;
    const bool by_rank = is_outranked(image, findings, count, finding, KLEENE_TRUE);
    finding->by.first = (uint32_t)workspace->by.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct finding *theirs = &findings[i];
        const bool is_one = by_rank
                                ? !is_undercutter(image, theirs) && theirs->value == KLEENE_TRUE &&
                                      side_of(image, theirs) == other &&
                                      rule_outranks(image, theirs->rule, finding->rule)
                                : stands(image, findings, count, theirs, other);
        if (is_one) {
            numbers_add(workspace, &workspace->by, theirs->rule);
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

/* An undercutter that holds and takes nothing out, because what it attacks does not apply anyway,
 * is no part of the reasons. */
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

static void mark_defeated(struct workspace *workspace, const struct issue_result *result)
{
    struct finding *findings = &workspace->findings[result->findings.first];
    const enum side lost = result->taken == LABEL_UPHELD ? SIDE_AGAINST : SIDE_FOR;
    for (uint32_t i = 0; i < result->findings.count; i++) {
        if (findings[i].status == FINDING_APPLIED &&
            !is_undercutter(workspace->image, &findings[i]) &&
            side_of(workspace->image, &findings[i]) == lost) {
            findings[i].status = FINDING_DEFEATED;
            find_defeaters(workspace, findings, result->findings.count, &findings[i]);
        }
    }
}

/* Who loses an open issue: false if nobody knows, and then the claimant does. */
static bool burden_is_on_respondent(struct workspace *workspace, struct issue_result *result)
{
    const struct issue_row *issue = &workspace->image->issues[result->issue];
    const uint8_t claimant = workspace_party(workspace, issue->claimant, result->record);
    result->burden = workspace_party(workspace, issue->burden, result->record);
    if (result->burden != PARTY_CLIENT && result->burden != PARTY_FREELANCER) {
        result->burden = PARTY_NONE;
    }
    return issue->burden != issue->claimant && result->burden != PARTY_NONE &&
           claimant != PARTY_NONE && result->burden != claimant;
}

static bool rests_on_burden(const struct workspace *workspace, struct span rests)
{
    for (uint32_t i = 0; i < rests.count; i++) {
        const uint32_t at = workspace->rests.at[rests.first + i];
        if (workspace->results[at].on_burden || workspace->leans[at]) {
            return true;
        }
    }
    return false;
}

/* Whether any finding asked for an issue that its burden decided, directly or through others. */
static bool leans_on_burden(const struct workspace *workspace, const struct issue_result *result)
{
    for (uint32_t i = 0; i < result->findings.count; i++) {
        if (rests_on_burden(workspace, workspace->findings[result->findings.first + i].rests)) {
            return true;
        }
    }
    return false;
}

/* Make the findings on one record. returns its label. */
static enum label argue(struct workspace *workspace, struct issue_result *result)
{
    const struct issue_row *issue = &workspace->image->issues[result->issue];
    const size_t first = workspace->finding_count;
    workspace->proof = issue->proof;
    workspace->undercut_from = first;
    struct eligible rules = eligible_of(workspace, result->issue, result->record);
    uint32_t place = 0;
    while (eligible_next(&rules, &place)) {
        consider(workspace, workspace->image->indices[issue->first_rule + place], result->record);
    }
    if (workspace->status != AMICUS_OK) {
        return LABEL_OPEN;
    }
    result->findings = (struct span){(uint32_t)first, (uint32_t)(workspace->finding_count - first)};
    return resolve_label(workspace->image, workspace->findings + first, result->findings.count,
                         (enum proof)issue->proof);
}

static void take(struct workspace *workspace, uint32_t at, uint32_t issue, uint32_t record)
{
    struct issue_result *result = &workspace->results[at];
    *result = (struct issue_result){
        .issue = issue, .record = record, .item = workspace_owner(workspace, record)};
    result->label = (uint8_t)argue(workspace, result);
    const bool is_lost_by_other = burden_is_on_respondent(workspace, result);
    result->taken = result->label;
    if (result->label == LABEL_OPEN) {
        result->on_burden = true;
        result->taken = is_lost_by_other ? LABEL_UPHELD : LABEL_REJECTED;
    }
    const uint8_t proof = workspace->image->issues[issue].proof;
    result->is_conflict =
        result->label == LABEL_REJECTED && proof != PROOF_SOME &&
        is_conflict(workspace->image, workspace->findings + result->findings.first,
                    result->findings.count);
    if (workspace->forced != NULL && workspace->forced[at] != LABEL_OPEN) {
        result->taken = workspace->forced[at];
    }
    if (!workspace->is_blind) {
        hide_idle_undercutters(workspace, result);
        mark_defeated(workspace, result);
        workspace->leans[at] = leans_on_burden(workspace, result);
    }
}

void resolve_taken(struct workspace *workspace)
{
    assert(workspace != NULL);
    assert(workspace->finding_count == 0 && workspace->is_taken);
    const struct image *image = workspace->image;
    for (uint32_t i = 0; i < image->issue_count; i++) {
        const uint32_t issue = image->issue_order[i];
        const uint32_t count = workspace_count_records(workspace, image->issues[issue].kind);
        for (uint32_t n = 0; n < count && workspace->status == AMICUS_OK; n++) {
            const uint32_t record = workspace_record(workspace, image->issues[issue].kind, n);
            take(workspace, workspace->first_result[issue] + n, issue, record);
        }
    }
}

/* Label one result again, with open issues open. Its findings stay as they were. */
static void relabel(struct workspace *workspace, struct issue_result *result)
{
    const struct span findings = result->findings;
    result->label = (uint8_t)argue(workspace, result);
    result->findings = findings;
}

static void relabel_issue(struct workspace *workspace, uint32_t issue)
{
    const uint32_t first = workspace->first_result[issue];
    const uint32_t count = workspace_count_records(workspace, workspace->image->issues[issue].kind);
    for (uint32_t at = first; at < first + count && workspace->status == AMICUS_OK; at++) {
        if (workspace->leans[at]) {
            relabel(workspace, &workspace->results[at]);
        }
    }
}

void resolve_by_facts(struct workspace *workspace)
{
    assert(workspace != NULL);
    assert(workspace->is_taken);
    const size_t findings = workspace->finding_count;
    const size_t waiting = workspace->waiting.count;
    const size_t by = workspace->by.count;
    workspace->is_taken = false;
    workspace->phase++;
    for (uint32_t i = 0; i < workspace->image->issue_count; i++) {
        relabel_issue(workspace, workspace->image->issue_order[i]);
    }
    workspace->finding_count = findings;
    workspace->waiting.count = waiting;
    workspace->by.count = by;
    workspace->is_taken = true;
    workspace->phase++;
}

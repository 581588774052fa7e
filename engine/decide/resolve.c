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

#include "completion.h"
#include "eligible.h"
#include "evaluate.h"
#include "footprint.h"

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
    if (workspace->footprint != NULL) {
        footprint_end_condition(workspace->footprint);
    }
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
        finding_name_waiting(workspace, finding);
    } else if (finding->status == FINDING_UNDERCUT) {
        finding_name_undercutters(workspace, finding);
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

/* Arguments against the issue that are to be answered. */
enum answer { ANSWER_TRUE = KLEENE_TRUE, ANSWER_OPEN = KLEENE_OPEN, ANSWER_NONE = 3 };

/* Whether the arguments for the issue, of `value` or better, defend it. */
static bool defends(const struct arguments *arguments, enum kleene value, enum answer answer)
{
    bool has_one = false;
    for (uint32_t i = 0; i < arguments->count; i++) {
        const struct finding *finding = &arguments->findings[i];
        if (is_undercutter(arguments->image, finding)) {
            continue;
        }
        if (side_of(arguments->image, finding) == SIDE_FOR) {
            has_one |= finding->value >= value;
        } else if (finding->value >= answer && !finding_is_outranked(arguments, finding, value)) {
            return false;
        }
    }
    return has_one;
}

enum label resolve_label(const struct arguments *arguments, enum proof proof)
{
    assert(arguments != NULL && arguments->image != NULL);
    assert(proof < PROOF_COUNT);
    const bool is_some = proof == PROOF_SOME;
    if (defends(arguments, KLEENE_TRUE, is_some ? ANSWER_NONE : ANSWER_OPEN)) {
        return LABEL_UPHELD;
    }
    const enum answer answer = is_some ? ANSWER_NONE : ANSWER_TRUE;
    return defends(arguments, KLEENE_OPEN, answer) ? LABEL_OPEN : LABEL_REJECTED;
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

static struct arguments arguments_of(const struct workspace *workspace,
                                     const struct issue_result *result)
{
    return (struct arguments){workspace->image, workspace->findings + result->findings.first,
                              result->findings.count};
}

/* Make the findings on one record, with is_leaning of the workspace. returns its label. */
static enum label argue(struct workspace *workspace, struct issue_result *result)
{
    const struct issue_row *issue = &workspace->image->issues[result->issue];
    const size_t first = workspace->finding_count;
    workspace->proof = issue->proof;
    workspace->undercut_from = first;
    workspace->is_leaning = false;
    struct eligible rules = eligible_of(workspace, result->issue, result->record);
    uint32_t place = 0;
    while (eligible_next(&rules, &place)) {
        consider(workspace, workspace->image->indices[issue->first_rule + place], result->record);
    }
    if (workspace->status != AMICUS_OK) {
        return LABEL_OPEN;
    }
    result->findings = (struct span){(uint32_t)first, (uint32_t)(workspace->finding_count - first)};
    const struct arguments arguments = arguments_of(workspace, result);
    return resolve_label(&arguments, (enum proof)issue->proof);
}

/* Take back the findings of a label that is not kept. */
static void drop_findings(struct workspace *workspace, struct span findings)
{
    for (uint32_t i = 0; i < findings.count; i++) {
        workspace->undercut_at[workspace->findings[findings.first + i].rule] = 0;
    }
    workspace->finding_count = findings.first;
}

/* Label a result in the middle of something else, which goes on as it was. */
static void label_aside(struct workspace *workspace, uint32_t at)
{
    struct footprint *footprint = workspace->footprint;
    struct issue_result *result = &workspace->results[at];
    uint32_t vars[VARS_MAX];
    struct pause pause;
    memcpy(vars, workspace->vars, sizeof vars);
    const uint32_t about = workspace->about;
    const uint8_t proof = workspace->proof;
    const size_t undercut_from = workspace->undercut_from;
    footprint_pause(footprint, &pause);
    result->label = (uint8_t)argue(workspace, result);
    drop_findings(workspace, result->findings);
    footprint_keep(&footprint->results[at], footprint, &pause);
    footprint->labelled[at] = workspace->phase;
    memcpy(workspace->vars, vars, sizeof vars);
    workspace->about = about;
    workspace->proof = proof;
    workspace->undercut_from = undercut_from;
}

enum label resolve_on_demand(struct workspace *workspace, uint32_t at)
{
    assert(workspace != NULL && workspace->footprint != NULL);
    assert(at < workspace->result_count && workspace->is_blind);
    struct footprint *footprint = workspace->footprint;
    if (!footprint_holds(footprint, &footprint->results[at], footprint->labelled[at])) {
        label_aside(workspace, at);
    }
    footprint_recall(footprint, &footprint->results[at]);
    return (enum label)workspace->results[at].label;
}

/* Where the values that unknown facts can have all give one label, that is the label: nothing is
 * lost by a burden, and nothing above leans on one. */
static void complete(struct workspace *workspace, uint32_t at)
{
    struct issue_result *result = &workspace->results[at];
    const enum label label = completion_label(workspace, at);
    if (label != LABEL_OPEN) {
        result->label = (uint8_t)label;
        result->whatever_unknown = true;
        workspace->leans[at] = false;
    }
}

static void take(struct workspace *workspace, uint32_t at, uint32_t issue, uint32_t record)
{
    struct issue_result *result = &workspace->results[at];
    *result = (struct issue_result){
        .issue = issue, .record = record, .item = workspace_owner(workspace, record)};
    result->label = (uint8_t)argue(workspace, result);
    workspace->leans[at] = workspace->is_leaning;
    if (workspace->status == AMICUS_OK && (result->label == LABEL_OPEN || workspace->leans[at])) {
        complete(workspace, at);
    }
    const bool is_lost_by_other = burden_is_on_respondent(workspace, result);
    result->taken = result->label;
    if (result->label == LABEL_OPEN) {
        result->on_burden = true;
        result->taken = is_lost_by_other ? LABEL_UPHELD : LABEL_REJECTED;
    }
    const struct arguments arguments = arguments_of(workspace, result);
    result->is_conflict = result->label == LABEL_REJECTED &&
                          workspace->image->issues[issue].proof != PROOF_SOME &&
                          findings_conflict(&arguments);
    if (workspace->forced != NULL && workspace->forced[at] != LABEL_OPEN) {
        result->taken = workspace->forced[at];
    }
    if (!workspace->is_blind) {
        findings_settle(workspace, result);
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

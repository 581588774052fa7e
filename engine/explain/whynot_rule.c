/*
 * Why not, of rules and issues: what each rule came to on a record, and what became of it.
 *
 * What became of a rule that applied is the ruling's to say: whether the other side outranked it,
 * and whether the outcome rests on it. All else is traced anew, so that it does not matter which
 * findings a ruling keeps.
 */
#include "whynot_work.h"

#include "date.h"
#include "exhibit.h"
#include "selection.h"

#include <assert.h>

/* --- verdicts --- */

static void put_rules(struct builder *builder, const struct image *image, const uint32_t *rows,
                      uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        builder_puts(builder, i == 0 ? "" : i + 1 == count ? " and " : ", ");
        builder_put(builder, image_text(image, image->rules[rows[i]].id));
    }
}

/* The finding that the ruling keeps of a rule on a record; NULL if it keeps none. */
static const struct finding *finding_of(const struct whynot_work *work,
                                        const struct issue_result *about, uint32_t rule)
{
    for (uint32_t i = 0; i < about->findings.count; i++) {
        const struct finding *finding = &work->ruling->findings[about->findings.first + i];
        if (finding->rule == rule) {
            return finding;
        }
    }
    return NULL;
}

/* Whether a selection carries a finding. */
static bool has_finding(const struct whynot_work *work, const struct selection *selection,
                        const struct finding *finding)
{
    for (uint32_t i = 0; i < selection->why_count; i++) {
        if (&work->ruling->findings[selection->why[i]] == finding) {
            return true;
        }
    }
    return false;
}

/* Whether the outcome of some item rests on a finding. */
static bool is_carrying(struct whynot_work *work, const struct finding *finding)
{
    for (uint32_t i = 0; i < work->ruling->item_count; i++) {
        struct selection selection;
        const amicus_status status =
            selection_of(&selection, work->ruling, i, work->outline->arena);
        if (status != AMICUS_OK) {
            whynot_fail(work, status);
            return false;
        }
        if (has_finding(work, &selection, finding)) {
            return true;
        }
    }
    return false;
}

static struct text defeated_says(struct whynot_work *work, const struct finding *finding)
{
    const struct image *image = work->image;
    const uint32_t *by = &work->ruling->by[finding->by.first];
    const uint8_t own = image->rules[finding->rule].layer;
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    builder_puts(&builder, "It applied, but ");
    if (finding->by.count == 0) {
        builder_puts(&builder, "its issue went the other way.");
        return outline_text(work->outline, &builder);
    }
    put_rules(&builder, image, by, finding->by.count);
    const uint8_t other = image->rules[by[0]].layer;
    if (other != own) {
        builder_putf(&builder, " %s it: %s goes before %s.",
                     finding->by.count == 1 ? "outranks" : "outrank", layer_name((enum layer)other),
                     layer_name((enum layer)own));
    } else {
        builder_puts(&builder, finding->by.count == 1 ? " prevails over it." : " prevail over it.");
    }
    return outline_text(work->outline, &builder);
}

static struct text applied_says(struct whynot_work *work, const struct issue_result *about,
                                const struct trace *trace, struct branch *branch)
{
    const struct finding *finding = finding_of(work, about, trace->row);
    if (finding != NULL && finding->status == FINDING_DEFEATED) {
        branch->state = text_of("defeated");
        branch->ink = INK_WARN;
        return defeated_says(work, finding);
    }
    if (finding != NULL && finding->status == FINDING_NOT_APPLIED) {
        branch->state = text_of("idle");
        return text_of("It holds, but what it argues against does not apply anyway.");
    }
    if (finding == NULL || work->image->rules[trace->row].issue == INDEX_NONE) {
        return text_of("It applied.");
    }
    return text_of(is_carrying(work, finding) ? "It applied, and carries the outcome."
                                              : "It applied; the outcome does not rest on it.");
}

static struct text undercut_says(struct whynot_work *work, const struct trace *trace)
{
    struct builder builder;
    bool is_first = true;
    builder_start(&builder, work->outline->arena);
    builder_puts(&builder, "Its conditions are met, but ");
    for (const struct trace *at = trace->undercutters; at != NULL; at = at->next) {
        if (at->value == KLEENE_TRUE) {
            builder_puts(&builder, is_first ? "" : ", ");
            builder_put(&builder, image_text(work->image, work->image->rules[at->row].id));
            is_first = false;
        }
    }
    builder_puts(&builder, " takes it out.");
    return outline_text(work->outline, &builder);
}

/* --- rules --- */

/* Name the date that a period was compared with. */
static void put_anchor(struct builder *builder, const struct whynot_work *work,
                       const struct rule_row *rule, const struct trace *trace)
{
    const struct vocabulary *vocabulary = work->ruling->subject->vocabulary;
    const uint32_t fact = rule->anchor == ANCHOR_CONTRACT_FORMED ? vocabulary->roles.contract_formed
                                                                 : vocabulary->roles.filed;
    builder_puts(builder, ", and ");
    if (work->ruling->instants.has_policy_date || fact == FACT_NONE) {
        builder_puts(builder, "the date of the policy");
    } else {
        builder_put(builder, vocabulary->facts[fact].path);
    }
    builder_puts(builder, " is ");
    ruling_write_value(builder, work->ruling->subject, NULL, &trace->anchor);
}

/* "in force from 2021-01-01 to 2023-12-04 by the date of filing, 2025-05-20 ..." */
static void add_period(struct whynot_work *work, struct branch *parent, const struct rule_row *rule,
                       const struct trace *trace)
{
    if (rule->anchor == ANCHOR_NONE ||
        (rule->from_s == INSTANT_MIN && rule->until_s == INSTANT_MAX)) {
        return;
    }
    const bool is_bad = trace->in_force != KLEENE_TRUE;
    if (!is_bad && work->grounds.is_brief && work->grounds.is_nested) {
        return;
    }
    struct branch *branch = outline_add(work->outline, parent, is_bad ? "obstacle" : "condition");
    branch->state =
        text_of(!is_bad                          ? "true"
                : !work->grounds.is_brief        ? trace->in_force == KLEENE_OPEN ? "open" : "false"
                : trace->in_force == KLEENE_OPEN ? "OPEN"
                                                 : "FALSE");
    branch->ink = is_bad ? INK_WARN : INK_GOOD;
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    builder_puts(&builder, "it is in force");
    if (rule->from_s != INSTANT_MIN) {
        builder_puts(&builder, " from ");
        date_write(&builder, instant_day(rule->from_s));
    }
    if (rule->until_s != INSTANT_MAX) {
        builder_puts(&builder, " to ");
        date_write(&builder, instant_day(rule->until_s - 1));
    }
    put_anchor(&builder, work, rule, trace);
    branch->says = outline_text(work->outline, &builder);
}

/* An undercutter that was looked at: those that hold, or wait, with what they rest on. */
static void add_undercutters(struct whynot_work *work, struct branch *parent,
                             const struct trace *trace)
{
    for (const struct trace *at = trace->undercutters; at != NULL; at = at->next) {
        const struct rule_row *rule = &work->image->rules[at->row];
        if (at->value == KLEENE_FALSE && work->grounds.is_brief) {
            continue;
        }
        struct branch *branch = outline_add(work->outline, parent, "undercutter");
        const struct text id = image_text(work->image, rule->id);
        const struct text title = image_text(work->image, rule->title);
        branch->ink = at->value == KLEENE_FALSE ? INK_FAINT : INK_WARN;
        if (work->grounds.is_brief) { /* beside conditions, which have no names */
            branch->state = text_of(at->value == KLEENE_TRUE ? "undercut" : "waits");
            branch->says = outline_visible(work->outline,
                                           outline_putf(work->outline, "%s %.*s: %.*s",
                                                        at->value == KLEENE_TRUE ? "by" : "for",
                                                        (int)id.length, id.at, (int)title.length,
                                                        title.length > 0 ? title.at : ""));
        } else {
            branch->name = id;
            branch->state = text_of(finding_status_name((enum finding_status)at->status));
            branch->says = outline_visible(work->outline, title);
        }
        whynot_origin(work, branch, rule->clause, rule->origin);
        whynot_conditions(work, branch, at);
    }
}

static void judge_rule(struct whynot_work *work, struct branch *branch,
                       const struct issue_result *about, const struct trace *trace)
{
    switch ((enum finding_status)trace->status) {
    case FINDING_WAITING: branch->says = text_of("It waits for facts that nobody shows."); break;
    case FINDING_UNDERCUT: branch->says = undercut_says(work, trace); break;
    case FINDING_NOT_APPLIED:
        branch->says = trace->in_force == KLEENE_FALSE ? text_of("It was not in force.")
                       : trace->when != NULL && whynot_obstacles(work, trace).obstacles == 0
                           ? text_of("It is taken out, whatever its conditions.")
                           : whynot_count(work, trace);
        break;
    case FINDING_APPLIED:
    case FINDING_DEFEATED: branch->says = applied_says(work, about, trace, branch); break;
    }
}

/* Trace a rule; NULL if that fails, or it does not speak of such records. */
static const struct trace *trace_of(struct whynot_work *work, uint32_t row,
                                    const struct issue_result *about)
{
    struct trace *trace;
    const amicus_status status = trace_rule(&trace, work->grounds.tracing, row, about);
    if (status != AMICUS_OK) {
        whynot_fail(work, status);
        return NULL;
    }
    return trace->is_met ? trace : NULL;
}

/* What a rule did about one issue and record. */
static void add_rule_on(struct whynot_work *work, struct branch *parent, uint32_t row,
                        const struct issue_result *about)
{
    const struct trace *trace = trace_of(work, row, about);
    const struct rule_row *rule = &work->image->rules[row];
    if (trace == NULL) {
        return;
    }
    struct branch *branch = whynot_on(work, parent, about->record,
                                      finding_status_name((enum finding_status)trace->status),
                                      trace->status == FINDING_APPLIED ? INK_GOOD : INK_WARN);
    judge_rule(work, branch, about, trace);
    add_period(work, branch, rule, trace);
    whynot_conditions(work, branch, trace);
    add_undercutters(work, branch, trace);
}

/* Whether an undercutter argues, through others or not, against a rule. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static bool undercuts(const struct image *image, uint32_t undercutter, uint32_t rule)
{
    const struct rule_row *row = &image->rules[rule];
    for (uint32_t i = 0; i < row->undercutter_count; i++) {
        const uint32_t by = image->indices[row->first_undercutter + i];
        if (by == undercutter || undercuts(image, undercutter, by)) {
            return true;
        }
    }
    return false;
}

static bool argues_about(const struct image *image, uint32_t rule, uint32_t issue)
{
    if (image->rules[rule].issue != INDEX_NONE) {
        return image->rules[rule].issue == issue;
    }
    const struct issue_row *row = &image->issues[issue];
    for (uint32_t i = 0; i < row->rule_count; i++) {
        if (undercuts(image, rule, image->indices[row->first_rule + i])) {
            return true;
        }
    }
    return false;
}

void whynot_add_rule(struct whynot_work *work)
{
    assert(work != NULL && work->outline != NULL);
    assert(work->image != NULL);
    const uint32_t row = image_find_rule(work->image, work->name);
    if (row == INDEX_NONE) {
        return;
    }
    const struct rule_row *rule = &work->image->rules[row];
    struct branch *branch =
        whynot_declared(work, rule->issue == INDEX_NONE ? "undercutter" : "rule",
                        image_text(work->image, rule->id), image_text(work->image, rule->title));
    whynot_origin(work, branch, rule->clause, rule->origin);
    for (uint32_t i = 0; i < work->ruling->issue_count; i++) {
        const struct issue_result *result = &work->ruling->issues[i];
        if (argues_about(work->image, row, result->issue)) {
            add_rule_on(work, branch, row, result);
        }
    }
    whynot_nowhere(work, branch);
    whynot_cap(work, branch);
}

/* --- issues --- */

/* One rule of an issue: its verdict, and what stands in its way. A reader who asks why an issue is
 * not upheld is not told what did not speak against it. returns how many rules were left out */
static uint32_t add_argument(struct whynot_work *work, struct branch *parent, uint32_t row,
                             const struct issue_result *about)
{
    const struct trace *trace = trace_of(work, row, about);
    const struct rule_row *rule = &work->image->rules[row];
    if (trace == NULL) {
        return 0;
    }
    const bool is_asked = about->taken == LABEL_REJECTED && rule->side == SIDE_FOR;
    if (trace->status == FINDING_NOT_APPLIED && !is_asked && work->grounds.is_brief) {
        return 1;
    }
    struct branch *branch = outline_add(work->outline, parent, "rule");
    const struct text id = image_text(work->image, rule->id);
    branch->name = outline_putf(work->outline, "%s %.*s", rule->side == SIDE_FOR ? "+" : "-",
                                (int)id.length, id.at);
    branch->state = whynot_state(work, finding_status_name((enum finding_status)trace->status));
    branch->ink = trace->status == FINDING_APPLIED ? INK_GOOD : INK_WARN;
    judge_rule(work, branch, about, trace);
    if (work->grounds.is_brief &&
        (trace->status == FINDING_NOT_APPLIED || trace->status == FINDING_WAITING) &&
        trace->in_force != KLEENE_FALSE) { /* what stands below says it */
        branch->says = (struct text){NULL, 0};
    }
    branch->says = outline_visible(work->outline, branch->says);
    branch->place = exhibit_origin(work->outline->arena, work->image, rule->origin);
    const struct grounds grounds = work->grounds;
    work->grounds.is_nested = true;
    if (work->grounds.is_brief && work->grounds.depth > 0) { /* many rules: less of each */
        work->grounds.depth--;
    }
    add_period(work, branch, rule, trace);
    if (trace->when != NULL) {
        grounds_add_parts(&work->grounds, branch, trace->when, true);
    }
    if (trace->unless != NULL && trace->unless->is_needed) {
        grounds_add_parts(&work->grounds, branch, trace->unless, false);
    }
    work->grounds.is_nested = grounds.is_nested;
    work->grounds.depth = grounds.depth;
    add_undercutters(work, branch, trace);
    return 0;
}

/* The rules of one side. returns how many were left out */
static uint32_t add_arguments(struct whynot_work *work, struct branch *parent,
                              const struct issue_row *issue, enum side side,
                              const struct issue_result *about)
{
    uint32_t left_out = 0;
    for (uint32_t i = 0; i < issue->rule_count; i++) {
        const uint32_t row = work->image->indices[issue->first_rule + i];
        if (work->image->rules[row].side == side) {
            left_out += add_argument(work, parent, row, about);
        }
    }
    return left_out;
}

static struct text label_says(struct whynot_work *work, const struct issue_result *result)
{
    if (result->is_conflict) {
        return text_of("Rules of equal rank disagree.");
    }
    if (result->on_burden) {
        return outline_putf(work->outline, "Open; taken as %s, as the %s had to show it.",
                            label_name((enum label)result->taken),
                            party_name((enum party)result->burden));
    }
    if (result->label == LABEL_OPEN) {
        return outline_putf(work->outline, "Open by the facts alone; taken as %s.",
                            label_name((enum label)result->taken));
    }
    return text_of(result->label == LABEL_UPHELD
                       ? "A rule for it applied, and nothing against it prevails."
                       : "No rule for it applied and prevailed.");
}

void whynot_add_issue(struct whynot_work *work)
{
    assert(work != NULL && work->outline != NULL);
    assert(work->image != NULL);
    const uint32_t row = image_find_issue(work->image, work->name);
    if (row == INDEX_NONE) {
        return;
    }
    const struct issue_row *issue = &work->image->issues[row];
    struct branch *branch = whynot_declared(work, "issue", image_text(work->image, issue->name),
                                            image_text(work->image, issue->title));
    branch->place = exhibit_origin(work->outline->arena, work->image, issue->origin);
    for (uint32_t i = 0; i < work->ruling->issue_count; i++) {
        const struct issue_result *result = &work->ruling->issues[i];
        if (result->issue != row) {
            continue;
        }
        struct branch *on =
            whynot_on(work, branch, result->record, label_name((enum label)result->label),
                      result->label == LABEL_OPEN ? INK_WARN : INK_GOOD);
        on->says = label_says(work, result);
        const uint32_t left_out = add_arguments(work, on, issue, SIDE_FOR, result) +
                                  add_arguments(work, on, issue, SIDE_AGAINST, result);
        if (left_out > 0) {
            struct branch *more = outline_add(work->outline, on, "more");
            more->name = outline_putf(work->outline, "and %u that did not apply; --tree shows %s",
                                      (unsigned)left_out, left_out == 1 ? "it" : "them");
        }
    }
    whynot_nowhere(work, branch);
    whynot_cap(work, branch);
}

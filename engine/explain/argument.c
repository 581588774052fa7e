/*
 * From a ruling to the tree of its reasons.
 *
 * Nothing is evaluated here: the ruling recorded which facts each rule read and how it ended, and
 * this file only puts that in order. A reader who names one rule or issue also sees what did not
 * apply, because "why not?" is then the question; a reader of the whole case does not, because a
 * rulebook has a hundred rules that never concerned it.
 *
 * Derived facts show what they were computed from, down to what somebody said; what stands there is
 * not said a second time beside them. The same read may stand under several findings: it is shown
 * under each, so that a finding can be checked alone.
 */
#include "argument.h"

#include "cited.h"
#include "exhibit.h"
#include "reasons.h"

#include <assert.h>

/* A derived fact rests on stored ones, which rest on nothing. */
#define LOOKS_DEPTH_MAX 8u

/* What the functions of this file pass around. */
struct work {
    struct outline *outline;
    const struct amicus_ruling *ruling;
    const struct image *image;
    const struct amicus_case *subject;
    struct text name; /* empty: everything */
    bool found;
};

static enum ink status_ink(uint8_t status)
{
    switch ((enum finding_status)status) {
    case FINDING_APPLIED: return INK_GOOD;
    case FINDING_DEFEATED:
    case FINDING_UNDERCUT:
    case FINDING_WAITING: return INK_WARN;
    case FINDING_NOT_APPLIED: return INK_FAINT;
    }
    return INK_PLAIN;
}

static bool is_same_read(const struct read *a, const struct read *b)
{
    return a->record == b->record && a->fact == b->fact && a->kind == b->kind;
}

/* Tell whether a read of a span is a source of another of its reads, under which it is shown. */
static bool is_source(const struct work *work, struct span looks, uint32_t n)
{
    const struct read *read = ruling_read(work->ruling, looks, n);
    bool is_found = false;
    for (uint32_t i = 0; i < looks.count && !is_found; i++) {
        struct span from = ruling_read(work->ruling, looks, i)->from;
        for (uint32_t j = 0; j < from.count && !is_found; j++) {
            is_found = is_same_read(ruling_read(work->ruling, from, j), read);
        }
    }
    return is_found;
}

/* A link from one record to another is how rules find their way, and no reason. */
static bool is_shown_read(const struct work *work, struct span looks, uint32_t n)
{
    return ruling_read(work->ruling, looks, n)->value.type != TYPE_REF &&
           !is_source(work, looks, n);
}

/* A derived fact shows its sources below it: two levels, as the assert keeps it. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void add_reads(struct work *work, struct branch *parent, struct span looks, unsigned depth)
{
    assert(depth < LOOKS_DEPTH_MAX);
    for (uint32_t i = 0; i < looks.count; i++) {
        const struct read *read = ruling_read(work->ruling, looks, i);
        if (!is_shown_read(work, looks, i)) {
            continue;
        }
        struct branch *branch = cited_read(work->outline, parent, "read", work->ruling, read);
        if (read->from.count > 0) {
            add_reads(work, branch, read->from, depth + 1);
        } else {
            cited_evidence(work->outline, branch, work->ruling, read->evidence, UINT32_MAX);
        }
    }
}

/* "defeated by a, b" */
static struct text status_of(struct work *work, const struct finding *finding)
{
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    builder_puts(&builder, finding_status_name((enum finding_status)finding->status));
    for (uint32_t i = 0; i < finding->by.count; i++) {
        uint32_t rule = work->ruling->by[finding->by.first + i];
        builder_puts(&builder, i == 0 ? " by " : ", ");
        builder_put(&builder, image_text(work->image, work->image->rules[rule].id));
    }
    return outline_text(work->outline, &builder);
}

static void add_finding(struct work *work, struct branch *parent, uint32_t index)
{
    const struct finding *finding = &work->ruling->findings[index];
    const struct rule_row *rule = &work->image->rules[finding->rule];
    struct branch *branch = outline_add(work->outline, parent, "finding");
    const char *side = rule->issue == INDEX_NONE ? "!" : rule->side == SIDE_FOR ? "+" : "-";
    struct text id = image_text(work->image, rule->id);
    branch->name = outline_putf(work->outline, "%s %.*s", side, (int)id.length, id.at);
    branch->state = status_of(work, finding);
    branch->ink = status_ink(finding->status);
    struct text says = finding->because;
    branch->says = outline_visible(work->outline,
                                   says.length > 0 ? says : image_text(work->image, rule->title));
    branch->clause = image_text(work->image, rule->clause);
    branch->place = exhibit_origin(work->outline->arena, work->image, rule->origin);
    add_reads(work, branch, finding->looks, 0);
}

static bool is_named(const struct work *work, text_at at)
{
    return work->name.length == 0 || text_equal(work->name, image_text(work->image, at));
}

/* Tell whether a finding is shown under its issue, whose own name was or was not asked for. */
static bool is_shown(const struct work *work, const struct finding *finding, bool is_issue_named)
{
    if (work->name.length == 0) {
        return finding->status != FINDING_NOT_APPLIED;
    }
    return is_issue_named || is_named(work, work->image->rules[finding->rule].id);
}

static struct text issue_says(struct work *work, const struct issue_result *result)
{
    const struct issue_row *issue = &work->image->issues[result->issue];
    struct text title = outline_visible(work->outline, image_text(work->image, issue->title));
    if (result->is_conflict) {
        return outline_putf(work->outline, "%.*s. Rules of equal rank disagree.", (int)title.length,
                            title.at);
    }
    if (result->whatever_unknown) {
        return outline_putf(work->outline, "%.*s. So whatever the unknown facts are.",
                            (int)title.length, title.at);
    }
    if (result->on_burden) {
        return outline_putf(work->outline, "%.*s. Open; taken as %s, as the %s had to show it.",
                            (int)title.length, title.at, label_name((enum label)result->taken),
                            party_name((enum party)result->burden));
    }
    return title;
}

static void add_issue(struct work *work, const struct issue_result *result)
{
    const struct issue_row *issue = &work->image->issues[result->issue];
    bool is_issue_named = is_named(work, issue->name);
    bool has_shown = is_issue_named && work->name.length > 0;
    for (uint32_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = &work->ruling->findings[result->findings.first + i];
        has_shown = has_shown || is_shown(work, finding, is_issue_named);
    }
    if (!has_shown) {
        return;
    }
    work->found = true;
    struct branch *branch = outline_add(work->outline, &work->outline->root, "issue");
    struct text name = image_text(work->image, issue->name);
    struct text id = outline_visible(work->outline, work->subject->records[result->record].id);
    branch->name = result->record == RECORD_ROOT
                       ? name
                       : outline_putf(work->outline, "%.*s %.*s", (int)name.length, name.at,
                                      (int)id.length, id.length ? id.at : "");
    branch->state = text_of(label_name((enum label)result->label));
    branch->ink = result->label == LABEL_OPEN ? INK_WARN : INK_GOOD;
    branch->says = issue_says(work, result);
    branch->place = exhibit_origin(work->outline->arena, work->image, issue->origin);
    for (uint32_t i = 0; i < result->findings.count; i++) {
        uint32_t index = result->findings.first + i;
        if (is_shown(work, &work->ruling->findings[index], is_issue_named)) {
            add_finding(work, branch, index);
        }
    }
}

static void add_remedy(struct work *work, struct branch *parent, const struct item_result *item)
{
    if (item->remedy == INDEX_NONE) {
        return;
    }
    const struct remedy_row *remedy = &work->image->remedies[item->remedy];
    struct branch *branch = outline_add(work->outline, parent, "remedy");
    branch->name = image_text(work->image, remedy->id);
    branch->says = outline_visible(work->outline, item->because.length > 0
                                                      ? item->because
                                                      : image_text(work->image, remedy->title));
    branch->clause = image_text(work->image, remedy->clause);
    branch->place = exhibit_origin(work->outline->arena, work->image, remedy->origin);
    add_reads(work, branch, item->looks, 0);
}

static void add_item(struct work *work, const struct item_result *item)
{
    bool is_asked =
        work->name.length == 0 ||
        (item->remedy != INDEX_NONE && is_named(work, work->image->remedies[item->remedy].id));
    if (!is_asked) {
        return;
    }
    work->found = true;
    struct branch *branch = outline_add(work->outline, &work->outline->root, "item");
    branch->name = item->record == RECORD_ROOT
                       ? text_of("case")
                       : outline_visible(work->outline, work->subject->records[item->record].id);
    branch->state = text_of(outcome_name((enum outcome)item->outcome));
    branch->ink = INK_STRONG;
    branch->says = reasons_division(work->outline->arena, &item->division, work->ruling->currency);
    add_remedy(work, branch, item);
}

static void add_flag(struct work *work, const struct flag_result *flag)
{
    if (work->name.length > 0 && !text_equal(work->name, flag->code)) {
        return;
    }
    work->found = true;
    struct branch *branch = outline_add(work->outline, &work->outline->root, "flag");
    branch->name = flag->code;
    branch->says = outline_visible(work->outline, flag->because);
    if (flag->flag != INDEX_NONE) {
        const struct flag_row *row = &work->image->flags[flag->flag];
        branch->clause = image_text(work->image, row->clause);
        branch->place = exhibit_origin(work->outline->arena, work->image, row->origin);
    }
    add_reads(work, branch, flag->looks, 0);
}

/* A rule that the rulebook has but that met no record here: said in words, not as "not found". */
static void add_unmet(struct work *work)
{
    uint32_t rule = image_find_rule(work->image, work->name);
    uint32_t issue = image_find_issue(work->image, work->name);
    if (rule == INDEX_NONE && issue == INDEX_NONE) {
        return;
    }
    work->found = true;
    struct branch *branch =
        outline_add(work->outline, &work->outline->root, rule == INDEX_NONE ? "issue" : "finding");
    branch->name = work->name;
    branch->state = text_of("not asked");
    branch->ink = INK_FAINT;
    branch->says = text_of("It did not apply anywhere; --why-not says why.");
}

void argument_heading(struct outline *outline, const struct amicus_ruling *ruling)
{
    assert(outline != NULL);
    assert(ruling != NULL);
    const struct image *image = &ruling->rulebook->image;
    struct branch *root = &outline->root;
    root->name = outline_visible(outline, ruling->subject->id);
    root->state = text_of(outcome_name((enum outcome)ruling->outcome));
    struct text as_of = exhibit_instant(outline->arena, ruling->instants.as_of_s);
    struct text name = image_text(image, image->name);
    struct text version = image_text(image, image->version);
    root->says = outline_putf(outline, "%.*s %.*s, as of %.*s", (int)name.length, name.at,
                              (int)version.length, version.at, (int)as_of.length,
                              as_of.length ? as_of.at : "");
}

amicus_status argument_of(struct outline *outline, const struct amicus_ruling *ruling,
                          struct text name)
{
    assert(outline != NULL && outline->arena != NULL);
    assert(ruling != NULL);
    const amicus_status status = name.length > 0 ? ruling_complete(ruling) : AMICUS_OK;
    if (status != AMICUS_OK) {
        return status;
    }
    struct work work = {outline, ruling, &ruling->rulebook->image, ruling->subject, name, false};
    argument_heading(outline, ruling);
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        add_item(&work, &ruling->items[i]);
    }
    for (uint32_t i = 0; i < ruling->issue_count; i++) {
        add_issue(&work, &ruling->issues[i]);
    }
    for (uint32_t i = 0; i < ruling->flag_count; i++) {
        add_flag(&work, &ruling->flags[i]);
    }
    if (!work.found && name.length > 0) {
        add_unmet(&work);
    }
    if (!work.found && name.length > 0) {
        return AMICUS_NOT_FOUND;
    }
    return outline_end(outline);
}

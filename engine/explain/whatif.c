/*
 * Two rulings side by side.
 *
 * Records of an edited case need not have the numbers of the original's: a piece of evidence that
 * was left out moves all behind it. So findings and issues are matched by what a reader knows them
 * by, the rule or issue and the path of the record. What is the same on both sides is not said: it
 * is counted.
 */
#include "whatif.h"

#include "exhibit.h"
#include "reasons.h"

#include <assert.h>

/* Both sides of a comparison. */
struct sides {
    struct outline *outline;
    const struct amicus_ruling *before, *after;
    uint32_t same;
};

static struct text record_text(struct outline *outline, const struct amicus_ruling *ruling,
                               uint32_t record)
{
    struct builder builder;
    builder_start(&builder, outline->arena);
    case_write_record(&builder, ruling->subject, record);
    return outline_visible(outline, outline_text(outline, &builder));
}

/* The record of the other case that has the same name; RECORD_NONE if it is gone. */
static uint32_t twin_of(const struct amicus_ruling *from, uint32_t record,
                        const struct amicus_ruling *to)
{
    if (record == RECORD_ROOT || record == RECORD_NONE) {
        return record;
    }
    const struct record *row = &from->subject->records[record];
    for (uint32_t i = 1; i < to->subject->record_count; i++) {
        const struct record *other = &to->subject->records[i];
        if (other->kind == row->kind && text_equal(other->id, row->id)) {
            return i;
        }
    }
    return RECORD_NONE;
}

struct branch *whatif_add_outcome(struct outline *outline, struct branch *parent, const char *kind,
                                  const struct amicus_ruling *ruling)
{
    assert(outline != NULL && parent != NULL);
    assert(kind != NULL && ruling != NULL);
    struct branch *branch = outline_add(outline, parent, kind);
    branch->name = text_of(kind);
    branch->state = text_of(outcome_name((enum outcome)ruling->outcome));
    branch->ink = INK_STRONG;
    branch->says = reasons_division(outline->arena, &ruling->totals, ruling->currency);
    return branch;
}

/* --- items --- */

static void add_item(struct sides *sides, const struct item_result *before,
                     const struct item_result *after)
{
    struct outline *outline = sides->outline;
    if (before->outcome == after->outcome &&
        before->division.to_freelancer_minor == after->division.to_freelancer_minor &&
        before->division.to_client_minor == after->division.to_client_minor &&
        before->division.stays_held_minor == after->division.stays_held_minor) {
        return;
    }
    struct branch *branch = outline_add(outline, &outline->root, "item");
    branch->name = before->record == RECORD_ROOT
                       ? text_of("case")
                       : record_text(outline, sides->before, before->record);
    branch->state =
        before->outcome == after->outcome
            ? text_of(outcome_name((enum outcome)before->outcome))
            : outline_putf(outline, "%s -> %s", outcome_name((enum outcome)before->outcome),
                           outcome_name((enum outcome)after->outcome));
    const struct text was =
        reasons_division(outline->arena, &before->division, sides->before->currency);
    const struct text is =
        reasons_division(outline->arena, &after->division, sides->after->currency);
    branch->says =
        outline_putf(outline, "%.*s -> %.*s", (int)was.length, was.at, (int)is.length, is.at);
}

static void add_items(struct sides *sides)
{
    const struct amicus_ruling *after = sides->after;
    for (uint32_t i = 0; i < sides->before->item_count && sides->before->item_count > 1; i++) {
        const struct item_result *item = &sides->before->items[i];
        const uint32_t twin = twin_of(sides->before, item->record, after);
        for (uint32_t n = 0; n < after->item_count; n++) {
            if (after->items[n].record == twin) {
                add_item(sides, item, &after->items[n]);
            }
        }
    }
}

/* --- findings --- */

static const struct finding *find_finding(const struct amicus_ruling *ruling, uint32_t rule,
                                          uint32_t record)
{
    for (uint32_t i = 0; i < ruling->finding_count && record != RECORD_NONE; i++) {
        if (ruling->findings[i].rule == rule && ruling->findings[i].record == record) {
            return &ruling->findings[i];
        }
    }
    return NULL;
}

static enum finding_status status_of(const struct finding *finding)
{
    return finding == NULL ? FINDING_NOT_APPLIED : (enum finding_status)finding->status;
}

static void add_finding(struct sides *sides, const struct finding *before,
                        const struct finding *after)
{
    struct outline *outline = sides->outline;
    const enum finding_status was = status_of(before);
    const enum finding_status is = status_of(after);
    if (was == is) {
        sides->same += was == FINDING_NOT_APPLIED ? 0 : 1;
        return;
    }
    const struct amicus_ruling *ruling = before != NULL ? sides->before : sides->after;
    const struct finding *finding = before != NULL ? before : after;
    const struct finding *speaker = is == FINDING_APPLIED ? after : finding;
    const struct image *image = &ruling->rulebook->image;
    const struct rule_row *rule = &image->rules[finding->rule];
    struct branch *branch = outline_add(outline, &outline->root, "finding");
    const struct text id = image_text(image, rule->id);
    const struct text on = record_text(outline, ruling, finding->record);
    branch->name = outline_putf(outline, "%.*s%s%.*s", (int)id.length, id.at,
                                on.length > 0 ? " " : "", (int)on.length, on.at);
    branch->state =
        outline_putf(outline, "%s -> %s", finding_status_name(was), finding_status_name(is));
    branch->ink = is == FINDING_APPLIED ? INK_GOOD : INK_WARN;
    branch->says = outline_visible(outline, speaker->because);
}

static void add_findings(struct sides *sides)
{
    const struct amicus_ruling *before = sides->before;
    const struct amicus_ruling *after = sides->after;
    for (uint32_t i = 0; i < before->finding_count; i++) {
        const struct finding *finding = &before->findings[i];
        const uint32_t twin = twin_of(before, finding->record, after);
        add_finding(sides, finding, find_finding(after, finding->rule, twin));
    }
    for (uint32_t i = 0; i < after->finding_count; i++) {
        const struct finding *finding = &after->findings[i];
        const uint32_t twin = twin_of(after, finding->record, before);
        if (find_finding(before, finding->rule, twin) == NULL) {
            add_finding(sides, NULL, finding);
        }
    }
}

/* --- money --- */

static void add_move(struct sides *sides, const char *who, int64_t before, int64_t after)
{
    struct outline *outline = sides->outline;
    const int64_t difference = after - before;
    if (difference == 0) {
        return;
    }
    struct branch *branch = outline_add(outline, &outline->root, "money");
    const struct text amount = exhibit_money(
        outline->arena, difference < 0 ? -difference : difference, sides->before->currency);
    branch->name = text_of(who);
    branch->state =
        outline_putf(outline, "%c%.*s", difference < 0 ? '-' : '+', (int)amount.length, amount.at);
    branch->ink = difference < 0 ? INK_WARN : INK_GOOD;
}

amicus_status whatif_compare(struct outline *outline, const struct amicus_ruling *before,
                             const struct amicus_ruling *after)
{
    assert(outline != NULL && before != NULL && after != NULL);
    assert(before->rulebook == after->rulebook);
    struct sides sides = {outline, before, after, 0};
    amicus_status status = ruling_fill(before);
    status = status == AMICUS_OK ? ruling_fill(after) : status;
    if (status != AMICUS_OK) {
        return status;
    }
    outline->root.name = outline_visible(outline, before->subject->id);
    outline->root.says = text_of("hypothetical: the case is not altered");
    (void)whatif_add_outcome(outline, &outline->root, "before", before);
    (void)whatif_add_outcome(outline, &outline->root, "after", after);
    add_items(&sides);
    add_move(&sides, "freelancer", before->totals.to_freelancer_minor,
             after->totals.to_freelancer_minor);
    add_move(&sides, "client", before->totals.to_client_minor, after->totals.to_client_minor);
    add_move(&sides, "stays held", before->totals.stays_held_minor, after->totals.stays_held_minor);
    add_findings(&sides);
    struct branch *rest = outline_add(outline, &outline->root, "unchanged");
    rest->says = outline_putf(outline, "%u findings stand as before", (unsigned)sides.same);
    return outline_end(outline);
}

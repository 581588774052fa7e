/*
 * Promises, tried.
 *
 * A ruling is reduced to its gist: a line for the outcome, each item, issue, finding, missing fact,
 * flag and step, with records by their ids and no evidence, sorted. Two rulings are the same if
 * their gists are. So it does not matter that the records of a twin may stand in another order, and
 * a broken promise is told by the first line that differs.
 *
 * Dates are moved by whole weeks, and so that no date of the case passes one at which the policy
 * changes: a ruling under another version of the policy may differ with good reason. Where every
 * move would pass one, the promise cannot be tried, and that is said. Business calendars are not
 * looked at; a test whose time runs over a holiday should not make this promise.
 *
 * Facts without merit may raise a flag, so flags are left out of that comparison.
 *
 * Cost: a build and a decision for each promise.
 */
#include "promise.h"

#include "date.h"
#include "money.h"

#include <assert.h>
#include <stdlib.h>

/* A gist: lines, sorted. */
struct gist {
    struct arena *arena;
    const struct amicus_ruling *ruling;
    struct text *lines;
    size_t capacity;
    size_t count;
    int64_t shift_s; /* taken off every date */
    bool failed;
};

static void end_line(struct gist *gist, struct builder *builder)
{
    void *lines = gist->lines;
    amicus_status status =
        arena_grow(gist->arena, &lines, &gist->capacity, gist->count, sizeof *gist->lines);
    gist->lines = lines;
    struct text line;
    if (status != AMICUS_OK || builder_end(&line, builder) != AMICUS_OK) {
        gist->failed = true;
        return;
    }
    gist->lines[gist->count++] = line;
}

static struct builder start_line(struct gist *gist, const char *what)
{
    struct builder builder;
    builder_start(&builder, gist->arena);
    builder_puts(&builder, what);
    return builder;
}

static void put_record(struct builder *builder, const struct gist *gist, uint32_t record)
{
    if (record != RECORD_ROOT && record != RECORD_NONE) {
        builder_putc(builder, ' ');
        builder_put(builder, gist->ruling->subject->records[record].id);
    }
}

static void put_amount(struct builder *builder, const struct gist *gist, const char *label,
                       int64_t minor)
{
    builder_putc(builder, ' ');
    builder_puts(builder, label);
    builder_putc(builder, ' ');
    if (gist->ruling->currency == 0) {
        builder_put_int(builder, minor);
    } else {
        money_write(builder, minor, gist->ruling->currency);
    }
}

static void add_items(struct gist *gist)
{
    for (uint32_t i = 0; i < gist->ruling->item_count; i++) {
        const struct item_result *item = &gist->ruling->items[i];
        struct builder line = start_line(gist, "item");
        put_record(&line, gist, item->record);
        builder_putf(&line, " is %s,", outcome_name((enum outcome)item->outcome));
        put_amount(&line, gist, "freelancer", item->division.to_freelancer_minor);
        put_amount(&line, gist, "client", item->division.to_client_minor);
        put_amount(&line, gist, "fees", item->division.fees_minor);
        end_line(gist, &line);
    }
}

static void add_issues(struct gist *gist)
{
    const struct image *image = &gist->ruling->rulebook->image;
    for (uint32_t i = 0; i < gist->ruling->issue_count; i++) {
        const struct issue_result *result = &gist->ruling->issues[i];
        struct builder line = start_line(gist, "issue ");
        builder_put(&line, image_text(image, image->issues[result->issue].name));
        put_record(&line, gist, result->record);
        builder_putf(&line, " is %s, taken as %s", label_name((enum label)result->label),
                     label_name((enum label)result->taken));
        end_line(gist, &line);
    }
}

static void add_findings(struct gist *gist)
{
    const struct image *image = &gist->ruling->rulebook->image;
    for (uint32_t i = 0; i < gist->ruling->finding_count; i++) {
        const struct finding *finding = &gist->ruling->findings[i];
        if (finding->status == FINDING_NOT_APPLIED) {
            continue;
        }
        struct builder line = start_line(gist, "rule ");
        builder_put(&line, image_text(image, image->rules[finding->rule].id));
        put_record(&line, gist, finding->record);
        builder_putf(&line, " is %s", finding_status_name((enum finding_status)finding->status));
        end_line(gist, &line);
    }
}

static void add_missing(struct gist *gist)
{
    const struct amicus_case *subject = gist->ruling->subject;
    for (uint32_t i = 0; i < gist->ruling->missing_count; i++) {
        const struct missing_result *one = &gist->ruling->missing[i];
        struct builder line = start_line(gist, "missing ");
        if (one->fact == FACT_NONE) {
            builder_put(&line, subject->vocabulary->kinds[one->kind].list);
        } else {
            case_write_path(&line, subject, one->record, one->fact);
        }
        builder_puts(&line, one->could_change ? ", which could change it" : "");
        end_line(gist, &line);
    }
}

static void add_flags(struct gist *gist)
{
    for (uint32_t i = 0; i < gist->ruling->flag_count; i++) {
        struct builder line = start_line(gist, "flag ");
        builder_put(&line, gist->ruling->flags[i].code);
        put_record(&line, gist, gist->ruling->flags[i].record);
        end_line(gist, &line);
    }
}

static void add_procedure(struct gist *gist)
{
    const struct next_result *next = &gist->ruling->next;
    const struct fallback_result *fallback = &gist->ruling->if_nobody_acts;
    struct builder line = start_line(gist, "next ");
    builder_puts(&line, next->is_known ? party_name((enum party)next->actor) : "nobody");
    if (next->is_known && next->has_due) {
        builder_puts(&line, " by ");
        instant_write(&line, next->due_s - gist->shift_s);
    }
    end_line(gist, &line);
    line = start_line(gist, "silence gives ");
    builder_puts(&line,
                 fallback->is_known ? outcome_name((enum outcome)fallback->outcome) : "nothing");
    end_line(gist, &line);
}

static int by_bytes(const void *a, const void *b)
{
    return text_order(*(const struct text *)a, *(const struct text *)b);
}

/* Fill a gist whose arena, ruling and shift are set. */
static void fill(struct gist *gist, bool has_flags)
{
    struct builder line = start_line(gist, "outcome ");
    builder_puts(&line, outcome_name((enum outcome)gist->ruling->outcome));
    end_line(gist, &line);
    add_items(gist);
    add_issues(gist);
    add_findings(gist);
    add_missing(gist);
    if (has_flags) {
        add_flags(gist);
    }
    add_procedure(gist);
    qsort(gist->lines, gist->count, sizeof *gist->lines, by_bytes);
}

/* The first line of one gist that the other has not; the empty text if it has all. */
static struct text line_without(const struct gist *a, const struct gist *b)
{
    for (size_t i = 0; i < a->count; i++) {
        if (bsearch(&a->lines[i], b->lines, b->count, sizeof *b->lines, by_bytes) == NULL) {
            return a->lines[i];
        }
    }
    return (struct text){"", 0};
}

/* --- how far dates can move --- */

/* Tell whether a date of the case passes an instant when it is moved. */
static bool passes(const struct amicus_case *subject, int64_t at_s, int64_t shift_s)
{
    for (uint32_t i = 0; i < subject->slot_count; i++) {
        const struct value *value = &subject->values[i];
        bool is_date = value->type == TYPE_INSTANT || value->type == TYPE_DATE;
        if (!is_date || value->standing < STANDING_CLAIMED || value->standing == STANDING_ABSENT) {
            continue;
        }
        int64_t before_s = value->type == TYPE_DATE ? value->as.n * 86400 : value->as.n;
        if ((before_s < at_s) != (before_s + shift_s < at_s)) {
            return true;
        }
    }
    return false;
}

static bool passes_any(const struct amicus_ruling *ruling, int64_t shift_s)
{
    const struct image *image = &ruling->rulebook->image;
    const struct amicus_case *subject = ruling->subject;
    for (uint32_t i = 0; i < image->version_count; i++) {
        const struct version_row *version = &image->versions[i];
        if (passes(subject, version->from_s, shift_s) ||
            passes(subject, version->until_s, shift_s) ||
            passes(subject, version->seen_s, shift_s)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < image->rule_count; i++) {
        if (passes(subject, image->rules[i].from_s, shift_s) ||
            passes(subject, image->rules[i].until_s, shift_s)) {
            return true;
        }
    }
    return false;
}

/* Days by which every date can move under the same policy; 0: none was found. */
static int32_t find_days(const struct amicus_ruling *ruling)
{
    static const int32_t DAYS[] = {7, -7, 14, -14, 28, -28, 91, -91, 364, -364};
    for (size_t i = 0; i < sizeof DAYS / sizeof DAYS[0]; i++) {
        if (ruling->instants.has_policy_date || !passes_any(ruling, (int64_t)DAYS[i] * 86400)) {
            return DAYS[i];
        }
    }
    return 0;
}

/* --- trying --- */

static void differ(struct differences *out, enum case_twin twin, struct text was, struct text is)
{
    struct difference difference = {.label = TEXT("stable_under"),
                                    .rule = INDEX_NONE,
                                    .record = RECORD_NONE,
                                    .amend = AMEND_NONE};
    struct builder builder;
    builder_start(&builder, out->arena);
    builder_putf(&builder, "%s: ", case_twin_name(twin));
    builder_put(&builder, is.length > 0 ? is : was);
    if (was.length > 0) {
        builder_puts(&builder, is.length > 0 ? "; before: " : " no more");
        builder_put(&builder, is.length > 0 ? was : (struct text){"", 0});
    }
    out->failed |= builder_end(&difference.got, &builder) != AMICUS_OK;
    differences_add(out, &difference);
}

static void compare(struct differences *out, const struct amicus_ruling *before,
                    const struct amicus_ruling *after, enum case_twin twin, int64_t shift_s)
{
    bool has_flags = twin != TWIN_IRRELEVANT_FACT;
    struct gist was = {.arena = out->arena, .ruling = before};
    struct gist is = {.arena = out->arena, .ruling = after, .shift_s = shift_s};
    fill(&was, has_flags);
    fill(&is, has_flags);
    out->failed |= was.failed || is.failed;
    struct text gone = line_without(&was, &is);
    struct text added = line_without(&is, &was);
    if (gone.length > 0 || added.length > 0) {
        differ(out, twin, gone, added);
    }
}

/* Make a twin, decide it and compare. */
static amicus_status try_twin(struct differences *out, const struct amicus_ruling *ruling,
                              enum case_twin twin, amicus_diagnostics *list)
{
    int32_t days = twin == TWIN_SHIFT_DATES ? find_days(ruling) : 0;
    struct amicus_case *subject = NULL;
    struct amicus_ruling *other = NULL;
    if (twin == TWIN_SHIFT_DATES && days == 0) {
        differ(out, twin, (struct text){"", 0},
               text_of("every move passes a date at which the policy changes"));
        return AMICUS_OK;
    }
    amicus_status status = case_twin_of(&subject, ruling->subject, twin, days, list);
    if (status == AMICUS_OK) {
        struct instants instants = ruling->instants;
        instants.as_of_s += (int64_t)days * 86400;
        status = decide_case(&other, ruling->rulebook, subject, &instants, list);
    }
    if (status == AMICUS_OK) {
        compare(out, ruling, other, twin, (int64_t)days * 86400);
    }
    amicus_ruling_close(other);
    case_close(subject);
    return status;
}

amicus_status promises_try(struct differences *out, const struct amicus_ruling *ruling,
                           unsigned promises, amicus_diagnostics *list)
{
    assert(out != NULL && ruling != NULL && list != NULL);
    assert(promises < PROMISE_BIT(TWIN_COUNT));
    amicus_status status = AMICUS_OK;
    for (unsigned i = 0; i < TWIN_COUNT && status == AMICUS_OK; i++) {
        if ((promises & PROMISE_BIT(i)) != 0) {
            status = try_twin(out, ruling, (enum case_twin)i, list);
        }
    }
    return status;
}

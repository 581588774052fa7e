/*
 * From findings to sentences with grounds.
 *
 * Grounds of a reason: first the evidence behind the facts that were read, then facts that have
 * none behind them, such as the platform's own record. A derived fact is shown with the evidence of
 * what it was computed from, since that is what somebody can check; where there is none, it stands
 * for its sources. A finding that waits is grounded on the stored facts that it waits for, and says
 * what its rule is about: its reason would state as a fact what nobody knows yet.
 *
 * A reason that rests on others names them by their numbers. What it excludes besides ("no use",
 * "no defect") is then counted only, and a piece of evidence is quoted once in a list.
 *
 * Two findings of one rule that read alike (four work segments, one reason) are one reason that
 * names its records.
 */
#include "reason_list.h"

#include <assert.h>

/* Enough to check a ruling, few enough to read; `explain` has no caps. */
static const uint32_t WHY_MAX = 8;
static const uint32_t AGAINST_MAX = 5;
static const uint32_t GROUNDS_MAX = 4;
static const uint32_t RECORDS_MAX = 4;

struct text reason_text(struct reason_work *work, struct builder *builder)
{
    assert(work != NULL);
    assert(builder != NULL && builder->arena == work->arena);
    struct text text;
    if (builder_end(&text, builder) != AMICUS_OK) {
        work->failed = true;
        return (struct text){NULL, 0};
    }
    return text;
}

struct text reason_words(struct reason_work *work, text_at at)
{
    assert(work != NULL);
    assert(at < work->image->pool_bytes);
    return layout_visible(work->arena, image_text(work->image, at));
}

void *reason_give(struct reason_work *work, size_t count, size_t each_bytes)
{
    assert(work != NULL);
    assert(each_bytes > 0);
    void *array = arena_give_array(work->arena, count, each_bytes);
    work->failed = work->failed || array == NULL;
    return array;
}

static bool has_exhibit(const struct reason *reason, struct text id)
{
    for (uint32_t i = 0; i < reason->ground_count; i++) {
        if (text_equal(reason->grounds[i].exhibit.id, id)) {
            return true;
        }
    }
    return false;
}

static bool has_fact(const struct reason *reason, struct text path)
{
    for (uint32_t i = 0; i < reason->ground_count; i++) {
        if (text_equal(reason->grounds[i].path, path)) {
            return true;
        }
    }
    return false;
}

static void add_ground(struct reason *reason, struct ground ground)
{
    if (reason->ground_count < GROUNDS_MAX) {
        reason->grounds[reason->ground_count++] = ground;
    } else {
        reason->ground_more++;
    }
}

static void set_standing(struct ground *ground, uint8_t standing)
{
    ground->standing = text_of(standing_name((enum standing)standing));
    ground->ink = exhibit_ink(standing);
}

static void add_exhibits(struct reason_work *work, struct reason *reason, const struct read *read)
{
    for (uint32_t i = 0; i < read->evidence.count; i++) {
        struct ground ground = {.path = {NULL, 0}};
        ground.exhibit = exhibit_of(work->arena, work->subject,
                                    work->ruling->evidence[read->evidence.first + i]);
        set_standing(&ground, read->value.standing);
        if (!has_exhibit(reason, ground.exhibit.id)) {
            add_ground(reason, ground);
        }
    }
}

static void add_fact(struct reason_work *work, struct reason *reason, const struct read *read)
{
    struct ground ground = {.standing = {NULL, 0}};
    ground.path = exhibit_path(work->arena, work->subject, read->record, read->fact, read->kind);
    if (has_fact(reason, ground.path)) {
        return;
    }
    if (read->fact == FACT_NONE) {
        ground.value =
            text_of(read->value.standing == STANDING_ABSENT ? "(none)" : "(none stated)");
    } else if (exhibit_has_value(&read->value)) {
        ground.value = exhibit_value(work->arena, work->subject, read->fact, &read->value);
    }
    set_standing(&ground, read->value.standing);
    add_ground(reason, ground);
}

/* Evidence behind a read, that of its sources included. */
static void add_read_exhibits(struct reason_work *work, struct reason *reason,
                              const struct read *read)
{
    add_exhibits(work, reason, read);
    for (uint32_t i = 0; i < read->from.count; i++) {
        add_exhibits(work, reason, ruling_read(work->ruling, read->from, i));
    }
}

bool reason_is_same_read(const struct read *a, const struct read *b)
{
    assert(a != NULL);
    assert(b != NULL);
    return a->record == b->record && a->fact == b->fact && a->kind == b->kind;
}

/* Tell whether a read is a source of a read among looks. */
static bool is_source(const struct reason_work *work, struct span looks, const struct read *read)
{
    bool is_found = false;
    for (uint32_t i = 0; i < looks.count && !is_found; i++) {
        struct span from = ruling_read(work->ruling, looks, i)->from;
        for (uint32_t j = 0; j < from.count && !is_found; j++) {
            is_found = reason_is_same_read(ruling_read(work->ruling, from, j), read);
        }
    }
    return is_found;
}

/* Tell whether a read is a ground by itself: it has no evidence behind it, is no source of another,
 * no link from one record to another, and not the clock, which stands in the heading. */
static bool is_bare_fact(const struct reason_work *work, struct span looks, const struct read *read)
{
    if (read->value.type == TYPE_REF || read->fact == work->subject->vocabulary->roles.as_of ||
        is_source(work, looks, read)) {
        return false;
    }
    bool has_evidence = read->evidence.count > 0;
    for (uint32_t i = 0; i < read->from.count && !has_evidence; i++) {
        has_evidence = ruling_read(work->ruling, read->from, i)->evidence.count > 0;
    }
    return read->is_usable && !has_evidence;
}

/* Tell whether a read says that something is not so. */
static bool is_exclusion(const struct read *read)
{
    return read->fact == FACT_NONE || read->value.standing == STANDING_ABSENT ||
           (read->value.type == TYPE_BOOL && read->value.as.n == 0);
}

/* Give a reason its grounds; one that rests on other reasons only counts what it excludes. */
static void ground(struct reason_work *work, struct reason *reason, struct span looks,
                   bool has_premises)
{
    reason->grounds = reason_give(work, GROUNDS_MAX, sizeof *reason->grounds);
    if (reason->grounds == NULL) {
        return;
    }
    for (uint32_t i = 0; i < looks.count; i++) {
        const struct read *read = ruling_read(work->ruling, looks, i);
        if (read->is_usable) {
            add_read_exhibits(work, reason, read);
        }
    }
    for (uint32_t i = 0; i < looks.count; i++) {
        const struct read *read = ruling_read(work->ruling, looks, i);
        if (!is_bare_fact(work, looks, read)) {
            continue;
        }
        if (has_premises && is_exclusion(read)) {
            reason->ground_more++;
        } else {
            add_fact(work, reason, read);
        }
    }
}

void reason_ground(struct reason_work *work, struct reason *reason, struct span looks)
{
    assert(work != NULL);
    assert(reason != NULL && reason->ground_count == 0);
    ground(work, reason, looks, false);
}

/* Tell whether a derived read waits for something that is waited for by itself. */
static bool is_made_of(const struct reason_work *work, const struct read *read, struct span waiting)
{
    bool is_found = false;
    for (uint32_t i = 0; i < read->from.count && !is_found; i++) {
        const struct read *source = ruling_read(work->ruling, read->from, i);
        for (uint32_t j = 0; j < waiting.count && !is_found; j++) {
            uint32_t other = work->ruling->waiting[waiting.first + j];
            is_found = reason_is_same_read(&work->ruling->reads[other], source);
        }
    }
    return is_found;
}

/* A finding that waits is grounded on what it waits for. */
static void add_waiting(struct reason_work *work, struct reason *reason, struct span waiting)
{
    reason->grounds = reason_give(work, GROUNDS_MAX, sizeof *reason->grounds);
    for (uint32_t i = 0; i < waiting.count && reason->grounds != NULL; i++) {
        const struct read *read = &work->ruling->reads[work->ruling->waiting[waiting.first + i]];
        if (!is_made_of(work, read, waiting)) {
            add_exhibits(work, reason, read);
            add_fact(work, reason, read);
        }
    }
}

/* Tell whether a finding waits although its issue is decided whatever it waits for. */
static bool is_idle_wait(const struct reason_work *work, const struct finding *finding)
{
    const uint32_t issue = work->image->rules[finding->rule].issue;
    if (finding->status != FINDING_WAITING || issue == INDEX_NONE) {
        return false;
    }
    const struct issue_result *result = ruling_find_issue(work->ruling, issue, finding->record);
    return result != NULL && result->whatever_unknown;
}

static struct text state_of(struct reason_work *work, const struct finding *finding)
{
    struct builder builder;
    builder_start(&builder, work->arena);
    builder_puts(&builder, finding_status_name((enum finding_status)finding->status));
    if (is_idle_wait(work, finding)) {
        builder_puts(&builder, ", but it holds whatever the unknown facts are");
    }
    if (finding->by.count > 0) {
        builder_puts(&builder, " by ");
        builder_put(
            &builder,
            image_text(work->image, work->image->rules[work->ruling->by[finding->by.first]].id));
    }
    return reason_text(work, &builder);
}

/* Tell whether a finding rests on the issue that another one argues. */
static bool is_premise(const struct reason_work *work, uint32_t of, uint32_t other)
{
    const struct amicus_ruling *ruling = work->ruling;
    struct span rests = ruling->findings[of].rests;
    const struct finding *finding = &ruling->findings[other];
    bool is_found = false;
    for (uint32_t i = 0; i < rests.count && !is_found; i++) {
        const struct issue_result *issue = &ruling->issues[ruling->rests[rests.first + i]];
        is_found = issue->issue == work->image->rules[finding->rule].issue &&
                   issue->record == finding->record;
    }
    return is_found;
}

static bool has_premises(const struct reason_work *work, uint32_t index, const uint32_t *findings,
                         uint32_t count)
{
    bool is_found = false;
    for (uint32_t i = 0; i < count && !is_found; i++) {
        is_found = is_premise(work, index, findings[i]);
    }
    return is_found;
}

/* What a finding says: its reason; while it waits, what its rule is about. */
static struct text says_of(struct reason_work *work, const struct finding *finding)
{
    struct text title = reason_words(work, work->image->rules[finding->rule].title);
    bool is_title =
        finding->because.length == 0 || (finding->status == FINDING_WAITING && title.length > 0);
    return is_title ? title : layout_visible(work->arena, finding->because);
}

static struct reason reason_of(struct reason_work *work, uint32_t index, bool is_against,
                               bool is_derived)
{
    const struct finding *finding = &work->ruling->findings[index];
    const struct rule_row *rule = &work->image->rules[finding->rule];
    struct reason reason = {.rule = image_text(work->image, rule->id),
                            .clause = image_text(work->image, rule->clause),
                            .finding = index,
                            .record = finding->record,
                            .record_count = 1};
    reason.says = says_of(work, finding);
    if (is_against) {
        reason.state = state_of(work, finding);
    }
    if (finding->status == FINDING_WAITING) {
        add_waiting(work, &reason, finding->waiting);
    } else {
        ground(work, &reason, finding->looks, is_derived);
    }
    return reason;
}

/* Write the numbers of the reasons that a reason rests on: "2", "2, 3". */
static struct text rests_of(struct reason_work *work, const struct reason_list *list, uint32_t n)
{
    struct builder builder;
    builder_start(&builder, work->arena);
    for (uint32_t i = 0; i < list->count; i++) {
        if (i != n && is_premise(work, list->reasons[n].finding, list->reasons[i].finding)) {
            builder_puts(&builder, builder.length > 0 ? ", " : "");
            builder_putf(&builder, "%u", (unsigned)(i + 1));
        }
    }
    return reason_text(work, &builder);
}

/* The number of the first reason that quotes a piece of evidence; 0 if none does. */
static uint32_t quoted_in(const struct reason_list *list, uint32_t before, struct text id)
{
    for (uint32_t i = 0; i < before && id.length > 0; i++) {
        if (has_exhibit(&list->reasons[i], id)) {
            return i + 1;
        }
    }
    return 0;
}

/* Let numbered reasons refer to each other. */
static void refer(struct reason_work *work, struct reason_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct reason *reason = &list->reasons[i];
        reason->rests = rests_of(work, list, i);
        for (uint32_t j = 0; j < reason->ground_count; j++) {
            reason->grounds[j].seen = quoted_in(list, i, reason->grounds[j].exhibit.id);
        }
    }
}

/* A remedy that rests on no finding is its own reason. */
void reason_list_add_remedy(struct reason_work *work, struct reason_list *list,
                            const struct item_result *item)
{
    assert(work != NULL && list != NULL);
    assert(item != NULL && list->count == 0);
    struct reason reason = {.says = layout_visible(work->arena, item->because)};
    if (item->remedy != INDEX_NONE) {
        const struct remedy_row *remedy = &work->image->remedies[item->remedy];
        reason.rule = image_text(work->image, remedy->id);
        reason.clause = image_text(work->image, remedy->clause);
        if (reason.says.length == 0) {
            reason.says = reason_words(work, remedy->title);
        }
    }
    if (reason.says.length == 0) {
        return;
    }
    reason_ground(work, &reason, item->looks);
    list->reasons[list->count++] = reason;
}

/* Leave only the pieces of evidence that no reason of a list quotes. */
static void keep_unquoted(const struct reason_list *list, struct reason *reason)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < reason->ground_count; i++) {
        if (quoted_in(list, list->count, reason->grounds[i].exhibit.id) == 0) {
            reason->grounds[kept++] = reason->grounds[i];
        }
    }
    reason->ground_count = kept;
}

void reason_list_add_amount(struct reason_work *work, struct reason_list *list,
                            const struct item_result *item)
{
    assert(work != NULL && list != NULL);
    assert(item != NULL);
    struct reason reason = {.says = TEXT("The sum itself was computed from this."),
                            .finding = INDEX_NONE};
    reason.grounds = reason_give(work, GROUNDS_MAX, sizeof *reason.grounds);
    if (item->remedy == INDEX_NONE || reason.grounds == NULL || list->count > WHY_MAX) {
        return;
    }
    const struct remedy_row *remedy = &work->image->remedies[item->remedy];
    reason.rule = image_text(work->image, remedy->id);
    reason.clause = image_text(work->image, remedy->clause);
    for (uint32_t i = 0; i < item->looks.count; i++) {
        const struct read *read = ruling_read(work->ruling, item->looks, i);
        if (read->is_usable) {
            add_read_exhibits(work, &reason, read);
        }
    }
    keep_unquoted(list, &reason);
    if (reason.ground_count > 0) {
        list->reasons[list->count++] = reason;
    }
}

static void put_record(struct reason_work *work, struct builder *builder, uint32_t record)
{
    builder_put(builder, layout_visible(work->arena, work->subject->records[record].id));
}

/* Say a reason of one record more: the same rule said the same of an earlier one. */
static void join_record(struct reason_work *work, struct reason *reason, uint32_t record)
{
    struct builder builder;
    builder_start(&builder, work->arena);
    if (reason->record_count == 1) {
        put_record(work, &builder, reason->record);
    } else {
        builder_put(&builder, reason->named);
    }
    reason->record_count++;
    if (reason->record_count <= RECORDS_MAX) {
        builder_puts(&builder, ", ");
        put_record(work, &builder, record);
    }
    reason->named = reason_text(work, &builder);
    builder_start(&builder, work->arena);
    builder_put(&builder, reason->named);
    if (reason->record_count > RECORDS_MAX) {
        builder_putf(&builder, " and %u more", (unsigned)(reason->record_count - RECORDS_MAX));
    }
    reason->records = reason_text(work, &builder);
}

/* Find a reason that says the same by the same rule. */
static struct reason *find_same(const struct reason_list *list, const struct reason *reason)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct reason *one = &list->reasons[i];
        if (text_equal(one->rule, reason->rule) && text_equal(one->says, reason->says) &&
            text_equal(one->state, reason->state)) {
            return one;
        }
    }
    return NULL;
}

/* Tell whether an earlier finding is of the same rule and record: an undercutter stands in each
 * issue whose rules it undercuts. */
static bool is_said_before(const struct reason_work *work, const uint32_t *findings, uint32_t n)
{
    const struct finding *finding = &work->ruling->findings[findings[n]];
    bool is_found = false;
    for (uint32_t i = 0; i < n && !is_found; i++) {
        const struct finding *before = &work->ruling->findings[findings[i]];
        is_found = before->rule == finding->rule && before->record == finding->record;
    }
    return is_found;
}

struct reason_list reason_list_of(struct reason_work *work, const uint32_t *findings,
                                  uint32_t count, bool is_against)
{
    assert(work != NULL);
    assert(findings != NULL || count == 0);
    uint32_t most = is_against ? AGAINST_MAX : WHY_MAX;
    struct reason_list list = {.reasons = reason_give(work, most + 1, sizeof *list.reasons)};
    for (uint32_t i = 0; i < count && list.reasons != NULL; i++) {
        if (is_said_before(work, findings, i)) {
            continue;
        }
        struct reason reason = reason_of(work, findings[i], is_against,
                                         has_premises(work, findings[i], findings, count));
        struct reason *same = find_same(&list, &reason);
        if (same != NULL) {
            join_record(work, same, reason.record);
        } else if (list.count == most) {
            list.more++;
        } else {
            list.reasons[list.count++] = reason;
        }
    }
    if (!is_against && list.reasons != NULL) {
        refer(work, &list);
    }
    return list;
}

static bool grounds_equal(const struct ground *a, const struct ground *b)
{
    return text_equal(a->exhibit.id, b->exhibit.id) && text_equal(a->path, b->path) &&
           text_equal(a->value, b->value) && text_equal(a->standing, b->standing);
}

static bool reasons_equal(const struct reason *a, const struct reason *b)
{
    bool is_equal = text_equal(a->rule, b->rule) && text_equal(a->says, b->says) &&
                    text_equal(a->records, b->records) && text_equal(a->state, b->state) &&
                    text_equal(a->rests, b->rests) && a->ground_count == b->ground_count &&
                    a->ground_more == b->ground_more;
    for (uint32_t i = 0; is_equal && i < a->ground_count; i++) {
        is_equal = grounds_equal(&a->grounds[i], &b->grounds[i]);
    }
    return is_equal;
}

bool reason_list_equal(const struct reason_list *a, const struct reason_list *b)
{
    assert(a != NULL);
    assert(b != NULL);
    bool is_equal = a->count == b->count && a->more == b->more;
    for (uint32_t i = 0; is_equal && i < a->count; i++) {
        is_equal = reasons_equal(&a->reasons[i], &b->reasons[i]);
    }
    return is_equal;
}

/*
 * A ruling against what a test wants of it.
 *
 * Every expectation is compared, and each difference says what was wanted and what there is, so
 * that one run tells all. What `got` says is written as the suite would write it, for --update.
 *
 * A rule counts as applied if its finding stands: not defeated, undercut or waiting. Issues are
 * compared by the facts alone: one that only its burden decided is open.
 *
 * Cost: each name is looked for among the findings of one ruling.
 */
#include "want_part.h"

#include "case_path.h"
#include "date.h"
#include "money.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { MEND_BYTES = 700 };

static const struct text NO_TEXT = {"", 0};

void differences_add(struct differences *differences, const struct difference *difference)
{
    assert(differences != NULL && differences->arena != NULL);
    assert(difference != NULL && difference->label.length > 0);
    void *items = differences->items;
    if (arena_grow(differences->arena, &items, &differences->capacity, differences->count,
                   sizeof *differences->items) != AMICUS_OK) {
        differences->failed = true;
        return;
    }
    differences->items = items;
    differences->items[differences->count++] = *difference;
}

/* --- texts --- */

struct text want_made(const struct comparison *comparison, struct builder *builder)
{
    struct text text = NO_TEXT;
    comparison->out->failed |= builder_end(&text, builder) != AMICUS_OK;
    return text;
}

/* Two words with a blank between. */
struct text want_joined(const struct comparison *comparison, struct text first, struct text second)
{
    struct builder builder;
    builder_start(&builder, comparison->out->arena);
    builder_put(&builder, first);
    builder_puts(&builder, first.length > 0 && second.length > 0 ? " " : "");
    builder_put(&builder, second);
    return want_made(comparison, &builder);
}

static struct text amount(const struct comparison *comparison, int64_t minor)
{
    struct builder builder;
    uint16_t currency = comparison->ruling->currency;
    builder_start(&builder, comparison->out->arena);
    if (currency == 0) {
        builder_puts(&builder, "0");
    } else {
        money_write(&builder, minor, currency);
    }
    return want_made(comparison, &builder);
}

/* How an amount differs: "+USD 20.00", "-USD 600.00". */
static struct text delta_of(const struct comparison *comparison, int64_t want, int64_t got)
{
    int64_t delta = 0;
    if (money_subtract(&delta, got, want) != AMICUS_OK || delta == INT64_MIN) {
        return NO_TEXT;
    }
    struct builder builder;
    builder_start(&builder, comparison->out->arena);
    builder_putc(&builder, delta < 0 ? '-' : '+');
    money_write(&builder, delta < 0 ? -delta : delta, comparison->ruling->currency);
    return want_made(comparison, &builder);
}

/* --- one word --- */

static void differ(const struct comparison *comparison, struct text label, const struct tree *node,
                   struct text got)
{
    const struct difference difference = {.label = label,
                                          .want = node->text,
                                          .got = got,
                                          .node = node,
                                          .rule = INDEX_NONE,
                                          .record = RECORD_NONE,
                                          .amend = AMEND_REPLACE};
    differences_add(comparison->out, &difference);
}

/* Compare a word with what there is. */
static void compare_word(const struct comparison *comparison, struct text label,
                         const struct tree *node, const char *got)
{
    if (node != NULL && !tree_is(node, got)) {
        differ(comparison, label, node, text_of(got));
    }
}

static void compare_money(const struct comparison *comparison, struct text label,
                          const struct tree *node, int64_t got)
{
    int64_t want = 0;
    uint16_t currency = 0;
    if (node == NULL) {
        return;
    }
    bool is_amount = money_read(&want, &currency, node->text) == AMICUS_OK;
    bool is_comparable = is_amount && currency == comparison->ruling->currency;
    if (is_comparable && want == got) {
        return;
    }
    struct difference difference = {.label = label,
                                    .want = node->text,
                                    .got = amount(comparison, got),
                                    .node = node,
                                    .rule = INDEX_NONE,
                                    .record = RECORD_NONE,
                                    .amend = AMEND_REPLACE};
    if (is_comparable) {
        difference.delta = delta_of(comparison, want, got);
    }
    differences_add(comparison->out, &difference);
}

static void compare_outcome(const struct comparison *comparison, const struct tree *node)
{
    compare_word(comparison, text_of("outcome"), node,
                 outcome_name((enum outcome)comparison->ruling->outcome));
}

/* --- money --- */

static void compare_division(const struct comparison *comparison, struct text label,
                             const struct tree *map, const amicus_division *division)
{
    const struct {
        const char *key;
        int64_t minor;
    } parts[] = {{"to_freelancer", division->to_freelancer_minor},
                 {"to_client", division->to_client_minor},
                 {"fees", division->fees_minor},
                 {"stays_held", division->stays_held_minor}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const struct tree *node = tree_find(map, parts[i].key);
        if (node != NULL) {
            compare_money(comparison, want_joined(comparison, label, text_of(parts[i].key)), node,
                          parts[i].minor);
        }
    }
}

static void compare_totals(const struct comparison *comparison, const struct tree *node)
{
    compare_division(comparison, text_of("totals"), node, &comparison->ruling->totals);
}

/* Report a record that the case does not have, with the nearest of those that could be meant. */
void want_refuse(const struct comparison *comparison, struct place place, const char *noun,
                 struct text id, struct text nearest)
{
    char mend[MEND_BYTES];
    faults_mend_nearest(mend, sizeof mend, nearest, "name one that the case has");
    faults_add(comparison->faults, "T0108", place, mend, "the case has no %s '%.*s'", noun,
               SHOWN(id));
}

static void compare_item(const struct comparison *comparison, const struct tree *want)
{
    const struct amicus_ruling *ruling = comparison->ruling;
    struct likeness likeness = likeness_to(want->key);
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        const struct item_result *item = &ruling->items[i];
        struct text id = ruling->subject->records[item->record].id;
        likeness_try(&likeness, id);
        if (!text_equal(id, want->key)) {
            continue;
        }
        const struct tree *outcome = want->kind == TREE_SCALAR ? want : tree_find(want, "outcome");
        compare_word(comparison, want_joined(comparison, id, text_of("outcome")), outcome,
                     outcome_name((enum outcome)item->outcome));
        compare_division(comparison, id, want, &item->division);
        return;
    }
    want_refuse(comparison, want->key_place, "money item", want->key, likeness.best);
}

static void compare_items(const struct comparison *comparison, const struct tree *node)
{
    for (const struct tree *item = node->first; item != NULL; item = item->next) {
        compare_item(comparison, item);
    }
}

/* --- issues --- */

static void compare_label(const struct comparison *comparison, const struct issue_result *result,
                          const struct tree *node)
{
    const struct amicus_ruling *ruling = comparison->ruling;
    const struct image *image = &ruling->rulebook->image;
    struct text on = ruling->issue_count == 0 || result->record == RECORD_ROOT
                         ? NO_TEXT
                         : ruling->subject->records[result->record].id;
    struct text name = image_text(image, image->issues[result->issue].name);
    compare_word(comparison, want_joined(comparison, name, on), node,
                 label_name((enum label)result->label));
}

static void compare_issue(const struct comparison *comparison, const struct tree *want)
{
    const struct amicus_ruling *ruling = comparison->ruling;
    uint32_t issue = image_find_issue(&ruling->rulebook->image, want->key);
    struct text nearest = NO_TEXT;
    uint32_t found = 0;
    for (uint32_t i = 0; i < ruling->issue_count; i++) {
        const struct issue_result *result = &ruling->issues[i];
        if (result->issue != issue) {
            continue;
        }
        nearest = ruling->subject->records[result->record].id;
        const struct tree *label = want->kind == TREE_MAP ? tree_find(want, nearest.at) : want;
        if (label != NULL) {
            compare_label(comparison, result, label);
            found++;
        }
    }
    if (found == 0 || (want->kind == TREE_MAP && found < want->count)) {
        want_refuse(comparison, want->key_place, "record that is asked about", want->key, nearest);
    }
}

static void compare_issues(const struct comparison *comparison, const struct tree *node)
{
    for (const struct tree *issue = node->first; issue != NULL; issue = issue->next) {
        compare_issue(comparison, issue);
    }
}

/* --- what is missing --- */

/* Tell whether a path is one that the case can have, as a whole or by its tail; else report it. */
static bool is_path(const struct comparison *comparison, const struct tree *node)
{
    const struct amicus_case *subject = comparison->ruling->subject;
    if (case_path_find(subject, node->text).record != RECORD_NONE ||
        case_path_tails(NULL, 0, subject, node->text) > 0) {
        return true;
    }
    char mend[MEND_BYTES];
    case_path_mend(mend, sizeof mend, subject, node->text);
    faults_add(comparison->faults, "T0108", node->place, mend, "'%.*s' names nothing in the case",
               SHOWN(node->text));
    return false;
}

/* Tell whether the ruling lacks a fact, named by its path or a tail of it. */
static bool is_lacked(const struct comparison *comparison, struct text path)
{
    const struct amicus_ruling *ruling = comparison->ruling;
    for (uint32_t i = 0; i < ruling->missing_count; i++) {
        const struct missing_result *one = &ruling->missing[i];
        struct builder builder;
        builder_start(&builder, comparison->out->arena);
        if (one->fact == FACT_NONE) {
            builder_put(&builder, ruling->subject->vocabulary->kinds[one->kind].list);
        } else {
            case_write_path(&builder, ruling->subject, one->record, one->fact);
        }
        struct text whole = want_made(comparison, &builder);
        size_t before = whole.length < path.length ? 0 : whole.length - path.length;
        if (whole.length >= path.length && memcmp(whole.at + before, path.at, path.length) == 0 &&
            (before == 0 || whole.at[before - 1] == '.')) {
            return true;
        }
    }
    return false;
}

static void differ_missing(const struct comparison *comparison, const struct tree *list,
                           const struct tree *node, struct text got)
{
    const struct difference difference = {.label = TEXT("missing"),
                                          .got = got,
                                          .node = node,
                                          .list = list,
                                          .rule = INDEX_NONE,
                                          .record = RECORD_NONE,
                                          .amend = list == NULL ? AMEND_NONE : AMEND_DROP};
    differences_add(comparison->out, &difference);
}

static void compare_missing(const struct comparison *comparison, const struct tree *map)
{
    for (const struct tree *list = map->first; list != NULL; list = list->next) {
        bool is_any = text_is(list->key, "any");
        bool wanted = !text_is(list->key, "none");
        bool some = false;
        for (const struct tree *node = list->first; node != NULL; node = node->next) {
            bool has_path = is_path(comparison, node);
            bool lacks = has_path && is_lacked(comparison, node->text);
            some |= lacks;
            if (has_path && !is_any && lacks != wanted) {
                differ_missing(comparison, list, node,
                               want_joined(comparison, node->text,
                                           text_of(wanted ? "is not asked for" : "is asked for")));
            }
        }
        if (is_any && !some && list->first != NULL) {
            differ_missing(comparison, NULL, list, text_of("none of those is asked for"));
        }
    }
}

/* --- the rest --- */

static void compare_flag_list(const struct comparison *comparison, const struct tree *list,
                              bool wanted)
{
    const struct amicus_ruling *ruling = comparison->ruling;
    for (const struct tree *node = list->first; node != NULL; node = node->next) {
        bool is_raised = false;
        for (uint32_t i = 0; i < ruling->flag_count; i++) {
            is_raised |= text_equal(ruling->flags[i].code, node->text);
        }
        if (is_raised == wanted) {
            continue;
        }
        struct difference difference = {.label = TEXT("flags"),
                                        .node = node,
                                        .list = list,
                                        .rule = INDEX_NONE,
                                        .record = RECORD_NONE,
                                        .amend = AMEND_DROP};
        difference.got =
            want_joined(comparison, text_of(wanted ? "missing" : "unwanted"), node->text);
        differences_add(comparison->out, &difference);
    }
}

static void compare_flags(const struct comparison *comparison, const struct tree *node)
{
    const struct tree *list = node->kind == TREE_MAP ? node->first : NULL;
    if (node->kind == TREE_LIST) {
        compare_flag_list(comparison, node, true);
    }
    for (; list != NULL; list = list->next) {
        compare_flag_list(comparison, list, text_is(list->key, "all"));
    }
}

static void compare_next(const struct comparison *comparison, const struct tree *node)
{
    const struct next_result *next = &comparison->ruling->next;
    const struct tree *actor = node->kind == TREE_SCALAR ? node : tree_find(node, "actor");
    const struct tree *due = tree_find(node, "due");
    compare_word(comparison, text_of("next"), actor,
                 next->is_known ? party_name((enum party)next->actor) : "nobody");
    if (due == NULL) {
        return;
    }
    struct text got = TEXT("none");
    int64_t want_s = 0;
    bool is_instant = instant_read(&want_s, due->text) == AMICUS_OK;
    if (next->is_known && next->has_due) {
        struct builder builder;
        builder_start(&builder, comparison->out->arena);
        instant_write(&builder, next->due_s);
        got = want_made(comparison, &builder);
    }
    bool is_same = is_instant ? next->is_known && next->has_due && next->due_s == want_s
                              : text_equal(due->text, got);
    if (!is_same) {
        differ(comparison, text_of("next due"), due, got);
    }
}

static void compare_fallback(const struct comparison *comparison, const struct tree *node)
{
    const struct fallback_result *fallback = &comparison->ruling->if_nobody_acts;
    const struct image *image = &comparison->ruling->rulebook->image;
    const struct tree *outcome = node->kind == TREE_SCALAR ? node : tree_find(node, "outcome");
    compare_word(comparison, text_of("if_nobody_acts"), outcome,
                 fallback->is_known ? outcome_name((enum outcome)fallback->outcome) : "nothing");
    compare_word(comparison, text_of("state"), tree_find(node, "state"),
                 fallback->is_known ? image_text(image, image->fallbacks[fallback->row].id).at
                                    : "none");
}

static void compare_conflict(const struct comparison *comparison, const struct tree *node)
{
    compare_word(comparison, text_of("conflict"), node,
                 comparison->ruling->conflict_count > 0 ? "true" : "false");
}

static const struct {
    const char *key;
    void (*compare)(const struct comparison *comparison, const struct tree *node);
} ROWS[] = {
    {"outcome", compare_outcome},   {"items", compare_items},
    {"totals", compare_totals},     {"issues", compare_issues},
    {"findings", want_findings},    {"cites", want_cites},
    {"missing", compare_missing},   {"flags", compare_flags},
    {"next", compare_next},         {"if_nobody_acts", compare_fallback},
    {"conflict", compare_conflict},
};

void want_compare(const struct comparison *comparison, const struct tree *want)
{
    assert(comparison != NULL && comparison->ruling != NULL);
    assert(want != NULL && want->kind == TREE_MAP);
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        const struct tree *node = tree_find(want, ROWS[i].key);
        if (node != NULL) {
            ROWS[i].compare(comparison, node);
        }
    }
}

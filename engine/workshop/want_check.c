/*
 * Names in want:, checked against the rulebook.
 *
 * A rule that is misspelt under `none:` would never apply, and the test would pass for ever. So
 * every name is looked up, and every value must be one that a ruling can have, before a test runs.
 */
#include "date.h"
#include "money.h"
#include "want.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { MEND_BYTES = 300 };

struct checking {
    struct faults *faults;
    const struct image *image;
};

struct named_rule named_rule_of(const struct image *image, struct text text)
{
    assert(image != NULL);
    assert(text.at != NULL || text.length == 0);
    struct named_rule named = {INDEX_NONE, text, {"", 0}};
    for (size_t i = 0; i + 4 < text.length; i++) {
        if (memcmp(text.at + i, " on ", 4) == 0) {
            named.id.length = i;
            named.on = (struct text){text.at + i + 4, text.length - i - 4};
            break;
        }
    }
    named.rule = image_find_rule(image, named.id);
    return named;
}

bool flag_is_engine(struct text code)
{
    static const char *const CODES[] = {"period_uncertain", "number_overflow", "calendar_missing",
                                        NULL};
    assert(code.at != NULL || code.length == 0);
    assert(CODES[0] != NULL);
    return text_is_among(code, CODES);
}

/* Report a scalar that names nothing, with the nearest name. */
static void refuse_name(const struct checking *checking, const struct tree *node, const char *noun,
                        struct text nearest)
{
    char mend[MEND_BYTES];
    faults_mend_nearest(mend, sizeof mend, nearest, "'amicus explain NAME' shows what there is");
    faults_add(checking->faults, "T0106", node->place, mend, "there is no %s '%.*s'", noun,
               SHOWN(node->text));
}

/* Report a node that has not the form which is wanted. */
static void refuse_form(const struct checking *checking, const struct tree *node, const char *mend)
{
    if (node->kind == TREE_SCALAR) {
        faults_add(checking->faults, "T0107", node->place, mend, "'%.*s' cannot be wanted here",
                   SHOWN(node->text));
    } else if (node->kind != TREE_FAULT) {
        faults_add(checking->faults, "T0107", node->place, mend, "%s cannot be wanted here",
                   tree_kind_name(node));
    }
}

/* Tell whether a node is a scalar, or the placeholder that only asks; reports other forms. */
static bool is_word(const struct checking *checking, const struct tree *node, const char *mend)
{
    if (node->kind != TREE_SCALAR) {
        refuse_form(checking, node, mend);
        return false;
    }
    return !tree_is(node, "ask");
}

static void check_outcome(const struct checking *checking, const struct tree *node)
{
    if (!is_word(checking, node, "write the name of an outcome") ||
        outcome_find(node->text) != OUTCOME_COUNT) {
        return;
    }
    struct likeness likeness = likeness_to(node->text);
    for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
        likeness_try(&likeness, text_of(outcome_name((enum outcome)i)));
    }
    refuse_name(checking, node, "outcome", likeness.best);
}

static void check_money(const struct checking *checking, const struct tree *node)
{
    int64_t minor = 0;
    uint16_t currency = 0;
    if (is_word(checking, node, "write an amount, as in USD 600.00") &&
        money_read(&minor, &currency, node->text) != AMICUS_OK) {
        refuse_form(checking, node, "write an amount, as in USD 600.00");
    }
}

static void check_division(const struct checking *checking, const struct tree *map, bool is_item)
{
    static const char *const KEYS[] = {"to_freelancer", "to_client", "fees",
                                       "stays_held",    "outcome",   NULL};
    static const char *const SUMS[] = {"to_freelancer", "to_client", "fees", "stays_held", NULL};
    if (!faults_check_keys(checking->faults, map, "T0102", is_item ? KEYS : SUMS)) {
        return;
    }
    for (const struct tree *node = map->first; node != NULL; node = node->next) {
        if (text_is(node->key, "outcome")) {
            check_outcome(checking, node);
        } else {
            check_money(checking, node);
        }
    }
}

static void check_totals(const struct checking *checking, const struct tree *node)
{
    check_division(checking, node, false);
}

static void check_items(const struct checking *checking, const struct tree *node)
{
    if (node->kind != TREE_MAP) {
        refuse_form(checking, node, "write {M1: {outcome: split, to_freelancer: USD 600.00}}");
    }
    const struct tree *item = node->kind == TREE_MAP ? node->first : NULL;
    for (; item != NULL; item = item->next) {
        if (item->kind == TREE_SCALAR) {
            check_outcome(checking, item);
        } else {
            check_division(checking, item, true);
        }
    }
}

static void check_label(const struct checking *checking, const struct tree *node)
{
    static const char *const LABELS[] = {"open", "upheld", "rejected", NULL};
    if (is_word(checking, node, "write upheld, rejected or open") &&
        !text_is_among(node->text, LABELS)) {
        refuse_form(checking, node, "write upheld, rejected or open");
    }
}

/* The nearest rule or issue. */
static struct text nearest_of(const struct image *image, struct text word, bool is_rule)
{
    struct likeness likeness = likeness_to(word);
    for (uint32_t i = 0; i < (is_rule ? image->rule_count : image->issue_count); i++) {
        likeness_try(&likeness,
                     image_text(image, is_rule ? image->rules[i].id : image->issues[i].name));
    }
    return likeness.best;
}

static void check_issues(const struct checking *checking, const struct tree *node)
{
    if (node->kind != TREE_MAP) {
        refuse_form(checking, node, "write {payment_due: upheld}");
    }
    const struct tree *issue = node->kind == TREE_MAP ? node->first : NULL;
    for (; issue != NULL; issue = issue->next) {
        if (image_find_issue(checking->image, issue->key) == INDEX_NONE) {
            struct tree named = {.kind = TREE_SCALAR, .text = issue->key};
            named.place = issue->key_place;
            refuse_name(checking, &named, "issue", nearest_of(checking->image, issue->key, false));
        }
        if (issue->kind != TREE_MAP) {
            check_label(checking, issue);
        }
        const struct tree *label = issue->kind == TREE_MAP ? issue->first : NULL;
        for (; label != NULL; label = label->next) {
            check_label(checking, label);
        }
    }
}

/* Check a name of a rule as it is written, which may stand as a key. */
static void check_rule(const struct checking *checking, struct text text, struct place place)
{
    struct named_rule named = named_rule_of(checking->image, text);
    if (named.rule == INDEX_NONE) {
        struct tree node = {.kind = TREE_SCALAR, .text = named.id, .place = place};
        refuse_name(checking, &node, "rule", nearest_of(checking->image, named.id, true));
    }
}

/* Check a list of words by a function of each. */
static void check_list(const struct checking *checking, const struct tree *list,
                       void (*check)(const struct checking *, const struct tree *))
{
    if (list->kind != TREE_LIST) {
        refuse_form(checking, list, "write a list, as in [a, b]");
    }
    const struct tree *node = list->kind == TREE_LIST ? list->first : NULL;
    for (; node != NULL; node = node->next) {
        if (node->kind != TREE_SCALAR) {
            refuse_form(checking, node, "write a name");
        } else {
            check(checking, node);
        }
    }
}

static void check_rule_node(const struct checking *checking, const struct tree *node)
{
    check_rule(checking, node->text, node->place);
}

static void check_status(const struct checking *checking, const struct tree *map)
{
    static const char *const STATUSES[] = {"applied", "defeated",    "undercut",
                                           "waiting", "not_applied", NULL};
    const char *mend = "write applied, defeated, undercut, waiting or not_applied";
    if (map->kind != TREE_MAP) {
        refuse_form(checking, map, "write {rule: defeated}");
    }
    const struct tree *node = map->kind == TREE_MAP ? map->first : NULL;
    for (; node != NULL; node = node->next) {
        check_rule(checking, node->key, node->key_place);
        if (is_word(checking, node, mend) && !text_is_among(node->text, STATUSES)) {
            refuse_form(checking, node, mend);
        }
    }
}

static void check_findings(const struct checking *checking, const struct tree *map)
{
    static const char *const KEYS[] = {"all", "any", "none", "status", NULL};
    if (!faults_check_keys(checking->faults, map, "T0102", KEYS)) {
        return;
    }
    for (const struct tree *node = map->first; node != NULL; node = node->next) {
        if (text_is(node->key, "status")) {
            check_status(checking, node);
        } else {
            check_list(checking, node, check_rule_node);
        }
    }
}

static void check_nothing(const struct checking *checking, const struct tree *node)
{
    assert(checking != NULL && node != NULL);
    assert(node->kind == TREE_SCALAR);
}

static void check_cites(const struct checking *checking, const struct tree *map)
{
    if (map->kind != TREE_MAP) {
        refuse_form(checking, map, "write {rule: [E5]}");
    }
    const struct tree *node = map->kind == TREE_MAP ? map->first : NULL;
    for (; node != NULL; node = node->next) {
        check_rule(checking, node->key, node->key_place);
        check_list(checking, node, check_nothing);
    }
}

static void check_missing(const struct checking *checking, const struct tree *map)
{
    static const char *const KEYS[] = {"all", "any", "none", NULL};
    if (!faults_check_keys(checking->faults, map, "T0102", KEYS)) {
        return;
    }
    for (const struct tree *node = map->first; node != NULL; node = node->next) {
        check_list(checking, node, check_nothing);
    }
}

static void check_flag(const struct checking *checking, const struct tree *node)
{
    const struct image *image = checking->image;
    struct likeness likeness = likeness_to(node->text);
    bool is_known = flag_is_engine(node->text);
    for (uint32_t i = 0; i < image->flag_count; i++) {
        struct text code = image_text(image, image->flags[i].code);
        is_known |= text_equal(code, node->text);
        likeness_try(&likeness, code);
    }
    if (!is_known) {
        refuse_name(checking, node, "flag", likeness.best);
    }
}

static void check_flags(const struct checking *checking, const struct tree *node)
{
    static const char *const KEYS[] = {"all", "none", NULL};
    if (node->kind == TREE_LIST) {
        check_list(checking, node, check_flag);
    } else if (faults_check_keys(checking->faults, node, "T0102", KEYS)) {
        for (const struct tree *list = node->first; list != NULL; list = list->next) {
            check_list(checking, list, check_flag);
        }
    }
}

static void check_actor(const struct checking *checking, const struct tree *node)
{
    const char *mend = "write client, freelancer, platform, reviewer or nobody";
    if (is_word(checking, node, mend) && !tree_is(node, "nobody") &&
        party_find(node->text) == PARTY_NONE) {
        refuse_form(checking, node, mend);
    }
}

static void check_next(const struct checking *checking, const struct tree *node)
{
    static const char *const KEYS[] = {"actor", "due", NULL};
    if (node->kind == TREE_SCALAR) {
        check_actor(checking, node);
        return;
    }
    if (!faults_check_keys(checking->faults, node, "T0102", KEYS)) {
        return;
    }
    const struct tree *actor = tree_find(node, "actor");
    const struct tree *due = tree_find(node, "due");
    int64_t utc_s = 0;
    if (actor != NULL) {
        check_actor(checking, actor);
    }
    if (due != NULL && is_word(checking, due, "write an instant") && !tree_is(due, "none") &&
        instant_read(&utc_s, due->text) != AMICUS_OK) {
        refuse_form(checking, due, "write an instant, as in 2025-06-07T00:00:00Z, or none");
    }
}

static void check_state(const struct checking *checking, const struct tree *node)
{
    const struct image *image = checking->image;
    struct likeness likeness = likeness_to(node->text);
    bool is_known = false;
    for (uint32_t i = 0; i < image->fallback_count; i++) {
        struct text id = image_text(image, image->fallbacks[i].id);
        is_known |= text_equal(id, node->text);
        likeness_try(&likeness, id);
    }
    if (!is_known) {
        refuse_name(checking, node, "state", likeness.best);
    }
}

static void check_fallback(const struct checking *checking, const struct tree *node)
{
    static const char *const KEYS[] = {"outcome", "state", NULL};
    if (tree_is(node, "nothing")) {
        return;
    }
    if (node->kind == TREE_SCALAR) {
        check_outcome(checking, node);
        return;
    }
    if (!faults_check_keys(checking->faults, node, "T0102", KEYS)) {
        return;
    }
    const struct tree *outcome = tree_find(node, "outcome");
    const struct tree *state = tree_find(node, "state");
    if (outcome != NULL) {
        check_outcome(checking, outcome);
    }
    if (state != NULL && is_word(checking, state, "write the id of a state")) {
        check_state(checking, state);
    }
}

static void check_conflict(const struct checking *checking, const struct tree *node)
{
    if (is_word(checking, node, "write true or false") && !tree_is(node, "true") &&
        !tree_is(node, "false")) {
        refuse_form(checking, node, "write true or false");
    }
}

/* What can be wanted. stable_under is read with the suite. */
static const struct {
    const char *key;
    void (*check)(const struct checking *checking, const struct tree *node);
} ROWS[] = {
    {"outcome", check_outcome},         {"items", check_items},       {"totals", check_totals},
    {"issues", check_issues},           {"findings", check_findings}, {"cites", check_cites},
    {"missing", check_missing},         {"flags", check_flags},       {"next", check_next},
    {"if_nobody_acts", check_fallback}, {"conflict", check_conflict},
};
enum { ROW_COUNT = sizeof ROWS / sizeof ROWS[0] };

bool want_check_keys(struct faults *faults, const struct tree *want)
{
    assert(faults != NULL);
    assert(want != NULL);
    const char *keys[ROW_COUNT + 2] = {NULL};
    for (size_t i = 0; i < ROW_COUNT; i++) {
        keys[i] = ROWS[i].key;
    }
    keys[ROW_COUNT] = "stable_under";
    if (!faults_check_keys(faults, want, "T0102", keys)) {
        return false;
    }
    if (want->count == 0) {
        faults_add(faults, "T0104", want->place, "say what its ruling must be",
                   "the test wants nothing");
    }
    return true;
}

void want_check(struct faults *faults, const struct image *image, const struct tree *want)
{
    assert(faults != NULL && image != NULL);
    assert(want != NULL && want->kind == TREE_MAP);
    const struct checking checking = {faults, image};
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct tree *node = tree_find(want, ROWS[i].key);
        if (node != NULL && node->kind != TREE_FAULT) {
            ROWS[i].check(&checking, node);
        }
    }
}

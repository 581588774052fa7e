/*
 * From a traced condition to branches.
 *
 * A condition is wanted to be true, or, under `no` and in an exception, to be false. What is as it
 * is wanted, or was not needed, is one line. What is not gets all that a reader asks next: which
 * fact was read, how it stands and on what evidence, how far it is from the limit, and what value
 * would do. A derived fact is followed into its definition as many levels as were asked for, with
 * the same question: what there keeps it from being what is wanted?
 *
 * For programs (not brief) every condition has its parts, so that the values are there also of what
 * is met.
 *
 * Recursion: conditions are as deep as the compiler lets them be, definitions as deep as was asked,
 * and derived facts do not rest on themselves, so all of it ends.
 */
#include "grounds_part.h"

#include "exhibit.h"
#include "wording.h"

#include <assert.h>

/* How much of a sentence about which nothing was asked. */
static const unsigned SENTENCE_COLUMNS = 120;

static bool is_obstacle(const struct condition *condition, bool wanted)
{
    return condition->is_needed && !condition_is_met(condition, wanted);
}

/* Whether each part by itself must be as it is wanted. */
static bool is_conjunction(const struct node *node, bool wanted)
{
    return wanted ? node->op == NODE_ALL || node->op == NODE_NO : node->op == NODE_ANY;
}

static bool part_wanted(const struct node *node, bool wanted)
{
    return node->op == NODE_NO ? !wanted : wanted;
}

/* --- the line of a condition --- */

static struct text state_of(const struct grounds *grounds, const struct condition *condition,
                            bool wanted)
{
    static const char *const WORDS[2][3] = {{"false", "open", "true"}, {"FALSE", "OPEN", "TRUE"}};
    if (!condition->is_needed) {
        return text_of(grounds->is_brief ? "not needed" : "not_needed");
    }
    const bool is_loud = grounds->is_brief && is_obstacle(condition, wanted);
    return text_of(WORDS[is_loud][kleene_of(condition->value)]);
}

static const char *heading_of(const struct node *node, bool wanted)
{
    switch (node->op) {
    case NODE_ALL: return wanted ? "all of these" : "all of these at once";
    case NODE_ANY: return wanted ? "one of these" : "any of these";
    default: return wanted ? "none of these" : "at least one of these";
    }
}

/* What stands on the line: of a condition that is taken apart below, only how. */
static struct text says_of(struct grounds *grounds, const struct condition *condition, bool wanted,
                           bool is_open_below)
{
    const struct node *node = grounds_node(grounds, condition);
    if (is_open_below && node_is_logic(node)) {
        return text_of(heading_of(node, wanted));
    }
    struct text says = wording_condition(grounds->outline, grounds->tracing.ruling, condition);
    if (!grounds->is_brief) {
        return says;
    }
    if (!condition->is_needed || (is_open_below && node_is_quantifier(node))) {
        return layout_cut(grounds->outline->arena, (struct look){.width = 80}, says,
                          SENTENCE_COLUMNS);
    }
    if (is_open_below) {
        return says;
    }
    struct text by = wording_distance(grounds->outline, grounds->tracing.ruling, condition, true);
    return by.length == 0 ? says
                          : outline_putf(grounds->outline, "%.*s (%.*s)", (int)says.length, says.at,
                                         (int)by.length, by.at);
}

static struct text place_of(struct grounds *grounds, const struct condition *condition)
{
    const struct node *node = grounds_node(grounds, condition);
    return exhibit_origin(grounds->outline->arena, grounds_image(grounds),
                          (struct origin){node->file, node->line});
}

/* --- tests --- */

static void add_label(struct grounds *grounds, struct branch *parent,
                      const struct condition *condition)
{
    if (condition->result == INDEX_NONE) {
        return;
    }
    const struct amicus_ruling *ruling = grounds->tracing.ruling;
    const struct issue_result *result = &ruling->issues[condition->result];
    const struct issue_row *issue = &grounds_image(grounds)->issues[result->issue];
    struct branch *branch = outline_add(grounds->outline, parent, "issue");
    const struct text name = image_text(grounds_image(grounds), issue->name);
    const struct text id =
        outline_visible(grounds->outline, ruling->subject->records[result->record].id);
    branch->name = outline_putf(grounds->outline, "%.*s%s%.*s", (int)name.length, name.at,
                                id.length > 0 && result->record != RECORD_ROOT ? " " : "",
                                result->record == RECORD_ROOT ? 0 : (int)id.length,
                                id.length > 0 ? id.at : "");
    branch->state = text_of(label_name((enum label)result->taken));
    branch->says =
        result->on_burden
            ? outline_putf(grounds->outline, "open; taken as %s, as the %s had to show it",
                           label_name((enum label)result->taken),
                           party_name((enum party)result->burden))
            : outline_visible(grounds->outline, image_text(grounds_image(grounds), issue->title));
}

static void add_note(struct grounds *grounds, struct branch *parent, const char *kind,
                     struct text says)
{
    if (says.length > 0) {
        struct branch *branch = outline_add(grounds->outline, parent, kind);
        branch->name = text_of(kind);
        branch->says = says;
    }
}

/* Add how far a comparison is from its limit; programs get the number too. */
static void add_distance(struct grounds *grounds, struct branch *parent,
                         const struct condition *condition, bool wanted)
{
    const struct amicus_ruling *ruling = grounds->tracing.ruling;
    const struct text says =
        wording_distance(grounds->outline, ruling, condition, condition_is_met(condition, wanted));
    add_note(grounds, parent, "distance", says);
    if (says.length > 0 && !grounds->is_brief) {
        parent->last->name = wording_amount(grounds->outline, ruling, condition);
        parent->last->state = text_of(wording_side(ruling, condition));
    }
}

/* What a truth value that is compared with a constant must be, so that the test is as wanted. */
static enum want operand_want(const struct grounds *grounds, const struct condition *condition,
                              bool wanted)
{
    const struct wish wish = condition_wish(grounds_image(grounds), condition, wanted);
    if (wish.op != NODE_EQUAL || !wish.has_value || wish.threshold.type != TYPE_BOOL) {
        return WANT_NOTHING;
    }
    return wish.threshold.as.n != 0 ? WANT_TRUE : WANT_FALSE;
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void add_comparison(struct grounds *grounds, struct branch *parent,
                           const struct condition *condition, bool wanted)
{
    const struct node *node = grounds_node(grounds, condition);
    const struct condition *a = condition_part(condition, node->a);
    const struct condition *b = condition_part(condition, node->b);
    if (a != NULL) {
        grounds_add_subject(grounds, parent, a, operand_want(grounds, condition, wanted));
    }
    if (b != NULL && b != a) {
        grounds_add_threshold(grounds, parent, b);
    }
    if (node->op == NODE_WITHIN && condition_part(condition, node->c) != NULL) {
        grounds_add_threshold(grounds, parent, condition_part(condition, node->c));
    }
    add_distance(grounds, parent, condition, wanted);
}

/* Whether a derived fact below already says what would have to be otherwise. */
static bool is_explained_below(const struct grounds *grounds, const struct condition *condition,
                               bool wanted)
{
    const struct condition *a = condition->first;
    return grounds->is_brief && grounds->depth > 0 && a != NULL && a->has_read &&
           a->from_count > 0 && operand_want(grounds, condition, wanted) != WANT_NOTHING;
}

/* Whether the sentence of a test that holds, but should not, leaves nothing to say: it names the
 * value, and nobody showed it by evidence. */
static bool is_said_all(const struct grounds *grounds, const struct condition *condition)
{
    const struct node *node = grounds_node(grounds, condition);
    const struct condition *fact = condition_part(condition, node->a);
    return grounds->is_brief && grounds->is_nested && fact != NULL && fact->has_read &&
           kleene_of(condition->value) == KLEENE_TRUE && fact->from_count == 0 &&
           fact->read.evidence.count == 0 && fact->value.type != TYPE_BOOL;
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void add_test(struct grounds *grounds, struct branch *parent,
                     const struct condition *condition, bool wanted)
{
    const struct node *node = grounds_node(grounds, condition);
    const bool is_simple = node->op == NODE_EQUAL || node->op == NODE_ABSENT;
    if (is_simple && is_said_all(grounds, condition)) {
        return;
    }
    if (node->op == NODE_FACT) {
        grounds_add_subject(grounds, parent, condition, wanted ? WANT_TRUE : WANT_FALSE);
    } else if (node->op == NODE_ISSUE) {
        add_label(grounds, parent, condition);
    } else if ((node->op >= NODE_EQUAL && node->op <= NODE_AT_LEAST) || node->op == NODE_WITHIN) {
        add_comparison(grounds, parent, condition, wanted);
    } else if (!node_is_test(node)) {
        grounds_add_facts(grounds, parent, condition);
    } else if (condition_part(condition, node->a) != NULL) {
        grounds_add_subject(grounds, parent, condition_part(condition, node->a), WANT_NOTHING);
    }
    if (!condition_is_met(condition, wanted) && !is_explained_below(grounds, condition, wanted)) {
        add_note(grounds, parent, "wanted",
                 wording_wish(grounds->outline, grounds->tracing.ruling, condition, wanted));
    }
}

/* --- the tree --- */

/* NOLINTNEXTLINE(misc-no-recursion) */
static void add_below(struct grounds *grounds, struct branch *parent,
                      const struct condition *condition, bool wanted)
{
    const struct node *node = grounds_node(grounds, condition);
    if (node_is_logic(node)) {
        for (const struct condition *part = condition->first; part != NULL; part = part->next) {
            grounds_add(grounds, parent, part, part_wanted(node, wanted));
        }
    } else if (node_is_quantifier(node)) {
        grounds_add_elements(grounds, parent, condition, wanted);
    } else {
        add_test(grounds, parent, condition, wanted);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion) */
void grounds_add(struct grounds *grounds, struct branch *parent, const struct condition *condition,
                 bool wanted)
{
    assert(grounds != NULL && parent != NULL);
    assert(condition != NULL);
    const bool is_bad = is_obstacle(condition, wanted);
    if (!is_bad && grounds->is_brief && grounds->is_nested) {
        return;
    }
    const bool is_open_below = condition->is_needed && (is_bad || !grounds->is_brief);
    struct branch *branch =
        outline_add(grounds->outline, parent, is_bad ? "obstacle" : "condition");
    branch->state = state_of(grounds, condition, wanted);
    branch->ink = is_bad ? INK_WARN : condition->is_needed ? INK_GOOD : INK_FAINT;
    branch->says = says_of(grounds, condition, wanted, is_open_below);
    const struct text around = grounds->place;
    const struct text place = place_of(grounds, condition);
    if (!grounds->is_brief || (is_bad && !text_equal(place, around))) {
        branch->place = place;
        grounds->place = place;
    }
    if (is_open_below) {
        add_below(grounds, branch, condition, wanted);
    }
    grounds->place = around;
}

/* NOLINTNEXTLINE(misc-no-recursion) */
void grounds_add_parts(struct grounds *grounds, struct branch *parent,
                       const struct condition *condition, bool wanted)
{
    assert(grounds != NULL && parent != NULL);
    assert(condition != NULL);
    const struct node *node = grounds_node(grounds, condition);
    if (!is_conjunction(node, wanted) || node->b < 2 || !condition->is_needed) {
        grounds_add(grounds, parent, condition, wanted);
        return;
    }
    const bool is_part_wanted = part_wanted(node, wanted);
    for (const struct condition *part = condition->first; part != NULL; part = part->next) {
        grounds_add(grounds, parent, part, is_part_wanted);
    }
}

struct grounds_count grounds_count(const struct image *image, const struct condition *condition,
                                   bool wanted)
{
    assert(image != NULL && condition != NULL);
    assert(condition->node < image->node_count);
    const struct node *node = &image->nodes[condition->node];
    if (!is_conjunction(node, wanted) || node->b < 2) {
        return (struct grounds_count){1, is_obstacle(condition, wanted)};
    }
    struct grounds_count count = {0, 0};
    for (const struct condition *part = condition->first; part != NULL; part = part->next) {
        count.parts++;
        count.obstacles += is_obstacle(part, part_wanted(node, wanted));
    }
    return count;
}

/*
 * From conditions to words.
 *
 * The sentence is the one that a page of the rule shows (image_write_node), with the names of this
 * case where the rule says "milestones": a variable that stood for a record is written as that
 * record. Distances are exact: a day that is short by a minute is not rounded to a day, because it
 * is then that somebody asks.
 */
#include "wording.h"

#include "date.h"
#include "money.h"

#include <assert.h>

/* The names of a case, for image_write_node_named. */
struct case_names {
    struct node_names names; /* first: what the writer knows of it */
    const struct amicus_ruling *ruling;
    const struct condition *condition;
};

static bool is_bound(const struct condition *condition, uint32_t var)
{
    return (condition->bound >> var & 1) != 0;
}

/* Whether a node is the limit of the test, and computed from others: its value says more. */
static bool is_computed_limit(const struct case_names *names, uint32_t number)
{
    const struct node *nodes = names->ruling->rulebook->image.nodes;
    const struct node *test = &nodes[names->condition->node];
    const bool is_comparison = test->op >= NODE_EQUAL && test->op <= NODE_AT_LEAST;
    const bool is_arithmetic =
        nodes[number].op >= NODE_ADD && nodes[number].op <= NODE_TIME_BETWEEN;
    if (!is_comparison || !is_arithmetic || number != test->b) {
        return false;
    }
    const struct condition *limit = condition_part(names->condition, number);
    return limit != NULL && limit->is_needed && limit->value.standing != STANDING_UNKNOWN &&
           limit->value.standing != STANDING_ABSENT;
}

static bool write_name(const struct node_names *names, struct builder *builder, uint32_t number)
{
    const struct case_names *mine = (const struct case_names *)names;
    const struct node *nodes = mine->ruling->rulebook->image.nodes;
    const struct node *node = &nodes[number];
    const struct amicus_case *subject = mine->ruling->subject;
    if (is_computed_limit(mine, number)) {
        ruling_write_value(builder, subject, NULL, &condition_part(mine->condition, number)->value);
        return true;
    }
    if (node->op == NODE_VAR && is_bound(mine->condition, node->a)) {
        case_write_record(builder, subject, mine->condition->vars[node->a]);
        return true;
    }
    if (node->op != NODE_FACT || node->a == NODE_NONE) {
        return false;
    }
    const struct node *record = &nodes[node->a];
    if (record->op != NODE_VAR || !is_bound(mine->condition, record->a)) {
        return false;
    }
    case_write_path(builder, subject, mine->condition->vars[record->a], node->b);
    return true;
}

struct text wording_condition(struct outline *outline, const struct amicus_ruling *ruling,
                              const struct condition *condition)
{
    assert(outline != NULL && ruling != NULL);
    assert(condition != NULL);
    const struct image *image = &ruling->rulebook->image;
    const struct case_names names = {{write_name}, ruling, condition};
    struct builder builder;
    builder_start(&builder, outline->arena);
    image_write_node_named(&builder, image, condition->node, &names.names);
    return outline_visible(outline, outline_text(outline, &builder));
}

static void put_value(struct builder *builder, const struct amicus_ruling *ruling, uint32_t node,
                      const struct value *value)
{
    const struct node *at = &ruling->rulebook->image.nodes[node];
    const bool has_members = at->type == TYPE_ENUM || at->type == TYPE_ENUMS;
    ruling_write_value(builder, ruling->subject,
                       has_members ? &ruling->subject->vocabulary->facts[at->ref_kind] : NULL,
                       value);
}

struct text wording_value(struct outline *outline, const struct amicus_ruling *ruling,
                          const struct condition *condition)
{
    assert(outline != NULL && ruling != NULL);
    assert(condition != NULL);
    struct builder builder;
    builder_start(&builder, outline->arena);
    put_value(&builder, ruling, condition->node, &condition->value);
    return outline_visible(outline, outline_text(outline, &builder));
}

/* --- distances --- */

/* "4 days 2 hours", to the second. */
static void put_seconds(struct builder *builder, uint64_t seconds)
{
    static const struct {
        uint64_t each_s;
        uint16_t unit;
    } UNITS[] = {{86400, DURATION_CALENDAR_DAYS},
                 {3600, DURATION_HOURS},
                 {60, DURATION_MINUTES},
                 {1, DURATION_SECONDS}};
    bool is_first = true;
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++) {
        const uint64_t count = seconds / UNITS[i].each_s;
        seconds %= UNITS[i].each_s;
        if (count > 0) {
            builder_puts(builder, is_first ? "" : " ");
            duration_write_plain(builder, (int64_t)count, UNITS[i].unit);
            is_first = false;
        }
    }
}

static void put_amount(struct builder *builder, const struct amicus_ruling *ruling,
                       const struct distance *distance)
{
    const int64_t amount = distance->n < 0 ? -distance->n : distance->n;
    if (distance->type == TYPE_DURATION && distance->unit == DURATION_SECONDS) {
        put_seconds(builder, (uint64_t)amount);
        return;
    }
    const struct value value = {.as.n = amount,
                                .unit = distance->unit,
                                .type = distance->type,
                                .standing = STANDING_ESTABLISHED};
    ruling_write_value(builder, ruling->subject, NULL, &value);
}

/* What is said of a value that is too small, and of one that is too great. */
static const char *excess(uint8_t type, bool is_within, bool is_more)
{
    if (is_within) {
        return is_more ? " too far apart" : " too close";
    }
    switch (type) {
    case TYPE_INSTANT:
    case TYPE_DATE: return is_more ? " too late" : " too early";
    case TYPE_MONEY: return is_more ? " too much" : " short";
    case TYPE_DURATION:
    case TYPE_MINUTES: return is_more ? " too long" : " too short";
    case TYPE_BPS: return is_more ? " too high" : " too low";
    default: return is_more ? " too many" : " too few";
    }
}

struct text wording_distance(struct outline *outline, const struct amicus_ruling *ruling,
                             const struct condition *condition, bool is_met)
{
    assert(outline != NULL && ruling != NULL);
    assert(condition != NULL);
    const struct image *image = &ruling->rulebook->image;
    const struct node *node = &image->nodes[condition->node];
    const struct distance distance = condition_distance(image, condition);
    const bool is_equality = node->op == NODE_EQUAL || node->op == NODE_UNEQUAL;
    if (!distance.is_known || distance.n == INT64_MIN ||
        (is_equality && (is_met || distance.n == 0))) {
        return (struct text){NULL, 0};
    }
    if (distance.n == 0) {
        return text_of("exactly at the limit");
    }
    struct builder builder;
    builder_start(&builder, outline->arena);
    put_amount(&builder, ruling, &distance);
    builder_puts(&builder, is_met ? " to spare"
                                  : excess(condition_part(condition, node->a)->value.type,
                                           node->op == NODE_WITHIN, distance.n > 0));
    return outline_text(outline, &builder);
}

struct text wording_amount(struct outline *outline, const struct amicus_ruling *ruling,
                           const struct condition *condition)
{
    assert(outline != NULL && ruling != NULL);
    assert(condition != NULL);
    const struct distance distance = condition_distance(&ruling->rulebook->image, condition);
    if (!distance.is_known || distance.n == INT64_MIN) {
        return (struct text){NULL, 0};
    }
    const int64_t amount = distance.n < 0 ? -distance.n : distance.n;
    struct builder builder;
    builder_start(&builder, outline->arena);
    if (distance.type == TYPE_DURATION) {
        duration_write(&builder, amount, distance.unit);
    } else if (distance.type == TYPE_MONEY) {
        money_write(&builder, amount, distance.unit);
    } else {
        builder_put_int(&builder, amount);
    }
    return outline_text(outline, &builder);
}

const char *wording_side(const struct amicus_ruling *ruling, const struct condition *condition)
{
    assert(ruling != NULL);
    assert(condition != NULL);
    const struct distance distance = condition_distance(&ruling->rulebook->image, condition);
    return !distance.is_known ? "" : distance.n < 0 ? "less" : distance.n > 0 ? "more" : "equal";
}

/* --- wishes --- */

static const char *comparison_words(uint8_t op, bool is_time)
{
    switch (op) {
    case NODE_EQUAL: return "";
    case NODE_UNEQUAL: return "anything but ";
    case NODE_LESS: return is_time ? "before " : "less than ";
    case NODE_AT_MOST: return is_time ? "not after " : "at most ";
    case NODE_MORE: return is_time ? "after " : "more than ";
    default: return is_time ? "not before " : "at least ";
    }
}

static bool is_time_node(const struct image *image, uint32_t node)
{
    return image->nodes[node].type == TYPE_INSTANT || image->nodes[node].type == TYPE_DATE;
}

/* The words of a part of a condition, with the names of the case. */
static void put_part(struct builder *builder, const struct amicus_ruling *ruling,
                     const struct condition *condition, uint32_t node)
{
    const struct case_names names = {{write_name}, ruling, condition};
    image_write_node_named(builder, &ruling->rulebook->image, node, &names.names);
}

static void put_comparison(struct builder *builder, const struct amicus_ruling *ruling,
                           const struct condition *condition, const struct wish *wish)
{
    const struct image *image = &ruling->rulebook->image;
    const struct node *node = &image->nodes[condition->node];
    builder_puts(builder, comparison_words(wish->op, is_time_node(image, node->a)));
    if (wish->has_value) {
        put_value(builder, ruling, node->b, &wish->threshold);
        return;
    }
    put_part(builder, ruling, condition, node->b);
    const struct condition *limit = condition_part(condition, node->b);
    if (limit != NULL && limit->is_needed) {
        builder_puts(builder, limit->value.standing == STANDING_ABSENT ? ", which does not exist"
                                                                       : ", which is not known");
    }
}

static void put_constants(struct builder *builder, const struct amicus_ruling *ruling,
                          const struct condition *condition)
{
    const struct image *image = &ruling->rulebook->image;
    const struct node *node = &image->nodes[condition->node];
    for (uint32_t i = 0; i < node->c; i++) {
        builder_puts(builder, i > 0 ? ", " : "");
        put_part(builder, ruling, condition, image->args[node->b + i]);
    }
}

static void put_within(struct builder *builder, const struct amicus_ruling *ruling,
                       const struct condition *condition)
{
    const struct node *node = &ruling->rulebook->image.nodes[condition->node];
    const uint32_t parts[] = {node->c, node->b};
    for (size_t i = 0; i < 2; i++) {
        const struct condition *part = condition_part(condition, parts[i]);
        builder_puts(builder, i > 0 ? " of " : "");
        if (part != NULL && part->is_needed && part->value.standing != STANDING_UNKNOWN) {
            put_value(builder, ruling, parts[i], &part->value);
        } else {
            put_part(builder, ruling, condition, parts[i]);
        }
    }
}

static void put_members(struct builder *builder, const struct amicus_ruling *ruling,
                        const struct node *node)
{
    const struct value members = {
        .as.n = node->k, .type = TYPE_ENUMS, .standing = STANDING_ESTABLISHED};
    put_value(builder, ruling, node->a, &members);
}

static void put_wish(struct builder *builder, const struct amicus_ruling *ruling,
                     const struct condition *condition, const struct wish *wish)
{
    static const char *const WORDS[NODE_OP_COUNT][2] = {
        [NODE_ONE_OF] = {"one of ", "none of "},
        [NODE_WITHIN] = {"within ", "not within "},
        [NODE_HAS] = {"with ", "without "},
        [NODE_HAS_ONLY] = {"nothing but ", "more, or other, than "},
        [NODE_KNOWN] = {"any value that counts", NULL},
        [NODE_ABSENT] = {"known not to exist", NULL},
        [NODE_CONTESTED] = {"contested", "not contested"},
        [NODE_AT_STANDING] = {"at least ", "less than "},
        [NODE_ISSUE] = {"", "not "},
        [NODE_PREDICATE] = {"values that the predicate accepts",
                            "values that the predicate refuses"},
    };
    const struct node *node = &ruling->rulebook->image.nodes[condition->node];
    const char *words = WORDS[wish->op][wish->is_turned];
    builder_puts(builder, words != NULL ? words : wish->is_turned ? "no" : "yes");
    switch (node->op) {
    case NODE_ONE_OF: put_constants(builder, ruling, condition); break;
    case NODE_WITHIN: put_within(builder, ruling, condition); break;
    case NODE_HAS:
    case NODE_HAS_ONLY: put_members(builder, ruling, node); break;
    case NODE_AT_STANDING: builder_puts(builder, standing_name((enum standing)node->k)); break;
    case NODE_ISSUE: builder_puts(builder, label_name((enum label)node->k)); break;
    default: break;
    }
}

struct text wording_wish(struct outline *outline, const struct amicus_ruling *ruling,
                         const struct condition *condition, bool wanted)
{
    assert(outline != NULL && ruling != NULL);
    assert(condition != NULL);
    const struct image *image = &ruling->rulebook->image;
    const struct wish wish = condition_wish(image, condition, wanted);
    const uint8_t op = image->nodes[condition->node].op;
    struct builder builder;
    builder_start(&builder, outline->arena);
    if (op >= NODE_EQUAL && op <= NODE_AT_LEAST) {
        put_comparison(&builder, ruling, condition, &wish);
    } else {
        put_wish(&builder, ruling, condition, &wish);
    }
    return outline_visible(outline, outline_text(outline, &builder));
}

/*
 * Promises of the image: what it holds is found, written and never trusted.
 */
#include "image_check.h"
#include "image_end.h"
#include "policy_kit.h"

#include <stdlib.h>

static void open_base(struct kit *kit)
{
    kit_try(kit, "local m = item \"item\"\n"
                 "remedy \"half\" { each = \"item\", outcome = \"split\",\n"
                 "  when = issue.payment_due:open(), freelancer = share(m.held, 1, 2),\n"
                 "  next = { actor = \"client\", step = \"answer\", due = case.filed_at +\n"
                 "    param.review_period } }\n"
                 "flag \"p\" { each = \"item\", when = predicate { reads = { m.held, m.used },\n"
                 "  test = function(a, b) return b end } }\n");
    CU_ASSERT_EQUAL_FATAL(kit->status, AMICUS_OK);
}

static void finds_rows_by_their_names(void)
{
    struct kit kit;
    open_base(&kit);
    for (uint32_t i = 0; i < kit.image.rule_count; i++) {
        struct text id = image_text(&kit.image, kit.image.rules[i].id);
        CU_ASSERT_EQUAL(image_find_rule(&kit.image, id), i);
    }
    CU_ASSERT_EQUAL(image_find_rule(&kit.image, text_of("pay")), INDEX_NONE);
    CU_ASSERT_NOT_EQUAL(image_find_issue(&kit.image, text_of("fraud")), INDEX_NONE);
    CU_ASSERT_NOT_EQUAL(image_find_param(&kit.image, text_of("regime")), INDEX_NONE);
    CU_ASSERT_NOT_EQUAL(image_find_provision(&kit.image, text_of("T-1")), INDEX_NONE);
    CU_ASSERT_EQUAL(image_find_provision(&kit.image, text_of("")), INDEX_NONE);
    kit_close(&kit);
}

static void names_every_outcome_both_ways(void)
{
    for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
        CU_ASSERT_EQUAL(outcome_find(text_of(outcome_name((enum outcome)i))), i);
    }
    CU_ASSERT_EQUAL(outcome_find(text_of("release")), OUTCOME_COUNT);
}

static void calls_a_compiled_image_sane(void)
{
    struct kit kit;
    open_base(&kit);
    CU_ASSERT_PTR_NULL(image_fault(&kit.image));
    kit_close(&kit);
}

/* The nodes of an image, to be tampered with; free them after. */
static struct node *copy_nodes(struct kit *kit)
{
    size_t bytes = kit->image.node_count * sizeof(struct node);
    struct node *copy = malloc(bytes);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    memcpy(copy, kit->image.nodes, bytes);
    kit->image.nodes = copy;
    return copy;
}

static void notices_an_operand_above_its_node(void)
{
    struct kit kit;
    open_base(&kit);
    struct node *nodes = copy_nodes(&kit);
    for (uint32_t i = 0; i < kit.image.node_count; i++) {
        if (nodes[i].op == NODE_EQUAL) {
            uint32_t before = nodes[i].a;
            nodes[i].a = i;
            CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
            nodes[i].a = NODE_NONE;
            CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
            nodes[i].a = before;
        }
    }
    CU_ASSERT_PTR_NULL(image_fault(&kit.image));
    free(nodes);
    kit_close(&kit);
}

static void notices_numbers_out_of_range_in_nodes(void)
{
    struct kit kit;
    open_base(&kit);
    struct node *nodes = copy_nodes(&kit);
    for (uint32_t i = 0; i < kit.image.node_count; i++) {
        struct node before = nodes[i];
        nodes[i].op = NODE_OP_COUNT;
        CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
        nodes[i] = before;
        nodes[i].type = TYPE_COUNT;
        CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
        nodes[i] = before;
        nodes[i].file = kit.image.file_count;
        CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
        nodes[i] = before;
        if (before.op == NODE_FACT || before.op == NODE_ALL) {
            nodes[i].b = UINT32_MAX - 1;
            CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
            nodes[i] = before;
        }
        if (before.op == NODE_ISSUE || before.op == NODE_PARAM || before.op == NODE_PREDICATE) {
            nodes[i].a = 1000;
            CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
            nodes[i] = before;
        }
    }
    free(nodes);
    kit_close(&kit);
}

/* A number that passes for a text is a pointer, and one that passes for a record an index. */
static void notices_a_node_of_a_type_that_it_cannot_have(void)
{
    struct kit kit;
    open_base(&kit);
    struct node *nodes = copy_nodes(&kit);
    unsigned tried = 0;
    for (uint32_t i = 0; i < kit.image.node_count; i++) {
        struct node before = nodes[i];
        static const uint8_t WRONG[] = {TYPE_TEXT, TYPE_REF};
        for (unsigned j = 0; j < sizeof WRONG; j++) {
            if (before.type != WRONG[j] && before.op != NODE_CONST) {
                nodes[i].type = WRONG[j];
                nodes[i].ref_kind = 1;
                CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
                nodes[i] = before;
                tried++;
            }
        }
    }
    CU_ASSERT_TRUE(tried > 20);
    CU_ASSERT_PTR_NULL(image_fault(&kit.image));
    free(nodes);
    kit_close(&kit);
}

static void tells_whether_derived_facts_rest_on_themselves(void)
{
    struct kit kit;
    bool is_finite = false;
    open_base(&kit);
    CU_ASSERT_EQUAL(image_ends(&is_finite, &kit.image, kit.arena), AMICUS_OK);
    CU_ASSERT_TRUE(is_finite);
    struct node *nodes = copy_nodes(&kit);
    uint32_t liked = vocabulary_find_path(kit.vocabulary, text_of("client.liked"));
    uint32_t row = kit.image.derived_of[liked];
    CU_ASSERT_FATAL(row != INDEX_NONE);
    const struct node *definition = &nodes[kit.image.derived[row].node];
    CU_ASSERT_EQUAL_FATAL(nodes[definition->a].op, NODE_FACT);
    nodes[definition->a].b = liked;
    CU_ASSERT_EQUAL(image_ends(&is_finite, &kit.image, kit.arena), AMICUS_OK);
    CU_ASSERT_FALSE(is_finite);
    free(nodes);
    kit_close(&kit);
}

static void tells_whether_conditions_are_too_deep(void)
{
    struct kit kit;
    bool is_finite = true;
    open_base(&kit);
    enum { LEVELS = 200 };
    static struct node nodes[LEVELS];
    for (uint32_t i = 0; i < LEVELS; i++) {
        nodes[i] = (struct node){
            .op = i == 0 ? NODE_CONST : NODE_KNOWN, .type = TYPE_BOOL, .a = i == 0 ? 0 : i - 1};
    }
    struct image deep = kit.image;
    deep.nodes = nodes;
    deep.derived_count = 0;
    deep.node_count = 20;
    CU_ASSERT_EQUAL(image_ends(&is_finite, &deep, kit.arena), AMICUS_OK);
    CU_ASSERT_TRUE(is_finite);
    deep.node_count = LEVELS;
    CU_ASSERT_EQUAL(image_ends(&is_finite, &deep, kit.arena), AMICUS_OK);
    CU_ASSERT_FALSE(is_finite);
    kit_close(&kit);
}

/* What is written of a set is found by way of the fact that its type names. */
static void notices_a_type_of_no_fact(void)
{
    struct kit kit;
    (void)kit_when(&kit, "item",
                   "all { case.grounds:has_only { \"pay\" }, case.filed_by:is(\"client\"),\n"
                   "  case.grounds:has(\"scope\") }");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    struct node *nodes = copy_nodes(&kit);
    unsigned tried = 0;
    for (uint32_t i = 0; i < kit.image.node_count; i++) {
        struct node before = nodes[i];
        if (before.type == TYPE_ENUM || before.type == TYPE_ENUMS || before.type == TYPE_REF) {
            nodes[i].ref_kind = kit.vocabulary->fact_count + kit.vocabulary->kind_count;
            CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
            tried++;
        }
        if (before.op == NODE_HAS || before.op == NODE_HAS_ONLY) {
            struct node set = nodes[before.a];
            nodes[before.a].type = TYPE_INT;
            CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
            nodes[before.a] = set;
            tried++;
        }
        nodes[i] = before;
    }
    CU_ASSERT(tried >= 5);
    CU_ASSERT_PTR_NULL(image_fault(&kit.image));
    free(nodes);
    kit_close(&kit);
}

static void notices_a_week_of_eight_days(void)
{
    struct kit kit;
    kit_try(&kit, "calendar \"c\" { free = { \"sat\" }, holidays = {}, from = \"2020-01-01\",\n"
                  "  to = \"2020-12-31\", source = \"S1\" }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(kit.image.calendar_count, 1);
    struct calendar_row calendar = kit.image.calendars[0];
    kit.image.calendars = &calendar;
    CU_ASSERT_PTR_NULL(image_fault(&kit.image));
    calendar.free_weekdays = 0x80;
    CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
    kit_close(&kit);
}

static void notices_names_out_of_order(void)
{
    struct kit kit;
    open_base(&kit);
    struct rule_row rules[8];
    CU_ASSERT_FATAL(kit.image.rule_count >= 2 && kit.image.rule_count <= 8);
    memcpy(rules, kit.image.rules, kit.image.rule_count * sizeof rules[0]);
    text_at first = rules[0].id;
    rules[0].id = rules[1].id;
    rules[1].id = first;
    kit.image.rules = rules;
    CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
    kit_close(&kit);
}

static void notices_an_order_of_issues_that_is_none(void)
{
    struct kit kit;
    open_base(&kit);
    const uint32_t twice[] = {0, 0};
    const uint32_t beyond[] = {0, 2};
    bool is_finite = true;
    CU_ASSERT_EQUAL_FATAL(kit.image.issue_count, 2);
    kit.image.issue_order = twice;
    CU_ASSERT_EQUAL(image_ends(&is_finite, &kit.image, kit.arena), AMICUS_OK);
    CU_ASSERT_FALSE(is_finite);
    kit.image.issue_order = beyond;
    CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
    kit_close(&kit);
}

static void notices_a_condition_that_is_none(void)
{
    struct kit kit;
    open_base(&kit);
    struct remedy_row remedies[4];
    CU_ASSERT_FATAL(kit.image.remedy_count == 2);
    memcpy(remedies, kit.image.remedies, 2 * sizeof remedies[0]);
    kit.image.remedies = remedies;
    uint32_t before = remedies[0].when;
    remedies[0].when = remedies[0].freelancer;
    CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
    remedies[0].when = NODE_NONE;
    CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
    remedies[0].when = before;
    remedies[0].freelancer = before;
    CU_ASSERT_PTR_NOT_NULL(image_fault(&kit.image));
    kit_close(&kit);
}

static void walks_each_operand_of_a_node(void)
{
    const uint32_t args[] = {10, 11, 12, 13, 14};
    struct node choose = {.op = NODE_CHOOSE, .a = 1, .b = 3};
    CU_ASSERT_EQUAL(node_child_count(&choose), 3);
    CU_ASSERT_EQUAL(node_child(&choose, args, 2), 13);
    struct node one_of = {.op = NODE_ONE_OF, .a = 5, .b = 0, .c = 2};
    CU_ASSERT_EQUAL(node_child_count(&one_of), 3);
    CU_ASSERT_EQUAL(node_child(&one_of, args, 0), 5);
    CU_ASSERT_EQUAL(node_child(&one_of, args, 2), 11);
    struct node latest = {.op = NODE_LATEST, .a = 1, .b = NODE_NONE, .c = 3};
    CU_ASSERT_EQUAL(node_child_count(&latest), 3);
    CU_ASSERT_EQUAL(node_child(&latest, args, 0), NODE_NONE);
    CU_ASSERT_EQUAL(node_child(&latest, args, 2), 14);
    struct node fact = {.op = NODE_FACT, .a = 4, .b = 99};
    CU_ASSERT_EQUAL(node_child_count(&fact), 1);
    CU_ASSERT_EQUAL(node_child(&fact, args, 0), 4);
}

static void writes_conditions_in_words(void)
{
    struct kit kit;
    open_base(&kit);
    CU_ASSERT_STRING_EQUAL(kit_words(&kit, kit_rule(&kit, "pay.record")->when),
                           "param.regime is \"on_record\" and item.rounds is at most 1 and "
                           "item.approved is false");
    CU_ASSERT_STRING_EQUAL(kit_words(&kit, kit_rule(&kit, "pay.silence")->unless),
                           "issue fraud is upheld");
    kit_close(&kit);
    (void)kit_when(&kit, "item",
                   "any { no { m.used:is(true), m.blank:is(false) }, no { m.used:known() },\n"
                   "  all { case.grounds:has_only { \"pay\", \"scope\" }, m.value:contested() },\n"
                   "  m.held:at_standing \"established\" }");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(
        kit_words(&kit, kit_rule(&kit, "x")->when),
        "none of (item.used is true, item.blank is false) or not (item.used is known) or "
        "(case.grounds has only pay, scope and item.value is contested) or "
        "item.held is at least established");
    kit_close(&kit);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"finds rows by their names", finds_rows_by_their_names},
        {"names every outcome both ways", names_every_outcome_both_ways},
        {"calls a compiled image sane", calls_a_compiled_image_sane},
        {"notices an operand above its node", notices_an_operand_above_its_node},
        {"notices numbers out of range in nodes", notices_numbers_out_of_range_in_nodes},
        {"notices a node of a type that it cannot have",
         notices_a_node_of_a_type_that_it_cannot_have},
        {"tells whether derived facts rest on themselves",
         tells_whether_derived_facts_rest_on_themselves},
        {"tells whether conditions are too deep", tells_whether_conditions_are_too_deep},
        {"notices a type of no fact", notices_a_type_of_no_fact},
        {"notices a week of eight days", notices_a_week_of_eight_days},
        {"notices names out of order", notices_names_out_of_order},
        {"notices an order of issues that is none", notices_an_order_of_issues_that_is_none},
        {"notices a condition that is none", notices_a_condition_that_is_none},
        {"walks each operand of a node", walks_each_operand_of_a_node},
        {"writes conditions in words", writes_conditions_in_words},
        CU_TEST_INFO_NULL,
    };
    return suite_run("image", tests);
}

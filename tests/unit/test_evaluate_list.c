/*
 * The evaluator's promises on lists: members that are in, out or perhaps in; and on
 * derived facts, which walk them.
 */
#include "decide_kit.h"
#include "suite.h"

#include "date.h"

static struct kit kit;

static int64_t number(uint32_t node)
{
    return kit_evaluate(&kit, node, PROOF_BALANCE).as.n;
}

static const char LISTS[] =
    KIT_HEAD "milestones:\n"
             "  - {id: M1, held: USD 100.00}\n"
             "deliveries:\n"
             "  - {id: D1, milestone: M1, at: 2025-05-01T00:00:00Z, until: 2025-05-04T00:00:00Z,\n"
             "     formal: true, parts: 2}\n"
             "  - {id: D2, milestone: M1, at: 2025-05-03T00:00:00Z, until: 2025-05-05T00:00:00Z,\n"
             "     formal: false, parts: 3}\n"
             "  - {id: D3, milestone: M1, at: 2025-05-09T00:00:00Z, parts: 3}\n"
             "absent:\n"
             "  - {fact: deliveries.D3.until, reason: still running}\n";

/* A case with two money items and nothing delivered. */
static const char BARE[] = KIT_HEAD "milestones:\n"
                                    "  - {id: M1, held: USD 100.00}\n"
                                    "  - {id: M2, held: USD 50.00}\n";

static uint32_t of_delivery(const char *path)
{
    return kit_read(&kit, path, kit_var(&kit, 1));
}

static uint32_t deliveries(enum node_op op, enum value_type type, uint32_t where, uint32_t body)
{
    const uint32_t operands[] = {where, body};
    return kit_list(&kit, op, type, "deliveries", operands);
}

static void some_is_true_by_one_and_every_false_by_one(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    const uint32_t formal = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    CU_ASSERT_EQUAL(
        kit_kleene(&kit, deliveries(NODE_SOME, TYPE_BOOL, NODE_NONE, formal), PROOF_BALANCE),
        KLEENE_TRUE);
    CU_ASSERT_EQUAL(
        kit_kleene(&kit, deliveries(NODE_EVERY, TYPE_BOOL, NODE_NONE, formal), PROOF_BALANCE),
        KLEENE_FALSE);
    kit_close(&kit);
}

static void a_list_is_open_where_a_member_that_matters_is(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    const uint32_t three = kit_const(&kit, TYPE_INT, 3, 0);
    const uint32_t many_parts =
        kit_two(&kit, NODE_MORE, TYPE_BOOL, of_delivery("delivery.parts"), three);
    const uint32_t formal = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    /* D3 is perhaps in the list, but no delivery has more than three parts. */
    CU_ASSERT_EQUAL(
        kit_kleene(&kit, deliveries(NODE_SOME, TYPE_BOOL, formal, many_parts), PROOF_BALANCE),
        KLEENE_FALSE);
    const uint32_t at_least =
        kit_two(&kit, NODE_AT_LEAST, TYPE_BOOL, of_delivery("delivery.parts"), three);
    CU_ASSERT_EQUAL(
        kit_kleene(&kit, deliveries(NODE_SOME, TYPE_BOOL, formal, at_least), PROOF_BALANCE),
        KLEENE_OPEN);
    CU_ASSERT_EQUAL(
        kit_kleene(&kit, deliveries(NODE_EVERY, TYPE_BOOL, formal, at_least), PROOF_BALANCE),
        KLEENE_FALSE);
    CU_ASSERT_EQUAL(
        kit_evaluate(&kit, deliveries(NODE_COUNT, TYPE_INT, formal, NODE_NONE), PROOF_BALANCE)
            .standing,
        STANDING_UNKNOWN);
    kit_close(&kit);
}

static void count_and_sum_and_largest_take_every_member(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    const uint32_t parts = of_delivery("delivery.parts");
    CU_ASSERT_EQUAL(number(deliveries(NODE_COUNT, TYPE_INT, NODE_NONE, NODE_NONE)), 3);
    CU_ASSERT_EQUAL(number(deliveries(NODE_SUM, TYPE_INT, NODE_NONE, parts)), 8);
    CU_ASSERT_EQUAL(number(deliveries(NODE_LARGEST, TYPE_INT, NODE_NONE, parts)), 3);
    kit_close(&kit);
}

static uint32_t first_last(enum node_op op, const char *by, const char *give, uint32_t where)
{
    const uint32_t args[] = {of_delivery(by), of_delivery(give)};
    const uint32_t operands[] = {where, kit_args(&kit, args, 2)};
    const uint32_t type = kit.book.vocabulary->facts[kit_fact(&kit, give)].type;
    return kit_list(&kit, op, (enum value_type)type, "deliveries", operands);
}

static void latest_gives_another_fact_of_the_latest_record(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    CU_ASSERT_EQUAL(number(first_last(NODE_LATEST, "delivery.at", "delivery.parts", NODE_NONE)), 3);
    CU_ASSERT_EQUAL(number(first_last(NODE_EARLIEST, "delivery.at", "delivery.parts", NODE_NONE)),
                    2);
    kit_close(&kit);
}

static void records_that_tie_for_the_latest_must_agree(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    /* D2 and D3 have the same number of parts and differ in their time. */
    const uint32_t at = first_last(NODE_LATEST, "delivery.parts", "delivery.at", NODE_NONE);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, at, PROOF_BALANCE).standing, STANDING_UNKNOWN);
    const uint32_t same =
        first_last(NODE_LATEST, "delivery.parts", "delivery.milestone", NODE_NONE);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, same, PROOF_BALANCE).standing, STANDING_ESTABLISHED);
    kit_close(&kit);
}

static void a_member_that_is_perhaps_in_matters_only_if_it_could_be_first(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    const uint32_t formal = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    /* D3, perhaps formal, is the latest of all, and not the earliest. */
    const uint32_t last = first_last(NODE_LATEST, "delivery.at", "delivery.parts", formal);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, last, PROOF_BALANCE).standing, STANDING_UNKNOWN);
    CU_ASSERT_EQUAL(number(first_last(NODE_EARLIEST, "delivery.at", "delivery.parts", formal)), 2);
    kit_close(&kit);
}

static void covered_days_count_overlaps_once_and_run_to_the_end_of_the_span(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    const int64_t may_s = (int64_t)day_of(2025, 5, 1) * 86400;
    const uint32_t args[] = {of_delivery("delivery.at"), of_delivery("delivery.until"),
                             kit_const(&kit, TYPE_INSTANT, may_s, 0),
                             kit_const(&kit, TYPE_INSTANT, may_s + 10 * 86400, 0)};
    const uint32_t operands[] = {NODE_NONE, kit_args(&kit, args, 4)};
    const uint32_t node = kit_list(&kit, NODE_COVERED_DAYS, TYPE_INT, "deliveries", operands);
    /* 1 to 5 May, and 9 to 11 May. */
    CU_ASSERT_EQUAL(number(node), 4 + 2);
    kit_close(&kit);
}

static void an_empty_list_is_certain_only_where_it_is_recorded_or_declared(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, BARE));
    const uint32_t grave = kit_is(&kit, "defect.grave", kit_var(&kit, 1));
    const uint32_t operands[] = {NODE_NONE, grave};
    const uint32_t some = kit_list(&kit, NODE_SOME, TYPE_BOOL, "defects", operands);
    CU_ASSERT_EQUAL(kit_kleene(&kit, some, PROOF_BALANCE), KLEENE_OPEN);
    CU_ASSERT_EQUAL(kit.workspace.reads[0].fact, FACT_NONE);
    CU_ASSERT_EQUAL(kit.workspace.reads[0].kind, kit_kind(&kit, "defects"));
    CU_ASSERT_FALSE(kit.workspace.reads[0].is_usable);
    const uint32_t formal = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    CU_ASSERT_EQUAL(
        kit_kleene(&kit, deliveries(NODE_SOME, TYPE_BOOL, NODE_NONE, formal), PROOF_BALANCE),
        KLEENE_FALSE);
    CU_ASSERT_EQUAL(
        kit_kleene(&kit, deliveries(NODE_EVERY, TYPE_BOOL, NODE_NONE, formal), PROOF_BALANCE),
        KLEENE_TRUE);
    kit_close(&kit);
}

static void a_union_walks_all_its_lists(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, BARE));
    const uint32_t operands[] = {NODE_NONE, kit_read(&kit, "item.held", kit_var(&kit, 1))};
    const uint32_t sum = kit_list(&kit, NODE_SUM, TYPE_MONEY, "item", operands);
    CU_ASSERT_EQUAL(number(sum), 15000);
    kit_close(&kit);
}

static void a_derived_fact_is_computed_once_and_leaves_its_own_reads(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    const uint32_t formal = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    kit_define(&kit, "item.formal", deliveries(NODE_SOME, TYPE_BOOL, NODE_NONE, formal));
    const uint32_t fact = kit_is(&kit, "item.formal", kit_var(&kit, 0));
    const uint32_t twice[] = {fact, fact};
    const uint32_t all = kit_many(&kit, NODE_ALL, TYPE_BOOL, twice, 2);
    CU_ASSERT_EQUAL(kit_kleene(&kit, all, PROOF_BALANCE), KLEENE_TRUE);
    /* The stored fact of D1, at which it stopped, and the derived one; each noted once. */
    CU_ASSERT_EQUAL(kit.workspace.read_count, 2);
    CU_ASSERT_EQUAL(kit.workspace.read_trail.count, 2);
    const struct read *derived = &kit.workspace.reads[1];
    CU_ASSERT_EQUAL(derived->fact, kit_fact(&kit, "item.formal"));
    CU_ASSERT_EQUAL(derived->from.count, 1);
    CU_ASSERT_EQUAL(kit.workspace.looks.at[derived->from.first], 0);
    kit_close(&kit);
}

static void a_derived_fact_of_derived_facts_rests_on_stored_ones_only(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    const uint32_t formal = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    kit_define(&kit, "item.formal", deliveries(NODE_SOME, TYPE_BOOL, NODE_NONE, formal));
    const uint32_t choose[] = {kit_is(&kit, "item.formal", kit_var(&kit, 0)),
                               kit_read(&kit, "item.held", kit_var(&kit, 0))};
    kit_define(&kit, "item.cost", kit_many(&kit, NODE_CHOOSE, TYPE_MONEY, choose, 2));
    const uint32_t cost = kit_read(&kit, "item.cost", kit_var(&kit, 0));
    CU_ASSERT_EQUAL(number(cost), 10000);
    const struct read *last = &kit.workspace.reads[kit.workspace.read_count - 1];
    CU_ASSERT_EQUAL(last->fact, kit_fact(&kit, "item.cost"));
    CU_ASSERT_EQUAL(last->from.count, 2);
    /* The reader notes it and those two, and not the derived fact in between. */
    CU_ASSERT_EQUAL(kit.workspace.read_trail.count, 3);
    kit_close(&kit);
}

static void a_fact_read_before_within_and_after_a_derived_fact_is_noted_once(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, LISTS));
    kit_define(&kit, "item.cost", kit_read(&kit, "item.held", kit_var(&kit, 0)));
    const uint32_t held = kit_read(&kit, "item.held", kit_var(&kit, 0));
    const uint32_t cost = kit_read(&kit, "item.cost", kit_var(&kit, 0));
    const uint32_t nodes[] = {held, cost, held};
    CU_ASSERT_EQUAL(number(kit_many(&kit, NODE_MIN, TYPE_MONEY, nodes, 3)), 10000);
    CU_ASSERT_EQUAL(kit.workspace.read_trail.count, 2);
    kit_close(&kit);
}

static void a_sum_of_no_amounts_is_nothing_of_any_currency(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, KIT_HEAD "milestones: [{id: M1}]\n"));
    CU_ASSERT_EQUAL_FATAL(kit.subject->currency, 0);
    const uint32_t cost =
        kit_read(&kit, "delivery.parts", kit_var(&kit, 1)); /* never looked at: the list is empty */
    const uint32_t sum = deliveries(NODE_SUM, TYPE_MONEY, NODE_NONE, cost);
    const uint32_t limit = kit_const(&kit, TYPE_MONEY, 500, 1);
    const uint32_t below = kit_two(&kit, NODE_LESS, TYPE_BOOL, sum, limit);
    CU_ASSERT_EQUAL(kit_kleene(&kit, below, PROOF_BALANCE), KLEENE_TRUE);
    const struct value both =
        kit_evaluate(&kit, kit_two(&kit, NODE_ADD, TYPE_MONEY, sum, limit), PROOF_BALANCE);
    CU_ASSERT_EQUAL(both.standing, STANDING_ESTABLISHED);
    CU_ASSERT_EQUAL(both.as.n, 500);
    CU_ASSERT_EQUAL(both.unit, 1);
    kit_close(&kit);
}

static CU_TestInfo tests[] = {
    {"a sum of no amounts is nothing of any currency",
     a_sum_of_no_amounts_is_nothing_of_any_currency},
    {"some is true by one and every false by one", some_is_true_by_one_and_every_false_by_one},
    {"a list is open where a member that matters is",
     a_list_is_open_where_a_member_that_matters_is},
    {"count, sum and largest take every member", count_and_sum_and_largest_take_every_member},
    {"latest gives another fact of the latest record",
     latest_gives_another_fact_of_the_latest_record},
    {"records that tie for the latest must agree", records_that_tie_for_the_latest_must_agree},
    {"a member that is perhaps in matters only if it could be first",
     a_member_that_is_perhaps_in_matters_only_if_it_could_be_first},
    {"covered days count overlaps once and run to the end of the span",
     covered_days_count_overlaps_once_and_run_to_the_end_of_the_span},
    {"an empty list is certain only where it is recorded or declared",
     an_empty_list_is_certain_only_where_it_is_recorded_or_declared},
    {"a union walks all its lists", a_union_walks_all_its_lists},
    {"a derived fact is computed once and leaves its own reads",
     a_derived_fact_is_computed_once_and_leaves_its_own_reads},
    {"a derived fact of derived facts rests on stored ones only",
     a_derived_fact_of_derived_facts_rests_on_stored_ones_only},
    {"a fact read before, within and after a derived fact is noted once",
     a_fact_read_before_within_and_after_a_derived_fact_is_noted_once},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("evaluate_list", tests);
}

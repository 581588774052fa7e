/*
 * The evaluator's promises: three values, absence, standings, numbers, and what it reads.
 */
#include "decide_kit.h"
#include "suite.h"

#include "date.h"

static struct kit kit;

/* The case of most tests: one fact of each standing. */
static const char STANDINGS[] = KIT_HEAD "contract:\n"
                                         "  written: true\n"
                                         "  oral: {is: true, says: client}\n"
                                         "  price: USD 100.00\n"
                                         "milestones:\n"
                                         "  - {id: M1, held: USD 100.00}\n"
                                         "  - {id: M2, held: USD 50.00}\n"
                                         "absent:\n"
                                         "  - {fact: contract.rounds, reason: none}\n"
                                         "  - {fact: contract.grace, reason: none}\n";

static void open_standings(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, STANDINGS));
}

static uint32_t open_node(void)
{
    return kit_is(&kit, "contract.kept", NODE_NONE);
}

static enum kleene many(enum node_op op, uint32_t a, uint32_t b)
{
    const uint32_t nodes[2] = {a, b};
    return kit_kleene(&kit, kit_many(&kit, op, TYPE_BOOL, nodes, 2), PROOF_BALANCE);
}

static void all_is_the_least_of_its_operands(void)
{
    open_standings();
    const uint32_t no = kit_truth(&kit, false);
    const uint32_t maybe = open_node();
    const uint32_t yes = kit_truth(&kit, true);
    const uint32_t nodes[] = {no, maybe, yes};
    for (unsigned i = 0; i < 3; i++) {
        for (unsigned j = 0; j < 3; j++) {
            CU_ASSERT_EQUAL(many(NODE_ALL, nodes[i], nodes[j]), i < j ? i : j);
            CU_ASSERT_EQUAL(many(NODE_ANY, nodes[i], nodes[j]), i > j ? i : j);
            CU_ASSERT_EQUAL(many(NODE_NO, nodes[i], nodes[j]), 2 - (i > j ? i : j));
        }
    }
    kit_close(&kit);
}

static void all_stops_reading_at_the_first_false_operand(void)
{
    open_standings();
    const uint32_t nodes[] = {kit_is(&kit, "contract.written", NODE_NONE), kit_truth(&kit, false),
                              kit_is(&kit, "contract.kept", NODE_NONE)};
    const uint32_t all = kit_many(&kit, NODE_ALL, TYPE_BOOL, nodes, 3);
    CU_ASSERT_EQUAL(kit_kleene(&kit, all, PROOF_BALANCE), KLEENE_FALSE);
    CU_ASSERT_EQUAL(kit.workspace.read_count, 1);
    kit_close(&kit);
}

static void a_comparison_with_an_absent_fact_is_false_either_way(void)
{
    open_standings();
    const uint32_t rounds = kit_read(&kit, "contract.rounds", NODE_NONE);
    const uint32_t three = kit_const(&kit, TYPE_INT, 3, 0);
    for (unsigned op = NODE_EQUAL; op <= NODE_AT_LEAST; op++) {
        const uint32_t node = kit_two(&kit, (enum node_op)op, TYPE_BOOL, rounds, three);
        CU_ASSERT_EQUAL(kit_kleene(&kit, node, PROOF_BALANCE), KLEENE_FALSE);
        const uint32_t turned = kit_two(&kit, (enum node_op)op, TYPE_BOOL, three, rounds);
        CU_ASSERT_EQUAL(kit_kleene(&kit, turned, PROOF_BALANCE), KLEENE_FALSE);
    }
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_one(&kit, NODE_KNOWN, rounds), PROOF_CLEAR), KLEENE_FALSE);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_one(&kit, NODE_ABSENT, rounds), PROOF_CLEAR), KLEENE_TRUE);
    kit_close(&kit);
}

static void a_comparison_of_unknown_with_absent_is_false_and_not_open(void)
{
    open_standings();
    const uint32_t kept = kit_read(&kit, "contract.kept", NODE_NONE);
    const uint32_t rounds = kit_read(&kit, "contract.rounds", NODE_NONE);
    const uint32_t node = kit_two(&kit, NODE_EQUAL, TYPE_BOOL, kept, rounds);
    CU_ASSERT_EQUAL(kit_kleene(&kit, node, PROOF_BALANCE), KLEENE_FALSE);
    kit_close(&kit);
}

static void known_and_absent_of_an_unknown_fact_are_both_open(void)
{
    open_standings();
    const uint32_t kept = kit_read(&kit, "contract.kept", NODE_NONE);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_one(&kit, NODE_KNOWN, kept), PROOF_SOME), KLEENE_OPEN);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_one(&kit, NODE_ABSENT, kept), PROOF_SOME), KLEENE_OPEN);
    kit_close(&kit);
}

static void a_claim_counts_at_the_standard_some_only(void)
{
    open_standings();
    const uint32_t oral = kit_is(&kit, "contract.oral", NODE_NONE);
    CU_ASSERT_EQUAL(kit_kleene(&kit, oral, PROOF_SOME), KLEENE_TRUE);
    CU_ASSERT_EQUAL(kit_kleene(&kit, oral, PROOF_BALANCE), KLEENE_OPEN);
    CU_ASSERT_EQUAL(kit_kleene(&kit, oral, PROOF_CLEAR), KLEENE_OPEN);
    CU_ASSERT_FALSE(kit.workspace.reads[0].is_usable);
    CU_ASSERT_EQUAL(kit.workspace.reads[0].value.standing, STANDING_CLAIMED);
    kit_close(&kit);
}

static void a_question_about_standing_is_never_open(void)
{
    open_standings();
    const uint32_t oral = kit_read(&kit, "contract.oral", NODE_NONE);
    const uint32_t kept = kit_read(&kit, "contract.kept", NODE_NONE);
    const uint32_t rounds = kit_read(&kit, "contract.rounds", NODE_NONE);
    const struct node asks = {
        .op = NODE_AT_STANDING, .type = TYPE_BOOL, .a = oral, .k = STANDING_SUPPORTED};
    struct node absent = asks;
    absent.a = rounds;
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, asks), PROOF_CLEAR), KLEENE_FALSE);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, absent), PROOF_CLEAR), KLEENE_TRUE);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_one(&kit, NODE_CONTESTED, kept), PROOF_CLEAR),
                    KLEENE_FALSE);
    kit_close(&kit);
}

static void a_contested_fact_is_open_and_says_that_it_is_contested(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, KIT_HEAD "contract:\n"
                                                 "  written:\n"
                                                 "    - {is: true, says: client}\n"
                                                 "    - {is: false, says: freelancer}\n"));
    const uint32_t written = kit_read(&kit, "contract.written", NODE_NONE);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_one(&kit, NODE_CONTESTED, written), PROOF_CLEAR),
                    KLEENE_TRUE);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_is(&kit, "contract.written", NODE_NONE), PROOF_SOME),
                    KLEENE_OPEN);
    kit_close(&kit);
}

static void the_standing_of_a_result_is_the_weakest_that_decided_it(void)
{
    open_standings();
    const uint32_t written = kit_is(&kit, "contract.written", NODE_NONE);
    const uint32_t oral = kit_is(&kit, "contract.oral", NODE_NONE);
    const uint32_t nodes[] = {oral, written};
    const uint32_t all = kit_many(&kit, NODE_ALL, TYPE_BOOL, nodes, 2);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, all, PROOF_SOME).standing, STANDING_CLAIMED);
    const uint32_t turned[] = {kit_one(&kit, NODE_NO, 0), written};
    kit.nodes[turned[0]] =
        (struct node){.op = NODE_NO, .type = TYPE_BOOL, .a = kit_args(&kit, &oral, 1), .b = 1};
    const uint32_t any = kit_many(&kit, NODE_ANY, TYPE_BOOL, turned, 2);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, any, PROOF_SOME).standing, STANDING_ESTABLISHED);
    kit_close(&kit);
}

static int64_t number(uint32_t node)
{
    return kit_evaluate(&kit, node, PROOF_BALANCE).as.n;
}

static void arithmetic_with_an_absent_operand_is_absent_and_with_an_open_one_open(void)
{
    open_standings();
    const uint32_t three = kit_const(&kit, TYPE_INT, 3, 0);
    const uint32_t rounds = kit_read(&kit, "contract.rounds", NODE_NONE);
    const uint32_t absent = kit_two(&kit, NODE_ADD, TYPE_INT, three, rounds);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, absent, PROOF_BALANCE).standing, STANDING_ABSENT);
    const uint32_t oral = kit_read(&kit, "contract.oral", NODE_NONE);
    const uint32_t open = kit_two(&kit, NODE_ADD, TYPE_INT, three, oral);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, open, PROOF_BALANCE).standing, STANDING_UNKNOWN);
    const uint32_t both = kit_two(&kit, NODE_ADD, TYPE_INT, oral, rounds);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, both, PROOF_BALANCE).standing, STANDING_ABSENT);
    kit_close(&kit);
}

static void what_overflows_is_open_and_remembered(void)
{
    open_standings();
    const uint32_t most = kit_const(&kit, TYPE_INT, INT64_MAX, 0);
    const uint32_t sum = kit_two(&kit, NODE_ADD, TYPE_INT, most, kit_const(&kit, TYPE_INT, 1, 0));
    CU_ASSERT_EQUAL(kit_evaluate(&kit, sum, PROOF_BALANCE).standing, STANDING_UNKNOWN);
    CU_ASSERT_EQUAL(kit.workspace.faults, FAULT_OVERFLOW);
    kit_close(&kit);
}

static void a_share_rounds_half_up_and_says_so(void)
{
    open_standings();
    const uint32_t amount = kit_share(&kit, 33333);
    const uint32_t share = kit_node(&kit, (struct node){.op = NODE_SHARE,
                                                        .type = TYPE_MONEY,
                                                        .a = amount,
                                                        .b = kit_const(&kit, TYPE_BPS, 3333, 0),
                                                        .c = kit_const(&kit, TYPE_INT, 10000, 0)});
    CU_ASSERT_EQUAL(number(share), 11110);
    CU_ASSERT_TRUE(kit.workspace.was_rounded);
    const uint32_t exact = kit_node(&kit, (struct node){.op = NODE_SHARE,
                                                        .type = TYPE_MONEY,
                                                        .a = kit_share(&kit, 60000),
                                                        .b = kit_const(&kit, TYPE_BPS, 5000, 0),
                                                        .c = kit_const(&kit, TYPE_INT, 10000, 0)});
    CU_ASSERT_EQUAL(number(exact), 30000);
    CU_ASSERT_FALSE(kit.workspace.was_rounded);
    kit_close(&kit);
}

static void min_and_max_leave_absent_operands_aside(void)
{
    open_standings();
    const uint32_t nodes[] = {kit_read(&kit, "contract.rounds", NODE_NONE),
                              kit_const(&kit, TYPE_INT, 4, 0), kit_const(&kit, TYPE_INT, 2, 0)};
    CU_ASSERT_EQUAL(number(kit_many(&kit, NODE_MIN, TYPE_INT, nodes, 3)), 2);
    CU_ASSERT_EQUAL(number(kit_many(&kit, NODE_MAX, TYPE_INT, nodes, 3)), 4);
    const uint32_t none = kit_many(&kit, NODE_MAX, TYPE_INT, nodes, 1);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, none, PROOF_BALANCE).standing, STANDING_ABSENT);
    CU_ASSERT_EQUAL(number(kit_many(&kit, NODE_FIRST_KNOWN, TYPE_INT, nodes, 3)), 4);
    kit_close(&kit);
}

static void choose_is_open_if_an_earlier_condition_is(void)
{
    open_standings();
    const uint32_t one = kit_const(&kit, TYPE_INT, 1, 0);
    const uint32_t two = kit_const(&kit, TYPE_INT, 2, 0);
    const uint32_t known[] = {kit_truth(&kit, false), one, two};
    CU_ASSERT_EQUAL(number(kit_many(&kit, NODE_CHOOSE, TYPE_INT, known, 3)), 2);
    const uint32_t open[] = {open_node(), one, kit_truth(&kit, true), two};
    const uint32_t node = kit_many(&kit, NODE_CHOOSE, TYPE_INT, open, 4);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, node, PROOF_BALANCE).standing, STANDING_UNKNOWN);
    const uint32_t none = kit_many(&kit, NODE_CHOOSE, TYPE_INT, known, 2);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, none, PROOF_BALANCE).standing, STANDING_ABSENT);
    kit_close(&kit);
}

static void durations_without_a_calendar_compare_across_units(void)
{
    open_standings();
    const uint32_t day = kit_const(&kit, TYPE_DURATION, 1, DURATION_CALENDAR_DAYS);
    const uint32_t hours = kit_const(&kit, TYPE_DURATION, 24, DURATION_HOURS);
    const uint32_t business = kit_const(&kit, TYPE_DURATION, 1, DURATION_BUSINESS_DAYS);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_two(&kit, NODE_EQUAL, TYPE_BOOL, day, hours), PROOF_SOME),
                    KLEENE_TRUE);
    CU_ASSERT_EQUAL(
        kit_kleene(&kit, kit_two(&kit, NODE_EQUAL, TYPE_BOOL, day, business), PROOF_SOME),
        KLEENE_OPEN);
    kit_close(&kit);
}

static void business_days_without_a_calendar_are_open_and_remembered(void)
{
    open_standings();
    const uint32_t filed = kit_read(&kit, "case.filed_at", NODE_NONE);
    const uint32_t business = kit_const(&kit, TYPE_DURATION, 5, DURATION_BUSINESS_DAYS);
    const uint32_t due = kit_two(&kit, NODE_ADD, TYPE_INSTANT, filed, business);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, due, PROOF_BALANCE).standing, STANDING_UNKNOWN);
    CU_ASSERT_EQUAL(kit.workspace.faults, FAULT_CALENDAR);
    kit.calendars[0] = (struct calendar_row){
        .from_day = day_of(2025, 1, 1), .until_day = day_of(2025, 12, 31), .free_weekdays = 0x60};
    kit.book.image.calendar_count = 1;
    CU_ASSERT_EQUAL(number(due), (int64_t)day_of(2025, 5, 27) * 86400);
    kit_close(&kit);
}

static void days_between_are_whole_and_never_negative(void)
{
    open_standings();
    const uint32_t filed = kit_read(&kit, "case.filed_at", NODE_NONE);
    const uint32_t as_of = kit_read(&kit, "case.as_of", NODE_NONE);
    CU_ASSERT_EQUAL(number(kit_two(&kit, NODE_DAYS_BETWEEN, TYPE_INT, filed, as_of)), 13);
    CU_ASSERT_EQUAL(number(kit_two(&kit, NODE_DAYS_BETWEEN, TYPE_INT, as_of, filed)), 0);
    CU_ASSERT_EQUAL(number(kit_two(&kit, NODE_TIME_BETWEEN, TYPE_DURATION, filed, as_of)),
                    13 * 86400);
    kit_close(&kit);
}

static void within_holds_in_both_directions_and_at_its_limit(void)
{
    open_standings();
    const uint32_t filed = kit_read(&kit, "case.filed_at", NODE_NONE);
    const uint32_t as_of = kit_read(&kit, "case.as_of", NODE_NONE);
    struct node within = {.op = NODE_WITHIN, .type = TYPE_BOOL, .a = filed, .b = as_of};
    within.c = kit_const(&kit, TYPE_DURATION, 13, DURATION_CALENDAR_DAYS);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, within), PROOF_SOME), KLEENE_TRUE);
    within.a = as_of;
    within.b = filed;
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, within), PROOF_SOME), KLEENE_TRUE);
    within.c = kit_const(&kit, TYPE_DURATION, 12, DURATION_CALENDAR_DAYS);
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, within), PROOF_SOME), KLEENE_FALSE);
    kit_close(&kit);
}

static void a_set_has_a_member_or_has_only_some(void)
{
    CU_ASSERT_TRUE_FATAL(
        kit_open(&kit, "amicus: case/1\n"
                       "case: {id: C1, as_of: 2025-06-02T00:00:00Z, grounds: [scope, quality]}\n"));
    const uint32_t grounds = kit_read(&kit, "case.grounds", NODE_NONE);
    struct node has = {.op = NODE_HAS, .type = TYPE_BOOL, .a = grounds, .k = 2};
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, has), PROOF_SOME), KLEENE_TRUE);
    has.op = NODE_HAS_ONLY;
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, has), PROOF_SOME), KLEENE_FALSE);
    has.k = 3;
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, has), PROOF_SOME), KLEENE_TRUE);
    has.k = 7;
    CU_ASSERT_EQUAL(kit_kleene(&kit, kit_node(&kit, has), PROOF_SOME), KLEENE_TRUE);
    kit_close(&kit);
}

static void comparisons_order_numbers(void)
{
    static const bool WANTED[][3] = {
        /* 1 against 2, 2 against 2, 3 against 2 */
        {false, true, false}, {true, false, true},  {true, false, false},
        {true, true, false},  {false, false, true}, {false, true, true},
    };
    open_standings();
    for (unsigned op = NODE_EQUAL; op <= NODE_AT_LEAST; op++) {
        for (unsigned n = 0; n < 3; n++) {
            const uint32_t left = kit_const(&kit, TYPE_INT, n + 1, 0);
            const uint32_t node =
                kit_two(&kit, (enum node_op)op, TYPE_BOOL, left, kit_const(&kit, TYPE_INT, 2, 0));
            CU_ASSERT_EQUAL(kit_kleene(&kit, node, PROOF_SOME) == KLEENE_TRUE,
                            WANTED[op - NODE_EQUAL][n]);
        }
    }
    kit_close(&kit);
}

static void a_fact_that_the_kind_of_record_does_not_have_is_absent(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, KIT_HEAD "bonuses:\n"
                                                 "  - {id: B1, held: USD 10.00}\n"));
    const uint32_t operands[] = {
        NODE_NONE, kit_one(&kit, NODE_ABSENT, kit_read(&kit, "milestone.title", kit_var(&kit, 1)))};
    const uint32_t every = kit_list(&kit, NODE_EVERY, TYPE_BOOL, "item", operands);
    CU_ASSERT_EQUAL(kit_kleene(&kit, every, PROOF_CLEAR), KLEENE_TRUE);
    kit_close(&kit);
}

/* A parameter with a version before 2025 and one from then on. */
static uint32_t dated_param(int64_t first_from_s, int64_t seen_s)
{
    const int64_t border_s = (int64_t)day_of(2025, 1, 1) * 86400;
    kit.params[0] = (struct param_row){.name = kit_text(&kit, "rounds"),
                                       .type = TYPE_INT,
                                       .anchor = ANCHOR_CONTRACT_FORMED,
                                       .version_count = 2};
    kit.versions[0] = (struct version_row){.from_s = first_from_s,
                                           .until_s = border_s,
                                           .seen_s = seen_s,
                                           .first_reading = 0,
                                           .reading_count = 1};
    kit.versions[1] = (struct version_row){.from_s = border_s,
                                           .until_s = INSTANT_MAX,
                                           .seen_s = INSTANT_MIN,
                                           .first_reading = 1,
                                           .reading_count = 1};
    kit.readings[0] = (struct reading_row){.n = 1};
    kit.readings[1] = (struct reading_row){.n = 2};
    kit.book.image.param_count = 1;
    kit.book.image.version_count = 2;
    kit.book.image.reading_count = 2;
    return kit_node(&kit,
                    (struct node){.op = NODE_PARAM, .type = TYPE_INT, .a = 0, .b = NODE_NONE});
}

static void a_parameter_takes_the_version_of_its_anchor(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, KIT_HEAD "contract: {formed_at: 2024-12-31T23:59:59Z}\n"));
    uint32_t node = dated_param((int64_t)day_of(2024, 1, 1) * 86400, INSTANT_MIN);
    CU_ASSERT_EQUAL(number(node), 1);
    CU_ASSERT_EQUAL(kit.workspace.reads[0].fact, kit_fact(&kit, "contract.formed_at"));
    kit_close(&kit);
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, KIT_HEAD "contract: {formed_at: 2025-01-01T00:00:00Z}\n"));
    node = dated_param((int64_t)day_of(2024, 1, 1) * 86400, INSTANT_MIN);
    CU_ASSERT_EQUAL(number(node), 2);
    kit_close(&kit);
}

static void a_parameter_is_open_in_a_gap_and_without_its_anchor(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, KIT_HEAD "contract: {formed_at: 2023-06-01T00:00:00Z}\n"));
    uint32_t node = dated_param((int64_t)day_of(2024, 1, 1) * 86400, INSTANT_MIN);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, node, PROOF_BALANCE).standing, STANDING_UNKNOWN);
    node = dated_param(INSTANT_MIN, (int64_t)day_of(2024, 1, 1) * 86400);
    CU_ASSERT_EQUAL(number(node), 1);
    CU_ASSERT_EQUAL(kit.workspace.uses[0], USE_UNSEEN);
    kit_close(&kit);
    open_standings();
    node = dated_param(INSTANT_MIN, INSTANT_MIN);
    CU_ASSERT_EQUAL(kit_evaluate(&kit, node, PROOF_BALANCE).standing, STANDING_UNKNOWN);
    CU_ASSERT_FALSE(kit.workspace.reads[0].is_usable);
    kit_close(&kit);
}

static CU_TestInfo tests[] = {
    {"all, any and no follow Kleene's tables", all_is_the_least_of_its_operands},
    {"all stops reading at the first false operand", all_stops_reading_at_the_first_false_operand},
    {"a comparison with an absent fact is false either way",
     a_comparison_with_an_absent_fact_is_false_either_way},
    {"a comparison of unknown with absent is false and not open",
     a_comparison_of_unknown_with_absent_is_false_and_not_open},
    {"known and absent of an unknown fact are both open",
     known_and_absent_of_an_unknown_fact_are_both_open},
    {"a claim counts at the standard `some` only", a_claim_counts_at_the_standard_some_only},
    {"a question about standing is never open", a_question_about_standing_is_never_open},
    {"a contested fact is open and says that it is contested",
     a_contested_fact_is_open_and_says_that_it_is_contested},
    {"the standing of a result is the weakest that decided it",
     the_standing_of_a_result_is_the_weakest_that_decided_it},
    {"arithmetic with absent is absent, with open open",
     arithmetic_with_an_absent_operand_is_absent_and_with_an_open_one_open},
    {"what overflows is open and remembered", what_overflows_is_open_and_remembered},
    {"a share rounds half up and says so", a_share_rounds_half_up_and_says_so},
    {"min and max leave absent operands aside", min_and_max_leave_absent_operands_aside},
    {"choose is open if an earlier condition is", choose_is_open_if_an_earlier_condition_is},
    {"durations without a calendar compare across units",
     durations_without_a_calendar_compare_across_units},
    {"business days without a calendar are open and remembered",
     business_days_without_a_calendar_are_open_and_remembered},
    {"days between are whole and never negative", days_between_are_whole_and_never_negative},
    {"within holds in both directions and at its limit",
     within_holds_in_both_directions_and_at_its_limit},
    {"a set has a member, or has only some", a_set_has_a_member_or_has_only_some},
    {"comparisons order numbers", comparisons_order_numbers},
    {"a fact that the kind of record does not have is absent",
     a_fact_that_the_kind_of_record_does_not_have_is_absent},
    {"a parameter takes the version of its anchor", a_parameter_takes_the_version_of_its_anchor},
    {"a parameter is open in a gap and without its anchor",
     a_parameter_is_open_in_a_gap_and_without_its_anchor},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("evaluate", tests);
}

/*
 * What guards promise: which tests of which conditions they are, that rows which begin alike share
 * one, and that a decision leaves out what is false and nothing else.
 */
#include "decide_kit.h"
#include "suite.h"

static const char CASE[] =
    KIT_HEAD "contract: {written: {is: true, says: platform}, "
             "oral: {is: false, says: platform}}\n"
             "milestones:\n  - {id: M1, held: {is: USD 10.00, says: platform}}\n";

/* A bench with the case of above and one issue about the case. */
static void open_bench(struct kit *kit)
{
    CU_ASSERT_FATAL(kit_open(kit, CASE));
    kit_issue(kit, "due", KIND_ROOT, PROOF_BALANCE);
}

static void find(struct kit *kit)
{
    CU_ASSERT_FATAL(kit_guard(kit));
}

static uint32_t all_of(struct kit *kit, uint32_t a, uint32_t b)
{
    const uint32_t parts[] = {a, b};
    return kit_many(kit, NODE_ALL, TYPE_BOOL, parts, 2);
}

/* How many tests guard a rule of this condition. */
static uint32_t tests_of(struct kit *kit, uint32_t when)
{
    kit_rule(kit, "r", 0, SIDE_FOR, when);
    find(kit);
    const struct guards *guards = &kit->book.image.guards;
    CU_ASSERT_EQUAL(guards->lists[0].is_plain, guards->test_count == 0);
    return guards->test_count;
}

static void a_test_of_the_case_is_a_guard(void)
{
    struct kit kit;
    open_bench(&kit);
    CU_ASSERT_EQUAL(tests_of(&kit, kit_is(&kit, "contract.written", NODE_NONE)), 1);
    kit_close(&kit);
}

static void tests_that_stand_first_in_a_conjunction_are_guards(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t formal = kit_is(&kit, "item.formal", kit_var(&kit, 0));
    const uint32_t written = kit_is(&kit, "contract.written", NODE_NONE);
    const uint32_t oral = kit_is(&kit, "contract.oral", NODE_NONE);
    const uint32_t parts[] = {written, oral, formal};
    CU_ASSERT_EQUAL(tests_of(&kit, kit_many(&kit, NODE_ALL, TYPE_BOOL, parts, 3)), 2);
    const struct guards *guards = &kit.book.image.guards;
    CU_ASSERT_EQUAL(guards->tests[0], written);
    CU_ASSERT_EQUAL(guards->tests[1], oral);
    CU_ASSERT_EQUAL(guards->lists[0].end - guards->lists[0].first, 3);
    CU_ASSERT_EQUAL(guards->steps[guards->lists[0].first].test, INDEX_NONE);
    CU_ASSERT_EQUAL(guards->steps[guards->lists[0].first].end, guards->lists[0].end);
    kit_close(&kit);
}

static void a_test_behind_something_else_is_none(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t formal = kit_is(&kit, "item.formal", kit_var(&kit, 0));
    const uint32_t written = kit_is(&kit, "contract.written", NODE_NONE);
    CU_ASSERT_EQUAL(tests_of(&kit, all_of(&kit, formal, written)), 0);
    kit_close(&kit);
}

static void any_and_no_of_tests_are_guards_as_a_whole(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t parts[] = {kit_is(&kit, "contract.written", NODE_NONE),
                              kit_is(&kit, "contract.oral", NODE_NONE)};
    const uint32_t some = kit_many(&kit, NODE_ANY, TYPE_BOOL, parts, 2);
    const uint32_t none = kit_many(&kit, NODE_NO, TYPE_BOOL, parts, 2);
    CU_ASSERT_EQUAL(tests_of(&kit, all_of(&kit, some, none)), 2);
    CU_ASSERT_EQUAL(kit.book.image.guards.tests[0], some);
    CU_ASSERT_EQUAL(kit.book.image.guards.tests[1], none);
    kit_close(&kit);
}

static void an_alternative_is_no_guard_if_part_of_it_is_none(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t parts[] = {kit_is(&kit, "contract.written", NODE_NONE),
                              kit_is(&kit, "item.formal", kit_var(&kit, 0))};
    CU_ASSERT_EQUAL(tests_of(&kit, kit_many(&kit, NODE_ANY, TYPE_BOOL, parts, 2)), 0);
    CU_ASSERT_EQUAL(tests_of(&kit, kit_many(&kit, NODE_NO, TYPE_BOOL, parts, 2)), 0);
    kit_close(&kit);
}

static void a_membership_and_what_is_known_are_guards(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t grounds = kit_read(&kit, "case.grounds", NODE_NONE);
    const uint32_t has =
        kit_node(&kit, (struct node){.op = NODE_HAS, .type = TYPE_BOOL, .a = grounds, .k = 1});
    const uint32_t known = kit_one(&kit, NODE_KNOWN, kit_read(&kit, "contract.price", NODE_NONE));
    CU_ASSERT_EQUAL(tests_of(&kit, all_of(&kit, has, known)), 2);
    kit_close(&kit);
}

static void an_issue_and_a_fact_of_the_engine_are_no_guards(void)
{
    struct kit kit;
    open_bench(&kit);
    kit_issue(&kit, "lower", KIND_ROOT, PROOF_BALANCE);
    CU_ASSERT_EQUAL(tests_of(&kit, kit_issue_is(&kit, 1, LABEL_UPHELD)), 0);
    CU_ASSERT_EQUAL(tests_of(&kit, kit_is(&kit, "case.level", NODE_NONE)), 0);
    kit_close(&kit);
}

/* Define case.level, as a rulebook would. */
static void define_level(struct kit *kit, uint32_t node)
{
    const uint32_t fact = kit_fact(kit, "case.level");
    kit->derived[0] = (struct derived_row){.fact = fact, .node = node};
    kit->derived_of[fact] = 0;
    kit->book.image.derived_count = 1;
}

static void a_defined_fact_is_a_guard_if_no_issue_is_behind_it(void)
{
    struct kit kit;
    open_bench(&kit);
    kit_issue(&kit, "lower", KIND_ROOT, PROOF_BALANCE);
    const uint32_t level = kit_is(&kit, "case.level", NODE_NONE);
    define_level(&kit, kit_issue_is(&kit, 1, LABEL_UPHELD));
    CU_ASSERT_EQUAL(tests_of(&kit, level), 0);
    define_level(&kit, kit_is(&kit, "contract.written", NODE_NONE));
    find(&kit);
    CU_ASSERT_EQUAL(kit.book.image.guards.test_count, 1);
    kit_close(&kit);
}

static void a_rule_with_a_period_has_no_guard(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t rule =
        kit_rule(&kit, "r", 0, SIDE_FOR, kit_is(&kit, "contract.written", NODE_NONE));
    kit.rules[rule].anchor = ANCHOR_FILED;
    kit.rules[rule].from_s = 0;
    find(&kit);
    CU_ASSERT_EQUAL(kit.book.image.guards.test_count, 0);
    kit_close(&kit);
}

static void rules_that_begin_alike_share_a_step(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t written = kit_read(&kit, "contract.written", NODE_NONE);
    const uint32_t truth = kit_truth(&kit, true);
    for (unsigned i = 0; i < 3; i++) {
        const uint32_t test = kit_two(&kit, NODE_EQUAL, TYPE_BOOL, written, truth);
        kit_rule(&kit, "r", 0, SIDE_FOR,
                 all_of(&kit, test, kit_is(&kit, "item.formal", kit_var(&kit, 0))));
    }
    find(&kit);
    const struct guards *guards = &kit.book.image.guards;
    CU_ASSERT_EQUAL(guards->test_count, 1);
    CU_ASSERT_EQUAL_FATAL(guards->lists[0].end - guards->lists[0].first, 2);
    CU_ASSERT_EQUAL(guards->steps[guards->lists[0].first + 1].place_count, 3);
    kit_close(&kit);
}

static void a_false_guard_makes_no_finding_until_it_is_asked_for(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t oral = kit_is(&kit, "contract.oral", NODE_NONE);
    const uint32_t out =
        kit_rule(&kit, "a", 0, SIDE_FOR, all_of(&kit, oral, kit_truth(&kit, true)));
    const uint32_t in =
        kit_rule(&kit, "b", 0, SIDE_FOR, kit_is(&kit, "contract.written", NODE_NONE));
    CU_ASSERT_FATAL(kit_decide(&kit));
    CU_ASSERT_PTR_NULL(kit_finding(&kit, out));
    CU_ASSERT_EQUAL_FATAL(ruling_complete(kit.ruling), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(ruling_complete(kit.ruling), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->finding_count, 2);
    const struct finding *finding = kit_finding(&kit, out);
    CU_ASSERT_PTR_EQUAL_FATAL(finding, &kit.ruling->findings[0]);
    CU_ASSERT_EQUAL(finding->status, FINDING_NOT_APPLIED);
    CU_ASSERT_EQUAL_FATAL(finding->looks.count, 1);
    CU_ASSERT_EQUAL(ruling_read(kit.ruling, finding->looks, 0)->fact,
                    kit_fact(&kit, "contract.oral"));
    CU_ASSERT_EQUAL(kit_finding(&kit, in)->status, FINDING_APPLIED);
    kit_close(&kit);
}

static void what_is_unknown_rules_nothing_out(void)
{
    struct kit kit;
    open_bench(&kit);
    const uint32_t rule =
        kit_rule(&kit, "a", 0, SIDE_FOR, kit_is(&kit, "contract.kept", NODE_NONE));
    CU_ASSERT_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.book.image.guards.test_count, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(kit_finding(&kit, rule));
    CU_ASSERT_EQUAL(kit_finding(&kit, rule)->status, FINDING_WAITING);
    kit_close(&kit);
}

static void a_guard_is_asked_at_the_standard_of_its_rules(void)
{
    struct kit kit;
    CU_ASSERT_FATAL(kit_open(&kit, KIT_HEAD "contract: {oral: {is: false, says: client}}\n"));
    kit_issue(&kit, "any", KIND_ROOT, PROOF_SOME);
    kit_issue(&kit, "sure", KIND_ROOT, PROOF_CLEAR);
    const uint32_t oral = kit_is(&kit, "contract.oral", NODE_NONE);
    const uint32_t claimed = kit_rule(&kit, "a", 0, SIDE_FOR, oral);
    const uint32_t sure = kit_rule(&kit, "b", 1, SIDE_FOR, oral);
    CU_ASSERT_FATAL(kit_decide(&kit));
    CU_ASSERT_PTR_NULL(kit_finding(&kit, claimed));
    CU_ASSERT_PTR_NOT_NULL_FATAL(kit_finding(&kit, sure));
    CU_ASSERT_EQUAL(kit_finding(&kit, sure)->status, FINDING_WAITING);
    kit_close(&kit);
}

static void nothing_is_asked_for_rows_that_speak_of_no_record(void)
{
    struct kit kit;
    CU_ASSERT_FATAL(kit_open(&kit, KIT_HEAD));
    kit.flags[kit.book.image.flag_count++] =
        (struct flag_row){.code = kit_text(&kit, "f"),
                          .kind = kit_kind(&kit, "milestone"),
                          .proof = PROOF_BALANCE,
                          .when = kit_is(&kit, "contract.kept", NODE_NONE),
                          .because = INDEX_NONE};
    CU_ASSERT_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.book.image.guards.test_count, 1);
    for (uint32_t i = 0; i < kit.ruling->read_count; i++) {
        CU_ASSERT_NOT_EQUAL(kit.ruling->reads[i].fact, kit_fact(&kit, "contract.kept"));
    }
    kit_close(&kit);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"a test of the case is a guard", a_test_of_the_case_is_a_guard},
        {"tests that stand first in a conjunction are guards",
         tests_that_stand_first_in_a_conjunction_are_guards},
        {"a test behind something else is none", a_test_behind_something_else_is_none},
        {"any and no of tests are guards, as a whole", any_and_no_of_tests_are_guards_as_a_whole},
        {"an alternative is no guard if part of it is none",
         an_alternative_is_no_guard_if_part_of_it_is_none},
        {"a membership and what is known are guards", a_membership_and_what_is_known_are_guards},
        {"an issue and a fact of the engine are no guards",
         an_issue_and_a_fact_of_the_engine_are_no_guards},
        {"a defined fact is a guard if no issue is behind it",
         a_defined_fact_is_a_guard_if_no_issue_is_behind_it},
        {"a rule with a period has no guard", a_rule_with_a_period_has_no_guard},
        {"rules that begin alike share a step", rules_that_begin_alike_share_a_step},
        {"a false guard makes no finding until it is asked for",
         a_false_guard_makes_no_finding_until_it_is_asked_for},
        {"what is unknown rules nothing out", what_is_unknown_rules_nothing_out},
        {"a guard is asked at the standard of its rules",
         a_guard_is_asked_at_the_standard_of_its_rules},
        {"nothing is asked for rows that speak of no record",
         nothing_is_asked_for_rows_that_speak_of_no_record},
        CU_TEST_INFO_NULL,
    };
    return suite_run("guard", tests);
}

/*
 * What flips promise: each flips and no part of it does, thresholds of numbers are exact, what
 * cannot act is not tried, and the ruling stays as it is.
 */
#include "decide_kit.h"
#include "flip.h"
#include "move.h"
#include "suite.h"

static struct kit kit;

static const char CASE[] =
    KIT_HEAD "contract: {formed_at: 2025-01-01T00:00:00Z, written: true, oral: true, kept: true,\n"
             "  rounds: 2}\n"
             "milestones:\n"
             "  - {id: M1, held: USD 100.00}\n";

static uint32_t is_true(const char *path)
{
    return kit_is(&kit, path, NODE_NONE);
}

static uint32_t many(enum node_op op, uint32_t a, uint32_t b)
{
    const uint32_t nodes[] = {a, b};
    return kit_many(&kit, op, TYPE_BOOL, nodes, 2);
}

static uint32_t start_issue(void)
{
    return kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
}

/* Release if an issue is upheld, else refund. */
static void decide_issue(uint32_t issue)
{
    (void)kit_remedy(&kit, "pay", OUTCOME_RELEASE_FULL, kit_issue_is(&kit, issue, LABEL_UPHELD),
                     kit_share(&kit, 10000));
    (void)kit_remedy(&kit, "back", OUTCOME_REFUND_FULL, kit_issue_is(&kit, issue, LABEL_REJECTED),
                     kit_share(&kit, 0));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL_FATAL(kit.ruling->outcome, OUTCOME_RELEASE_FULL);
}

static void decide(uint32_t when)
{
    const uint32_t issue = start_issue();
    kit_rule(&kit, "a", issue, SIDE_FOR, when);
    decide_issue(issue);
}

static uint32_t rounds_at_most(int64_t n)
{
    return kit_two(&kit, NODE_AT_MOST, TYPE_BOOL, kit_read(&kit, "contract.rounds", NODE_NONE),
                   kit_const(&kit, TYPE_INT, n, 0));
}

static void a_number_is_moved_to_the_next_value_that_differs(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
    decide(rounds_at_most(5));
    struct moves moves;
    CU_ASSERT_EQUAL_FATAL(moves_find(&moves, kit.ruling, 100, kit.arena), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(moves.fact_count, 1);
    CU_ASSERT_TRUE(moves.facts[0].is_exact);
    CU_ASSERT_FALSE(moves.facts[0].is_leaking);
    bool has_one = false;
    for (size_t i = 0; i < moves.count; i++) {
        const struct move *move = &moves.all[i];
        has_one |= move->value.as.n == 6 && move->has_least && move->least == 6 &&
                   !move->has_most && move->key != moves.key;
    }
    CU_ASSERT_TRUE(has_one);
    moves_close(&moves);
    kit_close(&kit);
}

static void a_comparison_behind_another_is_found(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
    const uint32_t nine =
        kit_two(&kit, NODE_AT_LEAST, TYPE_BOOL, kit_read(&kit, "contract.rounds", NODE_NONE),
                kit_const(&kit, TYPE_INT, 9, 0));
    decide(many(NODE_ANY, rounds_at_most(5), nine)); /* nine is not looked at while it is 2 */
    struct moves moves;
    CU_ASSERT_EQUAL_FATAL(moves_find(&moves, kit.ruling, 100, kit.arena), AMICUS_OK);
    bool is_between = false;
    bool is_above = false;
    for (size_t i = 0; i < moves.count; i++) {
        is_between |= moves.all[i].has_most && moves.all[i].least == 6 && moves.all[i].most == 8;
        is_above |= moves.all[i].has_least && moves.all[i].least == 9;
    }
    CU_ASSERT_TRUE(is_between);
    CU_ASSERT_TRUE(is_above);
    moves_close(&moves);
    kit_close(&kit);
}

static const struct flip_wish WISH = {.singles = 500, .pairs = 500, .triples = 500, .most = 20};

static struct flips find(void)
{
    struct flips flips;
    CU_ASSERT_EQUAL_FATAL(flips_find(&flips, kit.ruling, &WISH, kit.arena), AMICUS_OK);
    return flips;
}

static void one_fact_of_two_that_are_needed_flips_alone(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
    decide(many(NODE_ALL, is_true("contract.written"), is_true("contract.oral")));
    const struct flips flips = find();
    CU_ASSERT_EQUAL(flips.matter, 2);
    for (uint32_t i = 0; i < flips.count; i++) {
        CU_ASSERT_EQUAL(flips.all[i].count, 1);
    }
    CU_ASSERT_EQUAL(flips_grade(&flips), STABILITY_SENSITIVE);
    kit_close(&kit);
}

static void two_facts_that_can_stand_for_each_other_flip_together_only(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
    decide(many(NODE_ANY, is_true("contract.written"), is_true("contract.oral")));
    const struct flips flips = find();
    CU_ASSERT_EQUAL(flips.matter, 0);
    CU_ASSERT_TRUE_FATAL(flips.count > 0);
    for (uint32_t i = 0; i < flips.count; i++) {
        CU_ASSERT_EQUAL(flips.all[i].count, 2);
    }
    CU_ASSERT_TRUE(flips.is_whole[1]);
    CU_ASSERT_EQUAL(flips_grade(&flips), STABILITY_SENSITIVE);
    kit_close(&kit);
}

static void three_that_can_stand_for_each_other_are_robust(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
    const uint32_t some[] = {is_true("contract.written"), is_true("contract.oral"),
                             is_true("contract.kept")};
    const uint32_t issue = start_issue();
    for (unsigned i = 0; i < 3; i++) {
        kit_rule(&kit, "abc" + i, issue, SIDE_FOR, some[i]);
    }
    decide_issue(issue);
    const struct flips flips = find();
    CU_ASSERT_TRUE_FATAL(flips.count > 0);
    CU_ASSERT_EQUAL(flips.all[0].count, 3);
    CU_ASSERT_EQUAL(flips_grade(&flips), STABILITY_ROBUST);
    const struct text says = flips_stability(kit.arena, &flips);
    CU_ASSERT_TRUE(text_is(says, "robust: needs 3 changed facts"));
    kit_close(&kit);
}

static void a_search_that_is_cut_says_so_and_gives_no_grade(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
    decide(many(NODE_ANY, is_true("contract.written"), is_true("contract.oral")));
    const struct flip_wish few = {.singles = 1, .most = 3};
    struct flips flips;
    CU_ASSERT_EQUAL_FATAL(flips_find(&flips, kit.ruling, &few, kit.arena), AMICUS_OK);
    CU_ASSERT_FALSE(flips.is_whole[0]);
    CU_ASSERT_EQUAL(flips_grade(&flips), STABILITY_OPEN);
    kit_close(&kit);
}

static void a_claim_that_turns_it_is_a_knife_edge(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit,
                                  KIT_HEAD "contract: {formed_at: 2025-01-01T00:00:00Z,\n"
                                           "  written: {is: true, says: client}, oral: true}\n"
                                           "milestones:\n  - {id: M1, held: USD 100.00}\n"));
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_SOME);
    (void)issue;
    kit_rule(&kit, "a", issue, SIDE_FOR, is_true("contract.oral"));
    (void)kit_remedy(&kit, "pay", OUTCOME_RELEASE_FULL, is_true("contract.written"),
                     kit_share(&kit, 10000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const struct flips flips = find();
    CU_ASSERT_EQUAL(flips_grade(&flips), STABILITY_KNIFE_EDGE);
    kit_close(&kit);
}

static CU_TestInfo tests[] = {
    {"a number is moved to the next value that differs",
     a_number_is_moved_to_the_next_value_that_differs},
    {"a comparison behind another is found", a_comparison_behind_another_is_found},
    {"one fact of two that are needed flips alone", one_fact_of_two_that_are_needed_flips_alone},
    {"two facts that can stand for each other flip together only",
     two_facts_that_can_stand_for_each_other_flip_together_only},
    {"three that can stand for each other are robust",
     three_that_can_stand_for_each_other_are_robust},
    {"a search that is cut says so and gives no grade",
     a_search_that_is_cut_says_so_and_gives_no_grade},
    {"a claim that turns it is a knife-edge", a_claim_that_turns_it_is_a_knife_edge},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("flip", tests);
}

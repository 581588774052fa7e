/*
 * What resolution promises: labels by rank and team defeat, in three values; undercutters; burdens;
 * and which rules speak of which records.
 */
#include "decide_kit.h"
#include "resolve.h"
#include "suite.h"

static struct kit kit;

static const char CASE[] = KIT_HEAD "contract: {formed_at: 2025-01-01T00:00:00Z, written: true}\n"
                                    "milestones:\n"
                                    "  - {id: M1, held: USD 100.00}\n"
                                    "bonuses:\n"
                                    "  - {id: B1, held: USD 10.00}\n";

static void start(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
}

static uint32_t case_issue(enum proof proof)
{
    return kit_issue(&kit, "due", KIND_ROOT, proof);
}

static uint32_t open_node(void)
{
    return kit_is(&kit, "contract.kept", NODE_NONE);
}

/* A condition of each of Kleene's values; what is open rests on a fact of its own. */
static uint32_t other_node_of(enum kleene value)
{
    return value == KLEENE_OPEN ? kit_is(&kit, "contract.oral", NODE_NONE)
                                : kit_truth(&kit, value == KLEENE_TRUE);
}

static uint32_t node_of(enum kleene value)
{
    return value == KLEENE_OPEN ? open_node() : kit_truth(&kit, value == KLEENE_TRUE);
}

static const struct issue_result *result(uint32_t row)
{
    return &kit.ruling->issues[row];
}

/* The label of an issue with one rule on each side. */
static enum label label_of(enum kleene pro, enum kleene con, int rank, enum proof proof)
{
    start();
    const uint32_t issue = case_issue(proof);
    const uint32_t a = kit_rule(&kit, "a", issue, SIDE_FOR, node_of(pro));
    const uint32_t b = kit_rule(&kit, "b", issue, SIDE_AGAINST, other_node_of(con));
    kit.rules[a].layer = rank > 0 ? LAYER_PLATFORM : LAYER_PRACTICE;
    kit.rules[b].layer = rank < 0 ? LAYER_PLATFORM : LAYER_PRACTICE;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const enum label label = (enum label)result(0)->label;
    kit_close(&kit);
    return label;
}

static void two_rules_of_equal_rank_give_these_labels(void)
{
    static const uint8_t WANTED[3][3] = {
        /* con: false, open, true */
        [KLEENE_FALSE] = {LABEL_REJECTED, LABEL_REJECTED, LABEL_REJECTED},
        [KLEENE_OPEN] = {LABEL_OPEN, LABEL_OPEN, LABEL_REJECTED},
        [KLEENE_TRUE] = {LABEL_UPHELD, LABEL_OPEN, LABEL_REJECTED},
    };
    for (unsigned pro = 0; pro < 3; pro++) {
        for (unsigned con = 0; con < 3; con++) {
            CU_ASSERT_EQUAL(label_of((enum kleene)pro, (enum kleene)con, 0, PROOF_BALANCE),
                            WANTED[pro][con]);
        }
    }
}

static void a_rule_of_a_higher_layer_wins_and_of_a_lower_one_loses(void)
{
    CU_ASSERT_EQUAL(label_of(KLEENE_TRUE, KLEENE_TRUE, 1, PROOF_BALANCE), LABEL_UPHELD);
    CU_ASSERT_EQUAL(label_of(KLEENE_TRUE, KLEENE_OPEN, 1, PROOF_BALANCE), LABEL_UPHELD);
    CU_ASSERT_EQUAL(label_of(KLEENE_OPEN, KLEENE_TRUE, 1, PROOF_BALANCE), LABEL_OPEN);
    CU_ASSERT_EQUAL(label_of(KLEENE_TRUE, KLEENE_TRUE, -1, PROOF_BALANCE), LABEL_REJECTED);
    CU_ASSERT_EQUAL(label_of(KLEENE_OPEN, KLEENE_TRUE, -1, PROOF_BALANCE), LABEL_REJECTED);
    CU_ASSERT_EQUAL(label_of(KLEENE_TRUE, KLEENE_OPEN, -1, PROOF_BALANCE), LABEL_OPEN);
}

static void the_standard_some_leaves_arguments_against_aside(void)
{
    CU_ASSERT_EQUAL(label_of(KLEENE_TRUE, KLEENE_TRUE, -1, PROOF_SOME), LABEL_UPHELD);
    CU_ASSERT_EQUAL(label_of(KLEENE_OPEN, KLEENE_TRUE, 0, PROOF_SOME), LABEL_OPEN);
    CU_ASSERT_EQUAL(label_of(KLEENE_FALSE, KLEENE_FALSE, 0, PROOF_SOME), LABEL_REJECTED);
}

static void an_issue_without_an_argument_is_rejected(void)
{
    start();
    case_issue(PROOF_BALANCE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(0)->label, LABEL_REJECTED);
    CU_ASSERT_FALSE(result(0)->on_burden);
    kit_close(&kit);
}

static void a_team_defends_what_no_single_rule_could(void)
{
    start();
    const uint32_t issue = case_issue(PROOF_BALANCE);
    const uint32_t yes = kit_truth(&kit, true);
    const uint32_t a = kit_rule(&kit, "a", issue, SIDE_FOR, yes);
    const uint32_t b = kit_rule(&kit, "b", issue, SIDE_FOR, yes);
    const uint32_t c = kit_rule(&kit, "c", issue, SIDE_AGAINST, yes);
    const uint32_t d = kit_rule(&kit, "d", issue, SIDE_AGAINST, yes);
    kit_beats(&kit, a, c);
    kit_beats(&kit, b, d);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(0)->label, LABEL_UPHELD);
    CU_ASSERT_EQUAL(kit_finding(&kit, c)->status, FINDING_DEFEATED);
    CU_ASSERT_EQUAL_FATAL(kit_finding(&kit, c)->by.count, 1);
    CU_ASSERT_EQUAL(kit.ruling->by[kit_finding(&kit, c)->by.first], a);
    kit_close(&kit);
}

static void rules_of_equal_rank_on_both_sides_are_a_conflict(void)
{
    start();
    const uint32_t issue = case_issue(PROOF_BALANCE);
    const uint32_t yes = kit_truth(&kit, true);
    kit_rule(&kit, "a", issue, SIDE_FOR, yes);
    kit_rule(&kit, "b", issue, SIDE_AGAINST, yes);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_TRUE(result(0)->is_conflict);
    CU_ASSERT_EQUAL(result(0)->label, LABEL_REJECTED);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->conflict_count, 1);
    CU_ASSERT_EQUAL(kit.ruling->conflicts[0].rules.count, 2);
    kit_close(&kit);
}

static void a_rule_that_loses_by_rank_is_no_conflict(void)
{
    start();
    const uint32_t issue = case_issue(PROOF_BALANCE);
    const uint32_t yes = kit_truth(&kit, true);
    const uint32_t a = kit_rule(&kit, "a", issue, SIDE_FOR, yes);
    const uint32_t b = kit_rule(&kit, "b", issue, SIDE_AGAINST, yes);
    kit_beats(&kit, b, a);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_FALSE(result(0)->is_conflict);
    CU_ASSERT_EQUAL(kit.ruling->conflict_count, 0);
    CU_ASSERT_EQUAL(kit_finding(&kit, a)->status, FINDING_DEFEATED);
    CU_ASSERT_EQUAL(kit_finding(&kit, b)->status, FINDING_APPLIED);
    kit_close(&kit);
}

/* A rule for an issue, and an undercutter of each of Kleene's values. */
static const struct finding *undercut_by(enum kleene value, enum kleene of_undercutter)
{
    start();
    const uint32_t issue = case_issue(PROOF_BALANCE);
    const uint32_t rule = kit_rule(&kit, "a", issue, SIDE_FOR, kit_truth(&kit, true));
    const uint32_t undercutter = kit_rule(&kit, "u", INDEX_NONE, SIDE_AGAINST, node_of(value));
    const uint32_t other = kit_rule(&kit, "v", INDEX_NONE, SIDE_AGAINST, node_of(of_undercutter));
    kit_undercuts(&kit, undercutter, rule);
    kit_undercuts(&kit, other, undercutter);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    return kit_finding(&kit, rule);
}

static void an_undercutter_that_applies_takes_a_rule_out(void)
{
    const struct finding *finding = undercut_by(KLEENE_TRUE, KLEENE_FALSE);
    CU_ASSERT_EQUAL(finding->status, FINDING_UNDERCUT);
    CU_ASSERT_EQUAL(finding->value, KLEENE_FALSE);
    CU_ASSERT_EQUAL_FATAL(finding->by.count, 1);
    CU_ASSERT_EQUAL(kit.ruling->by[finding->by.first], 1);
    CU_ASSERT_EQUAL(result(0)->label, LABEL_REJECTED);
    CU_ASSERT_EQUAL(kit_finding(&kit, 1)->status, FINDING_APPLIED);
    kit_close(&kit);
}

static void an_open_undercutter_leaves_a_rule_waiting_for_its_facts(void)
{
    const struct finding *finding = undercut_by(KLEENE_OPEN, KLEENE_FALSE);
    CU_ASSERT_EQUAL(finding->status, FINDING_WAITING);
    CU_ASSERT_EQUAL_FATAL(finding->waiting.count, 1);
    const struct read *read = &kit.ruling->reads[kit.ruling->waiting[finding->waiting.first]];
    CU_ASSERT_EQUAL(read->fact, kit_fact(&kit, "contract.kept"));
    kit_close(&kit);
}

static void an_undercutter_can_be_undercut_itself(void)
{
    const struct finding *finding = undercut_by(KLEENE_TRUE, KLEENE_TRUE);
    CU_ASSERT_EQUAL(finding->status, FINDING_APPLIED);
    CU_ASSERT_EQUAL(kit_finding(&kit, 1)->status, FINDING_UNDERCUT);
    kit_close(&kit);
    finding = undercut_by(KLEENE_TRUE, KLEENE_OPEN);
    CU_ASSERT_EQUAL(finding->status, FINDING_WAITING);
    kit_close(&kit);
}

static void an_undercutter_that_takes_nothing_out_is_no_reason(void)
{
    start();
    const uint32_t issue = case_issue(PROOF_BALANCE);
    const uint32_t rule = kit_rule(&kit, "a", issue, SIDE_FOR, open_node());
    const uint32_t undercutter =
        kit_rule(&kit, "u", INDEX_NONE, SIDE_AGAINST, kit_truth(&kit, true));
    kit_undercuts(&kit, undercutter, rule);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit_finding(&kit, rule)->status, FINDING_NOT_APPLIED);
    CU_ASSERT_EQUAL(kit_finding(&kit, undercutter)->status, FINDING_NOT_APPLIED);
    CU_ASSERT_EQUAL(kit_finding(&kit, undercutter)->value, KLEENE_TRUE);
    CU_ASSERT_EQUAL(result(0)->label, LABEL_REJECTED);
    kit_close(&kit);
}

static void an_exception_that_holds_keeps_a_rule_from_applying(void)
{
    start();
    const uint32_t issue = case_issue(PROOF_BALANCE);
    const uint32_t a = kit_rule(&kit, "a", issue, SIDE_FOR, kit_truth(&kit, true));
    kit.rules[a].unless = kit_is(&kit, "contract.written", NODE_NONE);
    const uint32_t b = kit_rule(&kit, "b", issue, SIDE_FOR, kit_truth(&kit, true));
    kit.rules[b].unless = open_node();
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit_finding(&kit, a)->status, FINDING_NOT_APPLIED);
    CU_ASSERT_EQUAL(kit_finding(&kit, b)->status, FINDING_WAITING);
    CU_ASSERT_EQUAL(result(0)->label, LABEL_OPEN);
    kit_close(&kit);
}

static void a_rule_speaks_only_in_its_period(void)
{
    start();
    const uint32_t issue = case_issue(PROOF_BALANCE);
    const int64_t formed_s = 1735689600; /* 2025-01-01, when the contract was formed */
    const uint32_t a = kit_rule(&kit, "a", issue, SIDE_FOR, kit_truth(&kit, true));
    kit.rules[a].anchor = ANCHOR_CONTRACT_FORMED;
    kit.rules[a].until_s = formed_s;
    const uint32_t b = kit_rule(&kit, "b", issue, SIDE_FOR, kit_truth(&kit, true));
    kit.rules[b].anchor = ANCHOR_CONTRACT_FORMED;
    kit.rules[b].from_s = formed_s;
    kit.rules[b].until_s = formed_s + 1;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit_finding(&kit, a)->status, FINDING_NOT_APPLIED);
    CU_ASSERT_EQUAL(kit_finding(&kit, b)->status, FINDING_APPLIED);
    CU_ASSERT_EQUAL(kit_finding(&kit, b)->looks.count, 1);
    kit_close(&kit);
}

static void an_open_issue_is_lost_by_the_side_with_the_burden(void)
{
    start();
    case_issue(PROOF_BALANCE);
    kit_rule(&kit, "a", 0, SIDE_FOR, open_node());
    const uint32_t other = kit_issue(&kit, "other", KIND_ROOT, PROOF_BALANCE);
    kit.issues[other].burden = PARTY_CLIENT;
    kit_rule(&kit, "b", other, SIDE_FOR, open_node());
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(0)->label, LABEL_OPEN);
    CU_ASSERT_TRUE(result(0)->on_burden);
    CU_ASSERT_EQUAL(result(0)->taken, LABEL_REJECTED);
    CU_ASSERT_EQUAL(result(1)->taken, LABEL_UPHELD);
    CU_ASSERT_EQUAL(result(1)->burden, PARTY_CLIENT);
    kit_close(&kit);
}

static void a_burden_on_a_role_falls_on_who_has_it(void)
{
    start();
    const uint32_t issue = case_issue(PROOF_BALANCE);
    kit.issues[issue].claimant = PARTY_CLIENT;
    kit.issues[issue].burden = PARTY_FILER; /* the freelancer filed */
    kit_rule(&kit, "a", issue, SIDE_FOR, open_node());
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(0)->burden, PARTY_FREELANCER);
    CU_ASSERT_EQUAL(result(0)->taken, LABEL_UPHELD);
    kit_close(&kit);
}

static void a_higher_issue_sees_what_was_taken_and_its_label_does_not(void)
{
    start();
    const uint32_t low = case_issue(PROOF_BALANCE);
    kit_rule(&kit, "a", low, SIDE_FOR, open_node());
    const uint32_t high = kit_issue(&kit, "high", KIND_ROOT, PROOF_BALANCE);
    const uint32_t rule =
        kit_rule(&kit, "b", high, SIDE_FOR, kit_issue_is(&kit, low, LABEL_REJECTED));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(1)->taken, LABEL_UPHELD);
    CU_ASSERT_EQUAL(result(1)->label, LABEL_OPEN);
    CU_ASSERT_FALSE(result(1)->on_burden);
    CU_ASSERT_EQUAL(kit_finding(&kit, rule)->status, FINDING_APPLIED);
    CU_ASSERT_EQUAL_FATAL(kit_finding(&kit, rule)->rests.count, 1);
    CU_ASSERT_EQUAL(kit.ruling->rests[kit_finding(&kit, rule)->rests.first], 0);
    CU_ASSERT_EQUAL(kit.ruling->finding_count, 2);
    kit_close(&kit);
}

static void a_rule_about_milestones_is_silent_about_bonuses(void)
{
    start();
    const uint32_t issue = kit_issue(&kit, "due", kit_kind(&kit, "item"), PROOF_BALANCE);
    const uint32_t rule = kit_rule(&kit, "a", issue, SIDE_FOR, kit_truth(&kit, true));
    kit.rules[rule].kind = kit_kind(&kit, "milestone");
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.ruling->issue_count, 2);
    CU_ASSERT_EQUAL(kit.ruling->finding_count, 1);
    CU_ASSERT_EQUAL(result(0)->label, LABEL_UPHELD);
    CU_ASSERT_EQUAL(result(1)->label, LABEL_REJECTED);
    kit_close(&kit);
}

static void a_rule_about_the_case_speaks_of_every_item(void)
{
    start();
    const uint32_t issue = kit_issue(&kit, "due", kit_kind(&kit, "item"), PROOF_BALANCE);
    const uint32_t rule =
        kit_rule(&kit, "a", issue, SIDE_FOR, kit_is(&kit, "contract.written", NODE_NONE));
    kit.rules[rule].kind = KIND_ROOT;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(0)->label, LABEL_UPHELD);
    CU_ASSERT_EQUAL(result(1)->label, LABEL_UPHELD);
    CU_ASSERT_EQUAL(result(1)->item, result(1)->record);
    kit_close(&kit);
}

static void a_record_of_an_item_asks_for_the_issue_of_its_item(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit,
                                  KIT_HEAD "milestones:\n"
                                           "  - {id: M1, held: USD 100.00, amount: USD 1.00}\n"
                                           "  - {id: M2, held: USD 100.00, amount: USD 2.00}\n"
                                           "deliveries:\n"
                                           "  - {id: D1, milestone: M2}\n"));
    const uint32_t low = kit_issue(&kit, "low", kit_kind(&kit, "item"), PROOF_BALANCE);
    const uint32_t amount = kit_read(&kit, "item.amount", kit_var(&kit, 0));
    kit_rule(&kit, "a", low, SIDE_FOR,
             kit_two(&kit, NODE_EQUAL, TYPE_BOOL, amount, kit_share(&kit, 200)));
    const uint32_t high = kit_issue(&kit, "high", kit_kind(&kit, "delivery"), PROOF_BALANCE);
    kit_rule(&kit, "b", high, SIDE_FOR, kit_issue_is(&kit, low, LABEL_UPHELD));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const uint32_t delivery = kit.subject->lists[kit_kind(&kit, "delivery")].first;
    const struct issue_result *found = ruling_find_issue(kit.ruling, high, delivery);
    CU_ASSERT_PTR_NOT_NULL_FATAL(found);
    CU_ASSERT_EQUAL(found->label, LABEL_UPHELD);
    CU_ASSERT_EQUAL(kit.subject->records[found->item].row, 1);
    kit_close(&kit);
}

static CU_TestInfo tests[] = {
    {"two rules of equal rank give nine labels", two_rules_of_equal_rank_give_these_labels},
    {"a rule of a higher layer wins and of a lower one loses",
     a_rule_of_a_higher_layer_wins_and_of_a_lower_one_loses},
    {"the standard `some` leaves arguments against aside",
     the_standard_some_leaves_arguments_against_aside},
    {"an issue without an argument is rejected", an_issue_without_an_argument_is_rejected},
    {"a team defends what no single rule could", a_team_defends_what_no_single_rule_could},
    {"rules of equal rank on both sides are a conflict",
     rules_of_equal_rank_on_both_sides_are_a_conflict},
    {"a rule that loses by rank is no conflict", a_rule_that_loses_by_rank_is_no_conflict},
    {"an undercutter that applies takes a rule out", an_undercutter_that_applies_takes_a_rule_out},
    {"an open undercutter leaves a rule waiting for its facts",
     an_open_undercutter_leaves_a_rule_waiting_for_its_facts},
    {"an undercutter can be undercut itself", an_undercutter_can_be_undercut_itself},
    {"an undercutter that takes nothing out is no reason",
     an_undercutter_that_takes_nothing_out_is_no_reason},
    {"an exception that holds keeps a rule from applying",
     an_exception_that_holds_keeps_a_rule_from_applying},
    {"a rule speaks only in its period", a_rule_speaks_only_in_its_period},
    {"an open issue is lost by the side with the burden",
     an_open_issue_is_lost_by_the_side_with_the_burden},
    {"a burden on a role falls on who has it", a_burden_on_a_role_falls_on_who_has_it},
    {"a higher issue sees what was taken, and its label does not",
     a_higher_issue_sees_what_was_taken_and_its_label_does_not},
    {"a rule about milestones is silent about bonuses",
     a_rule_about_milestones_is_silent_about_bonuses},
    {"a rule about the case speaks of every item", a_rule_about_the_case_speaks_of_every_item},
    {"a record of an item asks for the issue of its item",
     a_record_of_an_item_asks_for_the_issue_of_its_item},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("resolve", tests);
}

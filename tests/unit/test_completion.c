/*
 * What completions promise: a label that all values of the unknown facts agree on is found, marked,
 * and no burden's; one on which they differ stays open; and numbers are tried by the cells between
 * their thresholds.
 */
#include "date.h"
#include "decide_kit.h"
#include "suite.h"

static struct kit kit;

static const char CASE[] = KIT_HEAD "contract: {formed_at: 2025-01-01T00:00:00Z, written: true}\n"
                                    "milestones:\n"
                                    "  - {id: M1, held: USD 100.00}\n";

static void start(const char *text)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, text));
}

static uint32_t issue_of(const char *name, enum proof proof)
{
    return kit_issue(&kit, name, KIND_ROOT, proof);
}

static uint32_t is_true(const char *path)
{
    return kit_is(&kit, path, NODE_NONE);
}

static uint32_t not(uint32_t node)
{
    return kit_many(&kit, NODE_NO, TYPE_BOOL, &node, 1);
}

static uint32_t compare(enum node_op op, const char *path, uint32_t with)
{
    return kit_two(&kit, op, TYPE_BOOL, kit_read(&kit, path, NODE_NONE), with);
}

static uint32_t rounds(enum node_op op, int64_t n)
{
    return compare(op, "contract.rounds", kit_const(&kit, TYPE_INT, n, 0));
}

static uint32_t any_of(uint32_t a, uint32_t b, uint32_t c)
{
    const uint32_t nodes[] = {a, b, c};
    return kit_many(&kit, NODE_ANY, TYPE_BOOL, nodes, 3);
}

static uint32_t both(uint32_t a, uint32_t b)
{
    const uint32_t nodes[] = {a, b};
    return kit_many(&kit, NODE_ALL, TYPE_BOOL, nodes, 2);
}

static const struct issue_result *result(uint32_t row)
{
    return &kit.ruling->issues[row];
}

/* Decide with one rule for one issue, and see its label and mark. */
static void expect(uint32_t when, enum label label, bool is_whatever)
{
    const uint32_t issue = issue_of("due", PROOF_BALANCE);
    kit_rule(&kit, "a", issue, SIDE_FOR, when);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(0)->label, label);
    CU_ASSERT_EQUAL(result(0)->whatever_unknown, is_whatever);
    CU_ASSERT_EQUAL(result(0)->on_burden, label == LABEL_OPEN);
    kit_close(&kit);
}

static void what_holds_of_every_value_is_upheld(void)
{
    start(CASE);
    const uint32_t absent =
        kit_node(&kit, (struct node){.op = NODE_ABSENT,
                                     .type = TYPE_BOOL,
                                     .a = kit_read(&kit, "contract.kept", NODE_NONE)});
    expect(any_of(is_true("contract.kept"), not(is_true("contract.kept")), absent), LABEL_UPHELD,
           true);
}

static void what_only_an_absent_fact_leaves_out_stays_open(void)
{
    start(CASE);
    const uint32_t kept = kit_read(&kit, "contract.kept", NODE_NONE);
    const uint32_t other = kit_two(&kit, NODE_EQUAL, TYPE_BOOL, kept, kit_truth(&kit, false));
    expect(any_of(is_true("contract.kept"), other, kit_truth(&kit, false)), LABEL_OPEN, false);
}

static void rules_that_cannot_both_apply_reject_an_issue(void)
{
    start(CASE);
    expect(both(is_true("contract.kept"), not(is_true("contract.kept"))), LABEL_REJECTED, true);
}

static void a_fact_has_one_value_below_and_above(void)
{
    start(CASE);
    const uint32_t low = issue_of("low", PROOF_BALANCE);
    kit_rule(&kit, "a", low, SIDE_FOR, is_true("contract.kept"));
    const uint32_t other = issue_of("other", PROOF_BALANCE);
    kit_rule(&kit, "b", other, SIDE_FOR, not(is_true("contract.kept")));
    const uint32_t high = issue_of("high", PROOF_BALANCE);
    kit_rule(&kit, "c", high, SIDE_FOR, kit_issue_is(&kit, low, LABEL_UPHELD));
    kit_rule(&kit, "d", high, SIDE_FOR, kit_issue_is(&kit, other, LABEL_UPHELD));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_TRUE(result(low)->on_burden && result(other)->on_burden);
    CU_ASSERT_EQUAL(result(high)->label, LABEL_UPHELD); /* although both below are lost */
    CU_ASSERT_EQUAL(result(high)->taken, LABEL_UPHELD);
    CU_ASSERT_TRUE(result(high)->whatever_unknown);
    CU_ASSERT_FALSE(result(high)->on_burden);
    kit_close(&kit);
}

static void what_a_party_only_claims_has_one_value_at_two_standards(void)
{
    start(KIT_HEAD "contract:\n"
                   "  kept: [{is: true, says: client}]\n"
                   "milestones: [{id: M1, held: USD 1.00}]\n");
    const uint32_t low = issue_of("low", PROOF_SOME);
    kit_rule(&kit, "a", low, SIDE_FOR, is_true("contract.kept"));
    const uint32_t high = issue_of("high", PROOF_CLEAR);
    kit_rule(&kit, "b", high, SIDE_FOR,
             both(kit_issue_is(&kit, low, LABEL_UPHELD), not(is_true("contract.kept"))));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(low)->label, LABEL_UPHELD);
    CU_ASSERT_EQUAL(result(high)->label, LABEL_REJECTED);
    CU_ASSERT_TRUE(result(high)->whatever_unknown);
    kit_close(&kit);
}

static void the_standard_clear_wants_more_than_a_supported_fact(void)
{
    start(KIT_HEAD "contract:\n"
                   "  kept: [{is: true, says: client, cites: [E1]}]\n"
                   "evidence: [{id: E1, submitted_by: client}]\n"
                   "milestones: [{id: M1, held: USD 1.00}]\n");
    kit_rule(&kit, "a", issue_of("at_balance", PROOF_BALANCE), SIDE_FOR, is_true("contract.kept"));
    kit_rule(&kit, "b", issue_of("clearly", PROOF_CLEAR), SIDE_FOR, is_true("contract.kept"));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(0)->label, LABEL_UPHELD);
    CU_ASSERT_EQUAL(result(1)->label, LABEL_OPEN);
    kit_close(&kit);
}

static void a_number_is_tried_on_both_sides_of_each_threshold(void)
{
    start(CASE);
    expect(both(rounds(NODE_LESS, 3), rounds(NODE_MORE, 4)), LABEL_REJECTED, true);
    start(CASE);
    expect(both(rounds(NODE_LESS, 5), rounds(NODE_MORE, 3)), LABEL_OPEN, false); /* 4 */
    start(CASE);
    expect(both(rounds(NODE_LESS, 4), rounds(NODE_MORE, 3)), LABEL_REJECTED, true);
    start(CASE);
    expect(both(rounds(NODE_EQUAL, 3), rounds(NODE_EQUAL, 4)), LABEL_REJECTED, true);
}

static void a_date_has_thresholds_behind_a_sum(void)
{
    for (int64_t days = 9; days <= 11; days++) {
        start(CASE); /* filed on 05-20, decided as of 06-02, 13 days later */
        const uint32_t until =
            kit_two(&kit, NODE_ADD, TYPE_INSTANT, kit_read(&kit, "contract.formed_at", NODE_NONE),
                    kit_const(&kit, TYPE_DURATION, days, DURATION_CALENDAR_DAYS));
        CU_ASSERT_TRUE(until > 0);
        const uint32_t starts = kit_read(&kit, "contract.starts_on", NODE_NONE);
        const uint32_t later = kit_two(&kit, NODE_ADD, TYPE_DATE, starts,
                                       kit_const(&kit, TYPE_DURATION, 10, DURATION_CALENDAR_DAYS));
        const uint32_t is_before =
            kit_two(&kit, NODE_LESS, TYPE_BOOL, later, kit_read(&kit, "case.filed_at", NODE_NONE));
        const uint32_t shifted =
            kit_two(&kit, NODE_ADD, TYPE_DATE, starts,
                    kit_const(&kit, TYPE_DURATION, days, DURATION_CALENDAR_DAYS));
        const uint32_t is_after = kit_two(&kit, NODE_AT_LEAST, TYPE_BOOL, shifted,
                                          kit_read(&kit, "case.filed_at", NODE_NONE));
        const bool is_empty = days <= 10;
        expect(both(is_before, is_after), is_empty ? LABEL_REJECTED : LABEL_OPEN, is_empty);
    }
}

static void money_has_the_currency_of_its_case(void)
{
    start(CASE);
    expect(both(compare(NODE_LESS, "contract.price", kit_share(&kit, 500)),
                compare(NODE_AT_LEAST, "contract.price", kit_share(&kit, 500))),
           LABEL_REJECTED, true);
}

static void a_duration_is_tried_in_time_or_in_days_of_work(void)
{
    static const enum duration_unit UNITS[] = {DURATION_HOURS, DURATION_BUSINESS_DAYS};
    for (unsigned i = 0; i < 2; i++) {
        start(CASE);
        const uint32_t limit = kit_const(&kit, TYPE_DURATION, 5, (uint16_t)UNITS[i]);
        expect(both(compare(NODE_LESS, "contract.grace", limit),
                    compare(NODE_MORE, "contract.grace", limit)),
               LABEL_REJECTED, true);
    }
}

static void two_unknown_numbers_that_are_compared_are_not_tried(void)
{
    start(CASE);
    const uint32_t parts =
        kit_two(&kit, NODE_ADD, TYPE_DATE, kit_read(&kit, "contract.starts_on", NODE_NONE),
                kit_read(&kit, "contract.grace", NODE_NONE));
    const uint32_t filed = kit_read(&kit, "case.filed_at", NODE_NONE);
    expect(both(kit_two(&kit, NODE_LESS, TYPE_BOOL, parts, filed),
                kit_two(&kit, NODE_MORE, TYPE_BOOL, parts, filed)),
           LABEL_OPEN, false);
}

static void a_number_that_rises_and_falls_in_one_comparison_is_not_tried(void)
{
    start(CASE);
    const uint32_t number = kit_read(&kit, "contract.rounds", NODE_NONE);
    const uint32_t square = kit_two(&kit, NODE_MULTIPLY, TYPE_INT, number, number);
    const uint32_t limit = kit_const(&kit, TYPE_INT, 0, 0);
    expect(kit_two(&kit, NODE_AT_LEAST, TYPE_BOOL, square, limit), LABEL_OPEN, false);
}

static void a_list_that_may_have_members_leaves_an_issue_open(void)
{
    start(CASE);
    const uint32_t grave = kit_is(&kit, "defect.grave", kit_var(&kit, 1));
    const uint32_t operands[2] = {NODE_NONE, grave};
    const uint32_t some = kit_list(&kit, NODE_SOME, TYPE_BOOL, "defect", operands);
    expect(any_of(some, not(some), kit_truth(&kit, false)), LABEL_OPEN, false);
}

static void who_asks_how_well_a_fact_is_known_gets_no_label(void)
{
    start(CASE);
    const uint32_t standing =
        kit_node(&kit, (struct node){.op = NODE_CONTESTED,
                                     .type = TYPE_BOOL,
                                     .a = kit_read(&kit, "contract.kept", NODE_NONE)});
    expect(any_of(both(is_true("contract.kept"), not(standing)), not(is_true("contract.kept")),
                  kit_truth(&kit, false)),
           LABEL_OPEN, false);
}

static void a_known_fact_that_only_a_completion_looks_at_is_a_read(void)
{
    start(CASE);
    const uint32_t pairs[] = {is_true("contract.kept"), is_true("contract.written"),
                              is_true("contract.written")};
    const uint32_t choose = kit_many(&kit, NODE_CHOOSE, TYPE_BOOL, pairs, 3);
    const uint32_t issue = issue_of("due", PROOF_BALANCE);
    kit_rule(&kit, "a", issue, SIDE_FOR, choose);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(result(0)->label, LABEL_UPHELD);
    CU_ASSERT_TRUE(result(0)->whatever_unknown);
    CU_ASSERT_EQUAL_FATAL(result(0)->looks.count, 1);
    CU_ASSERT_EQUAL(ruling_read(kit.ruling, result(0)->looks, 0)->fact,
                    kit_fact(&kit, "contract.written"));
    kit_close(&kit);
}

static void a_label_found_so_lets_a_remedy_go_on_and_asks_for_nothing_that_matters(void)
{
    start(CASE);
    const uint32_t issue = issue_of("due", PROOF_BALANCE);
    kit_rule(&kit, "a", issue, SIDE_FOR, is_true("contract.kept"));
    kit_rule(&kit, "b", issue, SIDE_FOR, not(is_true("contract.kept")));
    kit_remedy(&kit, "pay", OUTCOME_RELEASE_FULL, kit_issue_is(&kit, issue, LABEL_UPHELD),
               kit_share(&kit, 10000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.ruling->items[0].outcome, OUTCOME_RELEASE_FULL);
    CU_ASSERT_FALSE(kit.ruling->items[0].on_burden);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->missing_count, 1);
    CU_ASSERT_FALSE(kit.ruling->missing[0].could_change); /* the trials find the label, too */
    CU_ASSERT_EQUAL(kit_finding(&kit, 0)->status, FINDING_WAITING);
    kit_close(&kit);
}

static void beyond_the_most_unknowns_an_issue_stays_open(void)
{
    start(KIT_HEAD "milestones:\n"
                   "  - {id: M1, held: USD 1.00}\n"
                   "defects:\n"
                   "  - {id: D1}\n  - {id: D2}\n  - {id: D3}\n  - {id: D4}\n  - {id: D5}\n"
                   "  - {id: D6}\n  - {id: D7}\n  - {id: D8}\n  - {id: D9}\n  - {id: D10}\n"
                   "  - {id: D11}\n  - {id: D12}\n  - {id: D13}\n");
    const uint32_t grave = kit_is(&kit, "defect.grave", kit_var(&kit, 1));
    const uint32_t operands[2] = {NODE_NONE, grave};
    const uint32_t all = kit_list(&kit, NODE_EVERY, TYPE_BOOL, "defect", operands);
    expect(any_of(all, not(all), kit_truth(&kit, false)), LABEL_OPEN, false);
}

static CU_TestInfo tests[] = {
    {"what holds of every value is upheld", what_holds_of_every_value_is_upheld},
    {"what only an absent fact leaves out stays open",
     what_only_an_absent_fact_leaves_out_stays_open},
    {"a condition that no value fulfils rejects its issue",
     rules_that_cannot_both_apply_reject_an_issue},
    {"a fact has one value in the issues below and above", a_fact_has_one_value_below_and_above},
    {"a claimed fact has one value at two standards",
     what_a_party_only_claims_has_one_value_at_two_standards},
    {"the standard `clear` wants more than a supported fact",
     the_standard_clear_wants_more_than_a_supported_fact},
    {"a number is tried on both sides of each threshold",
     a_number_is_tried_on_both_sides_of_each_threshold},
    {"a date has thresholds behind a sum", a_date_has_thresholds_behind_a_sum},
    {"money has the currency of its case", money_has_the_currency_of_its_case},
    {"a duration is tried in time or in days of work",
     a_duration_is_tried_in_time_or_in_days_of_work},
    {"two unknown numbers that are compared are not tried",
     two_unknown_numbers_that_are_compared_are_not_tried},
    {"a number that rises and falls in one comparison is not tried",
     a_number_that_rises_and_falls_in_one_comparison_is_not_tried},
    {"a list that may have members leaves an issue open",
     a_list_that_may_have_members_leaves_an_issue_open},
    {"who asks how well a fact is known gets no label",
     who_asks_how_well_a_fact_is_known_gets_no_label},
    {"a known fact that only a completion looks at is a read",
     a_known_fact_that_only_a_completion_looks_at_is_a_read},
    {"a label found so lets a remedy go on, in trials too",
     a_label_found_so_lets_a_remedy_go_on_and_asks_for_nothing_that_matters},
    {"beyond the most unknowns an issue stays open", beyond_the_most_unknowns_an_issue_stays_open},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("completion", tests);
}

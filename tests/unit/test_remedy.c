/*
 * What remedies promise: which one is taken, that money is kept together, and when a human decides.
 */
#include "decide_kit.h"
#include "remedy.h"
#include "suite.h"
#include "trial.h"

static struct kit kit;

static const char ONE_ITEM[] = KIT_HEAD "contract: {written: true}\n"
                                        "milestones:\n"
                                        "  - {id: M1, held: USD 100.00}\n";

static void start(const char *text)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, text));
}

static uint32_t yes(void)
{
    return kit_truth(&kit, true);
}

static uint32_t open_node(void)
{
    return kit_is(&kit, "contract.kept", NODE_NONE);
}

static const struct item_result *item(void)
{
    return &kit.ruling->items[0];
}

static void a_share_is_cut_to_what_is_held_and_never_negative(void)
{
    static const int64_t SHARES[] = {-1, 0, 1, 9999, 10000, 10001};
    static const int64_t GIVEN[] = {0, 0, 1, 9999, 10000, 10000};
    for (unsigned i = 0; i < sizeof SHARES / sizeof SHARES[0]; i++) {
        start(ONE_ITEM);
        kit_remedy(&kit, "r", OUTCOME_SPLIT, yes(), kit_share(&kit, SHARES[i]));
        CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
        CU_ASSERT_EQUAL(item()->division.to_freelancer_minor, GIVEN[i]);
        CU_ASSERT_EQUAL(item()->division.to_client_minor, 10000 - GIVEN[i]);
        CU_ASSERT_EQUAL(item()->division.stays_held_minor, 0);
        CU_ASSERT_TRUE(division_is_conserved(&item()->division));
        kit_close(&kit);
    }
}

static void the_fee_comes_off_before_the_share(void)
{
    start(KIT_HEAD "milestones:\n  - {id: M1, held: USD 100.00, fee: USD 10.00}\n");
    kit_remedy(&kit, "r", OUTCOME_SPLIT, yes(), kit_share(&kit, 9500));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->division.fees_minor, 1000);
    CU_ASSERT_EQUAL(item()->division.to_freelancer_minor, 9000);
    CU_ASSERT_EQUAL(item()->division.to_client_minor, 0);
    kit_close(&kit);
}

static void a_fee_above_what_is_held_takes_all_of_it_and_no_more(void)
{
    start(KIT_HEAD "milestones:\n  - {id: M1, held: USD 5.00, fee: USD 10.00}\n");
    kit_remedy(&kit, "r", OUTCOME_SPLIT, yes(), kit_share(&kit, 9500));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->division.fees_minor, 500);
    CU_ASSERT_TRUE(division_is_conserved(&item()->division));
    kit_close(&kit);
}

static void a_remedy_without_a_share_leaves_everything_held(void)
{
    start(KIT_HEAD "milestones:\n  - {id: M1, held: USD 100.00, fee: USD 10.00}\n");
    kit_remedy(&kit, "r", OUTCOME_STAY, yes(), NODE_NONE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_STAY);
    CU_ASSERT_EQUAL(item()->division.stays_held_minor, 10000);
    CU_ASSERT_EQUAL(item()->division.fees_minor, 0);
    CU_ASSERT_EQUAL(kit.ruling->totals.held_minor, 10000);
    kit_close(&kit);
}

static void a_division_that_loses_or_makes_money_is_not_conserved(void)
{
    const amicus_division good = {100, 60, 30, 10, 0};
    const amicus_division lost = {100, 60, 30, 9, 0};
    const amicus_division negative = {100, 110, -10, 0, 0};
    const amicus_division wraps = {0, INT64_MAX, INT64_MAX, 2, 0};
    CU_ASSERT_TRUE(division_is_conserved(&good));
    CU_ASSERT_FALSE(division_is_conserved(&lost));
    CU_ASSERT_FALSE(division_is_conserved(&negative));
    CU_ASSERT_FALSE(division_is_conserved(&wraps));
}

static void what_is_held_and_unknown_is_not_divided_and_asked_for_first(void)
{
    start(KIT_HEAD "milestones:\n  - {id: M1, amount: USD 80.00}\n");
    kit_remedy(&kit, "r", OUTCOME_RELEASE_FULL, yes(), kit_share(&kit, 9500));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_RELEASE_FULL);
    CU_ASSERT_EQUAL(item()->division.held_minor, 0);
    CU_ASSERT_FATAL(kit.ruling->missing_count > 0);
    CU_ASSERT_EQUAL(kit.ruling->missing[0].fact, kit_fact(&kit, "item.held"));
    CU_ASSERT_EQUAL(kit.ruling->missing[0].at_stake_minor, 8000);
    CU_ASSERT_TRUE(kit.ruling->missing[0].could_change);
    kit_close(&kit);
}

static void a_remedy_of_a_higher_stratum_outranks_a_lower_one(void)
{
    start(ONE_ITEM);
    kit_remedy(&kit, "a", OUTCOME_RELEASE_FULL, yes(), kit_share(&kit, 10000));
    const uint32_t bar = kit_remedy(&kit, "b", OUTCOME_DISMISS, yes(), NODE_NONE);
    kit.remedies[bar].stratum = STRATUM_BAR;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->remedy, bar);
    CU_ASSERT_EQUAL(item()->division.stays_held_minor, 10000);
    kit_close(&kit);
}

static void a_remedy_that_beats_another_is_taken(void)
{
    start(ONE_ITEM);
    const uint32_t a = kit_remedy(&kit, "a", OUTCOME_RELEASE_FULL, yes(), kit_share(&kit, 10000));
    const uint32_t b = kit_remedy(&kit, "b", OUTCOME_REFUND_FULL, yes(), kit_share(&kit, 0));
    kit.indices[kit.remedies[b].first_beaten] = a;
    kit.remedies[b].beaten_count = 1;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->remedy, b);
    CU_ASSERT_EQUAL(item()->division.to_client_minor, 10000);
    kit_close(&kit);
}

static void remedies_that_differ_are_referred_with_all_of_them_shown(void)
{
    start(ONE_ITEM);
    kit_remedy(&kit, "a", OUTCOME_SPLIT, yes(), kit_share(&kit, 4000));
    kit_remedy(&kit, "b", OUTCOME_SPLIT, yes(), kit_share(&kit, 5000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_REFER);
    CU_ASSERT_EQUAL(item()->rivals.count, 2);
    CU_ASSERT_EQUAL(item()->division.stays_held_minor, 10000);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->conflict_count, 1);
    CU_ASSERT_EQUAL(kit.ruling->conflicts[0].issue, INDEX_NONE);
    CU_ASSERT_EQUAL(kit.ruling->conflicts[0].rules.count, 2);
    CU_ASSERT_EQUAL(kit.ruling->outcome, OUTCOME_REFER);
    kit_close(&kit);
}

static void remedies_that_say_the_same_are_one(void)
{
    start(ONE_ITEM);
    kit_remedy(&kit, "a", OUTCOME_SPLIT, yes(), kit_share(&kit, 4000));
    kit_remedy(&kit, "b", OUTCOME_SPLIT, yes(), kit_share(&kit, 4000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_SPLIT);
    CU_ASSERT_EQUAL(item()->rivals.count, 0);
    CU_ASSERT_EQUAL(kit.ruling->conflict_count, 0);
    kit_close(&kit);
}

static void without_a_true_guard_an_open_one_asks_for_evidence(void)
{
    start(ONE_ITEM);
    kit_remedy(&kit, "a", OUTCOME_RELEASE_FULL, open_node(), kit_share(&kit, 10000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_REQUEST_EVIDENCE);
    CU_ASSERT_EQUAL(item()->remedy, INDEX_NONE);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->missing_count, 1);
    CU_ASSERT_EQUAL(kit.ruling->missing[0].fact, kit_fact(&kit, "contract.kept"));
    CU_ASSERT_EQUAL(kit.ruling->missing[0].at_stake_minor, 10000);
    CU_ASSERT_TRUE(kit.ruling->missing[0].is_exact);
    kit_close(&kit);
}

static void without_any_guard_the_policy_has_a_gap(void)
{
    start(ONE_ITEM);
    kit_remedy(&kit, "a", OUTCOME_RELEASE_FULL, kit_truth(&kit, false), kit_share(&kit, 10000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_NO_RULE);
    CU_ASSERT_EQUAL(item()->division.stays_held_minor, 10000);
    kit_close(&kit);
}

static void a_share_that_waits_for_facts_asks_for_them(void)
{
    start(ONE_ITEM);
    const uint32_t price = kit_read(&kit, "contract.price", NODE_NONE);
    const uint32_t row = kit_remedy(&kit, "a", OUTCOME_SPLIT, yes(), price);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_REQUEST_EVIDENCE);
    CU_ASSERT_EQUAL(item()->remedy, row);
    CU_ASSERT_EQUAL(item()->division.stays_held_minor, 10000);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->missing_count, 1);
    CU_ASSERT_EQUAL(kit.ruling->missing[0].fact, kit_fact(&kit, "contract.price"));
    CU_ASSERT_TRUE(kit.ruling->missing[0].could_change);
    CU_ASSERT_FALSE(kit.ruling->missing[0].is_exact);
    CU_ASSERT_EQUAL(kit.ruling->missing[0].at_stake_minor, 10000);
    kit_close(&kit);
}

static void items_are_decided_each_on_its_own(void)
{
    start(KIT_HEAD "milestones:\n"
                   "  - {id: M1, held: USD 100.00}\n"
                   "bonuses:\n"
                   "  - {id: B1, held: USD 20.00}\n");
    const uint32_t a = kit_remedy(&kit, "a", OUTCOME_RELEASE_FULL, yes(), kit_share(&kit, 10000));
    const uint32_t b = kit_remedy(&kit, "b", OUTCOME_REFUND_FULL, yes(), kit_share(&kit, 0));
    kit.remedies[a].kind = kit_kind(&kit, "milestone");
    kit.remedies[b].kind = kit_kind(&kit, "bonus");
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.ruling->items[0].outcome, OUTCOME_RELEASE_FULL);
    CU_ASSERT_EQUAL(kit.ruling->items[1].outcome, OUTCOME_REFUND_FULL);
    CU_ASSERT_EQUAL(kit.ruling->outcome, OUTCOME_SPLIT);
    CU_ASSERT_EQUAL(kit.ruling->totals.held_minor, 12000);
    CU_ASSERT_EQUAL(kit.ruling->totals.to_freelancer_minor, 10000);
    CU_ASSERT_EQUAL(kit.ruling->totals.to_client_minor, 2000);
    kit_close(&kit);
}

static void a_case_without_items_is_decided_as_one_and_asks_for_them(void)
{
    start(KIT_HEAD "contract: {written: true}\n");
    const uint32_t row = kit_remedy(&kit, "a", OUTCOME_RELEASE_FULL, yes(), kit_share(&kit, 1));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(amicus_ruling_items_count(kit.ruling), 0);
    CU_ASSERT_EQUAL(kit.ruling->outcome, OUTCOME_REQUEST_EVIDENCE);
    CU_ASSERT_EQUAL(kit.ruling->totals.held_minor, 0);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->missing_count, 2);
    CU_ASSERT_EQUAL(kit.ruling->missing[0].fact, FACT_NONE);
    kit.remedies[row].kind = KIND_ROOT;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.ruling->outcome, OUTCOME_RELEASE_FULL);
    kit_close(&kit);
}

static void an_outcome_that_rests_on_a_burden_says_so(void)
{
    start(ONE_ITEM);
    const uint32_t low = kit_issue(&kit, "low", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "a", low, SIDE_FOR, open_node());
    const uint32_t high = kit_issue(&kit, "high", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "b", high, SIDE_FOR, kit_issue_is(&kit, low, LABEL_REJECTED));
    const uint32_t firm = kit_issue(&kit, "firm", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "c", firm, SIDE_FOR, kit_is(&kit, "contract.written", NODE_NONE));
    const uint32_t row =
        kit_remedy(&kit, "r", OUTCOME_DISMISS, kit_issue_is(&kit, high, LABEL_UPHELD), NODE_NONE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_TRUE(item()->on_burden);
    kit.remedies[row].when = kit_issue_is(&kit, firm, LABEL_UPHELD);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_FALSE(item()->on_burden);
    CU_ASSERT_EQUAL(item()->rests_on.count, 1);
    kit_close(&kit);
}

/* An issue in conflict, and remedies for either label. */
static void decide_conflict(bool does_matter)
{
    start(ONE_ITEM);
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "a", issue, SIDE_FOR, yes());
    kit_rule(&kit, "b", issue, SIDE_AGAINST, yes());
    kit_remedy(&kit, "release", OUTCOME_RELEASE_FULL, kit_issue_is(&kit, issue, LABEL_UPHELD),
               kit_share(&kit, 10000));
    const enum outcome other = does_matter ? OUTCOME_DISMISS : OUTCOME_RELEASE_FULL;
    kit_remedy(&kit, "other", other, kit_issue_is(&kit, issue, LABEL_REJECTED),
               does_matter ? NODE_NONE : kit_share(&kit, 10000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
}

static void an_item_is_referred_only_if_a_conflict_matters_to_it(void)
{
    decide_conflict(true);
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_REFER);
    CU_ASSERT_EQUAL(kit.ruling->conflict_count, 1);
    kit_close(&kit);
    decide_conflict(false);
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_RELEASE_FULL);
    CU_ASSERT_EQUAL(kit.ruling->conflict_count, 1);
    kit_close(&kit);
}

/* An issue in conflict; upheld, the item would be released if the contract was kept. */
static void a_referral_has_read_what_the_other_label_would_look_at(void)
{
    start(ONE_ITEM);
    const uint32_t issue = kit_issue(&kit, "due", kit_kind(&kit, "item"), PROOF_BALANCE);
    kit_rule(&kit, "a", issue, SIDE_FOR, yes());
    kit_rule(&kit, "b", issue, SIDE_AGAINST, yes());
    const uint32_t both[] = {kit_issue_is(&kit, issue, LABEL_UPHELD),
                             kit_is(&kit, "contract.kept", NODE_NONE)};
    const uint32_t guard = kit_node(
        &kit,
        (struct node){.op = NODE_ALL, .type = TYPE_BOOL, .a = kit_args(&kit, both, 2), .b = 2});
    kit_remedy(&kit, "release", OUTCOME_RELEASE_FULL, guard, kit_share(&kit, 10000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const uint32_t kept = kit_fact(&kit, "contract.kept");
    bool is_read = false;
    for (uint32_t i = 0; i < kit.ruling->read_count; i++) {
        is_read |= kit.ruling->reads[i].fact == kept;
    }
    CU_ASSERT_TRUE(is_read);
    kit_close(&kit);
}

/* Two published texts: 10 or 20 days from the filing; as_of is 13 days after it. */
static void decide_readings(int64_t second)
{
    start(ONE_ITEM);
    kit.params[0] = (struct param_row){.name = kit_text(&kit, "answer"),
                                       .type = TYPE_INT,
                                       .anchor = ANCHOR_FILED,
                                       .version_count = 1};
    kit.versions[0] = (struct version_row){
        .from_s = INSTANT_MIN, .until_s = INSTANT_MAX, .seen_s = INSTANT_MIN, .reading_count = 2};
    kit.readings[0] = (struct reading_row){.n = 10, .source = kit_text(&kit, "S1")};
    kit.readings[1] = (struct reading_row){.n = second, .source = kit_text(&kit, "S2")};
    kit.book.image.param_count = 1;
    kit.book.image.version_count = 1;
    kit.book.image.reading_count = 2;
    const uint32_t days =
        kit_two(&kit, NODE_DAYS_BETWEEN, TYPE_INT, kit_read(&kit, "case.filed_at", NODE_NONE),
                kit_read(&kit, "case.as_of", NODE_NONE));
    const uint32_t answer =
        kit_node(&kit, (struct node){.op = NODE_PARAM, .type = TYPE_INT, .a = 0, .b = NODE_NONE});
    const uint32_t late = kit_two(&kit, NODE_MORE, TYPE_BOOL, days, answer);
    kit_remedy(&kit, "release", OUTCOME_RELEASE_FULL, late, kit_share(&kit, 10000));
    const uint32_t wait = kit_remedy(&kit, "wait", OUTCOME_NO_CHANGE, yes(), NODE_NONE);
    kit.indices[kit.remedies[0].first_beaten] = wait;
    kit.remedies[0].beaten_count = 1;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
}

static void texts_that_disagree_refer_what_they_decide_otherwise(void)
{
    decide_readings(20);
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_REFER);
    CU_ASSERT_EQUAL(item()->division.stays_held_minor, 10000);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->conflict_count, 1);
    CU_ASSERT_TRUE(text_is(kit.ruling->conflicts[0].because,
                           "Published texts disagree about answer: 10 (S1) or 20 (S2)."));
    kit_close(&kit);
}

static void texts_that_disagree_and_decide_the_same_refer_nothing(void)
{
    decide_readings(12);
    CU_ASSERT_EQUAL(item()->outcome, OUTCOME_RELEASE_FULL);
    CU_ASSERT_EQUAL(kit.ruling->conflict_count, 0);
    kit_close(&kit);
}

static void facts_that_cannot_change_anything_are_listed_last(void)
{
    start(ONE_ITEM);
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "a", issue, SIDE_FOR, open_node());
    const uint32_t idle = kit_issue(&kit, "idle", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "b", idle, SIDE_FOR, kit_is(&kit, "contract.oral", NODE_NONE));
    kit_remedy(&kit, "release", OUTCOME_RELEASE_FULL, kit_issue_is(&kit, issue, LABEL_UPHELD),
               kit_share(&kit, 10000));
    kit_remedy(&kit, "refund", OUTCOME_REFUND_FULL, kit_issue_is(&kit, issue, LABEL_REJECTED),
               kit_share(&kit, 2500));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL_FATAL(kit.ruling->missing_count, 2);
    CU_ASSERT_EQUAL(kit.ruling->missing[0].fact, kit_fact(&kit, "contract.kept"));
    CU_ASSERT_EQUAL(kit.ruling->missing[0].at_stake_minor, 7500);
    CU_ASSERT_EQUAL(kit.ruling->missing[1].fact, kit_fact(&kit, "contract.oral"));
    CU_ASSERT_FALSE(kit.ruling->missing[1].could_change);
    CU_ASSERT_TRUE(kit.ruling->missing[1].is_exact);
    kit_close(&kit);
}

static void facts_of_one_kind_that_matter_only_together_are_found(void)
{
    start(KIT_HEAD "milestones:\n"
                   "  - {id: M1, held: USD 100.00}\n"
                   "deliveries:\n"
                   "  - {id: D1, milestone: M1}\n"
                   "  - {id: D2, milestone: M1}\n");
    const uint32_t operands[] = {NODE_NONE, kit_is(&kit, "delivery.formal", kit_var(&kit, 1))};
    const uint32_t every = kit_list(&kit, NODE_EVERY, TYPE_BOOL, "deliveries", operands);
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "a", issue, SIDE_FOR, every);
    kit_remedy(&kit, "release", OUTCOME_RELEASE_FULL, kit_issue_is(&kit, issue, LABEL_UPHELD),
               kit_share(&kit, 10000));
    kit_remedy(&kit, "dismiss", OUTCOME_DISMISS, kit_issue_is(&kit, issue, LABEL_REJECTED),
               NODE_NONE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL_FATAL(kit.ruling->missing_count, 2);
    CU_ASSERT_TRUE(kit.ruling->missing[0].could_change);
    CU_ASSERT_TRUE(kit.ruling->missing[1].could_change);
    CU_ASSERT_TRUE(kit.ruling->work->is_decisive[item()->record]);
    kit_close(&kit);
}

static void a_decisive_unknown_can_be_asked_for_by_a_remedy(void)
{
    start(ONE_ITEM);
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "a", issue, SIDE_FOR, open_node());
    kit_remedy(&kit, "release", OUTCOME_RELEASE_FULL, kit_issue_is(&kit, issue, LABEL_UPHELD),
               kit_share(&kit, 10000));
    const uint32_t dismiss = kit_remedy(&kit, "dismiss", OUTCOME_DISMISS,
                                        kit_issue_is(&kit, issue, LABEL_REJECTED), NODE_NONE);
    const uint32_t ask = kit_remedy(&kit, "ask", OUTCOME_REQUEST_EVIDENCE,
                                    kit_is(&kit, "item.decisive", kit_var(&kit, 0)), NODE_NONE);
    kit.indices[kit.remedies[ask].first_beaten] = dismiss;
    kit.remedies[ask].beaten_count = 1;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(item()->remedy, ask);
    kit_close(&kit);
}

static void a_trial_without_a_change_decides_the_same_and_changes_nothing(void)
{
    decide_conflict(true);
    struct workspace again;
    struct trials trials = {.base = kit.ruling->work};
    const struct item_result before = *item();
    const size_t reads = kit.ruling->work->read_count;
    CU_ASSERT_EQUAL_FATAL(trial_run(&again, &trials, &(struct change){.patch_count = 0}),
                          AMICUS_OK);
    CU_ASSERT_EQUAL(again.read_count, 0);
    CU_ASSERT_EQUAL(again.results[0].taken, kit.ruling->issues[0].taken);
    CU_ASSERT_EQUAL(again.items[0].outcome, OUTCOME_DISMISS);
    CU_ASSERT_EQUAL(again.items[0].division.held_minor, before.division.held_minor);
    CU_ASSERT_EQUAL(kit.ruling->work->read_count, reads);
    CU_ASSERT_FALSE(item_differs(&before, item()));
    trials_close(&trials);
    kit_close(&kit);
}

static CU_TestInfo tests[] = {
    {"a share is cut to what is held and never negative",
     a_share_is_cut_to_what_is_held_and_never_negative},
    {"the fee comes off before the share", the_fee_comes_off_before_the_share},
    {"a fee above what is held takes all of it and no more",
     a_fee_above_what_is_held_takes_all_of_it_and_no_more},
    {"a remedy without a share leaves everything held",
     a_remedy_without_a_share_leaves_everything_held},
    {"a division that loses or makes money is not conserved",
     a_division_that_loses_or_makes_money_is_not_conserved},
    {"what is held and unknown is not divided, and asked for first",
     what_is_held_and_unknown_is_not_divided_and_asked_for_first},
    {"a remedy of a higher stratum outranks a lower one",
     a_remedy_of_a_higher_stratum_outranks_a_lower_one},
    {"a remedy that beats another is taken", a_remedy_that_beats_another_is_taken},
    {"remedies that differ are referred, with all of them shown",
     remedies_that_differ_are_referred_with_all_of_them_shown},
    {"remedies that say the same are one", remedies_that_say_the_same_are_one},
    {"without a true guard an open one asks for evidence",
     without_a_true_guard_an_open_one_asks_for_evidence},
    {"without any guard the policy has a gap", without_any_guard_the_policy_has_a_gap},
    {"a share that waits for facts asks for them", a_share_that_waits_for_facts_asks_for_them},
    {"items are decided each on its own", items_are_decided_each_on_its_own},
    {"a case without items is decided as one and asks for them",
     a_case_without_items_is_decided_as_one_and_asks_for_them},
    {"an outcome that rests on a burden says so", an_outcome_that_rests_on_a_burden_says_so},
    {"a referral has read what the other label would look at",
     a_referral_has_read_what_the_other_label_would_look_at},
    {"an item is referred only if a conflict matters to it",
     an_item_is_referred_only_if_a_conflict_matters_to_it},
    {"texts that disagree refer what they decide otherwise",
     texts_that_disagree_refer_what_they_decide_otherwise},
    {"texts that disagree and decide the same refer nothing",
     texts_that_disagree_and_decide_the_same_refer_nothing},
    {"facts that cannot change anything are listed last",
     facts_that_cannot_change_anything_are_listed_last},
    {"facts of one kind that matter only together are found",
     facts_of_one_kind_that_matter_only_together_are_found},
    {"a decisive unknown can be asked for by a remedy",
     a_decisive_unknown_can_be_asked_for_by_a_remedy},
    {"a trial without a change decides the same and changes nothing",
     a_trial_without_a_change_decides_the_same_and_changes_nothing},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("remedy", tests);
}

/*
 * What the procedure promises: who acts next, what silence does, and which flags are raised.
 */
#include "decide_kit.h"
#include "suite.h"

#include "date.h"

static struct kit kit;

static void start(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, KIT_HEAD "contract: {written: true}\n"
                                                 "milestones:\n"
                                                 "  - {id: M1, held: USD 100.00}\n"
                                                 "  - {id: M2, held: USD 50.00}\n"));
}

/* An instant so many days after the filing. */
static uint32_t due_after(int64_t days)
{
    const uint32_t filed = kit_read(&kit, "case.filed_at", NODE_NONE);
    return kit_two(&kit, NODE_ADD, TYPE_INSTANT, filed,
                   kit_const(&kit, TYPE_DURATION, days, DURATION_CALENDAR_DAYS));
}

static uint32_t words(const char *text)
{
    const uint32_t row = kit.book.image.template_count++;
    kit.templates[row] = (struct template_row){kit.book.image.piece_count, 1};
    kit.pieces[kit.book.image.piece_count++] =
        (struct piece){.words = kit_text(&kit, text), .node = NODE_NONE};
    return row;
}

static uint32_t next(enum party actor, const char *step, uint32_t due)
{
    const uint32_t row = kit.book.image.next_count++;
    kit.nexts[row] = (struct next_row){.actor = (uint8_t)actor, .step = words(step), .due = due};
    return row;
}

static uint32_t fallback(const char *id, enum outcome outcome, uint32_t when, uint32_t next_row)
{
    const uint32_t row = kit.book.image.fallback_count++;
    kit.fallbacks[row] = (struct fallback_row){.id = kit_text(&kit, id),
                                               .clause = kit_text(&kit, "X-1"),
                                               .kind = KIND_ROOT,
                                               .outcome = (uint8_t)outcome,
                                               .proof = PROOF_BALANCE,
                                               .when = when,
                                               .first_beaten = 60 + row * 2,
                                               .because = words("because of silence"),
                                               .next = next_row};
    return row;
}

static uint32_t yes(void)
{
    return kit_truth(&kit, true);
}

static void a_state_that_holds_names_the_next_step_and_what_silence_does(void)
{
    start();
    fallback("a", OUTCOME_REFUND_FULL, kit_truth(&kit, false), INDEX_NONE);
    fallback("b", OUTCOME_RELEASE_FULL, yes(), next(PARTY_RESPONDENT, "answer", due_after(5)));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(ruling_fill(kit.ruling), AMICUS_OK);
    const struct amicus_ruling *ruling = kit.ruling;
    CU_ASSERT_TRUE(ruling->if_nobody_acts.is_known);
    CU_ASSERT_EQUAL(ruling->if_nobody_acts.outcome, OUTCOME_RELEASE_FULL);
    CU_ASSERT_TRUE(text_is(ruling->if_nobody_acts.because, "because of silence"));
    CU_ASSERT_TRUE(text_is(ruling->if_nobody_acts.clause, "X-1"));
    CU_ASSERT_TRUE(ruling->next.is_known);
    CU_ASSERT_EQUAL(ruling->next.actor, PARTY_CLIENT);
    CU_ASSERT_TRUE(text_is(ruling->next.step, "answer"));
    CU_ASSERT_TRUE(ruling->next.has_due);
    CU_ASSERT_EQUAL(ruling->next.due_s, (int64_t)day_of(2025, 5, 25) * 86400);
    kit_close(&kit);
}

static void without_a_state_nothing_is_said(void)
{
    start();
    fallback("a", OUTCOME_REFUND_FULL, kit_is(&kit, "contract.kept", NODE_NONE), INDEX_NONE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_FALSE(kit.ruling->if_nobody_acts.is_known);
    CU_ASSERT_FALSE(kit.ruling->next.is_known);
    kit_close(&kit);
}

static void of_several_states_the_earliest_deadline_counts(void)
{
    start();
    fallback("a", OUTCOME_REFUND_FULL, yes(), INDEX_NONE);
    fallback("b", OUTCOME_SPLIT, yes(), next(PARTY_CLIENT, "late", due_after(9)));
    fallback("c", OUTCOME_RELEASE_FULL, yes(), next(PARTY_CLIENT, "soon", due_after(3)));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.ruling->if_nobody_acts.row, 2);
    kit_close(&kit);
}

static void a_state_that_is_beaten_does_not_count_whatever_its_deadline(void)
{
    start();
    const uint32_t a =
        fallback("a", OUTCOME_REFUND_FULL, yes(), next(PARTY_CLIENT, "soon", due_after(1)));
    const uint32_t b =
        fallback("b", OUTCOME_RELEASE_FULL, yes(), next(PARTY_CLIENT, "late", due_after(9)));
    kit.indices[kit.fallbacks[b].first_beaten] = a;
    kit.fallbacks[b].beaten_count = 1;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.ruling->if_nobody_acts.row, b);
    kit.fallbacks[b].when = kit_truth(&kit, false);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.ruling->if_nobody_acts.row, a);
    kit_close(&kit);
}

static void the_next_step_of_the_remedy_prevails_if_all_items_share_it(void)
{
    start();
    fallback("a", OUTCOME_REFUND_FULL, yes(), next(PARTY_CLIENT, "of the state", NODE_NONE));
    const uint32_t row = kit_remedy(&kit, "r", OUTCOME_MEDIATE, yes(), NODE_NONE);
    kit.remedies[row].next = next(PARTY_FILER, "of the remedy", NODE_NONE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(ruling_fill(kit.ruling), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(kit.ruling->next.step, "of the remedy"));
    CU_ASSERT_EQUAL(kit.ruling->next.actor, PARTY_FREELANCER);
    CU_ASSERT_FALSE(kit.ruling->next.has_due);
    const uint32_t held = kit_read(&kit, "item.held", kit_var(&kit, 0));
    const uint32_t other = kit_remedy(&kit, "s", OUTCOME_DISMISS, NODE_NONE, NODE_NONE);
    kit.remedies[other].when = kit_two(&kit, NODE_LESS, TYPE_BOOL, held, kit_share(&kit, 6000));
    kit.remedies[other].stratum = STRATUM_BAR;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(ruling_fill(kit.ruling), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(kit.ruling->next.step, "of the state"));
    kit_close(&kit);
}

static void a_flag_is_raised_for_each_record_of_which_it_is_true(void)
{
    start();
    const uint32_t held = kit_read(&kit, "item.held", kit_var(&kit, 0));
    kit.flags[0] =
        (struct flag_row){.code = kit_text(&kit, "large"),
                          .kind = kit_kind(&kit, "item"),
                          .proof = PROOF_BALANCE,
                          .when = kit_two(&kit, NODE_MORE, TYPE_BOOL, held, kit_share(&kit, 6000)),
                          .because = INDEX_NONE};
    kit.book.image.flag_count = 1;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL_FATAL(kit.ruling->flag_count, 1);
    CU_ASSERT_TRUE(text_is(kit.ruling->flags[0].code, "large"));
    CU_ASSERT_EQUAL(kit.subject->records[kit.ruling->flags[0].record].row, 0);
    CU_ASSERT_EQUAL(kit.ruling->flags[0].looks.count, 1);
    kit_close(&kit);
}

static void a_number_that_overflows_raises_a_flag_of_the_engine(void)
{
    start();
    const uint32_t most = kit_const(&kit, TYPE_INT, INT64_MAX, 0);
    const uint32_t sum = kit_two(&kit, NODE_ADD, TYPE_INT, most, most);
    kit_remedy(&kit, "r", OUTCOME_DISMISS, kit_two(&kit, NODE_LESS, TYPE_BOOL, most, sum),
               NODE_NONE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL_FATAL(kit.ruling->flag_count, 1);
    CU_ASSERT_TRUE(text_is(kit.ruling->flags[0].code, "number_overflow"));
    CU_ASSERT_EQUAL(kit.ruling->outcome, OUTCOME_REQUEST_EVIDENCE);
    kit_close(&kit);
}

static void a_parameter_used_before_it_was_seen_raises_a_flag_of_the_engine(void)
{
    start();
    kit.params[0] = (struct param_row){.name = kit_text(&kit, "answer"),
                                       .type = TYPE_INT,
                                       .anchor = ANCHOR_FILED,
                                       .version_count = 1};
    kit.versions[0] = (struct version_row){.from_s = INSTANT_MIN,
                                           .until_s = INSTANT_MAX,
                                           .seen_s = (int64_t)day_of(2025, 5, 21) * 86400,
                                           .reading_count = 1};
    kit.readings[0] = (struct reading_row){.n = 1};
    kit.book.image.param_count = 1;
    kit.book.image.version_count = 1;
    kit.book.image.reading_count = 1;
    const uint32_t answer =
        kit_node(&kit, (struct node){.op = NODE_PARAM, .type = TYPE_INT, .a = 0, .b = NODE_NONE});
    kit_remedy(&kit, "r", OUTCOME_DISMISS,
               kit_two(&kit, NODE_EQUAL, TYPE_BOOL, answer, kit_const(&kit, TYPE_INT, 1, 0)),
               NODE_NONE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit.ruling->outcome, OUTCOME_DISMISS);
    CU_ASSERT_EQUAL_FATAL(kit.ruling->flag_count, 1);
    CU_ASSERT_TRUE(text_is(kit.ruling->flags[0].code, "period_uncertain"));
    CU_ASSERT_TRUE(text_is(kit.ruling->flags[0].because,
                           "The value of answer was first seen in print on 2025-05-21 00:00 UTC, "
                           "later than the date for which it was used here."));
    kit_close(&kit);
}

static CU_TestInfo tests[] = {
    {"a state that holds names the next step and what silence does",
     a_state_that_holds_names_the_next_step_and_what_silence_does},
    {"without a state nothing is said", without_a_state_nothing_is_said},
    {"of several states the earliest deadline counts",
     of_several_states_the_earliest_deadline_counts},
    {"a state that is beaten does not count, whatever its deadline",
     a_state_that_is_beaten_does_not_count_whatever_its_deadline},
    {"the next step of the remedy prevails if all items share it",
     the_next_step_of_the_remedy_prevails_if_all_items_share_it},
    {"a flag is raised for each record of which it is true",
     a_flag_is_raised_for_each_record_of_which_it_is_true},
    {"a number that overflows raises a flag of the engine",
     a_number_that_overflows_raises_a_flag_of_the_engine},
    {"a parameter used before it was seen raises a flag of the engine",
     a_parameter_used_before_it_was_seen_raises_a_flag_of_the_engine},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("procedure", tests);
}

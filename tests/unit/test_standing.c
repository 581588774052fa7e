#include "small_vocabulary.h"
#include "suite.h"

#define ITEM "milestones: [{id: M1}]\n"
#define EVIDENCE                                                                                   \
    "evidence:\n"                                                                                  \
    "  - {id: E1, capture: original}\n"                                                            \
    "  - {id: E2, capture: screenshot, both_visible: true}\n"                                      \
    "  - {id: E3, capture: screenshot}\n"                                                          \
    "  - {id: E4, capture: original, authenticity: found_false}\n"                                 \
    "  - {id: E5, capture: retyped}\n"

/* Load a case with one delivery whose fact `formal` (helps freelancer) is written like this. */
static struct small formal(const char *value)
{
    char text[2000];
    (void)snprintf(text, sizeof text, "%s%s%sdeliveries:\n  - {id: D1, item: M1, formal: %s}\n",
                   SMALL_HEAD, ITEM, EVIDENCE, value);
    struct small small = small_load(text);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    return small;
}

/* Likewise with its fact `usable`, which needs a finding. */
static struct small usable(const char *value)
{
    char text[2000];
    (void)snprintf(text, sizeof text, "%s%s%sdeliveries:\n  - {id: D1, item: M1, usable: %s}\n",
                   SMALL_HEAD, ITEM, EVIDENCE, value);
    struct small small = small_load(text);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    return small;
}

static void check(struct small small, const char *fact, enum standing standing, int64_t value)
{
    const struct value *found = small_value(&small, "delivery", fact);
    CU_ASSERT_EQUAL(found->standing, standing);
    if (standing != STANDING_CONTESTED && standing != STANDING_UNKNOWN) {
        CU_ASSERT_EQUAL(found->as.n, value);
    }
    small_close(&small);
}

static void takes_a_plain_value_as_established(void)
{
    check(formal("true"), "formal", STANDING_ESTABLISHED, 1);
}

static void leaves_a_fact_unknown_of_which_somebody_knows_nothing(void)
{
    check(formal("{is: unknown, says: client}"), "formal", STANDING_UNKNOWN, 0);
}

static void lets_a_reviewer_beat_the_platform(void)
{
    check(formal("[{is: true, says: platform}, {is: false, says: reviewer}]"), "formal",
          STANDING_ESTABLISHED, 0);
}

static void lets_the_platform_beat_an_expert(void)
{
    check(formal("[{is: true, says: expert}, {is: false, says: platform}]"), "formal",
          STANDING_ESTABLISHED, 0);
}

static void lets_an_expert_beat_both_parties(void)
{
    check(formal("[{is: true, says: freelancer, cites: [E1]}, {is: true, says: client},"
                 " {is: false, says: expert}]"),
          "formal", STANDING_ESTABLISHED, 0);
}

static void leaves_two_experts_who_differ_contested(void)
{
    check(formal("[{is: true, says: expert}, {is: false, says: expert}]"), "formal",
          STANDING_CONTESTED, 0);
}

static void takes_what_both_parties_say_as_established(void)
{
    check(formal("[{is: true, says: client}, {is: true, says: freelancer}]"), "formal",
          STANDING_ESTABLISHED, 1);
}

static void takes_what_hurts_its_speaker_as_admitted(void)
{
    check(formal("{is: false, says: freelancer}"), "formal", STANDING_ESTABLISHED, 0);
    check(formal("{is: true, says: client}"), "formal", STANDING_ESTABLISHED, 1);
}

static void takes_what_helps_its_speaker_as_claimed(void)
{
    check(formal("{is: true, says: freelancer}"), "formal", STANDING_CLAIMED, 1);
}

static void takes_a_claim_with_evidence_as_supported(void)
{
    check(formal("{is: true, says: freelancer, cites: [E3]}"), "formal", STANDING_SUPPORTED, 1);
}

static void gives_no_support_by_evidence_that_was_found_false(void)
{
    check(formal("{is: true, says: freelancer, cites: [E4]}"), "formal", STANDING_CLAIMED, 1);
}

static void leaves_parties_who_differ_without_evidence_contested(void)
{
    check(formal("[{is: true, says: freelancer}, {is: false, says: client}]"), "formal",
          STANDING_CONTESTED, 0);
}

static void lets_the_better_evidence_settle_a_dispute(void)
{
    check(formal("[{is: true, says: freelancer, cites: [E1]},"
                 " {is: false, says: client, cites: [E2, E3]}]"),
          "formal", STANDING_SUPPORTED, 1);
    check(formal("[{is: true, says: freelancer, cites: [E5]},"
                 " {is: false, says: client, cites: [E3]}]"),
          "formal", STANDING_SUPPORTED, 0);
}

static void prefers_what_both_could_see_within_a_tier(void)
{
    check(formal("[{is: true, says: freelancer, cites: [E3]},"
                 " {is: false, says: client, cites: [E2]}]"),
          "formal", STANDING_SUPPORTED, 0);
}

static void does_not_let_equal_evidence_settle_a_dispute(void)
{
    check(formal("[{is: true, says: freelancer, cites: [E3]},"
                 " {is: false, says: client, cites: [E3]}]"),
          "formal", STANDING_CONTESTED, 0);
}

static void does_not_count_the_number_of_pieces(void)
{
    check(formal("[{is: true, says: freelancer, cites: [E2]},"
                 " {is: false, says: client, cites: [E2, E3, E5]}]"),
          "formal", STANDING_CONTESTED, 0);
}

static void keeps_the_loser_and_marks_it(void)
{
    struct small small = formal("[{is: true, says: freelancer, cites: [E1]},"
                                " {is: false, says: client, cites: [E2]}]");
    const struct slot *slot = small_slot(&small, "delivery", "formal");
    const struct statement *first = &small.subject->statements[slot->first_statement];
    CU_ASSERT_EQUAL_FATAL(slot->statement_count, 2);
    CU_ASSERT_EQUAL(first[0].says, PARTY_CLIENT);
    CU_ASSERT_FALSE(first[0].is_kept);
    CU_ASSERT_EQUAL(first[1].says, PARTY_FREELANCER);
    CU_ASSERT_TRUE(first[1].is_kept);
    CU_ASSERT_EQUAL_FATAL(slot->backing_count, 1);
    CU_ASSERT_TRUE(
        text_is(small.subject->records[small.subject->backing[slot->first_backing]].id, "E1"));
    small_close(&small);
}

static void gathers_the_backing_of_all_who_agree_once_and_in_order(void)
{
    struct small small = formal("[{is: true, says: freelancer, cites: [E3, E1, E4]},"
                                " {is: true, says: client, cites: [E1]}]");
    const struct slot *slot = small_slot(&small, "delivery", "formal");
    const uint32_t *backing = small.subject->backing + slot->first_backing;
    CU_ASSERT_EQUAL_FATAL(slot->backing_count, 2);
    CU_ASSERT_TRUE(text_is(small.subject->records[backing[0]].id, "E1"));
    CU_ASSERT_TRUE(text_is(small.subject->records[backing[1]].id, "E3"));
    small_close(&small);
}

static void gives_a_plain_value_no_backing(void)
{
    struct small small = formal("true");
    CU_ASSERT_EQUAL(small_slot(&small, "delivery", "formal")->backing_count, 0);
    small_close(&small);
}

static void keeps_a_party_s_word_on_a_finding_a_claim(void)
{
    check(usable("{is: true, says: freelancer, cites: [E1]}"), "usable", STANDING_CLAIMED, 1);
}

static void does_not_weigh_evidence_on_a_finding(void)
{
    check(usable("[{is: true, says: freelancer, cites: [E1]}, {is: false, says: client}]"),
          "usable", STANDING_CONTESTED, 0);
}

static void takes_a_finding_that_both_admit_or_one_admits(void)
{
    check(usable("[{is: true, says: freelancer}, {is: true, says: client}]"), "usable",
          STANDING_ESTABLISHED, 1);
    check(usable("{is: false, says: freelancer}"), "usable", STANDING_ESTABLISHED, 0);
}

static void takes_a_finding_of_a_reviewer_or_an_expert(void)
{
    check(usable("{is: true, says: reviewer}"), "usable", STANDING_ESTABLISHED, 1);
    check(usable("{is: true, says: expert}"), "usable", STANDING_ESTABLISHED, 1);
}

static void resolves_the_filer_before_it_sees_an_admission(void)
{
    /* work_shown helps the filer, here the freelancer. */
    struct small small = small_load("amicus: case/1\n"
                                    "case:\n"
                                    "  id: T-1\n"
                                    "  filed_by: freelancer\n"
                                    "  work_shown: {is: true, says: client}\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.work_shown")->standing, STANDING_ESTABLISHED);
    small_close(&small);
    small = small_load("amicus: case/1\n"
                       "case:\n"
                       "  id: T-1\n"
                       "  filed_by: client\n"
                       "  work_shown: {is: true, says: client}\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.work_shown")->standing, STANDING_CLAIMED);
    small_close(&small);
}

static void sees_no_admission_by_a_role_that_nobody_fills(void)
{
    struct small small = small_load("amicus: case/1\n"
                                    "case: {id: T-1, work_shown: {is: true, says: client}}\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.work_shown")->standing, STANDING_CLAIMED);
    small_close(&small);
}

static void weighs_evidence_of_who_filed_like_any_other(void)
{
    struct small small =
        small_load("amicus: case/1\n"
                   "case:\n"
                   "  id: T-1\n"
                   "  filed_by: {is: freelancer, says: freelancer, cites: [E4]}\n" EVIDENCE);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.filed_by")->standing, STANDING_CLAIMED);
    CU_ASSERT_EQUAL(small_slot(&small, "case", "case.filed_by")->backing_count, 0);
    small_close(&small);
    small = small_load("amicus: case/1\n"
                       "case:\n"
                       "  id: T-1\n"
                       "  filed_by:\n"
                       "    - {is: freelancer, says: freelancer, cites: [E1]}\n"
                       "    - {is: client, says: client, cites: [E5]}\n" EVIDENCE);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.filed_by")->standing, STANDING_SUPPORTED);
    CU_ASSERT_EQUAL(small_slot(&small, "case", "case.filed_by")->backing_count, 1);
    small_close(&small);
}

static void does_not_rank_a_piece_by_what_one_party_claims_of_it(void)
{
    struct small small =
        small_load(SMALL_HEAD "evidence:\n"
                              "  - {id: E1, capture: {is: original, says: client}}\n"
                              "  - {id: E2, capture: original}\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_TRUE(small.subject->evidence_tier[0] > small.subject->evidence_tier[1]);
    small_close(&small);
}

static void gives_absent_facts_their_standing_and_reason(void)
{
    struct small small =
        small_load(SMALL_HEAD "absent:\n  - {fact: contract.terms, reason: none}\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "contract.terms")->standing, STANDING_ABSENT);
    CU_ASSERT_TRUE(text_is(small_slot(&small, "case", "contract.terms")->absent_reason, "none"));
    CU_ASSERT_EQUAL(small_value(&small, "case", "contract.type")->standing, STANDING_UNKNOWN);
    small_close(&small);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"takes a plain value as established", takes_a_plain_value_as_established},
        {"leaves a fact unknown of which somebody knows nothing",
         leaves_a_fact_unknown_of_which_somebody_knows_nothing},
        {"lets a reviewer beat the platform", lets_a_reviewer_beat_the_platform},
        {"lets the platform beat an expert", lets_the_platform_beat_an_expert},
        {"lets an expert beat both parties", lets_an_expert_beat_both_parties},
        {"leaves two experts who differ contested", leaves_two_experts_who_differ_contested},
        {"takes what both parties say as established", takes_what_both_parties_say_as_established},
        {"takes what hurts its speaker as admitted", takes_what_hurts_its_speaker_as_admitted},
        {"takes what helps its speaker as claimed", takes_what_helps_its_speaker_as_claimed},
        {"takes a claim with evidence as supported", takes_a_claim_with_evidence_as_supported},
        {"gives no support by evidence that was found false",
         gives_no_support_by_evidence_that_was_found_false},
        {"leaves parties who differ without evidence contested",
         leaves_parties_who_differ_without_evidence_contested},
        {"lets the better evidence settle a dispute", lets_the_better_evidence_settle_a_dispute},
        {"prefers what both could see within a tier", prefers_what_both_could_see_within_a_tier},
        {"does not let equal evidence settle a dispute",
         does_not_let_equal_evidence_settle_a_dispute},
        {"does not count the number of pieces", does_not_count_the_number_of_pieces},
        {"keeps the loser and marks it", keeps_the_loser_and_marks_it},
        {"gathers the backing of all who agree once and in order",
         gathers_the_backing_of_all_who_agree_once_and_in_order},
        {"gives a plain value no backing", gives_a_plain_value_no_backing},
        {"keeps a party's word on a finding a claim", keeps_a_party_s_word_on_a_finding_a_claim},
        {"does not weigh evidence on a finding", does_not_weigh_evidence_on_a_finding},
        {"takes a finding that both admit or one admits",
         takes_a_finding_that_both_admit_or_one_admits},
        {"takes a finding of a reviewer or an expert", takes_a_finding_of_a_reviewer_or_an_expert},
        {"resolves the filer before it sees an admission",
         resolves_the_filer_before_it_sees_an_admission},
        {"sees no admission by a role that nobody fills",
         sees_no_admission_by_a_role_that_nobody_fills},
        {"weighs evidence of who filed like any other",
         weighs_evidence_of_who_filed_like_any_other},
        {"does not rank a piece by what one party claims of it",
         does_not_rank_a_piece_by_what_one_party_claims_of_it},
        {"gives absent facts their standing and reason",
         gives_absent_facts_their_standing_and_reason},
        CU_TEST_INFO_NULL,
    };
    return suite_run("standing", tests);
}

#include "case_twin.h"
#include "small_vocabulary.h"
#include "suite.h"

static const char BASE[] =
    SMALL_HEAD "contract: {type: fixed, formed_on: 2025-02-28, terms: \"what was agreed\"}\n"
               "milestones: [{id: M1, held: USD 50.00, title: code}]\n"
               "deliveries:\n"
               "  - {id: D1, item: M1, formal: [{is: true, says: freelancer, cites: [E1, E2]},\n"
               "     {is: false, says: client, cites: [E3]}]}\n"
               "evidence:\n"
               "  - {id: E1, capture: screenshot}\n"
               "  - {id: E2, capture: original}\n"
               "  - {id: E3, capture: retyped}\n";

/* Check that a twin of BASE says what another file says. */
static void check_twin(enum case_twin twin, int32_t days, const char *text)
{
    struct small small = small_load(BASE);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    struct amicus_case *made = NULL;
    CU_ASSERT_EQUAL_FATAL(case_twin_of(&made, small.subject, twin, days, small.list), AMICUS_OK);
    struct small other = small_load(text);
    CU_ASSERT_EQUAL_FATAL(other.status, AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(made->digest, other.subject->digest, DIGEST_BYTES), 0);
    case_close(made);
    small_close(&other);
    small_close(&small);
}

static void turns_evidence_and_citations_round(void)
{
    check_twin(TWIN_EVIDENCE_ORDER, 0,
               SMALL_HEAD
               "contract: {type: fixed, formed_on: 2025-02-28, terms: \"what was agreed\"}\n"
               "milestones: [{id: M1, held: USD 50.00, title: code}]\n"
               "deliveries:\n"
               "  - {id: D1, item: M1, formal: [{is: true, says: freelancer, cites: [E2, E1]},\n"
               "     {is: false, says: client, cites: [E3]}]}\n"
               "evidence:\n"
               "  - {id: E3, capture: retyped}\n"
               "  - {id: E2, capture: original}\n"
               "  - {id: E1, capture: screenshot}\n");
}

static void gives_texts_of_several_words_other_names(void)
{
    check_twin(TWIN_PARTY_NAMES, 0,
               SMALL_HEAD
               "contract: {type: fixed, formed_on: 2025-02-28,\n"
               "  terms: \"Somebody Else of Another Place, what was agreed\"}\n"
               "milestones: [{id: M1, held: USD 50.00, title: code}]\n"
               "deliveries:\n"
               "  - {id: D1, item: M1, formal: [{is: true, says: freelancer, cites: [E1, E2]},\n"
               "     {is: false, says: client, cites: [E3]}]}\n"
               "evidence:\n"
               "  - {id: E1, capture: screenshot}\n"
               "  - {id: E2, capture: original}\n"
               "  - {id: E3, capture: retyped}\n");
}

static void moves_every_instant_and_date(void)
{
    check_twin(TWIN_SHIFT_DATES, 7,
               "amicus: case/1\n"
               "case: {id: T-1, as_of: 2025-06-09T00:00:00Z, filed_by: freelancer}\n"
               "contract: {type: fixed, formed_on: 2025-03-07, terms: \"what was agreed\"}\n"
               "milestones: [{id: M1, held: USD 50.00, title: code}]\n"
               "deliveries:\n"
               "  - {id: D1, item: M1, formal: [{is: true, says: freelancer, cites: [E1, E2]},\n"
               "     {is: false, says: client, cites: [E3]}]}\n"
               "evidence:\n"
               "  - {id: E1, capture: screenshot}\n"
               "  - {id: E2, capture: original}\n"
               "  - {id: E3, capture: retyped}\n");
}

/* The real vocabulary has facts that no rule on the merits may read. */
static void sets_what_must_not_matter_in_a_worked_case(void)
{
    static char bytes[2][(size_t)1 << 18];
    static const char *const PATHS[] = {"rules/vocabulary.yaml",
                                        "cases/worked/non_payment/demo.yaml"};
    struct text texts[2];
    for (int i = 0; i < 2; i++) {
        FILE *file = fopen(PATHS[i], "rb");
        small_must(file != NULL, "open a file of the repository");
        texts[i] = (struct text){bytes[i], fread(bytes[i], 1, sizeof bytes[i], file)};
        (void)fclose(file);
    }
    struct small small = small_open();
    struct vocabulary *real = NULL;
    struct amicus_case *base = NULL;
    struct amicus_case *made = NULL;
    small_must(vocabulary_load(&real, "v", texts[0], small.list) == AMICUS_OK, "load it");
    small_must(case_load(&base, real, "c", texts[1], AMICUS_FORMAT_AUTO, small.list) == AMICUS_OK,
               "load a case");
    CU_ASSERT_EQUAL_FATAL(case_twin_of(&made, base, TWIN_IRRELEVANT_FACT, 0, small.list),
                          AMICUS_OK);
    uint32_t set = 0;
    for (uint32_t i = 0; i < real->fact_count; i++) {
        const struct fact *fact = &real->facts[i];
        if (fact->kind == KIND_ROOT && fact->no_merits) {
            CU_ASSERT_EQUAL(case_value(made, RECORD_ROOT, i)->standing, STANDING_ESTABLISHED);
            set++;
        } else if (fact->kind == KIND_ROOT && fact->derived == FACT_NONE) {
            CU_ASSERT_EQUAL(case_value(made, RECORD_ROOT, i)->standing,
                            case_value(base, RECORD_ROOT, i)->standing);
        }
    }
    CU_ASSERT_TRUE(set > 5);
    case_close(made);
    case_close(base);
    vocabulary_close(real);
    small_close(&small);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"turns evidence and citations round", turns_evidence_and_citations_round},
        {"gives texts of several words other names", gives_texts_of_several_words_other_names},
        {"moves every instant and date", moves_every_instant_and_date},
        {"sets what must not matter in a worked case", sets_what_must_not_matter_in_a_worked_case},
        CU_TEST_INFO_NULL,
    };
    return suite_run("case_twin", tests);
}

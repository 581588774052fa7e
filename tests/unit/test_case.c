#include "small_vocabulary.h"
#include "suite.h"

static const char FULL[] =
    "amicus: case/1\n"
    "case:\n"
    "  id: C-2025-0417\n"
    "  as_of: 2025-06-02T02:00:00+02:00\n"
    "  filed_by: freelancer\n"
    "  grounds: [quality, pay]\n"
    "contract: {type: fixed, formed_on: 2025-04-20, notice: 14 calendar_days, limit: 90,\n"
    "  rounds: -3, terms: no}\n"
    "milestones:\n"
    "  - {id: M1, held: USD 1200.00, amount: USD 1500.00, title: 010, share: 2500}\n"
    "  - {id: M2, title: 12:30}\n"
    "weeks:\n"
    "  - {id: W1, starts_on: 2025-05-05, held: USD 10}\n"
    "segments:\n"
    "  - {week: W1, idle: false}\n"
    "deliveries:\n"
    "  - {id: D1, item: M2, formal: true}\n";

static void check_fault(const char *text, const char *code, uint32_t line)
{
    struct small small = small_load(text);
    CU_ASSERT_EQUAL(small.status, AMICUS_INVALID);
    CU_ASSERT_PTR_NULL(small.subject);
    CU_ASSERT_TRUE(small_has(&small, code, line));
    if (!small_has(&small, code, line)) {
        (void)printf("  no %s at line %u of:\n%s", code, (unsigned)line, text);
    }
    small_close(&small);
}

static void check_good(const char *text)
{
    struct small small = small_load(text);
    CU_ASSERT_EQUAL(small.status, AMICUS_OK);
    for (size_t i = 0; i < amicus_diagnostics_count(small.list); i++) {
        (void)printf("  %s\n", amicus_diagnostics_find(small.list, i)->what);
    }
    small_close(&small);
}

static void reads_every_type(void)
{
    struct small small = small_load(FULL);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.as_of")->as.n, 1748822400);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.grounds")->as.n, 5);
    CU_ASSERT_EQUAL(small_value(&small, "case", "contract.formed_on")->as.n, 20198);
    CU_ASSERT_EQUAL(small_value(&small, "case", "contract.notice")->as.n, 14);
    CU_ASSERT_EQUAL(small_value(&small, "case", "contract.limit")->as.n, 90);
    CU_ASSERT_EQUAL(small_value(&small, "case", "contract.rounds")->as.n, -3);
    CU_ASSERT_EQUAL(small_value(&small, "milestone", "held")->as.n, 120000);
    CU_ASSERT_EQUAL(small_value(&small, "milestone", "share")->as.n, 2500);
    CU_ASSERT_EQUAL(small_value(&small, "segment", "idle")->as.n, 0);
    CU_ASSERT_TRUE(text_is(small.subject->id, "C-2025-0417"));
    small_close(&small);
}

static void takes_the_type_from_the_vocabulary_and_not_from_the_look(void)
{
    struct small small = small_load(FULL);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_TRUE(text_is(*small_value(&small, "case", "contract.terms")->as.text, "no"));
    CU_ASSERT_TRUE(text_is(*small_value(&small, "milestone", "title")->as.text, "010"));
    uint32_t fact = small_fact(&small, "milestone", "title");
    uint32_t second = case_find(small.subject, small.vocabulary->item_kind, text_of("M2"));
    CU_ASSERT_TRUE(text_is(*case_value(small.subject, second, fact)->as.text, "12:30"));
    small_close(&small);
}

static void lays_records_out_list_by_list(void)
{
    struct small small = small_load(FULL);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    const struct amicus_case *subject = small.subject;
    CU_ASSERT_EQUAL(subject->record_count, 6);
    uint32_t milestones = vocabulary_find_kind(small.vocabulary, text_of("milestones"));
    CU_ASSERT_EQUAL(subject->lists[milestones].first, 1);
    CU_ASSERT_EQUAL(subject->lists[milestones].count, 2);
    CU_ASSERT_EQUAL(subject->records[2].row, 1);
    for (uint32_t i = 1; i < subject->record_count; i++) {
        const struct record *before = &subject->records[i - 1];
        CU_ASSERT_EQUAL(subject->records[i].first_slot,
                        before->first_slot + small.vocabulary->kinds[before->kind].slot_count);
    }
    small_close(&small);
}

static void resolves_references_wherever_their_target_stands(void)
{
    struct small small = small_load(FULL);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    const struct value *item = small_value(&small, "delivery", "item");
    CU_ASSERT_TRUE(text_is(small.subject->records[item->as.n].id, "M2"));
    CU_ASSERT_EQUAL(case_find(small.subject, small.vocabulary->item_kind, text_of("W1")), 3);
    CU_ASSERT_EQUAL(case_find(small.subject, small.vocabulary->item_kind, text_of("D1")),
                    RECORD_NONE);
    small_close(&small);
}

static void closes_lists_that_are_recorded_filled_or_absent(void)
{
    struct small small = small_load(SMALL_HEAD "milestones: [{id: M1}]\n"
                                               "absent: [{fact: defects, reason: none seen}]\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    const struct case_list *lists = small.subject->lists;
    const struct vocabulary *vocabulary = small.vocabulary;
    CU_ASSERT_TRUE(lists[vocabulary_find_kind(vocabulary, text_of("segments"))].is_closed);
    CU_ASSERT_TRUE(lists[vocabulary_find_kind(vocabulary, text_of("milestones"))].is_closed);
    CU_ASSERT_TRUE(lists[vocabulary_find_kind(vocabulary, text_of("defects"))].is_closed);
    CU_ASSERT_FALSE(lists[vocabulary_find_kind(vocabulary, text_of("weeks"))].is_closed);
    small_close(&small);
}

static void takes_a_whole_record_or_section_as_absent_but_for_what_is_stated(void)
{
    struct small small =
        small_load(SMALL_HEAD "contract: {type: fixed}\n"
                              "milestones: [{id: M1, held: USD 5.00}]\n"
                              "absent:\n"
                              "  - {fact: contract, reason: nothing more}\n"
                              "  - {fact: milestones.M1, reason: no record}\n"
                              "  - {fact: milestones.M1.title, reason: unnamed}\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "contract.type")->standing, STANDING_ESTABLISHED);
    CU_ASSERT_EQUAL(small_value(&small, "case", "contract.terms")->standing, STANDING_ABSENT);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.grounds")->standing, STANDING_UNKNOWN);
    CU_ASSERT_EQUAL(small_value(&small, "milestone", "held")->standing, STANDING_ESTABLISHED);
    CU_ASSERT_EQUAL(small_value(&small, "milestone", "amount")->standing, STANDING_ABSENT);
    CU_ASSERT_TRUE(text_is(small_slot(&small, "milestone", "title")->absent_reason, "unnamed"));
    CU_ASSERT_TRUE(text_is(small_slot(&small, "milestone", "amount")->absent_reason, "no record"));
    small_close(&small);
}

static void lets_says_of_a_section_speak_for_its_plain_values(void)
{
    struct small small =
        small_load(SMALL_HEAD "milestones: [{id: M1}]\n"
                              "deliveries:\n"
                              "  - {says: reviewer, id: D1, item: M1, usable: true}\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    const struct slot *usable = small_slot(&small, "delivery", "usable");
    const struct slot *id = small_slot(&small, "delivery", "id");
    CU_ASSERT_EQUAL(small.subject->statements[usable->first_statement].says, PARTY_REVIEWER);
    CU_ASSERT_TRUE(small.subject->statements[usable->first_statement].is_plain);
    CU_ASSERT_EQUAL(small.subject->statements[id->first_statement].says, PARTY_PLATFORM);
    small_close(&small);
}

static void keeps_note_and_locator_of_a_statement(void)
{
    struct small small =
        small_load(SMALL_HEAD "contract:\n"
                              "  terms: {is: as agreed, says: client, note: by phone,\n"
                              "    cites: [{id: E1, locator: page 3}]}\n"
                              "evidence: [{id: E1}]\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    const struct slot *slot = small_slot(&small, "case", "contract.terms");
    const struct statement *statement = &small.subject->statements[slot->first_statement];
    CU_ASSERT_TRUE(text_is(statement->note, "by phone"));
    CU_ASSERT_EQUAL_FATAL(statement->cite_count, 1);
    CU_ASSERT_TRUE(text_is(small.subject->cite_locators[statement->first_cite], "page 3"));
    CU_ASSERT_EQUAL(statement->place.line, 4);
    small_close(&small);
}

static void tells_the_values_of_a_set_from_statements_about_it(void)
{
    struct small small = small_load("amicus: case/1\n"
                                    "case:\n"
                                    "  id: T-1\n"
                                    "  grounds: [{is: [pay], says: client},\n"
                                    "            {is: [pay, scope], says: freelancer}]\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(small_value(&small, "case", "case.grounds")->standing, STANDING_CONTESTED);
    small_close(&small);
    check_good("amicus: case/1\ncase: {id: T-1, grounds: []}\n");
    check_fault("amicus: case/1\ncase: {id: T-1, grounds: pay}\n", "C0138", 2);
    check_fault("amicus: case/1\ncase: {id: T-1, grounds: [pay, pay]}\n", "C0138", 2);
}

static void refuses_what_only_looks_like_a_boolean(void)
{
    check_fault(SMALL_HEAD "segments: [{idle: yes}]\n", "C0130", 3);
    check_fault(SMALL_HEAD "segments: [{idle: NO}]\n", "C0130", 3);
    check_fault(SMALL_HEAD "segments: [{idle: \"true\"}]\n", "C0130", 3);
    check_fault(SMALL_HEAD "segments: [{idle: 1}]\n", "C0130", 3);
}

static void refuses_what_only_looks_like_a_number(void)
{
    static const char *const BAD[] = {"010", "1_000", "1e3",   "0x10",  "+1",
                                      "1.0", "-",     "12:30", "\"1\"", "9223372036854775808",
                                      "- 1"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        char text[300];
        (void)snprintf(text, sizeof text, "%scontract: {rounds: %s}\n", SMALL_HEAD, BAD[i]);
        struct small small = small_load(text);
        CU_ASSERT_NOT_EQUAL(small.status, AMICUS_OK);
        small_close(&small);
    }
}

static void takes_the_least_and_the_greatest_number(void)
{
    check_good(SMALL_HEAD "contract: {rounds: -9223372036854775808}\n");
    check_good(SMALL_HEAD "contract: {rounds: 9223372036854775807}\n");
    check_fault(SMALL_HEAD "contract: {rounds: -9223372036854775809}\n", "C0131", 3);
}

static void keeps_shares_within_their_range(void)
{
    check_good(SMALL_HEAD "milestones: [{id: M1, share: 10000}]\n");
    check_fault(SMALL_HEAD "milestones: [{id: M1, share: 10001}]\n", "C0132", 3);
    check_fault(SMALL_HEAD "milestones: [{id: M1, share: -1}]\n", "C0132", 3);
    check_fault(SMALL_HEAD "contract: {limit: -1}\n", "C0133", 3);
}

static void refuses_dates_that_the_calendar_has_not(void)
{
    check_fault(SMALL_HEAD "contract: {formed_on: 2025-02-29}\n", "C0135", 3);
    check_fault("amicus: case/1\ncase: {id: T, as_of: 2025-06-02}\n", "C0134", 2);
    check_fault("amicus: case/1\ncase: {id: T, as_of: 2025-06-31T00:00:00Z}\n", "C0134", 2);
}

static void refuses_durations_without_a_unit(void)
{
    check_fault(SMALL_HEAD "contract: {notice: 14}\n", "C0136", 3);
    check_fault(SMALL_HEAD "contract: {notice: 14 days}\n", "C0136", 3);
    check_good(SMALL_HEAD "contract: {notice: 48 hours}\n");
}

static void refuses_amounts_without_a_currency_and_two_currencies(void)
{
    check_fault(SMALL_HEAD "milestones: [{id: M1, held: 12.00}]\n", "C0104", 3);
    check_fault(SMALL_HEAD "milestones: [{id: M1, held: USD 12.5}]\n", "C0104", 3);
    check_fault(SMALL_HEAD "milestones: [{id: M1, held: USD 1.00}, {id: M2, held: EUR 1.00}]\n",
                "C0170", 3);
}

static void refuses_ids_that_two_members_of_a_union_share(void)
{
    check_fault(SMALL_HEAD "milestones: [{id: A}]\nweeks: [{id: A}]\n", "C0127", 4);
    check_good(SMALL_HEAD "milestones: [{id: A}]\ndeliveries: [{id: A}]\n");
}

static void refuses_a_ref_to_another_kind(void)
{
    check_fault(SMALL_HEAD "milestones: [{id: M1}]\nsegments: [{week: M1}]\n", "C0140", 4);
}

static void refuses_a_platform_s_word_on_a_finding(void)
{
    check_fault(SMALL_HEAD "deliveries: [{id: D1, usable: true}]\n", "C0154", 3);
    check_fault(SMALL_HEAD "deliveries: [{id: D1, usable: {is: true, says: platform}}]\n", "C0154",
                3);
    check_good(SMALL_HEAD "evidence: [{id: E1, authenticity: genuine}]\n");
}

static void refuses_absences_that_contradict(void)
{
    check_fault(SMALL_HEAD "contract: {type: fixed}\n"
                           "absent: [{fact: contract.type, reason: none}]\n",
                "C0162", 4);
    check_fault(SMALL_HEAD "absent:\n"
                           "  - {fact: contract.type, reason: none}\n"
                           "  - {fact: contract.type, reason: none at all}\n",
                "C0162", 5);
    check_fault(SMALL_HEAD "absent: [{fact: milestones.M9.held, reason: none}]\n", "C0161", 3);
    check_fault(SMALL_HEAD "milestones: [{id: M1}]\n"
                           "absent: [{fact: milestones.M1.late, reason: none}]\n",
                "C0124", 4);
}

static void names_records_without_an_id_by_their_place(void)
{
    struct small small =
        small_load(SMALL_HEAD "defects: [{severity: minor}, {}]\n"
                              "absent: [{fact: \"defects[2].severity\", reason: x}]\n");
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    uint32_t kind = vocabulary_find_kind(small.vocabulary, text_of("defects"));
    uint32_t second = case_find(small.subject, kind, text_of("defects[2]"));
    CU_ASSERT_EQUAL_FATAL(second, small.subject->lists[kind].first + 1);
    CU_ASSERT_EQUAL(
        case_value(small.subject, second, small_fact(&small, "defect", "severity"))->standing,
        STANDING_ABSENT);
    small_close(&small);
}

static void reports_all_faults_of_a_file_at_once(void)
{
    struct small small = small_load("amicus: case/1\n"
                                    "case: {id: T-1, filed_bi: client}\n"
                                    "contrakt: {type: fixed}\n"
                                    "milestones:\n"
                                    "  - {id: M1, held: 12.00}\n"
                                    "  - {id: M1, amount: &x USD 1.00}\n");
    CU_ASSERT_EQUAL(small.status, AMICUS_INVALID);
    CU_ASSERT_TRUE(small_has(&small, "C0122", 2));
    CU_ASSERT_TRUE(small_has(&small, "C0121", 3));
    CU_ASSERT_TRUE(small_has(&small, "C0104", 5));
    CU_ASSERT_TRUE(small_has(&small, "C0127", 6));
    CU_ASSERT_TRUE(small_has(&small, "C0111", 6));
    CU_ASSERT_EQUAL(amicus_diagnostics_count(small.list), 5);
    small_close(&small);
}

/* A case that holds `count` numbered pieces between a head and a tail. */
static struct small load_many(const char *head, const char *before, const char *after,
                              unsigned count, const char *tail)
{
    char text[6000];
    size_t used = (size_t)snprintf(text, sizeof text, "%s", head);
    for (unsigned i = 0; i < count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%u%s", before, i, after);
    }
    (void)snprintf(text + used, sizeof text - used, "%s", tail);
    CU_ASSERT_FATAL(used + strlen(tail) < sizeof text);
    return small_load(text);
}

static void takes_sixteen_statements_of_a_fact_at_most(void)
{
    for (unsigned more = 0; more < 2; more++) {
        struct small small = load_many(SMALL_HEAD "contract:\n  type: [",
                                       "{is: fixed, says: expert, note: n", "},", 16 + more, "]\n");
        CU_ASSERT_EQUAL(small.status, more == 0 ? AMICUS_OK : AMICUS_INVALID);
        CU_ASSERT_EQUAL(small_has(&small, "C0157", 0), more == 1);
        small_close(&small);
    }
}

static void bounds_the_citations_of_a_statement(void)
{
    for (unsigned more = 0; more < 2; more++) {
        char head[3000] = SMALL_HEAD "evidence: [";
        for (unsigned i = 0; i < 66; i++) {
            size_t used = strlen(head);
            (void)snprintf(head + used, sizeof head - used, "{id: E%u},", i);
        }
        size_t used = strlen(head);
        (void)snprintf(head + used, sizeof head - used,
                       "]\ncontract: {type: {is: fixed, says: client, cites: [");
        struct small small = load_many(head, "E", ",", 64 + more, "]}}\n");
        CU_ASSERT_EQUAL(small.status, more == 0 ? AMICUS_OK : AMICUS_INVALID);
        CU_ASSERT_EQUAL(small_has(&small, "C0157", 0), more == 1);
        small_close(&small);
    }
}

static void counts_faults_beyond_those_that_are_shown(void)
{
    struct small small = load_many(SMALL_HEAD "contract: {", "x", ": 1,", 600, "}\n");
    CU_ASSERT_EQUAL(small.status, AMICUS_INVALID);
    CU_ASSERT_EQUAL(diagnostics_errors(small.list), 600);
    small_close(&small);
}

static void warns_of_more_held_than_agreed_and_goes_on(void)
{
    struct small small =
        small_load(SMALL_HEAD "milestones: [{id: M1, held: USD 2.00, amount: USD 1.00}]\n");
    CU_ASSERT_EQUAL(small.status, AMICUS_OK);
    CU_ASSERT_TRUE(small_has(&small, "C0172", 3));
    small_close(&small);
}

static void does_not_warn_of_as_much_held_as_agreed(void)
{
    struct small small =
        small_load(SMALL_HEAD "milestones: [{id: M1, held: USD 2.00, amount: USD 2.00}]\n");
    CU_ASSERT_EQUAL(small.status, AMICUS_OK);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(small.list), 0);
    small_close(&small);
}

static void takes_a_case_without_a_clock_but_not_without_an_id(void)
{
    check_good("amicus: case/1\ncase: {id: T-1}\n");
    check_fault("amicus: case/1\ncase: {filed_by: client}\n", "C0125", 0);
    check_fault("case: {id: T-1}\namicus: case/1\n", "C0120", 0);
}

static void gives_no_case_of_faulty_text(void)
{
    static const char *const BAD[] = {"", "[]", "x", "{", "amicus: case/1\n\tx: y\n", "---\n---\n"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        struct small small = small_load(BAD[i]);
        CU_ASSERT_NOT_EQUAL(small.status, AMICUS_OK);
        CU_ASSERT_PTR_NULL(small.subject);
        CU_ASSERT_TRUE(amicus_diagnostics_count(small.list) > 0);
        small_close(&small);
    }
}

static void has_a_page_for_every_code_in_order(void)
{
    for (size_t i = 0; i < facts_codes.count; i++) {
        const struct code_page *page = &facts_codes.pages[i];
        CU_ASSERT_EQUAL(strlen(page->code), 5);
        CU_ASSERT_TRUE(strlen(page->title) > 3 && strlen(page->explain) > 20);
        CU_ASSERT_TRUE(i == 0 || strcmp(facts_codes.pages[i - 1].code, page->code) < 0);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"reads every type", reads_every_type},
        {"takes the type from the vocabulary and not from the look",
         takes_the_type_from_the_vocabulary_and_not_from_the_look},
        {"lays records out list by list", lays_records_out_list_by_list},
        {"resolves references wherever their target stands",
         resolves_references_wherever_their_target_stands},
        {"closes lists that are recorded, filled or absent",
         closes_lists_that_are_recorded_filled_or_absent},
        {"takes a whole record or section as absent but for what is stated",
         takes_a_whole_record_or_section_as_absent_but_for_what_is_stated},
        {"lets says of a section speak for its plain values",
         lets_says_of_a_section_speak_for_its_plain_values},
        {"keeps note and locator of a statement", keeps_note_and_locator_of_a_statement},
        {"tells the values of a set from statements about it",
         tells_the_values_of_a_set_from_statements_about_it},
        {"refuses what only looks like a boolean", refuses_what_only_looks_like_a_boolean},
        {"refuses what only looks like a number", refuses_what_only_looks_like_a_number},
        {"takes the least and the greatest number", takes_the_least_and_the_greatest_number},
        {"keeps shares within their range", keeps_shares_within_their_range},
        {"refuses dates that the calendar has not", refuses_dates_that_the_calendar_has_not},
        {"refuses durations without a unit", refuses_durations_without_a_unit},
        {"refuses amounts without a currency and two currencies",
         refuses_amounts_without_a_currency_and_two_currencies},
        {"refuses ids that two members of a union share",
         refuses_ids_that_two_members_of_a_union_share},
        {"refuses a ref to another kind", refuses_a_ref_to_another_kind},
        {"refuses a platform's word on a finding", refuses_a_platform_s_word_on_a_finding},
        {"refuses absences that contradict", refuses_absences_that_contradict},
        {"names records without an id by their place", names_records_without_an_id_by_their_place},
        {"reports all faults of a file at once", reports_all_faults_of_a_file_at_once},
        {"takes sixteen statements of a fact at most", takes_sixteen_statements_of_a_fact_at_most},
        {"bounds the citations of a statement", bounds_the_citations_of_a_statement},
        {"counts faults beyond those that are shown", counts_faults_beyond_those_that_are_shown},
        {"warns of more held than agreed and goes on", warns_of_more_held_than_agreed_and_goes_on},
        {"does not warn of as much held as agreed", does_not_warn_of_as_much_held_as_agreed},
        {"takes a case without a clock but not without an id",
         takes_a_case_without_a_clock_but_not_without_an_id},
        {"gives no case of faulty text", gives_no_case_of_faulty_text},
        {"has a page for every code, in order", has_a_page_for_every_code_in_order},
        CU_TEST_INFO_NULL,
    };
    return suite_run("case", tests);
}

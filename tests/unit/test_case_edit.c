#include "case_edit.h"
#include "case_path.h"
#include "small_vocabulary.h"
#include "suite.h"

/* A case in the forms that people write: defaults of says:, wholes that are absent, a reference to
 * what may be edited. */
static const char BASE[] =
    SMALL_HEAD "contract: {type: fixed, terms: none}\n"
               "milestones:\n"
               "  - {id: M1, held: USD 50.00, amount: USD 50.00}\n"
               "  - {id: M2, held: USD 70.00}\n"
               "deliveries:\n"
               "  - {id: D1, item: M1, formal: {is: true, says: freelancer, cites: [E1]}}\n"
               "reviews:\n"
               "  - {id: R1, says: client, delivery: D1, action: reject}\n"
               "evidence:\n"
               "  - {id: E1, capture: original}\n"
               "  - {id: E2, capture: screenshot}\n"
               "absent:\n"
               "  - {fact: milestones.M2, reason: nothing else}\n"
               "  - {fact: contract, reason: not agreed}\n"
               "  - {fact: defects, reason: none seen}\n";

/* An edited case beside its base. */
struct edited {
    struct small small;
    struct amicus_case *made;
    amicus_status status;
};

static void end(struct edited *edited)
{
    case_close(edited->made);
    small_close(&edited->small);
}

/* Edit BASE by lines as they are typed; "unset:PATH", "without:ID" and "absent:PATH" too. */
static struct edited edit(const char *const *lines)
{
    struct edited edited = {.small = small_load(BASE)};
    struct case_edit edits[8];
    uint32_t count = 0;
    struct place place = {"lines", 1, 1};
    for (; lines[count] != NULL; count++) {
        struct case_edit *one = &edits[count];
        struct text rest;
        const char *colon = strchr(lines[count], ':');
        const char *equals = strchr(lines[count], '=');
        place.line = count + 1;
        if (equals != NULL && (colon == NULL || equals < colon)) {
            small_must(case_edit_read(one, edited.small.arena, text_of(lines[count]), place,
                                      edited.small.list) == AMICUS_OK,
                       "read an edit");
            continue;
        }
        rest = text_of(colon + 1);
        *one = (struct case_edit){.path = rest, .place = place, .reason = TEXT("gone")};
        one->kind = lines[count][0] == 'u'   ? CASE_EDIT_UNSET
                    : lines[count][0] == 'a' ? CASE_EDIT_ABSENT
                                             : CASE_EDIT_WITHOUT;
    }
    edited.status = case_edit(&edited.made, edited.small.subject, edits, count, edited.small.list);
    return edited;
}

/* Check that edits of BASE give the case of another file: same digest, same standings. */
static void check_as(const char *const *lines, const char *text)
{
    struct edited edited = edit(lines);
    CU_ASSERT_EQUAL(edited.status, AMICUS_OK);
    for (size_t i = 0; i < amicus_diagnostics_count(edited.small.list); i++) {
        (void)printf("  %s\n", amicus_diagnostics_find(edited.small.list, i)->what);
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(edited.made);
    struct small other = small_load(text);
    CU_ASSERT_EQUAL_FATAL(other.status, AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(edited.made->digest, other.subject->digest, DIGEST_BYTES), 0);
    CU_ASSERT_EQUAL_FATAL(edited.made->slot_count, other.subject->slot_count);
    for (uint32_t i = 0; i < other.subject->slot_count; i++) {
        CU_ASSERT_EQUAL(edited.made->values[i].standing, other.subject->values[i].standing);
    }
    small_close(&other);
    end(&edited);
}

static void check_fault(const char *line, const char *code, const char *mend)
{
    const char *const lines[] = {line, NULL};
    struct edited edited = edit(lines);
    CU_ASSERT_EQUAL(edited.status, AMICUS_INVALID);
    CU_ASSERT_PTR_NULL(edited.made);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_count(edited.small.list), 1);
    const amicus_diagnostic *fault = amicus_diagnostics_find(edited.small.list, 0);
    CU_ASSERT_STRING_EQUAL(fault->code, code);
    CU_ASSERT_STRING_EQUAL(fault->file, "lines");
    CU_ASSERT_PTR_NOT_NULL(strstr(fault->mend, mend));
    if (strcmp(fault->code, code) != 0 || strstr(fault->mend, mend) == NULL) {
        (void)printf("  %s: %s: %s. Mend: %s\n", line, fault->code, fault->what, fault->mend);
    }
    end(&edited);
}

/* The value of a path of an edited case. */
static const struct value *value_of(const struct edited *edited, const char *path)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(edited->made);
    struct case_target target = case_path_find(edited->made, text_of(path));
    CU_ASSERT_NOT_EQUAL_FATAL(target.record, RECORD_NONE);
    return case_value(edited->made, target.record, target.fact);
}

/* Check the standing that one edit gives. */
static void check_standing(const char *line, const char *path, enum standing standing)
{
    const char *const lines[] = {line, NULL};
    struct edited edited = edit(lines);
    CU_ASSERT_EQUAL_FATAL(edited.status, AMICUS_OK);
    CU_ASSERT_EQUAL(value_of(&edited, path)->standing, standing);
    end(&edited);
}

#define TAIL                                                                                       \
    "evidence:\n"                                                                                  \
    "  - {id: E1, capture: original}\n"                                                            \
    "  - {id: E2, capture: screenshot}\n"                                                          \
    "absent:\n"                                                                                    \
    "  - {fact: milestones.M2, reason: nothing else}\n"                                            \
    "  - {fact: contract, reason: not agreed}\n"                                                   \
    "  - {fact: defects, reason: none seen}\n"

static void gives_the_same_case_without_edits(void)
{
    const char *const lines[] = {NULL};
    check_as(lines, BASE);
}

static void sets_values_as_a_file_would_that_says_so(void)
{
    const char *const lines[] = {
        "contract.rounds=3", "milestones.M2.held=USD 80.00", "deliveries.D1.usable=true",
        "reviews.R1.action={is: approve, says: client, cites: [E2]}", NULL};
    check_as(lines, SMALL_HEAD
             "contract: {type: fixed, terms: none, rounds: 3}\n"
             "milestones:\n"
             "  - {id: M1, held: USD 50.00, amount: USD 50.00}\n"
             "  - {id: M2, held: USD 80.00}\n"
             "deliveries:\n"
             "  - {id: D1, item: M1, formal: {is: true, says: freelancer, cites: [E1]},\n"
             "     usable: {is: true, says: reviewer}}\n"
             "reviews:\n"
             "  - {id: R1, says: client, delivery: D1, action: {is: approve, says: client,\n"
             "     cites: [E2]}}\n" TAIL);
}

static void adds_a_record_by_setting_its_facts(void)
{
    const char *const lines[] = {"deliveries.D2.item=M2",    "deliveries.D2.formal=true",
                                 "defects[1].item=M1",       "defects[1].severity=major",
                                 "reviews.R2.action=absent", NULL};
    struct edited edited = edit(lines);
    CU_ASSERT_EQUAL_FATAL(edited.status, AMICUS_OK);
    CU_ASSERT_EQUAL(value_of(&edited, "deliveries.D2.formal")->as.n, 1);
    CU_ASSERT_EQUAL(value_of(&edited, "defects[1].severity")->as.n, 1);
    CU_ASSERT_EQUAL(value_of(&edited, "reviews.R2.action")->standing, STANDING_ABSENT);
    end(&edited);
}

static void makes_a_fact_unknown_also_under_an_absence_of_the_whole(void)
{
    const char *const lines[] = {"unset:milestones.M2.share", "unset:contract.notice",
                                 "unset:milestones.M1.amount", NULL};
    check_as(lines, SMALL_HEAD
             "contract: {type: fixed, terms: none}\n"
             "milestones:\n"
             "  - {id: M1, held: USD 50.00}\n"
             "  - {id: M2, held: USD 70.00}\n"
             "deliveries:\n"
             "  - {id: D1, item: M1, formal: {is: true, says: freelancer, cites: [E1]}}\n"
             "reviews:\n"
             "  - {id: R1, says: client, delivery: D1, action: reject}\n"
             "evidence:\n"
             "  - {id: E1, capture: original}\n"
             "  - {id: E2, capture: screenshot}\n"
             "absent:\n"
             "  - {fact: milestones.M2.amount, reason: nothing else}\n"
             "  - {fact: milestones.M2.title, reason: nothing else}\n"
             "  - {fact: contract.formed_on, reason: not agreed}\n"
             "  - {fact: contract.limit, reason: not agreed}\n"
             "  - {fact: contract.rounds, reason: not agreed}\n"
             "  - {fact: defects, reason: none seen}\n");
}

static void makes_a_whole_unknown(void)
{
    const char *const lines[] = {"unset:contract", "unset:defects", "unset:reviews.R1",
                                 "unset:milestones.M2", NULL};
    check_as(lines, SMALL_HEAD
             "milestones:\n"
             "  - {id: M1, held: USD 50.00, amount: USD 50.00}\n"
             "deliveries:\n"
             "  - {id: D1, item: M1, formal: {is: true, says: freelancer, cites: [E1]}}\n"
             "evidence:\n"
             "  - {id: E1, capture: original}\n"
             "  - {id: E2, capture: screenshot}\n");
}

static void makes_facts_and_wholes_absent(void)
{
    const char *const lines[] = {"absent:D1.formal", "absent:M1.title", "absent:segments", NULL};
    check_as(lines, SMALL_HEAD "contract: {type: fixed, terms: none}\n"
                               "milestones:\n"
                               "  - {id: M1, held: USD 50.00, amount: USD 50.00}\n"
                               "  - {id: M2, held: USD 70.00}\n"
                               "deliveries:\n"
                               "  - {id: D1, item: M1}\n"
                               "reviews:\n"
                               "  - {id: R1, says: client, delivery: D1, action: reject}\n" TAIL
                               "  - {fact: deliveries.D1.formal, reason: gone}\n"
                               "  - {fact: milestones.M1.title, reason: gone}\n"
                               "  - {fact: segments, reason: gone}\n");
}

static void leaves_evidence_out_and_weighs_again_what_rested_on_it(void)
{
    const char *const lines[] = {"without:E1", NULL};
    check_as(lines, SMALL_HEAD "contract: {type: fixed, terms: none}\n"
                               "milestones:\n"
                               "  - {id: M1, held: USD 50.00, amount: USD 50.00}\n"
                               "  - {id: M2, held: USD 70.00}\n"
                               "deliveries:\n"
                               "  - {id: D1, item: M1, formal: {is: true, says: freelancer}}\n"
                               "reviews:\n"
                               "  - {id: R1, says: client, delivery: D1, action: reject}\n"
                               "evidence:\n"
                               "  - {id: E2, capture: screenshot}\n"
                               "absent:\n"
                               "  - {fact: milestones.M2, reason: nothing else}\n"
                               "  - {fact: contract, reason: not agreed}\n"
                               "  - {fact: defects, reason: none seen}\n");
    check_standing("without:E1", "deliveries.D1.formal", STANDING_CLAIMED);
}

static void gives_a_value_the_standing_that_is_asked(void)
{
    check_standing("D1.formal=false", "deliveries.D1.formal", STANDING_ESTABLISHED);
    check_standing("D1.formal=true@supported", "deliveries.D1.formal", STANDING_SUPPORTED);
    check_standing("D1.formal=true@claimed", "deliveries.D1.formal", STANDING_CLAIMED);
    check_standing("D1.formal=true@contested", "deliveries.D1.formal", STANDING_CONTESTED);
    check_standing("M1.held=USD 0.00@contested", "milestones.M1.held", STANDING_CONTESTED);
    check_standing("usable=true", "deliveries.D1.usable", STANDING_ESTABLISHED);
    check_standing("usable=true@claimed", "deliveries.D1.usable", STANDING_CLAIMED);
    check_standing("case.work_shown=true@claimed", "case.work_shown", STANDING_CLAIMED);
    check_standing("R1.action=unknown", "reviews.R1.action", STANDING_UNKNOWN);
    check_standing("R1.action=absent", "reviews.R1.action", STANDING_ABSENT);
    check_standing("R1.action={absent: \"none came\"}", "reviews.R1.action", STANDING_ABSENT);
}

static void refuses_a_standing_that_the_facts_do_not_give(void)
{
    check_fault("D1.usable=true@supported", "C0182", "write the statements");
    check_fault("D1.item=M1@contested", "C0182", "write both");
}

static void names_the_nearest_path(void)
{
    check_fault("deliveries.D1.frmal=true", "C0180", "write 'deliveries.D1.formal'");
    check_fault("milestones.M3.titel=x", "C0180", "write 'milestones.M1.titel'");
    check_fault("D1.frmal=true", "C0180", "write 'deliveries.D1.formal'");
    check_fault("contract.tipe=fixed", "C0180", "write 'contract.type'");
    check_fault("unset:reveiws.R1", "C0180", "write 'reviews.R1'");
    check_fault("without:E9", "C0180", "write 'E1'");
}

static void wants_enough_of_a_path(void)
{
    check_fault("held=USD 1.00", "C0181", "write one of milestones.M1.held, milestones.M2.held");
}

static void refuses_what_cannot_be_edited(void)
{
    check_fault("milestones.M1.late=3", "C0124", "computed");
    check_fault("due.review=2025-01-01T00:00:00Z", "C0124", "computed");
    check_fault("M1=3", "C0180", "");
    check_fault("contract=3", "C0180", "");
    check_fault("D1.formal=perhaps", "C0130", "true or false");
    check_fault("R1.action=[{is: approve, says: nobody}]", "C0152", "client");
    check_fault("D1.formal={is: true, says: client, cites: [E7]}", "C0155", "E1");
}

static void refuses_two_edits_of_one_fact_and_of_what_is_left_out(void)
{
    const char *const twice[] = {"M1.held=USD 1.00", "unset:milestones.M1.held", NULL};
    struct edited edited = edit(twice);
    CU_ASSERT_EQUAL(edited.status, AMICUS_INVALID);
    CU_ASSERT_TRUE(small_has(&edited.small, "C0184", 2));
    end(&edited);
    const char *const gone[] = {"without:E1", "evidence.E1.capture=retyped", NULL};
    edited = edit(gone);
    CU_ASSERT_EQUAL(edited.status, AMICUS_INVALID);
    CU_ASSERT_TRUE(small_has(&edited.small, "C0184", 2));
    end(&edited);
}

static void reports_all_faults_at_once(void)
{
    const char *const lines[] = {"D1.frmal=true", "held=USD 1.00", "R1.action=aprove", "without:E9",
                                 NULL};
    struct edited edited = edit(lines);
    CU_ASSERT_EQUAL(edited.status, AMICUS_INVALID);
    CU_ASSERT_TRUE(small_has(&edited.small, "C0180", 1));
    CU_ASSERT_TRUE(small_has(&edited.small, "C0181", 2));
    CU_ASSERT_TRUE(small_has(&edited.small, "C0137", 3));
    CU_ASSERT_TRUE(small_has(&edited.small, "C0180", 4));
    end(&edited);
}

static void refuses_what_is_typed_wrongly(void)
{
    static const char *const TYPED[] = {
        "", "=", "held", "held=", "=true", "a={is: ", "a=[x, y", "a={&x y: z}"};
    struct small small = small_open();
    struct place place = {"--set", 0, 0};
    for (size_t i = 0; i < sizeof TYPED / sizeof TYPED[0]; i++) {
        struct case_edit one;
        CU_ASSERT_EQUAL(case_edit_read(&one, small.arena, text_of(TYPED[i]), place, small.list),
                        AMICUS_INVALID);
    }
    CU_ASSERT_TRUE(small_has(&small, "C0183", 0));
    small_close(&small);
}

static void keeps_only_some_facts_and_what_they_stand_on(void)
{
    struct small small = small_load(BASE);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    struct case_target formal = case_path_find(small.subject, text_of("deliveries.D1.formal"));
    struct case_target share = case_path_find(small.subject, text_of("milestones.M2.share"));
    const struct case_cell cells[] = {{formal.record, formal.fact}, {share.record, share.fact}};
    struct amicus_case *made = NULL;
    CU_ASSERT_EQUAL_FATAL(case_keep(&made, small.subject, cells, 2, small.list), AMICUS_OK);
    struct small other =
        small_load("amicus: case/1\n"
                   "case: {id: T-1}\n"
                   "milestones: [{id: M1}, {id: M2}]\n"
                   "deliveries:\n"
                   "  - {id: D1, item: M1, formal: {is: true, says: freelancer, cites: [E1]}}\n"
                   "reviews: [{id: R1, delivery: {is: D1, says: client}}]\n"
                   "evidence: [{id: E1, capture: original}, {id: E2}]\n"
                   "absent:\n"
                   "  - {fact: milestones.M2.share, reason: nothing else}\n"
                   "  - {fact: defects, reason: none seen}\n");
    CU_ASSERT_EQUAL_FATAL(other.status, AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(made->digest, other.subject->digest, DIGEST_BYTES), 0);
    CU_ASSERT_EQUAL(case_value(made, formal.record, formal.fact)->standing, STANDING_SUPPORTED);
    case_close(made);
    small_close(&other);
    small_close(&small);
}

static void edits_an_edited_case(void)
{
    const char *const lines[] = {"deliveries.D2.item=M2", NULL};
    struct edited edited = edit(lines);
    CU_ASSERT_EQUAL_FATAL(edited.status, AMICUS_OK);
    struct case_edit again = {.kind = CASE_EDIT_UNSET, .path = TEXT("deliveries.D2")};
    struct amicus_case *back = NULL;
    CU_ASSERT_EQUAL_FATAL(case_edit(&back, edited.made, &again, 1, edited.small.list), AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(back->digest, edited.small.subject->digest, DIGEST_BYTES), 0);
    case_close(back);
    end(&edited);
}

/* Make one fact of BASE unknown: it is, and every other fact that is no evidence is as before. */
static void check_unset(struct small *small, uint32_t record, uint32_t fact)
{
    struct builder builder;
    struct text path;
    builder_start(&builder, small->arena);
    case_write_path(&builder, small->subject, record, fact);
    small_must(builder_end(&path, &builder) == AMICUS_OK, "write a path");
    struct case_edit one = {.kind = CASE_EDIT_UNSET, .path = path};
    struct amicus_case *made = NULL;
    CU_ASSERT_EQUAL_FATAL(case_edit(&made, small->subject, &one, 1, small->list), AMICUS_OK);
    CU_ASSERT_EQUAL(case_value(made, record, fact)->standing, STANDING_UNKNOWN);
    bool ranks = small->subject->records[record].kind == small->vocabulary->evidence_kind;
    for (uint32_t i = 0; i < made->slot_count && !ranks; i++) {
        if (i != case_slot(made, record, fact)) {
            CU_ASSERT_EQUAL(made->values[i].standing, small->subject->values[i].standing);
        }
    }
    case_close(made);
}

static void makes_any_fact_unknown_and_no_other(void)
{
    struct small small = small_load(BASE);
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    for (uint32_t i = 0; i < small.subject->record_count; i++) {
        struct fact_list stored =
            vocabulary_stored(small.vocabulary, small.subject->records[i].kind);
        for (uint32_t j = 0; j < stored.count; j++) {
            if (!small.vocabulary->facts[stored.facts[j]].is_id) {
                check_unset(&small, i, stored.facts[j]);
            }
        }
    }
    small_close(&small);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"gives the same case without edits", gives_the_same_case_without_edits},
        {"sets values as a file would that says so", sets_values_as_a_file_would_that_says_so},
        {"adds a record by setting its facts", adds_a_record_by_setting_its_facts},
        {"makes a fact unknown also under an absence of the whole",
         makes_a_fact_unknown_also_under_an_absence_of_the_whole},
        {"makes a whole unknown", makes_a_whole_unknown},
        {"makes facts and wholes absent", makes_facts_and_wholes_absent},
        {"leaves evidence out and weighs again what rested on it",
         leaves_evidence_out_and_weighs_again_what_rested_on_it},
        {"gives a value the standing that is asked", gives_a_value_the_standing_that_is_asked},
        {"refuses a standing that the facts do not give",
         refuses_a_standing_that_the_facts_do_not_give},
        {"names the nearest path", names_the_nearest_path},
        {"wants enough of a path", wants_enough_of_a_path},
        {"refuses what cannot be edited", refuses_what_cannot_be_edited},
        {"refuses two edits of one fact and of what is left out",
         refuses_two_edits_of_one_fact_and_of_what_is_left_out},
        {"reports all faults at once", reports_all_faults_at_once},
        {"refuses what is typed wrongly", refuses_what_is_typed_wrongly},
        {"keeps only some facts and what they stand on",
         keeps_only_some_facts_and_what_they_stand_on},
        {"edits an edited case", edits_an_edited_case},
        {"makes any fact unknown and no other", makes_any_fact_unknown_and_no_other},
        CU_TEST_INFO_NULL,
    };
    return suite_run("case_edit", tests);
}

#include "small_vocabulary.h"
#include "suite.h"

static const char FULL[] =
    "amicus: case/1\n"
    "case:\n"
    "  id: up/2025:17\n"
    "  as_of: 2025-06-02T02:00:00+02:00\n"
    "  filed_by: freelancer\n"
    "  grounds: [quality, pay]\n"
    "  work_shown: {is: unknown, says: client}\n"
    "contract:\n"
    "  formed_on: 2025-04-20\n"
    "  rounds: -3\n"
    "  notice: 5 business_days\n"
    "  terms: \"a: \\\"b\\\" # c\\n\\ttwo\\u2028three\"\n"
    "milestones:\n"
    "  - {id: M1, title: 'no', held: USD 12, share: 2500}\n"
    "weeks:\n"
    "  - id: W1\n"
    "segments:\n"
    "  - {week: W1, idle: {is: true, says: platform}}\n"
    "  - {}\n"
    "deliveries:\n"
    "  - {id: D1, item: M1, says: reviewer, usable: true,\n"
    "     formal: [{is: true, says: freelancer, cites: [{id: E1, locator: p. 3}, E2], note: n},\n"
    "              {is: false, says: client}]}\n"
    "evidence: [{id: E1, capture: original}, {id: E2}]\n"
    "absent:\n"
    "  - {fact: defects, reason: none seen}\n"
    "  - {fact: weeks.W1, reason: not recorded}\n"
    "  - {fact: \"segments[2].idle\", reason: x}\n"
    "  - {fact: contract.limit, reason: y}\n";

static const char CANONICAL[] =
    "{\"absent\":["
    "{\"fact\":\"contract.limit\",\"reason\":\"y\"},"
    "{\"fact\":\"defects\",\"reason\":\"none seen\"},"
    "{\"fact\":\"weeks.W1\",\"reason\":\"not recorded\"},"
    "{\"fact\":\"segments[2].idle\",\"reason\":\"x\"}],"
    "\"amicus\":\"case/1\","
    "\"case\":{\"as_of\":\"2025-06-02T00:00:00Z\",\"filed_by\":\"freelancer\","
    "\"grounds\":[\"pay\",\"quality\"],\"id\":\"up/2025:17\"},"
    "\"contract\":{\"formed_on\":\"2025-04-20\",\"notice\":\"5 business_days\",\"rounds\":-3,"
    "\"terms\":\"a: \\\"b\\\" # c\\n\\ttwo\xE2\x80\xA8three\"},"
    "\"deliveries\":[{\"formal\":[{\"is\":false,\"says\":\"client\"},"
    "{\"cites\":[{\"id\":\"E1\",\"locator\":\"p. 3\"},\"E2\"],\"is\":true,\"note\":\"n\","
    "\"says\":\"freelancer\"}],\"id\":\"D1\",\"item\":{\"is\":\"M1\",\"says\":\"reviewer\"},"
    "\"usable\":{\"is\":true,\"says\":\"reviewer\"}}],"
    "\"evidence\":[{\"capture\":\"original\",\"id\":\"E1\"},{\"id\":\"E2\"}],"
    "\"milestones\":[{\"held\":\"USD 12.00\",\"id\":\"M1\",\"share\":2500,\"title\":\"no\"}],"
    "\"segments\":[{\"idle\":true,\"week\":\"W1\"},{}],"
    "\"weeks\":[{\"id\":\"W1\"}]}";

static struct text written(struct small *small, bool is_yaml)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, small->arena);
    if (is_yaml) {
        case_write_yaml(&builder, small->subject);
    } else {
        case_write_json(&builder, small->subject);
    }
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    return text;
}

static struct small loaded(const char *text)
{
    struct small small = small_load(text);
    for (size_t i = 0; i < amicus_diagnostics_count(small.list); i++) {
        const amicus_diagnostic *row = amicus_diagnostics_find(small.list, i);
        (void)printf("  %u:%u %s %s\n", (unsigned)row->line, (unsigned)row->column, row->code,
                     row->what);
    }
    CU_ASSERT_EQUAL_FATAL(small.status, AMICUS_OK);
    return small;
}

static bool has_same_digest(const char *one, const char *other)
{
    struct small a = loaded(one);
    struct small b = loaded(other);
    bool is_same = memcmp(a.subject->digest, b.subject->digest, DIGEST_BYTES) == 0;
    small_close(&a);
    small_close(&b);
    return is_same;
}

static void writes_one_canonical_form(void)
{
    struct small small = loaded(FULL);
    CU_ASSERT_STRING_EQUAL(written(&small, false).at, CANONICAL);
    small_close(&small);
}

static void reads_its_json_back_to_the_same_digest(void)
{
    CU_ASSERT_TRUE(has_same_digest(FULL, CANONICAL));
}

static void reads_its_yaml_back_to_the_same_digest(void)
{
    struct small small = loaded(FULL);
    CU_ASSERT_TRUE(has_same_digest(FULL, written(&small, true).at));
    small_close(&small);
}

static void writes_tidy_yaml_again_as_it_is(void)
{
    struct small one = loaded(FULL);
    struct small two = loaded(written(&one, true).at);
    CU_ASSERT_STRING_EQUAL(written(&one, true).at, written(&two, true).at);
    small_close(&one);
    small_close(&two);
}

static void gives_one_digest_to_what_is_said_in_two_ways(void)
{
    static const char *const PAIRS[][2] = {
        {"contract: {type: fixed, rounds: 2}\n", "contract: {rounds: 2, type: fixed}\n"},
        {"contract: {type: fixed}\n", "contract: {type: {is: fixed, says: platform}}\n"},
        {"contract: {type: fixed}\n", "contract: {type: [{is: fixed, says: platform}]}\n"},
        {"contract: {says: client, type: fixed}\n",
         "contract: {type: {is: fixed, says: client}}\n"},
        {"contract: {terms: a}\n", "contract: {terms: \"a\"}\n"},
        {"milestones: [{id: M1, held: USD 12}]\n", "milestones:\n- held: USD 12.00\n  id: M1\n"},
        {"contract: {type: {is: unknown, says: client}}\n", "contract: {}\n"},
        {"contract: {type: [{is: fixed, says: client}, {is: hourly, says: freelancer}]}\n",
         "contract: {type: [{is: hourly, says: freelancer}, {is: fixed, says: client}]}\n"},
    };
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        char one[400];
        char other[400];
        (void)snprintf(one, sizeof one, "%s%s", SMALL_HEAD, PAIRS[i][0]);
        (void)snprintf(other, sizeof other, "%s%s", SMALL_HEAD, PAIRS[i][1]);
        CU_ASSERT_TRUE(has_same_digest(one, other));
    }
}

static void gives_another_digest_to_what_is_said_otherwise(void)
{
    static const char *const ROWS[] = {
        "contract: {type: fixed}\n",
        "contract: {type: hourly}\n",
        "contract: {type: {is: fixed, says: client}}\n",
        "contract: {type: {is: fixed, says: client, note: x}}\n",
        "contract: {type: {is: fixed, says: client, cites: [E1]}}\nevidence: [{id: E1}]\n",
        "contract: {type: {is: fixed, says: platform, note: x}}\n",
        "contract: {type: {is: fixed, says: platform, cites: [E1]}}\nevidence: [{id: E1}]\n",
        "contract: {type: {is: fixed, says: platform, cites: [{id: E1, locator: a}]}}\n"
        "evidence: [{id: E1}]\n",
        "evidence: [{id: E1}]\n",
        "absent: [{fact: contract.type, reason: x}]\n",
        "absent: [{fact: contract.type, reason: y}]\n",
        "absent: [{fact: defects, reason: x}]\n",
        "defects: [{}]\n",
    };
    enum { COUNT = sizeof ROWS / sizeof ROWS[0] };
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = i + 1; j < COUNT; j++) {
            char one[400];
            char other[400];
            (void)snprintf(one, sizeof one, "%s%s", SMALL_HEAD, ROWS[i]);
            (void)snprintf(other, sizeof other, "%s%s", SMALL_HEAD, ROWS[j]);
            CU_ASSERT_FALSE(has_same_digest(one, other));
        }
    }
}

static void names_a_whole_only_if_all_of_it_is_absent_for_one_reason(void)
{
    struct small small = loaded(SMALL_HEAD "milestones: [{id: M1, title: t}]\n"
                                           "absent:\n"
                                           "  - {fact: milestones.M1.held, reason: x}\n"
                                           "  - {fact: milestones.M1.amount, reason: x}\n"
                                           "  - {fact: milestones.M1.share, reason: x}\n"
                                           "  - {fact: contract.type, reason: x}\n");
    const char *json = written(&small, false).at;
    CU_ASSERT_PTR_NOT_NULL(strstr(json, "{\"fact\":\"milestones.M1\",\"reason\":\"x\"}"));
    CU_ASSERT_PTR_NOT_NULL(strstr(json, "{\"fact\":\"contract.type\",\"reason\":\"x\"}"));
    CU_ASSERT_PTR_NULL(strstr(json, "milestones.M1.held"));
    small_close(&small);
}

static void names_a_fact_that_is_absent_alone_by_itself(void)
{
    struct small small = loaded(SMALL_HEAD "defects: [{severity: minor}]\n"
                                           "absent: [{fact: \"defects[1].item\", reason: x}]\n");
    CU_ASSERT_PTR_NOT_NULL(strstr(written(&small, false).at, "\"defects[1].item\""));
    small_close(&small);
}

static void check_path(struct small *small, uint32_t record, uint32_t fact, const char *expected)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, small->arena);
    case_write_path(&builder, small->subject, record, fact);
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(text.at, expected);
}

static void writes_paths_as_people_name_them(void)
{
    struct small small = loaded(FULL);
    const struct vocabulary *vocabulary = small.vocabulary;
    uint32_t milestone = case_find(small.subject, vocabulary->item_kind, text_of("M1"));
    uint32_t segments = vocabulary_find_kind(vocabulary, text_of("segments"));
    check_path(&small, milestone, small_fact(&small, "milestone", "held"), "milestones.M1.held");
    check_path(&small, milestone, small_fact(&small, "milestone", "due.review"),
               "milestones.M1.due.review");
    check_path(&small, RECORD_ROOT, small_fact(&small, "case", "contract.type"), "contract.type");
    check_path(&small, small.subject->lists[segments].first + 1,
               small_fact(&small, "segment", "idle"), "segments[2].idle");
    small_close(&small);
}

static void writes_values_as_a_case_does(void)
{
    struct small small = loaded(FULL);
    static const struct {
        const char *kind, *fact, *text;
    } ROWS[] = {
        {"case", "case.grounds", "[pay, quality]"},
        {"case", "case.filed_by", "freelancer"},
        {"case", "case.as_of", "2025-06-02T00:00:00Z"},
        {"case", "contract.rounds", "-3"},
        {"milestone", "held", "USD 12.00"},
        {"segment", "week", "W1"},
        {"segment", "idle", "true"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        struct builder builder;
        struct text text;
        uint32_t fact = small_fact(&small, ROWS[i].kind, ROWS[i].fact);
        builder_start(&builder, small.arena);
        case_write_value(&builder, small.subject, &small.vocabulary->facts[fact],
                         small_value(&small, ROWS[i].kind, ROWS[i].fact));
        CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
        CU_ASSERT_STRING_EQUAL(text.at, ROWS[i].text);
    }
    small_close(&small);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"writes one canonical form", writes_one_canonical_form},
        {"reads its JSON back to the same digest", reads_its_json_back_to_the_same_digest},
        {"reads its YAML back to the same digest", reads_its_yaml_back_to_the_same_digest},
        {"writes tidy YAML again as it is", writes_tidy_yaml_again_as_it_is},
        {"gives one digest to what is said in two ways",
         gives_one_digest_to_what_is_said_in_two_ways},
        {"gives another digest to what is said otherwise",
         gives_another_digest_to_what_is_said_otherwise},
        {"names a whole only if all of it is absent for one reason",
         names_a_whole_only_if_all_of_it_is_absent_for_one_reason},
        {"names a fact that is absent alone by itself",
         names_a_fact_that_is_absent_alone_by_itself},
        {"writes paths as people name them", writes_paths_as_people_name_them},
        {"writes values as a case does", writes_values_as_a_case_does},
        CU_TEST_INFO_NULL,
    };
    return suite_run("write", tests);
}

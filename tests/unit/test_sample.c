/*
 * What a sample promises: the same bytes for the same seed, cases that do not depend on each other,
 * and that load without a fault into the very case that was drawn.
 */
#include "sample.h"
#include "small_vocabulary.h"
#include "suite.h"

#include "digest.h"
#include "money.h"

/* Every type, who knows what, and all roles that a sampler looks at. */
static const char VOCABULARY[] =
    "amicus: vocabulary/1\n"
    "roots: [case, contract]\n"
    "unions:\n"
    "  - {one: item, role: money}\n"
    "lists:\n"
    "  - {name: milestones, one: milestone, base: item}\n"
    "  - {name: weeks, one: week, base: item}\n"
    "  - {name: deliveries, one: delivery, recorded: true, of: delivery.item}\n"
    "  - {name: reviews, one: review, of: review.delivery.item}\n"
    "  - {name: evidence, one: evidence, evidence: true, recorded: true}\n"
    "facts:\n"
    "  - {path: case.id, type: id, knows: [platform]}\n"
    "  - {path: case.as_of, type: instant, knows: [platform]}\n"
    "  - {path: case.filed_at, type: instant, knows: [platform]}\n"
    "  - {path: case.filed_by, type: enum, of: [client, freelancer], knows: [platform]}\n"
    "  - {path: case.grounds, type: list_of_enum, of: [pay, scope], knows: [platform]}\n"
    "  - {path: case.seen_at, type: instant, knows: [client, freelancer]}\n"
    "  - {path: case.shown, type: bool, helps: {true: freelancer}, finding: human,\n"
    "     knows: [freelancer, reviewer]}\n"
    "  - {path: contract.type, type: enum, of: [fixed, hourly], knows: [platform]}\n"
    "  - {path: contract.formed_on, type: date, knows: [platform]}\n"
    "  - {path: contract.notice, type: duration, knows: [client]}\n"
    "  - {path: contract.limit, type: minutes, knows: [platform, client]}\n"
    "  - {path: contract.rounds, type: int, knows: [client, freelancer]}\n"
    "  - {path: contract.terms, type: text, knows: [client, freelancer]}\n"
    "  - {path: contract.written, type: bool, helps: {true: client}, knows: [client, freelancer]}\n"
    "  - {path: item.id, type: id, knows: [platform]}\n"
    "  - {path: item.held, type: money, knows: [platform]}\n"
    "  - {path: item.amount, type: money, knows: [platform]}\n"
    "  - {path: item.fee, type: money, knows: [platform]}\n"
    "  - {path: item.share, type: bps, knows: [reviewer]}\n"
    "  - {path: item.late, type: int, derived: true, unit: days}\n"
    "  - {path: delivery.id, type: id, knows: [platform]}\n"
    "  - {path: delivery.item, type: ref, to: item, knows: [platform]}\n"
    "  - {path: delivery.usable, type: bool, finding: human, knows: [expert]}\n"
    "  - {path: review.delivery, type: ref, to: delivery, knows: [platform]}\n"
    "  - {path: review.action, type: enum, of: [approve, reject], helps: {approve: freelancer},\n"
    "     knows: [client, freelancer]}\n"
    "  - {path: evidence.id, type: id, knows: [platform]}\n"
    "  - {path: evidence.authentic, type: enum, of: [yes, found_false], finding: human,\n"
    "     knows: [reviewer]}\n"
    "roles: {case_id: case.id, as_of: case.as_of, filed: case.filed_at, filed_by: case.filed_by,\n"
    "  grounds: case.grounds, contract_type: contract.type, item_held: item.held,\n"
    "  item_amount: item.amount, item_fee: item.fee}\n"
    "evidence_ranking:\n"
    "  void: {authentic: found_false}\n"
    "  tiers: [{authentic: [yes]}]\n";

static struct small start(void)
{
    struct small small = small_open();
    vocabulary_close(small.vocabulary);
    small.vocabulary = NULL;
    CU_ASSERT_EQUAL_FATAL(
        vocabulary_load(&small.vocabulary, "test.yaml", text_of(VOCABULARY), small.list),
        AMICUS_OK);
    return small;
}

static const char GUIDE[] =
    "amicus: sample/1\n"
    "course:\n"
    "  - [contract.formed_on]\n"
    "  - [case.filed_at]\n"
    "  - [case.as_of]\n"
    "items: {fixed: [milestones], hourly: [weeks, milestones]}\n"
    "often: {contract.rounds: 100, contract.notice: 0, deliveries: 100}\n"
    "usual: {contract.rounds: [7], contract.terms: [\"as \\\"agreed\\\"\"]}\n"
    "shares: [item.share]\n"
    "currencies: [JPY]\n";

static const struct sample_guide *read_guide(struct small *small, const char *text)
{
    const struct sample_guide *guide = NULL;
    const struct tree_source source = tree_source_of("guide.yaml", text_of(text), false);
    small->status = sample_guide_read(&guide, small->arena, small->vocabulary,
                                      text[0] == '\0' ? NULL : &source, small->list);
    return guide;
}

static struct sampler *open_sampler(struct small *small, const char *text, uint64_t seed)
{
    struct sampler *sampler = NULL;
    const struct sample_spec spec = {.vocabulary = small->vocabulary,
                                     .guide = read_guide(small, text),
                                     .seed = seed,
                                     .ground = GROUND_ANY};
    CU_ASSERT_EQUAL_FATAL(small->status, AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(sampler_open(&sampler, &spec), AMICUS_OK);
    return sampler;
}

/* Draw a case and copy it into the arena. */
static struct text draw(struct small *small, struct sampler *sampler, uint64_t number)
{
    struct text line;
    struct text copy;
    CU_ASSERT_EQUAL_FATAL(sampler_write(&line, sampler, number), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(text_copy(&copy, small->arena, line), AMICUS_OK);
    return copy;
}

static void reload(struct small *small, struct text line)
{
    case_close(small->subject);
    small->subject = NULL;
    small->status = case_load(&small->subject, small->vocabulary, "drawn", line, AMICUS_FORMAT_JSON,
                              small->list);
    CU_ASSERT_EQUAL_FATAL(small->status, AMICUS_OK);
}

/* A change of these bytes changes every sample that somebody drew: name it in the changelog. */
static void a_seed_gives_the_same_bytes_for_ever(void)
{
    static const char WANTED[] = "8972aec342e1960bff3f972dfab57dfff49b6362c9be09403a414b83c8ab0f67";
    struct small small = start();
    struct sampler *sampler = open_sampler(&small, GUIDE, 42);
    struct builder builder;
    struct text all;
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    builder_start(&builder, small.arena);
    for (uint64_t i = 0; i < 50; i++) {
        builder_put(&builder, draw(&small, sampler, i));
    }
    CU_ASSERT_EQUAL_FATAL(builder_end(&all, &builder), AMICUS_OK);
    CU_ASSERT_EQUAL(digest_of(digest, "sample", all), AMICUS_OK);
    digest_write(hex, digest);
    CU_ASSERT_STRING_EQUAL(hex, WANTED);
    sampler_close(sampler);
    small_close(&small);
}

static void a_case_depends_on_its_seed_and_number_only(void)
{
    struct small small = start();
    struct sampler *a = open_sampler(&small, GUIDE, 7);
    struct sampler *b = open_sampler(&small, GUIDE, 7);
    struct sampler *c = open_sampler(&small, GUIDE, 8);
    const struct text fifth = draw(&small, a, 5);
    for (uint64_t i = 0; i < 5; i++) {
        (void)draw(&small, b, i);
    }
    CU_ASSERT_TRUE(text_equal(draw(&small, b, 5), fifth));
    CU_ASSERT_FALSE(text_equal(draw(&small, b, 6), fifth));
    CU_ASSERT_FALSE(text_equal(draw(&small, c, 5), fifth));
    sampler_close(a);
    sampler_close(b);
    sampler_close(c);
    small_close(&small);
}

static void every_drawn_case_loads_into_the_case_that_was_drawn(void)
{
    struct small small = start();
    struct sampler *sampler = open_sampler(&small, "", 3);
    for (uint64_t i = 0; i < 400; i++) {
        const struct text line = draw(&small, sampler, i);
        struct builder builder;
        struct text again;
        reload(&small, line);
        builder_start(&builder, small.arena);
        case_write_json(&builder, small.subject);
        CU_ASSERT_EQUAL_FATAL(builder_end(&again, &builder), AMICUS_OK);
        CU_ASSERT_TRUE_FATAL(text_equal(again, line));
    }
    CU_ASSERT_EQUAL(diagnostics_errors(small.list), 0);
    sampler_close(sampler);
    small_close(&small);
}

static void every_fact_and_every_standing_comes_up(void)
{
    struct small small = start();
    struct sampler *sampler = open_sampler(&small, "", 11);
    static unsigned facts[256];
    unsigned standings[6] = {0};
    memset(facts, 0, sizeof facts);
    for (uint64_t i = 0; i < 400; i++) {
        reload(&small, draw(&small, sampler, i));
        for (uint32_t r = 0; r < small.subject->record_count; r++) {
            const struct fact_list stored =
                vocabulary_stored(small.vocabulary, small.subject->records[r].kind);
            for (uint32_t j = 0; j < stored.count; j++) {
                const uint8_t standing = case_value(small.subject, r, stored.facts[j])->standing;
                standings[standing]++;
                facts[stored.facts[j]] +=
                    standing != STANDING_UNKNOWN && standing != STANDING_ABSENT;
            }
        }
    }
    for (uint32_t i = 0; i < small.vocabulary->fact_count; i++) {
        CU_ASSERT_TRUE(facts[i] > 0 || small.vocabulary->facts[i].derived != FACT_NONE);
    }
    for (unsigned i = 0; i < 6; i++) {
        CU_ASSERT_TRUE(standings[i] > 0);
    }
    sampler_close(sampler);
    small_close(&small);
}

static int64_t number_of(const struct small *small, uint32_t record, const char *path)
{
    const uint32_t fact = vocabulary_find_path(small->vocabulary, text_of(path));
    return case_value(small->subject, record, fact)->as.n;
}

/* What the guide says, held against a hundred cases. */
static void the_guide_is_kept(void)
{
    struct small small = start();
    struct sampler *sampler = open_sampler(&small, GUIDE, 5);
    const uint32_t milestones = vocabulary_find_kind(small.vocabulary, text_of("milestones"));
    const uint32_t deliveries = vocabulary_find_kind(small.vocabulary, text_of("deliveries"));
    const uint32_t formed = vocabulary_find_path(small.vocabulary, text_of("contract.formed_on"));
    for (uint64_t i = 0; i < 100; i++) {
        reload(&small, draw(&small, sampler, i));
        const struct amicus_case *subject = small.subject;
        CU_ASSERT_EQUAL(number_of(&small, RECORD_ROOT, "contract.rounds"), 7);
        CU_ASSERT_EQUAL(subject->currency != 0 ? subject->currency : currency_of(text_of("JPY")),
                        currency_of(text_of("JPY")));
        const bool is_hourly = number_of(&small, RECORD_ROOT, "contract.type") == 1;
        CU_ASSERT_TRUE(subject->lists[milestones + (is_hourly ? 1 : 0)].count > 0);
        CU_ASSERT_TRUE(is_hourly || subject->lists[milestones + 1].count == 0);
        CU_ASSERT_TRUE(subject->lists[deliveries].count > 0);
        const struct value *at = case_value(subject, RECORD_ROOT, formed);
        CU_ASSERT_TRUE(at->standing < STANDING_CLAIMED || at->standing == STANDING_ABSENT ||
                       at->as.n * 86400 <= number_of(&small, RECORD_ROOT, "case.filed_at"));
        CU_ASSERT_TRUE(number_of(&small, RECORD_ROOT, "case.filed_at") <
                       number_of(&small, RECORD_ROOT, "case.as_of"));
        const uint32_t notice = vocabulary_find_path(small.vocabulary, text_of("contract.notice"));
        CU_ASSERT_TRUE(case_value(subject, RECORD_ROOT, notice)->standing == STANDING_UNKNOWN ||
                       case_value(subject, RECORD_ROOT, notice)->standing == STANDING_ABSENT);
    }
    sampler_close(sampler);
    small_close(&small);
}

static void a_ground_that_is_asked_for_is_in_every_case(void)
{
    struct small small = start();
    struct sampler *sampler = NULL;
    const struct sample_spec spec = {
        .vocabulary = small.vocabulary, .guide = read_guide(&small, ""), .seed = 1, .ground = 1};
    CU_ASSERT_EQUAL_FATAL(sampler_open(&sampler, &spec), AMICUS_OK);
    for (uint64_t i = 0; i < 50; i++) {
        reload(&small, draw(&small, sampler, i));
        CU_ASSERT_TRUE((number_of(&small, RECORD_ROOT, "case.grounds") & 2) != 0);
    }
    sampler_close(sampler);
    small_close(&small);
}

static void nothing_held_exceeds_what_was_agreed(void)
{
    struct small small = start();
    struct sampler *sampler = open_sampler(&small, "", 9);
    for (uint64_t i = 0; i < 200; i++) {
        reload(&small, draw(&small, sampler, i));
    }
    CU_ASSERT_FALSE(small_has(&small, "C0172", 0));
    CU_ASSERT_FALSE(small_has(&small, "C0171", 0));
    sampler_close(sampler);
    small_close(&small);
}

static void a_guide_with_faults_reports_each(void)
{
    static const char BAD[] = "amicus: sample/2\n"
                              "course: [[contract.formd_on, contract.type], nothing]\n"
                              "items: {yearly: [milestones], fixed: [parts]}\n"
                              "often: {contract.rounds: 101, item.late: 5}\n"
                              "usual: {contract.type: [daily], contract.rounds: seven}\n"
                              "shares: [contract.rounds]\n"
                              "currencies: [XXQ]\n"
                              "other: 1\n";
    struct small small = start();
    CU_ASSERT_PTR_NULL(read_guide(&small, BAD));
    CU_ASSERT_EQUAL(small.status, AMICUS_INVALID);
    for (uint32_t line = 1; line <= 8; line++) {
        CU_ASSERT_TRUE(small_has(&small, "V0115", line));
    }
    small_close(&small);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"a seed gives the same bytes for ever", a_seed_gives_the_same_bytes_for_ever},
        {"a case depends on its seed and number only", a_case_depends_on_its_seed_and_number_only},
        {"every drawn case loads into the case that was drawn",
         every_drawn_case_loads_into_the_case_that_was_drawn},
        {"every fact and every standing comes up", every_fact_and_every_standing_comes_up},
        {"the guide is kept", the_guide_is_kept},
        {"a ground that is asked for is in every case",
         a_ground_that_is_asked_for_is_in_every_case},
        {"nothing held exceeds what was agreed", nothing_held_exceeds_what_was_agreed},
        {"a guide with faults reports each", a_guide_with_faults_reports_each},
        CU_TEST_INFO_NULL,
    };
    return suite_run("sample", tests);
}

/*
 * What a ruling promises: the same bytes for the same case, a digest that covers them, reads with
 * the evidence behind them, and texts for people.
 */
#include "decide_kit.h"
#include "json_pen.h"
#include "suite.h"

#include "date.h"

static struct kit kit;

static const char CASE[] =
    KIT_HEAD "contract:\n"
             "  formed_at: 2025-01-01T00:00:00Z\n"
             "  written: {is: true, says: client, cites: [E2, E1]}\n"
             "  price: USD 1200.00\n"
             "milestones:\n"
             "  - {id: M1, title: page, held: USD 100.00}\n"
             "deliveries:\n"
             "  - {id: D1, milestone: M1, at: 2025-05-03T09:14:00Z, formal: true, parts: 2}\n"
             "evidence:\n"
             "  - {id: E1, submitted_by: client}\n"
             "  - {id: E2, submitted_by: client}\n";

/* A policy with a derived fact, a rule that applies, one that does not, and one that waits. */
static void start(const char *text)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, text));
    const uint32_t formal = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    const uint32_t operands[] = {NODE_NONE, formal};
    kit_define(&kit, "item.formal", kit_list(&kit, NODE_SOME, TYPE_BOOL, "deliveries", operands));
    const uint32_t issue = kit_issue(&kit, "due", kit_kind(&kit, "item"), PROOF_BALANCE);
    const uint32_t both[] = {kit_is(&kit, "contract.written", NODE_NONE),
                             kit_is(&kit, "item.formal", kit_var(&kit, 0))};
    kit_rule(&kit, "applies", issue, SIDE_FOR, kit_many(&kit, NODE_ALL, TYPE_BOOL, both, 2));
    kit_rule(&kit, "not", issue, SIDE_FOR, kit_truth(&kit, false));
    kit_rule(&kit, "waits", issue, SIDE_FOR, kit_is(&kit, "contract.kept", NODE_NONE));
    kit_remedy(&kit, "release", OUTCOME_RELEASE_FULL, kit_issue_is(&kit, issue, LABEL_UPHELD),
               kit_share(&kit, 10000));
    CU_ASSERT_TRUE_FATAL(kit_guard(&kit));
}

static const char *written(amicus_ruling_format format)
{
    const char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_ruling_write(&text, NULL, kit.ruling, format), AMICUS_OK);
    return text;
}

/* A text kept beyond the ruling that it came from. */
static char kept[1 << 16];

static void keep(const char *text)
{
    CU_ASSERT_TRUE_FATAL(strlen(text) < sizeof kept);
    memcpy(kept, text, strlen(text) + 1);
}

static void the_same_case_gives_the_same_bytes(void)
{
    start(CASE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    keep(written(AMICUS_RULING_CANONICAL));
    CU_ASSERT_STRING_EQUAL(written(AMICUS_RULING_CANONICAL), kept);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_STRING_EQUAL(written(AMICUS_RULING_CANONICAL), kept);
    CU_ASSERT_PTR_NULL(strchr(kept, '\n'));
    kit_close(&kit);
}

static void a_fact_outside_the_read_set_changes_nothing_but_the_case_digest(void)
{
    start(CASE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    keep(strstr(written(AMICUS_RULING_CANONICAL), "\"engine\""));
    kit_close(&kit);
    char other[sizeof CASE];
    memcpy(other, CASE, sizeof CASE);
    memcpy(strstr(other, "title: page"), "title: shop", 11);
    start(other);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_STRING_EQUAL(strstr(written(AMICUS_RULING_CANONICAL), "\"engine\""), kept);
    kit_close(&kit);
}

static void the_digest_covers_everything_but_itself(void)
{
    start(CASE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const char *text = written(AMICUS_RULING_CANONICAL);
    const char *member = strstr(text, ",\"digest\":\"");
    while (strncmp(member + 76, ",\"engine\"", 9) != 0) {
        member = strstr(member + 1, ",\"digest\":\"");
        CU_ASSERT_PTR_NOT_NULL_FATAL(member);
    }
    struct builder builder;
    struct text rest;
    uint8_t digest[DIGEST_BYTES];
    uint8_t own[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    builder_start(&builder, kit.arena);
    builder_put(&builder, (struct text){text, (size_t)(member - text)});
    builder_puts(&builder, member + 76);
    CU_ASSERT_EQUAL_FATAL(builder_end(&rest, &builder), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(digest_of(digest, "amicus.ruling/1", rest), AMICUS_OK);
    digest_write(hex, digest);
    CU_ASSERT_NSTRING_EQUAL(member + 11, hex, 64);
    CU_ASSERT_EQUAL(ruling_digest(own, kit.ruling), AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(own, digest, sizeof own), 0);
    kit_close(&kit);
}

static void a_finding_shows_what_it_read_and_cites_the_evidence_once(void)
{
    start(CASE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const char *text = written(AMICUS_RULING_CANONICAL);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"cites\":[{\"evidence\":\"E1\",\"locator\":null},"
                                        "{\"evidence\":\"E2\",\"locator\":null}]"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text,
                                  "{\"evidence\":[\"E1\",\"E2\"],\"fact\":\"contract.written\","
                                  "\"standing\":\"supported\",\"value\":true}"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "\"from\":[\"deliveries.D1.formal\"],\"standing\":\"established\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"waiting_for\":[\"contract.kept\"]"));
    CU_ASSERT_PTR_NULL(strstr(text, "\"rule\":\"not\""));
    kit_close(&kit);
}

static void the_indented_form_says_the_same_as_the_canonical_one(void)
{
    start(CASE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const char *canonical = written(AMICUS_RULING_CANONICAL);
    const char *indented = written(AMICUS_RULING_JSON);
    /* No text of this ruling holds white space behind a comma, colon or bracket. */
    while (*indented != '\0') {
        if (*indented == '\n' || (*indented == ' ' && *canonical != ' ')) {
            indented++;
            continue;
        }
        CU_ASSERT_EQUAL_FATAL(*indented, *canonical);
        indented++;
        canonical++;
    }
    CU_ASSERT_EQUAL(*canonical, '\0');
    kit_close(&kit);
}

static void the_caller_may_set_the_clock_and_must_where_the_case_has_none(void)
{
    static const char NO_CLOCK[] = "amicus: case/1\n"
                                   "case: {id: C1}\n"
                                   "milestones:\n"
                                   "  - {id: M1, held: USD 100.00}\n";
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, NO_CLOCK));
    const uint32_t as_of = kit_read(&kit, "case.as_of", NODE_NONE);
    const uint32_t is_later =
        kit_two(&kit, NODE_MORE, TYPE_BOOL, as_of,
                kit_const(&kit, TYPE_INSTANT, (int64_t)day_of(2025, 6, 1) * 86400, 0));
    kit_remedy(&kit, "r", OUTCOME_DISMISS, is_later, NODE_NONE);
    CU_ASSERT_TRUE_FATAL(kit_guard(&kit));
    CU_ASSERT_EQUAL(amicus_ruling_of(&kit.ruling, &kit.book, kit.subject, NULL, NULL, kit.list),
                    AMICUS_INVALID);
    CU_ASSERT_PTR_NULL(kit.ruling);
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(kit.list, 0)->code, "I0102");
    CU_ASSERT_EQUAL(amicus_ruling_of(&kit.ruling, &kit.book, kit.subject, "June", NULL, kit.list),
                    AMICUS_INVALID);
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(kit.list, 1)->code, "I0103");
    CU_ASSERT_EQUAL(amicus_ruling_of(&kit.ruling, &kit.book, kit.subject, NULL, "2025", kit.list),
                    AMICUS_INVALID);
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(kit.list, 2)->code, "I0103");
    CU_ASSERT_EQUAL_FATAL(amicus_ruling_of(&kit.ruling, &kit.book, kit.subject,
                                           "2025-06-01T00:00:01Z", NULL, kit.list),
                          AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(amicus_ruling_outcome(kit.ruling), "dismiss");
    amicus_ruling_close(kit.ruling);
    kit.ruling = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_ruling_of(&kit.ruling, &kit.book, kit.subject,
                                           "2025-06-01T00:00:00Z", NULL, kit.list),
                          AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(amicus_ruling_outcome(kit.ruling), "no_rule");
    kit_close(&kit);
}

static void the_public_functions_give_items_and_totals(void)
{
    start(CASE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const char *outcome = NULL;
    amicus_division division;
    CU_ASSERT_EQUAL(amicus_ruling_items_count(kit.ruling), 1);
    const char *id = amicus_ruling_item(kit.ruling, 0, &outcome, &division);
    CU_ASSERT_STRING_EQUAL(id, "M1");
    CU_ASSERT_STRING_EQUAL(outcome, "release_full");
    CU_ASSERT_EQUAL(division.to_freelancer_minor, 10000);
    CU_ASSERT_PTR_NULL(amicus_ruling_item(kit.ruling, 1, NULL, NULL));
    CU_ASSERT_EQUAL(amicus_ruling_totals(kit.ruling).held_minor, 10000);
    kit_close(&kit);
}

static void a_reason_is_filled_in_with_what_the_rule_saw(void)
{
    start(CASE);
    kit.rules[0].because = 0;
    kit.templates[0] = (struct template_row){0, 6};
    kit.pieces[0] = (struct piece){kit_text(&kit, "Price "), NODE_NONE};
    kit.pieces[1] = (struct piece){0, kit_read(&kit, "contract.price", NODE_NONE)};
    kit.pieces[2] = (struct piece){kit_text(&kit, ", filed "), NODE_NONE};
    kit.pieces[3] = (struct piece){0, kit_read(&kit, "case.filed_at", NODE_NONE)};
    kit.pieces[4] = (struct piece){kit_text(&kit, ", kept: "), NODE_NONE};
    kit.pieces[5] = (struct piece){0, kit_read(&kit, "contract.kept", NODE_NONE)};
    kit.book.image.template_count = 1;
    kit.book.image.piece_count = 6;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    CU_ASSERT_EQUAL(kit_finding(&kit, 0)->because.length, 0);
    CU_ASSERT_EQUAL(ruling_fill(kit.ruling), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(kit_finding(&kit, 0)->because,
                           "Price USD 1,200.00, filed 2025-05-20 00:00 UTC, kept: unknown"));
    kit_close(&kit);
}

static void is_written(struct value value, const char *wanted)
{
    struct builder builder;
    struct text text;
    if (value.standing == STANDING_UNKNOWN) {
        value.standing = STANDING_ESTABLISHED;
    }
    builder_start(&builder, kit.arena);
    ruling_write_value(&builder, kit.subject, NULL, &value);
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(text.at, wanted);
}

static void values_are_written_for_people(void)
{
    start(CASE);
    const uint16_t usd = kit.subject->currency;
    is_written((struct value){.as.n = 120000, .unit = usd, .type = TYPE_MONEY}, "USD 1,200.00");
    is_written((struct value){.as.n = 0, .type = TYPE_INSTANT}, "1970-01-01 00:00 UTC");
    is_written((struct value){.as.n = -1, .type = TYPE_INSTANT}, "1969-12-31 23:59:59 UTC");
    is_written((struct value){.as.n = 0, .type = TYPE_DATE}, "1970-01-01");
    is_written((struct value){.as.n = 14, .unit = DURATION_CALENDAR_DAYS, .type = TYPE_DURATION},
               "14 days");
    is_written((struct value){.as.n = 777600, .unit = DURATION_SECONDS, .type = TYPE_DURATION},
               "9 days");
    is_written((struct value){.as.n = 3600, .unit = DURATION_SECONDS, .type = TYPE_DURATION},
               "1 hour");
    is_written((struct value){.as.n = 8200, .type = TYPE_BPS}, "82 %");
    is_written((struct value){.as.n = 3333, .type = TYPE_BPS}, "33.33 %");
    is_written((struct value){.as.n = 3330, .type = TYPE_BPS}, "33.3 %");
    is_written((struct value){.as.n = 5, .type = TYPE_BPS}, "0.05 %");
    is_written((struct value){.as.n = 410, .type = TYPE_MINUTES}, "410 minutes");
    is_written((struct value){.as.n = 1, .type = TYPE_BOOL}, "yes");
    is_written((struct value){.type = TYPE_BOOL, .standing = STANDING_ABSENT}, "none");
    is_written((struct value){.type = TYPE_BOOL, .standing = STANDING_CONTESTED}, "unknown");
    kit_close(&kit);
}

static void the_pen_puts_commas_and_lines_where_they_belong(void)
{
    start(CASE);
    struct builder builder;
    struct text text;
    builder_start(&builder, kit.arena);
    struct json_pen pen = {.builder = &builder, .is_first = true, .is_indented = true};
    pen_open(&pen, '{');
    pen_bool(&pen, "a", true);
    pen_key(&pen, "b");
    pen_open(&pen, '[');
    pen_close(&pen, ']');
    pen_text_or_null(&pen, "c", (struct text){"", 0});
    pen_close(&pen, '}');
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(text.at, "{\n  \"a\": true,\n  \"b\": [],\n  \"c\": null\n}");
    kit_close(&kit);
}

static CU_TestInfo tests[] = {
    {"the same case gives the same bytes", the_same_case_gives_the_same_bytes},
    {"a fact outside the read set changes nothing but the case digest",
     a_fact_outside_the_read_set_changes_nothing_but_the_case_digest},
    {"the digest covers everything but itself", the_digest_covers_everything_but_itself},
    {"a finding shows what it read and cites the evidence once",
     a_finding_shows_what_it_read_and_cites_the_evidence_once},
    {"the indented form says the same as the canonical one",
     the_indented_form_says_the_same_as_the_canonical_one},
    {"the caller may set the clock, and must where the case has none",
     the_caller_may_set_the_clock_and_must_where_the_case_has_none},
    {"the public functions give items and totals", the_public_functions_give_items_and_totals},
    {"a reason is filled in with what the rule saw", a_reason_is_filled_in_with_what_the_rule_saw},
    {"values are written for people", values_are_written_for_people},
    {"the pen puts commas and lines where they belong",
     the_pen_puts_commas_and_lines_where_they_belong},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("ruling", tests);
}

/*
 * Promises of the rulebook: what moves its digest and what does not, and predicates that answer.
 */
#include "money.h"
#include "policy_kit.h"

static const char FIRST[] =
    "local m = item \"item\"\n"
    "issue \"late\" { title = \"x\", each = \"item\", claimant = \"client\",\n"
    "  burden = \"client\", standard = \"some\" }\n"
    "rule \"late.a\" { title = \"x\", issue = \"late\", side = \"for\",\n"
    "  clause = \"T-1\", layer = \"law\", when = m.used:is(true) }\n";
static const char SECOND[] =
    "rule \"late.b\" { title = \"x\", issue = \"late\", side = \"against\", clause = \"T-1\",\n"
    "  layer = \"law\", when = item \"item\".blank:is(true), beats = \"late.a\" }\n";

/* The digest of the base and two scripts under the paths given, in the order given. */
static void digest_in_order(char out[DIGEST_HEX], const char *const paths[2],
                            const char *const sources[2], bool is_base_first)
{
    struct kit kit;
    kit_open(&kit);
    if (is_base_first) {
        kit_add(&kit, "base.lua", NULL);
    }
    kit_add(&kit, paths[0], sources[0]);
    kit_add(&kit, paths[1], sources[1]);
    if (!is_base_first) {
        kit_add(&kit, "base.lua", NULL);
    }
    kit_compile(&kit);
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    digest_write(out, kit.image.digest);
    kit_close(&kit);
}

static void does_not_depend_on_the_order_of_files(void)
{
    char one[DIGEST_HEX];
    char other[DIGEST_HEX];
    digest_in_order(one, (const char *const[]){"x.lua", "y.lua"},
                    (const char *const[]){FIRST, SECOND}, true);
    digest_in_order(other, (const char *const[]){"x.lua", "a.lua"},
                    (const char *const[]){SECOND, FIRST}, false);
    CU_ASSERT_STRING_EQUAL(one, other);
}

static void does_not_depend_on_comments_and_lines(void)
{
    char one[DIGEST_HEX];
    char other[DIGEST_HEX];
    char commented[sizeof FIRST + 64];
    (void)snprintf(commented, sizeof commented, "-- Words for people.\n\n\n%s", FIRST);
    digest_in_order(one, (const char *const[]){"x.lua", "y.lua"},
                    (const char *const[]){FIRST, SECOND}, true);
    digest_in_order(other, (const char *const[]){"x.lua", "y.lua"},
                    (const char *const[]){commented, SECOND}, true);
    CU_ASSERT_STRING_EQUAL(one, other);
}

/* A declaration of every kind, each word of which is changed below. */
static const char EVERYTHING[] =
    "source \"S2\" { title = \"title1\", grade = \"B\", address = \"here\",\n"
    "  checked = \"2024-01-05\" }\n"
    "provision \"T-2\" { title = \"title2\", source = \"S2\", layer = \"guidance\",\n"
    "  number = \"five\" }\n"
    "calendar \"c\" { free = { \"sat\" }, holidays = { \"2024-12-25\" }, from = \"2020-01-01\",\n"
    "  to = \"2029-12-31\", source = \"S2\" }\n"
    "param \"p\" { title = \"title3\", anchor = \"filed\", { from = \"2021-01-01\",\n"
    "  to = \"2025-01-31\", value = hours(3), source = \"S2\", note = \"note1\" } }\n"
    "issue \"late\" { title = \"title4\", each = \"item\", claimant = \"client\",\n"
    "  burden = \"freelancer\", standard = \"some\" }\n"
    "local m = item \"item\"\n"
    "rule \"late.a\" { title = \"title5\", issue = \"late\", side = \"for\", clause = \"T-2\",\n"
    "  layer = \"law\", when = m.used:is(true), unless = m.blank:known(),\n"
    "  strength = \"weighs\", from = \"2022-01-01\", anchor = \"contract_formed\",\n"
    "  because = \"words1 {m.held} words2\" }\n"
    "undercut \"late.a\" { id = \"u\", clause = \"T-2\", when = m.value:contested() }\n"
    "remedy \"r\" { each = \"week\", stratum = \"bar\", outcome = \"split\", standard = "
    "\"clear\",\n"
    "  when = issue.late:upheld(), freelancer = m.held, clause = \"T-2\", next = {\n"
    "  actor = \"client\", step = \"step1\", due = case.filed_at + param.p } }\n"
    "fallback \"f\" { when = case.fixed:is(false), outcome = \"stay\" }\n"
    "flag \"g\" { when = contract.type:is \"hourly\", because = \"words3\" }\n"
    "fact \"item.days_late\" { is = m.rounds * 7 }\n";

static const char *const CHANGES[][2] = {
    {"title1", "x"},
    {"\"B\"", "\"C\""},
    {"here", "there"},
    {"2024-01-05", "2024-01-06"},
    {"title2", "x"},
    {"\"guidance\"", "\"law\""},
    {"five", "six"},
    {"\"sat\"", "\"sun\""},
    {"2024-12-25", "2024-12-26"},
    {"2020-01-01", "2020-01-02"},
    {"2029-12-31", "2029-12-30"},
    {"title3", "x"},
    {"2021-01-01", "2021-01-02"},
    {"2025-01-31", "2025-01-30"},
    {"hours(3)", "hours(4)"},
    {"hours(3)", "minutes(3)"},
    {"note1", "x"},
    {"title4", "x"},
    {"claimant = \"client\"", "claimant = \"freelancer\""},
    {"burden = \"freelancer\"", "burden = \"filer\""},
    {"\"some\"", "\"clear\""},
    {"title5", "x"},
    {"\"for\"", "\"against\""},
    {"layer = \"law\"", "layer = \"contract\""},
    {"m.used", "m.blank"},
    {"m.blank:known", "m.blank:absent"},
    {"weighs", "strict"},
    {"2022-01-01", "2022-01-02"},
    {"anchor = \"contract_formed\"", "anchor = \"filed\""},
    {"words1", "x"},
    {"{m.held}", "{m.amount}"},
    {"\"u\"", "\"v\""},
    {"contested()", "known()"},
    {"each = \"week\"", "each = \"item\""},
    {"\"bar\"", "\"silence\""},
    {"\"split\"", "\"revise\""},
    {"standard = \"clear\"", "standard = \"balance\""},
    {"upheld", "open"},
    {"freelancer = m.held", "freelancer = m.amount"},
    {"actor = \"client\"", "actor = \"filer\""},
    {"step1", "x"},
    {"case.filed_at +", "case.as_of +"},
    {"is(false)", "is(true)"},
    {"\"stay\"", "\"mediate\""},
    {"\"hourly\"", "\"fixed\""},
    {"words3", "x"},
    {"* 7", "* 8"},
};

static void depends_on_every_word_that_means_something(void)
{
    const char *const paths[] = {"x.lua", "y.lua"};
    char one[DIGEST_HEX];
    digest_in_order(one, paths, (const char *const[]){EVERYTHING, "local nothing = 1\n"}, true);
    for (size_t i = 0; i < sizeof CHANGES / sizeof CHANGES[0]; i++) {
        char changed[sizeof EVERYTHING + 64];
        char other[DIGEST_HEX];
        const char *at = strstr(EVERYTHING, CHANGES[i][0]);
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        (void)snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - EVERYTHING), EVERYTHING,
                       CHANGES[i][1], at + strlen(CHANGES[i][0]));
        digest_in_order(other, paths, (const char *const[]){changed, "local nothing = 1\n"}, true);
        CU_ASSERT_STRING_NOT_EQUAL(one, other);
        if (strcmp(one, other) == 0) {
            printf("\n%s -> %s moves nothing\n", CHANGES[i][0], CHANGES[i][1]);
        }
    }
}

static amicus_rulebook *load(amicus_engine *engine, amicus_diagnostics *list)
{
    amicus_rulebook *rulebook = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_rulebook_load(&rulebook, engine, "tests/golden/policy", list),
                          AMICUS_OK);
    return rulebook;
}

static void loads_the_same_digest_twice(void)
{
    amicus_engine *engine = NULL;
    amicus_diagnostics *list = NULL;
    char one[DIGEST_HEX];
    char other[DIGEST_HEX];
    CU_ASSERT_EQUAL_FATAL(amicus_engine_open(&engine), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    amicus_rulebook *first = load(engine, list);
    amicus_rulebook *second = load(engine, list);
    amicus_rulebook_digest(first, one);
    amicus_rulebook_digest(second, other);
    CU_ASSERT_STRING_EQUAL(one, other);
    CU_ASSERT_STRING_EQUAL(amicus_rulebook_name(first), "golden");
    CU_ASSERT_STRING_EQUAL(amicus_rulebook_version(first), "1");
    CU_ASSERT_EQUAL(first->vocabulary->ranking.tier_count, 1);
    amicus_rulebook_close(first);
    amicus_rulebook_close(second);
    amicus_rulebook_close(NULL);
    amicus_diagnostics_close(list);
    amicus_engine_close(engine);
}

/* Ask the predicate of a flag with two amounts. */
static amicus_status ask(bool *answer, const amicus_rulebook *rulebook, const char *flag,
                         int64_t held, int64_t amount)
{
    const struct image *image = &rulebook->image;
    struct value values[2] = {{.as.n = held,
                               .type = TYPE_MONEY,
                               .unit = currency_of(text_of("USD")),
                               .standing = STANDING_ESTABLISHED}};
    values[1] = values[0];
    values[1].as.n = amount;
    for (uint32_t i = 0; i < image->flag_count; i++) {
        if (text_is(image_text(image, image->flags[i].code), flag)) {
            const struct node *node = &image->nodes[image->flags[i].when];
            CU_ASSERT_EQUAL_FATAL(node->op, NODE_PREDICATE);
            return rulebook_ask(answer, rulebook, node->a, values, node->c);
        }
    }
    return AMICUS_NOT_FOUND;
}

static void asks_predicates_and_survives_one_that_never_ends(void)
{
    amicus_engine *engine = NULL;
    amicus_diagnostics *list = NULL;
    bool answer = false;
    CU_ASSERT_EQUAL_FATAL(amicus_engine_open(&engine), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    amicus_rulebook *rulebook = load(engine, list);
    CU_ASSERT_EQUAL(ask(&answer, rulebook, "ask.more", 2, 1), AMICUS_OK);
    CU_ASSERT_TRUE(answer);
    CU_ASSERT_EQUAL(ask(&answer, rulebook, "ask.more", 1, 1), AMICUS_OK);
    CU_ASSERT_FALSE(answer);
    CU_ASSERT_EQUAL(ask(&answer, rulebook, "ask.forever", 1, 1), AMICUS_JAIL);
    CU_ASSERT_EQUAL(ask(&answer, rulebook, "ask.more", 9, 1), AMICUS_OK);
    CU_ASSERT_TRUE(answer);
    amicus_rulebook_close(rulebook);
    amicus_diagnostics_close(list);
    amicus_engine_close(engine);
}

static void gives_no_rulebook_where_there_is_a_fault(void)
{
    amicus_engine *engine = NULL;
    amicus_diagnostics *list = NULL;
    amicus_rulebook *rulebook = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_engine_open(&engine), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    CU_ASSERT_EQUAL(amicus_rulebook_load(&rulebook, engine,
                                         "tests/golden/policy/folders/P0107-no-outcome", list),
                    AMICUS_INVALID);
    CU_ASSERT_PTR_NULL(rulebook);
    CU_ASSERT_EQUAL(amicus_rulebook_load(&rulebook, engine, "tests/nowhere", list), AMICUS_IO);
    CU_ASSERT_PTR_NULL(rulebook);
    amicus_diagnostics_close(list);
    amicus_engine_close(engine);
}

static void gives_every_code_one_page(void)
{
    const struct code_table *tables[] = {&policy_codes, &jail_codes};
    for (size_t t = 0; t < 2; t++) {
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct code_page *page = &tables[t]->pages[i];
            CU_ASSERT_EQUAL(strlen(page->code), 5);
            CU_ASSERT_EQUAL(page->code[0], 'P');
            CU_ASSERT_TRUE(strlen(page->title) > 0 && strlen(page->explain) > 0);
            CU_ASSERT_TRUE(i == 0 || strcmp(tables[t]->pages[i - 1].code, page->code) < 0);
        }
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"does not depend on the order of files", does_not_depend_on_the_order_of_files},
        {"does not depend on comments and lines", does_not_depend_on_comments_and_lines},
        {"depends on every word that means something", depends_on_every_word_that_means_something},
        {"loads the same digest twice", loads_the_same_digest_twice},
        {"asks predicates and survives one that never ends",
         asks_predicates_and_survives_one_that_never_ends},
        {"gives no rulebook where there is a fault", gives_no_rulebook_where_there_is_a_fault},
        {"gives every code one page", gives_every_code_one_page},
        CU_TEST_INFO_NULL,
    };
    return suite_run("rulebook", tests);
}

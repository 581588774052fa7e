/*
 * Promises of the compiler: what the words of the rule language become.
 */
#include "policy_kit.h"

static void check_words(const char *each, const char *when, const char *words)
{
    struct kit kit;
    CU_ASSERT_STRING_EQUAL(kit_when(&kit, each, when), words);
    kit_close(&kit);
}

static void compiles_a_sound_policy_without_a_word(void)
{
    struct kit kit;
    kit_open(&kit);
    kit_add(&kit, "base.lua", NULL);
    kit_compile(&kit);
    CU_ASSERT_EQUAL(kit.status, AMICUS_OK);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(kit.list), 0);
    CU_ASSERT_EQUAL(kit.image.rule_count, 3);
    CU_ASSERT_EQUAL(kit.image.derived_count, 5);
    kit_close(&kit);
}

static void types_a_bare_constant_by_what_it_is_compared_with(void)
{
    check_words("item", "all { contract.type:is \"hourly\", m.value:at_most(bps(10000)) }",
                "contract.type is hourly and item.value is at most 10000");
}

static void follows_a_ref_to_the_facts_of_its_record(void)
{
    check_words("case", "some(\"reviews\", function(r) return r.delivery.item.used:is(true) end)",
                "some reviews: review.delivery.item.used is true");
}

static void reads_a_root_path_of_a_kind_from_the_own_record(void)
{
    check_words("milestone", "case.as_of:after(due.review)",
                "case.as_of is after milestones.due.review");
}

static void narrows_a_list_to_the_own_record(void)
{
    check_words("item", "some(\"deliveries\", function(d) return d.at:known() end)",
                "some deliveries where delivery.item is item: delivery.at is known");
}

static void narrows_a_list_through_two_refs(void)
{
    check_words("milestone", "every(\"reviews\", function(r) return r.action:is \"approve\" end)",
                "every reviews where review.delivery.item is milestones: "
                "review.action is approve");
}

static void puts_the_narrowing_before_a_where(void)
{
    check_words("week", "count(\"segments\", function(s) return s.idle:is(true) end):is(0)",
                "(count of segments where (segment.week is weeks and segment.idle is true)) is 0");
}

static void leaves_a_list_of_the_case_whole(void)
{
    check_words("item", "some(\"case.deliveries\", function(d) return d.at:known() end)",
                "some deliveries: delivery.at is known");
}

static void takes_the_plural_of_a_union_for_all_its_records(void)
{
    check_words("case", "some(\"items\", function(i) return i.blank:is(true) end)",
                "some item: item.blank is true");
}

static void asks_an_issue_of_the_item_that_owns_the_record(void)
{
    struct kit kit;
    kit_try(&kit,
            "issue \"idle\" { title = \"x\", each = \"segment\", claimant = \"client\",\n"
            "  burden = \"client\", standard = \"some\" }\n"
            "rule \"x\" { title = \"x\", issue = \"idle\", side = \"for\", clause = \"T-1\",\n"
            "  layer = \"law\", when = issue.payment_due:open() }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(kit_words(&kit, kit_rule(&kit, "x")->when),
                           "issue payment_due of segments.week is open");
    kit_close(&kit);
}

static void asks_an_issue_of_the_own_record_without_naming_it(void)
{
    struct kit kit;
    kit_try(&kit, "flag \"x\" { each = \"week\", when = issue.payment_due:rejected() }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    const struct node *node = &kit.image.nodes[kit.image.flags[1].when];
    CU_ASSERT_EQUAL(node->op, NODE_ISSUE);
    CU_ASSERT_EQUAL(node->b, NODE_NONE);
    CU_ASSERT_EQUAL(node->k, LABEL_REJECTED);
    kit_close(&kit);
}

static void gives_nested_lists_dense_variables(void)
{
    struct kit kit;
    (void)kit_when(&kit, "item",
                   "some(\"deliveries\", function(d) return some(\"case.reviews\", function(r)\n"
                   "  return r.delivery:is(d) end) end)");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    const struct node *outer = &kit.image.nodes[kit_rule(&kit, "x")->when];
    const struct node *inner = &kit.image.nodes[outer->c];
    CU_ASSERT_EQUAL(outer->a, 1);
    CU_ASSERT_EQUAL(inner->op, NODE_SOME);
    CU_ASSERT_EQUAL(inner->a, 2);
    kit_close(&kit);
}

static void makes_a_date_plus_days_a_date_and_plus_a_clock_an_instant(void)
{
    struct kit kit;
    kit_try(
        &kit,
        "param \"opens\" { title = \"x\", anchor = \"event\",\n"
        "  { from = \"unknown\", value = clock \"Mon 12:00\", source = \"S1\" } }\n"
        "local w = item \"week\"\n"
        "fact \"item.days_late\" { is = 0 }\n"
        "rule \"x\" { title = \"x\", issue = \"payment_due\", side = \"for\", each = \"week\",\n"
        "  clause = \"T-1\", layer = \"law\", when = all {\n"
        "  case.as_of:after(w.starts_on + param.opens:on(w.starts_on)),\n"
        "  contract.ends_on:before(param.review_period + w.starts_on) } }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(kit_words(&kit, kit_rule(&kit, "x")->when),
                           "case.as_of is after (weeks.starts_on + param.opens on "
                           "weeks.starts_on) and contract.ends_on is before "
                           "(weeks.starts_on + param.review_period)");
    kit_close(&kit);
}

static void lets_numbers_stand_in_definitions_and_shares_only(void)
{
    struct kit kit;
    kit_try(&kit, "fact \"item.days_late\" { is = item \"item\".rounds * 7 + 3 }\n"
                  "remedy \"half\" { each = \"item\", outcome = \"split\",\n"
                  "  when = issue.payment_due:open(),\n"
                  "  freelancer = share(item \"item\".held, 1, 2) }\n");
    CU_ASSERT_EQUAL(kit.status, AMICUS_OK);
    kit_close(&kit);
    kit_try(&kit, "flag \"x\" { each = \"item\", when = item \"item\".rounds:is(3) }\n");
    CU_ASSERT_TRUE(kit_said(&kit, "P0415"));
    kit_close(&kit);
}

static void types_the_values_of_choose_by_each_other(void)
{
    struct kit kit;
    kit_try(&kit, "local m = item \"item\"\n"
                  "fact \"item.fee\" { is = choose {\n"
                  "  { m.blank:is(true), usd \"0.00\" }, m.held - m.amount } }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    uint32_t fact = vocabulary_find_path(kit.vocabulary, text_of("item.fee"));
    uint32_t row = kit.image.derived_of[fact];
    CU_ASSERT_FATAL(row != INDEX_NONE);
    CU_ASSERT_STRING_EQUAL(kit_words(&kit, kit.image.derived[row].node),
                           "choose(item.blank is true: USD 0.00; else item.held - item.amount)");
    kit_close(&kit);
}

static void closes_beats_transitively_inside_a_layer(void)
{
    struct kit kit;
    kit_try(&kit, "local m = item \"item\"\n"
                  "local function r(id, beats) rule(id) { title = \"x\", issue = \"payment_due\",\n"
                  "  side = \"against\", clause = \"T-1\", layer = \"guidance\", beats = beats,\n"
                  "  when = m.blank:is(true) } end\n"
                  "r(\"a\", { \"b\" }) r(\"b\", { \"c\" }) r(\"c\", {})\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    const struct rule_row *a = kit_rule(&kit, "a");
    CU_ASSERT_EQUAL_FATAL(a->beaten_count, 2);
    CU_ASSERT_EQUAL(kit.image.indices[a->first_beaten], image_find_rule(&kit.image, text_of("b")));
    CU_ASSERT_EQUAL(kit.image.indices[a->first_beaten + 1],
                    image_find_rule(&kit.image, text_of("c")));
    CU_ASSERT_EQUAL(kit_rule(&kit, "c")->beaten_count, 0);
    kit_close(&kit);
}

static void lets_undercutters_range_like_what_they_undercut(void)
{
    struct kit kit;
    kit_try(&kit, "local m = item \"item\"\n"
                  "undercut { \"pay.silence\", \"pay.record\" } { id = \"u\", clause = \"T-1\",\n"
                  "  when = m.used:is(true) }\n"
                  "undercut \"u\" { id = \"v\", clause = \"T-1\", when = m.blank:is(true) }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    uint32_t milestone = vocabulary_find_kind(kit.vocabulary, text_of("milestone"));
    CU_ASSERT_EQUAL(kit_rule(&kit, "u")->kind, milestone);
    CU_ASSERT_EQUAL(kit_rule(&kit, "v")->kind, milestone);
    CU_ASSERT_EQUAL(kit_rule(&kit, "u")->issue, INDEX_NONE);
    CU_ASSERT_EQUAL(kit_rule(&kit, "pay.record")->undercutter_count, 1);
    CU_ASSERT_EQUAL(kit_rule(&kit, "u")->undercutter_count, 1);
    kit_close(&kit);
}

static void makes_the_last_day_of_a_period_inclusive(void)
{
    struct kit kit;
    kit_try(&kit, "local m = item \"item\"\n"
                  "rule \"x\" { title = \"x\", issue = \"payment_due\", side = \"for\",\n"
                  "  clause = \"T-1\", layer = \"law\", when = m.blank:is(true),\n"
                  "  from = \"1970-01-02\", to = \"1970-01-03\", anchor = \"filed\" }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_EQUAL(kit_rule(&kit, "x")->from_s, 86400);
    CU_ASSERT_EQUAL(kit_rule(&kit, "x")->until_s, 3 * 86400);
    CU_ASSERT_EQUAL(kit_rule(&kit, "x")->anchor, ANCHOR_FILED);
    kit_close(&kit);
}

static void keeps_both_readings_of_a_conflict(void)
{
    struct kit kit;
    kit_try(&kit, "param \"p\" { title = \"x\", anchor = \"filed\",\n"
                  "  { from = \"2020-01-01\", conflict = {\n"
                  "    { value = calendar_days(5), source = \"S1\" },\n"
                  "    { value = business_days(5), source = \"OURS\" } } },\n"
                  "  { from = \"unknown\", to = \"2019-12-31\", value = \"unknown\",\n"
                  "    source = \"S1\", seen = \"2018-01-01\" } }\n"
                  "flag \"f\" { when = case.as_of:after(case.filed_at + param.p) }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    const struct param_row *row = &kit.image.params[image_find_param(&kit.image, text_of("p"))];
    CU_ASSERT_EQUAL_FATAL(row->version_count, 2);
    const struct version_row *versions = &kit.image.versions[row->first_version];
    CU_ASSERT_EQUAL(versions[0].from_s, INSTANT_MIN);
    CU_ASSERT_EQUAL(versions[0].is_uncertain, 1);
    CU_ASSERT_EQUAL(kit.image.readings[versions[0].first_reading].is_unknown, 1);
    CU_ASSERT_EQUAL(versions[1].until_s, INSTANT_MAX);
    CU_ASSERT_EQUAL(versions[1].reading_count, 2);
    CU_ASSERT_EQUAL(row->type, TYPE_DURATION);
    kit_close(&kit);
}

static void cuts_a_sentence_at_its_places(void)
{
    struct kit kit;
    kit_try(&kit, "flag \"f\" { each = \"milestone\", when = item \"milestone\".blank:is(true),\n"
                  "  because = \"Of {any.id} by {due.review}, {param.review_period}.\" }\n");
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    const struct flag_row *flag = &kit.image.flags[0];
    const struct template_row *row = &kit.image.templates[flag->because];
    CU_ASSERT_EQUAL_FATAL(row->piece_count, 7);
    const struct piece *pieces = &kit.image.pieces[row->first_piece];
    CU_ASSERT_TRUE(text_is(image_text(&kit.image, pieces[0].words), "Of "));
    CU_ASSERT_STRING_EQUAL(kit_words(&kit, pieces[1].node), "milestones.id");
    CU_ASSERT_STRING_EQUAL(kit_words(&kit, pieces[3].node), "milestones.due.review");
    CU_ASSERT_STRING_EQUAL(kit_words(&kit, pieces[5].node), "param.review_period");
    kit_close(&kit);
}

static void puts_issues_behind_what_they_rest_on(void)
{
    struct kit kit;
    kit_open(&kit);
    kit_add(&kit, "base.lua", NULL);
    kit_compile(&kit);
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_EQUAL(kit.image.issue_order[0], image_find_issue(&kit.image, text_of("fraud")));
    CU_ASSERT_EQUAL(kit.image.issue_order[1], image_find_issue(&kit.image, text_of("payment_due")));
    kit_close(&kit);
}

static void sees_a_cycle_through_derived_facts(void)
{
    struct kit kit;
    kit_try(&kit, "fact \"item.days_late\" { is = choose { { issue.payment_due:open(), 1 }, 0 } }\n"
                  "local m = item \"item\"\n"
                  "rule \"x\" { title = \"x\", issue = \"payment_due\", side = \"for\",\n"
                  "  clause = \"T-1\", layer = \"law\", when = m.days_late:is(1) }\n");
    CU_ASSERT_EQUAL(kit.status, AMICUS_INVALID);
    CU_ASSERT_TRUE(kit_said(&kit, "P0420"));
    kit_close(&kit);
}

static void tells_all_faults_of_all_files_at_once(void)
{
    struct kit kit;
    kit_open(&kit);
    kit_add(&kit, "a.lua", "flag \"a\" { when = param.none:is(1) }\n");
    kit_add(&kit, "b.lua",
            "provision \"P\" { title = \"x\", source = \"S0\", layer = \"lwa\" }\n"
            "flag \"b\" { when = issue.none:upheld() }\n");
    kit_compile(&kit);
    CU_ASSERT_EQUAL(kit.status, AMICUS_INVALID);
    CU_ASSERT_TRUE(kit_said(&kit, "P0402"));
    CU_ASSERT_TRUE(kit_said(&kit, "P0407"));
    CU_ASSERT_TRUE(kit_said(&kit, "P0114"));
    CU_ASSERT_TRUE(kit_said(&kit, "P0403"));
    kit_close(&kit);
}

static void points_at_a_name_that_stands_once(void)
{
    struct kit kit;
    kit_try(&kit, "flag \"x\" {\n  when = case.filed_att:known(),\n}\n");
    CU_ASSERT_EQUAL(kit.status, AMICUS_INVALID);
    const amicus_diagnostic *row = amicus_diagnostics_find(kit.list, 0);
    CU_ASSERT_FATAL(row != NULL);
    CU_ASSERT_STRING_EQUAL(row->file, "more.lua");
    CU_ASSERT_EQUAL(row->line, 2);
    CU_ASSERT_EQUAL(row->column, 10);
    kit_close(&kit);
}

static void refuses_what_was_refused_before_in_the_same_list(void)
{
    struct kit kit;
    kit_try(&kit, "flag \"x\" { when = param.none:is(1) }\n");
    CU_ASSERT_EQUAL(kit.status, AMICUS_INVALID);
    kit_compile(&kit);
    CU_ASSERT_EQUAL(kit.status, AMICUS_INVALID);
    kit_close(&kit);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"compiles a sound policy without a word", compiles_a_sound_policy_without_a_word},
        {"types a bare constant by what it is compared with",
         types_a_bare_constant_by_what_it_is_compared_with},
        {"follows a ref to the facts of its record", follows_a_ref_to_the_facts_of_its_record},
        {"reads a root path of a kind from the own record",
         reads_a_root_path_of_a_kind_from_the_own_record},
        {"narrows a list to the own record", narrows_a_list_to_the_own_record},
        {"narrows a list through two refs", narrows_a_list_through_two_refs},
        {"puts the narrowing before a where", puts_the_narrowing_before_a_where},
        {"leaves a list of the case whole", leaves_a_list_of_the_case_whole},
        {"takes the plural of a union for all its records",
         takes_the_plural_of_a_union_for_all_its_records},
        {"asks an issue of the item that owns the record",
         asks_an_issue_of_the_item_that_owns_the_record},
        {"asks an issue of the own record without naming it",
         asks_an_issue_of_the_own_record_without_naming_it},
        {"gives nested lists dense variables", gives_nested_lists_dense_variables},
        {"makes a date plus days a date and plus a clock an instant",
         makes_a_date_plus_days_a_date_and_plus_a_clock_an_instant},
        {"lets numbers stand in definitions and shares only",
         lets_numbers_stand_in_definitions_and_shares_only},
        {"types the values of choose by each other", types_the_values_of_choose_by_each_other},
        {"closes beats transitively inside a layer", closes_beats_transitively_inside_a_layer},
        {"lets undercutters range like what they undercut",
         lets_undercutters_range_like_what_they_undercut},
        {"makes the last day of a period inclusive", makes_the_last_day_of_a_period_inclusive},
        {"keeps both readings of a conflict", keeps_both_readings_of_a_conflict},
        {"cuts a sentence at its places", cuts_a_sentence_at_its_places},
        {"puts issues behind what they rest on", puts_issues_behind_what_they_rest_on},
        {"sees a cycle through derived facts", sees_a_cycle_through_derived_facts},
        {"tells all faults of all files at once", tells_all_faults_of_all_files_at_once},
        {"points at a name that stands once", points_at_a_name_that_stands_once},
        {"refuses what was refused before in the same list",
         refuses_what_was_refused_before_in_the_same_list},
        CU_TEST_INFO_NULL,
    };
    return suite_run("compile", tests);
}

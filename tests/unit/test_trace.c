/*
 * The promises of traces: what decided, how far it was from its limit, and what would do.
 *
 * Each operator is put into a rule's condition, traced, and asked for its truth, its sentence, its
 * distance and its wish. What the trace says must be what the evaluator decided.
 */
#include "decide_kit.h"
#include "suite.h"

#include "trace.h"
#include "whynot.h"
#include "wording.h"

#include "date.h"

static struct kit kit;

static const char CASE[] =
    KIT_HEAD "contract:\n"
             "  formed_at: 2025-05-01T00:00:00Z\n"
             "  written: true\n"
             "  oral: {is: true, says: client}\n"
             "  price: USD 100.00\n"
             "  rounds: 3\n"
             "  grace: 5 calendar_days\n"
             "  law: Delaware\n"
             "milestones:\n"
             "  - {id: M1, held: USD 100.00, amount: USD 150.00}\n"
             "  - {id: M2, held: USD 50.00}\n"
             "deliveries:\n"
             "  - {id: D1, milestone: M1, at: 2025-05-05T02:00:00Z, formal: true}\n"
             "  - {id: D2, milestone: M2, at: 2025-05-09T00:00:00Z, formal: false}\n"
             "absent:\n"
             "  - {fact: contract.starts_on, reason: none}\n";

static struct outline outline;

static void open_case(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
}

static void close_case(void)
{
    kit_close(&kit);
}

static uint32_t fact(const char *path)
{
    return kit_read(&kit, path, NODE_NONE);
}

static uint32_t money(int64_t minor)
{
    return kit_share(&kit, minor);
}

/* Decide with one rule of that condition, and trace it. Each kit takes one such rule. */
static struct trace *trace_when(uint32_t when)
{
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    struct trace *trace = NULL;
    kit_rule(&kit, "r", issue, SIDE_FOR, when);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    outline_start(&outline, kit.arena, "test");
    const struct tracing tracing = {kit.ruling, kit.arena};
    CU_ASSERT_EQUAL_FATAL(trace_rule(&trace, tracing, 0, &kit.ruling->issues[0]), AMICUS_OK);
    return trace;
}

static bool says(struct text text, const char *words)
{
    const bool is_same = text_is(text, words);
    if (!is_same) {
        printf("    got \"%.*s\", want \"%s\"\n", (int)text.length, text.at, words);
    }
    return is_same;
}

/* What is expected of a test's trace. */
struct expected {
    enum kleene value;
    bool wanted;
    const char *sentence, *distance, *wish;
};

/* Trace one condition in a kit of its own. */
static void expect(uint32_t when, struct expected expected)
{
    struct trace *trace = trace_when(when);
    CU_ASSERT_PTR_NOT_NULL_FATAL(trace->when);
    const struct condition *at = trace->when;
    CU_ASSERT_EQUAL(trace->when->node, when);
    CU_ASSERT_EQUAL(kleene_of(at->value), expected.value);
    CU_ASSERT_EQUAL(trace->value, expected.value);
    CU_ASSERT_TRUE(says(wording_condition(&outline, kit.ruling, at), expected.sentence));
    CU_ASSERT_TRUE(
        says(wording_distance(&outline, kit.ruling, at,
                              expected.value == (expected.wanted ? KLEENE_TRUE : KLEENE_FALSE)),
             expected.distance));
    CU_ASSERT_TRUE(says(wording_wish(&outline, kit.ruling, at, expected.wanted), expected.wish));
    close_case();
}

static void compare(enum node_op op, const char *path, uint32_t limit, struct expected expected)
{
    expect(kit_two(&kit, op, TYPE_BOOL, fact(path), limit), expected);
}

static void money_is_short_or_too_much(void)
{
    open_case();
    compare(NODE_AT_LEAST, "contract.price", money(15000),
            (struct expected){KLEENE_FALSE, true, "contract.price is at least USD 150.00",
                              "USD 50.00 short", "at least USD 150.00"});
    open_case();
    compare(NODE_LESS, "contract.price", money(7500),
            (struct expected){KLEENE_FALSE, true, "contract.price is less than USD 75.00",
                              "USD 25.00 too much", "less than USD 75.00"});
    open_case();
    compare(NODE_AT_LEAST, "contract.price", money(7500),
            (struct expected){KLEENE_TRUE, false, "contract.price is at least USD 75.00",
                              "USD 25.00 too much", "less than USD 75.00"});
    open_case();
    compare(NODE_AT_MOST, "contract.price", money(12500),
            (struct expected){KLEENE_TRUE, true, "contract.price is at most USD 125.00",
                              "USD 25.00 to spare", "at most USD 125.00"});
}

static void a_value_at_its_limit_is_said_to_be_there(void)
{
    open_case();
    compare(NODE_MORE, "contract.price", money(10000),
            (struct expected){KLEENE_FALSE, true, "contract.price is more than USD 100.00",
                              "exactly at the limit", "more than USD 100.00"});
    open_case();
    compare(NODE_AT_LEAST, "contract.price", money(10000),
            (struct expected){KLEENE_TRUE, true, "contract.price is at least USD 100.00",
                              "exactly at the limit", "at least USD 100.00"});
}

static void counts_are_too_few_or_too_many(void)
{
    open_case();
    compare(NODE_AT_LEAST, "contract.rounds", kit_const(&kit, TYPE_INT, 5, 0),
            (struct expected){KLEENE_FALSE, true, "contract.rounds is at least 5", "2 too few",
                              "at least 5"});
    open_case();
    compare(NODE_EQUAL, "contract.rounds", kit_const(&kit, TYPE_INT, 1, 0),
            (struct expected){KLEENE_FALSE, true, "contract.rounds is 1", "2 too many", "1"});
    open_case();
    compare(NODE_EQUAL, "contract.rounds", kit_const(&kit, TYPE_INT, 3, 0),
            (struct expected){KLEENE_TRUE, false, "contract.rounds is 3", "", "anything but 3"});
}

static void times_are_late_or_early_to_the_second(void)
{
    open_case();
    compare(NODE_LESS, "case.as_of", fact("case.filed_at"),
            (struct expected){KLEENE_FALSE, true, "case.as_of is before case.filed_at",
                              "13 days too late", "before 2025-05-20 00:00 UTC"});
    open_case();
    const uint32_t day = kit_const(&kit, TYPE_DURATION, 86401, DURATION_SECONDS);
    compare(NODE_AT_LEAST, "contract.formed_at",
            kit_two(&kit, NODE_ADD, TYPE_INSTANT, fact("contract.formed_at"), day),
            (struct expected){KLEENE_FALSE, true,
                              "contract.formed_at is not before 2025-05-02 00:00:01 UTC",
                              "1 day 1 second too early", "not before 2025-05-02 00:00:01 UTC"});
}

static void durations_are_too_long_or_too_short(void)
{
    open_case();
    compare(NODE_AT_MOST, "contract.grace", kit_const(&kit, TYPE_DURATION, 100, DURATION_HOURS),
            (struct expected){KLEENE_FALSE, true, "contract.grace is at most 100 hours",
                              "20 hours too long", "at most 100 hours"});
    open_case();
    compare(NODE_AT_LEAST, "contract.grace",
            kit_const(&kit, TYPE_DURATION, 9, DURATION_CALENDAR_DAYS),
            (struct expected){KLEENE_FALSE, true, "contract.grace is at least 9 days",
                              "4 days too short", "at least 9 days"});
    open_case();
    compare(NODE_AT_LEAST, "contract.grace",
            kit_const(&kit, TYPE_DURATION, 9, DURATION_BUSINESS_DAYS),
            (struct expected){KLEENE_OPEN, true, "contract.grace is at least 9 business days", "",
                              "at least 9 business days"});
}

static void times_within_a_span_say_how_far_apart(void)
{
    open_case();
    struct node node = {.op = NODE_WITHIN, .type = TYPE_BOOL};
    node.a = fact("case.as_of");
    node.b = fact("case.filed_at");
    node.c = kit_const(&kit, TYPE_DURATION, 10, DURATION_CALENDAR_DAYS);
    expect(kit_node(&kit, node),
           (struct expected){KLEENE_FALSE, true, "case.as_of is within 10 days of case.filed_at",
                             "3 days too far apart", "within 10 days of 2025-05-20 00:00 UTC"});
}

static void what_has_no_order_has_no_distance(void)
{
    open_case();
    compare(NODE_EQUAL, "contract.written", kit_truth(&kit, false),
            (struct expected){KLEENE_FALSE, true, "contract.written is false", "", "no"});
    open_case();
    compare(NODE_UNEQUAL, "contract.written", kit_truth(&kit, true),
            (struct expected){KLEENE_FALSE, true, "contract.written is not true", "", "no"});
    open_case();
    compare(NODE_EQUAL, "contract.law", kit_const(&kit, TYPE_TEXT, kit_text(&kit, "Ohio"), 0),
            (struct expected){KLEENE_FALSE, true, "contract.law is \"Ohio\"", "", "Ohio"});
    open_case();
    compare(NODE_EQUAL, "contract.kept", kit_truth(&kit, true),
            (struct expected){KLEENE_OPEN, true, "contract.kept is true", "", "yes"});
    open_case();
    compare(NODE_LESS, "contract.starts_on", fact("case.filed_at"),
            (struct expected){KLEENE_FALSE, true, "contract.starts_on is before case.filed_at", "",
                              "before case.filed_at"});
}

static void tests_of_members_and_of_standing_say_what_would_do(void)
{
    open_case();
    const uint32_t freelancer = kit_fact(&kit, "case.filed_by");
    struct node one_of = {.op = NODE_ONE_OF, .type = TYPE_BOOL, .a = fact("case.filed_by"), .c = 1};
    const uint32_t member =
        kit_node(&kit, (struct node){.op = NODE_CONST, .type = TYPE_ENUM, .ref_kind = freelancer});
    one_of.b = kit_args(&kit, &member, 1);
    expect(kit_node(&kit, one_of),
           (struct expected){KLEENE_FALSE, true, "case.filed_by is one of client", "",
                             "one of client"});
    open_case();
    expect(kit_one(&kit, NODE_KNOWN, fact("contract.starts_on")),
           (struct expected){KLEENE_FALSE, true, "contract.starts_on is known", "",
                             "any value that counts"});
    open_case();
    expect(kit_one(&kit, NODE_ABSENT, fact("contract.price")),
           (struct expected){KLEENE_FALSE, true, "contract.price is absent", "",
                             "known not to exist"});
    open_case();
    expect(kit_one(&kit, NODE_CONTESTED, fact("contract.price")),
           (struct expected){KLEENE_FALSE, true, "contract.price is contested", "", "contested"});
    open_case();
    struct node standing = {.op = NODE_AT_STANDING, .type = TYPE_BOOL, .k = STANDING_ESTABLISHED};
    standing.a = fact("contract.oral");
    expect(kit_node(&kit, standing),
           (struct expected){KLEENE_FALSE, true, "contract.oral is at least established", "",
                             "at least established"});
}

static uint32_t has(enum node_op op, int64_t members)
{
    return kit_node(
        &kit, (struct node){
                  .op = (uint8_t)op, .type = TYPE_BOOL, .a = fact("case.grounds"), .k = members});
}

static void tests_of_sets_issues_and_predicates_say_what_would_do(void)
{
    open_case();
    expect(has(NODE_HAS, 2),
           (struct expected){KLEENE_OPEN, true, "case.grounds has quality", "", "with quality"});
    open_case();
    expect(has(NODE_HAS_ONLY, 6),
           (struct expected){KLEENE_OPEN, false, "case.grounds has only quality, breach", "",
                             "more, or other, than quality, breach"});
    open_case();
    const uint32_t starts = fact("contract.starts_on");
    expect(kit_node(&kit, (struct node){.op = NODE_PREDICATE,
                                        .type = TYPE_BOOL,
                                        .b = kit_args(&kit, &starts, 1),
                                        .c = 1}),
           (struct expected){KLEENE_FALSE, true, "predicate(contract.starts_on)", "",
                             "values that the predicate accepts"});
    open_case();
    const uint32_t lower = kit_issue(&kit, "lower", KIND_ROOT, PROOF_BALANCE);
    const uint32_t upper = kit_issue(&kit, "upper", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "r", upper, SIDE_FOR, kit_issue_is(&kit, lower, LABEL_UPHELD));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    struct trace *trace = NULL;
    const struct tracing tracing = {kit.ruling, kit.arena};
    outline_start(&outline, kit.arena, "test");
    CU_ASSERT_EQUAL_FATAL(trace_rule(&trace, tracing, 0, &kit.ruling->issues[upper]), AMICUS_OK);
    CU_ASSERT_EQUAL(trace->when->result, lower);
    CU_ASSERT_EQUAL(trace->value, KLEENE_FALSE);
    CU_ASSERT_TRUE(says(wording_wish(&outline, kit.ruling, trace->when, true), "upheld"));
    CU_ASSERT_TRUE(says(wording_wish(&outline, kit.ruling, trace->when, false), "not upheld"));
    close_case();
}

static void a_trace_shows_the_read_with_its_standing_even_if_it_does_not_count(void)
{
    open_case();
    const struct trace *trace = trace_when(kit_is(&kit, "contract.oral", NODE_NONE));
    const struct condition *oral = trace->when->first;
    CU_ASSERT_EQUAL(trace->status, FINDING_WAITING);
    CU_ASSERT_TRUE_FATAL(oral->has_read);
    CU_ASSERT_FALSE(oral->read.is_usable);
    CU_ASSERT_EQUAL(oral->read.value.standing, STANDING_CLAIMED);
    CU_ASSERT_EQUAL(oral->read.value.as.n, 1);
    CU_ASSERT_EQUAL(oral->value.standing, STANDING_UNKNOWN);
    close_case();
}

static void what_the_evaluator_did_not_reach_was_not_needed(void)
{
    open_case();
    const uint32_t nodes[] = {kit_is(&kit, "contract.written", NODE_NONE), kit_truth(&kit, false),
                              kit_is(&kit, "contract.kept", NODE_NONE)};
    const struct trace *trace = trace_when(kit_many(&kit, NODE_ALL, TYPE_BOOL, nodes, 3));
    const struct condition *part = trace->when->first;
    CU_ASSERT_TRUE(part->is_needed);
    CU_ASSERT_EQUAL(kleene_of(part->value), KLEENE_TRUE);
    part = part->next;
    CU_ASSERT_TRUE(part->is_needed);
    CU_ASSERT_EQUAL(kleene_of(part->value), KLEENE_FALSE);
    part = part->next;
    CU_ASSERT_EQUAL(part->node, nodes[2]);
    CU_ASSERT_FALSE(part->is_needed);
    CU_ASSERT_PTR_NULL(part->next);
    close_case();
}

static void a_list_is_traced_record_by_record(void)
{
    open_case();
    const uint32_t body = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    const uint32_t every =
        kit_list(&kit, NODE_EVERY, TYPE_BOOL, "delivery", (const uint32_t[]){NODE_NONE, body});
    const struct trace *trace = trace_when(every);
    const struct condition *first = trace->when->first;
    CU_ASSERT_EQUAL(trace->value, KLEENE_FALSE);
    CU_ASSERT_PTR_NOT_NULL_FATAL(first->next);
    CU_ASSERT_EQUAL(kleene_of(first->value), KLEENE_TRUE);
    CU_ASSERT_EQUAL(kleene_of(first->next->value), KLEENE_FALSE);
    CU_ASSERT_TRUE(text_is(kit.subject->records[first->next->element].id, "D2"));
    CU_ASSERT_TRUE(
        says(wording_condition(&outline, kit.ruling, first->next), "deliveries.D2.formal is true"));
    close_case();
}

static void an_exception_is_not_looked_at_if_the_condition_fails(void)
{
    open_case();
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    const struct tracing tracing = {kit.ruling, kit.arena};
    struct trace *trace = NULL;
    const uint32_t yes = kit_is(&kit, "contract.written", NODE_NONE);
    kit_rule(&kit, "fails", issue, SIDE_FOR, kit_truth(&kit, false));
    kit_rule(&kit, "holds", issue, SIDE_FOR, kit_truth(&kit, true));
    kit.rules[0].unless = yes;
    kit.rules[1].unless = yes;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const struct tracing with = {kit.ruling, tracing.arena};
    CU_ASSERT_EQUAL_FATAL(trace_rule(&trace, with, 0, &kit.ruling->issues[0]), AMICUS_OK);
    CU_ASSERT_PTR_NULL(trace->unless);
    CU_ASSERT_EQUAL_FATAL(trace_rule(&trace, with, 1, &kit.ruling->issues[0]), AMICUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(trace->unless);
    CU_ASSERT_EQUAL(kleene_of(trace->unless->value), KLEENE_TRUE);
    CU_ASSERT_EQUAL(trace->status, FINDING_NOT_APPLIED);
    close_case();
}

static void a_rule_outside_its_period_looks_at_nothing_but_the_date(void)
{
    open_case();
    struct trace *trace = NULL;
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    kit_rule(&kit, "old", issue, SIDE_FOR, kit_is(&kit, "contract.written", NODE_NONE));
    kit.rules[0].anchor = ANCHOR_FILED;
    CU_ASSERT_EQUAL(instant_read(&kit.rules[0].until_s, text_of("2025-01-01T00:00:00Z")),
                    AMICUS_OK);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const struct tracing tracing = {kit.ruling, kit.arena};
    CU_ASSERT_EQUAL_FATAL(trace_rule(&trace, tracing, 0, &kit.ruling->issues[0]), AMICUS_OK);
    CU_ASSERT_EQUAL(trace->in_force, KLEENE_FALSE);
    CU_ASSERT_EQUAL(trace->anchor.type, TYPE_INSTANT);
    CU_ASSERT_PTR_NULL(trace->when);
    close_case();
}

static void undercutters_are_traced_with_the_rule_that_they_attack(void)
{
    open_case();
    struct trace *trace = NULL;
    const uint32_t issue = kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    const uint32_t rule = kit_rule(&kit, "r", issue, SIDE_FOR, kit_truth(&kit, true));
    const uint32_t cut =
        kit_rule(&kit, "u", INDEX_NONE, SIDE_AGAINST, kit_is(&kit, "contract.written", NODE_NONE));
    kit_undercuts(&kit, cut, rule);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const uint32_t findings = kit.ruling->finding_count;
    const struct tracing tracing = {kit.ruling, kit.arena};
    CU_ASSERT_EQUAL_FATAL(trace_rule(&trace, tracing, rule, &kit.ruling->issues[0]), AMICUS_OK);
    CU_ASSERT_EQUAL(trace->status, FINDING_UNDERCUT);
    CU_ASSERT_PTR_NOT_NULL_FATAL(trace->undercutters);
    CU_ASSERT_EQUAL(trace->undercutters->row, cut);
    CU_ASSERT_EQUAL(trace->undercutters->value, KLEENE_TRUE);
    CU_ASSERT_PTR_NOT_NULL(trace->undercutters->when);
    CU_ASSERT_EQUAL(kit.ruling->work->finding_count, findings);
    close_case();
}

static void a_remedy_names_what_outranks_it_where_that_holds(void)
{
    open_case();
    struct trace *trace = NULL;
    kit_remedy(&kit, "low", OUTCOME_RELEASE_FULL, kit_truth(&kit, true), NODE_NONE);
    kit_remedy(&kit, "bar", OUTCOME_STAY, kit_truth(&kit, true), NODE_NONE);
    kit_remedy(&kit, "idle", OUTCOME_DISMISS, kit_truth(&kit, false), NODE_NONE);
    kit.remedies[1].stratum = STRATUM_BAR;
    kit.remedies[2].stratum = STRATUM_BAR;
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const struct tracing tracing = {kit.ruling, kit.arena};
    const uint32_t item = kit.ruling->items[0].record;
    CU_ASSERT_EQUAL_FATAL(trace_remedy(&trace, tracing, 0, item), AMICUS_OK);
    CU_ASSERT_EQUAL(trace->value, KLEENE_TRUE);
    CU_ASSERT_EQUAL_FATAL(trace->above_count, 1);
    CU_ASSERT_EQUAL(trace->above[0], 1);
    CU_ASSERT_EQUAL_FATAL(trace_remedy(&trace, tracing, 1, item), AMICUS_OK);
    CU_ASSERT_EQUAL(trace->above_count, 0);
    CU_ASSERT_EQUAL(kit.ruling->items[0].remedy, 1);
    close_case();
}

static void a_derived_fact_is_traced_into_its_definition(void)
{
    open_case();
    struct trace *trace = NULL;
    const uint32_t body = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    kit_define(
        &kit, "item.formal",
        kit_list(&kit, NODE_SOME, TYPE_BOOL, "delivery", (const uint32_t[]){NODE_NONE, body}));
    kit_issue(&kit, "due", kit_kind(&kit, "item"), PROOF_BALANCE);
    kit_rule(&kit, "r", 0, SIDE_FOR, kit_is(&kit, "item.formal", kit_var(&kit, 0)));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const struct tracing tracing = {kit.ruling, kit.arena};
    for (unsigned i = 0; i < 2; i++) { /* remembered or not, the trace is the same */
        CU_ASSERT_EQUAL_FATAL(trace_rule(&trace, tracing, 0, &kit.ruling->issues[0]), AMICUS_OK);
        const struct condition *formal = trace->when->first;
        CU_ASSERT_TRUE_FATAL(formal->has_read);
        CU_ASSERT_PTR_NULL(formal->first->first);
        CU_ASSERT_TRUE(formal->from_count > 0);
        CU_ASSERT_EQUAL_FATAL(trace_fact(&trace, tracing, &formal->read), AMICUS_OK);
        CU_ASSERT_EQUAL(trace->value, KLEENE_TRUE);
        CU_ASSERT_EQUAL(trace->when->first->node, body);
    }
    close_case();
}

static void a_name_that_nothing_has_is_not_found(void)
{
    open_case();
    const struct whynot_view view = {.depth = 1, .is_brief = true};
    kit_issue(&kit, "due", KIND_ROOT, PROOF_BALANCE);
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    outline_start(&outline, kit.arena, "test");
    CU_ASSERT_EQUAL(whynot_of(&outline, kit.ruling, text_of("no.such"), view), AMICUS_NOT_FOUND);
    outline_start(&outline, kit.arena, "test");
    CU_ASSERT_EQUAL(whynot_of(&outline, kit.ruling, text_of("due"), view), AMICUS_OK);
    close_case();
}

static CU_TestInfo TESTS[] = {
    {"money is short or too much", money_is_short_or_too_much},
    {"a value at its limit is said to be there", a_value_at_its_limit_is_said_to_be_there},
    {"counts are too few or too many", counts_are_too_few_or_too_many},
    {"times are late or early, to the second", times_are_late_or_early_to_the_second},
    {"durations are too long or too short", durations_are_too_long_or_too_short},
    {"times within a span say how far apart they are", times_within_a_span_say_how_far_apart},
    {"what has no order has no distance", what_has_no_order_has_no_distance},
    {"tests of members and of standing say what would do",
     tests_of_members_and_of_standing_say_what_would_do},
    {"tests of sets, issues and predicates say what would do",
     tests_of_sets_issues_and_predicates_say_what_would_do},
    {"a trace shows a read with its standing even if it does not count",
     a_trace_shows_the_read_with_its_standing_even_if_it_does_not_count},
    {"what the evaluator did not reach was not needed",
     what_the_evaluator_did_not_reach_was_not_needed},
    {"a list is traced record by record", a_list_is_traced_record_by_record},
    {"an exception is not looked at if the condition fails",
     an_exception_is_not_looked_at_if_the_condition_fails},
    {"a rule outside its period looks at nothing but the date",
     a_rule_outside_its_period_looks_at_nothing_but_the_date},
    {"undercutters are traced with the rule that they attack",
     undercutters_are_traced_with_the_rule_that_they_attack},
    {"a remedy names what outranks it, where that holds",
     a_remedy_names_what_outranks_it_where_that_holds},
    {"a derived fact is traced into its definition", a_derived_fact_is_traced_into_its_definition},
    {"a name that nothing has is not found", a_name_that_nothing_has_is_not_found},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return suite_run("trace", TESTS);
}

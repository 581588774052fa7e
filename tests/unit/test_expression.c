#include "expression.h"
#include "suite.h"

#include <string.h>

static const char *const NAMES[] = {"ground", "month", "moved", NULL};
static const char *const FLAGS[] = {"overridden", "waiting", NULL};
static const struct expression_words WORDS = {NAMES, FLAGS};

/* A row of which "ground" has two values. */
static bool holds(void *context, const struct comparison_node *node)
{
    (void)context;
    if (node->is_flag) {
        return text_is(node->name, "overridden");
    }
    if (text_is(node->name, "moved")) {
        return order_is_met(node->order, 1200, node->number);
    }
    if (text_is(node->name, "month")) {
        return order_is_met(node->order, text_order(text_of("2025-06"), node->value), 0);
    }
    return order_is_met(
        node->order, text_is(node->value, "scope") || text_is(node->value, "quality") ? 0 : 1, 0);
}

/* 1 it holds, 0 it does not, -1 it is refused. */
static int answer(const char *words)
{
    struct expression expression;
    amicus_diagnostics *list = NULL;
    int result = -1;
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    if (expression_read(&expression, words, &WORDS, list) == AMICUS_OK) {
        result = expression_holds(&expression, holds, NULL);
    } else {
        CU_ASSERT_EQUAL(amicus_diagnostics_count(list), 1);
    }
    amicus_diagnostics_close(list);
    return result;
}

static void an_expression_says_what_it_reads_like(void)
{
    CU_ASSERT_EQUAL(answer("ground=scope and overridden"), 1);
    CU_ASSERT_EQUAL(answer("ground = scope and waiting"), 0);
    CU_ASSERT_EQUAL(answer("ground=breach or month>=2025-06"), 1);
    CU_ASSERT_EQUAL(answer("month<2025-06"), 0);
    CU_ASSERT_EQUAL(answer("moved>1000"), 1);
    CU_ASSERT_EQUAL(answer("moved != 1200"), 0);
    CU_ASSERT_EQUAL(answer("ground='scope'"), 1);
}

static void and_binds_closer_than_or_and_not_closest(void)
{
    CU_ASSERT_EQUAL(answer("overridden or waiting and waiting"), 1);
    CU_ASSERT_EQUAL(answer("(overridden or waiting) and waiting"), 0);
    CU_ASSERT_EQUAL(answer("not waiting and overridden"), 1);
    CU_ASSERT_EQUAL(answer("not (waiting or overridden)"), 0);
    CU_ASSERT_EQUAL(answer("not not overridden"), 1);
}

static void what_is_no_expression_is_refused_with_one_fault(void)
{
    static const char *const WRONG[] = {"",
                                        " ",
                                        "and",
                                        "ground",
                                        "ground=",
                                        "ground scope",
                                        "overriden",
                                        "(overridden",
                                        "overridden)",
                                        "overridden waiting",
                                        "ground==",
                                        "ground=scope and",
                                        "overridden=1",
                                        "ground='scope"};
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        CU_ASSERT_EQUAL(answer(WRONG[i]), -1);
    }
}

static void an_expression_without_end_is_refused_and_not_followed(void)
{
    char deep[4096];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = 0;
    CU_ASSERT_EQUAL(answer(deep), -1);
    for (size_t i = 0; i + 4 < sizeof deep; i += 4) {
        memcpy(deep + i, "not ", 5);
    }
    CU_ASSERT_EQUAL(answer(deep), -1);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"an expression says what it reads like", an_expression_says_what_it_reads_like},
        {"and binds closer than or and not closest", and_binds_closer_than_or_and_not_closest},
        {"what is no expression is refused with one fault",
         what_is_no_expression_is_refused_with_one_fault},
        {"an expression without end is refused and not followed",
         an_expression_without_end_is_refused_and_not_followed},
        CU_TEST_INFO_NULL,
    };
    return suite_run("expression", tests);
}

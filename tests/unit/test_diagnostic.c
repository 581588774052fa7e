#include "diagnostic.h"
#include "limit.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>

static amicus_diagnostics *opened(void)
{
    amicus_diagnostics *list = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    return list;
}

static void complain(amicus_diagnostics *list, amicus_severity severity, uint32_t line,
                     uint32_t column)
{
    const struct place place = {"a.yaml", line, column};
    diagnostics_add(list, severity, "C0001", place, "mend it", "fault");
}

static void starts_empty(void)
{
    amicus_diagnostics *list = opened();
    CU_ASSERT_EQUAL(amicus_diagnostics_count(list), 0);
    CU_ASSERT_EQUAL(diagnostics_errors(list), 0);
    CU_ASSERT_PTR_NULL(amicus_diagnostics_find(list, 0));
    diagnostics_sort(list);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(list), 0);
    amicus_diagnostics_close(list);
    amicus_diagnostics_close(NULL);
}

static void keeps_every_part_of_a_diagnostic(void)
{
    amicus_diagnostics *list = opened();
    char file[] = "cases/x.yaml";
    char mend[] = "keep one of the two";
    const struct place place = {file, 14, 9};
    diagnostics_add(list, AMICUS_ERROR, "C0107", place, mend,
                    "duplicate key '%.*s' (first at %d:9)", 6, "amountless", 11);
    memset(file, 'x', sizeof file - 1);
    memset(mend, 'x', sizeof mend - 1);
    const amicus_diagnostic *item = amicus_diagnostics_find(list, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(item);
    CU_ASSERT_EQUAL(item->severity, AMICUS_ERROR);
    CU_ASSERT_STRING_EQUAL(item->code, "C0107");
    CU_ASSERT_STRING_EQUAL(item->file, "cases/x.yaml");
    CU_ASSERT_EQUAL(item->line, 14);
    CU_ASSERT_EQUAL(item->column, 9);
    CU_ASSERT_STRING_EQUAL(item->what, "duplicate key 'amount' (first at 11:9)");
    CU_ASSERT_STRING_EQUAL(item->mend, "keep one of the two");
    amicus_diagnostics_close(list);
}

static void takes_no_file_as_the_empty_name(void)
{
    amicus_diagnostics *list = opened();
    diagnostics_add(list, AMICUS_NOTE, "C0001", (struct place){NULL, 0, 0}, "", "what");
    CU_ASSERT_PTR_NOT_NULL_FATAL(amicus_diagnostics_find(list, 0));
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, 0)->file, "");
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, 0)->mend, "");
    amicus_diagnostics_close(list);
}

static void makes_control_characters_visible_in_every_text(void)
{
    amicus_diagnostics *list = opened();
    const struct place place = {"a\x1B[2J", 1, 1};
    diagnostics_add(list, AMICUS_ERROR, "C0001", place, "b\nc", "%s",
                    "x\x1B]0;title\x07\xE2\x80\xAE\xFF");
    const amicus_diagnostic *item = amicus_diagnostics_find(list, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(item);
    CU_ASSERT_STRING_EQUAL(item->file, "a\\x1b[2J");
    CU_ASSERT_STRING_EQUAL(item->mend, "b\\nc");
    CU_ASSERT_STRING_EQUAL(item->what, "x\\x1b]0;title\\x07<U+202E>\\xff");
    amicus_diagnostics_close(list);
}

static void adds_the_same_diagnostic_once(void)
{
    amicus_diagnostics *list = opened();
    complain(list, AMICUS_ERROR, 1, 1);
    complain(list, AMICUS_ERROR, 1, 1);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(list), 1);
    CU_ASSERT_EQUAL(diagnostics_errors(list), 1);
    complain(list, AMICUS_ERROR, 1, 2);
    complain(list, AMICUS_WARNING, 1, 1);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(list), 3);
    amicus_diagnostics_close(list);
}

static void counts_errors_only(void)
{
    amicus_diagnostics *list = opened();
    complain(list, AMICUS_NOTE, 1, 1);
    complain(list, AMICUS_WARNING, 2, 1);
    CU_ASSERT_EQUAL(diagnostics_errors(list), 0);
    complain(list, AMICUS_ERROR, 3, 1);
    CU_ASSERT_EQUAL(diagnostics_errors(list), 1);
    amicus_diagnostics_close(list);
}

static void sorts_by_file_line_column_code_and_is_stable(void)
{
    static const struct {
        const char *file;
        uint32_t line, column;
        const char *code, *what;
    } ROWS[] = {
        {"b", 1, 1, "C1", "6"}, {"a", 2, 1, "C1", "5"}, {"a", 1, 2, "C2", "3"},
        {"a", 1, 2, "C2", "4"}, {"a", 1, 2, "C1", "2"}, {"a", 1, 1, "C9", "1"},
        {"a", 0, 0, "C9", "0"},
    };
    amicus_diagnostics *list = opened();
    for (size_t i = 0; i < 7; i++) {
        const struct place place = {ROWS[i].file, ROWS[i].line, ROWS[i].column};
        diagnostics_add(list, AMICUS_ERROR, ROWS[i].code, place, "", "%s", ROWS[i].what);
    }
    diagnostics_sort(list);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(list), 7);
    for (size_t i = 0; i < 7; i++) {
        const char wanted[2] = {(char)('0' + i), '\0'};
        CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, i)->what, wanted);
    }
    amicus_diagnostics_close(list);
}

static void keeps_as_many_as_the_limit_and_counts_the_rest(void)
{
    const uint32_t limit = (uint32_t)limit_of(LIMIT_DIAGNOSTICS);
    for (uint32_t added = limit - 1; added <= limit + 1; added++) {
        amicus_diagnostics *list = opened();
        for (uint32_t line = 1; line <= added; line++) {
            complain(list, AMICUS_ERROR, line, 1);
        }
        CU_ASSERT_EQUAL(diagnostics_errors(list), added);
        diagnostics_sort(list);
        diagnostics_sort(list);
        CU_ASSERT_EQUAL(amicus_diagnostics_count(list), added);
        const amicus_diagnostic *last = amicus_diagnostics_find(list, added - 1);
        CU_ASSERT_PTR_NOT_NULL_FATAL(last);
        CU_ASSERT_EQUAL(strcmp(last->code, "I0001") == 0, added > limit);
        CU_ASSERT_EQUAL(strcmp(last->what, "and 1 more") == 0, added > limit);
        CU_ASSERT_EQUAL(last->severity, AMICUS_ERROR);
        CU_ASSERT_PTR_NULL(amicus_diagnostics_find(list, added));
        amicus_diagnostics_close(list);
    }
}

static void renews_the_summary_when_sorted_again(void)
{
    amicus_diagnostics *list = opened();
    for (uint32_t line = 1; line <= 150; line++) {
        complain(list, AMICUS_WARNING, line, 1);
    }
    diagnostics_sort(list);
    complain(list, AMICUS_WARNING, 151, 1);
    diagnostics_sort(list);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(list), 101);
    const amicus_diagnostic *last = amicus_diagnostics_find(list, 100);
    CU_ASSERT_PTR_NOT_NULL_FATAL(last);
    CU_ASSERT_STRING_EQUAL(last->what, "and 51 more");
    CU_ASSERT_EQUAL(last->severity, AMICUS_WARNING);
    CU_ASSERT_EQUAL(last->line, 0);
    amicus_diagnostics_close(list);
}

static void never_lets_warnings_hide_an_error(void)
{
    amicus_diagnostics *list = opened();
    for (uint32_t line = 1; line <= 200; line++) {
        complain(list, AMICUS_WARNING, line, 1);
    }
    complain(list, AMICUS_ERROR, 999, 1);
    CU_ASSERT_EQUAL(diagnostics_errors(list), 1);
    diagnostics_sort(list);
    size_t shown = 0;
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *item = amicus_diagnostics_find(list, i);
        shown += item->severity == AMICUS_ERROR && item->line == 999;
    }
    CU_ASSERT_EQUAL(shown, 1);
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, 100)->what, "and 101 more");
    amicus_diagnostics_close(list);
}

static void remembers_an_error_that_it_has_no_memory_for(void)
{
    static char words[400000];
    amicus_diagnostics *list = opened();
    memset(words, 'x', sizeof words - 1);
    for (uint32_t line = 1; line <= 4; line++) {
        diagnostics_add(list, AMICUS_ERROR, "C0001", (struct place){"a", line, 1}, "", "%s", words);
    }
    CU_ASSERT_EQUAL(diagnostics_errors(list), 4);
    diagnostics_sort(list);
    const size_t count = amicus_diagnostics_count(list);
    CU_ASSERT_TRUE_FATAL(count > 0 && count < 5);
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, count - 1)->code, "I0001");
    CU_ASSERT_EQUAL(amicus_diagnostics_find(list, count - 1)->severity, AMICUS_ERROR);
    amicus_diagnostics_close(list);
}

static void adds_another_list_with_what_it_only_counted(void)
{
    amicus_diagnostics *from = opened();
    amicus_diagnostics *list = opened();
    for (uint32_t line = 1; line <= 130; line++) {
        complain(from, line <= 10 ? AMICUS_WARNING : AMICUS_ERROR, line, 1);
    }
    diagnostics_sort(from);
    CU_ASSERT_EQUAL(diagnostics_errors(from), 120);
    diagnostics_add_all(list, from, "other");
    diagnostics_sort(list);
    CU_ASSERT_EQUAL(diagnostics_errors(list), 120);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_count(list), 101);
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, 0)->file, "other");
    CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, 100)->what, "and 30 more");
    CU_ASSERT_EQUAL(amicus_diagnostics_find(list, 100)->severity, AMICUS_ERROR);
    amicus_diagnostics_close(list);
    amicus_diagnostics_close(from);
}

static void has_a_page_for_each_code_of_its_own(void)
{
    CU_ASSERT_EQUAL(diagnostic_codes.count, 1);
    CU_ASSERT_STRING_EQUAL(diagnostic_codes.pages[0].code, "I0001");
    CU_ASSERT_TRUE(strlen(diagnostic_codes.pages[0].explain) > 40);
}

static void names_every_status(void)
{
    for (int i = AMICUS_OK; i <= AMICUS_INTERNAL; i++) {
        CU_ASSERT_STRING_NOT_EQUAL(amicus_status_name((amicus_status)i), "unknown status");
        for (int j = 0; j < i; j++) {
            CU_ASSERT_STRING_NOT_EQUAL(amicus_status_name((amicus_status)i),
                                       amicus_status_name((amicus_status)j));
        }
    }
    CU_ASSERT_STRING_EQUAL(amicus_status_name((amicus_status)(AMICUS_INTERNAL + 1)),
                           "unknown status");
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"starts empty", starts_empty},
        {"keeps every part of a diagnostic", keeps_every_part_of_a_diagnostic},
        {"takes no file as the empty name", takes_no_file_as_the_empty_name},
        {"makes control characters visible in every text",
         makes_control_characters_visible_in_every_text},
        {"adds the same diagnostic once", adds_the_same_diagnostic_once},
        {"counts errors only", counts_errors_only},
        {"sorts by file, line, column, code and is stable",
         sorts_by_file_line_column_code_and_is_stable},
        {"keeps as many as the limit and counts the rest",
         keeps_as_many_as_the_limit_and_counts_the_rest},
        {"renews the summary when sorted again", renews_the_summary_when_sorted_again},
        {"never lets warnings hide an error", never_lets_warnings_hide_an_error},
        {"remembers an error that it has no memory for",
         remembers_an_error_that_it_has_no_memory_for},
        {"adds another list with what it only counted",
         adds_another_list_with_what_it_only_counted},
        {"has a page for each code of its own", has_a_page_for_each_code_of_its_own},
        {"names every status", names_every_status},
        CU_TEST_INFO_NULL,
    };
    return suite_run("diagnostic", tests);
}

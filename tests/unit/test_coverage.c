#include "coverage.h"
#include "override.h"
#include "small_vocabulary.h"
#include "suite.h"
#include "yaml_tree.h"

/* The model rulebook and its case, decided with everything marked. */
struct bench {
    amicus_engine *engine;
    amicus_rulebook *book;
    amicus_diagnostics *list;
    struct arena *arena;
    struct amicus_case *subject;
    struct amicus_ruling *ruling;
    struct coverage *coverage;
};

static struct text read_file(const char *path)
{
    static char bytes[(size_t)1 << 16];
    FILE *file = fopen(path, "rb");
    small_must(file != NULL, path);
    struct text text = {bytes, fread(bytes, 1, sizeof bytes, file)};
    (void)fclose(file);
    return text;
}

static void open_bench(struct bench *bench)
{
    *bench = (struct bench){NULL, NULL, NULL, NULL, NULL, NULL, NULL};
    small_must(amicus_engine_open(&bench->engine) == AMICUS_OK, "open an engine");
    small_must(amicus_diagnostics_open(&bench->list) == AMICUS_OK, "open a list");
    small_must(arena_open(&bench->arena, (size_t)64 << 20) == AMICUS_OK, "open an arena");
    small_must(amicus_rulebook_load(&bench->book, bench->engine, "rules/model", bench->list) ==
                   AMICUS_OK,
               "load the model rulebook");
    small_must(case_load(&bench->subject, bench->book->vocabulary, "c",
                         read_file("rules/model/tests/cases/delivered.yaml"), AMICUS_FORMAT_AUTO,
                         bench->list) == AMICUS_OK,
               "load its case");
    bench->coverage = coverage_of(bench->arena, bench->book);
    small_must(bench->coverage != NULL, "start a coverage");
}

/* Decide the case by a rulebook, and note what it tried. */
static void decide(struct bench *bench, const struct amicus_rulebook *book)
{
    struct instants instants = {.seen = bench->coverage->seen};
    small_must(decide_case(&bench->ruling, book, bench->subject, &instants, bench->list) ==
                   AMICUS_OK,
               "decide the case");
    coverage_note(bench->coverage, bench->ruling);
}

static void close_bench(struct bench *bench)
{
    amicus_ruling_close(bench->ruling);
    case_close(bench->subject);
    amicus_rulebook_close(bench->book);
    amicus_engine_close(bench->engine);
    arena_close(bench->arena);
    amicus_diagnostics_close(bench->list);
}

static bool has_gap(const struct gap_rows *gaps, const char *what, const char *lacks)
{
    for (uint32_t i = 0; i < gaps->count; i++) {
        if (text_is(gaps->rows[i].what, what) && strcmp(gaps->rows[i].lacks, lacks) == 0) {
            return true;
        }
    }
    return false;
}

static void counts_nothing_before_a_ruling(void)
{
    struct bench bench;
    struct gap_rows gaps;
    struct coverage_count count;
    open_bench(&bench);
    CU_ASSERT_EQUAL_FATAL(coverage_gaps(&gaps, &count, bench.coverage), AMICUS_OK);
    CU_ASSERT_EQUAL(count.rules.done + count.conditions.done + count.clauses.done, 0);
    CU_ASSERT_EQUAL(count.facts.done, 0);
    CU_ASSERT_EQUAL(gaps.count,
                    count.rules.all + count.conditions.all + count.clauses.all + count.facts.all);
    CU_ASSERT_EQUAL(coverage_least(&count), 0);
    close_bench(&bench);
}

static void tells_what_was_tried_one_way_only(void)
{
    struct bench bench;
    struct gap_rows gaps;
    struct coverage_count count;
    open_bench(&bench);
    decide(&bench, bench.book);
    CU_ASSERT_EQUAL_FATAL(coverage_gaps(&gaps, &count, bench.coverage), AMICUS_OK);
    CU_ASSERT_TRUE(has_gap(&gaps, "silence_approves", "always applied"));
    CU_ASSERT_TRUE(has_gap(&gaps, "client_silent", "never applied"));
    CU_ASSERT_TRUE(has_gap(&gaps, "procedure.response is absent", "never true"));
    CU_ASSERT_TRUE(has_gap(&gaps, "case.filed_by is freelancer", "never false"));
    CU_ASSERT_TRUE(has_gap(&gaps, "notified.dispute_answer is true", "never decided"));
    CU_ASSERT_TRUE(has_gap(&gaps, "M-03", "never cited"));
    CU_ASSERT_FALSE(has_gap(&gaps, "M-01", "never cited"));
    close_bench(&bench);
}

static void adds_up_what_two_coverages_hold(void)
{
    struct bench bench;
    struct gap_rows gaps[2];
    struct coverage_count count[2];
    open_bench(&bench);
    struct coverage *sum = coverage_of(bench.arena, bench.book);
    small_must(sum != NULL, "start a coverage");
    decide(&bench, bench.book);
    coverage_merge(sum, bench.coverage);
    coverage_merge(sum, bench.coverage);
    CU_ASSERT_EQUAL_FATAL(coverage_gaps(&gaps[0], &count[0], bench.coverage), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(coverage_gaps(&gaps[1], &count[1], sum), AMICUS_OK);
    CU_ASSERT_EQUAL(gaps[0].count, gaps[1].count);
    CU_ASSERT_EQUAL(memcmp(&count[0], &count[1], sizeof count[0]), 0);
    close_bench(&bench);
}

/* Override a parameter of the model rulebook by a line of YAML; NULL if that is refused. */
static const struct amicus_rulebook *overridden(struct bench *bench, const char *line,
                                                struct faults *faults)
{
    struct tree_source source = tree_source_of("params", text_of(line), false);
    const struct tree *params[2] = {NULL, NULL};
    small_must(tree_read_yaml(&params[1], bench->arena, &source, bench->list) == AMICUS_OK,
               "read a map");
    faults->list = bench->list;
    return override_of(bench->arena, bench->book, params, faults);
}

static void overrides_a_parameter_and_leaves_the_rulebook_alone(void)
{
    struct bench bench;
    struct faults faults = {.any = false};
    open_bench(&bench);
    const struct image before = bench.book->image;
    const struct amicus_rulebook *other =
        overridden(&bench, "review_period: 30 calendar_days\n", &faults);
    CU_ASSERT_PTR_NOT_NULL_FATAL(other);
    CU_ASSERT_PTR_NOT_EQUAL(other, bench.book);
    CU_ASSERT_EQUAL(memcmp(&before, &bench.book->image, sizeof before), 0);
    decide(&bench, bench.book);
    CU_ASSERT_EQUAL(bench.ruling->outcome, OUTCOME_RELEASE_FULL);
    amicus_ruling_close(bench.ruling);
    decide(&bench, other);
    CU_ASSERT_EQUAL(bench.ruling->outcome, OUTCOME_DISMISS);
    close_bench(&bench);
}

static void refuses_parameters_that_are_none_and_values_of_another_type(void)
{
    static const char *const LINES[] = {"review_perod: 3 calendar_days\n", "review_period: 3\n",
                                        "small_pot: fifty\n", "small_pot: [USD 1.00]\n"};
    struct bench bench;
    open_bench(&bench);
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        struct faults faults = {.any = false};
        CU_ASSERT_PTR_NULL(overridden(&bench, LINES[i], &faults));
        CU_ASSERT_EQUAL(faults.count, 1);
    }
    close_bench(&bench);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"counts nothing before a ruling", counts_nothing_before_a_ruling},
        {"tells what was tried one way only", tells_what_was_tried_one_way_only},
        {"adds up what two coverages hold", adds_up_what_two_coverages_hold},
        {"overrides a parameter and leaves the rulebook alone",
         overrides_a_parameter_and_leaves_the_rulebook_alone},
        {"refuses parameters that are none and values of another type",
         refuses_parameters_that_are_none_and_values_of_another_type},
        CU_TEST_INFO_NULL,
    };
    return suite_run("coverage", tests);
}

#include "score.h"
#include "suite.h"

static struct text written(struct arena *arena, int64_t millionths, unsigned decimals)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    score_write(&builder, millionths, decimals);
    return builder_end(&text, &builder) == AMICUS_OK ? text : text_of("");
}

/* Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29. */
static void wilson_gives_the_intervals_that_newcombe_published(void)
{
    static const struct {
        uint64_t count, of;
        int64_t low, high; /* in ten-thousandths */
    } ROWS[] = {{81, 263, 2553, 3662}, {15, 148, 624, 1605}, {0, 20, 0, 1611}, {1, 29, 61, 1718}};
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        const struct interval interval = wilson_of(ROWS[i].count, ROWS[i].of);
        CU_ASSERT_EQUAL((interval.low + 50) / 100, ROWS[i].low);
        CU_ASSERT_EQUAL((interval.high + 50) / 100, ROWS[i].high);
    }
}

static void an_interval_holds_its_share_and_narrows_with_more_cases(void)
{
    int64_t width = MILLION + 1;
    for (uint64_t of = 4; of <= 1000000; of *= 10) {
        const struct interval interval = wilson_of(of / 4, of);
        CU_ASSERT_TRUE(interval.low <= 250000 && interval.high >= 250000);
        CU_ASSERT_TRUE(interval.high - interval.low < width);
        width = interval.high - interval.low;
    }
    const struct interval all = wilson_of(UINT64_C(1) << 40, UINT64_C(1) << 40);
    CU_ASSERT_EQUAL(all.high, MILLION);
    CU_ASSERT_TRUE(all.low > 999990);
    CU_ASSERT_EQUAL(wilson_of(0, 0).high, MILLION);
    CU_ASSERT_EQUAL(wilson_of(0, 0).low, 0);
}

/* By hand: (0.2^2 + 0.9^2 + 0.5^2) / 3 = (0.04 + 0.81 + 0.25) / 3 = 0.366667. */
static void brier_is_the_mean_square_of_what_confidence_missed(void)
{
    struct brier brier = {0};
    CU_ASSERT_EQUAL(brier_of(&brier), 0);
    brier_add(&brier, 80, true);
    brier_add(&brier, 90, false);
    brier_add(&brier, 50, true);
    CU_ASSERT_EQUAL(brier_of(&brier), 366667);
}

/* The example of Wikipedia, "Cohen's kappa": 20, 5, 10, 15 of 50 gives 0.4. */
static void kappa_is_agreement_beyond_chance(void)
{
    struct agreement agreement = {{{20, 5}, {10, 15}}};
    int64_t kappa = 0;
    CU_ASSERT_TRUE(kappa_of(&kappa, &agreement));
    CU_ASSERT_EQUAL(kappa, 400000);
    const struct agreement opposed = {{{0, 10}, {10, 0}}};
    CU_ASSERT_TRUE(kappa_of(&kappa, &opposed));
    CU_ASSERT_EQUAL(kappa, -1000000);
}

static void kappa_is_not_made_up_where_it_is_not_defined(void)
{
    const struct agreement nothing = {{{0}}};
    const struct agreement one_kind = {{{7}}};
    int64_t kappa = 0;
    CU_ASSERT_FALSE(kappa_of(&kappa, &nothing));
    CU_ASSERT_FALSE(kappa_of(&kappa, &one_kind));
}

static void the_root_is_the_greatest_whole_number_below(void)
{
    CU_ASSERT_EQUAL(whole_root(0), 0);
    CU_ASSERT_EQUAL(whole_root(15), 3);
    CU_ASSERT_EQUAL(whole_root(16), 4);
    CU_ASSERT_EQUAL(whole_root(UINT64_MAX), UINT32_MAX);
}

static void scores_are_written_rounded_with_fixed_digits(void)
{
    struct arena *arena = NULL;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 1 << 16), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(written(arena, 366667, 4), "0.3667"));
    CU_ASSERT_TRUE(text_is(written(arena, -400000, 2), "-0.40"));
    CU_ASSERT_TRUE(text_is(written(arena, -1, 2), "0.00"));
    CU_ASSERT_TRUE(text_is(written(arena, 999999, 3), "1.000"));
    CU_ASSERT_TRUE(text_is(written(arena, 7, 6), "0.000007"));
    CU_ASSERT_EQUAL(share_of(1, 3), 333333);
    CU_ASSERT_EQUAL(share_of(0, 0), 0);
    arena_close(arena);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"wilson gives the intervals that newcombe published",
         wilson_gives_the_intervals_that_newcombe_published},
        {"an interval holds its share and narrows with more cases",
         an_interval_holds_its_share_and_narrows_with_more_cases},
        {"brier is the mean square of what confidence missed",
         brier_is_the_mean_square_of_what_confidence_missed},
        {"kappa is agreement beyond chance", kappa_is_agreement_beyond_chance},
        {"kappa is not made up where it is not defined",
         kappa_is_not_made_up_where_it_is_not_defined},
        {"the root is the greatest whole number below",
         the_root_is_the_greatest_whole_number_below},
        {"scores are written rounded with fixed digits",
         scores_are_written_rounded_with_fixed_digits},
        CU_TEST_INFO_NULL,
    };
    return suite_run("score", tests);
}

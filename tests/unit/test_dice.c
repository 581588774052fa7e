#include "dice.h"
#include "suite.h"

#include <string.h>

/* The values that SplitMix64's own page of test vectors gives for this seed. */
static void splitmix_gives_its_published_numbers(void)
{
    static const uint64_t WANTED[] = {
        UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821)};
    uint64_t state = 1234567;
    for (size_t i = 0; i < sizeof WANTED / sizeof WANTED[0]; i++) {
        CU_ASSERT_EQUAL(dice_mix(&state), WANTED[i]);
    }
}

/* The values that the reference implementation gives for the state 1, 2, 3, 4. */
static void xoshiro_gives_its_published_numbers(void)
{
    static const uint64_t WANTED[] = {UINT64_C(11520),
                                      UINT64_C(0),
                                      UINT64_C(1509978240),
                                      UINT64_C(1215971899390074240),
                                      UINT64_C(1216172134540287360),
                                      UINT64_C(607988272756665600),
                                      UINT64_C(16172922978634559625),
                                      UINT64_C(8476171486693032832),
                                      UINT64_C(10595114339597558777),
                                      UINT64_C(2904607092377533576)};
    struct dice dice = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof WANTED / sizeof WANTED[0]; i++) {
        CU_ASSERT_EQUAL(dice_bits(&dice), WANTED[i]);
    }
}

/* Our own choice of how a stream starts; a change of it changes every sample. */
static void a_seed_and_a_stream_give_the_same_numbers_for_ever(void)
{
    struct dice dice;
    dice_start(&dice, 1, 0);
    CU_ASSERT_EQUAL(dice_bits(&dice), UINT64_C(3109656044431962005));
    dice_start(&dice, 1, 1);
    CU_ASSERT_EQUAL(dice_bits(&dice), UINT64_C(5893504417387277674));
    dice_start(&dice, UINT64_MAX, UINT64_MAX);
    CU_ASSERT_EQUAL(dice_bits(&dice), UINT64_C(6567755651371846717));
}

static void no_two_streams_start_alike(void)
{
    struct dice a;
    struct dice b;
    for (uint64_t i = 1; i < 1000; i++) {
        dice_start(&a, 7, i - 1);
        dice_start(&b, 7, i);
        CU_ASSERT_NOT_EQUAL(memcmp(&a, &b, sizeof a), 0);
        dice_start(&b, 6, i - 1);
        CU_ASSERT_NOT_EQUAL(memcmp(&a, &b, sizeof a), 0);
    }
}

static void a_bounded_number_keeps_its_bounds_and_takes_each_value(void)
{
    struct dice dice;
    unsigned seen[6] = {0};
    dice_start(&dice, 3, 3);
    for (unsigned i = 0; i < 6000; i++) {
        const uint32_t n = dice_below(&dice, 6);
        CU_ASSERT_TRUE_FATAL(n < 6);
        seen[n]++;
    }
    for (unsigned i = 0; i < 6; i++) {
        CU_ASSERT_TRUE(seen[i] > 850 && seen[i] < 1150);
    }
    CU_ASSERT_EQUAL(dice_below(&dice, 1), 0);
    for (unsigned i = 0; i < 1000; i++) {
        const int64_t n = dice_between(&dice, -2, 2);
        CU_ASSERT_TRUE(n >= -2 && n <= 2);
    }
    CU_ASSERT_EQUAL(dice_between(&dice, -5, -5), -5);
}

static void a_chance_of_none_never_comes_and_one_of_all_always(void)
{
    struct dice dice;
    dice_start(&dice, 9, 0);
    for (unsigned i = 0; i < 1000; i++) {
        CU_ASSERT_FALSE(dice_chance(&dice, 0));
        CU_ASSERT_TRUE(dice_chance(&dice, 100));
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"splitmix gives its published numbers", splitmix_gives_its_published_numbers},
        {"xoshiro gives its published numbers", xoshiro_gives_its_published_numbers},
        {"a seed and a stream give the same numbers for ever",
         a_seed_and_a_stream_give_the_same_numbers_for_ever},
        {"no two streams start alike", no_two_streams_start_alike},
        {"a bounded number keeps its bounds and takes each value",
         a_bounded_number_keeps_its_bounds_and_takes_each_value},
        {"a chance of none never comes and one of all always",
         a_chance_of_none_never_comes_and_one_of_all_always},
        CU_TEST_INFO_NULL,
    };
    return suite_run("dice", tests);
}

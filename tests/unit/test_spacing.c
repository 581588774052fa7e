#include "spacing.h"
#include "suite.h"

/* A fixed-point number, rounded to ten-thousandths. */
static int64_t in_myriads(int64_t fixed)
{
    return (fixed * 10000 + SPACING_ONE / 2) / SPACING_ONE;
}

static bool is_near(int64_t fixed, int64_t myriads)
{
    const int64_t off = in_myriads(fixed) - myriads;
    const int64_t room = 2 + myriads / 2000;
    return off <= room && off >= -room;
}

static const int64_t DAY = 86400;

/* py-fsrs, tests/test_basic.py, test_memo_state: again, then five times good. */
static void the_memory_of_six_answers_is_that_of_the_reference(void)
{
    static const unsigned DAYS[] = {0, 0, 1, 3, 8, 21};
    struct spacing spacing = {0};
    int64_t now_s = 1669810000;
    for (size_t i = 0; i < 6; i++) {
        now_s += DAYS[i] * DAY;
        spacing_note(&spacing, i == 0 ? GRADE_AGAIN : GRADE_GOOD, now_s);
    }
    CU_ASSERT_TRUE(is_near(spacing.stability, 536269));
    CU_ASSERT_TRUE(is_near(spacing.difficulty, 63575));
    CU_ASSERT_EQUAL(spacing.times, 6);
}

/* The formulas of FSRS-6 in floating point, worked out apart from this code. */
static void each_kind_of_step_is_that_of_the_published_formulas(void)
{
    static const struct {
        unsigned days;
        enum grade grade;
        int64_t recall, stability, difficulty; /* in ten-thousandths */
    } STEPS[] = {
        {0, GRADE_GOOD, 10000, 23065, 21112}, {2, GRADE_GOOD, 9095, 109711, 21043},
        {9, GRADE_HARD, 9130, 293291, 47437}, {30, GRADE_AGAIN, 8984, 23150, 82575},
        {1, GRADE_EASY, 9470, 52115, 76605},  {40, GRADE_GOOD, 7186, 267919, 76481},
    };
    struct spacing spacing = {0};
    int64_t now_s = 0;
    spacing_note(&spacing, GRADE_GOOD, now_s);
    CU_ASSERT_TRUE(is_near(spacing.stability, 23065));
    CU_ASSERT_TRUE(is_near(spacing.difficulty, 21181));
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        now_s += STEPS[i].days * DAY;
        CU_ASSERT_TRUE(is_near(spacing_recall(&spacing, now_s), STEPS[i].recall));
        spacing_note(&spacing, STEPS[i].grade, now_s);
        CU_ASSERT_TRUE(is_near(spacing.stability, STEPS[i].stability));
        CU_ASSERT_TRUE(is_near(spacing.difficulty, STEPS[i].difficulty));
    }
}

static void what_was_never_tried_is_due_at_once(void)
{
    const struct spacing spacing = {0};
    CU_ASSERT_EQUAL(spacing_due(&spacing), 0);
    CU_ASSERT_EQUAL(spacing_recall(&spacing, 5), 0);
}

static void a_skill_is_due_when_nine_of_ten_would_recall_it(void)
{
    struct spacing spacing = {0};
    spacing_note(&spacing, GRADE_EASY, 1000);
    CU_ASSERT_EQUAL(spacing_due(&spacing), 1000 + 8 * DAY);
    CU_ASSERT_TRUE(spacing_recall(&spacing, 1000 + 7 * DAY) > SPACING_ONE * 9 / 10);
    CU_ASSERT_TRUE(spacing_recall(&spacing, 1000 + 9 * DAY) < SPACING_ONE * 9 / 10);
}

static void a_memory_stays_within_its_bounds_whatever_happens(void)
{
    for (unsigned grade = GRADE_AGAIN; grade <= GRADE_EASY; grade++) {
        struct spacing spacing = {0};
        for (int64_t i = 0; i < 300; i++) {
            spacing_note(&spacing, (enum grade)grade, i * i * i * DAY);
            CU_ASSERT_TRUE(spacing.stability > 0);
            CU_ASSERT_TRUE(spacing.stability <= 36500 * SPACING_ONE);
            CU_ASSERT_TRUE(spacing.difficulty >= SPACING_ONE);
            CU_ASSERT_TRUE(spacing.difficulty <= 10 * SPACING_ONE);
        }
    }
}

static void a_clock_that_went_back_does_not_undo_an_answer(void)
{
    struct spacing spacing = {0};
    spacing_note(&spacing, GRADE_GOOD, 100 * DAY);
    spacing_note(&spacing, GRADE_GOOD, 50 * DAY);
    CU_ASSERT_EQUAL(spacing.at_s, 100 * DAY);
    CU_ASSERT_EQUAL(spacing.times, 2);
}

static void powers_are_those_of_the_real_numbers(void)
{
    CU_ASSERT_TRUE(is_near(fixed_power(2 * SPACING_ONE, 10 * SPACING_ONE), 10240000));
    CU_ASSERT_TRUE(is_near(fixed_power(2 * SPACING_ONE, SPACING_ONE / 2), 14142));
    CU_ASSERT_TRUE(is_near(fixed_power(SPACING_ONE / 4, -SPACING_ONE / 2), 20000));
    CU_ASSERT_EQUAL(fixed_power(SPACING_ONE, 7 * SPACING_ONE), SPACING_ONE);
    CU_ASSERT_EQUAL(fixed_power(2 * SPACING_ONE, -90 * SPACING_ONE), 0);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"the memory of six answers is that of the reference",
         the_memory_of_six_answers_is_that_of_the_reference},
        {"each kind of step is that of the published formulas",
         each_kind_of_step_is_that_of_the_published_formulas},
        {"what was never tried is due at once", what_was_never_tried_is_due_at_once},
        {"a skill is due when nine of ten would recall it",
         a_skill_is_due_when_nine_of_ten_would_recall_it},
        {"a memory stays within its bounds whatever happens",
         a_memory_stays_within_its_bounds_whatever_happens},
        {"a clock that went back does not undo an answer",
         a_clock_that_went_back_does_not_undo_an_answer},
        {"powers are those of the real numbers", powers_are_those_of_the_real_numbers},
        CU_TEST_INFO_NULL,
    };
    return suite_run("spacing", tests);
}

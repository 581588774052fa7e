#include "date.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>

static const uint64_t SEED = 19700101;
static const int32_t FIRST = -719162; /* 0001-01-01 */
static const int32_t LAST = 2932896;  /* 9999-12-31 */

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

static int32_t day(const char *written)
{
    int32_t read = 0;
    CU_ASSERT_EQUAL_FATAL(date_read(&read, text_of(written)), AMICUS_OK);
    return read;
}

static int64_t instant(const char *written)
{
    int64_t read = 0;
    CU_ASSERT_EQUAL_FATAL(instant_read(&read, text_of(written)), AMICUS_OK);
    return read;
}

/* Saturday and Sunday free, and two holidays: Christmas 2024 and New Year 2025. */
static struct business_calendar calendar(void)
{
    static int32_t holidays[2];
    holidays[0] = day("2024-12-25");
    holidays[1] = day("2025-01-01");
    return (struct business_calendar){.free_weekdays = 1u << 5 | 1u << 6,
                                      .free_days = holidays,
                                      .free_days_count = 2,
                                      .from_day = day("2024-01-01"),
                                      .until_day = day("2025-12-31")};
}

static void check_written(struct builder *builder, const char *wanted)
{
    struct text written;
    CU_ASSERT_EQUAL_FATAL(builder_end(&written, builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(written.at, wanted);
    arena_close(builder->arena);
}

static struct builder started(void)
{
    struct arena *arena = NULL;
    struct builder builder;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 4096), AMICUS_OK);
    builder_start(&builder, arena);
    return builder;
}

static void check_add(const char *from, int64_t count, enum duration_unit unit, const char *wanted)
{
    const struct business_calendar business = calendar();
    int64_t sum = 0;
    CU_ASSERT_EQUAL(instant_add(&sum, instant(from), count, (uint16_t)unit, &business), AMICUS_OK);
    struct builder builder = started();
    instant_write(&builder, sum);
    check_written(&builder, wanted);
}

static void counts_days_from_1970(void)
{
    CU_ASSERT_EQUAL(day_of(1970, 1, 1), 0);
    CU_ASSERT_EQUAL(day_of(1969, 12, 31), -1);
    CU_ASSERT_EQUAL(day_of(2000, 3, 1), 11017);
    CU_ASSERT_EQUAL(day_of(2025, 6, 2), 20241);
    CU_ASSERT_EQUAL(day_of(1, 1, 1), FIRST);
    CU_ASSERT_EQUAL(day_of(9999, 12, 31), LAST);
}

static void knows_leap_years(void)
{
    CU_ASSERT_EQUAL(day("2024-03-01") - day("2024-02-28"), 2);
    CU_ASSERT_EQUAL(day("2023-03-01") - day("2023-02-28"), 1);
    CU_ASSERT_EQUAL(day("2000-03-01") - day("2000-02-28"), 2);
    CU_ASSERT_EQUAL(day("1900-03-01") - day("1900-02-28"), 1);
    CU_ASSERT_EQUAL(day("2100-03-01") - day("2100-02-28"), 1);
}

static void refuses_dates_that_do_not_exist(void)
{
    static const char *const BAD[] = {
        "2025-02-29",
        "2025-02-30",
        "1900-02-29",
        "2025-04-31",
        "2025-13-01",
        "2025-00-01",
        "2025-01-00",
        "2025-01-32",
        "0000-01-01",
        "2025-1-1",
        "25-01-01",
        "2025-01-01 ",
        " 2025-01-01",
        "2025/01/01",
        "20250101",
        "",
        "2025-01",
        "2025-01-0x",
        "+2025-01-01",
        "-025-01-01",
        "2025-01-01T00:00:00Z",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        int32_t read = 77;
        CU_ASSERT_EQUAL(date_read(&read, text_of(BAD[i])), AMICUS_INVALID);
        CU_ASSERT_EQUAL(read, 0);
    }
    CU_ASSERT_EQUAL(day("2024-02-29"), 19782);
}

/* Every day that exists: read back what was written, one after another, weekdays in turn. */
static void reads_back_every_day_of_ten_thousand_years(void)
{
    struct arena *arena = NULL;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 65536), AMICUS_OK);
    unsigned weekday = 0; /* 0001-01-01 was a Monday */
    size_t wrong = 0;
    for (int32_t number = FIRST; number <= LAST; number++) {
        wrong += day_weekday(number) != weekday;
        weekday = (weekday + 1) % 7;
        if (number % 37 != 0 && number > FIRST + 1500 && number < LAST - 1500) {
            continue;
        }
        struct builder builder;
        struct text written;
        int32_t read = 0;
        arena_reset(arena);
        builder_start(&builder, arena);
        date_write(&builder, number);
        wrong += builder_end(&written, &builder) != AMICUS_OK || written.length != 10;
        wrong += date_read(&read, written) != AMICUS_OK || read != number;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    arena_close(arena);
}

static void writes_days_outside_the_years_as_question_marks(void)
{
    struct builder builder = started();
    date_write(&builder, FIRST - 1);
    date_write(&builder, LAST + 1);
    date_write(&builder, INT32_MIN);
    check_written(&builder, "\?\?\?\?-\?\?-\?\?"
                            "\?\?\?\?-\?\?-\?\?"
                            "\?\?\?\?-\?\?-\?\?");
}

static void reads_instants_and_turns_offsets_into_utc(void)
{
    CU_ASSERT_EQUAL(instant("1970-01-01T00:00:00Z"), 0);
    CU_ASSERT_EQUAL(instant("1969-12-31T23:59:59Z"), -1);
    CU_ASSERT_EQUAL(instant("2025-06-02T00:00:00Z"), 1748822400);
    CU_ASSERT_EQUAL(instant("2025-06-02T02:00:00+02:00"), 1748822400);
    CU_ASSERT_EQUAL(instant("2025-06-01T18:30:00-05:30"), 1748822400);
    CU_ASSERT_EQUAL(instant("2025-06-02T00:00:00+00:00"), 1748822400);
    CU_ASSERT_EQUAL(instant("2025-06-02T23:59:00+23:59"), 1748822400);
}

static void refuses_every_other_form_of_instant(void)
{
    static const char *const BAD[] = {
        "2025-06-02",
        "2025-06-02T00:00:00",
        "2025-06-02t00:00:00Z",
        "2025-06-02T00:00:00z",
        "2025-06-02 00:00:00Z",
        "2025-06-02T24:00:00Z",
        "2025-06-02T00:60:00Z",
        "2025-06-02T23:59:60Z",
        "2025-06-02T00:00Z",
        "2025-06-02T00:00:00.5Z",
        "2025-06-02T00:00:00+0200",
        "2025-06-02T00:00:00+02",
        "2025-06-02T00:00:00+24:00",
        "2025-06-02T00:00:00+02:60",
        "2025-06-02T00:00:00ZZ",
        "2025-02-30T00:00:00Z",
        "2025-06-02T0:00:00Z",
        "",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        int64_t read = 77;
        CU_ASSERT_EQUAL(instant_read(&read, text_of(BAD[i])), AMICUS_INVALID);
        CU_ASSERT_EQUAL(read, 0);
    }
}

static void refuses_an_instant_that_its_offset_moves_out_of_the_years(void)
{
    int64_t read = 0;
    CU_ASSERT_EQUAL(instant_read(&read, text_of("0001-01-01T00:00:00+00:01")), AMICUS_INVALID);
    CU_ASSERT_EQUAL(instant_read(&read, text_of("9999-12-31T23:59:59-00:01")), AMICUS_INVALID);
    CU_ASSERT_EQUAL(instant_read(&read, text_of("0001-01-01T00:00:00Z")), AMICUS_OK);
    CU_ASSERT_TRUE(instant_exists(read));
    CU_ASSERT_FALSE(instant_exists(read - 1));
    CU_ASSERT_EQUAL(instant_read(&read, text_of("9999-12-31T23:59:59Z")), AMICUS_OK);
    CU_ASSERT_TRUE(instant_exists(read));
    CU_ASSERT_FALSE(instant_exists(read + 1));
}

static void reads_back_every_instant_that_it_writes(void)
{
    struct arena *arena = NULL;
    uint64_t state = SEED;
    const int64_t span_s = ((int64_t)LAST - FIRST + 1) * 86400;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 4096), AMICUS_OK);
    printf("(seed %llu) ", (unsigned long long)SEED);
    for (int i = 0; i < 20000; i++) {
        const int64_t utc_s =
            (int64_t)FIRST * 86400 + (int64_t)(next_random(&state) % (uint64_t)span_s);
        struct builder builder;
        struct text written;
        int64_t read = 0;
        arena_reset(arena);
        builder_start(&builder, arena);
        instant_write(&builder, utc_s);
        CU_ASSERT_EQUAL(builder_end(&written, &builder), AMICUS_OK);
        CU_ASSERT_EQUAL(instant_read(&read, written), AMICUS_OK);
        CU_ASSERT_EQUAL(read, utc_s);
    }
    arena_close(arena);
}

static void puts_an_instant_into_the_day_that_holds_it(void)
{
    CU_ASSERT_EQUAL(instant_day(0), 0);
    CU_ASSERT_EQUAL(instant_day(86399), 0);
    CU_ASSERT_EQUAL(instant_day(86400), 1);
    CU_ASSERT_EQUAL(instant_day(-1), -1);
    CU_ASSERT_EQUAL(instant_day(-86400), -1);
    CU_ASSERT_EQUAL(instant_day(-86401), -2);
    CU_ASSERT_EQUAL(instant_day(INT64_MIN), INT32_MIN);
    CU_ASSERT_EQUAL(instant_day(INT64_MAX), INT32_MAX);
}

static void names_weekdays_from_monday(void)
{
    CU_ASSERT_EQUAL(day_weekday(day("2025-06-02")), 0);
    CU_ASSERT_EQUAL(day_weekday(day("2025-06-08")), 6);
    CU_ASSERT_EQUAL(day_weekday(0), 3);
    CU_ASSERT_EQUAL(day_weekday(day("1969-12-28")), 6);
    CU_ASSERT_TRUE(day_weekday(INT32_MIN) <= 6);
    CU_ASSERT_TRUE(day_weekday(INT32_MAX) <= 6);
}

static void reads_durations_with_their_unit(void)
{
    static const struct {
        const char *written;
        int64_t count;
        enum duration_unit unit;
        const char *plain;
    } ROWS[] = {
        {"14 calendar_days", 14, DURATION_CALENDAR_DAYS, "14 days"},
        {"1 calendar_days", 1, DURATION_CALENDAR_DAYS, "1 day"},
        {"5 business_days", 5, DURATION_BUSINESS_DAYS, "5 business days"},
        {"1 business_days", 1, DURATION_BUSINESS_DAYS, "1 business day"},
        {"48 hours", 48, DURATION_HOURS, "48 hours"},
        {"30 minutes", 30, DURATION_MINUTES, "30 minutes"},
        {"90 seconds", 90, DURATION_SECONDS, "90 seconds"},
        {"0 seconds", 0, DURATION_SECONDS, "0 seconds"},
        {"9223372036854775807 seconds", INT64_MAX, DURATION_SECONDS, "9223372036854775807 seconds"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        int64_t count = -1;
        uint16_t unit = 99;
        CU_ASSERT_EQUAL(duration_read(&count, &unit, text_of(ROWS[i].written)), AMICUS_OK);
        CU_ASSERT_EQUAL(count, ROWS[i].count);
        CU_ASSERT_EQUAL(unit, ROWS[i].unit);
        struct builder builder = started();
        duration_write(&builder, count, unit);
        check_written(&builder, ROWS[i].written);
        builder = started();
        duration_write_plain(&builder, count, unit);
        check_written(&builder, ROWS[i].plain);
    }
}

static void refuses_every_other_form_of_duration(void)
{
    static const char *const BAD[] = {
        "",          "14",        "14 days",   "1 calendar_day", "14calendar_days",
        "14  hours", " 14 hours", "14 hours ", "-1 hours",       "+1 hours",
        "01 hours",  "1.5 hours", "hours",     " hours",         "1e3 hours",
        "14 Hours",  "P14D",      "14\thours",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        int64_t count = 77;
        uint16_t unit = 77;
        CU_ASSERT_EQUAL(duration_read(&count, &unit, text_of(BAD[i])), AMICUS_INVALID);
        CU_ASSERT_EQUAL(count, 0);
        CU_ASSERT_EQUAL(unit, 0);
    }
    int64_t count = 77;
    uint16_t unit = 77;
    CU_ASSERT_EQUAL(duration_read(&count, &unit, text_of("9223372036854775808 seconds")),
                    AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(count, 0);
    CU_ASSERT_EQUAL(
        duration_read(&count, &unit, text_of("99999999999999999999999999999999x9 seconds")),
        AMICUS_INVALID);
}

static void reads_a_clock_in_the_week(void)
{
    int64_t seconds = -1;
    CU_ASSERT_EQUAL(week_clock_read(&seconds, text_of("Mon 00:00")), AMICUS_OK);
    CU_ASSERT_EQUAL(seconds, 0);
    CU_ASSERT_EQUAL(week_clock_read(&seconds, text_of("Mon 12:00")), AMICUS_OK);
    CU_ASSERT_EQUAL(seconds, 43200);
    CU_ASSERT_EQUAL(week_clock_read(&seconds, text_of("Fri 23:59:59")), AMICUS_OK);
    CU_ASSERT_EQUAL(seconds, 5 * 86400 - 1);
    CU_ASSERT_EQUAL(week_clock_read(&seconds, text_of("Sun 23:59:59")), AMICUS_OK);
    CU_ASSERT_EQUAL(seconds, 7 * 86400 - 1);
}

static void refuses_every_other_form_of_clock(void)
{
    static const char *const BAD[] = {
        "",          "Mon",          "Mon ",       "mon 12:00", "Monday 12:00", "Mon 24:00",
        "Mon 12:60", "Mon 12:00:60", "Mon 12",     "Mon 1:00",  "Mon 12:00:",   "Mon 12:00:00 ",
        "Xyz 12:00", "onT 12:00",    "Mon  12:00", "12:00"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        int64_t seconds = 77;
        CU_ASSERT_EQUAL(week_clock_read(&seconds, text_of(BAD[i])), AMICUS_INVALID);
        CU_ASSERT_EQUAL(seconds, 0);
    }
}

static void adds_each_unit_to_an_instant(void)
{
    check_add("2025-06-02T10:20:30Z", 90, DURATION_SECONDS, "2025-06-02T10:22:00Z");
    check_add("2025-06-02T10:20:30Z", 30, DURATION_MINUTES, "2025-06-02T10:50:30Z");
    check_add("2025-06-02T10:20:30Z", 48, DURATION_HOURS, "2025-06-04T10:20:30Z");
    check_add("2024-02-20T10:20:30Z", 14, DURATION_CALENDAR_DAYS, "2024-03-05T10:20:30Z");
    check_add("2025-06-02T10:20:30Z", -2, DURATION_CALENDAR_DAYS, "2025-05-31T10:20:30Z");
    check_add("2025-06-02T10:20:30Z", 0, DURATION_HOURS, "2025-06-02T10:20:30Z");
}

static void steps_over_weekends_and_holidays(void)
{
    /* Friday to Monday, and the clock stays. */
    check_add("2025-06-06T23:59:59Z", 1, DURATION_BUSINESS_DAYS, "2025-06-09T23:59:59Z");
    /* From a Saturday the first business day is Monday. */
    check_add("2025-06-07T08:00:00Z", 1, DURATION_BUSINESS_DAYS, "2025-06-09T08:00:00Z");
    check_add("2025-06-02T00:00:00Z", 5, DURATION_BUSINESS_DAYS, "2025-06-09T00:00:00Z");
    /* Over Christmas, which was a Wednesday, and New Year. */
    check_add("2024-12-24T12:00:00Z", 1, DURATION_BUSINESS_DAYS, "2024-12-26T12:00:00Z");
    check_add("2024-12-24T12:00:00Z", 6, DURATION_BUSINESS_DAYS, "2025-01-03T12:00:00Z");
    check_add("2025-06-09T12:00:00Z", -1, DURATION_BUSINESS_DAYS, "2025-06-06T12:00:00Z");
    check_add("2025-06-07T12:00:00Z", 0, DURATION_BUSINESS_DAYS, "2025-06-07T12:00:00Z");
}

static void counts_no_business_days_that_no_calendar_covers(void)
{
    struct business_calendar business = calendar();
    int64_t sum = 77;
    const int64_t at = instant("2025-12-31T12:00:00Z");
    CU_ASSERT_EQUAL(instant_add(&sum, at, 1, DURATION_BUSINESS_DAYS, &business), AMICUS_INVALID);
    CU_ASSERT_EQUAL(sum, 0);
    CU_ASSERT_EQUAL(instant_add(&sum, at, 0, DURATION_BUSINESS_DAYS, &business), AMICUS_OK);
    CU_ASSERT_EQUAL(instant_add(&sum, at + 86400, 0, DURATION_BUSINESS_DAYS, &business),
                    AMICUS_INVALID);
    CU_ASSERT_EQUAL(instant_add(&sum, at, 1, DURATION_BUSINESS_DAYS, NULL), AMICUS_INVALID);
    CU_ASSERT_EQUAL(instant_add(&sum, at, INT64_MAX, DURATION_BUSINESS_DAYS, &business),
                    AMICUS_INVALID);
    CU_ASSERT_EQUAL(instant_add(&sum, at, INT64_MIN, DURATION_BUSINESS_DAYS, &business),
                    AMICUS_INVALID);
    business.free_weekdays = 127;
    CU_ASSERT_EQUAL(
        instant_add(&sum, instant("2024-01-01T00:00:00Z"), 1, DURATION_BUSINESS_DAYS, &business),
        AMICUS_INVALID);
}

static void refuses_a_sum_outside_the_years(void)
{
    int64_t sum = 77;
    const int64_t last = instant("9999-12-31T23:59:59Z");
    const int64_t first = instant("0001-01-01T00:00:00Z");
    CU_ASSERT_EQUAL(instant_add(&sum, last, 1, DURATION_SECONDS, NULL), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(sum, 0);
    CU_ASSERT_EQUAL(instant_add(&sum, first, -1, DURATION_SECONDS, NULL), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(instant_add(&sum, last, 0, DURATION_SECONDS, NULL), AMICUS_OK);
    CU_ASSERT_EQUAL(instant_add(&sum, 0, INT64_MAX, DURATION_CALENDAR_DAYS, NULL), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(instant_add(&sum, 0, INT64_MIN, DURATION_HOURS, NULL), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(instant_add(&sum, INT64_MAX, 1, DURATION_SECONDS, NULL), AMICUS_OVERFLOW);
}

static void knows_which_days_a_calendar_covers(void)
{
    const struct business_calendar business = calendar();
    CU_ASSERT_TRUE(calendar_covers(&business, day("2024-01-01")));
    CU_ASSERT_TRUE(calendar_covers(&business, day("2025-12-31")));
    CU_ASSERT_FALSE(calendar_covers(&business, day("2023-12-31")));
    CU_ASSERT_FALSE(calendar_covers(&business, day("2026-01-01")));
    CU_ASSERT_FALSE(calendar_covers(NULL, 0));
}

static void counts_business_days_between_two_instants(void)
{
    const struct business_calendar business = calendar();
    static const struct {
        const char *from, *to;
        int64_t days;
    } ROWS[] = {
        {"2025-06-02T00:00:00Z", "2025-06-09T00:00:00Z", 5},
        {"2025-06-06T00:00:00Z", "2025-06-08T23:00:00Z", 0},
        {"2025-06-06T00:00:00Z", "2025-06-09T00:00:00Z", 1},
        {"2025-06-02T00:00:00Z", "2025-06-02T23:59:59Z", 0},
        {"2025-06-02T23:59:59Z", "2025-06-03T00:00:00Z", 1},
        {"2024-12-24T12:00:00Z", "2025-01-03T12:00:00Z", 6},
        {"2025-06-09T00:00:00Z", "2025-06-02T00:00:00Z", 0},
        {"2025-06-02T00:00:00Z", "2025-06-02T00:00:00Z", 0},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        int64_t days = -1;
        CU_ASSERT_EQUAL(
            business_days_between(&days, instant(ROWS[i].from), instant(ROWS[i].to), &business),
            AMICUS_OK);
        CU_ASSERT_EQUAL(days, ROWS[i].days);
    }
    int64_t days = 77;
    CU_ASSERT_EQUAL(business_days_between(&days, instant("2025-12-31T00:00:00Z"),
                                          instant("2026-01-01T00:00:00Z"), &business),
                    AMICUS_INVALID);
    CU_ASSERT_EQUAL(days, 0);
    CU_ASSERT_EQUAL(business_days_between(&days, 0, 86400, NULL), AMICUS_INVALID);
    CU_ASSERT_EQUAL(business_days_between(&days, 86400, 0, NULL), AMICUS_OK);
}

static void counts_back_the_business_days_that_it_added(void)
{
    const struct business_calendar business = calendar();
    uint64_t state = SEED;
    printf("(seed %llu) ", (unsigned long long)SEED);
    for (int i = 0; i < 2000; i++) {
        const int64_t from = instant("2024-01-01T00:00:00Z") +
                             (int64_t)(next_random(&state) % ((uint64_t)600 * 86400));
        const int64_t count = (int64_t)(next_random(&state) % 60);
        int64_t sum = 0;
        int64_t counted = -1;
        CU_ASSERT_EQUAL(instant_add(&sum, from, count, DURATION_BUSINESS_DAYS, &business),
                        AMICUS_OK);
        CU_ASSERT_EQUAL(business_days_between(&counted, from, sum, &business), AMICUS_OK);
        CU_ASSERT_EQUAL(counted, count);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"counts days from 1970", counts_days_from_1970},
        {"knows leap years", knows_leap_years},
        {"refuses dates that do not exist", refuses_dates_that_do_not_exist},
        {"reads back every day of ten thousand years", reads_back_every_day_of_ten_thousand_years},
        {"writes days outside the years as question marks",
         writes_days_outside_the_years_as_question_marks},
        {"reads instants and turns offsets into UTC", reads_instants_and_turns_offsets_into_utc},
        {"refuses every other form of instant", refuses_every_other_form_of_instant},
        {"refuses an instant that its offset moves out of the years",
         refuses_an_instant_that_its_offset_moves_out_of_the_years},
        {"reads back every instant that it writes", reads_back_every_instant_that_it_writes},
        {"puts an instant into the day that holds it", puts_an_instant_into_the_day_that_holds_it},
        {"names weekdays from Monday", names_weekdays_from_monday},
        {"reads durations with their unit", reads_durations_with_their_unit},
        {"refuses every other form of duration", refuses_every_other_form_of_duration},
        {"reads a clock in the week", reads_a_clock_in_the_week},
        {"refuses every other form of clock", refuses_every_other_form_of_clock},
        {"adds each unit to an instant", adds_each_unit_to_an_instant},
        {"steps over weekends and holidays", steps_over_weekends_and_holidays},
        {"counts no business days that no calendar covers",
         counts_no_business_days_that_no_calendar_covers},
        {"refuses a sum outside the years", refuses_a_sum_outside_the_years},
        {"knows which days a calendar covers", knows_which_days_a_calendar_covers},
        {"counts business days between two instants", counts_business_days_between_two_instants},
        {"counts back the business days that it added",
         counts_back_the_business_days_that_it_added},
        CU_TEST_INFO_NULL,
    };
    return suite_run("date", tests);
}

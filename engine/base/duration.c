/*
 * Durations keep their unit, and business days are counted over a calendar.
 *
 * Hours and calendar days are seconds; business days are not, until a start and a calendar are
 * named. They are counted day by day: the span of a calendar bounds the walk, and a policy counts 5
 * or 30 of them. A formula over whole weeks was rejected: it needs the free days of the span all
 * the same, and a walk is what a reviewer does with a finger on the wall calendar.
 *
 * A day that the calendar does not cover stops the count with INVALID: guessing that an unknown
 * year has no holidays would move a deadline.
 *
 * Contract of time: adding business days keeps the clock time, and the days that are counted are
 * days of UTC, since cases hold instants in UTC only.
 */
#include "date.h"

#include <assert.h>
#include <inttypes.h>

static const int64_t DAY_S = 86400;

struct unit_name {
    struct text name;  /* as files write it */
    const char *plain; /* as people read it, in the singular */
    int64_t seconds;   /* of one; 0 if that depends on a calendar */
};

static const struct unit_name UNITS[] = {
    [DURATION_SECONDS] = {TEXT("seconds"), "second", 1},
    [DURATION_MINUTES] = {TEXT("minutes"), "minute", 60},
    [DURATION_HOURS] = {TEXT("hours"), "hour", 3600},
    [DURATION_CALENDAR_DAYS] = {TEXT("calendar_days"), "day", 86400},
    [DURATION_BUSINESS_DAYS] = {TEXT("business_days"), "business day", 0},
};

enum { UNITS_COUNT = sizeof UNITS / sizeof UNITS[0] };

static uint16_t unit_of(struct text name)
{
    uint16_t unit = 0;
    while (unit < UNITS_COUNT && !text_equal(UNITS[unit].name, name)) {
        unit++;
    }
    return unit;
}

/* Read a whole number without sign or leading zero. */
static amicus_status read_count(int64_t *count, struct text digits)
{
    if (digits.length == 0 || (digits.length > 1 && digits.at[0] == '0')) {
        return AMICUS_INVALID;
    }
    int64_t read = 0;
    bool fits = true;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') {
            return AMICUS_INVALID;
        }
        const int64_t digit = digits.at[i] - '0';
        fits = fits && read <= (INT64_MAX - digit) / 10;
        read = fits ? read * 10 + digit : 0;
    }
    *count = read;
    return fits ? AMICUS_OK : AMICUS_OVERFLOW;
}

static bool is_holiday(const struct business_calendar *calendar, int32_t day)
{
    uint32_t low = 0;
    uint32_t high = calendar->free_days_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (calendar->free_days[middle] < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < calendar->free_days_count && calendar->free_days[low] == day;
}

static bool is_business_day(const struct business_calendar *calendar, int32_t day)
{
    return (calendar->free_weekdays >> day_weekday(day) & 1) == 0 && !is_holiday(calendar, day);
}

/* Step over `count` business days, forwards or backwards. */
static amicus_status step_business_days(int32_t *day, int64_t count,
                                        const struct business_calendar *calendar)
{
    const int32_t step = count < 0 ? -1 : 1;
    if (!calendar_covers(calendar, *day)) {
        return AMICUS_INVALID;
    }
    int64_t left = count;
    while (left != 0) {
        const bool is_last = step < 0 ? *day == INT32_MIN : *day == INT32_MAX;
        if (is_last || !calendar_covers(calendar, *day + step)) {
            return AMICUS_INVALID;
        }
        *day += step;
        if (is_business_day(calendar, *day)) {
            left -= step;
        }
    }
    return AMICUS_OK;
}

static amicus_status add_business_days(int64_t *out, int64_t utc_s, int64_t count,
                                       const struct business_calendar *calendar)
{
    const int32_t from = instant_day(utc_s);
    int32_t day = from;
    const amicus_status status = step_business_days(&day, count, calendar);
    if (status != AMICUS_OK) {
        return status;
    }
    *out = utc_s + ((int64_t)day - from) * DAY_S;
    return instant_exists(*out) ? AMICUS_OK : AMICUS_OVERFLOW;
}

static amicus_status add_seconds(int64_t *out, int64_t utc_s, int64_t count, int64_t each_s)
{
    if (count > INT64_MAX / 2 / each_s || count < -(INT64_MAX / 2 / each_s)) {
        return AMICUS_OVERFLOW;
    }
    *out = utc_s + count * each_s;
    return instant_exists(*out) ? AMICUS_OK : AMICUS_OVERFLOW;
}

amicus_status duration_read(int64_t *count, uint16_t *unit, struct text text)
{
    assert(count != NULL && unit != NULL);
    assert(text.at != NULL || text.length == 0);
    *count = 0;
    *unit = 0;
    size_t space = 0;
    while (space < text.length && text.at[space] != ' ') {
        space++;
    }
    if (space == text.length) {
        return AMICUS_INVALID;
    }
    const uint16_t found = unit_of((struct text){text.at + space + 1, text.length - space - 1});
    if (found == UNITS_COUNT) {
        return AMICUS_INVALID;
    }
    const amicus_status status = read_count(count, (struct text){text.at, space});
    if (status != AMICUS_OK) {
        *count = 0;
        return status;
    }
    *unit = found;
    return AMICUS_OK;
}

void duration_write(struct builder *builder, int64_t count, uint16_t unit)
{
    assert(builder != NULL);
    assert(unit < UNITS_COUNT);
    builder_putf(builder, "%" PRId64 " ", count);
    builder_put(builder, UNITS[unit].name);
}

void duration_write_plain(struct builder *builder, int64_t count, uint16_t unit)
{
    assert(builder != NULL);
    assert(unit < UNITS_COUNT);
    const bool is_one = count == 1 || count == -1;
    builder_putf(builder, "%" PRId64 " %s%s", count, UNITS[unit].plain, is_one ? "" : "s");
}

bool calendar_covers(const struct business_calendar *calendar, int32_t day)
{
    if (calendar == NULL) {
        return false;
    }
    assert(calendar->free_days != NULL || calendar->free_days_count == 0);
    assert(calendar->free_weekdays < 128);
    return day >= calendar->from_day && day <= calendar->until_day;
}

amicus_status instant_add(int64_t *out, int64_t utc_s, int64_t count, uint16_t unit,
                          const struct business_calendar *calendar)
{
    assert(out != NULL);
    assert(unit < UNITS_COUNT);
    *out = 0;
    if (!instant_exists(utc_s)) {
        return AMICUS_OVERFLOW;
    }
    int64_t sum = 0;
    const amicus_status status = unit == DURATION_BUSINESS_DAYS
                                     ? add_business_days(&sum, utc_s, count, calendar)
                                     : add_seconds(&sum, utc_s, count, UNITS[unit].seconds);
    if (status == AMICUS_OK) {
        *out = sum;
    }
    return status;
}

amicus_status business_days_between(int64_t *out, int64_t from_s, int64_t to_s,
                                    const struct business_calendar *calendar)
{
    assert(out != NULL);
    assert(calendar == NULL || calendar->from_day <= calendar->until_day);
    *out = 0;
    if (to_s <= from_s) {
        return AMICUS_OK;
    }
    const int32_t last = instant_day(to_s);
    int32_t day = instant_day(from_s);
    if (!calendar_covers(calendar, day) || !calendar_covers(calendar, last)) {
        return AMICUS_INVALID;
    }
    int64_t counted = 0;
    while (day < last) {
        day++;
        counted += is_business_day(calendar, day);
    }
    *out = counted;
    return AMICUS_OK;
}

/*
 * Days and instants: one reading, one writing, and the arithmetic between them.
 *
 * The calendar is the proleptic Gregorian one and runs on integers only. A year is taken to begin
 * in March, so that the leap day is its last and month lengths follow one linear formula; 400 years
 * are always 146,097 days (H. Hinnant, "chrono-compatible low-level date algorithms").
 *
 * Reading is strict, because a date decides money: fixed widths, dates that exist, an offset that
 * is said. "Z" and "T" are upper case. A leap second and a fraction of a second are refused rather
 * than rounded. There is no clock and no time zone in here: an offset is arithmetic, and everything
 * behind it is UTC.
 *
 * Writing is total: a day outside the years 0001 to 9999, which no reader lets in and instant_add
 * never makes, is written as question marks.
 */
#include "date.h"

#include <assert.h>

enum {
    MINUTE_S = 60,
    HOUR_S = 60 * MINUTE_S,
    DAY_S = 24 * HOUR_S,
    ERA_YEARS = 400,
    ERA_DAYS = 146097,
    EPOCH_SHIFT = 719468, /* days from 0000-03-01 to 1970-01-01 */
    DAY_FIRST = -719162,  /* 0001-01-01 */
    DAY_LAST = 2932896    /* 9999-12-31 */
};

struct civil {
    int32_t year;
    unsigned month;
    unsigned day;
};

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned month_days(int32_t year, unsigned month)
{
    static const unsigned DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : DAYS[month - 1];
}

static bool exists(struct civil date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= month_days(date.year, date.month);
}

/* Read exactly `width` digits, and move behind them. */
static bool take_number(unsigned *number, struct text *text, size_t width)
{
    unsigned read = 0;
    if (text->length < width) {
        return false;
    }
    for (size_t i = 0; i < width; i++) {
        const char byte = text->at[i];
        if (byte < '0' || byte > '9') {
            return false;
        }
        read = read * 10 + (unsigned)(byte - '0');
    }
    *number = read;
    text->at += width;
    text->length -= width;
    return true;
}

static bool take_byte(struct text *text, char byte)
{
    if (text->length == 0 || text->at[0] != byte) {
        return false;
    }
    text->at++;
    text->length--;
    return true;
}

static bool take_date(int32_t *day, struct text *text)
{
    unsigned year = 0;
    struct civil date = {0};
    if (!take_number(&year, text, 4) || !take_byte(text, '-') ||
        !take_number(&date.month, text, 2) || !take_byte(text, '-') ||
        !take_number(&date.day, text, 2)) {
        return false;
    }
    date.year = (int32_t)year;
    if (!exists(date)) {
        return false;
    }
    *day = day_of(date.year, date.month, date.day);
    return true;
}

/* Read "23:59", as seconds. */
static bool take_hours_minutes(int64_t *seconds, struct text *text)
{
    unsigned hours = 0;
    unsigned minutes = 0;
    if (!take_number(&hours, text, 2) || !take_byte(text, ':') || !take_number(&minutes, text, 2)) {
        return false;
    }
    *seconds = (int64_t)hours * HOUR_S + (int64_t)minutes * MINUTE_S;
    return hours < 24 && minutes < 60;
}

static bool take_seconds(int64_t *clock, struct text *text)
{
    unsigned seconds = 0;
    if (!take_byte(text, ':') || !take_number(&seconds, text, 2) || seconds >= 60) {
        return false;
    }
    *clock += seconds;
    return true;
}

static bool take_offset(int64_t *offset, struct text *text)
{
    *offset = 0;
    if (take_byte(text, 'Z')) {
        return true;
    }
    const bool is_west = text->length > 0 && text->at[0] == '-';
    if (!is_west && (text->length == 0 || text->at[0] != '+')) {
        return false;
    }
    text->at++;
    text->length--;
    if (!take_hours_minutes(offset, text)) {
        return false;
    }
    *offset = is_west ? -*offset : *offset;
    return true;
}

static struct civil civil_of(int32_t day)
{
    const int32_t shifted = day + EPOCH_SHIFT;
    const int32_t era = shifted / ERA_DAYS;
    const int32_t day_of_era = shifted % ERA_DAYS;
    const int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t month_from_march = (5 * day_of_year + 2) / 153;
    const int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    struct civil date;
    date.year = era * ERA_YEARS + year_of_era + (month <= 2 ? 1 : 0);
    date.month = (unsigned)month;
    date.day = (unsigned)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    return date;
}

int32_t day_of(int32_t year, unsigned month, unsigned day)
{
    const struct civil date = {year, month, day};
    assert(exists(date));
    const int32_t from_march = month > 2 ? year : year - 1;
    const int32_t era = from_march / ERA_YEARS;
    const int32_t year_of_era = from_march % ERA_YEARS;
    const int32_t month_from_march = (int32_t)(month > 2 ? month - 3 : month + 9);
    const int32_t day_of_year = (153 * month_from_march + 2) / 5 + (int32_t)day - 1;
    const int32_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    const int32_t number = era * ERA_DAYS + day_of_era - EPOCH_SHIFT;
    assert(number >= DAY_FIRST && number <= DAY_LAST);
    return number;
}

bool instant_exists(int64_t utc_s)
{
    return utc_s >= (int64_t)DAY_FIRST * DAY_S && utc_s < ((int64_t)DAY_LAST + 1) * DAY_S;
}

amicus_status date_read(int32_t *day, struct text text)
{
    assert(day != NULL);
    assert(text.at != NULL || text.length == 0);
    int32_t read = 0;
    const bool is_date = take_date(&read, &text) && text.length == 0;
    *day = is_date ? read : 0;
    return is_date ? AMICUS_OK : AMICUS_INVALID;
}

void date_write(struct builder *builder, int32_t day)
{
    assert(builder != NULL);
    if (day < DAY_FIRST || day > DAY_LAST) {
        builder_puts(builder, "\?\?\?\?-\?\?-\?\?");
        return;
    }
    const struct civil date = civil_of(day);
    assert(exists(date));
    builder_put_digits(builder, (uint64_t)date.year, 4);
    builder_putc(builder, '-');
    builder_put_digits(builder, date.month, 2);
    builder_putc(builder, '-');
    builder_put_digits(builder, date.day, 2);
}

amicus_status instant_read(int64_t *utc_s, struct text text)
{
    assert(utc_s != NULL);
    assert(text.at != NULL || text.length == 0);
    *utc_s = 0;
    int32_t day = 0;
    int64_t clock = 0;
    int64_t offset = 0;
    if (!take_date(&day, &text) || !take_byte(&text, 'T') || !take_hours_minutes(&clock, &text) ||
        !take_seconds(&clock, &text) || !take_offset(&offset, &text) || text.length > 0) {
        return AMICUS_INVALID;
    }
    const int64_t instant = (int64_t)day * DAY_S + clock - offset;
    if (!instant_exists(instant)) {
        return AMICUS_INVALID;
    }
    *utc_s = instant;
    return AMICUS_OK;
}

void instant_write(struct builder *builder, int64_t utc_s)
{
    assert(builder != NULL);
    const int32_t day = instant_day(utc_s);
    const int64_t clock = ((utc_s % DAY_S) + DAY_S) % DAY_S;
    assert(clock >= 0 && clock < DAY_S);
    date_write(builder, day);
    const int64_t parts[] = {clock / HOUR_S, clock / MINUTE_S % 60, clock % MINUTE_S};
    for (unsigned i = 0; i < 3; i++) {
        builder_putc(builder, i == 0 ? 'T' : ':');
        builder_put_digits(builder, (uint64_t)parts[i], 2);
    }
    builder_putc(builder, 'Z');
}

int32_t instant_day(int64_t utc_s)
{
    int64_t day = utc_s / DAY_S;
    if (utc_s % DAY_S < 0) {
        day--;
    }
    assert(utc_s >= 0 || day < 0);
    assert(utc_s < 0 || day >= 0);
    if (day < INT32_MIN) {
        return INT32_MIN;
    }
    return day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

unsigned day_weekday(int32_t day)
{
    /* 1970-01-01 was a Thursday, number 3. */
    const int64_t weekday = (((int64_t)day + 3) % 7 + 7) % 7;
    assert(weekday >= 0);
    assert(weekday <= 6);
    return (unsigned)weekday;
}

amicus_status week_clock_read(int64_t *seconds, struct text text)
{
    static const char NAMES[] = "MonTueWedThuFriSatSun";
    assert(seconds != NULL);
    assert(text.at != NULL || text.length == 0);
    *seconds = 0;
    if (text.length < 3) {
        return AMICUS_INVALID;
    }
    const struct text name = {text.at, 3};
    int64_t weekday = 0;
    while (weekday < 7 && !text_equal(name, (struct text){NAMES + 3 * weekday, 3})) {
        weekday++;
    }
    text.at += 3;
    text.length -= 3;
    int64_t clock = 0;
    if (weekday == 7 || !take_byte(&text, ' ') || !take_hours_minutes(&clock, &text)) {
        return AMICUS_INVALID;
    }
    if (text.length > 0 && (!take_seconds(&clock, &text) || text.length > 0)) {
        return AMICUS_INVALID;
    }
    *seconds = weekday * DAY_S + clock;
    return AMICUS_OK;
}

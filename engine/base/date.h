/*
 * Dates: civil days, instants in UTC seconds, durations with a unit, and business calendars.
 *
 * A day number counts from 1970-01-01; an instant is seconds from then, UTC, no leap seconds; the
 * years 0001 to 9999 exist. A duration keeps its unit, because 5 business days are no number of
 * hours until a calendar and a start are named. There is no clock here.
 */
#ifndef DATE_H
#define DATE_H

#include "text.h"

/* Units of a duration. The numbers are part of the rulebook image: never renumber. */
enum duration_unit {
    DURATION_SECONDS = 0, /* written as "90 seconds"; also a clock in a week, from Monday 00:00 */
    DURATION_MINUTES = 1,
    DURATION_HOURS = 2,
    DURATION_CALENDAR_DAYS = 3, /* 24 hours each */
    DURATION_BUSINESS_DAYS = 4
};

/* A business calendar: which weekdays are free, and which dates besides. */
struct business_calendar {
    uint8_t free_weekdays;    /* bit 0 Monday to bit 6 Sunday */
    const int32_t *free_days; /* day numbers in ascending order */
    uint32_t free_days_count;
    int32_t from_day, until_day; /* inclusive span for which it is known */
};

/* Day number of a date of the proleptic Gregorian calendar; the date must exist. */
int32_t day_of(int32_t year, unsigned month, unsigned day);

/* Read "2025-06-02". returns OK, INVALID (also for 2025-02-30). */
AMICUS_MUST_CHECK amicus_status date_read(int32_t *day, struct text text);

/* Write a day number as "2025-06-02"; as question marks outside the years 0001 to 9999. */
void date_write(struct builder *builder, int32_t day);

/* Read an RFC 3339 instant; an offset is taken and turned into UTC; no fractions of a second.
 * returns OK, INVALID (a bare date is not an instant). */
AMICUS_MUST_CHECK amicus_status instant_read(int64_t *utc_s, struct text text);

/* Write "2025-06-02T00:00:00Z". */
void instant_write(struct builder *builder, int64_t utc_s);

/* Tell whether an instant lies in the years 0001 to 9999. */
bool instant_exists(int64_t utc_s);

/* Day number of an instant (floor); the nearest int32_t if it does not fit. */
int32_t instant_day(int64_t utc_s);

/* Weekday of a day number: 0 Monday to 6 Sunday. */
unsigned day_weekday(int32_t day);

/* Read "14 calendar_days", "5 business_days", "48 hours", "30 minutes", "90 seconds": a whole
 * number without a sign or leading zeros, one space, the unit in the plural.
 * returns OK, INVALID, OVERFLOW */
AMICUS_MUST_CHECK amicus_status duration_read(int64_t *count, uint16_t *unit, struct text text);

/* Write "14 calendar_days"; a count of 1 keeps the plural, so that it reads back. */
void duration_write(struct builder *builder, int64_t count, uint16_t unit);

/* Write "14 days", "5 business days", "48 hours", for people; singular for 1. */
void duration_write_plain(struct builder *builder, int64_t count, uint16_t unit);

/* Read "Mon 12:00" or "Fri 23:59:59" as seconds from Monday 00:00. returns OK, INVALID */
AMICUS_MUST_CHECK amicus_status week_clock_read(int64_t *seconds, struct text text);

/* Tell whether business days may be counted on this day by this calendar. */
bool calendar_covers(const struct business_calendar *calendar, int32_t day);

/*
 * Add a duration to an instant. Business days keep the clock time and step over free days.
 *
 * out       receives the instant; 0 on failure
 * count     may be negative: backwards
 * calendar  needed for business days; may be NULL otherwise
 * returns   OK; INVALID if business days meet no calendar that covers the span, from the
 *           day of utc_s on; OVERFLOW outside the years 0001 to 9999
 */
AMICUS_MUST_CHECK amicus_status instant_add(int64_t *out, int64_t utc_s, int64_t count,
                                            uint16_t unit,
                                            const struct business_calendar *calendar);

/*
 * Count business days after the day of `from` up to the day of `to`; 0 if to is not later.
 *
 * returns   OK; INVALID as instant_add
 */
AMICUS_MUST_CHECK amicus_status business_days_between(int64_t *out, int64_t from_s, int64_t to_s,
                                                      const struct business_calendar *calendar);

#endif

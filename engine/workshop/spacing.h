/*
 * Spacing: when a skill should be tried again, by FSRS-6.
 *
 * The model and its 21 default parameters are those of open-spaced-repetition (FSRS-6, as in
 * py-fsrs 6 and ts-fsrs 5): a memory has a stability, the days until the chance to recall falls to
 * 0.9, and a difficulty from 1 to 10. Here a memory is of a rule, not of a case. Numbers are fixed
 * point with SPACING_BITS bits behind the point, so that a schedule is the same on every machine;
 * against the model in floating point they are off by less than one part in a thousand.
 */
#ifndef SPACING_H
#define SPACING_H

#include <stdbool.h>
#include <stdint.h>

#define SPACING_BITS 20u
#define SPACING_ONE  (INT64_C(1) << SPACING_BITS)

/* How well it went. */
enum grade { GRADE_AGAIN = 1, GRADE_HARD = 2, GRADE_GOOD = 3, GRADE_EASY = 4 };

/* What is remembered of a skill. {0}: it was never tried. */
struct spacing {
    int64_t stability;  /* days, fixed point */
    int64_t difficulty; /* 1 to 10, fixed point */
    int64_t at_s;       /* when it was tried last */
    uint32_t times;     /* how often it was tried */
};

/* The chance to recall at an instant, fixed point; 0 of what was never tried. */
int64_t spacing_recall(const struct spacing *spacing, int64_t now_s);

/* Note how it went. An instant before the last one counts as that. */
void spacing_note(struct spacing *spacing, enum grade grade, int64_t now_s);

/* The instant at which the chance to recall falls to 0.9; of what was never tried 0. */
int64_t spacing_due(const struct spacing *spacing);

/* a * 2^b and the like: x^y for x > 0, fixed point; what does not fit becomes the greatest. */
int64_t fixed_power(int64_t x, int64_t y);

#endif

/*
 * FSRS-6 in fixed point.
 *
 * Everything that the model asks of a math library is one function, x^y = 2^(y log2 x). The
 * logarithm is found bit by bit, by squaring a mantissa; the power from the roots 2^(1/2),
 * 2^(1/4), ... of which those are multiplied whose bit is set. Both need no table but one constant,
 * and no floating point.
 *
 * Stability is kept between a thousandth of a day and a hundred years, difficulty between 1 and 10,
 * as in the model. Products of a stability and a factor stay below 2^62: the stability has at most
 * 36 bits, and a factor is cut to 2^34 first.
 */
#include "spacing.h"

#include "score.h"

#include <assert.h>

#define DAY_S         INT64_C(86400)
#define MANTISSA_BITS 30u
#define MANTISSA_ONE  (UINT64_C(1) << MANTISSA_BITS)
#define STABILITY_MAX (INT64_C(36500) * SPACING_ONE)
#define STABILITY_MIN (SPACING_ONE / 1000)
#define FACTOR_MAX    (INT64_C(1) << 34)
#define EULER         INT64_C(2850325) /* e */

/* The default parameters, in ten-thousandths. */
static const int64_t WEIGHTS[21] = {2120,  12931, 23065, 82956, 64133, 8334, 30194,
                                    10,    18722, 1666,  7960,  14835, 614,  2629,
                                    16483, 6014,  18729, 5425,  912,   658,  1542};

static int64_t weight(unsigned i)
{
    return (WEIGHTS[i] * SPACING_ONE + 5000) / 10000;
}

static int64_t times(int64_t a, int64_t b)
{
    const int64_t high = b / SPACING_ONE;
    const int64_t low = b % SPACING_ONE;
    return a * high + a * low / SPACING_ONE;
}

static int64_t over(int64_t a, int64_t b)
{
    return a / b * SPACING_ONE + a % b * SPACING_ONE / b;
}

static int64_t bounded(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : (value > high ? high : value);
}

/* log2 of a positive number. */
static int64_t logarithm(int64_t x)
{
    int64_t whole = 0;
    uint64_t mantissa = (uint64_t)x << (MANTISSA_BITS - SPACING_BITS);
    for (; mantissa >= 2 * MANTISSA_ONE; mantissa >>= 1) {
        whole++;
    }
    for (; mantissa < MANTISSA_ONE; mantissa <<= 1) {
        whole--;
    }
    int64_t result = whole * SPACING_ONE;
    for (int64_t bit = SPACING_ONE / 2; bit > 0; bit /= 2) {
        mantissa = (mantissa * mantissa) >> MANTISSA_BITS;
        if (mantissa >= 2 * MANTISSA_ONE) {
            mantissa >>= 1;
            result += bit;
        }
    }
    return result;
}

/* 2^y. */
static int64_t exponential(int64_t y)
{
    int64_t whole = y / SPACING_ONE;
    int64_t part = y % SPACING_ONE;
    if (part < 0) {
        part += SPACING_ONE;
        whole--;
    }
    uint64_t root = 2 * MANTISSA_ONE;
    uint64_t result = MANTISSA_ONE;
    for (int64_t bit = SPACING_ONE / 2; bit > 0; bit /= 2) {
        root = whole_root(root << MANTISSA_BITS);
        if ((part & bit) != 0) {
            result = (result * root) >> MANTISSA_BITS;
        }
    }
    const int64_t shift = (int64_t)(MANTISSA_BITS - SPACING_BITS) - whole;
    if (shift > 62) {
        return 0;
    }
    return shift >= 0 ? (int64_t)(result >> shift)
                      : (shift < -30 ? INT64_MAX : (int64_t)(result << -shift));
}

int64_t fixed_power(int64_t x, int64_t y)
{
    assert(x > 0);
    assert(x <= (INT64_C(1) << 52));
    return exponential(times(logarithm(x), y));
}

static int64_t exp_of(int64_t y)
{
    return fixed_power(EULER, y);
}

/* The factor by which the curve passes through 0.9 at one stability: 0.9^(-1/w20) - 1. */
static int64_t curve_factor(void)
{
    const int64_t nine_tenths = SPACING_ONE * 9 / 10;
    return fixed_power(nine_tenths, -over(SPACING_ONE, weight(20))) - SPACING_ONE;
}

static int64_t days_since(const struct spacing *spacing, int64_t now_s)
{
    return now_s <= spacing->at_s ? 0 : (now_s - spacing->at_s) / DAY_S;
}

int64_t spacing_recall(const struct spacing *spacing, int64_t now_s)
{
    assert(spacing != NULL);
    if (spacing->times == 0) {
        return 0;
    }
    assert(spacing->stability >= STABILITY_MIN);
    const int64_t days = bounded(days_since(spacing, now_s), 0, 36500);
    const int64_t ratio = bounded(over(days * SPACING_ONE, spacing->stability), 0, FACTOR_MAX * 4);
    return bounded(fixed_power(SPACING_ONE + times(ratio, curve_factor()), -weight(20)), 0,
                   SPACING_ONE);
}

/* The difficulty after a first answer, before it is cut to 1 to 10. */
static int64_t first_difficulty(enum grade grade)
{
    return weight(4) - exp_of(times(weight(5), ((int64_t)grade - 1) * SPACING_ONE)) + SPACING_ONE;
}

static int64_t next_difficulty(int64_t difficulty, enum grade grade)
{
    const int64_t change = -weight(6) * ((int64_t)grade - 3);
    const int64_t damped = times(change, 10 * SPACING_ONE - difficulty) / 9;
    const int64_t target = first_difficulty(GRADE_EASY);
    const int64_t next =
        times(weight(7), target) + times(SPACING_ONE - weight(7), difficulty + damped);
    return bounded(next, SPACING_ONE, 10 * SPACING_ONE);
}

/* After an answer on the same day. */
static int64_t short_term(int64_t stability, enum grade grade)
{
    const int64_t exponent = times(weight(17), ((int64_t)grade - 3) * SPACING_ONE + weight(18));
    int64_t growth = times(exp_of(exponent), fixed_power(stability, -weight(19)));
    if (grade >= GRADE_GOOD && growth < SPACING_ONE) {
        growth = SPACING_ONE;
    }
    return times(stability, growth);
}

static int64_t after_failure(const struct spacing *spacing, int64_t recall)
{
    int64_t next = times(weight(11), fixed_power(spacing->difficulty, -weight(12)));
    next = times(next, fixed_power(spacing->stability + SPACING_ONE, weight(13)) - SPACING_ONE);
    next = times(next, exp_of(times(weight(14), SPACING_ONE - recall)));
    const int64_t least = over(spacing->stability, exp_of(times(weight(17), weight(18))));
    return next < least ? next : least;
}

static int64_t after_success(const struct spacing *spacing, int64_t recall, enum grade grade)
{
    int64_t growth = times(exp_of(weight(8)), 11 * SPACING_ONE - spacing->difficulty);
    growth = times(growth, fixed_power(spacing->stability, -weight(9)));
    growth = times(growth, exp_of(times(weight(10), SPACING_ONE - recall)) - SPACING_ONE);
    growth = grade == GRADE_HARD ? times(growth, weight(15)) : growth;
    growth = grade == GRADE_EASY ? times(growth, weight(16)) : growth;
    return times(spacing->stability, bounded(SPACING_ONE + growth, SPACING_ONE, FACTOR_MAX / 1024));
}

void spacing_note(struct spacing *spacing, enum grade grade, int64_t now_s)
{
    assert(spacing != NULL);
    assert(grade >= GRADE_AGAIN && grade <= GRADE_EASY);
    int64_t stability = weight((unsigned)grade - 1);
    if (spacing->times == 0) {
        spacing->difficulty = bounded(first_difficulty(grade), SPACING_ONE, 10 * SPACING_ONE);
    } else {
        const int64_t recall = spacing_recall(spacing, now_s);
        if (days_since(spacing, now_s) == 0) {
            stability = short_term(spacing->stability, grade);
        } else if (grade == GRADE_AGAIN) {
            stability = after_failure(spacing, recall);
        } else {
            stability = after_success(spacing, recall, grade);
        }
        spacing->difficulty = next_difficulty(spacing->difficulty, grade);
    }
    spacing->stability = bounded(stability, STABILITY_MIN, STABILITY_MAX);
    spacing->at_s = now_s > spacing->at_s ? now_s : spacing->at_s;
    spacing->times++;
}

int64_t spacing_due(const struct spacing *spacing)
{
    assert(spacing != NULL);
    assert(spacing->stability >= 0 && spacing->stability <= STABILITY_MAX);
    if (spacing->times == 0) {
        return 0;
    }
    const int64_t days = (spacing->stability + SPACING_ONE / 2) / SPACING_ONE;
    return spacing->at_s + (days < 1 ? 1 : days) * DAY_S;
}

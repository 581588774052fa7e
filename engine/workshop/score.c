/*
 * Scores in whole numbers.
 *
 * Wilson's bounds are (k + z^2/2 -+ sqrt(z^2 k (n - k) / n + z^4/4)) / (n + z^2). With z^2 in
 * millionths the root is of a number in units of 10^-12, so it comes out in millionths, and no
 * product leaves 64 bits while n is at most two million. Kappa is a quotient of two differences of
 * n^2, exact until the one division at its end.
 */
#include "score.h"

#include <assert.h>

#define Z2      UINT64_C(3841459)       /* 1.959964^2, in millionths */
#define Z4_BY_4 UINT64_C(3689201812670) /* Z2^2 / 4 */
#define WHOLE   UINT64_C(1000000)
#define MANY    UINT64_C(2000000)

uint64_t whole_root(uint64_t number)
{
    uint64_t root = 0;
    uint64_t bit = UINT64_C(1) << 62;
    assert(bit > 0);
    while (bit > number) {
        bit >>= 2;
    }
    for (; bit > 0; bit >>= 2) {
        if (number >= root + bit) {
            number -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    assert(root <= UINT32_MAX);
    return root;
}

int64_t share_of(uint64_t count, uint64_t of)
{
    assert(count <= of);
    assert(of < UINT64_MAX / (2 * WHOLE));
    return of == 0 ? 0 : (int64_t)((count * WHOLE * 2 + of) / (2 * of));
}

struct interval wilson_of(uint64_t count, uint64_t of)
{
    assert(count <= of);
    while (of > MANY) {
        count /= 2;
        of = of / 2 + of % 2;
    }
    if (of == 0) {
        return (struct interval){0, MILLION};
    }
    const uint64_t spread = count * (of - count) * WHOLE / of;
    const uint64_t half = whole_root(Z2 * spread + Z4_BY_4);
    const uint64_t middle = count * WHOLE + Z2 / 2;
    const uint64_t whole = of * WHOLE + Z2;
    struct interval interval = {
        middle > half ? (int64_t)((middle - half) * WHOLE / whole) : 0,
        (int64_t)(((middle + half) * WHOLE + whole - 1) / whole),
    };
    interval.low = count == 0 ? 0 : interval.low;
    interval.high = count == of || interval.high > MILLION ? MILLION : interval.high;
    assert(interval.low <= interval.high);
    return interval;
}

void brier_add(struct brier *brier, unsigned percent, bool is_true)
{
    assert(brier != NULL);
    assert(percent <= 100);
    const unsigned off = is_true ? 100 - percent : percent;
    brier->sum += (uint64_t)off * off;
    brier->count++;
}

int64_t brier_of(const struct brier *brier)
{
    assert(brier != NULL);
    assert(brier->sum <= (uint64_t)brier->count * 10000);
    return share_of(brier->sum, (uint64_t)brier->count * 10000);
}

bool kappa_of(int64_t *out, const struct agreement *agreement)
{
    assert(out != NULL);
    assert(agreement != NULL);
    int64_t all = 0, same = 0, chance = 0;
    for (size_t i = 0; i < KAPPA_KINDS; i++) {
        same += agreement->table[i][i];
        for (size_t j = 0; j < KAPPA_KINDS; j++) {
            all += agreement->table[i][j];
        }
    }
    for (size_t i = 0; i < KAPPA_KINDS; i++) {
        int64_t row = 0, column = 0;
        for (size_t j = 0; j < KAPPA_KINDS; j++) {
            row += agreement->table[i][j];
            column += agreement->table[j][i];
        }
        chance += row * column;
    }
    /* Beyond a million judgements the squares no longer leave room for the digits. */
    if (all == 0 || all > MILLION || chance == all * all) {
        return false;
    }
    const int64_t above = all * same - chance;
    const int64_t below = all * all - chance;
    *out = above * MILLION / below;
    return true;
}

void score_write(struct builder *builder, int64_t millionths, unsigned decimals)
{
    assert(builder != NULL);
    assert(decimals >= 1 && decimals <= 6);
    int64_t unit = 1;
    for (unsigned i = decimals; i < 6; i++) {
        unit *= 10;
    }
    const uint64_t size = (uint64_t)(millionths < 0 ? -millionths : millionths);
    const uint64_t rounded = (size + (uint64_t)unit / 2) / (uint64_t)unit;
    const uint64_t whole = WHOLE / (uint64_t)unit;
    if (millionths < 0 && rounded > 0) {
        builder_putc(builder, '-');
    }
    builder_put_digits(builder, rounded / whole, 1);
    builder_putc(builder, '.');
    builder_put_digits(builder, rounded % whole, decimals);
}

void score_write_percent(struct builder *builder, int64_t millionths)
{
    assert(builder != NULL);
    assert(millionths >= 0 && millionths <= MILLION);
    score_write(builder, millionths * 100, 1);
    builder_puts(builder, " %");
}

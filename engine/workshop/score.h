/*
 * Scores: shares with their interval, confidence against what happened, agreement beyond chance.
 *
 * Everything is whole numbers, in millionths: the same answers give the same digits on every
 * machine.
 */
#ifndef SCORE_H
#define SCORE_H

#include "text.h"

#define MILLION INT64_C(1000000)

/* A share of a whole, as it may truly be. In millionths. */
struct interval {
    int64_t low, high;
};

/* count / of in millionths, rounded half up; 0 of nothing. count <= of. */
int64_t share_of(uint64_t count, uint64_t of);

/*
 * The Wilson score interval of a share, for 95 % (z = 1.96, as z^2 = 3.841459). Wilson, "Probable
 * inference", JASA 22 (1927). Of nothing it is everything: 0 to 1.
 *
 * count    at most `of`
 * of       beyond two million both are halved, which makes the interval wider, never narrower
 */
struct interval wilson_of(uint64_t count, uint64_t of);

/* The Brier score of answers: the mean of (confidence - truth)^2, in millionths; 0 is best.
 * confidence is in percent. Start it with {0}. */
struct brier {
    uint64_t sum; /* of squares, in ten-thousandths */
    uint32_t count;
};
void brier_add(struct brier *brier, unsigned percent, bool is_true);
int64_t brier_of(const struct brier *brier); /* 0 without an answer */

#define KAPPA_KINDS 24u

/* Who said what how often: [one][other]. Start it with {0}. */
struct agreement {
    uint32_t table[KAPPA_KINDS][KAPPA_KINDS];
};

/*
 * Cohen's kappa, in millionths. Cohen, "A coefficient of agreement for nominal scales", 1960.
 *
 * returns  false if it is not defined: nothing was judged, or both said always the same one thing
 */
bool kappa_of(int64_t *out, const struct agreement *agreement);

/* The whole part of a square root. */
uint64_t whole_root(uint64_t number);

/* Write millionths as "0.8500" with so many decimals (1 to 6), or as "85.0 %". */
void score_write(struct builder *builder, int64_t millionths, unsigned decimals);
void score_write_percent(struct builder *builder, int64_t millionths);

#endif

/*
 * Random numbers from a seed: xoshiro256**, its state filled by SplitMix64 (Blackman and Vigna).
 *
 * The same seed and stream give the same numbers on every machine. Streams are independent of each
 * other: case 7 of a sample does not depend on cases 0 to 6. Not for secrets.
 */
#ifndef DICE_H
#define DICE_H

#include <stdbool.h>
#include <stdint.h>

/* The state of one stream. */
struct dice {
    uint64_t words[4]; /* never all zero */
};

/* The next number of SplitMix64. state is moved on. */
uint64_t dice_mix(uint64_t *state);

/*
 * Start a stream.
 *
 * dice     receives the state
 * seed     of all streams
 * stream   which of them
 */
void dice_start(struct dice *dice, uint64_t seed, uint64_t stream);

/* The next 64 bits of xoshiro256**. */
uint64_t dice_bits(struct dice *dice);

/*
 * A whole number below a bound, each equally likely.
 *
 * bound    1 or more
 * returns  0 to bound - 1
 */
uint32_t dice_below(struct dice *dice, uint32_t bound);

/* A whole number from low to high, both included; low <= high, at most 2^32 - 1 apart. */
int64_t dice_between(struct dice *dice, int64_t low, int64_t high);

/* Tell whether something happens that happens `of_100` times of a hundred. */
bool dice_chance(struct dice *dice, uint32_t of_100);

#endif

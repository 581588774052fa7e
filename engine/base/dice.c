/*
 * xoshiro256** 1.0, because it is small, fast and published with its test vectors; SplitMix64 fills
 * its state, as its authors advise. Both are the public domain algorithms of Blackman and Vigna
 * (prng.di.unimi.it), written here anew.
 *
 * A stream starts from the mix of its seed and the mix of its number. Two streams of one seed start
 * from different words, because the mix is a bijection.
 *
 * A bounded number takes the high half of 32 bits times the bound, and rejects the few low halves
 * that would make some numbers likelier than others (Lemire, 2019): one multiplication, hardly ever
 * a second draw, and no bias.
 */
#include "dice.h"

#include <assert.h>
#include <stddef.h>

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return (word << bits) | (word >> (64u - bits));
}

uint64_t dice_mix(uint64_t *state)
{
    assert(state != NULL);
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t word = *state;
    word = (word ^ (word >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94D049BB133111EB);
    return word ^ (word >> 31);
}

void dice_start(struct dice *dice, uint64_t seed, uint64_t stream)
{
    assert(dice != NULL);
    uint64_t own = seed;
    uint64_t other = ~stream;
    uint64_t state = dice_mix(&own) ^ rotate(dice_mix(&other), 32);
    for (unsigned i = 0; i < 4; i++) {
        dice->words[i] = dice_mix(&state);
    }
    assert((dice->words[0] | dice->words[1] | dice->words[2] | dice->words[3]) != 0);
}

uint64_t dice_bits(struct dice *dice)
{
    assert(dice != NULL);
    uint64_t *words = dice->words;
    const uint64_t result = rotate(words[1] * 5, 7) * 9;
    const uint64_t shifted = words[1] << 17;
    words[2] ^= words[0];
    words[3] ^= words[1];
    words[1] ^= words[2];
    words[0] ^= words[3];
    words[2] ^= shifted;
    words[3] = rotate(words[3], 45);
    return result;
}

uint32_t dice_below(struct dice *dice, uint32_t bound)
{
    assert(dice != NULL);
    assert(bound > 0);
    uint64_t product = (dice_bits(dice) >> 32) * bound;
    if ((uint32_t)product < bound) {
        const uint32_t least = (uint32_t)(0u - bound) % bound;
        while ((uint32_t)product < least) {
            product = (dice_bits(dice) >> 32) * bound;
        }
    }
    return (uint32_t)(product >> 32);
}

int64_t dice_between(struct dice *dice, int64_t low, int64_t high)
{
    assert(dice != NULL);
    assert(low <= high && high - low < (int64_t)UINT32_MAX);
    return low + (int64_t)dice_below(dice, (uint32_t)(high - low) + 1);
}

bool dice_chance(struct dice *dice, uint32_t of_100)
{
    assert(dice != NULL);
    assert(of_100 <= 100);
    return dice_below(dice, 100) < of_100;
}

/*
 * Money: whole minor units of an ISO 4217 currency, and the exact division of a sum.
 *
 * No floats. Overflow is an error, never a wrap. A currency is packed into 16 bits.
 */
#ifndef MONEY_H
#define MONEY_H

#include "text.h"

/*
 * Pack a currency code.
 *
 * code     three upper-case letters that ISO 4217 lists
 * returns  the packed currency, 1 or more; 0 if the code is not known
 */
uint16_t currency_of(struct text code);

/*
 * Unpack a currency.
 *
 * currency  a packed currency
 * out       receives three letters and a NUL; "???" for 0
 */
void currency_write(uint16_t currency, char out[4]);

/* Tell how many digits stand after the point in a packed currency: 0, 2 or 3 (4 for CLF, UYW). */
unsigned currency_digits(uint16_t currency);

/*
 * Read "USD 1200.00": code, one space, digits, and exactly the currency's number of decimals (a
 * whole number without a point is taken too). A leading minus is allowed.
 *
 * minor     receives the amount in minor units
 * currency  receives the packed currency
 * text      what was written
 * returns   OK; INVALID if it is not of that form; OVERFLOW
 */
AMICUS_MUST_CHECK amicus_status money_read(int64_t *minor, uint16_t *currency, struct text text);

/* Write "USD 1200.00". */
void money_write(struct builder *builder, int64_t minor, uint16_t currency);

/* Write "USD 1,200.00", for people. */
void money_write_grouped(struct builder *builder, int64_t minor, uint16_t currency);

/*
 * Add, subtract, multiply without a wrap.
 *
 * out      receives the result
 * returns  OK, OVERFLOW
 */
AMICUS_MUST_CHECK amicus_status money_add(int64_t *out, int64_t a, int64_t b);
AMICUS_MUST_CHECK amicus_status money_subtract(int64_t *out, int64_t a, int64_t b);
AMICUS_MUST_CHECK amicus_status money_multiply(int64_t *out, int64_t a, int64_t b);

/*
 * a * numerator / denominator, rounded half away from zero, with a 128-bit product. With two
 * parties, and the rest for the other, this is the largest-remainder rule with ties to the first.
 *
 * out      receives the share
 * returns  OK; OVERFLOW if the result does not fit; INVALID if denominator is 0
 */
AMICUS_MUST_CHECK amicus_status money_share(int64_t *out, int64_t a, int64_t numerator,
                                            int64_t denominator);

/*
 * Divide a sum by weights, by largest remainder; equal remainders go to the first.
 *
 * parts_minor   receives count parts that sum to total_minor
 * total_minor   the sum, 0 or more
 * weights       count weights, not all 0
 * count         1 or more
 * returns       OK; INVALID if all weights are 0
 */
AMICUS_MUST_CHECK amicus_status money_divide(int64_t *parts_minor, int64_t total_minor,
                                             const uint32_t *weights, size_t count);

#endif

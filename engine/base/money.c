/*
 * Money is an int64_t of minor units and a currency, and this file is the only arithmetic on it.
 *
 * A currency is packed as 1 + its three letters in base 26. The number depends on nothing but the
 * letters, so a rulebook image stays readable when the table of currencies grows.
 *
 * There are no floats, and no 128-bit integers either, because C11 has none: a share multiplies
 * two 64-bit magnitudes into two halves (schoolbook, 32-bit digits) and divides them bit by bit, 64
 * steps of a shift, a comparison and a subtraction. It happens a few times a ruling.
 *
 * Signs are put aside first. Magnitudes are uint64_t, so that INT64_MIN needs no special case.
 */
#include "money.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS = 26, CURRENCY_LAST = LETTERS * LETTERS * LETTERS };
static_assert(CURRENCY_LAST <= UINT16_MAX, "a currency fits in 16 bits");

/* ISO 4217, the codes that were in force at any time since 2024; funds that are money (BOV, CLF)
 * are among them, metals and codes for tests are not. Sorted, one digit after each code. */
static const char CURRENCIES[] =
    "AED2AFN2ALL2AMD2ANG2AOA2ARS2AUD2AWG2AZN2BAM2BBD2BDT2BGN2BHD3BIF0BMD2BND2BOB2BOV2BRL2BSD2BTN2"
    "BWP2BYN2BZD2CAD2CDF2CHE2CHF2CHW2CLF4CLP0CNY2COP2COU2CRC2CUP2CVE2CZK2DJF0DKK2DOP2DZD2EGP2ERN2"
    "ETB2EUR2FJD2FKP2GBP2GEL2GHS2GIP2GMD2GNF0GTQ2GYD2HKD2HNL2HTG2HUF2IDR2ILS2INR2IQD3IRR2ISK0JMD2"
    "JOD3JPY0KES2KGS2KHR2KMF0KPW2KRW0KWD3KYD2KZT2LAK2LBP2LKR2LRD2LSL2LYD3MAD2MDL2MGA2MKD2MMK2MNT2"
    "MOP2MRU2MUR2MVR2MWK2MXN2MXV2MYR2MZN2NAD2NGN2NIO2NOK2NPR2NZD2OMR3PAB2PEN2PGK2PHP2PKR2PLN2PYG0"
    "QAR2RON2RSD2RUB2RWF0SAR2SBD2SCR2SDG2SEK2SGD2SHP2SLE2SLL2SOS2SRD2SSP2STN2SVC2SYP2SZL2THB2TJS2"
    "TMT2TND3TOP2TRY2TTD2TWD2TZS2UAH2UGX0USD2USN2UYI0UYU2UYW4UZS2VED2VES2VND0VUV0WST2XAD2XAF0XCD2"
    "XCG2XOF0XPF0YER2ZAR2ZMW2ZWG2ZWL2";

/* Bytes of one currency in the table: three letters and the digit. */
enum { ROW_BYTES = 4 };

struct halves {
    uint64_t high;
    uint64_t low;
};

static int order_of_codes(const void *key, const void *row)
{
    return memcmp(key, row, 3);
}

static const char *find_row(const char *code)
{
    size_t rows = (sizeof CURRENCIES - 1) / ROW_BYTES;
    return bsearch(code, CURRENCIES, rows, ROW_BYTES, order_of_codes);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static uint64_t magnitude(int64_t number)
{
    return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

static amicus_status with_sign(int64_t *out, uint64_t amount, bool is_negative)
{
    const uint64_t largest = (uint64_t)INT64_MAX + (is_negative ? 1 : 0);
    *out = 0;
    if (amount > largest) {
        return AMICUS_OVERFLOW;
    }
    if (!is_negative) {
        *out = (int64_t)amount;
    } else if (amount > 0) {
        *out = -(int64_t)(amount - 1) - 1;
    }
    return AMICUS_OK;
}

static struct halves multiply(uint64_t a, uint64_t b)
{
    const uint64_t a0 = a & UINT32_MAX, a1 = a >> 32;
    const uint64_t b0 = b & UINT32_MAX, b1 = b >> 32;
    const uint64_t cross = (a0 * b0 >> 32) + (a1 * b0 & UINT32_MAX) + a0 * b1;
    struct halves product;
    product.low = a * b;
    product.high = a1 * b1 + (a1 * b0 >> 32) + (cross >> 32);
    return product;
}

/* Divide two halves by a divisor of at most 2^63 that is above the high half. */
static uint64_t divide(struct halves dividend, uint64_t divisor, uint64_t *remainder)
{
    assert(dividend.high < divisor);
    assert(divisor <= (uint64_t)1 << 63);
    if (dividend.high == 0) {
        *remainder = dividend.low % divisor;
        return dividend.low / divisor;
    }
    uint64_t rest = dividend.high;
    uint64_t quotient = 0;
    for (unsigned bit = 64; bit-- > 0;) {
        rest = rest << 1 | (dividend.low >> bit & 1);
        quotient <<= 1;
        if (rest >= divisor) {
            rest -= divisor;
            quotient |= 1;
        }
    }
    *remainder = rest;
    return quotient;
}

/* Find how many digits a row of digits has, without leading zeros; 0 if it is none. */
static size_t count_digits(struct text text)
{
    size_t count = 0;
    while (count < text.length && is_digit(text.at[count])) {
        count++;
    }
    return count > 1 && text.at[0] == '0' ? 0 : count;
}

/* Append decimal digits to a number; false if it does not fit in 64 bits. */
static bool append_digits(uint64_t *number, const char *digits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint64_t digit = (uint64_t)(digits[i] - '0');
        if (*number > (UINT64_MAX - digit) / 10) {
            return false;
        }
        *number = *number * 10 + digit;
    }
    return true;
}

static amicus_status read_amount(uint64_t *minor, struct text text, unsigned decimals)
{
    static const char ZEROS[] = "0000";
    const size_t whole = count_digits(text);
    const bool has_point = whole < text.length && text.at[whole] == '.';
    const struct text after = {text.at + whole + 1, has_point ? text.length - whole - 1 : 0};
    size_t fraction = 0;
    while (fraction < after.length && is_digit(after.at[fraction])) {
        fraction++;
    }
    const bool is_whole = whole == text.length;
    const bool is_exact = has_point && decimals > 0 && fraction == decimals;
    if (whole == 0 || fraction != after.length || !(is_whole || is_exact)) {
        return AMICUS_INVALID;
    }
    const bool fits = append_digits(minor, text.at, whole) &&
                      append_digits(minor, is_whole ? ZEROS : after.at, decimals);
    return fits ? AMICUS_OK : AMICUS_OVERFLOW;
}

/* Write digits, with a comma between thousands if so wanted. */
static void put_whole(struct builder *builder, uint64_t whole, bool is_grouped)
{
    char digits[24];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    while (count-- > 0) {
        builder_putc(builder, digits[count]);
        if (is_grouped && count > 0 && count % 3 == 0) {
            builder_putc(builder, ',');
        }
    }
}

static void put_money(struct builder *builder, int64_t minor, uint16_t currency, bool is_grouped)
{
    const unsigned decimals = currency_digits(currency);
    uint64_t scale = 1;
    for (unsigned i = 0; i < decimals; i++) {
        scale *= 10;
    }
    const uint64_t amount = magnitude(minor);
    char code[4];
    currency_write(currency, code);
    builder_puts(builder, code);
    builder_puts(builder, minor < 0 ? " -" : " ");
    put_whole(builder, amount / scale, is_grouped);
    if (decimals > 0) {
        builder_putc(builder, '.');
        builder_put_digits(builder, amount % scale, decimals);
    }
}

uint16_t currency_of(struct text code)
{
    assert(code.at != NULL || code.length == 0);
    if (code.length != 3 || find_row(code.at) == NULL) {
        return 0;
    }
    unsigned packed = 0;
    for (size_t i = 0; i < 3; i++) {
        packed = packed * LETTERS + (unsigned)(code.at[i] - 'A');
    }
    assert(packed < CURRENCY_LAST);
    return (uint16_t)(packed + 1);
}

void currency_write(uint16_t currency, char out[4])
{
    assert(out != NULL);
    memcpy(out, "???", 4);
    if (currency == 0 || currency > CURRENCY_LAST) {
        return;
    }
    unsigned packed = currency - 1u;
    for (size_t i = 3; i-- > 0;) {
        out[i] = (char)('A' + (int)(packed % LETTERS));
        packed /= LETTERS;
    }
    assert(packed == 0);
}

unsigned currency_digits(uint16_t currency)
{
    char code[4];
    currency_write(currency, code);
    const char *row = find_row(code);
    return row == NULL ? 0 : (unsigned)(row[3] - '0');
}

amicus_status money_read(int64_t *minor, uint16_t *currency, struct text text)
{
    assert(minor != NULL && currency != NULL);
    assert(text.at != NULL || text.length == 0);
    *minor = 0;
    *currency = 0;
    if (text.length < 5 || text.at[3] != ' ') {
        return AMICUS_INVALID;
    }
    const uint16_t packed = currency_of((struct text){text.at, 3});
    const bool is_negative = text.at[4] == '-';
    const size_t from = is_negative ? 5 : 4;
    if (packed == 0) {
        return AMICUS_INVALID;
    }
    uint64_t amount = 0;
    const struct text digits = {text.at + from, text.length - from};
    amicus_status status = read_amount(&amount, digits, currency_digits(packed));
    if (status == AMICUS_OK && is_negative && amount == 0) {
        status = AMICUS_INVALID;
    }
    if (status == AMICUS_OK) {
        status = with_sign(minor, amount, is_negative);
    }
    *currency = status == AMICUS_OK ? packed : 0;
    return status;
}

void money_write(struct builder *builder, int64_t minor, uint16_t currency)
{
    assert(builder != NULL);
    assert(builder->arena != NULL);
    put_money(builder, minor, currency, false);
}

void money_write_grouped(struct builder *builder, int64_t minor, uint16_t currency)
{
    assert(builder != NULL);
    assert(builder->arena != NULL);
    put_money(builder, minor, currency, true);
}

amicus_status money_add(int64_t *out, int64_t a, int64_t b)
{
    assert(out != NULL);
    *out = 0;
    if ((b > 0 && a > INT64_MAX - b) || (b < 0 && a < INT64_MIN - b)) {
        return AMICUS_OVERFLOW;
    }
    *out = a + b;
    assert((*out >= a) == (b >= 0));
    return AMICUS_OK;
}

amicus_status money_subtract(int64_t *out, int64_t a, int64_t b)
{
    assert(out != NULL);
    *out = 0;
    if ((b < 0 && a > INT64_MAX + b) || (b > 0 && a < INT64_MIN + b)) {
        return AMICUS_OVERFLOW;
    }
    *out = a - b;
    assert((*out <= a) == (b >= 0));
    return AMICUS_OK;
}

amicus_status money_multiply(int64_t *out, int64_t a, int64_t b)
{
    assert(out != NULL);
    *out = 0;
    const struct halves product = multiply(magnitude(a), magnitude(b));
    if (product.high != 0) {
        return AMICUS_OVERFLOW;
    }
    const amicus_status status = with_sign(out, product.low, (a < 0) != (b < 0));
    assert(status != AMICUS_OK || b == 0 || *out / b == a);
    return status;
}

amicus_status money_share(int64_t *out, int64_t a, int64_t numerator, int64_t denominator)
{
    assert(out != NULL);
    *out = 0;
    if (denominator == 0) {
        return AMICUS_INVALID;
    }
    const uint64_t divisor = magnitude(denominator);
    const struct halves product = multiply(magnitude(a), magnitude(numerator));
    if (product.high >= divisor) {
        return AMICUS_OVERFLOW;
    }
    uint64_t rest = 0;
    uint64_t amount = divide(product, divisor, &rest);
    assert(rest < divisor);
    if (rest >= divisor - rest) {
        if (amount == UINT64_MAX) {
            return AMICUS_OVERFLOW;
        }
        amount++;
    }
    const bool is_negative = ((a < 0) != (numerator < 0)) != (denominator < 0);
    return with_sign(out, amount, is_negative);
}

/* Find the part that the next odd unit belongs to: the largest remainder, then the first. */
static size_t next_odd(const int64_t *parts, int64_t total, const uint32_t *weights, size_t count,
                       uint64_t weight_sum)
{
    size_t found = count;
    uint64_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t rest = 0;
        const uint64_t floor = divide(multiply((uint64_t)total, weights[i]), weight_sum, &rest);
        const bool had_one = (uint64_t)parts[i] > floor;
        if (!had_one && rest > largest) {
            largest = rest;
            found = i;
        }
    }
    assert(found < count);
    return found;
}

amicus_status money_divide(int64_t *parts_minor, int64_t total_minor, const uint32_t *weights,
                           size_t count)
{
    assert(parts_minor != NULL && weights != NULL);
    assert(total_minor >= 0 && count >= 1 && count <= INT32_MAX);
    uint64_t weight_sum = 0;
    for (size_t i = 0; i < count; i++) {
        weight_sum += weights[i];
        parts_minor[i] = 0;
    }
    if (weight_sum == 0) {
        return AMICUS_INVALID;
    }
    int64_t left = total_minor;
    for (size_t i = 0; i < count; i++) {
        uint64_t rest = 0;
        const struct halves product = multiply((uint64_t)total_minor, weights[i]);
        parts_minor[i] = (int64_t)divide(product, weight_sum, &rest);
        left -= parts_minor[i];
    }
    assert(left >= 0 && (uint64_t)left < count);
    for (; left > 0; left--) {
        parts_minor[next_odd(parts_minor, total_minor, weights, count, weight_sum)]++;
    }
    return AMICUS_OK;
}

#include "money.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>

static const uint64_t SEED = 20250602;

/* xorshift64*: the same numbers on every machine. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

static uint16_t currency(const char *code)
{
    const uint16_t packed = currency_of(text_of(code));
    CU_ASSERT_NOT_EQUAL_FATAL(packed, 0);
    return packed;
}

static void check_read(const char *written, int64_t minor, const char *code)
{
    int64_t read_minor = -1;
    uint16_t read_currency = 0;
    CU_ASSERT_EQUAL(money_read(&read_minor, &read_currency, text_of(written)), AMICUS_OK);
    CU_ASSERT_EQUAL(read_minor, minor);
    CU_ASSERT_EQUAL(read_currency, currency(code));
}

static void check_refused(const char *written, amicus_status wanted)
{
    int64_t minor = 77;
    uint16_t packed = 77;
    CU_ASSERT_EQUAL(money_read(&minor, &packed, text_of(written)), wanted);
    CU_ASSERT_EQUAL(minor, 0);
    CU_ASSERT_EQUAL(packed, 0);
}

static void check_written(int64_t minor, const char *code, const char *plain, const char *grouped)
{
    struct arena *arena = NULL;
    struct builder builder;
    struct text written;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 4096), AMICUS_OK);
    builder_start(&builder, arena);
    money_write(&builder, minor, currency(code));
    CU_ASSERT_EQUAL_FATAL(builder_end(&written, &builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(written.at, plain);
    check_read(written.at, minor, code);
    builder_start(&builder, arena);
    money_write_grouped(&builder, minor, currency(code));
    CU_ASSERT_EQUAL_FATAL(builder_end(&written, &builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(written.at, grouped);
    arena_close(arena);
}

static void knows_the_currencies_and_their_digits(void)
{
    CU_ASSERT_EQUAL(currency_digits(currency("USD")), 2);
    CU_ASSERT_EQUAL(currency_digits(currency("EUR")), 2);
    CU_ASSERT_EQUAL(currency_digits(currency("JPY")), 0);
    CU_ASSERT_EQUAL(currency_digits(currency("KRW")), 0);
    CU_ASSERT_EQUAL(currency_digits(currency("BHD")), 3);
    CU_ASSERT_EQUAL(currency_digits(currency("CLF")), 4);
    CU_ASSERT_EQUAL(currency_digits(currency("AED")), 2);
    CU_ASSERT_EQUAL(currency_digits(currency("ZWL")), 2);
    CU_ASSERT_EQUAL(currency_digits(0), 0);
}

static void refuses_what_is_no_currency(void)
{
    static const char *const BAD[] = {"",    "US",  "USDX", "usd", "XXX",
                                      "XAU", "ZZZ", "AAA",  "U$D", "ED2"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        CU_ASSERT_EQUAL(currency_of(text_of(BAD[i])), 0);
    }
    CU_ASSERT_EQUAL(currency_of((struct text){NULL, 0}), 0);
}

/* Tell whether a code is listed; what is listed must come back when it is unpacked. */
static bool is_listed(const char *code)
{
    char back[4];
    const uint16_t packed = currency_of(text_of(code));
    if (packed == 0) {
        return false;
    }
    currency_write(packed, back);
    CU_ASSERT_STRING_EQUAL(back, code);
    CU_ASSERT_TRUE(currency_digits(packed) <= 4);
    return true;
}

static void finds_and_unpacks_every_code_that_it_lists(void)
{
    unsigned listed = 0;
    for (int i = 0; i < 26 * 26 * 26; i++) {
        const char code[4] = {(char)('A' + i / 676), (char)('A' + i / 26 % 26),
                              (char)('A' + i % 26), '\0'};
        listed += is_listed(code);
    }
    CU_ASSERT_EQUAL(listed, 169);
}

static void unpacks_what_is_no_currency_as_question_marks(void)
{
    char out[4];
    currency_write(0, out);
    CU_ASSERT_STRING_EQUAL(out, "\?\?\?");
    currency_write(UINT16_MAX, out);
    CU_ASSERT_STRING_EQUAL(out, "\?\?\?");
}

static void reads_exactly_the_decimals_of_the_currency(void)
{
    check_read("USD 1200.00", 120000, "USD");
    check_read("USD 1200", 120000, "USD");
    check_read("USD 0.07", 7, "USD");
    check_read("USD 0", 0, "USD");
    check_read("JPY 1200", 1200, "JPY");
    check_read("BHD 1.234", 1234, "BHD");
    check_read("CLF 1.2345", 12345, "CLF");
    check_read("USD -12.50", -1250, "USD");
}

static void refuses_every_other_form_of_money(void)
{
    static const char *const BAD[] = {
        "",          "USD",       "USD ",       "USD1200",  "USD  12",     "usd 12",
        "1200 USD",  "USD 12.0",  "USD 12.000", "USD 12.",  "USD .50",     "USD 1,200.00",
        "USD +12",   "USD 012",   "USD 00",     "USD -",    "USD --1",     "USD -0",
        "USD -0.00", "JPY 12.00", "JPY 12.",    "BHD 1.23", "XXX 1.00",    "USD 12.00 ",
        "USD 12.0x", "USD 12 00", "USD 1e3",    "USD\t12",  "USD 12.00\n", "USD 0x10",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        check_refused(BAD[i], AMICUS_INVALID);
    }
}

static void reads_up_to_the_last_number_that_fits(void)
{
    check_read("USD 92233720368547758.07", INT64_MAX, "USD");
    check_refused("USD 92233720368547758.08", AMICUS_OVERFLOW);
    check_read("USD -92233720368547758.08", INT64_MIN, "USD");
    check_refused("USD -92233720368547758.09", AMICUS_OVERFLOW);
    check_refused("USD 92233720368547759", AMICUS_OVERFLOW);
    check_refused("JPY 99999999999999999999999999", AMICUS_OVERFLOW);
}

static void writes_what_it_reads(void)
{
    check_written(120000, "USD", "USD 1200.00", "USD 1,200.00");
    check_written(7, "USD", "USD 0.07", "USD 0.07");
    check_written(99999, "USD", "USD 999.99", "USD 999.99");
    check_written(100000000, "USD", "USD 1000000.00", "USD 1,000,000.00");
    check_written(-1250, "EUR", "EUR -12.50", "EUR -12.50");
    check_written(-123456789, "EUR", "EUR -1234567.89", "EUR -1,234,567.89");
    check_written(0, "JPY", "JPY 0", "JPY 0");
    check_written(1234567, "JPY", "JPY 1234567", "JPY 1,234,567");
    check_written(1234, "BHD", "BHD 1.234", "BHD 1.234");
    check_written(INT64_MAX, "USD", "USD 92233720368547758.07", "USD 92,233,720,368,547,758.07");
    check_written(INT64_MIN, "USD", "USD -92233720368547758.08", "USD -92,233,720,368,547,758.08");
}

static void adds_and_subtracts_without_a_wrap(void)
{
    int64_t out = 0;
    CU_ASSERT_EQUAL(money_add(&out, 2, 3), AMICUS_OK);
    CU_ASSERT_EQUAL(out, 5);
    CU_ASSERT_EQUAL(money_add(&out, INT64_MAX - 1, 1), AMICUS_OK);
    CU_ASSERT_EQUAL(out, INT64_MAX);
    CU_ASSERT_EQUAL(money_add(&out, INT64_MAX, 1), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_add(&out, INT64_MIN, -1), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_add(&out, INT64_MIN, INT64_MAX), AMICUS_OK);
    CU_ASSERT_EQUAL(out, -1);
    CU_ASSERT_EQUAL(money_subtract(&out, 2, 3), AMICUS_OK);
    CU_ASSERT_EQUAL(out, -1);
    CU_ASSERT_EQUAL(money_subtract(&out, INT64_MIN, 1), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_subtract(&out, 0, INT64_MIN), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_subtract(&out, -1, INT64_MIN), AMICUS_OK);
    CU_ASSERT_EQUAL(out, INT64_MAX);
    CU_ASSERT_EQUAL(money_subtract(&out, INT64_MAX, -1), AMICUS_OVERFLOW);
}

static void multiplies_without_a_wrap(void)
{
    int64_t out = 0;
    CU_ASSERT_EQUAL(money_multiply(&out, -7, 6), AMICUS_OK);
    CU_ASSERT_EQUAL(out, -42);
    CU_ASSERT_EQUAL(money_multiply(&out, 0, INT64_MIN), AMICUS_OK);
    CU_ASSERT_EQUAL(out, 0);
    CU_ASSERT_EQUAL(money_multiply(&out, INT64_MIN, 1), AMICUS_OK);
    CU_ASSERT_EQUAL(out, INT64_MIN);
    CU_ASSERT_EQUAL(money_multiply(&out, INT64_MIN, -1), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_multiply(&out, INT64_MAX, 2), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_multiply(&out, (int64_t)1 << 31, (int64_t)1 << 31), AMICUS_OK);
    CU_ASSERT_EQUAL(out, (int64_t)1 << 62);
    CU_ASSERT_EQUAL(money_multiply(&out, (int64_t)1 << 32, (int64_t)1 << 31), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_multiply(&out, -((int64_t)1 << 32), (int64_t)1 << 31), AMICUS_OK);
    CU_ASSERT_EQUAL(out, INT64_MIN);
    CU_ASSERT_EQUAL(money_multiply(&out, (int64_t)1 << 33, (int64_t)1 << 33), AMICUS_OVERFLOW);
}

static void shares_with_halves_away_from_zero(void)
{
    static const struct {
        int64_t a, numerator, denominator, share;
    } ROWS[] = {
        {100, 1, 3, 33},
        {200, 1, 3, 67},
        {1, 1, 2, 1},
        {-1, 1, 2, -1},
        {3, 1, 2, 2},
        {-3, 1, 2, -2},
        {3, -1, 2, -2},
        {3, -1, -2, 2},
        {1, 49, 100, 0},
        {1, 51, 100, 1},
        {0, 5, 7, 0},
        {7, 0, 5, 0},
        {120000, 2500, 10000, 30000},
        {5, 10000, 10000, 5},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        int64_t out = 99;
        CU_ASSERT_EQUAL(money_share(&out, ROWS[i].a, ROWS[i].numerator, ROWS[i].denominator),
                        AMICUS_OK);
        CU_ASSERT_EQUAL(out, ROWS[i].share);
    }
}

static void shares_through_a_product_of_128_bits(void)
{
    int64_t out = 0;
    CU_ASSERT_EQUAL(money_share(&out, INT64_MAX, INT64_MAX, INT64_MAX), AMICUS_OK);
    CU_ASSERT_EQUAL(out, INT64_MAX);
    CU_ASSERT_EQUAL(money_share(&out, INT64_MIN, INT64_MIN, INT64_MIN), AMICUS_OK);
    CU_ASSERT_EQUAL(out, INT64_MIN);
    CU_ASSERT_EQUAL(money_share(&out, INT64_MAX, 9999, 10000), AMICUS_OK);
    CU_ASSERT_EQUAL(out, 9222449699651090329);
    CU_ASSERT_EQUAL(money_share(&out, 1000000000000000003, 999999999999999989, 1000000000000000007),
                    AMICUS_OK);
    CU_ASSERT_EQUAL(out, 999999999999999985);
    CU_ASSERT_EQUAL(money_share(&out, INT64_MAX, INT64_MAX, INT64_MIN), AMICUS_OK);
    CU_ASSERT_EQUAL(out, -(INT64_MAX - 1));
}

static void refuses_a_share_that_does_not_fit(void)
{
    int64_t out = 99;
    CU_ASSERT_EQUAL(money_share(&out, 1, 1, 0), AMICUS_INVALID);
    CU_ASSERT_EQUAL(out, 0);
    CU_ASSERT_EQUAL(money_share(&out, INT64_MAX, 2, 1), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_share(&out, INT64_MAX, INT64_MAX, 1), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_share(&out, INT64_MIN, 1, -1), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_share(&out, INT64_MIN, INT64_MIN, INT64_MAX), AMICUS_OVERFLOW);
    CU_ASSERT_EQUAL(money_share(&out, INT64_MIN, INT64_MIN, 1), AMICUS_OVERFLOW);
}

/* The exact share s of a*n/d is the one with |a*n - s*d| <= d/2; small numbers need no tricks. */
static void shares_exactly_by_ten_thousand_random_tries(void)
{
    uint64_t state = SEED;
    printf("(seed %llu) ", (unsigned long long)SEED);
    for (int i = 0; i < 10000; i++) {
        const int64_t a = (int64_t)(next_random(&state) % 2000000001) - 1000000000;
        const int64_t n = (int64_t)(next_random(&state) % 20001) - 10000;
        const int64_t d = (int64_t)(next_random(&state) % 10000) + 1;
        int64_t share = 0;
        int64_t other = 0;
        CU_ASSERT_EQUAL(money_share(&share, a, n, d), AMICUS_OK);
        const int64_t rest = a * n - share * d;
        CU_ASSERT_TRUE(2 * rest <= d && 2 * rest >= -d);
        /* At a half the share lies away from zero, so the rest points back to it. */
        CU_ASSERT_TRUE((2 * rest != d || share < 0) && (2 * rest != -d || share > 0));
        CU_ASSERT_EQUAL(money_share(&other, a, -n, d), AMICUS_OK);
        CU_ASSERT_EQUAL(share, -other);
    }
}

static void gives_the_odd_cent_to_the_first_of_equals(void)
{
    const uint32_t thirds[] = {1, 1, 1};
    int64_t parts_minor[3];
    CU_ASSERT_EQUAL_FATAL(money_divide(parts_minor, 10000, thirds, 3), AMICUS_OK);
    CU_ASSERT_EQUAL(parts_minor[0], 3334);
    CU_ASSERT_EQUAL(parts_minor[1], 3333);
    CU_ASSERT_EQUAL(parts_minor[2], 3333);
}

static void gives_two_odd_cents_to_two_parts(void)
{
    const uint32_t thirds[] = {1, 1, 1};
    int64_t parts_minor[3];
    CU_ASSERT_EQUAL_FATAL(money_divide(parts_minor, 10001, thirds, 3), AMICUS_OK);
    CU_ASSERT_EQUAL(parts_minor[0], 3334);
    CU_ASSERT_EQUAL(parts_minor[1], 3334);
    CU_ASSERT_EQUAL(parts_minor[2], 3333);
}

static void gives_odd_cents_by_largest_remainder(void)
{
    /* 10 * 1/6, 2/6, 3/6 = 1.67, 3.33, 5.00 */
    const uint32_t weights[] = {1, 2, 3};
    int64_t parts_minor[3];
    CU_ASSERT_EQUAL(money_divide(parts_minor, 10, weights, 3), AMICUS_OK);
    CU_ASSERT_EQUAL(parts_minor[0], 2);
    CU_ASSERT_EQUAL(parts_minor[1], 3);
    CU_ASSERT_EQUAL(parts_minor[2], 5);
}

static void gives_nothing_to_a_weight_of_zero(void)
{
    const uint32_t weights[] = {0, 1, 0, 1};
    int64_t parts_minor[4];
    CU_ASSERT_EQUAL(money_divide(parts_minor, 3, weights, 4), AMICUS_OK);
    CU_ASSERT_EQUAL(parts_minor[0], 0);
    CU_ASSERT_EQUAL(parts_minor[1], 2);
    CU_ASSERT_EQUAL(parts_minor[2], 0);
    CU_ASSERT_EQUAL(parts_minor[3], 1);
}

static void refuses_weights_that_are_all_zero(void)
{
    const uint32_t weights[] = {0, 0};
    int64_t parts_minor[2] = {7, 7};
    CU_ASSERT_EQUAL(money_divide(parts_minor, 3, weights, 2), AMICUS_INVALID);
    CU_ASSERT_EQUAL(parts_minor[0], 0);
}

static void divides_the_largest_sum_by_the_largest_weights(void)
{
    const uint32_t weights[] = {UINT32_MAX, UINT32_MAX, 1};
    int64_t parts_minor[3];
    CU_ASSERT_EQUAL(money_divide(parts_minor, INT64_MAX, weights, 3), AMICUS_OK);
    CU_ASSERT_EQUAL(parts_minor[0] + parts_minor[1] + parts_minor[2], INT64_MAX);
    CU_ASSERT_EQUAL(parts_minor[0], 4611686017890516992);
    CU_ASSERT_EQUAL(parts_minor[1], 4611686017890516991);
    CU_ASSERT_EQUAL(parts_minor[2], 1073741824);
}

static void divides_into_parts_that_always_sum_to_the_total(void)
{
    enum { MOST = 12 };
    uint64_t state = SEED;
    printf("(seed %llu) ", (unsigned long long)SEED);
    for (int i = 0; i < 5000; i++) {
        const size_t count = 1 + next_random(&state) % MOST;
        const int64_t total = (int64_t)(next_random(&state) >> (1 + next_random(&state) % 60));
        uint32_t weights[MOST];
        int64_t parts_minor[MOST];
        uint64_t weight_sum = 0;
        for (size_t j = 0; j < count; j++) {
            weights[j] = (uint32_t)(next_random(&state) >> (32 + next_random(&state) % 32));
            weight_sum += weights[j];
        }
        weights[0] += weight_sum == 0;
        CU_ASSERT_EQUAL(money_divide(parts_minor, total, weights, count), AMICUS_OK);
        int64_t sum = 0;
        for (size_t j = 0; j < count; j++) {
            CU_ASSERT_TRUE(parts_minor[j] >= 0 && (weights[j] > 0 || parts_minor[j] == 0));
            sum += parts_minor[j];
        }
        CU_ASSERT_EQUAL(sum, total);
    }
}

static void divides_between_two_as_a_share_and_the_rest(void)
{
    uint64_t state = SEED;
    for (int i = 0; i < 2000; i++) {
        const int64_t total = (int64_t)(next_random(&state) % 1000000);
        const uint32_t weights[] = {(uint32_t)(next_random(&state) % 10001), 10000};
        const uint32_t both[] = {weights[0], weights[1] - weights[0]};
        int64_t parts_minor[2];
        int64_t share = 0;
        CU_ASSERT_EQUAL(money_divide(parts_minor, total, both, 2), AMICUS_OK);
        CU_ASSERT_EQUAL(money_share(&share, total, weights[0], weights[1]), AMICUS_OK);
        CU_ASSERT_EQUAL(parts_minor[0], share);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"knows the currencies and their digits", knows_the_currencies_and_their_digits},
        {"refuses what is no currency", refuses_what_is_no_currency},
        {"finds and unpacks every code that it lists", finds_and_unpacks_every_code_that_it_lists},
        {"unpacks what is no currency as question marks",
         unpacks_what_is_no_currency_as_question_marks},
        {"reads exactly the decimals of the currency", reads_exactly_the_decimals_of_the_currency},
        {"refuses every other form of money", refuses_every_other_form_of_money},
        {"reads up to the last number that fits", reads_up_to_the_last_number_that_fits},
        {"writes what it reads", writes_what_it_reads},
        {"adds and subtracts without a wrap", adds_and_subtracts_without_a_wrap},
        {"multiplies without a wrap", multiplies_without_a_wrap},
        {"shares with halves away from zero", shares_with_halves_away_from_zero},
        {"shares through a product of 128 bits", shares_through_a_product_of_128_bits},
        {"refuses a share that does not fit", refuses_a_share_that_does_not_fit},
        {"shares exactly, by ten thousand random tries",
         shares_exactly_by_ten_thousand_random_tries},
        {"gives the odd cent to the first of equals", gives_the_odd_cent_to_the_first_of_equals},
        {"gives two odd cents to two parts", gives_two_odd_cents_to_two_parts},
        {"gives odd cents by largest remainder", gives_odd_cents_by_largest_remainder},
        {"gives nothing to a weight of zero", gives_nothing_to_a_weight_of_zero},
        {"refuses weights that are all zero", refuses_weights_that_are_all_zero},
        {"divides the largest sum by the largest weights",
         divides_the_largest_sum_by_the_largest_weights},
        {"divides into parts that always sum to the total",
         divides_into_parts_that_always_sum_to_the_total},
        {"divides between two as a share and the rest",
         divides_between_two_as_a_share_and_the_rest},
        CU_TEST_INFO_NULL,
    };
    return suite_run("money", tests);
}

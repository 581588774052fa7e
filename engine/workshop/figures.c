/*
 * Figures and their arithmetic.
 *
 * A name is a path with slashes, made by whoever counts:
 *
 *   cases, rejected, limit, conflict, burden      how many cases
 *   outcome/O/CUR      cases with their money, by outcome and currency ("-" if there is none)
 *   ground/G/O/CUR     the same by ground; a case with two grounds is under both
 *   rule/BOOK/R        cases in which a rule applied; flag/C and missing/F likewise
 *   reject/CODE        lines that are no case
 *   held/CUR/NNN       cases by the money held, on a logarithmic grid of 8 steps an octave
 *
 * Adding is commutative and associative, so workers and shards may count in any order. Sums are of
 * amounts that are not negative, in base 10^18: a count of 2^64 amounts of 2^63 does not overflow,
 * and decimal output needs no long division.
 *
 * Rows live in an arena and never move, so a worker keeps pointers to those that it uses often.
 */
#include "figures.h"

#include "digest.h"
#include "money.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t BASE = UINT64_C(1000000000000000000);

amicus_status figures_start(struct figures *figures, struct arena *arena)
{
    assert(figures != NULL);
    assert(arena != NULL);
    *figures = (struct figures){.arena = arena};
    return map_of(&figures->rows, arena);
}

struct figure *figures_row(struct figures *figures, struct text name)
{
    assert(figures != NULL && figures->rows != NULL);
    assert(name.length > 0);
    struct figure *row = map_find(figures->rows, name);
    if (row != NULL) {
        return row;
    }
    row = arena_give(figures->arena, sizeof *row);
    if (row == NULL || text_copy(&row->name, figures->arena, name) != AMICUS_OK ||
        map_put(figures->rows, row->name, row) != AMICUS_OK) {
        return NULL;
    }
    return row;
}

uint64_t figures_count(const struct figures *figures, const char *name)
{
    assert(figures != NULL);
    assert(name != NULL);
    const struct figure *row = map_find(figures->rows, text_of(name));
    return row == NULL ? 0 : row->count;
}

/* --- sums --- */

static void sum_add_amount(struct sum *sum, int64_t minor)
{
    assert(minor >= 0);
    const struct sum other = {(uint64_t)minor / BASE, (uint64_t)minor % BASE};
    sum_add(sum, &other);
}

void sum_add(struct sum *sum, const struct sum *other)
{
    assert(sum != NULL && sum->low < BASE);
    assert(other != NULL && other->low < BASE);
    sum->low += other->low;
    sum->high += other->high;
    if (sum->low >= BASE) {
        sum->low -= BASE;
        sum->high++;
    }
}

bool sum_is_zero(const struct sum *sum)
{
    assert(sum != NULL);
    assert(sum->low < BASE);
    return sum->high == 0 && sum->low == 0;
}

int sum_order(const struct sum *a, const struct sum *b)
{
    assert(a != NULL && a->low < BASE);
    assert(b != NULL && b->low < BASE);
    if (a->high != b->high) {
        return a->high < b->high ? -1 : 1;
    }
    return a->low < b->low ? -1 : a->low > b->low;
}

unsigned sum_permille(const struct sum *part, const struct sum *whole)
{
    assert(part != NULL && whole != NULL);
    assert(sum_order(part, whole) <= 0);
    /* Both are cut to their leading digits, which a plot does not show. */
    uint64_t a = part->low, b = whole->low;
    if (whole->high > 0) {
        a = part->high > UINT64_MAX / 2000 ? part->high / 2000
                                           : part->high * 1000 + a / (BASE / 1000);
        b = whole->high > UINT64_MAX / 2000 ? whole->high / 2000
                                            : whole->high * 1000 + b / (BASE / 1000);
    }
    while (b > UINT64_MAX / 1000) {
        a /= 1000;
        b /= 1000;
    }
    return b == 0 ? 0 : (unsigned)(a * 1000 / b);
}

void sum_write(struct builder *builder, const struct sum *sum)
{
    assert(builder != NULL);
    assert(sum != NULL && sum->low < BASE);
    if (sum->high > 0) {
        builder_putf(builder, "%" PRIu64 "%018" PRIu64, sum->high, sum->low);
    } else {
        builder_putf(builder, "%" PRIu64, sum->low);
    }
}

/* The digits of a sum, at least one more than stand behind the point. */
static size_t digits_of(char out[48], const struct sum *sum, unsigned digits)
{
    char plain[48];
    int length = sum->high > 0
                     ? snprintf(plain, sizeof plain, "%" PRIu64 "%018" PRIu64, sum->high, sum->low)
                     : snprintf(plain, sizeof plain, "%" PRIu64, sum->low);
    size_t pad = (size_t)length <= digits ? digits + 1 - (size_t)length : 0;
    memset(out, '0', pad);
    memcpy(out + pad, plain, (size_t)length + 1);
    return pad + (size_t)length;
}

static void put_amount(struct builder *builder, const struct sum *sum, uint16_t currency,
                       bool is_grouped)
{
    char text[48];
    const unsigned digits = currency == 0 ? 0 : currency_digits(currency);
    const size_t length = digits_of(text, sum, digits);
    const size_t whole = length - digits;
    for (size_t i = 0; i < whole; i++) {
        if (is_grouped && i > 0 && (whole - i) % 3 == 0) {
            builder_putc(builder, ',');
        }
        builder_putc(builder, text[i]);
    }
    if (digits > 0) {
        builder_putc(builder, '.');
        builder_puts(builder, text + whole);
    }
}

void sum_write_money(struct builder *builder, const struct sum *sum, uint16_t currency)
{
    assert(builder != NULL);
    assert(sum != NULL);
    char code[4];
    currency_write(currency, code);
    builder_puts(builder, code);
    builder_putc(builder, ' ');
    put_amount(builder, sum, currency, false);
}

void sum_write_grouped(struct builder *builder, const struct sum *sum, uint16_t currency)
{
    assert(builder != NULL);
    assert(sum != NULL);
    put_amount(builder, sum, currency, true);
}

void figure_add(struct figure *figure, const amicus_division *division)
{
    assert(figure != NULL);
    assert(division != NULL);
    figure->count++;
    sum_add_amount(&figure->sums[SUM_HELD], division->held_minor);
    sum_add_amount(&figure->sums[SUM_FREELANCER], division->to_freelancer_minor);
    sum_add_amount(&figure->sums[SUM_CLIENT], division->to_client_minor);
    sum_add_amount(&figure->sums[SUM_FEES], division->fees_minor);
    sum_add_amount(&figure->sums[SUM_STAYS], division->stays_held_minor);
}

/* --- hashes --- */

void hash_add(struct tally_hash *hash, struct tally_hash other)
{
    assert(hash != NULL);
    assert(sizeof hash->low == 8);
    hash->low += other.low;
    hash->high += other.high + (hash->low < other.low);
}

static uint64_t big_number(const uint8_t *bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < 8; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

static amicus_status note(struct figures *figures, const char *domain, struct text text)
{
    uint8_t digest[DIGEST_BYTES];
    const amicus_status status = digest_of(digest, domain, text);
    if (status == AMICUS_OK) {
        hash_add(&figures->hash, (struct tally_hash){big_number(digest), big_number(digest + 8)});
    }
    return status;
}

amicus_status figures_note_id(struct figures *figures, struct text id)
{
    assert(figures != NULL);
    assert(id.length > 0);
    return note(figures, "amicus.id/1", id);
}

amicus_status figures_note_place(struct figures *figures, uint32_t file, uint64_t offset)
{
    assert(figures != NULL);
    assert(figures->rows != NULL);
    char place[48];
    const int length = snprintf(place, sizeof place, "%" PRIu32 " %" PRIu64, file, offset);
    return note(figures, "amicus.at/1", (struct text){place, (size_t)length});
}

void hash_write(struct builder *builder, struct tally_hash hash)
{
    assert(builder != NULL);
    assert(sizeof hash == 16);
    builder_putf(builder, "%016" PRIx64 "%016" PRIx64, hash.high, hash.low);
}

static bool read_hex(uint64_t *out, const char *digits)
{
    *out = 0;
    for (size_t i = 0; i < 16; i++) {
        const char digit = digits[i];
        const bool is_number = digit >= '0' && digit <= '9';
        if (!is_number && !(digit >= 'a' && digit <= 'f')) {
            return false;
        }
        *out = *out << 4 | (uint64_t)(is_number ? digit - '0' : digit - 'a' + 10);
    }
    return true;
}

bool hash_read(struct tally_hash *out, struct text text)
{
    assert(out != NULL);
    assert(text.at != NULL || text.length == 0);
    return text.length == 32 && read_hex(&out->high, text.at) && read_hex(&out->low, text.at + 16);
}

bool number_read(uint64_t *out, struct text text)
{
    assert(out != NULL);
    assert(text.at != NULL || text.length == 0);
    *out = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned digit = (unsigned char)text.at[i] - (unsigned)'0';
        if (digit > 9 || *out > (UINT64_MAX - digit) / 10) {
            return false;
        }
        *out = *out * 10 + digit;
    }
    return text.length > 0;
}

/* --- all rows --- */

amicus_status figures_merge(struct figures *figures, const struct figures *other)
{
    assert(figures != NULL && other != NULL);
    assert(figures != other);
    for (size_t i = 0; i < map_count(other->rows); i++) {
        const struct figure *from = map_at(other->rows, i, NULL);
        if (from->count == 0) {
            continue;
        }
        struct figure *row = figures_row(figures, from->name);
        if (row == NULL) {
            return AMICUS_MEMORY;
        }
        row->count += from->count;
        for (size_t n = 0; n < SUM_COUNT; n++) {
            sum_add(&row->sums[n], &from->sums[n]);
        }
    }
    figures->lines += other->lines;
    hash_add(&figures->hash, other->hash);
    return AMICUS_OK;
}

/* Arrays of pointers are sorted here. NOLINTBEGIN(bugprone-sizeof-expression) */
static int by_name(const void *left, const void *right)
{
    const struct figure *a = *(const struct figure *const *)left;
    const struct figure *b = *(const struct figure *const *)right;
    return text_order(a->name, b->name);
}

const struct figure **figures_sorted(const struct figures *figures, size_t *count,
                                     struct arena *arena)
{
    assert(figures != NULL && count != NULL);
    assert(arena != NULL);
    const size_t all = map_count(figures->rows);
    const struct figure **rows = arena_give_array(arena, all, sizeof *rows);
    *count = 0;
    for (size_t i = 0; rows != NULL && i < all; i++) {
        const struct figure *row = map_at(figures->rows, i, NULL);
        if (row->count > 0) {
            rows[(*count)++] = row;
        }
    }
    if (rows != NULL && *count > 1) {
        qsort((void *)rows, *count, sizeof *rows, by_name);
    }
    return rows;
}
/* NOLINTEND(bugprone-sizeof-expression) */

static bool has_money(const struct figure *row)
{
    bool has_some = false;
    for (size_t n = 0; n < SUM_COUNT; n++) {
        has_some = has_some || !sum_is_zero(&row->sums[n]);
    }
    return has_some;
}

void figures_write_json(struct builder *builder, const struct figures *figures)
{
    assert(builder != NULL);
    assert(figures != NULL);
    size_t count = 0;
    const struct figure **rows = figures_sorted(figures, &count, builder->arena);
    builder->failed = builder->failed || rows == NULL;
    builder_putc(builder, '[');
    for (size_t i = 0; i < count; i++) {
        builder_puts(builder, i > 0 ? ",[" : "[");
        builder_put_json(builder, rows[i]->name);
        builder_putf(builder, ",%" PRIu64, rows[i]->count);
        for (size_t n = 0; n < SUM_COUNT && has_money(rows[i]); n++) {
            builder_putc(builder, ',');
            sum_write(builder, &rows[i]->sums[n]);
        }
        builder_putc(builder, ']');
    }
    builder_putc(builder, ']');
}

/* Read a sum: at most 37 digits. */
static bool sum_read(struct sum *out, struct text text)
{
    if (text.length <= 18) {
        out->high = 0;
        return number_read(&out->low, text);
    }
    const size_t cut = text.length - 18;
    return number_read(&out->high, (struct text){text.at, cut}) &&
           number_read(&out->low, (struct text){text.at + cut, 18});
}

/* Take the numbers of a row. */
static bool take_row(struct figure *row, const struct tree *numbers)
{
    struct figure own = {.count = 0};
    if (numbers == NULL || !number_read(&own.count, numbers->text)) {
        return false;
    }
    size_t n = 0;
    for (const struct tree *at = numbers->next; at != NULL; at = at->next, n++) {
        if (n == SUM_COUNT || !sum_read(&own.sums[n], at->text)) {
            return false;
        }
    }
    row->count += own.count;
    for (size_t i = 0; i < SUM_COUNT; i++) {
        sum_add(&row->sums[i], &own.sums[i]);
    }
    return n == 0 || n == SUM_COUNT;
}

amicus_status figures_take_json(struct figures *figures, const struct tree *rows)
{
    assert(figures != NULL);
    assert(figures->rows != NULL);
    if (rows == NULL || rows->kind != TREE_LIST) {
        return AMICUS_INVALID;
    }
    for (const struct tree *at = rows->first; at != NULL; at = at->next) {
        const struct tree *name = at->kind == TREE_LIST ? at->first : NULL;
        if (name == NULL || name->text.length == 0) {
            return AMICUS_INVALID;
        }
        struct figure *row = figures_row(figures, name->text);
        if (row == NULL) {
            return AMICUS_MEMORY;
        }
        if (!take_row(row, name->next)) {
            return AMICUS_INVALID;
        }
    }
    return AMICUS_OK;
}

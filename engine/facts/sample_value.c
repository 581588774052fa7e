/*
 * Values of a drawn case, by type, role and guide.
 *
 * An instant falls into its line of the course, which begins after the line before it has ended, so
 * that causes come before effects whichever of the two are stated. Amounts are round, because
 * people agree on round ones; what is held is never above the agreed amount. A share that must add
 * up over the records of one owner does.
 */
#include "date.h"
#include "money.h"
#include "sample_draw.h"

#include <assert.h>
#include <stdio.h>

static const int64_t DAY_S = 86400;
static const int64_t MINUTE_S = 60;
static const int64_t WHOLE_BPS = 10000;

static bool is_of(const struct sampler *sampler, uint32_t kind, uint32_t wanted)
{
    return kind == wanted || sampler->vocabulary->kinds[kind].base == wanted;
}

uint32_t sample_count(const struct sampler *sampler, uint32_t kind)
{
    assert(sampler != NULL);
    assert(kind < sampler->vocabulary->kind_count);
    uint32_t count = 0;
    for (uint32_t k = 1; k < sampler->vocabulary->kind_count; k++) {
        count += is_of(sampler, k, kind) ? sampler->lists[k].count : 0;
    }
    return count;
}

uint32_t sample_nth(const struct sampler *sampler, uint32_t kind, uint32_t n)
{
    assert(sampler != NULL);
    assert(n < sample_count(sampler, kind));
    uint32_t k = 1;
    while (!is_of(sampler, k, kind) || n >= sampler->lists[k].count) {
        n -= is_of(sampler, k, kind) ? sampler->lists[k].count : 0;
        k++;
    }
    return sampler->lists[k].first + n;
}

int64_t sample_amount(struct sampler *sampler)
{
    assert(sampler != NULL);
    assert(sampler->currency != 0);
    int64_t minor = (int64_t)(4 + dice_below(&sampler->dice, 27)) *
                    (int64_t)(1 + dice_below(&sampler->dice, 20)) * 5;
    for (unsigned i = 0; i < currency_digits(sampler->currency); i++) {
        minor *= 10;
    }
    return minor;
}

static int64_t money_of(struct sampler *sampler, uint32_t record, uint32_t fact)
{
    const struct roles *roles = &sampler->vocabulary->roles;
    const struct sample_record *drawn = &sampler->drawn[record];
    if (fact == roles->item_amount) {
        return drawn->amount_minor;
    }
    if (fact == roles->item_held) {
        return drawn->held_minor;
    }
    if (fact == roles->item_fee) {
        return drawn->fee_minor;
    }
    const int64_t scale = drawn->amount_minor > 0 ? drawn->amount_minor : sample_amount(sampler);
    return scale / 20 * (int64_t)dice_below(&sampler->dice, 21);
}

/* An instant in the line of its fact; of no line: at any time between the first and the filing. */
static int64_t instant_of(struct sampler *sampler, uint32_t fact)
{
    const uint32_t filed = sampler->vocabulary->roles.filed;
    uint32_t from = sampler->lines[fact];
    uint32_t until = from + 1;
    if (from == 0) {
        from = 1;
        until = filed == FACT_NONE || sampler->lines[filed] < 2 ? sampler->line_count
                                                                : sampler->lines[filed];
    }
    const int64_t start_s = sampler->starts[from];
    const int64_t minutes = (sampler->starts[until] - start_s) / MINUTE_S;
    return start_s + dice_between(&sampler->dice, 0, minutes > 0 ? minutes - 1 : 0) * MINUTE_S;
}

/* The part of 10000 that is a record's among those of its kind with the same owner. */
static int64_t share_of(const struct sampler *sampler, uint32_t record)
{
    const struct case_list *list = &sampler->lists[sampler->records[record].kind];
    int64_t count = 0;
    bool is_last = true;
    for (uint32_t i = list->first; i < list->first + list->count; i++) {
        if (sampler->drawn[i].owner == sampler->drawn[record].owner) {
            count++;
            is_last = i <= record;
        }
    }
    assert(count > 0); /* the record itself is one */
    const int64_t part = WHOLE_BPS / count;
    return is_last ? WHOLE_BPS - part * (count - 1) : part;
}

static const struct text *text_value(struct sampler *sampler, uint32_t record, uint32_t fact)
{
    const struct fact *row = &sampler->vocabulary->facts[fact];
    if (row->is_id && record != RECORD_ROOT) {
        return &sampler->records[record].id;
    }
    return row->meaning.length > 0 ? &row->meaning : &row->name;
}

uint32_t sample_member(struct sampler *sampler, uint32_t fact, const uint8_t *weights)
{
    assert(sampler != NULL);
    assert(sampler->vocabulary->facts[fact].member_count > 0);
    const uint32_t count = sampler->vocabulary->facts[fact].member_count;
    uint32_t sum = 0;
    for (uint32_t i = 0; weights != NULL && i < count; i++) {
        sum += weights[i];
    }
    if (sum == 0) {
        const struct sample_usual *usual = &sampler->spec.guide->usual[fact];
        return usual->count == 0
                   ? dice_below(&sampler->dice, count)
                   : (uint32_t)usual->values[dice_below(&sampler->dice, usual->count)].as.n;
    }
    uint32_t at = dice_below(&sampler->dice, sum);
    uint32_t member = 0;
    while (at >= weights[member]) {
        at -= weights[member++];
    }
    return member;
}

/* The grounds: the case's own, and now and then another. Of other sets: some members. */
static int64_t members_of(struct sampler *sampler, uint32_t fact)
{
    const uint32_t count = sampler->vocabulary->facts[fact].member_count;
    const bool is_ground = fact == sampler->vocabulary->roles.grounds;
    int64_t bits = INT64_C(1) << (is_ground ? sampler->ground : dice_below(&sampler->dice, count));
    if (dice_chance(&sampler->dice, is_ground ? 20 : 40)) {
        bits |= INT64_C(1) << dice_below(&sampler->dice, count);
    }
    return bits;
}

static int64_t ref_of(struct sampler *sampler, uint32_t record, uint32_t fact)
{
    const struct fact *row = &sampler->vocabulary->facts[fact];
    const struct kind *kind = &sampler->vocabulary->kinds[sampler->records[record].kind];
    if (kind->owner_path[0] == fact) {
        return sampler->drawn[record].owner;
    }
    const uint32_t count = sample_count(sampler, row->ref_kind);
    return sample_nth(sampler, row->ref_kind, dice_below(&sampler->dice, count));
}

struct value sample_value(struct sampler *sampler, uint32_t record, uint32_t fact)
{
    assert(sampler != NULL);
    assert(fact < sampler->vocabulary->fact_count);
    struct dice *dice = &sampler->dice;
    const struct fact *row = &sampler->vocabulary->facts[fact];
    const struct sample_usual *usual = &sampler->spec.guide->usual[fact];
    struct value value = {.type = row->type};
    if (usual->count > 0) {
        return usual->values[dice_below(dice, usual->count)];
    }
    switch ((enum value_type)row->type) {
    case TYPE_BOOL: value.as.n = dice_below(dice, 2); break;
    case TYPE_INT: value.as.n = dice_below(dice, 6); break;
    case TYPE_BPS:
        value.as.n = sampler->spec.guide->is_share[fact] ? share_of(sampler, record)
                                                         : 500 * (int64_t)dice_below(dice, 21);
        break;
    case TYPE_MINUTES: value.as.n = 10 * (int64_t)(1 + dice_below(dice, 180)); break;
    case TYPE_MONEY:
        value.as.n = money_of(sampler, record, fact);
        value.unit = sampler->currency;
        break;
    case TYPE_INSTANT: value.as.n = instant_of(sampler, fact); break;
    case TYPE_DATE: value.as.n = instant_of(sampler, fact) / DAY_S; break;
    case TYPE_DURATION:
        value.as.n = 1 + dice_below(dice, 30);
        value.unit = DURATION_CALENDAR_DAYS;
        break;
    case TYPE_ENUM: value.as.n = dice_below(dice, row->member_count); break;
    case TYPE_ENUMS: value.as.n = members_of(sampler, fact); break;
    case TYPE_TEXT: value.as.text = text_value(sampler, record, fact); break;
    case TYPE_REF: value.as.n = ref_of(sampler, record, fact); break;
    case TYPE_NONE:
    case TYPE_COUNT: break;
    }
    return value;
}

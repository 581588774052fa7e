/*
 * What no single value shows: one currency, and amounts that fit together.
 *
 * Shape, types, references, ids and the calendar are checked where they are read. Here are the
 * checks that need the whole case. A case states one currency, because the parts of a remedy must
 * sum to what is held. A held amount above the agreed one is a warning only: over-funding happens,
 * and it is for people to see.
 */
#include "case_build.h"
#include "money.h"

#include <assert.h>

/* The first amount of the case, which all others must agree with. */
struct currency {
    uint16_t code;
    struct place place;
};

static void check_currency(struct case_build *build, struct currency *currency,
                           const struct statement *statement)
{
    if (currency->code == 0) {
        currency->code = statement->value.unit;
        currency->place = statement->place;
        return;
    }
    if (currency->code == statement->value.unit) {
        return;
    }
    char first[4];
    char other[4];
    currency_write(currency->code, first);
    currency_write(statement->value.unit, other);
    faults_add(&build->faults, "C0170", statement->place,
               "write all amounts in the currency of the contract",
               "this amount is in %s, others are in %s (first at %u:%u)", other, first,
               (unsigned)currency->place.line, (unsigned)currency->place.column);
}

/* Report statements of a role that must not be negative. */
static void check_sign(struct case_build *build, uint32_t record, uint32_t fact)
{
    if (fact == FACT_NONE) {
        return;
    }
    const struct slot *slot = &build->slots[case_slot(build->subject, record, fact)];
    for (uint32_t i = 0; i < slot->statement_count; i++) {
        const struct statement *statement = &build->statements[slot->first_statement + i];
        if (statement->value.as.n < 0) {
            faults_add(&build->faults, "C0171", statement->place, "write 0 or more",
                       "'%.*s' is negative", SHOWN(build->vocabulary->facts[fact].path));
        }
    }
}

/* Warn if more is held of an item than was agreed for it. */
static void check_held(struct case_build *build, uint32_t record)
{
    const struct roles *roles = &build->vocabulary->roles;
    if (roles->item_held == FACT_NONE || roles->item_amount == FACT_NONE) {
        return;
    }
    const struct value *held = case_value(build->subject, record, roles->item_held);
    const struct value *amount = case_value(build->subject, record, roles->item_amount);
    if (held->standing == STANDING_ESTABLISHED && amount->standing == STANDING_ESTABLISHED &&
        held->as.n > amount->as.n) {
        diagnostics_add(build->faults.list, AMICUS_WARNING, "C0172", build->records[record].place,
                        "check both amounts", "'%.*s' holds more than its agreed amount",
                        SHOWN(build->records[record].id));
    }
}

void case_build_checks(struct case_build *build)
{
    assert(build != NULL && build->subject != NULL);
    assert(build->values != NULL);
    const struct amicus_case *subject = build->subject;
    const struct vocabulary *vocabulary = build->vocabulary;
    struct currency currency = {0};
    for (uint32_t i = 0; i < subject->statement_count; i++) {
        if (build->statements[i].value.type == TYPE_MONEY) {
            check_currency(build, &currency, &build->statements[i]);
        }
    }
    build->subject->currency = currency.code;
    for (uint32_t i = 0; i < subject->record_count; i++) {
        if (vocabulary->item_kind != KIND_NONE &&
            kind_is(vocabulary, build->records[i].kind, vocabulary->item_kind)) {
            check_sign(build, i, vocabulary->roles.item_held);
            check_sign(build, i, vocabulary->roles.item_fee);
            check_sign(build, i, vocabulary->roles.item_amount);
            check_held(build, i);
        }
    }
}

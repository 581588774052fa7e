/*
 * Who says what in a drawn case, with which evidence.
 *
 * What the platform can know is mostly its record. What only people know is said by one side or by
 * both, with evidence or without; they agree or they do not, and each says what helps it more often
 * than not, so that admissions are rare and disputes are not. What needs a finding is mostly found
 * by a reviewer, as in a case that is ready for a decision. Together every standing comes up.
 *
 * Statements are made in the order of who says them, which is the order of a case.
 */
#include "sample_draw.h"

#include <assert.h>

/* Of a hundred facts of its sort. */
enum {
    PLAIN_100 = 80,    /* that the platform can know: those that it recorded */
    FOUND_100 = 65,    /* that need a finding: those that a reviewer found */
    DISPUTED_100 = 25, /* found: those of which a party had spoken */
    CITED_100 = 65,    /* statements: those that cite evidence */
    BIASED_100 = 85    /* statements of a party: those that may not hurt it */
};

static void add_cites(struct sampler *sampler, struct statement *statement)
{
    const uint32_t kind = sampler->vocabulary->evidence_kind;
    const uint32_t pieces = kind == KIND_NONE ? 0 : sampler->lists[kind].count;
    statement->first_cite = sampler->cite_count;
    if (pieces == 0 || !dice_chance(&sampler->dice, CITED_100)) {
        return;
    }
    void *cites = sampler->cites;
    if (arena_grow(sampler->scratch, &cites, &sampler->cites_capacity, sampler->cite_count,
                   sizeof *sampler->cites) != AMICUS_OK) {
        sampler->failed = true;
        return;
    }
    sampler->cites = cites;
    sampler->cites[sampler->cite_count++] =
        sampler->lists[kind].first + dice_below(&sampler->dice, pieces);
    statement->cite_count = 1;
}

/* Add a statement behind those of its slot. */
static void say(struct sampler *sampler, struct slot *slot, enum party says, struct value value,
                bool has_cites)
{
    void *statements = sampler->statements;
    if (arena_grow(sampler->scratch, &statements, &sampler->statements_capacity,
                   sampler->subject->statement_count, sizeof *sampler->statements) != AMICUS_OK) {
        sampler->failed = true;
        return;
    }
    sampler->statements = statements;
    struct statement statement = {.value = value, .says = (uint8_t)says, .note = {"", 0}};
    if (has_cites) {
        add_cites(sampler, &statement);
    }
    if (slot->statement_count == 0) {
        slot->first_statement = sampler->subject->statement_count;
    }
    sampler->statements[sampler->subject->statement_count++] = statement;
    slot->statement_count++;
}

void sample_record_value(struct sampler *sampler, uint32_t record, uint32_t fact,
                         struct value value)
{
    assert(sampler != NULL && record < sampler->subject->record_count);
    assert(sampler->vocabulary->facts[fact].derived == FACT_NONE);
    const uint32_t slot =
        sampler->records[record].first_slot + sampler->vocabulary->facts[fact].slot;
    say(sampler, &sampler->slots[slot], PARTY_PLATFORM, value, false);
}

/* Whom a value helps, if it helps client or freelancer as such. */
static uint8_t helped_by(const struct fact *fact, const struct value *value)
{
    if (fact->type == TYPE_BOOL) {
        return value->as.n != 0 ? fact->helps_true : fact->helps_false;
    }
    return fact->type == TYPE_ENUM ? fact->members[value->as.n].helps : (uint8_t)PARTY_NONE;
}

/* A value that a party would rather say. */
static struct value value_for(struct sampler *sampler, uint32_t record, uint32_t fact,
                              enum party party)
{
    const struct fact *row = &sampler->vocabulary->facts[fact];
    const enum party other = party == PARTY_CLIENT ? PARTY_FREELANCER : PARTY_CLIENT;
    const bool is_biased = dice_chance(&sampler->dice, BIASED_100);
    struct value value = sample_value(sampler, record, fact);
    for (unsigned i = 0; is_biased && i < 4 && helped_by(row, &value) == other; i++) {
        value = sample_value(sampler, record, fact);
    }
    return value;
}

/* The parties speak: one of them, or both, who agree or do not. */
static void let_parties_speak(struct sampler *sampler, uint32_t record, uint32_t fact,
                              struct slot *slot)
{
    const uint16_t knows = sampler->vocabulary->facts[fact].knows;
    const bool knows_client = (knows & PARTY_BIT(PARTY_CLIENT)) != 0;
    const bool knows_freelancer = (knows & PARTY_BIT(PARTY_FREELANCER)) != 0;
    const uint32_t way = dice_below(&sampler->dice, 100);
    if (way < 35) {
        const struct value value = sample_value(sampler, record, fact);
        say(sampler, slot, PARTY_CLIENT, value, true);
        say(sampler, slot, PARTY_FREELANCER, value, true);
    } else if (way < 75) {
        const bool is_client =
            knows_client == knows_freelancer ? dice_chance(&sampler->dice, 50) : knows_client;
        const enum party party = is_client ? PARTY_CLIENT : PARTY_FREELANCER;
        say(sampler, slot, party, value_for(sampler, record, fact, party), true);
    } else {
        say(sampler, slot, PARTY_CLIENT, value_for(sampler, record, fact, PARTY_CLIENT), true);
        say(sampler, slot, PARTY_FREELANCER, value_for(sampler, record, fact, PARTY_FREELANCER),
            true);
    }
}

/* Who finds what needs a finding: the reviewer, unless only an expert can. */
static enum party finder_of(uint16_t knows)
{
    const bool is_expert =
        (knows & PARTY_BIT(PARTY_EXPERT)) != 0 && (knows & PARTY_BIT(PARTY_REVIEWER)) == 0;
    return is_expert ? PARTY_EXPERT : PARTY_REVIEWER;
}

void sample_statements(struct sampler *sampler, uint32_t record, uint32_t fact)
{
    assert(sampler != NULL && record < sampler->subject->record_count);
    assert(sampler->vocabulary->facts[fact].derived == FACT_NONE);
    const struct fact *row = &sampler->vocabulary->facts[fact];
    struct slot *slot = &sampler->slots[sampler->records[record].first_slot + row->slot];
    const uint16_t parties = PARTY_BIT(PARTY_CLIENT) | PARTY_BIT(PARTY_FREELANCER);
    const uint16_t finders = PARTY_BIT(PARTY_REVIEWER) | PARTY_BIT(PARTY_EXPERT);
    const bool is_platform = row->knows == 0 || (row->knows & PARTY_BIT(PARTY_PLATFORM)) != 0;
    const bool is_evidence = sampler->records[record].kind == sampler->vocabulary->evidence_kind;
    const bool is_found = row->needs_finding || (row->knows & finders) != 0;
    const bool is_alone = (row->knows & (parties | finders)) == 0;
    if (is_platform && (is_alone || is_evidence || dice_chance(&sampler->dice, PLAIN_100))) {
        sample_record_value(sampler, record, fact, sample_value(sampler, record, fact));
        return;
    }
    if (is_found &&
        (is_evidence || (row->knows & parties) == 0 || dice_chance(&sampler->dice, FOUND_100))) {
        if (!is_evidence && (row->knows & parties) != 0 &&
            dice_chance(&sampler->dice, DISPUTED_100)) {
            let_parties_speak(sampler, record, fact, slot);
        }
        say(sampler, slot, finder_of(row->knows), sample_value(sampler, record, fact), true);
        return;
    }
    let_parties_speak(sampler, record, fact, slot);
}

/*
 * Drawing a case: the scene, its records, what is said of each, what does not exist; then the
 * canonical writer, so that a drawn case has the very bytes that a loaded one would be written in.
 *
 * Nothing is parsed and no standing is settled: the arrays of a case are filled and written, which
 * costs some ten microseconds. That a drawn case loads without a fault is a promise that the tests
 * keep, not a second check here.
 *
 * Legal order for each case, which is also the order of the draws:
 *
 *   case    := scene counts records facts absences text
 *   scene   := ground, type of contract, currency, the course of events
 *   counts  := how many records of each kind; of a kind that belongs to another, none without it
 *
 * INVARIANT: every draw comes from the stream of (seed, number), and no draw depends on an address
 * or on the case before. Changing the order of draws changes every sample, so it is a change that
 * the changelog names.
 */
#include "sample.h"

#include "limit.h"
#include "money.h"
#include "sample_draw.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* 2024-07-01 and five hundred days behind it: when contracts are made. */
static const int64_t FIRST_S = INT64_C(1719792000);
enum { FIRST_DAYS = 500 };
static const int64_t DAY_S = 86400;
static const int64_t HOUR_S = 3600;

enum {
    CHANCE_NONE = 10,   /* of a hundred cases state a fact that no rule reads */
    CHANCE_SOME = 40,   /* that some rule reads */
    CHANCE_GROUND = 90, /* that a rule of the case's ground reads */
    LIST_NONE = 8,      /* of a hundred cases have a list that no rule reads */
    LIST_SOME = 20,
    LIST_GROUND = 80,
    CAREFUL_100 = 80, /* cases in which what does not exist is written down */
    FEW_100 = 20,     /* records of a list: those after which another comes */
    RECORDS_MAX = 5,  /* of one kind, evidence apart */
    ID_BYTES = 64
};

static enum interest interest_of(const struct sampler *sampler, uint32_t ground, uint32_t fact)
{
    const uint8_t *interest = sampler->spec.interest;
    return interest == NULL
               ? INTEREST_SOME
               : (enum interest)interest[(size_t)ground * sampler->vocabulary->fact_count + fact];
}

/* --- once for all cases --- */

static void plan_chances(struct sampler *sampler)
{
    static const uint8_t CHANCES[] = {CHANCE_NONE, CHANCE_SOME, CHANCE_GROUND};
    const uint32_t facts = sampler->vocabulary->fact_count;
    for (uint32_t ground = 0; ground < sampler->grounds; ground++) {
        for (uint32_t i = 0; i < facts; i++) {
            const uint8_t often = sampler->spec.guide->often[i];
            sampler->chances[(size_t)ground * facts + i] =
                often != OFTEN_UNSAID ? often : CHANCES[interest_of(sampler, ground, i)];
        }
    }
}

/* Number the lines. Without a course of its own: formed, everything else, filed, the clock. */
static void plan_lines(struct sampler *sampler)
{
    const struct sample_guide *guide = sampler->spec.guide;
    const struct roles *roles = &sampler->vocabulary->roles;
    sampler->line_count = guide->line_count;
    for (uint32_t i = 0; i < sampler->vocabulary->fact_count; i++) {
        sampler->lines[i] = guide->lines[i];
    }
    const uint32_t anchors[] = {roles->contract_formed, FACT_NONE, roles->filed, roles->as_of};
    for (uint32_t i = 0; guide->line_count == 0 && i < 4; i++) {
        sampler->line_count = i + 1;
        if (anchors[i] != FACT_NONE) {
            sampler->lines[anchors[i]] = i + 1;
        }
    }
}

static amicus_status plan(struct sampler *sampler)
{
    const struct vocabulary *vocabulary = sampler->vocabulary;
    const uint32_t role = vocabulary->roles.grounds;
    sampler->grounds = role == FACT_NONE ? 1 : vocabulary->facts[role].member_count;
    sampler->lines =
        arena_give_array(sampler->arena, vocabulary->fact_count, sizeof *sampler->lines);
    sampler->chances =
        arena_give_array(sampler->arena, (size_t)sampler->grounds * vocabulary->fact_count, 1);
    if (sampler->lines == NULL || sampler->chances == NULL) {
        return AMICUS_MEMORY;
    }
    plan_chances(sampler);
    plan_lines(sampler);
    return arena_open(&sampler->scratch, (size_t)limit_of(LIMIT_CASE_ARENA_BYTES));
}

amicus_status sampler_open(struct sampler **out, const struct sample_spec *spec)
{
    assert(out != NULL && spec != NULL);
    assert(spec->vocabulary != NULL && spec->guide != NULL);
    *out = NULL;
    struct arena *arena = NULL;
    amicus_status status = arena_open(&arena, (size_t)limit_of(LIMIT_CASE_ARENA_BYTES));
    if (status != AMICUS_OK) {
        return status;
    }
    struct sampler *sampler = arena_give(arena, sizeof *sampler);
    if (sampler == NULL) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    sampler->spec = *spec;
    sampler->vocabulary = spec->vocabulary;
    sampler->arena = arena;
    status = plan(sampler);
    if (status != AMICUS_OK) {
        arena_close(arena);
        return status;
    }
    *out = sampler;
    return AMICUS_OK;
}

void sampler_close(struct sampler *sampler)
{
    if (sampler == NULL) {
        return;
    }
    assert(sampler->arena != NULL);
    assert(sampler->scratch != NULL);
    arena_close(sampler->scratch);
    arena_close(sampler->arena);
}

/* --- the scene --- */

/* When each line of the course begins: soon after the one before, some days, or weeks. */
static void draw_course(struct sampler *sampler)
{
    struct dice *dice = &sampler->dice;
    int64_t at_s = FIRST_S + (int64_t)dice_below(dice, FIRST_DAYS) * DAY_S;
    for (uint32_t i = 0; i <= sampler->line_count; i++) {
        const uint32_t way = dice_below(dice, 100);
        sampler->starts[i + 1] = at_s;
        at_s += way < 35   ? (1 + dice_below(dice, 8)) * HOUR_S
                : way < 80 ? (1 + dice_below(dice, 4)) * DAY_S + dice_below(dice, 24) * HOUR_S
                           : (4 + dice_below(dice, 16)) * DAY_S + dice_below(dice, 24) * HOUR_S;
    }
    sampler->starts[0] = sampler->starts[1];
}

static void draw_scene(struct sampler *sampler)
{
    const struct sample_guide *guide = sampler->spec.guide;
    const uint32_t role = sampler->vocabulary->roles.contract_type;
    sampler->ground = sampler->spec.ground != GROUND_ANY
                          ? sampler->spec.ground
                          : dice_below(&sampler->dice, sampler->grounds);
    sampler->contract_type = role == FACT_NONE ? 0 : sample_member(sampler, role, NULL);
    sampler->currency = guide->currencies[dice_below(&sampler->dice, guide->currency_count)];
    sampler->is_careful = dice_chance(&sampler->dice, CAREFUL_100);
    draw_course(sampler);
}

/* --- records --- */

/* How often a case has records of a kind: as the guide says, or as rules care for its facts. */
static uint32_t list_chance(const struct sampler *sampler, uint32_t kind)
{
    static const uint8_t CHANCES[] = {LIST_NONE, LIST_SOME, LIST_GROUND};
    const uint8_t often = sampler->spec.guide->list_often[kind];
    if (often != OFTEN_UNSAID) {
        return often;
    }
    enum interest most = INTEREST_NONE;
    const struct fact_list stored = vocabulary_stored(sampler->vocabulary, kind);
    for (uint32_t i = 0; i < stored.count; i++) {
        const enum interest own = interest_of(sampler, sampler->ground, stored.facts[i]);
        const bool is_own = sampler->vocabulary->facts[stored.facts[i]].kind == kind;
        most = is_own && own > most ? own : most;
    }
    return CHANCES[most];
}

static uint32_t draw_few(struct sampler *sampler)
{
    uint32_t count = 1;
    while (count < RECORDS_MAX && dice_chance(&sampler->dice, FEW_100)) {
        count++;
    }
    return count;
}

/* Count the money items of a kind: the usual list of the contract's type has some, another that it
 * may have now and then one. */
static uint32_t draw_items(struct sampler *sampler, uint32_t kind)
{
    const struct sample_guide *guide = sampler->spec.guide;
    const uint32_t usual = guide->first_items[sampler->contract_type];
    if (usual == KIND_NONE) {
        return dice_chance(&sampler->dice, 60) ? draw_few(sampler) : 0;
    }
    const size_t row = (size_t)sampler->contract_type * sampler->vocabulary->kind_count;
    if (kind == usual) {
        return draw_few(sampler);
    }
    return guide->has_items[row + kind] && dice_chance(&sampler->dice, 10) ? 1 : 0;
}

static uint32_t draw_count(struct sampler *sampler, uint32_t kind)
{
    const struct kind *row = &sampler->vocabulary->kinds[kind];
    if (row->is_union || row->list.length == 0) {
        return 0;
    }
    if (row->base != KIND_NONE) {
        return draw_items(sampler, kind);
    }
    if (row->is_evidence) {
        return 1 + draw_few(sampler);
    }
    return dice_chance(&sampler->dice, list_chance(sampler, kind)) ? draw_few(sampler) : 0;
}

/* What a record of a kind belongs to, or KIND_NONE. */
static uint32_t owner_kind(const struct sampler *sampler, uint32_t kind)
{
    const uint32_t fact = sampler->vocabulary->kinds[kind].owner_path[0];
    return fact == FACT_NONE ? KIND_NONE : sampler->vocabulary->facts[fact].ref_kind;
}

/* Take back what belongs to nothing. returns whether anything had to go: what belonged to that has
 * to go then, too. */
static bool drop_orphans(struct sampler *sampler)
{
    bool has_changed = false;
    for (uint32_t k = 1; k < sampler->vocabulary->kind_count; k++) {
        const uint32_t owner = owner_kind(sampler, k);
        if (owner != KIND_NONE && sampler->lists[k].count > 0 &&
            sample_count(sampler, owner) == 0) {
            sampler->lists[k].count = 0;
            has_changed = true;
        }
    }
    return has_changed;
}

/* Name a record by the first letter of its kind; the members of a union count on together. */
static void name_record(struct sampler *sampler, struct record *record, uint32_t before)
{
    const struct kind *kind = &sampler->vocabulary->kinds[record->kind];
    struct builder name;
    builder_start(&name, sampler->scratch);
    if (kind->id_fact == FACT_NONE) {
        builder_put(&name, kind->list);
        builder_putc(&name, '[');
        builder_put_int(&name, (int64_t)record->row + 1);
        builder_putc(&name, ']');
    } else {
        builder_putc(&name, (char)(kind->one.at[0] - 'a' + 'A'));
        builder_put_int(&name, (int64_t)before + record->row + 1);
    }
    sampler->failed |= builder_end(&record->id, &name) != AMICUS_OK;
}

static void draw_money(struct sampler *sampler, struct sample_record *drawn)
{
    struct dice *dice = &sampler->dice;
    drawn->amount_minor = sample_amount(sampler);
    drawn->held_minor = drawn->amount_minor;
    const uint32_t way = dice_below(dice, 100);
    if (way >= 75) {
        drawn->held_minor =
            way < 95 ? drawn->amount_minor / 20 * (int64_t)(1 + dice_below(dice, 19)) : 0;
    }
    drawn->fee_minor = dice_chance(dice, 75) ? 0 : drawn->held_minor / 10;
}

static void make_record(struct sampler *sampler, uint32_t ordinal, uint32_t kind, uint32_t row)
{
    const struct vocabulary *vocabulary = sampler->vocabulary;
    struct record *record = &sampler->records[ordinal];
    const struct record *last = record - 1;
    *record =
        (struct record){.kind = kind,
                        .row = row,
                        .first_slot = last->first_slot + vocabulary->kinds[last->kind].slot_count};
    const uint32_t base = vocabulary->kinds[kind].base;
    uint32_t before = 0;
    for (uint32_t k = 1; base != KIND_NONE && k < kind; k++) {
        before += vocabulary->kinds[k].base == base ? sampler->lists[k].count : 0;
    }
    name_record(sampler, record, before);
    if (base != KIND_NONE && base == vocabulary->item_kind) {
        draw_money(sampler, &sampler->drawn[ordinal]);
    }
}

/* Draw what each record belongs to. The lists are whole by then. */
static void draw_owners(struct sampler *sampler)
{
    for (uint32_t i = 1; i < sampler->subject->record_count; i++) {
        const uint32_t kind = owner_kind(sampler, sampler->records[i].kind);
        sampler->drawn[i].owner = RECORD_NONE;
        if (kind != KIND_NONE) {
            const uint32_t count = sample_count(sampler, kind);
            sampler->drawn[i].owner = sample_nth(sampler, kind, dice_below(&sampler->dice, count));
        }
    }
}

/* Make the arrays of records and slots. */
static bool make_arrays(struct sampler *sampler, uint32_t records, uint32_t slots)
{
    sampler->records = arena_give_array(sampler->scratch, records, sizeof *sampler->records);
    sampler->drawn = arena_give_array(sampler->scratch, records, sizeof *sampler->drawn);
    sampler->slots = arena_give_array(sampler->scratch, slots, sizeof *sampler->slots);
    sampler->subject->records = sampler->records;
    sampler->subject->slots = sampler->slots;
    return sampler->records != NULL && sampler->drawn != NULL && sampler->slots != NULL;
}

/* Draw how many records there are of each kind, and make them. */
static void draw_records(struct sampler *sampler)
{
    const struct vocabulary *vocabulary = sampler->vocabulary;
    for (uint32_t k = 1; k < vocabulary->kind_count; k++) {
        sampler->lists[k].count = draw_count(sampler, k);
    }
    while (drop_orphans(sampler)) {
    }
    uint32_t records = 1;
    uint32_t slots = vocabulary->kinds[KIND_ROOT].slot_count;
    for (uint32_t k = 1; k < vocabulary->kind_count; k++) {
        sampler->lists[k].first = records;
        records += sampler->lists[k].count;
        slots += sampler->lists[k].count * vocabulary->kinds[k].slot_count;
    }
    if (!make_arrays(sampler, records, slots)) {
        sampler->failed = true;
        return;
    }
    sampler->subject->record_count = records;
    sampler->subject->slot_count = slots;
    for (uint32_t k = 1; k < vocabulary->kind_count; k++) {
        for (uint32_t i = 0; i < sampler->lists[k].count; i++) {
            make_record(sampler, sampler->lists[k].first + i, k, i);
        }
    }
    draw_owners(sampler);
}

/* --- facts --- */

/* Facts without which there is no case. */
static bool is_needed(const struct sampler *sampler, uint32_t record, uint32_t fact)
{
    const struct roles *roles = &sampler->vocabulary->roles;
    const struct kind *kind = &sampler->vocabulary->kinds[sampler->records[record].kind];
    return sampler->vocabulary->facts[fact].is_id || fact == kind->owner_path[0] ||
           fact == roles->as_of || fact == roles->platform || fact == roles->grounds ||
           fact == roles->filed_by || fact == roles->contract_formed || fact == roles->filed ||
           fact == roles->contract_type || fact == roles->item_held || fact == roles->item_amount;
}

static struct value needed_value(struct sampler *sampler, uint32_t record, uint32_t fact)
{
    const struct roles *roles = &sampler->vocabulary->roles;
    struct value value = {.type = sampler->vocabulary->facts[fact].type};
    if (fact == roles->platform && value.type == TYPE_ENUM) {
        value.as.n = sample_member(sampler, fact, sampler->spec.platforms);
        return value;
    }
    if (fact == roles->contract_type) {
        value.as.n = sampler->contract_type;
        return value;
    }
    if (fact == roles->case_id) {
        value.as.text = &sampler->subject->id;
        return value;
    }
    return sample_value(sampler, record, fact);
}

/* Tell whether a reference has anything to point to. */
static bool has_target(const struct sampler *sampler, uint32_t fact)
{
    const struct fact *row = &sampler->vocabulary->facts[fact];
    return row->type != TYPE_REF || sample_count(sampler, row->ref_kind) > 0;
}

static void draw_facts(struct sampler *sampler, uint32_t record)
{
    const struct vocabulary *vocabulary = sampler->vocabulary;
    const uint8_t *chances = &sampler->chances[(size_t)sampler->ground * vocabulary->fact_count];
    const struct fact_list stored = vocabulary_stored(vocabulary, sampler->records[record].kind);
    for (uint32_t i = 0; i < stored.count && !sampler->failed; i++) {
        const uint32_t fact = stored.facts[i];
        if (is_needed(sampler, record, fact)) {
            sample_record_value(sampler, record, fact, needed_value(sampler, record, fact));
        } else if (dice_chance(&sampler->dice, chances[fact]) && has_target(sampler, fact)) {
            sample_statements(sampler, record, fact);
        }
    }
}

/* --- absences --- */

/* Declare absent what nobody states of a record: all of it; or what did not happen, as far as the
 * platform would know; or nothing. */
static void draw_absences(struct sampler *sampler, uint32_t record)
{
    static const struct text WHOLE = TEXT("no event recorded");
    static const struct text SINGLE = TEXT("did not happen");
    const struct fact_list stored =
        vocabulary_stored(sampler->vocabulary, sampler->records[record].kind);
    const bool is_whole = dice_chance(&sampler->dice, sampler->is_careful ? 92 : 45);
    for (uint32_t i = 0; i < stored.count; i++) {
        const struct fact *fact = &sampler->vocabulary->facts[stored.facts[i]];
        struct slot *slot = &sampler->slots[sampler->records[record].first_slot + fact->slot];
        const bool is_event =
            fact->type == TYPE_INSTANT && (fact->knows & PARTY_BIT(PARTY_PLATFORM)) != 0;
        if (slot->statement_count > 0 || fact->is_id) {
            continue;
        }
        if (is_whole) {
            slot->absent_reason = WHOLE;
        } else if (is_event && dice_chance(&sampler->dice, 60)) {
            slot->absent_reason = SINGLE;
        }
    }
}

static void close_lists(struct sampler *sampler)
{
    static const struct text NONE = TEXT("none was reported");
    for (uint32_t k = 1; k < sampler->vocabulary->kind_count; k++) {
        const struct kind *kind = &sampler->vocabulary->kinds[k];
        const bool is_open = sampler->lists[k].count == 0 && !kind->is_union && !kind->is_recorded;
        if (is_open && kind->list.length > 0 &&
            dice_chance(&sampler->dice, sampler->is_careful ? 97 : 50)) {
            sampler->lists[k].absent_reason = NONE;
        }
    }
}

/* --- a case --- */

static bool start_case(struct sampler *sampler, uint64_t number)
{
    arena_reset(sampler->scratch);
    dice_start(&sampler->dice, sampler->spec.seed, number);
    struct arena *scratch = sampler->scratch;
    struct amicus_case *subject = arena_give(scratch, sizeof *subject);
    sampler->lists =
        arena_give_array(scratch, sampler->vocabulary->kind_count, sizeof *sampler->lists);
    sampler->starts = arena_give_array(scratch, sampler->line_count + 2u, sizeof *sampler->starts);
    char id[ID_BYTES];
    const int length = snprintf(id, sizeof id, "S%llu-%llu", (unsigned long long)sampler->spec.seed,
                                (unsigned long long)number);
    const char *copy = arena_copy(scratch, id, (size_t)length);
    if (subject == NULL || sampler->lists == NULL || sampler->starts == NULL || copy == NULL) {
        return false;
    }
    subject->vocabulary = sampler->vocabulary;
    subject->lists = sampler->lists;
    subject->id = (struct text){copy, (size_t)length};
    sampler->subject = subject;
    sampler->statements = NULL;
    sampler->statements_capacity = 0;
    sampler->cites = NULL;
    sampler->cites_capacity = 0;
    sampler->cite_count = 0;
    sampler->failed = false;
    return true;
}

static amicus_status write(struct text *out, struct sampler *sampler)
{
    struct amicus_case *subject = sampler->subject;
    struct builder builder;
    subject->statements = sampler->statements;
    subject->cites = sampler->cites;
    subject->cite_locators =
        arena_give_array(sampler->scratch, sampler->cite_count, sizeof *subject->cite_locators);
    if (subject->cite_locators == NULL) {
        return AMICUS_MEMORY;
    }
    builder_start(&builder, sampler->scratch);
    case_write_json(&builder, subject);
    return builder_end(out, &builder);
}

amicus_status sampler_write(struct text *out, struct sampler *sampler, uint64_t number)
{
    assert(out != NULL && sampler != NULL);
    assert(sampler->spec.ground == GROUND_ANY || sampler->spec.ground < sampler->grounds);
    if (!start_case(sampler, number)) {
        return AMICUS_MEMORY;
    }
    draw_scene(sampler);
    draw_records(sampler);
    for (uint32_t i = 0; !sampler->failed && i < sampler->subject->record_count; i++) {
        draw_facts(sampler, i);
        draw_absences(sampler, i);
    }
    close_lists(sampler);
    return sampler->failed ? AMICUS_MEMORY : write(out, sampler);
}

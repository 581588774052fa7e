/*
 * From statements to a value and its standing.
 *
 * Rank first: a reviewer's finding beats the platform's record, that beats an expert, an expert
 * beats the parties; the highest rank that speaks decides. Within a rank statements that differ are
 * contested, and only between the two parties can evidence settle it: if the best piece that one
 * side cites outranks all that the other cites, that side's value is `supported`.
 *
 * One party alone: what it says against its own interest is an admission and established; with
 * evidence it is supported, without it is claimed. A fact that needs a human finding (H) stays
 * `claimed` on one party's word, and contested between two, whatever they cite: weighing is what
 * the finding is for. Both parties agreeing, or an admission, settles even such a fact.
 *
 * Evidence is ranked by facts of its own, so those are settled first, when no rank exists yet: a
 * dispute between the parties about a piece of evidence stays contested. Who filed the case may say
 * whom a fact of a piece helps, so that is settled before, and again with all the others. Only what
 * is at least supported counts in the ranking, so that nobody improves a piece by calling it an
 * original.
 *
 * Backing: the evidence that is cited for the prevailing value by whoever states it, without what
 * is void. Nothing is backing that no statement cites.
 *
 * Cost: linear in statements and citations; each slot sorts its own few pieces.
 */
#include "case_build.h"

#include <assert.h>
#include <string.h>

/* A piece that supports nothing, and the rank of having none. */
enum { TIER_VOID = UINT8_MAX };

static int rank_of(uint8_t says)
{
    switch ((enum party)says) {
    case PARTY_REVIEWER: return 3;
    case PARTY_PLATFORM: return 2;
    case PARTY_EXPERT: return 1;
    case PARTY_NONE:
    case PARTY_CLIENT:
    case PARTY_FREELANCER:
    case PARTY_FILER:
    case PARTY_RESPONDENT:
    case PARTY_OBJECTOR:
    case PARTY_THIRD: break;
    }
    return 0;
}

static uint8_t other_party(uint8_t party)
{
    return party == PARTY_CLIENT ? PARTY_FREELANCER : PARTY_CLIENT;
}

/* The party that filed the case, by the platform's record; PARTY_NONE if that is not settled. */
static uint8_t filer_of(const struct case_build *build)
{
    uint32_t number = build->vocabulary->roles.filed_by;
    if (number == FACT_NONE) {
        return PARTY_NONE;
    }
    const struct fact *fact = &build->vocabulary->facts[number];
    const struct value *value = case_value(build->subject, RECORD_ROOT, number);
    if (value->standing != STANDING_ESTABLISHED && value->standing != STANDING_SUPPORTED) {
        return PARTY_NONE;
    }
    enum party party = party_find(fact->members[value->as.n].name);
    return party == PARTY_CLIENT || party == PARTY_FREELANCER ? (uint8_t)party : PARTY_NONE;
}

/* Whom a value helps: client, freelancer or nobody; roles of the case are resolved. */
static uint8_t helped_by(const struct case_build *build, const struct fact *fact,
                         const struct value *value)
{
    uint8_t helped = PARTY_NONE;
    if (fact->type == TYPE_BOOL) {
        helped = value->as.n != 0 ? fact->helps_true : fact->helps_false;
    } else if (fact->type == TYPE_ENUM) {
        helped = fact->members[value->as.n].helps;
    }
    if (helped == PARTY_FILER || helped == PARTY_RESPONDENT) {
        uint8_t filer = filer_of(build);
        bool is_filer = helped == PARTY_FILER;
        helped = filer == PARTY_NONE || is_filer ? filer : other_party(filer);
    }
    return helped;
}

static uint8_t tier_of(const struct case_build *build, uint32_t record)
{
    return build->evidence_tier == NULL ? 0 : build->evidence_tier[build->records[record].row];
}

/* The rank of the best piece that a statement cites; TIER_VOID if it cites none that counts. */
static uint8_t best_tier(const struct case_build *build, const struct statement *statement)
{
    uint8_t best = TIER_VOID;
    for (uint32_t i = 0; i < statement->cite_count; i++) {
        uint8_t tier = tier_of(build, build->cites[statement->first_cite + i]);
        best = tier < best ? tier : best;
    }
    return best;
}

/* What is being settled: a fact, its slot, and the statements of the highest rank that speaks. */
struct question {
    const struct fact *fact;
    struct slot *slot;
    struct value *value;
    struct statement *first; /* of all statements of the slot */
    const struct statement *client, *freelancer;
    const struct statement *top; /* one of the highest rank */
    bool differs;                /* another of that rank says otherwise */
};

/* See whether a statement is of the highest rank so far, and whether it differs there. */
static void weigh(struct question *question, const struct statement *statement)
{
    int rank = rank_of(statement->says);
    if (question->top == NULL || rank > rank_of(question->top->says)) {
        question->top = statement;
        question->differs = false;
    } else if (rank == rank_of(question->top->says)) {
        question->differs |= !value_equal(&statement->value, &question->top->value);
    }
}

static struct question question_of(struct case_build *build, uint32_t record, uint32_t fact)
{
    uint32_t slot = case_slot(build->subject, record, fact);
    struct question question = {
        .fact = &build->vocabulary->facts[fact],
        .slot = &build->slots[slot],
        .value = &build->values[slot],
    };
    if (question.slot->statement_count > 0) {
        question.first = &build->statements[question.slot->first_statement];
    }
    for (uint32_t i = 0; question.first != NULL && i < question.slot->statement_count; i++) {
        const struct statement *statement = &question.first[i];
        if (statement->says == PARTY_CLIENT) {
            question.client = statement;
        } else if (statement->says == PARTY_FREELANCER) {
            question.freelancer = statement;
        }
        weigh(&question, statement);
    }
    return question;
}

/* Settle what the two parties say differently. */
static enum standing settle_dispute(const struct case_build *build, struct question *question)
{
    if (question->fact->needs_finding || question->client == NULL || question->freelancer == NULL ||
        build->evidence_tier == NULL) {
        return STANDING_CONTESTED;
    }
    uint8_t client = best_tier(build, question->client);
    uint8_t freelancer = best_tier(build, question->freelancer);
    if (client == freelancer) {
        return STANDING_CONTESTED;
    }
    question->top = client < freelancer ? question->client : question->freelancer;
    return STANDING_SUPPORTED;
}

/* Settle what one party alone says. */
static enum standing settle_single(const struct case_build *build, const struct question *question)
{
    const struct statement *statement = question->top;
    uint8_t helped = helped_by(build, question->fact, &statement->value);
    if (helped == other_party(statement->says)) {
        return STANDING_ESTABLISHED;
    }
    if (!question->fact->needs_finding && best_tier(build, statement) != TIER_VOID) {
        return STANDING_SUPPORTED;
    }
    return STANDING_CLAIMED;
}

static enum standing settle(const struct case_build *build, struct question *question)
{
    if (question->top == NULL) {
        return question->slot->absent_reason.length > 0 ? STANDING_ABSENT : STANDING_UNKNOWN;
    }
    if (rank_of(question->top->says) > 0) {
        return question->differs ? STANDING_CONTESTED : STANDING_ESTABLISHED;
    }
    if (question->differs) {
        return settle_dispute(build, question);
    }
    return question->slot->statement_count > 1 ? STANDING_ESTABLISHED
                                               : settle_single(build, question);
}

/* Put a piece among the backing of a slot, in ascending order and once. */
static void add_backing(struct case_build *build, struct slot *slot, uint32_t record)
{
    uint32_t *pieces = build->backing + slot->first_backing;
    uint32_t at = slot->backing_count;
    while (at > 0 && pieces[at - 1] > record) {
        at--;
    }
    if (at > 0 && pieces[at - 1] == record) {
        return;
    }
    memmove(pieces + at + 1, pieces + at, (slot->backing_count - at) * sizeof *pieces);
    pieces[at] = record;
    slot->backing_count++;
    build->backing_count++;
}

/* Gather what a statement cites, but for what is void. */
static void keep_cites(struct case_build *build, struct slot *slot,
                       const struct statement *statement)
{
    for (uint32_t i = 0; i < statement->cite_count; i++) {
        uint32_t record = build->cites[statement->first_cite + i];
        if (tier_of(build, record) != TIER_VOID) {
            add_backing(build, slot, record);
        }
    }
}

/* Mark the statements that agree with the prevailing value, and gather what they cite. */
static void keep(struct case_build *build, struct question *question)
{
    for (uint32_t i = 0; i < question->slot->statement_count; i++) {
        struct statement *statement = &question->first[i];
        statement->is_kept = value_equal(&statement->value, question->value);
        if (statement->is_kept) {
            keep_cites(build, question->slot, statement);
        }
    }
}

static void settle_slot(struct case_build *build, uint32_t record, uint32_t fact)
{
    struct question question = question_of(build, record, fact);
    enum standing standing = settle(build, &question);
    question.slot->first_backing = build->backing_count;
    question.slot->backing_count = 0;
    for (uint32_t i = 0; i < question.slot->statement_count; i++) {
        question.first[i].is_kept = false;
    }
    question.value->type = question.fact->type;
    if (standing == STANDING_ESTABLISHED || standing == STANDING_SUPPORTED ||
        standing == STANDING_CLAIMED) {
        *question.value = question.top->value;
        keep(build, &question);
    }
    question.value->standing = (uint8_t)standing;
}

/* Settle the facts of a record. */
static void settle_record(struct case_build *build, uint32_t record)
{
    struct fact_list stored = vocabulary_stored(build->vocabulary, build->records[record].kind);
    for (uint32_t i = 0; i < stored.count; i++) {
        settle_slot(build, record, stored.facts[i]);
    }
}

/* Tell whether a piece of evidence passes a test: its fact is at least supported and among the
 * members. */
static bool passes(const struct case_build *build, uint32_t record,
                   const struct evidence_test *test)
{
    if (test->fact == FACT_NONE) {
        return false;
    }
    const struct value *value = case_value(build->subject, record, test->fact);
    return (value->standing == STANDING_SUPPORTED || value->standing == STANDING_ESTABLISHED) &&
           (test->members >> value->as.n & 1) != 0;
}

static bool passes_all(const struct case_build *build, uint32_t record,
                       const struct evidence_tier *tier)
{
    for (uint32_t i = 0; i < tier->test_count; i++) {
        if (!passes(build, record, &tier->tests[i])) {
            return false;
        }
    }
    return true;
}

/* The rank of a piece: twice its tier, and one more if it was not seen by both sides. */
static uint8_t rank_piece(const struct case_build *build, uint32_t record)
{
    const struct evidence_ranking *ranking = &build->vocabulary->ranking;
    if (passes(build, record, &ranking->void_test)) {
        return TIER_VOID;
    }
    uint32_t tier = 0;
    while (tier < ranking->tier_count && !passes_all(build, record, &ranking->tiers[tier])) {
        tier++;
    }
    bool is_seen = passes(build, record, &ranking->seen_test);
    assert(2 * tier + 1 < TIER_VOID);
    return (uint8_t)(2 * tier + (is_seen ? 0 : 1));
}

/* Settle the facts of evidence, and rank it. returns false if memory failed. */
static bool rank_evidence(struct case_build *build)
{
    uint32_t kind = build->vocabulary->evidence_kind;
    if (kind == KIND_NONE) {
        return true;
    }
    const struct case_list *list = &build->lists[kind];
    for (uint32_t i = 0; i < list->count; i++) {
        settle_record(build, list->first + i);
    }
    uint8_t *tiers = arena_give(build->arena, list->count);
    if (tiers == NULL) {
        return faults_status(&build->faults, AMICUS_MEMORY);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        tiers[i] = rank_piece(build, list->first + i);
    }
    build->evidence_tier = tiers;
    build->subject->evidence_tier = tiers;
    return true;
}

void case_build_standings(struct case_build *build)
{
    assert(build != NULL && build->subject != NULL);
    assert(build->values != NULL && build->backing == NULL);
    const struct amicus_case *subject = build->subject;
    /* A slot keeps at most what its statements cite. */
    build->backing = arena_give_array(build->arena, build->cite_count, sizeof *build->backing);
    if (!faults_status(&build->faults, build->backing == NULL ? AMICUS_MEMORY : AMICUS_OK)) {
        return;
    }
    build->subject->backing = build->backing;
    uint32_t filed_by = build->vocabulary->roles.filed_by;
    if (filed_by != FACT_NONE) {
        settle_slot(build, RECORD_ROOT, filed_by);
        build->backing_count = 0; /* it is settled once more when evidence has its ranks */
    }
    if (!rank_evidence(build)) {
        return;
    }
    for (uint32_t i = 0; i < subject->record_count; i++) {
        if (build->records[i].kind != build->vocabulary->evidence_kind) {
            settle_record(build, i);
        }
    }
}

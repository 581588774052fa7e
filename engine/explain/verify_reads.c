/*
 * What a ruling read, and the proof that nothing else mattered.
 *
 * The proof is by experiment: a case that says only what was read is decided again, by the same
 * evaluator, and must come out the same. Reads are those of every rule that was looked at, also of
 * those that did not apply: that a rule did not apply is a reason too.
 */
#include "case_edit.h"
#include "verify.h"

#include <assert.h>

struct gather {
    const struct amicus_case *subject;
    struct case_cell *cells;
    bool *is_kept; /* by slot */
    uint32_t count;
};

static void keep(struct gather *gather, uint32_t record, uint32_t fact)
{
    const uint32_t slot = case_slot(gather->subject, record, fact);
    if (!gather->is_kept[slot]) {
        gather->is_kept[slot] = true;
        gather->cells[gather->count++] = (struct case_cell){record, fact};
    }
}

static void keep_reads(struct gather *gather, const struct amicus_ruling *ruling)
{
    const struct vocabulary *vocabulary = gather->subject->vocabulary;
    for (uint32_t i = 0; i < ruling->read_count; i++) {
        const struct read *read = &ruling->reads[i];
        if (read->fact != FACT_NONE && vocabulary->facts[read->fact].derived == FACT_NONE) {
            keep(gather, read->record, read->fact);
        }
    }
}

/* Tell whether the engine looks at a fact by itself, and notes no read. */
static bool is_own(const struct roles *roles, uint32_t fact)
{
    return fact == roles->filed_by || fact == roles->evidence_submitter ||
           fact == roles->item_held || fact == roles->item_fee || fact == roles->item_amount;
}

/* Keep what the engine looks at by itself of a record. returns how many of its facts are known. */
static uint32_t keep_own(struct gather *gather, uint32_t record)
{
    const struct amicus_case *subject = gather->subject;
    const struct fact_list stored =
        vocabulary_stored(subject->vocabulary, subject->records[record].kind);
    uint32_t known = 0;
    for (uint32_t i = 0; i < stored.count; i++) {
        const uint8_t standing = case_value(subject, record, stored.facts[i])->standing;
        known += standing != STANDING_UNKNOWN ? 1u : 0u;
        if (is_own(&subject->vocabulary->roles, stored.facts[i])) {
            keep(gather, record, stored.facts[i]);
        }
    }
    return known;
}

/* How many of the kept facts somebody stated, or declared absent. */
static uint32_t count_known(const struct gather *gather)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < gather->count; i++) {
        const struct value *value =
            case_value(gather->subject, gather->cells[i].record, gather->cells[i].fact);
        count += value->standing != STANDING_UNKNOWN ? 1u : 0u;
    }
    return count;
}

amicus_status verify_keep_reads(struct amicus_case **out, uint32_t *read, uint32_t *known,
                                const struct amicus_ruling *ruling, amicus_diagnostics *list)
{
    assert(out != NULL && ruling != NULL);
    assert(list != NULL && ruling->subject != NULL);
    const struct amicus_case *subject = ruling->subject;
    *out = NULL;
    struct gather gather = {
        .subject = subject,
        .cells = arena_give_array(ruling->arena, subject->slot_count, sizeof *gather.cells),
        .is_kept = arena_give_array(ruling->arena, subject->slot_count, sizeof *gather.is_kept)};
    if (gather.cells == NULL || gather.is_kept == NULL) {
        return AMICUS_MEMORY;
    }
    uint32_t all = 0;
    keep_reads(&gather, ruling);
    const uint32_t cited = count_known(&gather);
    for (uint32_t i = 0; i < subject->record_count; i++) {
        all += keep_own(&gather, i);
    }
    if (read != NULL) {
        *read = cited;
    }
    if (known != NULL) {
        *known = all;
    }
    return case_keep(out, subject, gather.cells, gather.count, list);
}

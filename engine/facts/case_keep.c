/*
 * A case of only some facts: what a ruling cites, to see that nothing else decided it.
 *
 * What a fact stands on is kept with it: its statements are its own, but the rank of a piece that
 * they cite comes of the facts of that piece, which may rest on other pieces in turn. So the set of
 * kept slots is closed first, and the tree is cut to it afterwards. Absences of wholes would cover
 * what is to be unknown; each kept one is listed by itself instead.
 *
 * Cost: linear in slots, statements and nodes, for each round that adds a piece.
 */
#include "case_build.h"
#include "case_copy.h"
#include "case_edit.h"

#include <assert.h>

/* The slots to keep. */
struct keep {
    const struct amicus_case *base;
    bool *slots;
    bool grew;
};

static void keep_slot(struct keep *keep, uint32_t slot)
{
    keep->grew |= !keep->slots[slot];
    keep->slots[slot] = true;
}

/* Keep a piece of evidence with all that is said of it. */
static void keep_piece(struct keep *keep, uint32_t piece)
{
    const struct record *record = &keep->base->records[piece];
    uint32_t count = keep->base->vocabulary->kinds[record->kind].slot_count;
    for (uint32_t i = 0; i < count; i++) {
        keep_slot(keep, record->first_slot + i);
    }
}

/* Tell whether the standing of a fact may turn on who filed the case. */
static bool needs_filer(const struct fact *fact)
{
    bool needs = fact->helps_true == PARTY_FILER || fact->helps_true == PARTY_RESPONDENT ||
                 fact->helps_false == PARTY_FILER || fact->helps_false == PARTY_RESPONDENT;
    for (uint32_t i = 0; i < fact->member_count; i++) {
        needs |=
            fact->members[i].helps == PARTY_FILER || fact->members[i].helps == PARTY_RESPONDENT;
    }
    return needs;
}

/* Keep what a kept fact stands on. */
static void keep_ground(struct keep *keep, const struct fact *fact, const struct slot *slot)
{
    const struct amicus_case *base = keep->base;
    uint32_t filed_by = base->vocabulary->roles.filed_by;
    if (filed_by != FACT_NONE && needs_filer(fact)) {
        keep_slot(keep, case_slot(base, RECORD_ROOT, filed_by));
    }
    for (uint32_t i = 0; i < slot->statement_count; i++) {
        const struct statement *statement = &base->statements[slot->first_statement + i];
        for (uint32_t j = 0; j < statement->cite_count; j++) {
            keep_piece(keep, base->cites[statement->first_cite + j]);
        }
    }
}

/* Visit the stored facts of all records, until nothing is added any more. */
static void close_over(struct keep *keep)
{
    const struct amicus_case *base = keep->base;
    do {
        keep->grew = false;
        for (uint32_t i = 0; i < base->record_count; i++) {
            struct fact_list stored = vocabulary_stored(base->vocabulary, base->records[i].kind);
            for (uint32_t j = 0; j < stored.count; j++) {
                uint32_t slot = case_slot(base, i, stored.facts[j]);
                if (keep->slots[slot]) {
                    keep_ground(keep, &base->vocabulary->facts[stored.facts[j]],
                                &base->slots[slot]);
                }
            }
        }
    } while (keep->grew);
}

/* Tell whether a fact says to which money item a record belongs. */
static bool is_owner(const struct kind *kind, uint32_t fact)
{
    return kind->owner_path[0] == fact;
}

static void cut_record(struct case_copy *copy, const struct keep *keep, uint32_t record)
{
    const struct amicus_case *base = copy->base;
    uint32_t kind = base->records[record].kind;
    struct fact_list stored = vocabulary_stored(base->vocabulary, kind);
    for (uint32_t i = 0; i < stored.count; i++) {
        uint32_t number = stored.facts[i];
        struct case_target target = {record, number, KIND_NONE, {"", 0}};
        if (!base->vocabulary->facts[number].is_id &&
            !keep->slots[case_slot(base, record, number)] &&
            !is_owner(&base->vocabulary->kinds[kind], number)) {
            copy_unsay(copy, &target);
        }
    }
}

/* Cut the list of absences to lists as wholes and to kept facts. */
static void cut_absences(struct case_copy *copy, const struct keep *keep)
{
    const struct amicus_case *base = copy->base;
    struct tree *absent = copy_find(copy->root, text_of("absent"));
    if (absent == NULL) {
        return;
    }
    copy_remove(copy->root, absent);
    for (uint32_t i = 0; i < base->vocabulary->kind_count; i++) {
        if (base->lists[i].absent_reason.length > 0) {
            copy_list(copy, base->vocabulary->kinds[i].list, base->lists[i].absent_reason,
                      absent->place);
        }
    }
    for (uint32_t i = 0; i < base->record_count; i++) {
        struct fact_list stored = vocabulary_stored(base->vocabulary, base->records[i].kind);
        for (uint32_t j = 0; j < stored.count; j++) {
            struct case_target target = {i, stored.facts[j], KIND_NONE, {"", 0}};
            uint32_t slot = case_slot(base, i, stored.facts[j]);
            if (keep->slots[slot] && base->slots[slot].absent_reason.length > 0) {
                copy_list(copy, copy_path(copy, &target), base->slots[slot].absent_reason,
                          absent->place);
            }
        }
    }
}

amicus_status case_keep(struct amicus_case **out, const struct amicus_case *base,
                        const struct case_cell *cells, uint32_t count, amicus_diagnostics *list)
{
    assert(out != NULL && base != NULL && list != NULL);
    assert(cells != NULL || count == 0);
    *out = NULL;
    struct case_copy copy;
    amicus_status status = copy_open(&copy, base, list);
    if (status != AMICUS_OK) {
        return status;
    }
    struct keep keep = {.base = base};
    keep.slots = arena_give_array(copy.arena, base->slot_count, sizeof *keep.slots);
    if (faults_status(&copy.faults, keep.slots == NULL ? AMICUS_MEMORY : AMICUS_OK)) {
        for (uint32_t i = 0; i < count; i++) {
            keep_slot(&keep, case_slot(base, cells[i].record, cells[i].fact));
        }
        close_over(&keep);
        for (uint32_t i = 0; i < base->record_count; i++) {
            cut_record(&copy, &keep, i);
        }
        cut_absences(&copy, &keep);
    }
    return copy_end(out, &copy);
}

/*
 * Which facts are moved, and in which order.
 */
#include "move.h"

#include <assert.h>

/* What says what the case is, and is no finding about it. */
static bool is_given(const struct vocabulary *vocabulary, uint32_t fact)
{
    const struct roles *roles = &vocabulary->roles;
    const uint32_t given[] = {roles->case_id,  roles->as_of,     roles->platform, roles->grounds,
                              roles->filed_by, roles->item_held, roles->item_fee};
    bool is_one = false;
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        is_one |= given[i] == fact;
    }
    const uint8_t type = vocabulary->facts[fact].type;
    return is_one || type == TYPE_TEXT || type == TYPE_REF || type == TYPE_NONE;
}

/* In which order facts are moved, by their standing. */
static unsigned order_of(uint8_t standing)
{
    static const unsigned ORDER[] = {
        [STANDING_CONTESTED] = 0, [STANDING_CLAIMED] = 1, [STANDING_UNKNOWN] = 2,
        [STANDING_SUPPORTED] = 3, [STANDING_ABSENT] = 5,  [STANDING_ESTABLISHED] = 4};
    assert(standing < sizeof ORDER / sizeof ORDER[0]);
    assert(ORDER[STANDING_CONTESTED] == 0);
    return ORDER[standing];
}

/* Weak facts come first: if the trials run out, they have had theirs. */
static void sort_facts(struct moves *moves, const struct workspace *base)
{
    for (uint32_t i = 0; i < moves->fact_count; i++) {
        moves->facts[i].standing = base->values[moves->facts[i].slot].standing;
    }
    for (uint32_t i = 1; i < moves->fact_count; i++) {
        const struct moved moved = moves->facts[i];
        uint32_t place = i;
        while (place > 0 && order_of(moves->facts[place - 1].standing) > order_of(moved.standing)) {
            moves->facts[place] = moves->facts[place - 1];
            place--;
        }
        moves->facts[place] = moved;
    }
}

/* Find out whose fact each slot is. */
static void name_slots(struct moves *moves, const struct amicus_case *subject)
{
    for (uint32_t record = 0; record < subject->record_count; record++) {
        const struct fact_list facts =
            vocabulary_stored(subject->vocabulary, subject->records[record].kind);
        for (uint32_t i = 0; i < facts.count; i++) {
            const uint32_t slot = case_slot(subject, record, facts.facts[i]);
            moves->record_of[slot] = record;
            moves->fact_of[slot] = facts.facts[i];
            moves->is_listed[slot] = is_given(subject->vocabulary, facts.facts[i]);
        }
    }
}

static void list_slot(struct moves *moves, uint32_t slot)
{
    if (moves->is_listed[slot]) {
        return;
    }
    moves->is_listed[slot] = true;
    if (moves->fact_count < MOVE_FACTS) {
        moves->facts[moves->fact_count++] = (struct moved){
            .record = moves->record_of[slot], .fact = moves->fact_of[slot], .slot = slot};
    } else {
        moves->left_out++;
    }
}

amicus_status moves_list(struct moves *moves, const struct amicus_ruling *ruling)
{
    assert(moves != NULL && moves->facts != NULL);
    assert(ruling != NULL && moves->fact_count == 0);
    const struct amicus_case *subject = ruling->subject;
    struct arena *arena = moves->arena;
    moves->is_listed = arena_give_array(arena, subject->slot_count, sizeof *moves->is_listed);
    moves->record_of = arena_give_array(arena, subject->slot_count, sizeof *moves->record_of);
    moves->fact_of = arena_give_array(arena, subject->slot_count, sizeof *moves->fact_of);
    if (moves->is_listed == NULL || moves->record_of == NULL || moves->fact_of == NULL) {
        return AMICUS_MEMORY;
    }
    name_slots(moves, subject);
    for (uint32_t i = 0; i < ruling->read_count; i++) {
        const struct read *read = &ruling->reads[i];
        if (read->fact != FACT_NONE &&
            subject->vocabulary->facts[read->fact].derived == FACT_NONE) {
            list_slot(moves, case_slot(subject, read->record, read->fact));
        }
    }
    sort_facts(moves, ruling->work);
    return AMICUS_OK;
}

void moves_list_tried(struct moves *moves)
{
    assert(moves != NULL && moves->facts != NULL);
    const struct workspace *base = moves->trials.base;
    assert(base->tried != NULL);
    for (uint32_t slot = 0; slot < base->subject->slot_count && moves->is_listed != NULL; slot++) {
        if (base->tried[slot] != 0) {
            list_slot(moves, slot);
        }
    }
}

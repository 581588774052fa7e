/*
 * The footprint keeps masks, not lists: each unknown fact has a bit, and an evaluation leaves
 * behind which bits it touched and which numbers are loose in its result. A derived fact and a
 * label keep both, so that asking again says the same as computing again; they hold until a value
 * that they touched changes. So a value that is tried costs what depends on it, and nothing else.
 *
 * INVARIANT: a fact that does not count gets a bit, and whatever no value can settle sets the last
 * bit, which is never given and never holds.
 *
 * Cost: some word operations a read, and one look at the bits of each memory that is asked.
 */
#include "footprint.h"

#include "evaluate.h"

#include <assert.h>
#include <string.h>

/* Whether values of a type are ordered, and too many to try. */
static bool is_number_type(uint8_t type)
{
    switch ((enum value_type)type) {
    case TYPE_INT:
    case TYPE_BPS:
    case TYPE_MINUTES:
    case TYPE_MONEY:
    case TYPE_INSTANT:
    case TYPE_DATE:
    case TYPE_DURATION: return true;
    case TYPE_NONE:
    case TYPE_BOOL:
    case TYPE_ENUM:
    case TYPE_ENUMS:
    case TYPE_TEXT:
    case TYPE_REF:
    case TYPE_COUNT: break;
    }
    return false;
}

static const struct mask OTHERS = {{0, 0, 0, (uint64_t)1 << 63}};

/* The place of the lowest bit of a word that is not 0. */
static unsigned lowest_bit(uint64_t word)
{
    unsigned bit = 0;
    for (unsigned step = 32; step > 0; step /= 2) {
        if ((word & (((uint64_t)1 << step) - 1)) == 0) {
            word >>= step;
            bit += step;
        }
    }
    return bit;
}

void footprint_begin(struct footprint *footprint)
{
    assert(footprint != NULL);
    assert(!mask_meets(&footprint->given, &OTHERS));
    footprint->touched = footprint->loose = footprint->astray = (struct mask){{0}};
    footprint->asks_standing = footprint->is_uncovered = footprint->is_stale = false;
    footprint->has_all_atoms = true;
    footprint->atom_count = 0;
}

void footprint_forget(struct workspace *workspace)
{
    assert(workspace != NULL && workspace->footprint != NULL);
    assert(workspace->phase < UINT32_MAX);
    workspace->footprint->sure_from = ++workspace->phase;
}

void footprint_set(struct workspace *workspace, uint32_t slot, const struct value *value)
{
    assert(workspace != NULL && workspace->footprint != NULL && value != NULL);
    assert(slot < workspace->subject->slot_count);
    struct footprint *footprint = workspace->footprint;
    const uint32_t number = footprint->number_of[slot];
    footprint->values[slot] = *value;
    if (number != 0) {
        footprint->changed_at[(number - 1) % (MASK_BITS - 1)] = ++workspace->phase;
    } else if (footprint->is_seen[slot]) {
        footprint_forget(workspace);
    }
}

/* Give an unknown its place. One that was known at a weaker standard may have been read before
 * without it. returns the place. */
static uint32_t add_unknown(struct workspace *workspace, uint32_t record, uint32_t fact,
                            uint32_t slot)
{
    struct footprint *footprint = workspace->footprint;
    const uint32_t at = footprint->unknown_count++;
    const bool is_number = is_number_type(workspace->vocabulary->facts[fact].type);
    footprint->unknowns[at] = (struct unknown){record, fact, slot, is_number};
    footprint->number_of[slot] = at + 1;
    if (is_number) {
        mask_add(&footprint->numbers, at);
    }
    const uint8_t standing = footprint->values[slot].standing;
    footprint->is_stale |= standing >= STANDING_CLAIMED && standing <= STANDING_ESTABLISHED;
    return at;
}

static void note_looked(struct workspace *workspace, uint32_t record, uint32_t fact, uint32_t slot)
{
    struct footprint *footprint = workspace->footprint;
    footprint->is_seen[slot] = true;
    if (!footprint->is_noting) {
        return;
    }
    if (footprint->proofs[slot] == 0) {
        footprint->looked[footprint->looked_count++] = (struct looked){record, fact, footprint->at};
    }
    footprint->proofs[slot] |= (uint8_t)(1u << workspace->proof);
}

void footprint_read(struct workspace *workspace, uint32_t record, uint32_t fact, bool is_usable)
{
    assert(workspace != NULL && workspace->footprint != NULL);
    assert(fact < workspace->vocabulary->fact_count);
    struct footprint *footprint = workspace->footprint;
    const uint32_t slot = case_slot(workspace->subject, record, fact);
    note_looked(workspace, record, fact, slot);
    const uint32_t number = footprint->number_of[slot];
    if (number == 0 && is_usable) {
        return;
    }
    const uint32_t at = number == 0 ? add_unknown(workspace, record, fact, slot) : number - 1;
    mask_add(&footprint->touched, at);
    if (footprint->unknowns[at].is_number && footprint->values[slot].standing != STANDING_ABSENT) {
        mask_add(&footprint->loose, at);
    }
}

void footprint_ask(struct footprint *footprint)
{
    assert(footprint != NULL);
    assert(!mask_meets(&footprint->given, &OTHERS));
    footprint->asks_standing = true;
    mask_join(&footprint->touched, &OTHERS);
}

void footprint_standing(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    assert(workspace != NULL && workspace->footprint != NULL);
    assert(fact < workspace->vocabulary->fact_count);
    struct footprint *footprint = workspace->footprint;
    const uint32_t slot = case_slot(workspace->subject, record, fact);
    note_looked(workspace, record, fact, slot);
    if (footprint->number_of[slot] != 0 ||
        footprint->values[slot].standing < proof_floor(workspace->proof)) {
        footprint_ask(footprint);
    }
}

void footprint_list(struct workspace *workspace, uint32_t kind)
{
    assert(workspace != NULL && workspace->footprint != NULL);
    assert(kind < workspace->vocabulary->kind_count);
    struct footprint *footprint = workspace->footprint;
    footprint->seen_kinds |= kind_bit(kind);
    footprint->kinds |= footprint->is_noting ? kind_bit(kind) : 0;
}

void footprint_pause(struct footprint *footprint, struct pause *pause)
{
    assert(footprint != NULL && pause != NULL);
    assert(!mask_meets(&footprint->given, &OTHERS));
    *pause = (struct pause){footprint->touched, footprint->loose};
    footprint->touched = footprint->loose = (struct mask){{0}};
}

void footprint_take(struct footprint *footprint, const struct pause *pause)
{
    assert(footprint != NULL && pause != NULL);
    assert(!mask_meets(&footprint->given, &OTHERS));
    mask_join(&footprint->touched, &pause->touched);
    footprint->loose = pause->loose;
}

void footprint_keep(struct memory *memory, struct footprint *footprint, const struct pause *pause)
{
    assert(memory != NULL && footprint != NULL && pause != NULL);
    assert(!mask_meets(&footprint->given, &OTHERS));
    *memory = (struct memory){footprint->touched, footprint->loose};
    footprint->touched = pause->touched;
    footprint->loose = pause->loose;
}

void footprint_recall(struct footprint *footprint, const struct memory *memory)
{
    assert(footprint != NULL && memory != NULL);
    assert(!mask_meets(&footprint->given, &OTHERS));
    mask_join(&footprint->touched, &memory->touched);
    mask_join(&footprint->loose, &memory->loose);
}

static bool is_same_atom(const struct atom *a, const struct atom *b)
{
    return a->node == b->node && a->about == b->about && a->proof == b->proof &&
           memcmp(a->vars, b->vars, sizeof a->vars) == 0;
}

/* Whether the values of the given numbers that are loose in a comparison were made with it. */
static bool is_covered(const struct footprint *footprint, const struct atom *atom)
{
    struct mask given = atom->loose;
    for (unsigned i = 0; i < MASK_WORDS; i++) {
        given.word[i] &= footprint->given.word[i];
    }
    bool is_one = mask_is_empty(&given);
    for (uint32_t i = 0; i < footprint->covered_count && !is_one; i++) {
        is_one = is_same_atom(&footprint->covered[i], atom) &&
                 !mask_exceeds(&given, &footprint->covered[i].loose);
    }
    return is_one;
}

/* The variables that an expression reads and does not bind itself, as bits.
 * NOLINTNEXTLINE(misc-no-recursion): as deep as conditions may be. */
static unsigned variables_of(const struct image *image, uint32_t at)
{
    const struct node *node = &image->nodes[at];
    if (node->op == NODE_VAR) {
        return 1u << node->a;
    }
    unsigned variables = 0;
    for (uint32_t i = 0; i < node_child_count(node); i++) {
        const uint32_t child = node_child(node, image->args, i);
        variables |= child == NODE_NONE ? 0 : variables_of(image, child);
    }
    const bool binds = node->op >= NODE_SOME && node->op <= NODE_COVERED_DAYS;
    return binds ? variables & ~(1u << node->a) : variables;
}

struct atom footprint_atom(const struct workspace *workspace, uint32_t node)
{
    assert(workspace != NULL);
    assert(node < workspace->image->node_count);
    struct atom atom = {.node = node, .about = workspace->about, .proof = workspace->proof};
    const unsigned variables = variables_of(workspace->image, node);
    for (unsigned i = 0; i < VARS_MAX; i++) {
        atom.vars[i] = (variables & (1u << i)) != 0 ? workspace->vars[i] : RECORD_ROOT;
    }
    return atom;
}

/* Note a comparison, just evaluated, with the numbers that are loose in its operands. */
static void note_atom(struct workspace *workspace, uint32_t node)
{
    struct footprint *footprint = workspace->footprint;
    if (mask_is_empty(&footprint->loose)) {
        return;
    }
    struct atom atom = footprint_atom(workspace, node);
    atom.loose = footprint->loose;
    atom.touched = footprint->touched;
    footprint->is_uncovered |= !is_covered(footprint, &atom);
    if (!mask_exceeds(&footprint->loose, &footprint->given)) {
        return;
    }
    if (footprint->atom_count < FOOTPRINT_ATOMS) {
        footprint->atoms[footprint->atom_count++] = atom;
    } else {
        footprint->has_all_atoms = false;
    }
}

void footprint_end_condition(struct footprint *footprint)
{
    assert(footprint != NULL);
    assert(!mask_meets(&footprint->given, &OTHERS));
    mask_join(&footprint->astray, &footprint->loose);
    footprint->loose = (struct mask){{0}};
}

bool footprint_holds(const struct footprint *footprint, const struct memory *memory, uint32_t phase)
{
    assert(footprint != NULL && memory != NULL);
    assert(!mask_meets(&footprint->given, &OTHERS));
    if (phase < footprint->sure_from || phase == 0 || mask_meets(&memory->touched, &OTHERS)) {
        return false;
    }
    bool holds = true;
    for (unsigned i = 0; i < MASK_WORDS && holds; i++) {
        for (uint64_t left = memory->touched.word[i]; left != 0 && holds; left &= left - 1) {
            const unsigned bit = 64 * i + lowest_bit(left);
            holds = footprint->changed_at[bit] <= phase;
        }
    }
    return holds;
}

/* Operators that say of numbers only how they lie, or whether they exist. */
static bool takes_numbers(uint8_t op)
{
    return (op >= NODE_EQUAL && op <= NODE_WITHIN) || op == NODE_KNOWN || op == NODE_ABSENT;
}

static struct value hear(struct workspace *workspace, const struct node *node, evaluator *own)
{
    if (!takes_numbers(node->op)) {
        return own(workspace, node);
    }
    struct pause pause;
    footprint_pause(workspace->footprint, &pause);
    const struct value value = own(workspace, node);
    if (node->op != NODE_KNOWN && node->op != NODE_ABSENT) {
        note_atom(workspace, (uint32_t)(node - workspace->image->nodes));
    }
    footprint_take(workspace->footprint, &pause);
    return value;
}

amicus_status footprint_start(struct footprint *footprint, struct workspace *workspace,
                              struct value *values)
{
    assert(footprint != NULL && workspace != NULL && values != NULL);
    assert(workspace->values == values);
    struct arena *arena = workspace->arena;
    const size_t slots = workspace->subject->slot_count;
    const size_t cells = (size_t)workspace->subject->derived_count * PROOF_COUNT;
    footprint->values = values;
    footprint->listener.hear = hear;
    footprint->sure_from = 1;
    footprint->unknowns = arena_give_array(arena, slots, sizeof *footprint->unknowns);
    footprint->number_of = arena_give_array(arena, slots, sizeof *footprint->number_of);
    footprint->changed_at = arena_give_array(arena, MASK_BITS, sizeof *footprint->changed_at);
    footprint->cells = arena_give_array(arena, cells, sizeof *footprint->cells);
    footprint->results =
        arena_give_array(arena, workspace->result_count, sizeof *footprint->results);
    footprint->labelled =
        arena_give_array(arena, workspace->result_count, sizeof *footprint->labelled);
    footprint->is_seen = arena_give_array(arena, slots, sizeof *footprint->is_seen);
    footprint->proofs = arena_give_array(arena, slots, sizeof *footprint->proofs);
    footprint->looked = arena_give_array(arena, slots, sizeof *footprint->looked);
    const bool is_given = footprint->unknowns != NULL && footprint->number_of != NULL &&
                          footprint->changed_at != NULL && footprint->cells != NULL &&
                          footprint->results != NULL && footprint->labelled != NULL &&
                          footprint->is_seen != NULL && footprint->proofs != NULL &&
                          footprint->looked != NULL;
    return is_given ? AMICUS_OK : AMICUS_MEMORY;
}

/*
 * Moves are found by listening, not by reading rules.
 *
 * The decision is made with a fact as it is while an ear notes each comparison that the fact
 * reaches as a number. Between the thresholds of those comparisons all of them say the same, so the
 * decision goes the same way. One value of each cell is then decided with, the ear noting what
 * comparisons turn up that were not reached before; and so on until none do. Then every value of
 * the fact goes the way of one that was tried: that is what is_exact says.
 *
 * It is not said of a number that reaches something other than a comparison: a share of money, the
 * version of a parameter, a predicate. Its thresholds are tried all the same, and only a change of
 * an outcome counts, because money that grows with a sum says nothing about the decision.
 *
 * A fact that only a trial looked at is moved too: so of two facts that stand for each other, of
 * which the decision looks at the first alone, both are.
 *
 * Of what the engine itself must know (the clock, the platform, the grounds, who filed, what is
 * held) nothing is moved: it is what the case is, and no finding. References and texts have no
 * cells.
 *
 * INVARIANT: the ruling's workspace is only read, but for `tried`, which nothing reads any more.
 *
 * Cost: a trial a move, about the time of a decision, and for each comparison of a number its
 * thresholds (cell.c).
 */
#include "move.h"

#include "evaluate.h"
#include "footprint.h"
#include "remedy.h"

#include <assert.h>
#include <string.h>

/* Who listens to a trial for one number. */
struct ear {
    struct listener listener; /* first: what the evaluator knows of it */
    struct moved *moved;
    uint8_t *depends; /* by node: 0 not looked up, 1 no, 2 yes */
    struct atom atoms[FOOTPRINT_ATOMS];
    uint32_t count;
    bool has_room;
    bool is_exposed; /* the number was read since the innermost comparison began */
    bool is_inside;  /* of a comparison */
};

struct finder {
    struct moves *moves;
    const struct workspace *base;
    struct workspace gauge; /* followed: in which thresholds are found */
    struct footprint footprint;
    struct ear ear;
    uint32_t trials_left;
    bool keeps_own; /* the cell in which a number lies is a move too */
    int64_t thresholds[CELLS_MOST];
    uint32_t threshold_count;
    amicus_status status;
};

static bool is_number(uint8_t type)
{
    return type >= TYPE_INT && type <= TYPE_DURATION;
}

/* --- keys --- */

static uint64_t mix(uint64_t key, uint64_t word)
{
    key ^= word + UINT64_C(0x9e3779b97f4a7c15) + (key << 6) + (key >> 2);
    key *= UINT64_C(0xff51afd7ed558ccd);
    return key ^ (key >> 32);
}

/* What was decided: in the upper half outcomes alone, below it money, and last the outcome of the
 * whole. */
static uint64_t key_of(const struct workspace *workspace)
{
    uint64_t outcomes = workspace->item_count;
    uint64_t money = 1;
    for (uint32_t i = 0; i < workspace->item_count; i++) {
        const struct item_result *item = &workspace->items[i];
        outcomes = mix(outcomes, item->outcome);
        money = mix(money, (uint64_t)item->division.to_freelancer_minor);
        money = mix(money, (uint64_t)item->division.to_client_minor);
        money = mix(money, (uint64_t)item->division.stays_held_minor);
    }
    const uint64_t whole = (uint64_t)remedy_outcome(workspace->items, workspace->item_count);
    return (outcomes & ~(uint64_t)UINT32_MAX) |
           (mix(money, outcomes) & UINT32_MAX & ~(uint64_t)UINT8_MAX) | (whole & UINT8_MAX);
}

uint8_t moves_outcome(uint64_t key)
{
    assert((key & UINT8_MAX) < OUTCOME_COUNT);
    return (uint8_t)(key & UINT8_MAX);
}

bool moves_differ(const struct moves *moves, const uint32_t *chosen, uint32_t count, uint64_t key)
{
    assert(moves != NULL && chosen != NULL);
    assert(count > 0);
    bool is_leaking = false;
    for (uint32_t i = 0; i < count; i++) {
        is_leaking |= moves->facts[moves->all[chosen[i]].at].is_leaking;
    }
    return is_leaking ? key >> 32 != moves->key >> 32 : key != moves->key;
}

/* --- trials --- */

/* Decide with some values changed. returns the key; what was looked at goes to reads. */
static amicus_status run(uint64_t *key, struct moves *moves, const struct patch *patches,
                         uint32_t count, struct listener *listener)
{
    struct workspace out;
    const struct change change = {.patches = patches, .patch_count = count, .listener = listener};
    if (moves->trials.base->tried != NULL) {
        memset(moves->trials.base->tried, 0, moves->trials.base->subject->slot_count);
    }
    const amicus_status status = trial_run(&out, &moves->trials, &change);
    *key = status == AMICUS_OK ? key_of(&out) : 0;
    return status;
}

amicus_status moves_try(uint64_t *key, struct moves *moves, const uint32_t *chosen, uint32_t count)
{
    assert(key != NULL && moves != NULL);
    assert(count > 0 && count <= 3);
    struct patch patches[3];
    for (uint32_t i = 0; i < count; i++) {
        const struct move *move = &moves->all[chosen[i]];
        patches[i] = (struct patch){moves->facts[move->at].slot, move->value};
    }
    return run(key, moves, patches, count, NULL);
}

/* --- listening --- */

static bool depends(struct ear *ear, const struct image *image, const struct node *node)
{
    uint8_t *known = &ear->depends[node - image->nodes];
    if (*known == 0) {
        const bool is_one = cells_depend(image, (uint32_t)(node - image->nodes), ear->moved->fact);
        *known = is_one ? 2 : 1;
    }
    return *known == 2;
}

static bool is_same(const struct atom *a, const struct atom *b)
{
    return a->node == b->node && a->about == b->about && a->proof == b->proof &&
           memcmp(a->vars, b->vars, sizeof a->vars) == 0;
}

static void keep_atom(struct ear *ear, const struct workspace *workspace, uint32_t node)
{
    const struct atom atom = footprint_atom(workspace, node);
    for (uint32_t i = 0; i < ear->count; i++) {
        if (is_same(&ear->atoms[i], &atom)) {
            return;
        }
    }
    if (ear->count == FOOTPRINT_ATOMS) {
        ear->has_room = false;
        return;
    }
    ear->atoms[ear->count++] = atom;
}

static struct value hear(struct workspace *workspace, const struct node *node, evaluator *own)
{
    struct ear *ear = (struct ear *)workspace->listener;
    const bool is_test = node->op >= NODE_EQUAL && node->op <= NODE_WITHIN;
    const bool is_asking = node->op == NODE_KNOWN || node->op == NODE_ABSENT;
    if (!is_test && !is_asking) {
        const struct value value = own(workspace, node);
        const bool is_leaf = node->op == NODE_FACT || node->op == NODE_PARAM;
        const bool is_exposing =
            is_leaf && is_number(node->type) && depends(ear, workspace->image, node);
        ear->is_exposed |= is_exposing;
        ear->moved->is_leaking |= is_exposing && !ear->is_inside;
        return value;
    }
    const bool was_exposed = ear->is_exposed;
    const bool was_inside = ear->is_inside;
    ear->is_exposed = false;
    ear->is_inside = true;
    const struct value value = own(workspace, node);
    if (is_test && ear->is_exposed) {
        keep_atom(ear, workspace, (uint32_t)(node - workspace->image->nodes));
    }
    ear->is_exposed = was_exposed;
    ear->is_inside = was_inside;
    return value;
}

/* --- thresholds --- */

/* A workspace in which comparisons can be evaluated with other values. */
static amicus_status start_gauge(struct finder *finder)
{
    struct workspace *own = &finder->gauge;
    const struct workspace *base = finder->base;
    amicus_status status =
        workspace_start(own, base->rulebook, base->subject, finder->moves->arena);
    if (status != AMICUS_OK) {
        return status;
    }
    own->values = base->values;
    own->lists = base->lists;
    own->is_blind = true;
    own->is_taken = true;
    own->policy_date_s = base->policy_date_s;
    struct value *values = workspace_patch_values(own);
    if (values == NULL) {
        return AMICUS_MEMORY;
    }
    if (own->image->version_count > 0) {
        memcpy(own->reading_of, base->reading_of,
               own->image->version_count * sizeof *own->reading_of);
    }
    memcpy(own->results, base->results, base->result_count * sizeof *own->results);
    for (unsigned proof = 0; proof < PROOF_COUNT; proof++) {
        own->proof = (uint8_t)proof;
        (void)workspace_plane(own);
    }
    own->footprint = &finder->footprint;
    own->listener = &finder->footprint.listener;
    status = footprint_start(&finder->footprint, own, values);
    footprint_begin(&finder->footprint);
    return status == AMICUS_OK ? own->status : status;
}

static void add_threshold(struct finder *finder, int64_t at)
{
    uint32_t place = finder->threshold_count;
    while (place > 0 && finder->thresholds[place - 1] >= at) {
        place--;
    }
    if (place < finder->threshold_count && finder->thresholds[place] == at) {
        return;
    }
    if (finder->threshold_count == CELLS_MOST - 1) {
        finder->ear.moved->is_exact = false;
        return;
    }
    memmove(&finder->thresholds[place + 1], &finder->thresholds[place],
            (finder->threshold_count - place) * sizeof finder->thresholds[0]);
    finder->thresholds[place] = at;
    finder->threshold_count++;
}

/* Add the thresholds of one comparison. */
static void measure(struct finder *finder, struct atom atom)
{
    struct footprint *footprint = &finder->footprint;
    struct moved *moved = finder->ear.moved;
    struct cells cells;
    const uint32_t unknown = footprint->number_of[moved->slot] - 1;
    atom.loose = atom.touched = (struct mask){{0}};
    mask_add(&atom.loose, unknown);
    mask_add(&atom.touched, unknown);
    footprint_begin(footprint);
    footprint->atoms[0] = atom;
    footprint->atom_count = 1;
    footprint->covered_count = 0;
    cells_of_number(&cells, &finder->gauge, unknown);
    moved->is_exact &= cells.is_exact;
    /* The first value lies below the least threshold, the last one is absence. */
    for (uint32_t i = 1; cells.is_exact && i + 1 < cells.count; i++) {
        add_threshold(finder, cells.values[i].as.n);
    }
    footprint_begin(footprint);
}

/* --- the moves of one fact --- */

static bool is_usable(const struct value *value)
{
    return value->standing >= STANDING_CLAIMED && value->standing <= STANDING_ESTABLISHED;
}

/* Note which facts a trial looked at; those that nothing looked at before can be moved too. */
static void note_reads(struct moves *moves, struct move *move)
{
    const uint8_t *tried = moves->trials.base->tried;
    if (tried == NULL) {
        memset(move->reads, 0xff, sizeof move->reads);
        return;
    }
    moves_list_tried(moves);
    for (uint32_t i = 0; i < moves->fact_count; i++) {
        if (tried[moves->facts[i].slot] != 0) {
            move->reads[i / 64] |= UINT64_C(1) << (i % 64);
        }
    }
}

/* Decide with a value, and keep it as a move. */
static void try_value(struct finder *finder, const struct move *wanted, struct listener *listener)
{
    struct moves *moves = finder->moves;
    if (finder->status != AMICUS_OK || finder->trials_left == 0) {
        moves->is_cut |= finder->trials_left == 0;
        return;
    }
    finder->trials_left--;
    struct move move = *wanted;
    const struct patch patch = {moves->facts[move.at].slot, move.value};
    finder->status = run(&move.key, moves, &patch, 1, listener);
    note_reads(moves, &move);
    void *all = moves->all;
    if (finder->status == AMICUS_OK) {
        finder->status =
            arena_grow(moves->arena, &all, &moves->capacity, moves->count, sizeof move);
        moves->all = all;
    }
    if (finder->status == AMICUS_OK) {
        moves->all[moves->count++] = move;
    }
}

/* What is there already need not be moved to. */
static bool is_there(const struct value *value, const struct value *wanted)
{
    return value->standing == wanted->standing &&
           (value->standing == STANDING_ABSENT || value->standing == STANDING_UNKNOWN ||
            value_equal(value, wanted));
}

static void move_few(struct finder *finder, uint32_t at)
{
    const struct moved *moved = &finder->moves->facts[at];
    const struct value *value = &finder->base->values[moved->slot];
    struct cells cells;
    cells_of_few(&cells, finder->base, moved->fact);
    finder->moves->facts[at].is_exact = cells.is_exact;
    for (uint32_t i = 0; i < cells.count; i++) {
        if (!is_there(value, &cells.values[i])) {
            try_value(finder, &(struct move){.at = at, .value = cells.values[i]}, NULL);
        }
    }
}

/* The cell that a number lies in, as a move to the value in it that is nearest to `from`. */
static struct move cell_at(const struct finder *finder, uint32_t at, uint32_t cell, int64_t from,
                           struct value value)
{
    struct move move = {
        .at = at, .has_least = cell > 0, .has_most = cell < finder->threshold_count};
    move.least = move.has_least ? finder->thresholds[cell - 1] : INT64_MIN;
    move.most = move.has_most ? finder->thresholds[cell] - 1 : INT64_MAX;
    value.as.n = from < move.least ? move.least : from > move.most ? move.most : from;
    move.value = value;
    return move;
}

/* Whether a value of the cell was decided with. */
static bool was_tried(const struct moves *moves, size_t first, const struct move *move)
{
    bool is_one = false;
    for (size_t i = first; i < moves->count && !is_one; i++) {
        const struct value *value = &moves->all[i].value;
        is_one = value->standing == STANDING_ESTABLISHED && value->as.n >= move->least &&
                 value->as.n <= move->most;
    }
    return is_one;
}

/* Decide with a value of each cell, until no comparison turns up that was not measured. */
static void explore(struct finder *finder, uint32_t at, int64_t from, struct value value)
{
    struct moves *moves = finder->moves;
    const size_t first = moves->count;
    uint32_t measured = 0;
    do {
        while (measured < finder->ear.count) {
            measure(finder, finder->ear.atoms[measured++]);
        }
        for (uint32_t cell = 0; cell <= finder->threshold_count; cell++) {
            const struct move move = cell_at(finder, at, cell, from, value);
            if (!was_tried(moves, first, &move)) {
                try_value(finder, &move, &finder->ear.listener);
            }
        }
    } while (measured < finder->ear.count && finder->status == AMICUS_OK && !moves->is_cut);
    moves->facts[at].is_exact &= finder->ear.has_room;
}

/* Cells that turned out to be smaller end where the last thresholds are. What the number is itself
 * is no move, if it was established. */
static void tidy(struct finder *finder, size_t first, const struct value *value)
{
    struct moves *moves = finder->moves;
    size_t kept = first;
    for (size_t i = first; i < moves->count; i++) {
        struct move move = moves->all[i];
        for (uint32_t t = 0; t < finder->threshold_count; t++) {
            const int64_t threshold = finder->thresholds[t];
            if (threshold <= move.value.as.n && (!move.has_least || threshold > move.least)) {
                move.has_least = true;
                move.least = threshold;
            }
            if (threshold > move.value.as.n && (!move.has_most || threshold <= move.most)) {
                move.has_most = true;
                move.most = threshold - 1;
            }
        }
        const bool is_own = value->standing == STANDING_ESTABLISHED && value->as.n >= move.least &&
                            value->as.n <= move.most;
        if (!is_own || finder->keeps_own) {
            moves->all[kept++] = move;
        }
    }
    moves->count = kept;
}

static void move_number(struct finder *finder, uint32_t at)
{
    struct moves *moves = finder->moves;
    struct moved *moved = &moves->facts[at];
    const struct value *value = &finder->base->values[moved->slot];
    const struct fact *fact = &finder->base->vocabulary->facts[moved->fact];
    struct value wanted = {.as.n = value->as.n,
                           .unit = value->unit,
                           .type = fact->type,
                           .standing = STANDING_ESTABLISHED};
    if (!is_usable(value)) { /* from today, and in the units that are usual */
        const uint32_t as_of = finder->base->vocabulary->roles.as_of;
        const int64_t now_s =
            as_of == FACT_NONE
                ? 0
                : finder->base->values[case_slot(finder->base->subject, RECORD_ROOT, as_of)].as.n;
        wanted.as.n = fact->type == TYPE_INSTANT ? now_s
                      : fact->type == TYPE_DATE  ? now_s / 86400
                                                 : 0;
        wanted.unit = fact->type == TYPE_MONEY ? finder->base->subject->currency : 0;
    }
    struct ear *ear = &finder->ear;
    ear->listener.hear = hear;
    ear->moved = moved;
    ear->count = 0;
    ear->has_room = true;
    ear->is_exposed = ear->is_inside = false;
    memset(ear->depends, 0, finder->base->image->node_count);
    const struct roles *roles = &finder->base->vocabulary->roles; /* they pick rules in force too */
    moved->is_exact = moved->fact != roles->contract_formed && moved->fact != roles->filed;
    finder->threshold_count = 0;
    const struct value unknown = {.type = fact->type, .standing = STANDING_UNKNOWN};
    footprint_set(&finder->gauge, moved->slot, &unknown);
    footprint_read(&finder->gauge, moved->record, moved->fact, false);
    const size_t first = moves->count;
    explore(finder, at, wanted.as.n, wanted);
    tidy(finder, first, value);
    footprint_set(&finder->gauge, moved->slot, value);
    const struct value absent = {.type = fact->type, .standing = STANDING_ABSENT};
    if (!is_there(value, &absent)) {
        try_value(finder, &(struct move){.at = at, .value = absent}, NULL);
    }
}

static void move_fact(struct finder *finder, uint32_t at)
{
    struct moves *moves = finder->moves;
    struct moved *moved = &moves->facts[at];
    const struct value *value = &finder->base->values[moved->slot];
    const uint8_t type = finder->base->vocabulary->facts[moved->fact].type;
    moved->standing = value->standing;
    moved->first = (uint32_t)moves->count;
    if (is_number(type)) {
        move_number(finder, at);
    } else {
        move_few(finder, at);
    }
    const struct value unknown = {.type = type, .standing = STANDING_UNKNOWN};
    if (is_usable(value) || value->standing == STANDING_ABSENT) {
        try_value(finder, &(struct move){.at = at, .value = unknown}, NULL);
    }
    moved->count = (uint32_t)moves->count - moved->first;
}

/* --- the whole --- */

/* Set up a finder in the arena. NULL: the status tells. */
static struct finder *start(amicus_status *status, struct moves *out,
                            const struct amicus_ruling *ruling, uint32_t trials,
                            struct arena *arena)
{
    *out = (struct moves){.arena = arena, .trials = {.base = ruling->work}};
    struct finder *finder = arena_give(arena, sizeof *finder);
    out->facts = arena_give_array(arena, MOVE_FACTS, sizeof *out->facts);
    uint8_t *depends_of = arena_give(arena, ruling->work->image->node_count);
    *status = AMICUS_MEMORY;
    if (finder == NULL || out->facts == NULL || depends_of == NULL) {
        return NULL;
    }
    finder->moves = out;
    finder->base = ruling->work;
    finder->trials_left = trials;
    finder->ear.depends = depends_of;
    *status = start_gauge(finder);
    if (*status == AMICUS_OK) {
        *status = run(&out->key, out, NULL, 0, NULL);
    }
    return *status == AMICUS_OK ? finder : NULL;
}

amicus_status moves_find(struct moves *out, const struct amicus_ruling *ruling, uint32_t trials,
                         struct arena *arena)
{
    assert(out != NULL && ruling != NULL && ruling->work != NULL);
    assert(arena != NULL && trials > 0);
    amicus_status status;
    struct finder *finder = start(&status, out, ruling, trials, arena);
    if (finder == NULL) {
        return status;
    }
    finder->status = moves_list(out, ruling);
    for (uint32_t i = 0; i < out->fact_count && finder->status == AMICUS_OK; i++) { /* it grows */
        move_fact(finder, i);
    }
    return finder->status;
}

amicus_status moves_of_fact(struct moves *out, const struct amicus_ruling *ruling, uint32_t record,
                            uint32_t fact, struct arena *arena)
{
    assert(out != NULL && ruling != NULL && arena != NULL);
    assert(ruling->subject->vocabulary->facts[fact].derived == FACT_NONE);
    amicus_status status;
    struct finder *finder = start(&status, out, ruling, 4 * CELLS_MOST, arena);
    if (finder == NULL) {
        return status;
    }
    finder->keeps_own = true;
    out->facts[out->fact_count++] = (struct moved){
        .record = record, .fact = fact, .slot = case_slot(ruling->subject, record, fact)};
    move_fact(finder, 0);
    return finder->status;
}

void moves_close(struct moves *moves)
{
    assert(moves != NULL);
    assert(moves->arena != NULL || moves->trials.count == 0);
    trials_close(&moves->trials);
}

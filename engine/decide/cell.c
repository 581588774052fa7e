/*
 * Cells of numbers, exactly.
 *
 * What a comparison says changes with a number only where the number passes a threshold, provided
 * that the difference of its operands only rises or only falls with it. Whether that is so is read
 * from the nodes (direction_of): sums, differences, least and greatest, days between, and derived
 * facts made of those. Then the thresholds are found by evaluation: from a point where the operands
 * meet or nearly do, in steps that double, until the comparison says something else, and by halves
 * back to the first point at which it does. So durations, calendars and rounding need no inverse.
 *
 * A value at which an operand cannot be computed (a date behind the end of the calendar) ends the
 * search on its side: such values are no dates of a dispute. A duration is taken in the dimension,
 * days of work or time, in which it can be compared.
 *
 * INVARIANT: is_exact is never true of a number that acts in any other way than by the comparisons
 * that were found.
 *
 * Cost: a comparison with something known takes some six evaluations of it; a derived one up to two
 * hundred. Nothing here runs before facts of few values were tried.
 */
#include "cell.h"

#include "date.h"
#include "evaluate.h"
#include "footprint.h"

#include <assert.h>
#include <string.h>

/* Sets of more members have too many subsets to try. */
enum { SET_MEMBERS_MOST = 5 };

static const int64_t DAY_S = 86400;
static const int64_t DATE_FIRST = -719162; /* 0001-01-01 */
static const int64_t DATE_LAST = 2932896;  /* 9999-12-31 */
static const int64_t BPS_MOST = 10000;

static void add_value(struct cells *cells, int64_t n, uint8_t type, uint8_t standing)
{
    assert(cells->count < CELLS_MOST);
    cells->values[cells->count++] = (struct value){.as.n = n, .type = type, .standing = standing};
}

/* How many values a fact has that are few; 0: none, or too many. */
static uint32_t count_few(const struct workspace *workspace, const struct fact *fact)
{
    switch ((enum value_type)fact->type) {
    case TYPE_BOOL: return 2;
    case TYPE_ENUM: return fact->member_count;
    case TYPE_ENUMS: return fact->member_count > SET_MEMBERS_MOST ? 0 : 1u << fact->member_count;
    case TYPE_REF: return workspace_count_records(workspace, fact->ref_kind);
    case TYPE_NONE:
    case TYPE_INT:
    case TYPE_BPS:
    case TYPE_MINUTES:
    case TYPE_MONEY:
    case TYPE_INSTANT:
    case TYPE_DATE:
    case TYPE_DURATION:
    case TYPE_TEXT:
    case TYPE_COUNT: break;
    }
    return 0;
}

void cells_of_few(struct cells *cells, const struct workspace *workspace, uint32_t number)
{
    assert(cells != NULL && workspace != NULL);
    assert(number < workspace->vocabulary->fact_count);
    const struct fact *fact = &workspace->vocabulary->facts[number];
    const uint32_t count = count_few(workspace, fact);
    cells->count = 0;
    cells->is_exact = count > 0 && count < CELLS_MOST;
    for (uint32_t i = 0; cells->is_exact && i < count; i++) {
        const uint32_t n =
            fact->type == TYPE_REF ? workspace_record(workspace, fact->ref_kind, i) : i;
        add_value(cells, n, fact->type, STANDING_ESTABLISHED);
    }
    if (cells->is_exact) {
        add_value(cells, 0, fact->type, STANDING_ABSENT);
    }
}

/* --- in which direction an expression goes with a number --- */

enum direction {
    DIRECTION_NONE,  /* does not depend on it */
    DIRECTION_UP,    /* never falls when the number rises */
    DIRECTION_DOWN,  /* never rises when it rises */
    DIRECTION_ONE,   /* up or down, which the other operands tell */
    DIRECTION_MIXED, /* neither, as far as one can see */
};

static enum direction reverse(enum direction direction)
{
    return direction == DIRECTION_UP     ? DIRECTION_DOWN
           : direction == DIRECTION_DOWN ? DIRECTION_UP
                                         : direction;
}

static enum direction join(enum direction a, enum direction b)
{
    if (a == DIRECTION_NONE || b == DIRECTION_NONE) {
        return a == DIRECTION_NONE ? b : a;
    }
    return a == b && a != DIRECTION_ONE ? a : DIRECTION_MIXED;
}

static enum direction direction_of(const struct image *image, uint32_t at, uint32_t fact);

/* Of all operands from `first` on, together. NOLINTNEXTLINE(misc-no-recursion) */
static enum direction direction_from(const struct image *image, const struct node *node,
                                     uint32_t first, uint32_t fact)
{
    enum direction direction = DIRECTION_NONE;
    for (uint32_t i = first; i < node_child_count(node); i++) {
        const uint32_t child = node_child(node, image->args, i);
        direction =
            join(direction, child == NODE_NONE ? DIRECTION_NONE : direction_of(image, child, fact));
    }
    return direction;
}

static enum direction mixed_if_any(enum direction direction)
{
    return direction == DIRECTION_NONE ? DIRECTION_NONE : DIRECTION_MIXED;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as derived facts are. */
static enum direction direction_of_fact(const struct image *image, const struct node *node,
                                        uint32_t fact)
{
    const uint32_t row = image->derived_of[node->b];
    const bool is_derived =
        image->vocabulary->facts[node->b].derived != FACT_NONE && row != INDEX_NONE;
    const enum direction of =
        node->a == NODE_NONE ? DIRECTION_NONE : mixed_if_any(direction_of(image, node->a, fact));
    const enum direction own = node->b == fact ? DIRECTION_UP
                               : is_derived    ? direction_of(image, image->derived[row].node, fact)
                                               : DIRECTION_NONE;
    return join(of, own);
}

/* A parameter depends on the date that picks its version. */
static enum direction direction_of_param(const struct image *image, const struct node *node,
                                         uint32_t fact)
{
    const struct roles *roles = &image->vocabulary->roles;
    if (node->b != NODE_NONE) {
        return mixed_if_any(direction_of(image, node->b, fact));
    }
    const bool is_contract = image->params[node->a].anchor == ANCHOR_CONTRACT_FORMED;
    const uint32_t anchor = is_contract ? roles->contract_formed : roles->filed;
    return anchor == fact ? DIRECTION_MIXED : DIRECTION_NONE;
}

/* Operands come first the condition of who is in the list, then what is taken of each record. */
static enum direction direction_of_list(const struct image *image, const struct node *node,
                                        uint32_t fact)
{
    const enum direction where =
        node->b == NODE_NONE ? DIRECTION_NONE : mixed_if_any(direction_of(image, node->b, fact));
    if (node->op == NODE_SUM || node->op == NODE_LARGEST) {
        return join(where, direction_of(image, node->c, fact));
    }
    const uint32_t by = image->args[node->c];
    const uint32_t give = image->args[node->c + 1];
    const enum direction direction = direction_of(image, by, fact);
    return join(where, by == give ? direction
                                  : join(mixed_if_any(direction), direction_of(image, give, fact)));
}

/* Conditions come before values, and pick one. */
static enum direction direction_of_choice(const struct image *image, const struct node *node,
                                          uint32_t fact)
{
    enum direction direction = DIRECTION_NONE;
    for (uint32_t i = 0; i < node->b; i++) {
        const enum direction one = direction_of(image, image->args[node->a + i], fact);
        const bool is_condition = i % 2 == 0 && i + 1 < node->b;
        direction = join(direction, is_condition ? mixed_if_any(one) : one);
    }
    return direction;
}

/* Whether a product rises or falls with one factor, the sign of the other tells. */
static enum direction direction_of_product(const struct image *image, const struct node *node,
                                           uint32_t fact)
{
    const enum direction a = direction_of(image, node->a, fact);
    const enum direction b = direction_of(image, node->b, fact);
    const bool has_divisor =
        node->op == NODE_SHARE && direction_of(image, node->c, fact) != DIRECTION_NONE;
    if (a == DIRECTION_NONE && b == DIRECTION_NONE && !has_divisor) {
        return DIRECTION_NONE;
    }
    const enum direction one = a == DIRECTION_NONE ? b : a;
    const bool is_one = a == DIRECTION_NONE || b == DIRECTION_NONE;
    return is_one && !has_divisor && one != DIRECTION_MIXED ? DIRECTION_ONE : DIRECTION_MIXED;
}

/* The left operand minus the right one, or days from the left to the right one. */
static enum direction direction_between(const struct image *image, const struct node *node,
                                        uint32_t fact)
{
    const enum direction a = direction_of(image, node->a, fact);
    const enum direction b = direction_of(image, node->b, fact);
    return node->op == NODE_SUBTRACT ? join(a, reverse(b)) : join(reverse(a), b);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as conditions and derived facts are. */
static enum direction direction_of(const struct image *image, uint32_t at, uint32_t fact)
{
    const struct node *node = &image->nodes[at];
    switch (node->op) {
    case NODE_CONST:
    case NODE_VAR: return DIRECTION_NONE;
    case NODE_FACT: return direction_of_fact(image, node, fact);
    case NODE_PARAM: return direction_of_param(image, node, fact);
    case NODE_ISSUE: return DIRECTION_MIXED; /* whatever its rules look at */
    case NODE_ADD:
    case NODE_MIN:
    case NODE_MAX:
    case NODE_FIRST_KNOWN: return direction_from(image, node, 0, fact);
    case NODE_SUBTRACT:
    case NODE_DAYS_BETWEEN:
    case NODE_BUSINESS_DAYS_BETWEEN:
    case NODE_TIME_BETWEEN: return direction_between(image, node, fact);
    case NODE_MULTIPLY:
    case NODE_SHARE: return direction_of_product(image, node, fact);
    case NODE_SUM:
    case NODE_LARGEST:
    case NODE_EARLIEST:
    case NODE_LATEST: return direction_of_list(image, node, fact);
    case NODE_CHOOSE: return direction_of_choice(image, node, fact);
    default: return mixed_if_any(direction_from(image, node, 0, fact));
    }
}

bool cells_depend(const struct image *image, uint32_t node, uint32_t fact)
{
    assert(image != NULL && node < image->node_count);
    return direction_of(image, node, fact) != DIRECTION_NONE;
}

/* How what a comparison says goes with the number. */
static enum direction direction_of_atom(const struct image *image, uint32_t at, uint32_t fact)
{
    const struct node *node = &image->nodes[at];
    const enum direction a = direction_of(image, node->a, fact);
    if (node->op == NODE_ONE_OF) {
        return a;
    }
    const bool has_span =
        node->op == NODE_WITHIN && direction_of(image, node->c, fact) != DIRECTION_NONE;
    return has_span ? DIRECTION_MIXED : join(a, reverse(direction_of(image, node->b, fact)));
}

/* --- thresholds, by evaluation --- */

/* A number that is given values, and the comparison that is looked at. */
struct gauge {
    struct workspace *workspace;
    const struct atom *atom;
    uint32_t slot;
    struct value value;  /* that the number has, its count aside */
    int64_t least, most; /* that it can have */
    uint32_t fact;
};

/* What a comparison says: numbers that rise, or fall, as the gauge does. */
enum { SAYS_ABSENT = -1 };

static void set_gauge(const struct gauge *gauge, int64_t n)
{
    struct workspace *workspace = gauge->workspace;
    struct value value = gauge->value;
    value.as.n = n;
    footprint_set(workspace, gauge->slot, &value);
    memcpy(workspace->vars, gauge->atom->vars, sizeof workspace->vars);
    workspace->about = gauge->atom->about;
    workspace->proof = gauge->atom->proof;
}

/* How many constants a value has passed, twice, and once more for one that it meets. */
static int64_t place_among(struct workspace *workspace, const struct node *node,
                           const struct value *value)
{
    int64_t says = 0;
    for (uint32_t i = 0; i < node->c; i++) {
        const struct value member =
            evaluate_operand(workspace, workspace->image->args[node->b + i]);
        const enum order order = value_order(value, &member);
        says += order == ORDER_MORE ? 2 : order == ORDER_EQUAL ? 1 : 0;
    }
    return says;
}

static bool is_open(const struct value *value)
{
    return value->standing == STANDING_UNKNOWN;
}

static bool is_absent(const struct value *value)
{
    return value->standing == STANDING_ABSENT;
}

/* What a comparison of two known operands says. */
static bool says_of_order(struct workspace *workspace, uint32_t at, enum order order, int64_t *says)
{
    const struct node *node = &workspace->image->nodes[at];
    const int64_t place = order == ORDER_LESS ? 0 : order == ORDER_EQUAL ? 1 : 2;
    *says = place;
    if (node->op == NODE_LESS || node->op == NODE_AT_LEAST) {
        *says = place == 0 ? 0 : 1;
    } else if (node->op == NODE_AT_MOST || node->op == NODE_MORE) {
        *says = place == 2 ? 1 : 0;
    } else if (node->op == NODE_WITHIN) {
        const struct value value = evaluate(workspace, at);
        *says = kleene_of(value) == KLEENE_TRUE ? 1 : place;
        return !is_open(&value);
    }
    return order != ORDER_NONE;
}

/* Evaluate the comparison with the gauge at n. returns false if an operand cannot be computed. */
static bool says_at(const struct gauge *gauge, int64_t n, int64_t *says)
{
    struct workspace *workspace = gauge->workspace;
    const struct node *node = &workspace->image->nodes[gauge->atom->node];
    set_gauge(gauge, n);
    *says = SAYS_ABSENT;
    const struct value a = evaluate(workspace, node->a);
    if (is_open(&a) || is_absent(&a)) {
        return is_absent(&a);
    }
    if (node->op == NODE_ONE_OF) {
        *says = place_among(workspace, node, &a);
        return true;
    }
    const struct value b = evaluate_operand(workspace, node->b);
    if (is_open(&b) || is_absent(&b)) {
        return is_absent(&b);
    }
    return says_of_order(workspace, gauge->atom->node, value_order(&a, &b), says);
}

/* Thresholds: the least number of each cell but the first. */
struct thresholds {
    int64_t at[CELLS_MOST];
    uint32_t count;
    bool has_room;
};

static void add_threshold(struct thresholds *thresholds, int64_t at)
{
    uint32_t place = thresholds->count;
    while (place > 0 && thresholds->at[place - 1] >= at) {
        place--;
    }
    if (place < thresholds->count && thresholds->at[place] == at) {
        return;
    }
    if (thresholds->count + 2 >= CELLS_MOST) { /* the first cell, and absence */
        thresholds->has_room = false;
        return;
    }
    memmove(&thresholds->at[place + 1], &thresholds->at[place],
            (thresholds->count - place) * sizeof thresholds->at[0]);
    thresholds->at[place] = at;
    thresholds->count++;
}

/* A number `step` further up or down, inside the gauge. */
static int64_t further(const struct gauge *gauge, int64_t from, int64_t step, bool is_up)
{
    if (is_up) {
        return from > gauge->most - step ? gauge->most : from + step;
    }
    return from < gauge->least + step ? gauge->least : from - step;
}

/* Between `same` and `other`, of which the comparison says different things, find where that
 * begins. returns false if behind it an operand cannot be computed. */
static bool halve(const struct gauge *gauge, int64_t *same, int64_t *other, int64_t *says)
{
    const int64_t before = *says;
    bool is_known = says_at(gauge, *other, says);
    while (*same + 1 != *other && *other + 1 != *same) {
        const int64_t middle = *same / 2 + *other / 2 + (*same % 2 + *other % 2) / 2;
        int64_t there = 0;
        const bool is_there = says_at(gauge, middle, &there);
        if (is_there && there == before) {
            *same = middle;
        } else {
            *other = middle;
            *says = there;
            is_known = is_there;
        }
    }
    return is_known;
}

/* Go on from where the comparison says `says` to where it says something else. returns false if it
 * nowhere does. */
static bool find_change(const struct gauge *gauge, int64_t *from, int64_t *says, bool is_up)
{
    int64_t same = *from;
    int64_t step = 1;
    for (;;) {
        int64_t other = further(gauge, same, step, is_up);
        int64_t there = 0;
        if (other == same) {
            return false;
        }
        if (!says_at(gauge, other, &there) || there != *says) {
            const bool is_found = halve(gauge, &same, &other, says);
            *from = other;
            return is_found;
        }
        same = other;
        step = step > gauge->most / 4 ? step : step * 2;
    }
}

/* The number of different things that a comparison can say, in order. */
static int64_t says_most(const struct node *node)
{
    return node->op == NODE_ONE_OF ? 2 * (int64_t)node->c
           : node->op == NODE_EQUAL || node->op == NODE_UNEQUAL || node->op == NODE_WITHIN ? 2
                                                                                           : 1;
}

/* Whether nothing else can be said on one side: what is said there is the first or the last. */
static bool is_last(const struct gauge *gauge, int64_t says, bool is_up)
{
    const struct image *image = gauge->workspace->image;
    const enum direction direction = direction_of_atom(image, gauge->atom->node, gauge->fact);
    if (direction != DIRECTION_UP && direction != DIRECTION_DOWN) {
        return false;
    }
    const bool is_rising = is_up == (direction == DIRECTION_UP);
    return says == (is_rising ? says_most(&image->nodes[gauge->atom->node]) : 0);
}

/* Find all thresholds on one side of a start. */
static void find_side(const struct gauge *gauge, int64_t start, int64_t says, bool is_up,
                      struct thresholds *thresholds)
{
    int64_t at = start;
    while (thresholds->has_room && !is_last(gauge, says, is_up) &&
           find_change(gauge, &at, &says, is_up)) {
        add_threshold(thresholds, is_up ? at : at + 1);
    }
}

/* A point from which to look: what the number is compared with, if that is of its type. */
static int64_t start_of(const struct gauge *gauge)
{
    struct workspace *workspace = gauge->workspace;
    const struct node *node = &workspace->image->nodes[gauge->atom->node];
    const uint32_t as_of = workspace->vocabulary->roles.as_of;
    int64_t start = 0;
    set_gauge(gauge, start);
    if (gauge->value.type == TYPE_INSTANT && as_of != FACT_NONE) {
        start = workspace->values[case_slot(workspace->subject, RECORD_ROOT, as_of)].as.n;
    }
    const uint32_t sides[2] = {node->a, node->op == NODE_ONE_OF ? node->a : node->b};
    for (unsigned i = 0; i < 2; i++) {
        struct pause pause;
        footprint_pause(workspace->footprint, &pause);
        const struct value value = evaluate(workspace, sides[i]);
        const bool is_other = !mask_meets(&workspace->footprint->loose, &gauge->atom->loose);
        footprint_take(workspace->footprint, &pause);
        if (is_other && value.type == gauge->value.type && value.unit == gauge->value.unit &&
            !is_open(&value) && !is_absent(&value)) {
            start = value.as.n;
        }
    }
    return start < gauge->least ? gauge->least : start > gauge->most ? gauge->most : start;
}

static bool find_thresholds(const struct gauge *gauge, struct thresholds *thresholds)
{
    const int64_t start = start_of(gauge);
    int64_t says = 0;
    if (!says_at(gauge, start, &says)) {
        return false;
    }
    find_side(gauge, start, says, true, thresholds);
    find_side(gauge, start, says, false, thresholds);
    return thresholds->has_room;
}

/* The span of a type, and the unit of its values. returns false if the unit is not known. */
static bool set_span(struct gauge *gauge, const struct workspace *workspace)
{
    struct value *value = &gauge->value;
    gauge->least = value->type == TYPE_INT || value->type == TYPE_MONEY ? INT64_MIN / 2 : 0;
    gauge->most = INT64_MAX / 2;
    if (value->type == TYPE_BPS) {
        gauge->most = BPS_MOST;
    } else if (value->type == TYPE_DATE) {
        gauge->least = DATE_FIRST;
        gauge->most = DATE_LAST;
    } else if (value->type == TYPE_INSTANT) {
        gauge->least = DATE_FIRST * DAY_S;
        gauge->most = (DATE_LAST + 1) * DAY_S - 1;
    } else if (value->type == TYPE_MONEY) {
        value->unit = workspace->subject->currency;
        return value->unit != 0;
    }
    return true;
}

/* Take the comparisons of a number, if thresholds tell how it acts in all of them. */
static bool take_atoms(struct workspace *workspace, uint32_t unknown, uint32_t fact)
{
    struct footprint *footprint = workspace->footprint;
    struct mask known = footprint->given;
    mask_add(&known, unknown);
    bool is_told = footprint->has_all_atoms && !mask_has(&footprint->astray, unknown);
    for (uint32_t i = 0; is_told && i < footprint->atom_count; i++) {
        const struct atom *atom = &footprint->atoms[i];
        if (!mask_has(&atom->loose, unknown)) {
            continue;
        }
        is_told = !mask_exceeds(&atom->touched, &known) &&
                  footprint->covered_count < FOOTPRINT_ATOMS &&
                  direction_of_atom(workspace->image, atom->node, fact) != DIRECTION_MIXED;
        if (is_told) {
            footprint->covered[footprint->covered_count++] = *atom;
        }
    }
    return is_told;
}

static void fill_cells(struct cells *cells, const struct thresholds *thresholds,
                       const struct value *value, int64_t least)
{
    const bool has_first = thresholds->count == 0 || thresholds->at[0] > least;
    if (has_first) {
        add_value(cells, thresholds->count == 0 ? value->as.n : thresholds->at[0] - 1, value->type,
                  STANDING_ESTABLISHED);
    }
    for (uint32_t i = 0; i < thresholds->count; i++) {
        add_value(cells, thresholds->at[i], value->type, STANDING_ESTABLISHED);
    }
    for (uint32_t i = 0; i < cells->count; i++) {
        cells->values[i].unit = value->unit;
    }
    add_value(cells, 0, value->type, STANDING_ABSENT);
}

/* Find the cells in one unit, by the comparisons covered from `first` on. */
static bool find_cells(struct cells *cells, struct gauge *gauge, uint32_t first)
{
    const struct footprint *footprint = gauge->workspace->footprint;
    struct thresholds thresholds = {.has_room = true};
    for (uint32_t i = first; i < footprint->covered_count; i++) {
        gauge->atom = &footprint->covered[i];
        if (!find_thresholds(gauge, &thresholds)) {
            return false;
        }
    }
    fill_cells(cells, &thresholds, &gauge->value, gauge->least);
    return true;
}

void cells_of_number(struct cells *cells, struct workspace *workspace, uint32_t unknown)
{
    assert(cells != NULL && workspace != NULL && workspace->footprint != NULL);
    assert(unknown < workspace->footprint->unknown_count);
    const struct unknown *of = &workspace->footprint->unknowns[unknown];
    const uint32_t first = workspace->footprint->covered_count;
    *cells = (struct cells){.is_exact = false};
    if (!of->is_number || !take_atoms(workspace, unknown, of->fact)) {
        workspace->footprint->covered_count = first;
        return;
    }
    const struct value before = workspace->footprint->values[of->slot];
    struct gauge gauge = {.workspace = workspace,
                          .slot = of->slot,
                          .value = {.type = workspace->vocabulary->facts[of->fact].type,
                                    .standing = STANDING_ESTABLISHED},
                          .fact = of->fact};
    cells->is_exact = set_span(&gauge, workspace) && find_cells(cells, &gauge, first);
    if (!cells->is_exact && gauge.value.type == TYPE_DURATION) {
        gauge.value.unit = DURATION_BUSINESS_DAYS;
        cells->count = 0;
        cells->is_exact = find_cells(cells, &gauge, first);
    }
    footprint_set(workspace, of->slot, &before);
}

/*
 * Lists in the evaluator: some, every, count, sum, largest, earliest, latest, covered_days.
 *
 * A record is in the list if `where` is true of it, out if false, and perhaps in if open. Each
 * operator says what a perhaps may change, and is open only if it may change something: a defect
 * that perhaps belongs to the item but cost nothing leaves the sum alone. An empty list that nobody
 * declared complete may still gain members, so `some` of it is open, not false; that it was empty
 * is noted as a read.
 *
 * INVARIANT: the result does not depend on the order of records. Where two records tie for the
 * latest and would give different answers, the result is open.
 *
 * Cost: one evaluation of `where` and of the body for each record of the kind. A tie costs a second
 * walk; covered_days sorts the intervals that it found.
 */
#include "evaluate.h"

#include "money.h"

#include <assert.h>

static const int64_t DAY_S = 86400;

/* A walk over the records of a kind, or of all kinds of a union. */
struct walk {
    struct workspace *workspace;
    const struct node *node;
    uint32_t kind, row; /* the next record to look at */
    bool is_union;
    bool is_complete; /* what is not listed does not exist */
    enum kleene in;   /* of the record that was given last: never false */
    uint8_t standing; /* of what decided that */
    uint8_t weakest;  /* of all that decided who is in and who is out */
};

static bool is_of_walk(const struct walk *walk, uint32_t kind)
{
    const uint32_t wanted = (uint32_t)walk->node->k;
    return walk->is_union ? walk->workspace->vocabulary->kinds[kind].base == wanted
                          : kind == wanted;
}

static void note_empty(struct walk *walk, uint32_t kind)
{
    if (walk->workspace->lists[kind].count == 0) {
        read_empty_list(walk->workspace, kind);
        walk->is_complete &= walk->workspace->lists[kind].is_closed;
    }
}

/* Begin a walk in place: a walk is too large to be handed back. */
static void walk_start(struct walk *walk, struct workspace *workspace, const struct node *node)
{
    assert(node->k > 0 && node->k < workspace->vocabulary->kind_count);
    assert(node->a < VARS_MAX);
    walk->workspace = workspace;
    walk->node = node;
    walk->kind = 0;
    walk->row = 0;
    walk->is_union = workspace->vocabulary->kinds[node->k].is_union;
    walk->is_complete = true;
    walk->in = KLEENE_TRUE;
    walk->standing = STANDING_ESTABLISHED;
    walk->weakest = STANDING_ESTABLISHED;
    for (uint32_t k = 0; walk->is_union && k < workspace->vocabulary->kind_count; k++) {
        if (is_of_walk(walk, k)) {
            note_empty(walk, k);
        }
    }
    if (!walk->is_union) {
        walk->kind = (uint32_t)node->k;
        note_empty(walk, walk->kind);
    }
}

/* The record at the walk's place, or RECORD_NONE behind the last. Moves on. */
static uint32_t walk_record(struct walk *walk)
{
    const struct workspace *workspace = walk->workspace;
    while (walk->kind < workspace->vocabulary->kind_count) {
        if (is_of_walk(walk, walk->kind) && walk->row < workspace->lists[walk->kind].count) {
            return workspace->lists[walk->kind].first + walk->row++;
        }
        walk->row = 0;
        walk->kind = walk->is_union ? walk->kind + 1 : UINT32_MAX;
    }
    return RECORD_NONE;
}

/* Go to the next record that is in, or perhaps in; its number is then the walk's variable. */
static bool walk_next(struct walk *walk)
{
    struct workspace *workspace = walk->workspace;
    for (uint32_t record = walk_record(walk); record != RECORD_NONE; record = walk_record(walk)) {
        workspace->vars[walk->node->a] = record;
        walk->in = KLEENE_TRUE;
        walk->standing = STANDING_ESTABLISHED;
        if (walk->node->b != NODE_NONE) {
            const struct value where = evaluate(workspace, walk->node->b);
            walk->in = kleene_of(where);
            walk->standing = walk->in == KLEENE_OPEN ? walk->standing : where.standing;
            walk->weakest = weaker(walk->weakest, walk->standing);
        }
        if (walk->in != KLEENE_FALSE) {
            return true;
        }
    }
    return false;
}

/* `some` stops at a record that is in and of which the body is true; `every` at one of which it is
 * false. Both are one walk, with the stop turned. */
static struct value evaluate_quantifier(struct workspace *workspace, const struct node *node)
{
    const enum kleene stop = node->op == NODE_SOME ? KLEENE_TRUE : KLEENE_FALSE;
    struct walk walk;
    walk_start(&walk, workspace, node);
    bool is_open = !walk.is_complete;
    uint8_t weakest = STANDING_ESTABLISHED;
    while (walk_next(&walk)) {
        const struct value body = evaluate(workspace, node->c);
        const enum kleene kleene = kleene_of(body);
        if (kleene == stop && walk.in == KLEENE_TRUE) {
            return value_truth(stop == KLEENE_TRUE, weaker(walk.standing, body.standing));
        }
        is_open |= kleene == KLEENE_OPEN || kleene == stop;
        weakest = weaker(weakest, body.standing);
    }
    return is_open ? value_open(TYPE_BOOL)
                   : value_truth(stop != KLEENE_TRUE, weaker(walk.weakest, weakest));
}

static struct value evaluate_count(struct workspace *workspace, const struct node *node)
{
    struct walk walk;
    walk_start(&walk, workspace, node);
    bool is_open = !walk.is_complete;
    int64_t count = 0;
    while (walk_next(&walk)) {
        is_open |= walk.in == KLEENE_OPEN;
        count++;
    }
    return is_open ? value_open(node->type) : value_number(node, count, 0, walk.weakest);
}

static struct value evaluate_sum(struct workspace *workspace, const struct node *node)
{
    struct walk walk;
    walk_start(&walk, workspace, node);
    bool is_open = !walk.is_complete;
    int64_t sum = 0;
    uint16_t unit = node->type == TYPE_MONEY ? workspace->subject->currency : 0;
    uint8_t weakest = STANDING_ESTABLISHED;
    while (walk_next(&walk)) {
        const struct value value = evaluate(workspace, node->c);
        if (value.standing == STANDING_ABSENT) {
            continue;
        }
        const bool is_known = value.standing != STANDING_UNKNOWN;
        is_open |= !is_known || (walk.in == KLEENE_OPEN && value.as.n != 0);
        weakest = weaker(weakest, value.standing);
        unit = is_known ? value.unit : unit;
        if (is_known && money_add(&sum, sum, value.as.n) != AMICUS_OK) {
            workspace->faults |= FAULT_OVERFLOW;
            return value_open(node->type);
        }
    }
    return is_open ? value_open(node->type)
                   : value_number(node, sum, unit, weaker(walk.weakest, weakest));
}

/* The candidate for an extreme: the best of those that are in, and of those that perhaps are. */
struct extreme {
    enum order wanted; /* how a better one is ordered against a worse one */
    struct value best, perhaps;
    uint32_t record; /* of best */
    bool is_tied;
    bool is_open;
    uint8_t weakest;
};

static bool is_better(const struct extreme *extreme, const struct value *value,
                      const struct value *than)
{
    return than->standing == STANDING_ABSENT || value_order(value, than) == extreme->wanted;
}

static void weigh(struct extreme *extreme, const struct walk *walk, const struct value *value)
{
    if (value->standing == STANDING_ABSENT) {
        return;
    }
    if (value->standing == STANDING_UNKNOWN) {
        extreme->is_open = true;
        return;
    }
    extreme->weakest = weaker(extreme->weakest, value->standing);
    if (walk->in == KLEENE_OPEN) {
        const bool is_first = is_better(extreme, value, &extreme->perhaps);
        extreme->perhaps = is_first ? *value : extreme->perhaps;
        return;
    }
    if (is_better(extreme, value, &extreme->best)) {
        extreme->best = *value;
        extreme->record = walk->workspace->vars[walk->node->a];
        extreme->is_tied = false;
    } else if (value_order(value, &extreme->best) == ORDER_EQUAL) {
        extreme->is_tied = true;
    }
}

/* Find the extreme of an expression over the list. A record that is perhaps in matters only if it
 * is not strictly behind the best. */
static struct extreme find_extreme(struct workspace *workspace, const struct node *node,
                                   uint32_t expression, enum order wanted)
{
    struct walk walk;
    walk_start(&walk, workspace, node);
    struct extreme extreme = {.wanted = wanted,
                              .best = value_absent(node->type),
                              .perhaps = value_absent(node->type),
                              .record = RECORD_NONE,
                              .weakest = STANDING_ESTABLISHED};
    while (walk_next(&walk)) {
        const struct value value = evaluate(workspace, expression);
        weigh(&extreme, &walk, &value);
    }
    const bool may_change = extreme.perhaps.standing != STANDING_ABSENT &&
                            (extreme.best.standing == STANDING_ABSENT ||
                             !is_better(&extreme, &extreme.best, &extreme.perhaps));
    extreme.is_open |= may_change || !walk.is_complete;
    extreme.weakest = weaker(extreme.weakest, walk.weakest);
    return extreme;
}

static struct value evaluate_largest(struct workspace *workspace, const struct node *node)
{
    struct extreme extreme = find_extreme(workspace, node, node->c, ORDER_MORE);
    if (extreme.is_open) {
        return value_open(node->type);
    }
    if (extreme.best.standing != STANDING_ABSENT) {
        extreme.best.standing = extreme.weakest;
    }
    return extreme.best;
}

static bool is_same(const struct value *a, const struct value *b)
{
    if (a->standing == STANDING_ABSENT || b->standing == STANDING_ABSENT) {
        return a->standing == b->standing;
    }
    return a->standing != STANDING_UNKNOWN && b->standing != STANDING_UNKNOWN && value_equal(a, b);
}

/* Ask all records that tie with the best; open if they do not give the same. */
static struct value settle_tie(struct workspace *workspace, const struct node *node,
                               const struct extreme *extreme, struct value given)
{
    const uint32_t by = workspace->image->args[node->c];
    const uint32_t give = workspace->image->args[node->c + 1];
    struct walk walk;
    walk_start(&walk, workspace, node);
    while (walk_next(&walk)) {
        const struct value value = evaluate(workspace, by);
        if (walk.in != KLEENE_TRUE || value.standing == STANDING_ABSENT ||
            value_order(&value, &extreme->best) != ORDER_EQUAL) {
            continue;
        }
        const struct value other = evaluate(workspace, give);
        if (!is_same(&given, &other)) {
            return value_open(node->type);
        }
        given.standing = other.standing < given.standing ? other.standing : given.standing;
    }
    return given;
}

static struct value evaluate_first_last(struct workspace *workspace, const struct node *node)
{
    const uint32_t by = workspace->image->args[node->c];
    const uint32_t give = workspace->image->args[node->c + 1];
    const enum order wanted = node->op == NODE_EARLIEST ? ORDER_LESS : ORDER_MORE;
    const struct extreme extreme = find_extreme(workspace, node, by, wanted);
    if (extreme.is_open) {
        return value_open(node->type);
    }
    if (extreme.best.standing == STANDING_ABSENT) {
        return value_absent(node->type);
    }
    workspace->vars[node->a] = extreme.record;
    struct value given = by == give ? extreme.best : evaluate(workspace, give);
    if (extreme.is_tied && by != give) {
        given = settle_tie(workspace, node, &extreme, given);
    }
    if (given.standing != STANDING_ABSENT) {
        given.standing = weaker(given.standing, extreme.weakest);
    }
    return given;
}

/* Times that records cover, cut to a span. */
struct cover {
    int64_t from_s, until_s; /* the span */
    struct interval {
        int64_t from_s, until_s;
    } * intervals; /* ascending by from_s */
    uint32_t count;
};

static void cover_add(struct cover *cover, int64_t from_s, int64_t until_s)
{
    const int64_t from = from_s > cover->from_s ? from_s : cover->from_s;
    const int64_t until = until_s < cover->until_s ? until_s : cover->until_s;
    if (from >= until) {
        return;
    }
    uint32_t at = cover->count++;
    while (at > 0 && cover->intervals[at - 1].from_s > from) {
        cover->intervals[at] = cover->intervals[at - 1];
        at--;
    }
    cover->intervals[at] = (struct interval){from, until};
}

static int64_t cover_seconds(const struct cover *cover)
{
    int64_t seconds = 0;
    int64_t done = cover->from_s;
    for (uint32_t i = 0; i < cover->count; i++) {
        const struct interval *interval = &cover->intervals[i];
        const int64_t from = interval->from_s > done ? interval->from_s : done;
        if (interval->until_s > from) {
            seconds += interval->until_s - from;
            done = interval->until_s;
        }
    }
    return seconds;
}

/* Take the record's time into the cover; false if it cannot be known. */
static bool cover_record(struct workspace *workspace, const uint32_t *args, struct cover *cover,
                         struct walk *walk)
{
    const struct value from = evaluate(workspace, args[0]);
    if (from.standing == STANDING_ABSENT) {
        return true;
    }
    const struct value until = evaluate(workspace, args[1]);
    if (from.standing == STANDING_UNKNOWN || until.standing == STANDING_UNKNOWN) {
        return false;
    }
    walk->weakest = weaker(walk->weakest, weaker(from.standing, until.standing));
    const uint32_t before = cover->count;
    cover_add(cover, value_instant(&from),
              until.standing == STANDING_ABSENT ? cover->until_s : value_instant(&until));
    return walk->in == KLEENE_TRUE || cover->count == before;
}

static struct value cover_span(struct workspace *workspace, const struct node *node,
                               struct cover *cover, uint8_t weakest)
{
    const uint32_t *args = &workspace->image->args[node->c];
    const uint32_t most = workspace_count_records(workspace, (uint32_t)node->k);
    cover->intervals = arena_give_array(workspace->arena, most, sizeof *cover->intervals);
    if (cover->intervals == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return value_open(node->type);
    }
    struct walk walk;
    walk_start(&walk, workspace, node);
    bool is_open = !walk.is_complete;
    while (walk_next(&walk)) {
        is_open |= !cover_record(workspace, args, cover, &walk);
    }
    return is_open
               ? value_open(node->type)
               : value_number(node, cover_seconds(cover) / DAY_S, 0, weaker(walk.weakest, weakest));
}

static struct value evaluate_covered_days(struct workspace *workspace, const struct node *node)
{
    const uint32_t *args = &workspace->image->args[node->c];
    const struct value from = evaluate(workspace, args[2]);
    const struct value until = evaluate(workspace, args[3]);
    if (from.standing == STANDING_ABSENT || until.standing == STANDING_ABSENT) {
        return value_absent(node->type);
    }
    if (from.standing == STANDING_UNKNOWN || until.standing == STANDING_UNKNOWN) {
        return value_open(node->type);
    }
    struct cover cover = {.from_s = value_instant(&from), .until_s = value_instant(&until)};
    return cover_span(workspace, node, &cover, weaker(from.standing, until.standing));
}

struct value evaluate_list(struct workspace *workspace, const struct node *node)
{
    assert(workspace != NULL && node != NULL);
    assert(node->op >= NODE_SOME && node->op <= NODE_COVERED_DAYS);
    if (node->op == NODE_SOME || node->op == NODE_EVERY) {
        return evaluate_quantifier(workspace, node);
    }
    if (node->op == NODE_EARLIEST || node->op == NODE_LATEST) {
        return evaluate_first_last(workspace, node);
    }
    if (node->op == NODE_COVERED_DAYS) {
        return evaluate_covered_days(workspace, node);
    }
    return node->op == NODE_COUNT ? evaluate_count(workspace, node)
           : node->op == NODE_SUM ? evaluate_sum(workspace, node)
                                  : evaluate_largest(workspace, node);
}

/*
 * The evaluator: nodes of the image over the facts of a case, in three values, with every read
 * noted. It is the only one; explanation and coverage read what it left behind.
 *
 * Conditions and expressions share one recursion, since a derived fact may be either. A table by
 * operator dispatches; the operators of lists and of numbers have files of their own. Logic goes
 * from left to right and stops as soon as the result is fixed (`all` at false, `any` at true), so
 * that a read set holds what was looked at and nothing else.
 *
 * A derived fact is computed when it is first read, once for each record and standard, and
 * remembered in a cell with the stored facts that it was computed from; reading it again notes
 * those. A cell that asked for an issue, or for what the engine computes after labelling, is
 * valid in one phase only.
 *
 * INVARIANT: a result is never contested, and a stored fact that does not count at the standard
 * never lends its value to a result. Recursion is bounded by the depth of conditions times the
 * depth of derived facts, both checked when the policy was compiled.
 *
 * Cost: a node is an indirect call and a few comparisons; a read costs what workspace.c says.
 */
#include "evaluate.h"

#include "footprint.h"
#include "resolve.h"

#include <assert.h>
#include <string.h>

static struct value evaluate_constant(struct workspace *workspace, const struct node *node)
{
    struct value value = value_number(node, node->k, node->unit, STANDING_ESTABLISHED);
    if (node->type == TYPE_TEXT) {
        struct text *text = arena_give(workspace->arena, sizeof *text);
        if (text == NULL) {
            workspace_fail(workspace, AMICUS_MEMORY);
            return value_open(TYPE_TEXT);
        }
        *text = image_text(workspace->image, (text_at)node->k);
        value.as.text = text;
    }
    return value;
}

static struct value evaluate_variable(struct workspace *workspace, const struct node *node)
{
    assert(node->a < VARS_MAX);
    return value_number(node, workspace->vars[node->a], 0, STANDING_ESTABLISHED);
}

/* Whether some issue of the case is open for the recommendation. */
static bool has_level_evidence(const struct workspace *workspace)
{
    for (uint32_t i = 0; i < workspace->result_count; i++) {
        if (workspace->results[i].on_burden) {
            return true;
        }
    }
    return false;
}

/* A derived fact that no rulebook defines: the engine's own, or one that nobody knows. */
static struct value engine_fact(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    const struct roles *roles = &workspace->vocabulary->roles;
    if (fact != roles->decisive_unknown && fact != roles->level_evidence) {
        return value_open(workspace->vocabulary->facts[fact].type);
    }
    workspace->is_late = true;
    if (workspace->footprint != NULL) {
        footprint_ask(workspace->footprint);
    }
    const bool is_true = fact == roles->decisive_unknown ? workspace->is_decisive[record]
                                                         : has_level_evidence(workspace);
    return value_truth(is_true, STANDING_ESTABLISHED);
}

static struct value define(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    const uint32_t row = workspace->image->derived_of[fact];
    if (row == INDEX_NONE) {
        return engine_fact(workspace, record, fact);
    }
    struct value value = evaluate(workspace, workspace->image->derived[row].node);
    value.type = workspace->vocabulary->facts[fact].type;
    return value;
}

/* What a footprint keeps of a cell of the standard that is being asked. */
static struct memory *memory_of(const struct workspace *workspace, const struct cell *cell)
{
    const size_t place = (size_t)(cell - workspace->planes[workspace->proof].cells);
    return &workspace->footprint
                ->cells[workspace->proof * workspace->subject->derived_count + place];
}

/* Compute the value of a cell, and what of a footprint it keeps. */
static void define_followed(struct workspace *workspace, struct cell *cell, uint32_t record,
                            uint32_t fact)
{
    if (workspace->footprint == NULL) {
        cell->value = define(workspace, record, fact);
        return;
    }
    struct pause pause;
    footprint_pause(workspace->footprint, &pause);
    cell->value = define(workspace, record, fact);
    footprint_keep(memory_of(workspace, cell), workspace->footprint, &pause);
}

/* End the scope of a cell and make the read of it. */
static void keep_read(struct workspace *workspace, struct cell *cell, const struct scope *scope,
                      uint32_t record, uint32_t fact)
{
    if (workspace->is_blind) {
        scope_close(workspace, scope, NULL, NULL);
        return;
    }
    struct span from;
    scope_close(workspace, scope, &from, &cell->rests);
    struct read *read = workspace_add_read(workspace);
    *read = (struct read){.record = record,
                          .fact = fact,
                          .kind = KIND_NONE,
                          .proof = workspace->proof,
                          .is_usable = cell->value.standing != STANDING_UNKNOWN,
                          .value = cell->value,
                          .from = from};
    cell->read = (uint32_t)(read - workspace->reads);
}

/* Compute a cell: a scope of its own, the record as variable 0, everything else put back after. */
static void fill_cell(struct workspace *workspace, struct cell *cell, uint32_t record,
                      uint32_t fact)
{
    uint32_t vars[VARS_MAX];
    memcpy(vars, workspace->vars, sizeof vars);
    const uint32_t about = workspace->about;
    const bool was_late = workspace->is_late;
    const bool was_rounded = workspace->was_rounded;
    const bool was_leaning = workspace->is_leaning;
    struct scope scope;
    scope_open(workspace, &scope);
    workspace->depth++;
    workspace->vars[0] = record;
    workspace->about = record;
    workspace->is_late = false;
    workspace->was_rounded = false;
    workspace->is_leaning = false;
    define_followed(workspace, cell, record, fact);
    keep_read(workspace, cell, &scope, record, fact);
    cell->is_late = workspace->is_late;
    cell->is_rounded = workspace->was_rounded;
    cell->is_leaning = workspace->is_leaning;
    cell->phase = workspace->phase;
    workspace->depth--;
    memcpy(workspace->vars, vars, sizeof vars);
    workspace->about = about;
    workspace->is_late = was_late;
    workspace->was_rounded = was_rounded;
    workspace->is_leaning = was_leaning;
}

/* Note what a derived fact rests on; inside another one, only that counts. */
static void note_cell(struct workspace *workspace, struct cell *cell)
{
    workspace->is_late |= cell->is_late;
    workspace->was_rounded |= cell->is_rounded;
    workspace->is_leaning |= cell->is_leaning;
    if (workspace->footprint != NULL) {
        footprint_recall(workspace->footprint, memory_of(workspace, cell));
    }
    if (workspace->is_blind || cell->noted == workspace->stamp) {
        return;
    }
    cell->noted = workspace->stamp;
    if (workspace->depth == 0) {
        note_read(workspace, cell->read);
    }
    note_looks(workspace, workspace->reads[cell->read].from);
    for (uint32_t i = 0; i < cell->rests.count; i++) {
        note_issue(workspace, workspace->rests.at[cell->rests.first + i]);
    }
}

static bool is_fresh(const struct workspace *workspace, const struct cell *cell)
{
    if (workspace->footprint != NULL) {
        const struct footprint *footprint = workspace->footprint;
        return cell->value.type != TYPE_TEXT && /* a text lives as long as one evaluation */
               footprint_holds(footprint, memory_of(workspace, cell), cell->phase);
    }
    return cell->phase != 0 && (!cell->is_late || cell->phase == workspace->phase);
}

static struct value read_derived(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    const uint32_t number = workspace->subject->records[record].first_derived +
                            workspace->vocabulary->facts[fact].derived;
    assert(number < workspace->subject->derived_count);
    struct cell *cell = &workspace_plane(workspace)->cells[number];
    if (!is_fresh(workspace, cell)) {
        fill_cell(workspace, cell, record, fact);
    }
    if (workspace->status != AMICUS_OK) {
        return value_open(workspace->vocabulary->facts[fact].type);
    }
    note_cell(workspace, cell);
    return cell->value;
}

static inline bool has_fact(const struct workspace *workspace, uint32_t record, uint32_t fact)
{
    const uint32_t kind = workspace->subject->records[record].kind;
    const uint32_t wanted = workspace->vocabulary->facts[fact].kind;
    return kind == wanted || workspace->vocabulary->kinds[kind].base == wanted;
}

/* Read a fact of a record; a fact that its kind does not have is absent. */
static struct value read_fact(struct workspace *workspace, uint32_t record, uint32_t number)
{
    const struct fact *fact = &workspace->vocabulary->facts[number];
    if (!has_fact(workspace, record, number)) {
        return value_absent(fact->type);
    }
    return fact->derived == FACT_NONE ? read_stored(workspace, record, number)
                                      : read_derived(workspace, record, number);
}

/* The record whose fact is meant, as a value of TYPE_REF; the root if the node names none. */
static struct value evaluate_record(struct workspace *workspace, uint32_t node)
{
    if (node == NODE_NONE) {
        return (struct value){
            .as.n = RECORD_ROOT, .type = TYPE_REF, .standing = STANDING_ESTABLISHED};
    }
    return evaluate(workspace, node);
}

/* A fact of a record that a fact names: no surer than that one. */
static struct value evaluate_fact_of(struct workspace *workspace, const struct node *node)
{
    const struct value of = evaluate(workspace, node->a);
    if (of.standing == STANDING_UNKNOWN || of.standing == STANDING_ABSENT) {
        return (struct value){.type = node->type, .standing = of.standing};
    }
    struct value value = read_fact(workspace, (uint32_t)of.as.n, node->b);
    if (value.standing != STANDING_ABSENT && of.standing < value.standing) {
        value.standing = of.standing;
    }
    return value;
}

static struct value evaluate_fact(struct workspace *workspace, const struct node *node)
{
    if (node->a == NODE_NONE) {
        return read_fact(workspace, RECORD_ROOT, node->b);
    }
    const struct node *record = &workspace->image->nodes[node->a];
    return record->op == NODE_VAR ? read_fact(workspace, workspace->vars[record->a], node->b)
                                  : evaluate_fact_of(workspace, node);
}

static struct value evaluate_param_node(struct workspace *workspace, const struct node *node)
{
    return evaluate_param(workspace, node->a, node->b);
}

static struct value evaluate_issue(struct workspace *workspace, const struct node *node)
{
    uint32_t about = workspace->about;
    if (node->b != NODE_NONE) {
        const struct value of = evaluate(workspace, node->b);
        if (of.standing == STANDING_UNKNOWN || of.standing == STANDING_ABSENT) {
            return kleene_of(of) == KLEENE_OPEN ? value_open(TYPE_BOOL)
                                                : value_truth(false, STANDING_ESTABLISHED);
        }
        about = (uint32_t)of.as.n;
    }
    workspace->is_late = true;
    const uint32_t at = workspace_result(workspace, node->a, about);
    if (at == INDEX_NONE) {
        return value_open(TYPE_BOOL);
    }
    note_issue(workspace, at);
    const struct issue_result *result = &workspace->results[at];
    if (workspace->footprint != NULL) {
        resolve_on_demand(workspace, at);
        if (node->k == LABEL_OPEN) {
            footprint_ask(workspace->footprint);
        }
    }
    workspace->is_leaning |= result->on_burden || workspace->leans[at];
    if (node->k == LABEL_OPEN) {
        const bool is_open = workspace->is_taken ? result->on_burden : result->label == LABEL_OPEN;
        return value_truth(is_open, STANDING_ESTABLISHED);
    }
    const uint8_t label = workspace->is_taken ? result->taken : result->label;
    if (label == LABEL_OPEN) {
        return value_open(TYPE_BOOL);
    }
    return value_truth(label == node->k, STANDING_ESTABLISHED);
}

/* The first operand that is `stop` fixes the result; else an open one leaves it open. */
static struct value fold(struct workspace *workspace, const struct node *node, enum kleene stop)
{
    uint8_t weakest = STANDING_ESTABLISHED;
    bool is_open = false;
    for (uint32_t i = 0; i < node->b; i++) {
        const struct value value = evaluate(workspace, workspace->image->args[node->a + i]);
        const enum kleene kleene = kleene_of(value);
        if (kleene == stop) {
            return value_truth(stop == KLEENE_TRUE, value.standing);
        }
        is_open |= kleene == KLEENE_OPEN;
        weakest = weaker(weakest, value.standing);
    }
    return is_open ? value_open(TYPE_BOOL) : value_truth(stop != KLEENE_TRUE, weakest);
}

static struct value evaluate_all(struct workspace *workspace, const struct node *node)
{
    return fold(workspace, node, KLEENE_FALSE);
}

static struct value evaluate_any(struct workspace *workspace, const struct node *node)
{
    return fold(workspace, node, KLEENE_TRUE);
}

static struct value evaluate_no(struct workspace *workspace, const struct node *node)
{
    struct value value = fold(workspace, node, KLEENE_TRUE);
    value.as.n = value.as.n == 0;
    return value;
}

static struct value evaluate_one_of(struct workspace *workspace, const struct node *node)
{
    const struct value value = evaluate(workspace, node->a);
    if (value.standing == STANDING_UNKNOWN) {
        return value_open(TYPE_BOOL);
    }
    bool is_one = false;
    for (uint32_t i = 0; value.standing != STANDING_ABSENT && i < node->c && !is_one; i++) {
        const struct value member =
            evaluate_operand(workspace, workspace->image->args[node->b + i]);
        is_one = value_order_fast(&value, &member) == ORDER_EQUAL;
    }
    return value_truth(is_one, value.standing);
}

static struct value evaluate_has(struct workspace *workspace, const struct node *node)
{
    const struct value value = evaluate(workspace, node->a);
    if (value.standing == STANDING_UNKNOWN) {
        return value_open(TYPE_BOOL);
    }
    const int64_t members = value.standing == STANDING_ABSENT ? 0 : value.as.n;
    const bool has_one = (members & node->k) != 0;
    const bool has_other = (members & ~node->k) != 0;
    return value_truth(has_one && (node->op == NODE_HAS || !has_other), value.standing);
}

static struct value evaluate_known(struct workspace *workspace, const struct node *node)
{
    const struct value value = evaluate(workspace, node->a);
    if (value.standing == STANDING_UNKNOWN) {
        return value_open(TYPE_BOOL);
    }
    const bool is_absent = value.standing == STANDING_ABSENT;
    return value_truth(is_absent == (node->op == NODE_ABSENT), value.standing);
}

/* The standing itself is asked for, so the result is never open, unless the record is. */
static struct value evaluate_standing(struct workspace *workspace, const struct node *node)
{
    const struct node *fact = &workspace->image->nodes[node->a];
    assert(fact->op == NODE_FACT);
    const struct value of = evaluate_record(workspace, fact->a);
    if (of.standing == STANDING_UNKNOWN) {
        return value_open(TYPE_BOOL);
    }
    if (of.standing == STANDING_ABSENT || !has_fact(workspace, (uint32_t)of.as.n, fact->b)) {
        return value_truth(node->op == NODE_AT_STANDING, STANDING_ESTABLISHED);
    }
    const uint8_t standing = read_raw(workspace, (uint32_t)of.as.n, fact->b).standing;
    if (workspace->footprint != NULL) {
        footprint_standing(workspace, (uint32_t)of.as.n, fact->b);
    }
    const bool is_true =
        node->op == NODE_CONTESTED ? standing == STANDING_CONTESTED : standing >= node->k;
    return value_truth(is_true, of.standing);
}

static struct value evaluate_choose(struct workspace *workspace, const struct node *node)
{
    const uint32_t *args = &workspace->image->args[node->a];
    uint8_t weakest = STANDING_ESTABLISHED;
    for (uint32_t i = 0; i + 1 < node->b; i += 2) {
        const struct value condition = evaluate(workspace, args[i]);
        const enum kleene kleene = kleene_of(condition);
        if (kleene == KLEENE_OPEN) {
            return value_open(node->type);
        }
        weakest = weaker(weakest, condition.standing);
        if (kleene == KLEENE_TRUE) {
            struct value value = evaluate(workspace, args[i + 1]);
            value.standing = value.standing == STANDING_ABSENT ? value.standing
                                                               : weaker(weakest, value.standing);
            return value;
        }
    }
    if (node->b % 2 == 0) {
        return value_absent(node->type);
    }
    struct value value = evaluate(workspace, args[node->b - 1]);
    value.standing =
        value.standing == STANDING_ABSENT ? value.standing : weaker(weakest, value.standing);
    return value;
}

static struct value evaluate_first_known(struct workspace *workspace, const struct node *node)
{
    struct value value = value_absent(node->type);
    for (uint32_t i = 0; i < node->b && value.standing == STANDING_ABSENT; i++) {
        value = evaluate(workspace, workspace->image->args[node->a + i]);
    }
    return value;
}

/* A predicate sees plain values: of an enum, its member's name. */
static struct value plain_value(const struct workspace *workspace, const struct node *node,
                                struct value value)
{
    if (value.type == TYPE_ENUM) {
        const struct fact *fact = &workspace->vocabulary->facts[node->b];
        value.as.text = &fact->members[value.as.n].name;
        value.type = TYPE_TEXT;
    }
    return value;
}

static struct value evaluate_predicate(struct workspace *workspace, const struct node *node)
{
    struct value *values = arena_give_array(workspace->arena, node->c, sizeof *values);
    uint8_t weakest = STANDING_ESTABLISHED;
    bool is_open = values == NULL;
    bool is_absent = false;
    if (values == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
    }
    for (uint32_t i = 0; i < node->c && values != NULL; i++) {
        const uint32_t fact = workspace->image->args[node->b + i];
        const struct value value = evaluate(workspace, fact);
        is_open |= value.standing == STANDING_UNKNOWN;
        is_absent |= value.standing == STANDING_ABSENT;
        weakest = weaker(weakest, value.standing);
        values[i] = plain_value(workspace, &workspace->image->nodes[fact], value);
    }
    if (is_absent) {
        return value_truth(false, STANDING_ESTABLISHED);
    }
    if (is_open) {
        return value_open(TYPE_BOOL);
    }
    bool answer = false;
    const amicus_status status =
        rulebook_ask(&answer, workspace->rulebook, node->a, values, node->c);
    if (status != AMICUS_OK) {
        workspace_fail(workspace, status);
        return value_open(TYPE_BOOL);
    }
    return value_truth(answer, weakest);
}

static evaluator *const EVALUATORS[NODE_OP_COUNT] = {
    [NODE_CONST] = evaluate_constant,
    [NODE_VAR] = evaluate_variable,
    [NODE_FACT] = evaluate_fact,
    [NODE_PARAM] = evaluate_param_node,
    [NODE_ISSUE] = evaluate_issue,
    [NODE_ALL] = evaluate_all,
    [NODE_ANY] = evaluate_any,
    [NODE_NO] = evaluate_no,
    [NODE_EQUAL] = evaluate_comparison,
    [NODE_UNEQUAL] = evaluate_comparison,
    [NODE_LESS] = evaluate_comparison,
    [NODE_AT_MOST] = evaluate_comparison,
    [NODE_MORE] = evaluate_comparison,
    [NODE_AT_LEAST] = evaluate_comparison,
    [NODE_ONE_OF] = evaluate_one_of,
    [NODE_WITHIN] = evaluate_comparison,
    [NODE_HAS] = evaluate_has,
    [NODE_HAS_ONLY] = evaluate_has,
    [NODE_KNOWN] = evaluate_known,
    [NODE_ABSENT] = evaluate_known,
    [NODE_CONTESTED] = evaluate_standing,
    [NODE_AT_STANDING] = evaluate_standing,
    [NODE_SOME] = evaluate_list,
    [NODE_EVERY] = evaluate_list,
    [NODE_COUNT] = evaluate_list,
    [NODE_SUM] = evaluate_list,
    [NODE_LARGEST] = evaluate_list,
    [NODE_EARLIEST] = evaluate_list,
    [NODE_LATEST] = evaluate_list,
    [NODE_COVERED_DAYS] = evaluate_list,
    [NODE_ADD] = evaluate_number,
    [NODE_SUBTRACT] = evaluate_number,
    [NODE_MULTIPLY] = evaluate_number,
    [NODE_MIN] = evaluate_number,
    [NODE_MAX] = evaluate_number,
    [NODE_SHARE] = evaluate_number,
    [NODE_DAYS_BETWEEN] = evaluate_number,
    [NODE_BUSINESS_DAYS_BETWEEN] = evaluate_number,
    [NODE_TIME_BETWEEN] = evaluate_number,
    [NODE_CHOOSE] = evaluate_choose,
    [NODE_FIRST_KNOWN] = evaluate_first_known,
    [NODE_PREDICATE] = evaluate_predicate,
};

struct value evaluate(struct workspace *workspace, uint32_t node)
{
    assert(workspace != NULL && node < workspace->image->node_count);
    const struct node *at = &workspace->image->nodes[node];
    assert(at->op > 0 && at->op < NODE_OP_COUNT);
    evaluator *const own = EVALUATORS[at->op];
    return workspace->listener == NULL ? own(workspace, at)
                                       : workspace->listener->hear(workspace, at, own);
}

enum kleene evaluate_condition(struct workspace *workspace, uint32_t node)
{
    assert(workspace != NULL);
    assert(node != NODE_NONE);
    return kleene_of(evaluate(workspace, node));
}

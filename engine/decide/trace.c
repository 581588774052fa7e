/*
 * Traces: a listener that writes down what the evaluator does.
 *
 * Nothing is evaluated here. A declaration is evaluated by the function that decides by it
 * (resolve_again, remedy_guard, procedure_guard, or evaluate for a definition), with a listener in
 * the workspace that turns each node entered and left into a condition. So a trace cannot differ
 * from the decision, and a rule of which no finding was kept is traced like any other.
 *
 * The workspace remembers derived facts, so the nodes of their definitions are entered or not
 * depending on what was asked before; they have a higher depth and are left out. Who wants them
 * traces the fact itself.
 *
 * INVARIANT: the ruling is not changed. Reads and findings that a trace adds to the workspace lie
 * behind those that the ruling froze; findings are cut off again, reads are found by later traces.
 *
 * Cost: one evaluation of a declaration, and some 250 bytes for each node that it enters.
 */
#include "trace.h"

#include "evaluate.h"
#include "money.h"
#include "procedure.h"
#include "remedy.h"
#include "resolve.h"

#include <assert.h>
#include <string.h>

/* The listener, and what it wrote down. */
struct tracer {
    struct listener listener; /* first: what the evaluator knows of it */
    struct workspace *workspace;
    struct arena *arena;
    struct condition top; /* its parts are what was evaluated from outside */
    struct condition *at; /* the one that is being evaluated */
    bool failed;
};

static void append(struct condition *above, struct condition *condition)
{
    condition->above = above;
    if (above->last == NULL) {
        above->first = condition;
    } else {
        above->last->next = condition;
    }
    above->last = condition;
}

static const struct node *node_of(const struct tracer *tracer, const struct condition *condition)
{
    return &tracer->workspace->image->nodes[condition->node];
}

static bool is_list(const struct node *node)
{
    return node->op >= NODE_SOME && node->op <= NODE_COVERED_DAYS;
}

/* Add a part to the condition that is being evaluated; NULL if memory fails. */
static struct condition *add_part(struct tracer *tracer, struct condition *above, uint32_t node)
{
    struct condition *condition = arena_give(tracer->arena, sizeof *condition);
    if (condition == NULL) {
        tracer->failed = true;
        return NULL;
    }
    *condition = (struct condition){
        .node = node, .bound = above->bound, .element = RECORD_NONE, .result = INDEX_NONE};
    memcpy(condition->vars, tracer->workspace->vars, sizeof condition->vars);
    if (above != &tracer->top && is_list(node_of(tracer, above))) {
        const uint32_t var = node_of(tracer, above)->a;
        assert(var < VARS_MAX);
        condition->bound |= 1u << var;
        condition->element = condition->vars[var];
    }
    append(above, condition);
    return condition;
}

static bool is_deaf(const struct tracer *tracer)
{
    return tracer->failed || tracer->workspace->depth > 0;
}

static void enter(struct tracer *tracer, uint32_t node)
{
    struct condition *condition = add_part(tracer, tracer->at, node);
    if (condition != NULL) {
        condition->is_needed = true;
        tracer->at = condition;
    }
}

const struct condition *condition_part(const struct condition *condition, uint32_t node)
{
    assert(condition != NULL);
    assert(condition->first != NULL || condition->last == NULL);
    const struct condition *part = condition->first;
    while (part != NULL && part->node != node) {
        part = part->next;
    }
    return part;
}

/* The record whose fact a condition reads; RECORD_NONE if that is not known. `parts` is where the
 * evaluation of the record was written down. */
static uint32_t record_of(const struct tracer *tracer, const struct node *fact,
                          const struct condition *parts)
{
    if (fact->a == NODE_NONE) {
        return RECORD_ROOT;
    }
    const struct node *record = &tracer->workspace->image->nodes[fact->a];
    if (record->op == NODE_VAR) {
        return parts->vars[record->a];
    }
    const struct condition *part = condition_part(parts, fact->a);
    const bool is_known = part != NULL && part->value.standing != STANDING_UNKNOWN &&
                          part->value.standing != STANDING_ABSENT;
    return is_known ? (uint32_t)part->value.as.n : RECORD_NONE;
}

/* The place of a fact's read, which the evaluator just made. */
static uint32_t read_at(const struct workspace *workspace, uint32_t record, uint32_t number)
{
    const struct fact *fact = &workspace->vocabulary->facts[number];
    const struct record *of = &workspace->subject->records[record];
    if (fact->derived == FACT_NONE) {
        return workspace->planes[workspace->proof].stored_reads[of->first_slot + fact->slot] - 1;
    }
    return workspace->planes[workspace->proof].cells[of->first_derived + fact->derived].read;
}

static void keep_sources(struct tracer *tracer, struct condition *condition)
{
    const struct workspace *workspace = tracer->workspace;
    const struct span from = condition->read.from;
    struct read *reads = arena_give_array(tracer->arena, from.count, sizeof *reads);
    if (reads == NULL) {
        tracer->failed = true;
        return;
    }
    for (uint32_t i = 0; i < from.count; i++) {
        reads[i] = workspace->reads[workspace->looks.at[from.first + i]];
    }
    condition->from = reads;
    condition->from_count = from.count;
}

static void keep_read(struct tracer *tracer, struct condition *condition,
                      const struct condition *parts)
{
    const struct workspace *workspace = tracer->workspace;
    const struct node *node = node_of(tracer, condition);
    const uint32_t record = record_of(tracer, node, parts);
    if (record == RECORD_NONE ||
        !kind_is(workspace->vocabulary, workspace->subject->records[record].kind,
                 workspace->vocabulary->facts[node->b].kind)) {
        return;
    }
    const uint32_t at = read_at(workspace, record, node->b);
    assert(at < workspace->read_count);
    condition->has_read = true;
    condition->read = workspace->reads[at];
    if (condition->read.from.count > 0) {
        keep_sources(tracer, condition);
    }
}

/* The issue's result that was asked for. */
static void keep_result(struct tracer *tracer, struct condition *condition)
{
    const struct node *node = node_of(tracer, condition);
    uint32_t about = tracer->workspace->about;
    if (node->b != NODE_NONE) {
        const struct condition *of = condition_part(condition, node->b);
        assert(of != NULL);
        about = of->value.standing == STANDING_UNKNOWN || of->value.standing == STANDING_ABSENT
                    ? RECORD_NONE
                    : (uint32_t)of->value.as.n;
    }
    if (about != RECORD_NONE) {
        condition->result = workspace_result(tracer->workspace, node->a, about);
    }
}

/* Add a part that the evaluator did not enter. Constants and records need no evaluation, and the
 * fact whose standing is tested is looked at beside it. */
static void add_unentered(struct tracer *tracer, struct condition *above, uint32_t number)
{
    const struct node *node = &tracer->workspace->image->nodes[number];
    const bool is_tested = node_of(tracer, above)->op == NODE_CONTESTED ||
                           node_of(tracer, above)->op == NODE_AT_STANDING;
    struct condition *condition = add_part(tracer, above, number);
    if (condition == NULL) {
        return;
    }
    if (node->op == NODE_CONST || node->op == NODE_VAR) {
        condition->is_needed = true;
        condition->value = evaluate(tracer->workspace, number);
    } else if (is_tested) {
        condition->is_needed = true;
        keep_read(tracer, condition, above);
        condition->value = condition->has_read ? condition->read.value : value_open(node->type);
    }
}

static void add_rest(struct tracer *tracer, struct condition *condition)
{
    const struct image *image = tracer->workspace->image;
    const struct node *node = node_of(tracer, condition);
    for (uint32_t i = 0; i < node_child_count(node); i++) {
        const uint32_t child = node_child(node, image->args, i);
        if (child != NODE_NONE && condition_part(condition, child) == NULL) {
            add_unentered(tracer, condition, child);
        }
    }
}

static void leave(struct tracer *tracer, struct value value)
{
    struct condition *condition = tracer->at;
    const uint8_t op = node_of(tracer, condition)->op;
    assert(condition != &tracer->top);
    condition->value = value;
    tracer->at = condition->above;
    tracer->workspace->listener = NULL;
    if (op == NODE_FACT && tracer->workspace->status == AMICUS_OK) {
        keep_read(tracer, condition, condition);
    } else if (op == NODE_ISSUE) {
        keep_result(tracer, condition);
    }
    add_rest(tracer, condition);
    tracer->workspace->listener = &tracer->listener;
}

static struct value hear(struct workspace *workspace, const struct node *node, evaluator *own)
{
    struct tracer *tracer = (struct tracer *)workspace->listener;
    if (!is_deaf(tracer)) {
        enter(tracer, (uint32_t)(node - workspace->image->nodes));
    }
    const struct value value = own(workspace, node);
    if (!is_deaf(tracer)) {
        leave(tracer, value);
    }
    return value;
}

static void start(struct tracer *tracer, struct tracing tracing)
{
    *tracer = (struct tracer){
        .listener = {hear}, .workspace = tracing.ruling->work, .arena = tracing.arena};
    tracer->top.bound = 1;
    tracer->at = &tracer->top;
    assert(tracer->workspace->listener == NULL && tracer->workspace->depth == 0);
    tracer->workspace->listener = &tracer->listener;
}

static amicus_status stop(struct tracer *tracer)
{
    tracer->workspace->listener = NULL;
    if (tracer->workspace->status != AMICUS_OK) {
        return tracer->workspace->status;
    }
    return tracer->failed ? AMICUS_MEMORY : AMICUS_OK;
}

static struct trace *new_trace(struct tracing tracing, enum declared what, uint32_t row,
                               uint32_t record)
{
    struct trace *trace = arena_give(tracing.arena, sizeof *trace);
    if (trace != NULL) {
        *trace = (struct trace){.what = (uint8_t)what,
                                .row = row,
                                .record = record,
                                .proof = tracing.ruling->work->proof,
                                .in_force = KLEENE_TRUE,
                                .is_met = true};
    }
    return trace;
}

/* A condition that was evaluated from outside; NULL if it was not. */
static struct condition *top_part(struct tracer *tracer, uint32_t node)
{
    struct condition *part = tracer->top.first;
    while (part != NULL && part->node != node) {
        part = part->next;
    }
    return part;
}

/* Make the trace of one finding, from what was heard while it was made. */
static struct trace *trace_of_finding(struct tracer *tracer, struct tracing tracing,
                                      const struct finding *finding)
{
    const struct rule_row *rule = &tracer->workspace->image->rules[finding->rule];
    struct trace *trace = new_trace(tracing, DECLARED_RULE, finding->rule, finding->record);
    if (trace == NULL) {
        tracer->failed = true;
        return NULL;
    }
    trace->status = finding->status;
    trace->value = finding->value;
    trace->in_force = (uint8_t)resolve_in_force(tracer->workspace, rule);
    trace->anchor = evaluate_anchor(tracer->workspace, (enum anchor)rule->anchor);
    trace->when = top_part(tracer, rule->when);
    trace->unless = rule->unless == NODE_NONE ? NULL : top_part(tracer, rule->unless);
    return trace;
}

static void trace_findings(struct trace **out, struct tracer *tracer, struct tracing tracing,
                           size_t first)
{
    struct workspace *workspace = tracer->workspace;
    struct scope scope;
    workspace->listener = NULL;
    scope_open(workspace, &scope);
    *out = trace_of_finding(tracer, tracing, &workspace->findings[first]);
    struct trace **end = *out == NULL ? NULL : &(*out)->undercutters;
    for (size_t i = first + 1; i < workspace->finding_count && !tracer->failed; i++) {
        *end = trace_of_finding(tracer, tracing, &workspace->findings[i]);
        end = *end == NULL ? NULL : &(*end)->next;
    }
    scope_close(workspace, &scope, NULL, NULL);
}

amicus_status trace_rule(struct trace **out, struct tracing tracing, uint32_t rule,
                         const struct issue_result *about)
{
    assert(out != NULL && tracing.ruling != NULL && tracing.arena != NULL);
    assert(about != NULL && rule < tracing.ruling->rulebook->image.rule_count);
    struct tracer tracer;
    struct workspace *workspace = tracing.ruling->work;
    const size_t first = workspace->finding_count;
    const uint8_t proof = workspace->image->issues[about->issue].proof;
    start(&tracer, tracing);
    const uint32_t at = resolve_again(workspace, rule, about->record, (enum proof)proof);
    if (at != INDEX_NONE) {
        trace_findings(out, &tracer, tracing, first);
    } else {
        *out = new_trace(tracing, DECLARED_RULE, rule, about->record);
        tracer.failed |= *out == NULL;
    }
    workspace->finding_count = first;
    const amicus_status status = stop(&tracer);
    if (status == AMICUS_OK && at == INDEX_NONE) {
        (*out)->is_met = false;
        (*out)->status = FINDING_NOT_APPLIED;
    }
    return status;
}

/* Make the trace of a guard that was just evaluated. */
static amicus_status trace_of_guard(struct trace **out, struct tracer *tracer,
                                    const struct trace *made)
{
    const amicus_status status = stop(tracer);
    if (status != AMICUS_OK) {
        return status;
    }
    struct trace *trace = arena_give(tracer->arena, sizeof *trace);
    if (trace == NULL) {
        return AMICUS_MEMORY;
    }
    *trace = *made;
    trace->in_force = KLEENE_TRUE;
    trace->proof = tracer->workspace->proof;
    trace->when = tracer->top.first;
    trace->is_met = trace->when != NULL;
    *out = trace;
    return AMICUS_OK;
}

/* Name the remedies or fallbacks that hold and outrank the traced one. */
static amicus_status find_above(struct trace *trace, struct tracing tracing)
{
    struct workspace *workspace = tracing.ruling->work;
    const struct image *image = workspace->image;
    const bool is_remedy = trace->what == DECLARED_REMEDY;
    const uint32_t count = is_remedy ? image->remedy_count : image->fallback_count;
    uint32_t *rows = arena_give_array(tracing.arena, count, sizeof *rows);
    struct scope scope;
    if (rows == NULL) {
        return AMICUS_MEMORY;
    }
    scope_open(workspace, &scope);
    for (uint32_t row = 0; row < count; row++) {
        const bool is_above =
            is_remedy ? remedy_outranks(image, row, trace->row) &&
                            remedy_guard(workspace, row, trace->record) == KLEENE_TRUE
                      : fallback_beats(image, row, trace->row) && fallback_holds(workspace, row);
        if (is_above) {
            rows[trace->above_count++] = row;
        }
    }
    scope_close(workspace, &scope, NULL, NULL);
    trace->above = rows;
    return workspace->status;
}

amicus_status trace_remedy(struct trace **out, struct tracing tracing, uint32_t remedy,
                           uint32_t record)
{
    assert(out != NULL && tracing.ruling != NULL && tracing.arena != NULL);
    assert(record < tracing.ruling->subject->record_count);
    struct tracer tracer;
    struct scope scope;
    struct trace trace = {.what = DECLARED_REMEDY, .row = remedy, .record = record};
    start(&tracer, tracing);
    scope_open(tracer.workspace, &scope);
    trace.value = (uint8_t)remedy_guard(tracer.workspace, remedy, record);
    scope_close(tracer.workspace, &scope, NULL, NULL);
    const amicus_status status = trace_of_guard(out, &tracer, &trace);
    return status == AMICUS_OK ? find_above(*out, tracing) : status;
}

static amicus_status trace_guard(struct trace **out, struct tracing tracing,
                                 const struct trace *made, uint32_t when)
{
    struct tracer tracer;
    struct scope scope;
    struct trace trace = *made;
    start(&tracer, tracing);
    scope_open(tracer.workspace, &scope);
    trace.value = (uint8_t)procedure_guard(tracer.workspace, trace.proof, trace.record, when);
    scope_close(tracer.workspace, &scope, NULL, NULL);
    return trace_of_guard(out, &tracer, &trace);
}

amicus_status trace_fallback(struct trace **out, struct tracing tracing, uint32_t fallback,
                             uint32_t record)
{
    assert(out != NULL && tracing.ruling != NULL && tracing.arena != NULL);
    assert(fallback < tracing.ruling->rulebook->image.fallback_count);
    const struct fallback_row *row = &tracing.ruling->rulebook->image.fallbacks[fallback];
    const struct trace trace = {
        .what = DECLARED_FALLBACK, .row = fallback, .record = record, .proof = row->proof};
    const amicus_status status = trace_guard(out, tracing, &trace, row->when);
    return status == AMICUS_OK ? find_above(*out, tracing) : status;
}

amicus_status trace_flag(struct trace **out, struct tracing tracing, uint32_t flag, uint32_t record)
{
    assert(out != NULL && tracing.ruling != NULL && tracing.arena != NULL);
    assert(flag < tracing.ruling->rulebook->image.flag_count);
    const struct flag_row *row = &tracing.ruling->rulebook->image.flags[flag];
    const struct trace trace = {
        .what = DECLARED_FLAG, .row = flag, .record = record, .proof = row->proof};
    return trace_guard(out, tracing, &trace, row->when);
}

amicus_status trace_fact(struct trace **out, struct tracing tracing, const struct read *read)
{
    assert(out != NULL && tracing.ruling != NULL && tracing.arena != NULL);
    assert(read != NULL && read->record < tracing.ruling->subject->record_count);
    struct tracer tracer;
    struct scope scope;
    struct workspace *workspace = tracing.ruling->work;
    struct trace trace = {.what = DECLARED_FACT, .row = read->fact, .record = read->record};
    const uint32_t row = workspace->image->derived_of[read->fact];
    start(&tracer, tracing);
    scope_open(workspace, &scope);
    workspace->proof = read->proof;
    workspace->vars[0] = read->record;
    workspace->about = read->record;
    trace.result =
        row == INDEX_NONE ? read->value : evaluate(workspace, workspace->image->derived[row].node);
    scope_close(workspace, &scope, NULL, NULL);
    trace.value = (uint8_t)kleene_of(trace.result);
    return trace_of_guard(out, &tracer, &trace);
}

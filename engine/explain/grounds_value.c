/*
 * The values below a condition: operands and limits, with standing and evidence, and derived facts
 * followed into their definitions.
 *
 * A reader sees the record that gave the first or last of a list, a few facts of a sum, and a few
 * pieces of evidence; programs see all that was read.
 */
#include "grounds_part.h"

#include "cited.h"
#include "exhibit.h"
#include "wording.h"

#include <assert.h>

/* What a reader is shown of the evidence behind a fact, and of the facts of a sum. */
static const uint32_t EVIDENCE_MOST = 2;
static const uint32_t FACTS_MOST = 4;

/* Whether a truth value was made of conditions, in which what decided can be found. */
static bool is_made_of_conditions(const struct node *node)
{
    return node->type == TYPE_BOOL &&
           (node_is_test(node) || node_is_logic(node) || node_is_quantifier(node) ||
            node->op == NODE_FACT || node->op == NODE_PREDICATE);
}

/* What the sentence above already names: its operand. */
static const char *const OPERAND = "it is";

/* Of the first or last of a list a reader wants the record that gave the value, not all that were
 * compared. NULL: it cannot be told. */
static const struct condition *giving_part(const struct grounds *grounds,
                                           const struct condition *condition)
{
    const struct node *node = grounds_node(grounds, condition);
    const struct condition *found = NULL;
    if (node->op < NODE_LARGEST || node->op > NODE_LATEST ||
        kleene_of(condition->value) == KLEENE_OPEN) {
        return NULL;
    }
    const uint32_t give =
        node->op == NODE_LARGEST ? node->c : grounds_image(grounds)->args[node->c + 1];
    for (const struct condition *part = condition->first; part != NULL; part = part->next) {
        const bool is_one = part->is_needed && part->node == give &&
                            part->value.type == condition->value.type &&
                            value_equal(&part->value, &condition->value);
        found = is_one ? part : found;
    }
    return found;
}

/* Add the facts that an expression read, whatever it did with them. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void add_facts_below(struct grounds *grounds, struct branch *parent,
                            const struct condition *condition)
{
    const struct condition *giving = grounds->is_brief ? giving_part(grounds, condition) : NULL;
    for (const struct condition *part = condition->first; part != NULL; part = part->next) {
        if (!part->is_needed || (giving != NULL && part != giving)) {
            continue;
        }
        if (grounds_node(grounds, part)->op == NODE_FACT) {
            grounds_add_operand(grounds, parent, part, WANT_NOTHING);
        } else {
            add_facts_below(grounds, parent, part);
        }
    }
}

/* For a reader, the first few of them. */
/* NOLINTNEXTLINE(misc-no-recursion) */
void grounds_add_facts(struct grounds *grounds, struct branch *parent,
                       const struct condition *condition)
{
    assert(grounds != NULL && parent != NULL);
    assert(condition != NULL);
    add_facts_below(grounds, parent, condition);
    if (grounds->is_brief) {
        outline_trim(grounds->outline, parent, FACTS_MOST);
    }
}

void grounds_add_definition(struct grounds *grounds, struct branch *parent,
                            const struct trace *trace)
{
    assert(grounds != NULL && parent != NULL);
    assert(trace != NULL && trace->what == DECLARED_FACT);
    if (trace->when == NULL) {
        return;
    }
    if (is_made_of_conditions(grounds_node(grounds, trace->when)) && !grounds->is_nested) {
        grounds_add_parts(grounds, parent, trace->when, kleene_of(trace->result) == KLEENE_TRUE);
    } else if (grounds_node(grounds, trace->when)->op == NODE_FACT) {
        grounds_add_operand(grounds, parent, trace->when, WANT_NOTHING);
    } else {
        grounds_add_facts(grounds, parent, trace->when);
    }
}

/* Show why a derived fact is what it is, or is not what is wanted. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void follow(struct grounds *grounds, struct branch *parent, const struct read *read,
                   enum want want)
{
    struct trace *trace;
    const amicus_status status = trace_fact(&trace, grounds->tracing, read);
    if (status != AMICUS_OK) {
        grounds->status = grounds->status == AMICUS_OK ? status : grounds->status;
        return;
    }
    const bool was_nested = grounds->is_nested;
    grounds->is_nested = true;
    grounds->depth--;
    if (want != WANT_NOTHING && trace->when != NULL &&
        is_made_of_conditions(grounds_node(grounds, trace->when))) {
        grounds_add_parts(grounds, parent, trace->when, want == WANT_TRUE);
    } else {
        grounds_add_definition(grounds, parent, trace);
    }
    grounds->depth++;
    grounds->is_nested = was_nested;
}

static void add_question(struct grounds *grounds, struct branch *parent, const struct read *read)
{
    const struct text question =
        grounds->tracing.ruling->subject->vocabulary->facts[read->fact].question;
    if (question.length > 0) {
        struct branch *branch = outline_add(grounds->outline, parent, "question");
        branch->name = text_of("ask");
        branch->says = outline_visible(grounds->outline, question);
    }
}

/* What a fact that is not followed any further rests on. */
static void add_sources(struct grounds *grounds, struct branch *parent,
                        const struct condition *fact)
{
    const struct amicus_ruling *ruling = grounds->tracing.ruling;
    for (uint32_t i = 0; i < fact->from_count; i++) {
        const struct read *read = &fact->from[i];
        if (read->value.type == TYPE_REF || (grounds->is_brief && read->is_usable)) {
            continue;
        }
        struct branch *branch = cited_read(grounds->outline, parent, "read", ruling, read);
        cited_evidence(grounds->outline, branch, ruling, read->evidence,
                       grounds->is_brief ? EVIDENCE_MOST : UINT32_MAX);
    }
}

/* Whether the last branches of a parent say the same already. */
static bool is_said(const struct grounds *grounds, const struct branch *parent,
                    const struct read *read)
{
    const struct text path = exhibit_path(grounds->outline->arena, grounds->tracing.ruling->subject,
                                          read->record, read->fact, read->kind);
    const struct branch *child = parent->first;
    while (child != NULL && !text_equal(child->name, path)) {
        child = child->next;
    }
    return child != NULL;
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static struct branch *add_fact(struct grounds *grounds, struct branch *parent,
                               const struct condition *fact, enum want want)
{
    const struct amicus_ruling *ruling = grounds->tracing.ruling;
    if (is_said(grounds, parent, &fact->read)) {
        return NULL;
    }
    struct branch *branch = cited_read(grounds->outline, parent, "read", ruling, &fact->read);
    if (ruling->subject->vocabulary->facts[fact->read.fact].derived == FACT_NONE) {
        cited_evidence(grounds->outline, branch, ruling, fact->read.evidence,
                       grounds->is_brief ? EVIDENCE_MOST : UINT32_MAX);
        if (!fact->read.is_usable) {
            add_question(grounds, branch, &fact->read);
        }
    } else if (grounds->depth > 0) {
        follow(grounds, branch, &fact->read, want);
    } else {
        add_sources(grounds, branch, fact);
    }
    return branch;
}

/* Add what an operand came to. Constants stand in the sentence already. */
/* NOLINTNEXTLINE(misc-no-recursion) */
struct branch *grounds_add_operand(struct grounds *grounds, struct branch *parent,
                                   const struct condition *operand, enum want want)
{
    assert(grounds != NULL && parent != NULL);
    assert(operand != NULL);
    const struct node *node = grounds_node(grounds, operand);
    if (!operand->is_needed || node->op == NODE_CONST || node->op == NODE_VAR ||
        (node->type == TYPE_REF && want == WANT_NOTHING && grounds->is_brief)) {
        return NULL;
    }
    if (operand->has_read) {
        return add_fact(grounds, parent, operand, want);
    }
    struct branch *branch = outline_add(grounds->outline, parent, "value");
    branch->name = wording_condition(grounds->outline, grounds->tracing.ruling, operand);
    branch->says = wording_value(grounds->outline, grounds->tracing.ruling, operand);
    grounds_add_facts(grounds, branch, operand);
    return branch;
}

/* As add_operand, of what a test is about. For a reader it goes without its name, which the
 * sentence has. */
/* NOLINTNEXTLINE(misc-no-recursion) */
void grounds_add_subject(struct grounds *grounds, struct branch *parent,
                         const struct condition *operand, enum want want)
{
    assert(grounds != NULL && parent != NULL);
    assert(operand != NULL);
    struct branch *branch = grounds_add_operand(grounds, parent, operand, want);
    if (branch != NULL && grounds->is_brief) {
        branch->name = text_of(OPERAND);
    }
}

/* Add the limit that a value was compared with. */
/* NOLINTNEXTLINE(misc-no-recursion) */
void grounds_add_threshold(struct grounds *grounds, struct branch *parent,
                           const struct condition *limit)
{
    assert(grounds != NULL && parent != NULL);
    assert(limit != NULL);
    const struct node *node = grounds_node(grounds, limit);
    if (!limit->is_needed || (node->op == NODE_CONST && grounds->is_brief) ||
        node->op == NODE_VAR) {
        return;
    }
    struct branch *branch = outline_add(grounds->outline, parent, "threshold");
    branch->name = grounds->is_brief
                       ? text_of("limit")
                       : wording_condition(grounds->outline, grounds->tracing.ruling, limit);
    branch->state = limit->has_read
                        ? text_of(standing_name((enum standing)limit->read.value.standing))
                        : (struct text){NULL, 0};
    branch->ink = limit->has_read ? exhibit_ink(limit->read.value.standing) : INK_PLAIN;
    branch->says = wording_value(grounds->outline, grounds->tracing.ruling, limit);
    if (grounds->is_brief && kleene_of(limit->value) != KLEENE_OPEN) {
        return;
    }
    if (limit->has_read && limit->from_count > 0 && grounds->depth > 0) {
        follow(grounds, branch, &limit->read, WANT_NOTHING);
    } else if (limit->has_read) {
        add_sources(grounds, branch, limit);
    } else {
        grounds_add_facts(grounds, branch, limit);
    }
}

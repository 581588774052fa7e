/*
 * From a name to the conditions that decided.
 *
 * A name may be that of several things: an issue and a flag may share one, an outcome belongs to
 * several remedies. All of them answer, in the order rule, issue, remedy, state, flag, fact. For
 * each record that the declaration speaks of there is a verdict in words and the traced conditions.
 * Records of which all the same is to be said are not merged: an item is somebody's money.
 *
 * Cost: one evaluation of the declaration for each record; of an outcome's remedies, all guards.
 */
#include "whynot.h"

#include "argument.h"
#include "exhibit.h"
#include "whynot_work.h"

#include <assert.h>

static void add_fact_on(struct whynot_work *work, struct branch *parent, uint32_t record,
                        uint32_t fact)
{
    struct trace *trace;
    const struct read read = {
        .record = record, .fact = fact, .kind = KIND_NONE, .proof = PROOF_BALANCE};
    const amicus_status status = trace_fact(&trace, work->grounds.tracing, &read);
    if (status != AMICUS_OK) {
        whynot_fail(work, status);
        return;
    }
    struct branch *branch =
        whynot_on(work, parent, record, standing_name((enum standing)trace->result.standing),
                  exhibit_ink(trace->result.standing));
    trace->result.type = work->ruling->subject->vocabulary->facts[fact].type;
    branch->says = exhibit_value(work->outline->arena, work->ruling->subject, fact, &trace->result);
    grounds_add_definition(&work->grounds, branch, trace);
}

/* Whether a fact of a record is meant: by the vocabulary's path, or by that of the record. */
static bool is_meant(const struct whynot_work *work, uint32_t record, uint32_t fact)
{
    const struct amicus_case *subject = work->ruling->subject;
    const struct fact *row = &subject->vocabulary->facts[fact];
    return kind_is(subject->vocabulary, subject->records[record].kind, row->kind) &&
           (text_equal(work->name, row->path) ||
            text_equal(work->name,
                       exhibit_path(work->outline->arena, subject, record, fact, KIND_NONE)));
}

/* Add a derived fact: on each record that is meant, if any is. */
static void add_fact(struct whynot_work *work, uint32_t fact)
{
    const struct amicus_case *subject = work->ruling->subject;
    const struct fact *row = &subject->vocabulary->facts[fact];
    const struct derived_row *derived = &work->image->derived[work->image->derived_of[fact]];
    struct branch *branch = NULL;
    if (text_equal(work->name, row->path)) {
        branch = whynot_declared(work, "fact", row->path, row->meaning);
    }
    for (uint32_t record = 0; record < subject->record_count; record++) {
        if (!is_meant(work, record, fact)) {
            continue;
        }
        if (branch == NULL) {
            branch = whynot_declared(work, "fact", row->path, row->meaning);
        }
        add_fact_on(work, branch, record, fact);
    }
    if (branch != NULL) {
        whynot_origin(work, branch, 0, derived->origin);
        whynot_nowhere(work, branch);
        whynot_cap(work, branch);
    }
}

static void add_facts(struct whynot_work *work)
{
    for (uint32_t i = 0; i < work->image->derived_count; i++) {
        add_fact(work, work->image->derived[i].fact);
    }
}

amicus_status whynot_of(struct outline *outline, const struct amicus_ruling *ruling,
                        struct text name, struct whynot_view view)
{
    assert(outline != NULL && outline->arena != NULL);
    assert(ruling != NULL && ruling->work != NULL);
    struct whynot_work work = {.grounds = {.outline = outline,
                                           .tracing = {ruling, outline->arena},
                                           .depth = view.depth,
                                           .is_brief = view.is_brief},
                               .outline = outline,
                               .ruling = ruling,
                               .image = &ruling->rulebook->image,
                               .name = name};
    argument_heading(outline, ruling);
    whynot_add_rule(&work);
    whynot_add_issue(&work);
    whynot_add_guards(&work);
    if (!work.found) {
        add_facts(&work);
    }
    if (work.grounds.status != AMICUS_OK) {
        return work.grounds.status;
    }
    return work.found ? outline_end(outline) : AMICUS_NOT_FOUND;
}

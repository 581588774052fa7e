/*
 * The facts that are known not to exist.
 *
 * An entry names one fact ("contract.bespoke_terms", "milestones.M1.refund_answer"), a whole record
 * or section ("milestones.M1", "procedure": every fact of it that nobody states), or a list
 * ("defects": it has no other members than those of the file). Single facts are taken first, so
 * that their own reason wins over that of the whole.
 */
#include "case_build.h"
#include "case_path.h"

#include <assert.h>

enum { MEND_BYTES = 700 };

/* Take one fact as absent; `is_single` if the entry names it and not the whole. */
static void set_absent(struct case_build *build, uint32_t record, uint32_t fact,
                       const struct tree *path, struct text reason)
{
    struct slot *slot = &build->slots[case_slot(build->subject, record, fact)];
    if (slot->statement_count > 0) {
        const struct place *place = &build->statements[slot->first_statement].place;
        faults_add(&build->faults, "C0162", path->place, "keep the statement, or the absence",
                   "'%.*s' is absent here, but stated at %u:%u", SHOWN(path->text),
                   (unsigned)place->line, (unsigned)place->column);
    } else if (slot->absent_reason.length > 0) {
        faults_add(&build->faults, "C0162", path->place, "keep one of the two",
                   "'%.*s' is listed as absent twice", SHOWN(path->text));
    } else {
        slot->absent_reason = reason;
    }
}

/* Take every fact of a record or section that nobody states as absent. */
static void set_whole(struct case_build *build, const struct case_target *target,
                      struct text reason)
{
    struct fact_list stored =
        vocabulary_stored(build->vocabulary, build->records[target->record].kind);
    for (uint32_t i = 0; i < stored.count; i++) {
        const struct fact *fact = &build->vocabulary->facts[stored.facts[i]];
        if (fact->is_id ||
            (target->section.length > 0 && !case_in_section(fact, target->section))) {
            continue;
        }
        struct slot *slot =
            &build->slots[case_slot(build->subject, target->record, stored.facts[i])];
        if (slot->statement_count == 0 && slot->absent_reason.length == 0) {
            slot->absent_reason = reason;
        }
    }
}

/* Report a path that names nothing which could be absent. */
static void refuse_path(struct case_build *build, const struct tree *path)
{
    char mend[MEND_BYTES];
    case_path_mend(mend, sizeof mend, build->subject, path->text);
    faults_add(&build->faults, "C0161", path->place, mend, "'%.*s' names nothing in this case",
               SHOWN(path->text));
}

/* Take one entry: the single facts in the first round, the wholes in the second. */
static void take_entry(struct case_build *build, const struct tree *path, struct text reason,
                       bool takes_single)
{
    const struct vocabulary *vocabulary = build->vocabulary;
    struct case_target target = case_path_find(build->subject, path->text);
    bool is_single = target.record == RECORD_NONE || target.fact != FACT_NONE;
    if (is_single != takes_single) {
        return;
    }
    if (target.record == RECORD_NONE) {
        refuse_path(build, path);
    } else if (target.kind != KIND_NONE) {
        build->lists[target.kind].is_closed = true;
        build->lists[target.kind].absent_reason = reason;
    } else if (target.fact == FACT_NONE) {
        set_whole(build, &target, reason);
    } else if (vocabulary->facts[target.fact].derived != FACT_NONE) {
        faults_add(&build->faults, "C0124", path->place, "leave it out",
                   "'%.*s' is computed from other facts and cannot be declared absent",
                   SHOWN(path->text));
    } else {
        set_absent(build, target.record, target.fact, path, reason);
    }
}

/* Read {fact, reason}; reports a wrong form in the first round only. */
static void read_entry(struct case_build *build, const struct tree *node, bool is_first)
{
    static const char *const KEYS[] = {"fact", "reason", NULL};
    const struct tree *path = tree_find(node, "fact");
    const struct tree *reason = tree_find(node, "reason");
    bool is_good = path != NULL && path->kind == TREE_SCALAR && reason != NULL &&
                   reason->kind == TREE_SCALAR && reason->text.length > 0;
    if (is_first && faults_check_keys(&build->faults, node, "C0160", KEYS) && !is_good) {
        faults_add(&build->faults, "C0160", node->place,
                   "write {fact: contract.pay_date, reason: \"none was agreed\"}",
                   "an absent fact needs its path and a reason");
    }
    if (is_good) {
        take_entry(build, path, reason->text, is_first);
    }
}

void case_build_absent(struct case_build *build, const struct tree *absent)
{
    assert(build != NULL && absent != NULL);
    assert(build->subject->record_count > 0);
    if (absent->kind == TREE_FAULT) {
        return;
    }
    if (absent->kind != TREE_LIST) {
        faults_add(&build->faults, "C0160", absent->place,
                   "write a list of {fact: ..., reason: ...}",
                   "%s stands where absent: wants a list", tree_kind_name(absent));
        return;
    }
    for (unsigned round = 0; round < 2; round++) {
        const struct tree *node = absent->first;
        for (; node != NULL && !faults_are_enough(&build->faults); node = node->next) {
            read_entry(build, node, round == 0);
        }
    }
}

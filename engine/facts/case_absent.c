/*
 * The facts that are known not to exist.
 *
 * An entry names one fact ("contract.bespoke_terms", "milestones.M1.refund_answer"), a whole record
 * or section ("milestones.M1", "procedure": every fact of it that nobody states), or a list
 * ("defects": it has no other members than those of the file). Single facts are taken first, so
 * that their own reason wins over that of the whole.
 */
#include "case_build.h"
#include "fields.h"

#include <assert.h>
#include <string.h>

/* What an entry names. */
struct target {
    uint32_t record;     /* RECORD_NONE: nothing */
    uint32_t fact;       /* FACT_NONE: the whole record or section */
    uint32_t kind;       /* of a list as a whole; else KIND_NONE */
    struct text section; /* of the root, if a section as a whole */
};

static const struct target NOTHING = {RECORD_NONE, FACT_NONE, KIND_NONE, {"", 0}};

/* Split a text at its first dot. returns what stands before it, and in rest what stands behind. */
static struct text head_of(struct text text, struct text *rest)
{
    const char *dot = text.length == 0 ? NULL : memchr(text.at, '.', text.length);
    if (dot == NULL) {
        *rest = (struct text){"", 0};
        return text;
    }
    struct text head = {text.at, (size_t)(dot - text.at)};
    *rest = (struct text){dot + 1, text.length - head.length - 1};
    return head;
}

/* Find the record of a path of a list, and what is left of the path behind it. */
static struct target find_member(const struct case_build *build, struct text path)
{
    const struct vocabulary *vocabulary = build->vocabulary;
    struct target target = NOTHING;
    struct text rest;
    struct text head = head_of(path, &rest);
    const char *bracket = memchr(head.at, '[', head.length);
    struct text list = {head.at, bracket == NULL ? head.length : (size_t)(bracket - head.at)};
    uint32_t kind = vocabulary_find_kind(vocabulary, list);
    if (kind == KIND_NONE || !text_equal(vocabulary->kinds[kind].list, list)) {
        return target;
    }
    if (bracket == NULL && rest.length == 0) {
        target.record = RECORD_ROOT;
        target.kind = kind;
        return target;
    }
    struct text name = rest;
    struct text id = bracket == NULL ? head_of(rest, &name) : head;
    uint32_t record = case_find(build->subject, kind, id);
    if (record != RECORD_NONE) {
        target.fact = name.length == 0 ? FACT_NONE : vocabulary_find(vocabulary, kind, name);
        target.record = name.length > 0 && target.fact == FACT_NONE ? RECORD_NONE : record;
    }
    return target;
}

static struct target find_target(const struct case_build *build, struct text path)
{
    const struct vocabulary *vocabulary = build->vocabulary;
    struct target target = NOTHING;
    if (path.length == 0) {
        return target;
    }
    target.fact = vocabulary_find(vocabulary, KIND_ROOT, path);
    if (target.fact != FACT_NONE) {
        target.record = RECORD_ROOT;
        return target;
    }
    if (case_is_section(vocabulary, path)) {
        target.record = RECORD_ROOT;
        target.section = path;
        return target;
    }
    return find_member(build, path);
}

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
static void set_whole(struct case_build *build, const struct target *target, struct text reason)
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
    char mend[300];
    struct text rest;
    struct text head = head_of(path->text, &rest);
    uint32_t kind = vocabulary_find_kind(build->vocabulary, head);
    struct text nearest = {NULL, 0};
    if (kind == KIND_NONE || kind == KIND_ROOT) {
        nearest = vocabulary_nearest(build->vocabulary, KIND_ROOT, path->text);
    } else {
        struct text name;
        (void)head_of(rest, &name);
        nearest = vocabulary_nearest(build->vocabulary, kind, name);
    }
    faults_mend_nearest(mend, sizeof mend, nearest,
                        "name a fact (milestones.M1.due_at), a record, a section or a list");
    faults_add(&build->faults, "C0161", path->place, mend, "'%.*s' names nothing in this case",
               SHOWN(path->text));
}

/* Take one entry: the single facts in the first round, the wholes in the second. */
static void take_entry(struct case_build *build, const struct tree *path, struct text reason,
                       bool takes_single)
{
    const struct vocabulary *vocabulary = build->vocabulary;
    struct target target = find_target(build, path->text);
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

/*
 * The proof that every citation of a ruling was read by the rule that cites it.
 *
 * It is held against the ruling as it was shown, and against the policy as it was compiled, not
 * against what the engine noted: a piece that a finding cites must stand behind a fact among the
 * reads of that finding; the rule's own condition must be able to read that fact, if only through
 * derived facts; and in the case a statement that prevails must cite the piece for it.
 */
#include "verify_cites.h"

#include "case_path.h"
#include "image_reads.h"

#include <assert.h>

struct citing {
    const struct tree *finding;
    struct text rule;
    bool *marks; /* by fact: what the rule can read */
};

/* Tell whether a piece stands behind the prevailing value of a fact. */
static bool is_behind(const struct amicus_case *subject, const struct case_target *target,
                      struct text piece)
{
    const struct slot *slot = &subject->slots[case_slot(subject, target->record, target->fact)];
    for (uint32_t i = 0; i < slot->backing_count; i++) {
        const uint32_t record = subject->backing[slot->first_backing + i];
        if (text_equal(subject->records[record].id, piece)) {
            return true;
        }
    }
    return false;
}

static bool names(const struct tree *list, struct text piece)
{
    for (const struct tree *node = list == NULL ? NULL : list->first; node != NULL;
         node = node->next) {
        if (node->kind == TREE_SCALAR && text_equal(node->text, piece)) {
            return true;
        }
    }
    return false;
}

/* Tell whether one read brings a piece in. */
static bool brings(const struct cite_check *check, const struct citing *citing,
                   const struct tree *read, struct text piece)
{
    const struct tree *fact = tree_find(read, "fact");
    if (fact == NULL || fact->kind != TREE_SCALAR || !names(tree_find(read, "evidence"), piece)) {
        return false;
    }
    const struct case_target target = case_path_find(check->subject, fact->text);
    return target.record != RECORD_NONE && target.fact != FACT_NONE &&
           check->subject->vocabulary->facts[target.fact].derived == FACT_NONE &&
           citing->marks[target.fact] && is_behind(check->subject, &target, piece);
}

static void check_cite(struct cite_check *check, const struct citing *citing,
                       const struct tree *cite)
{
    const struct tree *evidence = tree_find(cite, "evidence");
    const struct tree *reads = tree_find(citing->finding, "reads");
    const struct text piece =
        evidence != NULL && evidence->kind == TREE_SCALAR ? evidence->text : (struct text){"", 0};
    check->cites++;
    for (const struct tree *read = reads == NULL ? NULL : reads->first; read != NULL;
         read = read->next) {
        if (brings(check, citing, read, piece)) {
            return;
        }
    }
    if (check->unread++ == 0) {
        check->first_rule = citing->rule;
        check->first_piece = piece;
    }
}

static amicus_status check_finding(struct cite_check *check, const struct tree *finding)
{
    const struct tree *cites = tree_find(finding, "cites");
    const struct tree *rule = tree_find(finding, "rule");
    if (cites == NULL || cites->count == 0) {
        return AMICUS_OK;
    }
    struct citing citing = {.finding = finding, .rule = {"", 0}};
    citing.marks =
        arena_give_array(check->arena, check->image->vocabulary->fact_count, sizeof(bool));
    if (citing.marks == NULL) {
        return AMICUS_MEMORY;
    }
    if (rule != NULL && rule->kind == TREE_SCALAR) {
        citing.rule = rule->text;
        const uint32_t row = image_find_rule(check->image, rule->text);
        if (row != INDEX_NONE) {
            image_mark_rule(citing.marks, check->image, row);
        }
    }
    check->findings++;
    for (const struct tree *cite = cites->first; cite != NULL; cite = cite->next) {
        check_cite(check, &citing, cite);
    }
    return AMICUS_OK;
}

amicus_status verify_cites(struct cite_check *check, const struct tree *ruling)
{
    assert(check != NULL && ruling != NULL);
    assert(check->subject != NULL && check->image != NULL && check->arena != NULL);
    const struct tree *findings = tree_find(ruling, "findings");
    amicus_status status = AMICUS_OK;
    for (const struct tree *node = findings == NULL ? NULL : findings->first;
         node != NULL && status == AMICUS_OK; node = node->next) {
        status = check_finding(check, node);
    }
    return status;
}

/*
 * Edits: a case and what is to be different, made into another case.
 *
 * The new case is built by the one builder of cases, from the tree of the old one with the edits
 * applied. So its standings, its digest and its faults are those of a file that had said so; no
 * standing is set by hand.
 */
#ifndef CASE_EDIT_H
#define CASE_EDIT_H

#include "case.h"
#include "yaml_tree.h"

enum case_edit_kind {
    CASE_EDIT_SET = 0,    /* say this of a fact, and nothing else */
    CASE_EDIT_UNSET = 1,  /* say nothing: of a fact, a record, a section or a list */
    CASE_EDIT_ABSENT = 2, /* it is known not to exist; likewise */
    CASE_EDIT_WITHOUT = 3 /* leave a piece of evidence out, and every mention of it */
};

/* One edit. What it points to must outlive the case that is made by it. */
struct case_edit {
    uint8_t kind;     /* enum case_edit_kind */
    uint8_t standing; /* of SET: wanted of a plain value; UNKNOWN (none named): established */
    struct text path; /* see case_path.h, tails included; of WITHOUT the piece's id */
    const struct tree *value; /* of SET: a value, a statement {is, says, cites, note}, or several */
    struct text reason;       /* of ABSENT; not empty */
    struct place place;       /* where the edit is written, for faults */
};

/*
 * Make an edit of a path and what somebody wrote for it: `unknown` and `absent` (or {absent:
 * reason}) are edits of their own; a plain value may end in @ and one of claimed, contested,
 * supported, established.
 *
 * out      receives the edit; borrows path and value
 * arena    for a value that is cut off its standing
 * path     of the fact
 * value    what is wanted; its place becomes that of the edit
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status case_edit_of(struct case_edit *out, struct arena *arena,
                                             struct text path, const struct tree *value);

/*
 * Read an edit as it is typed: PATH=VALUE or PATH=VALUE@STANDING. The value may be a flow value of
 * YAML: M1.review.action={is: approve, says: client, cites: [E7]}.
 *
 * out      receives the edit
 * arena    where its texts live
 * typed    what was typed; borrowed
 * place    what to name in faults
 * list     receives C0183
 * returns  OK; INVALID; MEMORY
 */
AMICUS_MUST_CHECK amicus_status case_edit_read(struct case_edit *out, struct arena *arena,
                                               struct text typed, struct place place,
                                               amicus_diagnostics *list);

/*
 * Make a case from another one by edits, in their order.
 *
 * A plain value that is `established` is said by the platform, or by a reviewer where only a person
 * can find it; `supported` is said by the side that it helps, citing a piece that the fact cites
 * already or else the first that supports anything; `claimed` is that without the piece; of
 * `contested` the two parties say different things. A record is added by setting a fact of an id
 * that its list does not have yet, or making one absent.
 *
 * out      receives the case; ended by case_close; NULL on failure
 * base     borrowed: must outlive the new case
 * edits    count of them
 * list     receives C0180 to C0184, and the faults of the case that comes of it, all at once
 * returns  OK; INVALID; MEMORY; LIMIT
 */
AMICUS_MUST_CHECK amicus_status case_edit(struct amicus_case **out, const struct amicus_case *base,
                                          const struct case_edit *edits, uint32_t count,
                                          amicus_diagnostics *list);

/* One stored fact of one record. */
struct case_cell {
    uint32_t record, fact;
};

/*
 * Make a case that says of another one only some facts, with the statements and the evidence behind
 * them; everything else is unknown. Its standings of those facts are those of the other case.
 *
 * What is no statement stays: the records, their ids and the references that say to which money
 * item each belongs, and which lists have no other members. Of a piece of evidence that is cited
 * for a fact all facts stay, because they rank it; and who filed the case, where a fact helps the
 * filer or the respondent.
 *
 * out, base, list, returns   as case_edit
 * cells    the facts, count of them
 */
AMICUS_MUST_CHECK amicus_status case_keep(struct amicus_case **out, const struct amicus_case *base,
                                          const struct case_cell *cells, uint32_t count,
                                          amicus_diagnostics *list);

#endif

/*
 * The case: one dispute, as facts in slots with standing, and the statements behind them.
 *
 * Immutable once loaded. The hot path reads `values` only: slot = record.first_slot + fact.slot.
 * Everything that says why a value stands as it does (statements, evidence) lies beside it, under
 * the same slot number.
 */
#ifndef CASE_H
#define CASE_H

#include "digest.h"
#include "map.h"
#include "vocabulary.h"

#include "amicus/case.h"

#define RECORD_NONE UINT32_MAX
#define RECORD_ROOT 0u

/* What somebody said of a fact. */
struct statement {
    struct value value;              /* its standing is not used */
    uint8_t says;                    /* enum party */
    bool is_plain;                   /* written as a plain value */
    bool is_kept;                    /* it is (one of) the prevailing statement(s) */
    uint32_t first_cite, cite_count; /* into cites: record ordinals of evidence */
    struct text note;
    struct place place;
};

/* What lies behind one slot. */
struct slot {
    uint32_t first_statement, statement_count; /* contiguous */
    uint32_t first_backing, backing_count; /* into backing: evidence behind the prevailing value,
                                              ascending, without doubles */
    struct text absent_reason;             /* of an absent fact */
};

/* One record: the root, or a member of a list. */
struct record {
    uint32_t kind;          /* never a union */
    uint32_t row;           /* place in its list, from 0 */
    uint32_t first_slot;    /* into values and slots */
    uint32_t first_derived; /* into a workspace of derived facts */
    struct text id;         /* "M1", or "segments[3]" where the kind has no id */
    struct place place;
};

/* The members of one kind: records first .. first + count - 1. */
struct case_list {
    uint32_t first, count;
    bool is_closed; /* what is not listed does not exist: recorded by the platform, not empty, or
                       declared absent */
    struct text absent_reason; /* of a list declared absent; else empty */
};

struct amicus_case {
    const struct vocabulary *vocabulary;
    const struct value *values;
    const struct slot *slots;
    uint32_t slot_count;
    uint32_t derived_count;       /* of all records together */
    const struct record *records; /* record 0 is the root; then list by list, in kind order */
    uint32_t record_count;
    const struct case_list *lists; /* one a kind */
    const struct statement *statements;
    uint32_t statement_count;
    const uint32_t *cites;
    const struct text *cite_locators; /* beside cites: where in the piece, or empty */
    const uint32_t *backing;
    const uint8_t *evidence_tier; /* by row of evidence: 0 best; UINT8_MAX supports nothing */
    struct text id;
    uint16_t currency; /* of all its amounts; 0 if it names none */
    uint8_t digest[DIGEST_BYTES];
    struct map **ids;        /* one a kind, unions too: id to record; for case_find */
    const struct tree *root; /* what it was built from; for case_edit */
    struct arena *arena;
};

/*
 * Load a case. YAML and JSON feed the same builder and give the same digest for the same case.
 *
 * out         receives the case; ended by case_close; NULL on failure
 * vocabulary  borrowed; must outlive the case
 * name        of the file, for diagnostics
 * bytes       the text of one case
 * format      AMICUS_FORMAT_AUTO looks at the first byte that is no white space: '{' is JSON
 * list        receives diagnostics C01xx, all faults at once up to LIMIT_DIAGNOSTICS
 * returns     OK (perhaps with warnings); INVALID; MEMORY; LIMIT
 */
AMICUS_MUST_CHECK amicus_status case_load(struct amicus_case **out,
                                          const struct vocabulary *vocabulary, const char *name,
                                          struct text bytes, amicus_case_format format,
                                          amicus_diagnostics *list);

/* Close a case. NULL is allowed. */
void case_close(struct amicus_case *subject);

/* The value of a stored fact of a record; the fact must belong to the record's kind or its base. */
const struct value *case_value(const struct amicus_case *subject, uint32_t record, uint32_t fact);

/* The slot number of a stored fact of a record. */
uint32_t case_slot(const struct amicus_case *subject, uint32_t record, uint32_t fact);

/* Find a record of a kind (or of a union) by its id; RECORD_NONE if there is none. */
uint32_t case_find(const struct amicus_case *subject, uint32_t kind, struct text id);

/*
 * Write the path of a fact of a record as people name it: "milestones.M1.held", "contract.price",
 * and for a fact of no record of its own prefix "due.review" of M1: "milestones.M1.due.review".
 */
void case_write_path(struct builder *builder, const struct amicus_case *subject, uint32_t record,
                     uint32_t fact);

/* Write the path of a record: "milestones.M1", "segments[3]"; nothing for the root. */
void case_write_record(struct builder *builder, const struct amicus_case *subject, uint32_t record);

/* Write a value as a case file does ("USD 1200.00", "true", "approve", "2025-06-02T00:00:00Z").
 * fact gives the members of enums; a ref is written as the record's id. */
void case_write_value(struct builder *builder, const struct amicus_case *subject,
                      const struct fact *fact, const struct value *value);

/* Write a case as canonical JSON: sorted keys, no insignificant space. Reads back to the same
 * digest. */
void case_write_json(struct builder *builder, const struct amicus_case *subject);

/* Write a case as a tidy YAML file, sections and keys in the vocabulary's order. */
void case_write_yaml(struct builder *builder, const struct amicus_case *subject);

#endif

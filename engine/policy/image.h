/*
 * The rulebook image: policy after compilation, flat and immutable.
 *
 * Arrays of fixed-size rows that refer to each other by index; texts are offsets into one pool.
 * Nothing in it is a pointer, so its bytes can be digested, stored and checked. Everything that has
 * a name is sorted by it (issues, rules, remedies, params, ...), so the order of files and of
 * declarations leaves no trace (P1). Evaluation reads it and nothing else of a policy.
 *
 * INVARIANT: every index is in range; children of a node have lower indices than the node; the
 * graph of issues and derived facts has no cycle; issue_order is a topological order.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "guard.h"
#include "vocabulary.h"

#define NODE_NONE   UINT32_MAX
#define INDEX_NONE  UINT32_MAX
#define INSTANT_MIN INT64_MIN
#define INSTANT_MAX INT64_MAX
#define VARS_MAX    8

/* Offset of a NUL-terminated text in the pool; 0 is the empty text. */
typedef uint32_t text_at;

/* Kinds of node. Conditions are of TYPE_BOOL and three-valued; a derived bool fact is one too. */
enum node_op {
    NODE_CONST = 1, /* value k, unit; of TYPE_TEXT: k is a text_at */
    NODE_VAR,       /* a: variable; a record (TYPE_REF) */
    NODE_FACT,      /* a: node of the record (VAR, or FACT of TYPE_REF) or NODE_NONE for the root;
                       b: fact number; stored or derived */
    NODE_PARAM,     /* a: param; b: node of the date that picks the version, or NODE_NONE */
    NODE_ISSUE,     /* a: issue; b: node of the record or NODE_NONE (the record of var 0, or the
                       case); k: enum label that is asked for */
    NODE_ALL,       /* args a .. a + b */
    NODE_ANY,
    NODE_NO,
    NODE_EQUAL, /* a, b */
    NODE_UNEQUAL,
    NODE_LESS, /* a < b */
    NODE_AT_MOST,
    NODE_MORE,
    NODE_AT_LEAST,
    NODE_ONE_OF,      /* a; args b .. b + c: constants */
    NODE_WITHIN,      /* a, b: instants or dates; c: duration */
    NODE_HAS,         /* a: set fact; k: bits, one of which must be there */
    NODE_HAS_ONLY,    /* a: set fact; k: bits: some of them, and no others */
    NODE_KNOWN,       /* a */
    NODE_ABSENT,      /* a */
    NODE_CONTESTED,   /* a: stored fact */
    NODE_AT_STANDING, /* a: stored fact; k: enum standing: at least that; absent is at least any */
    NODE_SOME,        /* kind k; a: variable; b: where or NODE_NONE; c: condition */
    NODE_EVERY,
    NODE_COUNT, /* kind k; a: variable; b: where or NODE_NONE */
    NODE_SUM,   /* kind k; a: variable; b: where or NODE_NONE; c: expression */
    NODE_LARGEST,
    NODE_EARLIEST, /* kind k; a: variable; b: where or NODE_NONE; c: first of two args: by, give */
    NODE_LATEST,
    NODE_COVERED_DAYS, /* kind k; a: variable; b: where or NODE_NONE; c: first of four args: from,
                          until, span_from, span_until */
    NODE_ADD,          /* a, b; an instant or date plus a duration is of the left's type, but a date
                          plus hours, minutes or seconds is an instant */
    NODE_SUBTRACT,
    NODE_MULTIPLY, /* one of a, b is a plain number (INT, BPS, MINUTES) */
    NODE_MIN,      /* args a .. a + b */
    NODE_MAX,
    NODE_SHARE,                 /* a * b / c, half up; of a's type */
    NODE_DAYS_BETWEEN,          /* a, b */
    NODE_BUSINESS_DAYS_BETWEEN, /* a, b */
    NODE_TIME_BETWEEN,          /* a, b: a duration in seconds */
    NODE_CHOOSE,                /* args a .. a + b: condition, e, ..., and an odd last one: else */
    NODE_FIRST_KNOWN,           /* args a .. a + b */
    NODE_PREDICATE,             /* a: predicate; args b .. b + c: facts */
    NODE_OP_COUNT
};

/* 40 bytes. line and file say where it was written, for why-not. */
struct node {
    uint8_t op;
    uint8_t type;  /* enum value_type of its result */
    uint16_t unit; /* of a constant: packed currency or duration unit */
    uint32_t a, b, c;
    int64_t k;
    uint32_t ref_kind; /* of TYPE_REF: the kind (or union); of TYPE_ENUM(S): the fact whose members
                          it has, as a fact number; else 0 */
    uint32_t line;
    uint32_t file; /* into files */
    uint32_t reserved;
};

enum label { LABEL_OPEN = 0, LABEL_UPHELD = 1, LABEL_REJECTED = 2 };
enum side { SIDE_FOR = 0, SIDE_AGAINST = 1 };
enum layer {
    LAYER_PRACTICE = 0,
    LAYER_GUIDANCE = 1,
    LAYER_CONTRACT = 2,
    LAYER_PLATFORM = 3,
    LAYER_LAW = 4
};
enum anchor { ANCHOR_NONE = 0, ANCHOR_CONTRACT_FORMED = 1, ANCHOR_FILED = 2, ANCHOR_EVENT = 3 };
enum proof { PROOF_SOME = 0, PROOF_BALANCE = 1, PROOF_CLEAR = 2, PROOF_COUNT = 3 };
enum stratum { STRATUM_MERITS = 1, STRATUM_SILENCE = 2, STRATUM_BAR = 3 };

/* Outcome codes of a ruling, DESIGN 3.1. Part of the image: never renumber. */
enum outcome {
    OUTCOME_NO_RULE = 0,
    OUTCOME_RELEASE_FULL,
    OUTCOME_REFUND_FULL,
    OUTCOME_SPLIT,
    OUTCOME_HOURLY_APPORTION,
    OUTCOME_REVISE,
    OUTCOME_REPLAN,
    OUTCOME_REQUEST_EVIDENCE,
    OUTCOME_REQUEST_CONTACT,
    OUTCOME_INELIGIBLE,
    OUTCOME_OUT_OF_TIME,
    OUTCOME_DEFAULT_FREELANCER,
    OUTCOME_DEFAULT_CLIENT,
    OUTCOME_SETTLED,
    OUTCOME_STAY,
    OUTCOME_MEDIATE,
    OUTCOME_OFFER_ARBITRATION,
    OUTCOME_NO_CHANGE,
    OUTCOME_DISMISS,
    OUTCOME_REFER,
    OUTCOME_COUNT
};

/* Code of an outcome ("release_full"), and back (OUTCOME_COUNT if there is none). */
const char *outcome_name(enum outcome outcome);
enum outcome outcome_find(struct text name);
const char *label_name(enum label label);
const char *layer_name(enum layer layer);
const char *proof_name(enum proof proof);

/* Where something was declared. */
struct origin {
    uint32_t file; /* into files */
    uint32_t line;
};

/* A template of `because`: pieces first_piece .. + piece_count. */
struct template_row {
    uint32_t first_piece, piece_count;
};
struct piece {
    text_at words; /* literal words, if node is NODE_NONE */
    uint32_t node; /* else an expression whose value is written */
};

struct file_row {
    text_at path; /* inside the rulebook's tree: "common/quality.lua" */
    uint8_t digest[32];
};

struct source_row {
    text_at key, title, grade, address, checked;
};
struct provision_row {
    text_at id, title, number;           /* number: the published figure in words, or "" */
    uint32_t first_source, source_count; /* into indices: rows of sources */
    uint8_t layer;
    uint8_t pad[3];
    struct origin origin;
};

/* One version of a parameter: the readings that the published texts give, one unless they
 * disagree. */
struct version_row {
    int64_t from_s, until_s; /* from <= anchor < until; INSTANT_MIN and _MAX: open */
    int64_t seen_s;          /* from unknown: the first date on which it was seen, or INSTANT_MIN */
    uint32_t first_reading, reading_count; /* into readings */
    uint32_t is_uncertain;                 /* 1: the period is inferred or unknown */
    uint32_t pad;
};
struct reading_row {
    int64_t n; /* the value; of TYPE_TEXT a text_at */
    uint16_t unit;
    uint8_t is_unknown; /* 1: no source gives it */
    uint8_t pad[5];
    text_at source; /* key of its source, or "OURS" */
    text_at note;
};
struct param_row {
    text_at name, title;
    uint32_t first_version, version_count; /* ascending, not overlapping */
    uint8_t type;                          /* enum value_type */
    uint8_t anchor;                        /* enum anchor */
    uint8_t pad[2];
    uint32_t enum_fact; /* unused members: first member text in indices, count in enum_count */
    uint32_t enum_count;
    struct origin origin;
};

struct calendar_row {
    text_at name;
    uint32_t first_holiday, holiday_count; /* into holidays, ascending day numbers */
    int32_t from_day, until_day;
    uint8_t free_weekdays;
    uint8_t pad[3];
    struct origin origin;
};

struct issue_row {
    text_at name, title, because;
    uint32_t kind;    /* one label for each record of this kind or union; KIND_ROOT: one a case */
    uint8_t claimant; /* enum party */
    uint8_t burden;   /* enum party, roles included */
    uint8_t proof;    /* enum proof */
    uint8_t pad;
    uint32_t first_rule, rule_count; /* into indices: rows of rules, pros and cons */
    struct origin origin;
};

/* A rule argues for or against an issue; an undercutter argues against a rule or undercutter. */
struct rule_row {
    text_at id, title, clause, strength;
    uint32_t issue; /* INDEX_NONE: an undercutter */
    uint32_t kind;  /* the records that it ranges over; KIND_ROOT: the case */
    uint8_t side;   /* enum side */
    uint8_t layer;  /* enum layer */
    uint8_t anchor; /* enum anchor of its period; ANCHOR_NONE: always in force */
    uint8_t pad;
    uint32_t when;   /* node */
    uint32_t unless; /* node or NODE_NONE */
    int64_t from_s, until_s;
    uint32_t because;                    /* template, or INDEX_NONE */
    uint32_t first_beaten, beaten_count; /* into indices: rules of its layer and issue that it
                                            outranks, transitively; ascending */
    uint32_t first_undercutter, undercutter_count; /* into indices: rows of rules */
    struct origin origin;
};

/* Who must act now. */
struct next_row {
    uint8_t actor; /* enum party */
    uint8_t pad[3];
    uint32_t step; /* template */
    uint32_t due;  /* node of an instant, or NODE_NONE */
};

struct remedy_row {
    text_at id, title, clause;
    uint32_t kind; /* item kind, union, or KIND_ROOT: every item */
    uint8_t stratum, outcome, proof, pad;
    uint32_t when;
    uint32_t freelancer; /* node of money, or NODE_NONE: divides nothing, all stays held */
    uint32_t first_beaten, beaten_count; /* into indices: remedies of its stratum, transitively */
    uint32_t because;                    /* template, or INDEX_NONE */
    uint32_t next;                       /* into nexts, or INDEX_NONE */
    struct origin origin;
};

/* What happens if nobody acts: a state of the procedure. */
struct fallback_row {
    text_at id, title, clause; /* title: "" if it has none */
    uint32_t kind;
    uint8_t outcome, proof, pad[2];
    uint32_t when;
    uint32_t first_beaten, beaten_count; /* into indices: fallbacks, transitively */
    uint32_t because;
    uint32_t next;
    struct origin origin;
};

struct flag_row {
    text_at code, clause;
    uint32_t kind;
    uint8_t proof, pad[3];
    uint32_t when;
    uint32_t because;
    struct origin origin;
};

/* The definition of a derived fact. */
struct derived_row {
    uint32_t fact;
    uint32_t node;
    struct origin origin;
};

struct predicate_row {
    uint32_t file;    /* whose script holds it */
    uint32_t ordinal; /* the n-th call of predicate in that file, from 0 */
    uint32_t line;
};

/* The image as its readers see it: every array lies in one block. */
struct image {
    const struct vocabulary *vocabulary; /* borrowed */
    text_at name, version, platform, title;
    const char *pool;
    uint32_t pool_bytes;

    const struct node *nodes;
    uint32_t node_count;
    const uint32_t *args; /* operands of nodes with many */
    uint32_t arg_count;
    const uint32_t *indices; /* lists of row numbers */
    uint32_t index_count;
    const int32_t *holidays;
    uint32_t holiday_count;
    const struct template_row *templates;
    uint32_t template_count;
    const struct piece *pieces;
    uint32_t piece_count;
    const struct file_row *files;
    uint32_t file_count;
    const struct source_row *sources;
    uint32_t source_count;
    const struct provision_row *provisions;
    uint32_t provision_count;
    const struct param_row *params;
    uint32_t param_count;
    const struct version_row *versions;
    uint32_t version_count;
    const struct reading_row *readings;
    uint32_t reading_count;
    const struct calendar_row *calendars; /* the first that covers a day is used */
    uint32_t calendar_count;
    const struct issue_row *issues;
    uint32_t issue_count;
    const uint32_t *issue_order;  /* all issues, lower ones first */
    const struct rule_row *rules; /* undercutters too */
    uint32_t rule_count;
    const struct remedy_row *remedies;
    uint32_t remedy_count;
    const struct fallback_row *fallbacks;
    uint32_t fallback_count;
    const struct flag_row *flags;
    uint32_t flag_count;
    const struct next_row *nexts;
    uint32_t next_count;
    const struct derived_row *derived; /* sorted by fact */
    uint32_t derived_count;
    const uint32_t *derived_of; /* by fact number: row of derived, or INDEX_NONE */
    const struct predicate_row *predicates;
    uint32_t predicate_count;
    const uint8_t
        *outcome_ranks; /* by enum outcome: 0 none; else the higher prevails for the case */

    struct guards guards; /* found in the rows above: see guard.h */

    uint8_t digest[32];
};

/* The parameter that the engine itself reads: the sum moved by overrides above which a second person
 * must sign. No rule reads it. */
#define PARAM_SECOND_ABOVE "override_second_above"

/* Count the operands of a node that are nodes, those not given included. */
uint32_t node_child_count(const struct node *node);

/* One operand of a node, from 0; NODE_NONE if it is not given. args are the image's. */
uint32_t node_child(const struct node *node, const uint32_t *args, uint32_t index);

/* A text of the pool. */
struct text image_text(const struct image *image, text_at at);

/* Find a row by its name; INDEX_NONE if there is none. */
uint32_t image_find_rule(const struct image *image, struct text id);
uint32_t image_find_issue(const struct image *image, struct text name);
uint32_t image_find_param(const struct image *image, struct text name);
uint32_t image_find_provision(const struct image *image, struct text id);

/*
 * Write a condition or an expression as a policy author would read it:
 * "milestones.submission.formal is true".
 */
void image_write_node(struct builder *builder, const struct image *image, uint32_t node);

/* Names for what a condition speaks of, where it speaks of a case: `write` writes a node, such as a
 * fact of a record, or nothing and gives false; the node is then written as without names. */
struct node_names {
    bool (*write)(const struct node_names *names, struct builder *builder, uint32_t node);
};
void image_write_node_named(struct builder *builder, const struct image *image, uint32_t node,
                            const struct node_names *names);

#endif

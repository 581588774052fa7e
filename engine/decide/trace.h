/*
 * Traces: what a declaration looked at on one record, condition by condition.
 *
 * A ruling keeps what was read; a trace says which condition decided. It is made on demand, for one
 * declaration and one record, by letting the evaluator run once more on the ruling's own workspace
 * while somebody listens: what it shows is what the evaluator did, short cuts included, whether or
 * not the ruling kept a finding. Everything lives in the caller's arena.
 */
#ifndef TRACE_H
#define TRACE_H

#include "ruling.h"

/*
 * One node of a condition or expression, as it was evaluated. Its parts are in the order of
 * evaluation; those that were not needed follow. A list's parts come once for each record.
 */
struct condition {
    uint32_t node;
    bool is_needed;          /* false: the result was fixed before; no value below has a meaning */
    bool has_read;           /* a fact, and its record has it */
    struct value value;      /* as it counted: open if a fact is not enough at the standard */
    uint32_t vars[VARS_MAX]; /* the records that variables stood for */
    uint32_t bound;          /* bits of the variables that have a meaning here */
    uint32_t element;        /* of a list's part: the record that it is about; else RECORD_NONE */
    struct read read;        /* of a fact: as it was read. Its span `from` is not to be used */
    const struct read *from; /* of a derived fact: the stored facts and lists behind it */
    uint32_t from_count;
    uint32_t result; /* of an issue: its place in the ruling's issues; else INDEX_NONE */
    struct condition *first, *last, *next, *above;
};

/* What can be traced. */
enum declared {
    DECLARED_RULE, /* undercutters too */
    DECLARED_REMEDY,
    DECLARED_FALLBACK,
    DECLARED_FLAG,
    DECLARED_FACT /* the definition of a derived fact */
};

/* A declaration on one record. */
struct trace {
    uint8_t what;        /* enum declared */
    uint8_t proof;       /* enum proof: the standard at which facts counted */
    uint8_t in_force;    /* enum kleene; of what has no period: true */
    uint8_t status;      /* of a rule: enum finding_status, before other rules are weighed */
    uint8_t value;       /* enum kleene: exceptions and undercutters counted */
    bool is_met;         /* false: it does not speak of such records; nothing below is filled in */
    uint32_t row;        /* of its table; of a fact its number */
    uint32_t record;     /* that it is about */
    struct value anchor; /* of a rule: the date that its period was compared with */
    struct value result; /* of a fact */
    struct condition *when, *unless; /* NULL: has none, or was not looked at */
    struct trace *undercutters;      /* that were looked at */
    const uint32_t *above;           /* of a remedy or a fallback: rows that hold and outrank it */
    uint32_t above_count;
    struct trace *next; /* of undercutters */
};

/* What the calls below share. The ruling must not be used by another thread meanwhile. */
struct tracing {
    const struct amicus_ruling *ruling;
    struct arena *arena; /* where traces live */
};

/*
 * Trace a rule or an undercutter as it argued about one issue and record.
 *
 * out      receives the trace
 * about    the issue's result that it argues about, directly or against another rule
 * returns  OK; MEMORY; JAIL
 */
AMICUS_MUST_CHECK amicus_status trace_rule(struct trace **out, struct tracing tracing,
                                           uint32_t rule, const struct issue_result *about);

/* Trace the guard of a remedy for an item, and name the remedies that outrank it there. */
AMICUS_MUST_CHECK amicus_status trace_remedy(struct trace **out, struct tracing tracing,
                                             uint32_t remedy, uint32_t record);

/* Trace the guard of a fallback (naming those that beat it) or of a flag for a record. */
AMICUS_MUST_CHECK amicus_status trace_fallback(struct trace **out, struct tracing tracing,
                                               uint32_t fallback, uint32_t record);
AMICUS_MUST_CHECK amicus_status trace_flag(struct trace **out, struct tracing tracing,
                                           uint32_t flag, uint32_t record);

/* Trace the definition of a derived fact of a record, one level of it. */
AMICUS_MUST_CHECK amicus_status trace_fact(struct trace **out, struct tracing tracing,
                                           const struct read *read);

/* The first part of a condition that is a given node; NULL if it has none. */
const struct condition *condition_part(const struct condition *condition, uint32_t node);

/* How far a value lies from the threshold that it was compared with. */
struct distance {
    bool is_known;
    uint8_t type;  /* TYPE_DURATION between times and durations; else the operands' own */
    uint16_t unit; /* currency, or unit of a duration */
    int64_t n;     /* value less threshold; below 0: the value is the smaller, or the earlier */
};

/*
 * The distance of a comparison's first operand from its second; of `within`, that of the time
 * between both from what is allowed. Not known of what has no order, or was not known itself.
 */
struct distance condition_distance(const struct image *image, const struct condition *condition);

/* What would give a test the truth value that is wanted of it. */
struct wish {
    uint8_t op;             /* enum node_op of a test that would then hold */
    bool is_turned;         /* it would have to fail, and no other test says that */
    bool has_value;         /* the threshold is known */
    struct value threshold; /* of a comparison */
};

/* Find what is wanted of a test, so that it becomes true (or false, if not `wanted`). */
struct wish condition_wish(const struct image *image, const struct condition *condition,
                           bool wanted);

#endif

/*
 * The ruling: what was decided on one case, frozen, with everything that it rests on.
 *
 * Evaluation has one code path (decide_case). Explanation, coverage, training and letters read what
 * it recorded here; none of them evaluates a rule a second way. All texts and arrays live in the
 * ruling's arena; numbers of rules, issues, facts and records are those of image and case.
 */
#ifndef RULING_H
#define RULING_H

#include "case.h"
#include "rulebook.h"

#include "amicus/ruling.h"

/* Kleene's three values. The numbers are used as such: min is and, max is or. */
enum kleene { KLEENE_FALSE = 0, KLEENE_OPEN = 1, KLEENE_TRUE = 2 };

/* Kleene's value of a result. */
static inline enum kleene kleene_of(struct value value)
{
    if (value.standing == STANDING_UNKNOWN) {
        return KLEENE_OPEN;
    }
    return value.standing != STANDING_ABSENT && value.as.n != 0 ? KLEENE_TRUE : KLEENE_FALSE;
}

/* A span of one of the ruling's arrays. */
struct span {
    uint32_t first, count;
};

/*
 * One fact that conditions looked at, as it was usable at one standard. The ruling keeps each such
 * read once; whoever looked at it names it by its place in `reads`, through a span of `looks`.
 */
struct read {
    uint32_t record, fact; /* fact FACT_NONE: the list `kind` was empty, which was looked at */
    uint32_t kind;         /* of a list: its kind; else KIND_NONE */
    uint8_t proof;         /* enum proof: the standard that was asked */
    bool is_usable;        /* at that standard; else it counted as unknown */
    struct value value;    /* with its standing */
    struct span evidence;  /* into evidence: record ordinals behind the value */
    struct span from;      /* of a derived fact: into looks: the stored facts and lists that it was
                              computed from; empty for a stored one */
};

/* How a finding stands. */
enum finding_status {
    FINDING_APPLIED = 0,
    FINDING_DEFEATED =
        1, /* applied, but an opposing rule outranks it or the issue went against it */
    FINDING_UNDERCUT = 2,   /* would apply, but for an undercutter */
    FINDING_WAITING = 3,    /* waits for facts */
    FINDING_NOT_APPLIED = 4 /* kept for explanation, not written to JSON; of rules that a guard
                               rules out: made by ruling_complete */
};
const char *finding_status_name(enum finding_status status);

/* One rule on one record. */
struct finding {
    uint32_t rule;
    uint32_t record;     /* of the issue: an item, a segment, ...; RECORD_ROOT for the case */
    uint32_t item;       /* the money item that it belongs to, or RECORD_NONE */
    uint8_t status;      /* enum finding_status */
    uint8_t value;       /* enum kleene: whether the rule applied */
    struct span by;      /* into by: rules that defeat or undercut it */
    struct span looks;   /* into looks: the reads of its condition, in the order of reading */
    struct span rests;   /* into rests: the issue results that its condition asked for */
    struct span waiting; /* into waiting: indices of reads that are not usable */
    struct text because; /* template filled in by ruling_fill; "" if the rule has none */
};

/* One issue on one record. */
struct issue_result {
    uint32_t issue, record;
    uint32_t item;    /* the money item that it belongs to, or RECORD_NONE */
    uint8_t label;    /* enum label: by the facts alone */
    uint8_t taken;    /* enum label: as the recommendation takes it; never LABEL_OPEN */
    bool on_burden;   /* was still open for the recommendation: the side with the burden lost it */
    uint8_t burden;   /* enum party: client or freelancer, roles resolved; PARTY_NONE if unknown */
    bool is_conflict; /* rules of equal rank on both sides applied */
    bool whatever_unknown; /* its label is that of every completion of the unknown facts, although
                              its rules wait for some of them */
    struct span findings;  /* into findings */
    struct span looks;     /* into looks: what only its completions looked at */
};

/* One money item. */
struct item_result {
    uint32_t record; /* RECORD_ROOT if the case names no money items */
    uint8_t outcome; /* enum outcome */
    uint32_t remedy; /* the one taken, or INDEX_NONE */
    bool on_burden;  /* the outcome rests on an issue that was decided by its burden */
    bool is_rounded; /* the freelancer's share was rounded */
    amicus_division division;
    struct text because;  /* filled in by ruling_fill */
    struct span rests_on; /* into rests: indices of issue results that the taken remedy read */
    struct span rivals;   /* into rivals: remedies that could all be taken, if outcome is refer */
    struct span looks;    /* into looks: what the taken remedy's guard and share looked at; with
                             request_evidence and no remedy: what the open guards looked at */
};

/* Who must act, or what silence does. */
struct next_result {
    bool is_known;
    uint8_t actor;    /* enum party: client, freelancer, platform, reviewer; roles resolved */
    uint32_t row;     /* of image.nexts */
    uint32_t record;  /* for which it was made */
    struct text step; /* filled in by ruling_fill */
    bool has_due;
    int64_t due_s;
};
struct fallback_result {
    bool is_known;
    uint8_t outcome;
    uint32_t row;                /* of image.fallbacks */
    uint32_t record;             /* for which it holds */
    struct text because, clause; /* because: filled in by ruling_fill */
};

/* A fact that the ruling lacks. */
struct missing_result {
    uint32_t record, fact; /* fact FACT_NONE: the list `kind` as a whole */
    uint32_t kind;
    uint16_t ask; /* bit set of parties who usually know */
    struct text question;
    bool could_change; /* false: every value that was tried leaves outcome and money alone */
    bool is_exact;     /* all its possible values were tried */
    int64_t at_stake_minor;
};

/* Something that only a human can settle. */
struct conflict_result {
    uint32_t item;  /* record, or RECORD_NONE */
    uint32_t issue; /* or INDEX_NONE */
    struct span
        rules; /* into conflict_rules: rows of rules (of remedies, if issue is INDEX_NONE) */
    struct text because;
};

struct flag_result {
    uint32_t flag; /* row of image.flags, or INDEX_NONE for one that the engine raises */
    struct text code;
    uint32_t record;
    struct text because; /* of the engine's own: there at once; else filled in by ruling_fill */
    struct span looks;   /* into looks */
};

/* The instants that a caller may set for a decision, and what it wants to know besides. {0} sets
 * none. */
struct instants {
    bool has_as_of, has_policy_date;
    int64_t as_of_s;       /* replaces the case's own clock */
    int64_t policy_date_s; /* picks the versions of parameters and the rules in force, in place of
                              the dates of the case that they are anchored to */
    uint8_t *seen; /* by node of the image: receives bits 1 << enum kleene of all that each node came
                      to in this decision, beside those that stand there; NULL: not wanted */
};

struct amicus_ruling {
    const struct amicus_rulebook *rulebook;
    const struct amicus_case *subject;
    struct instants instants; /* as_of_s: as given or as the case says; never unset */
    amicus_division totals;
    uint8_t outcome;
    uint16_t currency;
    uint32_t item_count, issue_count, finding_count;
    struct item_result *items;
    struct issue_result *issues;
    struct finding *findings;
    struct read *reads; /* every fact that was looked at, once for each standard; last those that
                           only a trial looked at */
    uint32_t read_count, missing_count, conflict_count, flag_count;
    const uint32_t *evidence; /* record ordinals; the case's own array */
    uint32_t *looks, *by, *waiting, *rests, *rivals, *conflict_rules;
    struct missing_result *missing; /* most money first, then those that cannot change anything */
    struct conflict_result *conflicts;
    struct flag_result *flags;
    struct next_result next;
    struct fallback_result if_nobody_acts;
    struct workspace *work; /* what it was decided with, kept for ruling_fill */
    struct arena *arena;
};

/* The n-th read of a span of looks. */
static inline const struct read *ruling_read(const struct amicus_ruling *ruling, struct span looks,
                                             uint32_t n)
{
    return &ruling->reads[ruling->looks[looks.first + n]];
}

/*
 * Decide a case: see amicus_ruling_of, which is this with the instants read.
 */
AMICUS_MUST_CHECK amicus_status decide_case(struct amicus_ruling **out,
                                            const struct amicus_rulebook *rulebook,
                                            const struct amicus_case *subject,
                                            const struct instants *instants,
                                            amicus_diagnostics *list);

/*
 * Fill in the texts for people: `because` of findings, items, flags and the fallback, and the next
 * step. They cost more than the decision, so they are made when somebody wants to read them. May be
 * called again; not by two threads at once on one ruling.
 *
 * returns  OK, MEMORY, JAIL
 */
AMICUS_MUST_CHECK amicus_status ruling_fill(const struct amicus_ruling *ruling);

/*
 * Add the findings of rules that a guard ruled out: FINDING_NOT_APPLIED, with what decided that. A
 * decision leaves them out, because they cost more than all others together. May be called again;
 * not by two threads at once on one ruling. Findings, reads and looks move.
 *
 * returns  OK, MEMORY, JAIL
 */
AMICUS_MUST_CHECK amicus_status ruling_complete(const struct amicus_ruling *ruling);

/* The digest of a ruling: of its canonical form without the member `digest`. returns OK, MEMORY,
 * INTERNAL */
AMICUS_MUST_CHECK amicus_status ruling_digest(uint8_t out[DIGEST_BYTES],
                                              const struct amicus_ruling *ruling);

/* Find an issue's result for a record; NULL if the issue is not asked of it. */
const struct issue_result *ruling_find_issue(const struct amicus_ruling *ruling, uint32_t issue,
                                             uint32_t record);

/*
 * Write a value for people: "USD 1,200.00", "2025-05-03 09:14 UTC", "14 days", "approve", and
 * "unknown" or "none" (absent).
 *
 * fact     the fact whose members an enum has; may be NULL for other types
 */
void ruling_write_value(struct builder *builder, const struct amicus_case *subject,
                        const struct fact *fact, const struct value *value);

/*
 * Write a ruling as canonical JSON (schema amicus.ruling/1), or indented. Calls ruling_fill; a
 * failure marks the builder as failed.
 */
void ruling_write_json(struct builder *builder, const struct amicus_ruling *ruling,
                       bool is_indented);

/* The codes of this layer, I0xxx. */
extern const struct code_table decide_codes;

#endif

/*
 * The vocabulary: everything that a case may say and a rule may read.
 *
 * The C code knows no "milestone": kinds of record, their facts, and the few roles that the engine
 * itself must know (which fact is the clock, which is held money) are read from vocabulary.yaml.
 * A path becomes a fact number and a slot when a file is loaded, so reading a fact is an array
 * access. Immutable once loaded; shared by threads.
 *
 * Kinds. Kind 0 is the root: the single records (case, contract, ...) together; its facts keep
 * their whole path as name ("contract.formed_at"). Every list is a kind ("deliveries"), whose facts
 * are named without the prefix ("formal"). A union kind ("item") has no records of its own: it is
 * the base of other kinds, and its facts stand first, in the same slots, in each of them.
 * A derived fact is not in a case file: the rulebook defines it, and it has a derived number.
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include "arena.h"
#include "diagnostic.h"
#include "value.h"

#define FACT_NONE UINT32_MAX
#define KIND_NONE UINT32_MAX
#define KIND_ROOT 0u

/* Who says, who knows, who is helped. Bit sets are made with PARTY_BIT. */
enum party {
    PARTY_NONE = 0,
    PARTY_CLIENT = 1,
    PARTY_FREELANCER = 2,
    PARTY_PLATFORM = 3,
    PARTY_REVIEWER = 4,
    PARTY_EXPERT = 5,
    PARTY_FILER = 6,      /* a role: who it is says the fact of role filed_by */
    PARTY_RESPONDENT = 7, /* the other of client and freelancer */
    PARTY_OBJECTOR = 8,   /* per piece of evidence: the side that did not submit it */
    PARTY_THIRD = 9
};
#define PARTY_BIT(party) ((uint16_t)(1u << (unsigned)(party)))

/* Name of a party ("client", ...). */
const char *party_name(enum party party);

/* Find a party by its name; PARTY_NONE if there is none. */
enum party party_find(struct text name);

/* One kind of record. */
struct kind {
    struct text list; /* "deliveries"; "" for the root and for a union */
    struct text one;  /* "delivery"; "case" for the root */
    uint32_t base;    /* the union kind that it belongs to, or KIND_NONE */
    bool is_union;    /* has no records of its own */
    bool is_recorded; /* the platform keeps the list: not in the file means empty, not unknown */
    bool is_evidence; /* the list whose records can be cited */
    uint32_t id_fact; /* the fact of type id, or FACT_NONE: then records are named list[1], ... */
    uint32_t owner_path[3]; /* facts to follow from a record to the money item that owns it,
                               FACT_NONE behind the last; none at all if it belongs to the case */
    uint32_t slot_count;    /* stored facts, those of the base included */
    uint32_t derived_count; /* derived facts, those of the base included */
};

/* One member of an enum, and whom saying it helps (PARTY_NONE: nobody in particular). */
struct member {
    struct text name;
    uint8_t helps; /* enum party */
};

/* One fact. */
struct fact {
    struct text path;                /* as the vocabulary writes it: "item.submission.formal" */
    struct text name;                /* within its kind: "submission.formal" */
    uint32_t kind;                   /* where it lives; a union kind for a shared fact */
    uint32_t slot;                   /* within a record's stored values; meaningless if derived */
    uint32_t derived;                /* within a record's derived facts; FACT_NONE if stored */
    uint32_t ref_kind;               /* of a ref: the kind (or union) that it points to */
    uint8_t type;                    /* enum value_type */
    uint8_t is_id;                   /* of type id and named "id": names its record, or the case */
    uint8_t needs_finding;           /* H: a party's word is at most a claim */
    uint8_t no_merits;               /* N: a merits rule must not read it */
    uint8_t helps_true, helps_false; /* of a bool: enum party */
    uint16_t knows;                  /* bit set of parties */
    const struct member *members;    /* of an enum or a set */
    uint32_t member_count;
    struct text unit;     /* "days", or "" */
    struct text meaning;  /* one sentence, may be "" */
    struct text question; /* what to ask to obtain it, may be "" */
};

/* Facts that the engine itself must know; FACT_NONE where the vocabulary names none. */
struct roles {
    uint32_t case_id, as_of, platform, grounds, filed_by;
    uint32_t contract_formed, filed; /* the anchors of dated parameters and rules */
    uint32_t item_held, item_fee, item_amount;
    uint32_t evidence_submitter;
    uint32_t contract_type;                    /* for guards */
    uint32_t decisive_unknown, level_evidence; /* derived facts that the engine itself computes */
};

/* One row of the ranking of evidence: a piece takes the first tier whose every test it passes. */
struct evidence_test {
    uint32_t fact;   /* an enum or a bool of the evidence kind */
    int64_t members; /* bit set of members (of a bool: bit 0 false, bit 1 true) that pass */
};
struct evidence_tier {
    const struct evidence_test *tests;
    uint32_t test_count;
};
struct evidence_ranking {
    const struct evidence_tier *tiers; /* best first; a piece that passes none is below all */
    uint32_t tier_count;
    struct evidence_test void_test; /* passes: supports nothing; fact FACT_NONE: none */
    struct evidence_test seen_test; /* passes: better than another of the same tier */
};

struct vocabulary {
    const struct kind *kinds;
    uint32_t kind_count;
    const struct fact *facts; /* the number of a fact is its index here: sorted by path */
    uint32_t fact_count;
    struct text roots[32]; /* first words of paths at the root: "case", "contract", "due", ... */
    uint32_t root_count;
    uint32_t item_kind;     /* the union of money items, or KIND_NONE */
    uint32_t evidence_kind; /* or KIND_NONE */
    struct roles roles;
    struct evidence_ranking ranking;
    struct text digest;                   /* 64 hex digits */
    struct arena *arena;                  /* owns everything above */
    const struct vocabulary_index *index; /* maps; see vocabulary.c */
};

/*
 * Load a vocabulary from the bytes of a vocabulary.yaml.
 *
 * out       receives it; ended by vocabulary_close; NULL on failure
 * name      the file's name, for diagnostics
 * bytes     the text, at most LIMIT_VOCABULARY_BYTES
 * list      receives diagnostics V01xx
 * returns   OK; INVALID if there are errors; MEMORY; LIMIT
 */
AMICUS_MUST_CHECK amicus_status vocabulary_load(struct vocabulary **out, const char *name,
                                                struct text bytes, amicus_diagnostics *list);

struct tree; /* yaml_tree.h */

/*
 * Replace the ranking of evidence by another one of the same form, such as a rulebook's own.
 *
 * vocabulary  not yet shared; no case of it may be open
 * ranking     the node under `evidence_ranking`; not kept
 * list        receives diagnostics V0113
 * returns     OK; INVALID; MEMORY
 */
AMICUS_MUST_CHECK amicus_status vocabulary_rank(struct vocabulary *vocabulary,
                                                const struct tree *ranking,
                                                amicus_diagnostics *list);

/* Tell whether a vocabulary, not ranked anew, was loaded from exactly these bytes. */
bool vocabulary_is(const struct vocabulary *vocabulary, struct text bytes);

/* Close a vocabulary. NULL is allowed. */
void vocabulary_close(struct vocabulary *vocabulary);

/*
 * Find a fact by its name within a kind; a kind with a base also finds the base's facts.
 *
 * kind     the kind
 * name     such as "submission.formal", or for the root "contract.formed_at"
 * returns  the fact's number, or FACT_NONE
 */
uint32_t vocabulary_find(const struct vocabulary *vocabulary, uint32_t kind, struct text name);

/* Numbers of facts. */
struct fact_list {
    const uint32_t *facts;
    uint32_t count;
};

/* The stored facts of a kind, those of its base included, in the order of their names. */
struct fact_list vocabulary_stored(const struct vocabulary *vocabulary, uint32_t kind);

/* Find a fact by its whole path ("due.review"), or FACT_NONE. */
uint32_t vocabulary_find_path(const struct vocabulary *vocabulary, struct text path);

/* Find a kind by the name of its list or of one record ("deliveries", "delivery", "item"). */
uint32_t vocabulary_find_kind(const struct vocabulary *vocabulary, struct text name);

/* Tell whether records of kind are of `wanted`: the same, or wanted is its base. */
bool kind_is(const struct vocabulary *vocabulary, uint32_t kind, uint32_t wanted);

/* Find the nearest fact name of a kind (base included) to a misspelt one; empty if none is near. */
struct text vocabulary_nearest(const struct vocabulary *vocabulary, uint32_t kind,
                               struct text name);

/* Find a member of an enum; UINT32_MAX if it has none of that name. */
uint32_t fact_member(const struct fact *fact, struct text name);

/* The codes of this layer, C01xx (cases) and V01xx (vocabulary). */
extern const struct code_table facts_codes;

#endif

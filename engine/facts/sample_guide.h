/*
 * The guide of samples: what the vocabulary does not say and a believable case needs.
 *
 * What may be said is the vocabulary's; what usually happens before what, how often, and in which
 * words is here. Everything in it is optional: what it does not name is drawn by its type alone.
 * Nothing but `case sample` reads it, so it is no part of any digest.
 *
 *   amicus: sample/1
 *   course:                      # instants and dates; those of a later line come after
 *     - [contract.formed_at]
 *     - [delivery.at]
 *   items:                       # by type of contract: the lists that its money lies in, the usual
 *     hourly: [weeks, bonuses]   # one first
 *   often:                       # of a hundred cases: how many state the fact, or have the list
 *     case.withdrawn_at: 3
 *   usual:                       # drawn from these, named as often as they are likely
 *     case.filed_via: [in_product, in_product, other]
 *   shares: [criterion.weight]   # of one money item they sum to 10000
 *   currencies: [USD, USD, EUR]
 */
#ifndef SAMPLE_GUIDE_H
#define SAMPLE_GUIDE_H

#include "vocabulary.h"
#include "yaml_tree.h"

/* How often is not said. */
#define OFTEN_UNSAID 255u

struct sample_usual {
    const struct value *values;
    uint32_t count;
};

struct sample_guide {
    const struct vocabulary *vocabulary;
    uint32_t line_count;              /* of the course */
    const uint32_t *lines;            /* by fact: its line and 1; 0: none */
    const uint8_t *often;             /* by fact: 0 to 100, or OFTEN_UNSAID */
    const uint8_t *list_often;        /* by kind, likewise */
    const bool *is_share;             /* by fact */
    const struct sample_usual *usual; /* by fact */
    const bool *has_items;            /* by contract type and kind: [type * kind_count + kind] */
    const uint32_t *first_items;      /* by contract type: the usual kind, or KIND_NONE */
    const uint16_t *currencies;
    uint32_t currency_count; /* 1 at least */
};

/*
 * Read a guide.
 *
 * out         receives it, living in the arena; NULL on failure
 * arena       where it lives
 * vocabulary  whose facts it names; borrowed for its life
 * source      its text; NULL: a guide that says nothing
 * list        receives V0115 and the faults of the text, all at once
 * returns     OK; INVALID; LIMIT; MEMORY
 */
AMICUS_MUST_CHECK amicus_status sample_guide_read(const struct sample_guide **out,
                                                  struct arena *arena,
                                                  const struct vocabulary *vocabulary,
                                                  const struct tree_source *source,
                                                  amicus_diagnostics *list);

#endif

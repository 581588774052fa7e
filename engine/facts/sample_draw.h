/*
 * A case that is being drawn. Private to sample*.c.
 */
#ifndef SAMPLE_DRAW_H
#define SAMPLE_DRAW_H

#include "case.h"
#include "dice.h"
#include "sample.h"

/* What is known of a record before its facts are drawn. */
struct sample_record {
    uint32_t owner;                              /* the record that it belongs to, or RECORD_NONE */
    int64_t amount_minor, held_minor, fee_minor; /* of a money item */
};

struct sampler {
    struct sample_spec spec;
    const struct vocabulary *vocabulary;
    struct arena *arena;   /* lives as long as the sampler */
    struct arena *scratch; /* of the case at hand */
    uint8_t *chances;      /* [ground * fact_count + fact]: of a hundred cases, how many state it */
    uint32_t *lines;       /* by fact: its line of the course, from 1; 0: some time before filing */
    uint32_t line_count;
    uint32_t grounds; /* how many there are; 1 if the vocabulary has none */

    /* the case at hand */
    struct dice dice;
    struct amicus_case *subject; /* its arrays are those below, seen as const */
    struct record *records;
    struct sample_record *drawn; /* by record */
    struct slot *slots;
    struct case_list *lists;
    struct statement *statements;
    size_t statements_capacity;
    uint32_t *cites;
    struct text *locators;
    uint32_t cite_count;
    size_t cites_capacity;
    int64_t *starts; /* by line: when it begins; one more behind the last */
    uint32_t ground, contract_type;
    uint16_t currency;
    bool is_careful; /* somebody wrote down what does not exist */
    bool failed;
};

/* Draw a value of a fact of a record; it is never unknown. */
struct value sample_value(struct sampler *sampler, uint32_t record, uint32_t fact);

/* Draw a member of an enum, as often as the guide names it; `weights` by member, or NULL. */
uint32_t sample_member(struct sampler *sampler, uint32_t fact, const uint8_t *weights);

/* Draw an amount that people agree on, in minor units. */
int64_t sample_amount(struct sampler *sampler);

/* Count the records of a kind, or of all kinds of a union; and the n-th. */
uint32_t sample_count(const struct sampler *sampler, uint32_t kind);
uint32_t sample_nth(const struct sampler *sampler, uint32_t kind, uint32_t n);

/* Draw what is said of a fact, and by whom. */
void sample_statements(struct sampler *sampler, uint32_t record, uint32_t fact);

/* State a value as the platform's record. */
void sample_record_value(struct sampler *sampler, uint32_t record, uint32_t fact,
                         struct value value);

#endif

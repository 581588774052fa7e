/*
 * Random valid cases: believable disputes drawn from a seed, for tests, benchmarks and demos.
 *
 * What can be drawn is the vocabulary's alone: a fact that is added to it is drawn without a line
 * of C. What is usual is the guide's, which facts matter to a ground the caller's. A case depends
 * on the seed and its own number only, so parts of a sample can be drawn apart.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "sample_guide.h"

/* How much a fact matters to the rules on a ground. */
enum interest {
    INTEREST_NONE = 0,  /* no rule reads it */
    INTEREST_SOME = 1,  /* some rule does */
    INTEREST_GROUND = 2 /* a rule of that ground does */
};

#define GROUND_ANY UINT32_MAX

/* What to draw from. */
struct sample_spec {
    const struct vocabulary *vocabulary;
    const struct sample_guide *guide;
    uint64_t seed;
    uint32_t ground;          /* member of the grounds that every case has, or GROUND_ANY */
    const uint8_t *platforms; /* by member of the platform: its weight; NULL: all alike */
    const uint8_t *interest;  /* enum interest, [ground * fact_count + fact]; NULL: all SOME */
};

struct sampler;

/*
 * Open a sampler.
 *
 * out      receives it; ended by sampler_close; NULL on failure
 * spec     copied; what it points to is borrowed for the sampler's life
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status sampler_open(struct sampler **out, const struct sample_spec *spec);

/*
 * Draw a case.
 *
 * out      receives its canonical JSON, without a line end; good until the next case is drawn
 * sampler  not for two threads at once
 * number   which case of the sample
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status sampler_write(struct text *out, struct sampler *sampler,
                                              uint64_t number);

/* Close a sampler. NULL is allowed. */
void sampler_close(struct sampler *sampler);

#endif

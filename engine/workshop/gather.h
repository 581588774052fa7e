/*
 * Gathering: the parts of a batch, joined, with proof that nothing is missing.
 */
#ifndef GATHER_H
#define GATHER_H

#include "part.h"

struct gathered {
    struct run run;
    uint32_t shards;
    struct figures figures;
    bool is_proved; /* lines and hash are those of the inventory */
};

/* How a gathering can end. */
enum gather_end {
    GATHER_DONE,
    GATHER_REFUSED, /* holes, damage, mixtures: nothing was joined */
    GATHER_DIFFERS, /* all parts are there, and together they are not the archive */
    GATHER_FAILED   /* the machine; see status */
};

/*
 * Join the parts in a folder.
 *
 * out      receives the sum
 * shards   how many parts there must be; 0: as many as the parts say
 * arena    where it lives
 * list     receives B0201 to B0205, each part with what is wrong with it
 * status   receives the status of GATHER_FAILED
 */
enum gather_end gather(struct gathered *out, const char *folder, uint32_t shards,
                       struct arena *arena, amicus_diagnostics *list, amicus_status *status);

/*
 * Find which shards are still to do: those without a whole part of the folder's run.
 *
 * missing  receives an array of `shards` flags, in the arena
 * shards   in: as of gather; out: how many there are
 */
enum gather_end gather_missing(bool **missing, uint32_t *shards, const char *folder,
                               struct arena *arena, amicus_diagnostics *list,
                               amicus_status *status);

/* Write the numbers that are set as "3,5-7". returns how many are */
uint32_t gather_write_missing(struct builder *builder, const bool *missing, uint32_t shards);

#endif

/*
 * The rulebook: a folder with rulebook.yaml, its Lua files run in jails, and what they declare
 * compiled into an image. Read-only after load; predicates apart, which answer from a jail.
 */
#ifndef RULEBOOK_H
#define RULEBOOK_H

#include "image.h"
#include "jail.h"

struct amicus_rulebook {
    struct image image;
    struct vocabulary *vocabulary;
    bool is_vocabulary_shared;         /* not this rulebook's to close */
    struct amicus_engine *engine;      /* borrowed */
    struct predicate_host *predicates; /* sessions by file, opened at the first call */
    struct text folder;
    struct arena *arena;
};

/*
 * Load a rulebook: see amicus_rulebook_load.
 *
 * vocabulary  one that is loaded already, or NULL: used, borrowed, where the rulebook would load
 *             the same bytes; it must then outlive the rulebook
 */
AMICUS_MUST_CHECK amicus_status rulebook_load(struct amicus_rulebook **out,
                                              struct amicus_engine *engine, const char *folder,
                                              struct vocabulary *vocabulary,
                                              amicus_diagnostics *list);

/*
 * Load a rulebook from the bytes of a bundle, which are copied.
 *
 * returns  as rulebook_load; INVALID also if the bytes are no bundle
 */
AMICUS_MUST_CHECK amicus_status rulebook_load_bundle(struct amicus_rulebook **out,
                                                     struct amicus_engine *engine,
                                                     struct text bytes, amicus_diagnostics *list);

/* Close a rulebook. NULL is allowed. */
void rulebook_close(struct amicus_rulebook *rulebook);

/*
 * Ask a predicate of the image.
 *
 * answer     receives true or false
 * predicate  row of image.predicates
 * values     as predicate_call
 * returns    OK, JAIL, MEMORY
 */
AMICUS_MUST_CHECK amicus_status rulebook_ask(bool *answer, const struct amicus_rulebook *rulebook,
                                             uint32_t predicate, const struct value *values,
                                             uint32_t count);

/* The codes of manifests, declarations and provisions, P01xx and P04xx. */
extern const struct code_table policy_codes;

#endif

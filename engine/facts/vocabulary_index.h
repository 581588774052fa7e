/*
 * How the vocabulary finds its names, and the steps of loading one. Private to vocabulary*.c.
 */
#ifndef VOCABULARY_INDEX_H
#define VOCABULARY_INDEX_H

#include "faults.h"
#include "vocabulary.h"

/* Facts by kind, those of the base included, sorted by their names. By path the facts themselves
 * are sorted, and kinds are few. */
struct vocabulary_index {
    struct fact_list *names;
    struct fact_list *stored; /* without the derived ones */
};

/* A vocabulary that is being loaded. */
struct vocabulary_loader {
    struct vocabulary *vocabulary;
    struct vocabulary_index *index;
    struct kind *kinds;
    struct fact *facts;
    const struct tree **lists; /* by kind: the entry of lists: that declared it, or NULL */
    const struct tree **nodes; /* by fact: the entry of facts: that declared it */
    struct faults faults;
};

/* Open a vocabulary with nothing in it but its arena. returns OK; MEMORY */
AMICUS_MUST_CHECK amicus_status vocabulary_open(struct vocabulary **out);

/*
 * Give sorted facts their slots, list them by name, and count them in their kinds.
 *
 * vocabulary  whose index is filled; its kinds and facts are the two below; unions come before the
 *             lists that use them
 * kinds       slot_count, derived_count and id_fact are set
 * facts       slot and derived are set; a derived fact has another number than FACT_NONE there
 * returns     OK; MEMORY
 */
AMICUS_MUST_CHECK amicus_status vocabulary_index_fill(const struct vocabulary *vocabulary,
                                                      struct vocabulary_index *index,
                                                      struct kind *kinds, struct fact *facts);

/* Tell whether a fact may have the role that lies at an offset of struct roles. */
bool vocabulary_fits_role(const struct fact *fact, size_t role);

/* Read lists: and unions: into kinds. */
void vocabulary_load_kinds(struct vocabulary_loader *loader, const struct tree *root);

/* Read facts:, sort them, give them slots, and fill the index. Kinds must be there. */
void vocabulary_load_facts(struct vocabulary_loader *loader, const struct tree *root);

/* Follow the of: of each list; read roles: and evidence_ranking:. Facts must be there. */
void vocabulary_load_links(struct vocabulary_loader *loader, const struct tree *root);

#endif

/*
 * How the vocabulary finds its names, and the steps of loading one. Private to vocabulary*.c.
 */
#ifndef VOCABULARY_INDEX_H
#define VOCABULARY_INDEX_H

#include "faults.h"
#include "vocabulary.h"

/* The values of the maps point to the facts and kinds themselves. */
struct vocabulary_index {
    struct map **names;       /* by kind: name within the kind; of a member also the base's names */
    struct fact_list *stored; /* by kind */
    struct map *paths;
    struct map *kinds; /* list names and names of one record */
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

/* Read lists: and unions: into kinds. */
void vocabulary_load_kinds(struct vocabulary_loader *loader, const struct tree *root);

/* Read facts:, sort them, give them slots, and fill the index. Kinds must be there. */
void vocabulary_load_facts(struct vocabulary_loader *loader, const struct tree *root);

/* Follow the of: of each list; read roles: and evidence_ranking:. Facts must be there. */
void vocabulary_load_links(struct vocabulary_loader *loader, const struct tree *root);

#endif

/*
 * Books: which rulebook decides a case, found once and loaded once a call.
 */
#ifndef BOOKS_H
#define BOOKS_H

#include "inputs.h"
#include "rulebook.h"

/* One rulebook that was asked for. */
struct book {
    const char *folder;
    amicus_status status;
    struct amicus_rulebook *rulebook; /* NULL unless status is OK */
    amicus_diagnostics *list;         /* what its loading said */
    bool is_reported;
    struct book *next;
};

struct books {
    struct amicus_engine *engine; /* NULL if no jail can be set up */
    struct arena *arena;
    const char *named;             /* the rulebook that was named, or NULL */
    const char *root;              /* the folder that holds rulebooks and vocabulary, or NULL */
    struct vocabulary *vocabulary; /* of the root, once it was asked for */
    struct book *first;
};

/*
 * Find out where policy comes from.
 *
 * out      receives what was found; ended by books_close
 * engine   borrowed; NULL if there is none
 * option   -p, or NULL: then AMICUS_POLICY, then `policy` of the nearest amicus.yaml from the
 *          working folder upwards
 * arena    where names live
 * list     receives U0302 for a wrong amicus.yaml
 * returns  OK; INVALID; MEMORY
 *
 * The root is rules/ in the working folder, else two folders above that of the executable, else
 * beside the installed executable in ../share/amicus/rules.
 */
AMICUS_MUST_CHECK amicus_status books_open(struct books *out, struct amicus_engine *engine,
                                           const char *option, struct arena *arena,
                                           amicus_diagnostics *list);

/* Close every rulebook and the vocabulary. */
void books_close(struct books *books);

/*
 * Load a rulebook, or find it again.
 *
 * returns  OK (its own status may still be another one); MEMORY
 */
AMICUS_MUST_CHECK amicus_status books_load(struct book **out, struct books *books,
                                           const char *folder);

/*
 * The vocabulary that a case is read with before its rulebook is known.
 *
 * list     receives U0303 and what is wrong with the vocabulary
 * returns  OK; NOT_FOUND if there is no root; INVALID; IO; MEMORY
 */
AMICUS_MUST_CHECK amicus_status books_vocabulary(const struct vocabulary **out, struct books *books,
                                                 amicus_diagnostics *list);

/*
 * The folder of the rulebook for a platform.
 *
 * out       receives the folder: the named rulebook, else root/platform
 * platform  as the case says it; empty if it does not
 * name      of the case, for diagnostics
 * list      receives U0301 with the platforms that there are
 * returns   OK; NOT_FOUND; MEMORY
 */
AMICUS_MUST_CHECK amicus_status books_for(const char **out, struct books *books,
                                          struct text platform, const char *name,
                                          amicus_diagnostics *list);

/*
 * List the folders of the rulebooks below the root, in the order of their names: those that are for
 * a platform; those for none are parts of others, and are listed only if there is nothing else.
 *
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status books_list(struct inputs *out, const struct books *books);

/* Write the names of the rulebooks below the root: "model, upwork". */
void books_write_names(struct builder *builder, const struct books *books);

/* Say why a rulebook cannot be used, as the end of a sentence that names it: "has faults". */
const char *books_fault(amicus_status status);

#endif

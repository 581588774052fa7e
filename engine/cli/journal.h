/*
 * The journal of a trainee: a file that only grows, in the folder training/ beside the record.
 */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "ledger.h"
#include "learning.h"

struct journal {
    struct ledger *ledger;
    const char *path;
    bool is_torn; /* its last line has no end */
};

/*
 * Find a trainee's journal, and read it. It need not be there.
 *
 * out       receives it
 * progress  receives what it says; was started
 * returns   an exit code; what is wrong is said
 */
int journal_open(struct journal *out, struct ledger *ledger, struct learning *progress);

/* Add an entry. When the call returns EXIT_DONE it is on the disk. */
int journal_add(struct journal *journal, const struct journal_entry *entry);

#endif

/*
 * Message reader: what a jail sent back, read as if an enemy wrote it, into a read-only tree.
 *
 * The tree borrows the message's bytes, so the message must outlive it. Nothing in it is resolved:
 * names may not exist and types may not fit. But its shape is certain: every symbolic node has as
 * many operands, of the forms, as symbol.h says, so that the compiler need not look again.
 */
#ifndef MESSAGE_READ_H
#define MESSAGE_READ_H

#include "diagnostic.h"
#include "symbol.h"

/* What a datum is. */
enum datum_tag {
    DATUM_NIL = 0,
    DATUM_FALSE,
    DATUM_TRUE,
    DATUM_INT,
    DATUM_TEXT,
    DATUM_LIST,
    DATUM_MAP,
    DATUM_NODE
};

struct datum_entry;

/* One value of a message. line is the script's line, 0 where the form has none. */
struct datum {
    uint8_t tag;    /* enum datum_tag */
    uint8_t op;     /* enum symbol, of a node */
    uint32_t line;  /* of a list, map or node */
    uint32_t count; /* items of a list, entries of a map, operands of a node */
    union {
        int64_t n;
        struct text text;
        const struct datum *items;         /* of a list or node */
        const struct datum_entry *entries; /* of a map: ascending by the bytes of their keys */
    } as;
};

struct datum_entry {
    struct text key;
    struct datum value;
};

/* One call of the rule API at the top of a script. */
struct declaration {
    uint32_t line;
    struct text kind; /* "rule", "issue", ...; one of those that the language has */
    struct text id;
    struct datum value; /* a map */
};

/* A message: declarations, or one failure. */
struct message {
    const struct declaration *declarations;
    uint32_t count;
    uint8_t failure; /* enum failure; 0 if the script ran to its end */
    uint32_t line;   /* of the failure */
    struct text what, mend;
};

/*
 * Read a message.
 *
 * out      receives it; lives in arena and borrows bytes
 * bytes    what the jail sent, at most LIMIT_JAIL_ANSWER_BYTES
 * file     the script's path, for the diagnostic
 * arena    where the tree goes
 * list     receives one diagnostic, P0106, if the message is not of the form of symbol.h
 * returns  OK; INVALID, and nothing is taken of it; MEMORY
 */
AMICUS_MUST_CHECK amicus_status message_read(struct message *out, struct text bytes,
                                             const char *file, struct arena *arena,
                                             amicus_diagnostics *list);

/* Find the value of a key of a map; NULL if it has none. */
const struct datum *datum_find(const struct datum *map, const char *key);

#endif

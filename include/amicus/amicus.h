/*
 * amicus: version, status, diagnostics and limits of the public interface.
 *
 * Caveats first.
 * - No function here keeps a hidden "last error": what went wrong with your text is in the list of
 *   diagnostics that you pass, what went wrong with the machine is the status that comes back.
 * - A pointer that comes out is const and borrowed, and lives as long as the object that it came
 *   from, unless the function's verb is `open` or `load`: that object is yours, and you `close` it.
 * - Objects may be read by many threads at once after they were made; making one is not shared.
 */
#ifndef AMICUS_AMICUS_H
#define AMICUS_AMICUS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AMICUS_VERSION "0.1.0"

#if defined(__GNUC__)
#define AMICUS_API        __attribute__((visibility("default")))
#define AMICUS_MUST_CHECK __attribute__((warn_unused_result))
#else
#define AMICUS_API
#define AMICUS_MUST_CHECK
#endif

/* How a call ended. Values are stable: a number is never given to another meaning. */
typedef enum amicus_status {
    AMICUS_OK = 0,        /* done */
    AMICUS_INVALID = 1,   /* the input has faults; each is a diagnostic with a place and a mend */
    AMICUS_MEMORY = 2,    /* no memory, or an arena reached its cap */
    AMICUS_LIMIT = 3,     /* a documented limit was reached before an answer was found */
    AMICUS_OVERFLOW = 4,  /* a number does not fit in 64 bits */
    AMICUS_NOT_FOUND = 5, /* the named thing does not exist */
    AMICUS_IO = 6,        /* a file could not be read or written */
    AMICUS_JAIL = 7,    /* the jail for policy scripts could not be set up, or was hit by a limit */
    AMICUS_INTERNAL = 8 /* a fault of amicus or of a policy that the engine caught */
} amicus_status;

/*
 * Name a status.
 *
 * status   any value, also one that is no status
 * returns  a short lower-case word such as "invalid"; "unknown status" for other values; static
 */
AMICUS_API const char *amicus_status_name(amicus_status status);

/* How grave a diagnostic is. Only an error keeps an input from being used. */
typedef enum amicus_severity {
    AMICUS_NOTE = 0,
    AMICUS_WARNING = 1,
    AMICUS_ERROR = 2
} amicus_severity;

/* One thing wrong in a text: where, what, and how to mend it. All texts are UTF-8 and printable. */
typedef struct amicus_diagnostic {
    amicus_severity severity;
    const char *code; /* stable, such as "C0104"; `amicus explain C0104` tells more */
    const char *file; /* as the caller named it; "" if the input had no name */
    uint32_t line;    /* from 1; 0 if the whole file is meant */
    uint32_t column;  /* in characters, from 1; 0 if the whole line is meant */
    const char *what; /* what is wrong and why */
    const char *mend; /* how to put it right; "" if nothing can be said */
} amicus_diagnostic;

/* A list of diagnostics, in the order of file, line and column once sorted. */
typedef struct amicus_diagnostics amicus_diagnostics;

/*
 * Open an empty list of diagnostics.
 *
 * out      receives the list; the caller ends it with amicus_diagnostics_close; NULL on failure
 * returns  OK, MEMORY
 */
AMICUS_API AMICUS_MUST_CHECK amicus_status amicus_diagnostics_open(amicus_diagnostics **out);

/*
 * Close a list and all texts that it holds.
 *
 * list     the list, or NULL
 */
AMICUS_API void amicus_diagnostics_close(amicus_diagnostics *list);

/*
 * Count the diagnostics of a list.
 *
 * list     the list
 * returns  how many there are, of any severity
 */
AMICUS_API size_t amicus_diagnostics_count(const amicus_diagnostics *list);

/*
 * Find one diagnostic.
 *
 * list     the list
 * index    0 to count - 1
 * returns  the diagnostic, borrowed from the list; NULL if index is out of range
 */
AMICUS_API const amicus_diagnostic *amicus_diagnostics_find(const amicus_diagnostics *list,
                                                            size_t index);

#ifdef __cplusplus
}
#endif

#endif

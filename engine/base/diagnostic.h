/*
 * Diagnostics inside the engine: adding to the list that the caller passed.
 *
 * assert is for our mistakes, a diagnostic for theirs, a status for the machine's. Each layer keeps
 * a table of its codes (struct code_page), from which `explain CODE` and the golden tests read.
 */
#ifndef DIAGNOSTIC_H
#define DIAGNOSTIC_H

#include "text.h"

/* Where in a text. line and column count from 1; 0 means the whole file or line. */
struct place {
    const char *file; /* must outlive the list, or be copied by it: the list copies */
    uint32_t line;
    uint32_t column; /* in characters */
};

/* What `amicus explain CODE` prints of one code. Codes are never used twice. */
struct code_page {
    const char *code;    /* "C0104" */
    const char *title;   /* one line, no full stop */
    const char *explain; /* a few sentences: why it is refused, and how to mend it */
};

/* A table of codes; each layer has one, count pages long. */
struct code_table {
    const struct code_page *pages;
    size_t count;
};

/* The codes of this layer. */
extern const struct code_table diagnostic_codes;

/*
 * Add a diagnostic.
 *
 * list      where to; the same code at the same place with the same words is added once
 * severity  how grave
 * code      a code of a code_table; static
 * place     where; file is copied
 * mend      how to mend it, already made; "" if nothing can be said; copied
 * format    printf format of what is wrong; control characters in the result are made visible
 *
 * Foreign words in the arguments should be cut to 80 characters by the caller (%.*s).
 * LIMIT_DIAGNOSTICS are kept; the rest are counted, and an error takes the place of the last kept
 * warning or note. When memory fails the list remembers only that there is one more.
 */
#if defined(__GNUC__)
__attribute__((format(printf, 6, 7)))
#endif
void diagnostics_add(amicus_diagnostics *list, amicus_severity severity, const char *code,
                     struct place place, const char *mend, const char *format, ...);

/*
 * Add all diagnostics of another list, and count those that it only counted.
 *
 * list     receives them, as diagnostics_add does
 * from     another list; a summary in it is left out, since this one makes its own
 * file     the file that they are to name; NULL leaves theirs
 */
void diagnostics_add_all(amicus_diagnostics *list, const amicus_diagnostics *from,
                         const char *file);

/* Count the errors (not warnings or notes) of a list, also those that are only counted. */
size_t diagnostics_errors(const amicus_diagnostics *list);

/*
 * Sort by file, line, column, code; stable. If some were only counted, one more stands last: I0001
 * "and 7 more", without a place, as grave as the gravest of them. Sorting again renews it.
 */
void diagnostics_sort(amicus_diagnostics *list);

#endif

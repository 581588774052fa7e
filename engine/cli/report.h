/*
 * Reports: diagnostics, for people with the line that they are about, for grep, and as JSON.
 */
#ifndef REPORT_H
#define REPORT_H

#include "diagnostic.h"
#include "layout.h"

/* Where the texts are that diagnostics speak of. */
struct report_sources {
    const char *name;   /* the input at hand, or NULL */
    struct text bytes;  /* its text */
    const char *folder; /* of the rulebook at hand, or NULL: its files are named from there */
};

/* How many diagnostics of each severity. */
struct report_count {
    size_t errors, warnings, notes;
};

/* Count a list by severity. */
struct report_count report_count_of(const amicus_diagnostics *list);

/*
 * Write diagnostics for people: each with its place, the line with the words underlined, how to
 * mend it and where to read more.
 *
 * builder  where to; its arena takes the lines that are read
 * list     what to write, in its order
 * sources  where the lines are; a file that cannot be found is named without its line
 * look     what the page can show
 */
void report_write_text(struct builder *builder, const amicus_diagnostics *list,
                       const struct report_sources *sources, struct look look);

/* Write diagnostics for grep: "file:line:column: error C0104: what. Mend: how." a line each. */
void report_write_plain(struct builder *builder, const amicus_diagnostics *list,
                        const struct report_sources *sources);

/* Write diagnostics as the members of a JSON array, without its brackets; first says whether no
 * member stands before them, and is kept up to date. */
void report_write_json(struct builder *builder, const amicus_diagnostics *list,
                       const struct report_sources *sources, bool *first);

/* Write "2 files, 1 error, 3 warnings". */
void report_write_count(struct builder *builder, size_t inputs, const char *noun,
                        struct report_count count);

/* Name a severity: "note", "warning", "error". */
const char *severity_name(amicus_severity severity);

#endif

/*
 * Cases: one dispute, read from YAML or JSON.
 *
 * A case is immutable once loaded and may be read by many threads. It borrows the rulebook's
 * vocabulary, so the rulebook must be closed after it.
 */
#ifndef AMICUS_CASE_H
#define AMICUS_CASE_H

#include "amicus/amicus.h"
#include "amicus/rulebook.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One dispute. */
typedef struct amicus_case amicus_case;

/* How the bytes of a case are written. */
typedef enum amicus_case_format {
    AMICUS_FORMAT_AUTO = 0, /* '{' first: JSON; else YAML */
    AMICUS_FORMAT_YAML = 1,
    AMICUS_FORMAT_JSON = 2
} amicus_case_format;

/*
 * Load a case.
 *
 * out       receives the case; the caller ends it with amicus_case_close; NULL on failure
 * rulebook  whose vocabulary the case speaks; borrowed, must outlive the case
 * name      what to call the input in diagnostics, such as its path; NULL is ""
 * bytes     the text, UTF-8; copied
 * length    how many bytes: at most 1 MiB of YAML, 4 MiB of JSON
 * format    how it is written
 * list      receives what is wrong, with place and mend; all faults at once
 * returns   OK      perhaps with warnings in list
 *           INVALID the case has errors; a case with an error gets no ruling
 *           LIMIT, MEMORY
 */
AMICUS_API AMICUS_MUST_CHECK amicus_status amicus_case_load(
    amicus_case **out, const amicus_rulebook *rulebook, const char *name, const char *bytes,
    size_t length, amicus_case_format format, amicus_diagnostics *list);

/*
 * Close a case.
 *
 * subject  the case, or NULL
 */
AMICUS_API void amicus_case_close(amicus_case *subject);

/*
 * The id that the case gives itself.
 *
 * subject  the case
 * returns  NUL-terminated; borrowed from the case
 */
AMICUS_API const char *amicus_case_id(const amicus_case *subject);

/*
 * The digest of what the case says: equal for a case read from YAML and from its JSON.
 *
 * subject  the case
 * out      receives 64 lower-case hex digits and a NUL
 */
AMICUS_API void amicus_case_digest(const amicus_case *subject, char out[65]);

#ifdef __cplusplus
}
#endif

#endif

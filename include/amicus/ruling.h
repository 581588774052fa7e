/*
 * Rulings: a recommended outcome with its reasons. A ruling advises; it never binds.
 */
#ifndef AMICUS_RULING_H
#define AMICUS_RULING_H

#include "amicus/amicus.h"
#include "amicus/case.h"
#include "amicus/rulebook.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A recommendation on one case. */
typedef struct amicus_ruling amicus_ruling;

/* How a ruling is written. */
typedef enum amicus_ruling_format {
    AMICUS_RULING_JSON = 0,     /* amicus.ruling/1, indented, for people */
    AMICUS_RULING_CANONICAL = 1 /* the same on one line: sorted keys, no insignificant space */
} amicus_ruling_format;

/* The division of one money item, or of all together, in minor units of the case's currency. */
typedef struct amicus_division {
    int64_t held_minor; /* before; equals the sum of the four below */
    int64_t to_freelancer_minor;
    int64_t to_client_minor;
    int64_t fees_minor;
    int64_t stays_held_minor;
} amicus_division;

/*
 * Decide a case.
 *
 * out          receives the ruling; the caller ends it with amicus_ruling_close; NULL on failure
 * rulebook     borrowed, must outlive the ruling
 * subject      borrowed, must outlive the ruling
 * as_of        RFC 3339 instant that replaces the case's own, or NULL
 * policy_date  RFC 3339 instant whose policy is applied, or NULL: that of the case's own dates, as
 *              each parameter and rule is anchored
 * list         receives diagnostics if no ruling can be made
 * returns      OK       a ruling of any outcome, "refer" and "no_rule" included
 *              INVALID  an instant is none, or neither the case nor the caller names as_of
 *              JAIL     a predicate exceeded its limits: no recommendation
 *              INTERNAL money would not be conserved: a fault of policy or engine, in list
 *              LIMIT, MEMORY
 */
AMICUS_API AMICUS_MUST_CHECK amicus_status
amicus_ruling_of(amicus_ruling **out, const amicus_rulebook *rulebook, const amicus_case *subject,
                 const char *as_of, const char *policy_date, amicus_diagnostics *list);

/*
 * Close a ruling.
 *
 * ruling   the ruling, or NULL
 */
AMICUS_API void amicus_ruling_close(amicus_ruling *ruling);

/*
 * The outcome of the whole case.
 *
 * ruling   the ruling
 * returns  an outcome code such as "release_full"; static
 */
AMICUS_API const char *amicus_ruling_outcome(const amicus_ruling *ruling);

/*
 * Count the money items that were decided.
 *
 * ruling   the ruling
 * returns  how many; 0 if the case names none
 */
AMICUS_API size_t amicus_ruling_items_count(const amicus_ruling *ruling);

/*
 * The decision on one money item.
 *
 * ruling    the ruling
 * index     0 to count - 1, in the order of the case
 * outcome   receives the item's outcome code, if not NULL; static
 * division  receives how its money is divided, if not NULL
 * returns   the item's id; borrowed; NULL if index is out of range
 */
AMICUS_API const char *amicus_ruling_item(const amicus_ruling *ruling, size_t index,
                                          const char **outcome, amicus_division *division);

/*
 * The division of all items together.
 *
 * ruling   the ruling
 * returns  the sums, in minor units of the case's currency
 */
AMICUS_API amicus_division amicus_ruling_totals(const amicus_ruling *ruling);

/*
 * Write a ruling as JSON of schema amicus.ruling/1.
 *
 * out      receives NUL-terminated UTF-8; borrowed from the ruling until it is closed; NULL on
 *          failure
 * length   receives its bytes without the NUL, if not NULL
 * ruling   the ruling; not for two threads at once
 * format   indented or canonical
 * returns  OK, MEMORY
 */
AMICUS_API AMICUS_MUST_CHECK amicus_status amicus_ruling_write(const char **out, size_t *length,
                                                               amicus_ruling *ruling,
                                                               amicus_ruling_format format);

#ifdef __cplusplus
}
#endif

#endif

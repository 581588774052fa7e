/*
 * Wording: conditions of a trace, values, distances and wishes, as a reviewer reads them.
 *
 * Every text is visible and lives in the outline's arena.
 */
#ifndef WORDING_H
#define WORDING_H

#include "outline.h"
#include "trace.h"

/* A condition or an expression as a sentence, with the records that it was evaluated for:
 * "milestones.M1.review.action is absent". */
struct text wording_condition(struct outline *outline, const struct amicus_ruling *ruling,
                              const struct condition *condition);

/* What an expression came to: "2025-05-25 09:00 UTC", "USD 50.00", "unknown", "none". */
struct text wording_value(struct outline *outline, const struct amicus_ruling *ruling,
                          const struct condition *condition);

/*
 * How far a comparison is from its threshold: "4 days 2 hours too late", "USD 50.00 short", or,
 * where it is as it should be, "3 days to spare". Empty if there is no such distance.
 *
 * is_met  the comparison is as it is wanted
 */
struct text wording_distance(struct outline *outline, const struct amicus_ruling *ruling,
                             const struct condition *condition, bool is_met);

/* The distance itself as a case file writes it, without its sign: "1 seconds", "USD 50.00", "2";
 * and where the value stands to the limit: "less", "equal" or "more". Empty if it is not known. */
struct text wording_amount(struct outline *outline, const struct amicus_ruling *ruling,
                           const struct condition *condition);
const char *wording_side(const struct amicus_ruling *ruling, const struct condition *condition);

/* What would have to be the case for a test to be true, or false if not `wanted`: "yes", "not
 * before 2025-05-17 09:14 UTC", "upheld". */
struct text wording_wish(struct outline *outline, const struct amicus_ruling *ruling,
                         const struct condition *condition, bool wanted);

#endif

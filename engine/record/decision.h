/*
 * A decision: what a reviewer makes of a ruling, checked before it is recorded.
 *
 * Accepting follows the ruling to the last cent; overriding differs from it, with a reason from a
 * closed list and what that reason must come with. Neither touches the ruling.
 */
#ifndef DECISION_H
#define DECISION_H

#include "ruling.h"
#include "store.h"

/* How an item's money is divided instead. */
struct award {
    struct text item;
    int64_t freelancer_minor;
    bool has_client; /* both parts were given */
    int64_t client_minor;
};

/* The reasons; decision.c has their names and what each must come with. */
enum reason_code {
    REASON_NEW_EVIDENCE,
    REASON_FACT_FINDING,
    REASON_MISAPPLIED,
    REASON_GAP,
    REASON_UNFAIR,
    REASON_DEADLINE,
    REASON_SETTLEMENT,
    REASON_SAFETY,
    REASON_CONFLICT,
    REASON_DATA_ERROR,
    REASON_COUNT
};
struct reason_row {
    const char *name, *meaning;
};
extern const struct reason_row reason_rows[REASON_COUNT];

/* Find a reason; REASON_COUNT if there is none. */
enum reason_code reason_find(struct text name);

/* What a reviewer says. Texts are borrowed. */
struct decision_request {
    bool is_override;
    struct text outcome; /* empty: it follows from the awards */
    const struct award *awards;
    size_t award_count;
    struct text reason;
    const struct text *cites;
    size_t cite_count;
    const struct text *disagrees; /* rules and facts; a fact may be FACT=VALUE */
    size_t disagree_count;
    struct text note;
    const struct amicus_case *previous; /* the version before, or NULL */
    struct text replaced;               /* detail of the decision that it supersedes, on the same
                                           ruling; empty: the suggestion */
};

/* A decision, ready to be recorded. */
struct decision {
    struct text outcome;
    amicus_division *divisions; /* one an item of the ruling */
    amicus_division totals;
    int64_t moved_minor;
    struct text detail; /* JSON */
};

/*
 * Read "M1=USD 720.00" or "M1=USD 720.00/USD 480.00"; the second currency may be left out.
 *
 * currency  of the case
 * returns   OK; INVALID if it is not of that form or in another currency
 */
AMICUS_MUST_CHECK amicus_status award_read(struct award *out, struct text text, uint16_t currency);

/*
 * Make a decision of what a reviewer says.
 *
 * out      receives it; lives in arena
 * list     receives R03xx, all faults at once
 * returns  OK, INVALID, MEMORY
 */
AMICUS_MUST_CHECK amicus_status decision_make(struct decision *out,
                                              const struct decision_request *request,
                                              const struct amicus_ruling *ruling,
                                              struct arena *arena, amicus_diagnostics *list);

/*
 * Find the sum above which a second person must sign: the rulebook's parameter
 * `override_second_above` in the version of the ruling's day.
 *
 * returns  false if the rulebook has none. A threshold in another currency than the case's counts
 *          as 0, since nobody can say that it was not crossed
 */
bool decision_threshold(const struct amicus_ruling *ruling, int64_t *minor);

/* Check what a reason must come with, what is cited and what is named: R0313 to R0317. */
void decision_check_reason(const struct decision_request *request,
                           const struct amicus_ruling *ruling, amicus_diagnostics *list);

#endif

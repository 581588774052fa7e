/*
 * Learning: what a trainee answered so far, and what follows from it.
 *
 * A journal holds one line of JSON an answer, and is only ever added to. Everything else, scores
 * and schedules, is computed from it anew.
 */
#ifndef LEARNING_H
#define LEARNING_H

#include "diagnostic.h"
#include "image.h"
#include "map.h"
#include "score.h"
#include "spacing.h"

#define ENTRY_RULES_MAX 32u

/* One answer. Texts are borrowed. */
struct journal_entry {
    int64_t at_s;
    struct text case_id, mode;
    enum outcome expected, given;
    bool is_decided; /* what was expected is what people decided */
    unsigned percent;
    uint32_t found, wanted; /* deciding evidence */
    int64_t off_minor;
    enum grade grade;
    bool was_shown, was_wrong, was_followed; /* a suggestion; wrong on purpose; answered as it is */
    struct text rules[ENTRY_RULES_MAX];      /* that decided */
    uint32_t rule_count;
};

/* Write an entry as a line of canonical JSON, amicus.training/1. */
void journal_write(struct builder *builder, const struct journal_entry *entry);

#define SURE_STEPS 6u /* 50 to 59, ..., 90 to 99, and 100; less counts with the first */

/* How sure, and how often rightly. */
struct sureness {
    uint32_t count, right;
    uint64_t percent_sum;
};

/* A rule, as far as it is known. */
struct skill {
    struct text rule;
    struct spacing spacing;
    uint32_t right;
};

struct learning {
    struct arena *arena;
    struct map *skills; /* by rule */
    struct map *seen;   /* by case: a uint32_t, how often */
    uint32_t answers, right, money_right;
    uint64_t found, wanted;
    struct brier brier;
    struct agreement agreement; /* the trainee's outcome, and the expected one */
    uint32_t decided;           /* answers that were compared with what people decided */
    struct sureness sure[SURE_STEPS];
    uint32_t misled, misleading; /* wrong suggestions that were followed, and all */
    uint32_t damaged;            /* lines that could not be read */
};

/* Start without an answer. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status learning_start(struct learning *out, struct arena *arena);

/* Add an answer. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status learning_add(struct learning *progress,
                                             const struct journal_entry *entry);

/*
 * Add a whole journal. A line that cannot be read is counted and passed over.
 *
 * bytes    borrowed: must live as long as progress
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status learning_read(struct learning *progress, struct text bytes);

/* Find what is known of a rule; NULL if it was never tried. */
const struct skill *learning_skill(const struct learning *progress, struct text rule);

/* How often a case was seen. */
uint32_t learning_seen(const struct learning *progress, struct text case_id);

#endif

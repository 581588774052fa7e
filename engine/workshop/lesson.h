/*
 * A lesson: what a trainee should see in a case, and how far an answer of his saw it.
 */
#ifndef LESSON_H
#define LESSON_H

#include "ruling.h"
#include "spacing.h"

/* What was right. The ruling is the reviewers' suggestion; what people decided goes before it. */
struct lesson {
    const struct amicus_ruling *ruling;
    enum outcome outcome;
    bool is_decided;        /* by people: the outcome and the divisions are theirs */
    int64_t *to_freelancer; /* by item of the ruling, minor units */
    int64_t *to_client;
    uint32_t *findings; /* those that carry the outcome, the most decisive first */
    uint32_t finding_count;
    uint32_t decisive;  /* among them: the first that rests on evidence, else the first */
    uint32_t *evidence; /* records of the evidence that they rest on, each once */
    uint32_t evidence_count;
    uint32_t *issues; /* issue results that were walked */
    uint32_t issue_count;
};

/* What a trainee answered. */
struct attempt {
    enum outcome outcome;
    const int64_t *to_freelancer; /* by item */
    const int64_t *to_client;
    const uint32_t *cited; /* records of evidence, each once */
    uint32_t cited_count;
    unsigned percent; /* how sure he is */
};

/* How an answer went. */
struct mark {
    bool is_right;          /* the outcome is */
    int64_t off_minor;      /* money that went elsewhere than it should, over all items */
    uint32_t found, wanted; /* evidence that decided: cited, and all */
    enum grade grade;
};

/*
 * Make the lesson of a ruling.
 *
 * out      receives it; lives in arena
 * returns  OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status lesson_of(struct lesson *out, const struct amicus_ruling *ruling,
                                          struct arena *arena);

/*
 * Mark an answer. Again: the outcome is wrong. Hard: the money is, or less than half of the
 * deciding evidence was cited. Easy: all of it was, and the trainee was sure (90 or more).
 */
struct mark lesson_mark(const struct lesson *lesson, const struct attempt *attempt);

/* Tell whether a piece of evidence decided. */
bool lesson_rests_on(const struct lesson *lesson, uint32_t record);

/* Tell whether an answer cited a piece of evidence. */
bool attempt_cites(const struct attempt *attempt, uint32_t record);

/* The id of the rule of a finding. */
struct text lesson_rule(const struct lesson *lesson, uint32_t finding);

#endif

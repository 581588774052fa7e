/*
 * What a trainee is shown, as outlines: hints, what an answer missed, how far he is.
 */
#ifndef LESSON_PAGE_H
#define LESSON_PAGE_H

#include "lesson.h"
#include "outline.h"
#include "learning.h"

/* A suggestion that was shown before the answer. */
struct shown_suggestion {
    bool is_shown, is_wrong;
    enum outcome outcome;
};

/* One answer, for its page. */
struct answered {
    const struct lesson *lesson;
    struct attempt attempt;
    struct mark mark;
    struct shown_suggestion suggestion;
    const struct learning *progress; /* with this answer */
    int64_t now_s;
};

/* What to look at, without a word of what it says: the issues, who must prove them, how much
 * evidence decides. */
void lesson_write_hints(struct outline *outline, const struct lesson *lesson);

/* The suggestion that is shown before the answer. */
void lesson_write_suggestion(struct outline *outline, const struct lesson *lesson,
                             const struct shown_suggestion *suggestion);

/* How an answer went: what was expected, the findings with the evidence that was cited and missed,
 * the money, and when each rule comes again. The ruling was filled in. */
void lesson_write_feedback(struct outline *outline, const struct answered *answered);

/* Scores, calibration, and each rule's schedule. */
void lesson_write_progress(struct outline *outline, const struct learning *progress, int64_t now_s);

#endif

/*
 * Findings: how the arguments about an issue stand to each other, and how that is named.
 */
#ifndef FINDING_H
#define FINDING_H

#include "workspace.h"

/* The arguments about one issue of one record; undercutters may be among them. */
struct arguments {
    const struct image *image;
    const struct finding *findings;
    uint32_t count;
};

/* Tell whether a finding is of a rule against rules, and takes no side. */
static inline bool is_undercutter(const struct image *image, const struct finding *finding)
{
    return image->rules[finding->rule].issue == INDEX_NONE;
}

/* The side of a finding that is no undercutter. */
static inline enum side side_of(const struct image *image, const struct finding *finding)
{
    return (enum side)image->rules[finding->rule].side;
}

/* Tell whether rule a outranks rule b: a higher layer, or `beats` inside one. */
bool rule_outranks(const struct image *image, uint32_t a, uint32_t b);

/* Tell whether an argument of the other side, of `value` or better, outranks a finding. */
bool finding_is_outranked(const struct arguments *arguments, const struct finding *finding,
                          enum kleene value);

/* Tell whether rules on both sides apply that nothing on the other side outranks. */
bool findings_conflict(const struct arguments *arguments);

/* Name what an open finding waits for: its own reads that do not count, and those of undercutters
 * that are open. */
void finding_name_waiting(struct workspace *workspace, struct finding *finding);

/* Name the undercutters that apply to a finding. */
void finding_name_undercutters(struct workspace *workspace, struct finding *finding);

/*
 * Give the findings of a result that is decided the statuses that follow from it: an argument that
 * applied on the side that lost is defeated, with the rules that defeat it; an undercutter that
 * holds and takes nothing out is no part of the reasons.
 */
void findings_settle(struct workspace *workspace, const struct issue_result *result);

#endif

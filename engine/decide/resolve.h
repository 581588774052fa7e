/*
 * Resolution: the arguments about an issue, and the label that they give it.
 */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "finding.h"

/*
 * Label all issues as the recommendation takes them, lower ones first: what stays open is lost by
 * the side that bears the burden, and higher issues see that. Fills results, findings and leans.
 */
void resolve_taken(struct workspace *workspace);

/*
 * Label by the facts alone: an open issue stays open for those that ask for it. Call it last: it
 * evaluates again only what rests on an issue that its burden decided, and adds no finding.
 */
void resolve_by_facts(struct workspace *workspace);

/*
 * The label that a set of arguments gives an issue.
 *
 * arguments  of rules of the issue; undercutters among them are skipped
 * proof      the standard; PROOF_SOME leaves the arguments against it aside
 * returns    the label by Kleene's values
 */
enum label resolve_label(const struct arguments *arguments, enum proof proof);

/*
 * Argue a rule once more on a record of a decided case, as its issue did: its condition, and those
 * of its undercutters.
 *
 * proof    the standard of the issue that is argued about
 * returns  the place of its finding among workspace->findings; those of its undercutters follow.
 *          INDEX_NONE: it does not speak of such records. What was added may be cut off again
 */
uint32_t resolve_again(struct workspace *workspace, uint32_t rule, uint32_t record,
                       enum proof proof);

/* Tell whether the date of a rule's anchor, which is noted as read, lies in its period. */
enum kleene resolve_in_force(struct workspace *workspace, const struct rule_row *rule);

/*
 * Label a result by the facts alone when it is asked for, and what it asks for before. Only of a
 * followed workspace: the label holds until a value changes on which it rests, and no finding is
 * kept.
 *
 * at       in range
 * returns  the label by Kleene's values
 */
enum label resolve_on_demand(struct workspace *workspace, uint32_t at);

#endif

/*
 * Resolution: the arguments about an issue, and the label that they give it.
 */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "workspace.h"

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
 * findings  the arguments: of rules of the issue; undercutters among them are skipped
 * count     how many
 * proof     the standard; PROOF_SOME leaves the arguments against it aside
 * returns   the label by Kleene's values
 */
enum label resolve_label(const struct image *image, const struct finding *findings, uint32_t count,
                         enum proof proof);

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

/* Tell whether rule a outranks rule b: a higher layer, or `beats` inside one. */
bool rule_outranks(const struct image *image, uint32_t a, uint32_t b);

#endif

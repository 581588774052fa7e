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

/* Tell whether rule a outranks rule b: a higher layer, or `beats` inside one. */
bool rule_outranks(const struct image *image, uint32_t a, uint32_t b);

#endif

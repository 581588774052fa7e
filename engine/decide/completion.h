/*
 * Completions: the label that an open issue has whatever the unknown facts are.
 */
#ifndef COMPLETION_H
#define COMPLETION_H

#include "workspace.h"

/*
 * Give the unknown facts that an issue rests on the values that they can have, and label it anew
 * with each: one fact after the other, as long as it stays open.
 *
 * workspace  that is being labelled
 * at         the result; lower issues are labelled
 * returns    the label of all completions; LABEL_OPEN if they differ, if one is open (it rests on a
 *            list or text that nobody knows, on a number that acts other than through thresholds,
 *            or on how well something is known), or if a limit was reached; and also if the issue
 *            is not open by the facts alone
 */
enum label completion_label(struct workspace *workspace, uint32_t at);

/*
 * Note what completions looked at and nothing else did, in looks of each result: a ruling rests on
 * that too. Call it when what is missing was found: nothing of this is, since no rule has
 * come to ask for it.
 */
void completion_note_reads(struct workspace *workspace);

#endif

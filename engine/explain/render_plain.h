/*
 * Rendering of a ruling for grep, awk and cut.
 */
#ifndef RENDER_PLAIN_H
#define RENDER_PLAIN_H

#include "ruling.h"

/*
 * Write a ruling for grep: one fact a line, its first word says what it is, its second names the
 * case. Words never change their order; new lines may be added.
 *
 *   outcome CASE CODE
 *   policy CASE NAME VERSION DIGEST
 *   as_of CASE INSTANT
 *   item CASE ITEM CODE held M freelancer M client M fees M stays M remedy ID
 *   total CASE held M freelancer M client M fees M stays M
 *   next CASE ACTOR DUE STEP                      DUE is "-" if there is none
 *   silence CASE CODE CLAUSE BECAUSE              CLAUSE is "-" if there is none
 *   issue CASE ISSUE RECORD LABEL TAKEN BASIS     BASIS is "facts" or "burden"
 *   finding CASE RULE RECORD SIDE STATUS CLAUSE
 *   missing CASE PATH could_change|no_change MONEY
 *   conflict CASE RULES BECAUSE
 *   flag CASE CODE RECORD BECAUSE
 *
 * builder  where to
 * ruling   filled in (ruling_fill)
 */
void ruling_write_plain(struct builder *builder, const struct amicus_ruling *ruling);

#endif

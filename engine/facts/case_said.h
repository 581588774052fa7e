/*
 * What is said of a fact, as an edit wants it: nodes with the statements that give a value its
 * standing. Private to case_said.c and case_edit.c.
 */
#ifndef CASE_SAID_H
#define CASE_SAID_H

#include "case_copy.h"
#include "case_edit.h"

/*
 * Make what stands under the key of a fact.
 *
 * copy    the copy; receives C0182 if the standing that is wanted cannot be had
 * edit     SET
 * target   the fact; record RECORD_NONE: of a record that is added
 * returns  the node; NULL if a fault was reported or memory failed
 */
struct tree *said_leaf(struct case_copy *copy, const struct case_edit *edit,
                       const struct case_target *target);

/* Take a piece of evidence of the base out of all citations, and what refers to it. */
void said_forget(struct case_copy *copy, uint32_t piece);

#endif

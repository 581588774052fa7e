/*
 * Pages: what a word of the policy, of the vocabulary or of a message means.
 */
#ifndef PAGE_H
#define PAGE_H

#include "image.h"
#include "outline.h"

/*
 * Explain a name of a rulebook: a rule, an undercutter, an issue, a remedy, a flag, a parameter or
 * a provision.
 *
 * outline  receives the page: title, what it belongs to, its condition, its clause with source, and
 *          where it was written
 * image    the rulebook
 * name     the name
 * returns  OK; NOT_FOUND; MEMORY
 */
AMICUS_MUST_CHECK amicus_status page_of_policy(struct outline *outline, const struct image *image,
                                               struct text name);

/*
 * Explain a fact of the vocabulary, by its path.
 *
 * returns  OK; NOT_FOUND; MEMORY
 */
AMICUS_MUST_CHECK amicus_status page_of_fact(struct outline *outline,
                                             const struct vocabulary *vocabulary, struct text path);

/*
 * Explain a code of a message.
 *
 * tables   tables of codes
 * count    how many tables
 * code     such as "C0104"
 * returns  OK; NOT_FOUND; MEMORY
 */
AMICUS_MUST_CHECK amicus_status page_of_code(struct outline *outline,
                                             const struct code_table *const *tables, size_t count,
                                             struct text code);

#endif

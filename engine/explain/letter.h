/*
 * Letters: what a party is told of a ruling, and what a party is asked, as data.
 *
 * A letter is an outline: letters (the case), in it a letter for each addressee (name: the party;
 * says: the subject), in it paragraphs (name: the heading; says: the items that it is about, if not
 * all; state "list": its sentences stand under each other), in them sentences. A sentence names
 * what it rests on: its kind is "finding", "remedy", "issue", "state", "conflict" or "missing", its
 * name the id of that, its clause the provision; below it stand the provision's title, the evidence
 * and the facts. What is said of the ruling as a whole has the kind "ruling". So the JSON of a
 * letter is the outline's (render_outline.h), and the page for a party is render_letter.h's.
 *
 * Every text is visible (layout_visible) and says nothing that the ruling does not.
 */
#ifndef LETTER_H
#define LETTER_H

#include "outline.h"
#include "ruling.h"

/*
 * Draft the notice of a ruling, with the same facts for each side: what is suggested, why, what
 * speaks against it, what would change it, who must act by when, and that it binds nobody.
 *
 * outline   started as "letters"; receives a letter for each party, in the order of their numbers
 * ruling    the ruling
 * parties   bit set of addressees
 * returns   OK, MEMORY, JAIL
 */
AMICUS_MUST_CHECK amicus_status letter_notice(struct outline *outline,
                                              const struct amicus_ruling *ruling, uint16_t parties);

/* All missing facts that could change the ruling. */
#define LETTER_ALL UINT32_MAX

/*
 * Draft the request for missing facts: the question, what is at stake, by when, and what follows if
 * nobody answers. Each party is asked only what it usually knows.
 *
 * outline   started as "letters"; receives a letter for each party that is asked anything
 * ruling    the ruling
 * parties   bit set of addressees
 * missing   a fact, by its number in the ruling; or LETTER_ALL
 * returns   OK, MEMORY, JAIL
 */
AMICUS_MUST_CHECK amicus_status letter_request(struct outline *outline,
                                               const struct amicus_ruling *ruling, uint16_t parties,
                                               uint32_t missing);

/* Whom to ask for a missing fact, or for any of LETTER_ALL of them: the sides that usually know it;
 * where neither does, the others who do. Roles are resolved. */
uint16_t letter_knowers(const struct amicus_ruling *ruling, uint32_t missing);

/*
 * Find a missing fact by its path, or by the end of its path where only one ends so.
 *
 * out      receives its number in the ruling; as before if it is not found
 * arena    where texts live
 * ruling   the ruling
 * name     such as "milestones.M1.infringement" or "M1.infringement"
 * returns  true if there is exactly one
 */
bool letter_find_missing(uint32_t *out, struct arena *arena, const struct amicus_ruling *ruling,
                         struct text name);

#endif

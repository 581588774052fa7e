/*
 * The work of a letter: what its files share. Inside of explain only; readers use letter.h.
 */
#ifndef LETTER_WORK_H
#define LETTER_WORK_H

#include "letter.h"
#include "reasons.h"

struct letter_work {
    struct outline *outline;
    const struct amicus_ruling *ruling;
    const struct image *image;
    const struct reasons *reasons;
    enum party to;
    struct branch *letter;    /* that is being written */
    struct branch *paragraph; /* that is being written */
};

/* What a sentence rests on. */
struct letter_source {
    const char *kind;
    struct text name, clause;
};

/* Write a letter to each of a set of parties. returns OK, MEMORY, JAIL */
AMICUS_MUST_CHECK amicus_status
letters_write(struct outline *outline, const struct amicus_ruling *ruling, uint16_t parties,
              void (*write)(struct letter_work *work, uint32_t missing), uint32_t missing);

/* The ruling as a whole. */
struct letter_source letter_ruling(const struct letter_work *work);

/* The remedy of an item; the ruling, if it has none. */
struct letter_source letter_remedy(const struct letter_work *work, const struct item_result *item);

/* The issue that a passage's burden decided. */
struct letter_source letter_burden(const struct letter_work *work, const struct passage *passage);

/* Begin a letter, a paragraph. */
void letter_begin(struct letter_work *work, const char *subject);
void letter_paragraph(struct letter_work *work, const char *heading, bool is_list);

/*
 * Say a sentence in the paragraph.
 *
 * pattern  our words; in it %c and %f are client and freelancer as the addressee calls them ("you"
 *          is one of the two), %1 to %4 are parts
 * parts    visible texts, as many as the pattern names; may be NULL
 * returns  its branch, with the provision of the source's clause below it
 */
struct branch *letter_say(struct letter_work *work, struct letter_source source,
                          const char *pattern, const struct text *parts);

/* Add the grounds of a reason to what a sentence rests on. */
void letter_cite(struct letter_work *work, struct branch *sentence, const struct reason *reason);

/* A party as the addressee calls it: "you", "the client", "an expert". */
struct text letter_party(const struct letter_work *work, enum party party);

/* "2025-05-03 09:14 UTC" */
struct text letter_instant(struct letter_work *work, int64_t utc_s);

/* A record as a party knows it: milestone M1 ("Template for the newsletter"). */
struct text letter_record(struct letter_work *work, uint32_t record);

/* Say the outcome of an item, or of the case, in a sentence of its own. */
void letter_say_outcome(struct letter_work *work, struct letter_source source,
                        enum outcome outcome);

/* Say what becomes of the money of an item. */
void letter_say_division(struct letter_work *work, struct letter_source source,
                         const struct item_result *item);

/* Say what the letter is, and that it binds nobody. */
void letter_say_unbinding(struct letter_work *work, const char *says);

#endif

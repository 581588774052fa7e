/*
 * Drafts: declarations whose fields are known by name and shape, before any name is looked up.
 */
#ifndef DRAFT_H
#define DRAFT_H

#include "message_read.h"

struct compiler;

/* Kinds of declaration. Undercutters are drafted apart from rules and numbered with them. */
enum declare {
    DECLARE_SOURCE = 0,
    DECLARE_PROVISION,
    DECLARE_CALENDAR,
    DECLARE_PARAM,
    DECLARE_ISSUE,
    DECLARE_FACT,
    DECLARE_RULE,
    DECLARE_UNDERCUT,
    DECLARE_REMEDY,
    DECLARE_FALLBACK,
    DECLARE_FLAG,
    DECLARE_COUNT
};

/* Fields of declarations. */
enum field {
    FIELD_ADDRESS = 0,
    FIELD_ANCHOR,
    FIELD_BEATS,
    FIELD_BECAUSE,
    FIELD_BURDEN,
    FIELD_CHECKED,
    FIELD_CLAIMANT,
    FIELD_CLAUSE,
    FIELD_EACH,
    FIELD_FREE,
    FIELD_FREELANCER,
    FIELD_FROM,
    FIELD_GRADE,
    FIELD_HOLIDAYS,
    FIELD_ID,
    FIELD_IS,
    FIELD_ISSUE,
    FIELD_LAYER,
    FIELD_NEXT,
    FIELD_NUMBER,
    FIELD_OUTCOME,
    FIELD_SIDE,
    FIELD_SOURCE,
    FIELD_STANDARD,
    FIELD_STRATUM,
    FIELD_STRENGTH,
    FIELD_TARGETS,
    FIELD_TITLE,
    FIELD_TO,
    FIELD_TYPE,
    FIELD_UNCITED,
    FIELD_UNLESS,
    FIELD_VERSIONS,
    FIELD_WHEN,
    FIELD_COUNT
};

/* One declaration. A field that was not given, or has a fault, is NULL. */
struct draft {
    const struct declaration *source;
    struct text id;
    uint32_t file;
    uint32_t line;
    uint32_t row; /* of the image's table of its kind, once it has one */
    uint8_t kind; /* enum declare */
    const struct datum *fields[FIELD_COUNT];
};

/* All drafts of one kind, ascending by id. */
struct drafts {
    struct draft *items;
    uint32_t count;
};

/*
 * Draft all declarations of all files: known fields, required ones, their shapes, ids that stand
 * once. A draft of a second declaration of an id is left out. Faults go to the compiler's list.
 */
void draft_all(struct compiler *compiler);

/* Find a draft by kind and id; NULL if there is none. */
struct draft *draft_find(const struct compiler *compiler, enum declare kind, struct text id);

/* Walk the drafts of one kind, ascending by id. */
void drafts_each(struct compiler *compiler, enum declare kind,
                 void (*take)(struct compiler *compiler, struct draft *draft));

/* Word for a kind ("rule", ...). */
const char *declare_name(enum declare kind);

/* The text of a field, or the empty text. The field must be of a text shape. */
struct text draft_text(const struct draft *draft, enum field field);

/* Texts of a field that is a text or a list of texts. */
uint32_t draft_texts_count(const struct draft *draft, enum field field);
struct text draft_texts_at(const struct draft *draft, enum field field, uint32_t index);

#endif

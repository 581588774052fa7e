/*
 * Exhibits: a piece of evidence, a fact or a rule as a reader sees it named.
 *
 * Every text that comes out is visible (layout_visible) and lives in the arena that was passed.
 */
#ifndef EXHIBIT_H
#define EXHIBIT_H

#include "layout.h"
#include "ruling.h"

/* One piece of evidence. Empty fields are not known. */
struct exhibit {
    struct text id;    /* "E7" */
    struct text kind;  /* "message" */
    struct text when;  /* "2025-05-04 17:02Z" */
    struct text quote; /* client: "Looks great, thank you!" */
};

/*
 * Describe a piece of evidence.
 *
 * arena    where the texts live
 * subject  the case
 * record   a record of the evidence kind
 * returns  what is known of it. The vocabulary's evidence facts "kind", "at", "by", "text", "shows"
 *          and "locator" are used as far as it has them
 */
struct exhibit exhibit_of(struct arena *arena, const struct amicus_case *subject, uint32_t record);

/* Write an instant for people: "2025-06-02 09:14Z", the seconds only where they are not 0. */
struct text exhibit_instant(struct arena *arena, int64_t utc_s);

/* Write an amount for people: "USD 1,200.00". */
struct text exhibit_money(struct arena *arena, int64_t minor, uint16_t currency);

/* The path of a fact of a record; of a whole list (fact FACT_NONE) its name, by `kind`. */
struct text exhibit_path(struct arena *arena, const struct amicus_case *subject, uint32_t record,
                         uint32_t fact, uint32_t kind);

/* Tell whether a value has content: it is neither unknown, contested nor absent. */
bool exhibit_has_value(const struct value *value);

/* A value for people, or its standing where it has none ("unknown", "contested", "absent"). */
struct text exhibit_value(struct arena *arena, const struct amicus_case *subject, uint32_t fact,
                          const struct value *value);

/* Where something was declared: "common/quality.lua:14". */
struct text exhibit_origin(struct arena *arena, const struct image *image, struct origin origin);

/* A bit set of parties: "client, platform"; "(nobody)" if it is empty. */
struct text exhibit_parties(struct arena *arena, uint16_t parties);

/* The colour of a standing. */
enum ink exhibit_ink(uint8_t standing);

#endif
